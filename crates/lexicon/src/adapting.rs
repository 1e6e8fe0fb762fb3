//! Words that a text brings along: what German words that the lexicon does not have are in Vietnamese, from pairs of the very text.
//!
//! Unlike [`crate::learning`], which learns for keeps and is looked over by people, this is for use at once, and so learns little: only
//! German words without an entry and without a name that answers them, only from what no other word of the pair explains, and only what
//! chance cannot explain either (Dice's coefficient, and the log-likelihood ratio, Dunning 1993).

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use satzpaar_language::ShortSpan;

use crate::Lexicon;
use crate::learning::{SIGNIFICANT, log_likelihood_ratio};
use crate::terms::{GermanReader, GermanTerms, TermKind, VietnameseReader, VietnameseTerms};

/// A German word that the lexicon does not have, and what it is in this text.
#[derive(Clone, Debug, PartialEq)]
pub struct Adapted {
    /// The German word as it stands in the text.
    pub german: String,
    /// What it is in Vietnamese: one to four syllables in lower case.
    pub vietnamese: String,
    /// In how many pairs the two meet.
    pub count: u32,
    /// Dice's coefficient: twice the pairs that have both, by the pairs that have either, counted twice if they have both.
    pub dice: f64,
}

/// The most syllables of a word.
const MOST_SYLLABLES: usize = 4;
/// Two words must meet in so many pairs.
const LEAST_COUNT: u32 = 3;
/// The least of Dice's coefficient.
const LEAST_DICE: f64 = 0.7;
/// A German word is left alone if more than this share of its pairs answer it as the lexicon is.
const MOST_ANSWERED: f64 = 0.2;
/// Pairs that a thread reads at a time.
const PIECE: usize = 256;

/// What a pair leaves open.
#[derive(Default)]
struct Open {
    /// German words without an entry, and whether the pair answers them all the same.
    german: Vec<(String, bool)>,
    /// Vietnamese words, of any cut, that no German term explains.
    vietnamese: FxHashSet<String>,
    /// All syllables, in lower case, a blank around each.
    text: String,
}

/// Learns what German words that `lexicon` does not have are in Vietnamese, from German and Vietnamese sentences that say the same. In the
/// order of the German words, one Vietnamese word each. The result is the same for any number of threads.
pub fn adapt<S: AsRef<str> + Sync>(lexicon: &Lexicon, pairs: &[(S, S)]) -> Vec<Adapted> {
    let pieces: Vec<Vec<Open>> = pairs
        .par_chunks(PIECE)
        .map_init(
            || (GermanReader::new(lexicon), VietnameseReader::new(lexicon)),
            |(german, vietnamese), piece| {
                let read = |(de, vi): &(S, S)| {
                    let (de, vi) = (de.as_ref(), vi.as_ref());
                    open(&german.read(de), de, &vietnamese.read(vi), vi)
                };
                piece.iter().map(read).collect()
            },
        )
        .collect();
    let open: Vec<Open> = pieces.into_iter().flatten().collect();
    let wanted = wanted(&open);
    let joint = joint(&open, &wanted);
    let counts = occurrences(&open, &joint);
    let mut best: FxHashMap<&str, Adapted> = FxHashMap::default();
    for ((german, vietnamese), both) in &joint {
        let (Some(a), Some(b)) = (wanted.get(german), counts.get(vietnamese)) else { continue };
        let (a, b, both_f) = (f64::from(*a), f64::from(*b), f64::from(*both));
        let dice = 2.0 * both_f / (a + b);
        if dice < LEAST_DICE || log_likelihood_ratio(both_f, a, b, open.len() as f64) < SIGNIFICANT {
            continue;
        }
        let new = Adapted {
            german: (*german).to_owned(),
            vietnamese: (*vietnamese).to_owned(),
            count: *both,
            dice,
        };
        // Of equal ones the longer: half a word is where the whole is.
        let order = |x: &Adapted, y: &Adapted| {
            let longer = x.vietnamese.len().cmp(&y.vietnamese.len());
            x.dice.total_cmp(&y.dice).then(longer).then_with(|| y.vietnamese.cmp(&x.vietnamese))
        };
        match best.entry(german) {
            std::collections::hash_map::Entry::Vacant(place) => {
                place.insert(new);
            }
            std::collections::hash_map::Entry::Occupied(mut place) => {
                if order(&new, place.get()).is_gt() {
                    place.insert(new);
                }
            }
        }
    }
    let mut adapted: Vec<Adapted> = best.into_values().collect();
    adapted.sort_by(|x, y| x.german.cmp(&y.german));
    adapted
}

/// The text of a lexicon with these words, for [`Lexicon::add_text`].
pub fn entries(adapted: &[Adapted]) -> String {
    adapted.iter().flat_map(|a| [a.german.as_str(), "\t", a.vietnamese.as_str(), "\n"]).collect()
}

/// Finds what a pair leaves open.
fn open(german: &GermanTerms, de: &str, vietnamese: &VietnameseTerms, vi: &str) -> Open {
    let mut open = Open::default();
    let mut explained = vec![false; vietnamese.syllables.len()];
    for term in &german.terms {
        let mut answered = false;
        for mention in &vietnamese.mentions {
            if term.targets.iter().any(|target| target.key == mention.key) {
                answered = true;
                if term.kind != TermKind::Function {
                    explained[usize::from(mention.first)..usize::from(mention.end)].fill(true);
                }
            }
        }
        let word = term.span().of(de);
        let without_entry = term.kind == TermKind::Unknown || term.name.is_some();
        if without_entry && word.chars().all(char::is_alphabetic) && word.chars().count() > 2 {
            open.german.push((word.to_owned(), answered));
        }
    }
    for unit in vietnamese.units.iter().filter(|u| matches!(u.kind, TermKind::Function | TermKind::Fact)) {
        explained[usize::from(unit.first)..usize::from(unit.end)].fill(true);
    }
    let lower = |syllable: &ShortSpan| syllable.span().of(vi).to_lowercase();
    let syllables: Vec<String> = vietnamese.syllables.iter().map(lower).collect();
    for first in 0..syllables.len() {
        for length in 1..=MOST_SYLLABLES {
            let range = first..first + length;
            let apart = range.len() > 1 && {
                let Some(last) = vietnamese.syllables.get(range.end - 1) else { break };
                // Words do not go on across a comma.
                vi.get(vietnamese.syllables[range.end - 2].span().end..last.span().start)
                    .is_none_or(|gap| gap != " ")
            };
            if apart || explained.get(range.clone()).is_none_or(|e| e.contains(&true)) {
                break;
            }
            let word = syllables[range].join(" ");
            if word.chars().all(|c| c.is_alphabetic() || c == ' ') {
                open.vietnamese.insert(word);
            }
        }
    }
    open.text = format!(" {} ", syllables.join(" "));
    open
}

/// The German words that the lexicon does not help with, and in how many pairs they are.
fn wanted(open: &[Open]) -> FxHashMap<&str, u32> {
    let mut counts: FxHashMap<&str, (u32, u32)> = FxHashMap::default();
    for pair in open {
        let words: FxHashMap<&str, bool> = pair.german.iter().map(|(word, a)| (word.as_str(), *a)).collect();
        for (word, answered) in words {
            let count = counts.entry(word).or_default();
            count.0 += 1;
            count.1 += u32::from(answered);
        }
    }
    let open_ones = counts.into_iter().filter(|(_, (all, answered))| {
        *all >= LEAST_COUNT && f64::from(*answered) <= MOST_ANSWERED * f64::from(*all)
    });
    open_ones.map(|(word, (all, _))| (word, all)).collect()
}

/// In how many pairs a wanted German word meets a Vietnamese one that nothing else explains.
fn joint<'o>(open: &'o [Open], wanted: &FxHashMap<&'o str, u32>) -> FxHashMap<(&'o str, &'o str), u32> {
    let mut joint: FxHashMap<(&str, &str), u32> = FxHashMap::default();
    for pair in open {
        let words: FxHashSet<&str> =
            pair.german.iter().map(|(w, _)| w.as_str()).filter(|w| wanted.contains_key(w)).collect();
        for german in words {
            for vietnamese in &pair.vietnamese {
                *joint.entry((german, vietnamese)).or_default() += 1;
            }
        }
    }
    joint.retain(|_, both| *both >= LEAST_COUNT);
    joint
}

/// In how many pairs each Vietnamese word stands at all.
fn occurrences<'o>(open: &[Open], joint: &FxHashMap<(&'o str, &'o str), u32>) -> FxHashMap<&'o str, u32> {
    let words: FxHashSet<&str> = joint.keys().map(|(_, vietnamese)| *vietnamese).collect();
    let mut counts: FxHashMap<&str, u32> = FxHashMap::default();
    for pair in open {
        let blanks: Vec<usize> = pair.text.match_indices(' ').map(|(at, _)| at).collect();
        let mut met: FxHashSet<&str> = FxHashSet::default();
        for first in 0..blanks.len() {
            for end in blanks.iter().skip(first + 1).take(MOST_SYLLABLES) {
                if let Some(word) = pair.text.get(blanks[first] + 1..*end).and_then(|word| words.get(word)) {
                    met.insert(word);
                }
            }
        }
        for word in met {
            *counts.entry(word).or_default() += 1;
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAMES: [(&str, &str); 8] = [
        ("Die {} ist groß.", "{} rất lớn."),
        ("Er kauft eine {}.", "Anh ấy mua {}."),
        ("Wir sehen die {} im Hafen.", "Chúng tôi thấy {} ở cảng."),
        ("Die Regierung verkauft eine {}.", "Chính phủ bán {}."),
        ("Eine {} trinkt Wasser.", "{} uống nước."),
        ("Der Lehrer sucht die {}.", "Thầy giáo tìm {}."),
        ("Heute regnet es.", "Hôm nay trời mưa."),
        ("Der Arzt kommt.", "Bác sĩ đến."),
    ];

    fn pairs(words: &[(&str, &str)]) -> Vec<(String, String)> {
        let filled = words
            .iter()
            .flat_map(|(de, vi)| FRAMES.iter().map(move |(a, b)| (a.replace("{}", de), b.replace("{}", vi))));
        filled.collect()
    }

    #[test]
    fn a_word_without_an_entry_is_learned_whole() {
        let pairs = pairs(&[("Quurzel", "xôm lạp"), ("Zumbflix", "đoạp"), ("Brücke", "cây cầu")]);
        let adapted = adapt(&Lexicon::new(), &pairs);
        let words: Vec<_> = adapted.iter().map(|a| (&*a.german, &*a.vietnamese, a.count)).collect();
        assert_eq!(words, [("Quurzel", "xôm lạp", 6), ("Zumbflix", "đoạp", 6)]);
        let mut lexicon = Lexicon::new();
        lexicon.add_text(&entries(&adapted)).unwrap();
        assert!(adapt(&lexicon, &pairs).is_empty(), "what is known is not learned again");
    }

    #[test]
    fn names_that_answer_each_other_and_words_met_twice_are_left_alone() {
        let named = pairs(&[("Kavanaugh", "Kavanaugh"), ("Brücke", "cây cầu")]);
        assert_eq!(adapt(&Lexicon::new(), &named), []);
        let twice = &pairs(&[("Quurzel", "xôm lạp")])[4..];
        assert_eq!(adapt(&Lexicon::new(), twice), []);
        assert_eq!(adapt(&Lexicon::new(), &[("", ""); 3]), []);
    }
}
