//! The figures of an audit.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use serde::Serialize;

use super::agreement::{Metric, cohen_kappa, krippendorff_alpha};
use super::estimate::rounded;
use super::sheet::{Judgement, Sheet};
use super::{strata, stratified};
use crate::calibration::wilson;
use crate::dataset::Estimate;
use crate::dataset::rows::PairRow;
use crate::table;

/// What an audit found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Audit {
    /// How many pairs the dataset has.
    pub pairs: usize,
    /// How many of them were judged.
    pub judged: usize,
    /// The share of the dataset that is right, with its 95 % interval; `None` if all that was judged is unsure.
    pub precision: Option<Estimate>,
    /// Likewise with what is partly right.
    pub precision_lenient: Option<Estimate>,
    /// What the scores say: the mean score of the whole dataset.
    pub expected_precision: f64,
    /// By score, the least sure first.
    pub strata: Vec<Stratum>,
    /// Who judged how much, by name.
    pub annotators: Vec<Annotator>,
    /// Between them; `None` for one annotator.
    pub agreement: Option<Agreement>,
    /// How many pairs most annotators take for right.
    pub accepted: usize,
    /// Pairs that annotators judge differently, by id.
    pub disagreements: Vec<JudgedPair>,
    /// All judged pairs in the order of the dataset: the rows of audit.tsv.
    #[serde(skip)]
    pub all: Vec<JudgedPair>,
}

/// Pairs of like scores. Counts are of verdicts: of several judgements the middle one on the scale wrong, partly, right (of two middle ones the
/// worse); unsure only if all are.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Stratum {
    /// The lowest score in it.
    pub from: f64,
    /// The highest.
    pub to: f64,
    /// How many pairs of the dataset lie in it.
    pub pairs: usize,
    /// Their mean score.
    pub mean_score: f64,
    /// How many were judged right.
    pub right: u64,
    /// Partly.
    pub partly: u64,
    /// Wrong.
    pub wrong: u64,
    /// Unsure; these count in no share.
    pub unsure: u64,
    /// The share that is right with Wilson's 95 % interval; `None` without judgements.
    pub precision: Option<Estimate>,
}

impl Stratum {
    fn decided(&self) -> u64 {
        self.right + self.partly + self.wrong
    }
}

/// An annotator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Annotator {
    /// The sheet's name.
    pub name: String,
    /// How many pairs she judged.
    pub judged: usize,
    /// How many rows of her sheet are empty.
    pub blank: usize,
    /// Her judgements, by word.
    pub judgements: BTreeMap<&'static str, usize>,
}

/// Agreement over pairs that two or more annotators judged, unsure left out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Agreement {
    /// How many pairs.
    pub pairs: usize,
    /// On how many of them all agree.
    pub same: usize,
    /// Cohen's kappa, for two annotators.
    pub cohen_kappa: Option<f64>,
    /// Krippendorff's alpha, all differences alike.
    pub krippendorff_alpha_nominal: Option<f64>,
    /// Krippendorff's alpha on the scale wrong, partly, right.
    pub krippendorff_alpha_ordinal: Option<f64>,
}

/// A judged pair.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct JudgedPair {
    /// The row, an index.
    #[serde(skip)]
    pub row: usize,
    /// Its id.
    pub id: String,
    /// Its score.
    pub score: f64,
    /// See [`Stratum`].
    pub verdict: Judgement,
    /// Whether more than half of those who judged it say right.
    pub accepted: bool,
    /// By annotator.
    pub judgements: BTreeMap<String, Judgement>,
    /// By annotator, where there are any.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub comments: BTreeMap<String, String>,
}

/// Computes the figures of a dataset's rows from its sheets. The rows are cut into `number` strata as for drawing, or into fewer if some would
/// have no judgement.
pub fn audit(rows: &[PairRow], sheets: &[Sheet], number: usize) -> Audit {
    let all = judged_pairs(rows, sheets);
    let mut found = (1..=number.max(1)).rev().map(|number| count(rows, &all, number));
    let whole = |strata: &Vec<Stratum>| strata.iter().all(|stratum| stratum.decided() > 0);
    let strata = found.find(whole).unwrap_or_else(|| count(rows, &all, 1));
    let share = |right: fn(&Stratum) -> u64| -> Option<Estimate> {
        let part = |s: &Stratum| (s.pairs as f64 / rows.len() as f64, right(s), s.decided());
        whole(&strata).then(|| stratified(&strata.iter().map(part).collect::<Vec<_>>()))
    };
    let differs = |pair: &&JudgedPair| {
        let mut ranks = pair.judgements.values().filter_map(|judgement| judgement.rank());
        let first = ranks.next();
        ranks.any(|rank| Some(rank) != first)
    };
    let mut disagreements: Vec<JudgedPair> = all.iter().filter(differs).cloned().collect();
    disagreements.sort_by(|a, b| a.id.cmp(&b.id));
    Audit {
        pairs: rows.len(),
        judged: all.len(),
        precision: share(|s| s.right),
        precision_lenient: share(|s| s.right + s.partly),
        expected_precision: mean(rows.iter().map(|row| row.pair.score)),
        strata,
        annotators: sheets.iter().map(annotator).collect(),
        agreement: agreement(&all, sheets),
        accepted: all.iter().filter(|pair| pair.accepted).count(),
        disagreements,
        all,
    }
}

fn judged_pairs(rows: &[PairRow], sheets: &[Sheet]) -> Vec<JudgedPair> {
    let mut pairs: BTreeMap<usize, JudgedPair> = BTreeMap::new();
    for sheet in sheets {
        for (&row, mark) in &sheet.marks {
            let pair = pairs.entry(row).or_insert_with(|| JudgedPair {
                row,
                id: rows[row].id.clone().unwrap_or_default(),
                score: rows[row].pair.score,
                verdict: Judgement::Unsure,
                accepted: false,
                judgements: BTreeMap::new(),
                comments: BTreeMap::new(),
            });
            pair.judgements.insert(sheet.annotator.clone(), mark.judgement);
            if !mark.comment.is_empty() {
                pair.comments.insert(sheet.annotator.clone(), mark.comment.clone());
            }
        }
    }
    for pair in pairs.values_mut() {
        let mut decided: Vec<Judgement> =
            pair.judgements.values().copied().filter(|j| *j != Judgement::Unsure).collect();
        decided.sort();
        if !decided.is_empty() {
            pair.verdict = decided[(decided.len() - 1) / 2];
        }
        let right = decided.iter().filter(|j| **j == Judgement::Right).count();
        pair.accepted = 2 * right > pair.judgements.len();
    }
    pairs.into_values().collect()
}

fn count(rows: &[PairRow], judged: &[JudgedPair], number: usize) -> Vec<Stratum> {
    let of = strata(rows, number);
    let mut counted = vec![Stratum::default(); of.iter().max().map_or(0, |last| last + 1)];
    for (stratum, row) in of.iter().zip(rows) {
        let (stratum, score) = (&mut counted[*stratum], row.pair.score);
        stratum.from = if stratum.pairs == 0 { score } else { stratum.from.min(score) };
        stratum.to = if stratum.pairs == 0 { score } else { stratum.to.max(score) };
        stratum.pairs += 1;
        stratum.mean_score += score;
    }
    for pair in judged {
        let stratum = &mut counted[of[pair.row]];
        *match pair.verdict {
            Judgement::Right => &mut stratum.right,
            Judgement::Partly => &mut stratum.partly,
            Judgement::Wrong => &mut stratum.wrong,
            Judgement::Unsure => &mut stratum.unsure,
        } += 1;
    }
    for stratum in &mut counted {
        stratum.mean_score = rounded(stratum.mean_score / stratum.pairs.max(1) as f64);
        let n = stratum.decided();
        stratum.precision = (n > 0).then(|| {
            let interval = wilson(stratum.right, n, table::Z95);
            let value = rounded(stratum.right as f64 / n as f64);
            Estimate { value, low: rounded(interval.low), high: rounded(interval.high) }
        });
    }
    counted
}

fn annotator(sheet: &Sheet) -> Annotator {
    let mut judgements = BTreeMap::new();
    for mark in sheet.marks.values() {
        *judgements.entry(mark.judgement.as_str()).or_default() += 1;
    }
    Annotator { name: sheet.annotator.clone(), judged: sheet.marks.len(), blank: sheet.blank, judgements }
}

fn agreement(pairs: &[JudgedPair], sheets: &[Sheet]) -> Option<Agreement> {
    if sheets.len() < 2 {
        return None;
    }
    let units: Vec<Vec<usize>> = pairs
        .iter()
        .map(|pair| pair.judgements.values().filter_map(|judgement| judgement.rank()).collect())
        .filter(|unit: &Vec<usize>| unit.len() >= 2)
        .collect();
    let twos: Vec<(usize, usize)> = units.iter().map(|unit| (unit[0], unit[1])).collect();
    let round = |value: Option<f64>| value.map(rounded);
    Some(Agreement {
        pairs: units.len(),
        same: units.iter().filter(|unit| unit.iter().all(|rank| *rank == unit[0])).count(),
        cohen_kappa: round(cohen_kappa(&twos).filter(|_| sheets.len() == 2)),
        krippendorff_alpha_nominal: round(krippendorff_alpha(&units, Metric::Nominal)),
        krippendorff_alpha_ordinal: round(krippendorff_alpha(&units, Metric::Ordinal)),
    })
}

fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let n = values.len().max(1) as f64;
    rounded(values.sum::<f64>() / n)
}

fn estimate(estimate: Option<Estimate>) -> String {
    estimate.map_or_else(|| "–".to_owned(), |e| format!("{:.3} (95 % {:.3}–{:.3})", e.value, e.low, e.high))
}

const COLUMNS: [&str; 8] =
    ["scores", "pairs", "mean score", "right", "partly", "wrong", "unsure", "share right (95 %)"];

impl Audit {
    fn cells(&self) -> Vec<Vec<String>> {
        let row = |s: &Stratum| {
            let interval = s.precision.map_or_else(
                || "–".to_owned(),
                |e| format!("{:.3} ({})", e.value, table::interval(e.low, e.high)),
            );
            let mut row =
                vec![format!("{:.4}–{:.4}", s.from, s.to), s.pairs.to_string(), table::share(s.mean_score)];
            row.extend([s.right, s.partly, s.wrong, s.unsure].map(|n| n.to_string()));
            row.push(interval);
            row
        };
        self.strata.iter().map(row).collect()
    }

    fn agreement_line(&self) -> Option<String> {
        let a = self.agreement.as_ref()?;
        let mut line = format!("the same judgement on {} of {} pairs that several judged", a.same, a.pairs);
        for (name, value) in [
            ("Cohen's kappa", a.cohen_kappa),
            ("Krippendorff's alpha (nominal)", a.krippendorff_alpha_nominal),
            ("(ordinal)", a.krippendorff_alpha_ordinal),
        ] {
            if let Some(value) = value {
                let _ = write!(line, ", {name} {value:.3}");
            }
        }
        Some(line)
    }

    /// The figures for a dataset's card: Markdown without markers, with an end of line at its end.
    pub fn markdown(&self) -> String {
        let names = self
            .annotators
            .iter()
            .map(|a| format!("`{}`", a.name.replace('`', "'")))
            .collect::<Vec<_>>()
            .join(", ");
        let mut text = format!(
            "{} of {} pairs, drawn evenly over the scores, were judged by {names}.\n\n- Right: **{}**; by the scores, {:.3} was to be expected\n- Right or partly right: {}\n",
            self.judged,
            self.pairs,
            estimate(self.precision),
            self.expected_precision,
            estimate(self.precision_lenient),
        );
        if let Some(line) = self.agreement_line() {
            let _ = writeln!(text, "- Agreement: {line}");
        }
        let _ = writeln!(text, "- Accepted (`accepted.tsv`): {} pairs\n", self.accepted);
        let _ = writeln!(text, "| {} |\n|{}", COLUMNS.join(" | "), "---|".repeat(COLUMNS.len()));
        for row in self.cells() {
            let _ = writeln!(text, "| {} |", row.join(" | "));
        }
        text.push_str(
            "\nIntervals: 95 %, by Wilson (1927); for the whole at the effective sample size of the strata (Korn and Graubard 1998). Where annotators differ, the middle judgement counts, of two the worse; unsure ones count in no share.\n",
        );
        text
    }
}

impl fmt::Display for Audit {
    /// For a terminal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", table::table(&COLUMNS, self.cells()))?;
        writeln!(f)?;
        writeln!(
            f,
            "right            {}; expected by the scores {:.3}",
            estimate(self.precision),
            self.expected_precision
        )?;
        writeln!(f, "right or partly  {}", estimate(self.precision_lenient))?;
        if let Some(line) = self.agreement_line() {
            writeln!(f, "agreement        {line}")?;
        }
        write!(f, "accepted         {} of {} judged pairs", self.accepted, self.judged)?;
        for (i, pair) in self.disagreements.iter().enumerate() {
            let said: Vec<String> = pair
                .judgements
                .iter()
                .map(|(name, judgement)| format!("{name} {}", judgement.as_str()))
                .collect();
            write!(
                f,
                "\n{} {}: {}",
                if i == 0 { "differ          " } else { "                " },
                pair.id,
                said.join(", ")
            )?;
        }
        Ok(())
    }
}
