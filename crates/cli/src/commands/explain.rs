//! `satzpaar explain`.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, Result};
use satzpaar_aligner::{Weights, explain};
use satzpaar_lexicon::terms::{GermanReader, VietnameseReader};

use super::learn::read_pairs;
use super::{open_lexicon, write_all};
use crate::args::{ExplainArgs, GlobalArgs};
use crate::status::{Status, UseError};

pub(super) fn run(args: &ExplainArgs, global: &GlobalArgs) -> Result<Status> {
    let lexicon = open_lexicon(global)?;
    let (de, vi) = match (&args.pair, &args.de, &args.vi) {
        (None, Some(de), Some(vi)) => (de.clone(), vi.clone()),
        (Some(pair), ..) => read_pair(pair)?,
        _ => return Err(UseError("FILE:LINE is wanted, or --de and --vi".to_owned()).into()),
    };
    let german = GermanReader::new(&lexicon).read(&de);
    let vietnamese = VietnameseReader::new(&lexicon).read(&vi);
    let found = explain(&german, &vietnamese, &Weights::default());
    let mut text = format!("de\t{de}\nvi\t{vi}\n");
    for link in &found.links {
        let (german, vietnamese) = (link.german.of(&de), link.vietnamese.of(&vi));
        let _ = writeln!(text, "{:+.2}\t{}\t{german}\t{vietnamese}", link.worth, link.kind.name());
    }
    for (kind, span) in &found.unanswered {
        let _ = writeln!(text, "missing in vi\t{}\t{}", kind.name(), span.of(&de));
    }
    for (kind, span) in &found.unexplained {
        let _ = writeln!(text, "missing in de\t{}\t{}", kind.name(), span.of(&vi));
    }
    let e = found.evidence;
    let _ = writeln!(
        text,
        "links {:+.2}, misses {:+.2}, length {:+.2} ({:.2} Vietnamese characters for a German one), negation {:+.2}, form {:+.2}; weighted together {:+.2}",
        e.links, e.misses, e.length, found.ratio, e.negation, e.form, found.score
    );
    write_all("-".as_ref(), text.as_bytes())
}

/// The two texts of `FILE:LINE`.
fn read_pair(pair: &str) -> Result<(String, String)> {
    let wanted = || UseError(format!("'{pair}': FILE:LINE is wanted, as in pairs.tsv:17"));
    let (file, line) = pair.rsplit_once(':').ok_or_else(wanted)?;
    let line: usize = line.parse().map_err(|_| wanted())?;
    let pairs = read_pairs(Path::new(file))?;
    let last = pairs.len() + 1;
    let place = line.checked_sub(2).filter(|i| *i < pairs.len());
    let place =
        place.with_context(|| format!("{file}: no pair in line {line}: pairs stand in lines 2 to {last}"))?;
    pairs.into_iter().nth(place).context("the line was just counted")
}
