//! Pairs of two texts in any order: one to one, from the surest.

use rustc_hash::FxHashSet;

use crate::bead::Bead;
use crate::bitext::Bitext;
use crate::candidates::Candidate;
use crate::margins::margins;
use crate::weights::Weights;

/// A pair that counts as a neighbour's support has this much evidence beyond the least.
const SUPPORT: f32 = 2.0;

/// One-to-one pairs of a bitext, each sentence in one at most.
///
/// Candidates are taken from the surest; one is passed over if a sentence of it is taken, or if too little speaks for it. Texts that tell
/// things in another order still tell a few sentences in a row in the same one: a pair gains by neighbours that are pairs.
pub(crate) fn pairs(bitext: &Bitext, candidates: &[Candidate], weights: &Weights) -> Vec<Bead> {
    let margins = margins(candidates, bitext.german_len(), bitext.vietnamese_len());
    // The more there is to choose from, the better the best of chance is.
    let choice = bitext.german_len().max(bitext.vietnamese_len()) as f32;
    let least = weights.free_pair + weights.crowd * choice.max(1.0).ln();
    let clear: FxHashSet<(u32, u32)> = candidates
        .iter()
        .zip(&margins)
        .filter(|(c, margin)| c.score > least + SUPPORT && **margin > 0.0)
        .map(|(c, _)| (c.german, c.vietnamese))
        .collect();
    let mut order: Vec<(f32, &Candidate)> = candidates
        .iter()
        .zip(margins)
        .map(|(c, margin)| {
            let before =
                c.german > 0 && c.vietnamese > 0 && clear.contains(&(c.german - 1, c.vietnamese - 1));
            let behind = clear.contains(&(c.german + 1, c.vietnamese + 1));
            let support = weights.neighbour * f32::from(u8::from(before) + u8::from(behind));
            (c.score + support + weights.margin * margin.min(0.0), c)
        })
        .filter(|(score, _)| *score > least)
        .collect();
    order.sort_by(|(a, ca), (b, cb)| {
        b.total_cmp(a).then((ca.german, ca.vietnamese).cmp(&(cb.german, cb.vietnamese)))
    });
    let (mut german, mut vietnamese) = (FxHashSet::default(), FxHashSet::default());
    let mut beads = Vec::new();
    for (_, c) in order {
        if german.contains(&c.german) || vietnamese.contains(&c.vietnamese) {
            continue;
        }
        german.insert(c.german);
        vietnamese.insert(c.vietnamese);
        beads.push(Bead {
            german: vec![c.german as usize],
            vietnamese: vec![c.vietnamese as usize],
            score: 0.0,
        });
    }
    beads
}
