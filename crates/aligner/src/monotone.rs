//! The best ladder of two texts in the same order: n-m beads and nulls by dynamic programming.
//!
//! Exact within a corridor: between sure pairs (anchors) every path is tried, elsewhere none, so that cost grows with the length of the
//! texts and not with its square. After Gale and Church (1993) in the search, with other evidence.

use std::ops::Range;

use crate::asked::{Asked, Link};
use crate::bead::Bead;
use crate::bitext::{Bitext, Burden};
use crate::candidates::Candidate;
use crate::evidence::{Chooser, Evidence, Lengths, size_cost, size_cost_least, unlinked, unlinked_most};
use crate::margins::sure_pairs;
use crate::rows::Rows;
use crate::vectors::LEAST_GAIN;
use crate::weights::Weights;

/// The most sentences on one side of a bead.
const MOST: usize = 4;
/// What two sentences must share, in nats, before a bigger bead with both is tried.
const LEAST_SHARED: f32 = 0.8;
/// Links are worth less in a bigger bead, where more is found by chance; but those that were chosen for two sentences may leave better ones
/// for the bigger bead. By more than this factor that never was seen to pay.
const SLACK: f32 = 1.1;
/// An anchor's evidence, and what it must have above its best rival.
const ANCHOR_SCORE: f32 = 6.0;
const ANCHOR_MARGIN: f32 = 4.0;
/// Texts with no more cells than this are searched whole.
const SMALL: usize = 4_000;
/// How far around an anchor the corridor is open.
const PAD: usize = 1;
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

/// The heaviest chain of anchors in which both sides go up, counted from the beginning of the part.
fn anchors(candidates: &[Candidate], bitext: &Bitext, part: &Part) -> Vec<(usize, usize)> {
    let mut sure = sure_pairs(candidates, bitext, ANCHOR_SCORE, ANCHOR_MARGIN);
    sure.retain(|c| part.holds(c.german, c.vietnamese));
    let relative = |c: &Candidate| {
        (c.german as usize - part.german.start, c.vietnamese as usize - part.vietnamese.start)
    };
    rising(&sure).iter().map(|i| relative(&sure[*i])).collect()
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

/// What a German sentence shares with the Vietnamese ones of the corridor.
#[derive(Debug, Default)]
struct Row {
    /// The first Vietnamese sentence.
    from: usize,
    links: Rows<Link>,
    /// What each link is worth at most.
    worths: Vec<f32>,
    /// For each Vietnamese sentence: what the links with it alone may be worth in a bigger bead, and the score of the bead of the two.
    links_most: Vec<f32>,
    single: Vec<f32>,
    /// For each Vietnamese sentence: what the links between it with those before it (so many as the place says) and the row's German
    /// sentence are worth at most, and those between the row's German sentence with those before it and the Vietnamese one.
    german_most: Vec<[f32; MOST]>,
    vietnamese_most: Vec<[f32; MOST]>,
    /// For each Vietnamese sentence which of it and those before it share enough with this one to be in a bead with it: a bit each, itself
    /// lowest.
    near: Vec<u8>,
}

impl Row {
    /// The place of a Vietnamese sentence, if it is in the corridor here.
    fn place(&self, j: usize) -> Option<usize> {
        j.checked_sub(self.from).filter(|place| *place < self.single.len())
    }

    /// What the row's links with `count` Vietnamese sentences, the last of them `j`, are worth at most.
    fn german_most(&self, j: usize, count: usize) -> f32 {
        // Those beyond the corridor have no links here.
        let Some(last) = self.single.len().checked_sub(1) else { return 0.0 };
        let beyond = j.saturating_sub(self.from + last);
        if j < self.from || count <= beyond {
            0.0
        } else {
            self.german_most[j - self.from - beyond][count - beyond - 1]
        }
    }

    /// What the links of Vietnamese sentence `j` with `count` German ones, the last of them the row's, are worth at most.
    fn vietnamese_most(&self, j: usize, count: usize) -> f32 {
        // Rows before may have links with sentences that lie before this row's.
        self.place(j).map_or(f32::INFINITY, |place| self.vietnamese_most[place][count - 1])
    }

    /// The links with the Vietnamese sentence of a place, each with what it is worth at most.
    fn links_at(&self, place: usize) -> impl Iterator<Item = (&Link, f32)> {
        let start = self.links.offsets[place] as usize;
        self.links.row(place).iter().zip(self.worths[start..].iter().copied())
    }

    fn clear(&mut self) {
        self.links.clear();
        self.worths.clear();
        self.links_most.clear();
        self.single.clear();
        self.german_most.clear();
        self.vietnamese_most.clear();
        self.near.clear();
    }

    fn near(&self, j: usize) -> u8 {
        self.place(j).map_or(0, |place| self.near[place])
    }
}

/// A sum in which each slot counts with the most that was added to it.
#[derive(Debug, Default)]
struct Capped {
    best: Vec<f32>,
    touched: Vec<u32>,
    sum: f32,
}

impl Capped {
    fn clear(&mut self) {
        self.touched.drain(..).for_each(|slot| self.best[slot as usize] = 0.0);
        self.sum = 0.0;
    }

    /// Takes in that a slot, which counts `times`, may be worth so much.
    fn add(&mut self, slot: u32, times: f32, worth: f32) {
        let place = slot as usize;
        if place >= self.best.len() {
            self.best.resize(place + 1, 0.0);
        }
        if worth > self.best[place] {
            if self.best[place] == 0.0 {
                self.touched.push(slot);
            }
            self.sum += times * (worth - self.best[place]);
            self.best[place] = worth;
        }
    }
}

struct Lattice<'b> {
    bitext: &'b Bitext,
    /// The part of the bitext that is aligned; sentences are counted over the whole, cells over the part.
    part: &'b Part,
    weights: &'b Weights,
    asked: Asked,
    chooser: Chooser,
    open: Vec<(usize, usize)>,
    /// Where each row's cells begin.
    offsets: Vec<usize>,
    /// The last rows: that of sentence `i` at `i % MOST`.
    rows: [Row; MOST],
    capped: Capped,
    best: Vec<f32>,
    step: Vec<(u8, u8)>,
    /// What a bead is worth at most without its links, and what each size of bead adds at most.
    unlinked_most: f32,
    size_cost: [f32; 2 * MOST + 1],
}

impl Lattice<'_> {
    fn cell(&self, i: usize, j: usize) -> Option<usize> {
        let (from, to) = *self.open.get(i)?;
        (from <= j && j <= to).then(|| self.offsets[i] + j - from)
    }

    /// Holds a German sentence, the `i`-th of the part, against the Vietnamese ones that are open to it.
    fn lay_row(&mut self, i: usize) {
        let Self { bitext, part, weights, asked, chooser, open, rows, .. } = self;
        let (from, to) = open[i];
        let to = to.min(part.vietnamese.len() - 1);
        let mut row = std::mem::take(&mut rows[i % MOST]);
        row.clear();
        row.from = from;
        let german = part.german.start + i;
        asked.lay(bitext, german);
        let de = bitext.burdens().0[german];
        let mut near = 0;
        for j in part.vietnamese.start + from..=part.vietnamese.start + to {
            let vi = bitext.burdens().1[j];
            let lengths = Lengths::of(&de, &vi);
            chooser.clear();
            chooser.left.extend(bitext.types_of(german).iter().map(|(_, count)| count));
            asked.links(bitext, j, |link| {
                // A link that is worth nothing between the two is worth nothing in a bigger bead.
                if let Some(worth) = chooser.offer(&link, 0, lengths) {
                    row.links.push(link);
                    row.worths.push(worth);
                }
            });
            row.links.end_row();
            let (links, link_count) = chooser.choose(bitext.syllables(j, j));
            row.links_most.push(SLACK * links);
            let vectors = bitext.vector_gain(german..german + 1, j..j + 1);
            let evidence = Evidence { links, link_count, vectors, ..unlinked(&de, &vi, weights) };
            row.single.push(evidence.score(weights));
            let close = bitext.vectors().is_some() && vectors >= LEAST_GAIN;
            near = near << 1 | u8::from(close || links >= LEAST_SHARED);
            row.near.push(near);
        }
        self.bound_row(i, &mut row);
        self.rows[i % MOST] = row;
    }

    /// Finds what the links of a row's sentences in groups are worth at most: each term is linked but as often as it occurs, and from each
    /// syllable begins one link at most.
    fn bound_row(&mut self, i: usize, row: &mut Row) {
        let Self { bitext, part, rows, capped, .. } = self;
        let counts = bitext.types_of(part.german.start + i);
        for place in 0..row.single.len() {
            capped.clear();
            let (mut most, mut sum) = ([0.0; MOST], 0.0);
            for (b, most) in most.iter_mut().enumerate() {
                if let Some(place) = place.checked_sub(b) {
                    sum += row.links_most[place];
                    for (link, worth) in row.links_at(place) {
                        capped.add(link.place, counts[link.place as usize].1 as f32, worth);
                    }
                }
                *most = sum.min(capped.sum);
            }
            row.german_most.push(most);
            let j = row.from + place;
            let first = bitext.syllables(part.vietnamese.start + j, part.vietnamese.start + j).start;
            capped.clear();
            let (mut most, mut sum, mut marks) = ([0.0; MOST], 0.0, 0.0);
            for (a, most) in most.iter_mut().enumerate().take(i + 1) {
                let above = if a == 0 { &*row } else { &rows[(i - a) % MOST] };
                if let Some(place) = above.place(j) {
                    sum += above.links_most[place];
                    for (link, worth) in above.links_at(place) {
                        match link.length {
                            0 => marks += worth,
                            _ => capped.add(link.first - first, 1.0, worth),
                        }
                    }
                }
                *most = sum.min(capped.sum + marks);
            }
            row.vietnamese_most.push(most);
        }
    }

    /// The score of a bead whose links are worth `most` at most, or something less than `least` if it cannot reach that.
    fn score(&mut self, german: Range<usize>, vietnamese: Range<usize>, most: f32, least: f32) -> f32 {
        let Self { bitext, part, weights, chooser, rows, .. } = self;
        let (first_german, first_vietnamese) = (part.german.start, part.vietnamese.start);
        let (mut de, mut vi) = (Burden::default(), Burden::default());
        german.clone().for_each(|i| de = de.plus(bitext.burdens().0[first_german + i]));
        vietnamese.clone().for_each(|j| vi = vi.plus(bitext.burdens().1[first_vietnamese + j]));
        let of_whole = |range: &Range<usize>, first: usize| first + range.start..first + range.end;
        let vectors =
            bitext.vector_gain(of_whole(&german, first_german), of_whole(&vietnamese, first_vietnamese));
        let rest = Evidence { vectors, ..unlinked(&de, &vi, weights) };
        let cost = size_cost(german.len() + vietnamese.len(), &de, &vi, weights);
        let bound = Evidence { links: most, ..rest };
        if bound.score(weights) + cost < least {
            return f32::NEG_INFINITY;
        }
        let lengths = Lengths::of(&de, &vi);
        chooser.clear();
        for i in german {
            let row = &rows[i % MOST];
            let base = chooser.left.len() as u32;
            chooser.left.extend(bitext.types_of(first_german + i).iter().map(|(_, count)| count));
            for j in vietnamese.clone() {
                let links = row.place(j).map_or(&[][..], |place| row.links.row(place));
                for link in links {
                    chooser.offer(link, base, lengths);
                }
            }
        }
        let (first, last) = (first_vietnamese + vietnamese.start, first_vietnamese + vietnamese.end - 1);
        let (links, link_count) = chooser.choose(bitext.syllables(first, last));
        Evidence { links, link_count, ..rest }.score(weights) + cost
    }

    fn fill(&mut self) {
        for i in 0..self.open.len() {
            for j in self.open[i].0..=self.open[i].1 {
                self.reach(i, j);
            }
            if i < self.part.german.len() && !self.part.vietnamese.is_empty() {
                self.lay_row(i);
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
        let mut offer = |value: f32, step| {
            if value > best.0 {
                best = (value, step);
            }
        };
        // Nulls are taken one at a time.
        if let Some(from) = j.checked_sub(1).and_then(|j| self.cell(i, j)) {
            offer(self.best[from] + self.weights.null, (0, 1));
        }
        if let Some(from) = i.checked_sub(1).and_then(|i| self.cell(i, j)) {
            offer(self.best[from] + self.weights.null, (1, 0));
        }
        if i > 0 && j > 0 {
            let row = &self.rows[(i - 1) % MOST];
            if let (Some(from), Some(place)) = (self.cell(i - 1, j - 1), row.place(j - 1)) {
                offer(self.best[from] + row.single[place], (1, 1));
            }
            // The last German sentence of a group shares something with one of its Vietnamese sentences.
            if row.near(j - 1) & 0xf != 0 {
                best = self.reach_by_group(i, j, best);
            }
        }
        self.best[cell] = best.0;
        self.step[cell] = best.1;
    }

    /// The best way to a cell, by a group or as it is known already.
    fn reach_by_group(&mut self, i: usize, j: usize, mut best: (f32, (u8, u8))) -> (f32, (u8, u8)) {
        // For groups with so many Vietnamese sentences: what their links are worth at most, which of the sentences share something with
        // the group, and whether each German one does.
        let mut german_most = [0.0; MOST];
        let mut most = [0.0; MOST];
        let mut met = [0_u8; MOST];
        let mut together = [true; MOST];
        for a in 1..=MOST.min(i) {
            let row = &self.rows[(i - a) % MOST];
            let near = row.near(j - 1);
            let mut other = 0.0;
            for b in 1..=MOST.min(j) {
                german_most[b - 1] += row.german_most(j - 1, b);
                other += self.rows[(i - 1) % MOST].vietnamese_most(j - b, a);
                most[b - 1] = other.min(german_most[b - 1]);
                let near = near & ((1 << b) - 1);
                met[b - 1] |= near;
                together[b - 1] &= near != 0;
            }
            if !together[MOST.min(j) - 1] {
                break;
            }
            for b in 1..=MOST.min(j) {
                if (a, b) == (1, 1) || !together[b - 1] || met[b - 1] != (1 << b) - 1 {
                    continue;
                }
                let Some(from) = self.cell(i - a, j - b) else { continue };
                let before = self.best[from];
                let bound = self.weights.links * most[b - 1] + self.unlinked_most + self.size_cost[a + b];
                if before + bound <= best.0 {
                    continue;
                }
                let value = before + self.score(i - a..i, j - b..j, most[b - 1], best.0 - before);
                if value > best.0 {
                    best = (value, (a as u8, b as u8));
                }
            }
        }
        best
    }
}

/// A part of a bitext: German and Vietnamese sentences in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) german: Range<usize>,
    pub(crate) vietnamese: Range<usize>,
}

impl Part {
    /// Whether it has both sentences.
    pub(crate) fn holds(&self, german: u32, vietnamese: u32) -> bool {
        self.german.contains(&(german as usize)) && self.vietnamese.contains(&(vietnamese as usize))
    }

    /// All of a bitext.
    pub(crate) fn whole(bitext: &Bitext) -> Self {
        Self { german: 0..bitext.german_len(), vietnamese: 0..bitext.vietnamese_len() }
    }
}

/// The best ladder of a part of a bitext in which both sides stand in the same order; every sentence of the part is in exactly one bead.
///
/// `candidates` are those of [`crate::candidates::all`].
pub(crate) fn ladder(bitext: &Bitext, part: &Part, candidates: &[Candidate], weights: &Weights) -> Vec<Bead> {
    let (rows, columns) = (part.german.len(), part.vietnamese.len());
    let open = corridor(&anchors(candidates, bitext, part), rows, columns);
    let mut offsets = Vec::with_capacity(open.len());
    let mut cells = 0;
    for (from, to) in &open {
        offsets.push(cells);
        cells += to + 1 - from;
    }
    let mut lattice = Lattice {
        bitext,
        part,
        weights,
        asked: Asked::default(),
        chooser: Chooser::default(),
        open,
        offsets,
        rows: Default::default(),
        capped: Capped::default(),
        best: vec![f32::NEG_INFINITY; cells],
        step: vec![(0, 0); cells],
        unlinked_most: unlinked_most(weights) + bitext.vectors_most(),
        size_cost: std::array::from_fn(|size| size_cost_least(size, weights)),
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
        let whole = |range: Range<usize>, start: usize| range.map(|s| start + s).collect();
        beads.push(Bead {
            german: whole(german, part.german.start),
            vietnamese: whole(vietnamese, part.vietnamese.start),
            score: 0.0,
        });
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
