//! The row that every writer takes: an aligned pair of sentences, or of groups of them.

use std::fmt;
use std::str::FromStr;

use satzpaar_language::Span;
use serde::{Deserialize, Serialize};

/// How the two reports of a pair relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PairKind {
    /// One report translates the other: the pair comes from a ladder.
    Parallel,
    /// Both tell the same event in their own words: the pair was mined.
    Comparable,
}

impl PairKind {
    /// The word in the `kind` column.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Parallel => "parallel",
            Self::Comparable => "comparable",
        }
    }
}

impl fmt::Display for PairKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for PairKind {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        match word {
            "parallel" => Ok(Self::Parallel),
            "comparable" => Ok(Self::Comparable),
            _ => Err(format!("'{word}' is neither 'parallel' nor 'comparable'")),
        }
    }
}

/// One aligned pair, a row of pairs.tsv.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// Id of the German report.
    pub de_doc: String,
    /// Id of the Vietnamese report.
    pub vi_doc: String,
    /// How sure it is that the two reports tell the same event, 0 to 1.
    pub doc_score: f64,
    /// Bytes in the German report's decoded text.
    pub de: Span,
    /// Bytes in the Vietnamese report's decoded text.
    pub vi: Span,
    /// How many German and how many Vietnamese sentences are grouped.
    pub bead: (usize, usize),
    /// Estimated probability that both sides say the same, 0 to 1.
    pub score: f64,
    /// How the two reports relate.
    pub kind: PairKind,
    /// The German text.
    pub de_text: String,
    /// The Vietnamese text.
    pub vi_text: String,
}
