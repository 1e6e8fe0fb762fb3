//! Web and mail addresses, file names, hashtags and names with @.

use crate::{facts, runs};
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

static ENDINGS: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| facts::set(include_str!("../../../data/german/address-endings.txt")));

/// Whether a web address starts at byte `at`: `https://…`, `www.…`.
pub(crate) fn starts_web(text: &str, at: usize) -> bool {
    let rest = &text.as_bytes()[at..];
    match rest.first() {
        Some(b'h' | b'H') => begins(rest, b"http://") || begins(rest, b"https://"),
        Some(b'w' | b'W') => begins(rest, b"www.") && rest.get(4).is_some_and(u8::is_ascii_alphanumeric),
        Some(b'f' | b'F') => begins(rest, b"ftp://"),
        _ => false,
    }
}

fn begins(rest: &[u8], with: &[u8]) -> bool {
    rest.len() > with.len() && rest[..with.len()].eq_ignore_ascii_case(with)
}

/// Where the address that starts before byte `at` ends: at white space or a quote, without the marks that end a sentence.
pub(crate) fn end(text: &str, start: usize, at: usize) -> usize {
    let mut end = at;
    // An address longer than this is data, not text; the bound keeps the look at its end cheap.
    for (i, c) in text[at..].char_indices().take(2048) {
        if c.is_whitespace()
            || c.is_control()
            || matches!(c, '"' | '<' | '>' | '„' | '“' | '”' | '»' | '«' | '…' | '|' | '\u{200b}')
        {
            break;
        }
        end = at + i + c.len_utf8();
    }
    loop {
        let address = &text[start..end];
        let Some(last) = address.chars().next_back() else { return end };
        let closes = match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '’' | '*' => true,
            ')' => address.matches(')').count() > address.matches('(').count(),
            ']' => address.matches(']').count() > address.matches('[').count(),
            _ => false,
        };
        if !closes || end - last.len_utf8() < at {
            return end;
        }
        end -= last.len_utf8();
    }
}

/// The end of a domain or file name, given the stop at byte `stop` that the run from `start` reached: `bahn.de`,
/// `Booking.com/hotels`, `liste.xlsx`; `None` if the ending is not known.
pub(crate) fn dotted_name(text: &str, start: usize, stop: usize) -> Option<usize> {
    let mut dot = stop;
    let mut ends = None;
    // Sub-domains: a few at most.
    for _ in 0..5 {
        let part = runs::run_end(text, dot + 1);
        let ending = &text[dot + 1..part];
        let known = (ENDINGS.contains(ending) || ENDINGS.contains(ascii_lower(ending).as_str()))
            && text[start..dot].is_ascii();
        if known {
            ends = Some(part);
        }
        if text.as_bytes().get(part) != Some(&b'.') || !runs::starts(text, part + 1) {
            break;
        }
        dot = part;
    }
    let part = ends?;
    Some(match text.as_bytes().get(part) {
        Some(b'/' | b':' | b'?' | b'@')
            if text.as_bytes().get(part + 1).is_some_and(u8::is_ascii_alphanumeric) =>
        {
            end(text, start, part)
        }
        _ => part,
    })
}

/// `ending` in lower case if it is a short ASCII word in capitals (`README.TXT`), else as it is. Without allocation.
fn ascii_lower(ending: &str) -> Lower {
    let mut lower = Lower { bytes: [0; 8], length: 0 };
    if ending.len() <= 8 && ending.bytes().all(|b| b.is_ascii_uppercase()) {
        for (to, from) in lower.bytes.iter_mut().zip(ending.bytes()) {
            *to = from.to_ascii_lowercase();
        }
        lower.length = ending.len();
    }
    lower
}

struct Lower {
    bytes: [u8; 8],
    length: usize,
}

impl Lower {
    fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.length]).unwrap_or_default()
    }
}

/// The end of a mail address whose `@` stands at byte `at`: letters, then a domain with a stop.
pub(crate) fn mail(text: &str, start: usize, at: usize) -> Option<usize> {
    let end = end(text, start, at + 1);
    let domain = &text[at + 1..end];
    (domain.contains('.') && !domain.contains('@') && runs::starts(text, at + 1)).then_some(end)
}

/// The end of a hashtag or @-name that starts at byte `at`, if one does.
pub(crate) fn tag(text: &str, at: usize) -> Option<usize> {
    let mut end = runs::run_end(text, at + 1);
    while end > at + 1
        && matches!(text.as_bytes().get(end), Some(b'_' | b'.' | b'-'))
        && runs::starts(text, end + 1)
    {
        if text.as_bytes()[end] != b'_' && text.as_bytes()[at] == b'#' {
            break;
        }
        end = runs::run_end(text, end + 1);
    }
    if end == at + 1 && text.as_bytes().get(end) == Some(&b'_') {
        end = runs::run_end(text, end + 1);
    }
    (end > at + 1).then_some(end)
}
