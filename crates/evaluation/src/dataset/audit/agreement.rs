//! How far annotators agree beyond chance.

/// Cohen's kappa (Cohen 1960) for two annotators: each item's two categories. 1 for full agreement, 0 for what chance gives.
/// `None` without items, or where both used one category only, so that chance explains everything.
pub fn cohen_kappa(items: &[(usize, usize)]) -> Option<f64> {
    let categories = items.iter().map(|&(a, b)| a.max(b) + 1).max()?;
    let n = items.len() as f64;
    let observed = items.iter().filter(|(a, b)| a == b).count() as f64 / n;
    let share =
        |of: &dyn Fn(&(usize, usize)) -> bool| items.iter().filter(|item| of(item)).count() as f64 / n;
    let expected: f64 =
        (0..categories).map(|c| share(&|item| item.0 == c) * share(&|item| item.1 == c)).sum();
    (expected < 1.0).then(|| (observed - expected) / (1.0 - expected))
}

/// How far apart two categories are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metric {
    /// All the same.
    Nominal,
    /// By the number of values that lie between them.
    Ordinal,
}

/// Krippendorff's alpha (Krippendorff 2004, chapter 11; computed as in "Computing Krippendorff's Alpha-Reliability", 2011) for any number
/// of annotators, some of whom may not have judged some units. `units` holds for each unit the categories that it was given. 1 for
/// full agreement, 0 for what chance gives. `None` where no unit has two values, or all values are the same.
pub fn krippendorff_alpha(units: &[Vec<usize>], metric: Metric) -> Option<f64> {
    let paired = || units.iter().filter(|unit| unit.len() >= 2);
    let categories = paired().flatten().max()? + 1;
    let mut together = vec![vec![0.0; categories]; categories];
    for unit in paired() {
        let weight = 1.0 / (unit.len() - 1) as f64;
        for (i, &a) in unit.iter().enumerate() {
            for (j, &b) in unit.iter().enumerate() {
                if i != j {
                    together[a][b] += weight;
                }
            }
        }
    }
    let totals: Vec<f64> = together.iter().map(|row| row.iter().sum()).collect();
    let n: f64 = totals.iter().sum();
    let distance = |a: usize, b: usize| match metric {
        Metric::Nominal => f64::from(u8::from(a != b)),
        Metric::Ordinal => {
            let between: f64 = totals[a.min(b)..=a.max(b)].iter().sum();
            (between - f64::midpoint(totals[a], totals[b])).powi(2)
        }
    };
    let (mut observed, mut expected) = (0.0, 0.0);
    for a in 0..categories {
        for b in (0..categories).filter(|b| *b != a) {
            observed += together[a][b] * distance(a, b);
            expected += totals[a] * totals[b] * distance(a, b) / (n - 1.0);
        }
    }
    (expected > 0.0).then(|| 1.0 - observed / expected)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn close(value: Option<f64>, wanted: f64) -> bool {
        value.is_some_and(|value| (value - wanted).abs() < 5e-4)
    }

    #[test]
    fn kappa_by_hand() {
        // 20 both yes, 15 both no, 5 and 10 apart: observed .7, expected .5 · .6 + .5 · .4 = .5.
        let items = [((0, 0), 20), ((0, 1), 5), ((1, 0), 10), ((1, 1), 15)];
        let items: Vec<_> = items.iter().flat_map(|&(item, n)| std::iter::repeat_n(item, n)).collect();
        assert!(close(cohen_kappa(&items), 0.4), "{:?}", cohen_kappa(&items));
        assert_eq!(cohen_kappa(&[]), None);
        assert_eq!(cohen_kappa(&[(1, 1), (1, 1)]), None);
        assert!(close(cohen_kappa(&[(1, 0), (0, 1)]), -1.0));
    }

    #[test]
    fn alpha_as_published() {
        // Krippendorff (2011), example C: four observers, twelve units, values missing. Nominal .743, ordinal .815.
        let values = ["123321412...", "1233224125.3", ".33323422 51.", "123324412 51."];
        let values: Vec<Vec<char>> =
            values.iter().map(|v| v.chars().filter(|c| *c != ' ').collect()).collect();
        let units: Vec<Vec<usize>> = (0..12)
            .map(|u| values.iter().filter_map(|v| v[u].to_digit(10)).map(|d| d as usize).collect())
            .collect();
        assert!(close(krippendorff_alpha(&units, Metric::Nominal), 0.743));
        assert!(close(krippendorff_alpha(&units, Metric::Ordinal), 0.815));
    }

    #[test]
    fn alpha_needs_two_values_that_differ() {
        assert_eq!(krippendorff_alpha(&[vec![1], vec![], vec![2]], Metric::Nominal), None);
        assert_eq!(krippendorff_alpha(&[vec![1, 1], vec![1, 1]], Metric::Ordinal), None);
    }

    proptest! {
        #[test]
        fn full_agreement_is_one_and_nothing_panics(units in prop::collection::vec(prop::collection::vec(0_usize..4, 0..5), 0..20)) {
            for metric in [Metric::Nominal, Metric::Ordinal] {
                prop_assert!(krippendorff_alpha(&units, metric).is_none_or(|alpha| alpha <= 1.0 + 1e-9));
                let same: Vec<Vec<usize>> = units.iter().map(|u| vec![u.first().copied().unwrap_or(0); 2]).collect();
                prop_assert!(krippendorff_alpha(&same, metric).is_none_or(|alpha| (alpha - 1.0).abs() < 1e-9));
            }
        }
    }
}
