//! Which reports tell the same event.
//!
//! An inverted index over rare keys proposes a few partners for each report; the sentences of each proposal are then held against each
//! other, since only reports of one event have sentences that say the same: near neighbours share names and topics, but not statements.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use satzpaar_lexicon::terms::{GermanTerms, Key, TermKind, VietnameseTerms};

use crate::bitext::Bitext;
use crate::candidates;
use crate::comparable;
use crate::weights::Weights;

/// A report as matching sees it.
#[derive(Clone, Debug)]
pub struct ReportTerms<T> {
    /// What its sentences say, in order.
    pub sentences: Vec<T>,
    /// When it was published, in days since 1970-01-01, if known.
    pub published: Option<i32>,
}

/// Two reports that tell the same event.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReportMatch {
    /// German report, from 0.
    pub german: usize,
    /// Vietnamese report, from 0.
    pub vietnamese: usize,
    /// Estimated probability that they do, 0 to 1.
    pub score: f64,
}

/// Partners that each report proposes.
const PROPOSED: usize = 4;
/// A key in more reports than this share (and than [`FEW`]) proposes none.
const COMMON_SHARE: usize = 8;
const FEW: usize = 40;
/// Reports that ordinary language counts for beside this corpus.
const PRIOR_REPORTS: f32 = 3.0;
/// Pairs of sentences below this probability say nothing about their reports.
const SURE: f64 = 0.5;
/// From this probability on two reports count as matched.
const LEAST: f64 = 0.5;
/// Days apart beyond which publication dates speak against a match.
const DAYS: i32 = 10;

/// Finds the pairs of reports that tell the same event, by German report, then by Vietnamese. A report may be in several, or in none.
pub fn match_reports(
    german: &[ReportTerms<GermanTerms>],
    vietnamese: &[ReportTerms<VietnameseTerms>],
    weights: &Weights,
) -> Vec<ReportMatch> {
    let mut proposals = propose(german, vietnamese);
    proposals.sort_unstable();
    proposals.dedup();
    let mut matches: Vec<ReportMatch> = proposals
        .par_iter()
        .filter_map(|(g, v)| {
            let score = same_event(&german[*g], &vietnamese[*v], weights);
            (score >= LEAST).then_some(ReportMatch { german: *g, vietnamese: *v, score })
        })
        .collect();
    matches.sort_by_key(|m| (m.german, m.vietnamese));
    matches
}

struct Postings {
    reports: Vec<u32>,
}

fn propose(
    german: &[ReportTerms<GermanTerms>],
    vietnamese: &[ReportTerms<VietnameseTerms>],
) -> Vec<(usize, usize)> {
    if german.is_empty() || vietnamese.is_empty() {
        return Vec::new();
    }
    let mut index: FxHashMap<Key, Postings> = FxHashMap::default();
    for (number, report) in (0..).zip(vietnamese) {
        for mention in report.sentences.iter().flat_map(|s| &s.mentions) {
            let postings = index.entry(mention.key).or_insert_with(|| Postings { reports: Vec::new() });
            if postings.reports.last() != Some(&number) {
                postings.reports.push(number);
            }
        }
    }
    let units: usize = vietnamese.iter().flat_map(|r| &r.sentences).map(|s| s.units.len()).sum();
    let usual_length = units as f32 / vietnamese.len() as f32;
    let scored: Vec<Vec<(u32, f32)>> = german
        .par_iter()
        .map(|report| shared_weight(report, &index, vietnamese.len(), usual_length))
        .collect();

    // What a report can bring at most is about what it brings its best partner; both sides are set against that.
    let mut best_of_vietnamese = vec![0.0_f32; vietnamese.len()];
    for (v, weight) in scored.iter().flatten() {
        let best = &mut best_of_vietnamese[*v as usize];
        *best = best.max(*weight);
    }
    let mut proposals = Vec::new();
    let mut by_vietnamese: Vec<Vec<(f32, usize)>> = vec![Vec::new(); vietnamese.len()];
    for (g, list) in scored.iter().enumerate() {
        let mut order: Vec<(f32, usize)> = list
            .iter()
            .map(|(v, weight)| {
                let length = vietnamese[*v as usize].sentences.iter().map(|s| s.units.len()).sum::<usize>() as f32;
                // Long reports share more by chance.
                (weight / (length + usual_length).sqrt(), *v as usize)
            })
            .collect();
        order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        proposals.extend(order.iter().take(PROPOSED).map(|(_, v)| (g, *v)));
        let length = german[g].sentences.iter().map(|s| s.terms.len()).sum::<usize>() as f32;
        for (v, weight) in list {
            by_vietnamese[*v as usize].push((weight / (length + usual_length).sqrt(), g));
        }
    }
    for (v, list) in by_vietnamese.iter_mut().enumerate() {
        list.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        proposals.extend(list.iter().take(PROPOSED).map(|(_, g)| (*g, v)));
    }
    proposals
}

/// The Vietnamese reports that answer a German report's terms, each with the summed rarity of what it answers.
fn shared_weight(
    report: &ReportTerms<GermanTerms>,
    index: &FxHashMap<Key, Postings>,
    reports: usize,
    usual_length: f32,
) -> Vec<(u32, f32)> {
    let most = FEW.max(reports / COMMON_SHARE);
    let mut seen = FxHashSet::default();
    let mut sums: FxHashMap<u32, f32> = FxHashMap::default();
    let mut answering: Vec<u32> = Vec::new();
    for sentence in &report.sentences {
        for term in &sentence.terms {
            if term.kind == TermKind::Function || !seen.insert(term.id) {
                continue;
            }
            answering.clear();
            for target in sentence.targets_of(term) {
                if let Some(postings) = index.get(&target.key) {
                    answering.extend(&postings.reports);
                }
            }
            answering.sort_unstable();
            answering.dedup();
            if answering.is_empty() || answering.len() > most {
                continue;
            }
            let usual = 1.0 - (-term.rate * usual_length).exp();
            let chance = (answering.len() as f32 - 1.0 + PRIOR_REPORTS * usual) / (reports as f32 + PRIOR_REPORTS);
            let weight = -chance.max(1e-5).ln();
            for v in &answering {
                *sums.entry(*v).or_default() += weight;
            }
        }
    }
    let mut sums: Vec<_> = sums.into_iter().collect();
    sums.sort_unstable_by_key(|(v, _)| *v);
    sums
}

/// The probability that two reports tell the same event, from the sentences that they share.
fn same_event(
    german: &ReportTerms<GermanTerms>,
    vietnamese: &ReportTerms<VietnameseTerms>,
    weights: &Weights,
) -> f64 {
    let shared = Shared::of(german, vietnamese, weights);
    let mut logit = -4.5 + 9.0 * shared.cover + 0.9 * shared.pairs.ln_1p();
    if let (Some(a), Some(b)) = (german.published, vietnamese.published) {
        // Dates in metadata are often wrong: a soft hint.
        logit += if (a - b).abs() <= DAYS { 0.5 } else { -1.0 };
    }
    1.0 / (1.0 + (-logit).exp())
}

/// What two reports have in common.
#[derive(Clone, Copy, Debug)]
pub struct Shared {
    /// The share of the text (of the side where it is larger) that sure pairs cover, each weighted by its probability.
    pub cover: f64,
    /// The summed probability of the sure pairs.
    pub pairs: f64,
}

impl Shared {
    /// Measures two reports.
    pub fn of(
        german: &ReportTerms<GermanTerms>,
        vietnamese: &ReportTerms<VietnameseTerms>,
        weights: &Weights,
    ) -> Self {
        let bitext = Bitext::new(&german.sentences, &vietnamese.sentences, weights);
        let candidates = candidates::all(&bitext, weights);
        let beads = comparable::pairs(&bitext, &candidates, weights);
        let (mut de, mut vi, mut pairs) = (0.0, 0.0, 0.0);
        for bead in beads.iter().filter(|b| b.is_pair() && b.score >= SURE) {
            de += bead.score * f64::from(bitext.german_burden(&bead.german).characters);
            vi += bead.score * f64::from(bitext.vietnamese_burden(&bead.vietnamese).characters);
            pairs += bead.score;
        }
        let all_de = f64::from(bitext.german_burden(&(0..bitext.german_len())).characters).max(1.0);
        let all_vi = f64::from(bitext.vietnamese_burden(&(0..bitext.vietnamese_len())).characters).max(1.0);
        Self { cover: (de / all_de).max(vi / all_vi), pairs }
    }
}
