//! Mining: which sentences of two unordered lists say the same.

use std::sync::Arc;

use satzpaar_lexicon::terms::{GermanTerms, VietnameseTerms};

use crate::bead::Features;
use crate::bitext::Bitext;
use crate::candidates::{self, Candidate, Width};
use crate::evidence::Scorer;
use crate::margins::soft_margins;
use crate::vectors::Vectors;
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

/// All candidates with what they are rated by, among lists where every sentence has many to choose from.
fn rated(bitext: &Bitext, vietnamese: &[VietnameseTerms], weights: &Weights) -> Vec<(Candidate, Features)> {
    let candidates = candidates::both_ways(bitext, candidates::all(bitext, Width::LISTS, weights), weights);
    let features = features(bitext, vietnamese, &candidates, weights);
    candidates.into_iter().zip(features).collect()
}

/// What the probability of each candidate is computed from.
pub(crate) fn features(
    bitext: &Bitext,
    vietnamese: &[VietnameseTerms],
    candidates: &[Candidate],
    weights: &Weights,
) -> Vec<Features> {
    let margins = soft_margins(candidates, bitext.german_len(), bitext.vietnamese_len());
    let mut scorer = Scorer::default();
    let features = candidates.iter().zip(margins).map(|(c, margin)| {
        let (i, j) = (c.german as usize, c.vietnamese as usize);
        let evidence = scorer.evidence(bitext, &[i], &[j], weights);
        let shares = scorer.shares(bitext, (i, j), &vietnamese[j]);
        Features::new(&evidence, margin, shares, weights)
    });
    features.collect()
}

/// Candidates one to one, the surest first.
pub(crate) fn one_to_one(mut rated: Vec<(Candidate, f64)>, bitext: &Bitext) -> Vec<MinedPair> {
    rated.sort_by(|(a, pa), (b, pb)| {
        let order = pb.total_cmp(pa).then(b.score.total_cmp(&a.score));
        order.then((a.german, a.vietnamese).cmp(&(b.german, b.vietnamese)))
    });
    let mut german_taken = vec![false; bitext.german_len()];
    let mut vietnamese_taken = vec![false; bitext.vietnamese_len()];
    let mut pairs = Vec::new();
    for (candidate, score) in rated {
        let (i, j) = (candidate.german as usize, candidate.vietnamese as usize);
        if !german_taken[i] && !vietnamese_taken[j] {
            german_taken[i] = true;
            vietnamese_taken[j] = true;
            pairs.push(MinedPair { german: i, vietnamese: j, score });
        }
    }
    pairs
}

/// Pairs two lists one to one, the surest first; whoever has no partner with at least `least` probability stays alone.
///
/// Sorted by score, the highest first, then by German sentence. `vectors` of the sentences, if there are any, are further evidence.
pub fn mine(
    german: &[GermanTerms],
    vietnamese: &[VietnameseTerms],
    vectors: Option<Arc<Vectors>>,
    least: f64,
    weights: &Weights,
) -> Vec<MinedPair> {
    let bitext = Bitext::new(german, vietnamese, weights).with_vectors(vectors);
    let rated = rated(&bitext, vietnamese, weights).into_iter();
    let mut pairs = one_to_one(rated.map(|(c, f)| (c, f.mined_probability(weights))).collect(), &bitext);
    pairs.retain(|pair| pair.score >= least);
    pairs
}

/// For every sentence of one side its best partner, however poor, in the order of that side: of the German sentences, or of the Vietnamese ones
/// if `reverse`. A sentence with nothing in common with any gets the first one at score 0, so that each line has an answer; where the
/// other list is empty there is none.
pub fn search(
    german: &[GermanTerms],
    vietnamese: &[VietnameseTerms],
    vectors: Option<Arc<Vectors>>,
    reverse: bool,
    weights: &Weights,
) -> Vec<MinedPair> {
    let (asked, offered) =
        if reverse { (vietnamese.len(), german.len()) } else { (german.len(), vietnamese.len()) };
    if offered == 0 {
        return Vec::new();
    }
    let bitext = Bitext::new(german, vietnamese, weights).with_vectors(vectors);
    let mut best: Vec<MinedPair> = (0..asked)
        .map(|i| {
            let (german, vietnamese) = if reverse { (0, i) } else { (i, 0) };
            MinedPair { german, vietnamese, score: 0.0 }
        })
        .collect();
    let mut reached = vec![f32::NEG_INFINITY; asked];
    for (candidate, features) in rated(&bitext, vietnamese, weights) {
        let (german, vietnamese) = (candidate.german as usize, candidate.vietnamese as usize);
        let place = if reverse { vietnamese } else { german };
        // A sentence that fits many others fits none of them well: what stands out on both sides is taken.
        if features.margin() > reached[place] {
            reached[place] = features.margin();
            best[place] = MinedPair { german, vietnamese, score: features.mined_probability(weights) };
        }
    }
    best
}
