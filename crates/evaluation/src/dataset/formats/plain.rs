//! Line-aligned plain text, which Moses and sacrebleu read.

use std::io::Write;

use satzpaar_corpus::output::{MosesWriter, WritePairs};

use super::{Folder, Rows, clean};
use crate::dataset::error::DatasetError;
use crate::dataset::files::WrittenFile;

/// Writes `SPLIT.de` and `SPLIT.vi`, and with `documents` `SPLIT.docids`, a document (the German report) a line.
pub(super) fn write(
    rows: &Rows,
    split: usize,
    folder: &Folder,
    documents: bool,
) -> Result<Vec<WrittenFile>, DatasetError> {
    let name = rows.name(split);
    let mut files = folder.write_both([&format!("{name}.de"), &format!("{name}.vi")], |de, vi| {
        let mut writer = Box::new(MosesWriter::new(de, vi));
        for row in rows.of(split) {
            writer.write(row.pair)?;
        }
        writer.finish()
    })?;
    if documents {
        files.push(folder.write(&format!("{name}.docids"), |out| {
            rows.of(split).try_for_each(|row| writeln!(out, "{}", clean(&row.pair.de_doc)))
        })?);
    }
    Ok(files)
}
