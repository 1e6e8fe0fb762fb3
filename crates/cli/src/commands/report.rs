//! `satzpaar report`: pairs as a web page.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use rayon::prelude::*;
use satzpaar_corpus::Report;
use satzpaar_evaluation::dataset::FunnelStep;
use satzpaar_evaluation::dataset::rows::{PairRow, read_rows};
use satzpaar_evaluation::page::{PageInput, page, page_data};
use satzpaar_sentence_splitter::Splitter;

use super::{read_reports, write_all};
use crate::args::ReportArgs;
use crate::pipeline::segments;
use crate::progress::Reporter;
use crate::status::Status;

pub(super) fn run(args: &ReportArgs, say: &Reporter) -> Result<Status> {
    let rows = read_rows(&args.pairs)?;
    let reports = match args.reports.as_slice() {
        [de, vi] => Some(read_reports(de, vi, false, say)?),
        _ => None,
    };
    let complete = reports.as_ref().is_none_or(|reports| reports.complete);
    let sides = reports.as_ref().map(|reports| (&*reports.german, &*reports.vietnamese));
    let funnel = match sides {
        Some((german, vietnamese)) => steps(german, vietnamese, &rows),
        None => manifest_funnel(&args.pairs),
    };
    let data = page_data(&PageInput {
        title: args.title.clone().unwrap_or_else(|| name(&args.pairs)),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        rows: &rows,
        reports: sides,
        funnel,
    });
    for mismatch in &data.mismatches {
        say.warn(&mismatch.to_string());
    }
    if rows.is_empty() {
        say.warn(&format!("{}: no pairs in it; the page is empty", args.pairs.display()));
    }
    write_all(&args.output, page(&data).as_bytes())?;
    say.note(&format!("{} pairs from {} pairs of reports", rows.len(), data.reports.len()));
    let done = complete && data.mismatches.is_empty() && !rows.is_empty();
    Ok(if done { Status::Done } else { Status::Incomplete })
}

/// The last part of a path, also of `.`.
fn name(path: &Path) -> String {
    let whole = path.canonicalize();
    let path = whole.as_deref().unwrap_or(path);
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// The way from reports to pairs, as the reports and the pairs tell it.
fn steps(german: &[Report], vietnamese: &[Report], rows: &[PairRow]) -> Vec<FunnelStep> {
    let step = |step: &str, unit: &str, kept: usize| FunnelStep {
        step: step.to_owned(),
        unit: unit.to_owned(),
        kept: kept as u64,
        dropped: BTreeMap::new(),
    };
    let sentences = |reports: &[Report]| -> usize {
        reports.par_iter().map(|report| segments(report, Splitter::new(report.language)).len()).sum()
    };
    let distinct = |of: fn(&PairRow) -> (&str, &str)| {
        rows.iter().map(of).collect::<std::collections::BTreeSet<_>>().len()
    };
    let aligned = |of: fn(&PairRow) -> usize| rows.iter().map(of).sum::<usize>();
    vec![
        step("read", "German reports", german.len()),
        step("read", "Vietnamese reports", vietnamese.len()),
        step("read", "German sentences", sentences(german)),
        step("read", "Vietnamese sentences", sentences(vietnamese)),
        step("matched", "German reports", distinct(|row| (&row.pair.de_doc, ""))),
        step("matched", "Vietnamese reports", distinct(|row| (&row.pair.vi_doc, ""))),
        step("matched", "pairs of reports", distinct(|row| (&row.pair.de_doc, &row.pair.vi_doc))),
        step("aligned", "German sentences", aligned(|row| row.pair.bead.0)),
        step("aligned", "Vietnamese sentences", aligned(|row| row.pair.bead.1)),
        step("aligned", "pairs", rows.len()),
    ]
}

/// The funnel of a dataset's manifest; nothing if there is none that can be understood.
fn manifest_funnel(pairs: &Path) -> Vec<FunnelStep> {
    let manifest = std::fs::read(pairs.join("MANIFEST.json")).ok();
    let manifest = manifest.and_then(|bytes| serde_json::from_slice::<serde_json::Value>(&bytes).ok());
    let funnel = manifest.and_then(|mut manifest| manifest.get_mut("funnel").map(serde_json::Value::take));
    funnel.and_then(|funnel| serde_json::from_value(funnel).ok()).unwrap_or_default()
}
