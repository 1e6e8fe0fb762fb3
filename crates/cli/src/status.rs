//! Exit codes.

use std::process::ExitCode;

use satzpaar_corpus::CorpusError;

/// How a run ended; the numbers are part of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Everything done: exit code 0.
    Done,
    /// Nothing found, or some inputs failed, each named on standard error: exit code 1.
    Incomplete,
    /// The command was used wrongly: exit code 2.
    WrongUse,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Done => 0,
            Status::Incomplete => 1,
            Status::WrongUse => 2,
        })
    }
}

/// An error of use: what was asked for cannot be meant so.
#[derive(Debug)]
pub(crate) struct UseError(pub(crate) String);

impl std::fmt::Display for UseError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for UseError {}

/// Whether an error only says that nobody reads the output any more.
pub(crate) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<CorpusError>().is_some_and(CorpusError::is_closed_pipe)
            || cause.downcast_ref::<std::io::Error>().is_some_and(satzpaar_corpus::is_closed_pipe)
    })
}

pub(crate) fn of_error(error: &anyhow::Error) -> Status {
    if error.chain().any(<dyn std::error::Error>::is::<UseError>) {
        Status::WrongUse
    } else {
        Status::Incomplete
    }
}

/// What an error and its causes say, on one line. A cause that stands in the message above it already is not said twice.
pub(crate) fn message(error: &anyhow::Error) -> String {
    let mut message = String::new();
    let mut last = String::new();
    for cause in error.chain() {
        let text = cause.to_string();
        if last.contains(&text) {
            continue;
        }
        if !message.is_empty() {
            message.push_str(": ");
        }
        message.push_str(&text);
        last = text;
    }
    message
}
