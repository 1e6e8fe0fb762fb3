//! Facts in German text.

use super::atoms::AtomKind;
use super::data::Role;
use super::dates::{Date, is_bare_year, is_day, is_month, year_of};
use super::german_words::{NumberWord, counted, number_word};
use super::reader::Reader;
use super::roman::roman;
use super::{FactKind, Value};

impl Reader<'_> {
    /// Reads what begins at an atom; gives the atom after it.
    pub(super) fn german(&mut self, at: usize) -> usize {
        match self.kind(at) {
            Some(AtomKind::Digits(..)) => self.german_digits(at),
            Some(AtomKind::Sign(sign)) => self.vulgar_fraction(at, sign),
            Some(AtomKind::Word) => self.german_word(at),
            None => at + 1,
        }
    }

    fn german_word(&mut self, at: usize) -> usize {
        let Some(atom) = self.atom(at) else { return at + 1 };
        let (entry, upper) = (atom.word.entry, atom.word.upper);
        if entry.has(Role::Month) && upper {
            return self.german_month(at);
        }
        if let Some(day) = self.value(at, Role::Weekday) {
            self.note_integer(FactKind::Weekday, day, at, at + 1);
            return at + 1;
        }
        if entry.has(Role::One) {
            return self.german_one(at);
        }
        if let Some(value) = self.value(at, Role::Number) {
            // "Acht geben", and the eleven of a football team.
            let noun = matches!(value, 8 | 11) && upper && !self.begins_sentence(at);
            if noun || (value == 8 && self.has(at + 1, Role::AchtGuard)) {
                return at + 1;
            }
            return self.german_amount(Value::integer(value), at, at + 1);
        }
        if entry.has(Role::HalfMore) {
            return self.german_amount(Value::decimal(15, -1), at, at + 1);
        }
        if entry.has(Role::Half) {
            return self.german_half(at, at);
        }
        if entry.has(Role::Double) {
            self.note_integer(FactKind::Number, 2, at, at + 1);
            return at + 1;
        }
        if entry.has(Role::First) {
            self.note_integer(FactKind::Ordinal, 1, at, at + 1);
            return at + 1;
        }
        if entry.has(Role::Dozen) {
            return self.german_amount(Value::integer(12), at, at + 1);
        }
        if entry.has(Role::Scale) || entry.has(Role::Magnitude) {
            return self.german_magnitude(at);
        }
        if entry.is_empty() || entry.has(Role::YearLead) {
            return self.german_other(at, upper);
        }
        at + 1
    }

    /// Compounds, ordinals and Roman numerals.
    fn german_other(&mut self, at: usize, upper: bool) -> usize {
        if upper && let Some(value) = roman(self.surface(at)) {
            return self.german_roman(value, at);
        }
        let known = self.known;
        match number_word(self.lower(at), known) {
            Some(NumberWord::Cardinal(value))
                if is_bare_year(value) && self.has(at.wrapping_sub(1), Role::YearWord) =>
            {
                self.note_integer(FactKind::Year, value, at, at + 1);
                at + 1
            }
            Some(NumberWord::Cardinal(value)) => self.german_amount(Value::integer(value), at, at + 1),
            // "achten" is to heed, but for an article before it.
            Some(NumberWord::Ordinal(8)) if !self.follows(at, Role::Article) => at + 1,
            Some(NumberWord::Ordinal(place)) => self.german_ordinal(place, at, at + 1),
            Some(NumberWord::Fraction(Some(count), parts)) => self.note_fraction(count, parts, at, at + 1),
            Some(NumberWord::AndHalf(value)) => {
                let half = Value::integer(value).plus(Value::decimal(5, -1)).unwrap_or(Value::integer(value));
                self.german_amount(half, at, at + 1)
            }
            Some(NumberWord::Counted(value, unit)) => {
                self.note_integer(FactKind::Number, value, at, at + 1);
                if let Some(unit) = unit {
                    self.note(FactKind::Unit, unit, at, at + 1);
                }
                at + 1
            }
            Some(NumberWord::Fraction(None, _)) | None => at + 1,
        }
    }

    fn note_fraction(&mut self, count: i64, parts: u32, start: usize, end: usize) -> usize {
        if let Some(value) = Value::fraction(count, parts) {
            self.note(FactKind::Number, value, start, end);
        }
        end
    }

    fn german_month(&mut self, at: usize) -> usize {
        let Some(month) = self.value(at, Role::Month) else { return at + 1 };
        self.days_before(at);
        // "Jan" and "Mai" are names of persons too; a month stands at no name's place before a capital without a day.
        self.note_integer(FactKind::Month, month, at, at + 1);
        let year = if self.is_sign(at + 1, '.') { at + 2 } else { at + 1 };
        match self.plain(year).filter(|year| year.1 == 4).and_then(year_of) {
            Some(value) => {
                self.note_integer(FactKind::Year, value, year, year + 1);
                year + 1
            }
            None => at + 1,
        }
    }

    /// "ein" is a number before a unit, a scale, a dozen or a part of something, else an article.
    fn german_one(&mut self, at: usize) -> usize {
        let next = at + 1;
        if self.has(next, Role::Half) {
            return self.german_half(at, next);
        }
        if self.has(next, Role::Scale) || self.has(next, Role::Dozen) || self.has(next, Role::Uhr) {
            return self.german_amount(Value::integer(1), at, next);
        }
        let known = self.known;
        if let Some(NumberWord::Fraction(None, parts)) = number_word(self.lower(next), known) {
            return self.note_fraction(1, parts, at, next + 1);
        }
        if self.unit(next).is_some() {
            return self.note_amount(Value::integer(1), at, next);
        }
        next
    }

    /// "halb acht", "eine halbe Million", "ein halbes Jahr", "die Hälfte".
    fn german_half(&mut self, start: usize, at: usize) -> usize {
        let hour = self.value(at + 1, Role::Number).or_else(|| self.value(at + 1, Role::One));
        if let Some(hour) = hour.filter(|hour| (1..=12).contains(hour))
            && self.follows(at, Role::ClockLead)
        {
            self.note_integer(FactKind::Clock, hour * 60 - 30, at, at + 2);
            return at + 2;
        }
        self.german_amount(Value::decimal(5, -1), start, at + 1)
    }

    /// "Tausende", "mehrere hundert", "Hunderte Millionen"; "hundert" and "tausend" alone are numbers.
    fn german_magnitude(&mut self, at: usize) -> usize {
        let alone = self.has(at, Role::Alone) && !self.follows(at, Role::Several);
        let mut power = 0;
        let mut next = at;
        while let Some(more) = self.value(next, Role::Scale).or_else(|| self.value(next, Role::Magnitude)) {
            power += more as i16;
            next += 1;
        }
        let value = Value::decimal(1, power);
        if alone {
            return self.note_amount(value, at, next);
        }
        self.note(FactKind::Magnitude, value, at, next);
        self.note_unit_after(next)
    }

    fn german_roman(&mut self, value: i64, at: usize) -> usize {
        let stop = self.is_sign(at + 1, '.') && self.glued(at + 1);
        if self.surface(at).len() == 1 {
            // Single letters are initials more often than numbers.
            let counts = stop && (self.has(at + 2, Role::Century) || self.has(at + 2, Role::YearWord));
            if !counts {
                return at + 1;
            }
        }
        self.german_ordinal(value, at, if stop { at + 2 } else { at + 1 })
    }

    /// An ordinal, or the day or century that it turns out to be.
    fn german_ordinal(&mut self, place: i64, start: usize, end: usize) -> usize {
        if self.has(end, Role::Century) {
            self.note_integer(FactKind::Century, place, start, end + 1);
            return end + 1;
        }
        if is_day(place) && self.has(end, Role::Month) && self.is_upper(end) {
            self.days_before(start);
            self.note_integer(FactKind::Day, place, start, end);
            return end;
        }
        self.note_integer(FactKind::Ordinal, place, start, end);
        end
    }

    fn german_digits(&mut self, at: usize) -> usize {
        if self.is_part_of_a_name(at) {
            return at + 1;
        }
        if let Some(date) = self.full_date(at, &['.', '-', '/']).or_else(|| self.german_date(at)) {
            return self.note_date(date, at);
        }
        if let Some(next) = self.german_span(at) {
            return next;
        }
        if let Some(next) = self.slash_fraction(at) {
            return next;
        }
        let Some(digits) = self.digits(at) else { return at + 1 };
        let next = digits.next;
        if let Some((value, length)) = digits.plain {
            if let Some(end) = self.german_decade(value, length, at) {
                return end;
            }
            if self.is_ordinal(at, length) {
                return self.german_ordinal(value, at, at + 2);
            }
            let year = self.follows(at, Role::YearWord) && length > 1 && value < 2200;
            if year || (length == 4 && is_bare_year(value) && self.is_german_year(at)) {
                self.note_integer(FactKind::Year, value, at, next);
                return next;
            }
        }
        let value = self.signed(digits.value, at);
        // "20-jährige", "3,5-fach", "500-Millionen-Euro-Paket".
        let hyphen = self.is_dash(next) && self.glued(next) && self.glued(next + 1);
        let word = if hyphen { next + 1 } else { next };
        if self.is_word(word) && (hyphen || self.glued(word)) {
            let known = self.known;
            if let Some(ending) = counted(self.lower(word), known) {
                self.note(FactKind::Number, value, at, next);
                if let Some(unit) = ending.unit {
                    self.note(FactKind::Unit, unit, word, word + 1);
                }
                return word + 1;
            }
        }
        self.german_amount(value, at, next)
    }

    /// What two numbers with a mark between them are: a span of years, a time, a score.
    fn german_span(&mut self, at: usize) -> Option<usize> {
        let read = self.year_span(at).or_else(|| self.german_clock(at)).or_else(|| self.colon(at));
        read.or_else(|| self.dashed_score(at))
    }

    /// "2.4." and "2. 4. 2025"; without a year only where a date is expected.
    fn german_date(&self, at: usize) -> Option<Date> {
        let (day, month) = (self.plain(at)?, self.plain(at + 2)?);
        let stop = |at: usize| self.is_sign(at, '.') && self.glued(at);
        if !stop(at + 1) || day.1 > 2 || month.1 > 2 || !is_day(day.0) || !is_month(month.0) {
            return None;
        }
        let date = Date { day: day.0, month: month.0, year: 0, next: at + 3 };
        let lead = self.follows(at, Role::DateLead) || (at > 0 && self.is_sign(at - 1, '('));
        if !stop(at + 3) {
            let unit = self.atom(at + 3).is_some_and(|atom| atom.kind == AtomKind::Word && !atom.word.upper);
            let plain = day.1 == month.1 || month.1 == 1;
            let uhr =
                self.has(at + 3, Role::Uhr) || self.has(at + 3, Role::Scale) || self.is_sign(at + 3, '%');
            return (self.follows(at, Role::DateLead)
                && self.glued(at + 2)
                && plain
                && !uhr
                && (unit || at + 3 >= self.count()))
            .then_some(date);
        }
        let date = Date { next: at + 4, ..date };
        if let Some(year) = self.plain(at + 4).filter(|year| year.1 == 4).and_then(year_of) {
            return Some(Date { year, next: at + 5, ..date });
        }
        (lead || (day.1 == 2 && month.1 == 2) || self.is_dash(at + 4) || at + 4 < self.count())
            .then_some(date)
    }

    /// "14.30 Uhr", "14:30 Uhr", "14 Uhr 30".
    fn german_clock(&mut self, at: usize) -> Option<usize> {
        let hour = self.plain(at).filter(|hour| hour.0 <= 24)?.0;
        let marked = self.is_sign(at + 1, '.') || self.is_sign(at + 1, ':');
        if marked && self.glued(at + 1) && self.has(at + 3, Role::Uhr) {
            let minute = self.glued_plain(at + 2).filter(|minute| minute.0 < 60)?.0;
            return Some(self.german_time(hour, minute, at, at + 4));
        }
        if self.has(at + 1, Role::Uhr) {
            let minute = self
                .plain(at + 2)
                .filter(|minute| minute.0 < 60 && minute.1 == 2 && !self.is_sign(at + 3, '.'));
            let end = if minute.is_some() { at + 3 } else { at + 2 };
            return Some(self.german_time(hour, minute.map_or(0, |minute| minute.0), at, end));
        }
        None
    }

    /// Notes a time of day; "nachmittags" and "abends" make it one after noon.
    fn german_time(&mut self, hour: i64, minute: i64, start: usize, end: usize) -> usize {
        let late = self.has(end, Role::Late) && hour < 12;
        let hour = if late { hour + 12 } else { hour };
        self.note_integer(FactKind::Clock, hour * 60 + minute, start, end);
        end
    }

    /// "1990er", "90er-Jahre".
    fn german_decade(&mut self, value: i64, length: u32, at: usize) -> Option<usize> {
        if !self.has(at + 1, Role::DecadeTail) || !self.glued(at + 1) || value % 10 != 0 {
            return None;
        }
        let first = match length {
            4 => value,
            2 => 1900 + value,
            _ => return None,
        };
        let hyphen = usize::from(self.is_dash(at + 2) && self.glued(at + 2));
        let end = if self.has(at + 2 + hyphen, Role::YearWord) { at + 3 + hyphen } else { at + 2 };
        self.note_integer(FactKind::Decade, first, at, end);
        Some(end)
    }

    /// Whether the digits are an ordinal: a stop that the tokenizer left with them, or one before a word that goes on.
    fn is_ordinal(&self, at: usize, length: u32) -> bool {
        if !self.is_sign(at + 1, '.')
            || !self.glued(at + 1)
            || self.glued(at + 2) && self.plain(at + 2).is_some()
        {
            return false;
        }
        let same_token = self.atom(at).zip(self.atom(at + 1)).is_some_and(|(a, b)| a.token == b.token);
        let goes_on = match self.atom(at + 2) {
            Some(next) => match next.kind {
                AtomKind::Word => {
                    !next.word.upper || next.word.entry.has(Role::Month) || next.word.entry.has(Role::Century)
                }
                AtomKind::Sign(_) => {
                    self.is_dash(at + 2) || self.is_sign(at + 2, '/') || self.is_sign(at + 2, ',')
                }
                AtomKind::Digits(..) => false,
            },
            None => false,
        };
        length <= 3 && (goes_on || (same_token && at + 2 < self.count()))
            || (same_token && length == 4 && goes_on && self.is_word(at + 2))
    }

    /// Whether four digits are a year: after a word that years follow, or before no noun that they would count.
    fn is_german_year(&mut self, at: usize) -> bool {
        if self.follows(at, Role::YearLead) || self.follows(at, Role::Month) {
            return !self.counts_something(at + 1);
        }
        let counted = self.is_word(at + 1) && self.is_upper(at + 1);
        !counted && !self.counts_something(at + 1)
    }

    /// A cardinal with all that may follow it: dozen, scale, part, o'clock, unit.
    fn german_amount(&mut self, value: Value, start: usize, end: usize) -> usize {
        let (mut value, mut end) = (value, end);
        loop {
            let hyphen = usize::from(self.is_dash(end) && self.glued(end) && self.glued(end + 1));
            let at = end + hyphen;
            if let Some(power) = self.value(at, Role::Scale) {
                value = value.times_power(power as i16);
            } else if self.has(at, Role::Dozen) {
                value = value.times(12).unwrap_or(value);
            } else {
                break;
            }
            // "Mio." keeps its stop.
            let stop = self.is_sign(at + 1, '.') && self.glued(at + 1) && self.surface(at).len() == 3;
            end = at + 1 + usize::from(stop);
        }
        if let Some(whole) = value.to_integer() {
            let known = self.known;
            if let Some(NumberWord::Fraction(None, parts)) = number_word(self.lower(end), known) {
                return self.note_fraction(whole, parts, start, end + 1);
            }
            if self.has(end, Role::Uhr) && (0..=24).contains(&whole) {
                return self.german_time(whole, 0, start, end + 1);
            }
        }
        self.note_amount(value, start, end)
    }
}
