//! The language facts of `data/`, parsed once: abbreviations with their classes, and plain word lists.

use crate::Language;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// What may follow an abbreviation (the classes of the abbreviation files).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// No sentence ends after it.
    Never,
    /// A sentence ends after it when a capital follows.
    End,
    /// A sentence ends after it when a sentence starter follows.
    May,
    /// An abbreviation only before a number, a Roman numeral or a lower-case word.
    Number,
    /// Also a common word; an abbreviation only before a number or a lower-case word.
    Word,
}

/// The facts of one language that full stops are judged by.
#[derive(Debug)]
pub(crate) struct Facts {
    abbreviations: FxHashMap<Box<str>, Class>,
    /// Words that, with a capital, nearly surely start a sentence.
    pub(crate) starters: FxHashSet<&'static str>,
    /// Words after which a single letter or Roman numeral is a name of its own.
    pub(crate) before_letter: FxHashSet<&'static str>,
    lower_starters: FxHashSet<Box<str>>,
}

impl Facts {
    fn new(abbreviations: &'static str, starters: &'static str, before_letter: &'static str) -> Self {
        let mut table = FxHashMap::default();
        for line in lines(abbreviations) {
            let mut columns = line.split('\t');
            let (Some(form), Some(class)) = (columns.next(), columns.next().and_then(class)) else {
                continue;
            };
            table.insert(form.into(), class);
        }
        Self {
            abbreviations: table,
            starters: set(starters),
            before_letter: set(before_letter),
            lower_starters: lines(starters).map(|word| word.to_lowercase().into()).collect(),
        }
    }

    /// Whether `word` is one of the function words that start sentences, written in lower case.
    pub(crate) fn is_lower_starter(&self, word: &str) -> bool {
        self.lower_starters.contains(word)
    }

    /// The class of an abbreviation, given without spaces and without its last stop.
    pub(crate) fn class(&self, form: &str) -> Option<Class> {
        self.abbreviations.get(form).copied()
    }
}

fn class(name: &str) -> Option<Class> {
    Some(match name {
        "never" => Class::Never,
        "end" => Class::End,
        "may" => Class::May,
        "number" => Class::Number,
        "word" => Class::Word,
        _ => return None,
    })
}

/// The lines of a data file that say something: neither empty nor comments.
pub(crate) fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().map(str::trim_end).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The set of a data file with one word a line.
pub(crate) fn set(file: &'static str) -> FxHashSet<&'static str> {
    lines(file).collect()
}

/// The facts of `language`.
pub(crate) fn of(language: Language) -> &'static Facts {
    static GERMAN: LazyLock<Facts> = LazyLock::new(|| {
        Facts::new(
            include_str!("../../../data/german/abbreviations.tsv"),
            include_str!("../../../data/german/sentence-starters.txt"),
            include_str!("../../../data/german/before-letter.txt"),
        )
    });
    static VIETNAMESE: LazyLock<Facts> = LazyLock::new(|| {
        Facts::new(
            include_str!("../../../data/vietnamese/abbreviations.tsv"),
            include_str!("../../../data/vietnamese/sentence-starters.txt"),
            include_str!("../../../data/vietnamese/before-letter.txt"),
        )
    });
    match language {
        Language::German => &GERMAN,
        Language::Vietnamese => &VIETNAMESE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_abbreviation_files_has_a_class() {
        for file in [
            include_str!("../../../data/german/abbreviations.tsv"),
            include_str!("../../../data/vietnamese/abbreviations.tsv"),
        ] {
            for line in lines(file) {
                let columns: Vec<_> = line.split('\t').collect();
                assert!(columns.len() == 2 && class(columns[1]).is_some(), "no class: {line}");
                assert!(
                    !columns[0].contains(' ') && !columns[0].ends_with('.'),
                    "not in normal form: {line}"
                );
            }
        }
    }
}
