//! Vietnamese words that lead a number in: `ngày`, `tháng`, `năm`, `thứ`, `quý`, `thế kỷ`, `thập niên`, `hàng`.

use super::data::Role;
use super::dates::{Date, is_day, is_month};
use super::reader::Reader;
use super::roman::roman;
use super::{FactKind, Value};

impl Reader<'_> {
    /// Reads what a leading word leads in; `None` if the word leads nothing in here.
    pub(super) fn led(&mut self, at: usize) -> Option<usize> {
        let entry = self.atom(at)?.word.entry;
        if entry.has(Role::DateLead) {
            return self.led_day(at);
        }
        if entry.has(Role::DayLead) {
            return self.vietnamese_date(at + 1, true);
        }
        if entry.has(Role::MonthLead) {
            return self.led_month(at);
        }
        if entry.has(Role::YearLead)
            && let Some(next) = self.led_years(at)
        {
            return Some(next);
        }
        if entry.has(Role::Quarter) {
            let (place, next) = self.place(at + 1).filter(|place| (1..=4).contains(&place.0))?;
            self.note_integer(FactKind::Ordinal, place, at, next);
            return Some(next);
        }
        if entry.has(Role::The) && self.has(at + 1, Role::Ky) {
            let (place, next) = self.place(at + 2)?;
            self.note_integer(FactKind::Century, place, at, next);
            return Some(next);
        }
        if entry.has(Role::Thap) && self.has(at + 1, Role::Ky) {
            return self.led_decade(at, at + 2);
        }
        if entry.has(Role::OrdinalLead) {
            return self.led_ordinal(at);
        }
        if entry.has(Role::OrdinalDigit) && (self.follows(at, Role::Prize) || self.follows(at, Role::Times)) {
            let place = self.value(at, Role::OrdinalDigit)?;
            self.note_integer(FactKind::Ordinal, place, at, at + 1);
            return Some(at + 1);
        }
        if entry.has(Role::Chu) && self.has(at + 1, Role::Nhat) {
            self.note_integer(FactKind::Weekday, 7, at, at + 2);
            return Some(at + 2);
        }
        // "đầu tiên", "lần đầu": first.
        if entry.has(Role::FirstA) && (self.has(at + 1, Role::FirstB) || self.follows(at, Role::Times)) {
            let next = at + 1 + usize::from(self.has(at + 1, Role::FirstB));
            self.note_integer(FactKind::Ordinal, 1, at, next);
            return Some(next);
        }
        if entry.has(Role::Order) {
            return self.led_magnitude(at);
        }
        if entry.has(Role::Gap) && self.has(at + 1, Role::Doi) {
            self.note_integer(FactKind::Number, 2, at, at + 2);
            return Some(at + 2);
        }
        None
    }

    /// A place in an order: digits, a Roman numeral, or words with "nhất", "nhì", "tư".
    fn place(&self, at: usize) -> Option<(i64, usize)> {
        if let Some((value, length)) = self.plain(at) {
            return (length <= 4).then_some((value, at + 1));
        }
        if let Some(value) = roman(self.surface(at)) {
            return Some((value, at + 1));
        }
        if let Some(value) = self.value(at, Role::OrdinalDigit).or_else(|| self.value(at, Role::TailDigit)) {
            return Some((value, at + 1));
        }
        let (value, next) = self.number_words(at)?;
        Some((value.to_integer()?, next))
    }

    /// The month at an atom in digits or words.
    pub(super) fn month_number(&self, at: usize) -> Option<(i64, usize)> {
        if let Some(month) = self.value(at, Role::Gieng).or_else(|| self.value(at, Role::Chap)) {
            return Some((month, at + 1));
        }
        let (month, next) = self.place(at)?;
        let said = !self.has(at, Role::OrdinalDigit) && roman(self.surface(at)).is_none();
        (said && is_month(month)).then_some((month, next))
    }

    /// "ngày 2", "ngày 2/4", "ngày 2-4", "mùng một"; a day in words only where the month follows.
    fn led_day(&mut self, at: usize) -> Option<usize> {
        if let Some(next) = self.vietnamese_date(at + 1, true) {
            return Some(next);
        }
        if let Some((day, length)) = self.plain(at + 1) {
            let whole = length <= 2 && is_day(day) && !self.has(at + 2, Role::Scale);
            if !whole || self.goes_on(at + 2, ',') || self.goes_on(at + 2, '.') {
                return None;
            }
            self.note_integer(FactKind::Day, day, at, at + 2);
            return Some(at + 2);
        }
        let (day, next) = self.number_words(at + 1)?;
        let day = day.to_integer().filter(|&day| is_day(day))?;
        let lunar = !self.surface(at).ends_with(['y', 'Y']);
        let month = self.has(next, Role::MonthLead) && self.month_number(next + 1).is_some();
        if !lunar && !month {
            return None;
        }
        self.note_integer(FactKind::Day, day, at, next);
        Some(next)
    }

    /// "tháng 5", "tháng Năm", "tháng 5/2025", "tháng 5-6".
    fn led_month(&mut self, at: usize) -> Option<usize> {
        if let Some(date) = self.short_date(at + 1, '/').or_else(|| self.short_date(at + 1, '-'))
            && date.year > 0
        {
            return Some(self.note_date(date, at));
        }
        let (month, next) = self.month_number(at + 1)?;
        // "các tháng năm 2024"
        if next == at + 2 && self.has(at + 1, Role::YearLead) && self.follows(at, Role::SeveralBefore) {
            return None;
        }
        self.note_integer(FactKind::Month, month, at, next);
        if self.goes_on(next, '-')
            && let Some((second, _)) =
                self.plain(next + 1).filter(|second| is_month(second.0) && second.0 > month)
        {
            self.note_integer(FactKind::Month, second, next + 1, next + 2);
            return Some(next + 2);
        }
        // "tháng năm 2025": the year's digits follow the month's word.
        if let Some(year) = self.led_year(next).filter(|_| self.has(next - 1, Role::YearLead)) {
            self.note_integer(FactKind::Year, year, next, next + 1);
            return Some(next + 1);
        }
        Some(next)
    }

    /// "năm 2025", "những năm 1990", "năm hai nghìn không trăm mười".
    fn led_years(&mut self, at: usize) -> Option<usize> {
        if let Some(next) = self.year_span(at + 1) {
            return Some(next);
        }
        let several = self.follows(at, Role::SeveralBefore) && !self.follows(at, Role::Digit);
        if several && let Some(next) = self.led_decade(at, at + 1) {
            return Some(next);
        }
        if let Some(year) = self.led_year(at + 1)
            && !self.has(at + 2, Role::Scale)
        {
            self.note_integer(FactKind::Year, year, at, at + 2);
            return Some(at + 2);
        }
        let (value, next) = self.number_words(at + 1)?;
        let year = value.to_integer().filter(|year| (1000..2200).contains(year) && next > at + 3)?;
        self.note_integer(FactKind::Year, year, at, next);
        Some(next)
    }

    /// "thập niên 90", "thập kỷ 1990", "những năm 90", "thập niên tám mươi".
    fn led_decade(&mut self, start: usize, at: usize) -> Option<usize> {
        // "thập niên những năm 1990"
        let at =
            if self.has(at + 1, Role::YearLead) && self.has(at, Role::SeveralBefore) { at + 2 } else { at };
        let (value, next) = match self.plain(at) {
            Some((value, 2)) => (1900 + value, at + 1),
            Some((value, 4)) => (value, at + 1),
            Some(_) => return None,
            None => {
                let (value, next) = self.number_words(at)?;
                (1900 + value.to_integer().filter(|value| (20..100).contains(value))?, next)
            }
        };
        if value % 10 != 0 {
            return None;
        }
        self.note_integer(FactKind::Decade, value, start, next);
        Some(next)
    }

    /// "thứ ba" is the third, or Tuesday where a day is spoken of.
    fn led_ordinal(&mut self, at: usize) -> Option<usize> {
        let (place, next) = self.place(at + 1)?;
        if (2..=7).contains(&place) && next == at + 2 && self.is_weekday(at, next) {
            self.note_integer(FactKind::Weekday, place - 1, at, next);
            return Some(next);
        }
        self.note_integer(FactKind::Ordinal, place, at, next);
        Some(next)
    }

    /// A weekday has a capital ("thứ Ba"), or stands among words of time, or before a date.
    fn is_weekday(&self, at: usize, next: usize) -> bool {
        if self.follows(at, Role::Times) {
            return false;
        }
        let capital = self.is_word(at + 1) && self.is_upper(at + 1) && roman(self.surface(at + 1)).is_none();
        let date = matches!(self.plain(next + 1), Some((day, 1 | 2)) if is_day(day))
            && (self.is_sign(next, '(') || self.is_sign(next, ','));
        capital
            || date
            || self.has(next, Role::WeekdayTail)
            || self.follows(at, Role::WeekdayLead)
            || (self.is_sign(next, ',') && self.has(next + 1, Role::DateLead))
    }

    /// "hàng nghìn", "hàng chục triệu", "vài trăm".
    fn led_magnitude(&mut self, at: usize) -> Option<usize> {
        let (mut power, mut next) = (0, at + 1);
        loop {
            let more = if let Some(scale) = self.value(next, Role::Scale) {
                scale
            } else if self.has(next, Role::Hundred) {
                2
            } else if self.value(next, Role::Dozen) == Some(10) {
                1
            } else {
                break;
            };
            power += more as i16;
            next += 1;
        }
        if power == 0 {
            return None;
        }
        self.note(FactKind::Magnitude, Value::decimal(1, power), at, next);
        Some(self.note_unit_after(next))
    }

    /// A date in digits at an atom. `led` tells that a word before it expects a date.
    pub(super) fn vietnamese_date(&mut self, at: usize, led: bool) -> Option<usize> {
        if let Some(date) = self.full_date(at, &['/', '-', '.']) {
            return Some(self.note_date(date, at));
        }
        let first = self.plain(at)?;
        // "5-12/5", "5-12/5/2025": two days of one month.
        if is_day(first.0) && first.1 <= 2 && self.goes_on(at + 1, '-') {
            let date = self
                .full_date(at + 2, &['/'])
                .or_else(|| self.short_date(at + 2, '/').filter(|date| date.day > 0));
            if let Some(date) = date {
                self.days_before(at);
                self.note_integer(FactKind::Day, first.0, at, at + 1);
                return Some(self.note_date(date, at + 2));
            }
        }
        if let Some(date) = self.short_date(at, '/') {
            return self.slash_date(date, at, led);
        }
        if !led {
            return None;
        }
        let dash = self.is_dash(at + 1) || self.is_sign(at + 1, '.');
        let mark = if self.is_sign(at + 1, '.') { '.' } else { '-' };
        let short = self.short_date(at, mark).filter(|_| dash)?;
        // "ngày 2-4 tháng 4" are two days.
        if self.has(short.next, Role::MonthLead) {
            self.note_integer(FactKind::Day, first.0, at, at + 1);
            self.note_integer(FactKind::Day, short.month, at + 2, at + 3);
            return Some(short.next);
        }
        Some(self.note_date(short, at))
    }

    /// "2/3" is a date unless it counts a share.
    fn slash_date(&mut self, date: Date, at: usize, led: bool) -> Option<usize> {
        let share = date.day > 0
            && date.day < date.month
            && !led
            && (self.follows(at, Role::FractionLead) || self.has(date.next, Role::FractionTail));
        // "24/7" is all the time.
        let always = (date.day, date.month, date.year) == (24, 7, 0) && !led;
        if share {
            return None;
        }
        if always {
            return Some(date.next);
        }
        Some(self.note_date(date, at))
    }
}
