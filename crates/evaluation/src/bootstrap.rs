//! Bootstrap confidence intervals by the percentile method (Efron and Tibshirani 1993, chapter 13).

use rayon::prelude::*;
use serde::Serialize;

use crate::scores::{Measure, Scores};

/// How intervals are made.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Bootstrap {
    /// How many resamples.
    pub rounds: usize,
    /// How much of them the interval holds, 0 to 1.
    pub level: f64,
    /// The seed: the same seed gives the same intervals, for any number of threads.
    pub seed: u64,
}

impl Default for Bootstrap {
    /// 1,000 rounds, 95 %.
    fn default() -> Self {
        Self { rounds: 1000, level: 0.95, seed: 1 }
    }
}

/// A confidence interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// The intervals of one measure.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct MeasureIntervals {
    /// Of precision.
    pub precision: Interval,
    /// Of recall.
    pub recall: Interval,
    /// Of F1.
    pub f1: Interval,
}

/// The intervals of the three measures of [`Scores`].
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Intervals {
    /// Of the very bead.
    pub strict: MeasureIntervals,
    /// Of any overlap on both sides.
    pub lax: MeasureIntervals,
    /// Of the very bead, nulls counted in precision.
    pub strict_with_nulls: MeasureIntervals,
}

impl Bootstrap {
    /// Resamples `units` (the scores of whole ladders, or of single beads, see [`crate::scores::score_beads`]) with
    /// replacement and gives the percentiles of every measure. `None` without units or rounds: there is nothing to vary.
    ///
    /// Beads of one ladder are not independent (a slip costs several in a row), so intervals over the beads of a single ladder
    /// are somewhat narrow.
    pub fn intervals(&self, units: &[Scores]) -> Option<Intervals> {
        if units.is_empty() || self.rounds == 0 {
            return None;
        }
        let samples: Vec<[Measure; 3]> =
            (0..self.rounds).into_par_iter().map(|r| self.resample(r, units)).collect();
        let of = |measure: usize| MeasureIntervals {
            precision: self.percentiles(samples.iter().map(|s| s[measure].precision.value()).collect()),
            recall: self.percentiles(samples.iter().map(|s| s[measure].recall.value()).collect()),
            f1: self.percentiles(samples.iter().map(|s| s[measure].f1()).collect()),
        };
        Some(Intervals { strict: of(0), lax: of(1), strict_with_nulls: of(2) })
    }

    /// One round. Its random numbers hang on the seed and the round alone, so the threads' order does not matter.
    fn resample(&self, round: usize, units: &[Scores]) -> [Measure; 3] {
        let mut random = SplitMix64(SplitMix64(self.seed ^ (round as u64).rotate_left(32)).next());
        let mut sum = [Measure::default(); 3];
        for _ in units {
            let unit = &units[random.below(units.len())];
            sum = [sum[0] + unit.strict, sum[1] + unit.lax, sum[2] + unit.strict_with_nulls];
        }
        sum
    }

    /// The two ends that leave out the same share of `values` at each side (nearest rank). `values` is not empty.
    fn percentiles(&self, mut values: Vec<f64>) -> Interval {
        values.sort_by(f64::total_cmp);
        let last = values.len() - 1;
        let left_out = ((1.0 - self.level.clamp(0.0, 1.0)) / 2.0 * values.len() as f64) as usize;
        let low = left_out.min(last / 2);
        Interval { low: values[low], high: values[last - low] }
    }
}

/// `SplitMix64` (Steele, Lea and Flood 2014): small, and the same in every version of every crate, so that published
/// intervals can be made again.
pub(crate) struct SplitMix64(pub(crate) u64);

impl SplitMix64 {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`, by multiplication; the bias is below n / 2⁶⁴.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.next()) * n as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::LadderBead;
    use crate::scores::score_beads;

    /// `n` beads, the first `right` of which are found.
    fn units(n: usize, right: usize) -> Vec<Scores> {
        let gold: Vec<_> = (0..n).map(|i| LadderBead::new([i], [i])).collect();
        score_beads(&gold, &gold[..right])
    }

    #[test]
    fn the_random_numbers_are_the_published_ones() {
        // The first values for seed 1234567 in the reference implementation.
        let mut random = SplitMix64(1_234_567);
        assert_eq!([random.next(), random.next()], [6_457_827_717_110_365_317, 3_203_168_211_198_807_973]);
    }

    #[test]
    fn an_interval_is_about_as_wide_as_theory_says() {
        // Recall .8 over 400 beads: 0.8 ± 1.96 · √(.8 · .2 / 400) = 0.7608 … 0.8392.
        let recall = Bootstrap::default().intervals(&units(400, 320)).unwrap().strict.recall;
        assert!((recall.low - 0.7608).abs() < 0.01 && (recall.high - 0.8392).abs() < 0.01, "{recall:?}");
    }

    #[test]
    fn the_same_for_any_number_of_threads() {
        let units = units(50, 30);
        let with = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| Bootstrap::default().intervals(&units).unwrap())
        };
        assert_eq!(with(1), with(4));
    }

    #[test]
    fn seeds_and_rounds_draw_differently() {
        let units = units(50, 30);
        let draws = |seed, rounds: std::ops::Range<usize>| -> Vec<u64> {
            let bootstrap = Bootstrap { seed, ..Bootstrap::default() };
            rounds.map(|round| bootstrap.resample(round, &units)[0].recall.right).collect()
        };
        assert_eq!(draws(1, 0..20), draws(1, 0..20));
        assert_ne!(draws(1, 0..20), draws(2, 0..20));
        assert_ne!(draws(1, 0..20), draws(1, 20..40));
    }

    #[test]
    fn what_does_not_vary_has_a_point() {
        let strict = Bootstrap::default().intervals(&units(20, 20)).unwrap().strict;
        assert_eq!(strict.f1, Interval { low: 1.0, high: 1.0 });
        assert!(Bootstrap::default().intervals(&[]).is_none());
        assert!(Bootstrap { rounds: 0, ..Bootstrap::default() }.intervals(&units(3, 3)).is_none());
        assert!(Bootstrap { rounds: 1, level: 0.0, seed: 0 }.intervals(&units(3, 3)).is_some());
    }
}
