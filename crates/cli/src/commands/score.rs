//! `satzpaar score`.

use std::fmt::Display;

use anyhow::Result;
use serde::Serialize;

use super::write_all;
use crate::args::{ScoreArgs, TableFormat};
use crate::progress::Reporter;
use crate::status::Status;

pub(super) fn run(args: &ScoreArgs, say: &Reporter) -> Result<Status> {
    let _ = say;
    let text = if args.gold.join("segments.tsv").is_file() && args.predicted.is_file() {
        let report = satzpaar_evaluation::score_pairs(&args.gold, &args.predicted)?;
        told(&report, args.format)?
    } else {
        told(&satzpaar_evaluation::score_paths(&args.gold, &args.predicted)?, args.format)?
    };
    write_all("-".as_ref(), text.as_bytes())
}

fn told<T: Serialize + Display>(report: &T, format: TableFormat) -> Result<String> {
    Ok(match format {
        TableFormat::Json => serde_json::to_string_pretty(report)? + "\n",
        TableFormat::Text => report.to_string(),
    })
}
