//! Which language a text seems to be in, said only where the evidence is clear.
//!
//! Vietnamese has letters that no other language of the region has; German shows by its function words; a third language
//! has to be named by function words and, where the crate `whichlang` knows that language, by it as well.

use std::collections::HashSet;
use std::sync::LazyLock;

use satzpaar_language::Language;
use unicode_normalization::UnicodeNormalization;
use whichlang::Lang;

use crate::cut::prefix;

/// What a text seems to be in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Seeming {
    /// One of the two languages.
    Known(Language),
    /// A third language, by its English name.
    Other(&'static str),
    /// Too short, or not clear.
    Unknown,
}

/// Bytes that are looked at: the beginning says enough, and a text of 20 MB costs no more than a short one.
const SAMPLE: usize = 16 << 10;
/// Fewer letters than this tell nothing.
const MIN_LETTERS: usize = 40;
/// Fewer words than this tell nothing about languages that share an alphabet.
const MIN_WORDS: usize = 20;

/// Tells the language of `text`, given the language that is `expected` of it: in doubt it is that one or unknown, never
/// another.
pub fn identify(text: &str, expected: Language) -> Seeming {
    let sample: String = prefix(text, SAMPLE).nfc().collect::<String>().to_lowercase();
    let (mut letters, mut latin, mut vietnamese) = (0_usize, 0_usize, 0_usize);
    for c in sample.chars().filter(|c| c.is_alphabetic()) {
        letters += 1;
        latin += usize::from(c < '\u{250}' || ('\u{1E00}'..'\u{1F00}').contains(&c));
        vietnamese += usize::from(is_vietnamese(c));
    }
    if letters < MIN_LETTERS {
        return Seeming::Unknown;
    }
    if latin * 5 < letters * 2 {
        return Seeming::Other(script_name(&sample));
    }
    let words: Vec<&str> =
        sample.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    let share = |list: &WordList| {
        let hits = words.iter().filter(|word| list.words.contains(*word)).count();
        hits as f64 / words.len().max(1) as f64
    };
    let german = share(&WORDS[0]);
    // Vietnamese text has these letters at a rate of 0.12 and more, German with Vietnamese names far below 0.05.
    if vietnamese as f64 / latin as f64 >= 0.06 {
        let mixed = expected == Language::German && german >= 0.12;
        return if mixed { Seeming::Unknown } else { Seeming::Known(Language::Vietnamese) };
    }
    if words.len() < MIN_WORDS {
        return Seeming::Unknown;
    }
    let mut best = (&WORDS[0], german);
    for list in &WORDS[1..] {
        let found = share(list);
        if found > best.1 {
            best = (list, found);
        }
    }
    let of_expected = if expected == Language::German { german } else { share(&WORDS[WORDS.len() - 1]) };
    let (list, found) = best;
    let clear = found >= 0.15 && (list.code == expected.code() || found >= 2.0 * of_expected);
    match list.code {
        _ if !clear => Seeming::Unknown,
        "de" => Seeming::Known(Language::German),
        "vi" => Seeming::Known(Language::Vietnamese),
        _ if contradicts(whichlang::detect_language(&sample), list.code) => Seeming::Unknown,
        _ => Seeming::Other(list.name),
    }
}

/// Letters that stand in Vietnamese and in no other language that news is written in (ă is Romanian too, đ Croatian).
fn is_vietnamese(c: char) -> bool {
    matches!(c, 'ơ' | 'ư' | 'đ' | 'ă' | '\u{1EA0}'..='\u{1EF9}')
}

/// Whether `whichlang` sees the expected languages, or another that it knows, where function words say `code`.
fn contradicts(seen: Lang, code: &str) -> bool {
    let knows = |code| matches!(code, "en" | "nl" | "fr" | "es" | "it" | "pt" | "sv" | "tr");
    let seen = match seen {
        Lang::Eng => "en",
        Lang::Nld => "nl",
        Lang::Fra => "fr",
        Lang::Spa => "es",
        Lang::Ita => "it",
        Lang::Por => "pt",
        Lang::Swe => "sv",
        Lang::Tur => "tr",
        Lang::Deu => "de",
        Lang::Vie => "vi",
        _ => "",
    };
    seen != code && (knows(code) || matches!(seen, "de" | "vi"))
}

/// The language of a text in another script.
fn script_name(sample: &str) -> &'static str {
    match whichlang::detect_language(sample) {
        Lang::Ara => "Arabic",
        Lang::Cmn => "Chinese",
        Lang::Hin => "Hindi",
        Lang::Jpn => "Japanese",
        Lang::Kor => "Korean",
        Lang::Rus => "Russian",
        _ => "a language in another script",
    }
}

struct WordList {
    code: &'static str,
    name: &'static str,
    words: HashSet<&'static str>,
}

/// The word lists; German first, Vietnamese last, as the file has them.
static WORDS: LazyLock<Vec<WordList>> = LazyLock::new(|| {
    include_str!("../../../data/furniture/function-words.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .skip(1)
        .filter_map(|line| {
            let mut columns = line.split('\t');
            let (code, name, words) = (columns.next()?, columns.next()?, columns.next()?);
            Some(WordList { code, name, words: words.split(' ').collect() })
        })
        .collect()
});

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{German, Vietnamese};

    const GERMAN: &str = "Der Minister hat am Montag in Hanoi die neue Brücke über den Fluss eröffnet, und viele Menschen \
        waren gekommen, um mit ihm zu feiern.";
    const VIETNAMESE: &str =
        "Bộ trưởng đã khánh thành cây cầu mới bắc qua sông Hồng vào sáng thứ Hai tại Hà Nội.";
    const ENGLISH: &str = "The minister said on Monday that the new bridge over the river will be open to all traffic by \
        the end of the year, and that more of them are to be built.";

    #[test]
    fn the_word_lists_stand_as_the_code_expects() {
        assert_eq!(WORDS.first().map(|list| list.code), Some("de"));
        assert_eq!(WORDS.last().map(|list| list.code), Some("vi"));
        assert!(WORDS.len() > 10);
    }

    #[test]
    fn each_of_the_two_is_seen_whatever_is_expected() {
        for expected in [German, Vietnamese] {
            assert_eq!(identify(GERMAN, expected), Seeming::Known(German));
            assert_eq!(identify(VIETNAMESE, expected), Seeming::Known(Vietnamese));
            assert_eq!(identify(ENGLISH, expected), Seeming::Other("English"));
        }
    }

    #[test]
    fn decomposed_vietnamese_is_vietnamese() {
        assert_eq!(identify(&VIETNAMESE.nfd().collect::<String>(), Vietnamese), Seeming::Known(Vietnamese));
    }

    #[test]
    fn vietnamese_without_diacritics_is_not_thrown_out() {
        let plain = "Bo truong da khanh thanh cay cau moi bac qua song Hong vao sang thu Hai tai Ha Noi va cho biet nhieu \
            nguoi dan trong vung se duoc di lai voi chi phi thap, theo mot nguon tin cua bo.";
        assert_eq!(identify(plain, Vietnamese), Seeming::Known(Vietnamese));
        assert_eq!(identify(plain, German), Seeming::Known(Vietnamese));
    }

    #[test]
    fn short_texts_names_and_numbers_are_left_in_peace() {
        for text in [
            "",
            "Breaking news",
            "Hà Nội",
            "12. 5. 2024 – 3:1",
            "Nguyen Van An, Tran Thi Binh, Le Van Cuong, John Smith, Mary Jones, Peter Miller, Paul Brown",
        ] {
            assert_eq!(identify(text, German), Seeming::Unknown, "{text}");
        }
    }

    #[test]
    fn german_full_of_vietnamese_names_stays_german() {
        let text = "Premierminister Phạm Minh Chính traf in Đà Nẵng den Vorsitzenden Nguyễn Văn Quảng und sagte, dass der \
            Ausbau des Hafens nach dem Plan der Regierung bis zum Ende des Jahres zu schaffen ist.";
        assert_ne!(identify(text, German), Seeming::Known(Vietnamese));
    }

    #[test]
    fn other_scripts_and_close_relatives_are_named() {
        let dutch = "De minister heeft maandag in Hanoi de nieuwe brug over de rivier geopend en zei dat het werk aan de \
            weg naar het noorden nog niet klaar is, maar dat er meer geld voor komt.";
        assert_eq!(identify(dutch, German), Seeming::Other("Dutch"));
        let russian =
            "Министр в понедельник открыл новый мост через реку и сказал, что дорога скоро будет готова.";
        assert_eq!(identify(russian, German), Seeming::Other("Russian"));
    }
}
