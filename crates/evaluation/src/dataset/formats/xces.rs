//! XCES as OPUS has it: links between the segments of two documents.

use std::io::{self, Write};

use quick_xml::escape::{escape, partial_escape};
use satzpaar_corpus::Span;
use satzpaar_corpus::output::{WritePairs, XcesWriter};

use super::hashed::HashedFile;
use super::{Folder, Rows, clean};
use crate::dataset::error::DatasetError;
use crate::dataset::files::WrittenFile;

/// The folder of these files.
pub(crate) const FOLDER: &str = "xces";

/// Writes a document a side, and the links between them: segment i of one with segment i of the other. A segment names its report and
/// its bytes there.
pub(super) fn write(rows: &Rows, split: usize, folder: &Folder) -> Result<Vec<WrittenFile>, DatasetError> {
    let name = rows.name(split);
    let (from, to) = (format!("{name}.de.xml"), format!("{name}.vi.xml"));
    let mut files =
        folder.write_both([&format!("{FOLDER}/{from}"), &format!("{FOLDER}/{to}")], |de, vi| {
            let (mut de, mut vi) = (Document::new(de)?, Document::new(vi)?);
            for row in rows.of(split) {
                let id = row.id();
                de.write(&id, &row.pair.de_doc, row.pair.de, &row.pair.de_text)?;
                vi.write(&id, &row.pair.vi_doc, row.pair.vi, &row.pair.vi_text)?;
            }
            de.finish()?;
            vi.finish()
        })?;
    files.push(folder.write(&format!("{FOLDER}/{name}.xml"), |out| {
        let mut writer = Box::new(XcesWriter::new(out)?);
        for (i, row) in rows.of(split).enumerate() {
            let i = i + 1;
            writer.write_link(&from, &to, &format!("{i};{i}"), row.pair.score)?;
        }
        writer.finish()
    })?);
    Ok(files)
}

/// Writes the links alone: between bytes of the reports, as `satzpaar align --format xces` does.
pub(super) fn write_links(
    rows: &Rows,
    split: usize,
    folder: &Folder,
) -> Result<Vec<WrittenFile>, DatasetError> {
    let file = folder.write(&format!("{FOLDER}/{}.xml", rows.name(split)), |out| {
        let mut writer = Box::new(XcesWriter::new(out)?);
        rows.of(split).try_for_each(|row| writer.write(row.pair))?;
        writer.finish()
    })?;
    Ok(vec![file])
}

/// The segments of one side, in a division for each run of them from the same report.
struct Document<'a> {
    out: &'a mut HashedFile,
    report: Option<String>,
    segments: usize,
}

impl<'a> Document<'a> {
    fn new(out: &'a mut HashedFile) -> io::Result<Self> {
        writeln!(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<text>")?;
        Ok(Self { out, report: None, segments: 0 })
    }

    fn write(&mut self, id: &str, doc: &str, span: Span, text: &str) -> io::Result<()> {
        if self.report.as_deref() != Some(doc) {
            if self.report.is_some() {
                writeln!(self.out, " </div>")?;
            }
            writeln!(self.out, " <div type=\"report\" n=\"{}\">", escape(&*clean(doc)))?;
            self.report = Some(doc.to_owned());
        }
        self.segments += 1;
        let (segment, Span { start, end }) = (self.segments, span);
        let (id, text) = (clean(id), partial_escape(text));
        writeln!(
            self.out,
            "  <s id=\"{segment}\" n=\"{}\" from=\"{start}\" to=\"{end}\">{text}</s>",
            escape(&*id)
        )
    }

    fn finish(self) -> io::Result<()> {
        if self.report.is_some() {
            writeln!(self.out, " </div>")?;
        }
        writeln!(self.out, "</text>")
    }
}
