//! What an audit leaves in the dataset's folder.

use std::collections::{BTreeMap, HashMap};
use std::fmt::{self, Write as _};
use std::fs;
use std::io::Write as _;
use std::path::Path;

use satzpaar_corpus::{CorpusError, OutputFile};
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256};

use super::Audit;
use crate::EvaluationError;
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
    let manifest = folder.join("MANIFEST.json");
    let renewed = if let Some(text) = read_optional(&manifest)? {
        Some(renew(&text, &files).map_err(|error| {
            let message = format!("not a manifest of a dataset ({error}); write the dataset anew");
            EvaluationError::line(&manifest.display().to_string(), error.line() as u64, message)
        })?)
    } else {
        warnings.push(format!("{}: not there; no checksums are renewed", manifest.display()));
        None
    };
    for (name, bytes) in &files {
        write(&folder.join(name), bytes)?;
    }
    if let Some(text) = renewed {
        write(&manifest, text.as_bytes())?;
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

/// An entry of a manifest's list of files; what else it says is kept.
#[derive(Serialize, Deserialize)]
struct Entry {
    path: String,
    bytes: u64,
    sha256: String,
    #[serde(flatten)]
    more: BTreeMap<String, serde_json::Value>,
}

/// A JSON object whose members keep their order and their bytes.
struct Members(Vec<(String, Box<RawValue>)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Members;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

/// The manifest with lengths and checksums of these files, which are entered if they are new; all else stays as it stands.
fn renew(manifest: &str, files: &BTreeMap<&str, Vec<u8>>) -> Result<String, serde_json::Error> {
    let Members(mut members) = serde_json::from_str(manifest)?;
    if !members.iter().any(|(name, _)| name == "files") {
        members.push(("files".to_owned(), RawValue::from_string("[]".to_owned())?));
    }
    for (_, list) in members.iter_mut().filter(|(name, _)| name == "files") {
        let mut entries: Vec<Entry> = serde_json::from_str(list.get())?;
        let sorted = entries.is_sorted_by(|a, b| a.path <= b.path);
        for (name, bytes) in files {
            let (length, sha256) = (bytes.len() as u64, hexadecimal(&Sha256::digest(bytes)));
            if let Some(entry) = entries.iter_mut().find(|entry| entry.path == *name) {
                (entry.bytes, entry.sha256) = (length, sha256);
            } else {
                let path = (*name).to_owned();
                entries.push(Entry { path, bytes: length, sha256, more: BTreeMap::new() });
            }
        }
        if sorted {
            entries.sort_by(|a, b| a.path.cmp(&b.path));
        }
        // One level deeper than the list alone would stand.
        *list = RawValue::from_string(serde_json::to_string_pretty(&entries)?.replace('\n', "\n  "))?;
    }
    let mut text = "{".to_owned();
    for (i, (name, value)) in members.iter().enumerate() {
        let comma = if i == 0 { "" } else { "," };
        let _ = write!(text, "{comma}\n  {}: {}", serde_json::to_string(name)?, value.get());
    }
    text.push_str("\n}\n");
    Ok(text)
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
