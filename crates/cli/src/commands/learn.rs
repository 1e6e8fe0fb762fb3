//! `satzpaar lexicon learn`.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use satzpaar_corpus::{CorpusError, OutputFile};
use satzpaar_lexicon::learning::learn;

use super::{open_lexicon, write};
use crate::args::GlobalArgs;
use crate::progress::Reporter;
use crate::status::Status;

pub(super) fn run(
    pairs: &Path,
    output: &Path,
    least: f64,
    global: &GlobalArgs,
    say: &Reporter,
) -> Result<Status> {
    let lexicon = open_lexicon(global)?;
    let pairs = read_pairs(pairs)?;
    let mut out = OutputFile::create(output)?;
    let learned = learn(&lexicon, &pairs, least);
    write(&mut out, |out| {
        writeln!(
            out,
            "# Learned from {} aligned pairs; comments give count, p(vi|de), p(de|vi).",
            pairs.len()
        )?;
        writeln!(out, "german\tvietnamese")?;
        for l in &learned {
            writeln!(out, "# {} {:.3} {:.3}", l.count, l.forward, l.backward)?;
            writeln!(out, "{}\t{}", l.german, l.vietnamese)?;
        }
        Ok(())
    })?;
    out.commit()?;
    say.note(&format!("{} pairs of sentences, {} translations learned", pairs.len(), learned.len()));
    Ok(if learned.is_empty() { Status::Incomplete } else { Status::Done })
}

/// The two texts of each row; columns are found by name.
pub(super) fn read_pairs(path: &Path) -> Result<Vec<(String, String)>> {
    let name = path.display();
    if path.symlink_metadata().is_err() {
        return Err(CorpusError::Missing(path.to_owned()).into());
    }
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b'\t')
        .quoting(false)
        .from_path(path)
        .with_context(|| format!("{name}: cannot be read"))?;
    let header = reader.headers().with_context(|| format!("{name}: line 1"))?.clone();
    let column = |wanted: &str| {
        let place = header.iter().position(|c| c == wanted);
        place.with_context(|| {
            format!("{name}: line 1: no column '{wanted}': a table as `satzpaar align` writes it is wanted")
        })
    };
    let (de, vi) = (column("de_text")?, column("vi_text")?);
    let mut pairs = Vec::new();
    for row in reader.records() {
        let row = row.with_context(|| format!("{name}"))?;
        pairs.push((row.get(de).unwrap_or_default().to_owned(), row.get(vi).unwrap_or_default().to_owned()));
    }
    Ok(pairs)
}
