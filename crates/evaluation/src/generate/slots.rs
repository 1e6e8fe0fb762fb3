//! What stands in the slots of templates: names, numbers, words in their case.
//!
//! - `{place}` `{person}` `{role}` `{company}` `{club}`: the event's own, the same in all its sentences; `{place2}` another;
//! - `{few}` 2 to 12, `{many}` 13 to 98, `{n}` either, `{d}` 2 to 98 in digits, `{hundreds}`, `{thousands}`, `{millions}`, `{percent}`, `{money}`,
//!   `{age}`, `{rank}`, `{goals}`, `{date}`, `{day}` of the week, `{month}`, `{clock}`, `{year}` past, `{future}` year: new in each sentence;
//! - `{that}` a clause, `{quote}` what is quoted: put in by [`super::event`] before anything else;
//! - all others: a word of that class in `data/generated/words.tsv`, with its case after a colon.
//!
//! A name with the same number means the same thing in both languages.

use super::random::Random;
use super::tables::Word;

/// The same in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) de: String,
    pub(super) vi: String,
}

impl Said {
    pub(super) fn new(de: impl Into<String>, vi: impl Into<String>) -> Self {
        Self { de: de.into(), vi: vi.into() }
    }

    fn same(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { de: text.clone(), vi: text }
    }
}

/// What fills a slot.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Said(Said),
    Word(Word),
}

/// A slot: `{percent2}` is of the kind `percent` and the second one; `{law:acc}` has a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slot<'t> {
    /// Kind and number together.
    pub(super) name: &'t str,
    pub(super) kind: &'t str,
    /// From 0.
    pub(super) number: usize,
    form: &'t str,
}

impl<'t> Slot<'t> {
    fn new(inner: &'t str) -> Self {
        let (name, form) = inner.split_once(':').unwrap_or((inner, ""));
        let kind = name.trim_end_matches(|c: char| c.is_ascii_digit());
        let number = name[kind.len()..].parse().unwrap_or(1_usize).saturating_sub(1);
        Self { name, kind, number, form }
    }
}

/// Fills both texts of a template; `value` is asked once for each name.
pub(super) fn fill(template: &Said, mut value: impl FnMut(Slot) -> Value) -> Said {
    let mut known: Vec<(String, Value)> = Vec::new();
    let mut expand = |text: &str, german: bool| {
        let mut filled = String::with_capacity(2 * text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let Some((inner, after)) = after.split_once('}') else { break };
            let slot = Slot::new(inner);
            let place = known.iter().position(|(name, _)| name == slot.name).unwrap_or_else(|| {
                known.push((slot.name.to_owned(), value(slot)));
                known.len() - 1
            });
            match &known[place].1 {
                Value::Said(said) => filled.push_str(if german { &said.de } else { &said.vi }),
                Value::Word(word) if german => inflected(word, slot.form, &mut filled),
                Value::Word(word) => filled.push_str(word.vi),
            }
            rest = after;
        }
        filled.push_str(rest);
        filled
    };
    let de = expand(&template.de, true);
    Said { de, vi: expand(&template.vi, false) }
}

/// The German word in a form, with its article.
fn inflected(word: &Word, form: &str, out: &mut String) {
    let article = match (form, word.gender) {
        ("nom", Some('m')) | ("dat" | "gen", Some('f')) => "der",
        ("acc", Some('m')) => "den",
        ("dat", Some('m' | 'n')) => "dem",
        ("gen", Some('m' | 'n')) => "des",
        ("nom" | "acc", Some('f')) => "die",
        ("nom" | "acc", Some('n')) => "das",
        ("ein", Some('m' | 'n')) | ("einen", Some('n')) => "ein",
        ("ein" | "einen", Some('f')) => "eine",
        ("einen", Some('m')) => "einen",
        ("einem", Some('m' | 'n')) => "einem",
        ("einem", Some('f')) => "einer",
        _ => "",
    };
    if article == "dem" && (out.ends_with("bei ") || out.ends_with(" an ")) {
        // "beim", "am", as everyone writes.
        let short = if out.ends_with("bei ") { 1 } else { 2 };
        out.truncate(out.len() - short);
        out.push_str("m ");
    } else if !article.is_empty() {
        out.push_str(article);
        out.push(' ');
    }
    let genitive = form == "gen" && !word.genitive.is_empty();
    out.push_str(if genitive { word.genitive } else { word.de });
}

const GERMAN_NUMBERS: [&str; 13] = [
    "null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf",
];
const VIETNAMESE_NUMBERS: [&str; 10] =
    ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];
const MONTHS: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];
const DAYS: [(&str, &str); 7] = [
    ("Montag", "thứ Hai"),
    ("Dienstag", "thứ Ba"),
    ("Mittwoch", "thứ Tư"),
    ("Donnerstag", "thứ Năm"),
    ("Freitag", "thứ Sáu"),
    ("Samstag", "thứ Bảy"),
    ("Sonntag", "Chủ nhật"),
];
/// German name, Vietnamese name, German and Vietnamese unit, least and greatest amount.
const MONEY: [(&str, &str, usize, usize); 5] = [
    ("Millionen Euro", "triệu euro", 2, 950),
    ("Millionen Dollar", "triệu USD", 2, 950),
    ("Milliarden Euro", "tỷ euro", 2, 40),
    ("Milliarden Dollar", "tỷ USD", 2, 40),
    ("Milliarden Dong", "tỷ đồng", 20, 900),
];

/// A number, date or amount; `None` if the slot is of another kind.
pub(super) fn number(kind: &str, random: &mut Random) -> Option<Said> {
    let said = match kind {
        "few" => few(random.between(2, 12)),
        "n" if random.percent(50) => few(random.between(2, 12)),
        "many" | "n" => Said::same(random.between(13, 98).to_string()),
        "d" => Said::same(random.between(2, 98).to_string()),
        "hundreds" => Said::same(random.between(100, 989).to_string()),
        "thousands" => {
            let hundreds = random.between(10, 989);
            Said::same(format!("{}.{}00", hundreds / 10, hundreds % 10))
        }
        "millions" => {
            let amount = decimal(random, 2, 90);
            Said::new(format!("{amount} Millionen"), format!("{amount} triệu"))
        }
        "percent" => {
            let amount = decimal(random, 2, 49);
            Said::new(format!("{amount} Prozent"), format!("{amount}%"))
        }
        "money" => {
            let (de, vi, least, most) = random.one_of(&MONEY);
            let amount = decimal(random, least, most);
            Said::new(format!("{amount} {de}"), format!("{amount} {vi}"))
        }
        "age" => Said::same(random.between(41, 88).to_string()),
        "rank" => Said::same(random.between(2, 18).to_string()),
        "goals" => {
            let lost = random.below(4);
            let won = lost + random.between(1, 3);
            Said::new(format!("{won}:{lost}"), format!("{won}-{lost}"))
        }
        "date" => {
            let (day, month) = (random.between(1, 28), random.below(12));
            Said::new(format!("{day}. {}", MONTHS[month]), format!("{day}/{}", month + 1))
        }
        "day" => {
            let (de, vi) = random.one_of(&DAYS);
            Said::new(de, vi)
        }
        "month" => {
            let month = random.below(12);
            Said::new(MONTHS[month], (month + 1).to_string())
        }
        "clock" => {
            let (hour, minute) = (random.between(6, 22), 5 * random.between(2, 11));
            Said::new(format!("{hour}.{minute} Uhr"), format!("{hour}h{minute}"))
        }
        "year" => Said::same(random.between(1961, 2022).to_string()),
        "future" => Said::same(random.between(2027, 2039).to_string()),
        _ => return None,
    };
    Some(said)
}

/// A small number as both languages' newspapers write it: in words up to twelve, and up to nine.
fn few(number: usize) -> Said {
    let vi = VIETNAMESE_NUMBERS.get(number).map_or_else(|| number.to_string(), |word| (*word).to_owned());
    Said::new(GERMAN_NUMBERS[number.min(12)], vi)
}

/// A whole number, or half of the time one with a decimal place; a comma in both languages.
fn decimal(random: &mut Random, least: usize, most: usize) -> String {
    let whole = random.between(least, most);
    if random.percent(50) { format!("{whole},{}", random.between(1, 9)) } else { whole.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_name_is_the_same_thing_in_both_languages() {
        let dike = Word { vi: "con đê", gender: Some('m'), de: "Deich", genitive: "Deichs" };
        let template = Said::new("{x:nom} {x:gen} {x:acc} {x:ein} {n} {n2}", "{n2} {x} {n}");
        let mut asked = 0;
        let said = fill(&template, |slot| {
            asked += 1;
            match slot.kind {
                "x" => Value::Word(dike),
                _ => Value::Said(Said::same(format!("{}{}", slot.kind, slot.number))),
            }
        });
        assert_eq!(said, Said::new("der Deich des Deichs den Deich ein Deich n0 n1", "n1 con đê n0"));
        assert_eq!(asked, 3);
    }

    #[test]
    fn prepositions_and_articles_melt() {
        let dike = Word { vi: "con đê", gender: Some('m'), de: "Deich", genitive: "Deichs" };
        let said = |de| fill(&Said::new(de, ""), |_| Value::Word(dike)).de;
        assert_eq!(said("bei {x:dat} und an {x:dat}"), "beim Deich und am Deich");
        assert_eq!(said("in {x:dat} an {x:acc}"), "in dem Deich an den Deich");
    }

    #[test]
    fn small_numbers_are_written_as_newspapers_do() {
        assert_eq!(few(3), Said::new("drei", "ba"));
        assert_eq!(few(12), Said::new("zwölf", "12"));
    }
}
