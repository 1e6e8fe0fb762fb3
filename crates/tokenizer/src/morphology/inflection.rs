//! Regular inflection: endings and umlauts undone by the rules of `data/german/inflection.tsv`.

use std::sync::LazyLock;

use satzpaar_language::PartOfSpeech;

use super::tables::{IRREGULAR, RULES, Rule, Umlaut};

/// The rules that lead from one ending to one other: one look-up serves them all.
#[derive(Clone, Debug)]
struct Group {
    ending: &'static str,
    instead: &'static str,
    plain: Vec<Rule>,
    umlaut: Vec<Rule>,
}

/// The groups by the last byte of their ending; those without an ending stand at 0.
static BY_LAST_BYTE: LazyLock<Vec<Vec<Group>>> = LazyLock::new(|| {
    let mut buckets: Vec<Vec<Group>> = vec![Vec::new(); 256];
    for rule in RULES.iter() {
        let bucket = &mut buckets[usize::from(rule.ending.bytes().last().unwrap_or(0))];
        let at = bucket.iter().position(|g| (g.ending, g.instead) == (rule.ending, rule.instead));
        let at = at.unwrap_or_else(|| {
            let (ending, instead) = (rule.ending, rule.instead);
            bucket.push(Group { ending, instead, plain: Vec::new(), umlaut: Vec::new() });
            bucket.len() - 1
        });
        if rule.umlaut != Umlaut::Yes {
            bucket[at].plain.push(*rule);
        }
        if rule.umlaut != Umlaut::No {
            bucket[at].umlaut.push(*rule);
        }
    }
    buckets
});

/// A dictionary form that a form may go back to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate<'w> {
    /// The folded dictionary form.
    pub(super) lemma: &'w str,
    /// The rules that lead to it, one for each part of speech that it may have; `None` if it may have any.
    pub(super) rules: Option<&'w [Rule]>,
    /// Whether an umlaut was undone.
    pub(super) umlaut: bool,
}

/// Calls `found` for every dictionary form that a folded word may go back to. None need be a word.
pub(super) fn candidates(key: &str, scratch: &mut String, found: &mut dyn FnMut(Candidate)) {
    let first = IRREGULAR.partition_point(|(form, _)| form.as_str() < key);
    for (_, lemma) in IRREGULAR[first..].iter().take_while(|(form, _)| form == key) {
        found(Candidate { lemma, rules: None, umlaut: true });
    }
    let last = usize::from(key.bytes().last().unwrap_or(0));
    for group in BY_LAST_BYTE[0].iter().chain(&BY_LAST_BYTE[last]) {
        let Some(stem) = key.strip_suffix(group.ending) else { continue };
        // A rule with a stem of its own (länder → land) may take the whole word; otherwise a long ending wants a longer stem, save for
        // verbs, where it repeats the stem's last letter (redete).
        let whole = stem.is_empty() && group.instead.len() > 2;
        let verbs = group.plain.first().is_some_and(|rule| rule.pos == PartOfSpeech::Verb);
        if !whole && stem.len() < if group.ending.len() > 3 && !verbs { 3 } else { 2 } {
            continue;
        }
        if !group.plain.is_empty() {
            scratch.clear();
            scratch.push_str(stem);
            scratch.push_str(group.instead);
            found(Candidate { lemma: scratch, rules: Some(&group.plain), umlaut: false });
        }
        if !group.umlaut.is_empty() && without_umlaut(stem, scratch) {
            scratch.push_str(group.instead);
            found(Candidate { lemma: scratch, rules: Some(&group.umlaut), umlaut: true });
        }
    }
}

/// Writes `stem` with its last umlaut undone into `plain` (`häus` → `haus`); false if it has none.
pub(super) fn without_umlaut(stem: &str, plain: &mut String) -> bool {
    let Some((at, umlaut)) = stem.char_indices().rev().find(|(_, c)| matches!(c, 'ä' | 'ö' | 'ü')) else {
        return false;
    };
    plain.clear();
    plain.push_str(&stem[..at]);
    plain.push(match umlaut {
        'ä' => 'a',
        'ö' => 'o',
        _ => 'u',
    });
    plain.push_str(&stem[at + umlaut.len_utf8()..]);
    true
}

/// Whether the last vowel of a stem could take an umlaut: `rat`, `bank`, `haus`, but not `recht`, `feuer`.
pub(super) fn can_take_umlaut(stem: &str) -> bool {
    let mut later = ' ';
    for c in stem.chars().rev() {
        match c {
            'a' | 'o' => return true,
            // The u of au counts as its a, that of eu not at all.
            'u' => later = 'u',
            _ if later == 'u' => return c != 'e',
            'e' | 'i' | 'y' | 'ä' | 'ö' | 'ü' => return false,
            _ => {}
        }
    }
    later == 'u'
}
