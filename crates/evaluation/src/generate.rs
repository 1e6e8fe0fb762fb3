//! Reports and sentences made from templates of our own, with gold: text of any size for measuring speed, and for scoring what comes out.
//!
//! [`GeneratedReports`] gives German and Vietnamese reports: three in ten are translations of each other, four tell the same event each in
//! its own way (order, what is left out, what is added, sentences joined), one has a near-neighbour on the other side (same kind of event in the
//! same words, other numbers, places and persons), two have nothing. [`generate_lines`] gives two texts with a sentence a line and their ladder.
//! Templates and words stand in `data/generated/`; names of places, persons and companies are put together from parts. The same seed gives
//! the same bytes everywhere. The sentences are easier than news: true translations with few words that the lexicon lacks.

mod event;
mod lines;
mod random;
mod reports;
mod slots;
mod tables;

pub use lines::{GeneratedLines, generate_lines};
pub use reports::{GeneratedReport, GeneratedReports, GeneratedSegment};
