//! A second pass with the words that the first one brought to light (`--adapt`).

use anyhow::{Context, Result};
use satzpaar_lexicon::Lexicon;
use satzpaar_lexicon::adapting::{adapt, entries};

use crate::progress::Reporter;

/// Words are learned from pairs of single sentences with at least this score.
pub(crate) const SURE: f64 = 0.9;

/// The lexicon with what these pairs teach about words that it does not have; `None` if that is nothing.
pub(crate) fn extended(
    lexicon: &Lexicon,
    pairs: &[(String, String)],
    say: &Reporter,
) -> Result<Option<Lexicon>> {
    let learned = adapt(lexicon, pairs);
    say.note(&format!("{} words learned from {} sure pairs", learned.len(), pairs.len()));
    if learned.is_empty() {
        return Ok(None);
    }
    let mut lexicon = lexicon.clone();
    lexicon.add_text(&entries(&learned)).context("the words that were learned")?;
    Ok(Some(lexicon))
}
