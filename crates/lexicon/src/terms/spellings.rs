//! Numbers of the spellings that a reader has met.

use rustc_hash::FxHashMap;

/// What is met anew is numbered by whoever asks; a spelling that was met before is found with one look into memory if it is short, as
/// nearly all are.
#[derive(Debug, Default)]
pub(crate) struct Spellings {
    short: FxHashMap<(u64, u64), u32>,
    long: FxHashMap<Box<str>, u32>,
}

impl Spellings {
    /// The number of a spelling, if it was given one.
    pub(crate) fn get(&self, spelling: &str) -> Option<u32> {
        match packed(spelling) {
            Some(key) => self.short.get(&key).copied(),
            None => self.long.get(spelling).copied(),
        }
    }

    /// Gives a spelling a number.
    pub(crate) fn insert(&mut self, spelling: &str, number: u32) {
        match packed(spelling) {
            Some(key) => self.short.insert(key, number),
            None => self.long.insert(spelling.into(), number),
        };
    }

    pub(crate) fn clear(&mut self) {
        self.short.clear();
        self.long.clear();
    }
}

/// A spelling of up to 15 bytes as two numbers, its length in the last byte.
fn packed(spelling: &str) -> Option<(u64, u64)> {
    let mut bytes = [0_u8; 16];
    let length = spelling.len();
    if length >= bytes.len() {
        return None;
    }
    bytes[..length].copy_from_slice(spelling.as_bytes());
    bytes[15] = length as u8;
    let number = u128::from_le_bytes(bytes);
    Some((number as u64, (number >> 64) as u64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_any_length_have_their_own_numbers() {
        let met = [
            "",
            "\0",
            "\0\0",
            "a",
            "a\0",
            "nghiêng",
            "fünfzehn Bytes",
            "sechzehn Bytes!!",
            "ein langes Wort",
        ];
        let mut spellings = Spellings::default();
        for (number, spelling) in (0..).zip(met) {
            assert_eq!(spellings.get(spelling), None, "{spelling:?}");
            spellings.insert(spelling, number);
        }
        for (number, spelling) in (0..).zip(met) {
            assert_eq!(spellings.get(spelling), Some(number), "{spelling:?}");
        }
        spellings.clear();
        assert!(met.iter().all(|spelling| spellings.get(spelling).is_none()));
    }
}
