//! `satzpaar dataset audit`: people judge a sample of a dataset.

use anyhow::{Result, bail};
use satzpaar_evaluation::dataset::Manifest;
use satzpaar_evaluation::dataset::audit::{
    INSTRUCTIONS, SheetFormat, audit, ids, read_sheets, record, sample, write_sheet,
};
use satzpaar_evaluation::dataset::rows::{PairRow, read_rows};

use super::write_all;
use crate::args::AuditArgs;
use crate::progress::Reporter;
use crate::status::{Status, UseError};

pub(super) fn run(args: &AuditArgs, say: &Reporter) -> Result<Status> {
    if args.folder.is_file() {
        let message = format!("{}: name the dataset's folder, not a file", args.folder.display());
        return Err(UseError(message).into());
    }
    if Manifest::read(&args.folder).is_ok_and(|manifest| manifest.deferred) {
        let message = format!(
            "{}: this dataset has no texts to judge; give it its texts first: satzpaar dataset restore",
            args.folder.display()
        );
        return Err(UseError(message).into());
    }
    let rows = read_rows(&args.folder)?;
    match args.sample {
        Some(size) => draw(args, size as usize, &rows, say),
        None => read(args, &rows, say),
    }
}

fn draw(args: &AuditArgs, size: usize, rows: &[PairRow], say: &Reporter) -> Result<Status> {
    ids(rows)?;
    let chosen = sample(rows, size, args.strata as usize, args.seed);
    let sheet = write_sheet(rows, &chosen, SheetFormat::of(&args.output));
    let file = args.output.as_os_str() != "-";
    if file {
        let name = args.output.display();
        // The same sheet may be written again; one that was filled in is hours of work.
        if !args.force && args.output.exists() && std::fs::read(&args.output).ok().as_ref() != Some(&sheet) {
            bail!(
                "{name}: is there already and may hold judgements; name another file, or write over it with --force"
            );
        }
    }
    write_all(&args.output, &sheet)?;
    if file {
        let beside = args.output.with_file_name("audit-instructions.md");
        // Someone may have made them fit the project.
        if args.force || !beside.exists() {
            write_all(&beside, INSTRUCTIONS.as_bytes())?;
        }
        say.note(&format!(
            "{} of {} pairs; how to judge them: {}",
            chosen.len(),
            rows.len(),
            beside.display()
        ));
    }
    if chosen.len() < size {
        say.warn(&format!("the dataset has {} pairs only: all are in the sheet", rows.len()));
    }
    Ok(if chosen.is_empty() { Status::Incomplete } else { Status::Done })
}

fn read(args: &AuditArgs, rows: &[PairRow], say: &Reporter) -> Result<Status> {
    let sheets = match read_sheets(&args.read, rows) {
        Ok(sheets) => sheets,
        Err(problems) => {
            for problem in &problems {
                say.error(&problem.to_string());
            }
            say.note("nothing was written; mend the sheets and read them again");
            return Ok(Status::Incomplete);
        }
    };
    for sheet in sheets.iter().filter(|sheet| sheet.blank > 0) {
        say.warn(&format!("{}: {} rows are not judged", sheet.annotator, sheet.blank));
    }
    if sheets.iter().all(|sheet| sheet.marks.is_empty()) {
        bail!("no pair is judged; fill in the column 'judgement'");
    }
    let found = audit(rows, &sheets, args.strata as usize);
    for warning in record(&args.folder, rows, &found)? {
        say.warn(&warning);
    }
    write_all("-".as_ref(), format!("{found}\n").as_bytes())
}
