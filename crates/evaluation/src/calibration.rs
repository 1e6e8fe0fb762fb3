//! How far scores can be taken for probabilities.

use std::fmt;

use serde::Serialize;

use crate::bootstrap::Interval;
use crate::table;

/// How many bins a reliability table has.
pub const BINS: usize = 10;

/// A row of a reliability table: the pairs whose score lies in a tenth of 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Bin {
    /// The lower end, included; the upper end is a tenth higher, and included only in the last bin.
    pub from: f64,
    /// How many pairs.
    pub n: u64,
    /// Their mean score; 0 without pairs.
    pub mean_score: f64,
    /// The share that is right; 0 without pairs.
    pub right: f64,
}

/// A reliability table and what sums it up.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Calibration {
    /// Ten bins of equal width.
    pub bins: Vec<Bin>,
    /// Expected calibration error (Guo et al. 2017): the mean distance of score and share right, bins weighted by size.
    pub expected_error: f64,
    /// Brier score (Brier 1950): the mean squared distance of a score from 1 (right) or 0.
    pub brier: f64,
    /// See [`average_precision`].
    pub average_precision: f64,
    /// How many pairs.
    pub n: u64,
}

impl Calibration {
    /// From pairs of a score and whether it was right. `None` when there are none or a score lies outside 0 to 1 (then it is
    /// no probability and cannot be calibrated).
    pub fn of(judged: &[(f64, bool)]) -> Option<Self> {
        if judged.is_empty() || judged.iter().any(|(score, _)| !(0.0..=1.0).contains(score)) {
            return None;
        }
        let mut bins = vec![Bin::default(); BINS];
        let mut brier = 0.0;
        for &(score, right) in judged {
            let truth = f64::from(u8::from(right));
            let bin = &mut bins[((score * BINS as f64) as usize).min(BINS - 1)];
            bin.n += 1;
            bin.mean_score += score;
            bin.right += truth;
            brier += (score - truth).powi(2);
        }
        let n = judged.len() as f64;
        let mut expected_error = 0.0;
        for (i, bin) in bins.iter_mut().enumerate() {
            bin.from = i as f64 / BINS as f64;
            if bin.n > 0 {
                bin.mean_score /= bin.n as f64;
                bin.right /= bin.n as f64;
                expected_error += bin.n as f64 / n * (bin.mean_score - bin.right).abs();
            }
        }
        let average_precision = average_precision(judged);
        Some(Self { bins, expected_error, brier: brier / n, average_precision, n: judged.len() as u64 })
    }
}

impl fmt::Display for Calibration {
    /// The reliability table, empty bins left out, and a line that sums it up.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = self.bins.iter().filter(|bin| bin.n > 0).map(|bin| {
            let Interval { low, high } = wilson((bin.right * bin.n as f64).round() as u64, bin.n, table::Z95);
            vec![
                format!("{:.1}–{:.1}", bin.from, bin.from + 1.0 / BINS as f64),
                bin.n.to_string(),
                table::share(bin.mean_score),
                table::share(bin.right),
                table::interval(low, high),
            ]
        });
        writeln!(f, "{}", table::table(&["score", "pairs", "mean score", "share right", "95 %"], rows))?;
        write!(
            f,
            "expected calibration error {:.4}, Brier score {:.4}, average precision {:.4} ({} pairs)",
            self.expected_error, self.brier, self.average_precision, self.n
        )
    }
}

/// Wilson's score interval (Wilson 1927) of the share `right` of `n`, for `z` standard deviations (1.96 for 95 %).
/// 0 to 1 when `n` is 0. Holds near 0 and 1 and for small `n`, where the usual ± fails.
pub fn wilson(right: u64, n: u64, z: f64) -> Interval {
    if n == 0 {
        return Interval { low: 0.0, high: 1.0 };
    }
    wilson_of_share(right.min(n) as f64 / n as f64, n as f64, z)
}

/// [`wilson`] of a share, for a number of trials that need not be whole: the effective one of a sample that is not a simple random one.
pub(crate) fn wilson_of_share(share: f64, count: f64, z: f64) -> Interval {
    let z2 = z * z;
    let middle = share + z2 / (2.0 * count);
    let half = z * (share * (1.0 - share) / count + z2 / (4.0 * count * count)).sqrt();
    let whole = 1.0 + z2 / count;
    Interval { low: ((middle - half) / whole).max(0.0), high: ((middle + half) / whole).min(1.0) }
}

/// Average precision: the mean of the precision at every right one, the highest score first; ties enter together, so that
/// their order does not matter. 0 when none is right. Scores may have any scale.
pub fn average_precision(judged: &[(f64, bool)]) -> f64 {
    let mut sorted = judged.to_vec();
    sorted.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut seen, mut right, mut sum) = (0_u64, 0_u64, 0.0);
    for tied in sorted.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
        let now = tied.iter().filter(|(_, right)| *right).count() as u64;
        seen += tied.len() as u64;
        right += now;
        sum += now as f64 * right as f64 / seen as f64;
    }
    if right == 0 { 0.0 } else { sum / right as f64 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-9
    }

    #[test]
    fn a_table_by_hand() {
        let judged = [(0.9, true), (1.0, true), (0.95, false), (0.1, false), (0.15, true)];
        let c = Calibration::of(&judged).unwrap();
        assert_eq!((c.bins[9].n, c.bins[1].n, c.bins.iter().map(|b| b.n).sum::<u64>()), (3, 2, 5));
        assert!(close(c.bins[9].mean_score, 0.95) && close(c.bins[9].right, 2.0 / 3.0));
        // 3/5 · |.95 − .6667| + 2/5 · |.125 − .5| = .17 + .15
        assert!(close(c.expected_error, 0.32), "{}", c.expected_error);
        // (.01 + 0 + .9025 + .01 + .7225) / 5
        assert!(close(c.brier, 0.329), "{}", c.brier);
        assert!(c.to_string().contains("0.9–1.0"), "{c}");
    }

    #[test]
    fn scores_that_are_no_probabilities_are_not_calibrated() {
        assert!(Calibration::of(&[]).is_none());
        assert!(Calibration::of(&[(1.1, true)]).is_none());
        assert!(Calibration::of(&[(f64::NAN, true)]).is_none());
    }

    #[test]
    fn average_precision_by_hand() {
        // Right at ranks 1 and 3: (1/1 + 2/3) / 2.
        assert!(close(average_precision(&[(0.9, true), (0.8, false), (0.7, true)]), 5.0 / 6.0));
        assert!(close(average_precision(&[(0.5, true), (0.5, false)]), 0.5));
        assert!(close(average_precision(&[(0.5, false), (0.5, true)]), 0.5));
        assert!(close(average_precision(&[(0.5, false)]), 0.0) && close(average_precision(&[]), 0.0));
    }

    #[test]
    fn wilson_as_published() {
        // Newcombe (1998), table I: 81 of 263 gives .2553 to .3662, 0 of 20 gives 0 to .1611.
        let some = wilson(81, 263, table::Z95);
        assert!((some.low - 0.2553).abs() < 5e-5 && (some.high - 0.3662).abs() < 5e-5, "{some:?}");
        let none = wilson(0, 20, table::Z95);
        assert!(none.low.abs() < 1e-9 && (none.high - 0.1611).abs() < 5e-5, "{none:?}");
        assert_eq!(wilson(0, 0, table::Z95), Interval { low: 0.0, high: 1.0 });
    }

    proptest! {
        #[test]
        fn shares_stay_between_0_and_1(judged in prop::collection::vec((0.0..=1.0, any::<bool>()), 1..50)) {
            let c = Calibration::of(&judged).unwrap();
            for x in [c.expected_error, c.brier, c.average_precision] {
                prop_assert!((0.0..=1.0 + 1e-12).contains(&x));
            }
            prop_assert_eq!(c.bins.iter().map(|b| b.n).sum::<u64>(), judged.len() as u64);
        }

        #[test]
        fn wilson_holds_the_share(n in 1_u64..1000, part in 0.0..=1.0) {
            let right = (n as f64 * part) as u64;
            let (i, share) = (wilson(right, n, table::Z95), right as f64 / n as f64);
            prop_assert!(i.low <= share + 1e-12 && share <= i.high + 1e-12 && i.low >= 0.0 && i.high <= 1.0);
        }
    }
}
