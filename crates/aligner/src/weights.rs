//! The numbers of the scoring model, from `data/alignment-weights.tsv`.

use std::fmt::Write as _;
use std::sync::LazyLock;

use satzpaar_lexicon::terms::TermKind;

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
    /// Confidence: constant of the logistic model.
    pub sure_constant: f32,
    /// Confidence: weight of the evidence for each term.
    pub sure_density: f32,
    /// Confidence: weight of the evidence.
    pub sure_evidence: f32,
    /// Confidence: weight of the margin above the best rival.
    pub sure_margin: f32,
    /// Confidence of mined pairs: constant of the logistic model.
    pub mined_constant: f32,
    /// Confidence of mined pairs: weight of the evidence for each term.
    pub mined_density: f32,
    /// Confidence of mined pairs: weight of the evidence.
    pub mined_evidence: f32,
    /// Confidence of mined pairs: weight of the margin above the best rival.
    pub mined_margin: f32,
}

static DEFAULT: LazyLock<Weights> = LazyLock::new(|| {
    // The file is part of the program; the test below says that it holds every weight.
    Weights::parse(include_str!("../../../data/alignment-weights.tsv")).unwrap_or_else(|_| Weights::zero())
});

const KINDS: [&str; TermKind::COUNT] =
    ["noun", "verb", "adjective", "adverb", "function", "name", "fact", "unknown", "mark"];

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
            sure_constant: 0.0,
            sure_density: 0.0,
            sure_evidence: 0.0,
            sure_margin: 0.0,
            mined_constant: 0.0,
            mined_density: 0.0,
            mined_evidence: 0.0,
            mined_margin: 0.0,
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
        let single: [(&str, &str, &mut f32); 22] = [
            (
                "links",
                "weight of the finds; below 1, since the words of a sentence are not independent",
                &mut self.links,
            ),
            ("misses", "weight of what is missing on either side", &mut self.misses),
            ("length", "weight of the ratio of the lengths", &mut self.length),
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
            ("sure_constant", "confidence: constant", &mut self.sure_constant),
            ("sure_density", "confidence: evidence for each word", &mut self.sure_density),
            ("sure_evidence", "confidence: evidence", &mut self.sure_evidence),
            ("sure_margin", "confidence: evidence above the best rival", &mut self.sure_margin),
            ("mined_constant", "confidence of mined pairs: constant", &mut self.mined_constant),
            ("mined_density", "confidence of mined pairs: evidence for each word", &mut self.mined_density),
            ("mined_evidence", "confidence of mined pairs: evidence", &mut self.mined_evidence),
            (
                "mined_margin",
                "confidence of mined pairs: evidence above the best rival",
                &mut self.mined_margin,
            ),
        ];
        fields.extend(single.map(|(name, note, value)| (name.to_owned(), note, value)));
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
