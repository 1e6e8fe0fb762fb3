//! Why a dataset could not be made, written or read back.

use std::io;
use std::path::PathBuf;

use satzpaar_corpus::CorpusError;

/// What went wrong with a dataset; each message names the file and the remedy.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DatasetError {
    /// A file cannot be read or written, or is not what its format asks for.
    #[error(transparent)]
    File(#[from] CorpusError),
    /// A format that this build does not have.
    #[error("this build has no {0}; build it with `--features {0}`, or leave {0} out of the formats")]
    NotBuilt(&'static str),
    /// Settings that contradict each other or name what there is not.
    #[error("{0}")]
    Settings(String),
    /// The output folder holds something.
    #[error("{}: the folder is not empty; choose a new one, or replace an earlier dataset with --force", .0.display())]
    NotEmpty(PathBuf),
    /// The output is a file.
    #[error("{}: not a folder; a dataset is a folder of files, choose another name", .0.display())]
    NoFolder(PathBuf),
    /// A file in the output folder is in the way and comes from no earlier dataset.
    #[error("{}: no MANIFEST.json names it, so that it is not replaced; move it away, or choose a new folder", .0.display())]
    Foreign(PathBuf),
}

impl DatasetError {
    pub(crate) fn read(name: impl Into<String>, error: io::Error) -> Self {
        CorpusError::read(name, error).into()
    }

    pub(crate) fn write(name: impl Into<String>, error: io::Error) -> Self {
        CorpusError::write(name, error).into()
    }

    /// A file that is not what it should be; `line` counts from 1.
    pub(crate) fn content(name: impl Into<String>, line: u64, message: impl Into<String>) -> Self {
        CorpusError::Content { name: name.into(), line, message: message.into() }.into()
    }
}
