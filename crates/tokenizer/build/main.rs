//! Compiles the lists, statistics and weights of Vietnamese words (`data/vietnamese/`, `data/lexicon/`) into the tables that
//! `src/words/model.rs` reads. All little-endian, all in a fixed order, so that the same data gives the same bytes.
#![allow(clippy::print_stdout)] // a build script speaks to cargo so

#[path = "../src/words/features.rs"]
#[allow(dead_code)]
mod features;
mod lists;
#[path = "../src/words/records.rs"]
#[allow(dead_code)]
mod records;
#[path = "../src/words/table.rs"]
#[allow(dead_code)]
mod table;
#[path = "../src/words/templates.rs"]
#[allow(dead_code)]
mod templates;

use lists::Lists;
use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};
use templates::Template;

fn main() {
    if let Err(error) = compile() {
        // A build script speaks through its exit status and this line.
        println!("cargo::error={error}");
        std::process::exit(1);
    }
}

fn compile() -> Result<(), Box<dyn Error>> {
    let data = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../data");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let mut lists = Lists::read(&data)?;
    let statistics = lists.statistics(&data)?;
    let weights = weights(&mut lists, &data)?;
    println!("cargo::rerun-if-changed=build");
    for file in &lists.files {
        println!("cargo::rerun-if-changed={}", file.display());
    }

    let records =
        (0..lists.syllables.len() as u32).flat_map(|id| lists.syllable(id, &statistics).0.to_le_bytes());
    fs::write(out.join("syllables.records"), records.collect::<Vec<u8>>())?;
    fs::write(out.join("syllables.txt"), lists.syllables.join("\n"))?;
    let rows: Vec<_> =
        lists.rows(&statistics).into_iter().map(|row| (lists.word(&row, &statistics), row)).collect();
    fs::write(out.join("words.table"), table::build(&rows, lists.syllables.len())?)?;

    // Weights of plain templates one after the other; of syllables a row of all templates for each syllable that has any.
    let mut plain = Vec::new();
    for (template, _, values) in Template::ALL.into_iter().filter(|t| !t.0.is_lexical()) {
        for value in 0..values {
            plain.extend(weights.get(&(template, value)).copied().unwrap_or_default().to_le_bytes());
        }
    }
    fs::write(out.join("plain.weights"), plain)?;
    let with_weights = weights.keys().filter(|(t, _)| t.is_lexical()).map(|(_, id)| id + 1).max();
    let mut lexical = Vec::new();
    for id in 0..with_weights.unwrap_or_default() {
        for (template, _, _) in &Template::ALL[..Template::LEXICAL] {
            lexical.extend(weights.get(&(*template, id)).copied().unwrap_or_default().to_le_bytes());
        }
    }
    fs::write(out.join("lexical.weights"), lexical)?;
    Ok(())
}

/// Reads the weights.
fn weights(lists: &mut Lists, data: &Path) -> Result<BTreeMap<(Template, u32), f32>, Box<dyn Error>> {
    let mut weights = BTreeMap::new();
    for line in lists.lines(data, "vietnamese/word-model.vtb.tsv")? {
        let columns: Vec<&str> = line.split('\t').collect();
        let [name, value, weight] = columns[..] else {
            return Err(format!("word-model: want template<TAB>value<TAB>weight, found '{line}'").into());
        };
        let Some((template, _, values)) = Template::ALL.iter().find(|t| t.1 == name) else {
            return Err(format!(
                "word-model: no template '{name}': empty the file and write it anew by estimate_words"
            )
            .into());
        };
        let value = if template.is_lexical() { lists.number(value) } else { value.parse()? };
        if !template.is_lexical() && value >= *values {
            return Err(format!(
                "word-model: '{name}' has {values} values: empty the file and write it anew by estimate_words"
            )
            .into());
        }
        weights.insert((*template, value), weight.parse()?);
    }
    Ok(weights)
}
