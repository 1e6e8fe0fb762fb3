//! Beads, and how surely they are right.

use std::ops::Range;

use crate::evidence::Evidence;
use crate::weights::Weights;

/// A group of German sentences aligned with a group of Vietnamese ones; one of them may be empty (a null).
#[derive(Clone, Debug, PartialEq)]
pub struct Bead {
    /// German sentences, by number from 0.
    pub german: Range<usize>,
    /// Vietnamese sentences, by number from 0.
    pub vietnamese: Range<usize>,
    /// Estimated probability that both say the same, 0 to 1; for a null, that the sentence has no partner.
    pub score: f64,
}

impl Bead {
    /// Whether both sides hold text.
    pub fn is_pair(&self) -> bool {
        !self.german.is_empty() && !self.vietnamese.is_empty()
    }

    /// Its place in a ladder: by German sentence, then by Vietnamese.
    pub(crate) fn order(&self) -> (usize, usize) {
        (self.german.start, self.vietnamese.start)
    }
}

/// The probability that a bead is right, from its evidence and from what it has above its best rival.
pub(crate) fn probability(evidence: &Evidence, margin: f32, weights: &Weights) -> f64 {
    let score = evidence.score(weights);
    let density = score / evidence.content.max(1.0);
    let logit = weights.sure_constant
        + weights.sure_density * density
        + weights.sure_evidence * score.clamp(-40.0, 40.0)
        + weights.sure_margin * margin.clamp(-20.0, 20.0);
    1.0 / (1.0 + f64::from(-logit).exp())
}
