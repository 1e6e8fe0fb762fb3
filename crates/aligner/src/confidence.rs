//! How surely beads are right.

use crate::bead::{Bead, Features};
use crate::bitext::Bitext;
use crate::candidates::Candidate;
use crate::evidence::Scorer;
use crate::shares::Shares;
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
            let margin = evidence.score(weights) - rivals[number];
            // What a ladder's pair leaves unanswered must not count (see training), so it is not looked up.
            features = Features::new(&evidence, margin, Shares::default(), weights);
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

/// The score from which on pairs have to be kept so that a share of `target` of them is right, if scores are the probabilities that they
/// claim to be: the lowest for which the mean of what is kept reaches the target. Above 1 if no pair is sure enough.
pub fn threshold(mut scores: Vec<f64>, target: f64) -> f64 {
    scores.sort_by(|a, b| b.total_cmp(a));
    let mut sum = 0.0;
    let mut kept = f64::INFINITY;
    for (count, score) in (1_u32..).zip(&scores) {
        sum += score;
        if sum / f64::from(count) >= target {
            kept = *score;
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::threshold;

    #[test]
    fn the_mean_of_what_is_kept_reaches_the_target() {
        let scores = vec![0.5, 0.99, 0.9, 0.2];
        assert!((threshold(scores.clone(), 0.9) - 0.9).abs() < 1e-12);
        assert!((threshold(scores.clone(), 0.79) - 0.5).abs() < 1e-12);
        assert!((threshold(scores.clone(), 0.0) - 0.2).abs() < 1e-12);
        assert!(threshold(scores, 0.999) > 1.0);
        assert!(threshold(Vec::new(), 0.5) > 1.0);
    }
}
