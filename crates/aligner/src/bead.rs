//! Beads, and how surely they are right.

use crate::evidence::Evidence;
use crate::shares::Shares;
use crate::weights::Weights;

/// A group of German sentences aligned with a group of Vietnamese ones; one of them may be empty (a null).
#[derive(Clone, Debug, PartialEq)]
pub struct Bead {
    /// German sentences, by number from 0, rising. A sentence that does not belong may be left out between two.
    pub german: Vec<usize>,
    /// Vietnamese sentences, likewise.
    pub vietnamese: Vec<usize>,
    /// Estimated probability that both say the same, 0 to 1; for a null, that the sentence has no partner.
    pub score: f64,
}

/// Whether a bead may leave out a sentence that stands between two of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gaps {
    /// It may: for ladders, where beads are lists of sentence numbers.
    Allowed,
    /// It may not: for pairs that are told by one span of text a side.
    None,
}

impl Bead {
    /// Whether both sides hold text.
    pub fn is_pair(&self) -> bool {
        !self.german.is_empty() && !self.vietnamese.is_empty()
    }

    /// Its place in a ladder: by German sentence, then by Vietnamese; Vietnamese nulls last.
    pub(crate) fn order(&self) -> (usize, usize) {
        let first = |side: &[usize]| side.first().copied().unwrap_or(usize::MAX);
        (first(&self.german), first(&self.vietnamese))
    }
}

/// What the probability of a pair is computed from.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Features {
    /// Evidence for each word.
    density: f32,
    evidence: f32,
    /// Evidence above the best rival's.
    margin: f32,
    /// How well the lengths fit.
    length: f32,
    /// What is missing for each word.
    missing: f32,
    /// How well it fits that one side, both or none is negated.
    negation: f32,
    /// How well it fits that one side, both or none is closed, and quotes.
    form: f32,
    /// What the two share, kind by kind.
    shares: Shares,
}

/// How many numbers a probability is computed from: the constant 1, then the features.
pub(crate) const FEATURES: usize = 12;

impl Features {
    /// From the evidence for a pair, what it has above its rivals, and what it shares ([`Scorer::shares`](crate::evidence::Scorer::shares)).
    pub(crate) fn new(evidence: &Evidence, margin: f32, shares: Shares, weights: &Weights) -> Self {
        let score = evidence.score(weights);
        Self {
            density: score / evidence.content.max(1.0),
            // What is clear already does not become clearer.
            evidence: saturate(score),
            margin: saturate(margin),
            length: evidence.length,
            missing: evidence.misses / evidence.content.max(1.0),
            negation: evidence.negation,
            form: evidence.form,
            shares,
        }
    }

    /// What the pair has above its rivals, on a scale of its own.
    pub(crate) fn margin(&self) -> f32 {
        self.margin
    }

    /// The features with the constant 1 before them.
    pub(crate) fn vector(&self) -> [f64; FEATURES] {
        let Self { density, evidence, margin, length, missing, negation, form, shares } = *self;
        let Shares { names, facts, german, vietnamese } = shares;
        [1.0, density, evidence, margin, length, missing, negation, form, names, facts, german, vietnamese]
            .map(f64::from)
    }

    /// The probability that a pair of a ladder is right.
    pub(crate) fn probability(&self, weights: &Weights) -> f64 {
        self.logistic(weights.sure)
    }

    /// The probability that a pair mined from two lists is right: there is far more to choose from.
    pub(crate) fn mined_probability(&self, weights: &Weights) -> f64 {
        self.logistic(weights.mined)
    }

    fn logistic(&self, w: [f32; FEATURES]) -> f64 {
        let logit: f64 = self.vector().iter().zip(w).map(|(x, w)| x * f64::from(w)).sum();
        1.0 / (1.0 + (-logit).exp())
    }
}

/// Like the logarithm for large values, like the value itself for small ones; odd.
fn saturate(value: f32) -> f32 {
    value.signum() * value.abs().ln_1p()
}
