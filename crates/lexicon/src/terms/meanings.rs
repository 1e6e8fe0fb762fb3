//! What German terms mean: the targets under which they may be found, and how often such a find is met.

use rustc_hash::FxHashMap;
use satzpaar_language::fold::fold_vietnamese;
use satzpaar_language::{Equivalent, Headword};

use super::{FULL, Key, Meaning, NAME_RATE, Target, TermKind, name_key_hash, share_of_class, word_key};
use crate::Lexicon;
use crate::names::name_key;

/// How good a find a name is against a word of the lexicon: the spelling may meet by chance.
const NAME_STRENGTH: f32 = 0.95;
/// How good a find a part of several syllables is, and a syllable that is this rare.
const PART_STRENGTH: f32 = 0.5;
const SYLLABLE_STRENGTH: f32 = 0.3;
const RARE_SYLLABLE: u8 = 9;
/// The rate of a term is capped: beyond it a find says nothing anyway.
const TOP_RATE: f32 = 0.05;

/// Whether a headword carries grammar rather than meaning.
pub(super) fn is_function(lexicon: &Lexicon, headword: Headword) -> bool {
    lexicon.pos(headword).is_function() || lexicon.field(headword) == "function"
}

/// Adds what a headword is called in Vietnamese, each a find of this strength.
pub(super) fn add_targets(lexicon: &Lexicon, headword: Headword, strength: f32, targets: &mut Vec<Target>) {
    for word in lexicon.equivalents(headword) {
        add_target(word_key(word), strength, targets);
    }
}

fn add_target(key: Key, strength: f32, targets: &mut Vec<Target>) {
    match targets.iter_mut().find(|t| t.key == key) {
        Some(target) => target.strength = target.strength.max(strength),
        None => targets.push(Target { key, strength }),
    }
}

/// The keys of a form taken as a name; a final -s may be the genitive's.
pub(super) fn name_targets(form: &str, targets: &mut Vec<Target>) {
    let mut key = String::new();
    let bare = form.trim_end_matches(['\'', '’']);
    name_key(bare, &mut key);
    if !key.is_empty() {
        add_target(name_key_hash(&key), NAME_STRENGTH, targets);
    }
    if let Some(stem) = bare.strip_suffix('s')
        && stem.chars().count() >= 3
    {
        name_key(stem, &mut key);
        if !key.is_empty() {
            add_target(name_key_hash(&key), NAME_STRENGTH, targets);
        }
    }
}

/// The words of the lexicon that are parts of its longer Vietnamese words, as targets: of each word that was asked for so far.
#[derive(Debug, Default)]
pub(super) struct Parts(FxHashMap<Equivalent, Box<[Target]>>);

impl Parts {
    /// The parts of a word.
    fn of(&mut self, lexicon: &Lexicon, word: Equivalent) -> &[Target] {
        self.0.entry(word).or_insert_with(|| parts(lexicon, word))
    }

    /// Adds the parts of the full targets: who looks for *viện công tố* is glad of *công tố*, and a little of a rare syllable alone.
    fn add(&mut self, lexicon: &Lexicon, targets: &mut Vec<Target>) {
        for full in 0..targets.len() {
            let Some(word) = super::word_of(targets[full].key) else { continue };
            for part in self.of(lexicon, word) {
                add_target(part.key, part.strength, targets);
            }
        }
    }
}

fn parts(lexicon: &Lexicon, word: Equivalent) -> Box<[Target]> {
    let mut key = String::new();
    fold_vietnamese(lexicon.vietnamese_text(word), &mut key);
    let starts = std::iter::once(0).chain(key.match_indices(' ').map(|(i, _)| i + 1));
    let bounds: Vec<usize> = starts.chain([key.len() + 1]).collect();
    let length = bounds.len() - 1;
    let mut parts = Vec::new();
    for size in 1..length.min(4) {
        for first in 0..=length - size {
            let Some(part) = lexicon.vietnamese(&key[bounds[first]..bounds[first + size] - 1]) else {
                continue;
            };
            if size > 1 {
                add_target(word_key(part), PART_STRENGTH, &mut parts);
            } else if lexicon.vietnamese_class(part) >= RARE_SYLLABLE {
                add_target(word_key(part), SYLLABLE_STRENGTH, &mut parts);
            }
        }
    }
    parts.into()
}

/// Completes a meaning: its parts, its rates from its targets, its id from what it means (or from `form` if it means nothing known).
pub(super) fn finish(
    lexicon: &Lexicon,
    parts: &mut Parts,
    kind: TermKind,
    mut targets: Vec<Target>,
    form: u64,
) -> Meaning {
    let (mut rate, mut loose_rate) = (0.0, 0.0);
    let mut id = form ^ kind as u64;
    if kind != TermKind::Function {
        parts.add(lexicon, &mut targets);
    }
    for target in &targets {
        let own = super::word_of(target.key)
            .map_or(NAME_RATE, |word| share_of_class(lexicon.vietnamese_class(word)));
        loose_rate += own;
        if target.strength >= FULL {
            rate += own;
            id = id.rotate_left(5) ^ target.key.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        }
    }
    Meaning {
        kind,
        id,
        rate: rate.min(TOP_RATE),
        loose_rate: loose_rate.min(TOP_RATE),
        targets: targets.into(),
        name: None,
    }
}

/// What a mark of this class means.
pub(super) fn mark(class: usize) -> Meaning {
    let (key, rate) = (super::mark_key(class), super::MARKS[class]);
    let targets = Box::new([Target { key, strength: 1.0 }]);
    Meaning { kind: TermKind::Mark, id: key, rate, loose_rate: rate, targets, name: None }
}
