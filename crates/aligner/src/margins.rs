//! How much a pair stands out from its rivals: the other partners that its two sentences may have.

use crate::bitext::Bitext;
use crate::candidates::Candidate;

/// The pairs that have at least so much evidence, and so much above their best rival; by German sentence, at most one for each sentence (if
/// `margin` is above 0).
pub(crate) fn sure_pairs(
    candidates: &[Candidate],
    bitext: &Bitext,
    score: f32,
    margin: f32,
) -> Vec<Candidate> {
    let margins = margins(candidates, bitext.german_len(), bitext.vietnamese_len());
    let rated = candidates.iter().zip(margins);
    let mut sure: Vec<Candidate> =
        rated.filter(|(c, above)| c.score > score && *above > margin).map(|(c, _)| *c).collect();
    sure.sort_by_key(|c| (c.german, c.vietnamese));
    sure
}

/// For each candidate what it has above its best rival, on either side; rivals are the other partners of its two sentences.
pub(crate) fn margins(candidates: &[Candidate], german_len: usize, vietnamese_len: usize) -> Vec<f32> {
    above_rivals::<Best>(candidates, german_len, vietnamese_len)
}

/// For each candidate how much likelier it is than all its rivals together, in nats, on either side. After the margin criterion of Artetxe and
/// Schwenk (2019), with likelihoods in place of cosines.
pub(crate) fn soft_margins(candidates: &[Candidate], german_len: usize, vietnamese_len: usize) -> Vec<f32> {
    above_rivals::<Likelihood>(candidates, german_len, vietnamese_len)
}

/// The partners of a sentence, summed up. That it may stay alone counts as a partner of score 0.
trait Partners: Copy {
    const NONE: Self;

    fn take(&mut self, score: f32);

    /// What the others are worth when one of them is taken out.
    fn without(self, score: f32) -> f32;
}

/// For each candidate what it has above the other partners of its two sentences, the lower of the two sides.
fn above_rivals<P: Partners>(candidates: &[Candidate], german_len: usize, vietnamese_len: usize) -> Vec<f32> {
    let mut german = vec![P::NONE; german_len];
    let mut vietnamese = vec![P::NONE; vietnamese_len];
    for c in candidates {
        german[c.german as usize].take(c.score);
        vietnamese[c.vietnamese as usize].take(c.score);
    }
    let above = candidates.iter().map(|c| {
        let rivals = german[c.german as usize].without(c.score);
        c.score - rivals.max(vietnamese[c.vietnamese as usize].without(c.score))
    });
    above.collect()
}

/// The likelihoods of a sentence's partners together, as a multiple of the greatest one's.
#[derive(Clone, Copy, Debug)]
struct Likelihood {
    greatest: f32,
    sum: f32,
}

impl Partners for Likelihood {
    const NONE: Self = Self { greatest: 0.0, sum: 1.0 };

    fn take(&mut self, score: f32) {
        if score > self.greatest {
            self.sum = self.sum * (self.greatest - score).exp() + 1.0;
            self.greatest = score;
        } else {
            self.sum += (score - self.greatest).exp();
        }
    }

    fn without(self, score: f32) -> f32 {
        // What is left is at least one part of the null's; rounding must not make it less.
        let rest = (self.sum - (score - self.greatest).exp()).max(1e-6);
        (self.greatest + rest.ln()).max(0.0)
    }
}

/// The two best scores of a sentence.
#[derive(Clone, Copy, Debug)]
struct Best {
    first: f32,
    second: f32,
}

impl Partners for Best {
    const NONE: Self = Self { first: 0.0, second: 0.0 };

    fn take(&mut self, score: f32) {
        if score > self.first {
            self.second = self.first;
            self.first = score;
        } else if score > self.second {
            self.second = score;
        }
    }

    fn without(self, score: f32) -> f32 {
        if score >= self.first { self.second } else { self.first }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_many_stands_out_from_none() {
        let pair = |german, vietnamese, score| Candidate { german, vietnamese, score };
        // The first German sentence has one partner, the second three that are as good.
        let candidates =
            [pair(0, 0, 5.0), pair(1, 1, 5.0), pair(1, 2, 5.0), pair(1, 3, 5.0), pair(2, 4, -3.0)];
        let margins = soft_margins(&candidates, 3, 5);
        assert!((margins[0] - 5.0).abs() < 1e-4, "only that it has none: {margins:?}");
        assert!((margins[1] + 2.0_f32.ln()).abs() < 0.01, "two as good and none: {margins:?}");
        assert!((margins[4] + 3.0).abs() < 1e-4, "{margins:?}");
        assert!(soft_margins(&[pair(0, 0, 400.0), pair(0, 1, 90.0)], 1, 2)[0].is_finite());
    }
}
