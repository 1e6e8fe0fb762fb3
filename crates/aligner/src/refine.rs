//! Mending beads: a sentence taken in, let go, or handed to the neighbour, wherever that says more.
//!
//! The search that comes before knows only unbroken runs of sentences. Here a bead may also leave out a sentence that does not belong
//! (an advertisement, a sentence of another report) between two that do.

use crate::bead::{Bead, Gaps};
use crate::bitext::Bitext;
use crate::evidence::Scorer;
use crate::weights::Weights;

/// The most sentences on one side of a bead.
const MOST: usize = 4;
/// How many free sentences may stand between a bead and one that it takes in.
const REACH: usize = 2;
/// Times that all beads are gone through.
const SWEEPS: usize = 4;
/// A change must gain this much: no endless exchange of equals.
const LEAST_GAIN: f32 = 1e-3;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    German,
    Vietnamese,
}

/// A change to a bead: what it gains, the bead afterwards, and the bead that gives a sentence for it.
struct Change {
    gain: f32,
    bead: Bead,
    score: f32,
    giver: Option<(usize, Bead, f32)>,
}

struct Mender<'b> {
    bitext: &'b Bitext,
    weights: &'b Weights,
    /// What it is worth that a sentence stays alone.
    alone: f32,
    gaps: Gaps,
    scorer: Scorer,
    /// The bead of each sentence; `usize::MAX` for none.
    german_owner: Vec<usize>,
    vietnamese_owner: Vec<usize>,
    /// The score of each bead that was wanted so far: most have nothing near them that they could take, and are never looked at.
    scores: Vec<Option<f32>>,
    /// Which beads may have changes to make: since they were looked at last, something near them has changed.
    stirred: Vec<bool>,
}

/// Mends the pairs among `beads`; nulls are taken out, and those that are left over are put in again at the end.
pub(crate) fn mend(bitext: &Bitext, beads: &mut Vec<Bead>, alone: f32, gaps: Gaps, weights: &Weights) {
    beads.retain(Bead::is_pair);
    let mut mender = Mender {
        bitext,
        weights,
        alone,
        gaps,
        scorer: Scorer::default(),
        german_owner: vec![usize::MAX; bitext.german_len()],
        vietnamese_owner: vec![usize::MAX; bitext.vietnamese_len()],
        scores: vec![None; beads.len()],
        stirred: vec![true; beads.len()],
    };
    for (number, bead) in beads.iter().enumerate() {
        bead.german.iter().for_each(|i| mender.german_owner[*i] = number);
        bead.vietnamese.iter().for_each(|j| mender.vietnamese_owner[*j] = number);
    }
    for _ in 0..SWEEPS {
        let mut changed = false;
        for number in 0..beads.len() {
            while std::mem::take(&mut mender.stirred[number]) && mender.improve(beads, number) {
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    add_nulls(bitext, beads);
}

impl Mender<'_> {
    fn owner(&mut self, side: Side) -> &mut Vec<usize> {
        match side {
            Side::German => &mut self.german_owner,
            Side::Vietnamese => &mut self.vietnamese_owner,
        }
    }

    /// Makes the best single change to a bead, if any is worth it.
    fn improve(&mut self, beads: &mut [Bead], number: usize) -> bool {
        let mut best: Option<Change> = None;
        let mut offer = |change: Change| {
            if change.gain > best.as_ref().map_or(LEAST_GAIN, |b| b.gain) {
                best = Some(change);
            }
        };
        for side in [Side::German, Side::Vietnamese] {
            for (sentence, giver) in self.takeable(beads, number, side) {
                let bead = with(&beads[number], side, sentence, true);
                let score = self.score(&bead);
                let grown = score - self.score_of(beads, number);
                match giver {
                    None => offer(Change { gain: grown - self.alone, bead, score, giver: None }),
                    Some(giver) => {
                        let left = with(&beads[giver], side, sentence, false);
                        let left_score = self.score(&left);
                        let gain = grown + left_score - self.score_of(beads, giver);
                        offer(Change { gain, bead, score, giver: Some((giver, left, left_score)) });
                    }
                }
            }
            for sentence in self.droppable(&beads[number], side) {
                let bead = with(&beads[number], side, sentence, false);
                let score = self.score(&bead);
                let gain = score + self.alone - self.score_of(beads, number);
                offer(Change { gain, bead, score, giver: None });
            }
        }
        let Some(change) = best else { return false };
        // The giver first: the sentence that it hands over then goes to its new bead.
        if let Some((giver, left, left_score)) = change.giver {
            self.put(beads, giver, left, left_score);
        }
        self.put(beads, number, change.bead, change.score);
        true
    }

    fn score(&mut self, bead: &Bead) -> f32 {
        self.scorer.bead(self.bitext, &bead.german, &bead.vietnamese, self.weights)
    }

    /// The score of a bead as it stands.
    fn score_of(&mut self, beads: &[Bead], number: usize) -> f32 {
        if let Some(score) = self.scores[number] {
            return score;
        }
        let score = self.score(&beads[number]);
        self.scores[number] = Some(score);
        score
    }

    fn put(&mut self, beads: &mut [Bead], number: usize, bead: Bead, score: f32) {
        for side in [Side::German, Side::Vietnamese] {
            self.stir(sentences(&beads[number], side), side);
            self.stir(sentences(&bead, side), side);
            for sentence in sentences(&beads[number], side).to_vec() {
                self.owner(side)[sentence] = usize::MAX;
            }
            for sentence in sentences(&bead, side) {
                self.owner(side)[*sentence] = number;
            }
        }
        beads[number] = bead;
        self.scores[number] = Some(score);
        self.stirred[number] = true;
    }

    /// Marks the beads that a change to these sentences may matter to: those that could take one of them, or that lie beside the bead
    /// that could.
    fn stir(&mut self, sentences: &[usize], side: Side) {
        let (Some(first), Some(last)) = (sentences.first().copied(), sentences.last().copied()) else {
            return;
        };
        let Self { german_owner, vietnamese_owner, stirred, .. } = self;
        let owner = if side == Side::German { german_owner } else { vietnamese_owner };
        let near = first.saturating_sub(REACH + 1)..(last + REACH + 2).min(owner.len());
        for bead in &owner[near] {
            if let Some(stirred) = stirred.get_mut(*bead) {
                *stirred = true;
            }
        }
    }

    /// Sentences that a bead could take in on one side: free ones near its ends or in its gaps, and the end of the bead beside it.
    fn takeable(&mut self, beads: &[Bead], number: usize, side: Side) -> Vec<(usize, Option<usize>)> {
        let own = sentences(&beads[number], side);
        if own.len() >= MOST {
            return Vec::new();
        }
        let reach = if self.gaps == Gaps::Allowed { REACH + 1 } else { 1 };
        let (first, last) = (own[0], own[own.len() - 1]);
        let own = own.to_vec();
        let owner = self.owner(side);
        let mut found = Vec::new();
        let mut look = |row: &mut dyn Iterator<Item = usize>| {
            for sentence in row.take(reach) {
                if owner[sentence] == usize::MAX {
                    found.push((sentence, None));
                    continue;
                }
                let giver = owner[sentence];
                let theirs = sentences(&beads[giver], side);
                let edge =
                    theirs.len() > 1 && (theirs[0] == sentence || theirs[theirs.len() - 1] == sentence);
                if edge && giver != number {
                    found.push((sentence, Some(giver)));
                }
                break;
            }
        };
        look(&mut (0..first).rev());
        look(&mut (last + 1..owner.len()));
        found
            .extend((first..last).filter(|s| !own.contains(s) && owner[*s] == usize::MAX).map(|s| (s, None)));
        found
    }

    /// Sentences that a bead could let go on one side.
    fn droppable(&self, bead: &Bead, side: Side) -> Vec<usize> {
        let own = sentences(bead, side);
        if own.len() < 2 {
            return Vec::new();
        }
        let inner = self.gaps == Gaps::Allowed;
        let ends = [own[0], own[own.len() - 1]];
        own.iter().copied().filter(|s| inner || ends.contains(s)).collect()
    }
}

fn sentences(bead: &Bead, side: Side) -> &[usize] {
    match side {
        Side::German => &bead.german,
        Side::Vietnamese => &bead.vietnamese,
    }
}

/// The bead with a sentence more or less.
fn with(bead: &Bead, side: Side, sentence: usize, more: bool) -> Bead {
    let mut changed = bead.clone();
    let list = match side {
        Side::German => &mut changed.german,
        Side::Vietnamese => &mut changed.vietnamese,
    };
    list.retain(|s| *s != sentence);
    if more {
        let place = list.partition_point(|s| *s < sentence);
        list.insert(place, sentence);
    }
    changed
}

/// Adds a null for every sentence that no bead has, and puts all in the order of a ladder.
fn add_nulls(bitext: &Bitext, beads: &mut Vec<Bead>) {
    let mut german = vec![true; bitext.german_len()];
    let mut vietnamese = vec![true; bitext.vietnamese_len()];
    for bead in beads.iter() {
        bead.german.iter().for_each(|i| german[*i] = false);
        bead.vietnamese.iter().for_each(|j| vietnamese[*j] = false);
    }
    let free = |side: Vec<bool>| side.into_iter().enumerate().filter(|(_, free)| *free).map(|(s, _)| s);
    beads.extend(free(german).map(|i| Bead { german: vec![i], vietnamese: Vec::new(), score: 0.0 }));
    beads.extend(free(vietnamese).map(|j| Bead { german: Vec::new(), vietnamese: vec![j], score: 0.0 }));
    beads.sort_by_key(Bead::order);
}
