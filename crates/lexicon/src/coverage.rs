//! How much of a line-parallel text the lexicon knows, and how often what it knows is what the other side says.

use std::collections::BTreeMap;

use satzpaar_language::Span;

use crate::Lexicon;
use crate::names::{NAME_THRESHOLD, name_similarity};
use crate::terms::{FULL, GermanReader, GermanTerms, TermKind, VietnameseReader, VietnameseTerms};

/// What [`coverage`] measures.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coverage {
    /// Running German content words (names and numbers aside), and those of them that the lexicon knows.
    pub german: (u64, u64),
    /// The same of Vietnamese words.
    pub vietnamese: (u64, u64),
    /// Running German content words, names and numbers included, and those for which the paired line holds a translation.
    pub links: (u64, u64),
    /// The same against a line that is not the paired one.
    pub chance_links: (u64, u64),
    /// Unknown German forms with their counts, the most frequent first.
    pub missing_german: Vec<(String, u64)>,
    /// Unknown Vietnamese words likewise.
    pub missing_vietnamese: Vec<(String, u64)>,
}

/// A share as a number from 0 to 1; 0 of nothing.
pub fn share((all, some): (u64, u64)) -> f64 {
    if all == 0 { 0.0 } else { some as f64 / all as f64 }
}

/// Measures the lexicon on line-parallel text: line `i` of one side translates line `i` of the other; what one side has more is passed over.
///
/// A German word with a capital that the lexicon does not know is taken for a name only if the Vietnamese line has it too, if it is an
/// abbreviation in capitals, or if it stands beside another such word (`Artificial Intelligence`; common nouns seldom do); else it counts
/// as unknown. A compound counts as known if all its parts are, as linked if any part is.
pub fn coverage<S: AsRef<str>>(lexicon: &Lexicon, german: &[S], vietnamese: &[S]) -> Coverage {
    let mut found = Coverage::default();
    let (mut german_reader, mut vietnamese_reader) =
        (GermanReader::new(lexicon), VietnameseReader::new(lexicon));
    let (mut missing_german, mut missing_vietnamese) = (BTreeMap::new(), BTreeMap::new());
    let lines = german.len().min(vietnamese.len());
    let answers: Vec<VietnameseTerms> =
        vietnamese[..lines].iter().map(|line| vietnamese_reader.read(line.as_ref())).collect();
    for (i, line) in german[..lines].iter().enumerate() {
        let (line, paired) = (line.as_ref(), vietnamese[i].as_ref());
        let terms = german_reader.read(line);
        let foreign = foreign_words(paired, &answers[i]);
        let words = words_of(&terms);
        for (place, word) in words.iter().enumerate() {
            let kinds: Vec<TermKind> = word.iter().map(|t| terms.terms[*t].kind).collect();
            if kinds.iter().all(|k| matches!(k, TermKind::Function | TermKind::Mark)) {
                continue;
            }
            let linked = |answer: &VietnameseTerms| word.iter().any(|t| is_answered(&terms, *t, answer));
            found.links.0 += 1;
            found.links.1 += u64::from(linked(&answers[i]));
            // Half the text away: another report, so that only chance links.
            if lines > 1 {
                found.chance_links.0 += 1;
                found.chance_links.1 += u64::from(linked(&answers[(i + lines / 2) % lines]));
            }
            let span = terms.terms[word[0]].span();
            let known = kinds.iter().all(|k| !matches!(k, TermKind::Unknown | TermKind::Name))
                || has_words(&terms, word);
            if kinds.contains(&TermKind::Fact)
                || (!known && (is_name(span, line, &foreign) || in_a_row(&terms, &words, place, line)))
            {
                continue;
            }
            found.german.0 += 1;
            found.german.1 += u64::from(known);
            if !known {
                *missing_german.entry(span.of(line).to_owned()).or_insert(0) += 1;
            }
        }
        for unit in &answers[i].units {
            let first = answers[i].syllables[usize::from(unit.first)].span().start;
            let span = Span::new(first, answers[i].syllables[usize::from(unit.end) - 1].span().end);
            let capital = span.of(paired).chars().next().is_some_and(char::is_uppercase);
            let in_lexicon = crate::terms::word_of(unit.key).is_some();
            let number = span.of(paired).starts_with(|c: char| c.is_ascii_digit());
            if matches!(unit.kind, TermKind::Function | TermKind::Fact) || number || (!in_lexicon && capital)
            {
                continue;
            }
            found.vietnamese.0 += 1;
            found.vietnamese.1 += u64::from(in_lexicon);
            if !in_lexicon {
                *missing_vietnamese.entry(span.of(paired).to_lowercase()).or_insert(0) += 1;
            }
        }
    }
    found.missing_german = by_count(missing_german);
    found.missing_vietnamese = by_count(missing_vietnamese);
    found
}

fn by_count(counts: BTreeMap<String, u64>) -> Vec<(String, u64)> {
    let mut list: Vec<_> = counts.into_iter().collect();
    list.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    list
}

/// The terms of each running word: those that share its span.
fn words_of(terms: &GermanTerms) -> Vec<Vec<usize>> {
    let mut words: Vec<Vec<usize>> = Vec::new();
    for (number, term) in terms.terms.iter().enumerate() {
        match words.last_mut() {
            Some(word) if terms.terms[word[0]].span() == term.span() => word.push(number),
            _ => words.push(vec![number]),
        }
    }
    words
}

fn is_answered(terms: &GermanTerms, term: usize, answer: &VietnameseTerms) -> bool {
    let mut targets = terms.terms[term].targets.iter().filter(|t| t.strength >= FULL);
    targets.any(|target| answer.mentions.iter().any(|m| m.key == target.key))
}

/// Whether every term of a word has a word of the lexicon among its targets.
fn has_words(terms: &GermanTerms, word: &[usize]) -> bool {
    word.iter().all(|t| {
        let mut targets = terms.terms[*t].targets.iter();
        targets.any(|target| crate::terms::word_of(target.key).is_some())
    })
}

/// The words of a Vietnamese line that begin with a capital, as they may be names.
fn foreign_words<'t>(line: &'t str, terms: &VietnameseTerms) -> Vec<&'t str> {
    let words = terms.syllables.iter().map(|s| s.span().of(line));
    words.filter(|w| w.chars().next().is_some_and(char::is_uppercase)).collect()
}

/// Whether another name or unknown word with a capital touches an unknown one with a capital.
fn in_a_row(terms: &GermanTerms, words: &[Vec<usize>], place: usize, line: &str) -> bool {
    let term = |place: usize| words.get(place).map(|word| &terms.terms[word[0]]);
    let foreign = |place: usize| {
        term(place).filter(|t| {
            matches!(t.kind, TermKind::Name | TermKind::Unknown) && begins_with_capital(t.span().of(line))
        })
    };
    let Some(own) = foreign(place) else { return false };
    let touches = |a: Span, b: Span| line.get(a.end..b.start).is_some_and(|gap| gap == " ");
    let before = place.checked_sub(1).and_then(foreign).is_some_and(|t| touches(t.span(), own.span()));
    before || foreign(place + 1).is_some_and(|t| touches(own.span(), t.span()))
}

fn begins_with_capital(form: &str) -> bool {
    form.chars().next().is_some_and(char::is_uppercase)
}

fn is_name(span: Span, line: &str, foreign: &[&str]) -> bool {
    let form = span.of(line);
    let abbreviation =
        form.chars().count() > 1 && form.chars().all(|c| c.is_uppercase() || c.is_ascii_digit());
    abbreviation
        || begins_with_capital(form)
            && form.split('-').any(|part| foreign.iter().any(|f| name_similarity(part, f) >= NAME_THRESHOLD))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_unknown_and_names_are_told_apart() {
        let lexicon = Lexicon::new();
        let de = ["Kovalenko unterzeichnete das Abkommen.", "Der Quurzel schlief."];
        let vi = ["Kovalenko đã ký hiệp định.", "Xqô đã ngủ."];
        let found = coverage(&lexicon, &de, &vi);
        // unterzeichnete, Abkommen and schlief are known, Quurzel is not, Kovalenko is a name.
        assert_eq!(found.german, (4, 3));
        assert_eq!(found.missing_german, [("Quurzel".to_owned(), 1)]);
        assert_eq!(found.links, (5, 4));
        assert!(share(found.chance_links) < share(found.links));
    }

    #[test]
    fn nothing_is_measured_on_nothing() {
        let none: [&str; 0] = [];
        assert_eq!(coverage(&Lexicon::new(), &none, &none), Coverage::default());
        assert!(share((0, 0)).abs() < f64::EPSILON);
    }
}
