//! Why a score could not be given.

use std::io;
use std::path::{Path, PathBuf};

/// Why something could not be scored. Each message names the file, the line where there is one, and the remedy.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EvaluationError {
    /// A file or folder cannot be read.
    #[error("{name}: cannot be read: {source}{hint}")]
    Read {
        /// The file or folder.
        name: String,
        /// What the system says.
        source: io::Error,
        /// The remedy with its leading semicolon, or nothing.
        hint: &'static str,
    },
    /// A line is not what its format asks for.
    #[error("{name}:{line}: {message}")]
    Line {
        /// The file.
        name: String,
        /// The line, from 1.
        line: u64,
        /// What is wrong, and the remedy.
        message: String,
    },
    /// A table lacks a column.
    #[error("{name}:1: no column '{column}'; the first line must name the columns, parted by tabs")]
    Column {
        /// The file.
        name: String,
        /// The name that is looked for.
        column: &'static str,
    },
    /// A gold folder holds no ladder.
    #[error("{}: no gold ladder here; expected NAME/gold.txt or NAME.txt", .0.display())]
    NoGold(PathBuf),
    /// Gold is a folder and the prediction a file.
    #[error("{}: a file cannot be scored against the folder {}; name one gold file, or a folder with NAME.txt for each", predicted.display(), gold.display())]
    FileAgainstFolder {
        /// The gold folder.
        gold: PathBuf,
        /// The predicted file.
        predicted: PathBuf,
    },
    /// A file that should hold found lines holds none.
    #[error("{0}: nothing to score; a line is needed for each line that was looked up")]
    Empty(String),
    /// A folder holds no table of pairs.
    #[error("{}: no table of pairs here; name a pairs.tsv, or a folder that `satzpaar dataset` wrote with the format tsv", .0.display())]
    NoSplits(PathBuf),
    /// The folder of a dataset is not as it should be.
    #[error(transparent)]
    Dataset(#[from] crate::dataset::DatasetError),
    /// Reading or writing pairs failed.
    #[error(transparent)]
    Corpus(#[from] satzpaar_corpus::CorpusError),
}

impl EvaluationError {
    /// An error of reading `path`, with a remedy where the kind of error has one.
    pub(crate) fn read(path: &Path, source: io::Error) -> Self {
        let hint = match source.kind() {
            io::ErrorKind::NotFound => "; check the spelling",
            io::ErrorKind::PermissionDenied => "; check the permissions of the file and of its folder",
            io::ErrorKind::InvalidData => "; it must be UTF-8",
            io::ErrorKind::IsADirectory => "; name a file, not a folder",
            io::ErrorKind::NotADirectory => "; name a folder, not a file",
            _ => "",
        };
        Self::Read { name: path.display().to_string(), source, hint }
    }

    /// An error in a line, counted from 1.
    pub(crate) fn line(name: &str, line: u64, message: impl Into<String>) -> Self {
        Self::Line { name: name.to_owned(), line, message: message.into() }
    }
}
