//! Mining: which sentences of two unordered lists say the same.

use satzpaar_lexicon::terms::{GermanTerms, VietnameseTerms};

use crate::bead::Features;
use crate::bitext::Bitext;
use crate::candidates::{self, Candidate, margins};
use crate::evidence::Scorer;
use crate::weights::Weights;

/// A pair found in two lists.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MinedPair {
    /// German sentence, from 0.
    pub german: usize,
    /// Vietnamese sentence, from 0.
    pub vietnamese: usize,
    /// Estimated probability that the two say the same, 0 to 1.
    pub score: f64,
}

struct Rated {
    candidate: Candidate,
    score: f64,
}

fn rated(bitext: &Bitext, weights: &Weights) -> Vec<Rated> {
    let candidates = candidates::all(bitext, weights);
    let margins = margins(&candidates, bitext.german_len(), bitext.vietnamese_len());
    let mut scorer = Scorer::default();
    candidates
        .iter()
        .zip(margins)
        .map(|(candidate, margin)| {
            let (i, j) = (candidate.german as usize, candidate.vietnamese as usize);
            let evidence = scorer.evidence(bitext, &[i], &[j], weights);
            Rated {
                candidate: *candidate,
                score: Features::new(&evidence, margin, weights).probability(weights),
            }
        })
        .collect()
}

/// Pairs two lists one to one, the surest first; whoever has no partner with at least `least` probability stays alone.
///
/// Sorted by score, the highest first, then by German sentence.
pub fn mine(
    german: &[GermanTerms],
    vietnamese: &[VietnameseTerms],
    least: f64,
    weights: &Weights,
) -> Vec<MinedPair> {
    let bitext = Bitext::new(german, vietnamese, weights);
    let mut found = rated(&bitext, weights);
    found.sort_by(|a, b| {
        let (ca, cb) = (&a.candidate, &b.candidate);
        let order = b.score.total_cmp(&a.score).then(cb.score.total_cmp(&ca.score));
        order.then((ca.german, ca.vietnamese).cmp(&(cb.german, cb.vietnamese)))
    });
    let mut german_taken = vec![false; bitext.german_len()];
    let mut vietnamese_taken = vec![false; bitext.vietnamese_len()];
    let mut pairs = Vec::new();
    for Rated { candidate, score } in found {
        let (i, j) = (candidate.german as usize, candidate.vietnamese as usize);
        if score < least || german_taken[i] || vietnamese_taken[j] {
            continue;
        }
        german_taken[i] = true;
        vietnamese_taken[j] = true;
        pairs.push(MinedPair { german: i, vietnamese: j, score });
    }
    pairs
}

/// For every German sentence the best Vietnamese one, however poor; in the order of the German list. A sentence with nothing in common
/// with any gets the first one at score 0, so that each line has an answer; an empty Vietnamese list gives nothing.
pub fn search(german: &[GermanTerms], vietnamese: &[VietnameseTerms], weights: &Weights) -> Vec<MinedPair> {
    if vietnamese.is_empty() {
        return Vec::new();
    }
    let bitext = Bitext::new(german, vietnamese, weights);
    let mut best: Vec<MinedPair> =
        (0..german.len()).map(|german| MinedPair { german, vietnamese: 0, score: 0.0 }).collect();
    let mut evidence = vec![f32::NEG_INFINITY; german.len()];
    for Rated { candidate, score } in rated(&bitext, weights) {
        let place = candidate.german as usize;
        if candidate.score > evidence[place] {
            evidence[place] = candidate.score;
            best[place] = MinedPair { german: place, vietnamese: candidate.vietnamese as usize, score };
        }
    }
    best
}
