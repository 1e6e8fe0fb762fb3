//! A dataset without text gets its texts back from the reports.
//!
//! The deferred form ships, for each side of a pair, the report's id and address, the bytes where the text stands in the report, the
//! length of the text and its SHA-256. Whoever has the reports (as files with the same ids, in the same state) reads them as
//! `satzpaar align` does and gets the dataset back; what does not hash to what the maker had is left out and named.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use rayon::prelude::*;
use satzpaar_corpus::{Language, Pair, Report, Span};

use super::formats::{DatasetFormat, DeferredRow, clean, sha256};
use super::{Dataset, DatasetError, FunnelStep, Item, Manifest, SourceReport, SourceReports, estimate};

/// A dataset with its texts, and the pairs that stayed without.
#[derive(Clone, Debug, PartialEq)]
pub struct Restored {
    /// The dataset; `row` counts the restored pairs. If some are missing, the last step of the funnel says so.
    pub dataset: Dataset,
    /// What could not be restored, in the order of the files.
    pub missing: Vec<Unrestored>,
}

/// A pair that could not be restored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unrestored {
    /// The pair's name. In what is restored, the pairs after it in its event move up by one.
    pub id: String,
    /// The language of the side that failed, German first.
    pub language: Language,
    /// The id of its report.
    pub doc: String,
    /// Whether the report is there: then its text is another than the maker's.
    pub report_found: bool,
}

/// Restores the deferred dataset in `folder` from reports of both languages.
///
/// # Errors
/// `folder` holds no dataset, one that has its texts, or tables that are broken.
pub fn rehydrate(folder: &Path, reports: &[Report]) -> Result<Restored, DatasetError> {
    let manifest = Manifest::read(folder)?;
    if !manifest.deferred {
        let message =
            format!("{}: this dataset has its texts; there is nothing to restore", folder.display());
        return Err(DatasetError::Settings(message));
    }
    let reports: HashMap<(Language, Cow<str>), &Report> =
        reports.iter().map(|report| ((report.language, clean(&report.id)), report)).collect();
    let (mut items, mut missing, mut sources) = (Vec::new(), Vec::new(), SourceReports::new());
    for (split, counts) in manifest.splits.iter().enumerate() {
        let rows = read_rows(folder, &counts.name)?;
        let texts: Vec<_> = rows.par_iter().map(|row| texts(row, &reports)).collect();
        for (row, texts) in rows.into_iter().zip(texts) {
            match texts {
                Ok((de, vi)) => {
                    enter_sources(&mut sources, &row, &reports);
                    let place = row.id.rsplit_once('#').and_then(|(_, place)| place.parse::<u64>().ok());
                    items.push((place, item(row, (de, vi), split)));
                }
                Err(problem) => missing.push(problem),
            }
        }
    }
    // Splits are files, so that their pairs come one split after the other; the order of the dataset is that of the events.
    items.sort_by(|(a, one), (b, other)| (&one.event, a).cmp(&(&other.event, b)));
    let items: Vec<Item> = (1..).zip(items).map(|(row, (_, item))| Item { row, ..item }).collect();
    let (mut funnel, mut estimated_precision) = (manifest.funnel, manifest.estimated_precision);
    if !missing.is_empty() {
        let dropped = BTreeMap::from([("no such text in the reports".to_owned(), missing.len() as u64)]);
        let (step, unit, kept) = ("restored".to_owned(), "pairs".to_owned(), items.len() as u64);
        funnel.push(FunnelStep { step, unit, kept, dropped });
        estimated_precision = estimate(items.iter().map(|item| item.pair.score));
    }
    let dataset = Dataset {
        name: manifest.name,
        splits: manifest.splits.into_iter().map(|split| split.name).collect(),
        items,
        sources,
        funnel,
        settings: manifest.settings,
        inputs: manifest.inputs,
        estimated_precision,
        version: manifest.satzpaar,
    };
    Ok(Restored { dataset, missing })
}

/// The rows of a split, from its JSON lines or its TSV.
fn read_rows(folder: &Path, split: &str) -> Result<Vec<DeferredRow<'static>>, DatasetError> {
    let lines = folder.join(format!("{split}.jsonl"));
    let path = if lines.is_file() { lines } else { folder.join(format!("{split}.tsv")) };
    let name = path.display().to_string();
    let file = File::open(&path).map_err(|error| DatasetError::read(&name, error))?;
    let file = BufReader::with_capacity(1 << 18, file);
    let broken = |line: u64, error: &dyn std::error::Error| {
        DatasetError::content(&name, line, format!("no row of a deferred dataset: {error}"))
    };
    if path.extension().is_some_and(|ending| ending == DatasetFormat::Jsonl.as_str()) {
        let rows = file.lines().zip(1..).map(|(line, number)| {
            let line = line.map_err(|error| DatasetError::read(&name, error))?;
            serde_json::from_str(&line).map_err(|error| broken(number, &error))
        });
        return rows.collect();
    }
    let mut table = csv::ReaderBuilder::new().delimiter(b'\t').quoting(false).from_reader(file);
    let rows = table.deserialize().map(|row| {
        row.map_err(|error: csv::Error| broken(error.position().map_or(1, csv::Position::line), &error))
    });
    rows.collect()
}

type Reports<'a> = HashMap<(Language, Cow<'a, str>), &'a Report>;

fn texts(row: &DeferredRow, reports: &Reports) -> Result<(String, String), Unrestored> {
    let side = |language, doc: &str, span, bytes, hash: &str, sentences| {
        let report = reports.get(&(language, Cow::Borrowed(doc)));
        report.and_then(|report| restore(&report.text, span, bytes, hash, sentences)).ok_or_else(|| {
            Unrestored {
                id: row.id.clone().into_owned(),
                language,
                doc: doc.to_owned(),
                report_found: report.is_some(),
            }
        })
    };
    let (de_sentences, vi_sentences) = sentences(&row.bead);
    let de = Span::new(row.de_start, row.de_end);
    let de = side(Language::German, &row.de_doc, de, row.de_bytes, &row.de_sha256, de_sentences)?;
    let vi = Span::new(row.vi_start, row.vi_end);
    let vi = side(Language::Vietnamese, &row.vi_doc, vi, row.vi_bytes, &row.vi_sha256, vi_sentences)?;
    Ok((de, vi))
}

fn sentences(bead: &str) -> (usize, usize) {
    bead.split_once('-').and_then(|(de, vi)| Some((de.parse().ok()?, vi.parse().ok()?))).unwrap_or((1, 1))
}

/// The text of `bytes` bytes with this hash, from the bytes `span` of a report: all that stands there, or, for a group of sentences,
/// what is left when up to two stretches between words are left out (a sentence or furniture that the group skips).
fn restore(text: &str, span: Span, bytes: usize, hash: &str, sentences: usize) -> Option<String> {
    let whole = clean(text.get(span.start..span.end)?);
    let is_it = |text: &str| text.len() == bytes && sha256(text.as_bytes()) == hash;
    if is_it(&whole) {
        return Some(whole.into_owned());
    }
    // More that is left out than this costs more than it is worth to look for.
    if sentences < 2 || bytes >= whole.len() || whole.len() > 1 << 14 {
        return None;
    }
    let left_out = whole.len() - bytes;
    let spaces: Vec<usize> = whole.match_indices(' ').map(|(place, _)| place).collect();
    let is_space = |place: usize| spaces.binary_search(&place).is_ok();
    let skip = |from: usize, length: usize, rest: &str| {
        let candidate = format!("{}{}", &rest[..from], &rest[from + length..]);
        is_it(&candidate).then_some(candidate)
    };
    for &from in spaces.iter().filter(|from| is_space(*from + left_out)) {
        if let Some(found) = skip(from, left_out, &whole) {
            return Some(found);
        }
    }
    if sentences < 3 || spaces.len() > 200 {
        return None;
    }
    for (i, &from) in spaces.iter().enumerate() {
        for &to in spaces[i + 1..].iter().take_while(|to| **to - from < left_out) {
            let second = left_out - (to - from);
            let rest = format!("{}{}", &whole[..from], &whole[to..]);
            for &other in spaces.iter().filter(|other| **other > to && is_space(**other + second)) {
                if let Some(found) = skip(other - (to - from), second, &rest) {
                    return Some(found);
                }
            }
        }
    }
    None
}

/// Titles come from the reports, the rest from the tables.
fn enter_sources(sources: &mut SourceReports, row: &DeferredRow, reports: &Reports) {
    let owned = |field: &Option<Cow<str>>| field.as_ref().map(|text| text.clone().into_owned());
    let mut enter = |language, doc: &Cow<str>, url, license, date| {
        let key = (language, doc.clone().into_owned());
        if sources.contains_key(&key) {
            return;
        }
        let title =
            reports.get(&(language, Cow::Borrowed(&**doc))).and_then(|report| report.metadata.title.clone());
        sources
            .insert(key, SourceReport { title, date: owned(date), url: owned(url), license: owned(license) });
    };
    enter(Language::German, &row.de_doc, &row.de_url, &row.de_license, &row.de_date);
    enter(Language::Vietnamese, &row.vi_doc, &row.vi_url, &row.vi_license, &row.vi_date);
}

fn item(row: DeferredRow, (de_text, vi_text): (String, String), split: usize) -> Item {
    let pair = Pair {
        bead: sentences(&row.bead),
        de_doc: row.de_doc.into_owned(),
        vi_doc: row.vi_doc.into_owned(),
        doc_score: row.doc_score,
        de: Span::new(row.de_start, row.de_end),
        vi: Span::new(row.vi_start, row.vi_end),
        score: row.score,
        kind: row.kind,
        de_text,
        vi_text,
    };
    let contamination = row.contamination.map(Cow::into_owned);
    Item { row: 0, pair, event: row.event.into_owned(), split, contamination }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, wanted: &str, sentences: usize) -> Option<String> {
        restore(text, Span::new(0, text.len()), wanted.len(), &sha256(wanted.as_bytes()), sentences)
    }

    #[test]
    fn what_a_group_skips_is_found() {
        let text = "Eins ist hier.\n\n[Anzeige]  Zwei\tist da. Das fehlt auch. Drei kommt noch.";
        let whole = "Eins ist hier. [Anzeige] Zwei ist da. Das fehlt auch. Drei kommt noch.";
        assert_eq!(found(text, whole, 1).as_deref(), Some(whole));
        let one = "Eins ist hier. Zwei ist da. Das fehlt auch. Drei kommt noch.";
        assert_eq!(found(text, one, 2).as_deref(), Some(one));
        let two = "Eins ist hier. Zwei ist da. Drei kommt noch.";
        assert_eq!(found(text, two, 2), None);
        assert_eq!(found(text, two, 3).as_deref(), Some(two));
        assert_eq!(found(text, "Etwas ganz anderes.", 3), None);
    }

    #[test]
    fn spans_outside_the_text_or_inside_a_character_are_not_found() {
        let hash = sha256(b"x");
        assert_eq!(restore("ê", Span::new(1, 2), 1, &hash, 1), None);
        assert_eq!(restore("x", Span::new(0, 9), 1, &hash, 1), None);
    }
}
