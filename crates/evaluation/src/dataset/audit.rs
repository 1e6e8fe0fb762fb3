//! People judge a sample of a dataset; their judgements say how much of it is right.
//!
//! [`sample`] draws pairs evenly from strata of scores, [`write_sheet`] makes the sheet to fill in, [`read_sheets`] reads it back from
//! several annotators, [`audit`] computes the figures and [`record`] writes them into the dataset's folder.

pub mod agreement;
mod estimate;
mod folder;
mod sheet;
mod summary;

use std::collections::HashMap;

use sha2::{Digest as _, Sha256};

use super::rows::PairRow;
use crate::EvaluationError;

pub use estimate::stratified;
pub use folder::record;
pub use sheet::{Judgement, Mark, Sheet, SheetFormat, read_sheets, write_sheet};
pub use summary::{Agreement, Annotator, Audit, JudgedPair, Stratum, audit};

/// What an annotator has to know: Markdown, to stand beside the sheet.
pub const INSTRUCTIONS: &str = include_str!("audit/instructions.md");

/// Finds rows by their ids.
///
/// # Errors
/// A row without an id, or an id that stands in two rows.
pub fn ids(rows: &[PairRow]) -> Result<HashMap<&str, usize>, EvaluationError> {
    let mut found: HashMap<&str, usize> = HashMap::with_capacity(rows.len());
    for (i, row) in rows.iter().enumerate() {
        let Some(id) = row.id.as_deref() else {
            let message = "no id; an audit needs a dataset's folder as `satzpaar dataset` writes it";
            return Err(EvaluationError::line(&row.file, row.line, message));
        };
        if let Some(first) = found.insert(id, i) {
            let (file, line) = (&rows[first].file, rows[first].line);
            let message = format!("the id '{id}' stands in {file}:{line} already; write the dataset anew");
            return Err(EvaluationError::line(&row.file, row.line, message));
        }
    }
    Ok(found)
}

/// The stratum of each row, 0 for the least sure: `number` strata by score with as many rows each (a row more in some if that does not
/// come out even). Rows of equal score are told apart by their order.
pub fn strata(rows: &[PairRow], number: usize) -> Vec<usize> {
    let number = number.clamp(1, rows.len().max(1));
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by(|&a, &b| rows[a].pair.score.total_cmp(&rows[b].pair.score).then(a.cmp(&b)));
    let mut of = vec![0; rows.len()];
    for (place, i) in order.into_iter().enumerate() {
        of[i] = place * number / rows.len();
    }
    of
}

/// Draws `size` rows, as many from each stratum (the first ones get what does not come out even), all if there are not more. In each
/// stratum those are drawn whose SHA-256 of `seed`, a tab and the id is smallest: anyone can draw them again, and rows that are added
/// to a dataset change little. Gives indexes in an order that says nothing about the score.
pub fn sample(rows: &[PairRow], size: usize, number: usize, seed: u64) -> Vec<usize> {
    let number = number.clamp(1, size.clamp(1, rows.len().max(1)));
    let of = strata(rows, number);
    let mut keyed: Vec<(Vec<u8>, usize)> = rows
        .iter()
        .enumerate()
        .map(|(i, row)| {
            let id = row.id.as_deref().unwrap_or_default();
            (Sha256::digest(format!("{seed}\t{id}")).to_vec(), i)
        })
        .collect();
    keyed.sort();
    let mut left: Vec<usize> =
        (0..number).map(|stratum| size / number + usize::from(stratum < size % number)).collect();
    keyed.retain(|(_, i)| {
        let left = &mut left[of[*i]];
        let drawn = *left > 0;
        *left = left.saturating_sub(1);
        drawn
    });
    keyed.into_iter().map(|(_, i)| i).collect()
}

#[cfg(test)]
mod tests;
