//! Tokens cut into atoms (a run of letters, a run of digits, a single sign), so that it does not matter whether the tokenizer
//! gives `14h30`, `2.4.2025` or `20-jährige` as one token or as many.

use satzpaar_tokenizer::{Language, Token};
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
pub(crate) struct Word {
    pub(super) entry: Entry,
    /// It begins with a capital.
    pub(super) upper: bool,
    /// No fact begins with it, whatever stands beside it.
    pub(super) plain: bool,
}

/// Reused buffers of one thread.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    pub(super) atoms: Vec<Atom>,
    /// The atoms of each fact found, beside the facts themselves.
    pub(super) ranges: Vec<(usize, usize)>,
    pub(super) lower: String,
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

/// Cuts tokens into atoms. `known` gives what is known already of the token of this number (see [`word_of`]).
pub(super) fn cut(
    text: &str,
    tokens: &[Token],
    (language, facts): (Language, &Facts),
    scratch: &mut Scratch,
    known: impl Fn(usize) -> Option<Word>,
) {
    let Scratch { atoms, ranges, lower } = scratch;
    atoms.clear();
    ranges.clear();
    let mut last_end = usize::MAX;
    for (token, cut) in tokens.iter().enumerate() {
        let surface = cut.surface(text);
        if let Some(word) = known(token) {
            let (start, end) = (cut.span.start, cut.span.end);
            let glued = start == last_end;
            atoms.push(Atom { start, end, token, kind: AtomKind::Word, glued, word });
            last_end = end;
            continue;
        }
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
    }
}

/// What is known of a token by its surface, if it is one word of letters.
pub(super) fn word_of(surface: &str, language: Language, facts: &Facts, lower: &mut String) -> Option<Word> {
    let mut chars = surface.chars();
    let letters = chars.next().is_some_and(|c| !is_invisible(c) && kind_of(c) == Class::Letter)
        && chars.all(|c| kind_of(c) == Class::Letter || is_invisible(c));
    letters.then(|| word(surface, language, facts, lower))
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
