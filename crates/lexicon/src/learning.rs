//! Learning word translations from aligned pairs.
//!
//! IBM Model 1 (Brown et al. 1993) in both directions over words that meet more often than chance allows (log-likelihood ratio, Dunning
//! 1993), and of those the pairs on which both directions agree.

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use satzpaar_language::Span;

use crate::Lexicon;
use crate::terms::{GermanReader, TermKind, VietnameseReader, word_of};

/// A learned translation.
#[derive(Clone, Debug, PartialEq)]
pub struct Learned {
    /// The German word: a dictionary form where the lexicon knows one, else the form as it stood.
    pub german: String,
    /// The Vietnamese word.
    pub vietnamese: String,
    /// How often the two meet in a pair.
    pub count: u32,
    /// Probability of the Vietnamese word given the German one.
    pub forward: f64,
    /// Probability of the German word given the Vietnamese one.
    pub backward: f64,
}

/// Rounds of expectation and maximisation.
const ROUNDS: usize = 6;
/// The log-likelihood ratio from which two words meet more often than chance allows: p < 0.0001, since very many pairs are tried.
pub(crate) const SIGNIFICANT: f64 = 15.14;
/// Two words must meet in so many pairs.
const LEAST_COUNT: u32 = 3;
/// Pairs that a thread reads at a time; German words are worked on in as many parts.
const PIECE: usize = 1024;
const PARTS: u32 = 64;

/// The distinct German and Vietnamese words of a pair, as numbers in rising order.
type Numbers = (Box<[u32]>, Box<[u32]>);

/// The text as numbers.
struct Corpus {
    pairs: Vec<Numbers>,
    german: Vec<String>,
    vietnamese: Vec<String>,
}

/// Learns translations with at least this probability in both directions that the lexicon does not have, the most frequent first.
///
/// `pairs` are German and Vietnamese texts. The result is the same for any number of threads.
pub fn learn<S: AsRef<str> + Sync>(lexicon: &Lexicon, pairs: &[(S, S)], least: f64) -> Vec<Learned> {
    let corpus = read(lexicon, pairs);
    let (german_counts, vietnamese_counts) = counts(&corpus);
    let links = significant(&corpus, &german_counts, &vietnamese_counts);
    let forward = model_one(&corpus, &links, true);
    let backward = model_one(&corpus, &links, false);
    let mut learned: Vec<Learned> = links
        .pairs
        .iter()
        .enumerate()
        .filter(|(link, _)| forward[*link] >= least && backward[*link] >= least)
        .map(|(link, (g, v, count))| Learned {
            german: corpus.german[*g as usize].clone(),
            vietnamese: corpus.vietnamese[*v as usize].clone(),
            count: *count,
            forward: forward[link],
            backward: backward[link],
        })
        .collect();
    learned.retain(|l| !is_known(lexicon, &l.german, &l.vietnamese));
    learned.sort_by(|a, b| {
        b.count.cmp(&a.count).then_with(|| (&a.german, &a.vietnamese).cmp(&(&b.german, &b.vietnamese)))
    });
    learned
}

type Words = Vec<(Vec<String>, Vec<String>)>;

fn read<S: AsRef<str> + Sync>(lexicon: &Lexicon, pairs: &[(S, S)]) -> Corpus {
    let pieces: Vec<Words> = pairs
        .par_chunks(PIECE)
        .map_init(
            || (GermanReader::new(lexicon), VietnameseReader::new(lexicon)),
            |(german, vietnamese), piece| {
                let words = piece.iter().map(|(de, vi)| {
                    (german_words(lexicon, german, de.as_ref()), vietnamese_words(vietnamese, vi.as_ref()))
                });
                words.collect()
            },
        )
        .collect();
    let mut corpus = Corpus { pairs: Vec::new(), german: Vec::new(), vietnamese: Vec::new() };
    let (mut german_ids, mut vietnamese_ids) = (FxHashMap::default(), FxHashMap::default());
    for (de, vi) in pieces.into_iter().flatten() {
        let de = intern(de, &mut german_ids, &mut corpus.german);
        let vi = intern(vi, &mut vietnamese_ids, &mut corpus.vietnamese);
        corpus.pairs.push((de, vi));
    }
    corpus
}

/// The distinct words as numbers, in rising order.
fn intern(words: Vec<String>, ids: &mut FxHashMap<String, u32>, texts: &mut Vec<String>) -> Box<[u32]> {
    let mut numbers: Vec<u32> = words
        .into_iter()
        .map(|word| {
            *ids.entry(word).or_insert_with_key(|word| {
                texts.push(word.clone());
                texts.len() as u32 - 1
            })
        })
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers.into_boxed_slice()
}

fn german_words(lexicon: &Lexicon, reader: &mut GermanReader, text: &str) -> Vec<String> {
    let terms = reader.read(text);
    let mut words = Vec::new();
    let mut last = Span::default();
    for term in &terms.terms {
        // A compound is learned as a whole.
        if matches!(term.kind, TermKind::Function | TermKind::Fact | TermKind::Mark) || term.span() == last {
            continue;
        }
        last = term.span();
        let form = term.span().of(text);
        words.push(reader.dictionary_form(form).map_or(form, |h| lexicon.german_text(h)).to_owned());
    }
    words
}

fn vietnamese_words(reader: &mut VietnameseReader, text: &str) -> Vec<String> {
    let terms = reader.read(text);
    let units = terms.units.iter().filter(|u| !matches!(u.kind, TermKind::Function | TermKind::Fact));
    units
        .map(|u| {
            let start = terms.syllables[usize::from(u.first)].span().start;
            let word = Span::new(start, terms.syllables[usize::from(u.end) - 1].span().end).of(text);
            if u.kind == TermKind::Name && word_of(u.key).is_none() {
                word.to_owned()
            } else {
                word.to_lowercase()
            }
        })
        .filter(|word| word.chars().any(char::is_alphabetic))
        .collect()
}

fn counts(corpus: &Corpus) -> (Vec<u32>, Vec<u32>) {
    let (mut german, mut vietnamese) = (vec![0; corpus.german.len()], vec![0; corpus.vietnamese.len()]);
    for (de, vi) in &corpus.pairs {
        de.iter().for_each(|g| german[*g as usize] += 1);
        vi.iter().for_each(|v| vietnamese[*v as usize] += 1);
    }
    (german, vietnamese)
}

/// Pairs of words that may translate each other: sorted by German word, then Vietnamese; with the count of pairs that have both.
struct Links {
    pairs: Vec<(u32, u32, u32)>,
    /// Where each German word's begin, and the end.
    starts: Vec<u32>,
}

impl Links {
    fn of(&self, german: u32) -> &[(u32, u32, u32)] {
        &self.pairs[self.starts[german as usize] as usize..self.starts[german as usize + 1] as usize]
    }

    fn find(&self, german: u32, vietnamese: u32) -> Option<usize> {
        let first = self.starts[german as usize] as usize;
        self.of(german).binary_search_by_key(&vietnamese, |(_, v, _)| *v).ok().map(|i| first + i)
    }
}

/// Counts joint occurrences part by part (so that only a part of the table is ever in memory) and keeps those that chance does not explain.
fn significant(corpus: &Corpus, german_counts: &[u32], vietnamese_counts: &[u32]) -> Links {
    let total = corpus.pairs.len() as f64;
    let parts: Vec<Vec<(u32, u32, u32)>> = (0..PARTS)
        .into_par_iter()
        .map(|part| {
            let mut joint: FxHashMap<(u32, u32), u32> = FxHashMap::default();
            for (de, vi) in &corpus.pairs {
                let own =
                    de.iter().filter(|g| **g % PARTS == part && german_counts[**g as usize] >= LEAST_COUNT);
                for g in own {
                    for v in vi.iter().filter(|v| vietnamese_counts[**v as usize] >= LEAST_COUNT) {
                        *joint.entry((*g, *v)).or_default() += 1;
                    }
                }
            }
            joint
                .into_iter()
                .filter(|((g, v), both)| {
                    let (a, b) = (german_counts[*g as usize], vietnamese_counts[*v as usize]);
                    *both >= LEAST_COUNT
                        && log_likelihood_ratio(f64::from(*both), f64::from(a), f64::from(b), total)
                            >= SIGNIFICANT
                })
                .map(|((g, v), both)| (g, v, both))
                .collect()
        })
        .collect();
    let mut pairs = parts.concat();
    pairs.par_sort_unstable();
    let mut starts = vec![0_u32; german_counts.len() + 1];
    for (g, ..) in &pairs {
        starts[*g as usize + 1] += 1;
    }
    for i in 1..starts.len() {
        starts[i] += starts[i - 1];
    }
    Links { pairs, starts }
}

/// Dunning's log-likelihood ratio for two words that occur `a` and `b` times in `total` pairs, `both` times together; 0 if they meet less
/// often than chance has it.
pub(crate) fn log_likelihood_ratio(both: f64, a: f64, b: f64, total: f64) -> f64 {
    if both * total <= a * b {
        return 0.0;
    }
    let cell = |observed: f64, expected: f64| {
        if observed > 0.0 { observed * (observed / expected).ln() } else { 0.0 }
    };
    2.0 * (cell(both, a * b / total)
        + cell(a - both, a * (total - b) / total)
        + cell(b - both, (total - a) * b / total)
        + cell(total - a - b + both, (total - a) * (total - b) / total))
}

/// IBM Model 1: the probability of each link's target given its source (German is the source when `forward`).
fn model_one(corpus: &Corpus, links: &Links, forward: bool) -> Vec<f64> {
    // What a word without any good source is explained by.
    const NULL: f64 = 0.01;
    let mut probability = vec![0.1; links.pairs.len()];
    for _ in 0..ROUNDS {
        // Pieces of fixed size, added in their order: the same sums for any number of threads.
        let chunk = corpus.pairs.len().div_ceil(8).max(1);
        let parts: Vec<Vec<f64>> = corpus
            .pairs
            .par_chunks(chunk)
            .map(|pairs| {
                let mut expected = vec![0.0; links.pairs.len()];
                let mut found = Vec::new();
                for (de, vi) in pairs {
                    let (targets, sources) = if forward { (vi, de) } else { (de, vi) };
                    for target in targets {
                        found.clear();
                        let link =
                            |s: &u32| if forward { links.find(*s, *target) } else { links.find(*target, *s) };
                        found.extend(sources.iter().filter_map(link));
                        let all: f64 = NULL + found.iter().map(|l| probability[*l]).sum::<f64>();
                        for l in &found {
                            expected[*l] += probability[*l] / all;
                        }
                    }
                }
                expected
            })
            .collect();
        let mut expected = vec![0.0; links.pairs.len()];
        for part in parts {
            for (sum, value) in expected.iter_mut().zip(part) {
                *sum += value;
            }
        }
        let sources = if forward { corpus.german.len() } else { corpus.vietnamese.len() };
        let mut totals = vec![0.0; sources];
        let source = |link: &(u32, u32, u32)| if forward { link.0 } else { link.1 } as usize;
        for (link, value) in links.pairs.iter().zip(&expected) {
            totals[source(link)] += value;
        }
        for ((p, link), value) in probability.iter_mut().zip(&links.pairs).zip(&expected) {
            let total = totals[source(link)];
            *p = if total > 0.0 { value / total } else { 0.0 };
        }
    }
    probability
}

fn is_known(lexicon: &Lexicon, german: &str, vietnamese: &str) -> bool {
    use satzpaar_tokenizer::morphology::Vocabulary;
    let mut key = String::new();
    satzpaar_language::fold::fold_vietnamese(vietnamese, &mut key);
    let Some(word) = lexicon.vietnamese(&key) else { return false };
    let mut known = false;
    lexicon.look_up(&satzpaar_language::fold::german_key(german), &mut |headword, _| {
        known |= lexicon.equivalents(headword).any(|e| e == word);
    });
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_word_is_learned_from_what_it_stands_beside() {
        let text = [
            ("Die Quurzel schläft.", "Con xôm đang ngủ."),
            ("Er kauft eine Quurzel.", "Anh ấy mua con xôm."),
            ("Die Quurzel ist groß.", "Con xôm rất lớn."),
            ("Das Haus ist groß.", "Ngôi nhà rất lớn."),
            ("Er kauft ein Haus.", "Anh ấy mua nhà."),
            ("Er schläft.", "Anh ấy đang ngủ."),
            ("Eine Quurzel trinkt Wasser.", "Con xôm uống nước."),
            ("Sie trinkt Wasser.", "Cô ấy uống nước."),
            ("Das Wasser ist kalt.", "Nước rất lạnh."),
            ("Heute regnet es.", "Hôm nay trời mưa."),
            ("Der Lehrer lacht.", "Thầy giáo cười."),
            ("Der Arzt kommt.", "Bác sĩ đến."),
        ];
        let learned = learn(&Lexicon::new(), &text, 0.3);
        let best = learned.first().expect("something is learned");
        assert_eq!((best.german.as_str(), best.vietnamese.as_str(), best.count), ("Quurzel", "xôm", 4));
        assert!(learned.iter().all(|l| l.german != "Haus"), "the lexicon has it: {learned:?}");
    }

    #[test]
    fn the_ratio_is_nought_by_chance_and_grows_with_evidence() {
        assert!(log_likelihood_ratio(1.0, 10.0, 10.0, 100.0).abs() < 1e-9);
        assert!(
            log_likelihood_ratio(10.0, 10.0, 10.0, 1000.0) > log_likelihood_ratio(5.0, 10.0, 10.0, 1000.0)
        );
    }

    #[test]
    fn nothing_is_learned_from_nothing() {
        let none: [(&str, &str); 0] = [];
        assert!(learn(&Lexicon::new(), &none, 0.3).is_empty());
    }
}
