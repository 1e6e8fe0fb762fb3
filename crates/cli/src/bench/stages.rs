//! The stages of the pipeline, each run apart over what the one before it gave, and timed.

use std::ffi::OsStr;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};
use rayon::prelude::*;
use satzpaar_aligner::{
    Alignment, Gaps, Mode, ReportMatch, ReportTerms, Weights, align, match_reports, mine,
};
use satzpaar_corpus::{
    Format, OutputFile, Pair, PairKind, Problem, ReadOptions, Report, Span, read_reports, strip,
};
use satzpaar_language::Language;
use satzpaar_lexicon::Lexicon;
use satzpaar_lexicon::terms::{GermanReader, GermanTerms, VietnameseReader, VietnameseTerms};
use satzpaar_sentence_splitter::Splitter;
use satzpaar_tokenizer::Tokenizer;

use super::machine::{MemoryWatch, processor_seconds};
use super::results::{Amount, Figure, Text};
use crate::args::StageArg;
use crate::pipeline::segments;
use crate::progress::{Reporter, Stage};

/// Sentences a side that are mined at most: the stage compares every sentence with all others, so that its time tells nothing of reports.
pub(crate) const MINED: usize = 10_000;
/// Pairs less probable than this are not written, as in `align`.
const LEAST: f64 = 0.5;

/// What is measured, and how.
pub(crate) struct Plan<'a> {
    pub(crate) de: &'a OsStr,
    pub(crate) vi: &'a OsStr,
    /// Where the stage `write` puts its pairs.
    pub(crate) pairs: &'a Path,
    pub(crate) stages: Vec<StageArg>,
    pub(crate) threads: Vec<usize>,
    pub(crate) runs: u32,
    pub(crate) lexicon: &'a Lexicon,
}

/// What came out.
pub(crate) struct Measured {
    pub(crate) figures: Vec<Figure>,
    pub(crate) text: Text,
    /// What could not be read.
    pub(crate) problems: Vec<Problem>,
    /// Ids of the reports that were matched, German and Vietnamese; none if the stages asked for need no matches.
    pub(crate) matched: Option<Vec<(String, String)>>,
    /// Whether pairs were written.
    pub(crate) has_pairs: bool,
}

type Sides<G, V = G> = (G, V);
type Spans = Vec<Vec<Span>>;
type Terms = Sides<Vec<ReportTerms<GermanTerms>>, Vec<ReportTerms<VietnameseTerms>>>;

/// Runs and times the stages of `plan`, and runs what they need untimed.
pub(crate) fn run(plan: &Plan, say: &Reporter) -> Result<Measured> {
    let last = plan.stages.iter().max().copied().unwrap_or(StageArg::Write);
    let all = plan.stages.len() * plan.threads.len() * plan.runs as usize;
    let bar = say.stage("measuring", all as u64);
    let mut clock = Clock::new(plan, &bar)?;
    let mut text = Text::default();
    let (mut reports, problems) = read(plan, &mut clock, &mut text)?;
    let mut found = Found::default();
    if last > StageArg::Read {
        strip_reports(&mut clock, &mut reports, &text)?;
    }
    if last > StageArg::Strip {
        let spans = split(&mut clock, &reports, &mut text)?;
        if last > StageArg::Split {
            let terms = read_terms(plan, &mut clock, &reports, &spans, &mut text)?;
            found = relate(plan, &mut clock, &reports, &spans, &terms, &mut text)?;
        }
    }
    let mut figures = clock.figures;
    figures.sort_by_key(|figure| plan.stages.iter().position(|stage| stage_name(*stage) == figure.stage));
    bar.finish();
    Ok(Measured { figures, text, problems, matched: found.matched, has_pairs: found.has_pairs })
}

/// Reads each side's reports in parallel and both sides at once, as `align` does; furniture stays on.
fn read(plan: &Plan, clock: &mut Clock, text: &mut Text) -> Result<(Sides<Vec<Report>>, Vec<Problem>)> {
    let options = ReadOptions { strip_furniture: false, ..ReadOptions::default() };
    let (german, vietnamese) = clock.time(StageArg::Read, || {
        let read = |input, language| read_reports(&[input], language, &options, |_, _| ());
        rayon::join(|| read(plan.de, Language::German), || read(plan.vi, Language::Vietnamese))
    })?;
    let (german, vietnamese) = (german?, vietnamese?);
    let problems = german.problems.into_iter().chain(vietnamese.problems).collect();
    let reports = (german.reports, vietnamese.reports);
    (text.german_reports, text.vietnamese_reports) = (reports.0.len(), reports.1.len());
    text.bytes = both(&reports).map(|r| r.text.len() as u64).sum();
    clock.amounts(StageArg::Read, &[("MB", megabytes(text.bytes)), ("reports", all_reports(text))]);
    Ok((reports, problems))
}

fn strip_reports(clock: &mut Clock, reports: &mut Sides<Vec<Report>>, text: &Text) -> Result<()> {
    let blocks: Sides<Spans> = clock.time(StageArg::Strip, || {
        let of = |side: &[Report]| side.par_iter().map(|r| strip(&r.text, r.language)).collect();
        (of(&reports.0), of(&reports.1))
    })?;
    clock.amounts(StageArg::Strip, &[("MB", megabytes(text.bytes)), ("reports", all_reports(text))]);
    let blocks = blocks.0.into_iter().chain(blocks.1);
    for (report, blocks) in reports.0.iter_mut().chain(&mut reports.1).zip(blocks) {
        report.blocks = blocks;
    }
    Ok(())
}

fn split(clock: &mut Clock, reports: &Sides<Vec<Report>>, text: &mut Text) -> Result<Sides<Spans>> {
    let spans: Sides<Spans> = clock.time(StageArg::Split, || {
        let of = |side: &[Report], language| {
            let splitter = Splitter::new(language);
            side.par_iter().map(|report| segments(report, splitter)).collect()
        };
        (of(&reports.0, Language::German), of(&reports.1, Language::Vietnamese))
    })?;
    text.german_sentences = spans.0.iter().map(Vec::len).sum();
    text.vietnamese_sentences = spans.1.iter().map(Vec::len).sum();
    let amounts = [("MB", sentence_megabytes(&spans)), ("sentences", all_sentences(text))];
    clock.amounts(StageArg::Split, &amounts);
    Ok(spans)
}

/// Tokenizes, if that is asked for, and reads terms.
fn read_terms(
    plan: &Plan,
    clock: &mut Clock,
    reports: &Sides<Vec<Report>>,
    spans: &Sides<Spans>,
    text: &mut Text,
) -> Result<Terms> {
    let bytes = sentence_megabytes(spans);
    if plan.stages.contains(&StageArg::Tokenize) {
        let tokens = clock.time(StageArg::Tokenize, || {
            let german = tokens(&reports.0, &spans.0, Language::German);
            german + tokens(&reports.1, &spans.1, Language::Vietnamese)
        })?;
        text.tokens = Some(tokens);
        clock.amounts(StageArg::Tokenize, &[("MB", bytes), ("tokens", tokens as f64)]);
    }
    if plan.stages.iter().all(|stage| *stage <= StageArg::Tokenize) {
        return Ok(Terms::default());
    }
    let terms = clock.time(StageArg::Terms, || {
        let (de, vi) = (|| GermanReader::new(plan.lexicon), || VietnameseReader::new(plan.lexicon));
        let german = terms(&reports.0, &spans.0, de, GermanReader::read);
        (german, terms(&reports.1, &spans.1, vi, VietnameseReader::read))
    })?;
    clock.amounts(StageArg::Terms, &[("sentences", all_sentences(text)), ("MB", bytes)]);
    Ok(terms)
}

/// What the last stages found.
#[derive(Default)]
struct Found {
    matched: Option<Vec<(String, String)>>,
    has_pairs: bool,
}

/// Matches, aligns, mines and writes, as far as asked for.
fn relate(
    plan: &Plan,
    clock: &mut Clock,
    reports: &Sides<Vec<Report>>,
    spans: &Sides<Spans>,
    terms: &Terms,
    text: &mut Text,
) -> Result<Found> {
    let asked = |stages: &[StageArg]| plan.stages.iter().any(|stage| stages.contains(stage));
    let weights = Weights::default();
    if asked(&[StageArg::Mine]) {
        let german: Vec<_> = terms.0.iter().flat_map(|r| &r.sentences).take(MINED).cloned().collect();
        let vietnamese: Vec<_> = terms.1.iter().flat_map(|r| &r.sentences).take(MINED).cloned().collect();
        clock.time(StageArg::Mine, || mine(&german, &vietnamese, None, LEAST, &weights))?;
        clock.amounts(StageArg::Mine, &[("sentences", (german.len() + vietnamese.len()) as f64)]);
    }
    if !asked(&[StageArg::Match, StageArg::Align, StageArg::Write]) {
        return Ok(Found::default());
    }
    let matches = clock.time(StageArg::Match, || match_reports(&terms.0, &terms.1, &weights))?;
    clock.amounts(StageArg::Match, &[("reports", all_reports(text))]);
    text.matched_reports = Some(matches.len());
    let ids = |m: &ReportMatch| (reports.0[m.german].id.clone(), reports.1[m.vietnamese].id.clone());
    let mut found = Found { matched: Some(matches.iter().map(ids).collect()), has_pairs: false };
    if !asked(&[StageArg::Align, StageArg::Write]) {
        return Ok(found);
    }
    let sides = |m: &ReportMatch| (&terms.0[m.german].sentences, &terms.1[m.vietnamese].sentences);
    let aligned: Vec<Alignment> = clock.time(StageArg::Align, || {
        let of = |m: &ReportMatch| align(sides(m).0, sides(m).1, Mode::Auto, Gaps::None, &weights);
        matches.par_iter().map(of).collect()
    })?;
    let sentences: usize = matches.iter().map(|m| sides(m).0.len() + sides(m).1.len()).sum();
    let amounts = [("report pairs", matches.len() as f64), ("sentences", sentences as f64)];
    clock.amounts(StageArg::Align, &amounts);
    let rows = clock.time(StageArg::Write, || {
        let rows = pairs(&matches, &aligned, reports, spans);
        write(&rows, plan.pairs).map(|()| rows.len())
    })??;
    text.pairs = Some(rows);
    clock.amounts(StageArg::Write, &[("pairs", rows as f64)]);
    found.has_pairs = true;
    Ok(found)
}

fn both<T>(sides: &Sides<Vec<T>>) -> impl Iterator<Item = &T> {
    sides.0.iter().chain(&sides.1)
}

fn all_reports(text: &Text) -> f64 {
    (text.german_reports + text.vietnamese_reports) as f64
}

fn all_sentences(text: &Text) -> f64 {
    (text.german_sentences + text.vietnamese_sentences) as f64
}

fn sentence_megabytes(spans: &Sides<Spans>) -> f64 {
    megabytes(both(spans).flatten().map(|s| (s.end - s.start) as u64).sum())
}

fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

/// How many tokens the sentences of a side have; the buffer of each thread is used again, as the readers of terms do.
fn tokens(reports: &[Report], spans: &[Vec<Span>], language: Language) -> usize {
    let tokenizer = Tokenizer::new(language);
    let of = |tokens: &mut Vec<_>, (report, spans): (&Report, &Vec<Span>)| {
        let one = |span: &Span| {
            tokenizer.tokenize(span.of(&report.text), tokens);
            black_box(&tokens).len()
        };
        spans.iter().map(one).sum::<usize>()
    };
    reports.par_iter().zip(spans).map_init(Vec::new, of).sum()
}

fn terms<T: Send, R>(
    reports: &[Report],
    spans: &[Vec<Span>],
    make: impl Fn() -> R + Sync + Send,
    read: impl Fn(&mut R, &str) -> T + Sync + Send,
) -> Vec<ReportTerms<T>> {
    let of = |reader: &mut R, (report, spans): (&Report, &Vec<Span>)| ReportTerms {
        sentences: spans.iter().map(|span| read(reader, span.of(&report.text))).collect(),
        published: None,
    };
    reports.par_iter().zip(spans).map_init(make, of).collect()
}

/// The rows of pairs.tsv, as `align` writes them.
fn pairs(
    matches: &[ReportMatch],
    aligned: &[Alignment],
    reports: &Sides<Vec<Report>>,
    spans: &Sides<Vec<Vec<Span>>>,
) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (m, alignment) in matches.iter().zip(aligned) {
        let (de, vi) = (&reports.0[m.german], &reports.1[m.vietnamese]);
        for bead in alignment.beads.iter().filter(|b| b.is_pair() && b.score >= LEAST) {
            let (de_span, de_text) = group(&de.text, &spans.0[m.german], &bead.german);
            let (vi_span, vi_text) = group(&vi.text, &spans.1[m.vietnamese], &bead.vietnamese);
            pairs.push(Pair {
                de_doc: de.id.clone(),
                vi_doc: vi.id.clone(),
                doc_score: m.score,
                de: de_span,
                vi: vi_span,
                bead: (bead.german.len(), bead.vietnamese.len()),
                score: bead.score,
                kind: if alignment.mode == Mode::Comparable {
                    PairKind::Comparable
                } else {
                    PairKind::Parallel
                },
                de_text,
                vi_text,
            });
        }
    }
    pairs.sort_by(|a, b| {
        (&a.de_doc, a.de.start, a.vi.start, &a.vi_doc).cmp(&(&b.de_doc, b.de.start, b.vi.start, &b.vi_doc))
    });
    pairs
}

/// From the first byte of a group of sentences to the last, and their text.
fn group(text: &str, spans: &[Span], sentences: &[usize]) -> (Span, String) {
    let spans: Vec<Span> = sentences.iter().map(|i| spans[*i]).collect();
    let hull = Span::new(spans.first().map_or(0, |s| s.start), spans.last().map_or(0, |s| s.end));
    (hull, spans.iter().map(|s| s.of(text)).collect::<Vec<_>>().join(" "))
}

fn write(pairs: &[Pair], path: &Path) -> Result<()> {
    let mut out = OutputFile::create(path)?;
    let mut writer = Format::Tsv.writer(&mut out)?;
    pairs.iter().try_for_each(|pair| writer.write(pair))?;
    writer.finish()?;
    out.commit()?;
    Ok(())
}

/// Runs stages on pools of threads and keeps what it took.
struct Clock<'a> {
    bar: &'a Stage,
    pools: Vec<(usize, rayon::ThreadPool)>,
    stages: Vec<StageArg>,
    runs: u32,
    figures: Vec<Figure>,
}

impl<'a> Clock<'a> {
    fn new(plan: &Plan, bar: &'a Stage) -> Result<Self> {
        let pool = |threads: &usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(*threads).build();
            pool.map(|pool| (*threads, pool)).with_context(|| format!("{threads} threads cannot be started"))
        };
        let pools = plan.threads.iter().map(pool).collect::<Result<_>>()?;
        Ok(Self { bar, pools, stages: plan.stages.clone(), runs: plan.runs, figures: Vec::new() })
    }

    /// Runs `work` so often as asked for with each number of threads, or once untimed if its stage is not asked for. Gives what the last run gave.
    fn time<T: Send>(&mut self, stage: StageArg, work: impl Fn() -> T + Sync) -> Result<T> {
        let mut last = None;
        if self.stages.contains(&stage) {
            for (threads, pool) in &self.pools {
                let (mut seconds, mut processor) = (Vec::new(), Vec::new());
                let mut memory: Option<(u64, u64)> = None;
                for _ in 0..self.runs {
                    // What the run before gave is dropped outside the measured time.
                    drop(last.take());
                    let watch = MemoryWatch::start();
                    let before = processor_seconds();
                    let start = Instant::now();
                    last = Some(black_box(pool.install(&work)));
                    seconds.push(start.elapsed().as_secs_f64());
                    processor.extend(processor_seconds().zip(before).map(|(after, before)| after - before));
                    let peak = watch.peak();
                    // Only the first run has to ask the system for all of it.
                    memory = peak.map(|(all, added)| {
                        let most = memory.unwrap_or_default();
                        (all.max(most.0), added.max(most.1))
                    });
                    self.bar.step();
                }
                self.figures.push(Figure::new(stage_name(stage), *threads, seconds, &processor, memory));
            }
        } else if let Some((_, pool)) = self.pools.last() {
            last = Some(pool.install(&work));
        }
        last.context("no number of threads was given")
    }

    /// Says how much a stage worked through.
    fn amounts(&mut self, stage: StageArg, amounts: &[(&str, f64)]) {
        for figure in self.figures.iter_mut().filter(|f| f.stage == stage_name(stage)) {
            figure.amounts = amounts
                .iter()
                .map(|(unit, amount)| Amount { unit: (*unit).to_owned(), amount: *amount })
                .collect();
        }
    }
}

/// A stage's name on the command line.
pub(crate) fn stage_name(stage: StageArg) -> &'static str {
    match stage {
        StageArg::Read => "read",
        StageArg::Strip => "strip",
        StageArg::Split => "split",
        StageArg::Tokenize => "tokenize",
        StageArg::Terms => "terms",
        StageArg::Match => "match",
        StageArg::Align => "align",
        StageArg::Mine => "mine",
        StageArg::Write => "write",
    }
}
