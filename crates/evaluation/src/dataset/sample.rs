//! Draws that are balanced over events.

use std::collections::HashMap;

use xxhash_rust::xxh3::xxh3_64;

use super::events::Events;
use super::funnel::{Funnel, Reason};
use super::splits::random_keys;
use super::text::mix;

/// Leaves at most `per_event` pairs of each event, then at most `size` pairs of all: one of each event in turn, so that every event has
/// nearly the same number or all of its own. Which ones hangs on the seed and on the pairs, not on the order of rows.
pub(super) fn draw(
    funnel: &mut Funnel,
    events: &Events,
    per_event: Option<usize>,
    size: Option<usize>,
    seed: u64,
) {
    let turns = turns(funnel, events, seed);
    let mut kept = turns.clone();
    if let Some(most) = per_event {
        let reasons: Vec<Option<Reason>> = turns
            .iter()
            .map(|turn| (turn.0 as usize >= most).then_some("enough pairs of the event"))
            .collect();
        funnel.all("balance", &reasons);
        kept.retain(|turn| (turn.0 as usize) < most);
    }
    if let Some(size) = size {
        let mut order: Vec<usize> = (0..kept.len()).collect();
        order.sort_unstable_by_key(|place| kept[*place]);
        let mut reasons = vec![Some("not drawn"); kept.len()];
        order.iter().take(size).for_each(|place| reasons[*place] = None);
        funnel.all("size", &reasons);
    }
}

/// For each pair that is in, when its turn comes: its number among those of its event, in random order, then a random number of the event.
fn turns(funnel: &Funnel, events: &Events, seed: u64) -> Vec<(u32, u64, u32)> {
    let keys = random_keys(events.names.iter().map(String::as_str), seed);
    let event_of = |place: usize| events.of_row[funnel.alive[place] as usize];
    let mut order: Vec<(u64, usize)> = (0..funnel.alive.len())
        .map(|place| {
            let pair = &funnel.row(place).pair;
            let names = mix(xxh3_64(pair.de_doc.as_bytes()), xxh3_64(pair.vi_doc.as_bytes()));
            let spans = [pair.de.start, pair.de.end, pair.vi.start, pair.vi.end];
            (spans.iter().fold(mix(seed, names), |key, place| mix(key, *place as u64)), place)
        })
        .collect();
    order.sort_unstable();
    let mut counts: HashMap<u32, u32> = HashMap::new();
    let mut turns = vec![(0, 0, 0); order.len()];
    for (_, place) in order {
        let event = event_of(place);
        let count = counts.entry(event).or_default();
        turns[place] = (*count, keys[event as usize], event);
        *count += 1;
    }
    turns
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use satzpaar_corpus::{Pair, PairKind, Span};

    use super::*;
    use crate::dataset::events::find_events;
    use crate::dataset::read::Row;

    fn funnel(sizes: &[usize]) -> Funnel {
        let mut rows = Vec::new();
        for (event, size) in sizes.iter().enumerate() {
            for i in 0..*size {
                let pair = Pair {
                    de_doc: format!("d{event}"),
                    vi_doc: format!("v{event}"),
                    doc_score: 1.0,
                    de: Span::new(i, i + 1),
                    vi: Span::new(i, i + 1),
                    bead: (1, 1),
                    score: 0.9,
                    kind: PairKind::Parallel,
                    de_text: String::new(),
                    vi_text: String::new(),
                };
                rows.push(Row { row: rows.len() + 1, pair });
            }
        }
        Funnel { alive: (0..rows.len() as u32).collect(), rows, steps: Vec::new() }
    }

    fn counts(funnel: &Funnel) -> BTreeMap<&str, usize> {
        let mut counts = BTreeMap::new();
        for place in 0..funnel.alive.len() {
            *counts.entry(funnel.row(place).pair.de_doc.as_str()).or_default() += 1;
        }
        counts
    }

    fn drawn(per_event: Option<usize>, size: Option<usize>, seed: u64) -> Funnel {
        let mut funnel = funnel(&[50, 20, 3, 1]);
        let events = find_events(&funnel.rows, &BTreeMap::new());
        draw(&mut funnel, &events, per_event, size, seed);
        funnel
    }

    #[test]
    fn every_event_has_its_share() {
        assert_eq!(counts(&drawn(Some(5), None, 1)).into_values().collect::<Vec<_>>(), [5, 5, 3, 1]);
        assert_eq!(counts(&drawn(None, Some(24), 1)).into_values().collect::<Vec<_>>(), [10, 10, 3, 1]);
        let both = drawn(Some(5), Some(8), 1);
        assert_eq!(both.alive.len(), 8);
        assert_eq!(both.steps.iter().map(|step| step.kept).collect::<Vec<_>>(), [14, 8]);
        assert_eq!(drawn(None, Some(1000), 1).alive.len(), 74);
    }

    #[test]
    fn the_seed_and_not_the_order_of_rows_decides() {
        let one = drawn(None, Some(20), 7);
        assert_eq!(one.alive, drawn(None, Some(20), 7).alive);
        assert_ne!(one.alive, drawn(None, Some(20), 8).alive);
        let mut turned = funnel(&[50, 20, 3, 1]);
        turned.rows.reverse();
        let events = find_events(&turned.rows, &BTreeMap::new());
        draw(&mut turned, &events, None, Some(20), 7);
        let spans = |funnel: &Funnel| {
            let mut spans: Vec<_> = (0..funnel.alive.len())
                .map(|place| (funnel.row(place).pair.de_doc.clone(), funnel.row(place).pair.de.start))
                .collect();
            spans.sort();
            spans
        };
        assert_eq!(spans(&one), spans(&turned));
    }
}
