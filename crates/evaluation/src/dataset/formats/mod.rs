//! The formats of a dataset: one file each, all written from the same rows.

mod deferred;
mod hashed;
#[cfg(feature = "parquet")]
mod parquet;
mod plain;
mod rows;
mod tables;
mod text;
mod wmt;
mod xces;

use std::fmt;
use std::path::Path;
use std::str::FromStr;

pub(crate) use deferred::DeferredRow;
pub(crate) use hashed::{Folder, HashingReader, sha256};
pub(crate) use rows::Rows;
pub use text::clean;
pub(crate) use xces::FOLDER as XCES_FOLDER;

use crate::dataset::error::DatasetError;
use crate::dataset::files::WrittenFile;

/// A format in which the pairs of a split are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DatasetFormat {
    /// `SPLIT.de`, `SPLIT.vi` and `SPLIT.docids`: line i of each belongs together (sacrebleu).
    Plain,
    /// `SPLIT.tsv`: the columns of pairs.tsv, then `id event split contamination`; no quoting.
    Tsv,
    /// `SPLIT.jsonl`: an object a pair, with the fields of the TSV and what is known of both reports.
    Jsonl,
    /// `SPLIT.tmx`: Translation Memory eXchange 1.4.
    Tmx,
    /// `xces/SPLIT.xml` with the links, `xces/SPLIT.de.xml` and `xces/SPLIT.vi.xml` with what they link (OPUS).
    Xces,
    /// `SPLIT.de` and `SPLIT.vi`: the same files as those of [`Plain`](Self::Plain), written once.
    Moses,
    /// `SPLIT.wmt.xml`: documents, paragraphs and segments as WMT has them since 2021.
    Wmt,
    /// `SPLIT.parquet`: the fields of the JSON lines (feature `parquet`).
    Parquet,
}

impl DatasetFormat {
    /// All formats, also those that this build may lack.
    pub const ALL: [Self; 8] =
        [Self::Plain, Self::Tsv, Self::Jsonl, Self::Tmx, Self::Xces, Self::Moses, Self::Wmt, Self::Parquet];

    /// The name on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Tsv => "tsv",
            Self::Jsonl => "jsonl",
            Self::Tmx => "tmx",
            Self::Xces => "xces",
            Self::Moses => "moses",
            Self::Wmt => "wmt",
            Self::Parquet => "parquet",
        }
    }

    /// Whether this build can write it.
    pub const fn is_built(self) -> bool {
        !matches!(self, Self::Parquet) || cfg!(feature = "parquet")
    }

    /// Whether it has a form without text; the others hold little else.
    pub const fn can_be_deferred(self) -> bool {
        matches!(self, Self::Tsv | Self::Jsonl | Self::Xces)
    }

    /// Writes a split into `folder`.
    pub(crate) fn write(
        self,
        rows: &Rows,
        split: usize,
        folder: &Path,
        deferred: bool,
    ) -> Result<Vec<WrittenFile>, DatasetError> {
        let folder = Folder::new(folder);
        match (self, deferred) {
            (Self::Plain, false) => plain::write(rows, split, &folder, true),
            (Self::Moses, false) => plain::write(rows, split, &folder, false),
            (Self::Tsv, false) => tables::write_tsv(rows, split, &folder),
            (Self::Jsonl, false) => tables::write_jsonl(rows, split, &folder),
            (Self::Tmx, false) => tables::write_tmx(rows, split, &folder),
            (Self::Wmt, false) => wmt::write(rows, split, &folder),
            (Self::Xces, false) => xces::write(rows, split, &folder),
            #[cfg(feature = "parquet")]
            (Self::Parquet, false) => parquet::write(rows, split, &folder),
            #[cfg(not(feature = "parquet"))]
            (Self::Parquet, _) => Err(DatasetError::NotBuilt("parquet")),
            (Self::Tsv, true) => deferred::write_tsv(rows, split, &folder),
            (Self::Jsonl, true) => deferred::write_jsonl(rows, split, &folder),
            (Self::Xces, true) => xces::write_links(rows, split, &folder),
            (format, true) => {
                Err(DatasetError::Settings(format!("the format {format} has no form without text")))
            }
        }
    }
}

impl fmt::Display for DatasetFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for DatasetFormat {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|format| format.as_str() == name).ok_or_else(|| {
            let known: Vec<&str> = Self::ALL.iter().map(|format| format.as_str()).collect();
            format!("unknown format '{name}': one of {}", known.join(", "))
        })
    }
}
