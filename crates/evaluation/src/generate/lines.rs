//! Two texts with a sentence a line that translate each other, and their ladder.

use rayon::prelude::*;

use super::event::{CORE, EXTRA, Event, Sentence};
use super::random::Random;
use super::reports::{capitalised, of_side};
use crate::LadderBead;

/// Sentences of an event that both texts tell.
const TOLD: usize = 16;

/// Two texts and what belongs to what.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GeneratedLines {
    /// German sentences.
    pub german: Vec<String>,
    /// Vietnamese sentences, as many.
    pub vietnamese: Vec<String>,
    /// The ladder: every sentence in one bead, in order.
    pub ladder: Vec<LadderBead>,
}

impl GeneratedLines {
    fn bead(&mut self, german: Vec<String>, vietnamese: Vec<String>) {
        let (de, vi) = (self.german.len(), self.vietnamese.len());
        self.german.extend(german);
        self.vietnamese.extend(vietnamese);
        self.ladder.push(LadderBead::new(
            (de..self.german.len()).collect::<Vec<_>>(),
            (vi..self.vietnamese.len()).collect::<Vec<_>>(),
        ));
    }
}

/// `count` sentences a side, event after event of sixteen sentences: nine in ten beads are 1-1, the others in equal parts 2-1, 1-2, 1-0 and 0-1.
pub fn generate_lines(count: usize, seed: u64) -> GeneratedLines {
    let mut lines = GeneratedLines::default();
    let mut random = Random::new(&[seed, 10]);
    let events = count.div_ceil(TOLD) as u64 + 1;
    let told: Vec<Vec<Sentence>> = (0..events)
        .into_par_iter()
        .map(|number| {
            let of = |stream| Random::new(&[seed, stream, number]).next();
            let event = Event::new(of(11), of(12));
            (0..TOLD).chain(CORE..CORE + 2 * EXTRA).map(|i| event.sentence(i)).collect()
        })
        .collect();
    let one = |sentence: &Sentence, german| capitalised(of_side(&sentence.said, german));
    let two = |a: &Sentence, b: &Sentence, german| {
        let (a, b) = (of_side(&a.said, german), of_side(&b.said, german));
        let and = if german { ", und " } else { ", và " };
        capitalised(a.trim_end_matches('.')) + and + b
    };
    for sentences in &told {
        let (both, extra) = sentences.split_at(TOLD);
        let mut extra = extra.iter();
        let mut at = 0;
        while let Some(sentence) = both.get(at) {
            let (de, vi) = (count - lines.german.len(), count - lines.vietnamese.len());
            if de.min(vi) < 2 {
                // The last sentences bring both texts to their length.
                let german = (de > 0).then(|| one(sentence, true));
                let vietnamese = (vi > 0).then(|| one(sentence, false));
                if de == 0 && vi == 0 {
                    return lines;
                }
                lines.bead(german.into_iter().collect(), vietnamese.into_iter().collect());
                at += 1;
                continue;
            }
            let next = both.get(at + 1).filter(|next| sentence.joinable && next.joinable);
            // The shorter text gets the longer side of the bead, so that both grow alike.
            let german_more = if de == vi { random.percent(50) } else { de > vi };
            match (random.below(20), next, german_more) {
                (0, Some(next), true) => {
                    lines.bead(vec![one(sentence, true), one(next, true)], vec![two(sentence, next, false)]);
                    at += 2;
                }
                (0, Some(next), false) => {
                    lines.bead(vec![two(sentence, next, true)], vec![one(sentence, false), one(next, false)]);
                    at += 2;
                }
                (1, ..) if extra.len() > 0 => {
                    let alone: Vec<String> = extra.next().map(|s| one(s, german_more)).into_iter().collect();
                    if german_more {
                        lines.bead(alone, Vec::new());
                    } else {
                        lines.bead(Vec::new(), alone);
                    }
                }
                _ => {
                    lines.bead(vec![one(sentence, true)], vec![one(sentence, false)]);
                    at += 1;
                }
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_texts_have_the_length_asked_for_and_a_whole_ladder() {
        for count in [0, 1, 2, 15, 16, 17, 100, 1001] {
            let lines = generate_lines(count, 4);
            assert_eq!((lines.german.len(), lines.vietnamese.len()), (count, count));
            let german: Vec<usize> = lines.ladder.iter().flat_map(|b| b.german.clone()).collect();
            let vietnamese: Vec<usize> = lines.ladder.iter().flat_map(|b| b.vietnamese.clone()).collect();
            assert_eq!(german, (0..count).collect::<Vec<_>>());
            assert_eq!(vietnamese, (0..count).collect::<Vec<_>>());
        }
        assert_eq!(generate_lines(300, 4), generate_lines(300, 4));
    }

    #[test]
    fn all_types_of_beads_are_there() {
        let lines = generate_lines(2000, 1);
        let count =
            |de, vi| lines.ladder.iter().filter(|b| (b.german.len(), b.vietnamese.len()) == (de, vi)).count();
        assert!(count(1, 1) > 1600, "{}", count(1, 1));
        for (de, vi) in [(2, 1), (1, 2), (1, 0), (0, 1)] {
            assert!(count(de, vi) > 10, "{de}-{vi}: {}", count(de, vi));
        }
    }
}
