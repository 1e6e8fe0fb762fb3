//! Which Vietnamese sentences may be the partner of a German one: the few best, found through the answers that its terms have.

use rayon::prelude::*;

use crate::bitext::Bitext;
use crate::evidence::Scorer;
use crate::weights::Weights;

/// How many partners are kept for each sentence.
pub(crate) const KEPT: usize = 8;
/// How many are scored in full for each that is kept.
const TRIED: usize = 4 * KEPT;
/// A term with more answers than this share of the sentences (and than [`FEW`]) does not help to find any.
const COMMON_SHARE: usize = 20;
const FEW: usize = 60;
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
pub(crate) struct Finder {
    pub(crate) scorer: Scorer,
    sums: Vec<f32>,
    touched: Vec<u32>,
}

impl Finder {
    /// Appends the best partners of one German sentence, the best first (of equal ones the earlier).
    pub(crate) fn find(
        &mut self,
        bitext: &Bitext,
        german: usize,
        weights: &Weights,
        out: &mut Vec<Candidate>,
    ) {
        let most = FEW.max(bitext.vietnamese_len() / COMMON_SHARE);
        self.sums.resize(bitext.vietnamese_len(), 0.0);
        self.touched.clear();
        self.sum_up(bitext, german, weights, |hits| hits <= most);
        if self.touched.len() < KEPT {
            // Short sentences of common words: every word has to help.
            self.sum_up(bitext, german, weights, |hits| hits > most);
        }
        // A long sentence answers more by chance: what it has to explain counts against it.
        let rough = |j: u32, sums: &[f32]| {
            let place = j as usize;
            sums[place] + bitext.vietnamese_burden(&[place]).missing
        };
        let sums = &self.sums;
        self.touched.sort_unstable_by(|a, b| rough(*b, sums).total_cmp(&rough(*a, sums)).then(a.cmp(b)));
        let start = out.len();
        for j in self.touched.iter().take(TRIED) {
            let place = *j as usize;
            let evidence = self.scorer.evidence(bitext, &[german], &[place], weights);
            out.push(Candidate { german: german as u32, vietnamese: *j, score: evidence.score(weights) });
        }
        for j in &self.touched {
            self.sums[*j as usize] = 0.0;
        }
        out[start..].sort_by(|a, b| b.score.total_cmp(&a.score).then(a.vietnamese.cmp(&b.vietnamese)));
        out.truncate(start + KEPT);
    }
}

impl Finder {
    /// Adds up what each Vietnamese sentence answers, over the terms whose number of answers is wanted.
    fn sum_up(&mut self, bitext: &Bitext, german: usize, weights: &Weights, wanted: impl Fn(usize) -> bool) {
        for number in bitext.terms_of(german) {
            let term = &bitext.types[*number as usize];
            let hits = bitext.hits_of(term);
            if !wanted(hits.len()) {
                continue;
            }
            let found = weights.german_found[term.kind as usize].ln();
            for group in hits.chunk_by(|a, b| a.sentence == b.sentence) {
                let strength = group.iter().map(|h| h.strength).fold(0.0, f32::max);
                let value = strength * (found - term.ln_rate);
                let sum = &mut self.sums[group[0].sentence as usize];
                if *sum == 0.0 {
                    self.touched.push(group[0].sentence);
                }
                *sum += value;
            }
        }
    }
}

/// The candidates of all German sentences, in their order; each sentence's own from the best.
pub(crate) fn all(bitext: &Bitext, weights: &Weights) -> Vec<Candidate> {
    // Pieces keep their order, so that the result is the same for any number of threads.
    let pieces: Vec<usize> = (0..bitext.german_len()).step_by(PIECE).collect();
    let found: Vec<Vec<Candidate>> = pieces
        .into_par_iter()
        .map_init(Finder::default, |finder, start| {
            let mut found = Vec::new();
            for german in start..(start + PIECE).min(bitext.german_len()) {
                finder.find(bitext, german, weights, &mut found);
            }
            found
        })
        .collect();
    found.concat()
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
