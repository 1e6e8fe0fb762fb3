//! Roman numerals of congresses, centuries and rulers.

/// The number of a Roman numeral in capitals up to 39; `None` for anything else (`MIX`, `IIII`, `CD`, `XL`).
///
/// Larger ones are not met in news, and their letters (L, C, D, M) make abbreviations.
pub(super) fn roman(word: &str) -> Option<i64> {
    let (tens, rest) = take(word, 'X', 3)?;
    let (unit, rest) = match rest {
        "IX" => (9, ""),
        "IV" => (4, ""),
        _ => {
            let (fives, rest) = take(rest, 'V', 1)?;
            let (ones, rest) = take(rest, 'I', 3)?;
            (5 * fives + ones, rest)
        }
    };
    let value = 10 * tens + unit;
    (rest.is_empty() && value > 0).then_some(value)
}

fn take(word: &str, letter: char, most: i64) -> Option<(i64, &str)> {
    let rest = word.trim_start_matches(letter);
    let count = (word.len() - rest.len()) as i64;
    (count <= most).then_some((count, rest))
}

#[cfg(test)]
mod tests {
    use super::roman;

    #[test]
    fn numerals_are_read_and_words_are_not() {
        for (word, value) in
            [("I", 1), ("IV", 4), ("VIII", 8), ("XIII", 13), ("XIX", 19), ("XXI", 21), ("XXXIX", 39)]
        {
            assert_eq!(roman(word), Some(value), "{word}");
        }
        for word in ["", "IIII", "VV", "IVX", "MIX", "XL", "CD", "iv", "VIP", "XXXX"] {
            assert_eq!(roman(word), None, "{word}");
        }
    }
}
