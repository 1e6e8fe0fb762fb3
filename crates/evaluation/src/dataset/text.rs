//! The form in which texts are compared: lower-case words in NFC, as hashes. Tones and umlauts stay, they change meaning.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};
use xxhash_rust::xxh3::xxh3_64;

/// Reads texts into words; keeps its buffers.
#[derive(Debug, Default)]
pub(super) struct Words {
    word: String,
    hashes: Vec<u64>,
}

impl Words {
    /// The words of a text as hashes: runs of letters and digits, in lower case and NFC; punctuation, white space, soft hyphens and
    /// zero-width characters say nothing. The hashes are the same in every run.
    pub(super) fn read(&mut self, text: &str) -> &[u64] {
        self.hashes.clear();
        self.word.clear();
        if is_nfc_quick(text.chars()) == IsNormalized::Yes {
            text.chars().for_each(|c| self.push(c));
        } else {
            text.nfc().for_each(|c| self.push(c));
        }
        self.end();
        &self.hashes
    }

    fn push(&mut self, c: char) {
        if c.is_ascii() {
            if c.is_ascii_alphanumeric() { self.word.push(c.to_ascii_lowercase()) } else { self.end() }
        } else if is_common_letter(c) || c.is_alphanumeric() {
            self.word.extend(c.to_lowercase());
        } else if !matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}') {
            self.end();
        }
    }

    fn end(&mut self) {
        if !self.word.is_empty() {
            self.hashes.push(xxh3_64(self.word.as_bytes()));
            self.word.clear();
        }
    }
}

/// The letters of both languages beyond ASCII, told without a table.
fn is_common_letter(c: char) -> bool {
    matches!(c, '\u{1EA0}'..='\u{1EF9}' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='\u{24F}')
}

/// Mixes two hashes into one (the finaliser of `SplitMix64` over their sum).
pub(super) fn mix(a: u64, b: u64) -> u64 {
    let x = a.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29) ^ b;
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// One hash of words in their order; `None` if there is no word.
pub(super) fn hash_of(words: &[u64]) -> Option<u64> {
    words.iter().copied().reduce(mix)
}

/// The text in NFC.
pub(super) fn nfc(text: String) -> String {
    if is_nfc_quick(text.chars()) == IsNormalized::Yes { text } else { text.nfc().collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Option<u64> {
        hash_of(Words::default().read(text))
    }

    #[test]
    fn common_letters_are_letters() {
        assert!(('\0'..='\u{3000}').filter(|c| is_common_letter(*c)).all(char::is_alphabetic));
    }

    #[test]
    fn case_marks_and_composition_do_not_count_but_tones_do() {
        assert_eq!(key("„Ja“, sagte  sie."), key("JA – sagte sie!"));
        assert_eq!(key("Lua\u{323}\u{302}t mơ\u{301}i"), key("luật mới"));
        assert_ne!(key("ma"), key("má"));
        assert_ne!(key("mà"), key("mã"));
        assert_ne!(key("schon da"), key("schön da"));
        assert_ne!(key("a b"), key("b a"));
        assert_eq!(key("… – !"), None);
        assert_eq!(key("Wirt\u{AD}schaft"), key("Wirtschaft"));
    }
}
