//! `satzpaar mine`.

use std::io::Write;

use anyhow::Result;
use satzpaar_aligner::{MinedPair, mine, search};
use satzpaar_corpus::{OutputFile, read_lines};
use satzpaar_language::Language;

use super::{open_lexicon, write};
use crate::args::{GlobalArgs, MineArgs, MineMode};
use crate::embeddings::Tables;
use crate::pipeline::{german_lines, vietnamese_lines};
use crate::progress::Reporter;
use crate::readers::Readers;
use crate::status::{Status, UseError};

pub(super) fn run(args: &MineArgs, global: &GlobalArgs, say: &Reporter) -> Result<Status> {
    if args.de.as_os_str() == "-" && args.vi.as_os_str() == "-" {
        return Err(UseError("only one of DE and VI can be standard input".to_owned()).into());
    }
    if args.reverse && args.mode != MineMode::Search {
        return Err(UseError("--reverse goes with --mode search".to_owned()).into());
    }
    let lexicon = open_lexicon(global)?;
    let de = read_lines(&args.de, Some(Language::German))?;
    let vi = read_lines(&args.vi, Some(Language::Vietnamese))?;
    let mut out = OutputFile::create(&args.output)?;
    let weights = args.vectors.weights();
    let vectors = Tables::open(&args.vectors)?
        .map(|tables| tables.single_vectors((&args.de, &de), (&args.vi, &vi)))
        .transpose()?;
    let readers = Readers::new(&lexicon);
    let (german, vietnamese) = (german_lines(&de, &readers), vietnamese_lines(&vi, &readers));
    let pairs = match args.mode {
        MineMode::Pairs => mine(&german, &vietnamese, vectors, args.min_score, &weights),
        MineMode::Search => search(&german, &vietnamese, vectors, args.reverse, &weights),
    };
    write(&mut out, |out| {
        writeln!(out, "score\tde_line\tvi_line\tde_text\tvi_text")?;
        for MinedPair { german, vietnamese, score } in &pairs {
            let (de, vi) = (one_line(&de[*german]), one_line(&vi[*vietnamese]));
            writeln!(out, "{score:.4}\t{german}\t{vietnamese}\t{de}\t{vi}")?;
        }
        out.flush()
    })?;
    out.commit()?;
    say.note(&format!("{} German and {} Vietnamese sentences, {} pairs", de.len(), vi.len(), pairs.len()));
    Ok(if pairs.is_empty() { Status::Incomplete } else { Status::Done })
}

/// A text as a cell of a table: tabs and ends of line become blanks.
fn one_line(text: &str) -> String {
    text.replace(['\t', '\r', '\n'], " ")
}
