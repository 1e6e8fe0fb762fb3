//! From aligned pairs to a translation-evaluation dataset.
//!
//! A dataset is plain data: items in their order, the sources that they come from, and a record of how it came about. What is selected,
//! and why the rest was not, stands in the funnel; the formats, the card and the manifest are written from this data alone.

pub mod audit;
mod build;
mod card;
mod contamination;
mod croissant;
mod duplicates;
pub mod error;
mod events;
pub mod files;
mod folder;
mod formats;
mod funnel;
mod licenses;
pub mod manifest;
mod minhash;
mod precision;
mod read;
pub mod restore;
pub mod rows;
mod sample;
mod select;
mod splits;
mod summary;
mod text;

pub use build::{
    Built, CONTAMINATION, Contaminated, ContaminationRow, Ingredients, Recipe, build, write_contamination,
};
pub use contamination::{Overlap, SideOverlap};
pub use folder::OutputFolder;
pub use precision::{CALIBRATION_ERROR, estimate};
pub use read::{Row, Table, describe_file, read_table};
pub use select::{Contradiction, Selection};
pub use splits::{SplitBy, Splits};

use std::collections::BTreeMap;

use satzpaar_corpus::{Language, Pair};
use serde::{Deserialize, Serialize};

pub use card::AUDIT_MARKS;
pub use error::DatasetError;
pub use files::{DatasetFormat, FileOptions, WrittenFile, write_files};
pub use formats::clean;
pub use manifest::{Manifest, update_manifest};
pub use restore::{Restored, Unrestored, rehydrate};
pub use summary::{ScoreDistribution, SplitCounts};

/// A pair in a dataset.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The row of the input table, from 1, the header not counted; the item's name is made from the event and the place in it.
    pub row: usize,
    /// The pair; texts in NFC.
    pub pair: Pair,
    /// The event: reports linked through any match, named by the first of its German reports.
    pub event: String,
    /// Its split, an index into [`Dataset::splits`].
    pub split: usize,
    /// What was found in other collections, if that is only flagged: `file: share of 8-grams`.
    pub contamination: Option<String>,
}

/// What is known of a report that pairs come from; all as the input's metadata has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceReport {
    /// Headline.
    pub title: Option<String>,
    /// Date of publication.
    pub date: Option<String>,
    /// Web address.
    pub url: Option<String>,
    /// Licence.
    pub license: Option<String>,
}

/// Reports by language and id.
pub type SourceReports = BTreeMap<(Language, String), SourceReport>;

/// A step of the way from reports to the dataset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FunnelStep {
    /// What the step does: `read`, `matched`, `aligned`, `score`, `length`, `language`, `duplicates` …
    pub step: String,
    /// What is counted: `German reports`, `pairs of reports`, `pairs` …
    pub unit: String,
    /// How many are left after it.
    pub kept: u64,
    /// How many were dropped, by reason.
    pub dropped: BTreeMap<String, u64>,
}

/// An input file of the run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputFile {
    /// The file's name as given, without the folders above it.
    pub name: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
}

/// An estimate with the bounds of its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The estimate.
    pub value: f64,
    /// Lower bound.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
}

/// All that formats, card and manifest are written from.
#[derive(Clone, Debug, PartialEq)]
pub struct Dataset {
    /// Its name: letters, digits, `-`, `_` and `.`.
    pub name: String,
    /// Names of the splits, in order; one called `test` if none was asked for.
    pub splits: Vec<String>,
    /// The pairs in the order of event, German report, German start, Vietnamese start.
    pub items: Vec<Item>,
    /// The reports that they come from.
    pub sources: SourceReports,
    /// Counts at every step.
    pub funnel: Vec<FunnelStep>,
    /// The settings that made it, by option name, in words.
    pub settings: BTreeMap<String, String>,
    /// The files it was made from.
    pub inputs: Vec<InputFile>,
    /// How many of its pairs are right, by their scores.
    pub estimated_precision: Option<Estimate>,
    /// The version of satzpaar.
    pub version: String,
}
