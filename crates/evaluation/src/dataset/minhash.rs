//! Which texts may be near-duplicates: `MinHash` signatures (Broder 1997) of word shingles, banded (Leskovec, Rajaraman and Ullman 2014,
//! chapter 3), with the true Jaccard similarity of every candidate. Linear in the number of texts.

use rayon::prelude::*;

use super::text::{Words, mix};
use crate::bootstrap::SplitMix64;

/// Hash functions at most.
const FUNCTIONS: usize = 96;
/// A pair at the wanted similarity is seen with at least this probability.
const SEEN: f64 = 0.995;
/// In buckets up to this size all are compared with all.
const SMALL: usize = 16;
/// In larger ones each is compared with so many that have no duplicate before them.
const LEADERS: usize = 64;
/// Texts that a thread reads at a time.
const PIECE: usize = 4096;

/// Pairs of texts that are near-duplicates, as places in the given order, the earlier first.
pub(super) struct Found {
    /// Each pair once, sorted.
    pub(super) pairs: Vec<(u32, u32)>,
    /// Whether a crowded bucket was not compared all with all: when the earlier one of a pair goes, look again.
    pub(super) crowded: bool,
}

/// Finds pairs of texts whose sets of shingles have a Jaccard similarity of `least` (above 0) or more.
/// There are `count` texts; `text` gives each by its place.
pub(super) fn near_duplicates<'a>(count: usize, text: impl Fn(usize) -> &'a str + Sync, least: f64) -> Found {
    let shingles = Shingles::of(count, text);
    let (rows, bands) = banding(least);
    let keys: Vec<u32> = (0..count)
        .into_par_iter()
        .with_min_len(256)
        .map_init(
            || functions(rows * bands),
            |functions, place| band_keys(shingles.get(place), functions, rows),
        )
        .flatten_iter()
        .collect();
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    let mut crowded = false;
    for band in 0..bands {
        // Key and place in one number: sorted, equal keys stand together, each bucket in the order of places.
        let mut members: Vec<u64> = (0..count)
            .into_par_iter()
            .map(|place| u64::from(keys[place * bands + band]) << 32 | place as u64)
            .collect();
        members.par_sort_unstable();
        let buckets: Vec<&[u64]> =
            members.chunk_by(|a, b| a >> 32 == b >> 32).filter(|bucket| bucket.len() > 1).collect();
        let found: Vec<(Vec<(u32, u32)>, bool)> = buckets
            .par_iter()
            .with_min_len(64)
            .map(|bucket| (compare(bucket, &shingles, least), bucket.len() > SMALL))
            .filter(|(pairs, _)| !pairs.is_empty())
            .collect();
        for (found, large) in found {
            pairs.extend(found);
            crowded |= large;
        }
        pairs.par_sort_unstable();
        pairs.dedup();
    }
    Found { pairs, crowded }
}

/// The pairs within a bucket.
fn compare(bucket: &[u64], shingles: &Shingles, least: f64) -> Vec<(u32, u32)> {
    let places = bucket.iter().map(|member| *member as u32);
    let alike = |a: u32, b: u32| at_least(shingles.get(a as usize), shingles.get(b as usize), least);
    let mut pairs = Vec::new();
    let mut before: Vec<u32> = Vec::new();
    for b in places {
        if bucket.len() <= SMALL {
            pairs.extend(before.iter().filter(|a| alike(**a, b)).map(|a| (*a, b)));
            before.push(b);
        } else if let Some(a) = before.iter().find(|a| alike(**a, b)) {
            pairs.push((*a, b));
        } else if before.len() < LEADERS {
            before.push(b);
        }
    }
    pairs
}

/// The widest bands, and as many of them, that still see a pair of similarity `least`.
fn banding(least: f64) -> (usize, usize) {
    let sees = |rows: &usize| {
        let bands = FUNCTIONS / rows;
        1.0 - (1.0 - least.powi(*rows as i32)).powi(bands as i32) >= SEEN
    };
    let rows = (1..=12).rev().find(sees).unwrap_or(1);
    (rows, FUNCTIONS / rows)
}

/// Multipliers and masks of the hash functions; fixed, so that the same texts are always candidates.
fn functions(count: usize) -> Vec<(u64, u64)> {
    let mut random = SplitMix64(0x5a74_7a70_6161_7231);
    (0..count).map(|_| (random.next() | 1, random.next())).collect()
}

/// A key for each band.
fn band_keys(shingles: &[u32], functions: &[(u64, u64)], rows: usize) -> Vec<u32> {
    functions
        .chunks_exact(rows)
        .map(|band| {
            let least = band.iter().map(|(factor, mask)| {
                let hashes = shingles.iter().map(|s| (u64::from(*s) ^ mask).wrapping_mul(*factor) >> 16);
                hashes.min().unwrap_or_default()
            });
            mix(least.fold(0, mix), 1) as u32
        })
        .collect()
}

/// The sets of shingles of all texts, in one piece.
struct Shingles {
    hashes: Vec<u32>,
    starts: Vec<usize>,
}

impl Shingles {
    /// Pairs of neighbouring words, the text's edges counted as words; each set sorted.
    fn of<'a>(count: usize, text: impl Fn(usize) -> &'a str + Sync) -> Self {
        let pieces: Vec<(Vec<u32>, Vec<usize>)> = (0..count.div_ceil(PIECE))
            .into_par_iter()
            .map_init(Words::default, |words, piece| {
                let (mut hashes, mut lengths) = (Vec::new(), Vec::new());
                let mut set = Vec::new();
                for place in piece * PIECE..count.min((piece + 1) * PIECE) {
                    let words = words.read(text(place));
                    set.clear();
                    let mut last = 0;
                    for word in words.iter().copied().chain([0]) {
                        set.push((mix(last, word) >> 32) as u32);
                        last = word;
                    }
                    set.sort_unstable();
                    set.dedup();
                    hashes.extend_from_slice(&set);
                    lengths.push(set.len());
                }
                (hashes, lengths)
            })
            .collect();
        let mut all =
            Self { hashes: Vec::with_capacity(pieces.iter().map(|p| p.0.len()).sum()), starts: vec![0] };
        for (hashes, lengths) in pieces {
            all.hashes.extend(hashes);
            for length in lengths {
                all.starts.push(all.starts.last().copied().unwrap_or_default() + length);
            }
        }
        all
    }

    fn get(&self, place: usize) -> &[u32] {
        &self.hashes[self.starts[place]..self.starts[place + 1]]
    }
}

/// Whether two sorted sets have a Jaccard similarity of `least` or more.
fn at_least(a: &[u32], b: &[u32], least: f64) -> bool {
    let (short, long) = (a.len().min(b.len()), a.len().max(b.len()));
    if (short as f64) < least * long as f64 {
        return false;
    }
    let (mut i, mut j, mut shared) = (0, 0, 0_usize);
    while i < a.len() && j < b.len() {
        let (x, y) = (a[i], b[j]);
        shared += usize::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    shared as f64 >= least * (a.len() + b.len() - shared) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(texts: &[String], least: f64) -> Vec<(u32, u32)> {
        near_duplicates(texts.len(), |place| &texts[place], least).pairs
    }

    fn sentence(random: &mut SplitMix64, words: usize) -> String {
        (0..words).map(|_| format!("w{}", random.below(5000))).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn near_duplicates_are_found_and_others_are_not() {
        let mut random = SplitMix64(1);
        let mut texts: Vec<String> = (0..2000).map(|_| sentence(&mut random, 24)).collect();
        for i in 0..500 {
            // One word at the end more: 25 shared of 27 shingles.
            texts.push(format!("{} neu", texts[i]));
        }
        let found = pairs(&texts, 0.8);
        assert_eq!(found, (0..500).map(|i| (i, 2000 + i)).collect::<Vec<_>>());
    }

    #[test]
    fn pairs_at_the_limit_are_seen() {
        let mut random = SplitMix64(2);
        let mut texts = Vec::new();
        for _ in 0..1000 {
            let text = sentence(&mut random, 18);
            // 17 of 21 shingles, 0.81.
            let changed: Vec<&str> = text.split_whitespace().collect();
            let changed = [&changed[..9], &["anders"], &changed[10..]].concat().join(" ");
            texts.extend([text, changed]);
        }
        let found = pairs(&texts, 0.8).len();
        assert!(found >= 990, "{found}");
        assert!(pairs(&texts, 0.9).is_empty());
    }

    #[test]
    fn a_crowd_is_cleared_in_linear_time() {
        let mut random = SplitMix64(3);
        let start = sentence(&mut random, 30);
        let texts: Vec<String> = (0..20_000).map(|i| format!("{start} {i}")).collect();
        let found = near_duplicates(texts.len(), |place| &texts[place], 0.8);
        assert!(found.crowded && found.pairs.len() < 20_000 * SMALL);
        // Every text but the first has one before it.
        let mut later: Vec<u32> = found.pairs.iter().map(|pair| pair.1).collect();
        later.dedup();
        later.sort_unstable();
        later.dedup();
        assert_eq!(later.len(), 19_999);
    }

    #[test]
    fn tones_are_not_stripped() {
        let texts = ["ma má mà mả mã", "ma ma ma ma ma"].map(str::to_owned);
        assert!(pairs(&texts, 0.3).is_empty());
    }

    #[test]
    fn bands_are_as_wide_as_they_may_be() {
        assert_eq!(banding(0.8), (5, 19));
        assert!(banding(0.05).0 == 1 && banding(1.0).0 == 12);
    }
}
