//! Forms and compounds against the lexicon that is compiled in.

use satzpaar_language::words;

use super::*;

/// The dictionary forms of a form, part by part (`a+b` for a compound), each part's headwords parted by `/`.
fn lemmas(form: &str) -> String {
    let mut readings = Vec::new();
    Morphology::default().analyse(words(), form, &mut readings);
    let mut out = String::new();
    for (i, reading) in readings.iter().enumerate() {
        if i > 0 {
            out.push(if reading.part == readings[i - 1].part { '/' } else { '+' });
        }
        out.push_str(words().german_text(reading.headword));
    }
    out
}

#[test]
fn forms_lead_to_their_dictionary_form() {
    let table = include_str!("tests/lemmas.tsv");
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in table.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
        let (form, lemma) = line.split_once('\t').expect("two columns");
        count += 1;
        let found = lemmas(form);
        if !found.split('/').any(|l| l == lemma) {
            wrong.push(format!("{form}: want {lemma}, found {found}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {count} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn compounds_are_cut_into_their_parts() {
    let table = include_str!("tests/compounds.tsv");
    let mut wrong = Vec::new();
    for line in table.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
        let (form, parts) = line.split_once('\t').expect("two columns");
        let found = lemmas(form);
        let right = found.split('+').count() == parts.split('+').count()
            && found.split('+').zip(parts.split('+')).all(|(f, p)| f.split('/').any(|l| l == p));
        if !right {
            wrong.push(format!("{form}: want {parts}, found {found}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn unknown_forms_have_no_reading() {
    for form in ["", "Xqzwv", "12", "-", "--", "Đà"] {
        assert_eq!(lemmas(form), "");
    }
}

proptest::proptest! {
    #[test]
    fn no_form_panics(form in "\\PC{0,40}") {
        lemmas(&form);
    }
}
