//! Normal forms without loss of meaning: what differs only in writing becomes equal, what differs in meaning stays apart.
//! They stay readable; the keys of the lexicon (`satzpaar_language::fold`) go further.

use satzpaar_language::fold;
use unicode_normalization::{IsNormalized, UnicodeNormalization, char::is_combining_mark, is_nfc_quick};

/// Writes the normal form of German `text` into `out`, which is emptied first: NFC, lower case, `ß` as `ss`, without soft
/// hyphens and zero-width characters, apostrophes and hyphens as ASCII ones.
pub fn fold_german(text: &str, out: &mut String) {
    out.clear();
    fold::fold_german(text, out);
    recompose(out);
}

/// Composes again what folding brought together: a mark after `ss` for `ß`, after an invisible
/// character, after the dot of `İ`, after a letter that has a composed form in lower case only.
fn recompose(out: &mut String) {
    if !out.is_ascii() && is_nfc_quick(out.chars()) != IsNormalized::Yes {
        *out = out.nfc().collect();
    }
}

/// Writes the normal form of Vietnamese `text` into `out`, which is emptied first: NFC, lower case, without zero-width
/// characters, and with the tone mark of open `oa`, `oe`, `uy` on their first vowel (`hoà` as `hòa`, `thuý` as `thúy`).
/// Tones and `đ` stay.
pub fn fold_vietnamese(text: &str, out: &mut String) {
    out.clear();
    // The last three characters of the syllable being written.
    let mut last = ['\0'; 3];
    for c in text.chars().filter(|c| !fold::is_invisible(*c)).nfc().flat_map(char::to_lowercase) {
        if c.is_alphabetic() {
            last = [last[1], last[2], c];
        } else {
            place_tone(last, out);
            last = ['\0'; 3];
        }
        out.push(c);
    }
    place_tone(last, out);
    // Marks of their own (their first bytes in UTF-8): lower case can bring together what has no composed capital (T̈).
    if out.bytes().any(|b| matches!(b, 0xcc | 0xcd)) {
        recompose(out);
    }
}

/// Pairs of an open rhyme with the tone mark on its second vowel and on its first.
const PLACES: [(&str, &str); 15] = [
    ("oà", "òa"),
    ("oá", "óa"),
    ("oả", "ỏa"),
    ("oã", "õa"),
    ("oạ", "ọa"),
    ("oè", "òe"),
    ("oé", "óe"),
    ("oẻ", "ỏe"),
    ("oẽ", "õe"),
    ("oẹ", "ọe"),
    ("uỳ", "ùy"),
    ("uý", "úy"),
    ("uỷ", "ủy"),
    ("uỹ", "ũy"),
    ("uỵ", "ụy"),
];

/// Moves the tone mark of the syllable that `out` ends with, whose last characters are `last`. After `q`, `u` is no vowel.
fn place_tone(last: [char; 3], out: &mut String) {
    let [before, first, _] = last;
    if !matches!(first, 'o' | 'u') || (first == 'u' && before == 'q') {
        return;
    }
    if let Some((from, to)) = PLACES.iter().find(|(from, _)| out.ends_with(from)) {
        out.truncate(out.len() - from.len());
        out.push_str(to);
    }
}

/// Writes `text` without its marks into `out`, which is emptied first: `ơ` as `o`, `đ` as `d`, `ü` as `u` (as `ue` with
/// `digraphs`, as German transliterates), `ß` as `ss`. Case stays. For names only: elsewhere marks carry the meaning.
pub fn strip_marks(text: &str, digraphs: bool, out: &mut String) {
    out.clear();
    for c in text.nfc() {
        match c {
            'đ' => out.push('d'),
            'Đ' | 'Ð' => out.push('D'),
            'ß' => out.push_str("ss"),
            'ø' => out.push('o'),
            'Ø' => out.push('O'),
            'ł' => out.push('l'),
            'Ł' => out.push('L'),
            'æ' => out.push_str("ae"),
            'ä' | 'ö' | 'ü' | 'Ä' | 'Ö' | 'Ü' if digraphs => {
                out.extend(std::iter::once(c).nfd().filter(|c| !is_combining_mark(*c)));
                out.push('e');
            }
            c if c.is_ascii() => out.push(c),
            c if fold::is_invisible(c) => {}
            c => out.extend(std::iter::once(c).nfd().filter(|c| !is_combining_mark(*c))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(f: impl Fn(&str, &mut String), text: &str) -> String {
        let mut out = "left over".to_owned();
        f(text, &mut out);
        out
    }

    #[test]
    fn german_spellings_of_one_word_meet() {
        for (text, folded) in [
            ("Straße", "strasse"),
            ("STRASSE", "strasse"),
            ("Fu\u{ad}ß\u{200b}ball", "fussball"),
            ("Mu\u{308}ller", "müller"),
            ("geht’s", "geht's"),
        ] {
            assert_eq!(with(fold_german, text), folded);
        }
    }

    #[test]
    fn vietnamese_tone_places_meet_and_tones_stay() {
        for (text, folded) in [
            ("Hoà", "hòa"),
            ("hòa", "hòa"),
            ("THUÝ", "thúy"),
            ("khoẻ mạnh", "khỏe mạnh"),
            ("quý", "quý"),
            ("quả", "quả"),
            ("hoàn", "hoàn"),
            ("Đà Nẵng", "đà nẵng"),
            ("uỷ ban", "ủy ban"),
            ("to\u{301}c", "tóc"),
            ("oà\u{200b}", "òa"),
        ] {
            assert_eq!(with(fold_vietnamese, text), folded, "{text}");
        }
    }

    #[test]
    fn names_lose_their_marks() {
        assert_eq!(with(|t, o| strip_marks(t, false, o), "Bùi Thanh Sơn, Đỗ Mười"), "Bui Thanh Son, Do Muoi");
        assert_eq!(
            with(|t, o| strip_marks(t, true, o), "Müller-Lüdenscheidt, Ömer"),
            "Mueller-Luedenscheidt, Oemer"
        );
        assert_eq!(with(|t, o| strip_marks(t, false, o), "Müller, Groß, Łódź"), "Muller, Gross, Lodz");
    }
}
