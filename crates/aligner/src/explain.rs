//! Why two texts are taken to say the same, for people.

use satzpaar_lexicon::terms::{GermanTerms, TermKind, VietnameseTerms};
use satzpaar_lexicon::{ShortSpan, Span};

use crate::bitext::{Bitext, speaks_only_for};
use crate::evidence::{Evidence, Scorer};
use crate::weights::Weights;

/// A German term and the Vietnamese text that answers it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// What the term is.
    pub kind: TermKind,
    /// Its bytes in the German text; empty for a punctuation mark.
    pub german: Span,
    /// The bytes of its answer in the Vietnamese text; empty for a punctuation mark.
    pub vietnamese: Span,
    /// What the link is worth, in nats.
    pub worth: f32,
}

/// The evidence for one pair, piece by piece.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// What is linked, the most telling first.
    pub links: Vec<Link>,
    /// German terms without an answer that speak against the pair.
    pub unanswered: Vec<(TermKind, Span)>,
    /// Vietnamese units without a German term that speak against the pair.
    pub unexplained: Vec<(TermKind, Span)>,
    /// The sums.
    pub evidence: Evidence,
    /// The evidence as one number.
    pub score: f32,
    /// Vietnamese characters for each German one.
    pub ratio: f32,
}

/// Explains a pair. Rarity is that of ordinary text, since the pair stands alone: in its report a find may have been worth more or less.
pub fn explain(german: &GermanTerms, vietnamese: &VietnameseTerms, weights: &Weights) -> Explanation {
    let bitext = Bitext::new(std::slice::from_ref(german), std::slice::from_ref(vietnamese), weights);
    let mut scorer = Scorer::default();
    let evidence = scorer.evidence(&bitext, &[0], &[0], weights);
    let mut linked = vec![false; german.terms.len()];
    let mut covered = vec![false; vietnamese.syllables.len()];
    let mut links = Vec::new();
    for (number, first, length, worth) in scorer.links() {
        let terms = bitext.terms_of(0).iter().enumerate();
        let Some(place) = terms.filter(|(_, t)| **t == number).map(|(i, _)| i).find(|i| !linked[*i]) else {
            continue;
        };
        linked[place] = true;
        let syllables = first as usize..first as usize + usize::from(length);
        let hull = |spans: &[ShortSpan]| match (spans.first(), spans.last()) {
            (Some(first), Some(last)) => Span::new(first.span().start, last.span().end),
            _ => Span::default(),
        };
        links.push(Link {
            kind: german.terms[place].kind,
            german: german.terms[place].span(),
            vietnamese: vietnamese.syllables.get(syllables.clone()).map_or_else(Span::default, hull),
            worth,
        });
        if let Some(covered) = covered.get_mut(syllables) {
            covered.fill(true);
        }
    }
    let unanswered =
        german.terms.iter().zip(&linked).filter(|(t, linked)| !**linked && !speaks_only_for(t.kind));
    let unexplained = vietnamese.units.iter().filter(|unit| {
        let syllables = usize::from(unit.first)..usize::from(unit.end);
        !speaks_only_for(unit.kind) && !covered[syllables].contains(&true)
    });
    Explanation {
        links,
        unanswered: unanswered.map(|(t, _)| (t.kind, t.span())).collect(),
        unexplained: unexplained
            .map(|u| {
                let (first, last) = (usize::from(u.first), usize::from(u.end) - 1);
                (
                    u.kind,
                    Span::new(
                        vietnamese.syllables[first].span().start,
                        vietnamese.syllables[last].span().end,
                    ),
                )
            })
            .collect(),
        evidence,
        score: evidence.score(weights),
        ratio: vietnamese.characters as f32 / (german.characters as f32).max(1.0),
    }
}

#[cfg(test)]
mod tests {
    use satzpaar_lexicon::Lexicon;
    use satzpaar_lexicon::terms::{GermanReader, VietnameseReader};

    use super::*;

    fn explained(german: &str, vietnamese: &str) -> Explanation {
        let lexicon = Lexicon::new();
        let de = GermanReader::new(&lexicon).read(german);
        let vi = VietnameseReader::new(&lexicon).read(vietnamese);
        explain(&de, &vi, &Weights::default())
    }

    #[test]
    fn links_and_what_is_missing_point_into_the_texts() {
        let (german, vietnamese) = (
            "Die Minister unterzeichneten gestern das Abkommen.",
            "Các bộ trưởng đã ký hiệp định ở sân bay.",
        );
        let found = explained(german, vietnamese);
        let links: Vec<_> =
            found.links.iter().map(|l| (l.german.of(german), l.vietnamese.of(vietnamese))).collect();
        assert!(links.contains(&("Abkommen", "hiệp định")), "{links:?}");
        assert!(links.contains(&("unterzeichneten", "ký")), "{links:?}");
        assert!(found.unanswered.iter().any(|(_, span)| span.of(german) == "gestern"));
        assert!(found.unexplained.iter().any(|(_, span)| span.of(vietnamese) == "sân bay"));
    }

    #[test]
    fn a_wrong_number_speaks_against_a_pair() {
        let right = explained("Fünf Menschen starben.", "Năm người đã chết.").score;
        let wrong = explained("Fünf Menschen starben.", "Bảy người đã chết.").score;
        assert!(right > wrong + 1.0, "{right} {wrong}");
    }

    #[test]
    fn empty_texts_are_explained_by_nothing() {
        let found = explained("", "");
        assert!(found.links.is_empty() && found.unanswered.is_empty() && found.unexplained.is_empty());
    }
}
