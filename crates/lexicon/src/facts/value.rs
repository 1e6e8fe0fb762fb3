//! The exact value of a fact, in one normal form: decimal mantissa, power of ten, and a denominator for thirds and sevenths.

/// An exact rational number `mantissa · 10^exponent / denominator` in its only normal form: the mantissa is no multiple of
/// ten, the denominator shares no factor with ten or with the mantissa. So `1.500.000`, `1,5 Mio.` and `1.5 triệu` are equal,
/// hash alike, and a third is exactly a third.
///
/// The order is a fixed one for sorting and is not the order of size; see [`Value::to_f64`] for that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Value {
    mantissa: i64,
    exponent: i16,
    denominator: u32,
}

impl Value {
    /// The value nought.
    pub const ZERO: Self = Self { mantissa: 0, exponent: 0, denominator: 1 };

    /// A whole number.
    pub fn integer(value: i64) -> Self {
        Self::decimal(value, 0)
    }

    /// `mantissa · 10^exponent`.
    pub fn decimal(mantissa: i64, exponent: i16) -> Self {
        let mut value = Self { mantissa, exponent, denominator: 1 };
        if mantissa == 0 {
            return Self::ZERO;
        }
        while value.mantissa % 10 == 0 {
            value.mantissa /= 10;
            value.exponent = value.exponent.saturating_add(1);
        }
        value
    }

    /// `numerator / denominator`; `None` for a denominator of nought, or one beyond what can be told exactly.
    pub fn fraction(numerator: i64, denominator: u32) -> Option<Self> {
        if denominator == 0 {
            return None;
        }
        if numerator == 0 {
            return Some(Self::ZERO);
        }
        let mut mantissa = numerator;
        let mut rest = i64::from(denominator);
        let mut exponent = 0;
        let shared = gcd(mantissa.unsigned_abs(), u64::from(denominator)).cast_signed();
        mantissa /= shared;
        rest /= shared;
        // A factor two below the line is a five above it and a tenth, and the other way round.
        for (factor, other) in [(2, 5), (5, 2)] {
            while rest % factor == 0 {
                rest /= factor;
                mantissa = mantissa.checked_mul(other)?;
                exponent -= 1;
            }
        }
        let mut value = Self::decimal(mantissa, exponent);
        value.denominator = u32::try_from(rest).ok()?;
        Some(value)
    }

    /// A short name (unit, currency) as a value: its first 12 letters, digits and signs, lower case.
    ///
    /// Names that differ in their first 12 bytes give different values.
    pub fn code(name: &str) -> Self {
        let packed = name.bytes().take(12).fold(0_i64, |packed, byte| {
            let letter = match byte {
                b'a'..=b'z' => byte - b'a' + 1,
                b'A'..=b'Z' => byte - b'A' + 1,
                b'2' => 27,
                b'3' => 28,
                b'/' => 29,
                _ => 30,
            };
            (packed << 5) | i64::from(letter)
        });
        Self { mantissa: packed, exponent: 0, denominator: 1 }
    }

    /// Appends the short name that [`Value::code`] packed, in small letters, to `out`.
    pub fn code_name(self, out: &mut String) {
        for position in (0..12).rev() {
            match (self.mantissa >> (5 * position)) & 31 {
                0 => {}
                letter @ 1..=26 => out.push(char::from(b'a' + (letter - 1) as u8)),
                27 => out.push('2'),
                28 => out.push('3'),
                29 => out.push('/'),
                _ => out.push('?'),
            }
        }
    }

    /// The decimal mantissa, no multiple of ten.
    pub const fn mantissa(self) -> i64 {
        self.mantissa
    }

    /// The power of ten.
    pub const fn exponent(self) -> i16 {
        self.exponent
    }

    /// The denominator; one for all that ends as a decimal.
    pub const fn denominator(self) -> u32 {
        self.denominator
    }

    /// The whole number that it is, if it is one below 2^63.
    pub fn to_integer(self) -> Option<i64> {
        if self.denominator != 1 || self.exponent < 0 {
            return None;
        }
        self.mantissa.checked_mul(10_i64.checked_pow(u32::try_from(self.exponent).ok()?)?)
    }

    /// The nearest float.
    pub fn to_f64(self) -> f64 {
        self.mantissa as f64 * 10_f64.powi(i32::from(self.exponent)) / f64::from(self.denominator)
    }

    /// Its size without its sign.
    #[must_use]
    pub fn abs(self) -> Self {
        Self { mantissa: self.mantissa.saturating_abs(), ..self }
    }

    /// With the other sign.
    #[must_use]
    pub fn negated(self) -> Self {
        Self { mantissa: self.mantissa.saturating_neg(), ..self }
    }

    /// Times `10^power`.
    #[must_use]
    pub fn times_power(self, power: i16) -> Self {
        if self.mantissa == 0 {
            return self;
        }
        Self { exponent: self.exponent.saturating_add(power), ..self }
    }

    /// Times a whole number; `None` if the result cannot be told exactly.
    pub fn times(self, factor: i64) -> Option<Self> {
        let reduced = Self::fraction(factor, self.denominator)?;
        let product = self.mantissa.checked_mul(reduced.mantissa)?;
        let exponent = self.exponent.checked_add(reduced.exponent)?;
        Some(Self { denominator: reduced.denominator, ..Self::decimal(product, exponent) })
    }

    /// The sum; `None` if it cannot be told exactly.
    pub fn plus(self, other: Self) -> Option<Self> {
        if self.mantissa == 0 {
            return Some(other);
        }
        if other.mantissa == 0 {
            return Some(self);
        }
        let exponent = self.exponent.min(other.exponent);
        let scaled = |value: Self, times: u32| {
            let shift = u32::try_from(i32::from(value.exponent) - i32::from(exponent)).ok()?;
            value.mantissa.checked_mul(10_i64.checked_pow(shift)?)?.checked_mul(i64::from(times))
        };
        let sum = scaled(self, other.denominator)?.checked_add(scaled(other, self.denominator)?)?;
        let denominator = self.denominator.checked_mul(other.denominator)?;
        let value = Self::fraction(sum, denominator)?;
        Some(value.times_power(exponent))
    }

    /// How many digits the mantissa has: how exactly the number is told.
    pub fn significant_digits(self) -> u32 {
        self.mantissa.unsigned_abs().checked_ilog10().map_or(1, |log| log + 1)
    }

    /// Rounded (half up, away from nought) to `digits` significant digits. Fractions that do not end stay as they are.
    #[must_use]
    pub fn rounded(self, digits: u32) -> Self {
        let surplus = self.significant_digits().saturating_sub(digits.max(1));
        if surplus == 0 || self.denominator != 1 {
            return self;
        }
        let unit = 10_i64.pow(surplus.min(18));
        let half = if self.mantissa < 0 { -(unit / 2) } else { unit / 2 };
        let kept = self.mantissa.saturating_add(half) / unit;
        Self::decimal(kept, self.exponent.saturating_add(surplus as i16))
    }
}

fn gcd(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_number_has_one_form() {
        assert_eq!(Value::decimal(15, 8), Value::integer(1_500_000_000));
        assert_eq!(Value::fraction(1, 4), Some(Value::decimal(25, -2)));
        assert_eq!(Value::fraction(2, 6), Value::fraction(1, 3));
        assert_eq!(Value::fraction(10, 3).map(Value::exponent), Some(1));
        assert_eq!(Value::decimal(0, 5), Value::ZERO);
        assert_eq!(Value::fraction(1, 0), None);
    }

    #[test]
    fn sums_and_products_are_exact() {
        let third = Value::fraction(1, 3).expect("a third");
        assert_eq!(third.times(3), Some(Value::integer(1)));
        assert_eq!(third.plus(third), Value::fraction(2, 3));
        assert_eq!(Value::integer(2).plus(Value::decimal(5, -1)), Some(Value::decimal(25, -1)));
    }

    #[test]
    fn rounding_goes_half_up() {
        assert_eq!(Value::integer(1_498_000).rounded(2), Value::integer(1_500_000));
        assert_eq!(Value::integer(-1_449).rounded(2), Value::integer(-1_400));
        assert_eq!(Value::integer(7).rounded(2), Value::integer(7));
    }

    #[test]
    fn codes_keep_their_names() {
        let mut name = String::new();
        Value::code("km2").code_name(&mut name);
        assert_eq!(name, "km2");
    }

    proptest! {
        #[test]
        fn no_value_panics(m in any::<i64>(), e in any::<i16>(), d in any::<u32>(), f in any::<i64>(), digits in any::<u32>()) {
            let value = Value::decimal(m, e);
            let _ = (value.times(f), value.rounded(digits), value.to_integer(), value.to_f64(), value.abs());
            if let Some(fraction) = Value::fraction(m, d) {
                let _ = (fraction.plus(value), value.plus(fraction), fraction.times(f), fraction.rounded(digits));
            }
        }

        #[test]
        fn integers_come_back(value in -1_000_000_000_000_000_000_i64..1_000_000_000_000_000_000) {
            prop_assert_eq!(Value::integer(value).to_integer(), Some(value));
        }
    }
}
