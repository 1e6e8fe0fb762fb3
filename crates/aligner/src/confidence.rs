//! How surely beads are right.

use crate::bead::{Bead, Features};
use crate::bitext::Bitext;
use crate::candidates::Candidate;
use crate::evidence::Scorer;
use crate::weights::Weights;

/// Gives every bead its probability, and the features behind it. A pair's rivals are the best partners that its sentences have outside
/// the bead.
pub(crate) fn rate(
    bitext: &Bitext,
    candidates: &[Candidate],
    weights: &Weights,
    beads: &mut [Bead],
) -> Vec<Features> {
    let mut scorer = Scorer::default();
    let mut german_bead = vec![usize::MAX; bitext.german_len()];
    let mut vietnamese_bead = vec![usize::MAX; bitext.vietnamese_len()];
    for (number, bead) in beads.iter().enumerate().filter(|(_, b)| b.is_pair()) {
        bead.german.iter().for_each(|i| german_bead[*i] = number);
        bead.vietnamese.iter().for_each(|j| vietnamese_bead[*j] = number);
    }
    let mut rivals = vec![0.0_f32; beads.len()];
    let mut alone_german = vec![0.0_f32; bitext.german_len()];
    let mut alone_vietnamese = vec![0.0_f32; bitext.vietnamese_len()];
    for c in candidates {
        let (g, v) = (german_bead[c.german as usize], vietnamese_bead[c.vietnamese as usize]);
        if g != v {
            for bead in [g, v] {
                if let Some(rival) = rivals.get_mut(bead) {
                    *rival = rival.max(c.score);
                }
            }
        }
        if g == usize::MAX && v == usize::MAX {
            alone_german[c.german as usize] = alone_german[c.german as usize].max(c.score);
            alone_vietnamese[c.vietnamese as usize] = alone_vietnamese[c.vietnamese as usize].max(c.score);
        }
    }
    let rate_one = |(number, bead): (usize, &mut Bead)| {
        let mut features = Features::default();
        bead.score = if bead.is_pair() {
            let evidence = scorer.evidence(bitext, &bead.german, &bead.vietnamese, weights);
            features = Features::new(&evidence, evidence.score(weights) - rivals[number], weights);
            features.probability(weights)
        } else {
            let german = bead.german.iter().map(|i| alone_german[*i]);
            let best = german.chain(bead.vietnamese.iter().map(|j| alone_vietnamese[*j])).fold(0.0, f32::max);
            1.0 / (1.0 + f64::from(best - weights.free_pair).exp())
        };
        features
    };
    beads.iter_mut().enumerate().map(rate_one).collect()
}
