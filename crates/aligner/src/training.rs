//! Learning the weights from ladders whose right answer is known.
//!
//! Few numbers, each with a meaning of its own: rates are counted, the weights of the search are set one after another to what gives the best
//! strict F1, and those of the confidence by logistic regression.

use std::collections::HashSet;

use rayon::prelude::*;
use satzpaar_lexicon::terms::{GermanTerms, Signs, TermKind, VietnameseTerms};

use crate::align::{Mode, align_rated};
use crate::bead::{FEATURES, Gaps};
use crate::bitext::Bitext;
use crate::weights::Weights;
use crate::{candidates, mining};

/// Two texts and their gold ladder.
#[derive(Clone, Debug)]
pub struct TrainingCase {
    /// What the German sentences say.
    pub german: Vec<GermanTerms>,
    /// What the Vietnamese sentences say.
    pub vietnamese: Vec<VietnameseTerms>,
    /// The right pairs: German and Vietnamese sentence numbers, neither empty.
    pub gold: HashSet<(Vec<usize>, Vec<usize>)>,
    /// The kind of case it is; every kind counts the same.
    pub kind: usize,
}

/// What training says as it goes on: a line of text.
pub(crate) type Log<'a> = &'a (dyn Fn(&str) + Sync);

/// Factors (or, for weights that may be negative, steps) that are tried for each weight.
const FACTORS: [f32; 6] = [0.6, 0.8, 0.9, 1.12, 1.25, 1.6];
/// Rounds over all weights.
const ROUNDS: usize = 3;
/// A change must gain at least this much F1 to be kept: what gains less on these cases may as well lose on others.
const LEAST_GAIN: f64 = 0.002;
/// Rounds of learning how sure mined pairs are.
const MINING_ROUNDS: usize = 3;
/// The pull of the confidence's weights towards 0.
const RIDGE: f64 = 1e-3;

/// Learns weights from cases, starting from `weights`. How sure mined pairs are is learned from `lists` too: each a case of single sentences in
/// which many tell of the same matter.
pub fn train(
    cases: &[TrainingCase],
    lists: &[TrainingCase],
    weights: &Weights,
    log: &(dyn Fn(&str) + Sync),
) -> Weights {
    let mut weights = weights.clone();
    count_rates(cases, &mut weights);
    let all = with_long_ones(cases);
    let mut best = objective(&all, &weights);
    log(&format!("{} cases, start: mean strict F1 {best:.4}", cases.len()));
    for round in 1..=ROUNDS {
        let before = best;
        for name in [
            "links",
            "misses",
            "length",
            "negation",
            "form",
            "pair",
            "group",
            "further",
            "null",
            "margin",
            "free_pair",
            "crowd",
            "neighbour",
            "grow",
        ] {
            let start = weights.clone();
            for factor in FACTORS {
                let mut tried = start.clone();
                set(&mut tried, name, factor);
                let reached = objective(&all, &tried);
                if reached > best + LEAST_GAIN {
                    best = reached;
                    weights = tried;
                }
            }
        }
        log(&format!("round {round}: mean strict F1 {best:.4}"));
        if best <= before {
            break;
        }
    }
    fit_confidence(cases, &mut weights, log);
    fit_mining(cases, lists, &mut weights, log);
    weights
}

fn set(weights: &mut Weights, name: &str, factor: f32) {
    for (field, _, value) in weights.fields() {
        if field == name {
            *value *= factor;
        }
    }
}

/// The cases, and for each kind all of them joined into one long case, as a kind of its own.
pub(crate) fn with_long_ones(cases: &[TrainingCase]) -> Vec<TrainingCase> {
    let kinds = cases.iter().map(|c| c.kind + 1).max().unwrap_or(0);
    let mut all = cases.to_vec();
    for kind in 0..kinds {
        let (german, vietnamese, gold) = (Vec::new(), Vec::new(), HashSet::new());
        let mut long = TrainingCase { german, vietnamese, gold, kind: kinds + kind };
        for case in cases.iter().filter(|c| c.kind == kind) {
            let (de, vi) = (long.german.len(), long.vietnamese.len());
            let moved = |sentences: &[usize], by: usize| sentences.iter().map(|s| s + by).collect();
            long.gold.extend(case.gold.iter().map(|(g, v)| (moved(g, de), moved(v, vi))));
            long.german.extend(case.german.iter().cloned());
            long.vietnamese.extend(case.vietnamese.iter().cloned());
        }
        all.push(long);
    }
    all
}

/// Counts how often terms of each kind are answered in true pairs.
fn count_rates(cases: &[TrainingCase], weights: &mut Weights) {
    let mut german = [[0.0_f32; 2]; TermKind::COUNT];
    let mut vietnamese = [[0.0_f32; 2]; TermKind::COUNT];
    let mut ratios = Vec::new();
    let mut signs = [[1.0_f32; 4]; Signs::COUNT];
    for case in cases {
        for (de, vi) in &case.gold {
            let (mut de_characters, mut vi_characters) = (0, 0);
            let keys: HashSet<u64> =
                vi.iter().flat_map(|j| &case.vietnamese[*j].mentions).map(|m| m.key).collect();
            let mut meant = HashSet::new();
            for i in de {
                let sentence = &case.german[*i];
                de_characters += sentence.characters;
                for term in &sentence.terms {
                    let targets = &term.targets;
                    let counts = &mut german[term.kind as usize];
                    counts[0] += 1.0;
                    counts[1] += f32::from(u8::from(targets.iter().any(|t| keys.contains(&t.key))));
                    meant.extend(targets.iter().map(|t| t.key));
                }
            }
            for j in vi {
                let sentence = &case.vietnamese[*j];
                vi_characters += sentence.characters;
                for unit in &sentence.units {
                    let counts = &mut vietnamese[unit.kind as usize];
                    let explained = sentence
                        .mentions
                        .iter()
                        .any(|m| m.first < unit.end && unit.first < m.end && meant.contains(&{ m.key }));
                    counts[0] += 1.0;
                    counts[1] += f32::from(u8::from(explained));
                }
            }
            let german_signs = de.iter().fold(Signs::default(), |s, i| s.then(case.german[*i].signs)).all();
            let vietnamese_signs =
                vi.iter().fold(Signs::default(), |s, j| s.then(case.vietnamese[*j].signs)).all();
            for (sign, counts) in signs.iter_mut().enumerate() {
                counts[usize::from(german_signs[sign]) * 2 + usize::from(vietnamese_signs[sign])] += 1.0;
            }
            if de_characters > 20 && vi_characters > 20 {
                ratios.push((vi_characters as f32 / de_characters as f32).ln());
            }
        }
    }
    // Kept off 0 and 1, with a little weight on one half.
    let rate = |[all, some]: [f32; 2]| ((some + 5.0) / (all + 10.0)).clamp(0.02, 0.95);
    weights.german_found = german.map(rate);
    weights.vietnamese_found = vietnamese.map(rate);
    weights.signs = signs.map(likelihoods);
    if ratios.len() >= 50 {
        let mean = ratios.iter().sum::<f32>() / ratios.len() as f32;
        let spread = (ratios.iter().map(|r| (r - mean).powi(2)).sum::<f32>() / ratios.len() as f32).sqrt();
        (weights.ratio_mean, weights.ratio_spread) = (mean, spread);
    }
}

/// The log of how much likelier each case of a sign (none, the Vietnamese side alone, the German side alone, both) is than it would be by chance, given
/// how often each was counted.
fn likelihoods(counts: [f32; 4]) -> [f32; 4] {
    let all: f32 = counts.iter().sum();
    let (german, vietnamese) = ((counts[2] + counts[3]) / all, (counts[1] + counts[3]) / all);
    let side = |share: f32, is: bool| if is { share } else { 1.0 - share };
    std::array::from_fn(|case| {
        (counts[case] / all / (side(german, case & 2 > 0) * side(vietnamese, case & 1 > 0))).ln()
    })
}

/// Strict F1 over pairs, averaged over the kinds of cases.
fn objective(cases: &[TrainingCase], weights: &Weights) -> f64 {
    let scores = scores_by_kind(cases, weights);
    scores.iter().sum::<f64>() / scores.len().max(1) as f64
}

/// Strict F1 over pairs, counted for each kind of case.
pub(crate) fn scores_by_kind(cases: &[TrainingCase], weights: &Weights) -> Vec<f64> {
    let kinds = cases.iter().map(|c| c.kind + 1).max().unwrap_or(0);
    let counts: Vec<[usize; 3]> = cases
        .par_iter()
        .map(|case| {
            let found = align_rated(&case.german, &case.vietnamese, Mode::Auto, Gaps::Allowed, weights).0;
            let pairs = found.beads.iter().filter(|b| b.is_pair());
            let right = pairs.clone().filter(|b| is_right(case, b)).count();
            [right, pairs.count(), case.gold.len()]
        })
        .collect();
    let score = |kind: usize| {
        let mut sum = [0; 3];
        for (_, count) in cases.iter().zip(&counts).filter(|(c, _)| c.kind == kind) {
            (0..3).for_each(|i| sum[i] += count[i]);
        }
        2.0 * sum[0] as f64 / (sum[1] + sum[2]).max(1) as f64
    };
    (0..kinds).map(score).collect()
}

fn is_right(case: &TrainingCase, bead: &crate::Bead) -> bool {
    case.gold.contains(&(bead.german.clone(), bead.vietnamese.clone()))
}

/// Learns how sure pairs of ladders are.
fn fit_confidence(cases: &[TrainingCase], weights: &mut Weights, log: Log) {
    let rows: Vec<Row> = cases
        .par_iter()
        .flat_map_iter(|case| {
            let (alignment, features) =
                align_rated(&case.german, &case.vietnamese, Mode::Auto, Gaps::Allowed, weights);
            let rows = alignment.beads.into_iter().zip(features).filter(|(bead, _)| bead.is_pair());
            rows.map(|(bead, f)| Row { features: f.vector(), right: is_right(case, &bead), weight: 1.0 })
                .collect::<Vec<_>>()
        })
        .collect();
    // Ladders have no summaries, the reports that we align do: there a pair is none the less right for lengths that differ or for what one side
    // leaves out.
    if let Some(w) = logistic(&rows, &[1, 2, 3, 6, 7], "ladders", log) {
        weights.sure = w;
    }
}

/// Learns how sure mined pairs are: from the single sentences of all cases as two lists, and from other lists, of each of which a third has no
/// partner; three times, so that every pair is once whole and twice halved.
fn fit_mining(cases: &[TrainingCase], lists: &[TrainingCase], weights: &mut Weights, log: Log) {
    let single: Vec<&TrainingCase> = cases.iter().filter(|c| c.kind == 0).collect();
    let rows_of = |list: &[&TrainingCase], weights: &Weights| -> Vec<Row> {
        (0..3).flat_map(|turn| mined_rows(list, turn, weights)).collect()
    };
    // Which pairs are given out depends on how sure they are, so that it takes a few rounds.
    for _ in 0..MINING_ROUNDS {
        let mut rows = rows_of(&single, weights);
        let others: Vec<Row> = lists.iter().flat_map(|list| rows_of(&[list], weights)).collect();
        // Cases and lists together count the same, however many they are.
        let weight = if others.is_empty() { 1.0 } else { others.len() as f64 / rows.len().max(1) as f64 };
        for row in &mut rows {
            row.weight = weight;
        }
        rows.extend(others);
        if let Some(w) = logistic(&rows, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], "mining", log) {
            weights.mined = w;
        }
    }
}

/// The pairs that mining would give out, given that of each three pairs the `turn`-th keeps both sides and the others one.
fn mined_rows(cases: &[&TrainingCase], turn: usize, weights: &Weights) -> Vec<Row> {
    let (mut german, mut vietnamese, mut right) = (Vec::new(), Vec::new(), HashSet::new());
    let mut number = turn;
    for case in cases {
        let mut gold: Vec<_> = case.gold.iter().filter(|(de, vi)| de.len() == 1 && vi.len() == 1).collect();
        gold.sort();
        for (de, vi) in gold {
            if number.is_multiple_of(3) {
                right.insert((german.len() as u32, vietnamese.len() as u32));
            }
            if number % 3 < 2 {
                german.push(case.german[de[0]].clone());
            }
            if number % 3 != 1 {
                vietnamese.push(case.vietnamese[vi[0]].clone());
            }
            number += 1;
        }
    }
    let bitext = Bitext::new(&german, &vietnamese, weights);
    let candidates =
        candidates::both_ways(&bitext, candidates::all(&bitext, candidates::Width::LISTS, weights), weights);
    let features = mining::features(&bitext, &vietnamese, &candidates, weights);
    // Only pairs that would be given out count: those left when each sentence is used once.
    let rated = candidates.iter().zip(&features).map(|(c, f)| (*c, f.mined_probability(weights))).collect();
    let given: HashSet<(u32, u32)> = mining::one_to_one(rated, &bitext)
        .into_iter()
        .map(|pair| (pair.german as u32, pair.vietnamese as u32))
        .collect();
    candidates
        .iter()
        .zip(&features)
        .filter(|(c, _)| given.contains(&(c.german, c.vietnamese)))
        .map(|(c, f)| Row {
            features: f.vector(),
            right: right.contains(&(c.german, c.vietnamese)),
            weight: 1.0,
        })
        .collect()
}

/// A pair that the confidence is learned from.
#[derive(Clone, Copy, Debug)]
struct Row {
    features: [f64; FEATURES],
    right: bool,
    /// How much it counts.
    weight: f64,
}

/// Logistic regression of "this pair is right" on some of its features; `None` for too few rows. More of any feature can only make a pair surer: one
/// that would come out negative, because the others tell it already, is left out.
fn logistic(rows: &[Row], features: &[usize], name: &str, log: Log) -> Option<[f32; FEATURES]> {
    if rows.len() < 100 {
        return None;
    }
    let mut rows = rows.to_vec();
    for row in &mut rows {
        (1..FEATURES).filter(|i| !features.contains(i)).for_each(|i| row.features[i] = 0.0);
    }
    let w = loop {
        let w = newton(&rows)?;
        let Some(negative) = (1..FEATURES).filter(|i| w[*i] < 0.0).min_by(|a, b| w[*a].total_cmp(&w[*b]))
        else {
            break w;
        };
        for row in &mut rows {
            row.features[negative] = 0.0;
        }
    };
    let right = rows.iter().filter(|row| row.right).count();
    let share = 100.0 * right as f64 / rows.len() as f64;
    log(&format!("confidence for {name} from {} pairs, {share:.1} % right: {w:.3?}", rows.len()));
    Some(w.map(|w| w as f32))
}

/// Newton's method for the weights of a logistic regression with a little pull towards 0.
fn newton(rows: &[Row]) -> Option<[f64; FEATURES]> {
    let mut w = [0.0_f64; FEATURES];
    let ridge = RIDGE * rows.iter().map(|row| row.weight).sum::<f64>();
    for _ in 0..50 {
        let mut gradient = [0.0; FEATURES];
        let mut hessian = [[0.0; FEATURES]; FEATURES];
        for Row { features: x, right, weight } in rows {
            let logit: f64 = x.iter().zip(&w).map(|(a, b)| a * b).sum();
            let p = 1.0 / (1.0 + (-logit).exp());
            for i in 0..FEATURES {
                gradient[i] += weight * (f64::from(u8::from(*right)) - p) * x[i];
                for j in 0..FEATURES {
                    hessian[i][j] += weight * p * (1.0 - p) * x[i] * x[j];
                }
            }
        }
        for i in 0..FEATURES {
            gradient[i] -= ridge * w[i] * f64::from(u8::from(i > 0));
            hessian[i][i] += ridge;
        }
        let step = solve(hessian, gradient)?;
        (0..FEATURES).for_each(|i| w[i] += step[i]);
        if step.iter().all(|s| s.abs() < 1e-9) {
            break;
        }
    }
    Some(w)
}

/// Solves a small linear system by Gauss elimination with pivots; `None` if it has no single solution.
fn solve(mut a: [[f64; FEATURES]; FEATURES], mut b: [f64; FEATURES]) -> Option<[f64; FEATURES]> {
    for column in 0..FEATURES {
        let pivot = (column..FEATURES).max_by(|x, y| a[*x][column].abs().total_cmp(&a[*y][column].abs()))?;
        if a[pivot][column].abs() < 1e-12 {
            return None;
        }
        a.swap(column, pivot);
        b.swap(column, pivot);
        for row in 0..FEATURES {
            if row != column {
                let factor = a[row][column] / a[column][column];
                let pivot_row = a[column];
                a[row].iter_mut().zip(pivot_row).for_each(|(x, p)| *x -= factor * p);
                b[row] -= factor * b[column];
            }
        }
    }
    Some(std::array::from_fn(|i| b[i] / a[i][i]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_linear_system_is_solved() {
        let mut a = [[0.0; FEATURES]; FEATURES];
        let mut b = [0.0; FEATURES];
        for i in 0..FEATURES {
            a[i][i] = 4.0;
            a[i][(i + 1) % FEATURES] = 1.0;
            b[i] = 10.0;
        }
        let x = solve(a, b).unwrap();
        assert!(x.iter().all(|x| (x - 2.0).abs() < 1e-9), "{x:?}");
        assert!(solve([[0.0; FEATURES]; FEATURES], [1.0; FEATURES]).is_none());
    }
}
