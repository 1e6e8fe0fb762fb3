//! One file for each command.

mod align;
mod learn;
mod lexicon;
mod matching;
mod mine;
mod presegmented;
mod score;
mod text;
mod train;

use anyhow::Result;
use satzpaar_corpus::{CorpusError, OutputFile, Report};
use satzpaar_language::Language;
use satzpaar_lexicon::Lexicon;

use crate::args::{Cli, Command, GlobalArgs};
use crate::progress::Reporter;
use crate::status::Status;

/// Carries out what was asked for.
pub(crate) fn run(cli: &Cli, say: &Reporter) -> Result<Status> {
    let global = &cli.global;
    match &cli.command {
        Command::Align(args) if args.presegmented => presegmented::run(args, global, say),
        Command::Align(args) => align::run(args, global, say),
        Command::Match(args) => matching::run(args, global, say),
        Command::Mine(args) => mine::run(args, global, say),
        Command::Split(args) => text::split(args),
        Command::Tokenize(args) => text::tokenize(args),
        Command::Lexicon(command) => lexicon::run(command, global, say),
        Command::Score(args) => score::run(args, say),
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

/// Reads one side's reports; what could not be read is told, one line each. Also says whether all could.
fn read_reports(
    input: &std::ffi::OsStr,
    language: Language,
    keep_furniture: bool,
    say: &Reporter,
) -> Result<(Vec<Report>, bool)> {
    let options = satzpaar_corpus::ReadOptions {
        strip_furniture: !keep_furniture,
        ..satzpaar_corpus::ReadOptions::default()
    };
    let reading = satzpaar_corpus::read_reports(&[input], language, &options, |_, _| {})?;
    for problem in &reading.problems {
        say.warn(&problem.to_string());
    }
    let complete = reading.problems.iter().all(|p| !p.left_out);
    Ok((reading.reports, complete))
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
