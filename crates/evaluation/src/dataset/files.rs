//! The files of a dataset.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use satzpaar_corpus::Format;
use serde::{Deserialize, Serialize};

use super::{Dataset, DatasetError, manifest};

/// A format in which the pairs of a split are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "a stand-in")]
pub enum DatasetFormat {
    Plain,
    Tsv,
    Jsonl,
    Tmx,
    Xces,
    Moses,
    Wmt,
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
        !matches!(self, Self::Parquet)
    }
}

/// What to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileOptions {
    /// The formats; each once, in any order.
    pub formats: Vec<DatasetFormat>,
    /// No text in any file, but where it stands and the hash of what stands there.
    pub deferred: bool,
}

/// A file of a dataset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrittenFile {
    /// Its path below the folder, with `/` between folders.
    pub path: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
}

/// Writes all files of `dataset` into `folder`, which exists and is empty.
///
/// # Errors
/// What the disk says.
pub fn write_files(
    dataset: &Dataset,
    folder: &Path,
    _: &FileOptions,
) -> Result<Vec<WrittenFile>, DatasetError> {
    let mut files = Vec::new();
    for (split, name) in dataset.splits.iter().enumerate() {
        let path = folder.join(format!("{name}.tsv"));
        let failed = |error| DatasetError::write(path.display().to_string(), error);
        let mut out = BufWriter::new(File::create(&path).map_err(failed)?);
        let mut writer = Format::Tsv.writer(&mut out).map_err(failed)?;
        for item in dataset.items.iter().filter(|item| item.split == split) {
            writer.write(&item.pair).map_err(failed)?;
        }
        writer.finish().map_err(failed)?;
        out.flush().map_err(failed)?;
        files.push(manifest::hash_file(folder, &format!("{name}.tsv"))?);
    }
    manifest::write(folder, dataset, &files)?;
    Ok(files)
}
