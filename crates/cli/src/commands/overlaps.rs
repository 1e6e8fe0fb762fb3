//! `satzpaar overlaps`.

use std::collections::BTreeSet;
use std::io::Write;

use anyhow::Result;
use satzpaar_corpus::{OutputFile, add_overlaps, read_lines};

use super::write;
use crate::args::OverlapsArgs;
use crate::status::Status;

pub(super) fn run(args: &OverlapsArgs) -> Result<Status> {
    let mut overlaps = BTreeSet::new();
    for file in &args.files {
        add_overlaps(&read_lines(file, None)?, args.most, &mut overlaps);
    }
    let mut out = OutputFile::create(&args.output)?;
    write(&mut out, |out| {
        overlaps.iter().try_for_each(|text| writeln!(out, "{text}"))?;
        out.flush()
    })?;
    out.commit()?;
    Ok(if overlaps.is_empty() { Status::Incomplete } else { Status::Done })
}
