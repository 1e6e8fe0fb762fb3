//! Which Vietnamese sentences may be the partner of a German one: the few best, found through the answers that its terms have.

use rayon::prelude::*;

use crate::bitext::{Bitext, Hit};
use crate::evidence::Scorer;
use crate::weights::Weights;

/// How many partners are kept for each sentence.
pub(crate) const KEPT: usize = 8;
/// How many are scored in full for each that is kept.
const TRIED: usize = 4 * KEPT;
/// A term with more answers than this share of the sentences (and than [`FEW`]) does not help to find any.
const COMMON_SHARE: usize = 50;
const FEW: usize = 400;
/// Sentences that one thread takes at a time.
const PIECE: usize = 64;

/// A possible pair of sentences.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Candidate {
    pub(crate) german: u32,
    pub(crate) vietnamese: u32,
    /// Its evidence, in nats.
    pub(crate) score: f32,
}

/// Buffers for the search; make one for each thread.
#[derive(Debug, Default)]
struct Finder {
    scorer: Scorer,
    sums: Vec<f32>,
    touched: Vec<u32>,
    types: Vec<(u32, u32)>,
}

/// The answers the other way round: which German terms each Vietnamese sentence answers, and where those terms stand.
struct Answered {
    /// For each Vietnamese sentence where its entries begin, and the end.
    offsets: Vec<u32>,
    /// Term type and strength.
    entries: Vec<(u32, f32)>,
    /// For each term type where its German sentences begin, and the end.
    starts: Vec<u32>,
    sentences: Vec<u32>,
}

/// Turns rows of (place, value) into offsets by place and values, in a stable order.
fn grouped<T: Copy>(places: usize, rows: &[(u32, T)]) -> (Vec<u32>, Vec<T>) {
    let mut offsets = vec![0_u32; places + 1];
    for (place, _) in rows {
        offsets[*place as usize + 1] += 1;
    }
    for i in 1..offsets.len() {
        offsets[i] += offsets[i - 1];
    }
    let mut order: Vec<u32> = (0..rows.len() as u32).collect();
    order.sort_by_key(|i| rows[*i as usize].0);
    (offsets, order.iter().map(|i| rows[*i as usize].1).collect())
}

impl Answered {
    fn new(bitext: &Bitext) -> Self {
        let mut rows = Vec::new();
        for (number, term) in (0..).zip(&bitext.types) {
            for group in bitext.hits_of(term).chunk_by(|a, b| a.sentence == b.sentence) {
                rows.push((group[0].sentence, (number, strongest(group))));
            }
        }
        let (offsets, entries) = grouped(bitext.vietnamese_len(), &rows);
        let mut rows: Vec<(u32, u32)> = Vec::new();
        for german in 0..bitext.german_len() {
            rows.extend(bitext.terms_of(german).iter().map(|number| (*number, german as u32)));
        }
        rows.sort_unstable();
        rows.dedup();
        let (starts, sentences) = grouped(bitext.types.len(), &rows);
        Self { offsets, entries, starts, sentences }
    }

    fn entries_of(&self, vietnamese: usize) -> &[(u32, f32)] {
        &self.entries[self.offsets[vietnamese] as usize..self.offsets[vietnamese + 1] as usize]
    }

    fn sentences_of(&self, number: u32) -> &[u32] {
        &self.sentences[self.starts[number as usize] as usize..self.starts[number as usize + 1] as usize]
    }
}

fn strongest(hits: &[Hit]) -> f32 {
    hits.iter().map(|h| h.strength).fold(0.0, f32::max)
}

impl Finder {
    fn add(&mut self, sentence: u32, value: f32) {
        let sum = &mut self.sums[sentence as usize];
        if *sum == 0.0 {
            self.touched.push(sentence);
        }
        *sum += value;
    }

    /// Adds up what each Vietnamese sentence answers of a German one, over the terms whose number of answers is wanted.
    fn sum_german(
        &mut self,
        bitext: &Bitext,
        german: usize,
        weights: &Weights,
        wanted: impl Fn(usize) -> bool,
    ) {
        let mut types = std::mem::take(&mut self.types);
        bitext.count_types(&[german], &mut types);
        for (number, count) in &types {
            let term = &bitext.types[*number as usize];
            let hits = bitext.hits_of(term);
            if wanted(hits.len()) {
                for group in hits.chunk_by(|a, b| a.sentence == b.sentence) {
                    self.add(group[0].sentence, *count as f32 * term.rarity(strongest(group), weights));
                }
            }
        }
        self.types = types;
    }

    /// The same for the German sentences that a Vietnamese one answers.
    fn sum_vietnamese(
        &mut self,
        bitext: &Bitext,
        answered: &Answered,
        vietnamese: usize,
        weights: &Weights,
        wanted: impl Fn(usize) -> bool,
    ) {
        for (number, strength) in answered.entries_of(vietnamese) {
            let sentences = answered.sentences_of(*number);
            if wanted(sentences.len()) {
                let value = bitext.types[*number as usize].rarity(*strength, weights);
                for german in sentences {
                    self.add(*german, value);
                }
            }
        }
    }

    /// Takes the most promising of those that were summed up, in order; `missing` is what a sentence leaves unexplained. Empties the sums.
    fn best(&mut self, missing: impl Fn(usize) -> f32) -> Vec<u32> {
        // A long sentence answers more by chance: what it has to explain counts against it.
        let sums = &self.sums;
        let rough = |s: u32| sums[s as usize] + missing(s as usize);
        self.touched.sort_unstable_by(|a, b| rough(*b).total_cmp(&rough(*a)).then(a.cmp(b)));
        let best = self.touched.iter().take(TRIED).copied().collect();
        for s in self.touched.drain(..) {
            self.sums[s as usize] = 0.0;
        }
        best
    }

    fn scored(&mut self, bitext: &Bitext, german: u32, vietnamese: u32, weights: &Weights) -> Candidate {
        let evidence = self.scorer.evidence(bitext, &[german as usize], &[vietnamese as usize], weights);
        Candidate { german, vietnamese, score: evidence.score(weights) }
    }

    /// Appends the best partners of a German sentence.
    fn of_german(&mut self, bitext: &Bitext, german: usize, weights: &Weights, out: &mut Vec<Candidate>) {
        let most = FEW.max(bitext.vietnamese_len() / COMMON_SHARE);
        self.sums.resize(bitext.vietnamese_len(), 0.0);
        self.sum_german(bitext, german, weights, |count| count <= most);
        if self.touched.len() < KEPT {
            // Short sentences of common words: every word has to help.
            self.sum_german(bitext, german, weights, |count| count > most);
        }
        let best = self.best(|j| bitext.vietnamese_burden(&[j]).missing);
        let scored = best.into_iter().map(|j| self.scored(bitext, german as u32, j, weights));
        keep(scored.collect(), out);
    }

    /// Appends the best partners of a Vietnamese sentence.
    fn of_vietnamese(
        &mut self,
        bitext: &Bitext,
        answered: &Answered,
        vietnamese: usize,
        weights: &Weights,
        out: &mut Vec<Candidate>,
    ) {
        let most = FEW.max(bitext.german_len() / COMMON_SHARE);
        self.sums.resize(bitext.german_len(), 0.0);
        self.sum_vietnamese(bitext, answered, vietnamese, weights, |count| count <= most);
        if self.touched.len() < KEPT {
            self.sum_vietnamese(bitext, answered, vietnamese, weights, |count| count > most);
        }
        let best = self.best(|i| bitext.german_burden(&[i]).missing);
        let scored = best.into_iter().map(|i| self.scored(bitext, i, vietnamese as u32, weights));
        keep(scored.collect(), out);
    }
}

/// Appends the best of a sentence's candidates, the best first (of equal ones the earlier).
fn keep(mut scored: Vec<Candidate>, out: &mut Vec<Candidate>) {
    scored.sort_by(|a, b| {
        b.score.total_cmp(&a.score).then((a.german, a.vietnamese).cmp(&(b.german, b.vietnamese)))
    });
    scored.truncate(KEPT);
    out.append(&mut scored);
}

/// Runs `find` for every sentence of a side, in parallel; pieces keep their order, so that the result is the same for any number of threads.
fn for_all(length: usize, find: impl Fn(&mut Finder, usize, &mut Vec<Candidate>) + Sync) -> Vec<Candidate> {
    let pieces: Vec<usize> = (0..length).step_by(PIECE).collect();
    let found: Vec<Vec<Candidate>> = pieces
        .into_par_iter()
        .map_init(Finder::default, |finder, start| {
            let mut found = Vec::new();
            (start..(start + PIECE).min(length)).for_each(|sentence| find(finder, sentence, &mut found));
            found
        })
        .collect();
    found.concat()
}

/// The candidates of all German sentences, in their order; each sentence's own from the best.
pub(crate) fn all(bitext: &Bitext, weights: &Weights) -> Vec<Candidate> {
    for_all(bitext.german_len(), |finder, german, found| finder.of_german(bitext, german, weights, found))
}

/// The candidates of both sides, each once, by German sentence, then Vietnamese; `found` are those of [`all`].
pub(crate) fn both_ways(bitext: &Bitext, mut found: Vec<Candidate>, weights: &Weights) -> Vec<Candidate> {
    let answered = Answered::new(bitext);
    found.extend(for_all(bitext.vietnamese_len(), |finder, vietnamese, found| {
        finder.of_vietnamese(bitext, &answered, vietnamese, weights, found);
    }));
    found.sort_by_key(|c| (c.german, c.vietnamese));
    found.dedup_by_key(|c| (c.german, c.vietnamese));
    found
}

/// For each candidate what it has above its best rival, on either side; rivals are the other partners of its two sentences.
pub(crate) fn margins(candidates: &[Candidate], german_len: usize, vietnamese_len: usize) -> Vec<f32> {
    let mut german_best = vec![Best::NONE; german_len];
    let mut vietnamese_best = vec![Best::NONE; vietnamese_len];
    for c in candidates {
        german_best[c.german as usize].take(c.score);
        vietnamese_best[c.vietnamese as usize].take(c.score);
    }
    let above = |best: &Best, score: f32| score - if score >= best.first { best.second } else { best.first };
    candidates
        .iter()
        .map(|c| {
            let (g, v) = (&german_best[c.german as usize], &vietnamese_best[c.vietnamese as usize]);
            above(g, c.score).min(above(v, c.score))
        })
        .collect()
}

/// The two best scores of a sentence. A sentence may always stay alone, which counts as a rival of score 0.
#[derive(Clone, Copy, Debug)]
struct Best {
    first: f32,
    second: f32,
}

impl Best {
    const NONE: Self = Self { first: 0.0, second: 0.0 };

    fn take(&mut self, score: f32) {
        if score > self.first {
            self.second = self.first;
            self.first = score;
        } else if score > self.second {
            self.second = score;
        }
    }
}
