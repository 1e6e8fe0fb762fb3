//! Regular inflection: endings and umlauts undone by the rules of `data/german/inflection.tsv`.

use std::sync::LazyLock;

use satzpaar_language::PartOfSpeech;

use super::tables::{IRREGULAR, RULES, Rule, Umlaut};

/// The rules in groups of one ending each, so that an ending is tested once.
static BY_ENDING: LazyLock<Vec<(&'static str, Vec<Rule>)>> = LazyLock::new(|| {
    let mut groups: Vec<(&'static str, Vec<Rule>)> = Vec::new();
    for rule in RULES.iter() {
        match groups.iter_mut().find(|(ending, _)| *ending == rule.ending) {
            Some((_, group)) => group.push(*rule),
            None => groups.push((rule.ending, vec![*rule])),
        }
    }
    groups
});

/// Calls `found(dictionary form, part of speech, cost)` for every form that a folded word may go back to. None need be a word.
pub(super) fn candidates(key: &str, scratch: &mut String, found: &mut dyn FnMut(&str, PartOfSpeech, u8)) {
    let first = IRREGULAR.partition_point(|(form, _)| form.as_str() < key);
    for (_, lemma) in IRREGULAR[first..].iter().take_while(|(form, _)| form == key) {
        for pos in PartOfSpeech::ALL {
            found(lemma, pos, 0);
        }
    }
    for (ending, rules) in BY_ENDING.iter() {
        let Some(stem) = key.strip_suffix(ending) else { continue };
        if stem.len() < 2 {
            continue;
        }
        for rule in rules {
            if rule.umlaut != Umlaut::Yes {
                scratch.clear();
                scratch.push_str(stem);
                scratch.push_str(rule.instead);
                found(scratch, rule.pos, rule.cost);
            }
            if rule.umlaut != Umlaut::No && without_umlaut(stem, scratch) {
                scratch.push_str(rule.instead);
                found(scratch, rule.pos, rule.cost);
            }
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
