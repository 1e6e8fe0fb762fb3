//! Which reports tell the same event.
//!
//! An inverted index over rare keys proposes a few partners for each report; the sentences of each proposal are then held against each
//! other, since only reports of one event have sentences that say the same: near neighbours share names and topics, but not statements.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use satzpaar_lexicon::terms::{GermanTerms, Key, Target, TermKind, VietnameseTerms};

use crate::bead::Gaps;
use crate::bitext::Bitext;
use crate::candidates::{self, Width};
use crate::comparable;
use crate::confidence::rate;
use crate::evidence::Scorer;
use crate::refine::mend;
use crate::rows::Rows;
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
/// And only those that share at least so much of what the best one does.
const PROMISING: f32 = 0.33;
/// A term that more reports answer than this share, or than [`MANY`], proposes none; one that no more than [`FEW`] answer always does.
const COMMON_SHARE: usize = 8;
const FEW: usize = 40;
const MANY: usize = 400;
/// Reports whose shared terms are in memory at a time.
const PIECE: usize = 256;
/// Reports that ordinary language counts for beside this corpus.
const PRIOR_REPORTS: f32 = 3.0;
/// Pairs of sentences below this probability say nothing about their reports.
const SURE: f64 = 0.5;
/// From this probability on two reports count as matched.
const LEAST: f64 = 0.5;
/// A pair with so many nats of evidence is nearly as good as one with any more.
const AMPLE: f32 = 6.0;
/// A pair with less than this share of its sentences' best evidence counts for nothing; from [`EQUAL`] on it counts in full.
const RIVALLED: f32 = 0.5;
const EQUAL: f32 = 0.8;
/// The logistic model of "the same event": constant, weight of the text covered, weight of the log of the number of pairs.
const EVENT_CONSTANT: f64 = -5.0;
const EVENT_COVER: f64 = 14.0;
const EVENT_COUNT: f64 = 1.0;
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
    judge(&proposals, german, vietnamese, weights)
}

/// As [`match_reports`], but every German report is held against every Vietnamese one: what the index leaves out is to be measured against
/// this. Time and memory grow with the product of the numbers of reports.
pub fn match_all_reports(
    german: &[ReportTerms<GermanTerms>],
    vietnamese: &[ReportTerms<VietnameseTerms>],
    weights: &Weights,
) -> Vec<ReportMatch> {
    let every = |g| (0..vietnamese.len()).map(move |v| (g, v));
    let proposals: Vec<(usize, usize)> = (0..german.len()).flat_map(every).collect();
    judge(&proposals, german, vietnamese, weights)
}

/// Holds the reports that are proposed for each other against each other.
fn judge(
    proposals: &[(usize, usize)],
    german: &[ReportTerms<GermanTerms>],
    vietnamese: &[ReportTerms<VietnameseTerms>],
    weights: &Weights,
) -> Vec<ReportMatch> {
    let shared: Vec<Vec<SharedPair>> =
        proposals.par_iter().map(|(g, v)| shared_pairs(&german[*g], &vietnamese[*v], weights)).collect();
    let best = Best::of(proposals, &shared);
    let mut matches: Vec<ReportMatch> = proposals
        .iter()
        .zip(&shared)
        .filter_map(|((g, v), pairs)| {
            let score = same_event(&german[*g], &vietnamese[*v], pairs, |pair| best.share(*g, *v, pair));
            (score >= LEAST).then_some(ReportMatch { german: *g, vietnamese: *v, score })
        })
        .collect();
    matches.sort_by_key(|m| (m.german, m.vietnamese));
    matches
}

/// The Vietnamese reports by what they mention.
struct Index {
    /// The number of each key.
    numbers: FxHashMap<Key, u32>,
    /// The reports that mention each key, rising.
    postings: Rows<u32>,
}

impl Index {
    fn new(reports: &[ReportTerms<VietnameseTerms>]) -> Self {
        let mut numbers: FxHashMap<Key, u32> = FxHashMap::default();
        let mut last: Vec<u32> = Vec::new();
        let mut mentions: Vec<(u32, u32)> = Vec::new();
        for (report, terms) in (0..).zip(reports) {
            for mention in terms.sentences.iter().flat_map(|s| &s.mentions) {
                let next = numbers.len() as u32;
                let number = *numbers.entry(mention.key).or_insert(next);
                if number == next {
                    last.push(u32::MAX);
                }
                if last[number as usize] != report {
                    last[number as usize] = report;
                    mentions.push((number, report));
                }
            }
        }
        Self { postings: Rows::grouped(numbers.len(), mentions.iter().copied()), numbers }
    }

    fn reports_with(&self, key: Key) -> &[u32] {
        self.numbers.get(&key).map_or(&[], |number| self.postings.row(*number as usize))
    }
}

/// The partners that each report proposes, as pairs of German and Vietnamese reports; a pair may be there twice.
fn propose(
    german: &[ReportTerms<GermanTerms>],
    vietnamese: &[ReportTerms<VietnameseTerms>],
) -> Vec<(usize, usize)> {
    if german.is_empty() || vietnamese.is_empty() {
        return Vec::new();
    }
    let index = Index::new(vietnamese);
    let german_lengths: Vec<usize> =
        german.iter().map(|r| r.sentences.iter().map(|s| s.terms.len()).sum()).collect();
    let vietnamese_lengths: Vec<usize> =
        vietnamese.iter().map(|r| r.sentences.iter().map(|s| s.units.len()).sum()).collect();
    let units: usize = vietnamese_lengths.iter().sum();
    let usual_length = units as f32 / vietnamese.len() as f32;
    // Long reports share more by chance.
    let set_against = |weight: f32, length: usize| weight / (length as f32 + usual_length).sqrt();

    let mut proposals = Vec::new();
    let mut by_vietnamese: Vec<Promising> = vec![Promising::default(); vietnamese.len()];
    // Piece by piece: what reports share is much, what they propose is little.
    for (piece, reports) in german.chunks(PIECE).enumerate() {
        let shared: Vec<Vec<(u32, f32)>> = reports
            .par_iter()
            .map_init(Sums::default, |sums, report| sums.of(report, &index, vietnamese.len(), usual_length))
            .collect();
        for (g, list) in (piece * PIECE..).zip(shared) {
            let mut best = Promising::default();
            for (v, weight) in list {
                best.take(set_against(weight, vietnamese_lengths[v as usize]), v as usize);
                by_vietnamese[v as usize].take(set_against(weight, german_lengths[g]), g);
            }
            proposals.extend(best.partners().map(|v| (g, v)));
        }
    }
    for (v, best) in by_vietnamese.iter().enumerate() {
        proposals.extend(best.partners().map(|g| (g, v)));
    }
    proposals
}

/// The partners that a report proposes, the best first; of equal ones the earlier.
#[derive(Clone, Copy, Debug)]
struct Promising([(f32, usize); PROPOSED]);

impl Default for Promising {
    fn default() -> Self {
        Self([(f32::NEG_INFINITY, usize::MAX); PROPOSED])
    }
}

impl Promising {
    /// Takes in a partner, if it is better than one of those before; partners come in rising order.
    fn take(&mut self, promise: f32, partner: usize) {
        let mut new = (promise, partner);
        for place in &mut self.0 {
            if new.0 > place.0 {
                std::mem::swap(&mut new, place);
            }
        }
    }

    fn partners(&self) -> impl Iterator<Item = usize> + '_ {
        let least = PROMISING * self.0[0].0;
        let promising =
            self.0.iter().filter(move |(promise, partner)| *partner != usize::MAX && *promise >= least);
        promising.map(|(_, partner)| *partner)
    }
}

/// Adds up what reports share; make one for each thread.
#[derive(Default)]
struct Sums {
    seen: FxHashSet<u64>,
    rarity: Vec<f32>,
    touched: Vec<u32>,
    /// The term that each report was last found to answer.
    met: Vec<u32>,
    term: u32,
    answering: Vec<u32>,
}

impl Sums {
    /// The Vietnamese reports that answer a German report's terms, rising, each with the summed rarity of what it answers.
    fn of(
        &mut self,
        report: &ReportTerms<GermanTerms>,
        index: &Index,
        reports: usize,
        usual_length: f32,
    ) -> Vec<(u32, f32)> {
        let most = FEW.max((reports / COMMON_SHARE).min(MANY));
        self.rarity.resize(reports, 0.0);
        self.met.resize(reports, 0);
        self.seen.clear();
        for term in report.sentences.iter().flat_map(|s| &s.terms) {
            let grammar = matches!(term.kind, TermKind::Function | TermKind::Mark);
            if grammar || !self.seen.insert(term.id) || !self.find_answering(&term.targets, index, most) {
                continue;
            }
            let usual = 1.0 - (-term.rate * usual_length).exp();
            let others = self.answering.len() as f32 - 1.0;
            let chance = (others + PRIOR_REPORTS * usual) / (reports as f32 + PRIOR_REPORTS);
            let weight = -chance.max(1e-5).ln();
            for v in &self.answering {
                let sum = &mut self.rarity[*v as usize];
                if *sum == 0.0 {
                    self.touched.push(*v);
                }
                *sum += weight;
            }
        }
        self.touched.sort_unstable();
        let rarity = &mut self.rarity;
        self.touched.drain(..).map(|v| (v, std::mem::take(&mut rarity[v as usize]))).collect()
    }

    /// Finds the reports that answer a term; false if there are none, or more than `most`.
    fn find_answering(&mut self, targets: &[Target], index: &Index, most: usize) -> bool {
        self.answering.clear();
        if self.term == u32::MAX {
            self.met.fill(0);
            self.term = 0;
        }
        self.term += 1;
        for target in targets {
            let postings = index.reports_with(target.key);
            if postings.len() > most {
                return false;
            }
            for report in postings {
                if self.met[*report as usize] != self.term {
                    self.met[*report as usize] = self.term;
                    self.answering.push(*report);
                }
            }
        }
        (1..=most).contains(&self.answering.len())
    }
}

/// Sentences of two reports that seem to say the same.
#[derive(Clone, Debug)]
struct SharedPair {
    german: Vec<usize>,
    vietnamese: Vec<usize>,
    evidence: f32,
    /// How sure the pair is, 0 to 1: by its probability and by how much there is to go by.
    weight: f64,
    /// The share of either report's characters.
    german_share: f64,
    vietnamese_share: f64,
}

fn shared_pairs(
    german: &ReportTerms<GermanTerms>,
    vietnamese: &ReportTerms<VietnameseTerms>,
    weights: &Weights,
) -> Vec<SharedPair> {
    let bitext = Bitext::new(&german.sentences, &vietnamese.sentences, weights);
    let candidates = candidates::all(&bitext, Width::TEXTS, weights);
    let mut beads = comparable::pairs(&bitext, &candidates, weights);
    mend(&bitext, &mut beads, weights.grow, Gaps::None, weights);
    rate(&bitext, &candidates, weights, &mut beads);
    let (all_de, all_vi) = bitext.characters();
    let mut scorer = Scorer::default();
    beads
        .into_iter()
        .filter(|bead| bead.is_pair() && bead.score >= SURE)
        .map(|bead| {
            let evidence = scorer.evidence(&bitext, &bead.german, &bead.vietnamese, weights).score(weights);
            let share = |part: f32, all: f32| f64::from(part / all.max(1.0));
            SharedPair {
                evidence,
                weight: bead.score * (1.0 - f64::from(-evidence.max(0.0) / AMPLE).exp()),
                german_share: share(bitext.german_burden(&bead.german).characters, all_de),
                vietnamese_share: share(bitext.vietnamese_burden(&bead.vietnamese).characters, all_vi),
                german: bead.german,
                vietnamese: bead.vietnamese,
            }
        })
        .collect()
}

/// The most evidence that each sentence has with any proposed report.
#[derive(Default)]
struct Best {
    german: FxHashMap<(usize, usize), f32>,
    vietnamese: FxHashMap<(usize, usize), f32>,
}

impl Best {
    fn of(proposals: &[(usize, usize)], shared: &[Vec<SharedPair>]) -> Self {
        let mut best = Self::default();
        for ((g, v), pairs) in proposals.iter().zip(shared) {
            for pair in pairs {
                let raise = |map: &mut FxHashMap<_, f32>, report: usize, sentence: usize| {
                    let place = map.entry((report, sentence)).or_insert(0.0);
                    *place = place.max(pair.evidence);
                };
                pair.german.iter().for_each(|i| raise(&mut best.german, *g, *i));
                pair.vietnamese.iter().for_each(|j| raise(&mut best.vietnamese, *v, *j));
            }
        }
        best
    }

    /// How far a pair is the best that its sentences have, 0 to 1. Reports of one event share sentences about equally; a near neighbour's
    /// sentence has a clearly better partner elsewhere.
    fn share(&self, german: usize, vietnamese: usize, pair: &SharedPair) -> f64 {
        let of = |map: &FxHashMap<_, f32>, report, sentences: &[usize]| {
            sentences.iter().filter_map(|s| map.get(&(report, *s)).copied()).fold(0.0, f32::max)
        };
        let best =
            of(&self.german, german, &pair.german).max(of(&self.vietnamese, vietnamese, &pair.vietnamese));
        f64::from(((pair.evidence / best.max(1e-3) - RIVALLED) / (EQUAL - RIVALLED)).clamp(0.0, 1.0))
    }
}

/// The probability that two reports tell the same event: from the text that sure pairs cover (on the side where it is more), and from how many
/// there are.
fn same_event(
    german: &ReportTerms<GermanTerms>,
    vietnamese: &ReportTerms<VietnameseTerms>,
    pairs: &[SharedPair],
    share: impl Fn(&SharedPair) -> f64,
) -> f64 {
    let (mut de, mut vi, mut count) = (0.0, 0.0, 0.0);
    for pair in pairs {
        let weight = pair.weight * share(pair);
        de += weight * pair.german_share;
        vi += weight * pair.vietnamese_share;
        count += weight;
    }
    let mut logit = EVENT_CONSTANT + EVENT_COVER * de.max(vi) + EVENT_COUNT * f64::ln_1p(count);
    if let (Some(a), Some(b)) = (german.published, vietnamese.published) {
        // Dates in metadata are often wrong: a soft hint.
        logit += if (a - b).abs() <= DAYS { 0.5 } else { -1.0 };
    }
    1.0 / (1.0 + (-logit).exp())
}
