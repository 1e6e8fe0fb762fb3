//! All dictionary forms of the lexicon that a folded form may belong to, by every rule.

use satzpaar_language::{Headword, PartOfSpeech};

use super::tables::BOUND_PARTS;
use super::{Vocabulary, inflection, verbs};

/// How a form goes back to its dictionary form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// It is the dictionary form.
    Exact,
    /// By inflection or derivation.
    Inflected,
    /// As a finite verb and nothing else.
    Finite,
}

/// A headword that a form may belong to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) headword: Headword,
    pub(super) pos: PartOfSpeech,
    pub(super) how: How,
    pub(super) cost: u8,
    /// The bytes of the dictionary form.
    pub(super) length: usize,
}

/// A folded form, to be led back to the words of a vocabulary.
#[derive(Clone, Copy, Debug)]
pub(super) struct Forms<'v, 'w, V> {
    pub(super) vocabulary: &'v V,
    pub(super) key: &'w str,
    /// Whether it is the last part of a compound: the verb of a particle, a bound part (`-tägig`).
    pub(super) tail: bool,
}

impl<V: Vocabulary> Forms<'_, '_, V> {
    /// Calls `found` for every headword, some more than once.
    pub(super) fn each(&self, scratch: &mut String, found: &mut dyn FnMut(Found)) {
        let Self { vocabulary, key, tail } = *self;
        let (mut is_noun, mut is_name, mut is_verb) = (false, false, false);
        vocabulary.look_up(key, &mut |headword, pos| {
            is_noun |= pos == PartOfSpeech::Noun;
            is_name |= pos == PartOfSpeech::Name;
            is_verb |= pos == PartOfSpeech::Verb;
            found(Found { headword, pos, how: How::Exact, cost: 0, length: key.len() });
        });
        // Seiten belongs to Seite if there is one, Posten to Posten: a longer noun leaves less to be explained.
        let is_plural_of_e = key
            .strip_suffix('n')
            .is_some_and(|stem| stem.ends_with('e') && vocabulary.has(stem, |pos| pos == PartOfSpeech::Noun));
        let less_likely = |lemma: &str, umlaut: bool| match key.strip_prefix(lemma) {
            // Rechten may be of Recht; Raten is never of Rat, which takes an umlaut.
            Some("en") if is_plural_of_e => 1 + u8::from(is_noun || inflection::can_take_umlaut(lemma)),
            Some("s" | "es") if is_noun || is_name => 2,
            _ if !is_noun => 0,
            Some("e") => 1 + u8::from(inflection::can_take_umlaut(lemma)),
            Some("en" | "n" | "se") => 1,
            _ => u8::from(umlaut),
        };
        let bound = tail.then_some(&*BOUND_PARTS);
        inflection::candidates(key, scratch, &mut |candidate| {
            let lemma = candidate.lemma;
            let doubt = less_likely(lemma, candidate.umlaut);
            let length = lemma.len();
            vocabulary.look_up(lemma, &mut |headword, pos| {
                let doubt = if pos == PartOfSpeech::Noun { doubt } else { 0 };
                let mut add = |how, cost| found(Found { headword, pos, how, cost: cost + doubt, length });
                let Some(rules) = candidate.rules else { return add(How::Inflected, 0) };
                for rule in rules.iter().filter(|rule| rule.pos == pos) {
                    add(if rule.finite { How::Finite } else { How::Inflected }, rule.cost);
                }
            });
            if let Some(parts) = bound
                && let Some(part) = parts.get(lemma).filter(|part| !part.first)
                && candidate.rules.is_some_and(|rules| rules.iter().any(|r| r.pos == PartOfSpeech::Adjective))
            {
                bound_part(vocabulary, &part.lemma, length, found);
            }
        });
        if let Some(part) = bound.and_then(|parts| parts.get(key)).filter(|part| !part.first) {
            bound_part(vocabulary, &part.lemma, key.len(), found);
        }
        let mut infinitive = |infinitive: &str, finite| {
            // führen is seldom the subjunctive of fahren.
            let cost = if finite && is_verb { 2 } else { 0 };
            let how = if finite { How::Finite } else { How::Inflected };
            vocabulary.look_up(infinitive, &mut |headword, pos| {
                if pos == PartOfSpeech::Verb {
                    found(Found { headword, pos, how, cost, length: infinitive.len() });
                }
            });
        };
        if tail {
            verbs::infinitives_after_particle(key, scratch, &mut infinitive);
        } else {
            verbs::infinitives(key, scratch, &mut infinitive);
        }
    }
}

/// A bound part counts as an adjective, whatever the word is that it stands for.
fn bound_part(vocabulary: &impl Vocabulary, lemma: &str, length: usize, found: &mut dyn FnMut(Found)) {
    let (pos, how) = (PartOfSpeech::Adjective, How::Inflected);
    vocabulary.look_up(lemma, &mut |headword, _| found(Found { headword, pos, how, cost: 0, length }));
}
