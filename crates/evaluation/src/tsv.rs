//! Tables with a header line and tabs, no quoting; columns are found by name, others are passed over.

use std::fs::File;
use std::path::Path;
use std::str::FromStr;

use csv::{ReaderBuilder, StringRecord};

use crate::EvaluationError;

/// A table that was read whole.
pub(crate) struct Tsv {
    name: String,
    head: StringRecord,
    rows: Vec<StringRecord>,
}

/// A column's place.
#[derive(Clone, Copy)]
pub(crate) struct Column {
    index: usize,
    name: &'static str,
}

impl Tsv {
    /// Reads a UTF-8 file.
    pub(crate) fn read(path: &Path) -> Result<Self, EvaluationError> {
        let name = path.display().to_string();
        let file = File::open(path).map_err(|e| EvaluationError::read(path, e))?;
        let mut reader = ReaderBuilder::new().delimiter(b'\t').quoting(false).from_reader(file);
        let failed = |error: csv::Error| {
            let line = error.position().map_or(1, csv::Position::line);
            match error.into_kind() {
                csv::ErrorKind::Io(source) => EvaluationError::read(path, source),
                csv::ErrorKind::UnequalLengths { expected_len, len, .. } => EvaluationError::line(
                    &path.display().to_string(),
                    line,
                    format!(
                        "{len} fields where the first line has {expected_len}; fields are parted by tabs"
                    ),
                ),
                csv::ErrorKind::Utf8 { .. } => {
                    EvaluationError::line(&path.display().to_string(), line, "not UTF-8; convert the file")
                }
                _ => EvaluationError::line(&path.display().to_string(), line, "not a table parted by tabs"),
            }
        };
        let head = reader.headers().map_err(failed)?.clone();
        let rows = reader.records().collect::<Result<Vec<_>, _>>().map_err(failed)?;
        Ok(Self { name, head, rows })
    }

    /// The column of that name.
    pub(crate) fn column(&self, name: &'static str) -> Result<Column, EvaluationError> {
        self.optional_column(name)
            .ok_or_else(|| EvaluationError::Column { name: self.name.clone(), column: name })
    }

    /// The column of that name, if there is one.
    pub(crate) fn optional_column(&self, name: &'static str) -> Option<Column> {
        let index = self.head.iter().position(|column| column.trim_start_matches('\u{feff}') == name)?;
        Some(Column { index, name })
    }

    pub(crate) fn rows(&self) -> &[StringRecord] {
        &self.rows
    }

    /// A field as text.
    pub(crate) fn text<'a>(&self, row: &'a StringRecord, column: Column) -> &'a str {
        debug_assert!(column.index < self.head.len());
        row.get(column.index).unwrap_or_default()
    }

    /// A field as a number.
    pub(crate) fn number<N: FromStr>(
        &self,
        row: &StringRecord,
        column: Column,
    ) -> Result<N, EvaluationError> {
        let text = self.text(row, column);
        text.trim()
            .parse()
            .map_err(|_| self.error(row, format!("column '{}': '{text}' is no number", column.name)))
    }

    /// An error in a row.
    pub(crate) fn error(&self, row: &StringRecord, message: impl Into<String>) -> EvaluationError {
        EvaluationError::line(&self.name, row.position().map_or(1, csv::Position::line), message)
    }
}
