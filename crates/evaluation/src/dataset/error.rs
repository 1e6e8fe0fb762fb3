//! Why a dataset could not be written or read back.

use std::io;

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
