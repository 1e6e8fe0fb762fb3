//! How far two facts agree, and the keys under which an index finds those that may.

use super::{Fact, FactKind, Value};

/// The index keys of a fact, strongest first: see [`Fact::keys`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keys {
    values: [u64; 3],
    next: u8,
    length: u8,
}

impl Keys {
    fn push(&mut self, key: u64) {
        if let Some(slot) = self.values.get_mut(usize::from(self.length)) {
            *slot = key;
            self.length += 1;
        }
    }
}

impl Iterator for Keys {
    type Item = u64;

    fn next(&mut self) -> Option<u64> {
        (self.next < self.length).then(|| {
            self.next += 1;
            self.values[usize::from(self.next) - 1]
        })
    }
}

/// Classes of keys. They are apart from the kinds' own numbers.
const LOOSE: u64 = 0x40;
const ROUNDED: u64 = 0x41;

impl Fact {
    /// How far two facts agree: 1 the same; less for the same number told in another way (`19` as a number, an ordinal or a
    /// day, a rounded number beside the exact one, a time twelve hours off); 0 for nothing shared.
    pub fn agreement(&self, other: &Self) -> f32 {
        if self.kind == other.kind {
            return same_kind(self.kind, self.value, other.value);
        }
        let (Some(mine), Some(theirs)) = (self.plain_number(), other.plain_number()) else { return 0.0 };
        if mine == theirs { between_kinds(self.kind, other.kind) } else { 0.0 }
    }

    /// The keys for an index, strongest first: the fact itself; the bare number, the same for all kinds that
    /// [`agreement`](Self::agreement) lets agree in part; and a large number rounded to two digits. Both languages' facts give
    /// the same keys. The keys are stable within one version.
    pub fn keys(&self) -> Keys {
        let mut keys = Keys { values: [0; 3], next: 0, length: 0 };
        keys.push(hash(self.kind as u64, self.value));
        if let Some(number) = self.plain_number() {
            keys.push(hash(LOOSE, number));
            if self.kind == FactKind::Number && is_large(number) {
                keys.push(hash(ROUNDED, number.rounded(2)));
            }
        }
        keys
    }

    /// The number behind a fact that could as well be told as a bare number; signs do not count.
    fn plain_number(&self) -> Option<Value> {
        match self.kind {
            FactKind::Number
            | FactKind::Ordinal
            | FactKind::Year
            | FactKind::Month
            | FactKind::Day
            | FactKind::Century
            | FactKind::Magnitude => Some(self.value.abs()),
            FactKind::Decade => Some(self.value),
            FactKind::Clock => {
                let minutes = self.value.to_integer()?;
                (minutes % 60 == 0).then(|| Value::integer(minutes / 60))
            }
            FactKind::Weekday | FactKind::Score | FactKind::Unit | FactKind::Currency => None,
        }
    }
}

/// Numbers from here on are often told rounded.
fn is_large(value: Value) -> bool {
    value.to_f64() >= 100.0
}

fn same_kind(kind: FactKind, a: Value, b: Value) -> f32 {
    if a == b {
        return 1.0;
    }
    match kind {
        // "um 3" in the afternoon and 15:00.
        FactKind::Clock => {
            let apart = a.to_integer().zip(b.to_integer()).map_or(0, |(a, b)| (a - b).abs());
            if apart == 720 { 0.6 } else { 0.0 }
        }
        FactKind::Number if a.abs() == b.abs() => 0.8,
        FactKind::Number => rounded_agreement(a.abs(), b.abs()),
        _ => 0.0,
    }
}

/// Whether the number told with fewer digits is the other one rounded.
fn rounded_agreement(a: Value, b: Value) -> f32 {
    let (rough, exact) = if a.significant_digits() < b.significant_digits() { (a, b) } else { (b, a) };
    let digits = rough.significant_digits();
    if digits == exact.significant_digits() || !is_large(rough) || exact.rounded(digits) != rough {
        return 0.0;
    }
    match digits {
        1 => 0.3,
        2 => 0.6,
        _ => 0.8,
    }
}

fn between_kinds(a: FactKind, b: FactKind) -> f32 {
    use FactKind::{Century, Day, Decade, Magnitude, Month, Number, Ordinal, Year};
    let (a, b) = if a < b { (a, b) } else { (b, a) };
    match (a, b) {
        (Number, Year) => 0.9,
        (Ordinal, Day | Century) => 0.8,
        (Number, Ordinal) | (Year, Decade) => 0.7,
        (Number, Day | Century) => 0.6,
        (Number, Month | Magnitude | Decade) => 0.5,
        (Number, _) => 0.4,
        (Ordinal, Month) => 0.3,
        _ => 0.0,
    }
}

/// A fixed mixing function (the finaliser of `SplitMix64`), so that keys do not change from run to run.
fn hash(class: u64, value: Value) -> u64 {
    let mix = |mut x: u64| {
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    };
    let head = mix(class.wrapping_add(0x9e37_79b9_7f4a_7c15));
    let body = mix(head ^ value.mantissa().cast_unsigned());
    mix(body ^ u64::from(value.exponent().cast_unsigned()) ^ (u64::from(value.denominator()) << 16))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fact(kind: FactKind, value: i64) -> Fact {
        Fact { kind, value: Value::integer(value), tokens: 0..1 }
    }

    #[test]
    fn compatible_kinds_agree_in_part_and_share_a_key() {
        let number = fact(FactKind::Number, 19);
        for kind in [FactKind::Ordinal, FactKind::Day] {
            let other = fact(kind, 19);
            let agreement = number.agreement(&other);
            assert!(agreement > 0.0 && agreement < 1.0, "{kind:?}: {agreement}");
            assert!(number.keys().any(|key| other.keys().any(|theirs| key == theirs)));
            assert!((agreement - other.agreement(&number)).abs() < 1e-6);
        }
    }

    #[test]
    fn rounded_numbers_agree_in_part() {
        let (exact, rough) = (fact(FactKind::Number, 1_498_000), fact(FactKind::Number, 1_500_000));
        assert!(exact.agreement(&rough) > 0.5);
        assert!(exact.keys().any(|key| rough.keys().any(|theirs| key == theirs)));
        assert!(fact(FactKind::Number, 12).agreement(&fact(FactKind::Number, 10)) < 0.1);
    }

    #[test]
    fn units_do_not_agree_with_numbers() {
        let unit = Fact { kind: FactKind::Unit, value: Value::code("km"), tokens: 0..1 };
        let number = Fact { kind: FactKind::Number, ..unit.clone() };
        assert!(unit.agreement(&number) < 0.1);
        assert_ne!(Value::code("km"), Value::code("km2"));
    }
}
