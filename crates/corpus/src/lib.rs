//! Reading reports and writing aligned pairs.
//!
//! Reading: [`find_sources`] lists the files that are meant, [`read_source`] turns one into reports (decoded, furniture
//! stripped, language checked), [`read_reports`] does both in parallel. What cannot be read is a [`Problem`], never the end.
//! Writing: [`output`] has one file a format over any [`std::io::Write`], and [`OutputFile`] that appears only when whole.

mod cut;
mod decode;
mod embeddings;
mod error;
pub mod furniture;
#[cfg(feature = "html")]
mod html;
mod identify;
mod lines;
pub mod output;
mod pair;
mod read;
mod records;
mod report;
mod settle;
mod source;

pub use embeddings::{Embeddings, Missing, add_overlaps, overlap};
pub use error::{CorpusError, is_closed_pipe};
pub use furniture::strip;
pub use identify::{Seeming, identify};
pub use lines::{open_file, read_lines};
pub use output::{Format, OutputFile, PairReader, read_pairs};
pub use pair::{Pair, PairKind};
pub use read::{read_reports, read_source};
pub use report::{Metadata, Problem, ProblemKind, ReadOptions, Reading, Report};
pub use settle::settle;
pub use source::{Source, find_sources};

pub use satzpaar_language::{Language, Span};
