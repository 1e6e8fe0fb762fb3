//! Stretches of two texts that stand in the same order, where the whole does not: a report whose second half comes first, a paragraph that
//! was taken over as it was into a report of one's own.

use crate::bitext::Bitext;
use crate::candidates::Candidate;
use crate::margins::sure_pairs;
use crate::monotone::Part;

/// A sure pair has at least this evidence and this margin.
pub(crate) const SURE_SCORE: f32 = 3.0;
pub(crate) const SURE_MARGIN: f32 = 2.0;
/// From one sure pair of a stretch to the next are at most so many sentences, on either side.
const STEP: u32 = 5;
/// A stretch has at least this share of the sure pairs that its sentences have.
const OWN_SHARE: f32 = 0.75;

/// The stretches of a bitext with at least so many sure pairs each, by German sentence; no sentence is in two. Each begins and ends with a sure pair.
pub(crate) fn stretches(bitext: &Bitext, candidates: &[Candidate], least: usize) -> Vec<Part> {
    let sure = sure_pairs(candidates, bitext, SURE_SCORE, SURE_MARGIN);
    let mut left = sure.clone();
    let mut found: Vec<Part> = Vec::new();
    // The longest first: what it holds is no other's.
    loop {
        let stretch = longest(&left);
        if stretch.len() < least.max(1) {
            break;
        }
        let (first, last) = (stretch[0], stretch[stretch.len() - 1]);
        let part = Part {
            german: first.german as usize..last.german as usize + 1,
            vietnamese: first.vietnamese as usize..last.vietnamese as usize + 1,
        };
        let outside = |c: &Candidate| {
            !part.german.contains(&(c.german as usize)) && !part.vietnamese.contains(&(c.vietnamese as usize))
        };
        left.retain(outside);
        let touching = sure.iter().filter(|c| !outside(c)).count();
        if stretch.len() as f32 >= OWN_SHARE * touching as f32 {
            found.push(part);
        }
    }
    found.sort_by_key(|part| part.german.start);
    found
}

/// The longest row of pairs in which both sides go up by small steps; of equal ones the first. Pairs stand by German sentence, one for each.
fn longest(pairs: &[Candidate]) -> Vec<Candidate> {
    let mut length = vec![1_usize; pairs.len()];
    let mut before = vec![usize::MAX; pairs.len()];
    let mut best: Option<usize> = None;
    for (at, pair) in pairs.iter().enumerate() {
        let near = pairs[..at].iter().enumerate().rev().take_while(|(_, c)| pair.german - c.german <= STEP);
        for (other, c) in near {
            let step = pair.vietnamese.checked_sub(c.vietnamese);
            if step.is_some_and(|step| (1..=STEP).contains(&step)) && length[other] + 1 > length[at] {
                length[at] = length[other] + 1;
                before[at] = other;
            }
        }
        if best.is_none_or(|best| length[at] > length[best]) {
            best = Some(at);
        }
    }
    let mut row = Vec::new();
    let mut at = best.unwrap_or(usize::MAX);
    while let Some(pair) = pairs.get(at) {
        row.push(*pair);
        at = before[at];
    }
    row.reverse();
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(german: u32, vietnamese: u32) -> Candidate {
        Candidate { german, vietnamese, score: 9.0 }
    }

    #[test]
    fn a_row_goes_up_by_small_steps_and_passes_over_what_crosses_it() {
        let pairs = [pair(0, 4), pair(1, 5), pair(2, 0), pair(3, 7), pair(4, 8), pair(20, 9)];
        assert_eq!(longest(&pairs), [pair(0, 4), pair(1, 5), pair(3, 7), pair(4, 8)]);
        assert!(longest(&[]).is_empty());
    }
}
