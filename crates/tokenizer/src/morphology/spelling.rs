//! Spellings that are not today's: digraphs where a keyboard or a telex had no umlauts, the orthography before 1996.

use super::tables::SPELLINGS;

/// Writes `key` with umlauts for `ae oe ue`; false if there is nothing to change.
pub(super) fn with_umlauts(key: &str, respelt: &mut String) -> bool {
    respelt.clear();
    let mut before = ' ';
    for c in key.chars() {
        let umlaut = match (respelt.chars().last(), c) {
            (Some('a'), 'e') => Some('ä'),
            (Some('o'), 'e') => Some('ö'),
            // neue, Dauer, Quelle: here the u is no digraph's.
            (Some('u'), 'e') if !matches!(before, 'a' | 'e' | 'ä' | 'q') => Some('ü'),
            _ => None,
        };
        if let Some(umlaut) = umlaut {
            respelt.pop();
            respelt.push(umlaut);
        } else {
            before = respelt.chars().last().unwrap_or(' ');
            respelt.push(c);
        }
    }
    respelt.len() != key.len() || respelt != key
}

/// Writes `key` in today's orthography by the pairs of `data/german/spellings.tsv`; false if none applies.
pub(super) fn of_today(key: &str, respelt: &mut String) -> bool {
    let Some((old, new)) = SPELLINGS.iter().find(|(old, _)| key.contains(old.as_str())) else { return false };
    respelt.clear();
    let mut rest = key;
    while let Some(at) = rest.find(old.as_str()) {
        respelt.push_str(&rest[..at]);
        respelt.push_str(new);
        rest = &rest[at + old.len()..];
    }
    respelt.push_str(rest);
    true
}
