//! Numbers in digits with the marks of both languages.
//!
//! German and Vietnamese write `1.234,56`; English `1,234.56` is met in both, above all in Vietnamese news. Marks decide where
//! they can; where one mark is all there is, the language does.

use satzpaar_tokenizer::Language;

use super::Value;
use super::atoms::AtomKind;
use super::data::Role;
use super::reader::Reader;

/// A number in digits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Digits {
    pub(super) value: Value,
    /// The atom after it.
    pub(super) next: usize,
    /// The number and its count of digits, if no mark stands in it.
    pub(super) plain: Option<(i64, u32)>,
}

/// At most this many groups between marks.
const GROUPS: usize = 7;

impl Reader<'_> {
    /// The run of digits at an atom.
    pub(super) fn plain(&self, at: usize) -> Option<(i64, u32)> {
        match self.kind(at)? {
            AtomKind::Digits(Some(value), length) => Some((value, length)),
            _ => None,
        }
    }

    /// The run of digits at an atom that touches the one before.
    pub(super) fn glued_plain(&self, at: usize) -> Option<(i64, u32)> {
        self.glued(at).then(|| self.plain(at)).flatten()
    }

    /// Reads a number in digits; `None` if there is none, or one too long to be told exactly.
    pub(super) fn digits(&self, at: usize) -> Option<Digits> {
        let first = self.plain(at)?;
        let single = Digits { value: Value::integer(first.0), next: at + 1, plain: Some(first) };
        let mut groups = [(0_i64, 0_u32); GROUPS];
        let mut marks = ['\0'; GROUPS];
        groups[0] = first;
        let mut count = 1;
        let mut next = at + 1;
        while count < GROUPS {
            let previous_mark = if count == 1 { ' ' } else { marks[count - 1] };
            let (mark, digits) = match self.kind(next) {
                Some(AtomKind::Sign(mark @ ('.' | ',' | '\'' | '’'))) if self.glued(next) => {
                    (mark, next + 1)
                }
                // A blank parts only groups of three.
                Some(AtomKind::Digits(Some(group), 3))
                    if !self.glued(next) && first.1 <= 3 && first.0 > 0 && previous_mark == ' ' =>
                {
                    groups[count] = (group, 3);
                    marks[count] = ' ';
                    count += 1;
                    next += 1;
                    continue;
                }
                _ => break,
            };
            let Some(group) = self.glued_plain(digits) else { break };
            groups[count] = group;
            marks[count] = mark;
            count += 1;
            next = digits + 1;
        }
        if count == 1 {
            return Some(single);
        }
        let value = self.grouped(&groups[..count], &marks[1..count], next);
        Some(value.map_or(single, |value| Digits { value, next, plain: None }))
    }

    /// The value of groups of digits and the marks between them.
    fn grouped(&self, groups: &[(i64, u32)], marks: &[char], next: usize) -> Option<Value> {
        let last = *marks.last()?;
        let thousands = |groups: &[(i64, u32)]| {
            let fits = groups[0].1 <= 3 && groups[0].0 > 0 && groups[1..].iter().all(|group| group.1 == 3);
            fits.then(|| {
                groups.iter().try_fold(0_i64, |sum, group| sum.checked_mul(1000)?.checked_add(group.0))
            })?
        };
        let all_same = marks.iter().all(|&mark| mark == marks[0]);
        if all_same && (marks.len() > 1 || !self.is_decimal(groups, last, next)) {
            return thousands(groups).map(Value::integer);
        }
        // The last mark is the decimal one; those before it part thousands and are all of another kind.
        let (whole, fraction) = groups.split_at(groups.len() - 1);
        let before = &marks[..marks.len() - 1];
        let fits = matches!(last, ',' | '.') && before.iter().all(|&mark| mark == before[0] && mark != last);
        if !fits {
            return None;
        }
        let whole = if before.is_empty() { whole[0].0 } else { thousands(whole)? };
        let (fraction, digits) = fraction[0];
        let mantissa = whole.checked_mul(10_i64.checked_pow(digits)?)?.checked_add(fraction)?;
        Some(Value::decimal(mantissa, -(digits as i16)))
    }

    /// Whether the only mark of a number is a decimal one.
    fn is_decimal(&self, groups: &[(i64, u32)], mark: char, next: usize) -> bool {
        if groups[1].1 != 3 || groups[0].1 > 3 || groups[0].0 == 0 {
            return matches!(mark, '.' | ',');
        }
        match (mark, self.language) {
            (',', Language::German) => true,
            // "1,234 người" is English-style, "1,234 triệu" and "1,234%" are decimal.
            (',', Language::Vietnamese) => {
                self.has(next, Role::Measured) || self.is_sign(next, '%') || self.is_sign(next, '°')
            }
            _ => false,
        }
    }
}
