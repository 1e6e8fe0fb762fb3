//! `satzpaar match`.

use std::io::Write;

use anyhow::Result;
use satzpaar_aligner::{Weights, match_all_reports, match_reports};
use satzpaar_corpus::OutputFile;

use super::{open_lexicon, read_reports, write};
use crate::args::{GlobalArgs, MatchArgs};
use crate::pipeline;
use crate::progress::Reporter;
use crate::readers::Readers;
use crate::status::{Status, UseError};

pub(super) fn run(args: &MatchArgs, global: &GlobalArgs, say: &Reporter) -> Result<Status> {
    if args.de == "-" && args.vi == "-" {
        return Err(UseError("only one of DE and VI can be standard input".to_owned()).into());
    }
    let lexicon = open_lexicon(global)?;
    let reports = read_reports(&args.de, &args.vi, false, say)?;
    let mut out = OutputFile::create(&args.output)?;
    let readers = Readers::new(&lexicon);
    let german = pipeline::read_german(reports.german, &readers, say);
    let vietnamese = pipeline::read_vietnamese(reports.vietnamese, &readers, say);
    let find = if args.exhaustive { match_all_reports } else { match_reports };
    let matches = find(&german.terms, &vietnamese.terms, &Weights::default());
    write(&mut out, |out| {
        writeln!(out, "de_doc\tvi_doc\tscore")?;
        for m in &matches {
            writeln!(
                out,
                "{}\t{}\t{:.4}",
                german.reports[m.german].id, vietnamese.reports[m.vietnamese].id, m.score
            )?;
        }
        out.flush()
    })?;
    out.commit()?;
    say.note(&format!(
        "{} German and {} Vietnamese reports, {} pairs of reports tell the same event",
        german.reports.len(),
        vietnamese.reports.len(),
        matches.len()
    ));
    let done = reports.complete && !matches.is_empty();
    Ok(if done { Status::Done } else { Status::Incomplete })
}
