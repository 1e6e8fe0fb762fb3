//! What each kind of evidence is worth: the scores of an aligner that does without it.

use satzpaar_lexicon::terms::TermKind;

use crate::training::{TrainingCase, scores_by_kind, with_long_ones};
use crate::weights::Weights;

/// A kind of evidence, and how to do without it.
struct Evidence {
    name: &'static str,
    /// Terms of these kinds are taken for unknown words that nothing answers.
    without: &'static [TermKind],
    weights: fn(&mut Weights),
}

const fn terms(name: &'static str, without: &'static [TermKind]) -> Evidence {
    Evidence { name, without, weights: |_| {} }
}

const fn weights(name: &'static str, weights: fn(&mut Weights)) -> Evidence {
    Evidence { name, without: &[], weights }
}

const EVIDENCE: [Evidence; 12] = [
    weights("all evidence", |_| {}),
    terms("without nouns, verbs, adjectives, adverbs", {
        &[TermKind::Noun, TermKind::Verb, TermKind::Adjective, TermKind::Adverb]
    }),
    terms("without names", &[TermKind::Name]),
    terms("without numbers and dates", &[TermKind::Fact]),
    terms("without function words", &[TermKind::Function]),
    terms("without punctuation", &[TermKind::Mark]),
    weights("without what is missing", |w| w.misses = 0.0),
    weights("without lengths", |w| w.length = 0.0),
    weights("without negation", |w| w.negation = 0.0),
    weights("without form", |w| w.form = 0.0),
    weights("without neighbours (order-free)", |w| w.neighbour = 0.0),
    weights("without margins (order-free)", |w| w.margin = 0.0),
];

/// For every kind of evidence the strict F1 without it, for each kind of case, then for each kind's cases joined into one long one. The
/// first row has all evidence. Weights are not learned anew for what is left.
pub fn ablation(cases: &[TrainingCase], weights: &Weights) -> Vec<(&'static str, Vec<f64>)> {
    let cases = with_long_ones(cases);
    let scores = EVIDENCE.iter().map(|evidence| {
        let mut changed = weights.clone();
        (evidence.weights)(&mut changed);
        let cases: Vec<TrainingCase> = cases.iter().map(|case| without(case, evidence.without)).collect();
        (evidence.name, scores_by_kind(&cases, &changed))
    });
    scores.collect()
}

/// A case in which terms and units of some kinds say nothing.
fn without(case: &TrainingCase, kinds: &[TermKind]) -> TrainingCase {
    let mut case = case.clone();
    for sentence in &mut case.german {
        sentence.terms.retain(|term| !kinds.contains(&term.kind));
    }
    for unit in case.vietnamese.iter_mut().flat_map(|sentence| &mut sentence.units) {
        if kinds.contains(&unit.kind) {
            unit.kind = TermKind::Unknown;
        }
    }
    case
}
