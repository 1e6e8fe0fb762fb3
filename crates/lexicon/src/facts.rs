//! Numbers, ordinals, dates, times, units and currencies of German and Vietnamese text in one canonical form, so that
//! `1,5 Milliarden` equals `1,5 tỷ` and `2. April` equals `ngày 2/4`.
//!
//! A date gives its parts (day, month, year), a range its two ends, an amount its number and its unit or currency: what two
//! texts share can be counted part by part.

mod agreement;
mod atoms;
mod data;
mod dates;
mod digits;
mod german;
mod german_words;
mod reader;
mod roman;
mod shapes;
mod value;
mod vietnamese;
mod vietnamese_dates;
mod vietnamese_words;

pub use agreement::Keys;
pub(crate) use atoms::Word;
pub use value::Value;

use std::cell::Cell;
use std::ops::Range;

use satzpaar_tokenizer::{Language, Token};

/// What a fact tells. Kinds are the same for both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FactKind {
    /// A cardinal, decimal or fraction: `drei`, `1,5 Mio.`, `một phần ba`.
    Number,
    /// A place in an order: `80.`, `dritte`, `thứ ba`, `XIII`, `quý 2`. The value is the place.
    Ordinal,
    /// An order of size without a number: `Tausende`, `hàng nghìn`. The value is the power of ten.
    Magnitude,
    /// A year. The value is the year of our era.
    Year,
    /// A month, 1 to 12.
    Month,
    /// A day of the month, 1 to 31.
    Day,
    /// A day of the week as in ISO 8601: Monday 1 to Sunday 7.
    Weekday,
    /// A time of day, in minutes after midnight.
    Clock,
    /// A decade, by its first year: 1990.
    Decade,
    /// A century, by its ordinal: 20.
    Century,
    /// The result of a match; the value is `1000 · first + second`.
    Score,
    /// A unit of an amount: kilometre, per cent, year. The value is the unit's code ([`Value::code`]).
    Unit,
    /// The currency of an amount. The value is the code of ISO 4217 ([`Value::code`]).
    Currency,
}

/// One fact that a text tells.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Fact {
    /// What it tells.
    pub kind: FactKind,
    /// How much, when, or which.
    pub value: Value,
    /// The tokens that tell it: first to one past the last, as indexes into the tokens given.
    pub tokens: Range<usize>,
}

/// Appends to `out` the facts of a text, in the order of the text.
///
/// `tokens` are the tokens of `text` in order (the whole text's or one sentence's); how finely they are cut does not matter.
/// Nothing is allocated but for the growth of `out` and, once a thread, of a scratch buffer.
pub fn facts(text: &str, tokens: &[Token], language: Language, out: &mut Vec<Fact>) {
    facts_of_known(text, tokens, language, |_| None, out);
}

/// As [`facts`]; `known` gives what is known already of the token of this number, from [`known_word`].
pub(crate) fn facts_of_known(
    text: &str,
    tokens: &[Token],
    language: Language,
    known: impl Fn(usize) -> Option<Word>,
    out: &mut Vec<Fact>,
) {
    let mut scratch = SCRATCH.take();
    let facts = data::Facts::of(language);
    atoms::cut(text, tokens, (language, facts), &mut scratch, known);
    reader::Reader::new(text, language, facts, &mut scratch, out).read();
    SCRATCH.set(scratch);
}

/// What a token's surface tells of facts by itself, to be remembered by who meets it often; `None` if it is not one word of letters.
pub(crate) fn known_word(surface: &str, language: Language) -> Option<Word> {
    atoms::word_of(surface, language, data::Facts::of(language), &mut String::new())
}

thread_local! {
    static SCRATCH: Cell<atoms::Scratch> = Cell::default();
}
