//! German compounds cut into words of the lexicon, with linking elements, the cheapest way.

use satzpaar_language::PartOfSpeech;

use super::tables::{LINKS, Link};
use super::{Vocabulary, inflection};

/// What a seam costs beside its linking element: a cut is only worth it where it explains more.
const SEAM: u16 = 3;
/// Extra cost of a part by its length in bytes: short words are met by chance everywhere.
const fn shortness(length: usize) -> u16 {
    match length {
        0..=2 => u16::MAX / 4,
        3 => 4,
        4 => 1,
        _ => 0,
    }
}

/// The cheapest way to cover a word up to some byte: where the last part begins, with which linking element it ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell {
    cost: u16,
    from: usize,
    link: Option<&'static Link>,
}

impl Cell {
    const NONE: Self = Self { cost: u16::MAX, from: 0, link: None };

    /// Writes the dictionary form of the part that this cell ends into `form`.
    pub(super) fn dictionary_form(&self, part: &str, form: &mut String) {
        form.clear();
        if let Some(link) = self.link {
            form.push_str(part.strip_suffix(link.element).unwrap_or(part));
            form.push_str(link.add);
        } else {
            form.push_str(part);
        }
    }
}

const fn can_begin(pos: PartOfSpeech) -> bool {
    !matches!(pos, PartOfSpeech::Determiner | PartOfSpeech::Pronoun | PartOfSpeech::Interjection)
}

const fn can_end(pos: PartOfSpeech) -> bool {
    matches!(pos, PartOfSpeech::Noun | PartOfSpeech::Adjective | PartOfSpeech::Verb | PartOfSpeech::Name)
}

/// Cuts a folded word into at least two parts; fills `cells` by byte offset and says whether there is a way.
pub(super) fn split(
    vocabulary: &impl Vocabulary,
    key: &str,
    cells: &mut Vec<Cell>,
    scratch: &mut String,
) -> bool {
    cells.clear();
    cells.resize(key.len() + 1, Cell::NONE);
    if key.len() < 7 || key.len() > 80 || !key.chars().all(char::is_alphabetic) {
        return false;
    }
    cells[0].cost = 0;
    for end in 3..key.len() {
        if !key.is_char_boundary(end) {
            continue;
        }
        for from in 0..end.saturating_sub(2) {
            if cells[from].cost == u16::MAX || !key.is_char_boundary(from) {
                continue;
            }
            let part = &key[from..end];
            for link in LINKS.iter() {
                let Some(stem) = part.strip_suffix(link.element) else { continue };
                let cost = cells[from].cost + SEAM + link.cost + shortness(stem.len());
                if stem.len() < 3 || cost >= cells[end].cost {
                    continue;
                }
                scratch.clear();
                scratch.push_str(stem);
                scratch.push_str(link.add);
                // What a part loses in the compound is a noun's or a verb's ending, never a preposition's.
                let wanted: fn(PartOfSpeech) -> bool =
                    if link.element.is_empty() && link.add.is_empty() { can_begin } else { can_end };
                if vocabulary.has(scratch, wanted) {
                    cells[end] = Cell { cost, from, link: Some(link) };
                }
            }
        }
    }
    // The last part may be inflected.
    for from in 3..key.len().saturating_sub(2) {
        if cells[from].cost == u16::MAX || !key.is_char_boundary(from) {
            continue;
        }
        let tail = &key[from..];
        let mut cost = if vocabulary.has(tail, can_end) { Some(0) } else { None };
        inflection::candidates(tail, scratch, &mut |candidate, pos, extra| {
            let extra = u16::from(extra) * 2;
            if can_end(pos) && cost.is_none_or(|c| extra < c) && vocabulary.has(candidate, can_end) {
                cost = Some(extra);
            }
        });
        if let Some(extra) = cost {
            let total = cells[from].cost + extra + shortness(tail.len());
            if total < cells[key.len()].cost {
                cells[key.len()] = Cell { cost: total, from, link: None };
            }
        }
    }
    cells[key.len()].cost < u16::MAX / 8
}

/// The parts of a split word, from the first: start, end, and the cell that says how each ends.
pub(super) fn parts(cells: &[Cell], length: usize) -> Vec<(usize, usize, Cell)> {
    let mut parts = Vec::new();
    let mut end = length;
    while end > 0 {
        let cell = cells[end];
        parts.push((cell.from, end, cell));
        end = cell.from;
    }
    parts.reverse();
    parts
}
