//! Vietnamese: where a syllable (or number, loanword, abbreviation) ends that has begun.

#![allow(clippy::match_same_arms)] // the arms are rules that are tried in order, each with its own reason

use crate::german_tokens::{chain, is_plus_after, kind, mail_with_dots};
use crate::{Language, TokenKind, address, facts, runs, stops};

/// The end of the token that starts with a letter or digit at byte `start`, and its kind.
pub(crate) fn word(text: &str, start: usize) -> (usize, TokenKind) {
    let bytes = text.as_bytes();
    let mut at = runs::run_end(text, start);
    while let Some(&byte) = bytes.get(at) {
        let next = at + 1;
        at = match byte {
            b' ' | b'\n' | b'"' | b')' | b';' | b'!' | b'?' => break,
            b',' | b':' if runs::digit_before(text, at) && runs::digit(text, next) => {
                runs::run_end(text, next)
            }
            b',' | b':' => break,
            b'-' if runs::starts(text, next) => runs::run_end(text, next),
            b'/' if runs::digit_before(text, at) && runs::digit(text, next) => runs::run_end(text, next),
            b'%' if runs::digit_before(text, at) => return (next, TokenKind::Number),
            b'_' if runs::starts(text, next) => runs::run_end(text, next),
            b'&' if runs::starts(text, next) && text[start..at].bytes().all(|b| b.is_ascii_uppercase()) => {
                runs::run_end(text, next)
            }
            b'+' if !runs::starts(text, next) && is_plus_after(text, at) => next,
            b'.' => match stop(text, start, at) {
                Some((end, true)) => end,
                Some((end, false)) => return (end, kind(text, start, end)),
                None => match address::dotted_name(text, start, at)
                    .or_else(|| mail_with_dots(text, start, next))
                {
                    Some(end) => return (end, TokenKind::Address),
                    None => break,
                },
            },
            b'@' => match address::mail(text, start, at) {
                Some(end) => return (end, TokenKind::Address),
                None => break,
            },
            b'\'' if runs::letter(text, next) && at > start => runs::run_end(text, next),
            0xe2 if text[at..].starts_with('’') && runs::letter(text, at + 3) => {
                runs::run_end(text, at + 3)
            }
            0xe2 if text[at..].starts_with(['\u{2010}', '\u{2011}']) && runs::starts(text, at + 3) => {
                runs::run_end(text, at + 3)
            }
            _ => break,
        };
    }
    (at, kind(text, start, at))
}

/// What joins at the stop at byte `at`: where the token goes on (`true`) or ends (`false`).
fn stop(text: &str, start: usize, at: usize) -> Option<(usize, bool)> {
    let next = at + 1;
    if text.as_bytes().get(next) == Some(&b'.') {
        return None;
    }
    if runs::digit(text, next) {
        // 1.234 and 84.4; Q.1, P.5, tr.12
        let joins =
            runs::digit_before(text, at) || facts::of(Language::Vietnamese).class(&text[start..at]).is_some();
        return joins.then(|| (runs::run_end(text, next), true));
    }
    if runs::letter(text, next) {
        let known = facts::of(Language::Vietnamese).class(&text[start..at]).is_some();
        let end = runs::run_end(text, next);
        // TP.HCM is one name; in GS.TS.Nguyễn the titles are one token, the name another.
        if known
            && text[next..end].chars().all(char::is_uppercase)
            && !(text[end..].starts_with('.') && runs::starts(text, end + 1))
        {
            return Some((end, true));
        }
        if let Some(end) = chain(Language::Vietnamese, text, start, at) {
            return Some((end, false));
        }
        return known.then_some((next, false));
    }
    stops::full_stop(Language::Vietnamese, text, at).joined.then_some((next, false))
}
