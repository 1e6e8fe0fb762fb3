//! German and Vietnamese text into sentences with byte spans.

mod clauses;
mod lines;
mod marks;
mod reader;
mod splitter;

pub use clauses::clauses;
pub use reader::{ReadError, Sentence, SplitReader};
pub use satzpaar_language::{Language, Span};
pub use splitter::{LineBreaks, Sentences, Splitter};
