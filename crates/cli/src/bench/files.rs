//! Generated text into files, as the other commands read it.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result};
use rayon::prelude::*;
use satzpaar_evaluation::generate::{GeneratedReport, GeneratedReports, generate_lines};
use satzpaar_language::Language;
use serde::Serialize;

use crate::args::GeneratedFormat;
use crate::status::UseError;

/// Reports that are made at a time before they are written.
const BATCH: usize = 4096;
const SIDES: [(Language, &str); 2] = [(Language::German, "de"), (Language::Vietnamese, "vi")];

/// A report as a JSON line.
#[derive(Serialize)]
struct Record<'r> {
    id: &'r str,
    lang: &'static str,
    text: &'r str,
}

/// Writes `write`'s files into a folder that appears under its name only when all are there.
///
/// # Errors
/// A folder that is there and not empty, or cannot be written to.
pub(crate) fn into_new_folder(target: &Path, write: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    let name = target.display();
    if target.exists() {
        let empty = target.is_dir() && fs::read_dir(target).is_ok_and(|mut entries| entries.next().is_none());
        if !empty {
            let hint = format!("{name}: is there already; name a new folder with -o, or empty this one");
            return Err(UseError(hint).into());
        }
    }
    let beside = match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let cannot =
        || format!("{name}: cannot be made; check that the folder around it is there and can be written to");
    let folder = tempfile::Builder::new().prefix(".satzpaar-").tempdir_in(beside).with_context(cannot)?;
    // Made anew under another name inside, so that it gets the usual permissions of a folder.
    let inner = folder.path().join("generated");
    fs::create_dir(&inner).with_context(cannot)?;
    write(&inner)?;
    if target.exists() {
        fs::remove_dir(target).with_context(cannot)?;
    }
    fs::rename(&inner, target).with_context(cannot)
}

/// Writes reports with their gold into a folder that is there.
pub(crate) fn reports(folder: &Path, reports: &GeneratedReports, format: GeneratedFormat) -> Result<()> {
    let cannot = || format!("{}: cannot be written to", folder.display());
    let gold = folder.join("gold");
    fs::create_dir(&gold).with_context(cannot)?;
    write_documents(&gold.join("documents.tsv"), reports).with_context(cannot)?;
    let mut segments = create(&gold.join("segments.tsv")).with_context(cannot)?;
    writeln!(segments, "lang\tdoc\tevent\tsegment\tstart\tend").with_context(cannot)?;
    for (language, lang) in SIDES {
        let mut lines = None;
        if format == GeneratedFormat::Jsonl {
            lines = Some(create(&folder.join(format!("{lang}.jsonl"))).with_context(cannot)?);
        } else {
            fs::create_dir(folder.join(lang)).with_context(cannot)?;
        }
        for start in (0..reports.len()).step_by(BATCH) {
            let batch: Vec<GeneratedReport> = (start..reports.len().min(start + BATCH))
                .into_par_iter()
                .filter_map(|place| reports.report(language, place))
                .collect();
            for report in &batch {
                write_report(report, lang, folder, lines.as_mut()).with_context(cannot)?;
                for s in &report.segments {
                    let (doc, event) = (&report.id, &s.event);
                    writeln!(segments, "{lang}\t{doc}\t{event}\t{}\t{}\t{}", s.segment, s.start, s.end)
                        .with_context(cannot)?;
                }
            }
        }
        if let Some(mut lines) = lines {
            lines.flush().with_context(cannot)?;
        }
    }
    segments.flush().with_context(cannot)
}

fn create(path: &Path) -> io::Result<BufWriter<File>> {
    Ok(BufWriter::with_capacity(1 << 16, File::create(path)?))
}

fn write_documents(path: &Path, reports: &GeneratedReports) -> io::Result<()> {
    let mut out = create(path)?;
    writeln!(out, "de_doc\tvi_doc")?;
    for (german, vietnamese) in reports.documents() {
        let de = GeneratedReports::id(Language::German, german);
        let vi = GeneratedReports::id(Language::Vietnamese, vietnamese);
        writeln!(out, "{de}\t{vi}")?;
    }
    out.flush()
}

fn write_report(
    report: &GeneratedReport,
    lang: &'static str,
    folder: &Path,
    lines: Option<&mut BufWriter<File>>,
) -> io::Result<()> {
    let Some(lines) = lines else {
        return fs::write(folder.join(lang).join(format!("{}.txt", report.id)), &report.text);
    };
    serde_json::to_writer(&mut *lines, &Record { id: &report.id, lang, text: &report.text })?;
    lines.write_all(b"\n")
}

/// Writes `count` sentences a side and their ladder.
pub(crate) fn lines(folder: &Path, count: usize, seed: u64) -> Result<()> {
    let lines = generate_lines(count, seed);
    let write = |name: &str, texts: &mut dyn Iterator<Item = String>| -> Result<()> {
        let path = folder.join(name);
        let mut out = create(&path).with_context(|| format!("{}: cannot be written", path.display()))?;
        for text in texts {
            writeln!(out, "{text}")?;
        }
        Ok(out.flush()?)
    };
    write("de.txt", &mut lines.german.iter().cloned())?;
    write("vi.txt", &mut lines.vietnamese.iter().cloned())?;
    write("gold.txt", &mut lines.ladder.iter().map(ToString::to_string))
}
