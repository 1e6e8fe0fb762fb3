//! The full stop: does it belong to the word before it, and does it end the sentence? Both languages' tokenizers and the
//! sentence splitter ask here, so that they never disagree.

#![allow(clippy::match_same_arms)] // the arms are rules that are tried in order, each with its own reason

use crate::around::{self, After, Next};
use crate::facts::Facts;
use crate::{Language, facts, german, vietnamese};

/// What a full stop does. Both may be true: „usw.“ at the end of a sentence keeps its stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FullStop {
    /// It belongs to the token before it: an abbreviation, an ordinal, an initial.
    pub joined: bool,
    /// A sentence ends here (or after the quotes and brackets that close here).
    pub ends: bool,
}

impl FullStop {
    /// It ends the sentence and is a token of its own.
    pub(crate) const END: Self = Self { joined: false, ends: true };
    /// It belongs to its word, which goes on.
    pub(crate) const PART: Self = Self { joined: true, ends: false };
    /// It belongs to its word and ends the sentence too.
    pub(crate) const BOTH: Self = Self { joined: true, ends: true };
    /// A lone stop inside a sentence.
    pub(crate) const INSIDE: Self = Self { joined: false, ends: false };

    /// A stop that belongs to its word, and may end the sentence.
    pub(crate) const fn joined(ends: bool) -> Self {
        Self { joined: true, ends }
    }
}

/// Judges the full stop at byte `at` of `text`, a lone `.` (neither before nor after it stands another). Looks at a few
/// words around it only.
///
/// `ends` does not look past closing quotes and brackets: whether the sentence ends after them is the splitter's matter.
pub fn full_stop(language: Language, text: &str, at: usize) -> FullStop {
    if ends_unit(text, at) {
        return FullStop::END;
    }
    match language {
        Language::German => german::full_stop(text, at),
        Language::Vietnamese => vietnamese::full_stop(text, at),
    }
}

/// Whether the stop follows a unit that only looks like an abbreviation (`135 km/h.`, `35 độ C.`, `20 °C.`) and a new sentence may begin:
/// units stand without a stop.
fn ends_unit(text: &str, at: usize) -> bool {
    let word = around::word_before(text, at);
    let start = at - word.len();
    let before = around::char_before(text, start);
    let rate = before == Some('/') && word.starts_with(char::is_lowercase) && word.len() <= 4;
    let degrees = matches!(word, "C" | "F")
        && (before == Some('°')
            || matches!(around::word_before(text, around::skip_spaces_back(text, start)), "độ" | "Grad"));
    let after = around::after(text, at + 1);
    (rate || degrees)
        && after.spaced
        && matches!(after.next, around::Next::Capital(_) | around::Next::Nothing)
}

/// Whether `word`, as it stands with its capital, nearly surely starts a sentence in `language`.
pub fn is_starter(language: Language, word: &str) -> bool {
    facts::of(language).starters.contains(word)
}

/// The class of the abbreviation that ends before the stop at `at`: the longest known chain of parts with stops, with or
/// without spaces between them (`z. B`, `i.d.R`). Gives also where it starts.
pub(crate) fn abbreviation(facts: &Facts, text: &str, at: usize) -> Option<(facts::Class, usize)> {
    // Where each part starts, from the last one backwards; `z. B. u. a` is looked at up to five parts deep.
    let mut starts = [0; 5];
    let mut depth = 0;
    let mut end = at;
    while depth < starts.len() {
        let mut start = end - around::word_before(text, end).len();
        if start == end {
            break;
        }
        // Hyphens hold an abbreviation together: Dipl.-Ing, Tel.-Nr, Min.-Präs
        if text[..start].ends_with(".-") {
            start -= 2;
            start -= around::word_before(text, start).len();
        }
        starts[depth] = start;
        depth += 1;
        let gap = around::skip_spaces_back(text, start);
        if !text[..gap].ends_with('.') || text[..gap].ends_with("..") {
            break;
        }
        end = gap - 1;
    }
    let mut key = [0_u8; 48];
    for start in starts[..depth].iter().rev() {
        let mut length = 0;
        let mut fits = true;
        for c in text[*start..at].chars().filter(|c| !c.is_whitespace()) {
            fits = length + c.len_utf8() <= key.len();
            if !fits {
                break;
            }
            length += c.encode_utf8(&mut key[length..]).len();
        }
        let form = std::str::from_utf8(&key[..length]).unwrap_or_default();
        if fits && let Some(class) = facts.class(form) {
            return Some((class, *start));
        }
    }
    None
}

/// What an abbreviation of `class` does before `next`.
pub(crate) fn by_class(facts: &Facts, class: facts::Class, after: After<'_>) -> Option<FullStop> {
    use facts::Class;
    let starts = |word: &str| facts.starters.contains(word);
    match (class, after.next) {
        (_, Next::Goes) => Some(FullStop::PART),
        (Class::Never | Class::End | Class::May, Next::Nothing) => Some(FullStop::BOTH),
        (Class::Never, _) | (Class::End | Class::May, Next::Lower(_)) => Some(FullStop::PART),
        // „Weber usw. (Köln)“ goes on, „usw. (Die Liste fehlt.)“ does not.
        (Class::End, Next::Capital(word)) if after.bracket => Some(FullStop::joined(starts(word))),
        (Class::End, Next::Digit(_)) if after.bracket => Some(FullStop::PART),
        (Class::End, next) => Some(FullStop::joined(next != Next::Other)),
        (Class::May, Next::Capital(word)) => Some(FullStop::joined(starts(word))),
        (Class::May, Next::Digit(_)) => Some(FullStop::PART),
        (Class::May, Next::Other) => Some(FullStop::PART),
        (Class::Number | Class::Word, Next::Digit(_) | Next::Lower(_)) => Some(FullStop::PART),
        (Class::Number, Next::Capital(word)) if is_roman(word) && !starts(word) => Some(FullStop::PART),
        (Class::Number | Class::Word, _) => None,
    }
}

/// Whether `word` is a Roman numeral in capitals.
pub(crate) fn is_roman(word: &str) -> bool {
    !word.is_empty()
        && word.len() <= 8
        && word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L' | b'C' | b'M'))
}
