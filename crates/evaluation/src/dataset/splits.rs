//! Splits by event, never by sentence: what reports of one event share stays on one side.

use std::str::FromStr;

use super::events::Date;
use super::text::mix;

/// Rounds of moving events between splits at most; each makes the sizes strictly better.
const ROUNDS: usize = 200;
/// With this many events and fewer, exchanges of two are tried as well.
const FEW: usize = 1500;

/// How to split.
#[derive(Clone, Debug, PartialEq)]
pub struct Splits {
    /// Names and shares; the shares sum to 1.
    pub parts: Vec<(String, f64)>,
    /// By which order events are dealt out.
    pub by: SplitBy,
}

/// By which order events are dealt out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SplitBy {
    /// In a random order that the seed decides.
    #[default]
    Event,
    /// By date: the latest events into the last split.
    Date,
}

impl Default for Splits {
    fn default() -> Self {
        Self { parts: vec![("test".to_owned(), 1.0)], by: SplitBy::Event }
    }
}

impl FromStr for Splits {
    type Err = String;

    /// Reads `dev=0.2,test=0.8`.
    fn from_str(text: &str) -> Result<Self, String> {
        let mut parts: Vec<(String, f64)> = Vec::new();
        for part in text.split(',') {
            let (name, share) = part
                .split_once('=')
                .ok_or_else(|| format!("'{part}' is no split; write name=share, as in dev=0.2,test=0.8"))?;
            let (name, share) = (name.trim(), share.trim());
            // What the Hugging Face Hub takes.
            let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
            if name.is_empty() || !name.chars().all(plain) {
                return Err(format!("'{name}' is no name of a split; use letters, digits and _"));
            }
            if ["all", "sources", "contamination"].iter().any(|taken| name.eq_ignore_ascii_case(taken)) {
                return Err(format!("the name '{name}' is taken; choose another"));
            }
            if parts.iter().any(|(other, _)| other.eq_ignore_ascii_case(name)) {
                return Err(format!("two splits are called '{name}'"));
            }
            let share: f64 = share.parse().map_err(|_| format!("'{share}' is no share; write 0.2"))?;
            if !(share > 0.0 && share <= 1.0) {
                return Err(format!("{share} is no share; it has to lie between 0 and 1"));
            }
            parts.push((name.to_owned(), share));
        }
        let sum: f64 = parts.iter().map(|(_, share)| share).sum();
        if (sum - 1.0).abs() > 1e-6 {
            return Err(format!("the shares sum to {sum:.4}; they have to sum to 1"));
        }
        Ok(Self { parts, by: SplitBy::Event })
    }
}

/// The split of each event, given how many pairs it has; events without pairs count nothing. The sizes come as near to the shares as
/// whole events allow (by a greedy deal and improvements of it, which need not be the very best). `keys` are the events' random numbers.
pub(super) fn deal(sizes: &[usize], keys: &[u64], parts: &[(String, f64)]) -> Vec<usize> {
    let total: usize = sizes.iter().sum();
    let wanted: Vec<f64> = parts.iter().map(|(_, share)| share * total as f64).collect();
    let mut order: Vec<usize> = (0..sizes.len()).filter(|event| sizes[*event] > 0).collect();
    order.sort_by_key(|event| (keys[*event], *event));
    let mut split = vec![0; sizes.len()];
    let mut left = wanted.clone();
    for &event in &order {
        // The split that lacks the largest part of its share; the first of equals.
        let lack = |s: usize| left[s] / wanted[s];
        let most = (1..parts.len()).fold(0, |best, s| if lack(s) > lack(best) { s } else { best });
        split[event] = most;
        left[most] -= sizes[event] as f64;
    }
    for _ in 0..ROUNDS {
        let change = best_change(&order, sizes, &split, &left);
        let Some((event, to, other)) = change else { break };
        let from = split[event];
        let moved = sizes[event] as f64 - other.map_or(0.0, |other| sizes[other] as f64);
        split[event] = to;
        if let Some(other) = other {
            split[other] = from;
        }
        left[from] += moved;
        left[to] -= moved;
    }
    split
}

/// The move of an event, or the exchange of two, that brings the sizes nearest to the shares; `None` if none makes it better.
fn best_change(
    order: &[usize],
    sizes: &[usize],
    split: &[usize],
    left: &[f64],
) -> Option<(usize, usize, Option<usize>)> {
    // Taken `moved` pairs from one split to another, by how much the sum of squares falls.
    let gain = |from: usize, to: usize, moved: f64| 2.0 * moved * (left[to] - left[from] - moved);
    let mut best = (1e-6, None);
    let mut consider = |gain: f64, change| {
        if gain > best.0 {
            best = (gain, Some(change));
        }
    };
    for &event in order {
        for to in (0..left.len()).filter(|to| *to != split[event]) {
            consider(gain(split[event], to, sizes[event] as f64), (event, to, None));
        }
    }
    if order.len() <= FEW {
        for &a in order {
            for &b in order.iter().filter(|b| split[**b] != split[a] && sizes[**b] < sizes[a]) {
                let moved = (sizes[a] - sizes[b]) as f64;
                consider(gain(split[a], split[b], moved), (a, split[b], Some(b)));
            }
        }
    }
    best.1
}

/// The split of each event by date: in the order of their dates the events fill the splits, cut where the sizes are nearest to the
/// shares. Events without a date come first, so that none of them can be among the latest.
pub(super) fn deal_by_date(sizes: &[usize], dates: &[Option<Date>], parts: &[(String, f64)]) -> Vec<usize> {
    let total = sizes.iter().sum::<usize>() as f64;
    let mut order: Vec<usize> = (0..sizes.len()).filter(|event| sizes[*event] > 0).collect();
    order.sort_by_key(|event| (dates[*event], *event));
    let mut split = vec![0; sizes.len()];
    let (mut current, mut before) = (0, 0.0);
    let mut end = parts.first().map_or(1.0, |(_, share)| *share) * total;
    for event in order {
        let size = sizes[event] as f64;
        // More of it lies behind the end than before.
        while before + size / 2.0 > end && current + 1 < parts.len() {
            current += 1;
            end += parts[current].1 * total;
        }
        split[event] = current;
        before += size;
    }
    split
}

/// A random number for each name that hangs on the seed and the name alone.
pub(super) fn random_keys<'a>(names: impl Iterator<Item = &'a str>, seed: u64) -> Vec<u64> {
    names.map(|name| mix(seed, xxhash_rust::xxh3::xxh3_64(name.as_bytes()))).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parts(text: &str) -> Vec<(String, f64)> {
        text.parse::<Splits>().unwrap().parts
    }

    fn totals(sizes: &[usize], split: &[usize], count: usize) -> Vec<usize> {
        (0..count)
            .map(|s| sizes.iter().zip(split).filter(|(_, of)| **of == s).map(|(n, _)| n).sum())
            .collect()
    }

    #[test]
    fn splits_are_read_and_wrong_ones_told() {
        assert_eq!(parts("dev=0.2,test=0.8"), [("dev".to_owned(), 0.2), ("test".to_owned(), 0.8)]);
        for (text, told) in [
            ("dev", "'dev' is no split"),
            ("dev=0.2,test=0.7", "sum to 0.9000"),
            ("dev=x", "'x' is no share"),
            ("dev=1.5", "1.5 is no share"),
            ("a b=1", "'a b' is no name"),
            ("a=0.5,A=0.5", "two splits"),
        ] {
            let error = text.parse::<Splits>().unwrap_err();
            assert!(error.contains(told), "{error}");
        }
    }

    #[test]
    fn sizes_come_as_near_as_whole_events_allow() {
        let sizes = [40, 13, 7, 7, 5, 5, 4, 4, 3, 3, 2, 2, 2, 1, 1, 1];
        for seed in 0..50 {
            let names: Vec<String> = (0..sizes.len()).map(|i| i.to_string()).collect();
            let keys = random_keys(names.iter().map(String::as_str), seed);
            let split = deal(&sizes, &keys, &parts("dev=0.2,test=0.8"));
            assert_eq!(totals(&sizes, &split, 2), [20, 80], "{seed}");
        }
    }

    #[test]
    fn the_seed_decides_who_goes_where() {
        let sizes = [5; 100];
        let names: Vec<String> = (0..100).map(|i| format!("e{i}")).collect();
        let by =
            |seed| deal(&sizes, &random_keys(names.iter().map(String::as_str), seed), &parts("a=0.5,b=0.5"));
        assert_eq!(by(1), by(1));
        assert_ne!(by(1), by(2));
    }

    #[test]
    fn the_latest_events_stand_in_the_last_split() {
        let sizes = [10, 10, 10, 10, 0, 10];
        let day = |d| Some((2024, 1, d));
        let dates = [day(5), day(1), None, day(9), day(31), day(3)];
        assert_eq!(deal_by_date(&sizes, &dates, &parts("dev=0.6,test=0.4")), [1, 0, 0, 1, 0, 0]);
    }

    proptest! {
        #[test]
        fn no_single_move_would_help(
            sizes in prop::collection::vec(0_usize..40, 1..40),
            keys in prop::collection::vec(any::<u64>(), 40),
            share in 0.05..0.95,
        ) {
            let parts = vec![("a".to_owned(), share), ("b".to_owned(), 1.0 - share)];
            let split = deal(&sizes, &keys, &parts);
            let total: usize = sizes.iter().sum();
            let got = totals(&sizes, &split, 2);
            let off = |first: usize| (first as f64 - share * total as f64).abs();
            for (event, size) in sizes.iter().enumerate() {
                let moved = if split[event] == 0 { got[0] - size } else { got[0] + size };
                prop_assert!(off(got[0]) <= off(moved) + 1e-3);
            }
        }
    }
}
