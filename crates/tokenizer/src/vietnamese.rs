//! Vietnamese: what its full stops do.

#![allow(clippy::match_same_arms)] // the arms are rules that are tried in order, each with its own reason

use crate::around::{self, After, Next};
use crate::facts::{self, Class, Facts};
use crate::stops::{self, FullStop};
use crate::{Language, runs};
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

static PARTS: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| facts::set(include_str!("../../../data/vietnamese/numbered-parts.txt")));

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
        return number(text, start, word, after);
    }
    if is_letter(word) && matches!(after.next, Next::Capital(_)) && names(facts, text, start) {
        return FullStop::END;
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

/// Whether what starts at `start` is the first thing of its sentence or line, so that it counts an item.
fn first(text: &str, start: usize) -> bool {
    let ahead = around::skip_spaces_back(text, start);
    match around::char_before(text, ahead) {
        None | Some('\n' | '!' | '?' | '…' | ':') => true,
        // Not in „Q.10“, „ngày 2.9“, „tr. 20“
        Some('.') => {
            let spaced = ahead < start;
            spaced && stops::abbreviation(facts::of(Language::Vietnamese), text, ahead - 1).is_none()
        }
        Some(_) => false,
    }
}

/// Whether what starts at `start` is the number or letter of a part of the text, at the start of a line: `Điều 1. Phạm vi`.
fn heads(text: &str, start: usize) -> bool {
    let ahead = around::skip_spaces_back(text, start);
    let part = around::word_before(text, ahead);
    let line = around::skip_spaces_back(text, ahead - part.len());
    PARTS.contains(part) && matches!(around::char_before(text, line), None | Some('\n'))
}

/// Whether the letter or Roman numeral at `start` is the name of what stands before it: `vitamin C`, `thế kỷ X`.
fn names(facts: &Facts, text: &str, start: usize) -> bool {
    facts.before_letter.contains(around::word_before(text, around::skip_spaces_back(text, start)))
}

/// Whether `word` is a single capital.
fn is_letter(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && word.chars().count() == 1
}

/// Whether what follows stands in a quotation (not in brackets, which go on in the same sentence).
fn quoted(text: &str, after: After<'_>) -> bool {
    after.opened && after.spaced && !text[..after.at].ends_with(['(', '['])
}

/// A stop after a number: the number of a list item, or the end.
fn number(text: &str, start: usize, digits: &str, after: After<'_>) -> FullStop {
    let first = digits.len() <= 3 && (first(text, start) || heads(text, start));
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
    let alone = is_letter(word);
    match after.next {
        Next::Nothing => FullStop::END,
        Next::Capital(_) if (alone || stops::is_roman(word)) && heads(text, start) => FullStop::PART,
        Next::Capital(_) if stops::is_roman(word) && first(text, start) => FullStop::PART,
        Next::Goes => FullStop { joined: alone, ends: false },
        Next::Capital(next) if alone => {
            let ahead = around::skip_spaces_back(text, start);
            let before = around::word_before(text, ahead);
            // „… bà Nguyễn Thị H. Ông nói“ ends; „John F. Kennedy“ does not.
            let chained = text[..start].ends_with('.') && runs::letter_before(text, start - 1);
            FullStop::joined(after.spaced && (chained || !before.is_empty()) && facts.starters.contains(next))
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
