//! `satzpaar bench`.

use std::collections::HashSet;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use satzpaar_corpus::OutputFile;
use satzpaar_evaluation::generate::GeneratedReports;
use satzpaar_evaluation::{Fraction, Measure, score_pairs};
use satzpaar_language::Language;

use super::{open_lexicon, write, write_all};
use crate::args::{BenchArgs, BenchCommand, GeneratedFormat, GlobalArgs, StageArg};
use crate::bench::files;
use crate::bench::machine::Machine;
use crate::bench::results::{Quality, Results, Settings};
use crate::bench::stages::{self, MINED, Plan, stage_name};
use crate::progress::Reporter;
use crate::status::{Status, UseError};

/// More generated reports than this are read from JSON lines instead of a file each.
const MOST_FILES: u32 = 10_000;

pub(super) fn run(args: &BenchArgs, global: &GlobalArgs, say: &Reporter) -> Result<Status> {
    if let Some(BenchCommand::Generate { reports, sentences, seed, format, output }) = &args.command {
        return generate(*reports, *sentences, *seed, *format, output, say);
    }
    // What is wrong with the files is told before the work, not after.
    let old = args.against.as_deref().map(earlier).transpose()?;
    let json = args.json.as_ref().map(OutputFile::create).transpose()?;
    let lexicon = open_lexicon(global)?;
    let folder = tempfile::tempdir().context("no folder for temporary files can be made; set TMPDIR")?;
    let inside = |name: &str| folder.path().join(name).into_os_string();
    let (de, vi) = match (&args.de, &args.vi) {
        (Some(de), Some(vi)) if de == "-" || vi == "-" => {
            let hint =
                "the same reports are read several times: standard input cannot be measured, give files";
            return Err(UseError(hint.to_owned()).into());
        }
        (Some(de), Some(vi)) => (de.clone(), vi.clone()),
        _ => {
            let records = args.reports > MOST_FILES;
            let format = if records { GeneratedFormat::Jsonl } else { GeneratedFormat::Txt };
            files::reports(folder.path(), &GeneratedReports::new(args.reports, args.seed), format)?;
            if records { (inside("de.jsonl"), inside("vi.jsonl")) } else { (inside("de"), inside("vi")) }
        }
    };
    let generated = args.de.is_none();
    let plan = Plan {
        de: &de,
        vi: &vi,
        pairs: &folder.path().join("pairs.tsv"),
        stages: stages_of(args),
        threads: threads_of(args, global),
        runs: args.runs,
        lexicon: &lexicon,
    };
    let measured = stages::run(&plan, say)?;
    let mut complete = true;
    for problem in &measured.problems {
        say.warn(&problem.to_string());
        complete &= !problem.left_out;
    }
    let quality = match &measured.matched {
        Some(matched) if generated => {
            let gold = GeneratedReports::new(args.reports, args.seed).documents();
            let pairs = measured.has_pairs.then(|| score_pairs(&folder.path().join("gold"), plan.pairs));
            let sentence_pairs = pairs.transpose()?.map(|report| report.sentences.into());
            Some(Quality { documents: documents(matched, &gold).into(), sentence_pairs })
        }
        _ => None,
    };
    let results = Results {
        machine: Machine::here(),
        settings: Settings {
            source: if generated {
                "generated".to_owned()
            } else {
                format!("{} and {}", de.display(), vi.display())
            },
            reports: generated.then_some(args.reports),
            seed: generated.then_some(args.seed),
            runs: args.runs,
            threads: plan.threads.clone(),
            stages: plan.stages.iter().map(|s| stage_name(*s).to_owned()).collect(),
        },
        method: method(),
        text: measured.text,
        figures: measured.figures,
        quality,
    };
    if results.machine.build == "debug" {
        say.warn("this is a debug build: its figures say nothing about speed; build with --release");
    }
    if let Some(old) = &old {
        for difference in results.differences(old) {
            say.warn(&format!("not the same as in the earlier run: {difference}"));
        }
    }
    write_all("-".as_ref(), results.to_text(old.as_ref()).as_bytes())?;
    if old.is_some() {
        say.note("* the change is larger than the spread of both runs together");
    }
    if let Some(mut out) = json {
        let text = serde_json::to_string_pretty(&results)?;
        write(&mut out, |out| writeln!(out, "{text}"))?;
        out.commit()?;
    }
    let found = results.text.german_reports > 0 && results.text.vietnamese_reports > 0;
    Ok(if complete && found { Status::Done } else { Status::Incomplete })
}

/// How many of the matched reports are pairs of the gold.
fn documents(matched: &[(String, String)], gold: &[(usize, usize)]) -> Measure {
    let id = GeneratedReports::id;
    let gold: HashSet<(String, String)> =
        gold.iter().map(|(de, vi)| (id(Language::German, *de), id(Language::Vietnamese, *vi))).collect();
    let right = matched.iter().filter(|pair| gold.contains(pair)).count() as u64;
    Measure {
        precision: Fraction { right, all: matched.len() as u64 },
        recall: Fraction { right, all: gold.len() as u64 },
    }
}

/// The figures of an earlier run.
fn earlier(path: &Path) -> Result<Results> {
    let name = path.display();
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("{name}: cannot be read; check the spelling"))?;
    serde_json::from_str(&text)
        .with_context(|| format!("{name}: is no output of `satzpaar bench --json`; give one to --against"))
}

fn stages_of(args: &BenchArgs) -> Vec<StageArg> {
    use StageArg::{Align, Match, Mine, Read, Split, Strip, Terms, Tokenize, Write};
    let mut stages = args.stages.clone();
    if stages.is_empty() {
        stages = vec![Read, Strip, Split, Tokenize, Terms, Match, Align, Mine, Write];
    }
    stages.sort_unstable();
    stages.dedup();
    stages
}

fn threads_of(args: &BenchArgs, global: &GlobalArgs) -> Vec<usize> {
    let mut threads = args.threads.clone();
    if threads.is_empty() {
        let all = std::thread::available_parallelism().map_or(1, usize::from);
        threads = vec![1, global.jobs.unwrap_or(all)];
    }
    threads.sort_unstable();
    threads.dedup();
    threads
}

/// How the figures came about; kept with them.
fn method() -> Vec<String> {
    let mined = format!(
        "mine takes the first {MINED} sentences of each side; tokenize is measured apart although terms includes it."
    );
    [
        "Each stage runs alone over the whole output of the stage before it, held in memory, so that the stages' times add up to those of a run.",
        "Wall time by a monotonic clock; a stage is run several times in a row with each number of threads, on a pool of threads started before; what it gives is dropped outside the measured time.",
        "median_seconds is the median of the runs, spread_seconds half of what lies between the shortest and the longest; nothing is left out as a warm-up.",
        "processor_seconds is the median of the processor time of all threads together: on a machine that others use too it says more than the wall.",
        "read opens, decompresses, decodes and checks the language of both sides at once, files being in the system's cache after the first run; strip is called apart. terms reads sentences into terms: tokens, dictionary forms, words of the lexicon, facts, names.",
        &mined,
        "match takes the reports' texts alone, no dates of publication. align takes the matched reports, in the mode that each pair suggests. write makes the rows of pairs.tsv from a score of 0.5 on, writes and renames the file.",
        "MB are 10^6 bytes of UTF-8; reports and sentences of both sides are counted; report pairs are matched ones.",
        "peak_memory is the process's highest resident set during a stage (VmHWM, reset before each run), added_memory what lies above the resident set at the stage's start; memory freed before may be used again without being counted. Absent where the system does not tell.",
        "Generated reports are made from templates: translations with few words unknown to the lexicon, so that scores against their gold are higher than on news.",
    ]
    .map(str::to_owned)
    .to_vec()
}

fn generate(
    reports: u32,
    sentences: Option<usize>,
    seed: u64,
    format: GeneratedFormat,
    output: &Path,
    say: &Reporter,
) -> Result<Status> {
    if sentences.is_some() && format != GeneratedFormat::Lines {
        return Err(UseError("--sentences goes with --format lines".to_owned()).into());
    }
    let sentences = sentences.unwrap_or(reports as usize * 16);
    files::into_new_folder(output, |folder| match format {
        GeneratedFormat::Lines => files::lines(folder, sentences, seed),
        _ => files::reports(folder, &GeneratedReports::new(reports, seed), format),
    })?;
    let what = match format {
        GeneratedFormat::Lines => format!("{sentences} sentences a side"),
        _ => format!("{reports} reports a side"),
    };
    say.note(&format!("{}: {what}, seed {seed}", output.display()));
    Ok(Status::Done)
}
