//! What two sentences share, kind by kind, beside the sum that the evidence is.

use satzpaar_lexicon::terms::{TermKind, VietnameseTerms};

use crate::bitext::Bitext;
use crate::evidence::Scorer;

/// What two sentences share, kind by kind. Names and numbers are the same in all sentences on one matter: that they are found says little, that they
/// are missing a lot. What is said of them differs.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Shares {
    /// Names and numbers of either side that the other lacks: not above 0.
    pub(crate) names: f32,
    pub(crate) facts: f32,
    /// How many of the ordinary words of each side are answered: above 0 for more than half of them, the more the more there are.
    pub(crate) german: f32,
    pub(crate) vietnamese: f32,
}

/// How many words of a kind there are, and how many of them are found.
#[derive(Clone, Copy, Debug, Default)]
struct Share {
    all: f32,
    found: f32,
}

impl Share {
    /// How many are missing; each further one counts less.
    fn lost(self) -> f32 {
        (self.all - self.found).max(0.0).ln_1p()
    }
}

/// The share of ordinary words (no names, numbers, grammar) that are found, above or below one half. Of one word little is to be told.
fn ordinary(kinds: &[Share; TermKind::COUNT]) -> f32 {
    use TermKind::{Adjective, Adverb, Noun, Verb};
    let shares = [Noun, Verb, Adjective, Adverb].map(|kind| kinds[kind as usize]);
    let (all, found) = shares.iter().fold((0.0, 0.0), |(all, found), s| (all + s.all, found + s.found));
    ((found + 0.5) / (all + 1.0) - 0.5) * f32::ln_1p(all)
}

impl Scorer {
    /// What the pair of sentences that was scored last shares, kind by kind.
    pub(crate) fn shares(
        &self,
        bitext: &Bitext,
        pair: (usize, usize),
        vietnamese: &VietnameseTerms,
    ) -> Shares {
        let kind = |term: u32| bitext.types[term as usize].kind;
        let mut german = [Share::default(); TermKind::COUNT];
        for (term, count) in bitext.types_of(pair.0) {
            german[kind(*term) as usize].all += *count as f32;
        }
        let first_of_all = bitext.syllables(pair.1, pair.1).start;
        let mut explained = vec![false; vietnamese.syllables.len()];
        for (term, first, length, _) in self.links() {
            german[kind(term) as usize].found += 1.0;
            let first = (first - first_of_all) as usize;
            explained[first..first + usize::from(length)].fill(true);
        }
        let mut units = [Share::default(); TermKind::COUNT];
        for unit in &vietnamese.units {
            let share = &mut units[unit.kind as usize];
            let syllables = &explained[usize::from(unit.first)..usize::from(unit.end)];
            share.all += 1.0;
            share.found += syllables.iter().filter(|e| **e).count() as f32 / syllables.len() as f32;
        }
        let missing = |kind: TermKind| -(german[kind as usize].lost() + units[kind as usize].lost());
        Shares {
            names: missing(TermKind::Name),
            facts: missing(TermKind::Fact),
            german: ordinary(&german),
            vietnamese: ordinary(&units),
        }
    }
}

#[cfg(test)]
mod tests {
    use satzpaar_lexicon::Lexicon;
    use satzpaar_lexicon::terms::{GermanReader, VietnameseReader};

    use super::*;
    use crate::weights::Weights;

    #[test]
    fn names_that_the_other_side_lacks_are_told_from_words() {
        let lexicon = Lexicon::new();
        let german = GermanReader::new(&lexicon).read("Minister Brannigan besuchte am 3. Mai die Schule.");
        let vietnamese =
            ["Bộ trưởng Brannigan thăm trường ngày 3 tháng 5.", "Ông Kovalenko ở Brannigan 7 năm."]
                .map(|s| VietnameseReader::new(&lexicon).read(s));
        let weights = Weights::default();
        let bitext = Bitext::new(std::slice::from_ref(&german), &vietnamese, &weights);
        let mut scorer = Scorer::default();
        let [right, wrong] = [0, 1].map(|j| {
            scorer.evidence(&bitext, &[0], &[j], &weights);
            scorer.shares(&bitext, (0, j), &vietnamese[j])
        });
        assert!(right.names == 0.0 && wrong.names < 0.0, "{right:?} {wrong:?}");
        assert!(right.facts > wrong.facts, "{right:?} {wrong:?}");
        assert!(right.german > 0.0 && wrong.german < 0.0, "{right:?} {wrong:?}");
        assert!(right.vietnamese > wrong.vietnamese, "{right:?} {wrong:?}");
    }
}
