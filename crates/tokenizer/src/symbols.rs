//! Emoji, emoticons, symbols: the marks that are neither words nor punctuation.

#![allow(clippy::match_same_arms)] // the arms are rules that are tried in order, each with its own reason

use crate::{TokenKind, runs};

/// Eyes, an optional nose, a mouth; read from the left.
const EMOTICONS: [&str; 26] = [
    ":-)", ":-(", ";-)", ":-D", ":-P", ":-p", ":-/", ":-*", ":-O", ":-o", ":-|", ":'(", ":)", ":(", ";)",
    ":D", ":P", ":*", ":o)", ";D", "^^", "<3", "8-)", "=)", "=D", ":-]",
];

/// The length of an emoticon at the start of `rest`; letters must not follow it.
pub(crate) fn emoticon(rest: &str) -> Option<usize> {
    let found = EMOTICONS.iter().find(|e| rest.starts_with(**e))?;
    let mut length = found.len();
    let mouth = found.as_bytes()[length - 1];
    while rest.as_bytes().get(length) == Some(&mouth) && matches!(mouth, b')' | b'(') {
        length += 1;
    }
    (!runs::starts(rest, length)).then_some(length)
}

/// The length of the face or sign (`:-)`, `😀`, `❤`) at the start of `rest` that comments on the sentence before it, if
/// white space or nothing follows. Bullets, arrows and flags are none.
pub fn comment(rest: &str) -> Option<usize> {
    let first = rest.chars().next()?;
    let length = match first {
        '\u{1f300}'..='\u{1faff}' | '☺' | '☹' | '❤' | '♥' => emoji(rest)?,
        ':' | ';' | '<' | '^' | '=' | '8' => emoticon(rest)?,
        _ => return None,
    };
    rest[length..].chars().next().is_none_or(|c| c.is_whitespace() || is_emoji(c)).then_some(length)
}

/// The length of an emoji with all that joins it (skin tones, variation selectors, joiners, flags) at the start of `rest`.
pub(crate) fn emoji(rest: &str) -> Option<usize> {
    let mut characters = rest.char_indices().peekable();
    let (_, first) = characters.next()?;
    if !is_emoji(first) {
        return None;
    }
    let flag = is_region(first);
    let mut end = first.len_utf8();
    let mut joined = false;
    let mut flags = 1;
    for (i, c) in characters {
        let belongs = match c {
            '\u{200d}' => {
                joined = true;
                true
            }
            '\u{fe0e}' | '\u{fe0f}' | '\u{20e3}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}' => {
                true
            }
            _ if joined && is_emoji(c) => {
                joined = false;
                true
            }
            _ if flag && flags == 1 && is_region(c) => {
                flags = 2;
                true
            }
            _ => false,
        };
        if !belongs {
            break;
        }
        end = i + c.len_utf8();
    }
    Some(end)
}

fn is_region(c: char) -> bool {
    matches!(c, '\u{1f1e6}'..='\u{1f1ff}')
}

fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{2300}'..='\u{23ff}')
}

/// Whether a single character that is neither letter nor digit is a symbol or punctuation.
pub(crate) fn kind(c: char) -> TokenKind {
    match c {
        '$' | '%' | '&' | '+' | '<' | '=' | '>' | '^' | '~' | '|' | '#' | '@' | '§' | '°' | '©' | '®'
        | '±' | '×' | '÷' | '¬' | '¢' | '£' | '¥' | '‰' | '™' => TokenKind::Symbol,
        '\u{20a0}'..='\u{20cf}' | '\u{2190}'..='\u{2bff}' => TokenKind::Symbol,
        _ => TokenKind::Punctuation,
    }
}
