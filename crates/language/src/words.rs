//! The words of both languages and what translates what, compiled into the program from `data/lexicon/`.
//!
//! Opening costs nothing but three headers; every look-up reads the static tables and allocates nothing.

use std::ops::Range;
use std::sync::LazyLock;

use fst::Map;

use crate::source::PartOfSpeech;
use crate::steps::{START, step};

/// A German headword: its number in the compiled lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Headword(pub u32);

/// A Vietnamese word or phrase: its number in the compiled lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Equivalent(pub u32);

type StaticMap = Map<&'static [u8]>;

/// The compiled lexicon. There is one, [`words`].
pub struct Words {
    german: StaticMap,
    stems: StaticMap,
    vietnamese: StaticMap,
    syllables: StaticMap,
}

static GERMAN_RECORDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/german.records"));
static GERMAN_TEXT: &str = include_str!(concat!(env!("OUT_DIR"), "/german.txt"));
static VIETNAMESE_RECORDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/vietnamese.records"));
static VIETNAMESE_TEXT: &str = include_str!(concat!(env!("OUT_DIR"), "/vietnamese.txt"));
static PHRASE_STEPS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/stems.steps"));
static VIETNAMESE_STEPS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/syllables.steps"));
static LINKS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/links.u32"));
static BACK_LINKS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/back-links.u32"));
static FIELDS: &str = include_str!(concat!(env!("OUT_DIR"), "/fields.txt"));

/// Bytes of one record: links, text, marks.
const RECORD: usize = 12;

/// The compiled lexicon.
pub fn words() -> &'static Words {
    static WORDS: LazyLock<Words> = LazyLock::new(|| {
        // The bytes come from the build script of this very crate: they are whole, or the crate would not have been built.
        let map = |bytes: &'static [u8]| Map::new(bytes).expect("the build script wrote this map");
        Words {
            german: map(include_bytes!(concat!(env!("OUT_DIR"), "/german.fst"))),
            stems: map(include_bytes!(concat!(env!("OUT_DIR"), "/stems.fst"))),
            vietnamese: map(include_bytes!(concat!(env!("OUT_DIR"), "/vietnamese.fst"))),
            syllables: map(include_bytes!(concat!(env!("OUT_DIR"), "/syllables.fst"))),
        }
    });
    &WORDS
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_le_bytes)
}

fn text_of(records: &[u8], text: &'static str, id: u32) -> &'static str {
    let at = id as usize * RECORD + 4;
    text.get(u32_at(records, at) as usize..u32_at(records, at + RECORD) as usize).unwrap_or_default()
}

fn links_of(records: &[u8], links: &'static [u8], id: u32) -> impl ExactSizeIterator<Item = u32> + use<> {
    let at = id as usize * RECORD;
    let (from, to) = (u32_at(records, at) as usize, u32_at(records, at + RECORD) as usize);
    (from..to).map(move |i| u32_at(links, i * 4))
}

fn mark_of(records: &[u8], id: u32, mark: usize) -> u8 {
    records.get(id as usize * RECORD + 8 + mark).copied().unwrap_or_default()
}

/// Headwords that share a key, one for each part of speech and capitalisation.
#[derive(Clone, Debug)]
pub struct Headwords(Range<u32>);

impl Headwords {
    /// From a map's value: the first headword, and how many share the key.
    fn from_value(value: u64) -> Self {
        let first = (value >> 8) as u32;
        Self(first..first + (value & 0xff) as u32)
    }
}

impl Iterator for Headwords {
    type Item = Headword;

    fn next(&mut self) -> Option<Headword> {
        self.0.next().map(Headword)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl ExactSizeIterator for Headwords {}

impl Words {
    /// How many German headwords there are.
    pub fn german_len(&self) -> usize {
        (GERMAN_RECORDS.len() / RECORD).saturating_sub(1)
    }

    /// How many Vietnamese words there are.
    pub fn vietnamese_len(&self) -> usize {
        (VIETNAMESE_RECORDS.len() / RECORD).saturating_sub(1)
    }

    /// The headwords with this key (as [`crate::fold::fold_german`] gives it), one for each part of speech and capitalisation.
    pub fn german(&self, key: &str) -> Headwords {
        Headwords::from_value(self.german.get(key).unwrap_or(0))
    }

    /// The number of a stem (as [`crate::fold::light_stem`] gives it) among those that phrases are made of.
    pub fn stem(&self, stem: &str) -> Option<u32> {
        self.stems.get(stem).map(|number| number as u32)
    }

    /// Whether some phrase begins with the stem of this number.
    pub fn begins_phrase(&self, stem: Option<u32>) -> bool {
        stem.is_some_and(|stem| step(PHRASE_STEPS, START, stem).is_some())
    }

    /// Finds the longest phrase that begins a row of stems, by their numbers: its headwords and how many stems it takes.
    pub fn longest_phrase(&self, stems: impl Iterator<Item = Option<u32>>) -> Option<(Headwords, usize)> {
        let mut best = None;
        walk(PHRASE_STEPS, stems, |value, length| best = Some((Headwords::from_value(value.into()), length)));
        best
    }

    /// The Vietnamese word with this key (as [`crate::fold::fold_vietnamese`] gives it).
    pub fn vietnamese(&self, key: &str) -> Option<Equivalent> {
        self.vietnamese.get(key).map(|id| Equivalent(id as u32))
    }

    /// The number of a folded syllable among those that the words of the lexicon are made of.
    pub fn syllable(&self, folded: &str) -> Option<u32> {
        self.syllables.get(folded).map(|number| number as u32)
    }

    /// Calls `found(word, length)` for every Vietnamese word that begins a row of syllables, by their numbers, the shortest first; `length`
    /// counts syllables.
    pub fn vietnamese_prefixes(
        &self,
        syllables: impl Iterator<Item = Option<u32>>,
        mut found: impl FnMut(Equivalent, usize),
    ) {
        walk(VIETNAMESE_STEPS, syllables, |value, length| found(Equivalent(value), length));
    }

    /// The Vietnamese equivalents of a headword, the most usual first.
    pub fn equivalents(&self, headword: Headword) -> impl ExactSizeIterator<Item = Equivalent> + use<> {
        links_of(GERMAN_RECORDS, LINKS, headword.0).map(Equivalent)
    }

    /// The German headwords that a Vietnamese word stands for.
    pub fn headwords(&self, word: Equivalent) -> impl ExactSizeIterator<Item = Headword> + use<> {
        links_of(VIETNAMESE_RECORDS, BACK_LINKS, word.0).map(Headword)
    }

    /// A headword as its entry writes it.
    pub fn german_text(&self, headword: Headword) -> &'static str {
        text_of(GERMAN_RECORDS, GERMAN_TEXT, headword.0)
    }

    /// A Vietnamese word as its first entry writes it.
    pub fn vietnamese_text(&self, word: Equivalent) -> &'static str {
        text_of(VIETNAMESE_RECORDS, VIETNAMESE_TEXT, word.0)
    }

    /// What kind of word a headword is.
    pub fn pos(&self, headword: Headword) -> PartOfSpeech {
        let number = usize::from(mark_of(GERMAN_RECORDS, headword.0, 0));
        PartOfSpeech::ALL.get(number).copied().unwrap_or(PartOfSpeech::Noun)
    }

    /// A headword's frequency class: the most frequent German word is about 2^class times as frequent.
    pub fn class(&self, headword: Headword) -> u8 {
        mark_of(GERMAN_RECORDS, headword.0, 1)
    }

    /// A Vietnamese word's frequency class, estimated from the headwords that it stands for.
    pub fn vietnamese_class(&self, word: Equivalent) -> u8 {
        mark_of(VIETNAMESE_RECORDS, word.0, 0)
    }

    /// The field of a headword: the name of its source file.
    pub fn field(&self, headword: Headword) -> &'static str {
        FIELDS.lines().nth(usize::from(mark_of(GERMAN_RECORDS, headword.0, 2))).unwrap_or_default()
    }
}

/// Calls `found(value, length)` for every word that begins a row of parts, the shortest first; `length` counts parts.
fn walk(table: &[u8], parts: impl Iterator<Item = Option<u32>>, mut found: impl FnMut(u32, usize)) {
    let mut row = START;
    for (length, part) in (1..).zip(parts) {
        let Some(step) = part.and_then(|part| step(table, row, part)) else { return };
        if let Some(value) = step.value {
            found(value, length);
        }
        match step.row {
            Some(next) => row = next,
            None => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::{fold_vietnamese, german_key};

    #[test]
    fn every_headword_is_found_by_its_key_and_leads_back() {
        let words = words();
        for id in 0..words.german_len() as u32 {
            let headword = Headword(id);
            let text = words.german_text(headword);
            let key = german_key(text);
            let found = if key.contains(' ') {
                let (found, length) = words.longest_phrase(key.split(' ').map(|s| words.stem(s))).unwrap();
                assert_eq!(length, key.split(' ').count());
                found.collect::<Vec<_>>()
            } else {
                words.german(&key).collect()
            };
            assert!(found.contains(&headword), "{text}");
            assert!(words.equivalents(headword).len() > 0, "{text}");
            for word in words.equivalents(headword) {
                assert!(words.headwords(word).any(|h| h == headword), "{text}");
                let mut key = String::new();
                fold_vietnamese(words.vietnamese_text(word), &mut key);
                assert_eq!(words.vietnamese(&key), Some(word));
            }
        }
    }

    #[test]
    fn what_is_not_there_is_not_found() {
        let words = words();
        assert_eq!(words.german("qqqq").len(), 0);
        assert_eq!(words.vietnamese("qqqq"), None);
        assert!(words.longest_phrase([None, None].into_iter()).is_none());
        assert_eq!(words.stem("qqqq"), None);
        assert_eq!(words.syllable("qqqq"), None);
    }
}
