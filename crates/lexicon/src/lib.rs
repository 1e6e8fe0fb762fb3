//! What translates what between German and Vietnamese: words, numbers, dates, names.

pub mod adapting;
pub mod coverage;
pub mod facts;
pub mod learning;
mod lexicon;
pub mod names;
pub mod terms;

pub use lexicon::{Lexicon, LexiconError};
pub use satzpaar_language::{Equivalent, Headword, Language, PartOfSpeech, ShortSpan, Span};
