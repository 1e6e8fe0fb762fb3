//! Scoring `pairs.tsv` over whole reports by byte spans, so that it does not matter how sentences were split.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::ops::Range;
use std::path::Path;

use serde::Serialize;

use crate::EvaluationError;
use crate::calibration::Calibration;
use crate::scores::{Fraction, Measure};
use crate::table;
use crate::tsv::Tsv;

/// What `pairs.tsv` is worth against gold.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PairsReport {
    /// Pairs of reports: precision over distinct pairs found, recall over gold.
    pub documents: Measure,
    /// Pairs of sentences: precision counts pairs, recall counts bytes of German text (see [`score_pairs`]).
    pub sentences: Measure,
    /// How far the pairs' scores are probabilities of being right; `None` without a column `score`, without pairs, or when a
    /// score lies outside 0 to 1.
    pub calibration: Option<Calibration>,
}

/// A piece of an event, as told in a report.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Piece {
    event: String,
    segment: String,
}

/// Where a report tells which piece.
type Segments = HashMap<String, Vec<(Range<usize>, Piece)>>;

struct Gold {
    documents: BTreeSet<(String, String)>,
    german: Segments,
    vietnamese: Segments,
}

/// Scores `pairs` (a table with columns `de_doc vi_doc de_start de_end vi_start vi_end` and, if there, `score`) against the
/// folder `gold` with `documents.tsv` (`de_doc vi_doc`) and `segments.tsv` (`lang doc event segment start end`). All offsets are
/// bytes of the report's text.
///
/// A span touches a segment when they share more than half of the shorter of the two. A pair is right when its German and its
/// Vietnamese span touch the same segments of the same event, at least one. Precision is the share of right pairs; recall is
/// the share that right pairs cover of the German bytes in segments that both reports of a gold pair tell.
///
/// # Errors
/// When a file cannot be read, lacks a column or has a line that is not of its format.
pub fn score_pairs(gold: &Path, pairs: &Path) -> Result<PairsReport, EvaluationError> {
    score(&Gold::read(gold)?, &Tsv::read(pairs)?)
}

fn score(gold: &Gold, pairs: &Tsv) -> Result<PairsReport, EvaluationError> {
    let [de_doc, vi_doc] = [pairs.column("de_doc")?, pairs.column("vi_doc")?];
    let [de_start, de_end] = [pairs.column("de_start")?, pairs.column("de_end")?];
    let [vi_start, vi_end] = [pairs.column("vi_start")?, pairs.column("vi_end")?];
    let score = pairs.optional_column("score");
    let mut found: BTreeSet<(&str, &str)> = BTreeSet::new();
    let mut covered: BTreeMap<(&str, &Piece), Vec<Range<usize>>> = BTreeMap::new();
    let mut precision = Fraction::default();
    let mut judged = Vec::new();
    for row in pairs.rows() {
        let (de, vi) = (pairs.text(row, de_doc), pairs.text(row, vi_doc));
        found.insert((de, vi));
        let de_span = span(pairs.number(row, de_start)?, pairs.number(row, de_end)?)
            .map_err(|e| pairs.error(row, e))?;
        let vi_span = span(pairs.number(row, vi_start)?, pairs.number(row, vi_end)?)
            .map_err(|e| pairs.error(row, e))?;
        let told = touched(&gold.german, de, &de_span);
        let right = !told.is_empty() && told == touched(&gold.vietnamese, vi, &vi_span);
        precision = precision + Fraction { right: u64::from(right), all: 1 };
        if let Some(column) = score {
            judged.push((pairs.number(row, column)?, right));
        }
        if right {
            for (segment, piece) in
                segments(&gold.german, de).iter().filter(|(_, piece)| told.contains(piece))
            {
                let shared = shared(segment, &de_span);
                covered.entry((de, piece)).or_default().push(shared);
            }
        }
    }
    let covered: BTreeMap<_, usize> = covered.into_iter().map(|(key, ranges)| (key, union(ranges))).collect();
    let mut recall = Fraction::default();
    for (de, vi) in &gold.documents {
        let there: BTreeSet<&Piece> = segments(&gold.vietnamese, vi).iter().map(|(_, piece)| piece).collect();
        for (segment, piece) in segments(&gold.german, de).iter().filter(|(_, piece)| there.contains(piece)) {
            let right = covered.get(&(de.as_str(), piece)).copied().unwrap_or_default();
            recall = recall + Fraction { right: right as u64, all: segment.len() as u64 };
        }
    }
    let right =
        gold.documents.iter().filter(|(de, vi)| found.contains(&(de.as_str(), vi.as_str()))).count() as u64;
    let documents = Measure {
        precision: Fraction { right, all: found.len() as u64 },
        recall: Fraction { right, all: gold.documents.len() as u64 },
    };
    Ok(PairsReport {
        documents,
        sentences: Measure { precision, recall },
        calibration: Calibration::of(&judged),
    })
}

impl Gold {
    fn read(folder: &Path) -> Result<Self, EvaluationError> {
        let table = Tsv::read(&folder.join("documents.tsv"))?;
        let [de, vi] = [table.column("de_doc")?, table.column("vi_doc")?];
        let pair = |row| (table.text(row, de).to_owned(), table.text(row, vi).to_owned());
        let documents = table.rows().iter().map(pair).collect();
        let table = Tsv::read(&folder.join("segments.tsv"))?;
        let [lang, doc] = [table.column("lang")?, table.column("doc")?];
        let [event, segment] = [table.column("event")?, table.column("segment")?];
        let [start, end] = [table.column("start")?, table.column("end")?];
        let mut gold = Self { documents, german: Segments::new(), vietnamese: Segments::new() };
        for row in table.rows() {
            let side = match table.text(row, lang) {
                "de" => &mut gold.german,
                "vi" => &mut gold.vietnamese,
                other => {
                    return Err(
                        table.error(row, format!("column 'lang': '{other}' is neither 'de' nor 'vi'"))
                    );
                }
            };
            let span =
                span(table.number(row, start)?, table.number(row, end)?).map_err(|e| table.error(row, e))?;
            let piece = Piece {
                event: table.text(row, event).to_owned(),
                segment: table.text(row, segment).to_owned(),
            };
            side.entry(table.text(row, doc).to_owned()).or_default().push((span, piece));
        }
        Ok(gold)
    }
}

fn span(start: usize, end: usize) -> Result<Range<usize>, String> {
    if start <= end {
        Ok(start..end)
    } else {
        Err(format!("the span ends ({end}) before it starts ({start}); swap the two"))
    }
}

fn segments<'a>(side: &'a Segments, doc: &str) -> &'a [(Range<usize>, Piece)] {
    side.get(doc).map(Vec::as_slice).unwrap_or_default()
}

/// What two spans share; empty when they do not meet.
fn shared(a: &Range<usize>, b: &Range<usize>) -> Range<usize> {
    let start = a.start.max(b.start);
    start..a.end.min(b.end).max(start)
}

/// The pieces that `span` of `doc` touches.
fn touched<'a>(side: &'a Segments, doc: &str, span: &Range<usize>) -> BTreeSet<&'a Piece> {
    let touches = |segment: &Range<usize>| 2 * shared(segment, span).len() > segment.len().min(span.len());
    segments(side, doc).iter().filter(|(segment, _)| touches(segment)).map(|(_, piece)| piece).collect()
}

/// How many bytes the ranges cover together.
fn union(mut ranges: Vec<Range<usize>>) -> usize {
    ranges.sort_by_key(|range| range.start);
    let (mut sum, mut reached) = (0, 0);
    for range in ranges {
        sum += range.end.saturating_sub(range.start.max(reached));
        reached = reached.max(range.end);
    }
    sum
}

impl fmt::Display for PairsReport {
    /// A table for terminals, then the reliability table.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = [("documents", self.documents, ""), ("sentence pairs", self.sentences, " bytes")].map(
            |(name, m, unit)| {
                let [p, r, f1] = [m.precision.value(), m.recall.value(), m.f1()].map(table::share);
                let of = |x: Fraction, unit: &str| format!("{} of {}{unit}", x.right, x.all);
                vec![name.to_owned(), p, r, f1, of(m.precision, ""), of(m.recall, unit)]
            },
        );
        writeln!(
            f,
            "{}",
            table::table(&["", "P", "R", "F1", "right, of those found", "found, of gold"], rows)
        )?;
        self.calibration.as_ref().map_or(Ok(()), |calibration| writeln!(f, "\n{calibration}"))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const SEGMENTS: &str = "lang\tdoc\tevent\tsegment\tstart\tend\n\
        de\td1\tfair\t0\t0\t100\nde\td1\tfair\t1\t101\t200\nde\td1\tfair\t2\t201\t300\nde\td2\tflood\t0\t0\t50\n\
        vi\tv1\tfair\t1\t0\t80\nvi\tv1\tfair\t0\t81\t180\nvi\tv2\tflood\t9\t0\t50\n";
    const HEAD: &str = "de_doc\tvi_doc\tde_start\tde_end\tvi_start\tvi_end\tscore\n";

    fn score_rows(rows: &str) -> Result<PairsReport, EvaluationError> {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        write("documents.tsv", "de_doc\tvi_doc\nd1\tv1\nd2\tv2\n");
        write("segments.tsv", SEGMENTS);
        write("pairs.tsv", &format!("{HEAD}{rows}"));
        score_pairs(folder.path(), &folder.path().join("pairs.tsv"))
    }

    #[test]
    fn spans_are_scored_by_the_segments_that_they_touch() {
        // Right: all of segment 0; the first 60 bytes of segment 1, twice. Wrong: 0 with 1; a pair of reports that is not gold.
        let rows = "d1\tv1\t0\t100\t81\t180\t0.9\nd1\tv1\t101\t161\t0\t80\t0.8\nd1\tv1\t101\t161\t0\t80\t0.7\n\
            d1\tv1\t0\t100\t0\t80\t0.2\nd1\tv2\t0\t100\t0\t50\t0.1\n";
        let report = score_rows(rows).unwrap();
        assert_eq!(report.documents.precision, Fraction { right: 1, all: 2 });
        assert_eq!(report.documents.recall, Fraction { right: 1, all: 2 });
        assert_eq!(report.sentences.precision, Fraction { right: 3, all: 5 });
        // Told on both sides: segments 0 and 1 of the fair, 199 bytes.
        assert_eq!(report.sentences.recall, Fraction { right: 160, all: 199 });
        assert_eq!(report.calibration.as_ref().map(|c| c.n), Some(5));
        assert!(report.to_string().contains("160 of 199 bytes"), "{report}");
    }

    #[test]
    fn half_of_a_segment_is_not_enough() {
        assert_eq!(score_rows("d1\tv1\t50\t150\t81\t180\t1\n").unwrap().sentences.precision.right, 0);
        assert_eq!(score_rows("d1\tv1\t49\t148\t81\t180\t1\n").unwrap().sentences.precision.right, 1);
        // A span over two segments is right against the two.
        assert_eq!(score_rows("d1\tv1\t0\t200\t0\t180\t1\n").unwrap().sentences.recall.right, 199);
    }

    #[test]
    fn no_pairs_score_zero() {
        let report = score_rows("").unwrap();
        assert!(report.documents.f1().abs() < 1e-12 && report.sentences.f1().abs() < 1e-12);
        assert!(report.calibration.is_none());
    }

    #[test]
    fn errors_name_the_line_and_the_column() {
        let message = |rows| score_rows(rows).unwrap_err().to_string();
        assert!(
            message("d1\tv1\t0\tx\t0\t1\t1\n").contains("pairs.tsv:2: column 'de_end': 'x' is no number")
        );
        assert!(
            message("d1\tv1\t0\t1\t0\t1\t1\nd1\tv1\t5\t1\t0\t1\t1\n")
                .contains("pairs.tsv:3: the span ends (1)")
        );
        assert!(message("d1\tv1\t0\n").contains("pairs.tsv:2: 3 fields"));
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("documents.tsv"), "de\tvi_doc\n").unwrap();
        let error = score_pairs(folder.path(), folder.path()).unwrap_err().to_string();
        assert!(error.contains("documents.tsv:1: no column 'de_doc'"), "{error}");
    }

    #[test]
    fn ranges_are_counted_once() {
        assert_eq!(union(vec![5..8, 0..3, 2..6]), 8);
        assert_eq!(union(vec![0..10, 2..3, 10..10]), 10);
        assert_eq!(union(vec![]), 0);
    }
}
