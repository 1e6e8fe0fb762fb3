//! `satzpaar align --presegmented`: files with one sentence a line, in and out as other aligners have it.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use rayon::prelude::*;
use satzpaar_aligner::{Alignment, Gaps, Mode, align_with};
use satzpaar_corpus::output::{Format, MosesWriter, WritePairs, write_ladder_line};
use satzpaar_corpus::{OutputFile, Pair, PairKind, Span, read_lines};
use satzpaar_language::Language;
use satzpaar_lexicon::Lexicon;

use super::align::least_score;
use super::{open_lexicon, write};
use crate::adapting::{SURE, extended};
use crate::args::{AlignArgs, FormatArg, GlobalArgs};
use crate::embeddings::Tables;
use crate::pipeline::{german_lines, vietnamese_lines};
use crate::progress::Reporter;
use crate::readers::Readers;
use crate::status::{Status, UseError, message};

/// One pair of files, and where its ladder goes.
struct Job {
    de: PathBuf,
    vi: PathBuf,
    out: PathBuf,
}

/// The lines of a job's files.
struct Lines {
    de: Vec<String>,
    vi: Vec<String>,
}

/// A job, and its lines if they are read already.
type ReadJob = (Job, Option<Lines>);

impl Lines {
    fn read(job: &Job) -> Result<Self> {
        let de = read_lines(&job.de, Some(Language::German))?;
        let vi = read_lines(&job.vi, Some(Language::Vietnamese))?;
        Ok(Self { de, vi })
    }
}

pub(super) fn run(args: &AlignArgs, global: &GlobalArgs, say: &Reporter) -> Result<Status> {
    let mut lexicon = open_lexicon(global)?;
    let jobs = match (&args.batch, &args.de, &args.vi) {
        (Some(batch), ..) => read_batch(batch)?,
        (None, Some(de), Some(vi)) => {
            if de == "-" && vi == "-" {
                return Err(UseError("only one of DE and VI can be standard input".to_owned()).into());
            }
            vec![Job { de: de.into(), vi: vi.into(), out: args.output.clone() }]
        }
        _ => return Err(UseError("DE and VI are wanted, or --batch".to_owned()).into()),
    };
    let tables = Tables::open(&args.vectors)?;
    let jobs: Vec<ReadJob> = if args.adapt {
        let (jobs, adapted) = adapt(jobs, args, &lexicon, tables.as_ref(), say)?;
        lexicon = adapted.unwrap_or(lexicon);
        jobs
    } else {
        jobs.into_iter().map(|job| (job, None)).collect()
    };
    let readers = Readers::new(&lexicon);
    let stage = say.stage("aligning", jobs.len() as u64);
    let results: Vec<Result<usize>> = jobs
        .par_iter()
        .map(|(job, lines)| {
            let pairs = align_files(job, lines.as_ref(), args, &readers, tables.as_ref(), say);
            stage.step();
            pairs
        })
        .collect();
    stage.finish();
    if jobs.len() == 1 {
        let pairs = results.into_iter().next().transpose()?.unwrap_or(0);
        if pairs == 0 {
            say.warn("no sentence says the same as one of the other side");
            return Ok(Status::Incomplete);
        }
        return Ok(Status::Done);
    }
    let mut status = Status::Done;
    for result in results {
        if let Err(error) = result {
            say.warn(&message(&error));
            status = Status::Incomplete;
        }
    }
    Ok(status)
}

/// Reads the table of `--batch`; paths in it are taken from where the command runs.
fn read_batch(path: &Path) -> Result<Vec<Job>> {
    let name = path.display();
    let rows = read_lines(path, None)?;
    let mut lines = rows.iter().enumerate().filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#'));
    let header: Vec<&str> = lines.next().map(|(_, l)| l.split('\t').collect()).unwrap_or_default();
    let column = |wanted: &str| {
        header.iter().position(|c| *c == wanted).with_context(|| {
            format!("{name}: line 1: no column '{wanted}': the table wants a header 'de<TAB>vi<TAB>out'")
        })
    };
    let (de, vi, out) = (column("de")?, column("vi")?, column("out")?);
    lines
        .map(|(i, line)| {
            let cells: Vec<&str> = line.split('\t').collect();
            let cell = |column: usize| {
                cells.get(column).filter(|c| !c.is_empty()).map(PathBuf::from).with_context(|| {
                    format!("{name}: line {}: a cell is missing: '{}' is wanted", i + 1, header[column])
                })
            };
            Ok(Job { de: cell(de)?, vi: cell(vi)?, out: cell(out)? })
        })
        .collect()
}

/// Aligns one pair of files; gives the number of pairs.
fn align_files(
    job: &Job,
    lines: Option<&Lines>,
    args: &AlignArgs,
    readers: &Readers,
    tables: Option<&Tables>,
    say: &Reporter,
) -> Result<usize> {
    let read;
    let lines = if let Some(lines) = lines {
        lines
    } else {
        read = Lines::read(job)?;
        &read
    };
    let format = args.format.unwrap_or(FormatArg::Ladder);
    let ladder = format == FormatArg::Ladder;
    let alignment = align_lines(job, lines, args, readers, tables, Some(say))?;
    let least = least_score(args, std::iter::once(&alignment), 0.0, say);
    if ladder {
        let mut out = OutputFile::create(&job.out)?;
        write(&mut out, |out| {
            write_ladder(out, &alignment, least)?;
            Ok(())
        })?;
        out.commit()?;
    } else {
        let pairs = pairs(job, &lines.de, &lines.vi, &alignment, least);
        write_pairs(&pairs, format, &job.out)?;
    }
    Ok(alignment.beads.iter().filter(|b| b.is_pair()).count())
}

/// Aligns the lines of a job; what is worth knowing is told to `say` if given.
fn align_lines(
    job: &Job,
    lines: &Lines,
    args: &AlignArgs,
    readers: &Readers,
    tables: Option<&Tables>,
    say: Option<&Reporter>,
) -> Result<Alignment> {
    let Lines { de, vi } = lines;
    let vectors = tables.map(|tables| tables.vectors((&job.de, de), (&job.vi, vi), say)).transpose()?;
    let ladder = args.format.is_none_or(|format| format == FormatArg::Ladder);
    let gaps = if ladder { Gaps::Allowed } else { Gaps::None };
    let (german, vietnamese) = (german_lines(de, readers), vietnamese_lines(vi, readers));
    let alignment =
        align_with(&german, &vietnamese, vectors, args.mode.into(), gaps, &args.vectors.weights());
    if args.batch.is_none() && !args.adapt {
        // The command ends here, and its memory with it: to give back each of a long text's terms by itself would only take time.
        std::mem::forget((german, vietnamese));
    }
    Ok(alignment)
}

/// The jobs with their lines, and the lexicon with what the surest pairs of all of them teach, if they teach anything. Files that cannot be
/// read are left for the pass that counts.
fn adapt(
    jobs: Vec<Job>,
    args: &AlignArgs,
    lexicon: &Lexicon,
    tables: Option<&Tables>,
    say: &Reporter,
) -> Result<(Vec<ReadJob>, Option<Lexicon>)> {
    let readers = Readers::new(lexicon);
    let single = jobs.len() == 1;
    let stage = say.stage("learning words", jobs.len() as u64);
    let read = |job: &Job| -> Result<(Lines, Vec<(String, String)>)> {
        let lines = Lines::read(job)?;
        let alignment = align_lines(job, &lines, args, &readers, tables, None)?;
        let sure = alignment.beads.iter().filter(|b| b.score >= SURE);
        let pairs = sure.filter_map(|bead| match (&bead.german[..], &bead.vietnamese[..]) {
            ([i], [j]) => Some((lines.de[*i].clone(), lines.vi[*j].clone())),
            _ => None,
        });
        let pairs = pairs.collect();
        stage.step();
        Ok((lines, pairs))
    };
    let results: Vec<Result<_>> = jobs.par_iter().map(read).collect();
    stage.finish();
    let (mut done, mut pairs) = (Vec::new(), Vec::new());
    for (job, result) in jobs.into_iter().zip(results) {
        // Standard input cannot be read again to tell what is wrong with it.
        let found = if single { Some(result?) } else { result.ok() };
        let (lines, sure) = found.unzip();
        pairs.extend(sure.into_iter().flatten());
        done.push((job, lines));
    }
    Ok((done, extended(lexicon, &pairs, say)?))
}

/// Writes the beads of a ladder, pairs below `least` left out; gives the number of pairs written.
pub(super) fn write_ladder(
    out: &mut OutputFile,
    alignment: &Alignment,
    least: f64,
) -> std::io::Result<usize> {
    let mut pairs = 0;
    for bead in alignment.beads.iter().filter(|b| !b.is_pair() || b.score >= least) {
        pairs += usize::from(bead.is_pair());
        write_ladder_line(
            &mut *out,
            bead.german.iter().copied(),
            bead.vietnamese.iter().copied(),
            bead.score,
        )?;
    }
    Ok(pairs)
}

/// Pairs of lines: the reports' ids are the files' names, spans are bytes of the lines joined by single ends of line.
fn pairs(job: &Job, de: &[String], vi: &[String], alignment: &Alignment, least: f64) -> Vec<Pair> {
    let id =
        |path: &Path| path.file_stem().map_or_else(|| "-".to_owned(), |s| s.to_string_lossy().into_owned());
    let starts = |lines: &[String]| {
        let ends = lines.iter().scan(0, |at, line| {
            *at += line.len() + 1;
            Some(*at)
        });
        std::iter::once(0).chain(ends).collect::<Vec<usize>>()
    };
    let (de_starts, vi_starts) = (starts(de), starts(vi));
    let kind = kind_of(alignment.mode);
    let beads = alignment.beads.iter().filter(|b| b.is_pair() && b.score >= least);
    let mut pairs: Vec<Pair> = beads
        .map(|bead| Pair {
            de_doc: id(&job.de),
            vi_doc: id(&job.vi),
            doc_score: 1.0,
            de: hull(&de_starts, &bead.german),
            vi: hull(&vi_starts, &bead.vietnamese),
            bead: (bead.german.len(), bead.vietnamese.len()),
            score: bead.score,
            kind,
            de_text: join(de, &bead.german),
            vi_text: join(vi, &bead.vietnamese),
        })
        .collect();
    pairs.sort_by_key(|p| (p.de.start, p.vi.start));
    pairs
}

/// From the first sentence's first byte to the last one's last.
fn hull(starts: &[usize], sentences: &[usize]) -> Span {
    match (sentences.first(), sentences.last()) {
        (Some(first), Some(last)) => Span::new(starts[*first], starts[last + 1] - 1),
        _ => Span::default(),
    }
}

fn join(lines: &[String], sentences: &[usize]) -> String {
    sentences.iter().map(|i| lines[*i].as_str()).collect::<Vec<_>>().join(" ")
}

pub(super) fn kind_of(mode: Mode) -> PairKind {
    if mode == Mode::Comparable { PairKind::Comparable } else { PairKind::Parallel }
}

/// Writes pairs in any format that holds text or spans.
pub(super) fn write_pairs(pairs: &[Pair], format: FormatArg, path: &Path) -> Result<()> {
    let format = match format {
        FormatArg::Tsv => Format::Tsv,
        FormatArg::Jsonl => Format::Jsonl,
        FormatArg::Tmx => Format::Tmx,
        FormatArg::Xces => Format::Xces,
        FormatArg::Moses => return write_moses(pairs, path),
        FormatArg::Ladder => {
            let hint = "a ladder holds no text: use --presegmented, or another format";
            return Err(UseError(hint.to_owned()).into());
        }
    };
    let mut out = OutputFile::create(path)?;
    write(&mut out, |out| {
        let mut writer = format.writer(out)?;
        pairs.iter().try_for_each(|pair| writer.write(pair))?;
        writer.finish()
    })?;
    out.commit()?;
    Ok(())
}

fn write_moses(pairs: &[Pair], prefix: &Path) -> Result<()> {
    if prefix.as_os_str() == "-" {
        let hint = "Moses format is two files: give a prefix with -o, for PREFIX.de and PREFIX.vi";
        return Err(UseError(hint.to_owned()).into());
    }
    let with_ending = |ending: &str| {
        let mut name = prefix.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    };
    let mut de = OutputFile::create(with_ending(".de"))?;
    let mut vi = OutputFile::create(with_ending(".vi"))?;
    let result = (|| {
        let mut writer: Box<dyn WritePairs + '_> = Box::new(MosesWriter::new(&mut de, &mut vi));
        pairs.iter().try_for_each(|pair| writer.write(pair))?;
        writer.finish()
    })();
    if let Err(error) = result {
        return Err(de.error(error).into());
    }
    de.commit()?;
    vi.commit()?;
    Ok(())
}

impl From<crate::args::ModeArg> for Mode {
    fn from(mode: crate::args::ModeArg) -> Self {
        match mode {
            crate::args::ModeArg::Auto => Self::Auto,
            crate::args::ModeArg::Parallel => Self::Parallel,
            crate::args::ModeArg::Comparable => Self::Comparable,
        }
    }
}
