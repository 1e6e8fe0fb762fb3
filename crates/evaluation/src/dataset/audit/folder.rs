//! What an audit leaves in the dataset's folder.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use satzpaar_corpus::{CorpusError, OutputFile};

use super::Audit;
use crate::EvaluationError;
use crate::dataset::manifest::{self, Manifest, update_manifest};
use crate::dataset::rows::{PairRow, split_files};

const START: &str = "<!-- audit -->";
const END: &str = "<!-- /audit -->";

/// Writes audit.json, audit.tsv and accepted.tsv into the folder, the figures between the markers of README.md, and the new checksums into
/// MANIFEST.json. Gives what is worth a warning: a card without markers, no manifest.
///
/// # Errors
/// A file that cannot be read or written, a manifest that is none. Each file is whole, the old one or the new one.
pub fn record(folder: &Path, rows: &[PairRow], audit: &Audit) -> Result<Vec<String>, EvaluationError> {
    let mut warnings = Vec::new();
    let mut files: BTreeMap<&str, Vec<u8>> = BTreeMap::new();
    let json = serde_json::to_string_pretty(audit).unwrap_or_default() + "\n";
    files.insert("audit.json", json.into_bytes());
    files.insert("audit.tsv", table(rows, audit).into_bytes());
    files.insert("accepted.tsv", accepted(folder, rows, audit)?);
    let card = folder.join("README.md");
    if let Some(text) = read_optional(&card)? {
        if let Some(text) = with_figures(&text, &audit.markdown()) {
            files.insert("README.md", text.into_bytes());
        } else {
            let card = card.display();
            warnings
                .push(format!("{card}: no line '{START}' with '{END}' after it; the card is left as it was"));
        }
    } else {
        warnings.push(format!("{}: not there; the figures stand in audit.json", card.display()));
    }
    // What is wrong with the manifest is told before anything is written.
    let listed = folder.join(manifest::NAME).exists();
    if listed {
        Manifest::read(folder)?;
    } else {
        let manifest = folder.join(manifest::NAME);
        warnings.push(format!("{}: not there; no checksums are renewed", manifest.display()));
    }
    for (name, bytes) in &files {
        write(&folder.join(name), bytes)?;
    }
    if listed {
        update_manifest(folder, &files.into_keys().collect::<Vec<_>>())?;
    }
    Ok(warnings)
}

fn read_optional(path: &Path) -> Result<Option<String>, EvaluationError> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(EvaluationError::read(path, error)),
    }
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), CorpusError> {
    let mut out = OutputFile::create(path)?;
    out.write_all(bytes).map_err(|error| out.error(error))?;
    out.commit()
}

/// A row for each judged pair.
fn table(rows: &[PairRow], audit: &Audit) -> String {
    let mut text = "id\tsplit\tscore\tverdict\taccepted".to_owned();
    for annotator in &audit.annotators {
        let name = one_cell(&annotator.name);
        let _ = write!(text, "\t{name}\t{name} comment");
    }
    text.push('\n');
    for pair in &audit.all {
        let split = rows[pair.row].split.as_deref().unwrap_or_default();
        let accepted = if pair.accepted { "yes" } else { "no" };
        let _ =
            write!(text, "{}\t{split}\t{:.4}\t{}\t{accepted}", pair.id, pair.score, pair.verdict.as_str());
        for annotator in &audit.annotators {
            let said = pair.judgements.get(&annotator.name).map_or("", |judgement| judgement.as_str());
            let comment = pair.comments.get(&annotator.name).map_or("", String::as_str);
            let _ = write!(text, "\t{said}\t{}", one_cell(comment));
        }
        text.push('\n');
    }
    text
}

fn one_cell(text: &str) -> String {
    text.replace(['\t', '\n', '\r'], " ")
}

/// The accepted rows as they stand in their splits.
fn accepted(folder: &Path, rows: &[PairRow], audit: &Audit) -> Result<Vec<u8>, EvaluationError> {
    let mut tables: HashMap<String, String> = HashMap::new();
    let mut text = String::new();
    for file in split_files(folder)? {
        let table = fs::read_to_string(&file).map_err(|error| EvaluationError::read(&file, error))?;
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let head = table.lines().next().unwrap_or_default();
        if text.is_empty() {
            let _ = writeln!(text, "{head}");
        } else if text.trim_end() != head {
            let message = "other columns than in the other splits; write the dataset anew";
            return Err(EvaluationError::line(&file.display().to_string(), 1, message));
        }
        tables.insert(name, table);
    }
    let lines: HashMap<&str, Vec<&str>> =
        tables.iter().map(|(name, table)| (&**name, table.lines().collect())).collect();
    for pair in audit.all.iter().filter(|pair| pair.accepted) {
        let row = &rows[pair.row];
        let line = lines.get(&*row.file).and_then(|lines| lines.get((row.line as usize).saturating_sub(1)));
        let _ = writeln!(text, "{}", line.copied().unwrap_or_default());
    }
    Ok(text.into_bytes())
}

/// The card with these figures between its markers; `None` if it has none.
fn with_figures(card: &str, figures: &str) -> Option<String> {
    let start = card.find(START)? + START.len();
    let end = start + card[start..].find(END)?;
    Some(format!("{}\n{figures}{}", &card[..start], &card[end..]))
}
