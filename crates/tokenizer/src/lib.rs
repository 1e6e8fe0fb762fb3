//! German and Vietnamese text into tokens with byte spans.
//!
//! [`Tokenizer`] gives what the characters tell: German words as linguists count them, Vietnamese syllables.
//! [`WordSegmenter`] joins Vietnamese syllables into words. [`normal`] holds normal forms that lose no meaning.

mod address;
pub mod around;
mod facts;
mod german;
mod german_tokens;
pub mod morphology;
pub mod normal;
mod runs;
pub mod stops;
pub mod symbols;
mod tokenizer;
mod vietnamese;
mod vietnamese_tokens;
pub mod words;

pub use satzpaar_language::{Language, Span};
pub use tokenizer::Tokenizer;
pub use words::WordSegmenter;

/// What a token is, as far as its characters tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// A word, an abbreviation with its stop, a compound with hyphens; in Vietnamese a syllable or a word of several.
    Word,
    /// A number in digits, with its marks (`1.234,56`, `18.` as an ordinal, `3,5-fach` is a word).
    Number,
    /// A punctuation mark or a run of one mark.
    Punctuation,
    /// A symbol, an emoji, a currency or percent sign.
    Symbol,
    /// A web or mail address, a hashtag, an @-name.
    Address,
}

/// A token: where it stands in the text, in bytes, and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Token {
    /// Its bytes in the text that was tokenized.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
}

impl Token {
    /// Its characters, given the text that was tokenized.
    pub fn surface(self, text: &str) -> &str {
        self.span.of(text)
    }
}
