//! The tables of hard cases, and what holds for every text.

use proptest::prelude::*;
use satzpaar_tokenizer::normal::{fold_german, fold_vietnamese, strip_marks};
use satzpaar_tokenizer::{Language, Token, Tokenizer, WordSegmenter};

fn tokens(language: Language, text: &str) -> Vec<Token> {
    let (mut tokens, mut words) = (Vec::new(), Vec::new());
    Tokenizer::new(language).tokenize(text, &mut tokens);
    if language == Language::Vietnamese {
        WordSegmenter::new().segment(text, &tokens, &mut words);
        return words;
    }
    tokens
}

fn check(language: Language, table: &str) {
    let mut wrong = Vec::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let (rule, marked) = line.split_once('\t').expect("a rule and a text");
        let vietnamese = language == Language::Vietnamese;
        let blank = |s: &str| if vietnamese { s.replace('_', " ") } else { s.to_owned() };
        let text = blank(&marked.replace('|', ""));
        let wanted: Vec<String> = marked.split([' ', '|']).filter(|t| !t.is_empty()).map(blank).collect();
        let found: Vec<&str> = tokens(language, &text).iter().map(|token| token.surface(&text)).collect();
        if wanted != found {
            wrong.push(format!("{rule}: {}", found.join(" | ")));
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
fn words_given_join_their_syllables() {
    let text = "cây xương rồng tai thỏ";
    let (mut syllables, mut words) = (Vec::new(), Vec::new());
    Tokenizer::new(Language::Vietnamese).tokenize(text, &mut syllables);
    WordSegmenter::with_words(["xương rồng tai thỏ"]).segment(text, &syllables, &mut words);
    assert_eq!(words.last().map(|word| word.surface(text)), Some("xương rồng tai thỏ"));
}

/// Text of what tokenizing turns on, and anything else.
fn texts() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        Just("."),
        Just("!"),
        Just("…"),
        Just(" "),
        Just("\n"),
        Just("\u{a0}"),
        Just("\""),
        Just("„"),
        Just("'"),
        Just("’"),
        Just("("),
        Just(")"),
        Just("12"),
        Just("3,5"),
        Just("Die"),
        Just("geht's"),
        Just("z.B."),
        Just("TP."),
        Just("Ông"),
        Just("Việt Nam"),
        Just("triệu"),
        Just("-"),
        Just("–"),
        Just("XIV"),
        Just("A"),
        Just("\u{ad}"),
        Just("\u{200b}"),
        Just("é"),
        Just("e\u{301}"),
        Just("\u{301}"),
        Just("\u{337}"),
        Just("\u{344}"),
        Just("T"),
        Just("İ"),
        Just("ß"),
        Just("😀"),
        Just("\u{200d}"),
        Just("www.a.de"),
        Just("@"),
        Just("#"),
        Just("/"),
        Just("%"),
        Just("_"),
        Just(":"),
    ];
    prop_oneof![any::<String>(), prop::collection::vec(pieces, 0..60).prop_map(|p| p.concat())]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(1500), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn tokens_stand_in_order_and_leave_out_only_the_invisible(text in texts(), german in any::<bool>()) {
        let language = if german { Language::German } else { Language::Vietnamese };
        let mut end = 0;
        let between = |gap: &str| gap.chars().all(|c| c.is_whitespace() || c.is_control() || ('\u{ad}'..='\u{feff}').contains(&c));
        for token in tokens(language, &text) {
            prop_assert!(token.span.start >= end && !token.span.is_empty());
            prop_assert!(between(&text[end..token.span.start]));
            prop_assert!(!text[token.span.range()].trim().is_empty());
            end = token.span.end;
        }
        prop_assert!(between(&text[end..]));
    }

    #[test]
    fn folding_twice_changes_nothing_more(text in texts()) {
        let (mut once, mut twice) = (String::new(), String::new());
        fold_german(&text, &mut once);
        fold_german(&once.clone(), &mut twice);
        prop_assert_eq!(&once, &twice);
        fold_vietnamese(&text, &mut once);
        fold_vietnamese(&once.clone(), &mut twice);
        prop_assert_eq!(&once, &twice);
        strip_marks(&text, false, &mut once);
    }
}
