//! From an inflected German form to its dictionary form, or to the parts of a compound.
//!
//! The lexicon decides: rules propose dictionary forms, and only those that it has count. The rules themselves are data
//! (`data/german/inflection.tsv`, `strong-verbs.tsv`, `irregular-forms.tsv`, `verb-prefixes.tsv`, `linking-elements.tsv`,
//! `compound-parts.tsv`, `spellings.tsv`).

mod compounds;
mod forms;
mod inflection;
mod spelling;
mod tables;
mod verbs;

use satzpaar_language::fold::fold_german;
use satzpaar_language::{Headword, PartOfSpeech, Words};

use forms::{Forms, How};

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
    /// The key respelt: with umlauts for digraphs, or in today's orthography.
    respelt: String,
    scratch: String,
    cells: Vec<compounds::Cell>,
    parts: Vec<(usize, usize)>,
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
        let mut key = std::mem::take(&mut self.key);
        let mut respelt = std::mem::take(&mut self.respelt);
        key.clear();
        fold_german(form, &mut key);
        let capital = form.chars().next().is_some_and(char::is_uppercase);
        if !key.is_empty() {
            self.understand(vocabulary, &key, capital, &mut respelt, readings);
        }
        self.key = key;
        self.respelt = respelt;
    }

    /// Tries a key in the order of what is likely: as a word, as a word of another spelling, as a compound.
    fn understand(
        &mut self,
        vocabulary: &impl Vocabulary,
        key: &str,
        capital: bool,
        respelt: &mut String,
        readings: &mut Vec<Reading>,
    ) {
        self.whole(vocabulary, key, capital, false, readings);
        if readings.is_empty() && key.contains('-') {
            self.hyphenated(vocabulary, key, capital, readings);
            return;
        }
        for respell in [spelling::with_umlauts, spelling::of_today] {
            if !readings.is_empty() {
                return;
            }
            if respell(key, respelt) {
                self.whole(vocabulary, respelt, capital, false, readings);
            }
        }
        if readings.is_empty() {
            self.compound(vocabulary, key, capital, 0, readings);
        }
        for respell in [spelling::with_umlauts, spelling::of_today] {
            if readings.is_empty() && respell(key, respelt) {
                self.compound(vocabulary, respelt, capital, 0, readings);
            }
        }
    }

    /// The parts of an unlisted compound, from the lexicon, with linking elements; `false` and nothing added if it is none.
    ///
    /// `key` is a folded word; parts are numbered from `first`.
    fn compound(
        &mut self,
        vocabulary: &impl Vocabulary,
        key: &str,
        capital: bool,
        first: u8,
        readings: &mut Vec<Reading>,
    ) -> bool {
        let known = readings.len();
        if !compounds::split(vocabulary, key, capital, &mut self.cells, &mut self.scratch) {
            return false;
        }
        let mut parts = std::mem::take(&mut self.parts);
        compounds::parts(&self.cells, key.len(), &mut parts);
        let mut number = first;
        for (start, end) in &parts {
            let part = &key[*start..*end];
            let mut own = std::mem::take(&mut self.readings);
            own.clear();
            if *end == key.len() {
                self.whole(vocabulary, part, capital, true, &mut own);
            } else {
                compounds::read_part(vocabulary, part, number, &mut self.scratch, &mut own);
                keep_best(&mut own);
            }
            readings.extend(own.iter().map(|r| Reading { part: number, ..*r }));
            // A bound part that stands for no word (sonder-) has no reading.
            number = number.saturating_add(u8::from(!own.is_empty()));
            self.readings = own;
        }
        self.parts = parts;
        readings.len() > known
    }

    /// `US-Präsident`, `Asien-Pazifik-Raum`: each part for itself.
    fn hyphenated(
        &mut self,
        vocabulary: &impl Vocabulary,
        key: &str,
        capital: bool,
        readings: &mut Vec<Reading>,
    ) {
        let mut number = 0;
        for part in key.split('-').filter(|p| !p.is_empty()) {
            let mut own = std::mem::take(&mut self.readings);
            own.clear();
            self.whole(vocabulary, part, capital, false, &mut own);
            let found = !own.is_empty();
            readings.extend(own.iter().map(|r| Reading { part: number, ..*r }));
            self.readings = own;
            if found || self.compound(vocabulary, part, capital, number, readings) {
                number = readings.last().map_or(0, |r| r.part.saturating_add(1));
            }
        }
    }

    /// Readings of a folded form as one word, or as the last part of a compound (`tail`).
    fn whole(
        &mut self,
        vocabulary: &impl Vocabulary,
        key: &str,
        capital: bool,
        tail: bool,
        readings: &mut Vec<Reading>,
    ) {
        Forms { vocabulary, key, tail }.each(&mut self.scratch, &mut |found| {
            let noun =
                matches!(found.pos, PartOfSpeech::Noun | PartOfSpeech::Name | PartOfSpeech::Abbreviation);
            // A capital may only begin the sentence; lower case is never a noun, but headlines and mails are written so.
            let doubt = match (capital, noun) {
                (true, true) | (false, false) => 0,
                (true, false) if found.how == How::Finite => 2,
                (true, false) => 1,
                (false, true) => 3,
            };
            readings.push(Reading { part: 0, cost: found.cost + doubt, headword: found.headword });
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

#[cfg(test)]
mod tests;
