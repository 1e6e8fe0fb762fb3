//! Estimates the statistics of Vietnamese words that `data/vietnamese/*.vtb.tsv` hold, from a treebank's words.
//!
//! `estimate_words TRAIN.jsonl WORDS.tsv PAIRS.tsv`; a line of TRAIN is `{"text": …, "words": [[start, end], …]}`, in
//! code points.

use satzpaar_tokenizer::normal::fold_vietnamese;
use std::collections::BTreeMap;
use std::fmt::Write;

const HEADER: &str = "# Derived from the training part of UD Vietnamese-VTB (https://universaldependencies.org/treebanks/vi_vtb), CC BY-SA 4.0;
# this file is under the same licence. Written by crates/tokenizer/examples/estimate_words.rs.
";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, train, words_file, pairs_file] = arguments.as_slice() else {
        return Err("usage: estimate_words TRAIN.jsonl WORDS.tsv PAIRS.tsv".into());
    };
    let mut words: BTreeMap<String, u32> = BTreeMap::new();
    let mut pairs: BTreeMap<(String, String), u32> = BTreeMap::new();
    let mut key = String::new();
    for line in std::fs::read_to_string(train)?.lines() {
        let value: serde_json::Value = serde_json::from_str(line)?;
        let text: Vec<char> = value["text"].as_str().ok_or("no text")?.chars().collect();
        let mut before = "<s>".to_owned();
        for span in value["words"].as_array().ok_or("no words")? {
            let at = |i: usize| span[i].as_u64().map_or(0, |n| n as usize);
            let word: String = text[at(0)..at(1)].iter().collect();
            fold_vietnamese(&word, &mut key);
            *words.entry(key.clone()).or_default() += 1;
            *pairs.entry((std::mem::take(&mut before), key.clone())).or_default() += 1;
            before.clone_from(&key);
        }
    }
    let mut out = format!(
        "{HEADER}# Words of Vietnamese in lower case, with how often they occur.\n# Columns: word, count.\n"
    );
    let mut by_count: Vec<_> = words.into_iter().collect();
    by_count.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    for (word, count) in by_count {
        writeln!(out, "{word}\t{count}")?;
    }
    std::fs::write(words_file, out)?;
    let mut out = format!(
        "{HEADER}# Pairs of neighbouring words, with how often they occur; <s> stands before the first word of a sentence.\n# Columns: word, next word, count.\n"
    );
    for ((first, second), count) in pairs {
        writeln!(out, "{first}\t{second}\t{count}")?;
    }
    std::fs::write(pairs_file, out)?;
    Ok(())
}
