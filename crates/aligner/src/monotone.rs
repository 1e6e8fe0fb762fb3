//! The best ladder of two texts in the same order: n-m beads and nulls by dynamic programming.
//!
//! Exact within a corridor: between sure pairs (anchors) every path is tried, elsewhere none, so that cost grows with the length of the
//! texts and not with its square. After Gale and Church (1993) in the search, with other evidence.

use std::ops::Range;

use crate::bead::Bead;
use crate::bitext::Bitext;
use crate::candidates::{Candidate, margins};
use crate::evidence::Scorer;
use crate::weights::Weights;

/// The most sentences on one side of a bead.
const MOST: usize = 4;
/// What two sentences must share, in nats, before a bigger bead with both is tried.
const LEAST_SHARED: f32 = 0.8;
/// An anchor's evidence, and what it must have above its best rival.
const ANCHOR_SCORE: f32 = 6.0;
const ANCHOR_MARGIN: f32 = 4.0;
/// Texts with no more cells than this are searched whole.
const SMALL: usize = 4_000;
/// How far around an anchor the corridor is open.
const PAD: usize = 4;
/// The widest that the corridor may be where no anchor is near.
const WIDEST: usize = 400;

/// The columns that are open for each row, both ends included.
fn corridor(anchors: &[(usize, usize)], rows: usize, columns: usize) -> Vec<(usize, usize)> {
    let whole = (0, columns);
    if (rows + 1) * (columns + 1) <= SMALL {
        return vec![whole; rows + 1];
    }
    let mut open = vec![(columns, 0); rows + 1];
    let mut widen = |row: usize, from: usize, to: usize| {
        open[row].0 = open[row].0.min(from);
        open[row].1 = open[row].1.max(to.min(columns));
    };
    let ends = anchors.iter().copied().chain([(rows, columns)]);
    let mut last = (0, 0);
    for (i, j) in ends {
        let (height, width) = (i - last.0, j - last.1);
        for row in last.0..=i {
            let (mut from, mut to) = (last.1, j);
            if height * width > WIDEST * WIDEST {
                // Nothing sure for very long: stay near the straight line, as lengths would have it.
                let middle = last.1 + (row - last.0) * width / height.max(1);
                from = from.max(middle.saturating_sub(WIDEST / 2));
                to = to.min(middle + WIDEST / 2);
            }
            widen(row, from.saturating_sub(PAD), to + PAD);
        }
        for row in last.0.saturating_sub(PAD)..(last.0 + PAD).min(rows + 1) {
            widen(row, last.1.saturating_sub(PAD), last.1 + PAD);
        }
        last = (i, j);
    }
    // Rows must be reachable from each other: ends never fall back.
    for row in 1..=rows {
        open[row].1 = open[row].1.max(open[row - 1].1);
    }
    for row in (0..rows).rev() {
        open[row].0 = open[row].0.min(open[row + 1].0);
    }
    open[0].0 = 0;
    open
}

/// The heaviest chain of anchors in which both sides go up.
fn anchors(candidates: &[Candidate], bitext: &Bitext) -> Vec<(usize, usize)> {
    let margins = margins(candidates, bitext.german_len(), bitext.vietnamese_len());
    let mut sure: Vec<_> = candidates
        .iter()
        .zip(&margins)
        .filter(|(c, margin)| c.score > ANCHOR_SCORE && **margin > ANCHOR_MARGIN)
        .map(|(c, _)| *c)
        .collect();
    sure.sort_by_key(|c| (c.german, c.vietnamese));
    rising(&sure).iter().map(|i| (sure[*i].german as usize, sure[*i].vietnamese as usize)).collect()
}

/// The heaviest rising chain among pairs sorted by German sentence (at most one for each): the numbers of its pairs.
///
/// A Fenwick tree over the Vietnamese side keeps the best chain that ends before each sentence: n log n.
pub(crate) fn rising(pairs: &[Candidate]) -> Vec<usize> {
    let columns = pairs.iter().map(|c| c.vietnamese as usize + 1).max().unwrap_or(0);
    let mut tree: Vec<(f32, usize)> = vec![(0.0, usize::MAX); columns + 1];
    let mut before = vec![usize::MAX; pairs.len()];
    let mut best = (0.0, usize::MAX);
    for (number, pair) in pairs.iter().enumerate() {
        let mut chain: (f32, usize) = (0.0, usize::MAX);
        let mut at = pair.vietnamese as usize;
        while at > 0 {
            if tree[at].0 > chain.0 {
                chain = tree[at];
            }
            at &= at - 1;
        }
        before[number] = chain.1;
        let weight = chain.0 + pair.score.max(0.0);
        if weight > best.0 {
            best = (weight, number);
        }
        let mut at = pair.vietnamese as usize + 1;
        while at <= columns {
            if weight > tree[at].0 {
                tree[at] = (weight, number);
            }
            at += at & at.wrapping_neg();
        }
    }
    let mut chain = Vec::new();
    let mut at = best.1;
    while at != usize::MAX {
        chain.push(at);
        at = before[at];
    }
    chain.reverse();
    chain
}

struct Lattice<'b> {
    bitext: &'b Bitext,
    weights: &'b Weights,
    scorer: Scorer,
    open: Vec<(usize, usize)>,
    /// Where each row's cells begin.
    offsets: Vec<usize>,
    /// What sentence `i` and `j` share, in the cell of `(i, j)`.
    shared: Vec<f32>,
    best: Vec<f32>,
    step: Vec<(u8, u8)>,
}

impl Lattice<'_> {
    fn cell(&self, i: usize, j: usize) -> Option<usize> {
        let (from, to) = *self.open.get(i)?;
        (from <= j && j <= to).then(|| self.offsets[i] + j - from)
    }

    fn shares(&self, i: usize, j: usize) -> bool {
        self.cell(i, j).is_some_and(|cell| self.shared[cell] >= LEAST_SHARED)
    }

    /// Whether every sentence of a bead shares something with the other side.
    fn hangs_together(&self, german: &Range<usize>, vietnamese: &Range<usize>) -> bool {
        german.clone().all(|i| vietnamese.clone().any(|j| self.shares(i, j)))
            && vietnamese.clone().all(|j| german.clone().any(|i| self.shares(i, j)))
    }

    fn score(&mut self, german: Range<usize>, vietnamese: Range<usize>) -> f32 {
        let (mut de, mut vi) = ([0; MOST], [0; MOST]);
        let sides = (german.len(), vietnamese.len());
        de.iter_mut().zip(german).for_each(|(place, i)| *place = i);
        vi.iter_mut().zip(vietnamese).for_each(|(place, j)| *place = j);
        self.scorer.bead(self.bitext, &de[..sides.0], &vi[..sides.1], self.weights)
    }

    fn fill(&mut self) {
        for i in 0..self.open.len() {
            for j in self.open[i].0..=self.open[i].1 {
                let Some(cell) = self.cell(i, j) else { continue };
                if i < self.bitext.german_len() && j < self.bitext.vietnamese_len() {
                    let evidence = self.scorer.evidence(self.bitext, &[i], &[j], self.weights);
                    self.shared[cell] = evidence.links;
                }
            }
        }
        for i in 0..self.open.len() {
            for j in self.open[i].0..=self.open[i].1 {
                self.reach(i, j);
            }
        }
    }

    /// Finds the best way to a cell.
    fn reach(&mut self, i: usize, j: usize) {
        let Some(cell) = self.cell(i, j) else { return };
        if (i, j) == (0, 0) {
            self.best[cell] = 0.0;
            return;
        }
        let mut best = (f32::NEG_INFINITY, (0, 0));
        for a in 0..=MOST.min(i) {
            for b in 0..=MOST.min(j) {
                // Nulls are taken one at a time.
                if a + b == 0 || (a == 0 && b > 1) || (b == 0 && a > 1) {
                    continue;
                }
                let Some(from) = self.cell(i - a, j - b) else { continue };
                let before = self.best[from];
                if before == f32::NEG_INFINITY {
                    continue;
                }
                let value = if a == 0 || b == 0 {
                    self.weights.null
                } else {
                    let (german, vietnamese) = (i - a..i, j - b..j);
                    if (a, b) != (1, 1) && !self.hangs_together(&german, &vietnamese) {
                        continue;
                    }
                    self.score(german, vietnamese)
                };
                if before + value > best.0 {
                    best = (before + value, (a as u8, b as u8));
                }
            }
        }
        self.best[cell] = best.0;
        self.step[cell] = best.1;
    }
}

/// The best ladder of a bitext whose sides stand in the same order; every sentence is in exactly one bead.
///
/// `candidates` are those of [`crate::candidates::all`].
pub(crate) fn ladder(bitext: &Bitext, candidates: &[Candidate], weights: &Weights) -> Vec<Bead> {
    let (rows, columns) = (bitext.german_len(), bitext.vietnamese_len());
    let open = corridor(&anchors(candidates, bitext), rows, columns);
    let mut offsets = Vec::with_capacity(open.len());
    let mut cells = 0;
    for (from, to) in &open {
        offsets.push(cells);
        cells += to + 1 - from;
    }
    let mut lattice = Lattice {
        bitext,
        weights,
        scorer: Scorer::default(),
        open,
        offsets,
        shared: vec![0.0; cells],
        best: vec![f32::NEG_INFINITY; cells],
        step: vec![(0, 0); cells],
    };
    lattice.fill();
    let mut beads = Vec::new();
    let (mut i, mut j) = (rows, columns);
    while i > 0 || j > 0 {
        // Every open cell can be reached by nulls, so the walk back always ends; a missing step would mean a closed corner.
        let (a, b) = lattice.cell(i, j).map_or((0, 0), |cell| lattice.step[cell]);
        let (a, b) = if (a, b) == (0, 0) { (u8::from(i > 0), u8::from(i == 0)) } else { (a, b) };
        let (german, vietnamese) = (i - usize::from(a)..i, j - usize::from(b)..j);
        (i, j) = (german.start, vietnamese.start);
        beads.push(Bead { german: german.collect(), vietnamese: vietnamese.collect(), score: 0.0 });
    }
    beads.reverse();
    beads
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(german: u32, vietnamese: u32, score: f32) -> Candidate {
        Candidate { german, vietnamese, score }
    }

    #[test]
    fn the_heaviest_rising_chain_wins() {
        let pairs = [pair(0, 5, 9.0), pair(1, 0, 4.0), pair(2, 1, 4.0), pair(3, 2, 4.0), pair(4, 6, 1.0)];
        assert_eq!(rising(&pairs), [1, 2, 3, 4]);
        assert!(rising(&[]).is_empty());
    }

    #[test]
    fn the_corridor_is_connected_and_holds_the_corners() {
        let open = corridor(&[(100, 90), (101, 91), (500, 480)], 600, 600);
        assert_eq!((open[0].0, open[600].1), (0, 600));
        for pair in open.windows(2) {
            assert!(pair[0].0 <= pair[1].0 && pair[0].1 <= pair[1].1);
            assert!(pair[1].0 <= pair[0].1, "{pair:?}");
        }
        let cells: usize = open.iter().map(|(from, to)| to + 1 - from).sum();
        assert!(cells < 601 * 601, "{cells}");
    }
}
