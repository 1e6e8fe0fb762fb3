//! Parts of a text of at most so many bytes, without tearing a character.

/// The longest start of `text` of at most `bytes` bytes.
pub(crate) fn prefix(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The longest end of `text` of at most `bytes` bytes.
pub(crate) fn suffix(text: &str, bytes: usize) -> &str {
    let mut start = text.len().saturating_sub(bytes);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_stay_whole() {
        assert_eq!((prefix("aäb", 2), prefix("aäb", 3), prefix("a", 9)), ("a", "aä", "a"));
        assert_eq!((suffix("aäb", 2), suffix("aäb", 3), suffix("a", 9)), ("b", "äb", "a"));
    }
}
