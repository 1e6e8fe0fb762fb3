//! The sample reports, their gold, and tables.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use satzpaar_corpus::ReadOptions;
use satzpaar_language::Language;

/// The columns of pairs.tsv, as the contract has them.
pub(crate) const COLUMNS: [&str; 12] = [
    "de_doc",
    "vi_doc",
    "doc_score",
    "de_start",
    "de_end",
    "vi_start",
    "vi_end",
    "bead",
    "score",
    "kind",
    "de_text",
    "vi_text",
];

pub(crate) fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/samples"))
}

/// Names and contents of a side's files, by name.
pub(crate) fn files(side: &str) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder().join(side)).unwrap().map(Result::unwrap);
    entries.map(|e| (e.file_name().into_string().unwrap(), fs::read(e.path()).unwrap())).collect()
}

/// The text of every report of a side by its id, as spans count it.
pub(crate) fn texts(side: &str) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    for (name, bytes) in files(side) {
        let (stem, ending) = name.rsplit_once('.').unwrap();
        match ending {
            "txt" => {
                texts.insert(stem.to_owned(), String::from_utf8(bytes).unwrap());
            }
            "jsonl" => {
                for line in String::from_utf8(bytes).unwrap().lines() {
                    let record: serde_json::Value = serde_json::from_str(line).unwrap();
                    let field = |name: &str| record[name].as_str().unwrap().to_owned();
                    texts.insert(field("id"), field("text"));
                }
            }
            // Which part of a page is the report, only the reader can say.
            _ => {
                let language = if side == "de" { Language::German } else { Language::Vietnamese };
                let path = folder().join(side).join(&name);
                let read =
                    satzpaar_corpus::read_reports(&[path], language, &ReadOptions::default(), |_, _| {});
                texts.extend(read.unwrap().reports.into_iter().map(|report| (report.id, report.text)));
            }
        }
    }
    texts
}

/// The pairs of reports that tell the same event.
pub(crate) fn gold_documents() -> BTreeSet<(String, String)> {
    let table = Table::parse(&fs::read_to_string(folder().join("gold/documents.tsv")).unwrap());
    table.pairs("de_doc", "vi_doc").collect()
}

/// The pairs of sentences that say the same.
pub(crate) fn gold_sentences() -> Table {
    Table::parse(&fs::read_to_string(folder().join("gold/sentences.tsv")).unwrap())
}

/// A tab-separated table with a header.
pub(crate) struct Table {
    pub(crate) header: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

impl Table {
    /// Fails the test unless all rows have as many cells as the header, and every line ends with LF alone.
    #[track_caller]
    pub(crate) fn parse(text: &str) -> Self {
        assert!(text.ends_with('\n'), "the last line has no end: {text}");
        assert!(!text.contains('\r'), "CR in a table");
        let mut lines = text.split_terminator('\n').map(|l| l.split('\t').map(str::to_owned).collect());
        let header: Vec<String> = lines.next().unwrap();
        let rows: Vec<Vec<String>> = lines.collect();
        for row in &rows {
            assert_eq!(row.len(), header.len(), "cells of {row:?}");
        }
        Self { header, rows }
    }

    #[track_caller]
    pub(crate) fn place(&self, column: &str) -> usize {
        let place = self.header.iter().position(|c| c == column);
        place.unwrap_or_else(|| panic!("no column {column} in {:?}", self.header))
    }

    #[track_caller]
    pub(crate) fn column(&self, column: &str) -> Vec<&str> {
        let place = self.place(column);
        self.rows.iter().map(|row| row[place].as_str()).collect()
    }

    #[track_caller]
    pub(crate) fn numbers(&self, column: &str) -> Vec<usize> {
        self.column(column).iter().map(|cell| cell.parse().unwrap()).collect()
    }

    #[track_caller]
    pub(crate) fn scores(&self, column: &str) -> Vec<f64> {
        self.column(column).iter().map(|cell| score(cell)).collect()
    }

    #[track_caller]
    pub(crate) fn pairs(&self, one: &str, other: &str) -> impl Iterator<Item = (String, String)> {
        let (one, other) = (self.column(one), self.column(other));
        let pairs: Vec<_> = one.iter().zip(other).map(|(a, b)| ((*a).to_owned(), b.to_owned())).collect();
        pairs.into_iter()
    }

    /// The pairs of reports that the rows are about.
    pub(crate) fn documents(&self) -> BTreeSet<(String, String)> {
        self.pairs("de_doc", "vi_doc").collect()
    }
}

/// A score as the tables have it: from 0 to 1 with four decimals.
#[track_caller]
pub(crate) fn score(cell: &str) -> f64 {
    let decimals = cell.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    assert_eq!(decimals, 4, "four decimals are wanted: {cell}");
    let score = cell.parse().unwrap();
    assert!((0.0..=1.0).contains(&score), "{cell}");
    score
}

/// A bead of a ladder: the lines of both sides, and the score.
pub(crate) type Bead = (Vec<usize>, Vec<usize>, f64);

/// A line of a ladder: `[0, 1]:[0]:0.9731`.
#[track_caller]
pub(crate) fn bead(line: &str) -> Bead {
    let side = |text: &str| -> Vec<usize> {
        let inner = text.strip_prefix('[').and_then(|t| t.strip_suffix(']'));
        let inner = inner.unwrap_or_else(|| panic!("no brackets: {line}"));
        inner.split(", ").filter(|n| !n.is_empty()).map(|n| n.parse().unwrap()).collect()
    };
    let parts: Vec<&str> = line.split(':').collect();
    let [de, vi, last] = parts[..] else { panic!("three parts are wanted: {line}") };
    let (de, vi) = (side(de), side(vi));
    assert!(!(de.is_empty() && vi.is_empty()), "nothing on either side: {line}");
    (de, vi, score(last))
}

/// Fails the test unless the beads hold every line of both sides once.
#[track_caller]
pub(crate) fn assert_tiled(beads: &[Bead], german: usize, vietnamese: usize) {
    let mut de: Vec<usize> = beads.iter().flat_map(|b| b.0.clone()).collect();
    let mut vi: Vec<usize> = beads.iter().flat_map(|b| b.1.clone()).collect();
    de.sort_unstable();
    vi.sort_unstable();
    assert_eq!(de, (0..german).collect::<Vec<_>>(), "German lines");
    assert_eq!(vi, (0..vietnamese).collect::<Vec<_>>(), "Vietnamese lines");
}
