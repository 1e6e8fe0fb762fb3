//! The two sides of one alignment, laid out so that any group of German sentences can be held against any group of Vietnamese ones.
//!
//! Keys are numbered from 0. A German sentence is a short list of term types with the keys that would answer them, a Vietnamese one a list
//! of what it mentions; holding them against each other ([`Asked`]) is one walk over the latter.

use std::ops::Range;
use std::sync::Arc;

use satzpaar_lexicon::names::{NAME_THRESHOLD, name_similarity};
use satzpaar_lexicon::terms::{self, FULL, GermanTerms, Key, Meaning, Signs, TermKind, VietnameseTerms};

use crate::rows::Rows;
use crate::sides::{GermanSide, Numbers, VietnameseSide};
use crate::vectors::{self, Vectors};
use crate::weights::Weights;

/// How many words of ordinary text the lexicon's frequencies count for beside the text's own counts.
const PRIOR_WORDS: f32 = 250.0;
/// Units of a usual sentence.
const USUAL_UNITS: f32 = 20.0;
/// No find is taken for rarer than this: text repeats itself more than frequencies tell.
const LEAST_RATE: f32 = 2e-5;
/// How often a term is answered whose absence says nothing.
const EITHER: f32 = 0.5;

/// A distinct German term, everything about it that scoring needs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TermType {
    pub(crate) kind: TermKind,
    /// Its targets among [`Bitext::targets`].
    targets: (u32, u32),
    /// What an answer is worth for being one, in nats: that it is not missing, before its rarity is counted.
    pub(crate) gain: f32,
    /// Natural log of how often a Vietnamese unit answers it in full.
    ln_rate: f32,
    /// The same in full or in part.
    ln_loose_rate: f32,
    /// Natural log of how often such a term of a true pair is answered.
    ln_found: f32,
    /// How many Vietnamese sentences hold an answer, those with several counted for each.
    pub(crate) answers: u32,
}

impl TermType {
    /// What an answer to it is worth before the lengths are counted, in nats.
    pub(crate) fn rarity(&self, strength: f32) -> f32 {
        strength * (self.ln_found - self.ln_chance(strength))
    }

    /// Natural log of how often a Vietnamese unit answers it at least so well.
    pub(crate) fn ln_chance(&self, strength: f32) -> f32 {
        if strength >= FULL { self.ln_rate } else { self.ln_loose_rate }
    }
}

/// A key that answers a term, by number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target {
    pub(crate) key: u32,
    pub(crate) strength: f32,
}

/// What a Vietnamese sentence holds that a German term may mean.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mention {
    pub(crate) key: u32,
    /// First syllable, counted over the whole side.
    pub(crate) first: u32,
    /// How many syllables.
    pub(crate) length: u16,
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
    pub(crate) signs: Signs,
}

/// The two sides of one alignment.
#[derive(Debug)]
pub struct Bitext {
    pub(crate) types: Vec<TermType>,
    targets: Vec<Target>,
    /// The type of each German term, sentence by sentence.
    terms: Rows<u32>,
    /// The types of each German sentence, rising, with how many terms it has of each.
    counted: Rows<(u32, u32)>,
    mentions: Rows<Mention>,
    /// Where each Vietnamese sentence's syllables begin, and the end.
    syllable_offsets: Vec<u32>,
    /// The sentences that mention each key, rising.
    postings: Rows<u32>,
    /// The burden of each sentence.
    german: Vec<Burden>,
    vietnamese: Vec<Burden>,
    /// Vectors from outside, if there are any.
    vectors: Option<Arc<Vectors>>,
}

/// A Vietnamese unit's share in the evidence: its log of being explained against chance, its log of missing.
pub(crate) fn found_and_missing(found: f32, kind: TermKind) -> Option<(f32, f32)> {
    (!speaks_only_for(kind)).then(|| (found.ln(), (1.0 - found).ln()))
}

/// Whether finding such a term speaks for a pair, but missing it not against: grammar is said in other ways, unknown words at all.
pub(crate) const fn speaks_only_for(kind: TermKind) -> bool {
    matches!(kind, TermKind::Function | TermKind::Unknown)
}

/// What explaining a syllable is worth: its unit's value, shared among the unit's syllables, and the share itself.
type Worth = (f32, f32);

/// How telling the units of the Vietnamese side are: the natural log of how often a German term means each.
struct Rarities<'s> {
    numbers: &'s Numbers,
    /// How often German terms mean each key.
    meant: Vec<f32>,
    german_terms: f32,
    /// What was found for each key, with the rate that it has in ordinary text.
    known: Vec<(f32, f32)>,
}

impl Rarities<'_> {
    fn of(&mut self, key: Key, rate: f32) -> f32 {
        let Some(number) = self.numbers.of(key) else {
            return blended(0.0, self.german_terms, rate).ln();
        };
        let known = &mut self.known[number as usize];
        if known.0.to_bits() != rate.to_bits() {
            *known = (rate, blended(self.meant[number as usize], self.german_terms, rate).ln());
        }
        known.1
    }
}

/// Writes the worth of a Vietnamese sentence's syllables, and gives its burden.
fn weigh(
    sentence: &VietnameseTerms,
    rarities: &mut Rarities,
    weights: &Weights,
    worth: &mut Vec<Worth>,
) -> Burden {
    worth.clear();
    let mut burden =
        Burden { characters: sentence.characters as f32, signs: sentence.signs, ..Burden::default() };
    for unit in &sentence.units {
        let length = f32::from(unit.end - unit.first);
        let value = match found_and_missing(weights.vietnamese_found[unit.kind as usize], unit.kind) {
            Some((found, missing)) => {
                burden.missing += missing;
                burden.content += 1.0;
                let ln_rate = rarities.of(unit.key, unit.rate);
                ((found - missing - ln_rate) / length, 1.0 / length)
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
fn similar_names(name: &str, vietnamese: &VietnameseSide) -> Vec<terms::Target> {
    let similar = vietnamese.names.iter().filter_map(|(key, other)| {
        let similarity = name_similarity(name, other);
        (similarity >= NAME_THRESHOLD).then_some(terms::Target { key: *key, strength: similarity as f32 })
    });
    similar.collect()
}

/// Finds everything that answers a term; appends its targets. `name` is the term as written if it is a name.
fn find_targets(
    term: &Meaning,
    name: Option<&str>,
    vietnamese: &VietnameseSide,
    weights: &Weights,
    found: &mut Vec<Target>,
) -> TermType {
    let start = found.len();
    let mut targets = &term.targets[..];
    let similar;
    if let Some(name) = name
        && targets.iter().all(|t| vietnamese.count(t.key) == 0)
    {
        similar = similar_names(name, vietnamese);
        targets = &similar;
    }
    let count = |least: f32| -> u32 {
        targets.iter().filter(|t| t.strength >= least).map(|t| vietnamese.count(t.key)).sum()
    };
    let rate = blended(count(FULL) as f32, vietnamese.unit_count, term.rate);
    let loose_rate = blended(count(0.0) as f32, vietnamese.unit_count, term.loose_rate);
    // Grammar that nearly every sentence has says nothing, and would fill the memory.
    let silent = speaks_only_for(term.kind) && rate * USUAL_UNITS > 0.5;
    for target in targets.iter().filter(|_| !silent) {
        if let Some(key) = vietnamese.keys.of(target.key) {
            found.push(Target { key, strength: target.strength });
        }
    }
    // The best first: where a sentence answers a term in several ways, its best answer is met first.
    found[start..].sort_by(|a, b| b.strength.total_cmp(&a.strength).then(a.key.cmp(&b.key)));
    let answered = weights.german_found[term.kind as usize];
    let gain = match found_and_missing(answered, term.kind) {
        Some((found, missing)) => found - missing,
        None => EITHER.ln(),
    };
    TermType {
        kind: term.kind,
        targets: (start as u32, found.len() as u32),
        gain,
        ln_rate: rate.ln(),
        ln_loose_rate: loose_rate.ln(),
        ln_found: answered.ln(),
        answers: 0,
    }
}

/// The types of each sentence, rising, with how many terms it has of each.
fn counted(terms: &Rows<u32>, sentences: usize) -> Rows<(u32, u32)> {
    let mut counted = Rows::with_room(sentences, terms.values.len());
    let mut types: Vec<u32> = Vec::new();
    for sentence in 0..sentences {
        types.clear();
        types.extend(terms.row(sentence));
        types.sort_unstable();
        for same in types.chunk_by(|a, b| a == b) {
            counted.push((same[0], same.len() as u32));
        }
        counted.end_row();
    }
    counted
}

impl Bitext {
    /// Lays out two lists of sentences.
    pub fn new(german: &[GermanTerms], vietnamese: &[VietnameseTerms], weights: &Weights) -> Self {
        let de = GermanSide::new(german);
        let vi = VietnameseSide::new(vietnamese);
        let names = de.meanings.iter().filter(|meaning| meaning.name.is_some()).count();
        let compare_names = names * vi.names.len() <= MOST_NAMES;
        let mut targets = Vec::new();
        let mut types: Vec<TermType> = (de.meanings.iter())
            .map(|meaning| {
                let name = meaning.name.as_deref().filter(|_| compare_names);
                find_targets(meaning, name, &vi, weights, &mut targets)
            })
            .collect();
        let mut wanted = vec![false; vi.keys.count as usize];
        for target in &targets {
            wanted[target.key as usize] = true;
        }

        let mut rarities = Rarities {
            numbers: &vi.keys,
            meant: de.meant(&vi.keys),
            german_terms: de.terms.values.len() as f32,
            known: vec![(f32::NAN, 0.0); vi.keys.count as usize],
        };
        let mut mentions = Rows::with_room(vietnamese.len(), vi.mentioned.len());
        let mut syllable_offsets = vec![0];
        let mut worth = Vec::new();
        let mut burdens = Vec::with_capacity(vietnamese.len());
        let mut offset = 0;
        let mut keys = vi.mentioned.iter();
        for sentence in vietnamese {
            burdens.push(weigh(sentence, &mut rarities, weights, &mut worth));
            for (m, key) in sentence.mentions.iter().zip(&mut keys) {
                let key = *key;
                if !wanted[key as usize] {
                    continue;
                }
                let (mut value, mut units) = (0.0, 0.0);
                for (w, u) in &worth[usize::from(m.first)..usize::from(m.end)] {
                    value += w;
                    units += u;
                }
                let (first, length) = (offset + u32::from(m.first), m.end - m.first);
                mentions.push(Mention { key, first, length, worth: value, units });
            }
            mentions.end_row();
            offset += sentence.syllables.len() as u32;
            syllable_offsets.push(offset);
        }
        let german = german.iter().enumerate().map(|(i, s)| de.burden(i, s, weights)).collect();
        let postings = postings(&mentions, wanted.len());
        for term in &mut types {
            let targets = &targets[term.targets.0 as usize..term.targets.1 as usize];
            term.answers = targets.iter().map(|t| postings.row(t.key as usize).len() as u32).sum();
        }
        Self {
            types,
            targets,
            counted: counted(&de.terms, de.terms.offsets.len() - 1),
            terms: de.terms,
            postings,
            mentions,
            syllable_offsets,
            german,
            vietnamese: burdens,
            vectors: None,
        }
    }

    /// The same with vectors from outside: of these very sentences.
    #[must_use]
    pub fn with_vectors(self, vectors: Option<Arc<Vectors>>) -> Self {
        Self { vectors, ..self }
    }

    /// The vectors from outside.
    pub(crate) fn vectors(&self) -> Option<&Vectors> {
        self.vectors.as_deref()
    }

    /// What the vectors of two groups of sentences are worth, in nats: 0 without any, minus infinity for groups that have none.
    pub(crate) fn vector_gain(&self, german: Range<usize>, vietnamese: Range<usize>) -> f32 {
        self.vectors().map_or(0.0, |vectors| vectors.gain(&german, &vietnamese))
    }

    /// The same for lists of sentences; only what stands in a row has a vector.
    pub(crate) fn vector_gain_of(&self, german: &[usize], vietnamese: &[usize]) -> f32 {
        let row = |list: &[usize]| {
            let range = *list.first()?..*list.last()? + 1;
            (range.len() == list.len()).then_some(range)
        };
        match (self.vectors(), row(german), row(vietnamese)) {
            (None, ..) => 0.0,
            (Some(vectors), Some(german), Some(vietnamese)) => vectors.gain(&german, &vietnamese),
            _ => f32::NEG_INFINITY,
        }
    }

    /// What the vectors of a bead are worth at most, in nats.
    pub(crate) fn vectors_most(&self) -> f32 {
        if self.vectors.is_some() { vectors::MOST_GAIN } else { 0.0 }
    }

    /// How many German sentences there are.
    pub fn german_len(&self) -> usize {
        self.german.len()
    }

    /// How many Vietnamese sentences there are.
    pub fn vietnamese_len(&self) -> usize {
        self.vietnamese.len()
    }

    /// How many keys there are.
    pub(crate) fn key_count(&self) -> usize {
        self.postings.offsets.len() - 1
    }

    /// The burdens of the sentences of both sides.
    pub(crate) fn burdens(&self) -> (&[Burden], &[Burden]) {
        (&self.german, &self.vietnamese)
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

    /// The keys that answer a term type, the best first.
    pub(crate) fn targets_of(&self, term: &TermType) -> &[Target] {
        &self.targets[term.targets.0 as usize..term.targets.1 as usize]
    }

    /// The Vietnamese sentences that mention a key, rising.
    pub(crate) fn sentences_with(&self, key: u32) -> &[u32] {
        self.postings.row(key as usize)
    }

    /// What a Vietnamese sentence mentions.
    pub(crate) fn mentions_of(&self, vietnamese: usize) -> &[Mention] {
        self.mentions.row(vietnamese)
    }

    /// The keys that a Vietnamese sentence mentions, as often as it does.
    pub(crate) fn keys_of(&self, vietnamese: usize) -> impl Iterator<Item = u32> + '_ {
        self.mentions.row(vietnamese).iter().map(|m| m.key)
    }

    /// The types of the terms of a German sentence, in the order of its text.
    pub(crate) fn terms_of(&self, sentence: usize) -> &[u32] {
        self.terms.row(sentence)
    }

    /// The types of a German sentence, rising, with how many terms it has of each.
    pub(crate) fn types_of(&self, sentence: usize) -> &[(u32, u32)] {
        self.counted.row(sentence)
    }

    /// The syllables of Vietnamese sentences `first` to `last`, counted over the whole side.
    pub(crate) fn syllables(&self, first: usize, last: usize) -> Range<u32> {
        self.syllable_offsets[first]..self.syllable_offsets[last + 1]
    }
}

/// The sentences that mention each key, rising, each once.
fn postings(mentions: &Rows<Mention>, keys: usize) -> Rows<u32> {
    let sentences = mentions.offsets.len() as u32 - 1;
    let mut last = vec![u32::MAX; keys];
    let mut counts = vec![0_u32; keys + 1];
    let mut each = |found: &mut dyn FnMut(u32, u32)| {
        last.fill(u32::MAX);
        for sentence in 0..sentences {
            for m in mentions.row(sentence as usize) {
                if last[m.key as usize] != sentence {
                    last[m.key as usize] = sentence;
                    found(m.key, sentence);
                }
            }
        }
    };
    each(&mut |key, _| counts[key as usize + 1] += 1);
    for key in 1..counts.len() {
        counts[key] += counts[key - 1];
    }
    let mut next = counts.clone();
    let mut values = vec![0; counts[keys] as usize];
    each(&mut |key, sentence| {
        values[next[key as usize] as usize] = sentence;
        next[key as usize] += 1;
    });
    Rows { values, offsets: counts }
}

/// The rate of a word: its count in this text less the one that is being looked at, with what is known of ordinary text.
fn blended(count: f32, total: f32, prior: f32) -> f32 {
    (((count - 1.0).max(0.0) + PRIOR_WORDS * prior) / (total + PRIOR_WORDS)).max(LEAST_RATE)
}

impl Burden {
    pub(crate) fn plus(self, other: Self) -> Self {
        Self {
            missing: self.missing + other.missing,
            content: self.content + other.content,
            characters: self.characters + other.characters,
            signs: self.signs.then(other.signs),
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
