//! How much a span of German sentences and a span of Vietnamese ones speak for each other.
//!
//! Each German term that is answered, and each Vietnamese unit that is explained, adds the log of how much likelier that is in two
//! texts that say the same than by chance (rare words add much, frequent ones little); each that is not takes something off. A word is
//! used once. Because these are sums of logs, beads of any size can be compared: a sentence that belongs adds, one that does not takes off.

use crate::bitext::{Bitext, speaks_only_for};
use crate::weights::Weights;

/// A find is never counted as likelier by chance than this.
const MOST_CHANCE: f32 = 0.7;

/// So many times the other side's content can be missing. Not learned: the ladders have no summaries, the reports that we align do.
const SURPLUS: f32 = 1.8;

/// A group whose one side is so many times as long as the other is lopsided, and costs this much for each unit of the log beyond.
const LOPSIDED: f32 = 3.0;
const LOPSIDED_COST: f32 = 4.0;

/// How often a term is answered whose absence says nothing.
const EITHER: f32 = 0.5;

/// The evidence for one bead, part by part, in nats before weighting.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Evidence {
    /// What the links are worth, German and Vietnamese side together, halved.
    pub links: f32,
    /// What is missing on both sides, halved; not above 0.
    pub misses: f32,
    /// Log-likelihood of the lengths against those of two random sentences.
    pub length: f32,
    /// How many links there are.
    pub link_count: u32,
    /// Terms and units that carry meaning, both sides.
    pub content: f32,
}

/// A link that may be made.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    value: f32,
    /// The term's type, as a number in the scorer's list of the bead's types.
    term: u32,
    first: u32,
    length: u16,
}

/// Buffers for scoring; make one for each thread.
#[derive(Debug, Default)]
pub struct Scorer {
    candidates: Vec<Candidate>,
    /// The bead's term types, and how many terms of each are not linked yet: a text that repeats itself has few types.
    types: Vec<(u32, u32)>,
    /// The links that were made.
    chosen: Vec<Candidate>,
    used_syllables: Vec<bool>,
}

impl Scorer {
    /// The evidence that German sentences `german` and Vietnamese sentences `vietnamese` of a bitext say the same.
    ///
    /// Both lists hold sentence numbers in rising order, at least one. Links are taken greedily, the most telling first, each term and each
    /// syllable once.
    pub fn evidence(
        &mut self,
        bitext: &Bitext,
        german: &[usize],
        vietnamese: &[usize],
        weights: &Weights,
    ) -> Evidence {
        let (Some(first), Some(last)) = (vietnamese.first().copied(), vietnamese.last().copied()) else {
            return Evidence::default();
        };
        let (de, vi) = (bitext.german_burden(german), bitext.vietnamese_burden(vietnamese));
        let (ln_de, ln_vi) = (de.content.max(1.0).ln(), vi.content.max(1.0).ln());
        let mut evidence = Evidence {
            misses: 0.5
                * (de.missing * surplus(de.content, vi.content)
                    + vi.missing * surplus(vi.content, de.content)),
            length: length_evidence(de.characters, vi.characters, weights),
            content: de.content + vi.content,
            ..Evidence::default()
        };
        self.candidates.clear();
        self.chosen.clear();
        bitext.count_types(german, &mut self.types);
        for (term, (number, _)) in (0..).zip(&self.types) {
            let term_type = &bitext.types[*number as usize];
            let hits = bitext.hits_of(term_type);
            let from = hits.partition_point(|h| (h.sentence as usize) < first);
            for hit in hits[from..].iter().take_while(|h| h.sentence as usize <= last) {
                if vietnamese.len() > 1 && !vietnamese.contains(&(hit.sentence as usize)) {
                    continue;
                }
                let kind = term_type.kind;
                let found = weights.german_found[kind as usize];
                let chance = (term_type.ln_chance(hit.strength) + ln_vi).min(MOST_CHANCE.ln());
                let only_for = speaks_only_for(kind);
                let missing = if only_for { 0.0 } else { (1.0 - found).ln() };
                let found = if only_for { EITHER.ln() } else { found.ln() };
                let german_value = found - chance - missing;
                let vietnamese_value = hit.worth - hit.units * ln_de;
                let value = 0.5 * hit.strength * (german_value + vietnamese_value.max(0.0));
                if value > 0.0 {
                    self.candidates.push(Candidate { value, term, first: hit.first, length: hit.length });
                }
            }
        }
        self.candidates.sort_unstable_by(|a, b| {
            b.value.total_cmp(&a.value).then((a.term, a.first, a.length).cmp(&(b.term, b.first, b.length)))
        });
        let offset = bitext.syllable_offsets[first];
        let syllables = (bitext.syllable_offsets[last + 1] - offset) as usize;
        self.used_syllables.clear();
        self.used_syllables.resize(syllables, false);
        for link in &self.candidates {
            let first = (link.first - offset) as usize;
            let place = first..first + usize::from(link.length);
            if self.types[link.term as usize].1 == 0 || self.used_syllables[place.clone()].contains(&true) {
                continue;
            }
            self.types[link.term as usize].1 -= 1;
            self.used_syllables[place].fill(true);
            self.chosen.push(*link);
            evidence.links += link.value;
            evidence.link_count += 1;
        }
        evidence
    }
}

impl Evidence {
    /// The evidence as one number, in nats, before the size of the bead is counted: above 0 speaks for the pair.
    pub fn score(&self, weights: &Weights) -> f32 {
        weights.links * self.links
            + weights.misses * self.misses
            + weights.length * self.length
            + weights.pair
    }
}

impl Scorer {
    /// The links of the bead that was scored last: term type, first syllable of the Vietnamese side, how many syllables, worth in nats.
    pub(crate) fn links(&self) -> impl Iterator<Item = (u32, u32, u16, f32)> + '_ {
        self.chosen.iter().map(|link| (self.types[link.term as usize].0, link.first, link.length, link.value))
    }

    /// The score of a bead: its evidence, less what its size costs. Lists as for [`Self::evidence`].
    pub(crate) fn bead(
        &mut self,
        bitext: &Bitext,
        german: &[usize],
        vietnamese: &[usize],
        weights: &Weights,
    ) -> f32 {
        let cost = match german.len() + vietnamese.len() {
            0..=2 => 0.0,
            size => {
                let (de, vi) = (bitext.german_burden(german), bitext.vietnamese_burden(vietnamese));
                let ratio = (vi.characters.max(1.0) / de.characters.max(1.0)).ln() - weights.ratio_mean;
                // Sentences are grouped to balance a longer one: a group that is lopsided itself has no reason to be.
                let lopsided = (ratio.abs() - LOPSIDED.ln()).max(0.0);
                weights.group + weights.further * (size as f32 - 3.0) - LOPSIDED_COST * lopsided
            }
        };
        self.evidence(bitext, german, vietnamese, weights).score(weights) + cost
    }
}

/// The share of what a side misses that counts: a report often tells in one clause what the other tells in three, so that only so much can be
/// missing as there is on the other side, a few times over. (The lengths speak for themselves.)
fn surplus(own: f32, other: f32) -> f32 {
    (SURPLUS * other.max(1.0) / own.max(1.0)).min(1.0)
}

/// How much likelier two lengths are in a true pair than in two sentences taken at random (whose ratio spreads wide).
fn length_evidence(german: f32, vietnamese: f32, weights: &Weights) -> f32 {
    const RANDOM_SPREAD: f32 = 0.75;
    if german < 1.0 || vietnamese < 1.0 {
        return -4.0;
    }
    let off = (vietnamese / german).ln() - weights.ratio_mean;
    // Short sentences differ more; part of the spread does not go away in long ones.
    let mean_length = 0.5 * (german + vietnamese);
    let spread = weights.ratio_spread * (0.5 + 0.5 * (100.0 / mean_length)).sqrt();
    let log_density = |s: f32| -0.5 * (off / s).powi(2) - s.ln();
    (log_density(spread) - log_density(RANDOM_SPREAD.max(spread))).max(-8.0)
}
