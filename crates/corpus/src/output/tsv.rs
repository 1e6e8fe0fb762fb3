//! pairs.tsv: UTF-8, LF, one header line, no quoting.

use std::fmt::Display;
use std::io::{self, Read, Write};
use std::str::FromStr;

use csv::{QuoteStyle, StringRecord};
use satzpaar_language::Span;

use crate::error::CorpusError;
use crate::output::{WritePairs, four_decimals, one_line};
use crate::pair::Pair;

/// The columns of pairs.tsv, in its order.
pub const COLUMNS: [&str; 12] = [
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

/// Writes pairs.tsv.
#[derive(Debug)]
pub struct TsvWriter<W: Write> {
    csv: csv::Writer<W>,
}

impl<W: Write> TsvWriter<W> {
    /// A writer; it writes the header line.
    ///
    /// # Errors
    /// What `out` says.
    pub fn new(out: W) -> io::Result<Self> {
        Self::with_columns(out, &[])
    }

    /// A writer of further columns after those of pairs.tsv; it writes the header line.
    ///
    /// # Errors
    /// What `out` says.
    pub fn with_columns(out: W, more: &[&str]) -> io::Result<Self> {
        let mut csv = csv::WriterBuilder::new()
            .delimiter(b'\t')
            .quote_style(QuoteStyle::Never)
            .terminator(csv::Terminator::Any(b'\n'))
            .from_writer(out);
        csv.write_record(COLUMNS.iter().chain(more)).map_err(io_error)?;
        Ok(Self { csv })
    }

    /// Writes one pair and its fields in the further columns, as many as the header has.
    ///
    /// # Errors
    /// What the output says; another number of fields than of columns.
    pub fn write_with(&mut self, pair: &Pair, more: &[&str]) -> io::Result<()> {
        let number = |value: usize| value.to_string();
        let row = [
            &*one_line(&pair.de_doc),
            &*one_line(&pair.vi_doc),
            &four_decimals(pair.doc_score),
            &number(pair.de.start),
            &number(pair.de.end),
            &number(pair.vi.start),
            &number(pair.vi.end),
            &format!("{}-{}", pair.bead.0, pair.bead.1),
            &four_decimals(pair.score),
            pair.kind.as_str(),
            &*one_line(&pair.de_text),
            &*one_line(&pair.vi_text),
        ];
        for field in row {
            self.csv.write_field(field).map_err(io_error)?;
        }
        for field in more {
            self.csv.write_field(&*one_line(field)).map_err(io_error)?;
        }
        self.csv.write_record(None::<&[u8]>).map_err(io_error)
    }
}

impl<W: Write> WritePairs for TsvWriter<W> {
    fn write(&mut self, pair: &Pair) -> io::Result<()> {
        self.write_with(pair, &[])
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.csv.flush()
    }
}

/// What lies below an error of the csv crate, so that a closed pipe stays one.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// Reads pairs.tsv row by row; columns are found by their names, further ones are passed over.
#[derive(Debug)]
pub struct PairReader<R: Read> {
    csv: csv::Reader<Tail<R>>,
    name: String,
    /// The header line, to know it again further down.
    header: StringRecord,
    /// Where each of [`COLUMNS`] stands.
    places: [usize; COLUMNS.len()],
    record: StringRecord,
}

impl<R: Read> PairReader<R> {
    /// A reader of `reader`, called `name` in messages; it reads the header line.
    ///
    /// # Errors
    /// A column that is missing; a file that cannot be read.
    pub fn new(reader: R, name: impl Into<String>) -> Result<Self, CorpusError> {
        let name = name.into();
        // Lengths are checked here, for the message's sake.
        let mut csv = csv::ReaderBuilder::new()
            .delimiter(b'\t')
            .quoting(false)
            .flexible(true)
            .from_reader(Tail::new(reader));
        let header = csv.headers().map_err(|error| csv_error(error, &name))?.clone();
        let mut places = [0; COLUMNS.len()];
        for (place, column) in places.iter_mut().zip(COLUMNS) {
            let found = header.iter().position(|field| field.trim_start_matches('\u{FEFF}') == column);
            *place = found.ok_or_else(|| CorpusError::Content {
                name: name.clone(),
                line: 1,
                message: format!(
                    "the column '{column}' is missing; the header line has to name {}",
                    COLUMNS.join(", ")
                ),
            })?;
        }
        Ok(Self { csv, name, header, places, record: StringRecord::new() })
    }

    /// The line of the row that was read last, from 1; 0 before the first.
    pub fn line(&self) -> u64 {
        self.record.position().map_or(0, csv::Position::line)
    }

    /// Where a further column stands, for [`Self::field`]; `None` if the header line does not name it.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|field| field.trim_start_matches('\u{FEFF}') == name)
    }

    /// A field of the row that was read last; `None` if the row is shorter.
    pub fn field(&self, column: usize) -> Option<&str> {
        self.record.get(column)
    }

    /// Whether, all rows read, the file turned out to end within a line: the last row may lack the end of its last text.
    pub fn ends_within_a_line(&self) -> bool {
        self.csv.get_ref().last.is_some_and(|byte| byte != b'\n' && byte != b'\r')
    }

    fn row(&self) -> Result<Pair, CorpusError> {
        if COLUMNS.iter().zip(self.places).all(|(column, place)| self.record.get(place) == Some(column)) {
            return Err(self.error("a second header line; give one table, with one header line at its start"));
        }
        if self.record.len() > self.header.len() {
            return Err(self.error(format!(
                "{} columns where the header line names {}; a tab in a text has to be a space, and tables of other columns go into files of their own",
                self.record.len(),
                self.header.len()
            )));
        }
        if self.record.len() < self.csv_width() {
            let message =
                format!("the line is cut off: {} of {} columns", self.record.len(), self.csv_width());
            return Err(self.error(message));
        }
        let text = |column: usize| self.record.get(self.places[column]).unwrap_or_default().to_owned();
        let bead = text(7);
        let bead = bead
            .split_once('-')
            .and_then(|(de, vi)| Some((de.parse().ok()?, vi.parse().ok()?)))
            .ok_or_else(|| self.error(format!("column 'bead': '{bead}' is not of the form 2-1")))?;
        Ok(Pair {
            de_doc: text(0),
            vi_doc: text(1),
            doc_score: self.score(2)?,
            de: self.span(3)?,
            vi: self.span(5)?,
            bead,
            score: self.score(8)?,
            kind: text(9)
                .parse()
                .map_err(|message: String| self.error(format!("column 'kind': {message}")))?,
            de_text: text(10),
            vi_text: text(11),
        })
    }

    /// How many columns a row needs at least.
    fn csv_width(&self) -> usize {
        self.places.iter().max().map_or(0, |place| place + 1)
    }

    fn number<T: FromStr<Err: Display>>(&self, column: usize) -> Result<T, CorpusError> {
        let field = self.record.get(self.places[column]).unwrap_or_default();
        field.parse().map_err(|error| {
            self.error(format!("column '{}': '{field}' is no such number ({error})", COLUMNS[column]))
        })
    }

    fn score(&self, column: usize) -> Result<f64, CorpusError> {
        let score: f64 = self.number(column)?;
        if score.is_finite() {
            return Ok(score);
        }
        Err(self.error(format!("column '{}': {score} is no score", COLUMNS[column])))
    }

    fn span(&self, column: usize) -> Result<Span, CorpusError> {
        let span = Span::new(self.number(column)?, self.number(column + 1)?);
        if span.start <= span.end {
            return Ok(span);
        }
        let (start, end) = (COLUMNS[column], COLUMNS[column + 1]);
        Err(self.error(format!("{start} {} lies behind {end} {}", span.start, span.end)))
    }

    fn error(&self, message: impl Into<String>) -> CorpusError {
        let line = self.record.position().map_or(0, csv::Position::line);
        CorpusError::Content { name: self.name.clone(), line, message: message.into() }
    }
}

impl<R: Read> Iterator for PairReader<R> {
    type Item = Result<Pair, CorpusError>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.csv.read_record(&mut self.record) {
            Ok(false) => None,
            Ok(true) => Some(self.row()),
            Err(error) => Some(Err(csv_error(error, &self.name))),
        }
    }
}

/// A reader that remembers the last byte.
#[derive(Debug)]
struct Tail<R> {
    inner: R,
    last: Option<u8>,
}

impl<R> Tail<R> {
    fn new(inner: R) -> Self {
        Self { inner, last: None }
    }
}

impl<R: Read> Read for Tail<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.last = buffer[..count].last().copied().or(self.last);
        Ok(count)
    }
}

fn csv_error(error: csv::Error, name: &str) -> CorpusError {
    let line = error.position().map_or(1, csv::Position::line);
    match error.into_kind() {
        csv::ErrorKind::Io(error) => CorpusError::read(name, error),
        csv::ErrorKind::Utf8 { .. } => CorpusError::Content {
            name: name.to_owned(),
            line,
            message: "not valid UTF-8; write it as UTF-8".to_owned(),
        },
        other => CorpusError::Content { name: name.to_owned(), line, message: format!("{other:?}") },
    }
}

/// Reads a whole pairs.tsv, called `name` in messages.
///
/// # Errors
/// The first thing that is wrong, with its line: a missing column, a bad number, a line that is cut off.
pub fn read_pairs(reader: impl Read, name: impl Into<String>) -> Result<Vec<Pair>, CorpusError> {
    PairReader::new(reader, name)?.collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::output::{Format, samples};
    use crate::pair::PairKind;

    fn read(text: &str) -> Result<Vec<Pair>, CorpusError> {
        read_pairs(text.as_bytes(), "pairs.tsv")
    }

    #[test]
    fn rows_stand_as_the_contract_says() {
        let text = samples::written(Format::Tsv);
        let mut lines = text.lines();
        let header = "de_doc\tvi_doc\tdoc_score\tde_start\tde_end\tvi_start\tvi_end\tbead\tscore\tkind\tde_text\tvi_text";
        assert_eq!(lines.next(), Some(header));
        let row = "a/b\tx\t0.9877\t3\t40\t0\t31\t2-1\t0.5000\tparallel\tEr rief: \"Tor!\" und  lief & sprang < 3 m.\tAnh ấy hô: 'Vào!' rồi \u{1}chạy.";
        assert_eq!(lines.next(), Some(row));
        assert!(!text.contains('\r') && text.ends_with('\n'));
    }

    #[test]
    fn columns_are_found_by_name() {
        let text = "\u{FEFF}note\tvi_text\tde_text\tkind\tscore\tbead\tvi_end\tvi_start\tde_end\tde_start\tdoc_score\tvi_doc\tde_doc\r\n\
            n\tVâng.\tJa.\tparallel\t0.5\t1-1\t4\t3\t2\t1\t1\tv\td\r\n";
        let pairs = read(text).unwrap();
        assert_eq!((pairs[0].de, pairs[0].vi), (Span::new(1, 2), Span::new(3, 4)));
        assert_eq!((&*pairs[0].de_text, &*pairs[0].vi_doc), ("Ja.", "v"));
    }

    #[test]
    fn what_is_wrong_is_named_with_file_and_line() {
        let good = samples::written(Format::Tsv);
        for (from, to, told) in [
            ("doc_score\t", "docscore\t", "pairs.tsv:1: the column 'doc_score' is missing"),
            ("\t40\t", "\tvierzig\t", "pairs.tsv:2: column 'de_end': 'vierzig' is no such number"),
            ("\t3\t40\t", "\t50\t40\t", "pairs.tsv:2: de_start 50 lies behind de_end 40"),
            ("\t2-1\t", "\t2\t", "pairs.tsv:2: column 'bead'"),
            ("\t0.5000\t", "\tNaN\t", "pairs.tsv:2: column 'score'"),
            ("comparable", "other", "pairs.tsv:3: column 'kind': 'other'"),
            (
                "\tcomparable\t\"Ja\", sagte sie.\t\"Vâng\", cô nói.",
                "\tcompar",
                "pairs.tsv:3: the line is cut off: 10 of 12",
            ),
            ("Anh ấy hô", "Anh\tấy hô", "pairs.tsv:2: 13 columns where the header line names 12"),
        ] {
            assert!(good.contains(from), "{from}");
            let error = read(&good.replacen(from, to, 1)).unwrap_err().to_string();
            assert!(error.starts_with(told), "{error}");
        }
        let error = read_pairs(&b"de_doc\t\xFF\n"[..], "x").unwrap_err().to_string();
        assert!(error.starts_with("x:1: not valid UTF-8"), "{error}");
    }

    #[test]
    fn two_tables_in_one_and_a_cut_off_end_are_seen() {
        let good = samples::written(Format::Tsv);
        let error = read(&format!("{good}{good}")).unwrap_err().to_string();
        assert!(error.starts_with("pairs.tsv:4: a second header line"), "{error}");
        for (text, cut) in [(&*good, false), (good.trim_end(), true), (COLUMNS.join("\t").as_str(), true)] {
            let mut reader = PairReader::new(text.as_bytes(), "pairs.tsv").unwrap();
            assert!(reader.by_ref().all(|row| row.is_ok()));
            assert_eq!(reader.ends_within_a_line(), cut);
        }
    }

    #[test]
    fn an_empty_file_lacks_its_header() {
        assert!(read("").unwrap_err().to_string().contains("'de_doc' is missing"));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(
            docs in prop::collection::vec(("\\PC{1,8}", "\\PC{1,8}", 0_u32..=10_000, 0_usize..99, 0_usize..99, any::<bool>(), "\\PC*", "\\PC*"), 0..5),
        ) {
            let pairs: Vec<Pair> = docs.into_iter().map(|(de_doc, vi_doc, score, start, len, parallel, de_text, vi_text)| Pair {
                de_doc, vi_doc,
                doc_score: f64::from(score) / 10_000.0,
                de: Span::new(start, start + len),
                vi: Span::new(len, start + len),
                bead: (start, len),
                score: f64::from(score) / 10_000.0,
                kind: if parallel { PairKind::Parallel } else { PairKind::Comparable },
                de_text, vi_text,
            }).collect();
            let mut out = Vec::new();
            let mut writer = Format::Tsv.writer(&mut out).unwrap();
            for pair in &pairs {
                writer.write(pair).unwrap();
            }
            writer.finish().unwrap();
            prop_assert_eq!(read_pairs(&*out, "t").unwrap(), pairs);
        }
    }
}
