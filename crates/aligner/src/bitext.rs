//! The two sides of one alignment, laid out so that any span of German sentences can be held against any span of Vietnamese ones.
//!
//! Nothing is looked up while beads are scored: each distinct German term knows beforehand where on the Vietnamese side its answers
//! stand, sorted by sentence.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use satzpaar_lexicon::names::{NAME_THRESHOLD, name_similarity};
use satzpaar_lexicon::terms::{FULL, GermanTerms, Key, Target, Term, TermKind, VietnameseTerms};

use crate::weights::Weights;

/// How many words of ordinary text the lexicon's frequencies count for beside the text's own counts.
const PRIOR_WORDS: f32 = 250.0;
/// Units of a usual sentence.
const USUAL_UNITS: f32 = 20.0;
/// No find is taken for rarer than this: text repeats itself more than frequencies tell.
const LEAST_RATE: f32 = 2e-5;

/// A distinct German term, everything about it that scoring needs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TermType {
    pub(crate) kind: TermKind,
    /// Where its answers stand in [`Bitext::hits`].
    pub(crate) hits: (u32, u32),
    /// Natural log of how often a Vietnamese unit answers it in full.
    ln_rate: f32,
    /// The same in full or in part.
    ln_loose_rate: f32,
}

impl TermType {
    /// What an answer to it is worth before the lengths are counted, in nats.
    pub(crate) fn rarity(&self, strength: f32, weights: &Weights) -> f32 {
        strength * (weights.german_found[self.kind as usize].ln() - self.ln_chance(strength))
    }

    /// Natural log of how often a Vietnamese unit answers it at least so well.
    pub(crate) fn ln_chance(&self, strength: f32) -> f32 {
        if strength >= FULL { self.ln_rate } else { self.ln_loose_rate }
    }
}

/// One place on the Vietnamese side that answers a German term.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    pub(crate) sentence: u32,
    /// First syllable, counted over the whole side.
    pub(crate) first: u32,
    /// How many syllables.
    pub(crate) length: u16,
    pub(crate) strength: f32,
    /// What explaining these syllables is worth on the Vietnamese side, before the German length is counted.
    pub(crate) worth: f32,
    /// How many units they are (a part of one counts in part).
    pub(crate) units: f32,
}

/// What one sentence costs if nothing in it is answered, and how much there is to answer.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Burden {
    /// Sum of the logs of missing, not above 0.
    pub(crate) missing: f32,
    /// How many terms or units carry meaning.
    pub(crate) content: f32,
    pub(crate) characters: f32,
}

/// The two sides of one alignment.
#[derive(Debug)]
pub struct Bitext {
    pub(crate) types: Vec<TermType>,
    pub(crate) hits: Vec<Hit>,
    /// The type of each German term, sentence by sentence.
    pub(crate) terms: Vec<u32>,
    /// Where each German sentence begins in `terms`, and the end.
    pub(crate) term_offsets: Vec<u32>,
    /// Where each Vietnamese sentence's syllables begin, and the end.
    pub(crate) syllable_offsets: Vec<u32>,
    /// The burden of each sentence.
    german: Vec<Burden>,
    vietnamese: Vec<Burden>,
}

/// A Vietnamese unit's share in the evidence: its log of being explained against chance, its log of missing.
fn found_and_missing(found: f32, kind: TermKind) -> Option<(f32, f32)> {
    (!speaks_only_for(kind)).then(|| (found.ln(), (1.0 - found).ln()))
}

/// Whether finding such a term speaks for a pair, but missing it not against: grammar is said in other ways, unknown words at all.
pub(crate) const fn speaks_only_for(kind: TermKind) -> bool {
    matches!(kind, TermKind::Function | TermKind::Unknown)
}

struct Place {
    sentence: u32,
    first: u32,
    length: u16,
}

/// The Vietnamese side on its way into a bitext.
struct VietnameseSide<'t> {
    /// Where each key is mentioned, in order.
    places: FxHashMap<Key, Vec<Place>>,
    syllable_offsets: Vec<u32>,
    unit_count: f32,
    /// Foreign names as written, by key.
    names: BTreeMap<Key, &'t str>,
}

impl<'t> VietnameseSide<'t> {
    fn new(sentences: &'t [VietnameseTerms]) -> Self {
        let mut side = Self {
            places: FxHashMap::default(),
            syllable_offsets: vec![0],
            unit_count: 0.0,
            names: BTreeMap::new(),
        };
        let mut offset = 0;
        for (sentence, terms) in (0..).zip(sentences) {
            for m in &terms.mentions {
                let place = Place { sentence, first: offset + u32::from(m.first), length: m.end - m.first };
                side.places.entry(m.key).or_default().push(place);
            }
            side.names.extend(terms.names.iter().map(|(key, name)| (*key, &**name)));
            side.unit_count += terms.units.len() as f32;
            offset += terms.syllables.len() as u32;
            side.syllable_offsets.push(offset);
        }
        side
    }

    fn places_of(&self, key: Key) -> &[Place] {
        self.places.get(&key).map_or(&[], Vec::as_slice)
    }
}

/// The German side on its way into a bitext.
struct GermanSide<'t> {
    /// For each type a term of it, with its sentence.
    examples: Vec<(&'t GermanTerms, &'t Term)>,
    /// The type of each term, and where each sentence begins among them.
    terms: Vec<u32>,
    term_offsets: Vec<u32>,
    /// How often terms mean each key in full.
    meant: FxHashMap<Key, f32>,
    /// Names that the lexicon does not have, as written, by term id.
    names: FxHashMap<u64, &'t str>,
}

impl<'t> GermanSide<'t> {
    fn new(sentences: &'t [GermanTerms]) -> Self {
        let mut numbers: FxHashMap<u64, u32> = FxHashMap::default();
        let mut side = Self {
            examples: Vec::new(),
            terms: Vec::new(),
            term_offsets: vec![0],
            meant: FxHashMap::default(),
            names: FxHashMap::default(),
        };
        for sentence in sentences {
            for term in &sentence.terms {
                let next = side.examples.len() as u32;
                let number = *numbers.entry(term.id).or_insert(next);
                if number == next {
                    side.examples.push((sentence, term));
                }
                side.terms.push(number);
                for target in sentence.targets_of(term).iter().filter(|t| t.strength >= FULL) {
                    *side.meant.entry(target.key).or_default() += 1.0;
                }
            }
            side.names.extend(sentence.names.iter().map(|(id, name)| (*id, &**name)));
            side.term_offsets.push(side.terms.len() as u32);
        }
        side
    }

    fn burden(&self, number: usize, sentence: &GermanTerms, weights: &Weights) -> Burden {
        let mut burden = Burden { characters: sentence.characters as f32, ..Burden::default() };
        let (from, to) = (self.term_offsets[number] as usize, self.term_offsets[number + 1] as usize);
        for term in &self.terms[from..to] {
            let kind = self.examples[*term as usize].1.kind;
            if let Some((_, missing)) = found_and_missing(weights.german_found[kind as usize], kind) {
                burden.missing += missing;
                burden.content += f32::from(u8::from(kind != TermKind::Mark));
            }
        }
        burden
    }
}

/// What explaining a syllable is worth: its unit's value, shared among the unit's syllables, and the share itself.
type Worth = (f32, f32);

/// Appends the worth of a Vietnamese sentence's syllables, and gives its burden.
fn weigh(
    sentence: &VietnameseTerms,
    german: &GermanSide,
    weights: &Weights,
    worth: &mut Vec<Worth>,
) -> Burden {
    let mut burden = Burden { characters: sentence.characters as f32, ..Burden::default() };
    for unit in &sentence.units {
        let length = f32::from(unit.end - unit.first);
        let value = match found_and_missing(weights.vietnamese_found[unit.kind as usize], unit.kind) {
            Some((found, missing)) => {
                burden.missing += missing;
                burden.content += 1.0;
                let count = german.meant.get(&unit.key).copied().unwrap_or(0.0);
                let rate = blended(count, german.terms.len() as f32, unit.rate);
                ((found - missing - rate.ln()) / length, 1.0 / length)
            }
            None => (0.0, 0.0),
        };
        worth.extend(std::iter::repeat_n(value, usize::from(unit.end - unit.first)));
    }
    burden
}

/// Comparing names letter by letter is for reports, not for corpora: with more pairs of names than this it is left out.
const MOST_NAMES: usize = 200_000;

/// The targets of a name that no key finds: the names of the other side that are spelled much like it.
fn similar_names(name: &str, vietnamese: &VietnameseSide) -> Vec<Target> {
    let similar = vietnamese.names.iter().filter_map(|(key, other)| {
        let similarity = name_similarity(name, other);
        (similarity >= NAME_THRESHOLD).then_some(Target { key: *key, strength: similarity as f32 })
    });
    similar.collect()
}

/// Finds everything that answers a term; appends its hits, sorted by sentence. `name` is the term as written if it is a name.
fn find_hits(
    (sentence, term): (&GermanTerms, &Term),
    name: Option<&str>,
    vietnamese: &VietnameseSide,
    worth: &[Worth],
    hits: &mut Vec<Hit>,
) -> TermType {
    let start = hits.len();
    let mut targets = sentence.targets_of(term);
    let similar;
    if let Some(name) = name
        && targets.iter().all(|t| vietnamese.places_of(t.key).is_empty())
    {
        similar = similar_names(name, vietnamese);
        targets = &similar;
    }
    let count = |least: f32| -> usize {
        let counted = targets.iter().filter(|t| t.strength >= least);
        counted.map(|t| vietnamese.places_of(t.key).len()).sum()
    };
    let rate = blended(count(FULL) as f32, vietnamese.unit_count, term.rate);
    let loose_rate = blended(count(0.0) as f32, vietnamese.unit_count, term.loose_rate);
    // Grammar that nearly every sentence has says nothing, and would fill the memory.
    let silent = speaks_only_for(term.kind) && rate * USUAL_UNITS > 0.5;
    for target in targets.iter().filter(|_| !silent) {
        for place in vietnamese.places_of(target.key) {
            let syllables = place.first as usize..place.first as usize + usize::from(place.length);
            let sum = |(w, u): Worth, (dw, du): &Worth| (w + dw, u + du);
            let (gain, units) = worth[syllables].iter().fold((0.0, 0.0), sum);
            hits.push(Hit {
                sentence: place.sentence,
                first: place.first,
                length: place.length,
                strength: target.strength,
                worth: gain,
                units,
            });
        }
    }
    hits[start..].sort_unstable_by(|a, b| {
        let order = (a.sentence, a.first, a.length).cmp(&(b.sentence, b.first, b.length));
        order.then(b.strength.total_cmp(&a.strength))
    });
    TermType {
        kind: term.kind,
        hits: (start as u32, hits.len() as u32),
        ln_rate: rate.ln(),
        ln_loose_rate: loose_rate.ln(),
    }
}

impl Bitext {
    /// Lays out two lists of sentences.
    pub fn new(german: &[GermanTerms], vietnamese: &[VietnameseTerms], weights: &Weights) -> Self {
        let de = GermanSide::new(german);
        let vi = VietnameseSide::new(vietnamese);
        let mut worth = Vec::new();
        let vietnamese = vietnamese.iter().map(|s| weigh(s, &de, weights, &mut worth)).collect();
        let mut hits = Vec::new();
        let compare_names = de.names.len() * vi.names.len() <= MOST_NAMES;
        let types = de.examples.iter().map(|example| {
            let name = de.names.get(&example.1.id).copied().filter(|_| compare_names);
            find_hits(*example, name, &vi, &worth, &mut hits)
        });
        let types = types.collect();
        let german = german.iter().enumerate().map(|(i, s)| de.burden(i, s, weights)).collect();
        Self {
            types,
            hits,
            terms: de.terms,
            term_offsets: de.term_offsets,
            syllable_offsets: vi.syllable_offsets,
            german,
            vietnamese,
        }
    }

    /// How many German sentences there are.
    pub fn german_len(&self) -> usize {
        self.german.len()
    }

    /// How many Vietnamese sentences there are.
    pub fn vietnamese_len(&self) -> usize {
        self.vietnamese.len()
    }

    pub(crate) fn german_burden(&self, sentences: &[usize]) -> Burden {
        sentences.iter().fold(Burden::default(), |sum, i| sum.plus(self.german[*i]))
    }

    pub(crate) fn vietnamese_burden(&self, sentences: &[usize]) -> Burden {
        sentences.iter().fold(Burden::default(), |sum, j| sum.plus(self.vietnamese[*j]))
    }

    /// Characters of both sides.
    pub(crate) fn characters(&self) -> (f32, f32) {
        let sum = |side: &[Burden]| side.iter().map(|b| b.characters).sum();
        (sum(&self.german), sum(&self.vietnamese))
    }

    /// The answers of a term type.
    pub(crate) fn hits_of(&self, term: &TermType) -> &[Hit] {
        &self.hits[term.hits.0 as usize..term.hits.1 as usize]
    }

    /// Writes the types of the terms of German sentences into `types`, each with how many terms it has there, by type.
    pub(crate) fn count_types(&self, german: &[usize], types: &mut Vec<(u32, u32)>) {
        types.clear();
        types.extend(german.iter().flat_map(|i| self.terms_of(*i)).map(|number| (*number, 1)));
        types.sort_unstable();
        types.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            kept.1 += if same { next.1 } else { 0 };
            same
        });
    }

    /// The types of the terms of a German sentence.
    pub(crate) fn terms_of(&self, sentence: usize) -> &[u32] {
        &self.terms[self.term_offsets[sentence] as usize..self.term_offsets[sentence + 1] as usize]
    }
}

/// The rate of a word: its count in this text less the one that is being looked at, with what is known of ordinary text.
fn blended(count: f32, total: f32, prior: f32) -> f32 {
    (((count - 1.0).max(0.0) + PRIOR_WORDS * prior) / (total + PRIOR_WORDS)).max(LEAST_RATE)
}

impl Burden {
    fn plus(self, other: Self) -> Self {
        Self {
            missing: self.missing + other.missing,
            content: self.content + other.content,
            characters: self.characters + other.characters,
        }
    }
}

#[cfg(test)]
mod tests {
    use satzpaar_lexicon::Lexicon;
    use satzpaar_lexicon::terms::{GermanReader, VietnameseReader};

    use super::*;
    use crate::evidence::Scorer;

    #[test]
    fn a_name_in_an_unusual_spelling_is_found_by_its_letters() {
        let lexicon = Lexicon::new();
        let weights = Weights::default();
        let links = |german: &str, vietnamese: &str| {
            let de = [GermanReader::new(&lexicon).read(german)];
            let vi = [VietnameseReader::new(&lexicon).read(vietnamese)];
            let bitext = Bitext::new(&de, &vi, &weights);
            Scorer::default().evidence(&bitext, &[0], &[0], &weights).link_count
        };
        // One consonant more, so that the index keys differ.
        assert_eq!(links("Brannigansken", "Branniganskent"), 1);
        assert_eq!(links("Brannigansken", "Kovalenko"), 0);
    }
}
