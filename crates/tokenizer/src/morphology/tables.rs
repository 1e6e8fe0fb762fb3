//! The tables of `data/german/`, read once.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use satzpaar_language::PartOfSpeech;
use satzpaar_language::fold::fold_german;

/// A rule of `inflection.tsv`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    pub(super) ending: &'static str,
    pub(super) instead: &'static str,
    pub(super) pos: PartOfSpeech,
    /// Whether only finite verb forms end so: what is never used as a noun or an adjective.
    pub(super) finite: bool,
    pub(super) umlaut: Umlaut,
    pub(super) cost: u8,
}

/// Whether a rule undoes an umlaut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Umlaut {
    No,
    Yes,
    Both,
}

fn umlaut(cell: &str) -> Umlaut {
    match cell {
        "yes" => Umlaut::Yes,
        "both" => Umlaut::Both,
        _ => Umlaut::No,
    }
}

/// A linking element of `linking-elements.tsv`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    pub(super) element: &'static str,
    pub(super) add: &'static str,
    pub(super) umlaut: bool,
    /// The part of speech that takes it; `None` for any.
    pub(super) pos: Option<PartOfSpeech>,
    pub(super) cost: u16,
}

/// A row of `compound-parts.tsv`: the key of the word that a bound part stands for, empty if it stands for none.
#[derive(Clone, Debug)]
pub(super) struct BoundPart {
    pub(super) lemma: String,
    pub(super) first: bool,
}

/// The rows of a table below its header line, cut at the tabs; comments are passed over.
pub(super) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).skip(1).map(|l| l.split('\t').collect())
}

fn cell(row: &[&'static str], column: usize) -> &'static str {
    row.get(column).copied().unwrap_or_default()
}

fn folded(word: &str) -> String {
    let mut key = String::new();
    fold_german(word, &mut key);
    key
}

/// A folded word that lives as long as the program; the tables are read once.
fn kept(word: &str) -> &'static str {
    Box::leak(folded(word).into_boxed_str())
}

pub(super) static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    rows(include_str!("../../../../data/german/inflection.tsv"))
        .filter_map(|row| {
            let tag = cell(&row, 2);
            Some(Rule {
                ending: kept(cell(&row, 0)),
                instead: kept(cell(&row, 1)),
                pos: PartOfSpeech::from_tag(if tag == "finite" { "verb" } else { tag })?,
                finite: tag == "finite",
                umlaut: umlaut(cell(&row, 3)),
                cost: cell(&row, 4).parse().ok()?,
            })
        })
        .collect()
});

/// Irregular forms and their dictionary forms, folded, sorted by form.
pub(super) static IRREGULAR: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let mut forms: Vec<_> = rows(include_str!("../../../../data/german/irregular-forms.tsv"))
        .flat_map(|row| {
            let lemma = cell(&row, 1);
            cell(&row, 0).split(',').map(move |form| (folded(form), folded(lemma)))
        })
        .collect();
    forms.sort_unstable();
    forms
});

pub(super) static LINKS: LazyLock<Vec<Link>> = LazyLock::new(|| {
    rows(include_str!("../../../../data/german/linking-elements.tsv"))
        .filter_map(|row| {
            Some(Link {
                element: cell(&row, 0),
                add: cell(&row, 1),
                umlaut: cell(&row, 2) == "yes",
                pos: PartOfSpeech::from_tag(cell(&row, 3)),
                cost: cell(&row, 4).parse().ok()?,
            })
        })
        .collect()
});

/// Parts that stand only in compounds, by their folded form.
pub(super) static BOUND_PARTS: LazyLock<FxHashMap<String, BoundPart>> = LazyLock::new(|| {
    rows(include_str!("../../../../data/german/compound-parts.tsv"))
        .map(|row| {
            let part = BoundPart { lemma: folded(cell(&row, 1)), first: cell(&row, 2) == "first" };
            (folded(cell(&row, 0)), part)
        })
        .collect()
});

/// Old spellings and the new ones, folded.
pub(super) static SPELLINGS: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    rows(include_str!("../../../../data/german/spellings.tsv"))
        .map(|row| (folded(cell(&row, 0)), folded(cell(&row, 1))))
        .collect()
});

/// Rows of `strong-verbs.tsv`: infinitive, present, past, participle, subjunctive, each form parted by commas.
pub(super) static STRONG: LazyLock<Vec<[&'static str; 5]>> = LazyLock::new(|| {
    rows(include_str!("../../../../data/german/strong-verbs.tsv"))
        .map(|row| [0, 1, 2, 3, 4].map(|column| cell(&row, column)))
        .collect()
});

/// Rows of `verb-prefixes.tsv`: the prefix, folded, and whether it separates and whether it stays.
pub(super) static PREFIXES: LazyLock<Vec<(String, bool, bool)>> = LazyLock::new(|| {
    let mut prefixes: Vec<_> = rows(include_str!("../../../../data/german/verb-prefixes.tsv"))
        .map(|row| {
            let kind = cell(&row, 1);
            (folded(cell(&row, 0)), kind != "inseparable", kind != "separable")
        })
        .collect();
    prefixes.sort_unstable();
    prefixes
});
