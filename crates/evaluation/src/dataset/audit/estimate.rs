//! From judged strata to the whole.

use crate::calibration::wilson_of_share;
use crate::dataset::Estimate;
use crate::table::Z95;

/// A share over strata, each given by its weight (they add up to 1), how many of the judged are right, and how many were judged (at least
/// one). The interval is Wilson's at the effective sample size: as many simple draws as would vary as much as the weighted sum of the
/// strata does (Korn and Graubard 1998; found among the best for surveys by Franco, Little, Louis and Slud 2019). Two things keep it from
/// being too narrow where nearly all is right: the strata's shares are drawn towards one half by one right and one wrong for their
/// variance, and the size is not less than what the weights alone leave (Kish 1965).
pub fn stratified(strata: &[(f64, u64, u64)]) -> Estimate {
    let (mut value, mut smooth, mut variance, mut loss) = (0.0, 0.0, 0.0, 0.0);
    for &(weight, right, n) in strata {
        let (right, n) = (right as f64, n.max(1) as f64);
        let share = (right + 1.0) / (n + 2.0);
        value += weight * right / n;
        smooth += weight * share;
        variance += weight * weight * share * (1.0 - share) / n;
        loss += weight * weight / n;
    }
    if loss <= 0.0 {
        return Estimate { value: 0.0, low: 0.0, high: 1.0 };
    }
    let size = (smooth * (1.0 - smooth) / variance).max(1.0 / loss);
    let value = value.clamp(0.0, 1.0);
    let interval = wilson_of_share(value, size, Z95);
    Estimate { value: rounded(value), low: rounded(interval.low), high: rounded(interval.high) }
}

/// Six decimals, so that figures do not differ by the last bits from machine to machine.
pub(super) fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calibration::wilson;

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
        // Strata of datasets as they may be; draws by a small generator (Knuth's MMIX constants).
        let datasets = [
            [0.6, 0.8, 0.92, 0.98, 0.99],
            [0.9, 0.95, 0.97, 0.99, 0.995],
            [0.9; 5],
            [0.3, 0.5, 0.7, 0.9, 0.95],
        ];
        let mut state = 1_u64;
        let mut draw = |share: f64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((state >> 11) as f64 / (1_u64 << 53) as f64) < share
        };
        for truth in datasets {
            let mean = truth.iter().sum::<f64>() / 5.0;
            let mut held = 0;
            for _ in 0..4000 {
                let parts = truth.map(|share| (0.2, (0..20).filter(|_| draw(share)).count() as u64, 20));
                let estimate = stratified(&parts);
                held += u32::from(estimate.low <= mean && mean <= estimate.high);
            }
            assert!((3720..=3920).contains(&held), "{held} of 4000 for {truth:?}");
        }
    }
}
