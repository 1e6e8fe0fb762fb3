//! What a page shows, as plain data; the script in the page reads it as JSON.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;

use satzpaar_corpus::{PairKind, Report, Span};
use serde::Serialize;

use super::{PageInput, utf16};
use crate::dataset::FunnelStep;
use crate::dataset::rows::PairRow;
use crate::events::events;

/// Where confidence changes its colour, from the least sure on.
pub(super) const STEPS: [f64; 4] = [0.5, 0.7, 0.85, 0.95];
/// Bars of the histogram: each a twentieth of 0 to 1, so that every step is the beginning of one.
const BARS: usize = 20;

/// All that a page shows.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PageData {
    /// What stands at its top.
    pub title: String,
    /// The version of satzpaar.
    pub version: String,
    /// The way from reports to these pairs, as far as known.
    pub funnel: Vec<FunnelStep>,
    /// Where confidence changes its colour.
    pub steps: [f64; 4],
    /// Pairs by score, in twentieths of 0 to 1.
    pub histogram: Vec<u64>,
    /// Pairs by bead type, the most frequent first.
    pub beads: Vec<(String, u64)>,
    /// Names of the splits.
    pub splits: Vec<String>,
    /// Names of the events: those of the table, or the first German report of each group.
    pub events: Vec<String>,
    /// German reports in the order of their first pair.
    pub de: Vec<ReportText>,
    /// Vietnamese reports, likewise.
    pub vi: Vec<ReportText>,
    /// Ids of given reports without a pair, German and Vietnamese; `None` if reports were not given.
    pub alone: Option<(Vec<String>, Vec<String>)>,
    /// Pairs of reports in the order of their first row.
    pub reports: Vec<ReportPair>,
    /// Reports that are not those that the pairs were made from.
    #[serde(skip)]
    pub mismatches: Vec<Mismatch>,
}

/// A report.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ReportText {
    /// Its id.
    pub id: String,
    /// Headline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Date of publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Its whole text, if it was given and is the one that the pairs point into.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Starts and ends of page furniture in it, in UTF-16 units.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub furniture: Vec<usize>,
}

/// A German and a Vietnamese report with their aligned pairs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReportPair {
    /// The German report, an index into [`PageData::de`].
    pub de: usize,
    /// The Vietnamese report, an index into [`PageData::vi`].
    pub vi: usize,
    /// How sure it is that they tell the same event.
    pub score: f64,
    /// Their event, an index into [`PageData::events`].
    pub event: usize,
    /// Their pairs by German, then Vietnamese start.
    pub rows: Vec<Row>,
}

/// An aligned pair. Names are short, since there may be a hundred thousand.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// Byte offsets: German start and end, Vietnamese start and end.
    #[serde(rename = "o")]
    pub bytes: [usize; 4],
    /// The same in UTF-16 units, where both reports have their text.
    #[serde(rename = "u", skip_serializing_if = "Option::is_none")]
    pub units: Option<[usize; 4]>,
    /// Bead type.
    #[serde(rename = "b")]
    pub bead: String,
    /// Score.
    #[serde(rename = "s")]
    pub score: f64,
    /// Whether it is comparable (1) or parallel (0).
    #[serde(rename = "k")]
    pub comparable: u8,
    /// Where to find it: the id in a dataset, or file and line.
    #[serde(rename = "i")]
    pub id: String,
    /// Split, an index into [`PageData::splits`].
    #[serde(rename = "p", skip_serializing_if = "Option::is_none")]
    pub split: Option<usize>,
    /// What was found in other collections.
    #[serde(rename = "c", skip_serializing_if = "Option::is_none")]
    pub contamination: Option<String>,
    /// The German text.
    #[serde(rename = "d")]
    pub de: String,
    /// The Vietnamese text.
    #[serde(rename = "v")]
    pub vi: String,
}

/// A report into which the pairs do not point: another version of it, most likely. It is shown by its pairs alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// The report's id.
    pub id: String,
    /// The first row that does not fit.
    pub file: String,
    /// Its line.
    pub line: u64,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}:{}: the span does not hold the text of report '{}'; shown without its full text (give the reports that the pairs were made from)",
            self.file, self.line, self.id
        )
    }
}

/// Gathers what a page shows.
pub fn page_data(input: &PageInput) -> PageData {
    let (mut german, mut vietnamese) = (Names::default(), Names::default());
    let mut places: HashMap<(usize, usize), usize> = HashMap::new();
    let mut groups: Vec<(usize, usize, Vec<&PairRow>)> = Vec::new();
    for row in input.rows {
        let link = (german.number(&row.pair.de_doc), vietnamese.number(&row.pair.vi_doc));
        let place = *places.entry(link).or_insert(groups.len());
        if place == groups.len() {
            groups.push((link.0, link.1, Vec::new()));
        }
        groups[place].2.push(row);
    }
    let splits: Vec<String> =
        input.rows.iter().filter_map(|row| row.split.clone()).collect::<BTreeSet<_>>().into_iter().collect();

    let mut mismatches = Vec::new();
    let given = input.reports.unwrap_or_default();
    let de = texts(&german, given.0, input.rows, German, &mut mismatches);
    let vi = texts(&vietnamese, given.1, input.rows, Vietnamese, &mut mismatches);
    let (event_names, event_of) = name_events(&groups, &german);

    let mut histogram = vec![0; BARS];
    let mut beads: BTreeMap<String, u64> = BTreeMap::new();
    for row in input.rows {
        // A hair more, so that 0.15 falls where it reads.
        histogram[((row.pair.score * BARS as f64 + 1e-9).max(0.0) as usize).min(BARS - 1)] += 1;
        *beads.entry(bead(row)).or_default() += 1;
    }
    let mut beads: Vec<(String, u64)> = beads.into_iter().collect();
    beads.sort_by_key(|(_, count)| std::cmp::Reverse(*count));

    let mut reports: Vec<ReportPair> = groups
        .iter()
        .zip(event_of)
        .map(|((de, vi, rows), event)| ReportPair {
            de: *de,
            vi: *vi,
            score: rows.first().map_or(0.0, |row| row.pair.doc_score),
            event,
            rows: rows.iter().map(|row| shown(row, &splits)).collect(),
        })
        .collect();
    for pair in &mut reports {
        pair.rows.sort_by_key(|row| (row.bytes[0], row.bytes[2]));
        locate(pair, &de[pair.de], &vi[pair.vi]);
    }
    let alone = input.reports.map(|(de, vi)| (german.others(de), vietnamese.others(vi)));
    let mut funnel = input.funnel.clone();
    if funnel.is_empty() {
        let step = |unit: &str, kept: usize| FunnelStep {
            step: "in pairs".to_owned(),
            unit: unit.to_owned(),
            kept: kept as u64,
            dropped: BTreeMap::new(),
        };
        funnel = vec![
            step("German reports", de.len()),
            step("Vietnamese reports", vi.len()),
            step("pairs of reports", reports.len()),
            step("pairs", input.rows.len()),
        ];
    }
    PageData {
        title: input.title.clone(),
        version: input.version.clone(),
        funnel,
        steps: STEPS,
        histogram,
        beads,
        splits,
        events: event_names,
        de,
        vi,
        alone,
        reports,
        mismatches,
    }
}

/// Ids numbered in the order of their first occurrence.
#[derive(Default)]
struct Names {
    ids: Vec<String>,
    numbers: HashMap<String, usize>,
}

impl Names {
    fn number(&mut self, id: &str) -> usize {
        if let Some(&number) = self.numbers.get(id) {
            return number;
        }
        self.numbers.insert(id.to_owned(), self.ids.len());
        self.ids.push(id.to_owned());
        self.ids.len() - 1
    }

    /// Ids of `reports` that have no number.
    fn others(&self, reports: &[Report]) -> Vec<String> {
        reports.iter().filter(|r| !self.numbers.contains_key(&r.id)).map(|r| r.id.clone()).collect()
    }
}

/// Which of a row's two sides is meant.
#[derive(Clone, Copy)]
enum Side {
    German,
    Vietnamese,
}
use Side::{German, Vietnamese};

/// The reports behind these ids, with their text if every row's span lies in it and most say what the row says.
fn texts(
    names: &Names,
    reports: &[Report],
    rows: &[PairRow],
    side: Side,
    mismatches: &mut Vec<Mismatch>,
) -> Vec<ReportText> {
    let mut spans: Vec<Vec<(Span, &str, &PairRow)>> = vec![Vec::new(); names.ids.len()];
    for row in rows {
        let p = &row.pair;
        let (id, span, text) = match side {
            German => (&p.de_doc, p.de, &p.de_text),
            Vietnamese => (&p.vi_doc, p.vi, &p.vi_text),
        };
        spans[names.numbers[id]].push((span, text, row));
    }
    let mut found: Vec<ReportText> =
        names.ids.iter().map(|id| ReportText { id: id.clone(), ..ReportText::default() }).collect();
    for report in reports {
        let Some(&number) = names.numbers.get(&report.id) else { continue };
        found[number].title.clone_from(&report.metadata.title);
        found[number].date.clone_from(&report.metadata.date);
        let strange: Vec<_> = spans[number]
            .iter()
            .filter(|(span, text, _)| !report.text.get(span.range()).is_some_and(|held| alike(held, text)))
            .collect();
        let outside = strange.iter().find(|(span, ..)| report.text.get(span.range()).is_none());
        // A few may differ by how sentences of a group are joined.
        let many = strange.first().filter(|_| strange.len() * 2 > spans[number].len());
        if let Some((_, _, row)) = outside.or(many) {
            mismatches.push(Mismatch { id: report.id.clone(), file: row.file.clone(), line: row.line });
            continue;
        }
        found[number].furniture = furniture(report);
        found[number].text = Some(report.text.clone());
    }
    found
}

/// Whether two texts may be the same: they begin with the same character, if that is plain (accents may be composed in one and decomposed
/// in the other), and their first digits are the same.
fn alike(a: &str, b: &str) -> bool {
    let first = |text: &str| text.trim_start().chars().next().filter(char::is_ascii);
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).take(4).collect::<Vec<_>>();
    first(a).zip(first(b)).is_none_or(|(a, b)| a == b) && digits(a) == digits(b)
}

/// What lies between the blocks, in UTF-16 units; white space alone is nothing.
fn furniture(report: &Report) -> Vec<usize> {
    let ends = report.blocks.iter().flat_map(|block| [block.start, block.end]);
    let bounds: Vec<usize> = std::iter::once(0).chain(ends).chain([report.text.len()]).collect();
    let gaps: Vec<usize> = bounds
        .chunks(2)
        .filter(|gap| report.text.get(gap[0]..gap[1]).is_some_and(|text| !text.trim().is_empty()))
        .flatten()
        .copied()
        .collect();
    utf16::offsets(&report.text, &gaps).into_iter().flatten().collect()
}

/// The events' names, and the event of each pair of reports.
fn name_events(groups: &[(usize, usize, Vec<&PairRow>)], german: &Names) -> (Vec<String>, Vec<usize>) {
    let given: Option<Vec<&str>> =
        groups.iter().map(|(_, _, rows)| rows.first().and_then(|row| row.event.as_deref())).collect();
    if let Some(given) = given {
        let mut names = Names::default();
        let of = given.into_iter().map(|name| names.number(name)).collect();
        return (names.ids, of);
    }
    let links: Vec<(usize, usize)> = groups.iter().map(|(de, vi, _)| (*de, *vi)).collect();
    let of = events(&links);
    let mut names = vec![None::<&str>; of.iter().max().map_or(0, |last| last + 1)];
    for (event, (de, _)) in of.iter().zip(&links) {
        let name = &*german.ids[*de];
        names[*event] = Some(names[*event].map_or(name, |first| first.min(name)));
    }
    (names.into_iter().map(|name| name.unwrap_or_default().to_owned()).collect(), of)
}

fn bead(row: &PairRow) -> String {
    format!("{}-{}", row.pair.bead.0, row.pair.bead.1)
}

fn shown(row: &PairRow, splits: &[String]) -> Row {
    let p = &row.pair;
    Row {
        bytes: [p.de.start, p.de.end, p.vi.start, p.vi.end],
        units: None,
        bead: bead(row),
        score: p.score,
        comparable: u8::from(p.kind == PairKind::Comparable),
        id: row.id.clone().unwrap_or_else(|| format!("{}:{}", row.file, row.line)),
        split: row.split.as_ref().and_then(|split| splits.binary_search(split).ok()),
        contamination: row.contamination.clone(),
        de: p.de_text.clone(),
        vi: p.vi_text.clone(),
    }
}

/// Finds the rows in the texts of their reports, where both are there.
fn locate(pair: &mut ReportPair, de: &ReportText, vi: &ReportText) {
    let (Some(de), Some(vi)) = (&de.text, &vi.text) else { return };
    let side = |text: &str, start: usize| {
        let bytes: Vec<usize> = pair.rows.iter().flat_map(|r| [r.bytes[start], r.bytes[start + 1]]).collect();
        utf16::offsets(text, &bytes)
    };
    let (de, vi) = (side(de, 0), side(vi, 2));
    for (i, row) in pair.rows.iter_mut().enumerate() {
        if let (Some(a), Some(b), Some(c), Some(d)) = (de[2 * i], de[2 * i + 1], vi[2 * i], vi[2 * i + 1]) {
            row.units = Some([a, b, c, d]);
        }
    }
}
