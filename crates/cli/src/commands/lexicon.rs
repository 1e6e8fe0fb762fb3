//! `satzpaar lexicon lookup`, `stats` and `coverage`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::Result;
use satzpaar_corpus::read_lines;
use satzpaar_language::fold::{fold_vietnamese, german_key, is_vietnamese_letter};
use satzpaar_language::{Headword, Language, PartOfSpeech, words};
use satzpaar_lexicon::Lexicon;
use satzpaar_lexicon::coverage::{coverage, share};
use satzpaar_tokenizer::morphology::{Morphology, Vocabulary};
use serde::Serialize;

use super::{learn, open_lexicon, write_all};
use crate::args::{GlobalArgs, Lang, LexiconCommand, TableFormat};
use crate::progress::Reporter;
use crate::status::Status;

pub(super) fn run(command: &LexiconCommand, global: &GlobalArgs, say: &Reporter) -> Result<Status> {
    let lexicon = open_lexicon(global)?;
    match command {
        LexiconCommand::Lookup { word, lang } => {
            let word = word.join(" ");
            let vietnamese = match lang {
                Some(lang) => *lang == Lang::Vi,
                None => is_vietnamese(&lexicon, &word),
            };
            let text = if vietnamese {
                look_up_vietnamese(&lexicon, &word)
            } else {
                look_up_german(&lexicon, &word)
            };
            if text.is_empty() {
                say.warn(&format!("'{word}' is not in the lexicon, nor made of words that are"));
                return Ok(Status::Incomplete);
            }
            write_all("-".as_ref(), text.as_bytes())
        }
        LexiconCommand::Stats { format } => write_all("-".as_ref(), stats(*format)?.as_bytes()),
        LexiconCommand::Coverage { de, vi, missing, format } => {
            let text = measure(&lexicon, de, vi, *missing, *format, say)?;
            write_all("-".as_ref(), text.as_bytes())
        }
        LexiconCommand::Learn { pairs, output, min_probability } => {
            learn::run(pairs, output, *min_probability, global, say)
        }
    }
}

/// Letters decide; a word that both languages could write is Vietnamese only if just that lexicon side has it.
fn is_vietnamese(lexicon: &Lexicon, word: &str) -> bool {
    let mut key = String::new();
    fold_vietnamese(word, &mut key);
    word.chars().any(is_vietnamese_letter)
        || (lexicon.vietnamese(&key).is_some() && !lexicon.has(&german_key(word), |_| true))
}

fn describe(lexicon: &Lexicon, headword: Headword) -> String {
    let words: Vec<&str> = lexicon.equivalents(headword).map(|e| lexicon.vietnamese_text(e)).collect();
    format!(
        "{}\t{}\t{}\tclass {}\t{}",
        lexicon.german_text(headword),
        lexicon.pos(headword).tag(),
        words.join("; "),
        lexicon.class(headword),
        lexicon.field(headword),
    )
}

fn look_up_german(lexicon: &Lexicon, word: &str) -> String {
    let mut text = String::new();
    if word.contains(' ') {
        let key = german_key(word);
        let mut headwords = Vec::new();
        let length =
            lexicon.longest_phrase(key.split(' ').map(|stem| (lexicon.stem(stem), stem)), &mut headwords);
        if length == key.split(' ').count() {
            for headword in headwords {
                let _ = writeln!(text, "{}", describe(lexicon, headword));
            }
        }
        return text;
    }
    let mut readings = Vec::new();
    Morphology::default().analyse(lexicon, word, &mut readings);
    let parts = readings.iter().map(|r| r.part).max().unwrap_or(0);
    for reading in &readings {
        if parts > 0 {
            let _ = write!(text, "part {}\t", reading.part + 1);
        }
        let _ = writeln!(text, "{}", describe(lexicon, reading.headword));
    }
    text
}

fn look_up_vietnamese(lexicon: &Lexicon, word: &str) -> String {
    let mut key = String::new();
    fold_vietnamese(word, &mut key);
    let mut text = String::new();
    if let Some(found) = lexicon.vietnamese(&key) {
        for headword in lexicon.headwords(found) {
            let _ = writeln!(text, "{}\t{}", lexicon.vietnamese_text(found), describe(lexicon, headword));
        }
    }
    text
}

#[derive(Serialize)]
struct Stats {
    german_headwords: usize,
    vietnamese_words: usize,
    entries: usize,
    equivalents_per_entry: f64,
    fields: BTreeMap<&'static str, usize>,
    parts_of_speech: BTreeMap<&'static str, usize>,
}

fn stats(format: TableFormat) -> Result<String> {
    let words = words();
    let entries = words.german_len();
    let headwords = || (0..entries as u32).map(Headword);
    let (mut fields, mut parts) = (BTreeMap::new(), BTreeMap::new());
    for headword in headwords() {
        *fields.entry(words.field(headword)).or_insert(0) += 1;
        *parts.entry(words.pos(headword).tag()).or_insert(0) += 1;
    }
    let distinct: std::collections::HashSet<&str> = headwords().map(|h| words.german_text(h)).collect();
    let links: usize = headwords().map(|h| words.equivalents(h).len()).sum();
    let stats = Stats {
        german_headwords: distinct.len(),
        vietnamese_words: words.vietnamese_len(),
        entries,
        equivalents_per_entry: links as f64 / entries.max(1) as f64,
        fields,
        parts_of_speech: parts,
    };
    if format == TableFormat::Json {
        return Ok(serde_json::to_string_pretty(&stats)? + "\n");
    }
    let mut text = format!(
        "German headwords\t{}\nVietnamese words\t{}\nentries\t{}\nequivalents for each entry\t{:.2}\n",
        stats.german_headwords, stats.vietnamese_words, stats.entries, stats.equivalents_per_entry
    );
    for (field, count) in &stats.fields {
        let _ = writeln!(text, "field {field}\t{count}");
    }
    for pos in PartOfSpeech::ALL {
        let _ = writeln!(text, "{}\t{}", pos.tag(), stats.parts_of_speech.get(pos.tag()).unwrap_or(&0));
    }
    Ok(text)
}

#[derive(Serialize)]
struct Measured {
    german_coverage: f64,
    vietnamese_coverage: f64,
    link_rate: f64,
    chance_link_rate: f64,
    german_words: u64,
    vietnamese_words: u64,
    missing_german: Vec<(String, u64)>,
    missing_vietnamese: Vec<(String, u64)>,
}

fn measure(
    lexicon: &Lexicon,
    de: &Path,
    vi: &Path,
    missing: usize,
    format: TableFormat,
    say: &Reporter,
) -> Result<String> {
    let german = read_lines(de, Some(Language::German))?;
    let vietnamese = read_lines(vi, Some(Language::Vietnamese))?;
    if german.len() != vietnamese.len() {
        let (g, v) = (german.len(), vietnamese.len());
        say.warn(&format!(
            "{} has {g} lines, {} has {v}: the longer one's rest is passed over",
            de.display(),
            vi.display()
        ));
    }
    let found = coverage(lexicon, &german, &vietnamese);
    let measured = Measured {
        german_coverage: share(found.german),
        vietnamese_coverage: share(found.vietnamese),
        link_rate: share(found.links),
        chance_link_rate: share(found.chance_links),
        german_words: found.german.0,
        vietnamese_words: found.vietnamese.0,
        missing_german: found.missing_german.into_iter().take(missing).collect(),
        missing_vietnamese: found.missing_vietnamese.into_iter().take(missing).collect(),
    };
    if format == TableFormat::Json {
        return Ok(serde_json::to_string_pretty(&measured)? + "\n");
    }
    let mut text = format!(
        "german_coverage\t{:.4}\nvietnamese_coverage\t{:.4}\nlink_rate\t{:.4}\nchance_link_rate\t{:.4}\n",
        measured.german_coverage, measured.vietnamese_coverage, measured.link_rate, measured.chance_link_rate
    );
    for (word, count) in &measured.missing_german {
        let _ = writeln!(text, "de\t{count}\t{word}");
    }
    for (word, count) in &measured.missing_vietnamese {
        let _ = writeln!(text, "vi\t{count}\t{word}");
    }
    Ok(text)
}
