//! `satzpaar score`.

use anyhow::Result;

use super::write_all;
use crate::args::{ScoreArgs, TableFormat};
use crate::progress::Reporter;
use crate::status::Status;

pub(super) fn run(args: &ScoreArgs, say: &Reporter) -> Result<Status> {
    let report = satzpaar_evaluation::score_paths(&args.gold, &args.predicted)?;
    let _ = say;
    let text = match args.format {
        TableFormat::Json => serde_json::to_string_pretty(&report)? + "\n",
        TableFormat::Text => report.to_string(),
    };
    write_all("-".as_ref(), text.as_bytes())
}
