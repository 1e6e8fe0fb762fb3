//! What is counted of a dataset, for card and manifest.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use satzpaar_corpus::Language;
use serde::{Deserialize, Serialize};

use super::formats::Rows;

/// How scores are spread.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ScoreDistribution {
    /// How many pairs score from 0 to below .1, from .1 to below .2, …, from .9 to 1.
    pub bins: Vec<u64>,
    /// The least score; absent without pairs, as all that follow.
    pub min: Option<f64>,
    /// Their mean, rounded to four decimals.
    pub mean: Option<f64>,
    /// Their median: the lower of the two in the middle.
    pub median: Option<f64>,
    /// The greatest.
    pub max: Option<f64>,
}

/// What is counted of a split.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SplitCounts {
    /// Its name.
    pub name: String,
    /// How many pairs it has.
    pub pairs: u64,
    /// How many events.
    pub events: u64,
    /// How many German reports they come from.
    pub german_reports: u64,
    /// How many Vietnamese reports.
    pub vietnamese_reports: u64,
}

/// What is counted of a dataset.
pub(crate) struct Summary<'a> {
    pub(crate) splits: Vec<SplitCounts>,
    pub(crate) scores: ScoreDistribution,
    /// Pairs by bead.
    pub(crate) beads: BTreeMap<(usize, usize), u64>,
    /// Pairs by kind.
    pub(crate) kinds: BTreeMap<&'static str, u64>,
    /// Flagged pairs.
    pub(crate) contaminated: u64,
    reports: HashMap<(Language, &'a str), u64>,
}

impl<'a> Summary<'a> {
    pub(crate) fn of(rows: &'a Rows) -> Self {
        let mut summary = Self {
            splits: Vec::new(),
            scores: ScoreDistribution { bins: vec![0; 10], ..ScoreDistribution::default() },
            beads: BTreeMap::new(),
            kinds: BTreeMap::new(),
            contaminated: 0,
            reports: HashMap::new(),
        };
        let mut scores = Vec::with_capacity(rows.dataset.items.len());
        for split in 0..rows.dataset.splits.len() {
            let (mut events, mut german, mut vietnamese) =
                (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
            for row in rows.of(split) {
                let pair = row.pair;
                events.insert(row.item.event.as_str());
                german.insert(pair.de_doc.as_str());
                vietnamese.insert(pair.vi_doc.as_str());
                *summary.beads.entry(pair.bead).or_default() += 1;
                *summary.kinds.entry(pair.kind.as_str()).or_default() += 1;
                *summary.reports.entry((Language::German, pair.de_doc.as_str())).or_default() += 1;
                *summary.reports.entry((Language::Vietnamese, pair.vi_doc.as_str())).or_default() += 1;
                summary.contaminated += u64::from(row.item.contamination.is_some());
                summary.scores.bins[((pair.score * 10.0) as usize).min(9)] += 1;
                scores.push(pair.score);
            }
            summary.splits.push(SplitCounts {
                name: rows.name(split).to_owned(),
                pairs: rows.count(split) as u64,
                events: events.len() as u64,
                german_reports: german.len() as u64,
                vietnamese_reports: vietnamese.len() as u64,
            });
        }
        scores.sort_by(f64::total_cmp);
        let rounded = |score: f64| (score * 1e4).round() / 1e4;
        summary.scores.min = scores.first().copied().map(rounded);
        summary.scores.max = scores.last().copied().map(rounded);
        summary.scores.median = scores.get(scores.len().saturating_sub(1) / 2).copied().map(rounded);
        summary.scores.mean =
            (!scores.is_empty()).then(|| rounded(scores.iter().sum::<f64>() / scores.len() as f64));
        summary
    }

    /// How many pairs there are.
    pub(crate) fn pairs(&self) -> u64 {
        self.splits.iter().map(|split| split.pairs).sum()
    }

    /// How many pairs come from a report.
    pub(crate) fn pairs_of(&self, language: Language, doc: &str) -> u64 {
        self.reports.get(&(language, doc)).copied().unwrap_or_default()
    }
}
