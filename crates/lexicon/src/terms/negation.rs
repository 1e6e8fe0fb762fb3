//! Whether a sentence is negated: the one thing that makes two sentences with the same words say the opposite.
//!
//! Words are known by their folded forms, from `data/german/negations.txt` and `data/vietnamese/negations.txt`.

use std::collections::HashSet;
use std::sync::LazyLock;

use satzpaar_language::fold::{fold_german, fold_vietnamese};

/// Words that negate, and rows of words in which they do not.
pub(crate) struct Negations {
    words: HashSet<String>,
    idle: Vec<Vec<String>>,
}

/// Those of German.
pub(crate) static GERMAN: LazyLock<Negations> =
    LazyLock::new(|| Negations::new(include_str!("../../../../data/german/negations.txt"), fold_german));

/// Those of Vietnamese; words are syllables.
pub(crate) static VIETNAMESE: LazyLock<Negations> = LazyLock::new(|| {
    Negations::new(include_str!("../../../../data/vietnamese/negations.txt"), fold_vietnamese)
});

impl Negations {
    fn new(text: &str, fold: fn(&str, &mut String)) -> Self {
        let folded = |row: &str| {
            row.split(' ')
                .map(|word| {
                    let mut key = String::new();
                    fold(word, &mut key);
                    key
                })
                .collect::<Vec<_>>()
        };
        let lines = || text.lines().filter(|l| !l.is_empty() && !l.starts_with('#'));
        Self {
            words: lines().filter(|l| !l.starts_with('!')).flat_map(folded).collect(),
            idle: lines().filter_map(|l| l.strip_prefix('!')).map(folded).collect(),
        }
    }

    /// Whether a folded word negates, standing alone.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    /// Whether the word `at` negates among the words of its sentence, given that [`Self::has`] it; `word` gives them by number.
    pub(crate) fn negates<'w>(&self, at: usize, word: impl Fn(usize) -> Option<&'w str>) -> bool {
        !self.idle.iter().any(|row| {
            let places = row.iter().enumerate().filter(|(_, w)| word(at) == Some(w));
            // The row may hold the word at any of its places.
            places
                .map(|(place, _)| place)
                .any(|place| at >= place && (0..row.len()).all(|i| word(at - place + i) == Some(&row[i])))
        })
    }
}
