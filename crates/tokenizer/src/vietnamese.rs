//! Vietnamese: what its full stops do.

#![allow(clippy::match_same_arms)] // the arms are rules that are tried in order, each with its own reason

use crate::Language;
use crate::around::{self, After, Next};
use crate::facts::{self, Class, Facts};
use crate::stops::{self, FullStop};

/// See [`stops::full_stop`].
pub(crate) fn full_stop(text: &str, at: usize) -> FullStop {
    let facts = facts::of(Language::Vietnamese);
    let word = around::word_before(text, at);
    let after = around::after(text, at + 1);
    if word.is_empty() {
        return if after.next == Next::Goes || is_loose_abbreviation(facts, text, at) {
            FullStop::INSIDE
        } else {
            FullStop::END
        };
    }
    let start = at - word.len();
    if word.bytes().all(|b| b.is_ascii_digit()) {
        return number(text, start, after);
    }
    if let Some((class, _)) = stops::abbreviation(facts, text, at) {
        return match (class, after.next) {
            // Q. Bình Thạnh, P. Bến Nghé, H. Củ Chi: a name goes on.
            (Class::Number, Next::Capital(next)) => {
                // „ở phường K. Người ta …“ ends; „P. Hai Bà Trưng“ is a name.
                let rest = around::after(text, after.at + next.len());
                let named = matches!(rest.next, Next::Capital(_));
                FullStop::joined(
                    facts.starters.contains(next) && !named && after.spaced && !first(text, start),
                )
            }
            _ => stops::by_class(facts, class, after).unwrap_or(FullStop::END),
        };
    }
    single_or_ordinary(facts, text, start, word, after)
}

/// A stop that a space parts from its abbreviation: `TP . HCM`.
fn is_loose_abbreviation(facts: &Facts, text: &str, at: usize) -> bool {
    let end = around::skip_spaces_back(text, at);
    let word = around::word_before(text, end);
    end < at && matches!(facts.class(word), Some(Class::Never | Class::Number))
}

/// Whether what starts at `start` is the first thing of its sentence or line.
fn first(text: &str, start: usize) -> bool {
    let ahead = around::skip_spaces_back(text, start);
    matches!(around::char_before(text, ahead), None | Some('\n' | '.' | '!' | '?' | '…' | ':'))
}

/// Whether what follows stands in a quotation (not in brackets, which go on in the same sentence).
fn quoted(text: &str, after: After<'_>) -> bool {
    after.opened && after.spaced && !text[..after.at].ends_with(['(', '['])
}

/// A stop after a number: the number of a list item, or the end.
fn number(text: &str, start: usize, after: After<'_>) -> FullStop {
    let first = first(text, start);
    match after.next {
        Next::Nothing => FullStop::END,
        Next::Goes => FullStop::INSIDE,
        Next::Capital(_) if first => FullStop::PART,
        Next::Lower(_) => FullStop { joined: false, ends: quoted(text, after) },
        Next::Digit(_) => FullStop { joined: false, ends: after.spaced && !first },
        Next::Capital(_) if !after.spaced => FullStop { joined: false, ends: true },
        _ => FullStop::END,
    }
}

/// A stop after an initial (`J. Biden`, `Nguyễn T. H.`), or after any other word.
fn single_or_ordinary(facts: &Facts, text: &str, start: usize, word: &str, after: After<'_>) -> FullStop {
    let alone = word.chars().count() == 1 && word.starts_with(char::is_uppercase);
    match after.next {
        Next::Nothing => FullStop::END,
        Next::Goes => FullStop { joined: alone, ends: false },
        Next::Capital(next) if alone => {
            let ahead = around::skip_spaces_back(text, start);
            let before = around::word_before(text, ahead);
            // „… bà Nguyễn Thị H. Ông nói“ ends; „John F. Kennedy“ does not.
            FullStop::joined(after.spaced && !before.is_empty() && facts.starters.contains(next))
        }
        Next::Lower(_) if alone => FullStop::PART,
        Next::Lower(_) if quoted(text, after) => FullStop::END,
        Next::Lower(_) => FullStop::INSIDE,
        Next::Digit(_) if !after.spaced => FullStop::INSIDE,
        Next::Capital(_) if !after.spaced => {
            FullStop { joined: false, ends: word.chars().count() > 1 && word.ends_with(char::is_lowercase) }
        }
        _ => FullStop::END,
    }
}
