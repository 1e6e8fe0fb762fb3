//! Aligning the sentences of two texts.

use satzpaar_lexicon::terms::{GermanTerms, VietnameseTerms};

use crate::bead::{Bead, Features, Gaps};
use crate::bitext::Bitext;
use crate::candidates::{self, Candidate, margins};
use crate::confidence::rate;
use crate::refine::mend;
use crate::weights::Weights;
use crate::{comparable, monotone};

/// How two texts are aligned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// As the texts themselves suggest: in order where their sure pairs are, else in any order.
    #[default]
    Auto,
    /// One translates the other, in the same order.
    Parallel,
    /// Both tell the same in their own order.
    Comparable,
}

/// What came out for two texts.
#[derive(Clone, Debug, PartialEq)]
pub struct Alignment {
    /// Every sentence of both sides, in one bead each.
    pub beads: Vec<Bead>,
    /// Whether the texts were taken as in the same order ([`Mode::Parallel`]) or not; never [`Mode::Auto`].
    pub mode: Mode,
}

/// From this share on of sure pairs (by weight) in one rising order, the texts count as parallel.
const PARALLEL_SHARE: f32 = 0.85;
/// A sure pair has at least this evidence and this margin.
const SURE_SCORE: f32 = 3.0;
const SURE_MARGIN: f32 = 2.0;

/// Aligns two texts, given what each of their sentences says.
///
/// Deterministic: the same terms give the same beads.
pub fn align(
    german: &[GermanTerms],
    vietnamese: &[VietnameseTerms],
    mode: Mode,
    gaps: Gaps,
    weights: &Weights,
) -> Alignment {
    align_rated(german, vietnamese, mode, gaps, weights).0
}

/// As [`align`], with the features behind each bead's probability.
pub(crate) fn align_rated(
    german: &[GermanTerms],
    vietnamese: &[VietnameseTerms],
    mode: Mode,
    gaps: Gaps,
    weights: &Weights,
) -> (Alignment, Vec<Features>) {
    let bitext = Bitext::new(german, vietnamese, weights);
    let candidates = candidates::all(&bitext, weights);
    let mode = match mode {
        Mode::Auto if in_order(&candidates, &bitext) => Mode::Parallel,
        Mode::Auto => Mode::Comparable,
        given => given,
    };
    let (mut beads, alone) = match mode {
        Mode::Comparable => {
            let candidates = candidates::both_ways(&bitext, candidates.clone(), weights);
            (comparable::pairs(&bitext, &candidates, weights), weights.grow)
        }
        _ => (monotone::ladder(&bitext, &candidates, weights), weights.null),
    };
    mend(&bitext, &mut beads, alone, gaps, weights);
    let features = rate(&bitext, &candidates, weights, &mut beads);
    (Alignment { beads, mode }, features)
}

/// Whether the sure pairs of two texts stand in the same order on both sides.
fn in_order(candidates: &[Candidate], bitext: &Bitext) -> bool {
    let margins = margins(candidates, bitext.german_len(), bitext.vietnamese_len());
    let mut sure: Vec<_> = candidates
        .iter()
        .zip(margins)
        .filter(|(c, margin)| c.score > SURE_SCORE && *margin > SURE_MARGIN)
        .map(|(c, _)| *c)
        .collect();
    sure.sort_by_key(|c| (c.german, c.vietnamese));
    let all: f32 = sure.iter().map(|c| c.score).sum();
    let chain: f32 = monotone::rising(&sure).iter().map(|i| sure[*i].score).sum();
    chain >= PARALLEL_SHARE * all
}
