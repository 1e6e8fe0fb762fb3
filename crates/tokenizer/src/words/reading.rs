//! Tokens in runs of syllables that words may be made of, and how each syllable is written.

use super::features::Shape;
use crate::{Token, TokenKind};

/// What [`read`] tells of a text.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Reading {
    /// The token of this number goes on with the run.
    Syllable(usize, Shape),
    /// The run, if there is one, ends.
    End,
    /// The token of this number is no syllable.
    Other(usize),
}

/// Reads the tokens of `text`, as [`Tokenizer`](crate::Tokenizer) gives them, from start to end.
pub(crate) fn read(text: &str, tokens: &[Token], mut each: impl FnMut(Reading)) {
    let mut first = true;
    for (i, token) in tokens.iter().enumerate() {
        let surface = token.surface(text);
        let joins = matches!(token.kind, TokenKind::Word | TokenKind::Number);
        // Words do not reach over a line's end or over the layout of a table.
        let near = i > 0 && &text[tokens[i - 1].span.end..token.span.start] == " ";
        if !joins || !near {
            each(Reading::End);
        }
        if !joins {
            each(Reading::Other(i));
            first |= surface.starts_with(['.', '!', '?', '…', ':', '"', '“', '”', '-', '–', '(', '•']);
            continue;
        }
        each(Reading::Syllable(i, shape(surface, token.kind, first)));
        first = false;
        if surface.ends_with('.') {
            // An abbreviation with its stop joins nothing.
            each(Reading::End);
        }
    }
    each(Reading::End);
}

/// Bytes of the sign of percent that ends a number (`12,5%`).
pub(crate) fn percent(surface: &str) -> usize {
    usize::from(surface.len() > 1 && surface.ends_with('%'))
}

fn shape(surface: &str, kind: TokenKind, first: bool) -> Shape {
    let capital = surface.starts_with(char::is_uppercase);
    if kind == TokenKind::Number {
        Shape::Number
    } else if surface.contains(['-', '.']) {
        if capital { Shape::MarkedCapital } else { Shape::Marked }
    } else if surface.bytes().any(|b| b.is_ascii_digit()) {
        Shape::Digits
    } else if !capital {
        Shape::Lower
    } else if surface.chars().nth(1).is_some() && surface.chars().all(char::is_uppercase) {
        Shape::Upper
    } else if first {
        Shape::First
    } else {
        Shape::Capital
    }
}
