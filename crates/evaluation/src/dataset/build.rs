//! From a table of pairs to a dataset: selection, duplicates, contamination, balance, splits.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use satzpaar_corpus::{Language, OutputFile, Pair};

use super::contamination::{Overlap, find_overlaps};
use super::duplicates::drop_duplicates;
use super::events::{Events, find_events};
use super::funnel::{Funnel, Reason};
use super::precision::estimate;
use super::read::Row;
use super::sample::draw;
use super::select::{Contradiction, Selection, select};
use super::splits::{SplitBy, Splits, deal, deal_by_date, random_keys};
use super::{Dataset, DatasetError, FunnelStep, InputFile, Item, SourceReports};

/// The table of what was found in other collections.
pub const CONTAMINATION: &str = "contamination.tsv";

/// What a dataset is made from.
#[derive(Debug, Default)]
pub struct Ingredients {
    /// All pairs.
    pub rows: Vec<Row>,
    /// What is known of their reports; others may stand there too.
    pub sources: SourceReports,
    /// The steps before this one.
    pub funnel: Vec<FunnelStep>,
    /// The files.
    pub inputs: Vec<InputFile>,
}

/// What becomes of pairs that stand in other collections.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Contaminated {
    /// They go.
    #[default]
    Remove,
    /// They stay, with a word of it.
    Flag,
}

/// How a dataset is made.
#[derive(Clone, Debug)]
pub struct Recipe {
    /// Its name.
    pub name: String,
    /// The version of satzpaar.
    pub version: String,
    /// What a pair has to be.
    pub selection: Selection,
    /// From this Jaccard similarity on, two texts are near-duplicates; 0 leaves near-duplicates in.
    pub near_duplicates: f64,
    /// Other collections.
    pub against: Vec<PathBuf>,
    /// What becomes of pairs that stand there.
    pub contaminated: Contaminated,
    /// From this share of 8-grams on, a side stands there.
    pub max_overlap: f64,
    /// The most pairs of an event.
    pub max_per_event: Option<usize>,
    /// The most pairs.
    pub size: Option<usize>,
    /// Decides what is drawn and who goes into which split.
    pub seed: u64,
    /// The splits.
    pub splits: Splits,
    /// The settings in words, for the card.
    pub settings: BTreeMap<String, String>,
}

/// A dataset, and what else came out.
#[derive(Debug)]
pub struct Built {
    /// The dataset.
    pub dataset: Dataset,
    /// What was found in other collections; `None` if none was given.
    pub contamination: Option<Vec<ContaminationRow>>,
    /// What its makers should know, a line each.
    pub notes: Vec<String>,
}

/// A row of contamination.tsv.
#[derive(Clone, Debug, PartialEq)]
pub struct ContaminationRow {
    /// The row of the input table.
    pub row: usize,
    /// Its reports and spans, as `de_doc vi_doc de_start de_end vi_start vi_end`, parted by tabs.
    pub place: String,
    /// What was found.
    pub overlap: Overlap,
    /// `removed`, `flagged`, or `kept` where too little was found.
    pub action: &'static str,
}

/// Makes a dataset. The same ingredients and recipe give the same dataset, whatever the number of threads.
///
/// # Errors
/// A collection that cannot be read, a split by date without dates.
pub fn build(
    ingredients: Ingredients,
    recipe: &Recipe,
    contradiction: Option<&Contradiction<'_>>,
) -> Result<Built, DatasetError> {
    let Ingredients { rows, mut sources, funnel: steps, mut inputs } = ingredients;
    let events = find_events(&rows, &sources);
    if recipe.splits.by == SplitBy::Date && events.dates.iter().all(Option::is_none) {
        let message = "a split by date needs the dates of reports, and none is known: give the reports with --reports, with dates (JSON lines with a field 'date', or web pages)";
        return Err(DatasetError::Settings(message.to_owned()));
    }
    let alive = (0..rows.len() as u32).collect();
    let mut funnel = Funnel { rows, alive, steps };
    select(&mut funnel, &recipe.selection, contradiction);
    drop_duplicates(&mut funnel, recipe.near_duplicates);
    let mut flags = BTreeMap::new();
    let mut contamination = None;
    if !recipe.against.is_empty() {
        let (found, files) = contaminated(&mut funnel, recipe, &mut flags)?;
        contamination = Some(found);
        inputs.extend(files);
    }
    draw(&mut funnel, &events, recipe.max_per_event, recipe.size, recipe.seed);

    let mut sizes = vec![0; events.names.len()];
    for row in &funnel.alive {
        sizes[events.of_row[*row as usize] as usize] += 1;
    }
    let split_of = match recipe.splits.by {
        // Another number than the draw's, so that what is drawn first does not all go to one side.
        SplitBy::Event => {
            let keys = random_keys(events.names.iter().map(String::as_str), recipe.seed ^ 0x73_706c_6974);
            deal(&sizes, &keys, &recipe.splits.parts)
        }
        SplitBy::Date => deal_by_date(&sizes, &events.dates, &recipe.splits.parts),
    };
    let notes = notes(&sizes, &split_of, &events, recipe);
    let (items, steps) = items(funnel, &events, &split_of, &mut flags);
    let used: std::collections::BTreeSet<(Language, &str)> = items
        .iter()
        .flat_map(|item| {
            [(Language::German, item.pair.de_doc.as_str()), (Language::Vietnamese, item.pair.vi_doc.as_str())]
        })
        .collect();
    sources.retain(|(language, id), _| used.contains(&(*language, id.as_str())));
    let dataset = Dataset {
        name: recipe.name.clone(),
        splits: recipe.splits.parts.iter().map(|(name, _)| name.clone()).collect(),
        estimated_precision: estimate(items.iter().map(|item| item.pair.score)),
        items,
        sources,
        funnel: steps,
        settings: recipe.settings.clone(),
        inputs,
        version: recipe.version.clone(),
    };
    Ok(Built { dataset, contamination, notes })
}

/// The step of contamination; flags by row.
fn contaminated(
    funnel: &mut Funnel,
    recipe: &Recipe,
    flags: &mut BTreeMap<u32, String>,
) -> Result<(Vec<ContaminationRow>, Vec<InputFile>), DatasetError> {
    let pairs: Vec<&Pair> = (0..funnel.alive.len()).map(|place| &funnel.row(place).pair).collect();
    let (overlaps, files) = find_overlaps(&pairs, &recipe.against)?;
    let mut reasons: Vec<Option<Reason>> = vec![None; pairs.len()];
    let mut rows = Vec::with_capacity(overlaps.len());
    for overlap in overlaps {
        let degree = overlap.de.degree().max(overlap.vi.degree());
        let is_contaminated = degree >= recipe.max_overlap;
        let action = match (is_contaminated, recipe.contaminated) {
            (false, _) => "kept",
            (true, Contaminated::Remove) => {
                let exact = overlap.de.exact || overlap.vi.exact;
                // Found whole in any file weighs more than found in part in another.
                let reason = &mut reasons[overlap.place];
                if exact || reason.is_none() {
                    *reason = Some(if exact {
                        "stands in another collection"
                    } else {
                        "8-grams stand in another collection"
                    });
                }
                "removed"
            }
            (true, Contaminated::Flag) => {
                let flag = flags.entry(funnel.alive[overlap.place]).or_default();
                let parted = if flag.is_empty() { "" } else { "; " };
                *flag = format!("{flag}{parted}{}: {degree:.2}", overlap.file);
                "flagged"
            }
        };
        let (row, pair) = (funnel.row(overlap.place).row, pairs[overlap.place]);
        let place = format!(
            "{}\t{}\t{}\t{}\t{}\t{}",
            pair.de_doc, pair.vi_doc, pair.de.start, pair.de.end, pair.vi.start, pair.vi.end
        );
        rows.push(ContaminationRow { row, place, overlap, action });
    }
    rows.sort_by(|a, b| (a.row, &a.overlap.file).cmp(&(b.row, &b.overlap.file)));
    funnel.all("contamination", &reasons);
    Ok((rows, files))
}

/// The pairs that are left, in the order of a dataset, and the steps.
fn items(
    funnel: Funnel,
    events: &Events,
    split_of: &[usize],
    flags: &mut BTreeMap<u32, String>,
) -> (Vec<Item>, Vec<FunnelStep>) {
    let Funnel { rows, alive, steps } = funnel;
    let mut alive = alive.into_iter().peekable();
    let mut items: Vec<Item> = (0_u32..)
        .zip(rows)
        .filter(|(place, _)| alive.next_if_eq(place).is_some())
        .map(|(place, Row { row, pair })| {
            let event = events.of_row[place as usize] as usize;
            let contamination = flags.remove(&place);
            Item { row, pair, event: events.names[event].clone(), split: split_of[event], contamination }
        })
        .collect();
    items.sort_by(|a, b| {
        let key = |item: &Item| (item.pair.de.start, item.pair.vi.start);
        let reports = (&a.event, &a.pair.de_doc).cmp(&(&b.event, &b.pair.de_doc));
        reports.then(key(a).cmp(&key(b))).then_with(|| (&a.pair.vi_doc, a.row).cmp(&(&b.pair.vi_doc, b.row)))
    });
    (items, steps)
}

fn notes(sizes: &[usize], split_of: &[usize], events: &Events, recipe: &Recipe) -> Vec<String> {
    let mut notes = Vec::new();
    let total: usize = sizes.iter().sum();
    let largest = (0..sizes.len()).max_by_key(|event| sizes[*event]);
    if let Some(event) = largest.filter(|event| sizes[*event] * 2 > total && events.names.len() > 1) {
        notes.push(format!(
            "the event of '{}' holds {} of {total} pairs: a chain of matches links its reports, which cannot be split; a higher score of matches (doc_score) in the input would part them",
            events.names[event], sizes[event]
        ));
    }
    for (split, (name, _)) in recipe.splits.parts.iter().enumerate() {
        if total > 0 && !(0..sizes.len()).any(|event| sizes[event] > 0 && split_of[event] == split) {
            notes.push(format!("the split '{name}' is empty: there are too few events to give it one"));
        }
    }
    notes
}

/// Writes contamination.tsv into `folder`.
///
/// # Errors
/// What the disk says.
pub fn write_contamination(rows: &[ContaminationRow], folder: &Path) -> Result<(), DatasetError> {
    let mut out = OutputFile::create(folder.join(CONTAMINATION))?;
    let mut write = || {
        writeln!(
            out,
            "row\tde_doc\tvi_doc\tde_start\tde_end\tvi_start\tvi_end\tfile\tde_exact\tde_share\tvi_exact\tvi_share\taction"
        )?;
        for ContaminationRow { row, place, overlap, action } in rows {
            let Overlap { file, de, vi, .. } = overlap;
            let (de_exact, vi_exact) = (u8::from(de.exact), u8::from(vi.exact));
            let file = file.replace(['\t', '\n', '\r'], " ");
            writeln!(
                out,
                "{row}\t{place}\t{file}\t{de_exact}\t{:.4}\t{vi_exact}\t{:.4}\t{action}",
                de.share, vi.share
            )?;
        }
        Ok(())
    };
    let written = write();
    written.map_err(|error| out.error(error))?;
    Ok(out.commit()?)
}
