//! German number words: cardinals (`zweitausendfünfhundert`), ordinals (`einundzwanzigste`, `zweitgrößte`), fractions
//! (`Drittel`) and compounds (`viertägig`, `Zweidrittelmehrheit`).

use super::Value;
use super::data::{Ending, Facts, NumeralKind};

/// What a German number word says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumberWord {
    Cardinal(i64),
    Ordinal(i64),
    /// How many parts, if the word says so (`Zweidrittel…`: 2 of 3), and the parts' name.
    Fraction(Option<i64>, u32),
    /// A number and a half: `zweieinhalb`.
    AndHalf(i64),
    /// A number with what it counts: `viertägig`.
    Counted(i64, Option<Value>),
}

const ADJECTIVE: [&str; 6] = ["e", "en", "er", "es", "em", "ens"];
const SUPERLATIVE: [&str; 10] =
    ["ste", "sten", "ster", "stes", "stem", "ßte", "ßten", "ßter", "ßtes", "ßtem"];

/// Reads a word in lower case that may be, or begin with, a number.
pub(super) fn number_word(word: &str, known: &Facts) -> Option<NumberWord> {
    let begins =
        word.starts_with("hundert") || word.starts_with("tausend") || known.numerals(word).next().is_some();
    if !begins {
        return None;
    }
    let (value, rest) = match cardinal(word, known) {
        Some((value, "")) => return Some(NumberWord::Cardinal(value)),
        Some(read) => read,
        None => (0, word),
    };
    if let Some(ordinal) = ordinal(value, rest, known) {
        return Some(ordinal);
    }
    if value == 0 {
        return None;
    }
    if matches!(rest, "einhalb" | "einhalbe" | "einhalben") {
        return Some(NumberWord::AndHalf(value));
    }
    if value > 1
        && value < 100
        && let Some((parts, _)) = fraction(rest, known)
    {
        return Some(NumberWord::Fraction(Some(value), parts));
    }
    counted(rest, known)
        .filter(|ending| value > 1 || ending.unit.is_some())
        .map(|ending| NumberWord::Counted(value, ending.unit))
}

/// Reads what stands behind a number and a hyphen, or is grown together with it: `jährige`, `Jahresplan`, `fach`.
pub(super) fn counted(rest: &str, known: &Facts) -> Option<Ending> {
    known.endings.iter().find_map(|ending| {
        let after = rest.strip_prefix(ending.text)?;
        let fits = after.is_empty() || ending.open || after == "s" || ADJECTIVE.contains(&after);
        fits.then_some(*ending)
    })
}

/// An ordinal or the name of a part, `rest` being what follows the number read so far.
fn ordinal(value: i64, rest: &str, known: &Facts) -> Option<NumberWord> {
    let (place, after) = if value % 100 == 0 && (value > 0 || !rest.is_empty()) {
        let joined = rest.strip_prefix("und").unwrap_or(rest);
        match known.numerals(joined).find(|part| part.kind == NumeralKind::Ordinal) {
            Some(part) => (value + part.value, &joined[part.text.len()..]),
            None => (value, rest.strip_prefix("st")?),
        }
    } else if let Some(after) = rest.strip_prefix("st").filter(|_| value >= 20) {
        (value, after)
    } else if let Some(own) =
        known.numerals(rest).find(|part| part.kind == NumeralKind::Ordinal && value >= 100)
    {
        (value + own.value, &rest[own.text.len()..])
    } else {
        return own_ordinal(value, rest);
    };
    ending(place, after)
}

/// `vier-te`, `neunzehn-te`, `acht-e`, `sieben-te`.
fn own_ordinal(value: i64, rest: &str) -> Option<NumberWord> {
    match rest.strip_prefix('t') {
        Some(after) => ending(value, after),
        None if value % 100 == 8 => ending(value, rest),
        None => None,
    }
}

fn ending(place: i64, after: &str) -> Option<NumberWord> {
    if place == 0 {
        return None;
    }
    if ADJECTIVE.contains(&after) {
        return Some(NumberWord::Ordinal(place));
    }
    if matches!(after, "el" | "els" | "eln") && place > 2 {
        return Some(NumberWord::Fraction(None, u32::try_from(place).ok()?));
    }
    // "zweitgrößte"; "achtbarste" and "achtsamste" are no numbers.
    let superlative = after.len() > 5 && SUPERLATIVE.iter().any(|end| after.ends_with(end));
    (superlative && place > 1 && place < 100 && place != 8).then_some(NumberWord::Ordinal(place))
}

/// The name of a part that a word begins with: `drittel…`, `viertel…`.
fn fraction<'a>(word: &'a str, known: &Facts) -> Option<(u32, &'a str)> {
    let part = known.numerals(word).next()?;
    let rest = &word[part.text.len()..];
    let rest =
        if part.kind == NumeralKind::Ordinal || part.value == 8 { rest.strip_prefix("el") } else { None }
            .or_else(|| rest.strip_prefix("tel"))?;
    (part.value > 2).then_some((u32::try_from(part.value).ok()?, rest))
}

/// The cardinal that a word begins with, and the rest of the word.
fn cardinal<'a>(word: &'a str, known: &Facts) -> Option<(i64, &'a str)> {
    let (value, rest) = if word.starts_with("tausend") { (1, word) } else { below_thousand(word, known)? };
    let Some(rest) = rest.strip_prefix("tausend").filter(|_| value > 0) else { return Some((value, rest)) };
    let thousands = value * 1000;
    let joined = rest.strip_prefix("und").unwrap_or(rest);
    Some(match below_thousand(joined, known) {
        Some((value, after)) => (thousands + value, after),
        None => (thousands, rest),
    })
}

fn below_thousand<'a>(word: &'a str, known: &Facts) -> Option<(i64, &'a str)> {
    let (value, rest) = if word.starts_with("hundert") { (1, word) } else { below_hundred(word, known)? };
    let Some(rest) = rest.strip_prefix("hundert").filter(|_| value > 0) else { return Some((value, rest)) };
    let hundreds = value * 100;
    let joined = rest.strip_prefix("und").unwrap_or(rest);
    Some(match below_hundred(joined, known) {
        Some((value, after)) => (hundreds + value, after),
        None => (hundreds, rest),
    })
}

fn below_hundred<'a>(word: &'a str, known: &Facts) -> Option<(i64, &'a str)> {
    let part = known.numerals(word).find(|part| part.kind != NumeralKind::Ordinal)?;
    let rest = &word[part.text.len()..];
    if part.kind == NumeralKind::One
        && let Some(after) = rest.strip_prefix("und")
        && let Some(ten) = known.numerals(after).find(|ten| ten.kind == NumeralKind::Ten)
    {
        return Some((ten.value + part.value, &after[ten.text.len()..]));
    }
    Some((part.value, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use satzpaar_tokenizer::Language;

    #[test]
    fn words_are_read() {
        use NumberWord::{AndHalf, Cardinal, Counted, Fraction, Ordinal};
        let known = Facts::of(Language::German);
        let year = Some(Value::code("year"));
        let day = Some(Value::code("day"));
        for (word, number) in [
            ("einundzwanzig", Cardinal(21)),
            ("zweitausendfünfhundert", Cardinal(2500)),
            ("neunzehnhundertneunundachtzig", Cardinal(1989)),
            ("hunderteins", Cardinal(101)),
            ("achtundachtzig", Cardinal(88)),
            ("siebenhundertsiebzehntausendsiebenhundertsiebenundsiebzig", Cardinal(717_777)),
            ("erste", Ordinal(1)),
            ("dritten", Ordinal(3)),
            ("siebte", Ordinal(7)),
            ("achter", Ordinal(8)),
            ("neunzehnten", Ordinal(19)),
            ("einundzwanzigsten", Ordinal(21)),
            ("hundertste", Ordinal(100)),
            ("hundertdritte", Ordinal(103)),
            ("tausendster", Ordinal(1000)),
            ("zweitgrößte", Ordinal(2)),
            ("drittstärksten", Ordinal(3)),
            ("zweitens", Ordinal(2)),
            ("drittel", Fraction(None, 3)),
            ("viertel", Fraction(None, 4)),
            ("achtel", Fraction(None, 8)),
            ("hundertstel", Fraction(None, 100)),
            ("zweidrittelmehrheit", Fraction(Some(2), 3)),
            ("dreiviertel", Fraction(Some(3), 4)),
            ("zweieinhalb", AndHalf(2)),
            ("viertägige", Counted(4, day)),
            ("einjährigen", Counted(1, year)),
            ("fünfjahresplan", Counted(5, year)),
            ("dreimal", Counted(3, None)),
        ] {
            assert_eq!(number_word(word, known), Some(number), "{word}");
        }
        for word in [
            "einmal",
            "einfach",
            "einheit",
            "achtung",
            "achtsamste",
            "viertelfinale",
            "dreieck",
            "zweifel",
            "elfenbein",
            "einzige",
            "siebung",
            "erstmals",
            "hunderttausende",
            "neunmalklug",
            "vierte-",
            "ersatz",
            "zehe",
        ] {
            assert_eq!(number_word(word, known), None, "{word}");
        }
    }
}
