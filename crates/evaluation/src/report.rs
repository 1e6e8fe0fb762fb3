//! The scores of many ladders, grouped, with intervals.

use std::collections::HashSet;
use std::fmt;

use rayon::prelude::*;
use serde::Serialize;

use crate::bootstrap::{Bootstrap, Intervals, MeasureIntervals};
use crate::calibration::Calibration;
use crate::ladder::LadderBead;
use crate::scores::{BeadType, Measure, Scores, score_beads};
use crate::table;

/// The name of the ladder that holds all reports in one document and is scored apart.
const LONG: &str = "_long";

/// A gold ladder and what was predicted for it.
#[derive(Clone, Debug, PartialEq)]
pub struct LadderCase {
    /// The ladder's name.
    pub name: String,
    /// The gold beads.
    pub gold: Vec<LadderBead>,
    /// The predicted beads; `None` when there is no prediction, which counts as nothing found.
    pub predicted: Option<Vec<LadderBead>>,
}

/// The scores of one ladder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LadderScores {
    /// The ladder's name.
    pub name: String,
    /// Its scores.
    pub scores: Scores,
}

/// The scores of several ladders together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Group {
    /// `one long document` or `single reports`.
    pub name: &'static str,
    /// How many ladders.
    pub ladders: usize,
    /// The sum of their counts.
    pub scores: Scores,
    /// What was resampled for the intervals: `ladders` when there are several, else `beads`.
    pub resampled: &'static str,
    /// Confidence intervals; `None` without anything to resample.
    pub intervals: Option<Intervals>,
    /// How far the predicted beads' scores are probabilities of being strictly right; nulls left out. `None` when no bead has
    /// a score, or when one lies outside 0 to 1.
    pub calibration: Option<Calibration>,
}

/// The result of scoring ladders.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// The groups that have ladders: the long document first, then the single reports.
    pub groups: Vec<Group>,
    /// Every ladder by itself, in the order of the input.
    pub ladders: Vec<LadderScores>,
    /// Gold ladders without a prediction; they count as nothing found.
    pub missing: Vec<String>,
    /// Predictions without a gold ladder; they are not scored.
    pub without_gold: Vec<String>,
    /// How the intervals were made.
    pub bootstrap: Bootstrap,
}

/// Scores ladders. `_long` forms a group of its own. `without_gold` of the report stays empty: there is gold for every case.
pub fn score_ladders(cases: &[LadderCase], bootstrap: &Bootstrap) -> Report {
    let units: Vec<Vec<Scores>> = cases
        .par_iter()
        .map(|case| score_beads(&case.gold, case.predicted.as_deref().unwrap_or_default()))
        .collect();
    let ladders: Vec<LadderScores> = cases
        .iter()
        .zip(&units)
        .map(|(case, units)| LadderScores { name: case.name.clone(), scores: units.iter().copied().sum() })
        .collect();
    let groups =
        [("one long document", true), ("single reports", false)].into_iter().filter_map(|(name, long)| {
            let members: Vec<usize> = (0..cases.len()).filter(|&i| (cases[i].name == LONG) == long).collect();
            let of_ladders: Vec<Scores> = members.iter().map(|&i| ladders[i].scores).collect();
            let (resampled, intervals) = match members[..] {
                [] => return None,
                [only] => ("beads", bootstrap.intervals(&units[only])),
                _ => ("ladders", bootstrap.intervals(&of_ladders)),
            };
            let judged: Vec<_> = members.iter().flat_map(|&i| judged(&cases[i])).collect();
            Some(Group {
                name,
                ladders: members.len(),
                scores: of_ladders.into_iter().sum(),
                resampled,
                intervals,
                calibration: Calibration::of(&judged),
            })
        });
    let groups = groups.collect();
    let missing =
        cases.iter().filter(|case| case.predicted.is_none()).map(|case| case.name.clone()).collect();
    Report { groups, ladders, missing, without_gold: Vec::new(), bootstrap: *bootstrap }
}

/// Score and strict rightness of every predicted bead that has a score and text on both sides; of beads that stand twice,
/// the first.
fn judged(case: &LadderCase) -> Vec<(f64, bool)> {
    let gold: HashSet<_> = case.gold.iter().map(|bead| (&bead.german, &bead.vietnamese)).collect();
    let mut seen = HashSet::new();
    let predicted = case.predicted.iter().flatten().filter(|bead| !bead.is_null());
    predicted
        .filter_map(|bead| {
            let key = (&bead.german, &bead.vietnamese);
            let score = bead.score.filter(|_| seen.insert(key))?;
            Some((score, gold.contains(&key)))
        })
        .collect()
}

impl fmt::Display for Report {
    /// Tables for terminals.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, group) in self.groups.iter().enumerate() {
            if i > 0 {
                writeln!(f)?;
            }
            write_group(f, group, &self.bootstrap)?;
        }
        for (names, what) in [
            (&self.missing, "without a prediction (counted as nothing found)"),
            (&self.without_gold, "predicted without gold (not scored)"),
        ] {
            if !names.is_empty() {
                writeln!(f, "\n{what}: {}", names.join(", "))?;
            }
        }
        Ok(())
    }
}

fn write_group(f: &mut fmt::Formatter<'_>, group: &Group, bootstrap: &Bootstrap) -> fmt::Result {
    let ladders = if group.ladders == 1 { "ladder" } else { "ladders" };
    write!(f, "{}: {} {ladders}", group.name, group.ladders)?;
    if group.intervals.is_some() {
        let Bootstrap { rounds, level, .. } = bootstrap;
        write!(f, "; {:.0} % intervals from {rounds} resamples of {}", level * 100.0, group.resampled)?;
    }
    let (scores, intervals) = (&group.scores, group.intervals.as_ref());
    let rows = [
        ("strict", scores.strict, intervals.map(|i| i.strict)),
        ("lax", scores.lax, intervals.map(|i| i.lax)),
        ("strict+nulls", scores.strict_with_nulls, intervals.map(|i| i.strict_with_nulls)),
    ]
    .map(|(name, measure, intervals)| measure_row(name, measure, intervals));
    writeln!(f, "\n{}\n", table::table(&["", "P", "", "R", "", "F1", ""], rows))?;
    let rows = BeadType::ALL.map(|bead_type| {
        let m = scores.of_type(bead_type);
        let [p, r, f1] = [m.precision.value(), m.recall.value(), m.f1()].map(table::share);
        vec![bead_type.to_string(), p, r, f1, m.recall.all.to_string(), m.precision.all.to_string()]
    });
    writeln!(f, "{}", table::table(&["bead, strict", "P", "R", "F1", "in gold", "predicted"], rows))?;
    group.calibration.as_ref().map_or(Ok(()), |calibration| writeln!(f, "\n{calibration}"))
}

fn measure_row(name: &str, measure: Measure, intervals: Option<MeasureIntervals>) -> Vec<String> {
    let mut row = vec![name.to_owned()];
    for (value, interval) in [
        (measure.precision.value(), intervals.map(|i| i.precision)),
        (measure.recall.value(), intervals.map(|i| i.recall)),
        (measure.f1(), intervals.map(|i| i.f1)),
    ] {
        row.push(table::share(value));
        row.push(interval.map_or_else(String::new, |i| table::interval(i.low, i.high)));
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read_ladder;

    fn case(name: &str, gold: &str, predicted: Option<&str>) -> LadderCase {
        LadderCase {
            name: name.to_owned(),
            gold: read_ladder(gold, name).unwrap(),
            predicted: predicted.map(|text| read_ladder(text, name).unwrap()),
        }
    }

    fn cases() -> Vec<LadderCase> {
        vec![
            case("_long", "[0]:[0]\n[1]:[1]\n", Some("[0]:[0]:2.5\n")),
            case("a", "[0]:[0]\n[1]:[1]\n", Some("[0]:[0]:0.9\n[0]:[0]:0.8\n[1]:[]:0.7\n[]:[1]\n")),
            case("b", "[0]:[0]\n", Some("[0]:[0, 1]:0.4\n")),
            case("c", "[0]:[0]\n", None),
        ]
    }

    #[test]
    fn groups_add_counts_and_name_what_is_missing() {
        let report = score_ladders(&cases(), &Bootstrap::default());
        let [long, single] = &report.groups[..] else { panic!("{:?}", report.groups) };
        assert_eq!((long.name, long.ladders, long.resampled), ("one long document", 1, "beads"));
        assert_eq!((single.name, single.ladders, single.resampled), ("single reports", 3, "ladders"));
        // a: 1 of 1 predicted, 1 of 2 in gold; b: 0 of 1, 0 of 1; c: nothing predicted, 0 of 1.
        let strict = single.scores.strict;
        assert_eq!((strict.precision.right, strict.precision.all, strict.recall.all), (1, 2, 4));
        assert_eq!(report.missing, ["c"]);
        assert_eq!(report.ladders.len(), 4);
    }

    #[test]
    fn scored_beads_are_calibrated_unless_a_score_is_no_probability() {
        let report = score_ladders(&cases(), &Bootstrap::default());
        assert!(report.groups[0].calibration.is_none());
        let calibration = report.groups[1].calibration.as_ref().unwrap();
        // 0.9 right, 0.4 wrong; the second 0-0 and the null do not count.
        assert_eq!(calibration.n, 2);
        assert!((calibration.brier - f64::midpoint(0.01, 0.16)).abs() < 1e-12);
    }

    #[test]
    fn the_table_and_the_json_tell_the_same() {
        let report = score_ladders(&cases(), &Bootstrap::default());
        let text = report.to_string();
        for part in ["single reports: 3 ladders; 95 % intervals", "strict+nulls", "n-m", "found): c\n"] {
            assert!(text.contains(part), "{part} is missing in\n{text}");
        }
        let json = serde_json::to_value(&report).unwrap();
        assert_eq!(json["groups"][1]["scores"]["strict"]["precision"], 0.5);
        assert_eq!(json["missing"][0], "c");
        assert!(json["groups"][1]["intervals"]["strict"]["f1"]["low"].is_number());
    }

    #[test]
    fn nothing_to_score_is_an_empty_report() {
        let report = score_ladders(&[], &Bootstrap::default());
        assert!(report.groups.is_empty() && report.to_string().is_empty());
    }
}
