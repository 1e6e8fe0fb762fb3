//! The `satzpaar` command: arguments, wiring, progress, exit codes. What it does lives in the crates below it.

mod adapting;
mod args;
mod bench;
mod commands;
mod contradictions;
mod embeddings;
mod journal;
mod pipeline;
mod progress;
mod readers;
mod shard;
mod status;
mod texts;

use std::ffi::OsString;

use clap::Parser;

pub use args::Cli;
pub use status::Status;

/// Runs the command with these arguments (the first is the program's name) and gives its exit status.
///
/// Data goes to standard output or to the files that the arguments name; everything else to standard error.
pub fn run<I, T>(args: I) -> Status
where
    I: IntoIterator<Item = T>,
    T: Into<OsString> + Clone,
{
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are no errors; clap knows where each is printed.
            let wrong = error.use_stderr();
            let _ = error.print();
            return if wrong { Status::WrongUse } else { Status::Done };
        }
    };
    let say = progress::Reporter::new(&cli.global);
    // This thread works too: with one thread no other is made. (0 threads: as many as there are processors.) The pool can be built once
    // only; a second run in one process keeps the first one's threads.
    let jobs = cli.global.jobs.unwrap_or(0);
    let _ = rayon::ThreadPoolBuilder::new().num_threads(jobs).use_current_thread().build_global();
    match commands::run(&cli, &say) {
        Ok(status) => status,
        Err(error) => {
            if status::is_closed_pipe(&error) {
                return Status::Done;
            }
            say.error(&status::message(&error));
            status::of_error(&error)
        }
    }
}
