//! Any text in both languages: tokens and words in order, nothing visible lost; buffers that are used again change nothing;
//! folding twice is folding once.
#![no_main]

use libfuzzer_sys::fuzz_target;
use satzpaar_tokenizer::normal::{fold_german, fold_vietnamese};
use satzpaar_tokenizer::{Language, Token, Tokenizer, WordSegmenter, around};
use std::cell::RefCell;

thread_local! {
    static SEGMENTER: RefCell<WordSegmenter> = RefCell::new(WordSegmenter::new());
}

fn check(text: &str, tokens: &[Token]) {
    let invisible = |gap: &str| gap.chars().all(|c| around::is_space(c) || c.is_control());
    let mut end = 0;
    for token in tokens {
        let span = token.span;
        assert!(span.start >= end && span.start < span.end && span.end <= text.len());
        assert!(invisible(&text[end..span.start]), "passed over before byte {}", span.start);
        assert!(!token.surface(text).trim().is_empty());
        end = span.end;
    }
    assert!(invisible(&text[end..]), "passed over at the end");
}

fuzz_target!(|text: &str| {
    let (mut tokens, mut words) = (Vec::new(), Vec::new());
    for language in [Language::German, Language::Vietnamese] {
        Tokenizer::new(language).tokenize(text, &mut tokens);
        check(text, &tokens);
        let mut again = tokens.clone();
        Tokenizer::new(language).tokenize(text, &mut again);
        assert_eq!(tokens, again);
    }
    SEGMENTER.with_borrow_mut(|segmenter| {
        segmenter.segment(text, &tokens, &mut words);
        check(text, &words);
        let first = words.clone();
        segmenter.segment(text, &tokens, &mut words);
        assert_eq!(first, words);
    });
    let (mut once, mut twice) = (String::new(), String::new());
    for fold in [fold_german, fold_vietnamese] {
        fold(text, &mut once);
        fold(&once, &mut twice);
        assert_eq!(once, twice);
    }
});
