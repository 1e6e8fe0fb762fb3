//! Compiles `data/lexicon/*.tsv` into the tables that `src/words.rs` reads: maps from keys to numbers (fst), tables of steps for words of
//! several parts (`src/steps.rs`), records of a fixed width, and the words themselves for showing. All little-endian, all in a fixed order, so that the same data gives the same bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

#[allow(dead_code, unreachable_pub)]
#[path = "src/fold.rs"]
mod fold;
#[allow(dead_code, unreachable_pub)]
#[path = "src/source.rs"]
mod source;
#[allow(dead_code, unreachable_pub)]
#[path = "src/steps.rs"]
mod steps;

use source::PartOfSpeech;

struct Headword {
    key: String,
    german: String,
    pos: PartOfSpeech,
    class: u8,
    field: u8,
    vietnamese: Vec<String>,
}

fn main() {
    if let Err(error) = compile() {
        // A build script speaks through its exit status and this line.
        println!("cargo::error={error}");
        std::process::exit(1);
    }
}

fn compile() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../data/lexicon");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files: Vec<PathBuf> =
        fs::read_dir(&folder)?.map(|f| f.map(|f| f.path())).collect::<Result<_, _>>()?;
    files.retain(|f| f.extension().is_some_and(|e| e == "tsv"));
    files.sort();
    let mut fields = Vec::new();
    let mut headwords = Vec::new();
    for file in &files {
        println!("cargo::rerun-if-changed={}", file.display());
        let text = fs::read_to_string(file)?;
        let entries = source::read_entries(&text).map_err(|e| format!("{}: {e}", file.display()))?;
        let field = u8::try_from(fields.len())?;
        fields.push(file.file_stem().and_then(|s| s.to_str()).unwrap_or_default().to_owned());
        headwords.extend(entries.iter().map(|e| Headword {
            key: fold::german_key(e.german),
            german: e.german.to_owned(),
            pos: e.pos,
            class: e.class,
            field,
            vietnamese: e.vietnamese.iter().map(|v| (*v).to_owned()).collect(),
        }));
    }
    headwords.sort_by(|a, b| (&a.key, &a.german, a.pos).cmp(&(&b.key, &b.german, b.pos)));
    write(&headwords, &fields)
}

fn write(headwords: &[Headword], fields: &[String]) -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(env::var("OUT_DIR")?);

    // Vietnamese words, numbered in the order of their keys; the first spelling met is the one shown.
    let mut vietnamese: BTreeMap<String, (String, Vec<(u32, usize)>)> = BTreeMap::new();
    for (id, headword) in headwords.iter().enumerate() {
        for (rank, word) in headword.vietnamese.iter().enumerate() {
            let mut key = String::new();
            fold::fold_vietnamese(word, &mut key);
            let uses = &mut vietnamese.entry(key).or_insert_with(|| (word.clone(), Vec::new())).1;
            uses.push((u32::try_from(id)?, rank));
        }
    }
    let number: BTreeMap<&str, u32> = vietnamese.keys().zip(0..).map(|(k, i)| (k.as_str(), i)).collect();

    let mut german_records = Vec::new();
    let mut german_text = String::new();
    let mut links = Vec::new();
    for headword in headwords {
        record(
            &mut german_records,
            links.len() / 4,
            german_text.len(),
            [headword.pos as u8, headword.class, headword.field, 0],
        )?;
        german_text.push_str(&headword.german);
        for word in &headword.vietnamese {
            let mut key = String::new();
            fold::fold_vietnamese(word, &mut key);
            links.extend_from_slice(&number[key.as_str()].to_le_bytes());
        }
    }
    record(&mut german_records, links.len() / 4, german_text.len(), [0; 4])?;

    let mut vietnamese_records = Vec::new();
    let mut vietnamese_text = String::new();
    let mut back_links = Vec::new();
    for (shown, uses) in vietnamese.values() {
        // A word is about as frequent as the German words it stands for, each sharing its uses among its equivalents by rank.
        let frequency: f64 = uses
            .iter()
            .map(|(id, rank)| {
                2f64.powi(-i32::from(headwords[*id as usize].class)) * 0.5 / (*rank as f64 + 1.0)
            })
            .sum();
        let class = (-frequency.log2()).round().clamp(0.0, 30.0);
        record(&mut vietnamese_records, back_links.len() / 4, vietnamese_text.len(), [class as u8, 0, 0, 0])?;
        vietnamese_text.push_str(shown);
        for (id, _) in uses {
            back_links.extend_from_slice(&id.to_le_bytes());
        }
    }
    record(&mut vietnamese_records, back_links.len() / 4, vietnamese_text.len(), [0; 4])?;

    // One word keys and phrase keys; the value of each is the first headword and how many follow under the same key.
    let (mut words, mut phrases): (BTreeMap<&str, u64>, BTreeMap<&str, u64>) = Default::default();
    for (id, headword) in headwords.iter().enumerate() {
        let map = if headword.key.contains(' ') { &mut phrases } else { &mut words };
        *map.entry(&headword.key).or_insert((id as u64) << 8) += 1;
    }
    fs::write(out.join("german.fst"), fst::Map::from_iter(words)?.into_fst().into_inner())?;
    let mut values = Vec::new();
    for (key, value) in &phrases {
        values.push((*key, u32::try_from(*value)?));
    }
    write_steps(&out, "stems", &values)?;
    write_steps(&out, "syllables", &number.iter().map(|(k, i)| (*k, *i)).collect::<Vec<_>>())?;
    let keys = number.iter().map(|(k, i)| (*k, u64::from(*i)));
    fs::write(out.join("vietnamese.fst"), fst::Map::from_iter(keys)?.into_fst().into_inner())?;
    fs::write(out.join("german.records"), german_records)?;
    fs::write(out.join("german.txt"), german_text)?;
    fs::write(out.join("vietnamese.records"), vietnamese_records)?;
    fs::write(out.join("vietnamese.txt"), vietnamese_text)?;
    fs::write(out.join("links.u32"), links)?;
    fs::write(out.join("back-links.u32"), back_links)?;
    fs::write(out.join("fields.txt"), fields.join("\n"))?;
    Ok(())
}

/// The parts of these keys (they stand between blanks), numbered by their order, and the table of steps over them.
fn write_steps(out: &Path, name: &str, keys: &[(&str, u32)]) -> Result<(), Box<dyn Error>> {
    let parts: BTreeSet<&str> = keys.iter().flat_map(|(key, _)| key.split(' ')).collect();
    let numbers: BTreeMap<&str, u32> = parts.into_iter().zip(0..).collect();
    let rows: Vec<(Vec<u32>, u32)> = keys
        .iter()
        .map(|(key, value)| (key.split(' ').map(|part| numbers[part]).collect(), *value))
        .collect();
    let map = fst::Map::from_iter(numbers.iter().map(|(part, number)| (*part, u64::from(*number))))?;
    fs::write(out.join(format!("{name}.fst")), map.into_fst().into_inner())?;
    let table = steps::table(&rows).ok_or("too many parts of words for the table of steps: src/steps.rs")?;
    fs::write(out.join(format!("{name}.steps")), table)?;
    Ok(())
}

/// A record of twelve bytes: where its links begin, where its text begins, four bytes of marks.
fn record(records: &mut Vec<u8>, links: usize, text: usize, marks: [u8; 4]) -> Result<(), Box<dyn Error>> {
    records.extend_from_slice(&u32::try_from(links)?.to_le_bytes());
    records.extend_from_slice(&u32::try_from(text)?.to_le_bytes());
    records.extend_from_slice(&marks);
    Ok(())
}
