//! Any bytes as a file of text, a web page or records: decoding, reading, stripping of furniture. The first byte picks the kind.
#![no_main]

use libfuzzer_sys::fuzz_target;
use satzpaar_corpus::{Language, ReadOptions, find_sources, read_source, strip};
use std::path::PathBuf;
use std::sync::LazyLock;

static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = std::env::temp_dir().join(format!("satzpaar-fuzz-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for the file that is read");
    folder
});

fuzz_target!(|bytes: &[u8]| {
    let Some((kind, bytes)) = bytes.split_first() else { return };
    let name = ["report.txt", "report.html", "records.jsonl"][usize::from(*kind) % 3];
    let language = if kind % 2 == 0 { Language::German } else { Language::Vietnamese };
    let path = FOLDER.join(name);
    std::fs::write(&path, bytes).expect("the file is written");
    for source in find_sources(&[&path]).expect("the file is there") {
        let options = ReadOptions { check_language: false, ..ReadOptions::default() };
        for report in read_source(&source, language, &options).reports {
            let mut end = 0;
            for span in &report.blocks {
                assert!(span.start >= end && span.start < span.end);
                assert!(report.text[span.start..span.end].chars().any(char::is_alphanumeric));
                end = span.end;
            }
            assert!(end <= report.text.len());
        }
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        for span in strip(text, language) {
            assert!(!text[span.start..span.end].trim().is_empty());
        }
    }
});
