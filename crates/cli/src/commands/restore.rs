//! `satzpaar dataset restore`: a dataset without text gets its texts back from the reports.

use anyhow::Result;
use satzpaar_evaluation::dataset::manifest::Manifest;
use satzpaar_evaluation::dataset::{FileOptions, OutputFolder, Restored, Unrestored, rehydrate, write_files};

use super::dataset::{formats, in_place, of_use};
use super::read_reports;
use crate::args::RestoreArgs;
use crate::progress::Reporter;
use crate::status::{Status, UseError};

/// Pairs that are named one by one when they cannot be restored; what comes after is counted.
const TOLD: usize = 20;

pub(super) fn run(args: &RestoreArgs, say: &Reporter) -> Result<Status> {
    // What stands in the way is found before the reports are read.
    let manifest = Manifest::read(&args.folder)?;
    if !manifest.deferred {
        let message =
            format!("{}: this dataset has its texts; there is nothing to restore", args.folder.display());
        return Err(UseError(message).into());
    }
    let options = FileOptions { formats: formats(&args.formats), deferred: false };
    options.check().map_err(of_use)?;
    let folder = OutputFolder::create(&args.output, args.force)?;
    let [de, vi] = &*args.reports else {
        return Err(UseError("two folders of reports are wanted: --reports DE VI".to_owned()).into());
    };
    let read = read_reports(de, vi, false, say)?;
    let reports = [read.german, read.vietnamese].concat();

    let stage = say.stage("restoring", 1);
    let Restored { mut dataset, missing } = rehydrate(&args.folder, &reports).map_err(of_use)?;
    stage.finish();
    for pair in missing.iter().take(TOLD) {
        say.warn(&told(pair));
    }
    if missing.len() > TOLD {
        say.warn(&format!("{} more pairs could not be restored", missing.len() - TOLD));
    }
    let all = dataset.items.len() + missing.len();
    if dataset.items.is_empty() {
        say.warn(
            "no pair could be restored, and no dataset is written; are these the reports it was made from?",
        );
        return Ok(Status::Incomplete);
    }
    // It is what would have been made without that option.
    dataset.settings.remove("deferred");
    write_files(&dataset, folder.path(), &options)
        .map_err(|error| of_use(in_place(error, folder.path(), &args.output)))?;
    folder.commit()?;
    say.note(&format!(
        "{}: {} of {all} pairs have their texts again",
        args.output.display(),
        dataset.items.len()
    ));
    Ok(if missing.is_empty() { Status::Done } else { Status::Incomplete })
}

fn told(pair: &Unrestored) -> String {
    let (id, doc, language) = (&pair.id, &pair.doc, pair.language.name());
    if pair.report_found {
        format!(
            "{id}: the {language} report '{doc}' has another text there than when the dataset was made; left out"
        )
    } else {
        format!("{id}: there is no {language} report '{doc}'; left out")
    }
}
