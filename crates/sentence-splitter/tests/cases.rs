//! The tables of hard cases, and what holds for every text.

use proptest::prelude::*;
use satzpaar_sentence_splitter::{Language, LineBreaks, Span, SplitReader, Splitter, clauses};

/// Escapes of the tables: line breaks, tabs, a paragraph separator.
fn unescaped(marked: &str) -> String {
    marked.replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t").replace("\\u{2029}", "\u{2029}")
}

fn check(language: Language, table: &str) {
    let splitter = Splitter::new(language);
    let mut wrong = Vec::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let (rule, marked) = line.split_once('\t').expect("a rule and a text");
        let marked = unescaped(marked);
        let text = marked.replace('‖', "");
        let wanted: Vec<&str> = marked.split('‖').map(str::trim).collect();
        let found: Vec<&str> = splitter.split(&text).map(|span| span.of(&text)).collect();
        if wanted != found {
            wrong.push(format!("{rule}: {}", found.join("‖")));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn german_hard_cases() {
    check(Language::German, include_str!("data/german.tsv"));
}

#[test]
fn vietnamese_hard_cases() {
    check(Language::Vietnamese, include_str!("data/vietnamese.tsv"));
}

#[test]
fn what_was_decided_against_is_so_still() {
    let rows = include_str!("data/decided-against.tsv").lines().filter(|line| !line.starts_with('#'));
    for row in rows {
        let columns: Vec<&str> = row.split('\t').collect();
        let [language, marked, wish, reason] = columns[..] else { panic!("four columns: {row}") };
        assert!(marked != wish && !reason.is_empty(), "{row}");
        let text = unescaped(&marked.replace('‖', ""));
        let splitter = Splitter::new(language.parse().expect("a language"));
        let found: Vec<&str> = splitter.split(&text).map(|span| span.of(&text)).collect();
        assert_eq!(found, unescaped(marked).split('‖').map(str::trim).collect::<Vec<_>>());
    }
}

/// The tables are as large as the crate says that they are.
#[test]
fn the_tables_are_large() {
    let count = |table: &str| table.lines().filter(|line| !line.starts_with('#')).count();
    assert!(count(include_str!("data/german.tsv")) >= 250);
    assert!(count(include_str!("data/vietnamese.tsv")) >= 120);
}

#[test]
fn abbreviations_do_not_reach_back_over_the_start_of_a_sentence() {
    // Read as „-v.v.“ after its own start, and as „B.-v.v.“ by one who looks further back.
    for text in ["z. B.-v.v.12", "é.-v.v.Dr."] {
        let splitter = Splitter::new(Language::Vietnamese);
        let sentences: Vec<&str> = splitter.split(text).map(|span| span.of(text)).collect();
        for sentence in &sentences {
            assert_eq!(splitter.split(sentence).count(), 1, "{sentence} of {sentences:?}");
        }
    }
}

#[test]
fn what_stands_behind_a_paragraph_separator_has_no_say() {
    let splitter = Splitter::new(Language::Vietnamese).with_lines(LineBreaks::Never);
    for (text, count) in [("Hết 2.“ \0\u{2029}nữa", 3), ("Hết 2.“ \0", 2)] {
        let sentences: Vec<&str> = splitter.split(text).map(|span| span.of(text)).collect();
        assert_eq!(sentences.len(), count, "{sentences:?}");
    }
}

#[test]
fn line_breaks_mean_what_is_asked_for() {
    let text = "Erste Zeile\nzweite Zeile\n\nDritte";
    let count = |lines| Splitter::new(Language::German).with_lines(lines).split(text).count();
    assert_eq!(count(LineBreaks::Always), 3);
    assert_eq!(count(LineBreaks::Never), 2);
}

/// Text of what splitting turns on, and anything else.
fn texts() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        Just("."),
        Just("!"),
        Just("?"),
        Just("…"),
        Just("..."),
        Just(" "),
        Just("\n"),
        Just("\r\n"),
        Just("\u{a0}"),
        Just("\""),
        Just("„"),
        Just("“"),
        Just("»"),
        Just("("),
        Just(")"),
        Just("["),
        Just("12"),
        Just("3"),
        Just("Die"),
        Just("kam"),
        Just("z. B."),
        Just("Dr."),
        Just("TP."),
        Just("Ông"),
        Just("v.v."),
        Just("-"),
        Just("–"),
        Just("XIV"),
        Just("A"),
        Just("\u{200b}"),
        Just("\u{2029}"),
        Just("é"),
        Just("e\u{301}"),
        Just("😀"),
        Just("www.a.de"),
        Just(","),
        Just(";"),
        Just(":"),
    ];
    prop_oneof![any::<String>(), prop::collection::vec(pieces, 0..60).prop_map(|p| p.concat())]
}

fn spans(language: Language, text: &str) -> Vec<Span> {
    Splitter::new(language).split(text).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(1500), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn sentences_stand_in_order_with_white_space_between(text in texts(), german in any::<bool>()) {
        let language = if german { Language::German } else { Language::Vietnamese };
        let mut end = 0;
        for span in spans(language, &text) {
            prop_assert!(span.start >= end && span.start < span.end);
            prop_assert!(text[end..span.start].trim().is_empty());
            let sentence = &text[span.range()];
            prop_assert_eq!(sentence, sentence.trim());
            end = span.end;
        }
        prop_assert!(text[end..].trim().is_empty());
    }

    #[test]
    fn a_sentence_a_paragraph_splits_into_the_same_sentences(text in texts(), german in any::<bool>()) {
        let language = if german { Language::German } else { Language::Vietnamese };
        // What a line break means hangs on the lines around it.
        let text = text.replace(['\n', '\r', '\u{2029}'], " ");
        let once: Vec<String> = spans(language, &text).iter().map(|s| s.of(&text).to_owned()).collect();
        let again_text = once.join("\n\n");
        let again: Vec<&str> = spans(language, &again_text).iter().map(|s| s.of(&again_text)).collect();
        prop_assert_eq!(once, again);
    }

    #[test]
    fn the_reader_gives_the_same(text in texts()) {
        let splitter = Splitter::new(Language::German);
        let mut reader = SplitReader::new(text.as_bytes(), splitter);
        let mut found = Vec::new();
        while let Some(sentence) = reader.next_sentence().unwrap() {
            found.push(Span::new(sentence.start as usize, sentence.end as usize));
        }
        prop_assert_eq!(found, spans(Language::German, &text));
    }

    #[test]
    fn clauses_cover_their_sentence(text in texts(), german in any::<bool>()) {
        let language = if german { Language::German } else { Language::Vietnamese };
        let text = text.repeat(8);
        let mut end = 0;
        for span in clauses(&text, language) {
            prop_assert!(span.start >= end && text[end..span.start].trim().is_empty());
            end = span.end;
        }
        prop_assert!(text[end..].trim().is_empty());
    }
}
