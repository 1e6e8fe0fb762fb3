//! Sentence vectors from outside as evidence: how near two groups of sentences are in the space of an encoder that knows both languages.
//!
//! As in vecalign (Thompson and Koehn 2019) the distance of two groups, 1 - cosine, is held against what it is among random partners. What
//! it falls short of that by, as a share, is the margin: 0 for random sentences, 1 for equal vectors. A line through the margin gives nats.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

/// What a margin of 1 is worth, in nats, and the margin that speaks neither for a pair nor against it.
///
/// Not learned, for want of an encoder to learn with: translations have a cosine of 0.7 to 0.9 in `LaBSE`, random sentences of news 0.2 to 0.35,
/// so that margins are 0.6 to 0.85 against 0, and half-translations lie near 0.35. With these numbers the odds are 20:1 for a pair at 0.5 and
/// 20:1 against it at 0.2, and a usual pair brings about what the words of a sentence bring.
const WEIGHT: f32 = 20.0;
const NEUTRAL: f32 = 0.35;
/// Two sentences with less of a margin are too far from each other to be in one bead.
const LEAST_MARGIN: f32 = 0.15;
/// The distance that random sentences are taken to have before any is seen; it counts as one sentence.
const USUAL_DISTANCE: f32 = 0.75;
/// No random distance is taken for smaller.
const LEAST_DISTANCE: f32 = 0.02;
/// In longer texts than this the nearest vectors are searched among so many sentences at a like place.
const WINDOW: usize = 4_000;
/// Sentences that a thread takes at a time.
const PIECE: usize = 64;

/// What cannot be used as vectors.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VectorsError {
    /// The two sides come from different encoders.
    #[error("the German vectors have {0} numbers each, the Vietnamese {1}: encode both sides with one model")]
    Dimensions(usize, usize),
    /// A group's row is not there.
    #[error("there is no row {0}")]
    Row(u32),
}

/// The vectors of one side.
#[derive(Clone, Debug)]
pub struct SideVectors {
    values: Arc<[f32]>,
    dimension: usize,
    /// For groups of 1, 2, … sentences: the row of the group that begins at each sentence.
    groups: Vec<Vec<Option<u32>>>,
    /// The mean of the sentences' vectors, and of how many.
    mean: Vec<f32>,
    count: f32,
}

impl SideVectors {
    /// Takes rows of `dimension` numbers, each of length 1, and for groups of 1, 2, … sentences the row of the group that begins at each
    /// sentence; `None` where there is nothing to compare.
    ///
    /// # Errors
    /// A row that `values` does not have.
    pub fn new(
        values: Arc<[f32]>,
        dimension: usize,
        groups: Vec<Vec<Option<u32>>>,
    ) -> Result<Self, VectorsError> {
        let rows = values.len().checked_div(dimension).unwrap_or(0);
        if let Some(row) = groups.iter().flatten().flatten().find(|row| **row as usize >= rows) {
            return Err(VectorsError::Row(*row));
        }
        let mut side = Self { values, dimension, groups, mean: vec![0.0; dimension], count: 0.0 };
        let mut sum = vec![0.0_f64; dimension];
        for i in 0..side.len() {
            if let Some(vector) = side.vector(&(i..i + 1)) {
                sum.iter_mut().zip(vector).for_each(|(s, v)| *s += f64::from(*v));
                side.count += 1.0;
            }
        }
        side.mean = sum.into_iter().map(|s| (s / f64::from(side.count.max(1.0))) as f32).collect();
        Ok(side)
    }

    /// The most sentences in a group.
    pub fn most(&self) -> usize {
        self.groups.len()
    }

    /// How many sentences there are.
    fn len(&self) -> usize {
        self.groups.first().map_or(0, Vec::len)
    }

    /// The vector of a group, if it has one.
    fn vector(&self, group: &Range<usize>) -> Option<&[f32]> {
        let row = (*self.groups.get(group.len().checked_sub(1)?)?.get(group.start)?)? as usize;
        self.values.get(row * self.dimension..(row + 1) * self.dimension)
    }

    /// For each group its mean distance to the sentences of another side. The mean of the cosines is the cosine with the mean, so that no
    /// sample has to be drawn.
    fn distances_to(&self, other: &Self) -> Vec<Vec<f32>> {
        let distance = |size: usize, first: usize| {
            let cosine = self.vector(&(first..first + size)).map_or(0.0, |vector| dot(vector, &other.mean));
            let sum = other.count * (1.0 - cosine) + USUAL_DISTANCE;
            (sum / (other.count + 1.0)).max(LEAST_DISTANCE)
        };
        let sizes = (1..).zip(&self.groups);
        sizes.map(|(size, group)| (0..group.len()).map(|first| distance(size, first)).collect()).collect()
    }
}

/// The vectors of both sides of an alignment.
#[derive(Clone, Debug)]
pub struct Vectors {
    german: SideVectors,
    vietnamese: SideVectors,
    /// For each group of each size: its distance to a random sentence of the other side.
    german_random: Vec<Vec<f32>>,
    vietnamese_random: Vec<Vec<f32>>,
    /// Among how many sentences at a like place the nearest are searched.
    window: usize,
}

impl Vectors {
    /// Puts both sides together.
    ///
    /// # Errors
    /// Sides whose vectors differ in length.
    pub fn new(german: SideVectors, vietnamese: SideVectors) -> Result<Self, VectorsError> {
        if german.dimension != vietnamese.dimension {
            return Err(VectorsError::Dimensions(german.dimension, vietnamese.dimension));
        }
        let (german_random, vietnamese_random) =
            (german.distances_to(&vietnamese), vietnamese.distances_to(&german));
        Ok(Self { german, vietnamese, german_random, vietnamese_random, window: WINDOW })
    }

    /// For lists without any order: a sentence's nearest are searched in all of the other side, however long it is.
    #[must_use]
    pub fn anywhere(self) -> Self {
        Self { window: usize::MAX, ..self }
    }

    /// What the distance of two groups falls short of a random one by, as a share: 0 for random sentences, 1 for equal vectors. `None` if
    /// either has no vector.
    fn margin(&self, german: &Range<usize>, vietnamese: &Range<usize>) -> Option<f32> {
        let (de, vi) = (self.german.vector(german)?, self.vietnamese.vector(vietnamese)?);
        let random = self.german_random.get(german.len() - 1)?.get(german.start)?
            + self.vietnamese_random.get(vietnamese.len() - 1)?.get(vietnamese.start)?;
        // A cosine is above 1 by rounding alone.
        Some(1.0 - 2.0 * (1.0 - dot(de, vi)).max(0.0) / random)
    }

    /// What the vectors of two groups are worth, in nats; minus infinity if either has none.
    pub(crate) fn gain(&self, german: &Range<usize>, vietnamese: &Range<usize>) -> f32 {
        self.margin(german, vietnamese).map_or(f32::NEG_INFINITY, worth)
    }

    /// The nearest sentences of the other side for each German one (or each Vietnamese one if `reverse`), at most `kept`, as German and
    /// Vietnamese sentence; in the order of that side. In long texts only sentences at a like place are tried.
    pub(crate) fn nearest(&self, reverse: bool, kept: usize) -> Vec<(u32, u32)> {
        let (own, other) =
            if reverse { (&self.vietnamese, &self.german) } else { (&self.german, &self.vietnamese) };
        let (rows, columns) = (own.len(), other.len());
        let half = self.window.min(columns).div_ceil(2);
        let pieces: Vec<usize> = (0..rows).step_by(PIECE).collect();
        let found: Vec<Vec<(u32, u32)>> = pieces
            .into_par_iter()
            .map(|first| {
                let piece = first..(first + PIECE).min(rows);
                let middle = first * columns / rows.max(1);
                let span = if half * 2 >= columns {
                    0..columns
                } else {
                    middle.saturating_sub(half)..(middle + half + PIECE).min(columns)
                };
                let mut best: Vec<Vec<(f32, usize)>> = vec![Vec::with_capacity(kept + 1); piece.len()];
                for there in span {
                    for (here, best) in piece.clone().zip(&mut best) {
                        let (i, j) = if reverse { (there, here) } else { (here, there) };
                        let Some(margin) = self.margin(&(i..i + 1), &(j..j + 1)) else { continue };
                        let full = best.len() >= kept;
                        if margin >= LEAST_MARGIN && !(full && best.last().is_some_and(|b| b.0 >= margin)) {
                            // Of equal ones the first stays first.
                            let place = best.partition_point(|b| b.0 >= margin);
                            best.insert(place, (margin, there));
                            best.truncate(kept);
                        }
                    }
                }
                let pairs = piece.zip(best).flat_map(|(here, best)| {
                    best.into_iter().map(move |(_, there)| {
                        let (i, j) = if reverse { (there, here) } else { (here, there) };
                        (i as u32, j as u32)
                    })
                });
                pairs.collect()
            })
            .collect();
        found.concat()
    }
}

/// What the vectors of a bead are worth at most, in nats.
pub(crate) const MOST_GAIN: f32 = WEIGHT * (1.0 - NEUTRAL);
/// Two sentences whose vectors are worth less are too far from each other to be in one bead.
pub(crate) const LEAST_GAIN: f32 = WEIGHT * (LEAST_MARGIN - NEUTRAL);

fn worth(margin: f32) -> f32 {
    WEIGHT * (margin.clamp(-1.0, 1.0) - NEUTRAL)
}

/// The scalar product. Sixteen sums side by side: fast, and the same on every machine.
#[allow(
    clippy::needless_range_loop,
    reason = "iterators side by side are not inlined here, and cost as much as the sums"
)]
fn dot(a: &[f32], b: &[f32]) -> f32 {
    const LANES: usize = 16;
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<LANES>(), b.as_chunks::<LANES>());
    let mut sums = [0.0_f32; LANES];
    for at in 0..a.len().min(b.len()) {
        let (x, y) = (&a[at], &b[at]);
        for lane in 0..LANES {
            sums[lane] += x[lane] * y[lane];
        }
    }
    sums.iter().sum::<f32>() + a_rest.iter().zip(b_rest).map(|(x, y)| x * y).sum::<f32>()
}
