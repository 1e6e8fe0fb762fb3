//! Forms and compounds against the lexicon that is compiled in.

use satzpaar_language::words;

use super::*;

/// The dictionary forms of a form, part by part (`a+b` for a compound), each part's headwords parted by `/`.
fn lemmas(vocabulary: &impl Vocabulary, form: &str) -> String {
    let mut readings = Vec::new();
    Morphology::default().analyse(vocabulary, form, &mut readings);
    let mut out = String::new();
    for (i, reading) in readings.iter().enumerate() {
        if i > 0 {
            out.push(if reading.part == readings[i - 1].part { '/' } else { '+' });
        }
        out.push_str(words().german_text(reading.headword));
    }
    out
}

/// The rows of a test table.
fn table(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let rows = text.lines().filter(|l| !l.starts_with('#') && !l.is_empty());
    rows.map(|line| line.split_once('\t').expect("two columns"))
}

fn expect_none(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn forms_lead_to_their_dictionary_form() {
    let mut wrong = Vec::new();
    for (form, lemma) in table(include_str!("tests/lemmas.tsv")) {
        let found = lemmas(words(), form);
        if !found.split('/').any(|l| l == lemma) {
            wrong.push(format!("{form}: want {lemma}, found {found}"));
        }
    }
    expect_none(&wrong);
}

#[test]
fn forms_do_not_lead_to_words_that_look_alike() {
    let mut wrong = Vec::new();
    for (form, other) in table(include_str!("tests/not-lemmas.tsv")) {
        let found = lemmas(words(), form);
        if found.is_empty() || found.split(['/', '+']).any(|l| l == other) {
            wrong.push(format!("{form}: found {found}"));
        }
    }
    expect_none(&wrong);
}

/// The lexicon without the words that span a seam of a compound, so that a test of its parts stays one as the lexicon grows.
struct Without {
    /// What words contain that span a seam.
    seams: Vec<String>,
    /// How the compound begins, nearly whole, and how its last part begins: a word with both would be the compound itself.
    begin: String,
    head: String,
}

impl Without {
    fn new(form: &str, parts: &str) -> Self {
        let parts: Vec<Vec<char>> = parts.split('+').map(|p| folded(p).chars().collect()).collect();
        let mut seams = Vec::new();
        for pair in parts.windows(2) {
            let head: String = pair[1].iter().take(3).collect();
            // What of the first part stands before the seam: its end, or its end less an ending.
            for lost in 0..3 {
                let kept = pair[0].len().saturating_sub(lost);
                let tail: String = pair[0][kept.saturating_sub(3)..kept].iter().collect();
                for link in tables::LINKS.iter() {
                    seams.push(format!("{tail}{}{head}", link.element));
                }
            }
        }
        let form = folded(form).replace("ae", "ä").replace("ue", "ü");
        let form: Vec<char> = form.chars().collect();
        let begin = form[..form.len().saturating_sub(5)].iter().collect();
        let head = parts.last().map(|p| p.iter().take(3).collect()).unwrap_or_default();
        Self { seams, begin, head }
    }
}

impl Vocabulary for Without {
    fn look_up(&self, key: &str, found: &mut dyn FnMut(Headword, PartOfSpeech)) {
        let compound = key.starts_with(&self.begin) && key.contains(&self.head);
        if !compound && !self.seams.iter().any(|seam| key.contains(seam.as_str())) {
            words().look_up(key, found);
        }
    }
}

fn folded(word: &str) -> String {
    let mut key = String::new();
    fold_german(word, &mut key);
    key
}

#[test]
fn compounds_are_cut_into_their_parts() {
    let mut wrong = Vec::new();
    for (form, parts) in table(include_str!("tests/compounds.tsv")) {
        let found = lemmas(&Without::new(form, parts), form);
        let right = found.split('+').count() == parts.split('+').count()
            && found.split('+').zip(parts.split('+')).all(|(f, p)| f.split('/').any(|l| l == p));
        if !right {
            wrong.push(format!("{form}: want {parts}, found {found}"));
        }
    }
    expect_none(&wrong);
}

#[test]
fn what_is_no_compound_is_not_cut() {
    let forms = include_str!("tests/not-compounds.txt").lines();
    let cut = |form: &&str| lemmas(words(), form).contains('+');
    let wrong: Vec<String> = forms
        .filter(|form| !form.starts_with('#') && cut(form))
        .map(|form| format!("{form}: found {}", lemmas(words(), form)))
        .collect();
    expect_none(&wrong);
}

#[test]
fn unknown_forms_have_no_reading() {
    for form in ["", "Xqzwv", "12", "-", "--", "Đà"] {
        assert_eq!(lemmas(words(), form), "", "{form}");
    }
}

proptest::proptest! {
    #[test]
    fn no_form_panics(form in "\\PC{0,40}") {
        lemmas(words(), &form);
    }
}
