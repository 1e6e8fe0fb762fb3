//! The words of numbers, dates, units and currencies, read once from `data/facts/`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use satzpaar_tokenizer::Language;

use super::{FactKind, Value};

macro_rules! roles {
    ($($role:ident $name:literal,)*) => {
        /// The part that a word can play in a fact; the names are those of the data files.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Role { $($role,)* }

        impl Role {
            fn from_name(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$role),)* _ => None }
            }
        }
    };
}

roles! {
    Number "number", One "one", HalfMore "half-more", Half "half", Scale "scale", Alone "alone", Dozen "dozen",
    Magnitude "magnitude", Several "several", Month "month", Weekday "weekday", Article "article",
    DateLead "date-lead", Uhr "uhr", YearLead "year-lead", YearWord "year-word", Century "century",
    DecadeTail "decade-tail", Early "daypart-early", Noon "daypart-noon", Late "daypart-late", Night "daypart-night",
    Connective "connective", Negative "negative", Double "double", AchtGuard "acht-guard",
    ClockLead "clock-lead", ScoreLead "score-lead", Digit "digit", TailDigit "tail-digit", Ten "ten", Tens "tens",
    Hundred "hundred", Filler "filler", Point "point", Part "part", DayLead "day-lead", MonthLead "month-lead",
    SeveralBefore "several-before", Quarter "quarter", The "the", Thap "thap", Ky "ky", OrdinalLead "ordinal-lead",
    Chu "chu", Nhat "nhat", Order "order", Gap "gap", Doi "doi", Hour "hour", Minute "minute", ShortOf "short-of",
    DurationLead "duration-lead", SequenceLead "sequence-lead", FractionLead "fraction-lead",
    FractionTail "fraction-tail", FirstA "first-a", FirstB "first-b", Gieng "month-giêng", Chap "month-chạp",
    WeekdayTail "weekday-tail", WeekdayLead "weekday-lead", Counted "counted", YearBefore "year-before",
    NoThreeAfter "no-three-after", NoThreeBefore "no-three-before", RipeBefore "ripe-before",
    RipeAfter "ripe-after", NoFourBefore "no-four-before", Measured "measured",
    OrdinalDigit "ordinal-digit", Times "times", Prize "prize", First "first",
    Round "round",
}

/// What a word can be: a set of roles, and the one value that goes with those that have one.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Entry {
    roles: u128,
    pub(super) value: i32,
}

impl Entry {
    pub(super) const fn has(self, role: Role) -> bool {
        self.roles & (1 << role as u32) != 0
    }

    pub(super) const fn is_empty(self) -> bool {
        self.roles == 0
    }
}

/// A unit or currency.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    pub(super) kind: FactKind,
    pub(super) value: Value,
}

/// An ending of a German number compound: what it counts, and whether anything may follow it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ending {
    pub(super) text: &'static str,
    pub(super) open: bool,
    pub(super) unit: Option<Value>,
}

/// All that is known of one language's facts.
#[derive(Debug, Default)]
pub(super) struct Facts {
    words: FxHashMap<&'static str, Entry>,
    units: FxHashMap<&'static str, Unit>,
    /// The most pieces of a unit that begins with this piece.
    unit_pieces: FxHashMap<&'static str, usize>,
    pub(super) endings: Vec<Ending>,
    /// The parts of number compounds by their first two bytes, longer ones first.
    numerals: FxHashMap<[u8; 2], Vec<Numeral>>,
}

/// A part of German number compounds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numeral {
    pub(super) text: &'static str,
    pub(super) kind: NumeralKind,
    pub(super) value: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumeralKind {
    One,
    Small,
    Ten,
    Ordinal,
}

impl Facts {
    pub(super) fn of(language: Language) -> &'static Self {
        match language {
            Language::German => &GERMAN,
            Language::Vietnamese => &VIETNAMESE,
        }
    }

    /// The number parts that `text` begins with, longer ones first.
    pub(super) fn numerals(&self, text: &str) -> impl Iterator<Item = Numeral> {
        let head = text.as_bytes().first_chunk::<2>();
        let parts = head.and_then(|head| self.numerals.get(head)).map_or(&[][..], Vec::as_slice);
        parts.iter().copied().filter(move |part| text.starts_with(part.text))
    }

    /// The part of a word, given in lower case.
    pub(super) fn word(&self, lower: &str) -> Entry {
        self.words.get(lower).copied().unwrap_or_default()
    }

    /// The unit of this form: lower case, pieces parted by blanks.
    pub(super) fn unit(&self, form: &str) -> Option<Unit> {
        self.units.get(form).copied()
    }

    /// How many pieces a unit that begins so can have; nought for no unit.
    pub(super) fn unit_pieces(&self, first: &str) -> usize {
        self.unit_pieces.get(first).copied().unwrap_or(0)
    }
}

static GERMAN: LazyLock<Facts> = LazyLock::new(|| {
    let mut facts = load(include_str!("../../../../data/facts/words-german.tsv"), 2);
    facts.endings = rows(include_str!("../../../../data/facts/compounds-german.tsv"))
        .map(|row| Ending {
            text: row[0],
            open: row[1] == "open",
            unit: (!row[2].is_empty()).then(|| Value::code(row[2])),
        })
        .collect();
    for row in rows(include_str!("../../../../data/facts/numerals-german.tsv")) {
        let kind = match row[1] {
            "one" => NumeralKind::One,
            "small" => NumeralKind::Small,
            "ten" => NumeralKind::Ten,
            _ => NumeralKind::Ordinal,
        };
        let Some(head) = row[0].as_bytes().first_chunk::<2>() else { continue };
        let numeral = Numeral { text: row[0], kind, value: row[2].parse().unwrap_or_default() };
        facts.numerals.entry(*head).or_default().push(numeral);
    }
    for parts in facts.numerals.values_mut() {
        parts.sort_by_key(|part| std::cmp::Reverse(part.text.len()));
    }
    facts
});

static VIETNAMESE: LazyLock<Facts> =
    LazyLock::new(|| load(include_str!("../../../../data/facts/words-vietnamese.tsv"), 3));

/// The rows of a data file; missing columns are empty.
fn rows(file: &'static str) -> impl Iterator<Item = [&'static str; 5]> {
    file.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(|line| {
        let mut columns = [""; 5];
        for (column, text) in columns.iter_mut().zip(line.split('\t')) {
            *column = text;
        }
        columns
    })
}

fn load(words: &'static str, unit_column: usize) -> Facts {
    let mut facts = Facts::default();
    for [form, role, value, ..] in rows(words) {
        let entry = facts.words.entry(form).or_default();
        if let Some(role) = Role::from_name(role) {
            entry.roles |= 1 << role as u32;
        }
        if let Ok(value) = value.parse() {
            entry.value = value;
        }
    }
    for row in rows(include_str!("../../../../data/facts/units.tsv")) {
        let kind = if row[1] == "currency" { FactKind::Currency } else { FactKind::Unit };
        let unit = Unit { kind, value: Value::code(row[0]) };
        let forms = row[unit_column].split(',').chain(row[4].split(',')).filter(|form| !form.is_empty());
        for form in forms {
            facts.units.insert(form, unit);
            let pieces = facts.unit_pieces.entry(form.split(' ').next().unwrap_or(form)).or_default();
            *pieces = (*pieces).max(form.split(' ').count());
        }
    }
    facts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_understood_and_no_form_has_two_values() {
        for file in [
            include_str!("../../../../data/facts/words-german.tsv"),
            include_str!("../../../../data/facts/words-vietnamese.tsv"),
        ] {
            let mut values: FxHashMap<&str, &str> = FxHashMap::default();
            for [form, role, value, ..] in rows(file) {
                assert!(Role::from_name(role).is_some(), "unknown role in '{form}\t{role}'");
                if !value.is_empty() {
                    assert!(value.parse::<i32>().is_ok(), "{form}: {value}");
                    assert_eq!(*values.entry(form).or_insert(value), value, "{form} has two values");
                }
            }
        }
    }

    #[test]
    fn unit_codes_differ() {
        let mut codes: Vec<_> =
            rows(include_str!("../../../../data/facts/units.tsv")).map(|row| Value::code(row[0])).collect();
        let count = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), count);
    }
}
