//! Events: reports linked through any pair, directly or by way of others.

use std::collections::{BTreeMap, HashMap};

use satzpaar_corpus::Language;

use super::SourceReports;
use super::read::Row;

/// The events of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Events {
    /// Each event's name, that of the first of its German reports; sorted.
    pub(super) names: Vec<String>,
    /// The event of each row, an index into `names`.
    pub(super) of_row: Vec<u32>,
    /// The day of the latest report of each event as year, month, day, if any is known.
    pub(super) dates: Vec<Option<Date>>,
}

/// Year, month, day.
pub(super) type Date = (u16, u8, u8);

/// Finds the events through all rows, whether their pairs are kept or not: what might tell the same must not be torn apart.
pub(super) fn find_events(rows: &[Row], sources: &SourceReports) -> Events {
    let mut reports: HashMap<(Language, &str), u32> = HashMap::new();
    let mut parents: Vec<u32> = Vec::new();
    let mut of_row = Vec::with_capacity(rows.len());
    for row in rows {
        let mut number = |language, id| {
            *reports.entry((language, id)).or_insert_with(|| {
                parents.push(parents.len() as u32);
                parents.len() as u32 - 1
            })
        };
        let de = number(Language::German, row.pair.de_doc.as_str());
        let vi = number(Language::Vietnamese, row.pair.vi_doc.as_str());
        let (de_root, vi_root) = (root(&mut parents, de), root(&mut parents, vi));
        parents[vi_root as usize] = de_root;
        of_row.push(de);
    }
    let mut firsts: HashMap<u32, &str> = HashMap::new();
    let mut latest: HashMap<u32, Date> = HashMap::new();
    for (&(language, id), &report) in &reports {
        let root = root(&mut parents, report);
        if language == Language::German {
            let first = firsts.entry(root).or_insert(id);
            *first = id.min(first);
        }
        let source = sources.get(&(language, id.to_owned()));
        if let Some(date) = source.and_then(|source| date(source.date.as_deref()?)) {
            let last = latest.entry(root).or_insert(date);
            *last = date.max(*last);
        }
    }
    let named: BTreeMap<&str, u32> = firsts.into_iter().map(|(root, name)| (name, root)).collect();
    let places: HashMap<u32, u32> = named.values().zip(0..).map(|(root, place)| (*root, place)).collect();
    let dates = named.values().map(|root| latest.get(root).copied()).collect();
    for report in &mut of_row {
        *report = places.get(&root(&mut parents, *report)).copied().unwrap_or_default();
    }
    Events { names: named.into_keys().map(str::to_owned).collect(), of_row, dates }
}

/// The report that stands for the set of `report`, the way there halved.
fn root(parents: &mut [u32], mut report: u32) -> u32 {
    while parents[report as usize] != report {
        let above = parents[parents[report as usize] as usize];
        parents[report as usize] = above;
        report = above;
    }
    report
}

/// The day in a date that begins `2025-04-02` (ISO 8601) or reads `2.4.2025`, `02/04/2025`; others are not known.
fn date(text: &str) -> Option<Date> {
    let mut parts = text.trim().split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let [first, second, third] = [parts.next()?, parts.next()?, parts.next()?];
    let (year, month, day) = if first.len() == 4 { (first, second, third) } else { (third, second, first) };
    let (year, month, day) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    let sound = (1000..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    sound.then_some((year, month, day))
}

#[cfg(test)]
mod tests {
    use satzpaar_corpus::{Pair, PairKind, Span};

    use super::*;
    use crate::dataset::SourceReport;

    fn row(de: &str, vi: &str) -> Row {
        let pair = Pair {
            de_doc: de.to_owned(),
            vi_doc: vi.to_owned(),
            doc_score: 1.0,
            de: Span::new(0, 1),
            vi: Span::new(0, 1),
            bead: (1, 1),
            score: 0.1,
            kind: PairKind::Comparable,
            de_text: String::new(),
            vi_text: String::new(),
        };
        Row { row: 1, pair }
    }

    #[test]
    fn reports_linked_by_way_of_others_are_one_event() {
        let rows = [row("z", "1"), row("b", "2"), row("a", "2"), row("z", "3"), row("m", "3"), row("1", "z")];
        let dated = |date: &str| SourceReport { date: Some(date.to_owned()), ..SourceReport::default() };
        let sources = [
            ((Language::German, "z".to_owned()), dated("2024-05-01")),
            ((Language::Vietnamese, "3".to_owned()), dated("3.6.2024, 10:30")),
            ((Language::German, "a".to_owned()), dated("gestern")),
        ];
        let events = find_events(&rows, &sources.into_iter().collect());
        assert_eq!(events.names, ["1", "a", "m"]);
        assert_eq!(events.of_row, [2, 1, 1, 2, 2, 0]);
        assert_eq!(events.dates, [None, None, Some((2024, 6, 3))]);
    }
}
