//! What a text looks like in a dataset: the same in every format, so that line i of one says what row i of the other says.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// A text as every file of a dataset has it: in NFC, on one line, trimmed, without what some format or reader stumbles over.
///
/// Control characters (C0, DEL, C1: XML 1.0 forbids most of them), tabs and whatever a reader takes for the end of a line (CR, LF, VT,
/// FF, FS, GS, RS, NEL, U+2028, U+2029) become a space, as do U+FFFE and U+FFFF; U+FEFF (byte-order mark) is dropped; runs of
/// spaces become one. No-break and other typographic spaces stay inside the text.
///
/// ```
/// use satzpaar_evaluation::dataset::clean;
/// assert_eq!(clean("So\u{2028}\u{1}ho\u{302}m nay: \"3\u{a0}km\" & mehr\t"), "So hôm nay: \"3\u{a0}km\" & mehr");
/// ```
pub fn clean(text: &str) -> Cow<'_, str> {
    if is_clean(text) {
        return Cow::Borrowed(text);
    }
    let mut cleaned = String::with_capacity(text.len());
    for c in text.nfc().filter(|c| *c != '\u{FEFF}') {
        match if is_break(c) { ' ' } else { c } {
            ' ' if cleaned.is_empty() || cleaned.ends_with(' ') => {}
            c => cleaned.push(c),
        }
    }
    let trimmed = cleaned.trim();
    // What stood apart may compose now, as after a dropped U+FEFF.
    match is_nfc_quick(trimmed.chars()) {
        IsNormalized::Yes if trimmed.len() == cleaned.len() => Cow::Owned(cleaned),
        IsNormalized::Yes => Cow::Owned(trimmed.to_owned()),
        _ => Cow::Owned(trimmed.nfc().collect()),
    }
}

fn is_break(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FFFE}' | '\u{FFFF}')
}

fn is_clean(text: &str) -> bool {
    let mut last = ' ';
    for c in text.chars() {
        if is_break(c) || c == '\u{FEFF}' || (c == ' ' && last == ' ') {
            return false;
        }
        last = c;
    }
    text.trim().len() == text.len() && is_nfc_quick(text.chars()) == IsNormalized::Yes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn clean_text_is_borrowed() {
        for text in ["", "Sie rief: „Tor!“", "Hôm nay trời đẹp 🙂 & <b> \"x\"", "3\u{a0}km"] {
            assert!(matches!(clean(text), Cow::Borrowed(_)), "{text}");
        }
    }

    #[test]
    fn ends_of_line_and_controls_become_one_space() {
        let text = "a\tb\r\nc\u{b}d\u{c}e\u{1c}f\u{85}g\u{2028}h\u{2029}i\u{0}\u{7}j\u{7f}k\u{ffff}l";
        assert_eq!(clean(text), "a b c d e f g h i j k l");
        assert_eq!(clean("\u{FEFF} Ja \u{2009}"), "Ja");
    }

    #[test]
    fn vietnamese_is_composed() {
        assert_eq!(clean("Vie\u{323}\u{302}t"), "Việt");
        assert_eq!(clean("e\u{FEFF}\u{302}"), "ê");
    }

    proptest! {
        #[test]
        fn cleaning_again_changes_nothing(text in any::<String>()) {
            let once = clean(&text).into_owned();
            prop_assert!(!once.chars().any(char::is_control));
            prop_assert_eq!(clean(&once), once.as_str());
        }

        #[test]
        fn cleaning_again_changes_nothing_where_marks_meet_breaks(text in "[ae\u{302}\u{323}\u{FEFF}\u{a0}\t \u{1100}\u{1161}]{0,12}") {
            let once = clean(&text).into_owned();
            prop_assert_eq!(clean(&once), once.as_str());
        }
    }
}
