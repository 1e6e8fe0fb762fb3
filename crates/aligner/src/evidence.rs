//! How much a span of German sentences and a span of Vietnamese ones speak for each other.
//!
//! Each German term that is answered, and each Vietnamese unit that is explained, adds the log of how much likelier that is in two
//! texts that say the same than by chance (rare words add much, frequent ones little); each that is not takes something off. A word is
//! used once. Because these are sums of logs, beads of any size can be compared: a sentence that belongs adds, one that does not takes off.

use std::sync::LazyLock;

use crate::asked::{Asked, Link};
use crate::bitext::{Bitext, Burden};
use crate::weights::Weights;

/// The natural log of 0.7: a find is never counted as likelier by chance than that.
const LN_MOST_CHANCE: f32 = -0.356_674_94;

/// So many times the other side's content can be missing. Not learned: the ladders have no summaries, the reports that we align do.
const SURPLUS: f32 = 1.8;

/// How widely the log of the ratio of two random sentences' lengths spreads.
const RANDOM_SPREAD: f32 = 0.75;
const LN_RANDOM_SPREAD: f32 = -0.287_682_07;

/// A group whose one side is so many times as long as the other is lopsided, and costs this much for each unit of the log beyond.
const LOPSIDED: f32 = 3.0;
const LOPSIDED_COST: f32 = 4.0;

/// The evidence for one bead, part by part, in nats before weighting.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Evidence {
    /// What the links are worth, German and Vietnamese side together, halved.
    pub links: f32,
    /// What is missing on both sides, halved; not above 0.
    pub misses: f32,
    /// Log-likelihood of the lengths against those of two random sentences.
    pub length: f32,
    /// Log-likelihood of one side, both or none being negated, against two random sentences.
    pub negation: f32,
    /// The same of being closed like a sentence, and of quoting.
    pub form: f32,
    /// How many links there are.
    pub link_count: u32,
    /// Terms and units that carry meaning, both sides.
    pub content: f32,
    /// What vectors from outside are worth; 0 without any.
    pub vectors: f32,
}

/// A link that may be made, and what it is worth in the bead at hand.
#[derive(Clone, Copy, Debug)]
struct Choice {
    value: f32,
    term: u32,
    /// Its term among those of the bead that may still be linked.
    place: u32,
    first: u32,
    length: u16,
}

/// Chooses links for a bead: greedily, the most telling first, each term and each syllable once.
#[derive(Debug, Default)]
pub(crate) struct Chooser {
    choices: Vec<Choice>,
    /// Their values and places, to be sorted.
    order: Vec<u64>,
    /// How many terms of each place are not linked yet: a text that repeats itself has few types.
    pub(crate) left: Vec<u32>,
    /// The links that were made.
    chosen: Vec<Choice>,
    /// A bit for each syllable that is explained.
    used: Vec<u64>,
}

impl Chooser {
    /// Forgets the bead before.
    pub(crate) fn clear(&mut self) {
        self.choices.clear();
        self.left.clear();
    }

    /// Takes in a link as one that may be made, and gives what it is worth, if anything. `base` is where its sentence's terms begin in
    /// [`Self::left`].
    pub(crate) fn offer(&mut self, link: &Link, base: u32, lengths: Lengths) -> Option<f32> {
        let value = lengths.worth(link);
        let place = base + link.place;
        (value > 0.0).then(|| {
            self.choices.push(Choice {
                value,
                term: link.term,
                place,
                first: link.first,
                length: link.length,
            });
            value
        })
    }

    /// Makes the links; gives their worth and their number. `syllables` are those of the bead's Vietnamese side.
    pub(crate) fn choose(&mut self, syllables: std::ops::Range<u32>) -> (f32, u32) {
        self.chosen.clear();
        if let [only] = self.choices[..] {
            // Every term that is offered may be linked once.
            self.chosen.push(only);
            return (only.value, 1);
        }
        if self.choices.is_empty() {
            return (0.0, 0);
        }
        self.order.clear();
        // Values are above 0, so that their bits stand in their order; of equal ones the first comes first.
        let keys =
            (0_u32..).zip(&self.choices).map(|(at, c)| u64::from(c.value.to_bits()) << 32 | u64::from(!at));
        self.order.extend(keys);
        self.order.sort_unstable_by(|a, b| b.cmp(a));
        self.used.clear();
        self.used.resize((syllables.len() >> 6) + 2, 0);
        let mut sum = 0.0;
        for key in &self.order {
            let choice = &self.choices[!(*key as u32) as usize];
            let first = (choice.first - syllables.start) as usize;
            // A mark takes no syllable; it too is used once.
            let mark = |c: &Choice| (c.term, c.first, c.length) == (choice.term, choice.first, 0);
            if self.left[choice.place as usize] == 0
                || !take(&mut self.used, first, choice.length.into())
                || (choice.length == 0 && self.chosen.iter().any(mark))
            {
                continue;
            }
            self.left[choice.place as usize] -= 1;
            self.chosen.push(*choice);
            sum += choice.value;
        }
        (sum, self.chosen.len() as u32)
    }
}

/// Sets a run of bits if none of them is set yet; says whether.
fn take(used: &mut [u64], first: usize, length: usize) -> bool {
    let bits = |word: usize| {
        // The bits of the run that lie in this word.
        let from = first.max(word << 6) - (word << 6);
        let to = (first + length).min((word + 1) << 6) - (word << 6);
        if to - from == 64 { u64::MAX } else { ((1 << (to - from)) - 1) << from }
    };
    let words = first >> 6..(first + length).div_ceil(64);
    if words.clone().any(|word| used[word] & bits(word) != 0) {
        return false;
    }
    words.for_each(|word| used[word] |= bits(word));
    true
}

/// The natural logs of the small numbers, 0 counted as 1.
static LOGS: LazyLock<[f32; 256]> = LazyLock::new(|| std::array::from_fn(|n| (n.max(1) as f32).ln()));

/// The natural log of a whole number, 0 counted as 1: nearly always one of few.
fn ln_count(count: f32) -> f32 {
    LOGS.get(count as usize).copied().unwrap_or_else(|| count.ln())
}

/// How much there is to find by chance in a bead: the natural logs of its sides' content.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lengths {
    ln_german: f32,
    ln_vietnamese: f32,
}

impl Lengths {
    pub(crate) fn of(german: &Burden, vietnamese: &Burden) -> Self {
        Self { ln_german: ln_count(german.content), ln_vietnamese: ln_count(vietnamese.content) }
    }

    /// What a link is worth, in nats.
    fn worth(self, link: &Link) -> f32 {
        let chance = (link.ln_chance + self.ln_vietnamese).min(LN_MOST_CHANCE);
        let german = link.gain - chance;
        let vietnamese = link.worth - link.units * self.ln_german;
        0.5 * link.strength * (german + vietnamese.max(0.0))
    }
}

/// Buffers for scoring; make one for each thread.
#[derive(Debug, Default)]
pub struct Scorer {
    asked: Asked,
    chooser: Chooser,
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
        let lengths = Lengths::of(&de, &vi);
        self.chooser.clear();
        for i in german {
            self.asked.lay(bitext, *i);
            let base = self.chooser.left.len() as u32;
            self.chooser.left.extend(bitext.types_of(*i).iter().map(|(_, count)| count));
            for j in vietnamese {
                self.asked.links(bitext, *j, |link| {
                    self.chooser.offer(&link, base, lengths);
                });
            }
        }
        let (links, link_count) = self.chooser.choose(bitext.syllables(first, last));
        let vectors = bitext.vector_gain_of(german, vietnamese);
        Evidence { links, link_count, vectors, ..unlinked(&de, &vi, weights) }
    }
}

/// The evidence of a bead without links: what is missing, and the lengths.
pub(crate) fn unlinked(de: &Burden, vi: &Burden, weights: &Weights) -> Evidence {
    let (german, vietnamese) = (de.signs.all(), vi.signs.all());
    let [negation, closed, quoted] = std::array::from_fn(|sign| {
        weights.signs[sign][usize::from(german[sign]) * 2 + usize::from(vietnamese[sign])]
    });
    Evidence {
        misses: 0.5
            * (de.missing * surplus(de.content, vi.content) + vi.missing * surplus(vi.content, de.content)),
        length: length_evidence(de.characters, vi.characters, weights),
        negation,
        form: closed + quoted,
        content: de.content + vi.content,
        ..Evidence::default()
    }
}

impl Evidence {
    /// The evidence as one number, in nats, before the size of the bead is counted: above 0 speaks for the pair.
    pub fn score(&self, weights: &Weights) -> f32 {
        weights.links * self.links
            + weights.misses * self.misses
            + weights.length * self.length
            + weights.negation * self.negation
            + weights.form * self.form
            + weights.pair
            + self.vectors
    }
}

/// What a bead without links scores at most: nothing is missing, and the lengths fit.
pub(crate) fn unlinked_most(weights: &Weights) -> f32 {
    let narrowest = weights.ratio_spread * 0.5_f32.sqrt();
    let [negation, closed, quoted] =
        weights.signs.map(|gains| gains.into_iter().fold(0.0, |most: f32, gain| most.max(gain)));
    weights.length * (RANDOM_SPREAD / narrowest).ln().max(0.0)
        + weights.negation * negation
        + weights.form * (closed + quoted)
        + weights.pair
}

/// What the size of a bead adds to its score at most (it takes off): of so many sentences on both sides together.
pub(crate) fn size_cost_least(size: usize, weights: &Weights) -> f32 {
    if size <= 2 { 0.0 } else { weights.group + weights.further * (size as f32 - 3.0) }
}

/// What the size of a bead adds to its score: of so many sentences on both sides together, with these burdens.
pub(crate) fn size_cost(size: usize, de: &Burden, vi: &Burden, weights: &Weights) -> f32 {
    if size <= 2 {
        return 0.0;
    }
    let ratio = (vi.characters.max(1.0) / de.characters.max(1.0)).ln() - weights.ratio_mean;
    // Sentences are grouped to balance a longer one: a group that is lopsided itself has no reason to be.
    let lopsided = (ratio.abs() - LOPSIDED.ln()).max(0.0);
    size_cost_least(size, weights) - LOPSIDED_COST * lopsided
}

impl Scorer {
    /// The links of the bead that was scored last: term type, first syllable of the Vietnamese side, how many syllables, worth in nats.
    pub(crate) fn links(&self) -> impl Iterator<Item = (u32, u32, u16, f32)> + '_ {
        self.chooser.chosen.iter().map(|link| (link.term, link.first, link.length, link.value))
    }

    /// The score of a bead: its evidence, less what its size costs. Lists as for [`Self::evidence`].
    pub(crate) fn bead(
        &mut self,
        bitext: &Bitext,
        german: &[usize],
        vietnamese: &[usize],
        weights: &Weights,
    ) -> f32 {
        let (de, vi) = (bitext.german_burden(german), bitext.vietnamese_burden(vietnamese));
        let cost = size_cost(german.len() + vietnamese.len(), &de, &vi, weights);
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
    if german < 1.0 || vietnamese < 1.0 {
        return -4.0;
    }
    let off = (vietnamese / german).ln() - weights.ratio_mean;
    // Short sentences differ more; part of the spread does not go away in long ones.
    let mean_length = 0.5 * (german + vietnamese);
    let spread = weights.ratio_spread * (0.5 + 0.5 * (100.0 / mean_length)).sqrt();
    let log_density = |s: f32, ln: f32| -0.5 * (off / s).powi(2) - ln;
    let ln_spread = spread.ln();
    let random = if spread > RANDOM_SPREAD { (spread, ln_spread) } else { (RANDOM_SPREAD, LN_RANDOM_SPREAD) };
    (log_density(spread, ln_spread) - log_density(random.0, random.1)).max(-8.0)
}

#[cfg(test)]
mod tests {
    use satzpaar_lexicon::Lexicon;
    use satzpaar_lexicon::terms::{GermanReader, VietnameseReader};

    use super::*;

    #[test]
    fn bits_are_taken_once_also_across_words() {
        let mut used = vec![0; 3];
        assert!(take(&mut used, 60, 8));
        assert!(!take(&mut used, 67, 1) && !take(&mut used, 0, 61));
        assert!(take(&mut used, 68, 1) && take(&mut used, 0, 60));
        assert!(take(&mut used, 64, 0), "nothing is always free");
        assert!(take(&mut used, 69, 59) && !take(&mut used, 127, 1));
    }

    #[test]
    fn a_sentence_and_its_denial_say_the_opposite() {
        let lexicon = Lexicon::new();
        let german =
            ["Das ist geschehen.", "Das ist nicht geschehen."].map(|s| GermanReader::new(&lexicon).read(s));
        let vietnamese =
            ["Điều đó đã xảy ra.", "Điều đó chưa xảy ra."].map(|s| VietnameseReader::new(&lexicon).read(s));
        let weights = Weights::default();
        let bitext = Bitext::new(&german, &vietnamese, &weights);
        let mut scorer = Scorer::default();
        let mut negation = |i, j| scorer.evidence(&bitext, &[i], &[j], &weights).negation;
        assert!(negation(0, 0) > 0.0 && negation(1, 1) > negation(0, 0));
        assert!(negation(0, 1) < 0.0 && negation(1, 0) < 0.0);
    }

    #[test]
    fn a_headline_is_no_sentence() {
        let lexicon = Lexicon::new();
        let german = ["Regierung stürzt", "Die Regierung stürzt.", "„Die Regierung stürzt“, sagte er."]
            .map(|s| GermanReader::new(&lexicon).read(s));
        let vietnamese = ["Chính phủ sụp đổ", "Chính phủ sụp đổ.", "Ông nói: \"Chính phủ sụp đổ.\""]
            .map(|s| VietnameseReader::new(&lexicon).read(s));
        let weights = Weights::default();
        let bitext = Bitext::new(&german, &vietnamese, &weights);
        let mut scorer = Scorer::default();
        let mut form = |i, j| scorer.evidence(&bitext, &[i], &[j], &weights).form;
        for i in 0..3 {
            for j in 0..3 {
                assert_eq!(form(i, j) > 0.0, i == j, "{i} {j}: {}", form(i, j));
            }
        }
    }

    #[test]
    fn a_mark_answers_one_mark() {
        let lexicon = Lexicon::new();
        let german = ["Warum?", "Wer?"].map(|s| GermanReader::new(&lexicon).read(s));
        let vietnamese = ["Tại sao?", "Ai?"].map(|s| VietnameseReader::new(&lexicon).read(s));
        let weights = Weights::default();
        let bitext = Bitext::new(&german, &vietnamese, &weights);
        let mut scorer = Scorer::default();
        let mut marks = |de: &[usize], vi: &[usize]| {
            scorer.evidence(&bitext, de, vi, &weights);
            scorer.links().filter(|(_, _, length, _)| *length == 0).count()
        };
        assert_eq!(marks(&[0, 1], &[0]), 1);
        assert_eq!(marks(&[0], &[0, 1]), 1);
        assert_eq!(marks(&[0, 1], &[0, 1]), 2);
    }
}
