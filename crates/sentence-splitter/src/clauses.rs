//! The parts of a very long official sentence.

use crate::{Language, Span};

/// Shorter sentences (in bytes) are not parted: German, Vietnamese (whose letters take more bytes).
const LONG: [usize; 2] = [240, 260];
/// A part has at least so many bytes, so that it says something of its own.
const PART: usize = 40;

/// The parts of `sentence` that semicolons part, if it is long;
/// else the one span of the whole. Spans are bytes of `sentence`, trimmed, with nothing but white space between them; each
/// part keeps the mark that ends it. An empty or white sentence gives none.
///
/// Official sentences list what was agreed („…; die Zusammenarbeit zu vertiefen; …“), and the other language often gives each
/// item a sentence of its own.
///
/// ```
/// use satzpaar_sentence_splitter::{Language, clauses};
///
/// assert_eq!(clauses("Kurz; knapp.", Language::German).len(), 1);
/// ```
pub fn clauses(sentence: &str, language: Language) -> Vec<Span> {
    let whole = Span::new(0, sentence.len()).trimmed(sentence);
    if whole.is_empty() {
        return Vec::new();
    }
    let long = LONG[usize::from(language == Language::Vietnamese)];
    if whole.len() < long {
        return vec![whole];
    }
    let mut parts = Vec::new();
    let mut start = whole.start;
    let mut depth = 0_u32;
    for (i, c) in whole.of(sentence).char_indices() {
        let end = whole.start + i + c.len_utf8();
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            // A semicolon in brackets parts references, not clauses.
            ';' | '；' if depth == 0 && sentence[end..].starts_with(char::is_whitespace) => {
                let enough = end - start >= PART && whole.end - end >= PART;
                if enough {
                    parts.push(Span::new(start, end).trimmed(sentence));
                    start = end;
                }
            }
            _ => {}
        }
    }
    parts.push(Span::new(start, whole.end).trimmed(sentence));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_official_sentence_is_parted_at_its_semicolons() {
        let sentence = "Beide Seiten vereinbarten, den Austausch von Delegationen auf allen Ebenen zu verstärken; die Zusammenarbeit \
            in Handel, Energie und Bildung (siehe Anlage 2; auch Anlage 3) auszubauen; die Verbindungen zwischen den Städten \
            zu fördern, und sich in den internationalen Gremien eng abzustimmen.";
        let parts = clauses(sentence, Language::German);
        assert_eq!(parts.len(), 3);
        assert!(
            parts[1].of(sentence).starts_with("die Zusammenarbeit")
                && parts[1].of(sentence).ends_with("auszubauen;")
        );
    }

    #[test]
    fn short_sentences_stay_whole() {
        assert_eq!(clauses(" Er kam; sie ging. ", Language::German), [Span::new(1, 18)]);
        assert!(clauses("  ", Language::German).is_empty());
    }
}
