//! What stops a whole run, as against a [`crate::Problem`], which costs one report.

use std::io;
use std::path::{Path, PathBuf};

/// Why an input could not be listed, or an output not be written. Each message names the file and the remedy.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CorpusError {
    /// A given path does not exist.
    #[error("{}: no such file or folder; check the spelling, or put a pattern with * in quotes", .0.display())]
    Missing(PathBuf),
    /// A given pattern matches no file that can be read.
    #[error("{0}: no file matches this pattern with one of the endings {known}", known = crate::source::KNOWN_ENDINGS)]
    NoMatch(String),
    /// A given pattern is malformed.
    #[error("{pattern}: not a valid pattern: {reason}; to name a file with [ or * in it, give its folder")]
    BadPattern {
        /// The pattern as given.
        pattern: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A given folder holds no file with a known ending.
    #[error("{}: the folder holds no report; files end in {known}", .0.display(), known = crate::source::KNOWN_ENDINGS)]
    EmptyFolder(PathBuf),
    /// A file that was named outright has an ending that no reader knows.
    #[error("{}: unknown ending; files end in {known}", .0.display(), known = crate::source::KNOWN_ENDINGS)]
    UnknownEnding(PathBuf),
    /// Reading failed.
    #[error("{name}: cannot be read: {source}{hint}")]
    Read {
        /// The file.
        name: String,
        /// What the system says.
        source: io::Error,
        /// The remedy, or nothing.
        hint: &'static str,
    },
    /// Writing failed.
    #[error("{name}: cannot be written: {source}{hint}")]
    Write {
        /// The file.
        name: String,
        /// What the system says.
        source: io::Error,
        /// The remedy, or nothing.
        hint: &'static str,
    },
    /// A file's content is not what its format asks for.
    #[error("{name}:{line}: {message}")]
    Content {
        /// The file.
        name: String,
        /// The line, from 1.
        line: u64,
        /// What is wrong, and the remedy.
        message: String,
    },
    /// A file as a whole is not what its format asks for.
    #[error("{name}: {message}")]
    File {
        /// The file.
        name: String,
        /// What is wrong, and the remedy.
        message: String,
    },
}

impl CorpusError {
    /// An error of reading `name`, with a remedy where the kind of error has one.
    pub fn read(name: impl Into<String>, source: io::Error) -> Self {
        let hint = hint(&source);
        Self::Read { name: name.into(), source, hint }
    }

    /// An error of writing `name`, with a remedy where the kind of error has one.
    pub fn write(name: impl Into<String>, source: io::Error) -> Self {
        let hint = hint(&source);
        Self::Write { name: name.into(), source, hint }
    }

    pub(crate) fn read_path(path: &Path, source: io::Error) -> Self {
        Self::read(path.display().to_string(), source)
    }

    /// Whether the reader of a pipe has gone away, as `head` does: no error for the user, only a reason to end quietly.
    pub fn is_closed_pipe(&self) -> bool {
        match self {
            Self::Write { source, .. } | Self::Read { source, .. } => is_closed_pipe(source),
            _ => false,
        }
    }
}

/// Whether an error of writing says that the reader of a pipe has gone away.
pub fn is_closed_pipe(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::BrokenPipe
}

/// The remedy for the common errors, with its leading semicolon.
pub(crate) fn hint(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "; check the permissions of the file and of its folder",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "; make room on the disk and run again",
        io::ErrorKind::ReadOnlyFilesystem => "; choose a folder that can be written to",
        io::ErrorKind::NotFound => "; the folder has to exist beforehand",
        io::ErrorKind::IsADirectory => "; name a file, not a folder",
        _ => "",
    }
}
