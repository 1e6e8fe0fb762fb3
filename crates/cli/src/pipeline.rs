//! From reports to what the aligner works on: blocks into sentences, sentences into segments, segments into terms.

use rayon::prelude::*;
use satzpaar_aligner::ReportTerms;
use satzpaar_corpus::Report;
use satzpaar_language::{Language, Span};
use satzpaar_lexicon::terms::{GermanTerms, VietnameseTerms};
use satzpaar_sentence_splitter::{Splitter, clauses};

use crate::progress::Reporter;
use crate::readers::Readers;

/// A report's segments (sentences, or the semicolon-parted parts of very long ones) as byte spans of its text.
pub(crate) fn segments(report: &Report, splitter: Splitter) -> Vec<Span> {
    let mut segments = Vec::new();
    for block in &report.blocks {
        for sentence in splitter.split(block.of(&report.text)) {
            let sentence = sentence.shifted(block.start);
            let parts = clauses(sentence.of(&report.text), report.language);
            segments.extend(parts.iter().map(|part| part.shifted(sentence.start)));
        }
    }
    segments
}

/// A side of the corpus, ready for the aligner; the three lists run in step.
pub(crate) struct Side<T> {
    pub(crate) reports: Vec<Report>,
    pub(crate) segments: Vec<Vec<Span>>,
    pub(crate) terms: Vec<ReportTerms<T>>,
}

fn read_side<T: Send>(
    reports: Vec<Report>,
    language: Language,
    read: impl Fn(&Report, &[Span]) -> Vec<T> + Sync + Send,
    say: &Reporter,
) -> Side<T> {
    let stage =
        say.stage(if language == Language::German { "German" } else { "Vietnamese" }, reports.len() as u64);
    let splitter = Splitter::new(language);
    let (segments, terms) = reports
        .par_iter()
        .map(|report| {
            let segments = segments(report, splitter);
            let sentences = read(report, &segments);
            stage.step();
            let published = report.metadata.date.as_deref().and_then(days);
            (segments, ReportTerms { sentences, published })
        })
        .unzip();
    stage.finish();
    Side { reports, segments, terms }
}

/// Splits and reads German reports, in parallel.
pub(crate) fn read_german(reports: Vec<Report>, readers: &Readers, say: &Reporter) -> Side<GermanTerms> {
    let read = |report: &Report, segments: &[Span]| {
        readers.german(segments.iter().map(|span| span.of(&report.text)))
    };
    read_side(reports, Language::German, read, say)
}

/// Splits and reads Vietnamese reports, in parallel.
pub(crate) fn read_vietnamese(
    reports: Vec<Report>,
    readers: &Readers,
    say: &Reporter,
) -> Side<VietnameseTerms> {
    let read = |report: &Report, segments: &[Span]| {
        readers.vietnamese(segments.iter().map(|span| span.of(&report.text)))
    };
    read_side(reports, Language::Vietnamese, read, say)
}

/// Sentences that a thread reads at a time.
const PIECE: usize = 256;

/// Reads German sentences, in parallel, in their order.
pub(crate) fn german_lines(lines: &[String], readers: &Readers) -> Vec<GermanTerms> {
    in_pieces(lines, |piece| readers.german(piece.iter().map(String::as_str)))
}

/// Reads Vietnamese sentences, in parallel, in their order.
pub(crate) fn vietnamese_lines(lines: &[String], readers: &Readers) -> Vec<VietnameseTerms> {
    in_pieces(lines, |piece| readers.vietnamese(piece.iter().map(String::as_str)))
}

fn in_pieces<T: Send>(lines: &[String], read: impl Fn(&[String]) -> Vec<T> + Sync + Send) -> Vec<T> {
    let pieces: Vec<Vec<T>> = lines.par_chunks(PIECE).map(read).collect();
    pieces.into_iter().flatten().collect()
}

/// The days since 1970-01-01 of a date that begins `2025-04-02` (ISO 8601); other ways to write dates are passed over.
fn days(date: &str) -> Option<i32> {
    let date = date.trim().get(..10)?;
    let mut parts = date.split('-');
    let (year, month, day): (i32, i32, i32) =
        (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    if !(1..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    // Days from civil, after Howard Hinnant: years begin in March, so that the leap day comes last.
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let year_of_era = y.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    Some(era * 146_097 + day_of_era - 719_468)
}

#[cfg(test)]
mod tests {
    use super::days;

    #[test]
    fn iso_dates_are_counted_in_days() {
        assert_eq!(days("1970-01-01"), Some(0));
        assert_eq!(days("2000-03-01T10:00:00Z"), Some(11_017));
        assert_eq!(days("2. April 2025"), None);
        assert_eq!(days("2025-13-01"), None);
    }
}
