//! The patterns of `data/furniture/de.tsv`, `vi.tsv` and `both.tsv`, compiled once.
//!
//! A row has the columns scope, pattern, example, note. A pattern between slashes is a regular expression (syntax of the
//! `regex` crate; `{{NAME}}` stands for the row of scope `define` with that name), any other a literal that is compared in
//! lower case and without bullets and colons around it. Scopes:
//!
//! | scope | where it is furniture |
//! |---|---|
//! | define | nowhere: a part for other patterns, `NAME=regex` |
//! | line | a whole line, anywhere, in reports of either language |
//! | list | a whole line; at the report's end also the headlines that follow it |
//! | menu | an entry of a menu: a whole line made of such entries, before the first and after the last running text |
//! | edge | a whole line, before the first and after the last running text |
//! | tail | a whole line after the last running text |
//! | start | the start of a line, if what follows can start a sentence |
//! | end | the end of a line, after a sentence's end or where two words were run together |
//! | end-any | the end of a line (begins with ©, a bar, a slash or a dash) |
//! | bracket | in brackets, between sentences |
//! | anywhere | cut out wherever it stands (begins with a bracket or !) |

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::{Regex, RegexBuilder};
use satzpaar_language::Language;

const BOTH: &str = include_str!("../../../../data/furniture/both.tsv");
const GERMAN: &str = include_str!("../../../../data/furniture/de.tsv");
const VIETNAMESE: &str = include_str!("../../../../data/furniture/vi.tsv");

static FOR_GERMAN: LazyLock<Rules> = LazyLock::new(|| Rules::new(&[BOTH, GERMAN], VIETNAMESE));
static FOR_VIETNAMESE: LazyLock<Rules> = LazyLock::new(|| Rules::new(&[BOTH, VIETNAMESE], GERMAN));

/// Characters behind which furniture of scope `end` may begin.
const ENDS: &str = ".!?…\"“”»«’)|";
/// Characters with which furniture of scope `end-any` begins.
const PARTS: &str = "©|/-–—";

/// Classes of the whole of Unicode, and what is enough of them here: lines are folded to plain spaces, names are Latin or
/// Cyrillic. Automata become several times smaller, and faster to build.
const NARROWED: [(&str, &str); 7] = [
    (r"\p{Lu}", r"[\p{Lu}&&[\x00-\u{52F}\u{1E00}-\u{1EFF}]]"),
    (r"\p{Ll}", r"[\p{Ll}&&[\x00-\u{52F}\u{1E00}-\u{1EFF}]]"),
    (r"\p{L}", r"[\p{L}&&[\x00-\u{52F}\u{1E00}-\u{1EFF}]]"),
    (r"\s", "[ ]"),
    (r"\S", "[^ ]"),
    (r"\d", "[0-9]"),
    (r"\w", "[A-Za-z0-9_]"),
];

/// The patterns for reports of one language.
#[derive(Debug)]
pub(super) struct Rules {
    lines: Patterns,
    lists: Patterns,
    edges: Patterns,
    tails: Patterns,
    menu: HashSet<String>,
    start: Option<Regex>,
    end: Option<Regex>,
    end_any: Option<Regex>,
    bracket: Option<Regex>,
    anywhere: Option<Regex>,
}

/// Literals and one regular expression, for whole lines.
#[derive(Debug)]
struct Patterns {
    literals: HashSet<String>,
    regex: Option<Regex>,
}

impl Patterns {
    /// Whether they match the line, or its literal form.
    fn matches(&self, line: &str, form: &str) -> bool {
        self.literals.contains(form) || self.regex.as_ref().is_some_and(|regex| regex.is_match(line))
    }
}

/// What the patterns for whole lines say of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Verdict {
    /// Furniture wherever it stands.
    pub(super) line: bool,
    /// The heading of a list of other reports.
    pub(super) list: bool,
    /// Furniture outside the running text.
    pub(super) edge: bool,
}

/// Longer lines (bytes) are neither literals nor menus.
const LITERAL: usize = 120;

/// A row of a data file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) scope: &'static str,
    pub(super) pattern: &'static str,
    #[cfg_attr(not(test), allow(dead_code, reason = "the examples are for the tests"))]
    pub(super) example: &'static str,
}

pub(super) fn rows(file: &'static str) -> impl Iterator<Item = Row> {
    file.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).skip(1).map(|line| {
        let mut columns = line.split('\t').chain(std::iter::repeat(""));
        let mut next = || columns.next().unwrap_or_default();
        Row { scope: next(), pattern: next(), example: next() }
    })
}

impl Rules {
    pub(super) fn of(language: Language) -> &'static Self {
        match language {
            Language::German => &FOR_GERMAN,
            Language::Vietnamese => &FOR_VIETNAMESE,
        }
    }

    /// All rows of `own`, and those of `foreign` that are told by a whole line.
    fn new(own: &[&'static str], foreign: &'static str) -> Self {
        let all: Vec<Row> = own.iter().flat_map(|file| rows(file)).collect();
        let foreign: Vec<Row> = rows(foreign).collect();
        let defined: Vec<(&str, &str)> = all
            .iter()
            .chain(&foreign)
            .filter(|row| row.scope == "define")
            .filter_map(|row| row.pattern.split_once('='))
            .collect();
        let expand = |pattern: &str| {
            // Definitions may use those that stand before them.
            let pattern = defined.iter().rev().fold(pattern.to_owned(), |pattern, (name, value)| {
                pattern.replace(&format!("{{{{{name}}}}}"), &format!("(?:{value})"))
            });
            NARROWED.iter().fold(pattern, |pattern, (class, narrow)| pattern.replace(class, narrow))
        };
        let select = |scope: &str, with_foreign: bool| -> Vec<&str> {
            let foreign = foreign.iter().filter(|_| with_foreign);
            all.iter().chain(foreign).filter(|row| row.scope == scope).map(|row| row.pattern).collect()
        };
        let regex = |patterns: &[&str], before: &str, after: &str| {
            let alternatives: Vec<String> = patterns
                .iter()
                .filter_map(|pattern| pattern.strip_prefix('/')?.strip_suffix('/'))
                .map(|pattern| format!("(?:{})", expand(pattern)))
                .collect();
            if alternatives.is_empty() {
                return None;
            }
            // The files are part of the build and every row is tested, so that this is always a regex.
            RegexBuilder::new(&format!("{before}(?:{}){after}", alternatives.join("|")))
                .size_limit(64 << 20)
                .dfa_size_limit(16 << 20)
                .build()
                .ok()
        };
        let literals = |patterns: &[&str]| {
            patterns
                .iter()
                .filter(|pattern| !pattern.starts_with('/'))
                .map(|pattern| literal_form(pattern))
                .collect()
        };
        let whole = |scope: &str, with_foreign: bool| {
            let patterns = select(scope, with_foreign);
            Patterns {
                literals: literals(&patterns),
                regex: regex(&patterns, r"^[\s*_#>•\-–|]*", r"[\s*_|]*$"),
            }
        };
        Self {
            lines: whole("line", true),
            lists: whole("list", true),
            edges: whole("edge", false),
            tails: whole("tail", false),
            menu: literals(&select("menu", true)),
            start: regex(&select("start", false), "^", ""),
            end: regex(&select("end", false), "^", r"\s*$"),
            end_any: regex(&select("end-any", false), "^", r"\s*$"),
            bracket: regex(&select("bracket", true), "^", ""),
            anywhere: regex(&select("anywhere", true), "^", ""),
        }
    }

    /// Asks the patterns for whole lines.
    pub(super) fn judge(&self, line: &str) -> Verdict {
        let form = if line.len() <= LITERAL { literal_form(line) } else { String::new() };
        if self.lists.matches(line, &form) {
            return Verdict { list: true, ..Verdict::default() };
        }
        if self.lines.matches(line, &form) {
            return Verdict { line: true, ..Verdict::default() };
        }
        Verdict { edge: self.menu(line) || self.edges.matches(line, &form), ..Verdict::default() }
    }

    /// Whether the line is furniture behind the running text.
    pub(super) fn is_tail(&self, line: &str) -> bool {
        self.tails.matches(line, "")
    }

    /// Whether the line is made of menu entries: one, or several with separators, or three and more without.
    pub(super) fn menu(&self, line: &str) -> bool {
        if line.len() > LITERAL {
            return false;
        }
        let mut parts = line.split(['|', '>', '/', '»', '›', '•', '·', ',', '→']).map(literal_form);
        if parts.all(|part| part.is_empty() || self.menu.contains(&part)) {
            return line.contains(char::is_alphanumeric);
        }
        let form = literal_form(line);
        let words: Vec<&str> = form.split(' ').collect();
        let (mut place, mut entries) = (0, 0);
        while place < words.len() {
            let longest = (1..=5.min(words.len() - place)).rev();
            let found = longest.into_iter().find(|&n| self.menu.contains(&words[place..place + n].join(" ")));
            let Some(found) = found else { return false };
            place += found;
            entries += 1;
        }
        entries >= 3
    }

    /// The end of the furniture at the line's start.
    pub(super) fn start(&self, line: &str) -> Option<usize> {
        self.start.as_ref()?.find(line).map(|found| found.end()).filter(|&end| end > 0)
    }

    /// The start of the furniture at the end of `window`, which begins the line if `whole`.
    pub(super) fn end(&self, window: &str, whole: bool) -> Option<usize> {
        let matches = |regex: &Option<Regex>, place: usize| {
            regex.as_ref().is_some_and(|regex| regex.is_match(&window[place..]))
        };
        let skipped = |place: usize| place + window[place..].len() - window[place..].trim_start().len();
        if whole && matches(&self.end, 0) {
            return Some(0);
        }
        // A capital in the middle of a word ("in HanoiBild: …") is where a crawler left out an end of line.
        let mut last = ' ';
        window.char_indices().find_map(|(place, c)| {
            let joint = last.is_lowercase() && c.is_uppercase();
            last = c;
            let behind = if joint { place } else { skipped(place + c.len_utf8()) };
            if (joint || ENDS.contains(c)) && behind < window.len() && matches(&self.end, behind) {
                return Some(behind);
            }
            (PARTS.contains(c) && matches(&self.end_any, place)).then_some(place)
        })
    }

    /// The end of the bracketed furniture that `text` begins with.
    pub(super) fn bracket(&self, text: &str) -> Option<usize> {
        self.bracket.as_ref()?.find(text).map(|found| found.end())
    }

    /// The end of the furniture that `text` begins with and that goes wherever it stands.
    pub(super) fn anywhere(&self, text: &str) -> Option<usize> {
        self.anywhere.as_ref()?.find(text).map(|found| found.end())
    }

    /// Whether every regular expression was compiled, for the tests.
    #[cfg(test)]
    pub(super) fn is_complete(&self) -> bool {
        let wholes = [&self.lines, &self.lists, &self.edges, &self.tails];
        let others = [&self.start, &self.end, &self.end_any, &self.bracket, &self.anywhere];
        wholes.iter().all(|patterns| patterns.regex.is_some()) && others.iter().all(|regex| regex.is_some())
    }
}

/// The form in which literals are compared: lower case, single spaces, no bullets, emphasis or colons around it.
fn literal_form(line: &str) -> String {
    let around = |c: char| c.is_whitespace() || "*_#>»›→▸►▶•·|-–—:…+<«‹←✕×↗".contains(c);
    let core = line.trim_matches(around);
    let mut form = String::with_capacity(core.len());
    for word in core.split_whitespace() {
        if !form.is_empty() {
            form.push(' ');
        }
        form.extend(word.chars().flat_map(char::to_lowercase));
    }
    form
}
