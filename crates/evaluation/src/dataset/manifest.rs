//! MANIFEST.json: what the dataset consists of and how it came about, for programs. No time stamps and no folders: the same input
//! and settings give the same bytes.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;

use satzpaar_corpus::{CorpusError, OutputFile};
use serde::{Deserialize, Serialize};

use super::error::DatasetError;
use super::files::WrittenFile;
use super::formats::Rows;
use super::read::describe_file;
use super::summary::{ScoreDistribution, SplitCounts, Summary};
use super::{Estimate, FunnelStep, InputFile};

/// The manifest's name.
pub const NAME: &str = "MANIFEST.json";

/// The version of the manifest's layout.
const LAYOUT: u32 = 1;

/// The manifest. Its fields stand in the file in this order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// The version of this layout: 1.
    pub layout: u32,
    /// The dataset's name.
    pub name: String,
    /// The version of satzpaar that made it.
    pub satzpaar: String,
    /// Whether it is the form without text.
    pub deferred: bool,
    /// What the splits hold, in their order.
    pub splits: Vec<SplitCounts>,
    /// The settings, by option name.
    pub settings: BTreeMap<String, String>,
    /// The files it was made from.
    pub inputs: Vec<InputFile>,
    /// Counts at every step.
    pub funnel: Vec<FunnelStep>,
    /// How scores are spread.
    pub score_distribution: ScoreDistribution,
    /// Pairs by bead (`1-1`, `2-1` …).
    pub beads: BTreeMap<String, u64>,
    /// Pairs by kind (`parallel`, `comparable`).
    pub kinds: BTreeMap<String, u64>,
    /// Pairs that were found in other collections and only flagged.
    pub contaminated: u64,
    /// How many of the pairs are right, by their scores.
    pub estimated_precision: Option<Estimate>,
    /// The reports that pairs come from, by language and id.
    pub sources: Vec<ManifestSource>,
    /// Every other file, in the order of their paths.
    pub files: Vec<WrittenFile>,
}

/// A report that pairs come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestSource {
    /// Its id.
    pub doc: String,
    /// `de` or `vi`.
    pub language: String,
    /// Web address.
    pub url: Option<String>,
    /// Licence.
    pub license: Option<String>,
}

impl Manifest {
    pub(crate) fn of(rows: &Rows, summary: &Summary, files: Vec<WrittenFile>, deferred: bool) -> Self {
        let dataset = rows.dataset;
        let sources = rows.sources.iter().map(|((language, doc), source)| ManifestSource {
            doc: (*doc).to_owned(),
            language: language.code().to_owned(),
            url: source.url.clone(),
            license: source.license.clone(),
        });
        Self {
            layout: LAYOUT,
            name: dataset.name.clone(),
            satzpaar: dataset.version.clone(),
            deferred,
            splits: summary.splits.clone(),
            settings: dataset.settings.clone(),
            inputs: dataset.inputs.clone(),
            funnel: dataset.funnel.clone(),
            score_distribution: summary.scores.clone(),
            beads: summary.beads.iter().map(|((de, vi), count)| (format!("{de}-{vi}"), *count)).collect(),
            kinds: summary.kinds.iter().map(|(kind, count)| ((*kind).to_owned(), *count)).collect(),
            contaminated: summary.contaminated,
            estimated_precision: dataset.estimated_precision,
            sources: sources.collect(),
            files,
        }
    }

    /// Reads the manifest of the dataset in `folder`.
    ///
    /// # Errors
    /// There is none, or one of another layout.
    pub fn read(folder: &Path) -> Result<Self, DatasetError> {
        let path = folder.join(NAME);
        let name = path.display().to_string();
        let text = fs::read_to_string(&path).map_err(|error| DatasetError::read(&name, error))?;
        let manifest: Self = serde_json::from_str(&text).map_err(|error| {
            DatasetError::content(&name, error.line() as u64, format!("no manifest of satzpaar: {error}"))
        })?;
        if manifest.layout != LAYOUT {
            let message = format!("layout {} is not known to this version of satzpaar", manifest.layout);
            return Err(CorpusError::File { name, message }.into());
        }
        Ok(manifest)
    }

    pub(crate) fn text(&self) -> Result<String, DatasetError> {
        let text =
            serde_json::to_string_pretty(self).map_err(|error| DatasetError::write(NAME, error.into()))?;
        Ok(text + "\n")
    }
}

/// Enters what has changed into the manifest: hashes the files `paths` (below `folder`, with `/`) anew; new ones are added. For whoever
/// writes into a finished dataset, such as the figures of an audit into the card.
///
/// # Errors
/// There is no manifest, a file cannot be read, or the manifest not be written.
pub fn update_manifest(folder: &Path, paths: &[&str]) -> Result<(), DatasetError> {
    let mut manifest = Manifest::read(folder)?;
    for path in paths {
        let file = hash_file(folder, path)?;
        match manifest.files.iter_mut().find(|known| known.path == *path) {
            Some(known) => *known = file,
            None => manifest.files.push(file),
        }
    }
    manifest.files.sort_by(|a, b| a.path.cmp(&b.path));
    let text = manifest.text()?;
    let mut out = OutputFile::create(folder.join(NAME))?;
    out.write_all(text.as_bytes()).map_err(|error| out.error(error))?;
    Ok(out.commit()?)
}

fn hash_file(folder: &Path, path: &str) -> Result<WrittenFile, DatasetError> {
    let InputFile { bytes, sha256, .. } = describe_file(&folder.join(path), String::new())?;
    Ok(WrittenFile { path: path.to_owned(), bytes, sha256 })
}
