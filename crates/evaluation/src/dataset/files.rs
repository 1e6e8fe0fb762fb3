//! The files of a dataset: every format of every split, the sources, the card, Croissant metadata and the manifest.

use std::fs;
use std::io::Write;
use std::path::Path;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

pub use super::formats::DatasetFormat;
use super::formats::{Folder, Rows, XCES_FOLDER, clean};
use super::summary::Summary;
use super::{Dataset, DatasetError, card, croissant, manifest};

/// The table of the reports that pairs come from.
pub const SOURCES: &str = "sources.tsv";

/// Names of tables that stand, or are written later, beside those of the splits; and the one that the Hub gives to all splits together.
const TAKEN: [&str; 5] = ["sources", "contamination", "audit", "accepted", "all"];

/// What to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileOptions {
    /// The formats; each once, in any order.
    pub formats: Vec<DatasetFormat>,
    /// No text in any file, but where it stands and the hash of what stands there (see [`crate::dataset::rehydrate`]). Formats that are
    /// nothing without text are left out then.
    pub deferred: bool,
}

impl Default for FileOptions {
    /// All formats that this build has, with their texts.
    fn default() -> Self {
        let formats = DatasetFormat::ALL.into_iter().filter(|format| format.is_built()).collect();
        Self { formats, deferred: false }
    }
}

impl FileOptions {
    /// Whether these can be written at all; [`write_files`] asks too, but a caller may want to know before the work.
    ///
    /// # Errors
    /// A format that this build lacks; a deferred form without a table.
    pub fn check(&self) -> Result<(), DatasetError> {
        chosen(self).map(|_| ())
    }
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

/// Writes all files of `dataset` into `folder`, which exists and is empty, and gives them in the order of their paths. The same
/// dataset and options give the same bytes.
///
/// # Errors
/// A format that this build lacks; a deferred form without a table; names of splits that are not words, or that are told apart by
/// nothing but case; an item without a split; what the disk says.
pub fn write_files(
    dataset: &Dataset,
    folder: &Path,
    options: &FileOptions,
) -> Result<Vec<WrittenFile>, DatasetError> {
    let formats = chosen(options)?;
    check_names(dataset)?;
    let rows = Rows::new(dataset);
    let summary = Summary::of(&rows);
    if formats.contains(&DatasetFormat::Xces) {
        let path = folder.join(XCES_FOLDER);
        fs::create_dir(&path).map_err(|error| DatasetError::write(path.display().to_string(), error))?;
    }
    let jobs: Vec<(usize, DatasetFormat)> = (0..dataset.splits.len())
        .flat_map(|split| formats.iter().map(move |format| (split, *format)))
        .collect();
    let written: Vec<Vec<WrittenFile>> = jobs
        .into_par_iter()
        .map(|(split, format)| format.write(&rows, split, folder, options.deferred))
        .collect::<Result<_, _>>()?;
    let mut files: Vec<WrittenFile> = written.into_iter().flatten().collect();
    let root = Folder::new(folder);
    files.push(write_sources(&rows, &summary, &root, options.deferred)?);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let text = croissant::text(&rows, &files, &formats, options.deferred)?;
    let croissant = root.write(croissant::NAME, |out| out.write_all(text.as_bytes()))?;
    let text = card::text(&rows, &summary, &formats, options.deferred);
    let card = root.write(card::NAME, |out| out.write_all(text.as_bytes()))?;
    files.extend([croissant, card]);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let manifest = manifest::Manifest::of(&rows, &summary, files, options.deferred);
    let text = manifest.text()?;
    let file = root.write(manifest::NAME, |out| out.write_all(text.as_bytes()))?;
    let mut files = manifest.files;
    files.push(file);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// The formats to be written, each file by one of them, in the order of [`DatasetFormat::ALL`].
fn chosen(options: &FileOptions) -> Result<Vec<DatasetFormat>, DatasetError> {
    let asked = |format: DatasetFormat| options.formats.contains(&format);
    if let Some(format) = options.formats.iter().find(|format| !format.is_built()) {
        return Err(DatasetError::NotBuilt(format.as_str()));
    }
    if options.deferred && !asked(DatasetFormat::Tsv) && !asked(DatasetFormat::Jsonl) {
        let message =
            "a deferred dataset needs one of the formats tsv and jsonl, from which its texts are restored";
        return Err(DatasetError::Settings(message.to_owned()));
    }
    Ok(DatasetFormat::ALL
        .into_iter()
        .filter(|format| asked(*format) && (!options.deferred || format.can_be_deferred()))
        // The files of Moses are two of the plain ones.
        .filter(|format| *format != DatasetFormat::Moses || !asked(DatasetFormat::Plain))
        .collect())
}

/// File names and the Hugging Face Hub ask for splits that are words.
fn check_names(dataset: &Dataset) -> Result<(), DatasetError> {
    let settings = |message: String| Err(DatasetError::Settings(message));
    for (i, name) in dataset.splits.iter().enumerate() {
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            return settings(format!("the split '{name}': its name may hold letters, digits and _ only"));
        }
        if TAKEN.iter().any(|taken| name.eq_ignore_ascii_case(taken)) {
            return settings(format!(
                "the split '{name}': a table beside the splits has this name; choose another"
            ));
        }
        if dataset.splits[..i].iter().any(|other| other.eq_ignore_ascii_case(name)) {
            return settings(format!("the split '{name}' is there twice"));
        }
    }
    match dataset.items.iter().find(|item| item.split >= dataset.splits.len()) {
        Some(item) => settings(format!("row {}: there is no split {}", item.row, item.split)),
        None => Ok(()),
    }
}

/// A row a report; a deferred dataset has no titles, which are text.
fn write_sources(
    rows: &Rows,
    summary: &Summary,
    folder: &Folder,
    deferred: bool,
) -> Result<WrittenFile, DatasetError> {
    folder.write(SOURCES, |out| {
        writeln!(out, "doc\tlanguage\turl\tlicense\tdate\ttitle\tpairs")?;
        for ((language, doc), source) in &rows.sources {
            let field = |field: &Option<String>| field.clone().unwrap_or_default();
            let title = if deferred { String::new() } else { field(&source.title) };
            let (url, license, date) = (field(&source.url), field(&source.license), field(&source.date));
            let pairs = summary.pairs_of(*language, doc);
            let doc = clean(doc);
            writeln!(out, "{doc}\t{language}\t{url}\t{license}\t{date}\t{title}\t{pairs}")?;
        }
        Ok(())
    })
}
