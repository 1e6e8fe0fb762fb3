//! The XML of WMT test sets since 2021 (dataset, collection, doc, src and ref, p, seg), as sacrebleu and the tools of WMT read it.

use std::io::{self, Write};

use quick_xml::escape::{escape, partial_escape};

use super::hashed::HashedFile;
use super::rows::Row;
use super::{Folder, Rows, clean};
use crate::dataset::error::DatasetError;
use crate::dataset::files::WrittenFile;

/// The most bytes that may stand between two segments of a paragraph: a space, or an end of line.
const GAP: usize = 2;

/// Writes `SPLIT.wmt.xml`. A document is a German report; a paragraph a run of segments that follow each other in both reports, so
/// that where a paragraph ends something was left out (or the layout has a gap). The original language is not known: `und`.
pub(super) fn write(rows: &Rows, split: usize, folder: &Folder) -> Result<Vec<WrittenFile>, DatasetError> {
    let (name, split_name) = (clean(&rows.dataset.name), rows.name(split));
    let file = folder.write(&format!("{split_name}.wmt.xml"), |out| {
        writeln!(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>")?;
        writeln!(out, "<dataset id=\"{}-{split_name}\">", escape(&*name))?;
        writeln!(out, " <collection id=\"{}\">", escape(&*name))?;
        let mut document: Vec<Row> = Vec::new();
        for row in rows.of(split) {
            if document.last().is_some_and(|last| last.pair.de_doc != row.pair.de_doc) {
                write_document(out, &document)?;
                document.clear();
            }
            document.push(row);
        }
        write_document(out, &document)?;
        writeln!(out, " </collection>\n</dataset>")
    })?;
    Ok(vec![file])
}

fn write_document(out: &mut HashedFile, rows: &[Row]) -> io::Result<()> {
    let Some(first) = rows.first() else { return Ok(()) };
    let id = clean(&first.pair.de_doc);
    writeln!(out, "  <doc origlang=\"und\" id=\"{}\" domain=\"news\">", escape(&*id))?;
    writeln!(out, "   <src lang=\"de\">")?;
    write_side(out, rows, |row| &row.pair.de_text)?;
    writeln!(out, "   </src>\n   <ref lang=\"vi\" translator=\"A\">")?;
    write_side(out, rows, |row| &row.pair.vi_text)?;
    writeln!(out, "   </ref>\n  </doc>")
}

fn write_side<'a>(
    out: &mut HashedFile,
    rows: &'a [Row],
    text: impl Fn(&'a Row<'a>) -> &'a str,
) -> io::Result<()> {
    let mut number = 0;
    for paragraph in rows.chunk_by(follow) {
        writeln!(out, "    <p>")?;
        for row in paragraph {
            number += 1;
            writeln!(out, "     <seg id=\"{number}\">{}</seg>", partial_escape(text(row)))?;
        }
        writeln!(out, "    </p>")?;
    }
    Ok(())
}

/// Whether nothing lies between two rows, on either side.
fn follow(one: &Row, next: &Row) -> bool {
    let near = |end: usize, start: usize| (end..=end + GAP).contains(&start);
    one.pair.vi_doc == next.pair.vi_doc
        && near(one.pair.de.end, next.pair.de.start)
        && near(one.pair.vi.end, next.pair.vi.start)
}
