//! The tables of `data/german/`, read once.

use std::sync::LazyLock;

use satzpaar_language::PartOfSpeech;

/// A rule of `inflection.tsv`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    pub(super) ending: &'static str,
    pub(super) instead: &'static str,
    pub(super) pos: PartOfSpeech,
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

/// A linking element of `linking-elements.tsv`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    pub(super) element: &'static str,
    pub(super) add: &'static str,
    pub(super) cost: u16,
}

/// The rows of a table below its header line, cut at the tabs; comments are passed over.
pub(super) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).skip(1).map(|l| l.split('\t').collect())
}

fn cell(row: &[&'static str], column: usize) -> &'static str {
    row.get(column).copied().unwrap_or_default()
}

pub(super) static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    rows(include_str!("../../../../data/german/inflection.tsv"))
        .filter_map(|row| {
            Some(Rule {
                ending: cell(&row, 0),
                instead: cell(&row, 1),
                pos: PartOfSpeech::from_tag(cell(&row, 2))?,
                umlaut: match cell(&row, 3) {
                    "yes" => Umlaut::Yes,
                    "both" => Umlaut::Both,
                    _ => Umlaut::No,
                },
                cost: cell(&row, 4).parse().ok()?,
            })
        })
        .collect()
});

/// Irregular forms and their dictionary forms, folded, sorted by form.
pub(super) static IRREGULAR: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let folded = |word: &str| {
        let mut key = String::new();
        satzpaar_language::fold::fold_german(word, &mut key);
        key
    };
    let mut forms: Vec<_> = rows(include_str!("../../../../data/german/irregular-forms.tsv"))
        .map(|row| (folded(cell(&row, 0)), folded(cell(&row, 1))))
        .collect();
    forms.sort_unstable();
    forms
});

pub(super) static LINKS: LazyLock<Vec<Link>> = LazyLock::new(|| {
    rows(include_str!("../../../../data/german/linking-elements.tsv"))
        .filter_map(|row| {
            Some(Link { element: cell(&row, 0), add: cell(&row, 1), cost: cell(&row, 2).parse().ok()? })
        })
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
            let mut prefix = String::new();
            satzpaar_language::fold::fold_german(cell(&row, 0), &mut prefix);
            let kind = cell(&row, 1);
            (prefix, kind != "inseparable", kind != "separable")
        })
        .collect();
    prefixes.sort_unstable();
    prefixes
});
