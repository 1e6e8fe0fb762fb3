//! The form in which lines are compared with patterns, with the way back to the original's bytes.

use std::borrow::Cow;

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// A short text in NFC, without zero-width and soft-hyphen characters, with plain spaces.
pub(super) struct Folded<'a> {
    text: Cow<'a, str>,
    /// For each byte of `text`, and for its end, where it stood in the original; nothing if both are the same.
    places: Option<Vec<usize>>,
}

impl<'a> Folded<'a> {
    pub(super) fn new(original: &'a str) -> Self {
        let plain = original.is_ascii()
            || (!original.contains(is_changed) && is_nfc_quick(original.chars()) == IsNormalized::Yes);
        if plain {
            return Self { text: Cow::Borrowed(original), places: None };
        }
        let mut text = String::with_capacity(original.len());
        let mut places = Vec::with_capacity(original.len() + 1);
        let mut rest = original;
        while !rest.is_empty() {
            let start = original.len() - rest.len();
            // A base character with its marks.
            let next = rest.char_indices().skip(1).find(|&(_, c)| canonical_combining_class(c) == 0);
            let end = next.map_or(rest.len(), |(i, _)| i);
            for c in rest[..end].nfc().filter(|&c| !is_dropped(c)) {
                text.push(if is_space(c) { ' ' } else { c });
                places.resize(text.len(), start);
            }
            rest = &rest[end..];
        }
        places.push(original.len());
        Self { text: Cow::Owned(text), places: Some(places) }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Where byte `place` of [`text`](Self::text) stood in the original.
    pub(super) fn original(&self, place: usize) -> usize {
        match &self.places {
            None => place,
            Some(places) => places.get(place).or(places.last()).copied().unwrap_or(place),
        }
    }
}

/// Zero-width characters, soft hyphens and byte-order marks.
fn is_dropped(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

fn is_space(c: char) -> bool {
    c == '\t' || (c.is_whitespace() && !c.is_ascii())
}

fn is_changed(c: char) -> bool {
    is_dropped(c) || is_space(c)
}

/// Nothing to see: white space, or what [`Folded`] drops.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || is_dropped(c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn decomposed_text_is_found_again() {
        let original = "Bi\u{300}nh lua\u{323}\u{302}n\u{AD}\u{A0}(0)X";
        let folded = Folded::new(original);
        assert_eq!(folded.text(), "Bình luận (0)X");
        let end = folded.text().find('X').unwrap();
        assert_eq!(&original[folded.original(end)..], "X");
        assert_eq!(folded.original(folded.text().len()), original.len());
    }

    proptest! {
        #[test]
        fn places_are_in_order_and_on_boundaries(original in "[a-zđ\u{300}\u{323}\u{AD}\u{200B}\u{A0}ệ한가]{0,12}|\\PC*") {
            let folded = Folded::new(&original);
            let mut last = 0;
            for (place, _) in folded.text().char_indices().chain([(folded.text().len(), ' ')]) {
                let found = folded.original(place);
                prop_assert!(found >= last && original.is_char_boundary(found));
                last = found;
            }
        }
    }
}
