//! Dates in digits (`2.4.2025`, `2/4`, `2025-04-02`) and what the numbers before a date turn out to be.

use super::FactKind;
use super::atoms::AtomKind;
use super::data::Role;
use super::reader::Reader;

/// A date in digits; nought for what it leaves out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Date {
    pub(super) day: i64,
    pub(super) month: i64,
    pub(super) year: i64,
    /// The atom after it.
    pub(super) next: usize,
}

pub(super) const fn is_day(value: i64) -> bool {
    value >= 1 && value <= 31
}

pub(super) const fn is_month(value: i64) -> bool {
    value >= 1 && value <= 12
}

/// A year that is told with four digits and without further words.
pub(super) const fn is_bare_year(value: i64) -> bool {
    value >= 1500 && value < 2100
}

/// A year of two or four digits; those of two lie between 1950 and 2049.
pub(super) fn year_of((value, digits): (i64, u32)) -> Option<i64> {
    match digits {
        4 if (1000..2200).contains(&value) => Some(value),
        2 => Some(if value < 50 { 2000 + value } else { 1900 + value }),
        _ => None,
    }
}

impl Reader<'_> {
    /// The run of digits behind a mark, where nothing but the mark stands between.
    fn marked(&self, at: usize, mark: char) -> Option<(i64, u32)> {
        let here = self.is_sign(at, mark) || (mark == '-' && self.is_dash(at));
        (here && self.glued(at)).then(|| self.glued_plain(at + 1)).flatten()
    }

    /// Whether digits behind a mark follow.
    pub(super) fn goes_on(&self, at: usize, mark: char) -> bool {
        self.marked(at, mark).is_some()
    }

    /// A date of three parts with one mark: `2/4/2025`, `2-4-2025`, `2.4.2025`, `02.04.25`, `2025-04-02`.
    pub(super) fn full_date(&self, at: usize, marks: &[char]) -> Option<Date> {
        let first = self.plain(at)?;
        for &mark in marks {
            let (Some(second), Some(third)) = (self.marked(at + 1, mark), self.marked(at + 3, mark)) else {
                continue;
            };
            let next = at + 5;
            if self.goes_on(next, mark) && mark != '-' {
                return None;
            }
            if first.1 == 4 && mark != '.' && is_month(second.0) && is_day(third.0) {
                return Some(Date { day: third.0, month: second.0, year: year_of(first)?, next });
            }
            if first.1 <= 2 && second.1 <= 2 && is_day(first.0) && is_month(second.0) {
                return Some(Date { day: first.0, month: second.0, year: year_of(third)?, next });
            }
        }
        None
    }

    /// A date of two parts: day and month, or month and a year of four digits.
    pub(super) fn short_date(&self, at: usize, mark: char) -> Option<Date> {
        let first = self.plain(at)?;
        let second = self.marked(at + 1, mark)?;
        let next = at + 3;
        if self.goes_on(next, mark) {
            return None;
        }
        if second.1 == 4 && is_month(first.0) && is_bare_year(second.0) {
            return Some(Date { day: 0, month: first.0, year: second.0, next });
        }
        let fits = first.1 <= 2 && second.1 <= 2 && is_day(first.0) && is_month(second.0);
        fits.then_some(Date { day: first.0, month: second.0, year: 0, next })
    }

    /// Notes the parts of a date and turns numbers before it into days ("vom 5. bis 12. Mai").
    pub(super) fn note_date(&mut self, date: Date, start: usize) -> usize {
        if date.day > 0 {
            self.days_before(start);
        }
        // A part is told by the atoms of the whole date: how it is cut does not matter to those who count parts.
        for (kind, value) in
            [(FactKind::Day, date.day), (FactKind::Month, date.month), (FactKind::Year, date.year)]
        {
            if value > 0 {
                self.note_integer(kind, value, start, date.next);
            }
        }
        date.next
    }

    /// Turns numbers that are joined to a date at `at` into days of its month.
    pub(super) fn days_before(&mut self, mut at: usize) {
        let mut index = self.out.len();
        while index > self.before {
            index -= 1;
            let Some(&(start, end)) = self.ranges.get(index - self.before) else { return };
            let joined = end < at && at - end <= 3 && (end..at).all(|between| self.joins_days(between));
            let glue = end == at && self.language == satzpaar_tokenizer::Language::German;
            if !joined && !glue {
                return;
            }
            let Some(fact) = self.out.get_mut(index) else { return };
            let day = fact.value.to_integer().is_some_and(is_day);
            match fact.kind {
                FactKind::Number | FactKind::Ordinal if day => fact.kind = FactKind::Day,
                FactKind::Day => {}
                _ => return,
            }
            at = start;
        }
    }

    fn joins_days(&self, at: usize) -> bool {
        match self.kind(at) {
            Some(AtomKind::Word) => self.has(at, Role::Connective) || self.has(at, Role::DateLead),
            Some(AtomKind::Sign(sign)) => matches!(sign, ',' | '/' | '.') || self.is_dash(at),
            _ => false,
        }
    }
}
