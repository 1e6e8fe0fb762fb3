//! Events: reports linked through any pair, directly or by way of others.

use std::collections::{BTreeMap, HashMap};

use satzpaar_corpus::Language;

use super::SourceReports;
use super::read::Row;
use crate::events::events;

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
    let (mut german, mut vietnamese) = (HashMap::new(), HashMap::new());
    let links: Vec<(usize, usize)> = rows
        .iter()
        .map(|row| (number(&mut german, &row.pair.de_doc), number(&mut vietnamese, &row.pair.vi_doc)))
        .collect();
    let of_link = events(&links);
    let (mut german_event, mut vietnamese_event) = (vec![0; german.len()], vec![0; vietnamese.len()]);
    for ((de, vi), event) in links.iter().zip(&of_link) {
        german_event[*de] = *event;
        vietnamese_event[*vi] = *event;
    }
    let mut firsts: HashMap<usize, &str> = HashMap::new();
    for (id, report) in &german {
        firsts.entry(german_event[*report]).and_modify(|first| *first = id.min(first)).or_insert(id);
    }
    let mut latest: HashMap<usize, Date> = HashMap::new();
    for (language, reports, event_of) in
        [(Language::German, &german, &german_event), (Language::Vietnamese, &vietnamese, &vietnamese_event)]
    {
        for (id, report) in reports {
            let source = sources.get(&(language, (*id).to_owned()));
            if let Some(date) = source.and_then(|source| date(source.date.as_deref()?)) {
                let last = latest.entry(event_of[*report]).or_insert(date);
                *last = date.max(*last);
            }
        }
    }
    let named: BTreeMap<&str, usize> = firsts.into_iter().map(|(event, name)| (name, event)).collect();
    let places: HashMap<usize, u32> = named.values().zip(0..).map(|(event, place)| (*event, place)).collect();
    let dates = named.values().map(|event| latest.get(event).copied()).collect();
    let of_row = of_link.iter().map(|event| places.get(event).copied().unwrap_or_default()).collect();
    Events { names: named.into_keys().map(str::to_owned).collect(), of_row, dates }
}

/// The number of a report, a new one for a new report.
fn number<'r>(reports: &mut HashMap<&'r str, usize>, id: &'r str) -> usize {
    let next = reports.len();
    *reports.entry(id).or_insert(next)
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
