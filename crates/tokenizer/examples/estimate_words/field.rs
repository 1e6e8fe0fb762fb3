//! A semi-Markov conditional random field (Sarawagi and Cohen 2004) over lattices of words: its likelihood with the slope, the
//! weights where that is greatest (L-BFGS, Liu and Nocedal 1989), and the best path.

use std::collections::VecDeque;

/// A run as features: of each gap, and of each word that may be (with whether it is one).
pub(crate) struct Lattice<F> {
    pub(crate) length: usize,
    pub(crate) gaps: Vec<Vec<F>>,
    /// From, to, features, whether it is one.
    pub(crate) words: Vec<(usize, usize, Vec<F>, bool)>,
}

/// The negative logarithm of the likelihood with the prior, and its slope.
pub(crate) fn loss(
    lattices: &[Lattice<usize>],
    expected: &[f64],
    prior: f64,
    weights: &[f64],
    slope: &mut [f64],
) -> f64 {
    let mut sum = 0.0;
    for ((weight, expected), slope) in weights.iter().zip(expected).zip(slope.iter_mut()) {
        let off = weight - expected;
        sum += 0.5 * prior * off * off;
        *slope = prior * off;
    }
    let add = |a: f64, b: f64| {
        let high = a.max(b);
        if high == f64::NEG_INFINITY { high } else { high + ((a - high).exp() + (b - high).exp()).ln() }
    };
    for lattice in lattices {
        let scores = scores(lattice, |feature| weights[*feature]);
        let mut ahead = vec![f64::NEG_INFINITY; lattice.length + 1];
        let mut behind = ahead.clone();
        (ahead[0], behind[lattice.length]) = (0.0, 0.0);
        for ((from, to, ..), score) in lattice.words.iter().zip(&scores) {
            ahead[*to] = add(ahead[*to], ahead[*from] + score);
        }
        for ((from, to, ..), score) in lattice.words.iter().zip(&scores).rev() {
            behind[*from] = add(behind[*from], behind[*to] + score);
        }
        let all = ahead[lattice.length];
        sum += all;
        let mut joined = vec![0.0; lattice.length];
        for ((from, to, features, right), score) in lattice.words.iter().zip(&scores) {
            let mut share = (ahead[*from] + score + behind[*to] - all).exp();
            if *right {
                sum -= score;
                share -= 1.0;
            }
            for feature in features {
                slope[*feature] += share;
            }
            joined[*from..to - 1].iter_mut().for_each(|j| *j += share);
        }
        for (features, share) in lattice.gaps.iter().zip(joined) {
            for feature in features {
                slope[*feature] += share;
            }
        }
    }
    sum
}

/// The score of each word of a lattice.
fn scores<F>(lattice: &Lattice<F>, weight: impl Fn(&F) -> f64) -> Vec<f64> {
    let mut joined = vec![0.0];
    for features in &lattice.gaps {
        joined.push(joined[joined.len() - 1] + features.iter().map(&weight).sum::<f64>());
    }
    let score = |(from, to, features, _): &(usize, usize, Vec<F>, bool)| {
        joined[to - 1] - joined[*from] + features.iter().map(&weight).sum::<f64>()
    };
    lattice.words.iter().map(score).collect()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Where `function` of so many variables, which also writes its slope, is least: L-BFGS with eight steps remembered.
pub(crate) fn minimum(start: Vec<f64>, function: impl Fn(&[f64], &mut [f64]) -> f64) -> Vec<f64> {
    let variables = start.len();
    let (mut at, mut slope) = (start, vec![0.0; variables]);
    let mut value = function(&at, &mut slope);
    let mut steps: VecDeque<(Vec<f64>, Vec<f64>)> = VecDeque::new();
    for _ in 0..150 {
        let mut way = slope.clone();
        let mut shares = Vec::new();
        for (step, change) in steps.iter().rev() {
            let share = dot(step, &way) / dot(step, change);
            way.iter_mut().zip(change).for_each(|(w, c)| *w -= share * c);
            shares.push(share);
        }
        let scale =
            steps.back().map_or_else(|| 1.0 / dot(&slope, &slope).sqrt(), |(s, c)| dot(s, c) / dot(c, c));
        for part in &mut way {
            *part *= scale;
        }
        for ((step, change), share) in steps.iter().zip(shares.iter().rev()) {
            let back = share - dot(change, &way) / dot(step, change);
            way.iter_mut().zip(step).for_each(|(w, s)| *w += back * s);
        }
        let fall = dot(&slope, &way);
        let mut length = 1.0;
        let mut next_slope = vec![0.0; variables];
        let (next, next_value) = loop {
            let next: Vec<f64> = at.iter().zip(&way).map(|(a, w)| a - length * w).collect();
            let next_value = function(&next, &mut next_slope);
            if next_value <= value - 1e-4 * length * fall || length < 1e-6 {
                break (next, next_value);
            }
            length *= 0.5;
        };
        let step: Vec<f64> = next.iter().zip(&at).map(|(n, a)| n - a).collect();
        let change: Vec<f64> = next_slope.iter().zip(&slope).map(|(n, s)| n - s).collect();
        if dot(&step, &change) > 1e-12 {
            steps.push_back((step, change));
            if steps.len() > 8 {
                steps.pop_front();
            }
        }
        let done = (value - next_value).abs() < 1e-5 * value.abs();
        (at, slope, value) = (next, next_slope, next_value);
        if done {
            break;
        }
    }
    at
}

/// The ends of the words on the best path through a lattice, the first being 0.
pub(crate) fn cut<F>(lattice: &Lattice<F>, weight: impl Fn(&F) -> f64) -> Vec<usize> {
    let mut best = vec![(f64::NEG_INFINITY, 0); lattice.length + 1];
    best[0].0 = 0.0;
    for ((from, to, ..), score) in lattice.words.iter().zip(scores(lattice, weight)) {
        if best[*from].0 + score > best[*to].0 {
            best[*to] = (best[*from].0 + score, *from);
        }
    }
    let mut ends = vec![lattice.length];
    while let Some(&last) = ends.last().filter(|e| **e > 0) {
        ends.push(best[last].1);
    }
    ends.reverse();
    ends
}
