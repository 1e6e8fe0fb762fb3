//! From judged strata to the whole.

use crate::calibration::wilson;
use crate::dataset::Estimate;
use crate::table::Z95;

/// A share over strata, each given by its weight (they add up to 1), how many of the judged are right, and how many were judged (at least
/// one). The interval is the stratified Wilson interval (Yan and Su 2010): the weighted sum of the strata's Wilson intervals, each
/// narrowed so that the whole holds 95 %. The strata's variances are taken at the middle of their Wilson intervals, so that strata in which
/// all is right do not count as certain.
pub fn stratified(strata: &[(f64, u64, u64)]) -> Estimate {
    let (mut squares, mut sum) = (0.0, 0.0);
    for &(weight, right, n) in strata {
        let n = n as f64 + Z95 * Z95;
        let share = (right as f64 + Z95 * Z95 / 2.0) / n;
        let variance = share * (1.0 - share) / n;
        squares += weight * weight * variance;
        sum += weight * variance.sqrt();
    }
    let z = if sum > 0.0 { Z95 * squares.sqrt() / sum } else { Z95 };
    let mut estimate = Estimate { value: 0.0, low: 0.0, high: 0.0 };
    for &(weight, right, n) in strata {
        let interval = wilson(right, n, z);
        estimate.value += weight * right as f64 / n.max(1) as f64;
        estimate.low += weight * interval.low;
        estimate.high += weight * interval.high;
    }
    Estimate {
        value: rounded(estimate.value),
        low: rounded(estimate.low.max(0.0)),
        high: rounded(estimate.high.min(1.0)),
    }
}

/// Six decimals, so that figures do not differ by the last bits from machine to machine.
pub(super) fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_stratum_is_wilsons_interval() {
        let (estimate, wanted) = (stratified(&[(1.0, 81, 263)]), wilson(81, 263, Z95));
        assert!((estimate.low - wanted.low).abs() < 1e-6 && (estimate.high - wanted.high).abs() < 1e-6);
        assert!((estimate.value - 81.0 / 263.0).abs() < 1e-6);
    }

    #[test]
    fn strata_that_differ_make_it_narrower_and_full_ones_leave_doubt() {
        let parts = stratified(&[(0.5, 10, 50), (0.5, 50, 50)]);
        let whole = stratified(&[(1.0, 60, 100)]);
        assert!((parts.value - whole.value).abs() < 1e-9);
        assert!(parts.high - parts.low < whole.high - whole.low, "{parts:?} {whole:?}");
        let full = stratified(&[(0.2, 20, 20); 5]);
        assert!(full.low < 0.98 && full.low > 0.93 && (full.high - 1.0).abs() < 1e-9, "{full:?}");
    }

    #[test]
    fn it_holds_the_truth_about_as_often_as_it_says() {
        // Strata of a usual dataset; draws by a small generator (Knuth's MMIX constants).
        let truth = [0.6, 0.8, 0.92, 0.98, 0.99];
        let mean = truth.iter().sum::<f64>() / 5.0;
        let mut state = 1_u64;
        let mut held = 0;
        for _ in 0..2000 {
            let parts: Vec<(f64, u64, u64)> = truth
                .iter()
                .map(|share| {
                    let right = (0..20).filter(|_| {
                        state = state
                            .wrapping_mul(6_364_136_223_846_793_005)
                            .wrapping_add(1_442_695_040_888_963_407);
                        ((state >> 11) as f64 / (1_u64 << 53) as f64) < *share
                    });
                    (0.2, right.count() as u64, 20)
                })
                .collect();
            let estimate = stratified(&parts);
            held += u32::from(estimate.low <= mean && mean <= estimate.high);
        }
        assert!((1850..=1980).contains(&held), "{held} of 2000");
    }
}
