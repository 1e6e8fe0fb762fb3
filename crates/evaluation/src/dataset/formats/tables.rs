//! The formats of `satzpaar align` with what a dataset knows beside: TSV, JSON lines, TMX.

use satzpaar_corpus::Language;
use satzpaar_corpus::output::{JsonlWriter, TmxWriter, TsvWriter, WritePairs};
use serde::Serialize;

use super::rows::Row;
use super::{Folder, Rows};
use crate::dataset::error::DatasetError;
use crate::dataset::files::WrittenFile;

/// The columns that a dataset has beside those of pairs.tsv.
pub(super) const COLUMNS: [&str; 4] = ["id", "event", "split", "contamination"];

pub(super) fn write_tsv(
    rows: &Rows,
    split: usize,
    folder: &Folder,
) -> Result<Vec<WrittenFile>, DatasetError> {
    let file = folder.write(&format!("{}.tsv", rows.name(split)), |out| {
        let mut writer = Box::new(TsvWriter::with_columns(out, &COLUMNS)?);
        for row in rows.of(split) {
            writer.write_with(row.pair, &[&row.id(), &row.item.event, row.split, row.contamination()])?;
        }
        writer.finish()
    })?;
    Ok(vec![file])
}

/// The fields that a dataset has beside those of pairs.tsv: the columns of the TSV, and what is known of both reports.
#[derive(Serialize)]
pub(super) struct More<'a> {
    pub(super) id: String,
    pub(super) event: &'a str,
    pub(super) split: &'a str,
    pub(super) contamination: Option<&'a str>,
    pub(super) de_url: Option<&'a str>,
    pub(super) de_license: Option<&'a str>,
    pub(super) de_date: Option<&'a str>,
    pub(super) de_title: Option<&'a str>,
    pub(super) vi_url: Option<&'a str>,
    pub(super) vi_license: Option<&'a str>,
    pub(super) vi_date: Option<&'a str>,
    pub(super) vi_title: Option<&'a str>,
}

/// The rows of a split, each with its further fields.
pub(super) fn with_more<'a>(rows: &'a Rows, split: usize) -> impl Iterator<Item = (Row<'a>, More<'a>)> {
    let sources = rows.lookup();
    rows.of(split).map(move |row| {
        let de = sources.get(&(Language::German, row.pair.de_doc.as_str()));
        let vi = sources.get(&(Language::Vietnamese, row.pair.vi_doc.as_str()));
        let more = More {
            id: row.id(),
            event: &row.item.event,
            split: row.split,
            contamination: row.item.contamination.as_deref(),
            de_url: de.and_then(|source| source.url.as_deref()),
            de_license: de.and_then(|source| source.license.as_deref()),
            de_date: de.and_then(|source| source.date.as_deref()),
            de_title: de.and_then(|source| source.title.as_deref()),
            vi_url: vi.and_then(|source| source.url.as_deref()),
            vi_license: vi.and_then(|source| source.license.as_deref()),
            vi_date: vi.and_then(|source| source.date.as_deref()),
            vi_title: vi.and_then(|source| source.title.as_deref()),
        };
        (row, more)
    })
}

pub(super) fn write_jsonl(
    rows: &Rows,
    split: usize,
    folder: &Folder,
) -> Result<Vec<WrittenFile>, DatasetError> {
    let file = folder.write(&format!("{}.jsonl", rows.name(split)), |out| {
        let mut writer = Box::new(JsonlWriter::new(out));
        for (row, more) in with_more(rows, split) {
            writer.write_with(row.pair, &more)?;
        }
        writer.finish()
    })?;
    Ok(vec![file])
}

pub(super) fn write_tmx(
    rows: &Rows,
    split: usize,
    folder: &Folder,
) -> Result<Vec<WrittenFile>, DatasetError> {
    let file = folder.write(&format!("{}.tmx", rows.name(split)), |out| {
        let mut writer = Box::new(TmxWriter::new(out)?);
        for row in rows.of(split) {
            let more = [
                ("x-event", row.item.event.as_str()),
                ("x-split", row.split),
                ("x-contamination", row.contamination()),
            ];
            let known = if row.item.contamination.is_some() { 3 } else { 2 };
            writer.write_with(row.pair, Some(&row.id()), &more[..known])?;
        }
        writer.finish()
    })?;
    Ok(vec![file])
}
