//! What the segmenter knows: words as a trie over syllables with their costs, pairs of words, single syllables.
//!
//! Costs are negative natural logarithms of probabilities. The weights below were tuned on the treebank's development part
//! (`score.py words vi.vtb-dev.words.jsonl -- tokenize --lang vi`, with `examples/tokenize.rs`).

use crate::facts;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use satzpaar_language::fold::fold_vietnamese;
use std::sync::{Arc, LazyLock};

/// No word, no syllable of the list.
pub(super) const NO_WORD: u32 = u32::MAX;
/// The trie's root.
pub(super) const ROOT: u32 = 0;
/// What stands before the first word of a text.
pub(super) const START: u32 = NO_WORD - 1;

/// A name, and its dearer first word of a sentence, whose capital may mean nothing.
pub(super) const NAME: f32 = 9.0;
pub(super) const NAME_FIRST: f32 = 3.0;
/// A syllable said twice.
pub(super) const REDUPLICATION: f32 = 12.0;
/// A capital within a word that starts without one (biển Đông).
pub(super) const MIXED: f32 = 9.0;
/// A number with million or milliard.
pub(super) const LARGE_NUMBER: f32 = 6.0;
/// Weight of a word pair's own frequency against the second word's.
const PAIR: f32 = 0.35;
/// What a syllable that never stood alone in the statistics counts as.
const ALONE: f32 = 0.5;
/// What a listed word that never occurred counts as, by its syllables (0, 1, 2, 3, more).
const LISTED: [f32; 5] = [0.0, 0.5, 0.005, 0.02, 0.01];
/// Logarithms: a word of the compounds' list, a phrase's head or tail, a pair seen apart, a listed word within the word, a
/// pair that no list has.
const COMPOUND: f32 = 4.4;
const HEAD: f32 = -6.0;
const TAIL: f32 = -6.0;
const APART: f32 = -2.3;
const HOLDS_WORD: f32 = -6.9;
const UNLISTED: f32 = -9.5;
/// Words added to the count for those never seen.
const UNSEEN: f32 = 5000.0;

/// The words and what is known of them.
#[derive(Debug)]
pub(super) struct Model {
    syllables: FxHashMap<Box<str>, u32>,
    children: FxHashMap<(u32, u32), u32>,
    /// Cost of the word that ends at a node; NaN where none does.
    costs: Vec<f32>,
    counts: Vec<u32>,
    /// Pairs of words: the second's probability after the first.
    pairs: FxHashMap<(u32, u32), f32>,
    marks: FxHashMap<Box<str>, u32>,
    /// For each syllable the logarithm of its odds to be joined with the next one, with the one before.
    odds: Vec<[f32; 2]>,
    before_names: FxHashSet<u32>,
    large: FxHashSet<u32>,
    total: f32,
}

/// The model over the words compiled in.
pub(super) fn compiled() -> Arc<Model> {
    static MODEL: LazyLock<Arc<Model>> = LazyLock::new(|| Arc::new(Model::build(std::iter::empty())));
    Arc::clone(&MODEL)
}

/// What is counted of a syllable: joined and not joined, with the next one and with the one before; in how many listed
/// words of two; whether it is a listed word.
#[derive(Clone, Copy, Default)]
struct Counts {
    joined: [f32; 2],
    apart: [f32; 2],
    listed: f32,
    alone: bool,
}

/// The words of the lexicon, each once.
fn lexicon() -> impl Iterator<Item = &'static str> {
    let words = satzpaar_language::words();
    (0..words.vietnamese_len() as u32).map(|id| words.vietnamese_text(satzpaar_language::Equivalent(id)))
}

impl Model {
    /// Builds the model over the words compiled in and `more`.
    pub(super) fn build<'w>(more: impl IntoIterator<Item = &'w str>) -> Self {
        let mut model = Self {
            syllables: FxHashMap::with_capacity_and_hasher(1 << 13, FxBuildHasher),
            children: FxHashMap::with_capacity_and_hasher(1 << 16, FxBuildHasher),
            costs: vec![f32::NAN],
            counts: vec![0],
            pairs: FxHashMap::with_capacity_and_hasher(1 << 14, FxBuildHasher),
            marks: FxHashMap::default(),
            odds: Vec::new(),
            before_names: FxHashSet::default(),
            large: FxHashSet::default(),
            total: UNSEEN,
        };
        let mut key = String::new();
        let mut row = Vec::new();
        let mut counts: Vec<Counts> = Vec::new();
        // The treebank's words.
        for line in facts::lines(include_str!("../../../../data/vietnamese/word-frequency.vtb.tsv")) {
            let Some((word, count)) = line.split_once('\t') else { continue };
            let count: u32 = count.parse().unwrap_or_default();
            model.total += count as f32;
            if !word.starts_with(char::is_alphanumeric) {
                let mark = START - 1 - model.marks.len() as u32;
                model.marks.insert(word.into(), mark);
                continue;
            }
            model.row(word, &mut key, &mut row);
            counts.resize(model.syllables.len(), Counts::default());
            for (i, id) in row.iter().enumerate() {
                let own = &mut counts[*id as usize];
                let (next, before) = (i + 1 < row.len(), i > 0);
                if next {
                    own.joined[0] += count as f32;
                } else {
                    own.apart[0] += count as f32;
                }
                if before { own.joined[1] += count as f32 } else { own.apart[1] += count as f32 }
            }
            let node = model.insert(&row);
            model.counts[node as usize] += count;
        }
        // The lists.
        let mut listed: FxHashMap<u32, bool> = FxHashMap::default();
        let compounds = facts::lines(include_str!("../../../../data/vietnamese/compounds.txt"));
        let trust = |word: &'static str| -> (&'w str, bool) { (word, true) };
        let own = compounds.map(trust).chain(more.into_iter().map(|word| (word, true)));
        for (word, trusted) in own.chain(lexicon().map(|word| (word, false))) {
            model.row(word, &mut key, &mut row);
            counts.resize(model.syllables.len(), Counts::default());
            if row.is_empty() || row.len() > super::LONGEST || word.contains(|c: char| c.is_ascii_digit()) {
                continue;
            }
            let node = model.insert(&row);
            if listed.insert(node, trusted || listed.get(&node).copied().unwrap_or_default()).is_none() {
                match row[..] {
                    [one] => counts[one as usize].alone = true,
                    [one, two] => {
                        counts[one as usize].listed += 1.0;
                        if one != two {
                            counts[two as usize].listed += 1.0;
                        }
                    }
                    _ => {}
                }
            }
        }
        model.odds = counts
            .iter()
            .map(|c| {
                let odds = |i: usize| {
                    let joined = c.joined[i] + 0.5 + 0.3 * c.listed;
                    let apart = c.apart[i] + 0.5 + if c.alone { 2.0 } else { 0.0 };
                    (joined / apart).ln()
                };
                [odds(0), odds(1)]
            })
            .collect();
        let apart = model.read_pairs(&mut key, &mut row);
        model.price(&listed, &apart);
        for word in facts::lines(include_str!("../../../../data/vietnamese/before-names.txt")) {
            model.row(word, &mut key, &mut row);
            model.before_names.extend(&row);
        }
        for word in ["triệu", "tỷ", "tỉ"] {
            model.row(word, &mut key, &mut row);
            model.large.extend(&row);
        }
        model
    }

    /// Reads the pairs of words; gives the pairs of syllables that stood side by side in two words, with their counts.
    fn read_pairs(&mut self, key: &mut String, row: &mut Vec<u32>) -> FxHashMap<(u32, u32), u32> {
        let mut apart: FxHashMap<(u32, u32), u32> = FxHashMap::default();
        let mut second_row = Vec::new();
        for line in facts::lines(include_str!("../../../../data/vietnamese/word-pairs.vtb.tsv")) {
            let mut columns = line.split('\t');
            let (Some(first), Some(second)) = (columns.next(), columns.next()) else { continue };
            let count: u32 = columns.next().and_then(|c| c.parse().ok()).unwrap_or_default();
            self.row(first, key, row);
            self.row(second, key, &mut second_row);
            let word = |model: &Self, text: &str, row: &[u32]| {
                if text == "<s>" {
                    START
                } else {
                    model.marks.get(text).copied().unwrap_or_else(|| model.find(row))
                }
            };
            let pair = (word(self, first, row), word(self, second, &second_row));
            if let (Some(last), Some(next)) = (row.last(), second_row.first()) {
                *apart.entry((*last, *next)).or_default() += count;
            }
            let of = self.counts.get(pair.0 as usize).copied().unwrap_or_default();
            if of > 0 {
                self.pairs.insert(pair, PAIR * count as f32 / of as f32);
            }
        }
        apart
    }

    /// Gives every word its cost.
    fn price(&mut self, listed: &FxHashMap<u32, bool>, apart: &FxHashMap<(u32, u32), u32>) {
        let set = |file: &'static str| -> FxHashSet<u32> {
            let mut key = String::new();
            facts::lines(file)
                .filter_map(|s| {
                    key.clear();
                    fold_vietnamese(s, &mut key);
                    self.syllables.get(key.as_str()).copied()
                })
                .collect()
        };
        let heads = set(include_str!("../../../../data/vietnamese/phrase-heads.txt"));
        let tails = set(include_str!("../../../../data/vietnamese/phrase-tails.txt"));
        // Every node with its row of syllables, from the trie's edges.
        let mut parents = vec![(ROOT, NO_WORD); self.costs.len()];
        for ((parent, syllable), child) in &self.children {
            parents[*child as usize] = (*parent, *syllable);
        }
        let mut row = Vec::new();
        for node in 1..self.costs.len() as u32 {
            row.clear();
            let mut at = node;
            while at != ROOT {
                let (parent, syllable) = parents[at as usize];
                row.push(syllable);
                at = parent;
            }
            row.reverse();
            let count = self.counts[node as usize] as f32;
            let list = listed.get(&node).copied();
            let weight = if row.len() == 1 {
                (count + ALONE).ln()
            } else if count > 0.0 {
                (count + if list == Some(true) { 0.5 } else { 0.0 }).ln()
            } else if let Some(trusted) = list {
                let mut weight = LISTED[row.len().min(4)].ln();
                for pair in row.windows(2) {
                    weight += self.joint(pair[0], pair[1]) / (row.len() - 1) as f32;
                }
                let seen: u32 = row.windows(2).filter_map(|p| apart.get(&(p[0], p[1]))).sum();
                weight += APART * seen.min(3) as f32;
                // „nhà khoa học“ is a phrase; „phó chủ tịch“ is a word, with a prefix.
                if row.len() > 2 && (!trusted || heads.contains(&row[0])) && self.holds_word(&row, listed) {
                    weight += HOLDS_WORD;
                }
                if trusted {
                    weight += COMPOUND;
                } else {
                    weight += if heads.contains(&row[0]) { HEAD } else { 0.0 };
                    weight += if tails.contains(&row[row.len() - 1]) { TAIL } else { 0.0 };
                }
                weight
            } else {
                continue;
            };
            self.costs[node as usize] = self.total.ln() - weight;
        }
    }

    /// Whether a shorter word of at least two syllables stands in the row.
    fn holds_word(&self, row: &[u32], listed: &FxHashMap<u32, bool>) -> bool {
        (0..row.len()).any(|from| {
            (from + 2..=row.len()).any(|to| {
                let node = self.find(&row[from..to]);
                to - from < row.len()
                    && node != NO_WORD
                    && (self.counts[node as usize] > 0 || listed.contains_key(&node))
            })
        })
    }

    /// The logarithm of the odds that two neighbouring syllables are one word, from each one's own.
    fn joint(&self, first: u32, second: u32) -> f32 {
        let odds = |id: u32, side: usize| self.odds.get(id as usize).map_or(0.0, |o| o[side]);
        odds(first, 0) + odds(second, 1)
    }

    /// The numbers of a word's syllables; new ones are numbered.
    fn row(&mut self, word: &str, key: &mut String, row: &mut Vec<u32>) {
        row.clear();
        for syllable in word.split(' ').filter(|s| !s.is_empty()) {
            key.clear();
            fold_vietnamese(syllable, key);
            let next = self.syllables.len() as u32;
            let id = if let Some(id) = self.syllables.get(key.as_str()) {
                *id
            } else {
                self.syllables.insert(key.as_str().into(), next);
                next
            };
            row.push(id);
        }
    }

    fn insert(&mut self, row: &[u32]) -> u32 {
        let mut node = ROOT;
        for id in row {
            let next = self.costs.len() as u32;
            node = *self.children.entry((node, *id)).or_insert(next);
            if node == next {
                self.costs.push(f32::NAN);
                self.counts.push(0);
            }
        }
        node
    }

    fn find(&self, row: &[u32]) -> u32 {
        let mut node = ROOT;
        for id in row {
            match self.children.get(&(node, *id)) {
                Some(child) => node = *child,
                None => return NO_WORD,
            }
        }
        node
    }

    /// The number of a folded syllable, or [`NO_WORD`].
    pub(super) fn syllable(&self, key: &str) -> u32 {
        self.syllables.get(key).copied().unwrap_or(NO_WORD)
    }

    /// The number of a punctuation mark as a word, or [`NO_WORD`].
    pub(super) fn mark(&self, surface: &str) -> u32 {
        self.marks.get(surface).copied().unwrap_or(NO_WORD)
    }

    /// The node one syllable on, or [`NO_WORD`].
    pub(super) fn child(&self, node: u32, syllable: u32) -> u32 {
        self.children.get(&(node, syllable)).copied().unwrap_or(NO_WORD)
    }

    /// The cost of the word that ends at `node`, if one does.
    pub(super) fn cost(&self, node: u32) -> Option<f32> {
        self.costs.get(node as usize).copied().filter(|cost| !cost.is_nan())
    }

    /// The cost of a single syllable that never stood alone.
    pub(super) fn unknown(&self) -> f32 {
        self.total.ln() - ALONE.ln()
    }

    /// The cost of joining two syllables that no list has together.
    pub(super) fn unlisted(&self, first: u32, second: u32) -> Option<f32> {
        (first != NO_WORD || second != NO_WORD)
            .then(|| self.total.ln() - LISTED[2].ln() - UNLISTED - self.joint(first, second))
    }

    /// The cost of `word`, by itself `cost`, after the word `before`.
    pub(super) fn after(&self, before: u32, word: u32, cost: f32) -> f32 {
        let alone = (1.0 - PAIR).ln();
        if word == NO_WORD || before == NO_WORD {
            return cost - if before == NO_WORD { 0.0 } else { alone };
        }
        match self.pairs.get(&(before, word)) {
            Some(pair) => -(pair + (1.0 - PAIR) * (-cost).exp()).ln(),
            None => cost - alone,
        }
    }

    pub(super) fn stands_before_names(&self, syllable: u32) -> bool {
        self.before_names.contains(&syllable)
    }

    pub(super) fn is_large(&self, syllable: u32) -> bool {
        self.large.contains(&syllable)
    }
}
