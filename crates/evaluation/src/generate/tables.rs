//! The tables of `data/generated/`, as they stand.

use std::collections::HashMap;
use std::sync::LazyLock;

const SENTENCES: &str = include_str!("../../../../data/generated/sentences.tsv");
const CLAUSES: &str = include_str!("../../../../data/generated/clauses.tsv");
const QUOTES: &str = include_str!("../../../../data/generated/quotes.tsv");
const WORDS: &str = include_str!("../../../../data/generated/words.tsv");
const ROLES: &str = include_str!("../../../../data/generated/roles.tsv");
const NAMES: &str = include_str!("../../../../data/generated/names.tsv");
const FURNITURE: &str = include_str!("../../../../data/generated/furniture.tsv");

/// Text with slots, in both languages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Template {
    pub(super) de: &'static str,
    pub(super) vi: &'static str,
}

/// A noun or a phrase.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Word {
    pub(super) vi: &'static str,
    /// m, f, n; `None` if it stands without an article.
    pub(super) gender: Option<char>,
    pub(super) de: &'static str,
    /// The German genitive of a masculine or neuter.
    pub(super) genitive: &'static str,
}

/// An office or profession.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Role {
    pub(super) man: &'static str,
    pub(super) woman: &'static str,
    pub(super) vi: &'static str,
}

/// Everything that text is made from.
pub(super) struct Tables {
    /// Topics in the order of the file, less `any`.
    pub(super) topics: Vec<&'static str>,
    pub(super) sentences: HashMap<&'static str, Vec<Template>>,
    pub(super) clauses: HashMap<&'static str, Vec<Template>>,
    pub(super) quotes: Vec<Template>,
    pub(super) words: HashMap<&'static str, Vec<Word>>,
    pub(super) roles: HashMap<&'static str, Vec<Role>>,
    /// Parts of names by class; German beside Vietnamese.
    pub(super) names: HashMap<&'static str, Vec<Template>>,
    /// Lines by language and place (`de top`).
    pub(super) furniture: HashMap<(&'static str, &'static str), Vec<&'static str>>,
}

/// The tables, read at first use.
pub(super) static TABLES: LazyLock<Tables> = LazyLock::new(Tables::read);

/// Topic of the sentences that fit into any report.
pub(super) const ANY: &str = "any";

/// The rows of a table, each padded with empty cells.
fn rows(table: &'static str) -> impl Iterator<Item = [&'static str; 5]> {
    table.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).skip(1).map(|line| {
        let mut cells = line.split('\t');
        std::array::from_fn(|_| cells.next().unwrap_or_default())
    })
}

fn grouped<T>(rows: impl Iterator<Item = (&'static str, T)>) -> HashMap<&'static str, Vec<T>> {
    let mut groups: HashMap<&'static str, Vec<T>> = HashMap::new();
    for (name, item) in rows {
        groups.entry(name).or_default().push(item);
    }
    groups
}

impl Tables {
    fn read() -> Self {
        let mut topics = Vec::new();
        for [topic, ..] in rows(SENTENCES) {
            if topic != ANY && !topics.contains(&topic) {
                topics.push(topic);
            }
        }
        let templates = |table| grouped(rows(table).map(|[name, de, vi, ..]| (name, Template { de, vi })));
        let mut furniture: HashMap<_, Vec<&'static str>> = HashMap::new();
        for [lang, place, text, ..] in rows(FURNITURE) {
            furniture.entry((lang, place)).or_default().push(text);
        }
        Self {
            topics,
            sentences: templates(SENTENCES),
            clauses: templates(CLAUSES),
            quotes: rows(QUOTES).map(|[de, vi, ..]| Template { de, vi }).collect(),
            words: grouped(rows(WORDS).map(|[class, vi, gender, de, genitive]| {
                (class, Word { vi, gender: gender.chars().next(), de, genitive })
            })),
            roles: grouped(rows(ROLES).map(|[topic, man, woman, vi, _]| (topic, Role { man, woman, vi }))),
            names: templates(NAMES),
            furniture,
        }
    }
}

/// What stands under a name, or nothing.
pub(super) fn of<T>(groups: &'static HashMap<&'static str, Vec<T>>, name: &str) -> &'static [T] {
    groups.get(name).map(Vec::as_slice).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_whole() {
        let cells =
            [(SENTENCES, 3), (CLAUSES, 3), (QUOTES, 2), (WORDS, 5), (ROLES, 4), (NAMES, 3), (FURNITURE, 3)];
        for (table, wanted) in cells {
            assert!(table.starts_with("# ") && table.contains("CC0-1.0"), "a header is missing");
            for line in table.lines().filter(|line| !line.starts_with('#')) {
                assert_eq!(line.split('\t').count(), wanted, "{line}");
                assert!(!line.contains("  ") && line.trim() == line.trim_end_matches('\t'), "{line}");
            }
        }
    }

    #[test]
    fn there_is_enough_to_make_reports_of() {
        let count: usize = TABLES.sentences.values().map(Vec::len).sum();
        assert!(TABLES.topics.len() >= 12 && count >= 150, "{count}");
        for topic in &TABLES.topics {
            assert!(
                of(&TABLES.sentences, topic).len() >= 12 && of(&TABLES.clauses, topic).len() >= 4,
                "{topic}"
            );
            assert!(of(&TABLES.roles, topic).len() >= 3, "{topic}");
        }
    }

    #[test]
    fn sentences_end_with_a_stop_and_words_can_be_inflected() {
        for template in TABLES.sentences.values().flatten() {
            assert!(template.de.ends_with('.') && template.vi.ends_with('.'), "{}", template.de);
        }
        for template in TABLES.clauses.values().flatten() {
            assert!(template.de.starts_with("dass "), "{}", template.de);
        }
        for word in TABLES.words.values().flatten() {
            assert!(!word.de.is_empty() && !word.vi.is_empty(), "{}", word.de);
            assert_eq!(matches!(word.gender, Some('m' | 'n')), !word.genitive.is_empty(), "{}", word.de);
        }
    }
}
