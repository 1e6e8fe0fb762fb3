//! Many readings into one, the same whatever the order they were made in.

use std::collections::HashSet;

use rayon::prelude::*;

use crate::report::{Problem, ProblemKind, Reading, Report};

/// Puts readings together: reports sorted by id (then by file and line), problems by file and line. Of reports with the
/// same id and the same text, one stays; with the same id and other text, the later ones get `#2`, `#3` behind their id.
/// Either is named as a problem.
pub fn settle(readings: Vec<Reading>) -> Reading {
    let mut whole = Reading::default();
    for reading in readings {
        whole.reports.extend(reading.reports);
        whole.problems.extend(reading.problems);
    }
    let place = |report: &Report| (report.metadata.source.clone(), report.metadata.line);
    whole.reports.par_sort_by(|a, b| a.id.cmp(&b.id).then_with(|| place(a).cmp(&place(b))));
    part_duplicates(&mut whole);
    whole.problems.sort_by(|a, b| (&a.source, a.line).cmp(&(&b.source, b.line)));
    whole
}

fn part_duplicates(whole: &mut Reading) {
    let mut taken: HashSet<String> = whole.reports.iter().map(|report| report.id.clone()).collect();
    if taken.len() == whole.reports.len() {
        return;
    }
    let mut kept: Vec<Report> = Vec::with_capacity(whole.reports.len());
    // Where the reports of the id at hand stand in `kept`.
    let mut same_id: Vec<usize> = Vec::new();
    for mut report in std::mem::take(&mut whole.reports) {
        let first = same_id.first().map(|&first| &kept[first].metadata.source);
        let known = same_id.first().is_some_and(|&first| kept[first].id == report.id);
        if !known {
            same_id = vec![kept.len()];
            kept.push(report);
            continue;
        }
        let other = first.cloned().unwrap_or_default();
        let twin = same_id.iter().any(|&place| kept[place].text == report.text);
        let id = report.id.clone();
        let message = if twin {
            format!("the report '{id}' stands in {other} already, word for word; this one is left out")
        } else {
            let new = (2..=taken.len() + 2)
                .map(|n| format!("{id}#{n}"))
                .find(|new| !taken.contains(new))
                .unwrap_or_default();
            taken.insert(new.clone());
            report.id.clone_from(&new);
            format!(
                "the id '{id}' stands in {other} already; this report is called '{new}'; give each its own id"
            )
        };
        whole.problems.push(Problem {
            source: report.metadata.source.clone(),
            line: report.metadata.line,
            kind: ProblemKind::DuplicateId,
            message,
            left_out: twin,
        });
        if !twin {
            same_id.push(kept.len());
            kept.push(report);
        }
    }
    kept.sort_by(|a, b| a.id.cmp(&b.id));
    whole.reports = kept;
}
