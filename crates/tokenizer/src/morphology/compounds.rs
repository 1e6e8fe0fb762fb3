//! German compounds cut into words of the lexicon, with linking elements, the cheapest way.

use std::sync::LazyLock;

use satzpaar_language::{Headword, PartOfSpeech};

use super::inflection::without_umlaut;
use super::tables::{BOUND_PARTS, LINKS, Link};
use super::{Forms, How, Reading, Vocabulary};

/// What a seam costs beside its linking element: a cut is only worth it where it explains more.
const SEAM: u16 = 6;
/// What a part costs that stands only in compounds.
const BOUND: u16 = 1;
/// How much dearer than the best a word may be and still be read for a part: Frau beside Frauen, suchen beside Suche.
const HARDLY_DEARER: u8 = 4;
/// The bytes of the shortest bound part (`ex`), of the shortest word that counts in a compound, of the longest linking element (`innen`).
const SHORTEST_BOUND: usize = 2;
const SHORTEST_STEM: usize = 3;
const LONGEST_ELEMENT: usize = 5;
/// Words longer than this are no German words; the work grows with the square of the length.
const LONGEST: usize = 80;
/// A way dearer than this for each of its parts is none.
const LIMIT: u16 = 11;

/// Extra cost of a part by its length in bytes: short words are met by chance everywhere.
const fn shortness(length: usize) -> u16 {
    match length {
        0..=3 => 8,
        4 => 2,
        _ => 0,
    }
}

/// The cheapest way to cover a word up to some byte, and where its last part begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell {
    cost: u16,
    from: usize,
    parts: u16,
}

impl Cell {
    const NONE: Self = Self { cost: u16::MAX, from: 0, parts: 0 };
}

/// The linking elements behind which the same letters of the dictionary form are lost: one look-up serves them all.
#[derive(Debug)]
struct LinkGroup {
    add: &'static str,
    umlaut: bool,
    links: Vec<Link>,
}

static GROUPS: LazyLock<Vec<LinkGroup>> = LazyLock::new(|| {
    let mut groups: Vec<LinkGroup> = Vec::new();
    for link in LINKS.iter() {
        match groups.iter_mut().find(|g| (g.add, g.umlaut) == (link.add, link.umlaut)) {
            Some(group) => group.links.push(*link),
            None => groups.push(LinkGroup { add: link.add, umlaut: link.umlaut, links: vec![*link] }),
        }
    }
    // Whether there is a noun in -e bears upon the others.
    groups.sort_by_key(|group| group.add != "e");
    groups
});

impl LinkGroup {
    /// Writes the dictionary form that a stem would have; false if German has no such form.
    fn write(&self, stem: &str, form: &mut String) -> bool {
        let last = stem.bytes().last().unwrap_or(b' ');
        let possible = match self.add.as_bytes() {
            [] => true,
            b"n" => matches!(last, b'e' | b'l' | b'r'),
            [vowel, ..] => last != *vowel,
        };
        if !possible {
            return false;
        }
        if self.umlaut {
            if !without_umlaut(stem, form) {
                return false;
            }
        } else {
            form.clear();
            form.push_str(stem);
        }
        form.push_str(self.add);
        true
    }
}

/// What it costs to begin a compound with a word of this kind; `None` if it cannot be.
const fn beginning(pos: PartOfSpeech) -> Option<u16> {
    use PartOfSpeech as P;
    match pos {
        P::Noun | P::Name | P::Numeral => Some(0),
        P::Adjective | P::Abbreviation => Some(1),
        P::Verb | P::Adverb | P::Preposition => Some(3),
        P::Conjunction | P::Particle | P::Pronoun => Some(8),
        P::Determiner | P::Interjection | P::Phrase => None,
    }
}

/// What it costs to end a compound with a form of this kind; `None` if it cannot be.
const fn ending(pos: PartOfSpeech, how: How, capital: bool) -> Option<u16> {
    use PartOfSpeech as P;
    let inflected = match how {
        How::Exact => 0,
        How::Inflected => 1,
        How::Finite if capital => return None,
        How::Finite => 3,
    };
    let kind = match (pos, capital) {
        (P::Noun, true) | (P::Adjective, false) => 0,
        (P::Verb, _) => 3,
        (P::Adjective, true) => 4,
        (P::Adverb, false) => 5,
        (P::Name, true) => 8,
        _ => return None,
    };
    Some(kind + inflected)
}

/// Cuts a folded word into at least two parts; fills `cells` by byte offset and says whether there is a way.
pub(super) fn split(
    vocabulary: &impl Vocabulary,
    key: &str,
    capital: bool,
    cells: &mut Vec<Cell>,
    scratch: &mut String,
) -> bool {
    cells.clear();
    cells.resize(key.len() + 1, Cell::NONE);
    if key.len() < 6 || key.len() > LONGEST || !key.chars().all(char::is_alphabetic) {
        return false;
    }
    cells[0].cost = 0;
    for from in 0..key.len() - 2 {
        // A way that is dearer than a whole one need not be gone on.
        if cells[from].cost >= cells[key.len()].cost {
            continue;
        }
        if from > 0 {
            last_part(vocabulary, key, from, capital, cells, scratch);
        }
        inner_parts(vocabulary, key, from, cells, scratch);
    }
    let end = cells[key.len()];
    end.cost != u16::MAX && end.cost <= LIMIT * end.parts
}

/// Calls `found(end, word, cost)` for every word that may begin `rest` and be followed by others; without a word for a bound part that
/// stands for none. If `wanted` is given, only what ends there counts.
fn first_words(
    vocabulary: &impl Vocabulary,
    rest: &str,
    wanted: Option<usize>,
    scratch: &mut String,
    found: &mut dyn FnMut(usize, Option<Headword>, u16),
) {
    for stem_end in SHORTEST_BOUND..=rest.len() {
        let Some(stem) = rest.get(..stem_end) else { continue };
        if wanted.is_none_or(|end| end == stem_end)
            && let Some(bound) = BOUND_PARTS.get(stem).filter(|bound| bound.first)
        {
            found(stem_end, None, BOUND);
            vocabulary.look_up(&bound.lemma, &mut |headword, _| found(stem_end, Some(headword), BOUND));
        }
        if stem_end < SHORTEST_STEM || wanted.is_some_and(|end| end > stem_end + LONGEST_ELEMENT) {
            continue;
        }
        let behind = &rest[stem_end..];
        let mut noun_in_e = false;
        for group in GROUPS.iter() {
            let stands = |link: &&Link| {
                behind.starts_with(link.element)
                    && wanted.is_none_or(|end| end == stem_end + link.element.len())
                    // Raten- is of Rate, if there is one, and never of Rat.
                    && !(noun_in_e && !link.umlaut && matches!(link.element, "en" | "e"))
                    // A noun in -e takes -n: Museen- is of no Muse.
                    && !(link.element == "en" && link.add.is_empty() && stem.ends_with('e'))
            };
            let watch_e = group.add == "e" && behind.starts_with('e');
            if !(watch_e || group.links.iter().any(|l| stands(&l))) || !group.write(stem, scratch) {
                continue;
            }
            let mut is_noun = false;
            vocabulary.look_up(scratch, &mut |headword, pos| {
                is_noun |= pos == PartOfSpeech::Noun;
                for link in group.links.iter().filter(stands) {
                    let kind = match link.pos {
                        None => beginning(pos),
                        Some(wanted) => (wanted == pos).then_some(0),
                    };
                    let end = stem_end + link.element.len();
                    if let Some(kind) = kind {
                        found(end, Some(headword), kind + link.cost + shortness(end));
                    }
                }
            });
            noun_in_e |= is_noun && group.add == "e";
        }
    }
}

/// The readings of a part which others follow: the cheapest words and those hardly dearer.
pub(super) fn read_part(
    vocabulary: &impl Vocabulary,
    part: &str,
    number: u8,
    scratch: &mut String,
    readings: &mut Vec<Reading>,
) {
    first_words(vocabulary, part, Some(part.len()), scratch, &mut |_, headword, cost| {
        if let Some(headword) = headword {
            readings.push(Reading { part: number, cost: cost as u8, headword });
        }
    });
    let Some(best) = readings.iter().map(|r| r.cost).min() else { return };
    readings.retain(|r| r.cost - best <= HARDLY_DEARER);
    for reading in readings.iter_mut() {
        reading.cost = (reading.cost - best).min(1);
    }
}

/// The parts that begin at `from` and have others behind them.
fn inner_parts(
    vocabulary: &impl Vocabulary,
    key: &str,
    from: usize,
    cells: &mut [Cell],
    scratch: &mut String,
) {
    let Cell { cost: before, parts, .. } = cells[from];
    let mut longest = key.len() - SHORTEST_STEM;
    while !key.is_char_boundary(longest) {
        longest -= 1;
    }
    let rest = key.get(from..longest).unwrap_or_default();
    first_words(vocabulary, rest, None, scratch, &mut |end, _, cost| {
        let cost = before + SEAM + cost;
        if let Some(cell) = cells.get_mut(from + end)
            && cost < cell.cost
        {
            *cell = Cell { cost, from, parts: parts + 1 };
        }
    });
}

/// The part from `from` to the end, which may be inflected.
fn last_part(
    vocabulary: &impl Vocabulary,
    key: &str,
    from: usize,
    capital: bool,
    cells: &mut [Cell],
    scratch: &mut String,
) {
    let Some(tail) = key.get(from..) else { return };
    let mut best: Option<u16> = None;
    Forms { vocabulary, key: tail, tail: true }.each(scratch, &mut |found| {
        if let Some(kind) = ending(found.pos, found.how, capital) {
            // A head is worth more evidence than what stands before it, so a short one is suspect twice.
            let length = found.length.min(tail.len());
            // Short names and short words by a far-fetched rule end half of all surnames.
            if length < 5 && (found.cost > 1 || found.pos == PartOfSpeech::Name) {
                return;
            }
            let cost = kind + 3 * u16::from(found.cost) + shortness(length) + shortness(length).min(2);
            best = Some(best.map_or(cost, |b| b.min(cost)));
        }
    });
    let Cell { cost: before, parts, .. } = cells[from];
    let end = &mut cells[key.len()];
    if let Some(best) = best
        && before + best < end.cost
    {
        *end = Cell { cost: before + best, from, parts: parts + 1 };
    }
}

/// Turns `cells` into the parts of a split word, from the first: where each begins and ends.
pub(super) fn parts(cells: &[Cell], length: usize, parts: &mut Vec<(usize, usize)>) {
    parts.clear();
    let mut end = length;
    while end > 0 {
        let from = cells[end].from;
        parts.push((from, end));
        end = from;
    }
    parts.reverse();
}
