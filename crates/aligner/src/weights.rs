//! The numbers of the scoring model, from `data/alignment-weights.tsv`.

use std::fmt::Write as _;
use std::sync::LazyLock;

use satzpaar_lexicon::terms::{Signs, TermKind};

use crate::bead::FEATURES;

/// The weights that turn evidence into scores and probabilities. Learned by `just train`; each is explained in its file.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// For each [`TermKind`]: how often a German term of a true pair is answered.
    pub german_found: [f32; TermKind::COUNT],
    /// For each [`TermKind`]: how often a Vietnamese unit of a true pair is explained.
    pub vietnamese_found: [f32; TermKind::COUNT],
    /// What links count for, against the log-likelihood that they would have were words independent.
    pub links: f32,
    /// What missing answers count for, likewise.
    pub misses: f32,
    /// What the ratio of the lengths counts for.
    pub length: f32,
    /// What it counts for that one side, both or none is negated.
    pub negation: f32,
    /// What it counts for that one side, both or none is closed like a sentence, and quotes.
    pub form: f32,
    /// For each of the [`Signs`] the log of how much likelier that is in a true pair than by chance: none, the Vietnamese side alone, the
    /// German side alone, both.
    pub signs: [[f32; 4]; Signs::COUNT],
    /// What a pair of sentences must bring beyond chance, in units of evidence.
    pub pair: f32,
    /// Cost of a 1-2 or 2-1 bead against 1-1.
    pub group: f32,
    /// Further cost for each further sentence of a bead.
    pub further: f32,
    /// Cost of leaving a sentence without partner in a ladder.
    pub null: f32,
    /// What an order-free pair must have above its rivals.
    pub margin: f32,
    /// The least evidence for an order-free pair.
    pub free_pair: f32,
    /// What the least evidence grows by for each unit of the log of the number of sentences to choose from.
    pub crowd: f32,
    /// What an order-free pair gains if the sentences before or behind both are a pair too.
    pub neighbour: f32,
    /// What an order-free bead must gain by taking in a neighbour.
    pub grow: f32,
    /// Natural log of the usual ratio of Vietnamese to German characters.
    pub ratio_mean: f32,
    /// Spread of that log for sentences of 100 characters.
    pub ratio_spread: f32,
    /// Confidence of a ladder's pair: the weights of a logistic model of the constant 1, the evidence for each term, the evidence, the margin
    /// above the best rival, the lengths, what is missing for each term, negation, form, and (mined pairs only) names and numbers that are missing,
    /// and how many of the ordinary words of either side are answered.
    pub sure: [f32; FEATURES],
    /// Confidence of mined pairs, likewise; the margin is the one above all rivals together.
    pub mined: [f32; FEATURES],
}

static DEFAULT: LazyLock<Weights> = LazyLock::new(|| {
    // The file is part of the program; the test below says that it holds every weight.
    Weights::parse(include_str!("../../../data/alignment-weights.tsv")).unwrap_or_else(|_| Weights::zero())
});

const KINDS: [&str; TermKind::COUNT] =
    ["noun", "verb", "adjective", "adverb", "function", "name", "fact", "unknown", "mark"];

const FEATURE_NAMES: [(&str, &str); FEATURES] = [
    ("constant", "confidence: constant"),
    ("density", "confidence: evidence for each word"),
    ("evidence", "confidence: evidence"),
    ("margin", "confidence: evidence above the best rival (mined pairs: above all rivals together)"),
    ("length", "confidence: how well the lengths fit"),
    ("missing", "confidence: what is missing for each word"),
    ("negation", "confidence: how well negation fits"),
    ("form", "confidence: how well it fits what is closed like a sentence and what quotes"),
    ("names", "confidence: names of either side that the other lacks"),
    ("facts", "confidence: numbers and dates of either side that the other lacks"),
    ("german", "confidence: how many German words, but for names and numbers, are answered"),
    ("vietnamese", "confidence: how many Vietnamese words, but for names and numbers, are explained"),
];

const SIGN_NOTES: [&str; Signs::COUNT] = [
    "log of how much likelier that is negated in a true pair than by chance",
    "log of how much likelier that is closed by a mark in a true pair than by chance",
    "log of how much likelier that quotes in a true pair than by chance",
];

/// The error of [`Weights::parse`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("alignment weights: {0}")]
pub struct WeightsError(String);

impl Default for Weights {
    fn default() -> Self {
        DEFAULT.clone()
    }
}

impl Weights {
    fn zero() -> Self {
        Self {
            german_found: [0.5; TermKind::COUNT],
            vietnamese_found: [0.5; TermKind::COUNT],
            links: 0.0,
            misses: 0.0,
            length: 0.0,
            negation: 0.0,
            form: 0.0,
            signs: [[0.0; 4]; Signs::COUNT],
            pair: 0.0,
            group: 0.0,
            further: 0.0,
            null: 0.0,
            margin: 0.0,
            free_pair: 0.0,
            crowd: 0.0,
            neighbour: 0.0,
            grow: 0.0,
            ratio_mean: 0.0,
            ratio_spread: 1.0,
            sure: [0.0; FEATURES],
            mined: [0.0; FEATURES],
        }
    }

    /// Every weight with its name and a note, for reading and writing the file.
    pub(crate) fn fields(&mut self) -> Vec<(String, &'static str, &mut f32)> {
        let mut fields: Vec<(String, &'static str, &mut f32)> = Vec::new();
        for (kind, value) in KINDS.iter().zip(&mut self.german_found) {
            fields.push((
                format!("german_found.{kind}"),
                "how often such a German term of a true pair is answered",
                value,
            ));
        }
        for (kind, value) in KINDS.iter().zip(&mut self.vietnamese_found) {
            fields.push((
                format!("vietnamese_found.{kind}"),
                "how often such a Vietnamese unit of a true pair is explained",
                value,
            ));
        }
        for ((sign, note), values) in Signs::NAMES.iter().zip(SIGN_NOTES).zip(&mut self.signs) {
            for (sides, value) in ["none", "vietnamese", "german", "both"].iter().zip(values) {
                fields.push((format!("{sign}.{sides}"), note, value));
            }
        }
        let single: [(&str, &str, &mut f32); 16] = [
            (
                "links",
                "weight of the finds; below 1, since the words of a sentence are not independent",
                &mut self.links,
            ),
            ("misses", "weight of what is missing on either side", &mut self.misses),
            ("length", "weight of the ratio of the lengths", &mut self.length),
            ("negation", "weight of negation on one side, both or none", &mut self.negation),
            ("form", "weight of being closed and of quoting on one side, both or none", &mut self.form),
            ("pair", "constant for each bead with text on both sides", &mut self.pair),
            ("group", "for a 1-2 or 2-1 bead", &mut self.group),
            ("further", "for each further sentence of a bead", &mut self.further),
            ("null", "for each sentence left alone in a ladder", &mut self.null),
            ("margin", "order-free: weight of what a rival has above the pair", &mut self.margin),
            ("free_pair", "order-free: least evidence of a pair", &mut self.free_pair),
            (
                "crowd",
                "order-free: what free_pair grows by with the log of the number of sentences",
                &mut self.crowd,
            ),
            ("neighbour", "order-free: for each pair of neighbours that is a pair too", &mut self.neighbour),
            ("grow", "order-free: what a bead must gain by a neighbour", &mut self.grow),
            ("ratio_mean", "log of Vietnamese characters for each German one", &mut self.ratio_mean),
            ("ratio_spread", "its spread at 100 characters", &mut self.ratio_spread),
        ];
        fields.extend(single.map(|(name, note, value)| (name.to_owned(), note, value)));
        for (model, values) in [("sure", &mut self.sure), ("mined", &mut self.mined)] {
            for ((name, note), value) in FEATURE_NAMES.iter().zip(values) {
                fields.push((format!("{model}.{name}"), note, value));
            }
        }
        fields
    }

    /// The weights as their file has them; `provenance` is written as comments at its head.
    pub fn to_file(&self, provenance: &str) -> String {
        let mut text = String::new();
        for line in provenance.lines() {
            let _ = writeln!(text, "# {line}");
        }
        text.push_str("name\tvalue\tnote\n");
        for (name, note, value) in self.clone().fields() {
            let _ = writeln!(text, "{name}\t{value:.4}\t{note}");
        }
        text
    }

    /// Reads weights as the file has them: `name<TAB>value`, then perhaps a note; `#` begins a comment.
    ///
    /// # Errors
    /// A weight that is missing, unknown, or no number.
    pub fn parse(text: &str) -> Result<Self, WeightsError> {
        let mut weights = Self::zero();
        let mut fields = weights.fields();
        let mut seen = vec![false; fields.len()];
        for line in text.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()) {
            let mut columns = line.split('\t');
            let (name, value) = (columns.next().unwrap_or_default(), columns.next().unwrap_or_default());
            if name == "name" {
                continue;
            }
            let Some(place) = fields.iter().position(|(n, ..)| n == name) else {
                return Err(WeightsError(format!("unknown weight '{name}'")));
            };
            *fields[place].2 =
                value.parse().map_err(|_| WeightsError(format!("'{value}' of '{name}' is no number")))?;
            seen[place] = true;
        }
        if let Some(place) = seen.iter().position(|s| !s) {
            return Err(WeightsError(format!("'{}' is missing", fields[place].0)));
        }
        drop(fields);
        Ok(weights)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = include_str!("../../../data/alignment-weights.tsv");

    #[test]
    fn the_file_holds_every_weight() {
        Weights::parse(FILE).unwrap();
    }

    #[test]
    fn what_is_written_is_read_back() {
        let weights = Weights::default();
        assert_eq!(Weights::parse(&weights.to_file("two\nlines")).unwrap(), weights);
    }

    #[test]
    fn a_missing_or_unknown_weight_is_an_error() {
        let without: Vec<&str> = FILE.lines().filter(|l| !l.starts_with("null\t")).collect();
        let without = without.join("\n");
        assert_eq!(Weights::parse(&without).unwrap_err().to_string(), "alignment weights: 'null' is missing");
        assert!(Weights::parse(&format!("{FILE}\nfoo\t1\n")).unwrap_err().to_string().contains("foo"));
    }
}
