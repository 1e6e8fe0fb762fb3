//! From reports to what the aligner works on: blocks into sentences, sentences into segments, segments into terms.

use rayon::prelude::*;
use satzpaar_aligner::ReportTerms;
use satzpaar_corpus::Report;
use satzpaar_language::{Language, Span};
use satzpaar_lexicon::Lexicon;
use satzpaar_lexicon::terms::{GermanReader, GermanTerms, VietnameseReader, VietnameseTerms};
use satzpaar_sentence_splitter::{Splitter, clauses};

use crate::progress::Reporter;

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

fn read_side<T: Send, R>(
    reports: Vec<Report>,
    language: Language,
    make: impl Fn() -> R + Sync + Send,
    read: impl Fn(&mut R, &str) -> T + Sync + Send,
    say: &Reporter,
) -> Side<T> {
    let stage =
        say.stage(if language == Language::German { "German" } else { "Vietnamese" }, reports.len() as u64);
    let splitter = Splitter::new(language);
    let (segments, terms) = reports
        .par_iter()
        .map_init(make, |reader, report| {
            let segments = segments(report, splitter);
            let sentences = segments.iter().map(|span| read(reader, span.of(&report.text))).collect();
            stage.step();
            let published = report.metadata.date.as_deref().and_then(days);
            (segments, ReportTerms { sentences, published })
        })
        .unzip();
    stage.finish();
    Side { reports, segments, terms }
}

/// Splits and reads German reports, in parallel.
pub(crate) fn read_german(reports: Vec<Report>, lexicon: &Lexicon, say: &Reporter) -> Side<GermanTerms> {
    read_side(reports, Language::German, || GermanReader::new(lexicon), GermanReader::read, say)
}

/// Splits and reads Vietnamese reports, in parallel.
pub(crate) fn read_vietnamese(
    reports: Vec<Report>,
    lexicon: &Lexicon,
    say: &Reporter,
) -> Side<VietnameseTerms> {
    read_side(reports, Language::Vietnamese, || VietnameseReader::new(lexicon), VietnameseReader::read, say)
}

/// Sentences that a thread reads at a time.
const PIECE: usize = 256;

/// Reads German sentences, in parallel, in their order.
pub(crate) fn german_lines(lines: &[String], lexicon: &Lexicon) -> Vec<GermanTerms> {
    let pieces: Vec<Vec<_>> = lines
        .par_chunks(PIECE)
        .map_init(|| GermanReader::new(lexicon), |r, piece| piece.iter().map(|line| r.read(line)).collect())
        .collect();
    pieces.into_iter().flatten().collect()
}

/// Reads Vietnamese sentences, in parallel, in their order.
pub(crate) fn vietnamese_lines(lines: &[String], lexicon: &Lexicon) -> Vec<VietnameseTerms> {
    let pieces: Vec<Vec<_>> = lines
        .par_chunks(PIECE)
        .map_init(
            || VietnameseReader::new(lexicon),
            |r, piece| piece.iter().map(|line| r.read(line)).collect(),
        )
        .collect();
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
