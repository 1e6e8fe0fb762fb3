//! Reports that belong together because the user says so: by their names, or in a table.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Context, Result};
use satzpaar_aligner::ReportMatch;
use satzpaar_corpus::{Report, read_lines};

use crate::args::AlignArgs;
use crate::progress::Reporter;

type Documents = HashMap<String, usize>;

fn by_id(reports: &[Report]) -> Documents {
    reports.iter().enumerate().map(|(i, r)| (r.id.clone(), i)).collect()
}

/// The pairs of reports to align, if they are given: by their names or in a table. Also says whether all that were given are there.
pub(super) fn given_matches(
    args: &AlignArgs,
    german: &[Report],
    vietnamese: &[Report],
    say: &Reporter,
) -> Result<Option<(Vec<ReportMatch>, bool)>> {
    if args.by_name {
        let there = by_id(vietnamese);
        let matches = german.iter().enumerate().filter_map(|(german, report)| {
            there.get(&report.id).map(|vietnamese| ReportMatch {
                german,
                vietnamese: *vietnamese,
                score: 1.0,
            })
        });
        return Ok(Some((matches.collect(), true)));
    }
    let Some(path) = &args.documents else { return Ok(None) };
    let (german, vietnamese) = (by_id(german), by_id(vietnamese));
    let mut complete = true;
    let mut matches = Vec::new();
    for row in read_documents(path)? {
        match (german.get(&row.de), vietnamese.get(&row.vi)) {
            (Some(g), Some(v)) => matches.push(ReportMatch { german: *g, vietnamese: *v, score: row.score }),
            (found, _) => {
                let missing = if found.is_none() { &row.de } else { &row.vi };
                say.warn(&format!("{}: line {}: no report '{missing}' was read", path.display(), row.line));
                complete = false;
            }
        }
    }
    matches.sort_by_key(|m| (m.german, m.vietnamese));
    matches.dedup_by_key(|m| (m.german, m.vietnamese));
    Ok(Some((matches, complete)))
}

/// A row of a table of reports.
struct DocumentRow {
    line: usize,
    de: String,
    vi: String,
    /// From the column `score`, as `satzpaar match` writes it; 1 without.
    score: f64,
}

/// Reads a table of reports.
fn read_documents(path: &Path) -> Result<Vec<DocumentRow>> {
    let name = path.display();
    let rows = read_lines(path, None)?;
    let header: Vec<&str> = rows.first().map(|l| l.split('\t').collect()).unwrap_or_default();
    let place = |wanted: &str| header.iter().position(|c| *c == wanted);
    let column = |wanted: &str| {
        place(wanted).with_context(|| {
            format!("{name}: line 1: no column '{wanted}': the header 'de_doc<TAB>vi_doc' is wanted")
        })
    };
    let (de, vi, score) = (column("de_doc")?, column("vi_doc")?, place("score"));
    let mut documents = Vec::new();
    for (i, row) in rows.iter().enumerate().skip(1).filter(|(_, r)| !r.is_empty()) {
        let (cells, line): (Vec<&str>, _) = (row.split('\t').collect(), i + 1);
        let (Some(de), Some(vi)) = (cells.get(de), cells.get(vi)) else {
            anyhow::bail!("{name}: line {line}: too few columns: {} are wanted", header.len());
        };
        let score = match score.map(|place| cells.get(place).copied().unwrap_or_default()) {
            None => 1.0,
            Some(cell) => cell.parse().ok().filter(|p| (0.0..=1.0).contains(p)).with_context(|| {
                format!("{name}: line {line}: column 'score': '{cell}' is no probability from 0 to 1")
            })?,
        };
        documents.push(DocumentRow { line, de: (*de).to_owned(), vi: (*vi).to_owned(), score });
    }
    Ok(documents)
}
