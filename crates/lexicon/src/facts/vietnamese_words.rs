//! Vietnamese number words: `hai nghìn năm trăm`, `một tỷ không trăm linh năm triệu`, `hai mươi lăm`.

use super::Value;
use super::data::Role;
use super::reader::Reader;

impl Reader<'_> {
    /// The number in words that begins at an atom, and the atom after it. Whether a single syllable is a number at all is for
    /// the caller to judge from what stands around it.
    pub(super) fn number_words(&self, at: usize) -> Option<(Value, usize)> {
        let (total, mut next) = self.section(at)?;
        if !self.is_billion(next) {
            return Some((Value::integer(total), next));
        }
        let mut value = Value::integer(total);
        while self.is_billion(next) {
            value = value.times_power(9);
            next += 1;
        }
        if let Some((rest, end)) = self.section(next).filter(|&(_, end)| self.goes_on_in_words(next, end))
            && !self.is_billion(end)
        {
            value = value.plus(Value::integer(rest))?;
            next = end;
        }
        Some((value, next))
    }

    fn is_billion(&self, at: usize) -> bool {
        self.value(at, Role::Scale) == Some(9)
    }

    /// Whether the words `at..end` can go on a number: more than a bare digit, which would begin something else.
    fn goes_on_in_words(&self, at: usize, end: usize) -> bool {
        end > at + 1 || self.has(at, Role::Ten)
    }

    /// A number below a milliard: groups with falling scales.
    fn section(&self, at: usize) -> Option<(i64, usize)> {
        let (mut total, mut last, mut next) = (0_i64, 9, at);
        while let Some((group, mut end)) = self.group(next) {
            let mut scale = 0;
            if let Some(power) = self.value(end, Role::Scale).filter(|&power| power < last) {
                scale = power;
                end += 1;
            } else if self.value(end, Role::Scale).is_some_and(|power| power != 9) && next > at {
                break;
            }
            if next > at && scale == 0 && !self.goes_on_in_words(next, end) {
                break;
            }
            total += group * 10_i64.pow(scale as u32);
            next = end;
            last = scale;
            if scale == 0 {
                break;
            }
        }
        (next > at).then_some((total, next))
    }

    /// A number below a thousand: `năm trăm linh hai`, `mười lăm`, `linh năm`, `hai chục`.
    fn group(&self, at: usize) -> Option<(i64, usize)> {
        if self.has(at, Role::Filler) {
            return self.value(at + 1, Role::Digit).map(|digit| (digit, at + 2));
        }
        if let Some(digit) = self.value(at, Role::Digit)
            && self.has(at + 1, Role::Hundred)
        {
            let hundreds = digit * 100;
            return Some(match self.below_hundred(at + 2) {
                // A bare digit after the hundreds begins something else ("năm trăm năm": 500 years).
                Some((rest, end)) if self.goes_on_in_words(at + 2, end) => (hundreds + rest, end),
                _ => (hundreds, at + 2),
            });
        }
        self.below_hundred(at)
    }

    fn below_hundred(&self, at: usize) -> Option<(i64, usize)> {
        if self.has(at, Role::Filler) {
            return self.value(at + 1, Role::Digit).map(|digit| (digit, at + 2));
        }
        if self.has(at, Role::Ten) {
            return Some(match self.last_digit(at + 1) {
                Some(digit) => (10 + digit, at + 2),
                None => (10, at + 1),
            });
        }
        let digit = self.value(at, Role::Digit)?;
        if self.has(at + 1, Role::Tens) {
            return Some(match self.last_digit(at + 2) {
                Some(last) => (digit * 10 + last, at + 3),
                None => (digit * 10, at + 2),
            });
        }
        if let Some(dozen) = self.value(at + 1, Role::Dozen) {
            return Some((digit * dozen, at + 2));
        }
        // "hai lăm", "ba mốt": the tens left unsaid.
        let colloquial = self.value(at + 1, Role::TailDigit).filter(|&last| last != 4 && digit > 1);
        Some(match colloquial {
            Some(last) => (digit * 10 + last, at + 2),
            None => (digit, at + 1),
        })
    }

    /// The ones after the tens; "năm" there is the year ("hai mươi năm": 20 years), the five is "lăm".
    fn last_digit(&self, at: usize) -> Option<i64> {
        if let Some(digit) = self.value(at, Role::TailDigit) {
            return Some(digit);
        }
        let digit = self.value(at, Role::Digit).filter(|&digit| digit != 5 && digit != 0)?;
        // "mười ba trăm" is none; "hai mươi hai phần trăm" is one.
        (!self.has(at + 1, Role::Hundred) && !self.has(at + 1, Role::Tens)).then_some(digit)
    }
}
