//! The form without text: where each side stands in its report, and the hash of what stands there.

use std::borrow::Cow;
use std::io::{self, Write};

use csv::QuoteStyle;
use satzpaar_corpus::{Language, PairKind};
use serde::{Deserialize, Serialize};

use super::rows::Row;
use super::{Folder, Rows, clean, hashed};
use crate::dataset::SourceReport;
use crate::dataset::error::DatasetError;
use crate::dataset::files::WrittenFile;

/// A pair without its texts, a row of the deferred tables.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct DeferredRow<'a> {
    pub(crate) de_doc: Cow<'a, str>,
    pub(crate) vi_doc: Cow<'a, str>,
    pub(crate) doc_score: f64,
    pub(crate) de_start: usize,
    pub(crate) de_end: usize,
    pub(crate) vi_start: usize,
    pub(crate) vi_end: usize,
    pub(crate) bead: String,
    pub(crate) score: f64,
    pub(crate) kind: PairKind,
    /// SHA-256 of the German text in UTF-8, as [`clean`] leaves it.
    pub(crate) de_sha256: String,
    /// Its length in bytes.
    pub(crate) de_bytes: usize,
    pub(crate) vi_sha256: String,
    pub(crate) vi_bytes: usize,
    pub(crate) id: Cow<'a, str>,
    pub(crate) event: Cow<'a, str>,
    pub(crate) split: Cow<'a, str>,
    pub(crate) contamination: Option<Cow<'a, str>>,
    pub(crate) de_url: Option<Cow<'a, str>>,
    pub(crate) de_license: Option<Cow<'a, str>>,
    pub(crate) de_date: Option<Cow<'a, str>>,
    pub(crate) vi_url: Option<Cow<'a, str>>,
    pub(crate) vi_license: Option<Cow<'a, str>>,
    pub(crate) vi_date: Option<Cow<'a, str>>,
}

impl<'a> DeferredRow<'a> {
    fn new(row: &Row<'a>, de: Option<&'a SourceReport>, vi: Option<&'a SourceReport>) -> Self {
        let pair = row.pair;
        Self {
            de_doc: clean(&pair.de_doc),
            vi_doc: clean(&pair.vi_doc),
            doc_score: rounded(pair.doc_score),
            de_start: pair.de.start,
            de_end: pair.de.end,
            vi_start: pair.vi.start,
            vi_end: pair.vi.end,
            bead: format!("{}-{}", pair.bead.0, pair.bead.1),
            score: rounded(pair.score),
            kind: pair.kind,
            de_sha256: hashed::sha256(pair.de_text.as_bytes()),
            de_bytes: pair.de_text.len(),
            vi_sha256: hashed::sha256(pair.vi_text.as_bytes()),
            vi_bytes: pair.vi_text.len(),
            id: Cow::Owned(clean(&row.id()).into_owned()),
            event: clean(&row.item.event),
            split: Cow::Borrowed(row.split),
            contamination: row.item.contamination.as_deref().map(clean),
            de_url: field(de, |source| &source.url),
            de_license: field(de, |source| &source.license),
            de_date: field(de, |source| &source.date),
            vi_url: field(vi, |source| &source.url),
            vi_license: field(vi, |source| &source.license),
            vi_date: field(vi, |source| &source.date),
        }
    }
}

fn field<'a>(
    source: Option<&'a SourceReport>,
    field: impl Fn(&'a SourceReport) -> &'a Option<String>,
) -> Option<Cow<'a, str>> {
    source.and_then(|source| field(source).as_deref()).map(Cow::Borrowed)
}

fn rounded(score: f64) -> f64 {
    (score * 1e4).round() / 1e4
}

pub(super) fn write_tsv(
    rows: &Rows,
    split: usize,
    folder: &Folder,
) -> Result<Vec<WrittenFile>, DatasetError> {
    let file = folder.write(&format!("{}.tsv", rows.name(split)), |out| {
        let mut csv =
            csv::WriterBuilder::new().delimiter(b'\t').quote_style(QuoteStyle::Never).from_writer(out);
        each(rows, split, |row| csv.serialize(row).map_err(io::Error::other))?;
        csv.flush()
    })?;
    Ok(vec![file])
}

pub(super) fn write_jsonl(
    rows: &Rows,
    split: usize,
    folder: &Folder,
) -> Result<Vec<WrittenFile>, DatasetError> {
    let file = folder.write(&format!("{}.jsonl", rows.name(split)), |out| {
        each(rows, split, |row| {
            serde_json::to_writer(&mut *out, row)?;
            out.write_all(b"\n")
        })
    })?;
    Ok(vec![file])
}

fn each(rows: &Rows, split: usize, mut write: impl FnMut(&DeferredRow) -> io::Result<()>) -> io::Result<()> {
    let sources = rows.lookup();
    rows.of(split).try_for_each(|row| {
        let de = sources.get(&(Language::German, row.pair.de_doc.as_str())).copied();
        let vi = sources.get(&(Language::Vietnamese, row.pair.vi_doc.as_str())).copied();
        write(&DeferredRow::new(&row, de, vi))
    })
}
