//! Byte spans into a text.

use std::ops::Range;

/// A byte range `start..end` into the original text, on character boundaries, `start <= end`.
///
/// Unlike [`Range`] it is `Copy` and ordered (by start, then end), as spans are passed and sorted everywhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span `start..end`, in bytes.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Its length in bytes.
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether it holds no byte.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// The text that it covers; empty if it does not fit `text` (out of range, or not on character boundaries).
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// The same span moved right by `bytes`, as when a part's spans are told in the whole.
    #[must_use]
    pub const fn shifted(self, bytes: usize) -> Self {
        Self { start: self.start + bytes, end: self.end + bytes }
    }

    /// The span without white space at both of its ends.
    #[must_use]
    pub fn trimmed(self, text: &str) -> Self {
        let covered = self.of(text);
        let start = self.start + (covered.len() - covered.trim_start().len());
        Self { start, end: start + covered.trim().len() }
    }

    /// As a standard range, for slicing.
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

/// A span into one sentence, in half the memory: for what is kept by the million.
///
/// A sentence of more than 4 GB has no such spans: what lies beyond is told as empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ShortSpan {
    start: u32,
    end: u32,
}

impl ShortSpan {
    /// The span itself.
    pub const fn span(self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }
}

impl From<Span> for ShortSpan {
    fn from(span: Span) -> Self {
        match (u32::try_from(span.start), u32::try_from(span.end)) {
            (Ok(start), Ok(end)) => Self { start, end },
            _ => Self { start: u32::MAX, end: u32::MAX },
        }
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self { start: range.start, end: range.end }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trimmed_keeps_the_text_between_white_space() {
        let text = "ab  cd  ";
        assert_eq!(Span::new(2, 8).trimmed(text), Span::new(4, 6));
        assert_eq!(Span::new(2, 4).trimmed(text).len(), 0);
    }

    #[test]
    fn a_span_that_does_not_fit_covers_nothing() {
        assert_eq!(Span::new(1, 9).of("ä"), "");
        let far = u32::MAX as usize + 5;
        assert_eq!(ShortSpan::from(Span::new(2, far)).span().of("abcdef"), "");
    }

    #[test]
    fn a_short_span_is_the_same_span() {
        assert_eq!(ShortSpan::from(Span::new(3, 7)).span(), Span::new(3, 7));
    }
}
