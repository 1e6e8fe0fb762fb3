//! One file for each command.

mod align;
mod audit;
mod bench;
mod dataset;
mod documents;
mod explain;
mod learn;
mod lexicon;
mod matching;
mod merge;
mod mine;
mod overlaps;
mod presegmented;
mod report;
mod restore;
mod rows;
mod score;
mod text;
mod train;

use std::ffi::OsStr;

use anyhow::Result;
use satzpaar_corpus::{CorpusError, OutputFile, Problem, ReadOptions, Report};
use satzpaar_language::Language;
use satzpaar_lexicon::Lexicon;

use crate::args::{Cli, Command, DatasetCommand, GlobalArgs};
use crate::progress::Reporter;
use crate::status::{Status, UseError};

/// Carries out what was asked for.
pub(crate) fn run(cli: &Cli, say: &Reporter) -> Result<Status> {
    let global = &cli.global;
    match &cli.command {
        Command::Align(args) if args.presegmented => presegmented::run(args, global, say),
        Command::Align(args) => align::run(args, global, say),
        Command::Merge(args) => merge::run(args, say),
        Command::Match(args) => matching::run(args, global, say),
        Command::Mine(args) => mine::run(args, global, say),
        Command::Overlaps(args) => overlaps::run(args),
        Command::Split(args) => text::split(args),
        Command::Tokenize(args) => text::tokenize(args),
        Command::Explain(args) => explain::run(args, global),
        Command::Lexicon(command) => lexicon::run(command, global, say),
        Command::Dataset(args) => match &args.command {
            Some(DatasetCommand::Audit(args)) => audit::run(args, say),
            Some(DatasetCommand::Restore(args)) => restore::run(args, say),
            None => dataset::run(args, global, say),
        },
        Command::Score(args) => score::run(args, say),
        Command::Report(args) => report::run(args, say),
        Command::Bench(args) => bench::run(args, global, say),
        Command::Train(args) => train::run(args, global, say),
        Command::Completions { shell } => {
            let mut command = <Cli as clap::CommandFactory>::command();
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut command, "satzpaar", &mut script);
            write_all("-".as_ref(), &script)
        }
        Command::Man => {
            let mut page = Vec::new();
            clap_mangen::Man::new(<Cli as clap::CommandFactory>::command()).render(&mut page)?;
            write_all("-".as_ref(), &page)
        }
    }
}

/// The lexicon, with the user's own words on top.
fn open_lexicon(global: &GlobalArgs) -> Result<Lexicon> {
    let mut lexicon = Lexicon::new();
    for path in &global.lexicon {
        lexicon.add_file(path)?;
    }
    Ok(lexicon)
}

/// The reports of both sides, and whether all could be read.
struct Reports {
    german: Vec<Report>,
    vietnamese: Vec<Report>,
    complete: bool,
    /// What went wrong on the German and on the Vietnamese side.
    problems: [Vec<Problem>; 2],
}

/// Reads both sides at once; what could not be read is told, one line each.
fn read_reports(de: &OsStr, vi: &OsStr, keep_furniture: bool, say: &Reporter) -> Result<Reports> {
    if de == "-" && vi == "-" {
        return Err(UseError("only one of DE and VI can be standard input".to_owned()).into());
    }
    let options = ReadOptions { strip_furniture: !keep_furniture, ..ReadOptions::default() };
    let read = |input: &OsStr, language, stage| {
        let stage = say.stage(stage, 0);
        let reading =
            satzpaar_corpus::read_reports(&[input], language, &options, |done, all| stage.reached(done, all));
        stage.finish();
        reading
    };
    let (german, vietnamese) = rayon::join(
        || read(de, Language::German, "reading German"),
        || read(vi, Language::Vietnamese, "reading Vietnamese"),
    );
    let (german, vietnamese) = (german?, vietnamese?);
    let mut complete = true;
    for problem in german.problems.iter().chain(&vietnamese.problems) {
        say.warn(&problem.to_string());
        complete &= !problem.left_out;
    }
    let problems = [german.problems, vietnamese.problems];
    Ok(Reports { german: german.reports, vietnamese: vietnamese.reports, complete, problems })
}

/// Writes all of a small output.
fn write_all(path: &std::path::Path, bytes: &[u8]) -> Result<Status> {
    let mut out = OutputFile::create(path)?;
    write(&mut out, |out| std::io::Write::write_all(out, bytes))?;
    out.commit()?;
    Ok(Status::Done)
}

/// Runs something that writes to an output, with the output's name in its error.
fn write(
    out: &mut OutputFile,
    f: impl FnOnce(&mut OutputFile) -> std::io::Result<()>,
) -> Result<(), CorpusError> {
    match f(out) {
        Ok(()) => Ok(()),
        Err(error) => Err(out.error(error)),
    }
}
