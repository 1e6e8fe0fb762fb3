//! Learns the model of Vietnamese words that `data/vietnamese/*.vtb.tsv` hold, from a treebank's words.
//!
//! `estimate_words TRAIN.jsonl DATA` writes three of the files into the folder DATA (`data`). A line of TRAIN is
//! `{"text": …, "words": [[start, end], …]}`, in code points. The weights are those of a semi-Markov conditional random field
//! with a Gaussian prior ([`field`]), learned twice: from our own sentences (`data/vietnamese/sentences.vtb.txt`), which are many, and then,
//! these weights being what is expected, from TRAIN, whose words are those that are measured. What is known of the words of a tenth of TRAIN is, while learning, told by the statistics
//! of the other nine, so that the weights fit words that were never seen.
//!
//! # The honest measure
//! With `--folds` it writes nothing and tells how well models learned from four fifths of TRAIN cut the fifth that is left,
//! five times. That says nothing of unseen text as long as the lists know the words of TRAIN: parts of the lexicon and of
//! `compounds.txt` were written with its words as a checklist, so that 95 of 100 words that occur once in it are listed, of which
//! lists that were written without it had 79. Hence words that are listed only because of TRAIN stand in `checklist.vtb.tsv`, and
//! both the folds and the learning take them for unlisted ([`Lists::forget`]). Whoever adds to the lists what an error in
//! TRAIN has shown him must add it there as well. `--errors` prints, after the folds, where the cut differs: the treebank's
//! words, those found, and the text around, parted by tabs; behind each word its lists (`records.rs`) and its count in the
//! other folds. `--trusting` leaves the checklist out, to see what it is worth.
#![allow(clippy::print_stdout)] // an example is for printing

#[path = "../src/words/features.rs"]
#[allow(dead_code)]
mod features;
#[path = "estimate_words/field.rs"]
mod field;
#[path = "../build/lists.rs"]
#[allow(dead_code)]
mod lists;
#[path = "../src/words/reading.rs"]
mod reading;
#[path = "../src/words/records.rs"]
#[allow(dead_code)]
mod records;
#[path = "../src/words/templates.rs"]
#[allow(dead_code)]
mod templates;

use features::{LONGEST, LONGEST_NAME, Shape, Syllable, may_be_word, settle};
use field::{Lattice, cut, loss, minimum};
use lists::{Lists, Statistics, WRITTEN, Written};
use reading::{Reading, percent, read};
use records::{SyllableRecord, WordRecord};
use satzpaar_language::fold::fold_vietnamese;
use satzpaar_tokenizer::{Language, Token, TokenKind, Tokenizer};
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write;
use std::path::Path;
use templates::Template;

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

/// What weights are expected to be before the treebank speaks, where that is not null, since it has few cases: what the lexicon
/// writes with capitals is a name (*Việt Nam* at the start of a sentence); listed words with a prefix are words (*phó chủ tịch*; the
/// treebank has as many joined as not), and so are syllables said twice; a surname within capitals starts a name.
const EXPECTED: [(Feature, f64); 12] = [
    ((Template::ListedAsName, 10), 3.0),
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

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, train, data, rest @ ..] = arguments.as_slice() else {
        return Err("usage: estimate_words TRAIN.jsonl DATA [--folds [--errors] [--trusting]]".into());
    };
    let data = Path::new(data);
    let mut lists = Lists::read(data)?;
    let treebank = std::fs::read_to_string(train)?;
    let sentences = treebank.lines().map(|line| Ok(sentence(from_json(line)?, &mut lists)));
    let sentences = sentences.collect::<Result<Vec<_>, Box<dyn Error>>>()?;
    let own = lists.lines(data, WRITTEN)?;
    let own = Own::new(&own, &mut lists);
    let has = |option: &str| rest.iter().any(|a| a == option);
    let listed: BTreeSet<Vec<u32>> = lists.words.keys().cloned().collect();
    if !has("--trusting") {
        lists.forget();
    }
    if has("--folds") {
        folds(&lists, &own, &sentences, has("--errors"));
        return Ok(());
    }
    let folder = data.join("vietnamese");
    let weights = learn(&lists, &own.all, &learn_own(&lists, &own), &sentences.iter().collect::<Vec<_>>());
    let statistics = count(&lists, &own.all, sentences.iter());
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

/// A text and the bytes of its words.
type Cut = (String, Vec<(usize, usize)>);

/// A sentence of the treebank.
fn from_json(line: &str) -> Result<Cut, Box<dyn Error>> {
    let value: serde_json::Value = serde_json::from_str(line)?;
    let text = value["text"].as_str().ok_or("no text")?;
    let bytes: Vec<usize> = text.char_indices().map(|c| c.0).chain([text.len()]).collect();
    let at = |span: &serde_json::Value, i: usize| span[i].as_u64().map_or(0, |n| bytes[n as usize]);
    let words = value["words"].as_array().ok_or("no words")?;
    Ok((text.to_owned(), words.iter().map(|span| (at(span, 0), at(span, 1))).collect()))
}

/// A sentence of our own: words parted by spaces, their syllables by low lines. Marks are put where they stand in print.
fn from_line(line: &str) -> Cut {
    const CLOSE: [&str; 14] = [",", ".", "!", "?", ":", ";", ")", "]", "…", "...", "”", "»", "%", "/"];
    let (mut text, mut words) = (String::new(), Vec::new());
    let (mut glue, mut quoted) = (true, false);
    for word in line.split(' ') {
        if !(glue || CLOSE.contains(&word) || word == "\"" && quoted) {
            text.push(' ');
        }
        let start = text.len();
        text.push_str(&word.replace('_', " "));
        words.push((start, text.len()));
        quoted ^= word == "\"";
        glue = matches!(word, "(" | "[" | "“" | "«" | "/") || (word == "\"" && quoted);
    }
    (text, words)
}

/// Our own sentences: in parts, each with what the others tell; and what all of them tell.
struct Own {
    parts: Vec<(Vec<Sentence>, Written)>,
    all: Written,
}

impl Own {
    fn new(lines: &[String], lists: &mut Lists) -> Self {
        let part = |i: usize| i * lines.len() / PARTS;
        let parts = (0..PARTS).map(|i| {
            let others = lines[..part(i)].iter().chain(&lines[part(i + 1)..]);
            let own = lines[part(i)..part(i + 1)].iter();
            (own.map(|line| sentence(from_line(line), lists)).collect(), lists.written(others))
        });
        let parts = parts.collect();
        Self { parts, all: lists.written(lines.iter()) }
    }
}

/// Reads a sentence as the tokenizer does.
fn sentence((text, gold): Cut, lists: &mut Lists) -> Sentence {
    let (mut tokens, mut key) = (Vec::new(), String::new());
    Tokenizer::new(Language::Vietnamese).tokenize(&text, &mut tokens);
    let mut sentence = Sentence { text: text.clone(), runs: Vec::new(), gold, others: Vec::new() };
    let mut run = Run { syllables: Vec::new(), ends: Vec::new(), spans: Vec::new() };
    read(&text, &tokens, |reading| match reading {
        Reading::Syllable(token, shape) => {
            key.clear();
            fold_vietnamese(tokens[token].surface(&text), &mut key);
            let id = lists.number(&key);
            run.syllables.push(Syllable { id, shape, record: SyllableRecord::default() });
            let span = tokens[token].span;
            let sign = percent(tokens[token].surface(&text));
            if sign > 0 {
                sentence.others.push((span.end - sign, span.end));
            }
            run.spans.push((span.start, span.end - sign));
        }
        Reading::Other(token) => sentence.others.push((tokens[token].span.start, tokens[token].span.end)),
        Reading::End if run.spans.is_empty() => {}
        Reading::End => {
            settle(&mut run.syllables);
            let apart =
                |pair: &[(usize, usize)]| !sentence.gold.iter().any(|w| w.0 < pair[0].1 && pair[1].0 < w.1);
            run.ends = (1..run.spans.len()).filter(|i| apart(&run.spans[i - 1..=*i])).collect();
            run.ends.push(run.spans.len());
            let next = Run { syllables: Vec::new(), ends: Vec::new(), spans: Vec::new() };
            sentence.runs.push(std::mem::replace(&mut run, next));
        }
    });
    sentence
}

/// Counts words, names left out.
fn count<'s>(lists: &Lists, written: &Written, sentences: impl Iterator<Item = &'s Sentence>) -> Statistics {
    let mut statistics = Statistics::default();
    statistics.written = written.clone();
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

/// Weights by feature.
type Weights = BTreeMap<Feature, f64>;

/// The weights that our own sentences give.
fn learn_own(lists: &Lists, own: &Own) -> Weights {
    let mut lattices = Vec::new();
    for (sentences, others) in &own.parts {
        let statistics = count(lists, others, std::iter::empty());
        let runs = sentences.iter().flat_map(|s| &s.runs);
        lattices.extend(runs.map(|run| lattice(lists, &statistics, run, true, Some)));
    }
    fit(lattices, &EXPECTED.into_iter().collect())
}

/// Learns the weights from sentences of the treebank, whose words are cut more closely by the book; `before` is what is expected of them.
fn learn(lists: &Lists, written: &Written, before: &Weights, sentences: &[&Sentence]) -> Weights {
    let part = |i: usize| i * sentences.len() / PARTS;
    let mut lattices = Vec::new();
    for i in 0..PARTS {
        let others = sentences[..part(i)].iter().chain(&sentences[part(i + 1)..]);
        let statistics = count(lists, written, others.copied());
        for run in sentences[part(i)..part(i + 1)].iter().flat_map(|s| &s.runs) {
            lattices.push(lattice(lists, &statistics, run, true, Some));
        }
    }
    fit(lattices, before)
}

/// The weights under which lattices are likeliest, near to what is expected.
fn fit(lattices: Vec<Lattice<Feature>>, before: &Weights) -> Weights {
    let mut occurs: BTreeMap<Feature, u32> = BTreeMap::new();
    for lattice in &lattices {
        for feature in lattice.gaps.iter().chain(lattice.words.iter().map(|w| &w.2)).flatten() {
            *occurs.entry(*feature).or_default() += 1;
        }
    }
    for feature in before.keys() {
        *occurs.entry(*feature).or_default() += OCCURS;
    }
    let features: Vec<Feature> = occurs.into_iter().filter(|f| f.1 >= OCCURS).map(|f| f.0).collect();
    let expected: Vec<f64> = features.iter().map(|f| before.get(f).copied().unwrap_or_default()).collect();
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
    let weights =
        minimum(expected.clone(), |weights, slope| loss(&lattices, &expected, PRIOR, weights, slope));
    features.into_iter().zip(weights).collect()
}

/// Learns from four fifths and cuts the fifth, five times.
fn folds(lists: &Lists, own: &Own, sentences: &[Sentence], with_errors: bool) {
    let (mut hits, mut found, mut wanted) = (0, 0, 0);
    let mut differences = Vec::new();
    let expected = learn_own(lists, own);
    let f1 = |hits: usize, both: usize| 2.0 * hits as f64 / both as f64;
    for fold in 0..5 {
        let (from, to) = (fold * sentences.len() / 5, (fold + 1) * sentences.len() / 5);
        let train: Vec<&Sentence> = sentences[..from].iter().chain(&sentences[to..]).collect();
        let weights = learn(lists, &own.all, &expected, &train);
        let weight = |feature: &Feature| weights.get(feature).copied().unwrap_or_default();
        let statistics = count(lists, &own.all, train.into_iter());
        let before = (hits, found, wanted);
        for sentence in &sentences[from..to] {
            wanted += sentence.gold.len();
            found += sentence.others.len();
            hits += sentence.others.iter().filter(|o| sentence.gold.contains(o)).count();
            for run in &sentence.runs {
                let ends = cut(&lattice(lists, &statistics, run, false, Some), weight);
                found += ends.len() - 1;
                let right =
                    |w: &&[usize]| sentence.gold.contains(&(run.spans[w[0]].0, run.spans[w[1] - 1].1));
                hits += ends.windows(2).filter(right).count();
                if with_errors {
                    differences.extend(errors(lists, &statistics, sentence, run, &ends));
                }
            }
        }
        println!("fold {}: F1 {:.4}", fold + 1, f1(hits - before.0, found + wanted - before.1 - before.2));
    }
    let (precision, recall) = (hits as f64 / found as f64, hits as f64 / wanted as f64);
    println!("all: P {precision:.4} R {recall:.4} F1 {:.4}", f1(hits, found + wanted));
    for line in differences {
        println!("{line}");
    }
}

/// A line for each place where `ends` cut a run otherwise than the treebank.
fn errors(lists: &Lists, known: &Statistics, sentence: &Sentence, run: &Run, ends: &[usize]) -> Vec<String> {
    let gold: Vec<usize> = [0].iter().chain(&run.ends).copied().collect();
    let text = |from: usize, to: usize| &sentence.text[run.spans[from].0..run.spans[to - 1].1];
    let show = |ends: &[usize], from: usize, to: usize| {
        let inside: Vec<usize> = ends.iter().copied().filter(|e| (from..=to).contains(e)).collect();
        let word = |w: &[usize]| {
            let row: Vec<u32> = run.syllables[w[0]..w[1]].iter().map(|s| s.id).collect();
            let record = lists.word(&row, known);
            format!("{}/{}/{}", text(w[0], w[1]).replace(' ', "_"), record.listed(), record.count())
        };
        inside.windows(2).map(word).collect::<Vec<_>>().join(" ")
    };
    let common: Vec<usize> = ends.iter().copied().filter(|e| gold.contains(e)).collect();
    let mut lines = Vec::new();
    for place in common.windows(2) {
        let (from, to) = (place[0], place[1]);
        let (wanted, found) = (show(&gold, from, to), show(ends, from, to));
        if wanted != found {
            let around = text(from.saturating_sub(3), (to + 3).min(run.spans.len()));
            lines.push(format!("{wanted}\t{found}\t{around}"));
        }
    }
    lines
}
