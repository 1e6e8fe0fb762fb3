//! The two sides of a text on their way into a bitext: what German terms mean, what Vietnamese sentences mention, all by number.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use satzpaar_lexicon::terms::{self, FULL, GermanTerms, Key, Meaning, TermKind, VietnameseTerms};

use crate::bitext::{Burden, found_and_missing};
use crate::rows::Rows;
use crate::weights::Weights;

/// The numbers of keys.
#[derive(Default)]
pub(crate) struct Numbers {
    /// The lexicon's words are numbered already, nearly without gaps: in a large text they have a table.
    words: Vec<u32>,
    large: bool,
    others: FxHashMap<Key, u32>,
    pub(crate) count: u32,
}

/// A word with a number beyond this is looked up like any other key: the table must not grow with a stray number.
const MOST_WORDS: usize = 1 << 21;
/// Texts of up to so many sentences are small: a table of all words would be more work than the text.
const SMALL: usize = 500;

impl Numbers {
    pub(crate) fn of(&self, key: Key) -> Option<u32> {
        match terms::word_of(key).map(|word| word.0 as usize) {
            Some(word) if self.large && word < MOST_WORDS => {
                self.words.get(word).copied().filter(|n| *n != u32::MAX)
            }
            _ => self.others.get(&key).copied(),
        }
    }

    fn take(&mut self, key: Key) -> u32 {
        let place = match terms::word_of(key).map(|word| word.0 as usize) {
            Some(word) if self.large && word < MOST_WORDS => {
                if word >= self.words.len() {
                    self.words.resize(word + 1, u32::MAX);
                }
                &mut self.words[word]
            }
            _ => self.others.entry(key).or_insert(u32::MAX),
        };
        if *place == u32::MAX {
            *place = self.count;
            self.count += 1;
        }
        *place
    }
}

/// The Vietnamese side on its way into a bitext.
pub(crate) struct VietnameseSide<'t> {
    pub(crate) keys: Numbers,
    /// The number of each mention's key, sentence by sentence.
    pub(crate) mentioned: Vec<u32>,
    /// How often each key is mentioned.
    counts: Vec<u32>,
    pub(crate) unit_count: f32,
    /// Foreign names as written, by key.
    pub(crate) names: BTreeMap<Key, &'t str>,
}

impl<'t> VietnameseSide<'t> {
    pub(crate) fn new(sentences: &'t [VietnameseTerms]) -> Self {
        let large = sentences.len() > SMALL;
        let mut side = Self {
            keys: Numbers { large, ..Numbers::default() },
            mentioned: Vec::with_capacity(sentences.iter().map(|terms| terms.mentions.len()).sum()),
            counts: Vec::new(),
            unit_count: 0.0,
            names: BTreeMap::new(),
        };
        for terms in sentences {
            for m in &terms.mentions {
                let number = side.keys.take(m.key) as usize;
                if number == side.counts.len() {
                    side.counts.push(0);
                }
                side.counts[number] += 1;
                side.mentioned.push(number as u32);
            }
            side.names.extend(terms.names.iter().map(|(key, name)| (*key, &**name)));
            side.unit_count += terms.units.len() as f32;
        }
        side
    }

    pub(crate) fn count(&self, key: Key) -> u32 {
        self.keys.of(key).map_or(0, |number| self.counts[number as usize])
    }
}

/// The German side on its way into a bitext.
pub(crate) struct GermanSide<'t> {
    /// What each type means.
    pub(crate) meanings: Vec<&'t Meaning>,
    /// The type of each term.
    pub(crate) terms: Rows<u32>,
    /// How often terms are of each type.
    counts: Vec<u32>,
}

impl<'t> GermanSide<'t> {
    pub(crate) fn new(sentences: &'t [GermanTerms]) -> Self {
        let mut numbers: FxHashMap<u64, u32> = FxHashMap::default();
        let terms = Rows::with_room(sentences.len(), sentences.iter().map(|s| s.terms.len()).sum());
        let mut side = Self { meanings: Vec::new(), terms, counts: Vec::new() };
        for sentence in sentences {
            for term in &sentence.terms {
                let next = side.meanings.len() as u32;
                let number = *numbers.entry(term.id).or_insert(next);
                if number == next {
                    side.meanings.push(&term.meaning);
                    side.counts.push(0);
                }
                side.terms.push(number);
                side.counts[number as usize] += 1;
            }
            side.terms.end_row();
        }
        side
    }

    /// How often terms mean each Vietnamese key in full.
    pub(crate) fn meant(&self, keys: &Numbers) -> Vec<f32> {
        let mut meant = vec![0.0; keys.count as usize];
        for (meaning, count) in self.meanings.iter().zip(&self.counts) {
            for target in meaning.targets.iter().filter(|t| t.strength >= FULL) {
                if let Some(key) = keys.of(target.key) {
                    meant[key as usize] += *count as f32;
                }
            }
        }
        meant
    }

    pub(crate) fn burden(&self, number: usize, sentence: &GermanTerms, weights: &Weights) -> Burden {
        let mut burden =
            Burden { characters: sentence.characters as f32, signs: sentence.signs, ..Burden::default() };
        for term in self.terms.row(number) {
            let kind = self.meanings[*term as usize].kind;
            if let Some((_, missing)) = found_and_missing(weights.german_found[kind as usize], kind) {
                burden.missing += missing;
                burden.content += f32::from(u8::from(kind != TermKind::Mark));
            }
        }
        burden
    }
}
