//! `satzpaar dataset`.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use rayon::prelude::*;
use satzpaar_aligner::{Gaps, threshold};
use satzpaar_corpus::{Language, Problem, ProblemKind, Report, find_sources};
use satzpaar_evaluation::dataset::files::{DatasetFormat, FileOptions, write_files};
use satzpaar_evaluation::dataset::manifest::update_manifest;
use satzpaar_evaluation::dataset::{
    Built, CONTAMINATION, Contaminated, Contradiction, Dataset, DatasetError, FunnelStep, Ingredients,
    InputFile, OutputFolder, Recipe, Row, Selection, SourceReport, SourceReports, SplitBy, Splits, Table,
    build, describe_file, read_table, write_contamination,
};

use super::align::{Aligned, align_reports};
use super::{Reports, open_lexicon, read_reports};
use crate::args::{AlignArgs, ContaminatedArg, DatasetArgs, DatasetFormatArg, GlobalArgs, SplitByArg};
use crate::contradictions::contradiction;
use crate::progress::Reporter;
use crate::status::{Status, UseError};

/// Pairs less probable than this are left out unless an option says otherwise.
const LEAST: f64 = 0.5;

pub(super) fn run(args: &DatasetArgs, global: &GlobalArgs, say: &Reporter) -> Result<Status> {
    let start = Instant::now();
    let Some(output) = &args.output else {
        return Err(UseError("a folder for the dataset is wanted: -o DIR".to_owned()).into());
    };
    if args.min_chars > args.max_chars {
        return Err(UseError("--min-chars is larger than --max-chars".to_owned()).into());
    }
    // What stands in the way is found before the work, not after.
    let options = FileOptions { formats: formats(&args.formats), deferred: args.deferred };
    options.check().map_err(of_use)?;
    let folder = OutputFolder::create(output, args.force)?;
    let (ingredients, mut complete) = gather(args, global, say)?;

    let least = least_score(args, &ingredients, say);
    let recipe = recipe(args, output, least);
    let stage = say.stage("selecting", 1);
    let judge: &Contradiction<'_> = &contradiction;
    let built = build(ingredients, &recipe, (!args.keep_contradictions).then_some(judge)).map_err(of_use)?;
    stage.finish();
    let Built { dataset, contamination, notes } = built;
    for line in funnel_lines(&dataset) {
        say.note(&line);
    }
    for note in &notes {
        say.warn(note);
    }
    if dataset.items.is_empty() {
        say.warn("no pair is left, and no dataset is written: the lines above say where they went");
        return Ok(Status::Incomplete);
    }

    let stage = say.stage("writing", 1);
    let written = write_files(&dataset, folder.path(), &options);
    let written = written.and_then(|_| match &contamination {
        Some(rows) => {
            write_contamination(rows, folder.path())?;
            update_manifest(folder.path(), &[CONTAMINATION])
        }
        None => Ok(()),
    });
    written.map_err(|error| of_use(in_place(error, folder.path(), output)))?;
    folder.commit()?;
    stage.finish();
    for line in summary(&dataset, output, start) {
        say.note(&line);
    }
    complete &= (0..dataset.splits.len()).all(|split| dataset.items.iter().any(|item| item.split == split));
    Ok(if complete { Status::Done } else { Status::Incomplete })
}

/// The formats asked for; all that this build has if none was.
pub(super) fn formats(asked: &[DatasetFormatArg]) -> Vec<DatasetFormat> {
    match asked {
        [] => FileOptions::default().formats,
        some => some.iter().map(|format| (*format).into()).collect(),
    }
}

/// Settings that cannot be meant are wrong use.
pub(super) fn of_use(error: DatasetError) -> anyhow::Error {
    match error {
        DatasetError::Settings(message) => UseError(message).into(),
        error @ DatasetError::NotBuilt(_) => UseError(error.to_string()).into(),
        other => other.into(),
    }
}

/// An error that names the folder that the user gave, not the one beside it that is gone when it is read.
pub(super) fn in_place(error: DatasetError, beside: &Path, output: &Path) -> DatasetError {
    use satzpaar_corpus::CorpusError;
    let beside = beside.display().to_string();
    match error {
        DatasetError::File(CorpusError::Write { name, source, .. }) if name.starts_with(&beside) => {
            let name = name.replacen(&beside, &output.display().to_string(), 1);
            CorpusError::write(name, source).into()
        }
        other => other,
    }
}

/// The pairs, and what is known of their reports; also whether nothing was left out.
fn gather(args: &DatasetArgs, global: &GlobalArgs, say: &Reporter) -> Result<(Ingredients, bool)> {
    let mut ingredients = Ingredients::default();
    let mut complete = true;
    let mut reports = None;
    if let [de, vi] = &*args.reports {
        let read = read_reports(de, vi, false, say)?;
        complete &= read.complete;
        for (language, reports, problems) in [
            (Language::German, &read.german, &read.problems[0]),
            (Language::Vietnamese, &read.vietnamese, &read.problems[1]),
        ] {
            ingredients.funnel.push(read_step(language, reports, problems));
            ingredients.sources.extend(reports.iter().map(|report| known(language, report)));
        }
        for side in [de, vi] {
            ingredients.inputs.extend(describe_reports(side)?);
        }
        reports = Some((read, global));
    }
    match (&args.pairs, reports) {
        (Some(path), _) => {
            let stage = say.stage("reading pairs", 1);
            let (table, input) = read_table(path)?;
            stage.finish();
            complete &= table.left_out == 0;
            add_table(&mut ingredients, table, say);
            ingredients.inputs.push(input);
        }
        (None, Some((reports, global))) => {
            complete &= add_alignments(&mut ingredients, reports, global, say)?;
        }
        (None, None) => return Err(UseError("PAIRS or --reports is wanted".to_owned()).into()),
    }
    Ok((ingredients, complete))
}

/// Rows of a given table.
fn add_table(ingredients: &mut Ingredients, table: Table, say: &Reporter) {
    table.faults.iter().for_each(|fault| say.warn(fault));
    let reports: BTreeSet<(&str, &str)> =
        table.rows.iter().map(|row| (row.pair.de_doc.as_str(), row.pair.vi_doc.as_str())).collect();
    ingredients.funnel.push(step("matched", "pairs of reports", reports.len(), []));
    ingredients.funnel.push(step("aligned", "pairs", table.rows.len(), [("faulty row", table.left_out)]));
    if !ingredients.sources.is_empty() {
        let unknown = unknown_reports(&reports, &ingredients.sources);
        if unknown > 0 {
            say.warn(&format!(
                "{unknown} reports of the table are not among --reports: their addresses and licences are unknown; were they aligned from other folders?"
            ));
        }
    }
    ingredients.rows = table.rows;
}

fn unknown_reports(reports: &BTreeSet<(&str, &str)>, sources: &SourceReports) -> usize {
    let known: BTreeSet<(Language, &str)> =
        sources.keys().map(|(language, id)| (*language, id.as_str())).collect();
    let named: BTreeSet<(Language, &str)> =
        reports.iter().flat_map(|(de, vi)| [(Language::German, *de), (Language::Vietnamese, *vi)]).collect();
    named.difference(&known).count()
}

/// Rows by aligning the reports; says whether everything was there.
fn add_alignments(
    ingredients: &mut Ingredients,
    reports: Reports,
    global: &GlobalArgs,
    say: &Reporter,
) -> Result<bool> {
    let lexicon = open_lexicon(global)?;
    let aligned = align_reports(&AlignArgs::default(), reports, Gaps::None, &lexicon, say)?;
    let Aligned { german, vietnamese, matches, .. } = &aligned;
    let matched = |side: fn(&satzpaar_aligner::ReportMatch) -> usize| {
        matches.iter().map(side).collect::<BTreeSet<usize>>().len()
    };
    let alone = [
        ("German report without partner", (german.reports.len() - matched(|m| m.german)) as u64),
        ("Vietnamese report without partner", (vietnamese.reports.len() - matched(|m| m.vietnamese)) as u64),
    ];
    ingredients.funnel.push(step("matched", "pairs of reports", matches.len(), alone));
    // All of them, however improbable: what is kept is decided later, and told.
    let pairs = aligned.pairs(0.0);
    ingredients.funnel.push(step("aligned", "pairs", pairs.len(), []));
    ingredients.rows = pairs.into_iter().zip(1..).map(|(pair, row)| Row::new(row, pair)).collect();
    Ok(aligned.complete)
}

fn step<const N: usize>(name: &str, unit: &str, kept: usize, dropped: [(&str, u64); N]) -> FunnelStep {
    let dropped = dropped.into_iter().filter(|(_, count)| *count > 0);
    FunnelStep {
        step: name.to_owned(),
        unit: unit.to_owned(),
        kept: kept as u64,
        dropped: dropped.map(|(reason, count)| (reason.to_owned(), count)).collect(),
    }
}

fn read_step(language: Language, reports: &[Report], problems: &[Problem]) -> FunnelStep {
    let mut read = step("read", &format!("{} reports", language.name()), reports.len(), []);
    for problem in problems.iter().filter(|problem| problem.left_out) {
        let reason = match problem.kind {
            ProblemKind::Unreadable => "unreadable",
            ProblemKind::Empty => "no text but furniture",
            ProblemKind::Binary => "not text",
            ProblemKind::BrokenCompression => "broken compression",
            ProblemKind::TooLarge => "too large",
            ProblemKind::BrokenEncoding => "broken encoding",
            ProblemKind::BadRecord => "faulty record",
            ProblemKind::WrongLanguage(_) => "another language",
            ProblemKind::DuplicateId => "duplicate id",
            _ => "unsupported",
        };
        *read.dropped.entry(reason.to_owned()).or_default() += 1;
    }
    read
}

fn known(language: Language, report: &Report) -> ((Language, String), SourceReport) {
    let data = &report.metadata;
    let source = SourceReport {
        title: data.title.clone(),
        date: data.date.clone(),
        url: data.url.clone(),
        license: data.license.clone(),
    };
    ((language, report.id.clone()), source)
}

/// Length and hash of every file of reports, named by their path from the given folder's own name on.
fn describe_reports(input: &OsStr) -> Result<Vec<InputFile>> {
    if input == "-" {
        return Ok(Vec::new());
    }
    let folder = Path::new(input);
    let top = folder.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned() + "/");
    let sources = find_sources(&[input])?;
    let described = sources.par_iter().filter_map(|source| {
        let name = source.name();
        let path = Path::new(&name);
        let short = match path.strip_prefix(folder) {
            Ok(below) if folder.is_dir() => format!("{top}{}", below.display()),
            _ => path.file_name()?.to_string_lossy().into_owned(),
        };
        // What cannot be read was told when it was tried.
        describe_file(path, short).ok()
    });
    Ok(described.collect())
}

/// The score from which on pairs are kept: as asked for, by score or by precision.
fn least_score(args: &DatasetArgs, ingredients: &Ingredients, say: &Reporter) -> f64 {
    let Some(target) = args.target_precision else { return args.min_score.unwrap_or(LEAST) };
    let least = threshold(ingredients.rows.iter().map(|row| row.pair.score).collect(), target);
    if least > 1.0 {
        say.warn(&format!("no pair is sure enough for a precision of {target}: nothing is kept"));
    } else {
        say.note(&format!("for a precision of {target} pairs are kept from a score of {least:.4} on"));
    }
    least
}

fn recipe(args: &DatasetArgs, output: &Path, min_score: f64) -> Recipe {
    let splits = Splits {
        by: match args.split_by {
            SplitByArg::Event => SplitBy::Event,
            SplitByArg::Date => SplitBy::Date,
        },
        ..args.splits.clone().unwrap_or_default()
    };
    Recipe {
        name: dataset_name(args, output),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        selection: Selection {
            min_score,
            beads: args.beads.clone(),
            min_chars: args.min_chars,
            max_chars: args.max_chars,
            max_ratio: args.max_ratio,
        },
        near_duplicates: args.near_duplicates,
        against: args.against.clone(),
        contaminated: match args.contaminated {
            ContaminatedArg::Remove => Contaminated::Remove,
            ContaminatedArg::Flag => Contaminated::Flag,
        },
        max_overlap: args.max_overlap,
        max_per_event: args.max_per_event,
        size: args.size,
        seed: args.seed,
        settings: settings(args, &splits, min_score),
        splits,
    }
}

/// The name asked for, or the folder's, with `-` for what a name cannot hold.
fn dataset_name(args: &DatasetArgs, output: &Path) -> String {
    let absolute = std::path::absolute(output).unwrap_or_else(|_| output.to_owned());
    let folder = absolute.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = args.name.clone().or(folder).unwrap_or_default();
    let plain = |c: char| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '-' };
    let name: String = name.trim().chars().map(plain).collect();
    if name.chars().any(|c| c.is_ascii_alphanumeric()) { name } else { "dataset".to_owned() }
}

/// The settings by option name, for the card.
fn settings(args: &DatasetArgs, splits: &Splits, min_score: f64) -> BTreeMap<String, String> {
    let mut settings = BTreeMap::new();
    let mut set = |name: &str, value: String| settings.insert(name.to_owned(), value);
    set("min-score", min_score.to_string());
    if let Some(target) = args.target_precision {
        set("target-precision", target.to_string());
    }
    let beads: Vec<String> = args.beads.iter().map(|(de, vi)| format!("{de}-{vi}")).collect();
    set("beads", if beads.is_empty() { "all".to_owned() } else { beads.join(",") });
    set("min-chars", args.min_chars.to_string());
    set("max-chars", args.max_chars.to_string());
    set("max-ratio", args.max_ratio.to_string());
    set("keep-contradictions", if args.keep_contradictions { "yes" } else { "no" }.to_owned());
    set("near-duplicates", args.near_duplicates.to_string());
    if let Some(most) = args.max_per_event {
        set("max-per-event", most.to_string());
    }
    if let Some(size) = args.size {
        set("size", size.to_string());
    }
    set("seed", args.seed.to_string());
    let parts: Vec<String> = splits.parts.iter().map(|(name, share)| format!("{name}={share}")).collect();
    set("splits", parts.join(","));
    if args.splits.is_some() {
        set("split-by", if splits.by == SplitBy::Date { "date" } else { "event" }.to_owned());
    }
    if !args.against.is_empty() {
        let names: Vec<_> = args
            .against
            .iter()
            .map(|path| path.file_name().unwrap_or(path.as_os_str()).to_string_lossy())
            .collect();
        set("against", names.join(", "));
        let flag = args.contaminated == ContaminatedArg::Flag;
        set("contaminated", if flag { "flag" } else { "remove" }.to_owned());
        set("max-overlap", args.max_overlap.to_string());
    }
    if args.deferred {
        set("deferred", "yes".to_owned());
    }
    settings
}

/// The funnel as aligned lines: step, what is left, what went and why.
fn funnel_lines(dataset: &Dataset) -> Vec<String> {
    let width = dataset.funnel.iter().map(|step| step.step.len()).max().unwrap_or(0);
    let digits = dataset.funnel.iter().map(|step| step.kept.to_string().len()).max().unwrap_or(0);
    let lines = dataset.funnel.iter().map(|step| {
        let dropped: Vec<String> =
            step.dropped.iter().map(|(reason, count)| format!("{count} {reason}")).collect();
        let less =
            if dropped.is_empty() { String::new() } else { format!("  (less {})", dropped.join(", ")) };
        format!("  {:width$}  {:>digits$} {}{less}", step.step, step.kept, step.unit)
    });
    lines.collect()
}

/// What came out, in a few lines.
fn summary(dataset: &Dataset, output: &Path, start: Instant) -> Vec<String> {
    let mut sizes = vec![0_usize; dataset.splits.len()];
    let mut events: Vec<BTreeSet<&str>> = vec![BTreeSet::new(); dataset.splits.len()];
    for item in &dataset.items {
        sizes[item.split] += 1;
        events[item.split].insert(&item.event);
    }
    let mut lines: Vec<String> = (0..dataset.splits.len())
        .map(|split| {
            let (name, size, events) = (&dataset.splits[split], sizes[split], events[split].len());
            let share = 100.0 * size as f64 / dataset.items.len().max(1) as f64;
            format!("{name}: {size} pairs of {events} events ({share:.1} %)")
        })
        .collect();
    if let Some(estimate) = dataset.estimated_precision {
        lines.push(format!(
            "estimated precision {:.3} (95 %: {:.3} to {:.3})",
            estimate.value, estimate.low, estimate.high
        ));
    }
    lines.push(format!("{}: written in {:.2} s", output.display(), start.elapsed().as_secs_f64()));
    lines
}

impl From<DatasetFormatArg> for DatasetFormat {
    fn from(format: DatasetFormatArg) -> Self {
        match format {
            DatasetFormatArg::Plain => Self::Plain,
            DatasetFormatArg::Tsv => Self::Tsv,
            DatasetFormatArg::Jsonl => Self::Jsonl,
            DatasetFormatArg::Tmx => Self::Tmx,
            DatasetFormatArg::Xces => Self::Xces,
            DatasetFormatArg::Moses => Self::Moses,
            DatasetFormatArg::Wmt => Self::Wmt,
            DatasetFormatArg::Parquet => Self::Parquet,
        }
    }
}
