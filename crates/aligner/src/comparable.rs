//! Pairs of two texts in any order: one to one first, then neighbours taken in where that says more.

use std::ops::Range;

use rustc_hash::FxHashSet;

use crate::bead::Bead;
use crate::bitext::Bitext;
use crate::candidates::{Candidate, margins};
use crate::evidence::Scorer;
use crate::weights::Weights;

/// The most sentences on one side of a bead.
const MOST: usize = 4;

/// The pairs of a bitext, each sentence in one at most, and the nulls of the sentences left over: a ladder without order.
///
/// Candidates are taken from the surest; one is passed over if a sentence of it is taken, or if too little speaks for it.
pub(crate) fn pairs(bitext: &Bitext, candidates: &[Candidate], weights: &Weights) -> Vec<Bead> {
    let mut beads = one_to_one(bitext, candidates, weights);
    let mut scorer = Scorer::default();
    grow(bitext, weights, &mut scorer, &mut beads);
    crate::monotone::rate(bitext, candidates, weights, &mut scorer, &mut beads);
    add_nulls(bitext, &mut beads);
    beads
}

fn one_to_one(bitext: &Bitext, candidates: &[Candidate], weights: &Weights) -> Vec<Bead> {
    let margins = margins(candidates, bitext.german_len(), bitext.vietnamese_len());
    let mut order: Vec<(f32, &Candidate)> = candidates
        .iter()
        .zip(margins)
        .filter(|(c, _)| c.score > weights.free_pair)
        .map(|(c, margin)| (c.score + weights.margin * margin.min(0.0), c))
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
        let (i, j) = (c.german as usize, c.vietnamese as usize);
        beads.push(Bead { german: i..i + 1, vietnamese: j..j + 1, score: 0.0 });
    }
    beads
}

/// Lets each bead, the surest first, take in free neighbours on either side as long as the evidence grows by enough.
fn grow(bitext: &Bitext, weights: &Weights, scorer: &mut Scorer, beads: &mut [Bead]) {
    let mut german_free = vec![true; bitext.german_len()];
    let mut vietnamese_free = vec![true; bitext.vietnamese_len()];
    for bead in beads.iter() {
        german_free[bead.german.clone()].fill(false);
        vietnamese_free[bead.vietnamese.clone()].fill(false);
    }
    for bead in beads.iter_mut() {
        let mut score =
            scorer.evidence(bitext, bead.german.clone(), bead.vietnamese.clone(), weights).score(weights);
        loop {
            let (g, v) = (bead.german.clone(), bead.vietnamese.clone());
            let mut options = Vec::with_capacity(4);
            if g.len() < MOST && g.start > 0 && german_free[g.start - 1] {
                options.push((g.start - 1..g.end, v.clone()));
            }
            if g.len() < MOST && g.end < german_free.len() && german_free[g.end] {
                options.push((g.start..g.end + 1, v.clone()));
            }
            if v.len() < MOST && v.start > 0 && vietnamese_free[v.start - 1] {
                options.push((g.clone(), v.start - 1..v.end));
            }
            if v.len() < MOST && v.end < vietnamese_free.len() && vietnamese_free[v.end] {
                options.push((g.clone(), v.start..v.end + 1));
            }
            let mut best: Option<(f32, Range<usize>, Range<usize>)> = None;
            for (german, vietnamese) in options {
                let grown =
                    scorer.evidence(bitext, german.clone(), vietnamese.clone(), weights).score(weights);
                if grown > score + weights.grow && best.as_ref().is_none_or(|(b, ..)| grown > *b) {
                    best = Some((grown, german, vietnamese));
                }
            }
            let Some((grown, german, vietnamese)) = best else { break };
            german_free[german.clone()].fill(false);
            vietnamese_free[vietnamese.clone()].fill(false);
            (score, bead.german, bead.vietnamese) = (grown, german, vietnamese);
        }
    }
}

fn add_nulls(bitext: &Bitext, beads: &mut Vec<Bead>) {
    let mut german = vec![true; bitext.german_len()];
    let mut vietnamese = vec![true; bitext.vietnamese_len()];
    for bead in beads.iter() {
        german[bead.german.clone()].fill(false);
        vietnamese[bead.vietnamese.clone()].fill(false);
    }
    let nulls =
        |free: &[bool]| free.iter().enumerate().filter(|(_, f)| **f).map(|(i, _)| i).collect::<Vec<_>>();
    for i in nulls(&german) {
        beads.push(Bead { german: i..i + 1, vietnamese: 0..0, score: 1.0 });
    }
    for j in nulls(&vietnamese) {
        beads.push(Bead { german: 0..0, vietnamese: j..j + 1, score: 1.0 });
    }
    // Pairs and German nulls by German sentence, Vietnamese nulls last.
    beads.sort_by_key(|b| if b.german.is_empty() { (usize::MAX, b.vietnamese.start) } else { b.order() });
}
