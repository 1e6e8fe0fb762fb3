//! The two sides of one alignment, laid out so that any span of German sentences can be held against any span of Vietnamese ones.
//!
//! Nothing is looked up while beads are scored: each distinct German term knows beforehand where on the Vietnamese side its answers
//! stand, sorted by sentence.

use rustc_hash::FxHashMap;
use satzpaar_lexicon::terms::{FULL, GermanTerms, Key, TermKind, VietnameseTerms};

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

impl Bitext {
    /// Lays out two lists of sentences.
    pub fn new(german: &[GermanTerms], vietnamese: &[VietnameseTerms], weights: &Weights) -> Self {
        let mut places: FxHashMap<Key, Vec<Place>> = FxHashMap::default();
        let mut syllable_offsets = vec![0_u32];
        let mut unit_count = 0_f32;
        for (sentence, terms) in (0..).zip(vietnamese) {
            let offset = syllable_offsets[syllable_offsets.len() - 1];
            for m in &terms.mentions {
                let place = Place { sentence, first: offset + u32::from(m.first), length: m.end - m.first };
                places.entry(m.key).or_default().push(place);
            }
            unit_count += terms.units.len() as f32;
            syllable_offsets.push(offset + terms.syllables.len() as u32);
        }

        // How often German terms mean each key, for the worth of explaining a Vietnamese unit.
        let mut meant: FxHashMap<Key, f32> = FxHashMap::default();
        let mut type_numbers: FxHashMap<u64, u32> = FxHashMap::default();
        let mut examples = Vec::new();
        let mut terms = Vec::new();
        let mut term_offsets = vec![0_u32];
        for sentence in german {
            for term in &sentence.terms {
                let next = examples.len() as u32;
                let number = *type_numbers.entry(term.id).or_insert(next);
                if number == next {
                    examples.push((sentence, term));
                }
                terms.push(number);
                for target in sentence.targets_of(term).iter().filter(|t| t.strength >= FULL) {
                    *meant.entry(target.key).or_default() += 1.0;
                }
            }
            term_offsets.push(terms.len() as u32);
        }
        let term_count = terms.len() as f32;

        // The worth of explaining a syllable: its unit's, shared among the unit's syllables.
        let mut worth = Vec::with_capacity(*syllable_offsets.last().unwrap_or(&0) as usize);
        let mut german_burdens = Vec::with_capacity(german.len());
        let mut vietnamese_burdens = Vec::with_capacity(vietnamese.len());
        for sentence in vietnamese {
            let mut burden = Burden { characters: sentence.characters as f32, ..Burden::default() };
            for unit in &sentence.units {
                let length = f32::from(unit.end - unit.first);
                let value = match found_and_missing(weights.vietnamese_found[unit.kind as usize], unit.kind) {
                    Some((found, missing)) => {
                        burden.missing += missing;
                        burden.content += 1.0;
                        let count = meant.get(&unit.key).copied().unwrap_or(0.0);
                        let rate = blended(count, term_count, unit.rate);
                        ((found - missing - rate.ln()) / length, 1.0 / length)
                    }
                    None => (0.0, 0.0),
                };
                worth.extend(std::iter::repeat_n(value, usize::from(unit.end - unit.first)));
            }
            vietnamese_burdens.push(burden);
        }

        let mut hits = Vec::new();
        let mut types = Vec::with_capacity(examples.len());
        for (sentence, term) in &examples {
            let start = hits.len();
            let places_of = |key: &Key| places.get(key).map_or(&[][..], Vec::as_slice);
            let count = |full: bool| -> usize {
                let counted = sentence.targets_of(term).iter().filter(|t| !full || t.strength >= FULL);
                counted.map(|t| places_of(&t.key).len()).sum()
            };
            let rate = blended(count(true) as f32, unit_count, term.rate);
            let loose_rate = blended(count(false) as f32, unit_count, term.loose_rate);
            // Grammar that nearly every sentence has says nothing, and would fill the memory.
            let silent = speaks_only_for(term.kind) && rate * USUAL_UNITS > 0.5;
            for target in sentence.targets_of(term).iter().filter(|_| !silent) {
                for place in places_of(&target.key) {
                    let syllables = place.first as usize..place.first as usize + usize::from(place.length);
                    let (gain, units) =
                        worth[syllables].iter().fold((0.0, 0.0), |(w, u), (dw, du)| (w + dw, u + du));
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
            let found = &mut hits[start..];
            found.sort_unstable_by(|a, b| {
                (a.sentence, a.first, a.length)
                    .cmp(&(b.sentence, b.first, b.length))
                    .then(b.strength.total_cmp(&a.strength))
            });
            types.push(TermType {
                kind: term.kind,
                hits: (start as u32, hits.len() as u32),
                ln_rate: rate.ln(),
                ln_loose_rate: loose_rate.ln(),
            });
        }

        for (i, sentence) in german.iter().enumerate() {
            let mut burden = Burden { characters: sentence.characters as f32, ..Burden::default() };
            for number in &terms[term_offsets[i] as usize..term_offsets[i + 1] as usize] {
                let kind = types[*number as usize].kind;
                if let Some((_, missing)) = found_and_missing(weights.german_found[kind as usize], kind) {
                    burden.missing += missing;
                    burden.content += f32::from(u8::from(kind != TermKind::Mark));
                }
            }
            german_burdens.push(burden);
        }
        Self {
            types,
            hits,
            terms,
            term_offsets,
            syllable_offsets,
            german: german_burdens,
            vietnamese: vietnamese_burdens,
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
