//! German: where a word ends that has begun.

#![allow(clippy::match_same_arms)] // the arms are rules that are tried in order, each with its own reason

use crate::{Language, TokenKind, address, around, facts, german, runs, stops};

/// The end of the token that starts with a letter or digit at byte `start`, and its kind. `quoted` says that a single
/// quote is open, so that an apostrophe at the end of a word closes it.
pub(crate) fn word(text: &str, start: usize, quoted: bool) -> (usize, TokenKind) {
    let bytes = text.as_bytes();
    let mut at = runs::run_end(text, start);
    while let Some(&byte) = bytes.get(at) {
        let next = at + 1;
        at = match byte {
            // The common cases first: nothing joins.
            b' ' | b'\n' | b'"' | b')' | b';' | b'!' | b'?' => break,
            b',' if runs::digit_before(text, at) && runs::digit(text, next) => runs::run_end(text, next),
            b',' => break,
            b'-' if runs::starts(text, next) => runs::run_end(text, next),
            b'-' if bytes.get(next) == Some(&b'/') && runs::starts(text, next + 1) => {
                runs::run_end(text, next + 1)
            }
            // 5-%-Hürde
            b'-' if text[next..].starts_with("%-") && runs::starts(text, next + 2) => {
                runs::run_end(text, next + 2)
            }
            b'-' if elided(bytes.get(next).copied()) => return (next, TokenKind::Word),
            b'.' => match stop(text, start, at) {
                Stop::Ends => break,
                Stop::Goes(end) => end,
                Stop::Is(end, kind) => return (end, kind),
            },
            b':' if runs::digit_before(text, at) && runs::digit(text, next) => runs::run_end(text, next),
            b':' | b'*' | b'_' if is_gender(&text[next..runs::run_end(text, next)]) => {
                runs::run_end(text, next)
            }
            b'_' if runs::starts(text, next) => runs::run_end(text, next),
            b'/' if is_rate(text, start, at) => runs::run_end(text, next),
            b'&' if runs::starts(text, next) && text[start..at].bytes().all(|b| b.is_ascii_uppercase()) => {
                runs::run_end(text, next)
            }
            b'+' if !runs::starts(text, next) && is_plus_after(text, at) => next,
            b'#' if !runs::starts(text, next) && at == start + 1 => next,
            b'%' if runs::letter(text, next) && runs::digit_before(text, at) => runs::run_end(text, next),
            b'@' => match address::mail(text, start, at) {
                Some(end) => return (end, TokenKind::Address),
                None => break,
            },
            b'\'' => match apostrophe(text, start, at, next, quoted) {
                Some(end) => end,
                None => break,
            },
            0xe2 if text[at..].starts_with('’') => match apostrophe(text, start, at, at + 3, quoted) {
                Some(end) => end,
                None => break,
            },
            0xe2 if text[at..].starts_with(['\u{2010}', '\u{2011}']) && runs::starts(text, at + 3) => {
                runs::run_end(text, at + 3)
            }
            _ => break,
        };
    }
    (at, kind(text, start, at))
}

pub(crate) fn kind(text: &str, start: usize, end: usize) -> TokenKind {
    let numeric = text.as_bytes()[start].is_ascii_digit()
        && text[start..end]
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b':' | b'/' | b'-' | b'%'));
    if numeric { TokenKind::Number } else { TokenKind::Word }
}

/// `Vor- und`: a hyphen at the end stands for the part left out.
fn elided(next: Option<u8>) -> bool {
    match next {
        None | Some(b' ' | b',' | b')' | b'\n' | b'/') => true,
        Some(_) => false,
    }
}

/// Whether a plus at byte `at` can go on a word: `C++`, `Disney+`.
pub(crate) fn is_plus_after(text: &str, at: usize) -> bool {
    around::char_before(text, at).is_some_and(|c| c.is_alphabetic() || c == '+')
}

/// `Schüler:innen`, `Leser*innen`, `Kolleg_innen`.
fn is_gender(ending: &str) -> bool {
    matches!(ending, "in" | "innen" | "r" | "n")
}

/// `km/h`, `m/s`, `2/4/2025`: a unit by a unit, a digit by a digit.
fn is_rate(text: &str, start: usize, at: usize) -> bool {
    if runs::digit(text, at + 1) {
        return runs::digit_before(text, at);
    }
    let over = &text[start..at];
    let under = &text[at + 1..runs::run_end(text, at + 1)];
    let unit = |part: &str, longest: usize| {
        !part.is_empty()
            && part.len() <= longest
            && part.bytes().all(|b| b.is_ascii_alphabetic())
            && part.bytes().any(|b| b.is_ascii_lowercase())
    };
    unit(over, 3)
        && unit(under, 3)
        && (over.len() < 3 || under.len() == 1)
        && under.bytes().next().is_some_and(|b| b.is_ascii_lowercase())
}

/// What joins at an apostrophe: `geht's` parts, `O'Neill` and `Peter's` do not, `Lukas'` keeps it.
fn apostrophe(text: &str, start: usize, at: usize, next: usize, quoted: bool) -> Option<usize> {
    if runs::digit_before(text, at) {
        // 1'000, as the Swiss write
        let end = runs::run_end(text, next);
        let thousands = end - next == 3 && text[next..end].bytes().all(|b| b.is_ascii_digit());
        return thousands.then_some(end);
    }
    if runs::letter(text, next) {
        let end = runs::run_end(text, next);
        let clitic = &text[next..end] == "s" && at - start < 40 && german::hosts_clitic(&text[start..at]);
        return (!clitic).then_some(end);
    }
    let genitive = text[start..at].ends_with(['s', 'S', 'x', 'z', 'ß']) || text[start..at].ends_with("ce");
    // Two of them close a quotation (''); with three the first is the word's.
    let doubled = text[next..].chars().take_while(|c| matches!(c, '\'' | '’')).count() == 1;
    (genitive && !quoted && !doubled).then_some(next)
}

enum Stop {
    Ends,
    Goes(usize),
    Is(usize, TokenKind),
}

/// What joins at the stop at byte `at` of the token that starts at `start`.
fn stop(text: &str, start: usize, at: usize) -> Stop {
    let bytes = text.as_bytes();
    let next = at + 1;
    match bytes.get(next) {
        Some(b'.') => return Stop::Ends,
        Some(byte) if byte.is_ascii_digit() && runs::digit_before(text, at) => {
            return Stop::Goes(runs::run_end(text, next));
        }
        _ => {}
    }
    if runs::letter(text, next) {
        if let Some(end) = chain(Language::German, text, start, at) {
            return Stop::Is(end, TokenKind::Word);
        }
        if let Some(end) = address::dotted_name(text, start, at) {
            return Stop::Is(end, TokenKind::Address);
        }
        if let Some(end) = mail_with_dots(text, start, next) {
            return Stop::Is(end, TokenKind::Address);
        }
    }
    if !stops::full_stop(Language::German, text, at).joined {
        return Stop::Ends;
    }
    if bytes.get(next) == Some(&b'-') && runs::starts(text, next + 1) {
        return Stop::Goes(runs::run_end(text, next + 1));
    }
    Stop::Is(next, kind(text, start, next))
}

/// `vor.nachname@haus.de`: letters with stops before an `@`.
pub(crate) fn mail_with_dots(text: &str, start: usize, next: usize) -> Option<usize> {
    let mut end = runs::run_end(text, next);
    for _ in 0..4 {
        match text.as_bytes().get(end) {
            Some(b'@') => return address::mail(text, start, end),
            Some(b'.' | b'-' | b'_') if runs::starts(text, end + 1) => end = runs::run_end(text, end + 1),
            _ => return None,
        }
    }
    None
}

/// The end of a chain of parts with stops and no spaces (`z.B.`, `U.S.A.`), if it is a known abbreviation or all single
/// letters; with its last stop.
pub(crate) fn chain(language: Language, text: &str, start: usize, at: usize) -> Option<usize> {
    let facts = facts::of(language);
    let bytes = text.as_bytes();
    let mut dot = at;
    let mut singles = text[start..at].chars().count() == 1;
    let mut best = None;
    // Longer chains are no abbreviations, and looking each prefix up has its price.
    while dot - start < 40 && runs::letter(text, dot + 1) {
        let part = runs::run_end(text, dot + 1);
        singles &= text[dot + 1..part].chars().count() == 1;
        if bytes.get(part) != Some(&b'.') {
            break;
        }
        if facts.class(&text[start..part]).is_some() || singles {
            best = Some(part + 1);
        }
        dot = part;
    }
    best
}
