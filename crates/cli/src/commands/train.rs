//! `satzpaar train`: the alignment weights from ladders with gold.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use satzpaar_aligner::{TrainingCase, Weights, ablation, train};
use satzpaar_corpus::read_lines;
use satzpaar_evaluation::ladder::read_ladder_file;
use satzpaar_language::Language;

use super::{open_lexicon, write_all};
use crate::args::{GlobalArgs, TrainArgs};
use crate::pipeline::{german_lines, vietnamese_lines};
use crate::progress::Reporter;
use crate::readers::Readers;
use crate::status::Status;

const PROVENANCE: &str = "Weights of the alignment model; each is explained in its row. CC0-1.0.
Evidence is counted in nats: how much likelier a find (or a miss) is in two texts that say the same than in two that do not.
Learned by `just train` (satzpaar train) from two thirds of ladders made of NTREX-128 news with professional translations (only these
numbers come from there); a third of the names is held out. How sure mined pairs are comes half from these, half from our own pairs in
data/training, of which crime.tsv and vietnam.tsv are held out.";

pub(super) fn run(args: &TrainArgs, global: &GlobalArgs, say: &Reporter) -> Result<Status> {
    let lexicon = open_lexicon(global)?;
    let readers = Readers::new(&lexicon);
    let mut cases = Vec::new();
    let kinds = folders(&args.cases)?;
    for (kind, folder) in kinds.iter().enumerate() {
        for case in folders(folder)? {
            let name = case.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            if args.held_out && is_held_out(&name) && kind == 0 {
                write_all("-".as_ref(), format!("{name}\n").as_bytes())?;
            }
            if !args.held_out && name != "_long" && is_held_out(&name) == args.ablation {
                cases.push(read_case(&case, kind, &readers)?);
            }
        }
    }
    if args.held_out {
        return Ok(Status::Done);
    }
    anyhow::ensure!(
        !cases.is_empty(),
        "{}: no cases: KIND/NAME/{{de.txt,vi.txt,gold.txt}} are wanted",
        args.cases.display()
    );
    if args.ablation {
        return write_all(&args.output, ablation_table(&kinds, &cases).as_bytes());
    }
    let lists = args.lists.iter().map(|list| read_list(list, &readers)).collect::<Result<Vec<_>>>()?;
    let weights = train(&cases, &lists, &Weights::default(), &|line| say.note(line));
    write_all(&args.output, weights.to_file(PROVENANCE).as_bytes())
}

/// The scores without each kind of evidence, as a table of Markdown.
fn ablation_table(kinds: &[PathBuf], cases: &[TrainingCase]) -> String {
    let names = kinds.iter().map(|k| k.file_name().unwrap_or_default().to_string_lossy().into_owned());
    let names: Vec<String> = names.collect();
    let mut rows = vec![
        std::iter::once(String::new())
            .chain(names.iter().cloned())
            .chain(names.iter().map(|name| format!("{name}, joined")))
            .collect::<Vec<_>>(),
    ];
    rows.push(vec!["---".to_owned(); rows[0].len()]);
    for (name, scores) in ablation(cases, &Weights::default()) {
        let scores = scores.iter().map(|f1| format!("{f1:.3}"));
        rows.push(std::iter::once(name.to_owned()).chain(scores).collect());
    }
    let lines: Vec<String> = rows.iter().map(|row| format!("| {} |", row.join(" | "))).collect();
    lines.join("\n") + "\n"
}

/// A third of the names, by a hash (FNV-1a) that no run changes.
fn is_held_out(name: &str) -> bool {
    let hash = name.bytes().fold(0x811c_9dc5_u32, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193));
    hash.is_multiple_of(3)
}

fn folders(path: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(path).with_context(|| format!("{}: cannot be read", path.display()))?;
    let mut folders: Vec<PathBuf> =
        entries.filter_map(|e| e.ok().map(|e| e.path())).filter(|p| p.is_dir()).collect();
    folders.sort();
    Ok(folders)
}

/// A list of pairs as a case whose every sentence has its partner.
fn read_list(path: &Path, readers: &Readers) -> Result<TrainingCase> {
    let (mut german, mut vietnamese) = (Vec::new(), Vec::new());
    for (number, line) in (1..).zip(read_lines(path, None)?) {
        if line.starts_with('#') || line.is_empty() {
            continue;
        }
        let [_event, de, vi] = line.split('\t').collect::<Vec<_>>()[..] else {
            bail!("{}: line {number}: EVENT<TAB>GERMAN<TAB>VIETNAMESE is wanted", path.display());
        };
        german.push(de.to_owned());
        vietnamese.push(vi.to_owned());
    }
    Ok(TrainingCase {
        gold: (0..german.len()).map(|i| (vec![i], vec![i])).collect(),
        german: german_lines(&german, readers),
        vietnamese: vietnamese_lines(&vietnamese, readers),
        kind: 0,
    })
}

fn read_case(folder: &Path, kind: usize, readers: &Readers) -> Result<TrainingCase> {
    let de = read_lines(folder.join("de.txt"), Some(Language::German))?;
    let vi = read_lines(folder.join("vi.txt"), Some(Language::Vietnamese))?;
    let gold = read_ladder_file(&folder.join("gold.txt"))?;
    let gold = gold.into_iter().filter(|b| !b.german.is_empty() && !b.vietnamese.is_empty());
    Ok(TrainingCase {
        german: german_lines(&de, readers),
        vietnamese: vietnamese_lines(&vi, readers),
        gold: gold.map(|b| (b.german, b.vietnamese)).collect(),
        kind,
    })
}
