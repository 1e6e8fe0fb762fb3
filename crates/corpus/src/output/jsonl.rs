//! JSON lines with the fields of pairs.tsv.

use std::io::{self, Write};

use serde::Serialize;

use crate::output::WritePairs;
use crate::pair::{Pair, PairKind};

/// Writes a JSON object a pair. Texts stand as they are, line ends escaped; scores are rounded to four decimals.
#[derive(Debug)]
pub struct JsonlWriter<W: Write> {
    out: W,
}

#[derive(Serialize)]
struct Row<'a, M> {
    de_doc: &'a str,
    vi_doc: &'a str,
    doc_score: f64,
    de_start: usize,
    de_end: usize,
    vi_start: usize,
    vi_end: usize,
    bead: String,
    score: f64,
    kind: PairKind,
    de_text: &'a str,
    vi_text: &'a str,
    #[serde(flatten)]
    more: &'a M,
}

/// No further fields.
#[derive(Serialize)]
struct Nothing {}

impl<W: Write> JsonlWriter<W> {
    /// A writer; the format has no head.
    pub const fn new(out: W) -> Self {
        Self { out }
    }

    /// Writes one pair with the fields of `more`, a structure or a map, after its own.
    ///
    /// # Errors
    /// What the output says; a `more` that JSON cannot hold.
    pub fn write_with<M: Serialize>(&mut self, pair: &Pair, more: &M) -> io::Result<()> {
        let row = Row {
            de_doc: &pair.de_doc,
            vi_doc: &pair.vi_doc,
            doc_score: rounded(pair.doc_score),
            de_start: pair.de.start,
            de_end: pair.de.end,
            vi_start: pair.vi.start,
            vi_end: pair.vi.end,
            bead: format!("{}-{}", pair.bead.0, pair.bead.1),
            score: rounded(pair.score),
            kind: pair.kind,
            de_text: &pair.de_text,
            vi_text: &pair.vi_text,
            more,
        };
        serde_json::to_writer(&mut self.out, &row)?;
        self.out.write_all(b"\n")
    }
}

impl<W: Write> WritePairs for JsonlWriter<W> {
    fn write(&mut self, pair: &Pair) -> io::Result<()> {
        self.write_with(pair, &Nothing {})
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.out.flush()
    }
}

fn rounded(score: f64) -> f64 {
    (score * 1e4).round() / 1e4
}

#[cfg(test)]
mod tests {
    use crate::output::{Format, samples};

    #[test]
    fn every_line_is_a_record_and_texts_stay_whole() {
        let text = samples::written(Format::Jsonl);
        let rows: Vec<serde_json::Value> =
            text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0]["de_text"], samples::pairs()[0].de_text);
        assert_eq!(rows[0]["doc_score"], 0.9877);
        assert_eq!(rows[0]["bead"], "2-1");
        assert_eq!(rows[1]["kind"], "comparable");
    }
}
