//! Tokens cut into atoms (a run of letters, a run of digits, a single sign), so that it does not matter whether the tokenizer
//! gives `14h30`, `2.4.2025` or `20-jährige` as one token or as many.

use rustc_hash::FxHashMap;
use satzpaar_tokenizer::{Language, Token, TokenKind};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::data::{Entry, Facts};
use super::german_words::number_word;
use super::roman::roman;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AtomKind {
    Word,
    /// A run of ASCII digits; the number, if it has at most 18 digits, and how many digits.
    Digits(Option<i64>, u32),
    Sign(char),
}

/// The smallest piece that rules speak of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Atom {
    pub(super) start: usize,
    pub(super) end: usize,
    /// The token that it belongs to.
    pub(super) token: usize,
    pub(super) kind: AtomKind,
    /// Nothing stands between it and the atom before.
    pub(super) glued: bool,
    pub(super) word: Word,
}

/// What is known of a word by itself.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Word {
    pub(super) entry: Entry,
    /// It begins with a capital.
    pub(super) upper: bool,
    /// No fact begins with it, whatever stands beside it.
    pub(super) plain: bool,
}

/// So many different words are remembered.
const REMEMBERED: usize = 1 << 16;

/// Reused buffers of one thread.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    pub(super) atoms: Vec<Atom>,
    /// The atoms of each fact found, beside the facts themselves.
    pub(super) ranges: Vec<(usize, usize)>,
    pub(super) lower: String,
    /// The words of each language met so far.
    words: [FxHashMap<Box<str>, Word>; 2],
}

/// Writes the lower-case NFC form of `word` into `out`.
pub(super) fn lower_into(word: &str, out: &mut String) {
    out.clear();
    if word.is_ascii() {
        out.push_str(word);
        out.make_ascii_lowercase();
    } else if word.chars().any(is_combining_mark) {
        out.extend(word.nfc().flat_map(char::to_lowercase));
    } else {
        out.extend(word.chars().flat_map(char::to_lowercase));
    }
}

pub(super) fn cut(text: &str, tokens: &[Token], language: Language, facts: &Facts, scratch: &mut Scratch) {
    let Scratch { atoms, ranges, lower, words } = scratch;
    let words = &mut words[usize::from(language == Language::Vietnamese)];
    atoms.clear();
    ranges.clear();
    let mut last_end = usize::MAX;
    for (token, cut) in tokens.iter().enumerate() {
        let surface = cut.surface(text);
        let (start, end) = (cut.span.start, cut.span.end);
        if cut.kind == TokenKind::Word
            && let Some(word) = words.get(surface)
        {
            let glued = start == last_end;
            atoms.push(Atom { start, end, token, kind: AtomKind::Word, glued, word: *word });
            last_end = end;
            continue;
        }
        let before = atoms.len();
        let mut chars = surface.char_indices().peekable();
        while let Some((offset, first)) = chars.next() {
            if first.is_whitespace() || is_invisible(first) {
                continue;
            }
            let kind = kind_of(first);
            if kind != Class::Sign {
                while chars.next_if(|&(_, next)| kind_of(next) == kind || is_invisible(next)).is_some() {}
            }
            let length = chars.peek().map_or(surface.len(), |&(next, _)| next);
            let (start, end) = (cut.span.start + offset, cut.span.start + length);
            let mut atom = Atom {
                start,
                end,
                token,
                kind: AtomKind::Sign(first),
                glued: start == last_end,
                word: Word::default(),
            };
            last_end = end;
            match kind {
                Class::Sign => {}
                Class::Digit => {
                    let digits = &surface[offset..length];
                    let number = if digits.len() <= 18 { digits.parse().ok() } else { None };
                    atom.kind = AtomKind::Digits(number, digits.len() as u32);
                }
                Class::Letter => {
                    atom.kind = AtomKind::Word;
                    atom.word = word(&surface[offset..length], language, facts, lower);
                }
            }
            atoms.push(atom);
        }
        if let [atom] = &atoms[before..]
            && cut.kind == TokenKind::Word
            && atom.kind == AtomKind::Word
            && (atom.start, atom.end) == (start, end)
        {
            if words.len() >= REMEMBERED {
                words.clear();
            }
            words.insert(surface.into(), atom.word);
        }
    }
}

/// Looks up a word.
fn word(surface: &str, language: Language, facts: &Facts, lower: &mut String) -> Word {
    let upper = surface.chars().next().is_some_and(char::is_uppercase);
    lower_into(surface, lower);
    // No word of the tables is longer.
    let entry = if surface.len() <= 32 { facts.word(lower) } else { Entry::default() };
    let plain = entry.is_empty()
        && !(upper && roman(surface).is_some())
        && (language == Language::Vietnamese || number_word(lower, facts).is_none());
    Word { entry, upper, plain }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    Sign,
}

fn kind_of(c: char) -> Class {
    if c.is_ascii_digit() {
        Class::Digit
    } else if c.is_alphabetic() || is_combining_mark(c) {
        Class::Letter
    } else {
        Class::Sign
    }
}

/// Soft hyphens and zero-width characters: they part nothing.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}
