//! `satzpaar align`: the main job.

use std::fmt::Write as _;
use std::time::Instant;

use anyhow::{Context, Result};
use rayon::prelude::*;
use satzpaar_aligner::{Alignment, Gaps, ReportMatch, Weights, align, match_reports, threshold};
use satzpaar_corpus::Pair;
use satzpaar_lexicon::Lexicon;
use satzpaar_lexicon::terms::{GermanTerms, VietnameseTerms};

use super::documents::given_matches;
use super::rows::{TwoReports, pairs, try_output, with_sink};
use super::{Reports, open_lexicon, read_reports};
use crate::adapting::{SURE, extended};
use crate::args::{AlignArgs, FormatArg, GlobalArgs};
use crate::journal::{self, Fact, Journal};
use crate::pipeline::{self, Side};
use crate::progress::Reporter;
use crate::readers::Readers;
use crate::status::{Status, UseError};
use crate::texts::Texts;

/// Pairs less probable than this are left out unless `--min-score` says otherwise.
const LEAST: f64 = 0.5;

/// Pairs of reports that are aligned before what came out is written: enough for any number of threads, and little memory.
const IN_FLIGHT: usize = 256;

pub(super) fn run(args: &AlignArgs, global: &GlobalArgs, say: &Reporter) -> Result<Status> {
    let start = Instant::now();
    let (Some(de), Some(vi)) = (&args.de, &args.vi) else {
        return Err(UseError("DE and VI are wanted: two folders of reports".to_owned()).into());
    };
    args.vectors.only_for_lines()?;
    let format = args.format.unwrap_or(FormatArg::Tsv);
    check_output(format, args)?;
    let mut lexicon = open_lexicon(global)?;
    let mut reports = read_reports(de, vi, args.keep_furniture, say)?;
    if args.adapt {
        let (extended, again) = adapted(args, reports, &lexicon, say)?;
        lexicon = extended.unwrap_or(lexicon);
        reports = again;
    }
    let counts = (reports.german.len(), reports.vietnamese.len());
    let mut complete = reports.complete;

    let readers = Readers::new(&lexicon);
    let mut matched = given_matches(args, &reports.german, &reports.vietnamese, say)?;
    if let Some((_, all_found)) = &matched {
        complete &= all_found;
    }
    let journal = if args.resume {
        let given = matched.as_ref().map(|(matches, _)| &**matches);
        let facts = facts(args, global, &reports, given)?;
        Some(Journal::open(Journal::path_of(&args.output), &facts)?)
    } else {
        None
    };
    if matched.is_none() {
        let known = journal.as_ref().and_then(Journal::matches);
        matched = known.map(|known| (known.to_vec(), true));
    }
    let (german, vietnamese, mut matches) = if let Some((matches, _)) = matched {
        // Terms are read when their report's turn comes.
        (Texts::unread(reports.german), Texts::unread(reports.vietnamese), matches)
    } else {
        let german = pipeline::read_german(reports.german, &readers, say);
        let vietnamese = pipeline::read_vietnamese(reports.vietnamese, &readers, say);
        let matches = found_matches(&german, &vietnamese, &Weights::default(), say);
        if let Some(journal) = &journal {
            journal.note_matches(&matches)?;
        }
        (Texts::read(german), Texts::read(vietnamese), matches)
    };
    let all_matches = matches.len();
    if let Some(shard) = args.shard {
        shard.keep(&mut matches, &german.reports);
    }
    // Rows can be written as they come once the reports come in the order of rows.
    matches.sort_by(|a, b| {
        let id = |m: &ReportMatch| &german.reports[m.german].id;
        (id(a), a.vietnamese).cmp(&(id(b), b.vietnamese))
    });

    let gaps = if format == FormatArg::Ladder { Gaps::Allowed } else { Gaps::None };
    let work =
        Work { args, gaps, weights: Weights::default(), readers: &readers, german, vietnamese, journal };
    let count = work.write(format, &matches, say)?;
    let Work { german, vietnamese, journal, .. } = work;
    if let Some(journal) = journal {
        if journal.done() > 0 {
            say.note(&format!(
                "{} pairs of reports were aligned already, as {} says",
                journal.done(),
                Journal::path_of(&args.output).display()
            ));
        }
        journal.remove()?;
    }
    let share = args.shard.map(|shard| format!(" ({} in shard {shard})", matches.len())).unwrap_or_default();
    say.note(&format!(
        "{} German and {} Vietnamese reports, {all_matches} matched{share}; {} and {} sentences, {count} pairs; {:.2} s",
        counts.0,
        counts.1,
        german.sentences(),
        vietnamese.sentences(),
        start.elapsed().as_secs_f64(),
    ));
    if all_matches == 0 {
        say.warn(match (args.by_name, &args.documents) {
            (true, _) => "no German report has the name of a Vietnamese one; names are paths below the folder without the ending",
            (false, Some(_)) => "none of the given pairs of reports was read on both sides",
            (false, None) => "no German report tells the same event as a Vietnamese one",
        });
    }
    // A share may well be empty: only the whole can be a failure.
    let found = count > 0 || (args.shard.is_some() && all_matches > 0);
    Ok(if complete && found { Status::Done } else { Status::Incomplete })
}

/// What aligning a pair of reports needs.
struct Work<'a> {
    args: &'a AlignArgs,
    gaps: Gaps,
    weights: Weights,
    readers: &'a Readers<'a>,
    german: Texts<GermanTerms>,
    vietnamese: Texts<VietnameseTerms>,
    journal: Option<Journal>,
}

impl Work<'_> {
    /// Aligns all pairs of reports and writes what comes out, piece by piece; gives the number of pairs.
    fn write(&self, format: FormatArg, matches: &[ReportMatch], say: &Reporter) -> Result<usize> {
        let usual = if format == FormatArg::Ladder { 0.0 } else { LEAST };
        let stage = say.stage("aligning", matches.len() as u64);
        let align = |matches: &[ReportMatch]| -> Result<Vec<Alignment>> {
            let aligned = matches.par_iter().map(|m| {
                let alignment = self.align(m);
                stage.step();
                alignment
            });
            aligned.collect()
        };
        let count = with_sink(format, &self.args.output, self.args.resume, |sink| {
            let reports = |m: &ReportMatch| self.reports(m);
            if self.args.target_precision.is_some() {
                // Which pairs are kept follows from the scores of all.
                let alignments = align(matches)?;
                let least = least_score(self.args, alignments.iter(), usual, say);
                return Ok(sink.write(matches.iter().zip(&alignments), reports, least)?);
            }
            let least = self.args.min_score.unwrap_or(usual);
            let mut count = 0;
            for piece in pieces(matches) {
                let alignments = align(piece)?;
                count += sink.write(piece.iter().zip(&alignments), reports, least)?;
            }
            Ok(count)
        });
        stage.finish();
        count
    }

    /// Aligns two reports, or takes it from the journal.
    fn align(&self, m: &ReportMatch) -> Result<Alignment> {
        if let Some(journal) = &self.journal
            && let Some(alignment) = journal.alignment(m.german, m.vietnamese)?
            && self.fits(m, &alignment)
        {
            return Ok(alignment);
        }
        let german = self.german.terms(m.german, |sentences| self.readers.german(sentences));
        let vietnamese = self.vietnamese.terms(m.vietnamese, |sentences| self.readers.vietnamese(sentences));
        let alignment = align(&german, &vietnamese, self.args.mode.into(), self.gaps, &self.weights);
        if let Some(journal) = &self.journal {
            journal.note(m.german, m.vietnamese, &alignment)?;
        }
        Ok(alignment)
    }

    /// Whether all sentences of an alignment are there: a journal is a file, and files can be meddled with.
    fn fits(&self, m: &ReportMatch, alignment: &Alignment) -> bool {
        let (german, vietnamese) =
            (self.german.segments(m.german).len(), self.vietnamese.segments(m.vietnamese).len());
        alignment.beads.iter().all(|bead| {
            bead.german.iter().all(|s| *s < german) && bead.vietnamese.iter().all(|s| *s < vietnamese)
        })
    }

    fn reports(&self, m: &ReportMatch) -> TwoReports<'_> {
        TwoReports {
            de: &self.german.reports[m.german],
            vi: &self.vietnamese.reports[m.vietnamese],
            de_segments: self.german.segments(m.german),
            vi_segments: self.vietnamese.segments(m.vietnamese),
        }
    }
}

/// Matches in pieces of about [`IN_FLIGHT`], no German report's parted.
fn pieces(mut rest: &[ReportMatch]) -> impl Iterator<Item = &[ReportMatch]> {
    std::iter::from_fn(move || {
        let mut end = rest.len().min(IN_FLIGHT);
        while end > 0 && end < rest.len() && rest[end].german == rest[end - 1].german {
            end += 1;
        }
        let (piece, others) = rest.split_at(end);
        rest = others;
        (!piece.is_empty()).then_some(piece)
    })
}

/// What a journal holds good for. Thresholds and formats are not in it: they come after alignment.
fn facts(
    args: &AlignArgs,
    global: &GlobalArgs,
    reports: &Reports,
    given: Option<&[ReportMatch]>,
) -> Result<Vec<Fact>> {
    let mut lexicons = String::new();
    for path in &global.lexicon {
        let bytes = std::fs::read(path).with_context(|| path.display().to_string())?;
        write!(lexicons, "{:016x} ", xxhash_rust::xxh3::xxh3_64(&bytes))?;
    }
    let matching = given
        .map_or_else(|| "found".to_owned(), |given| format!("given, {}", journal::describe_matches(given)));
    let form = if args.format == Some(FormatArg::Ladder) { "ladders" } else { "pairs" };
    let shard = args.shard.map_or_else(|| "none".to_owned(), |shard| shard.to_string());
    let weights = xxhash_rust::xxh3::xxh3_64(format!("{:?}", Weights::default()).as_bytes());
    let facts = [
        ("version", env!("CARGO_PKG_VERSION").to_owned()),
        ("weights", format!("{weights:016x}")),
        ("--mode", format!("{:?}", args.mode).to_lowercase()),
        ("results", form.to_owned()),
        ("--keep-furniture", args.keep_furniture.to_string()),
        ("--lexicon", if lexicons.is_empty() { "none".to_owned() } else { lexicons.trim_end().to_owned() }),
        ("--shard", shard),
        ("matching", matching),
        ("German reports", journal::describe(&reports.german)),
        ("Vietnamese reports", journal::describe(&reports.vietnamese)),
    ];
    Ok(facts.map(|(name, value)| (name.to_owned(), value)).into())
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
    if !args.adapt {
        return align_once(args, reports, gaps, lexicon, say);
    }
    let (extended, reports) = adapted(args, reports, lexicon, say)?;
    align_once(args, reports, gaps, extended.as_ref().unwrap_or(lexicon), say)
}

/// A first pass over the reports: the lexicon with the words that it brought to light, if there are any, and the reports again.
fn adapted(
    args: &AlignArgs,
    reports: Reports,
    lexicon: &Lexicon,
    say: &Reporter,
) -> Result<(Option<Lexicon>, Reports)> {
    let aligned = align_once(args, reports, Gaps::None, lexicon, say)?;
    let sure = aligned.pairs(SURE).into_iter().filter(|p| p.bead == (1, 1)).map(|p| (p.de_text, p.vi_text));
    let extended = extended(lexicon, &sure.collect::<Vec<_>>(), say)?;
    let Aligned { german, vietnamese, complete, .. } = aligned;
    let (german, vietnamese) = (german.reports, vietnamese.reports);
    Ok((extended, Reports { german, vietnamese, complete, problems: Default::default() }))
}

/// One pass.
fn align_once(
    args: &AlignArgs,
    reports: Reports,
    gaps: Gaps,
    lexicon: &Lexicon,
    say: &Reporter,
) -> Result<Aligned> {
    let readers = Readers::new(lexicon);
    let german = pipeline::read_german(reports.german, &readers, say);
    let vietnamese = pipeline::read_vietnamese(reports.vietnamese, &readers, say);
    let weights = Weights::default();
    let given = given_matches(args, &german.reports, &vietnamese.reports, say)?;
    let (matches, all_found) =
        given.unwrap_or_else(|| (found_matches(&german, &vietnamese, &weights, say), true));
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
        let reports = |m: &ReportMatch| TwoReports {
            de: &self.german.reports[m.german],
            vi: &self.vietnamese.reports[m.vietnamese],
            de_segments: &self.german.segments[m.german],
            vi_segments: &self.vietnamese.segments[m.vietnamese],
        };
        pairs(self.matches.iter().zip(&self.alignments), reports, least)
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
fn check_output(format: FormatArg, args: &AlignArgs) -> Result<()> {
    let output = &args.output;
    let stdout = output.as_os_str() == "-";
    if format == FormatArg::Moses && stdout {
        let hint = "Moses format is two files: give a prefix with -o, for PREFIX.de and PREFIX.vi";
        return Err(UseError(hint.to_owned()).into());
    }
    let special = std::fs::metadata(output).is_ok_and(|data| !data.is_file() && !data.is_dir());
    if args.resume && (stdout || special) {
        let hint = "--resume wants a file, to keep its journal beside: name one with -o";
        return Err(UseError(hint.to_owned()).into());
    }
    // Opened and closed, a named pipe would tell its reader that all is done.
    if !special {
        // A target that cannot be written is found before the work, not after; nothing is left behind.
        try_output(format, output, args.resume)?;
    }
    Ok(())
}

/// The pairs of reports to align, by what they tell.
fn found_matches(
    german: &Side<GermanTerms>,
    vietnamese: &Side<VietnameseTerms>,
    weights: &Weights,
    say: &Reporter,
) -> Vec<ReportMatch> {
    let stage = say.stage("matching", 1);
    let matches = match_reports(&german.terms, &vietnamese.terms, weights);
    stage.finish();
    matches
}
