//! From an inflected German form to its dictionary form, or to the parts of a compound.
//!
//! The lexicon decides: rules propose dictionary forms, and only those that it has count. The rules themselves are data
//! (`data/german/inflection.tsv`, `strong-verbs.tsv`, `irregular-forms.tsv`, `verb-prefixes.tsv`, `linking-elements.tsv`).

mod compounds;
mod inflection;
mod tables;
mod verbs;

use satzpaar_language::fold::fold_german;
use satzpaar_language::{Headword, PartOfSpeech, Words};

pub use verbs::{is_separable_particle, separable_particles};

/// What a word can be looked up in: the compiled lexicon, or one with a user's words on top.
pub trait Vocabulary {
    /// Calls `found` for every headword with this key (as [`fold_german`] gives it).
    fn look_up(&self, key: &str, found: &mut dyn FnMut(Headword, PartOfSpeech));

    /// Whether a headword has this key and one of the wanted parts of speech.
    fn has(&self, key: &str, wanted: fn(PartOfSpeech) -> bool) -> bool {
        let mut there = false;
        self.look_up(key, &mut |_, pos| there |= wanted(pos));
        there
    }
}

impl Vocabulary for Words {
    fn look_up(&self, key: &str, found: &mut dyn FnMut(Headword, PartOfSpeech)) {
        for headword in self.german(key) {
            found(headword, self.pos(headword));
        }
    }
}

/// One way to understand a form: a headword, for the whole word or for one part of a compound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reading {
    /// Which part of the compound, from 0; 0 for a word that is none.
    pub part: u8,
    /// How far-fetched it is: 0 for the dictionary form itself and regular inflection, more for derivations.
    pub cost: u8,
    /// The headword.
    pub headword: Headword,
}

/// Analyses German word forms. Holds the buffers that the work reuses; make one for each thread.
#[derive(Debug, Default)]
pub struct Morphology {
    key: String,
    scratch: String,
    cells: Vec<compounds::Cell>,
    readings: Vec<Reading>,
}

impl Morphology {
    /// Finds how a German form (as it stands in text, one word) can be understood; `readings` is cleared first.
    ///
    /// Readings of the whole word if there are any, the cheapest and those hardly dearer; else those of the parts of a compound, part by
    /// part; nothing if the form is unknown. Capitalised forms are taken as nouns first, forms in lower case never as nouns unless
    /// nothing else fits.
    pub fn analyse(&mut self, vocabulary: &impl Vocabulary, form: &str, readings: &mut Vec<Reading>) {
        readings.clear();
        self.key.clear();
        fold_german(form, &mut self.key);
        if self.key.is_empty() {
            return;
        }
        let capital = form.chars().next().is_some_and(char::is_uppercase);
        let mut key = std::mem::take(&mut self.key);
        self.whole(vocabulary, &key, capital, readings);
        if readings.is_empty() && key.contains('-') {
            self.hyphenated(vocabulary, &key, readings);
        } else if readings.is_empty() {
            self.compound(vocabulary, &key, 0, readings);
        }
        if readings.is_empty() && expand_digraphs(&mut key) {
            self.whole(vocabulary, &key, capital, readings);
        }
        self.key = key;
    }

    /// The parts of an unlisted compound, from the lexicon, with linking elements; `false` and nothing added if it is none.
    ///
    /// `key` is a folded word; parts are numbered from `first`.
    fn compound(
        &mut self,
        vocabulary: &impl Vocabulary,
        key: &str,
        first: u8,
        readings: &mut Vec<Reading>,
    ) -> bool {
        let mut cells = std::mem::take(&mut self.cells);
        let found = compounds::split(vocabulary, key, &mut cells, &mut self.scratch);
        if found {
            let parts = compounds::parts(&cells, key.len());
            for (number, (start, end, cell)) in (first..).zip(parts) {
                let part = &key[start..end];
                if end == key.len() {
                    let mut tail = std::mem::take(&mut self.readings);
                    tail.clear();
                    self.whole(vocabulary, part, true, &mut tail);
                    readings.extend(tail.iter().map(|r| Reading { part: number, ..*r }));
                    self.readings = tail;
                } else {
                    cell.dictionary_form(part, &mut self.scratch);
                    vocabulary.look_up(&self.scratch, &mut |headword, _| {
                        readings.push(Reading { part: number, cost: 0, headword });
                    });
                }
            }
        }
        self.cells = cells;
        found
    }

    /// `US-Präsident`, `Asien-Pazifik-Raum`: each part for itself.
    fn hyphenated(&mut self, vocabulary: &impl Vocabulary, key: &str, readings: &mut Vec<Reading>) {
        let mut number = 0;
        let mut own = Vec::new();
        for part in key.split('-').filter(|p| !p.is_empty()) {
            own.clear();
            self.whole(vocabulary, part, true, &mut own);
            if own.is_empty() && !self.compound(vocabulary, part, number, &mut own) {
                continue;
            }
            let last = own.iter().map(|r| r.part).max().unwrap_or(0).max(number);
            readings.extend(own.iter().map(|r| Reading { part: r.part.max(number), ..*r }));
            number = last.saturating_add(1);
        }
    }

    /// Readings of a folded form as one word.
    fn whole(&mut self, vocabulary: &impl Vocabulary, key: &str, capital: bool, readings: &mut Vec<Reading>) {
        let scratch = &mut self.scratch;
        let mut add = |headword, pos, cost: u8| {
            let noun = matches!(pos, PartOfSpeech::Noun | PartOfSpeech::Name | PartOfSpeech::Abbreviation);
            // A capital may only begin the sentence; lower case is never a noun, but headlines and mails are written so.
            let cost = cost + u8::from(capital && !noun) + if !capital && noun { 3 } else { 0 };
            readings.push(Reading { part: 0, cost, headword });
        };
        vocabulary.look_up(key, &mut |headword, pos| add(headword, pos, 0));
        inflection::candidates(key, scratch, &mut |candidate, wanted, cost| {
            vocabulary.look_up(candidate, &mut |headword, pos| {
                if pos == wanted {
                    add(headword, pos, cost);
                }
            });
        });
        verbs::infinitives(key, scratch, &mut |candidate, cost| {
            vocabulary.look_up(candidate, &mut |headword, pos| {
                if pos == PartOfSpeech::Verb {
                    add(headword, pos, cost);
                }
            });
        });
        keep_best(readings);
    }
}

/// Keeps the cheapest readings and those dearer by one at most, each headword once, in a fixed order.
fn keep_best(readings: &mut Vec<Reading>) {
    let Some(best) = readings.iter().map(|r| r.cost).min() else { return };
    readings.retain(|r| r.cost <= best + 1);
    readings.sort_unstable_by_key(|r| (r.headword, r.cost));
    readings.dedup_by_key(|r| r.headword);
    readings.sort_unstable();
}

/// Turns `ae oe ue` into umlauts, as where a keyboard or a telex had none; says whether anything changed.
fn expand_digraphs(key: &mut String) -> bool {
    if !["ae", "oe", "ue"].iter().any(|d| key.contains(d)) {
        return false;
    }
    *key = key.replace("ae", "ä").replace("oe", "ö").replace("ue", "ü");
    true
}

#[cfg(test)]
mod tests;
