//! Retrieval: line i translates line i, and a search should find it.

use std::fmt;
use std::fs;
use std::path::Path;

use serde::{Serialize, Serializer};

use crate::EvaluationError;
use crate::calibration::wilson;
use crate::scores::Fraction;
use crate::table::{Z95, interval};
use crate::tsv::Tsv;

/// How many lines found their own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Retrieval {
    /// Lines whose found line is their own, of all that were looked up.
    pub lines: Fraction,
}

impl Retrieval {
    /// From pairs of a line and the line found for it.
    pub fn of(found: impl IntoIterator<Item = (usize, usize)>) -> Self {
        let one = |(line, found)| Fraction { right: u64::from(line == found), all: 1 };
        Self { lines: found.into_iter().map(one).fold(Fraction::default(), |a, b| a + b) }
    }

    /// The share of lines that found another, 1 when nothing was looked up.
    pub fn error(self) -> f64 {
        1.0 - self.lines.value()
    }
}

/// What programs read: `{"right", "lines", "accuracy", "error", "low", "high"}`, the last two Wilson's 95 % interval of accuracy.
impl Serialize for Retrieval {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Row {
            right: u64,
            lines: u64,
            accuracy: f64,
            error: f64,
            low: f64,
            high: f64,
        }
        let Fraction { right, all } = self.lines;
        let i = wilson(right, all, Z95);
        Row { right, lines: all, accuracy: self.lines.value(), error: self.error(), low: i.low, high: i.high }
            .serialize(serializer)
    }
}

impl fmt::Display for Retrieval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Fraction { right, all } = self.lines;
        let i = wilson(right, all, Z95);
        let (accuracy, error) = (self.lines.value(), self.error());
        write!(
            f,
            "retrieval: accuracy {accuracy:.4} ({}), error {error:.4}  ({right} of {all} right)",
            interval(i.low, i.high)
        )
    }
}

/// Scores a search. `path` is a table with columns `de_line` and `vi_line` (0-based), as mining writes it, or a text whose
/// i-th number (from 0) is the line found for line i. Only lines that stand there are counted.
///
/// # Errors
/// When the file cannot be read, has a field that is no line number, or holds nothing.
pub fn score_retrieval(path: &Path) -> Result<Retrieval, EvaluationError> {
    let text = fs::read_to_string(path).map_err(|e| EvaluationError::read(path, e))?;
    let retrieval = if text.lines().next().is_some_and(|head| head.contains("vi_line")) {
        let table = Tsv::read(path)?;
        let [de, vi] = [table.column("de_line")?, table.column("vi_line")?];
        let row = |row| Ok((table.number(row, de)?, table.number(row, vi)?));
        Retrieval::of(table.rows().iter().map(row).collect::<Result<Vec<_>, EvaluationError>>()?)
    } else {
        let mut found = Vec::new();
        for (i, line) in text.lines().enumerate() {
            for word in line.split_whitespace() {
                let number = word.parse().map_err(|_| {
                    let message = format!("'{word}' is no line number; write numbers from 0, one a line");
                    EvaluationError::line(&path.display().to_string(), i as u64 + 1, message)
                })?;
                found.push(number);
            }
        }
        Retrieval::of(found.into_iter().enumerate())
    };
    if retrieval.lines.all == 0 {
        Err(EvaluationError::Empty(path.display().to_string()))
    } else {
        Ok(retrieval)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(text: &str) -> Result<Retrieval, EvaluationError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("found.txt");
        fs::write(&path, text).unwrap();
        score_retrieval(&path)
    }

    #[test]
    fn numbers_and_tables_are_scored_alike() {
        let expected = Retrieval { lines: Fraction { right: 3, all: 4 } };
        assert_eq!(score("0\n1\n0\n3\n").unwrap(), expected);
        let rows = "0.9\t3\t3\ta\tb\n0.8\t0\t0\t\"\tb\n0.7\t2\t0\ta\tb\n0.6\t1\t1\ta\tb\n";
        assert_eq!(score(&format!("score\tde_line\tvi_line\tde_text\tvi_text\n{rows}")).unwrap(), expected);
        assert!((expected.error() - 0.25).abs() < 1e-12);
        assert!(expected.to_string().contains("3 of 4"));
        assert_eq!(serde_json::to_value(expected).unwrap()["accuracy"], 0.75);
    }

    #[test]
    fn errors_name_the_line() {
        assert!(score("0\n\nx\n").unwrap_err().to_string().contains("found.txt:3: 'x' is no line number"));
        assert!(score("").unwrap_err().to_string().contains("nothing to score"));
        assert!(score("vi_line\n0\n").unwrap_err().to_string().contains("no column 'de_line'"));
    }
}
