//! What a sentence says, in a form that the other language's sentence can be held against: terms.
//!
//! A German sentence becomes a row of [`Term`]s, each with the keys that a Vietnamese sentence saying the same may hold. A Vietnamese
//! sentence becomes its [`Mention`]s (every word of the lexicon that stands anywhere in it, every fact and name, under the same keys) and
//! its units (the words of its best cut), which tell how much of it is explained. Keys are numbers, equal if and only if the things are.

mod german;
mod meanings;
mod negation;
mod spellings;
mod vietnamese;

pub use german::GermanReader;
pub use vietnamese::VietnameseReader;

use std::ops::Deref;
use std::sync::Arc;

use satzpaar_language::{Equivalent, ShortSpan, Span};

use crate::facts::{Fact, FactKind};

/// A key that both languages share: a Vietnamese word, a fact, or a name.
pub type Key = u64;

/// What a term or a unit is, as far as it matters for how surely it is translated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum TermKind {
    /// A noun, or a phrase.
    Noun,
    /// A verb.
    Verb,
    /// An adjective.
    Adjective,
    /// An adverb, a numeral that is no fact, an interjection.
    Adverb,
    /// A preposition, conjunction, pronoun, article, auxiliary: said in one language, left out in the other.
    Function,
    /// A name or a foreign word.
    Name,
    /// A number, date, time, unit or currency.
    Fact,
    /// A word that the lexicon does not have: it says nothing for or against.
    Unknown,
    /// A punctuation mark that both languages set alike: a question mark, quotation marks, brackets.
    Mark,
}

impl TermKind {
    /// How many kinds there are.
    pub const COUNT: usize = 9;

    /// Its name, for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Noun => "noun",
            Self::Verb => "verb",
            Self::Adjective => "adjective",
            Self::Adverb => "adverb",
            Self::Function => "function word",
            Self::Name => "name",
            Self::Fact => "fact",
            Self::Unknown => "unknown word",
            Self::Mark => "mark",
        }
    }
}

/// A key under which a German term may be found in Vietnamese, and how good a find it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Target {
    /// The key.
    pub key: Key,
    /// 1 for a full equivalent, less for a partial one.
    pub strength: f32,
}

/// What a German term means, and how a Vietnamese sentence would say so.
#[derive(Clone, Debug, PartialEq)]
pub struct Meaning {
    /// What it is.
    pub kind: TermKind,
    /// The same for terms that mean the same: equal ids have equal targets.
    pub id: u64,
    /// How often, of all Vietnamese units of ordinary text, one answers to it in full.
    pub rate: f32,
    /// How often one answers to it in full or in part.
    pub loose_rate: f32,
    /// The keys under which it may be found.
    pub targets: Box<[Target]>,
    /// The word as written, if it is a name that the lexicon does not have: its keys may miss an unusual spelling.
    pub name: Option<Box<str>>,
}

/// A German term: a word, a part of a compound, a phrase, a name, a fact. What it means is shared with the other terms that are said in the
/// same way; a term gives its [`Meaning`]'s fields as its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// Where in the sentence it stands.
    bytes: ShortSpan,
    /// What it means.
    pub meaning: Arc<Meaning>,
}

impl Term {
    fn new(span: Span, meaning: Arc<Meaning>) -> Self {
        Self { bytes: span.into(), meaning }
    }

    /// The bytes of the sentence that hold it.
    pub const fn span(&self) -> Span {
        self.bytes.span()
    }
}

impl Deref for Term {
    type Target = Meaning;

    fn deref(&self) -> &Meaning {
        &self.meaning
    }
}

/// From this strength on a find counts as full.
pub const FULL: f32 = 0.6;

/// What a sentence shows as a whole; a translation mostly shows the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signs {
    /// It is negated.
    pub negated: bool,
    /// It ends with a full stop or another mark that closes sentences, as headlines and captions seldom do.
    pub closed: bool,
    /// It holds a quotation mark.
    pub quoted: bool,
}

impl Signs {
    /// How many signs there are.
    pub const COUNT: usize = 3;

    /// The names of the signs, in the order of [`Self::all`].
    pub const NAMES: [&str; Self::COUNT] = ["negated", "closed", "quoted"];

    /// Every sign.
    pub const fn all(self) -> [bool; Self::COUNT] {
        [self.negated, self.closed, self.quoted]
    }

    /// The signs of this text and one that follows it, taken as one.
    #[must_use]
    pub const fn then(self, next: Self) -> Self {
        Self {
            negated: self.negated || next.negated,
            closed: next.closed,
            quoted: self.quoted || next.quoted,
        }
    }
}

/// The terms of a German sentence.
#[derive(Clone, Debug, Default)]
pub struct GermanTerms {
    /// In the order of the text.
    pub terms: Vec<Term>,
    /// Characters of the sentence.
    pub characters: u32,
    /// What it shows as a whole.
    pub signs: Signs,
}

/// Something in a Vietnamese sentence that a German term may mean.
///
/// Packed, since there are as many of them as there are words; take its key by value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(C, packed(4))]
pub struct Mention {
    /// Its key.
    pub key: Key,
    /// First syllable, counted from 0 in the sentence.
    pub first: u16,
    /// One past the last syllable.
    pub end: u16,
}

/// A word of a Vietnamese sentence's best cut.
///
/// Packed like a [`Mention`].
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(C, packed(4))]
pub struct Unit {
    /// First syllable.
    pub first: u16,
    /// One past the last syllable.
    pub end: u16,
    /// What it is.
    pub kind: TermKind,
    /// Its own key; 0 if it is unknown.
    pub key: Key,
    /// How often, of all German terms of ordinary text, one means it.
    pub rate: f32,
}

/// The mentions and units of a Vietnamese sentence.
#[derive(Clone, Debug, Default)]
pub struct VietnameseTerms {
    /// All mentions, by first syllable.
    pub mentions: Vec<Mention>,
    /// The units, which tile the syllables that carry meaning.
    pub units: Vec<Unit>,
    /// The bytes of each syllable in the sentence.
    pub syllables: Vec<ShortSpan>,
    /// Foreign names, by the keys of their mentions, as written.
    pub names: Vec<(Key, Box<str>)>,
    /// Characters of the sentence.
    pub characters: u32,
    /// What it shows as a whole.
    pub signs: Signs,
}

/// The share of running words that the most frequent word (class 0) has.
const TOP_SHARE: f64 = 0.03;

/// The share of running words that a word of this frequency class has.
pub fn share_of_class(class: u8) -> f32 {
    (TOP_SHARE * 2f64.powi(-i32::from(class))) as f32
}

/// How often a name that the lexicon does not have is met in ordinary text.
const NAME_RATE: f32 = 2e-6;

/// How often a fact is met in ordinary text: small numbers often, others seldom.
fn fact_rate(fact: &Fact) -> f32 {
    let value = fact.value.to_f64().abs();
    match fact.kind {
        FactKind::Number | FactKind::Ordinal if value <= 10.0 => 1.5e-3,
        FactKind::Number | FactKind::Ordinal | FactKind::Day if value <= 100.0 => 2e-4,
        FactKind::Year | FactKind::Month | FactKind::Day | FactKind::Weekday | FactKind::Unit => 5e-4,
        FactKind::Magnitude | FactKind::Currency | FactKind::Decade | FactKind::Century => 1e-4,
        FactKind::Number | FactKind::Ordinal | FactKind::Clock | FactKind::Score => 2e-5,
    }
}

/// How often a unit of ordinary text has a mark of each class beside it; the classes are those of [`mark_class`].
const MARKS: [f32; 5] = [2e-3, 1e-3, 1.5e-2, 3e-3, 6e-3];

/// The class of the mark that a text begins with, given as bytes: marks that both languages set alike.
fn mark_class(text: &[u8]) -> Option<usize> {
    match text {
        [b'?', ..] => Some(0),
        [b'!', ..] => Some(1),
        // " „ “ ” « »
        [b'"', ..] | [0xe2, 0x80, 0x9c..=0x9e, ..] | [0xc2, 0xab | 0xbb, ..] => Some(2),
        [b'(', ..] => Some(3),
        // A colon counts only before a blank: it stands in times and scores too.
        [b':', b' ', ..] => Some(4),
        _ => None,
    }
}

/// Calls `found(class)` for each class of marks in a text, once, in the order of the classes.
fn marks(text: &str, found: impl FnMut(usize)) {
    let bytes = text.as_bytes();
    let mut there = [false; MARKS.len()];
    for (at, byte) in bytes.iter().enumerate() {
        if (*byte < b'@' || *byte >= 0xc2)
            && let Some(class) = mark_class(&bytes[at..])
        {
            there[class] = true;
        }
    }
    (0..MARKS.len()).filter(|class| there[*class]).for_each(found);
}

/// The class of quotation marks.
const QUOTES: usize = 2;

/// Whether a text ends with a mark that closes sentences, perhaps within quotation marks or brackets.
fn is_closed(text: &str) -> bool {
    let bare = |c: char| {
        c.is_whitespace()
            || matches!(c, '"' | '\'' | '“' | '”' | '„' | '‘' | '’' | '«' | '»' | '‹' | '›' | ')' | ']')
    };
    text.trim_end_matches(bare).ends_with(['.', '!', '?', '…', ':', ';'])
}

/// How good a find a fact's first, second and third key are: itself, the bare number, the rounded number.
const FACT_STRENGTHS: [f32; 3] = [1.0, 0.6, 0.5];

/// Keys of words and names live apart from those of facts by their top bits.
fn word_key(word: Equivalent) -> Key {
    u64::from(word.0) | 1 << 62
}

/// The Vietnamese word behind a key, if it is a word's.
pub fn word_of(key: Key) -> Option<Equivalent> {
    (key >> 62 == 1).then_some(Equivalent(key as u32))
}

fn fact_key(key: u64) -> Key {
    key >> 2 | 2 << 62
}

fn name_key_hash(name: &str) -> Key {
    stable_hash(name) >> 2 | 3 << 62
}

/// Marks have the first of the keys that no word, fact or name has.
fn mark_key(class: usize) -> Key {
    1 + class as u64
}

/// FNV-1a with a final mix: the same in every run and on every machine.
fn stable_hash(text: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in text.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash = (hash ^ (hash >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    hash ^ (hash >> 32)
}

#[cfg(test)]
mod tests;
