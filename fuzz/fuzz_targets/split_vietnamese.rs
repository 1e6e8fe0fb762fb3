//! Any text as Vietnamese: sentences in order, nothing lost, a sentence split again is itself.
#![no_main]

use libfuzzer_sys::fuzz_target;
use satzpaar_fuzz::check_splitting;
use satzpaar_sentence_splitter::Language;

fuzz_target!(|text: &str| check_splitting(Language::Vietnamese, text));
