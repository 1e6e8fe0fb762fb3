//! `satzpaar align`: the main job.

use std::collections::HashMap;
use std::io::Write;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};
use rayon::prelude::*;
use satzpaar_aligner::{Alignment, Gaps, ReportMatch, Weights, align, match_reports, threshold};
use satzpaar_corpus::{OutputFile, Pair, Report, Span, read_lines};
use satzpaar_lexicon::Lexicon;
use satzpaar_lexicon::terms::{GermanTerms, VietnameseTerms};

use super::presegmented::{kind_of, write_ladder, write_pairs};
use super::{Reports, open_lexicon, read_reports, write};
use crate::adapting::{SURE, extended};
use crate::args::{AlignArgs, FormatArg, GlobalArgs};
use crate::pipeline::{self, Side};
use crate::progress::Reporter;
use crate::readers::Readers;
use crate::status::{Status, UseError};

/// Pairs less probable than this are left out unless `--min-score` says otherwise.
const LEAST: f64 = 0.5;

pub(super) fn run(args: &AlignArgs, global: &GlobalArgs, say: &Reporter) -> Result<Status> {
    let start = Instant::now();
    let (Some(de), Some(vi)) = (&args.de, &args.vi) else {
        return Err(UseError("DE and VI are wanted: two folders of reports".to_owned()).into());
    };
    args.vectors.only_for_lines()?;
    let format = args.format.unwrap_or(FormatArg::Tsv);
    check_output(format, &args.output)?;
    let lexicon = open_lexicon(global)?;
    let reports = read_reports(de, vi, args.keep_furniture, say)?;
    let gaps = if format == FormatArg::Ladder { Gaps::Allowed } else { Gaps::None };
    let work = align_reports(args, reports, gaps, &lexicon, say)?;
    let Aligned { german, vietnamese, matches, alignments, complete } = &work;

    let usual = if format == FormatArg::Ladder { 0.0 } else { LEAST };
    let least = least_score(args, alignments.iter(), usual, say);
    let count = if format == FormatArg::Ladder {
        write_ladders(matches, alignments, german, vietnamese, least, &args.output)?
    } else {
        let pairs = work.pairs(least);
        write_pairs(&pairs, format, &args.output)?;
        pairs.len()
    };
    say.note(&format!(
        "{} German and {} Vietnamese reports, {} matched; {} and {} sentences, {count} pairs; {:.2} s",
        german.reports.len(),
        vietnamese.reports.len(),
        matches.len(),
        german.segments.iter().map(Vec::len).sum::<usize>(),
        vietnamese.segments.iter().map(Vec::len).sum::<usize>(),
        start.elapsed().as_secs_f64(),
    ));
    if matches.is_empty() {
        say.warn(match (args.by_name, &args.documents) {
            (true, _) => "no German report has the name of a Vietnamese one; names are paths below the folder without the ending",
            (false, Some(_)) => "none of the given pairs of reports was read on both sides",
            (false, None) => "no German report tells the same event as a Vietnamese one",
        });
    }
    Ok(if *complete && count > 0 { Status::Done } else { Status::Incomplete })
}

/// Reports of both sides, which of them belong together, and how.
pub(super) struct Aligned {
    pub(super) german: Side<GermanTerms>,
    pub(super) vietnamese: Side<VietnameseTerms>,
    pub(super) matches: Vec<ReportMatch>,
    /// In step with `matches`.
    pub(super) alignments: Vec<Alignment>,
    /// Whether all reports were read and all that were named found.
    pub(super) complete: bool,
}

/// From reports to alignments: split, match, align.
pub(super) fn align_reports(
    args: &AlignArgs,
    reports: Reports,
    gaps: Gaps,
    lexicon: &Lexicon,
    say: &Reporter,
) -> Result<Aligned> {
    let aligned = align_once(args, reports, None, gaps, lexicon, say)?;
    if !args.adapt {
        return Ok(aligned);
    }
    let sure = aligned.pairs(SURE).into_iter().filter(|p| p.bead == (1, 1)).map(|p| (p.de_text, p.vi_text));
    let Some(lexicon) = extended(lexicon, &sure.collect::<Vec<_>>(), say)? else { return Ok(aligned) };
    let Aligned { german, vietnamese, matches, complete, .. } = aligned;
    let (german, vietnamese) = (german.reports, vietnamese.reports);
    // What was given stays; what was found is searched again.
    let given = (args.by_name || args.documents.is_some()).then_some(matches);
    let reports = Reports { german, vietnamese, complete, problems: Default::default() };
    align_once(args, reports, given, gaps, &lexicon, say)
}

/// One pass; `given` are the reports that belong together if that is known.
fn align_once(
    args: &AlignArgs,
    reports: Reports,
    given: Option<Vec<ReportMatch>>,
    gaps: Gaps,
    lexicon: &Lexicon,
    say: &Reporter,
) -> Result<Aligned> {
    let readers = Readers::new(lexicon);
    let german = pipeline::read_german(reports.german, &readers, say);
    let vietnamese = pipeline::read_vietnamese(reports.vietnamese, &readers, say);
    let weights = Weights::default();
    let (matches, all_found) = match given {
        Some(matches) => (matches, true),
        None => find_matches(args, &german, &vietnamese, &weights, say)?,
    };
    let stage = say.stage("aligning", matches.len() as u64);
    let alignments: Vec<Alignment> = matches
        .par_iter()
        .map(|m| {
            let (de, vi) = (&german.terms[m.german].sentences, &vietnamese.terms[m.vietnamese].sentences);
            let alignment = align(de, vi, args.mode.into(), gaps, &weights);
            stage.step();
            alignment
        })
        .collect();
    stage.finish();
    Ok(Aligned { german, vietnamese, matches, alignments, complete: reports.complete && all_found })
}

impl Aligned {
    /// The rows of pairs.tsv from a score on, in the order that the contract wants.
    pub(super) fn pairs(&self, least: f64) -> Vec<Pair> {
        pairs(&self.matches, &self.alignments, &self.german, &self.vietnamese, least)
    }
}

/// The score from which on pairs are kept: as asked for, by score or by precision.
pub(super) fn least_score<'a>(
    args: &AlignArgs,
    aligned: impl Iterator<Item = &'a Alignment>,
    usual: f64,
    say: &Reporter,
) -> f64 {
    let Some(target) = args.target_precision else { return args.min_score.unwrap_or(usual) };
    let pairs = aligned.flat_map(|a| &a.beads).filter(|b| b.is_pair());
    let least = threshold(pairs.map(|b| b.score).collect(), target);
    if least > 1.0 {
        say.warn(&format!("no pair is sure enough for a precision of {target}: nothing is kept"));
    } else {
        say.note(&format!("for a precision of {target} pairs are kept from a score of {least:.4} on"));
    }
    least
}

/// Says early what would only come out when all work is done.
fn check_output(format: FormatArg, output: &Path) -> Result<()> {
    match format {
        FormatArg::Moses if output.as_os_str() == "-" => {
            let hint = "Moses format is two files: give a prefix with -o, for PREFIX.de and PREFIX.vi";
            Err(UseError(hint.to_owned()).into())
        }
        FormatArg::Moses => Ok(()),
        // Opened and closed, a named pipe would tell its reader that all is done.
        _ if std::fs::metadata(output).is_ok_and(|data| !data.is_file() && !data.is_dir()) => Ok(()),
        // A target that cannot be written is found before the work, not after; nothing is left behind.
        _ => {
            OutputFile::create(output)?;
            Ok(())
        }
    }
}

type Documents = HashMap<String, usize>;

fn by_id(reports: &[Report]) -> Documents {
    reports.iter().enumerate().map(|(i, r)| (r.id.clone(), i)).collect()
}

/// The pairs of reports to align: found, or given. Also says whether all that were given are there.
fn find_matches(
    args: &AlignArgs,
    german: &Side<GermanTerms>,
    vietnamese: &Side<VietnameseTerms>,
    weights: &Weights,
    say: &Reporter,
) -> Result<(Vec<ReportMatch>, bool)> {
    if args.by_name {
        let there = by_id(&vietnamese.reports);
        let matches = german.reports.iter().enumerate().filter_map(|(german, report)| {
            there.get(&report.id).map(|vietnamese| ReportMatch {
                german,
                vietnamese: *vietnamese,
                score: 1.0,
            })
        });
        return Ok((matches.collect(), true));
    }
    let Some(path) = &args.documents else {
        let stage = say.stage("matching", 1);
        let matches = match_reports(&german.terms, &vietnamese.terms, weights);
        stage.finish();
        return Ok((matches, true));
    };
    let (german, vietnamese) = (by_id(&german.reports), by_id(&vietnamese.reports));
    let mut complete = true;
    let mut matches = Vec::new();
    for (line, de, vi) in read_documents(path)? {
        match (german.get(&de), vietnamese.get(&vi)) {
            (Some(g), Some(v)) => matches.push(ReportMatch { german: *g, vietnamese: *v, score: 1.0 }),
            (found, _) => {
                let missing = if found.is_none() { &de } else { &vi };
                say.warn(&format!("{}: line {line}: no report '{missing}' was read", path.display()));
                complete = false;
            }
        }
    }
    matches.sort_by_key(|m| (m.german, m.vietnamese));
    matches.dedup_by_key(|m| (m.german, m.vietnamese));
    Ok((matches, complete))
}

/// Rows of a table of reports: line, German id, Vietnamese id.
fn read_documents(path: &Path) -> Result<Vec<(usize, String, String)>> {
    let name = path.display();
    let rows = read_lines(path, None)?;
    let header: Vec<&str> = rows.first().map(|l| l.split('\t').collect()).unwrap_or_default();
    let column = |wanted: &str| {
        let place = header.iter().position(|c| *c == wanted);
        place.with_context(|| {
            format!("{name}: line 1: no column '{wanted}': the header 'de_doc<TAB>vi_doc' is wanted")
        })
    };
    let (de, vi) = (column("de_doc")?, column("vi_doc")?);
    let mut documents = Vec::new();
    for (i, row) in rows.iter().enumerate().skip(1).filter(|(_, r)| !r.is_empty()) {
        let cells: Vec<&str> = row.split('\t').collect();
        match (cells.get(de), cells.get(vi)) {
            (Some(de), Some(vi)) => documents.push((i + 1, (*de).to_owned(), (*vi).to_owned())),
            _ => anyhow::bail!("{name}: line {}: too few columns: {} are wanted", i + 1, header.len()),
        }
    }
    Ok(documents)
}

fn pairs(
    matches: &[ReportMatch],
    aligned: &[Alignment],
    german: &Side<GermanTerms>,
    vietnamese: &Side<VietnameseTerms>,
    least: f64,
) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (m, alignment) in matches.iter().zip(aligned) {
        let (de, vi) = (&german.reports[m.german], &vietnamese.reports[m.vietnamese]);
        for bead in alignment.beads.iter().filter(|b| b.is_pair() && b.score >= least) {
            let spans = |segments: &[Span], sentences: &[usize]| {
                sentences.iter().map(|s| segments[*s]).collect::<Vec<_>>()
            };
            let de_segments = spans(&german.segments[m.german], &bead.german);
            let vi_segments = spans(&vietnamese.segments[m.vietnamese], &bead.vietnamese);
            pairs.push(Pair {
                de_doc: de.id.clone(),
                vi_doc: vi.id.clone(),
                doc_score: m.score,
                de: hull(&de_segments),
                vi: hull(&vi_segments),
                bead: (bead.german.len(), bead.vietnamese.len()),
                score: bead.score,
                kind: kind_of(alignment.mode),
                de_text: joined(&de.text, &de_segments),
                vi_text: joined(&vi.text, &vi_segments),
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

/// Ladders of all matched reports, each under a comment that names them.
fn write_ladders(
    matches: &[ReportMatch],
    aligned: &[Alignment],
    german: &Side<GermanTerms>,
    vietnamese: &Side<VietnameseTerms>,
    least: f64,
    path: &Path,
) -> Result<usize> {
    let mut out = OutputFile::create(path)?;
    let mut count = 0;
    write(&mut out, |out| {
        for (m, alignment) in matches.iter().zip(aligned) {
            let (de, vi) = (&german.reports[m.german].id, &vietnamese.reports[m.vietnamese].id);
            writeln!(out, "# {de}\t{vi}\t{:.4}", m.score)?;
            count += write_ladder(out, alignment, least)?;
        }
        Ok(())
    })?;
    out.commit()?;
    Ok(count)
}
