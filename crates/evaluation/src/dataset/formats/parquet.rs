//! Parquet with the fields of the JSON lines, written without Arrow.

use std::borrow::Cow;
use std::io;
use std::sync::Arc;

use parquet::basic::Compression;
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::parser::parse_message_type;
use satzpaar_corpus::Pair;

use super::hashed::HashedFile;
use super::tables::{More, with_more};
use super::{Folder, Rows};
use crate::dataset::error::DatasetError;
use crate::dataset::files::WrittenFile;

/// How many rows make a row group: enough for compression, few enough to be held.
const GROUP: usize = 1 << 16;

/// Where a column's values come from.
enum Column {
    Text(for<'a> fn(&'a Pair, &'a More) -> Cow<'a, str>),
    Known(for<'a> fn(&'a More) -> Option<&'a str>),
    Count(fn(&Pair) -> usize),
    Score(fn(&Pair) -> f64),
}

use Column::{Count, Known, Score, Text};

const COLUMNS: [(&str, Column); 24] = [
    ("de_doc", Text(|pair, _| pair.de_doc.as_str().into())),
    ("vi_doc", Text(|pair, _| pair.vi_doc.as_str().into())),
    ("doc_score", Score(|pair| pair.doc_score)),
    ("de_start", Count(|pair| pair.de.start)),
    ("de_end", Count(|pair| pair.de.end)),
    ("vi_start", Count(|pair| pair.vi.start)),
    ("vi_end", Count(|pair| pair.vi.end)),
    ("bead", Text(|pair, _| format!("{}-{}", pair.bead.0, pair.bead.1).into())),
    ("score", Score(|pair| pair.score)),
    ("kind", Text(|pair, _| pair.kind.as_str().into())),
    ("de_text", Text(|pair, _| pair.de_text.as_str().into())),
    ("vi_text", Text(|pair, _| pair.vi_text.as_str().into())),
    ("id", Text(|_, more| more.id.as_str().into())),
    ("event", Text(|_, more| more.event.into())),
    ("split", Text(|_, more| more.split.into())),
    ("contamination", Known(|more| more.contamination)),
    ("de_url", Known(|more| more.de_url)),
    ("de_license", Known(|more| more.de_license)),
    ("de_date", Known(|more| more.de_date)),
    ("de_title", Known(|more| more.de_title)),
    ("vi_url", Known(|more| more.vi_url)),
    ("vi_license", Known(|more| more.vi_license)),
    ("vi_date", Known(|more| more.vi_date)),
    ("vi_title", Known(|more| more.vi_title)),
];

pub(super) fn write(rows: &Rows, split: usize, folder: &Folder) -> Result<Vec<WrittenFile>, DatasetError> {
    let file = folder.write(&format!("{}.parquet", rows.name(split)), |out| {
        write_groups(rows, split, out).map_err(io_error)
    })?;
    Ok(vec![file])
}

fn write_groups(rows: &Rows, split: usize, out: &mut HashedFile) -> Result<(), ParquetError> {
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_statistics_enabled(EnabledStatistics::None)
        .set_created_by("satzpaar".to_owned())
        .build();
    let schema = Arc::new(parse_message_type(&schema())?);
    let mut writer = SerializedFileWriter::new(out, schema, Arc::new(properties))?;
    let mut rows = with_more(rows, split);
    loop {
        let group: Vec<_> = rows.by_ref().take(GROUP).map(|(row, more)| (row.pair, more)).collect();
        if group.is_empty() {
            break;
        }
        let mut writer = writer.next_row_group()?;
        let mut columns = COLUMNS.iter();
        while let (Some(mut out), Some((_, column))) = (writer.next_column()?, columns.next()) {
            write_column(&mut out, column, &group)?;
            out.close()?;
        }
        writer.close()?;
    }
    writer.close().map(drop)
}

fn write_column(
    out: &mut SerializedColumnWriter,
    column: &Column,
    group: &[(&Pair, More)],
) -> Result<(), ParquetError> {
    match column {
        Text(value) => {
            let values: Vec<ByteArray> =
                group.iter().map(|(pair, more)| value(pair, more).into_owned().into_bytes().into()).collect();
            out.typed::<ByteArrayType>().write_batch(&values, None, None)
        }
        Known(value) => {
            let levels: Vec<i16> = group.iter().map(|(_, more)| i16::from(value(more).is_some())).collect();
            let values: Vec<ByteArray> =
                group.iter().filter_map(|(_, more)| value(more)).map(ByteArray::from).collect();
            out.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None)
        }
        Count(value) => {
            let values: Vec<i64> = group.iter().map(|(pair, _)| value(pair) as i64).collect();
            out.typed::<Int64Type>().write_batch(&values, None, None)
        }
        Score(value) => {
            // As rounded as in the other formats.
            let values: Vec<f64> = group.iter().map(|(pair, _)| (value(pair) * 1e4).round() / 1e4).collect();
            out.typed::<DoubleType>().write_batch(&values, None, None)
        }
    }
    .map(drop)
}

fn schema() -> String {
    let columns = COLUMNS.iter().map(|(name, column)| match column {
        Text(_) => format!("REQUIRED BYTE_ARRAY {name} (UTF8); "),
        Known(_) => format!("OPTIONAL BYTE_ARRAY {name} (UTF8); "),
        Count(_) => format!("REQUIRED INT64 {name}; "),
        Score(_) => format!("REQUIRED DOUBLE {name}; "),
    });
    format!("message pairs {{ {} }}", columns.collect::<String>())
}

/// What lies below an error of the crate, so that a full disk stays one.
fn io_error(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(error) => match error.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(error) => io::Error::other(error),
        },
        other => io::Error::other(other),
    }
}
