//! Reading the table of pairs: what is wrong is named line by line and left out, the rest is read.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use satzpaar_corpus::{CorpusError, Pair, PairReader, open_file};
use xxhash_rust::xxh3::xxh3_64;

use super::formats::HashingReader;
use super::text::{mix, nfc};
use super::{DatasetError, InputFile};

/// Faults that are told one by one; what comes after is counted.
const TOLD: usize = 20;

/// A row of the input table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Which row, from 1, the header not counted.
    pub row: usize,
    /// The pair; texts in NFC.
    pub pair: Pair,
}

impl Row {
    /// A row with its texts in NFC.
    pub fn new(row: usize, mut pair: Pair) -> Self {
        pair.de_text = nfc(pair.de_text);
        pair.vi_text = nfc(pair.vi_text);
        Self { row, pair }
    }
}

/// A table of pairs as read.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The rows that could be read, in their order.
    pub rows: Vec<Row>,
    /// What was wrong with the others, one line each, with file, line and remedy; after the first few only how many more.
    pub faults: Vec<String>,
    /// How many rows were left out.
    pub left_out: u64,
}

/// Reads a pairs.tsv (also .gz and .zst; `-` is standard input). Columns are found by name. Rows that are no pairs (too few or too many
/// columns, numbers out of range, a span that ends before it starts, a pair that an earlier row has already, a last line that is cut
/// off) are left out and named.
///
/// # Errors
/// A file that cannot be read, a column that is missing.
pub fn read_table(path: &Path) -> Result<(Table, InputFile), DatasetError> {
    let name = if path.as_os_str() == "-" { "standard input".to_owned() } else { path.display().to_string() };
    if path.as_os_str() == "-" {
        let mut hashing = HashingReader::new(open_file(path)?);
        let table = read_rows(&mut hashing, &name)?;
        return Ok((table, described(hashing, name)));
    }
    let file = open_file(path)?;
    // The hash is that of the file as it lies there, compressed or not.
    let short = path.file_name().map_or_else(|| name.clone(), |name| name.to_string_lossy().into_owned());
    let (table, input) = rayon::join(|| read_rows(file, &name), || describe_file(path, short));
    Ok((table?, input?))
}

/// [`read_table`] from a stream called `name` in messages.
///
/// # Errors
/// Those of [`read_table`].
fn read_rows(reader: impl Read, name: &str) -> Result<Table, DatasetError> {
    let mut reader = PairReader::new(reader, name)?;
    let mut table = Table::default();
    let mut seen: HashMap<u64, u64> = HashMap::new();
    let mut more = 0_usize;
    let mut number = 0;
    let mut told = |faults: &mut Vec<String>, left_out: &mut u64, message: String| {
        *left_out += 1;
        if faults.len() < TOLD { faults.push(message) } else { more += 1 }
    };
    while let Some(row) = reader.next() {
        number += 1;
        let checked = row.and_then(|pair| check(pair, name, reader.line(), &mut seen));
        match checked {
            Ok(pair) => table.rows.push(Row::new(number, pair)),
            Err(error @ CorpusError::Content { .. }) => {
                told(&mut table.faults, &mut table.left_out, format!("{error}; left out"));
            }
            Err(error) => return Err(error.into()),
        }
    }
    if reader.ends_within_a_line() && table.rows.pop_if(|row| row.row == number).is_some() {
        let message = format!(
            "{name}:{}: the file ends within this line, its text may be cut off; left out – write the table again, or end the line if it is whole",
            reader.line()
        );
        told(&mut table.faults, &mut table.left_out, message);
    }
    if more > 0 {
        table.faults.push(format!("{name}: {more} more rows are left out for such faults"));
    }
    Ok(table)
}

/// What a row has to be beyond what [`PairReader`] asks for.
fn check(pair: Pair, name: &str, line: u64, seen: &mut HashMap<u64, u64>) -> Result<Pair, CorpusError> {
    let error = |message: String| CorpusError::Content { name: name.to_owned(), line, message };
    for (column, score) in [("doc_score", pair.doc_score), ("score", pair.score)] {
        if !(0.0..=1.0).contains(&score) {
            return Err(error(format!(
                "column '{column}': {score} lies outside 0 to 1, it is no probability"
            )));
        }
    }
    let names = mix(xxh3_64(pair.de_doc.as_bytes()), xxh3_64(pair.vi_doc.as_bytes()));
    let spans = [pair.de.start, pair.de.end, pair.vi.start, pair.vi.end];
    let key = spans.iter().fold(names, |key, place| mix(key, *place as u64));
    if let Some(first) = seen.insert(key, line) {
        seen.insert(key, first);
        return Err(error(format!("the same reports and spans as line {first}: a duplicate row")));
    }
    Ok(pair)
}

/// Length and SHA-256 of a file on the disk.
///
/// # Errors
/// A file that cannot be read.
pub fn describe_file(path: &Path, name: String) -> Result<InputFile, DatasetError> {
    let file = File::open(path).map_err(|error| DatasetError::read(path.display().to_string(), error))?;
    let mut hashing = HashingReader::new(file);
    io::copy(&mut hashing, &mut io::sink())
        .map_err(|error| DatasetError::read(path.display().to_string(), error))?;
    Ok(described(hashing, name))
}

fn described<R>(hashing: HashingReader<R>, name: String) -> InputFile {
    let (bytes, sha256) = hashing.finish();
    InputFile { name, bytes, sha256 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "de_doc\tvi_doc\tdoc_score\tde_start\tde_end\tvi_start\tvi_end\tbead\tscore\tkind\tde_text\tvi_text\n";

    fn row(start: usize, score: &str) -> String {
        format!("a\tb\t1\t{start}\t{}\t0\t9\t1-1\t{score}\tparallel\tEr kommt.\tAnh ấy đến.\n", start + 9)
    }

    fn read(text: &str) -> Table {
        read_rows(text.as_bytes(), "p.tsv").unwrap()
    }

    #[test]
    fn bad_rows_are_named_and_the_others_read() {
        let text = format!(
            "{HEAD}{}{}{}{HEAD}{}a\tb\n{}",
            row(0, "0.9"),
            row(9, "1.5"),
            row(0, "0.9"),
            row(18, "-0.1"),
            row(27, "0.8")
        );
        let table = read(&text);
        assert_eq!(table.rows.iter().map(|row| row.row).collect::<Vec<_>>(), [1, 7]);
        assert_eq!(table.left_out, 5);
        for (fault, start) in table.faults.iter().zip([
            "p.tsv:3: column 'score': 1.5 lies outside 0 to 1",
            "p.tsv:4: the same reports and spans as line 2",
            "p.tsv:5: a second header line",
            "p.tsv:6: column 'score': -0.1",
            "p.tsv:7: the line is cut off: 2 of 12 columns",
        ]) {
            assert!(fault.starts_with(start), "{fault}");
        }
    }

    #[test]
    fn a_file_that_ends_within_a_line_loses_that_line() {
        let text = format!("{HEAD}{}{}", row(0, "0.9"), row(9, "0.9"));
        assert_eq!(read(&text).rows.len(), 2);
        let table = read(text.trim_end());
        assert_eq!((table.rows.len(), table.left_out), (1, 1));
        assert!(table.faults[0].starts_with("p.tsv:3: the file ends within this line"), "{:?}", table.faults);
    }

    #[test]
    fn many_faults_are_counted() {
        let text = format!("{HEAD}{}", "x\n".repeat(50));
        let table = read(&text);
        assert_eq!((table.faults.len(), table.left_out), (TOLD + 1, 50));
        assert!(table.faults[TOLD].contains("30 more rows"), "{}", table.faults[TOLD]);
    }

    #[test]
    fn texts_come_in_nfc() {
        let text = format!("{HEAD}{}", row(0, "0.9").replace("đến", "đe\u{302}\u{301}n"));
        assert_eq!(read(&text).rows[0].pair.vi_text, "Anh ấy đến.");
    }

    #[test]
    fn a_file_is_described_by_its_hash() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "abc").unwrap();
        let input = describe_file(file.path(), "x".to_owned()).unwrap();
        // FIPS 180-2, appendix B.1.
        assert_eq!(input.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(input.bytes, 3);
    }
}
