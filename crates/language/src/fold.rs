//! Look-up keys: forms of a word under which spelling variants of the same word meet.
//!
//! Keys are for comparing, not for showing. The build script folds the lexicon with the same code that folds text at run time.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The vowels of the Vietnamese alphabet, each plain and with its five tone marks, in the order of [`tone_of`]'s digits.
const VOWELS: [[char; 6]; 12] = [
    ['a', 'à', 'ả', 'ã', 'á', 'ạ'],
    ['ă', 'ằ', 'ẳ', 'ẵ', 'ắ', 'ặ'],
    ['â', 'ầ', 'ẩ', 'ẫ', 'ấ', 'ậ'],
    ['e', 'è', 'ẻ', 'ẽ', 'é', 'ẹ'],
    ['ê', 'ề', 'ể', 'ễ', 'ế', 'ệ'],
    ['i', 'ì', 'ỉ', 'ĩ', 'í', 'ị'],
    ['o', 'ò', 'ỏ', 'õ', 'ó', 'ọ'],
    ['ô', 'ồ', 'ổ', 'ỗ', 'ố', 'ộ'],
    ['ơ', 'ờ', 'ở', 'ỡ', 'ớ', 'ợ'],
    ['u', 'ù', 'ủ', 'ũ', 'ú', 'ụ'],
    ['ư', 'ừ', 'ử', 'ữ', 'ứ', 'ự'],
    ['y', 'ỳ', 'ỷ', 'ỹ', 'ý', 'ỵ'],
];

/// Whether a character only steers layout and carries no letter: soft hyphen, zero-width space and joiners, BOM.
pub const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{202a}'..='\u{202e}')
}

/// Whether a character can stand only in Vietnamese text, not in German: đ, ơ, ư, ă, or a vowel with a tone mark that no western
/// European spelling has.
pub const fn is_vietnamese_letter(c: char) -> bool {
    matches!(c, 'đ' | 'Đ' | 'ă' | 'Ă' | 'ơ' | 'Ơ' | 'ư' | 'Ư' | '\u{1ea0}'..='\u{1ef9}')
}

fn composed(text: &str, mut each: impl FnMut(char)) {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        text.chars().for_each(&mut each);
    } else {
        text.nfc().for_each(&mut each);
    }
}

/// Appends the key of a German word to `key`: composed (NFC), lower case, `ß` as `ss`, without invisible characters, typographic
/// apostrophes and hyphens as ASCII ones.
pub fn fold_german(word: &str, key: &mut String) {
    composed(word, |c| match c {
        'ß' | 'ẞ' => key.push_str("ss"),
        '\u{2018}' | '\u{2019}' => key.push('\''),
        '\u{2010}' | '\u{2011}' => key.push('-'),
        c if is_invisible(c) => {}
        c if c.is_ascii() => key.push(c.to_ascii_lowercase()),
        c => key.extend(c.to_lowercase()),
    });
}

/// The plain vowel and the tone's digit (0 ngang, 1 huyền, 2 hỏi, 3 ngã, 4 sắc, 5 nặng) of a lower-case letter; other characters come
/// back as they are with 0.
fn tone_of(c: char) -> (char, u8) {
    if c.is_ascii() {
        return (c, 0);
    }
    for row in &VOWELS {
        if let Some(tone) = row.iter().position(|v| *v == c) {
            return (row[0], tone as u8);
        }
    }
    (c, 0)
}

/// Appends the key of Vietnamese text (one syllable or several, parted by single blanks) to `key`.
///
/// Lower case, composed; the tone mark moves behind its syllable as a digit, so that `hoà` and `hòa` meet; a final `y` that is
/// the whole rhyme counts as `i` (`kỹ`/`kĩ`, `quý`/`quí`). Tones and đ are never lost.
pub fn fold_vietnamese(text: &str, key: &mut String) {
    let mut start = key.len();
    let mut tone = 0;
    let finish = |key: &mut String, start: usize, tone: u8| {
        let syllable = &key[start..];
        if let Some(onset) = syllable.strip_suffix('y')
            && (onset == "qu" || matches!(onset, "h" | "k" | "l" | "m" | "s" | "t" | "v" | "b" | "d" | "th"))
        {
            key.pop();
            key.push('i');
        }
        if tone > 0 {
            key.push(char::from(b'0' + tone));
        }
    };
    composed(text, |c| {
        if is_invisible(c) {
            return;
        }
        if c.is_whitespace() || c == '-' || c == '\u{2010}' || c == '\u{2011}' {
            finish(key, start, tone);
            key.push(if c == ' ' || c.is_whitespace() { ' ' } else { '-' });
            start = key.len();
            tone = 0;
            return;
        }
        let mut push = |c: char| {
            let (plain, mark) = tone_of(c);
            tone = tone.max(mark);
            key.push(plain);
        };
        if c.is_ascii() {
            push(c.to_ascii_lowercase());
        } else {
            c.to_lowercase().for_each(push);
        }
    });
    finish(key, start, tone);
}

/// The key of a German headword: of one word as [`fold_german`] gives it, of a phrase the light stems ([`light_stem`]) of its words,
/// parted by blanks, since its words stand inflected in text (`Vereinte Nationen`, `der Vereinten Nationen`).
pub fn german_key(headword: &str) -> String {
    let mut key = String::with_capacity(headword.len());
    if headword.contains(' ') {
        let mut folded = String::new();
        for (i, word) in headword.split(' ').filter(|w| !w.is_empty()).enumerate() {
            folded.clear();
            fold_german(word, &mut folded);
            if i > 0 {
                key.push(' ');
            }
            key.push_str(light_stem(&folded));
        }
    } else {
        fold_german(headword, &mut key);
    }
    key
}

/// A German folded word without the endings that adjectives and nouns take in the cases (`-e -en -er -em -es -n -s`), as long as four
/// letters stay: enough to find a phrase again in its inflected forms.
pub fn light_stem(folded: &str) -> &str {
    for ending in ["en", "er", "em", "es", "e", "n", "s"] {
        if let Some(stem) = folded.strip_suffix(ending)
            && stem.chars().count() >= 4
        {
            return stem;
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vi(text: &str) -> String {
        let mut key = String::new();
        fold_vietnamese(text, &mut key);
        key
    }

    fn de(text: &str) -> String {
        let mut key = String::new();
        fold_german(text, &mut key);
        key
    }

    #[test]
    fn tone_mark_placement_does_not_matter() {
        assert_eq!(vi("hoà bình"), vi("Hòa bình"));
        assert_eq!(vi("thuý"), vi("thúy"));
        assert_eq!(vi("khoẻ"), vi("khỏe"));
    }

    #[test]
    fn y_and_i_meet_only_where_they_are_variants() {
        assert_eq!(vi("kỹ sư"), vi("kĩ sư"));
        assert_eq!(vi("quý"), vi("quí"));
        assert_ne!(vi("tay"), vi("tai"));
        assert_ne!(vi("thúy"), vi("thúi"));
    }

    #[test]
    fn tones_and_letters_are_kept_apart() {
        for (a, b) in [("má", "mà"), ("da", "đa"), ("mua", "mưa"), ("tỷ", "tý")] {
            assert_ne!(vi(a), vi(b));
        }
    }

    #[test]
    fn decomposed_text_folds_like_composed_text() {
        let decomposed: String = "Việt Nam".nfd().collect();
        assert_eq!(vi(&decomposed), vi("việt nam"));
        let decomposed: String = "Ärger".nfd().collect();
        assert_eq!(de(&decomposed), "ärger");
    }

    #[test]
    fn german_spelling_variants_meet() {
        assert_eq!(de("Straße"), de("STRASSE"));
        assert_eq!(de("Frei\u{ad}handel"), "freihandel");
        assert_eq!(de("geht’s"), "geht's");
    }

    #[test]
    fn phrases_are_found_in_every_case() {
        assert_eq!(german_key("Vereinte Nationen"), german_key("Vereinten Nationen"));
        assert_eq!(german_key("Rotes Kreuz"), german_key("Roten Kreuzes"));
        assert_eq!(german_key("Abkommen"), "abkommen");
    }
}
