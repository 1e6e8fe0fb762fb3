//! German: what its full stops do.

#![allow(clippy::match_same_arms)] // the arms are rules that are tried in order, each with its own reason

use crate::around::{self, After, Next};
use crate::facts::{self, Facts};
use crate::stops::{self, FullStop};
use crate::{Language, runs};
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// The word lists that only German ordinals and clitics need.
struct Lists {
    months: FxHashSet<&'static str>,
    before_ordinal: FxHashSet<&'static str>,
    ordinal_nouns: FxHashSet<&'static str>,
    /// The longer ones in lower case, as the last part of a compound.
    ordinal_ends: Vec<String>,
    clitic_hosts: FxHashSet<&'static str>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists {
    months: facts::set(include_str!("../../../data/german/months.txt")),
    before_ordinal: facts::set(include_str!("../../../data/german/before-ordinal.txt")),
    ordinal_nouns: facts::set(include_str!("../../../data/german/ordinal-nouns.txt")),
    ordinal_ends: facts::lines(include_str!("../../../data/german/ordinal-nouns.txt"))
        .filter(|noun| noun.len() > 4)
        .map(str::to_lowercase)
        .collect(),
    clitic_hosts: facts::set(include_str!("../../../data/german/clitic-hosts.txt")),
});

/// Whether an apostrophe and `s` after `word` stand for the pronoun `es` (`geht's`), not for a genitive (`Peter's`).
pub(crate) fn hosts_clitic(word: &str) -> bool {
    word.starts_with(char::is_lowercase) || LISTS.clitic_hosts.contains(word)
}

/// See [`stops::full_stop`].
pub(crate) fn full_stop(text: &str, at: usize) -> FullStop {
    let facts = facts::of(Language::German);
    let word = around::word_before(text, at);
    let after = around::after(text, at + 1);
    if word.is_empty() {
        // „die Endung .de“
        let hangs = !after.spaced && matches!(after.next, Next::Lower(_));
        return if hangs || after.next == Next::Goes { FullStop::INSIDE } else { FullStop::END };
    }
    let start = at - word.len();
    if after.next == Next::Other && text[at + 1..].starts_with('-') && runs::starts(text, at + 2) {
        // Dipl.-Ing., Reg.-Rat
        return FullStop::PART;
    }
    if word.bytes().all(|b| b.is_ascii_digit()) {
        return number(facts, text, start, word, after);
    }
    let letter = single_letter(word);
    if let Some((class, from)) = stops::abbreviation(facts, text, at) {
        if let Some(judged) = stops::by_class(facts, class, after) {
            return judged;
        }
        // „S“ is a page before a number, and an initial before a name.
        if letter.is_none() {
            return FullStop { joined: text[from..at].contains('.'), ends: true };
        }
    }
    if is_street(word) {
        return match after.next {
            Next::Capital(next) => FullStop::joined(facts.starters.contains(next)),
            Next::Nothing => FullStop::BOTH,
            _ => FullStop::PART,
        };
    }
    if stops::is_roman(word) && (word.len() > 1 || matches!(word, "I" | "V" | "X")) {
        return roman(facts, text, start, after);
    }
    if let Some(letter) = letter {
        return single(facts, text, start, letter, after);
    }
    ordinary(word, after)
}

fn single_letter(word: &str) -> Option<char> {
    let mut characters = word.chars();
    characters.next().filter(|_| characters.next().is_none())
}

/// A stop after a number: an ordinal, part of a date, the number of a list item, or the end.
fn number(facts: &Facts, text: &str, start: usize, digits: &str, after: After<'_>) -> FullStop {
    // „1,5.“, „12.30.“, „2025.“, „1234.“: such numbers are no ordinals. (But „3.10. bis“, „2.4.“ are dates.)
    let dotted = text[..start].ends_with('.') && text[..start - 1].ends_with(|c: char| c.is_ascii_digit());
    let decimal =
        text[..start].ends_with([',', ':']) && start > 1 && text.as_bytes()[start - 2].is_ascii_digit();
    let hyphenated = text[..start].ends_with(['-', '–', '/']);
    let large = decimal || digits.len() > 3 || (dotted && digits.len() > 2);
    let ahead = around::skip_spaces_back(text, start);
    let before = around::word_before(text, ahead);
    match after.next {
        Next::Goes => FullStop::joined(false),
        Next::Nothing => FullStop::END,
        Next::Lower(_) if large => {
            FullStop { joined: false, ends: digits.len() == 4 && after.spaced && !decimal }
        }
        Next::Lower(_) => FullStop::PART,
        Next::Digit(next)
            if !large
                && (next.len() <= 2 || is_day(digits) && dotted || is_day(digits) && next.len() == 4) =>
        {
            // „am 3. 4. 2025“, „vom 2. 10.“; but „… auf Platz 3. 20 Jahre später …“
            let dates = !after.spaced
                || text[after.at + next.len()..].starts_with(['.', ' '])
                    && is_date(text, after.at, next, dotted || ordinal_before(text, ahead, before));
            if dates { FullStop::PART } else { FullStop::END }
        }
        Next::Digit(_) => FullStop { joined: false, ends: after.spaced },
        Next::Capital(next) => {
            if LISTS.months.contains(next) && is_day(digits) {
                return FullStop::PART;
            }
            if after.opened && !at_sentence_start(text, ahead) {
                return FullStop::joined(!LISTS.before_ordinal.contains(before) || large);
            }
            if large || !after.spaced && next.len() > 1 && facts.starters.contains(next) {
                return FullStop::END;
            }
            if at_sentence_start(text, ahead) && !hyphenated {
                return FullStop::PART;
            }
            if facts.starters.contains(next) {
                return FullStop::END;
            }
            let counted = LISTS.ordinal_nouns.contains(next) || ends_in_ordinal_noun(next);
            if counted || dotted || ordinal_before(text, ahead, before) {
                return FullStop::PART;
            }
            // After a noun or preposition the number counts („Platz 3“, „auf 35“); after an adjective or a verb the
            // noun that follows is counted („feiert 25. Jubiläum“).
            let takes = before.is_empty() || before.starts_with(char::is_uppercase) || is_counting(before);
            if takes { FullStop::END } else { FullStop::PART }
        }
        Next::Other if at_sentence_start(text, ahead) => FullStop::PART,
        // „vom 3.–5. Mai“, „der 3. – 5. Platz“
        Next::Other => {
            let dash = text[after.at..].trim_start_matches(['-', '–', '—', ' ']);
            let ranges = dash.starts_with(|c: char| c.is_ascii_digit());
            // „14.--“, „14.-“ are prices.
            match (ranges && !large, after.spaced) {
                (true, _) => FullStop::PART,
                (false, true) => FullStop::END,
                (false, false) => FullStop::INSIDE,
            }
        }
    }
}

/// Whether a day or month could have these digits.
fn is_day(digits: &str) -> bool {
    digits.parse::<u32>().is_ok_and(|n| (1..=31).contains(&n))
}

/// Whether the number at `at` goes on a date: a month with a stop (`3. 4.`) or, after a month, a year.
fn is_date(text: &str, at: usize, next: &str, begun: bool) -> bool {
    let stop = text[at + next.len()..].starts_with('.');
    next.len() <= 2 && stop && next.parse::<u32>().is_ok_and(|n| n <= 12) || begun && next.len() == 4
}

/// Whether the words before a number make it an ordinal: an article and the like, or another ordinal (`der 3. und 4.`).
fn ordinal_before(text: &str, ahead: usize, before: &str) -> bool {
    // „im 3. und 4. Jahr“, but „zwischen 5 und 10. Kinder …“: after a number without a stop the next one counts too.
    let other = around::word_before(text, around::skip_spaces_back(text, ahead - before.len()));
    let cardinal = !other.is_empty() && other.bytes().all(|b| b.is_ascii_digit());
    LISTS.before_ordinal.contains(before) && !before.is_empty() && !cardinal
        || before.is_empty()
            && text[..ahead].ends_with(['.', ','])
            && text[..ahead - 1].ends_with(|c: char| c.is_ascii_digit())
}

/// Prepositions and the like after which a bare number counts (`auf 35`, `um 18`).
fn is_counting(before: &str) -> bool {
    facts::of(Language::German).is_lower_starter(before)
}

fn ends_in_ordinal_noun(word: &str) -> bool {
    LISTS.ordinal_ends.iter().any(|noun| word.ends_with(noun.as_str()))
}

/// Whether what ends at `ahead` is the start of the text, of a line or of a sentence, so that a number there counts a
/// list item (`1. Einleitung`).
fn at_sentence_start(text: &str, ahead: usize) -> bool {
    match around::char_before(text, ahead) {
        None | Some('\n' | '!' | '?' | '•' | ':' | '(' | '[') => true,
        // Not after an ordinal or an abbreviation: „am 3. 4.“, „siehe S. 12.“
        Some('.') => {
            let stop = ahead - 1;
            let word = around::word_before(text, stop);
            // Nor within a row: „1 ... 2 ... 3. Dann“
            !text[..stop].ends_with('.')
                && !word.ends_with(|c: char| c.is_ascii_digit())
                && (word.is_empty() || stops::abbreviation(facts::of(Language::German), text, stop).is_none())
        }
        Some(_) => false,
    }
}

/// A stop after a Roman numeral: `Ludwig XIV. von`, `Thutmosis III. Die`, `II. Weltkrieg`.
fn roman(facts: &Facts, text: &str, start: usize, after: After<'_>) -> FullStop {
    match after.next {
        Next::Nothing => FullStop::END,
        Next::Capital(_) if names(facts, text, start) => FullStop::BOTH,
        Next::Capital(next) if facts.starters.contains(next) => {
            let ahead = around::skip_spaces_back(text, start);
            FullStop::joined(!at_sentence_start(text, ahead))
        }
        Next::Capital(_) if after.opened => {
            FullStop::joined(!at_sentence_start(text, around::skip_spaces_back(text, start)))
        }
        _ => FullStop::PART,
    }
}

/// Whether the letter or Roman numeral at `start` is the name of what stands before it: `Vitamin C`, `Teil IV`.
fn names(facts: &Facts, text: &str, start: usize) -> bool {
    facts.before_letter.contains(around::word_before(text, around::skip_spaces_back(text, start)))
}

/// A stop after a single letter: an initial (`J. R. R. Tolkien`), part of an abbreviation (`z.`), a name that ends
/// (`Note A. Aus`), a unit (`5 m. Der`).
fn single(facts: &Facts, text: &str, start: usize, letter: char, after: After<'_>) -> FullStop {
    let ahead = around::skip_spaces_back(text, start);
    let spaced = ahead < start || start == 0;
    match after.next {
        Next::Nothing => FullStop::END,
        Next::Capital(_) if letter.is_uppercase() && names(facts, text, start) => FullStop::END,
        Next::Capital(next) if facts.starters.contains(next) => {
            let before = around::word_before(text, ahead);
            if letter.is_lowercase() {
                let unit = before.bytes().next_back().is_some_and(|b| b.is_ascii_digit());
                return if unit { FullStop::END } else { FullStop::joined(!before.is_empty()) };
            }
            // „Note A. Aus“ ends, „J. Das“ after a stop or at the start does not.
            let name = before.is_empty() || !spaced || facts.starters.contains(before);
            if name && !text[..ahead].ends_with([')', '“', '"']) { FullStop::PART } else { FullStop::END }
        }
        Next::Capital(_) if after.opened => FullStop::joined(!around::word_before(text, ahead).is_empty()),
        _ => FullStop::PART,
    }
}

/// `Bahnhofstr`, `Zimmermann-Str`.
fn is_street(word: &str) -> bool {
    word.len() > 3 && word.ends_with("str") || word == "Str"
}

/// A stop after any other word.
fn ordinary(word: &str, after: After<'_>) -> FullStop {
    match after.next {
        Next::Goes => {
            // A word that is followed by a comma after its stop is an abbreviation that no list knows.
            FullStop { joined: has_no_vowel(word), ends: false }
        }
        Next::Lower(_) if !after.spaced => FullStop::INSIDE,
        Next::Lower(_) if after.opened => FullStop::END,
        // „… beider Länder. bekräftigt, dass …“ ends; „Bundesmin. für“ does not, but looks the same: what is short and
        // capitalised, or cannot be spoken, is held for an abbreviation.
        Next::Lower(_) if has_no_vowel(word) => FullStop::PART,
        Next::Lower(_) if word.chars().count() <= 4 && word.starts_with(char::is_uppercase) => FullStop::PART,
        Next::Capital(next) if !after.spaced => {
            // „Er kam.Dann ging er.“: the space is missing; „U.S.A“, „www.Seite“ are told apart by the tokens around.
            let long = word.len() > 2 || facts::of(Language::German).starters.contains(next);
            FullStop { joined: false, ends: long && word.ends_with(char::is_lowercase) }
        }
        Next::Digit(_) if !after.spaced => FullStop::INSIDE,
        _ => FullStop::END,
    }
}

fn has_no_vowel(word: &str) -> bool {
    word.chars().count() > 1
        && word.chars().all(|c| c.is_alphabetic() && !"aeiouyäöüáéíóúàèìòùâêîôûAEIOUYÄÖÜ".contains(c))
        && word.chars().any(char::is_lowercase)
}
