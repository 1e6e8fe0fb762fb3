//! Sentence vectors that another program made: a file of texts, one a line, and a file of as many rows of raw float32.
//!
//! The texts are sentences and groups of sentences that follow each other (overlaps), as vecalign has them (Thompson and Koehn 2019,
//! Vecalign: Improved Sentence Alignment in Linear Time and Space).

use std::collections::{BTreeSet, HashMap};
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;
use std::sync::Arc;

use crate::error::CorpusError;
use crate::lines::read_lines;

/// An overlap is cut after so many characters: no encoder reads more.
const MOST_CHARACTERS: usize = 10_000;
/// What stands for a line without text.
const BLANK: &str = "BLANK_LINE";
/// What stands for a group that would begin before the first line.
const PADDING: &str = "PAD";

/// The text under which a group of lines in a row is looked up: each without the blanks around it, joined by one blank, cut after 10,000
/// characters.
pub fn overlap<S: AsRef<str>>(lines: &[S]) -> String {
    let mut text = String::new();
    for (i, line) in lines.iter().enumerate() {
        if i > 0 {
            text.push(' ');
        }
        let line = line.as_ref().trim();
        // A carriage return would end the line in what others read.
        text.extend(
            (if line.is_empty() { BLANK } else { line }).chars().map(|c| if c == '\r' { ' ' } else { c }),
        );
    }
    if let Some((end, _)) = text.char_indices().nth(MOST_CHARACTERS) {
        text.truncate(end);
    }
    text.truncate(text.trim_end().len());
    text
}

/// Adds every [`overlap`] of one to `most` of these lines in a row. As in vecalign's overlap files a set, to be written in the order of
/// its bytes, with `PAD` in it if groups are.
pub fn add_overlaps<S: AsRef<str>>(lines: &[S], most: usize, overlaps: &mut BTreeSet<String>) {
    for size in 1..=most {
        overlaps.extend(lines.windows(size).map(overlap));
    }
    if most > 1 && !lines.is_empty() {
        overlaps.insert(PADDING.to_owned());
    }
}

/// Texts and their vectors.
#[derive(Clone, Debug)]
pub struct Embeddings {
    rows: HashMap<String, u32>,
    values: Arc<[f32]>,
    dimension: usize,
}

impl Embeddings {
    /// Reads a file of texts (also .gz, .zst) and the file of their vectors: raw little-endian float32, a row for each line of the texts, in
    /// their order. The rows are brought to length 1. Where a text stands twice, its first row counts.
    ///
    /// # Errors
    /// Files that cannot be read; vectors whose size is no multiple of the number of texts; a row with a value that is no finite number, or
    /// with nothing but zeros (the error names the row, counted from 1).
    pub fn read(texts: &Path, vectors: &Path) -> Result<Self, CorpusError> {
        let name = vectors.display().to_string();
        let lines = read_lines(texts, None)?;
        let fault = |message: String| CorpusError::File { name: name.clone(), message };
        if lines.is_empty() {
            let message = "holds no text: `satzpaar overlaps` writes such a file".to_owned();
            return Err(CorpusError::File { name: texts.display().to_string(), message });
        }
        let mut values = read_floats(vectors)?;
        if values.is_empty() || values.len() % lines.len() != 0 {
            return Err(fault(format!(
                "{} numbers are no whole row for each of the {} lines of {}: encode that very file again, a row a line, as raw float32",
                values.len(),
                lines.len(),
                texts.display()
            )));
        }
        let dimension = values.len() / lines.len();
        for (row, vector) in (1..).zip(values.chunks_exact_mut(dimension)) {
            normalize(vector).map_err(|message| CorpusError::Content {
                name: name.clone(),
                line: row,
                message,
            })?;
        }
        let mut rows = HashMap::with_capacity(lines.len());
        for (row, line) in (0..).zip(&lines) {
            rows.entry(line.trim().to_owned()).or_insert(row);
        }
        Ok(Self { rows, values: values.into(), dimension })
    }

    /// The row of a text as [`overlap`] gives it.
    pub fn row(&self, text: &str) -> Option<u32> {
        self.rows.get(text).copied()
    }

    /// Numbers in a row.
    pub const fn dimension(&self) -> usize {
        self.dimension
    }

    /// The rows, one after the other, each of length 1.
    pub fn values(&self) -> Arc<[f32]> {
        Arc::clone(&self.values)
    }

    /// Looks up all groups of one to `most` of these lines in a row: for each size the row of the group that begins at each line, `None` for
    /// groups with a line without text. There may be fewer sizes than `most`: none of the next was found.
    ///
    /// # Errors
    /// The size and the lines (from 0) of the first group that is missing though lines, or other groups of its size, are there.
    pub fn groups<S: AsRef<str>>(&self, lines: &[S], most: usize) -> Result<Vec<Vec<Option<u32>>>, Missing> {
        let mut sizes = Vec::new();
        for size in 1..=most {
            let mut rows = Vec::new();
            let mut missing = None;
            for (first, group) in lines.windows(size).enumerate() {
                if group.iter().any(|line| line.as_ref().trim().is_empty()) {
                    rows.push(None);
                    continue;
                }
                let row = self.row(&overlap(group));
                if row.is_none() && missing.is_none() {
                    missing = Some(first);
                }
                rows.push(row);
            }
            match missing {
                Some(first) if size == 1 || rows.iter().any(Option::is_some) => {
                    return Err(Missing { first, size, text: overlap(&lines[first..first + size]) });
                }
                Some(_) => break,
                None => sizes.push(rows),
            }
        }
        Ok(sizes)
    }
}

/// A group of lines without a vector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The first line, from 0.
    pub first: usize,
    /// How many lines.
    pub size: usize,
    /// The text that was looked up.
    pub text: String,
}

/// Reads raw little-endian float32.
fn read_floats(path: &Path) -> Result<Vec<f32>, CorpusError> {
    let name = || path.display().to_string();
    if path.symlink_metadata().is_err() {
        return Err(CorpusError::Missing(path.to_owned()));
    }
    let error = |error| CorpusError::read(name(), error);
    let file = File::open(path).map_err(error)?;
    let size = file.metadata().map_err(error)?.len();
    let mut reader = BufReader::with_capacity(1 << 16, file);
    let mut values = Vec::with_capacity(usize::try_from(size / 4).unwrap_or(0).min(1 << 28));
    let mut buffer = [0_u8; 1 << 14];
    // Bytes of a number that the last read cut in two.
    let mut kept = 0;
    loop {
        let read = reader.read(&mut buffer[kept..]).map_err(error)?;
        let filled = kept + read;
        if values.is_empty() && buffer[..filled].starts_with(b"\x93NUMPY") {
            let message = "a NumPy file: write the bare numbers with array.astype('float32').tofile(…)";
            return Err(CorpusError::File { name: name(), message: message.to_owned() });
        }
        let (numbers, rest) = buffer[..filled].as_chunks::<4>();
        values.extend(numbers.iter().map(|bytes| f32::from_le_bytes(*bytes)));
        kept = rest.len();
        if read == 0 {
            break;
        }
        buffer.copy_within(filled - kept..filled, 0);
    }
    if kept > 0 {
        let message = "the size is no multiple of 4 bytes: raw float32 is wanted; was the file cut off?";
        return Err(CorpusError::File { name: name(), message: message.to_owned() });
    }
    Ok(values)
}

/// Brings a vector to length 1, or says why that cannot be done.
fn normalize(vector: &mut [f32]) -> Result<(), String> {
    if let Some(value) = vector.iter().find(|v| !v.is_finite()) {
        return Err(format!("this row holds {value}: encode the text again, as raw little-endian float32"));
    }
    let length = vector.iter().map(|v| f64::from(*v).powi(2)).sum::<f64>().sqrt();
    if length == 0.0 {
        return Err("this row holds nothing but zeros: encode the text again".to_owned());
    }
    for value in vector {
        *value = (f64::from(*value) / length) as f32;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use proptest::prelude::*;

    use super::*;

    fn files(texts: &str, bytes: &[u8]) -> (tempfile::TempDir, PathBuf, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let (t, v) = (folder.path().join("o.txt"), folder.path().join("v.f32"));
        std::fs::write(&t, texts).unwrap();
        std::fs::write(&v, bytes).unwrap();
        (folder, t, v)
    }

    fn floats(values: &[f32]) -> Vec<u8> {
        values.iter().flat_map(|v| v.to_le_bytes()).collect()
    }

    fn fails(texts: &str, bytes: &[u8]) -> String {
        let (_folder, t, v) = files(texts, bytes);
        Embeddings::read(&t, &v).unwrap_err().to_string()
    }

    #[test]
    fn overlaps_are_sentences_and_their_groups() {
        let mut found = BTreeSet::new();
        add_overlaps(&["Es regnet. ", "", "Wir gehen."], 2, &mut found);
        let found: Vec<_> = found.iter().map(String::as_str).collect();
        let wanted = [
            "BLANK_LINE",
            "BLANK_LINE Wir gehen.",
            "Es regnet.",
            "Es regnet. BLANK_LINE",
            "PAD",
            "Wir gehen.",
        ];
        assert_eq!(found, wanted);
        assert_eq!(overlap(&["ß".repeat(20_000)]).chars().count(), 10_000);
        assert_eq!(overlap(&["a\rb", "c"]), "a b c");
    }

    #[test]
    fn rows_are_found_by_their_text_and_have_length_one() {
        let (_folder, t, v) = files("b\na\nb\n", &floats(&[3.0, 4.0, 0.0, 2.0, 1.0, 0.0]));
        let read = Embeddings::read(&t, &v).unwrap();
        assert_eq!(
            (read.dimension(), read.row("b"), read.row("a"), read.row("c")),
            (2, Some(0), Some(1), None)
        );
        assert!((read.values()[0] - 0.6).abs() < 1e-6 && (read.values()[3] - 1.0).abs() < 1e-6);
    }

    #[test]
    fn bad_files_are_errors_that_say_what_to_do() {
        assert!(
            fails("a\nb\n", &floats(&[1.0, 2.0, 3.0]))
                .contains("3 numbers are no whole row for each of the 2 lines")
        );
        assert!(fails("a\n", &[]).contains("0 numbers"));
        assert!(fails("a\n", &[0, 0, 128, 63, 7]).contains("no multiple of 4 bytes"));
        assert!(fails("", &floats(&[1.0])).contains("holds no text"));
        assert!(fails("a\nb\n", &floats(&[1.0, 0.0, f32::NAN, 1.0])).contains("v.f32:2: this row holds NaN"));
        assert!(fails("a\n", &floats(&[f32::INFINITY])).contains(":1: this row holds inf"));
        assert!(
            fails("a\nb\n", &floats(&[1.0, 0.0, 0.0, 0.0])).contains(":2: this row holds nothing but zeros")
        );
        assert!(fails("a\n", b"\x93NUMPY\x01\x00v\0").contains("a NumPy file"));
    }

    #[test]
    fn groups_that_are_missing_are_named_and_missing_sizes_end_the_list() {
        let (_folder, t, v) = files("a\nb\na b\nc\n", &floats(&[1.0; 4]));
        let read = Embeddings::read(&t, &v).unwrap();
        assert_eq!(
            read.groups(&["a", "b"], 4).unwrap(),
            [vec![Some(0), Some(1)], vec![Some(2)], vec![], vec![]]
        );
        assert_eq!(read.groups(&["b", " ", "a"], 2).unwrap()[1], [None, None]);
        assert_eq!(read.groups(&["b", "a"], 4).unwrap().len(), 1);
        let missing = read.groups(&["a", "x"], 1).unwrap_err();
        assert_eq!((missing.first, missing.size, &*missing.text), (1, 1, "x"));
        let missing = read.groups(&["a", "b", "c"], 2).unwrap_err();
        assert_eq!((missing.first, missing.size, &*missing.text), (1, 2, "b c"));
    }

    proptest! {
        #[test]
        fn what_is_written_is_found(lines in proptest::collection::vec("[a-zß ]{0,5}", 1..12), most in 1_usize..5) {
            let mut texts = BTreeSet::new();
            add_overlaps(&lines, most, &mut texts);
            let text: String = texts.iter().flat_map(|t| [t.as_str(), "\n"]).collect();
            let (_folder, t, v) = files(&text, &floats(&vec![1.0; texts.len()]));
            let read = Embeddings::read(&t, &v).unwrap();
            prop_assert_eq!(read.groups(&lines, most).unwrap().len(), most);
        }
    }
}
