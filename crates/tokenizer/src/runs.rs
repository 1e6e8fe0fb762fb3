//! Runs of letters and digits, found byte by byte.

use crate::around::is_invisible;

/// What an ASCII byte is, as far as a run goes.
const ALPHANUMERIC: [bool; 128] = {
    let mut table = [false; 128];
    let mut i = 0;
    while i < 128 {
        table[i] = (i as u8).is_ascii_alphanumeric();
        i += 1;
    }
    table
};

/// Where the run of letters, digits, combining marks and invisible characters that starts at byte `at` ends; `at` itself
/// if none starts there.
pub(crate) fn run_end(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let mut i = at;
    while let Some(&byte) = bytes.get(i) {
        if byte < 0x80 {
            if !ALPHANUMERIC[byte as usize] {
                break;
            }
            i += 1;
            continue;
        }
        // All letters of German and Vietnamese: U+00C0–U+027F without × and ÷, U+1E00–U+1EFF; and combining marks.
        match (byte, bytes.get(i + 1)) {
            (0xc3, Some(0x97 | 0xb7)) => break,
            (0xc3..=0xc9 | 0xcc, Some(_)) => i += 2,
            (0xe1, Some(0xb8..=0xbb)) => i += 3,
            _ => match text[i..].chars().next() {
                Some(c) if continues(c) && !(i == at && is_invisible(c)) => i += c.len_utf8(),
                _ => break,
            },
        }
    }
    i
}

fn continues(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}') || is_invisible(c) && !matches!(c, '\u{200b}')
}

/// Whether a letter or digit starts at byte `at`.
pub(crate) fn starts(text: &str, at: usize) -> bool {
    match text.as_bytes().get(at) {
        None => false,
        Some(byte) if *byte < 0x80 => byte.is_ascii_alphanumeric(),
        Some(_) => text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(char::is_alphanumeric),
    }
}

/// Whether a letter starts at byte `at`.
pub(crate) fn letter(text: &str, at: usize) -> bool {
    match text.as_bytes().get(at) {
        None => false,
        Some(byte) if *byte < 0x80 => byte.is_ascii_alphabetic(),
        Some(_) => text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(char::is_alphabetic),
    }
}

/// Whether a letter ends at byte `at`.
pub(crate) fn letter_before(text: &str, at: usize) -> bool {
    text.get(..at).and_then(|head| head.chars().next_back()).is_some_and(char::is_alphabetic)
}

/// Whether an ASCII digit stands at byte `at`.
pub(crate) fn digit(text: &str, at: usize) -> bool {
    text.as_bytes().get(at).is_some_and(u8::is_ascii_digit)
}

/// Whether the byte before `at` is an ASCII digit.
pub(crate) fn digit_before(text: &str, at: usize) -> bool {
    at > 0 && digit(text, at - 1)
}
