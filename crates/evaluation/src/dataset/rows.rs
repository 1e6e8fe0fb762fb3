//! Reading pairs back: a pairs.tsv, or the splits of a dataset's folder.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use satzpaar_corpus::{CorpusError, Pair, PairReader};

use crate::EvaluationError;

/// A row of a table of pairs, with the columns that datasets add.
#[derive(Clone, Debug, PartialEq)]
pub struct PairRow {
    /// The pair.
    pub pair: Pair,
    /// The file's name, without the folders above it.
    pub file: String,
    /// The line in it, from 1, the header included.
    pub line: u64,
    /// `id`, if there is such a column and something in it; likewise the next three.
    pub id: Option<String>,
    /// `event`.
    pub event: Option<String>,
    /// `split`.
    pub split: Option<String>,
    /// `contamination`.
    pub contamination: Option<String>,
}

/// What is written into a dataset's folder beside its splits.
const NO_SPLITS: [&str; 2] = ["accepted.tsv", "audit.tsv"];

/// The tables of a dataset's folder that hold its splits, sorted by name: files `NAME.tsv` with all columns of pairs.tsv.
///
/// # Errors
/// A folder that cannot be read, or that holds none.
pub fn split_files(folder: &Path) -> Result<Vec<PathBuf>, EvaluationError> {
    let failed = |error| EvaluationError::read(folder, error);
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let table = path.extension().is_some_and(|ending| ending == "tsv") && path.is_file();
        if table && !NO_SPLITS.contains(&&*name) && has_pairs(&path)? {
            files.push(path);
        }
    }
    files.sort();
    if files.is_empty() {
        return Err(EvaluationError::NoSplits(folder.to_owned()));
    }
    Ok(files)
}

/// Whether a table's first line names every column of pairs.tsv.
fn has_pairs(path: &Path) -> Result<bool, EvaluationError> {
    let table = File::open(path).map_err(|error| EvaluationError::read(path, error))?;
    match PairReader::new(table, path.display().to_string()) {
        Ok(_) => Ok(true),
        Err(CorpusError::Content { .. }) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Reads all rows of a table of pairs, or of the splits in a dataset's folder, in their order.
///
/// # Errors
/// The first thing that is wrong, with file and line; a folder without splits.
pub fn read_rows(path: &Path) -> Result<Vec<PairRow>, EvaluationError> {
    let files = if path.is_dir() { split_files(path)? } else { vec![path.to_owned()] };
    let mut rows = Vec::new();
    for file in files {
        read_table(&file, &mut rows)?;
    }
    Ok(rows)
}

fn read_table(path: &Path, rows: &mut Vec<PairRow>) -> Result<(), EvaluationError> {
    let table = File::open(path).map_err(|error| EvaluationError::read(path, error))?;
    let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut pairs = PairReader::new(table, path.display().to_string())?;
    let places = ["id", "event", "split", "contamination"].map(|column| pairs.column(column));
    while let Some(pair) = pairs.next() {
        let pair = pair?;
        let field = |place: Option<usize>| {
            place.and_then(|place| pairs.field(place)).filter(|field| !field.is_empty()).map(str::to_owned)
        };
        let [id, event, split, contamination] = places.map(field);
        rows.push(PairRow { pair, file: file.clone(), line: pairs.line(), id, event, split, contamination });
    }
    Ok(())
}

#[cfg(test)]
pub(crate) mod tests {
    use satzpaar_corpus::output::COLUMNS;

    use super::*;

    /// A table with the columns of a dataset's split; rows of id, German id, Vietnamese id, score, both texts.
    pub(crate) fn split(name: &str, rows: &[(&str, &str, &str, f64, &str, &str)]) -> String {
        use std::fmt::Write as _;
        let mut table = COLUMNS.join("\t") + "\tid\tevent\tsplit\tcontamination\n";
        for (i, (id, de, vi, score, de_text, vi_text)) in rows.iter().enumerate() {
            let (start, de_end, vi_end) = (i * 1000, i * 1000 + de_text.len(), i * 1000 + vi_text.len());
            let _ = writeln!(
                table,
                "{de}\t{vi}\t0.9\t{start}\t{de_end}\t{start}\t{vi_end}\t1-1\t{score:.4}\tparallel\t{de_text}\t{vi_text}\t{id}\te-{de}\t{name}\t"
            );
        }
        table
    }

    #[test]
    fn a_folder_is_read_split_by_split() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        write("test.tsv", &split("test", &[("b", "d2", "v2", 0.5, "Ja.", "Vâng.")]));
        write("dev.tsv", &split("dev", &[("a", "d1", "v1", 0.9, "Nein.", "Không.")]));
        write("accepted.tsv", &split("dev", &[("a", "d1", "v1", 0.9, "Nein.", "Không.")]));
        write("documents.tsv", "de_doc\tvi_doc\nd1\tv1\n");
        let rows = read_rows(folder.path()).unwrap();
        let seen: Vec<_> =
            rows.iter().map(|r| (&*r.file, r.line, r.id.as_deref(), r.split.as_deref())).collect();
        assert_eq!(seen, [("dev.tsv", 2, Some("a"), Some("dev")), ("test.tsv", 2, Some("b"), Some("test"))]);
        assert_eq!((rows[1].event.as_deref(), &rows[1].contamination), (Some("e-d2"), &None));
    }

    #[test]
    fn what_is_wrong_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let error = read_rows(folder.path()).unwrap_err().to_string();
        assert!(error.contains("no table of pairs"), "{error}");
        let table = folder.path().join("pairs.tsv");
        assert!(read_rows(&table).unwrap_err().to_string().contains("pairs.tsv"));
        fs::write(&table, "de_doc\tvi_doc\n").unwrap();
        assert!(read_rows(&table).unwrap_err().to_string().contains("pairs.tsv:1: the column 'doc_score'"));
    }
}
