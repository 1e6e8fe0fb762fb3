//! Learns the model of Vietnamese words that `data/vietnamese/*.vtb.tsv` hold, from a treebank's words.
//!
//! `estimate_words TRAIN.jsonl DATA` writes the three files into the folder DATA (`data`); with `--folds` it writes nothing
//! and tells how well models learned from four fifths of TRAIN cut the fifth that is left, five times. A line of TRAIN is
//! `{"text": …, "words": [[start, end], …]}`, in code points. The weights are those of a semi-Markov conditional random field
//! with a Gaussian prior, found by L-BFGS (Liu and Nocedal 1989). What is known of the words of a tenth of TRAIN is, while
//! learning, told by the statistics of the other nine, so that the weights fit words that were never seen.
#![allow(clippy::print_stdout)] // an example is for printing

#[path = "../src/words/features.rs"]
#[allow(dead_code)]
mod features;
#[path = "../build/lists.rs"]
#[allow(dead_code)]
mod lists;
#[path = "../src/words/reading.rs"]
mod reading;

use features::{
    LONGEST, LONGEST_NAME, Shape, Syllable, SyllableRecord, Template, WordRecord, may_be_word, settle,
};
use lists::{Lists, Statistics};
use reading::{Reading, read};
use satzpaar_language::fold::fold_vietnamese;
use satzpaar_tokenizer::{Language, Token, TokenKind, Tokenizer};
use std::collections::{BTreeMap, VecDeque};
use std::error::Error;
use std::fmt::Write;
use std::path::Path;

const HEADER: &str = "# Derived from the training part of UD Vietnamese-VTB (https://universaldependencies.org/treebanks/vi_vtb), CC BY-SA 4.0;
# this file is under the same licence. Written by crates/tokenizer/examples/estimate_words.rs.
";
/// Strength of the prior; chosen by `--folds`, as are the next two.
const PRIOR: f64 = 3.0;
/// A feature is one that occurs so often.
const OCCURS: u32 = 2;
/// Parts that each are counted without while learning.
const PARTS: usize = 10;
/// Weights nearer to null are not written.
const LEAST: f64 = 0.01;

/// What weights are expected to be before the treebank speaks, where that is not null: listed words with a prefix (*phó chủ
/// tịch*; the treebank has as many joined as not) and syllables said twice are words.
const EXPECTED: [(Feature, f64); 11] = [
    ((Template::Prefixed, 1), 3.0),
    ((Template::Prefixed, 3), 3.0),
    ((Template::Prefixed, 4), 3.0),
    ((Template::Prefixed, 5), 3.0),
    ((Template::Prefixed, 6), 3.0),
    ((Template::Prefixed, 7), 3.0),
    ((Template::Twice, 10), 3.0),
    ((Template::NewSurname, 2), -2.0),
    ((Template::NewSurname, 3), -4.0),
    ((Template::NewSurname, 6), -1.0),
    ((Template::NewSurname, 7), -2.0),
];

type Feature = (Template, u32);

/// Syllables that may be joined, with the ends of the treebank's words.
struct Run {
    syllables: Vec<Syllable>,
    ends: Vec<usize>,
    /// Bytes of the text.
    spans: Vec<(usize, usize)>,
}

struct Sentence {
    text: String,
    runs: Vec<Run>,
    gold: Vec<(usize, usize)>,
    /// Tokens that are no syllables.
    others: Vec<(usize, usize)>,
}

/// A run as features: of each gap, and of each word that may be (with whether it is one).
struct Lattice<F> {
    length: usize,
    gaps: Vec<Vec<F>>,
    words: Vec<(usize, usize, Vec<F>, bool)>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, train, data, rest @ ..] = arguments.as_slice() else {
        return Err("usage: estimate_words TRAIN.jsonl DATA [--folds]".into());
    };
    let data = Path::new(data);
    let mut lists = Lists::read(data)?;
    let sentences = sentences(&std::fs::read_to_string(train)?, &mut lists)?;
    if rest.iter().any(|a| a == "--folds") {
        if std::env::var("TRUST").is_err() { lists.forget(); }
        folds(&lists, &lists, &sentences);
        return Ok(());
    }
    let folder = data.join("vietnamese");
    let listed: std::collections::BTreeSet<Vec<u32>> = lists.words.keys().cloned().collect();
    lists.forget();
    let weights = learn(&lists, &sentences.iter().collect::<Vec<_>>());
    let statistics = count(&lists, sentences.iter());
    let text = |row: &[u32]| {
        row.iter().map(|id| lists.syllables[*id as usize].as_str()).collect::<Vec<_>>().join(" ")
    };

    let mut out = format!(
        "{HEADER}# Words of Vietnamese, names left out, with how often they occur, as keys (the tone behind its syllable as a digit).\n# Columns: word, count.\n"
    );
    let mut words: Vec<_> = statistics.words.iter().map(|(row, count)| (text(row), *count)).collect();
    words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    for (word, count) in words {
        writeln!(out, "{word}\t{count}")?;
    }
    std::fs::write(folder.join("word-frequency.vtb.tsv"), out)?;

    let mut out = format!(
        "{HEADER}# Pairs of syllables that stand side by side in two words, with how often, as keys; only those that a list or the treebank also has as a word.\n# Columns: pair, count.\n"
    );
    let mut pairs: Vec<_> =
        statistics.apart.iter().map(|((a, b), count)| (text(&[*a, *b]), *count)).collect();
    pairs.sort();
    let known = |pair: &str| {
        let row: Vec<u32> = pair.split(' ').map(|s| lists.numbers[s]).collect();
        listed.contains(&row) || statistics.words.contains_key(&row)
    };
    for (pair, count) in pairs.iter().filter(|p| known(&p.0)) {
        writeln!(out, "{pair}\t{count}")?;
    }
    std::fs::write(folder.join("syllable-pairs.vtb.tsv"), out)?;

    let mut out = format!(
        "{HEADER}# Weights of the features by which syllables are joined into words (crates/tokenizer/src/words/features.rs).\n# Columns: template, value (a syllable's key or a number), weight.\n"
    );
    let mut written = 0;
    for ((template, value), weight) in weights.iter().filter(|(_, w)| w.abs() >= LEAST) {
        let name = Template::ALL.iter().find(|t| t.0 == *template).map_or("", |t| t.1);
        if template.is_lexical() {
            writeln!(out, "{name}\t{}\t{weight:.3}", lists.syllables[*value as usize])?;
        } else {
            writeln!(out, "{name}\t{value}\t{weight:.3}")?;
        }
        written += 1;
    }
    std::fs::write(folder.join("word-model.vtb.tsv"), out)?;
    println!("{written} weights");
    Ok(())
}

/// Reads the treebank.
fn sentences(text: &str, lists: &mut Lists) -> Result<Vec<Sentence>, Box<dyn Error>> {
    let tokenizer = Tokenizer::new(Language::Vietnamese);
    let (mut tokens, mut key) = (Vec::new(), String::new());
    let mut sentences = Vec::new();
    for line in text.lines() {
        let value: serde_json::Value = serde_json::from_str(line)?;
        let text = value["text"].as_str().ok_or("no text")?;
        let bytes: Vec<usize> = text.char_indices().map(|c| c.0).chain([text.len()]).collect();
        let at = |span: &serde_json::Value, i: usize| span[i].as_u64().map_or(0, |n| bytes[n as usize]);
        let gold = value["words"].as_array().ok_or("no words")?;
        let gold: Vec<_> = gold.iter().map(|span| (at(span, 0), at(span, 1))).collect();
        tokenizer.tokenize(text, &mut tokens);
        let mut sentence = Sentence { text: text.to_owned(), runs: Vec::new(), gold, others: Vec::new() };
        let mut run = Run { syllables: Vec::new(), ends: Vec::new(), spans: Vec::new() };
        read(text, &tokens, |reading| match reading {
            Reading::Syllable(token, shape) => {
                key.clear();
                fold_vietnamese(tokens[token].surface(text), &mut key);
                let id = lists.number(&key);
                run.syllables.push(Syllable { id, shape, record: SyllableRecord::default() });
                run.spans.push((tokens[token].span.start, tokens[token].span.end));
            }
            Reading::Other(token) => sentence.others.push((tokens[token].span.start, tokens[token].span.end)),
            Reading::End if run.spans.is_empty() => {}
            Reading::End => {
                settle(&mut run.syllables);
                let apart = |pair: &[(usize, usize)]| {
                    !sentence.gold.iter().any(|w| w.0 < pair[0].1 && pair[1].0 < w.1)
                };
                run.ends = (1..run.spans.len()).filter(|i| apart(&run.spans[i - 1..=*i])).collect();
                run.ends.push(run.spans.len());
                let next = Run { syllables: Vec::new(), ends: Vec::new(), spans: Vec::new() };
                sentence.runs.push(std::mem::replace(&mut run, next));
            }
        });
        sentences.push(sentence);
    }
    Ok(sentences)
}

/// Counts words, names left out.
fn count<'s>(lists: &Lists, sentences: impl Iterator<Item = &'s Sentence>) -> Statistics {
    let mut statistics = Statistics::default();
    for run in sentences.flat_map(|s| &s.runs) {
        let mut from = 0;
        for &to in &run.ends {
            let word = &run.syllables[from..to];
            let small =
                |s: &Syllable| s.shape == Shape::Lower || (s.shape == Shape::First && word.len() == 1);
            if word.iter().any(small) {
                statistics.add(word.iter().map(|s| s.id).collect(), 1);
            }
            if let Some(next) = run.syllables.get(to).filter(|s| s.shape == Shape::Lower) {
                *statistics.apart.entry((run.syllables[to - 1].id, next.id)).or_default() += 1;
            }
            from = to;
        }
    }
    statistics.finish(lists);
    statistics
}

/// The lattice of a run, each feature as `number` gives it.
fn lattice<F>(
    lists: &Lists,
    statistics: &Statistics,
    run: &Run,
    gold: bool,
    mut number: impl FnMut(Feature) -> Option<F>,
) -> Lattice<F> {
    let mut syllables = run.syllables.clone();
    for syllable in &mut syllables {
        syllable.record = lists.syllable(syllable.id, statistics);
    }
    let ids: Vec<u32> = syllables.iter().map(|s| s.id).collect();
    let pairs: Vec<_> = ids.windows(2).map(|pair| lists.word(pair, statistics)).collect();
    let mut found = Vec::new();
    let mut gaps = Vec::new();
    for at in 0..pairs.len() {
        features::gap(&syllables, &pairs, at, |template, value| found.extend(number((template, value))));
        gaps.push(std::mem::take(&mut found));
    }
    let mut words = Vec::new();
    for from in 0..ids.len() {
        let longest = if syllables[from].shape == Shape::Lower { LONGEST } else { LONGEST_NAME };
        for to in from + 1..=ids.len() {
            let right = run.ends.contains(&to)
                && (from == 0 || run.ends.contains(&from))
                && !run.ends.iter().any(|e| (from + 1..to).contains(e));
            let length = to - from;
            let record =
                if length > 1 { lists.word(&ids[from..to], statistics) } else { WordRecord::default() };
            let may = length <= 2
                || (length <= LONGEST && record.is_word())
                || (length <= longest && may_be_word(&syllables[from..to]));
            if may || (gold && right) {
                features::word(&syllables, from, to, record, |template, value| {
                    found.extend(number((template, value)));
                });
                words.push((from, to, std::mem::take(&mut found), right));
            }
        }
    }
    Lattice { length: ids.len(), gaps, words }
}

/// Learns the weights.
fn learn(lists: &Lists, sentences: &[&Sentence]) -> BTreeMap<Feature, f64> {
    let part = |i: usize| i * sentences.len() / PARTS;
    let mut lattices = Vec::new();
    for i in 0..PARTS {
        let others = sentences[..part(i)].iter().chain(&sentences[part(i + 1)..]);
        let statistics = count(lists, others.copied());
        for run in sentences[part(i)..part(i + 1)].iter().flat_map(|s| &s.runs) {
            lattices.push(lattice(lists, &statistics, run, true, Some));
        }
    }
    let mut occurs: BTreeMap<Feature, u32> = BTreeMap::new();
    for lattice in &lattices {
        for feature in lattice.gaps.iter().chain(lattice.words.iter().map(|w| &w.2)).flatten() {
            *occurs.entry(*feature).or_default() += 1;
        }
    }
    for (feature, _) in EXPECTED {
        *occurs.entry(feature).or_default() += OCCURS;
    }
    let off = std::env::var("OFF").unwrap_or_default();
    let off: Vec<&str> = off.split(',').collect();
    let name = |t: Template| Template::ALL[t as usize].1;
    let features: Vec<Feature> = occurs.into_iter().filter(|f| f.1 >= OCCURS && !off.contains(&name(f.0.0))).map(|f| f.0).collect();
    let expected = |feature| EXPECTED.iter().find(|e| e.0 == feature).map_or(0.0, |e| e.1);
    let expected: Vec<f64> = features.iter().map(|f| expected(*f)).collect();
    let numbered =
        |found: Vec<Feature>| found.iter().filter_map(|f| features.binary_search(f).ok()).collect();
    let lattices: Vec<Lattice<usize>> = lattices
        .into_iter()
        .map(|l| Lattice {
            length: l.length,
            gaps: l.gaps.into_iter().map(numbered).collect(),
            words: l.words.into_iter().map(|(a, b, f, right)| (a, b, numbered(f), right)).collect(),
        })
        .collect();
    let weights = minimum(features.len(), |weights, slope| loss(&lattices, &expected, weights, slope));
    features.into_iter().zip(weights).collect()
}

/// The negative logarithm of the likelihood with the prior, and its slope.
fn loss(lattices: &[Lattice<usize>], expected: &[f64], weights: &[f64], slope: &mut [f64]) -> f64 {
    let mut sum = 0.0;
    #[allow(non_snake_case)]
    let prior: f64 = std::env::var("PRIOR").map_or(PRIOR, |p| p.parse().unwrap());
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
fn minimum(variables: usize, function: impl Fn(&[f64], &mut [f64]) -> f64) -> Vec<f64> {
    let (mut at, mut slope) = (vec![0.0; variables], vec![0.0; variables]);
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
        let done = (value - next_value).abs() < std::env::var("EPS").map_or(1e-5, |e| e.parse::<f64>().unwrap()) * value.abs();
        (at, slope, value) = (next, next_slope, next_value);
        if done {
            break;
        }
    }
    at
}

/// Learns from four fifths and cuts the fifth, five times.
fn folds(learning: &Lists, lists: &Lists, sentences: &[Sentence]) {
    let (mut hits, mut found, mut wanted) = (0, 0, 0);
    for fold in 0..5 {
        let (from, to) = (fold * sentences.len() / 5, (fold + 1) * sentences.len() / 5);
        let train: Vec<&Sentence> = sentences[..from].iter().chain(&sentences[to..]).collect();
        let weights = learn(learning, &train);
        let statistics = count(lists, train.into_iter());
        let before = (hits, found, wanted);
        for sentence in &sentences[from..to] {
            wanted += sentence.gold.len();
            found += sentence.others.len();
            hits += sentence.others.iter().filter(|o| sentence.gold.contains(o)).count();
            for run in &sentence.runs {
                let lattice = lattice(lists, &statistics, run, false, Some);
                let mut best = vec![(f64::NEG_INFINITY, 0); lattice.length + 1];
                best[0].0 = 0.0;
                let scores = scores(&lattice, |feature| weights.get(feature).copied().unwrap_or_default());
                for ((from, to, ..), score) in lattice.words.iter().zip(scores) {
                    if best[*from].0 + score > best[*to].0 {
                        best[*to] = (best[*from].0 + score, *from);
                    }
                }
                let mut to = lattice.length;
                let mut cut = vec![to];
                while to > 0 {
                    let from = best[to].1;
                    cut.push(from);
                    found += 1;
                    hits += usize::from(sentence.gold.contains(&(run.spans[from].0, run.spans[to - 1].1)));
                    to = from;
                }
                if std::env::var("ERRORS").is_ok() {
                    cut.reverse();
                    let mut gold = vec![0];
                    gold.extend(&run.ends);
                    let both: Vec<usize> = cut.iter().copied().filter(|c| gold.contains(c)).collect();
                    for w in both.windows(2) {
                        let g: Vec<usize> = gold.iter().copied().filter(|x| *x >= w[0] && *x <= w[1]).collect();
                        let c: Vec<usize> = cut.iter().copied().filter(|x| *x >= w[0] && *x <= w[1]).collect();
                        if g != c {
                            let show = |x: &[usize]| x.windows(2).map(|p| {
                                let t: Vec<&str> = (p[0]..p[1]).map(|i| &sentence.text[run.spans[i].0..run.spans[i].1]).collect();
                                let row: Vec<u32> = run.syllables[p[0]..p[1]].iter().map(|s| s.id).collect();
                                let r = lists.word(&row, &statistics);
                                format!("{}/{:?}{}", t.join("_"), lists.words.get(&row).copied().unwrap_or_default() as u32, r.count())
                            }).collect::<Vec<_>>().join(" ");
                            let context = |a: usize, b: usize| &sentence.text[run.spans[a].0..run.spans[b].1];
                            eprintln!("{}\t{}\t{}", show(&g), show(&c), context(w[0].saturating_sub(3), (w[1] + 2).min(run.spans.len() - 1)));
                        }
                    }
                }
            }
        }
        let f1 = |hits: usize, both: usize| 2.0 * hits as f64 / both as f64;
        println!("fold {}: F1 {:.4}", fold + 1, f1(hits - before.0, found + wanted - before.1 - before.2));
        if fold == 4 {
            let (precision, recall) = (hits as f64 / found as f64, hits as f64 / wanted as f64);
            println!("all: P {precision:.4} R {recall:.4} F1 {:.4}", f1(hits, found + wanted));
        }
    }
}
