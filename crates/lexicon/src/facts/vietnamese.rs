//! Facts in Vietnamese text: numbers and what follows them. Dates, ordinals and other words that lead a number in are in
//! `vietnamese_dates`.

use super::atoms::AtomKind;
use super::data::Role;
use super::dates::{is_bare_year, is_day, is_month};
use super::reader::Reader;
use super::roman::roman;
use super::{FactKind, Value};

impl Reader<'_> {
    /// Reads what begins at an atom; gives the atom after it.
    pub(super) fn vietnamese(&mut self, at: usize) -> usize {
        match self.kind(at) {
            Some(AtomKind::Digits(..)) => self.vietnamese_digits(at),
            Some(AtomKind::Sign(sign)) => self.vulgar_fraction(at, sign),
            Some(AtomKind::Word) => self.vietnamese_word(at),
            None => at + 1,
        }
    }

    fn vietnamese_word(&mut self, at: usize) -> usize {
        let Some(atom) = self.atom(at) else { return at + 1 };
        let (entry, upper) = (atom.word.entry, atom.word.upper);
        if entry.is_empty() {
            return if upper { self.vietnamese_roman(at) } else { at + 1 };
        }
        if let Some(next) = self.led(at) {
            return next;
        }
        if entry.has(Role::Digit) || entry.has(Role::Ten) {
            return self.vietnamese_number(at);
        }
        if entry.has(Role::Half) {
            return self.vietnamese_half(at);
        }
        if upper { self.vietnamese_roman(at) } else { at + 1 }
    }

    /// "nửa triệu", "một nửa", "nửa năm".
    fn vietnamese_half(&mut self, at: usize) -> usize {
        let start = if self.follows(at, Role::Digit) && self.noted_to() < at { at - 1 } else { at };
        self.vietnamese_amount(Value::decimal(5, -1), start, at + 1)
    }

    fn vietnamese_roman(&mut self, at: usize) -> usize {
        let surface = self.surface(at);
        let Some(value) = roman(surface) else { return at + 1 };
        if surface.len() > 1 || self.follows(at, Role::SequenceLead) {
            self.note_integer(FactKind::Ordinal, value, at, at + 1);
        }
        at + 1
    }

    fn vietnamese_number(&mut self, at: usize) -> usize {
        let Some((value, next)) = self.number_words(at) else { return at + 1 };
        // A fraction: "ba phần tư"; "phần trăm" is the per cent.
        if let Some(next) = self.fraction_words(value, at, next) {
            return next;
        }
        if let Some((value, next)) = self.point_words(value, next) {
            return self.vietnamese_amount(value, at, next);
        }
        // "hai triệu rưỡi"
        if let Some(power) = self.value(next - 1, Role::Scale).filter(|_| self.has(next, Role::HalfMore)) {
            let more = value.plus(Value::decimal(5, power as i16 - 1)).unwrap_or(value);
            return self.vietnamese_amount(more, at, next + 1);
        }
        if next == at + 1 && !self.is_number_here(at) {
            return at + 1;
        }
        // "hiệp hai", "lần hai": the second.
        if next == at + 1 && self.follows(at, Role::Round) && !self.counts_something(next) {
            self.note(FactKind::Ordinal, value, at, next);
            return next;
        }
        self.vietnamese_amount(value, at, next)
    }

    /// "hai phẩy năm".
    fn point_words(&self, value: Value, at: usize) -> Option<(Value, usize)> {
        if !self.has(at, Role::Point) {
            return None;
        }
        let (fraction, next) = self.number_words(at + 1)?;
        let fraction = fraction.to_integer()?;
        let digits = fraction.checked_ilog10().map_or(1, |log| log + 1) as i16;
        Some((value.plus(Value::decimal(fraction, -digits))?, next))
    }

    /// "một phần ba", "3 phần 4".
    pub(super) fn fraction_words(&mut self, value: Value, start: usize, at: usize) -> Option<usize> {
        if !self.has(at, Role::Part) {
            return None;
        }
        let parts = self.plain(at + 1).map(|plain| (plain.0, at + 2));
        let tail = self.value(at + 1, Role::TailDigit).map(|digit| (digit, at + 2));
        let words = || self.number_words(at + 1).and_then(|(value, next)| Some((value.to_integer()?, next)));
        let (parts, next) = parts.or(tail).or_else(words)?;
        let value =
            Value::fraction(value.to_integer()?, u32::try_from(parts).ok().filter(|&parts| parts > 1)?)?;
        self.note(FactKind::Number, value, start, next);
        Some(next)
    }

    /// Whether a single syllable is a number: "năm" is five only before what is counted, "ba" no father, "chín" not ripe.
    fn is_number_here(&mut self, at: usize) -> bool {
        let Some(value) = self.value(at, Role::Digit).or_else(|| self.value(at, Role::Ten)) else {
            return false;
        };
        // Southern by-names ("ông Ba", "anh Tư") and places ("Ba Lan", "Ba Đình").
        if self.is_upper(at) {
            let name = self.is_word(at + 1) && self.is_upper(at + 1);
            if !self.begins_sentence(at) || name {
                return false;
            }
        }
        let next = at + 1;
        match value {
            0 => {
                self.has(next, Role::Hour)
                    || (self.unit(next).is_some() && !self.has(next, Role::YearLead) && self.zero(next))
            }
            1 => self.one(next),
            3 => !self.has(next, Role::NoThreeAfter) && !self.follows(at, Role::NoThreeBefore),
            5 => {
                if self.follows(at, Role::YearBefore) {
                    // "bốn trong năm trận": so many of so many.
                    let of = at > 1 && self.has(at - 2, Role::Digit) && self.has(next, Role::Counted);
                    return of || self.is_time_unit(next);
                }
                self.counts_something(next)
            }
            9 => !self.has(next, Role::RipeAfter) && !self.follows(at, Role::RipeBefore),
            _ => true,
        }
    }

    /// "không độ", "không phần trăm"; before other units "không" is "not".
    fn zero(&mut self, at: usize) -> bool {
        self.unit(at).is_some_and(|(unit, _)| {
            unit.value == Value::code("degree")
                || unit.value == Value::code("percent")
                || unit.value == Value::code("point")
        })
    }

    /// "một" is a number before a unit or scale, else an article.
    fn one(&mut self, at: usize) -> bool {
        self.has(at, Role::Scale) || self.unit(at).is_some()
    }

    fn is_time_unit(&mut self, at: usize) -> bool {
        let times = ["day", "week", "month", "year", "hour", "minute", "second"];
        self.unit(at).is_some_and(|(unit, _)| times.iter().any(|time| unit.value == Value::code(time)))
    }

    fn vietnamese_digits(&mut self, at: usize) -> usize {
        if self.is_part_of_a_name(at) {
            return at + 1;
        }
        if let Some(next) = self.vietnamese_date(at, false).or_else(|| self.stopped_clock(at)) {
            return next;
        }
        if let Some(next) = self.year_span(at).or_else(|| self.colon(at)).or_else(|| self.dashed_score(at)) {
            return next;
        }
        if let Some(next) = self.slash_fraction(at) {
            return next;
        }
        let Some(digits) = self.digits(at) else { return at + 1 };
        if let Some((value, length)) = digits.plain {
            if length == 4 && is_bare_year(value) && !self.counts_something(digits.next) {
                self.note_integer(FactKind::Year, value, at, digits.next);
                return digits.next;
            }
            if self.follows(at, Role::SequenceLead) && length <= 2 && !self.counts_something(digits.next) {
                self.note_integer(FactKind::Ordinal, value, at, digits.next);
                return digits.next;
            }
        }
        let value = self.signed(digits.value, at);
        if let Some(next) = self.fraction_words(value, at, digits.next) {
            return next;
        }
        self.vietnamese_amount(value, at, digits.next)
    }

    /// A cardinal with all that may follow it: scales, a half, smaller amounts, the hour, a month, a unit.
    pub(super) fn vietnamese_amount(&mut self, value: Value, start: usize, end: usize) -> usize {
        let (mut value, mut end) = (value, end);
        let mut power = self.scales(&mut value, &mut end);
        if power > 0 && self.has(end, Role::HalfMore) {
            value = value.plus(Value::decimal(5, power - 1)).unwrap_or(value);
            end += 1;
        }
        // "1 tỷ 200 triệu"
        while power > 0 {
            let Some(digits) =
                self.digits(end).filter(|digits| digits.plain.is_some_and(|plain| plain.1 <= 3))
            else {
                break;
            };
            let (mut more, mut next) = (digits.value, digits.next);
            let less = self.scales(&mut more, &mut next);
            if less == 0 || less >= power {
                break;
            }
            value = value.plus(more).unwrap_or(value);
            (end, power) = (next, less);
        }
        if let Some(whole) = value.to_integer() {
            if self.has(end, Role::Hour)
                && (0..=24).contains(&whole)
                && let Some(next) = self.vietnamese_clock(whole, start, end)
            {
                return next;
            }
            if is_day(whole) && self.has(end, Role::MonthLead) && self.is_month_of_day(end) {
                self.days_before(start);
                self.note_integer(FactKind::Day, whole, start, end);
                return end;
            }
        }
        self.note_amount(value, start, end)
    }

    /// Multiplies by the scale words at `end`; gives the power of ten.
    fn scales(&self, value: &mut Value, end: &mut usize) -> i16 {
        let mut power = 0;
        loop {
            let more = self.value(*end, Role::Scale).or_else(|| match () {
                () if self.has(*end, Role::Hundred) => Some(2),
                () if self.value(*end, Role::Dozen) == Some(10) => Some(1),
                () => None,
            });
            let Some(more) = more else { return power };
            *value = value.times_power(more as i16);
            power += more as i16;
            *end += 1;
        }
    }

    /// Whether "tháng" at an atom, after a day, names a month: "2 tháng 4" but not "2 tháng 4 người".
    fn is_month_of_day(&mut self, at: usize) -> bool {
        let Some((month, next)) = self.month_number(at + 1) else { return false };
        if !is_month(month) {
            return false;
        }
        self.has(next, Role::YearLead) || !self.counts_something(next)
    }

    /// "14 giờ 30", "14h30", "8 giờ rưỡi tối", "8 giờ kém 15"; `None` for a duration.
    fn vietnamese_clock(&mut self, hour: i64, start: usize, at: usize) -> Option<usize> {
        let mut next = at + 1;
        let mut minutes = None;
        if self.has(next, Role::HalfMore) {
            minutes = Some(30);
            next += 1;
        } else {
            let short = self.has(next, Role::ShortOf);
            let from = next + usize::from(short);
            if let Some((value, end)) = self.minutes(from) {
                minutes = Some(if short { -value } else { value });
                next = end;
            }
        }
        let letter = !self.surface(at).starts_with(['g', 'G']) || self.surface(at).len() == 1;
        let part =
            [Role::Early, Role::Noon, Role::Late, Role::Night].into_iter().find(|&part| self.has(next, part));
        let lasts = self.follows(start, Role::DurationLead);
        let told = part.is_some()
            || letter
            || self.has(next, Role::DateLead)
            || self.follows(start, Role::ClockLead);
        if lasts && part.is_none() || (minutes.is_none() && !told) {
            return None;
        }
        let hour = match part {
            Some(Role::Late) if hour < 12 => hour + 12,
            Some(Role::Noon) if hour < 6 => hour + 12,
            Some(Role::Night) if (6..12).contains(&hour) => hour + 12,
            Some(Role::Night) if hour == 12 => 0,
            _ => hour,
        };
        self.note_integer(FactKind::Clock, hour * 60 + minutes.unwrap_or(0), start, next);
        Some(next)
    }

    /// "7.55 giờ sáng": a stop between hour and minute.
    fn stopped_clock(&mut self, at: usize) -> Option<usize> {
        let hour = self.plain(at).filter(|hour| hour.0 <= 24)?.0;
        if !self.goes_on(at + 1, '.') || !self.has(at + 3, Role::Hour) {
            return None;
        }
        let minute = self.plain(at + 2).filter(|minute| minute.1 == 2 && minute.0 < 60)?.0;
        let late = self.has(at + 4, Role::Late) && hour < 12;
        let hour = if late { hour + 12 } else { hour };
        self.note_integer(FactKind::Clock, hour * 60 + minute, at, at + 4);
        Some(at + 4)
    }

    /// The minutes after an hour, with "phút" if it stands there; not what is a date or counts something else.
    fn minutes(&mut self, at: usize) -> Option<(i64, usize)> {
        let (value, next) = match self.plain(at) {
            Some((value, length)) if length <= 2 => (value, at + 1),
            Some(_) => return None,
            None => {
                let (value, next) = self.number_words(at)?;
                (value.to_integer()?, next)
            }
        };
        if self.has(next, Role::Minute) && value < 60 {
            return Some((value, next + 1));
        }
        let digits = self.plain(at).is_some_and(|plain| plain.1 == 2 || self.glued(at));
        let other = self.goes_on(next, '/')
            || self.goes_on(next, '-')
            || self.goes_on(next, '.')
            || self.goes_on(next, ',');
        (digits && !other && value < 60 && !self.counts_something(next)).then_some((value, next))
    }
}
