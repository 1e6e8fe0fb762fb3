//! The lint of `data/lexicon/`: every row as a careful editor would want it.

use std::collections::{BTreeSet, HashSet};
use std::path::Path;

use satzpaar_language::PartOfSpeech;
use satzpaar_language::source::{Entry, read_entries};
use satzpaar_lexicon::names::is_vietnamese_syllable;
use unicode_normalization::is_nfc;

/// All files of the lexicon: name and text.
fn files() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/lexicon");
    let mut files: Vec<(String, String)> = std::fs::read_dir(folder)
        .expect("the lexicon's folder")
        .map(|file| file.expect("a file of the lexicon").path())
        .filter(|path| path.extension().is_some_and(|e| e == "tsv"))
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, std::fs::read_to_string(path).expect("UTF-8 text"))
        })
        .collect();
    files.sort();
    files
}

/// Runs a check on every entry and fails with all that it complains of.
fn check(mut complaint: impl FnMut(&Entry) -> Option<String>) {
    let mut complaints = Vec::new();
    for (name, text) in files() {
        let entries = read_entries(&text).unwrap_or_else(|e| panic!("{name}: {e}"));
        for entry in entries {
            if let Some(message) = complaint(&entry) {
                complaints.push(format!("{name}: {}: {message}", entry.german));
            }
        }
    }
    let shown = complaints.iter().take(40).cloned().collect::<Vec<_>>().join("\n");
    assert!(complaints.is_empty(), "{} complaints:\n{shown}", complaints.len());
}

fn is_name(entry: &Entry) -> bool {
    matches!(entry.pos, PartOfSpeech::Name | PartOfSpeech::Abbreviation)
}

#[test]
fn every_file_says_what_it_is_and_where_it_comes_from() {
    let files = files();
    assert!(files.len() >= 20, "{} files", files.len());
    for (name, text) in files {
        let header: String = text.lines().take_while(|l| l.starts_with('#')).collect();
        assert!(header.contains("Own work") && header.contains("CC0"), "{name}: no provenance in the header");
        assert!(is_nfc(&text), "{name}: not in normal form C");
        assert!(!text.contains('\r') && text.ends_with('\n'), "{name}: ends of line");
    }
}

#[test]
fn it_is_as_large_as_it_claims_to_be() {
    let (mut german, mut vietnamese) = (HashSet::new(), HashSet::new());
    let (mut entries, mut equivalents) = (0, 0);
    check(|entry| {
        german.insert(entry.german.to_owned());
        vietnamese.extend(entry.vietnamese.iter().map(|v| (*v).to_owned()));
        entries += 1;
        equivalents += entry.vietnamese.len();
        None
    });
    assert!(german.len() >= 20_000, "{} German headwords", german.len());
    assert!(vietnamese.len() >= 20_000, "{} Vietnamese words", vietnamese.len());
    assert!(equivalents >= 2 * entries, "{equivalents} equivalents for {entries} entries");
}

#[test]
fn no_entry_stands_twice() {
    let mut seen: HashSet<(String, PartOfSpeech)> = HashSet::new();
    check(|entry| {
        let twice = !seen.insert((entry.german.to_owned(), entry.pos));
        twice.then(|| format!("stands twice as {}", entry.pos.tag()))
    });
    check(|entry| {
        let distinct: BTreeSet<_> = entry.vietnamese.iter().collect();
        (distinct.len() < entry.vietnamese.len()).then(|| "an equivalent stands twice".to_owned())
    });
}

#[test]
fn german_headwords_stand_in_dictionary_form() {
    check(|entry| {
        let first = entry.german.chars().next()?;
        let wrong = match entry.pos {
            PartOfSpeech::Noun => !(first.is_uppercase() || first.is_ascii_digit()),
            PartOfSpeech::Verb => {
                first.is_uppercase() || !entry.german.ends_with('n') || entry.german.starts_with("sich ")
            }
            // US-amerikanisch is the one spelling that begins with an abbreviation.
            PartOfSpeech::Adjective | PartOfSpeech::Adverb => {
                first.is_uppercase() && !entry.german.contains('-') && !entry.german.ends_with("er")
            }
            _ => false,
        };
        wrong.then(|| format!("is no dictionary form of a {}", entry.pos.tag()))
    });
    check(|entry| {
        let article = ["der ", "die ", "das ", "ein ", "eine "].iter().any(|a| entry.german.starts_with(a));
        (entry.pos == PartOfSpeech::Noun && article).then(|| "begins with an article".to_owned())
    });
}

#[test]
fn cells_hold_words_and_nothing_else() {
    check(|entry| {
        let cells = std::iter::once(&entry.german).chain(&entry.vietnamese);
        let mut odd = cells.filter(|cell| {
            cell.contains(['(', ')', '[', ']', '/', '"', '…', '|', '='])
                || cell.contains("  ")
                || cell.trim() != **cell
                || !cell.chars().any(|c| c.is_alphanumeric() || c == '%' || c == '€' || c == '$')
                || cell.split(' ').count() > if is_name(entry) { 16 } else { 10 }
        });
        odd.next().map(|cell| format!("'{cell}' is no plain word"))
    });
}

#[test]
fn every_vietnamese_syllable_is_possible_or_a_known_loan() {
    let loans: HashSet<&str> = include_str!("../../../data/vietnamese/loanwords.txt")
        .lines()
        .filter(|l| !l.starts_with('#') && !l.is_empty())
        .collect();
    check(|entry| {
        if is_name(entry) {
            return None;
        }
        let syllables = entry.vietnamese.iter().flat_map(|v| v.split([' ', '-', ',', '\'']));
        let mut odd = syllables.filter(|syllable| {
            let name = syllable.chars().next().is_none_or(|c| c.is_uppercase() || c.is_ascii_digit());
            !name && !loans.contains(syllable) && !is_vietnamese_syllable(syllable)
        });
        odd.next().map(|syllable| format!("'{syllable}' is no Vietnamese syllable and no listed loan"))
    });
}

#[test]
fn no_entry_only_copies() {
    let loans = include_str!("../../../data/vietnamese/loanwords.txt").to_lowercase();
    let loans: HashSet<&str> = loans.lines().collect();
    check(|entry| {
        let copied = entry.vietnamese.iter().all(|v| v.to_lowercase() == entry.german.to_lowercase());
        let loan = loans.contains(entry.german.to_lowercase().as_str());
        (copied && !loan && !is_name(entry)).then(|| "only copies the German word".to_owned())
    });
}
