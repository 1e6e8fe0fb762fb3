//! What `align` writes of reports: rows of pairs, or ladders, as they come.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Result;
use satzpaar_aligner::{Alignment, ReportMatch};
use satzpaar_corpus::output::{Format, MosesWriter, WritePairs};
use satzpaar_corpus::{CorpusError, OutputFile, Pair, Report, Span};

use super::presegmented::{kind_of, write_ladder};
use crate::args::FormatArg;

/// Two reports with their segments.
pub(super) struct TwoReports<'a> {
    pub(super) de: &'a Report,
    pub(super) vi: &'a Report,
    pub(super) de_segments: &'a [Span],
    pub(super) vi_segments: &'a [Span],
}

/// The rows of pairs.tsv from a score on, in the order that the contract wants.
pub(super) fn pairs<'a, 'b>(
    aligned: impl Iterator<Item = (&'a ReportMatch, &'a Alignment)>,
    reports: impl Fn(&ReportMatch) -> TwoReports<'b>,
    least: f64,
) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (m, alignment) in aligned {
        let TwoReports { de, vi, de_segments, vi_segments } = reports(m);
        for bead in alignment.beads.iter().filter(|b| b.is_pair() && b.score >= least) {
            let spans = |segments: &[Span], sentences: &[usize]| {
                sentences.iter().map(|s| segments[*s]).collect::<Vec<_>>()
            };
            let de_group = spans(de_segments, &bead.german);
            let vi_group = spans(vi_segments, &bead.vietnamese);
            pairs.push(Pair {
                de_doc: de.id.clone(),
                vi_doc: vi.id.clone(),
                doc_score: m.score,
                de: hull(&de_group),
                vi: hull(&vi_group),
                bead: (bead.german.len(), bead.vietnamese.len()),
                score: bead.score,
                kind: kind_of(alignment.mode),
                de_text: joined(&de.text, &de_group),
                vi_text: joined(&vi.text, &vi_group),
            });
        }
    }
    pairs.sort_by(|a, b| {
        (&a.de_doc, a.de.start, a.vi.start, &a.vi_doc).cmp(&(&b.de_doc, b.de.start, b.vi.start, &b.vi_doc))
    });
    pairs
}

fn hull(segments: &[Span]) -> Span {
    Span::new(segments.first().map_or(0, |s| s.start), segments.last().map_or(0, |s| s.end))
}

/// The text of a group of segments, without what stands between them (furniture, ends of paragraphs).
fn joined(text: &str, segments: &[Span]) -> String {
    let parts: Vec<&str> = segments.iter().map(|s| s.of(text)).collect();
    parts.join(" ")
}

/// Where results go, in the format that was asked for.
pub(super) enum Sink<'a> {
    Pairs(Box<dyn WritePairs + 'a>),
    Ladders(&'a mut OutputFile),
}

impl Sink<'_> {
    /// Writes what came out for some pairs of reports: all that a German report has, so that its rows can be put in order. Gives the
    /// number of pairs.
    pub(super) fn write<'a, 'b>(
        &mut self,
        aligned: impl Iterator<Item = (&'a ReportMatch, &'a Alignment)>,
        reports: impl Fn(&ReportMatch) -> TwoReports<'b>,
        least: f64,
    ) -> io::Result<usize> {
        match self {
            Self::Pairs(writer) => {
                let pairs = pairs(aligned, reports, least);
                pairs.iter().try_for_each(|pair| writer.write(pair))?;
                Ok(pairs.len())
            }
            Self::Ladders(out) => {
                let mut count = 0;
                for (m, alignment) in aligned {
                    // Each under a comment that names the reports.
                    let TwoReports { de, vi, .. } = reports(m);
                    writeln!(out, "# {}\t{}\t{:.4}", de.id, vi.id, m.score)?;
                    count += write_ladder(out, alignment, least)?;
                }
                Ok(count)
            }
        }
    }
}

/// Why writing ended early.
pub(super) enum Stop {
    /// The output refused.
    Write(io::Error),
    /// Something else went wrong.
    Other(anyhow::Error),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}

impl From<anyhow::Error> for Stop {
    fn from(error: anyhow::Error) -> Self {
        Self::Other(error)
    }
}

/// The files of an output; the last is removed, or gets its name, with the others.
fn open(format: FormatArg, path: &Path, again: bool) -> Result<Vec<OutputFile>, CorpusError> {
    let open = |path: &Path| if again { OutputFile::create_again(path) } else { OutputFile::create(path) };
    if format != FormatArg::Moses {
        return Ok(vec![open(path)?]);
    }
    let with_ending = |ending: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    };
    Ok(vec![open(&with_ending(".de"))?, open(&with_ending(".vi"))?])
}

/// Says early what would only come out when the first row is written; nothing is left behind.
pub(super) fn try_output(format: FormatArg, path: &Path, again: bool) -> Result<(), CorpusError> {
    open(format, path, again).map(drop)
}

/// Opens the output, lets `body` write to it, and gives it its name.
pub(super) fn with_sink<T>(
    format: FormatArg,
    path: &Path,
    again: bool,
    body: impl FnOnce(&mut Sink<'_>) -> Result<T, Stop>,
) -> Result<T> {
    let mut files = open(format, path, again)?;
    let result = match (&mut *files, format) {
        ([out], FormatArg::Ladder) => body(&mut Sink::Ladders(out)),
        (files, _) => (|| {
            let mut sink = Sink::Pairs(match (files, format) {
                ([de, vi], _) => Box::new(MosesWriter::new(de, vi)),
                ([out, ..], FormatArg::Jsonl) => Format::Jsonl.writer(out)?,
                ([out, ..], FormatArg::Tmx) => Format::Tmx.writer(out)?,
                ([out, ..], FormatArg::Xces) => Format::Xces.writer(out)?,
                ([out, ..], _) => Format::Tsv.writer(out)?,
                ([], _) => return Err(anyhow::anyhow!("no output").into()),
            });
            let result = body(&mut sink)?;
            if let Sink::Pairs(writer) = sink {
                writer.finish()?;
            }
            Ok(result)
        })(),
    };
    match result {
        Ok(result) => {
            files.into_iter().try_for_each(OutputFile::commit)?;
            Ok(result)
        }
        Err(Stop::Write(error)) => Err(match files.first() {
            Some(file) => file.error(error).into(),
            None => error.into(),
        }),
        Err(Stop::Other(error)) => Err(error),
    }
}
