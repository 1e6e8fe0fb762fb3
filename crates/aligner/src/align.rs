//! Aligning the sentences of two texts.

use std::sync::Arc;

use satzpaar_lexicon::terms::{GermanTerms, VietnameseTerms};

use crate::bead::{Bead, Features, Gaps};
use crate::bitext::Bitext;
use crate::candidates::{self, Candidate, Width};
use crate::confidence::rate;
use crate::margins::sure_pairs;
use crate::monotone::Part;
use crate::refine::mend;
use crate::stretches::{SURE_MARGIN, SURE_SCORE, stretches};
use crate::vectors::Vectors;
use crate::weights::Weights;
use crate::{comparable, monotone};

/// How two texts are aligned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// As the texts themselves suggest: in order where their sure pairs are, also if whole blocks have moved; else in any order.
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
/// From this share on of sure pairs (by number) in stretches of one order each, texts count as parallel with blocks moved.
const MOVED_SHARE: f32 = 0.85;
/// The sure pairs of a stretch in one order: where nearly all are in such stretches, and where they are not.
const SHORT: usize = 3;
const LONG: usize = 6;

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

/// As [`align`], with vectors of the sentences and of groups of them as further evidence. Beads are then unbroken, and no larger than the
/// groups that have vectors. Without vectors the same as [`align`].
pub fn align_with(
    german: &[GermanTerms],
    vietnamese: &[VietnameseTerms],
    vectors: Option<Arc<Vectors>>,
    mode: Mode,
    gaps: Gaps,
    weights: &Weights,
) -> Alignment {
    let gaps = if vectors.is_some() { Gaps::None } else { gaps };
    let bitext = Bitext::new(german, vietnamese, weights).with_vectors(vectors);
    align_bitext(&bitext, mode, gaps, weights).0
}

/// As [`align`], with the features behind each bead's probability.
pub(crate) fn align_rated(
    german: &[GermanTerms],
    vietnamese: &[VietnameseTerms],
    mode: Mode,
    gaps: Gaps,
    weights: &Weights,
) -> (Alignment, Vec<Features>) {
    align_bitext(&Bitext::new(german, vietnamese, weights), mode, gaps, weights)
}

fn align_bitext(bitext: &Bitext, mode: Mode, gaps: Gaps, weights: &Weights) -> (Alignment, Vec<Features>) {
    let mut candidates = candidates::all(bitext, Width::TEXTS, weights);
    let mut sure = sure_pairs(&candidates, bitext, SURE_SCORE, SURE_MARGIN);
    let (mut beads, mode) = if mode == Mode::Parallel || (mode == Mode::Auto && in_order(&sure)) {
        (monotone::ladder(bitext, &Part::whole(bitext), &candidates, weights), Mode::Parallel)
    } else {
        if candidates::is_large(bitext) {
            candidates = candidates::all(bitext, Width::LISTS, weights);
            sure = sure_pairs(&candidates, bitext, SURE_SCORE, SURE_MARGIN);
        }
        by_parts(bitext, &candidates, &sure, mode, weights)
    };
    let alone = if mode == Mode::Parallel { weights.null } else { weights.grow };
    mend(bitext, &mut beads, alone, gaps, weights);
    let features = rate(bitext, &candidates, weights, &mut beads);
    (Alignment { beads, mode }, features)
}

/// Ladders of the stretches that stand in one order each, and pairs in any order of what is left. If the stretches hold nearly all sure
/// pairs, the texts are parallel but for blocks that have moved.
fn by_parts(
    bitext: &Bitext,
    candidates: &[Candidate],
    sure: &[Candidate],
    mode: Mode,
    weights: &Weights,
) -> (Vec<Bead>, Mode) {
    let mut parts = stretches(bitext, candidates, SHORT);
    let held = |c: &&Candidate| parts.iter().any(|part| part.holds(c.german, c.vietnamese));
    let moved = sure.iter().filter(held).count() as f32 >= MOVED_SHARE * sure.len() as f32;
    let mode = if mode == Mode::Auto && moved { Mode::Parallel } else { Mode::Comparable };
    if mode == Mode::Comparable {
        // Among sentences in any order a few stand in a row by chance.
        parts = stretches(bitext, candidates, LONG);
    }
    let mut beads = Vec::new();
    for part in &parts {
        beads.extend(monotone::ladder(bitext, part, candidates, weights).into_iter().filter(Bead::is_pair));
    }
    let mut german_free = vec![true; bitext.german_len()];
    let mut vietnamese_free = vec![true; bitext.vietnamese_len()];
    for bead in &beads {
        bead.german.iter().for_each(|i| german_free[*i] = false);
        bead.vietnamese.iter().for_each(|j| vietnamese_free[*j] = false);
    }
    let free = |c: &Candidate| german_free[c.german as usize] && vietnamese_free[c.vietnamese as usize];
    let mut others = candidates::both_ways(bitext, candidates.to_vec(), weights);
    others.retain(free);
    beads.extend(comparable::pairs(bitext, &others, weights));
    (beads, mode)
}

/// Whether the sure pairs of two texts stand in the same order on both sides.
fn in_order(sure: &[Candidate]) -> bool {
    let all: f32 = sure.iter().map(|c| c.score).sum();
    let chain: f32 = monotone::rising(sure).iter().map(|i| sure[*i].score).sum();
    chain >= PARALLEL_SHARE * all
}

#[cfg(test)]
mod tests {
    use satzpaar_lexicon::Lexicon;
    use satzpaar_lexicon::terms::{GermanReader, VietnameseReader};

    use super::*;

    const GERMAN: [&str; 8] = [
        "Der Präsident eröffnete am Montag die Konferenz in Hanoi.",
        "Die Inflation stieg im Juli auf 4,2 Prozent.",
        "Der Taifun zerstörte 300 Häuser und zwei Brücken.",
        "Die Polizei nahm drei Verdächtige fest.",
        "Das Krankenhaus braucht dringend mehr Ärzte.",
        "Die Mannschaft gewann das Finale mit 3:1.",
        "Der neue Flughafen kostet 5 Milliarden Dollar.",
        "Die Schüler pflanzten 500 Bäume im Park.",
    ];
    const VIETNAMESE: [&str; 8] = [
        "Tổng thống khai mạc hội nghị tại Hà Nội hôm thứ Hai.",
        "Lạm phát tháng 7 tăng lên 4,2%.",
        "Cơn bão đã phá hủy 300 ngôi nhà và hai cây cầu.",
        "Cảnh sát đã bắt giữ ba nghi phạm.",
        "Bệnh viện đang rất cần thêm bác sĩ.",
        "Đội bóng thắng trận chung kết với tỷ số 3-1.",
        "Sân bay mới có giá 5 tỷ đô la.",
        "Học sinh đã trồng 500 cây trong công viên.",
    ];

    fn aligned(order: impl Iterator<Item = usize>) -> Alignment {
        let lexicon = Lexicon::new();
        let german: Vec<_> = GERMAN.iter().map(|s| GermanReader::new(&lexicon).read(s)).collect();
        let vietnamese: Vec<_> = order.map(|i| VietnameseReader::new(&lexicon).read(VIETNAMESE[i])).collect();
        align(&german, &vietnamese, Mode::Auto, Gaps::Allowed, &Weights::default())
    }

    #[test]
    fn a_second_half_that_comes_first_is_found_and_in_order_still() {
        let alignment = aligned((4..8).chain(0..4));
        assert_eq!(alignment.mode, Mode::Parallel);
        let pairs: Vec<_> =
            alignment.beads.iter().map(|b| (b.german.clone(), b.vietnamese.clone())).collect();
        let wanted: Vec<_> = (0..8).map(|i| (vec![i], vec![(i + 4) % 8])).collect();
        assert_eq!(pairs, wanted);
    }

    #[test]
    fn sentences_in_no_order_are_comparable() {
        let alignment = aligned([5, 2, 7, 0, 3, 6, 1, 4].into_iter());
        assert_eq!(alignment.mode, Mode::Comparable);
        let pairs = alignment.beads.iter().filter(|b| b.is_pair()).count();
        assert_eq!(pairs, 8);
    }
}
