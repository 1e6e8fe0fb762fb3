//! Shapes of digits that both languages write alike: spans of years, times and scores with a colon, fractions with a stroke.

use satzpaar_tokenizer::Language;

use super::atoms::AtomKind;
use super::data::Role;
use super::dates::{is_bare_year, year_of};
use super::reader::Reader;
use super::{FactKind, Value};

/// Signs that are a fraction each.
const VULGAR: [(char, i64, u32); 9] = [
    ('½', 1, 2),
    ('⅓', 1, 3),
    ('⅔', 2, 3),
    ('¼', 1, 4),
    ('¾', 3, 4),
    ('⅕', 1, 5),
    ('⅖', 2, 5),
    ('⅗', 3, 5),
    ('⅛', 1, 8),
];

impl Reader<'_> {
    /// Whether digits are grown onto letters (`G7`, `A380`), unless the letters are a currency (`USD5`).
    pub(super) fn is_part_of_a_name(&mut self, at: usize) -> bool {
        if !self.glued(at) || at == 0 || !self.is_word(at - 1) {
            return false;
        }
        self.unit(at - 1).is_none_or(|(unit, _)| unit.kind != FactKind::Currency)
    }

    /// With the sign that stands before it: "minus 5", "âm 5", "-5" with a blank before the dash.
    pub(super) fn signed(&self, value: Value, at: usize) -> Value {
        let Some(before) = at.checked_sub(1) else { return value };
        let dash = self.is_dash(before) && self.glued(at) && !self.glued(before);
        if dash || self.has(before, Role::Negative) { value.negated() } else { value }
    }

    pub(super) fn vulgar_fraction(&mut self, at: usize, sign: char) -> usize {
        let Some(&(_, count, parts)) = VULGAR.iter().find(|known| known.0 == sign) else { return at + 1 };
        if let Some(value) = Value::fraction(count, parts) {
            return self.note_amount(value, at, at + 1);
        }
        at + 1
    }

    /// "2021-2025", "2021–25", "2024/25".
    pub(super) fn year_span(&mut self, at: usize) -> Option<usize> {
        let first = self.plain(at).filter(|first| first.1 == 4 && is_bare_year(first.0))?;
        let mark = if self.is_sign(at + 1, '/') { '/' } else { '-' };
        if !self.goes_on(at + 1, mark) {
            return None;
        }
        let second = self.plain(at + 2)?;
        let last = match second.1 {
            4 => second.0,
            2 => first.0 / 100 * 100 + second.0,
            _ => return None,
        };
        let fits =
            is_bare_year(last) && last > first.0 && last - first.0 <= 150 && !self.goes_on(at + 3, '/');
        if !fits || self.counts_something(at + 3) {
            return None;
        }
        self.note_integer(FactKind::Year, first.0, at, at + 1);
        self.note_integer(FactKind::Year, last, at + 2, at + 3);
        Some(at + 3)
    }

    /// "14:30" is a time, "2:1" a score; "14:30:05" is a time too.
    pub(super) fn colon(&mut self, at: usize) -> Option<usize> {
        if !self.goes_on(at + 1, ':') {
            return None;
        }
        let (first, second) = (self.plain(at)?, self.plain(at + 2)?);
        let end = at + 3;
        let time = first.0 <= 24 && first.1 <= 2 && second.1 == 2 && second.0 < 60;
        if time && !self.follows_within(at, 4, Role::ScoreLead) {
            let end = if self.goes_on(end, ':') { end + 2 } else { end };
            let late = self.has(end, Role::Late) && first.0 < 12;
            let hour = if late { first.0 + 12 } else { first.0 };
            self.note_integer(FactKind::Clock, hour * 60 + second.0, at, end);
            return Some(end);
        }
        self.score(first, second, at, end)
    }

    /// "2-1" after words of winning and losing, or where it can be no span.
    pub(super) fn dashed_score(&mut self, at: usize) -> Option<usize> {
        if !self.goes_on(at + 1, '-') || self.goes_on(at + 3, '/') || self.goes_on(at + 3, '-') {
            return None;
        }
        let (first, second) = (self.plain(at)?, self.plain(at + 2)?);
        let small = first.1 <= 3 && second.1 <= 3;
        let falling = first.0 >= second.0 && first.1 <= 2;
        let said = self.follows_within(at, 6, Role::ScoreLead);
        if !small
            || (!falling && !said)
            || self.has(at + 3, Role::MonthLead)
            || (self.glued(at + 3) && self.is_word(at + 3))
            || self.counts_something(at + 3)
        {
            return None;
        }
        self.score(first, second, at, at + 3)
    }

    /// Notes the result of a match.
    pub(super) fn score(
        &mut self,
        first: (i64, u32),
        second: (i64, u32),
        start: usize,
        end: usize,
    ) -> Option<usize> {
        if first.0 >= 200 || second.0 >= 200 || self.goes_on(end, ':') {
            return None;
        }
        self.note_integer(FactKind::Score, 1000 * first.0 + second.0, start, end);
        Some(end)
    }

    /// "2/3" as two thirds. Whether it is a date is for the caller to see before.
    pub(super) fn slash_fraction(&mut self, at: usize) -> Option<usize> {
        if !self.goes_on(at + 1, '/') || self.goes_on(at + 3, '/') {
            return None;
        }
        let (count, parts) = (self.plain(at)?, self.plain(at + 2)?);
        // Larger ones are file numbers ("123/2025").
        if parts.0 < 2 || parts.0 > 1000 || count.0 >= parts.0 || parts.1 > 3 {
            return None;
        }
        let value = Value::fraction(count.0, u32::try_from(parts.0).ok()?)?;
        Some(self.note_amount(value, at, at + 3))
    }

    /// Whether a unit, a currency or a scale follows, or in Vietnamese a word for what is counted.
    pub(super) fn counts_something(&mut self, at: usize) -> bool {
        if self.has(at, Role::Scale) || self.unit(at).is_some() {
            return true;
        }
        self.language == Language::Vietnamese && self.has(at, Role::Counted)
    }

    /// Notes the unit or currency at an atom, if there is one.
    pub(super) fn note_unit_after(&mut self, at: usize) -> usize {
        let at = if self.is_dash(at) && self.glued(at) && self.glued(at + 1) { at + 1 } else { at };
        match self.unit(at) {
            Some((unit, next)) => {
                self.note(unit.kind, unit.value, at, next);
                next
            }
            None => at,
        }
    }

    /// A year in digits that a word for year leads in.
    pub(super) fn led_year(&self, at: usize) -> Option<i64> {
        let (value, length) = self.plain(at)?;
        match self.kind(at)? {
            AtomKind::Digits(..) if length == 4 => year_of((value, length)),
            _ if length == 3 => Some(value),
            _ => None,
        }
    }
}
