//! A side of the corpus, read in one go where matching wants that, else report by report when its turn comes.

use std::borrow::Cow;
use std::sync::OnceLock;

use satzpaar_aligner::ReportTerms;
use satzpaar_corpus::{Report, Span};
use satzpaar_sentence_splitter::Splitter;

use crate::pipeline::{Side, segments};

/// Reports with their segments; terms are held only if all were read beforehand.
pub(crate) struct Texts<T> {
    pub(crate) reports: Vec<Report>,
    /// Filled when first asked for.
    segments: Vec<OnceLock<Vec<Span>>>,
    terms: Option<Vec<ReportTerms<T>>>,
}

impl<T: Clone> Texts<T> {
    /// Reports of which nothing is read yet.
    pub(crate) fn unread(reports: Vec<Report>) -> Self {
        let segments = reports.iter().map(|_| OnceLock::new()).collect();
        Self { reports, segments, terms: None }
    }

    /// Reports that are read.
    pub(crate) fn read(side: Side<T>) -> Self {
        let segments = side.segments.into_iter().map(OnceLock::from).collect();
        Self { reports: side.reports, segments, terms: Some(side.terms) }
    }

    /// The segments of a report, as byte spans of its text.
    pub(crate) fn segments(&self, report: usize) -> &[Span] {
        self.segments[report].get_or_init(|| {
            let report = &self.reports[report];
            segments(report, Splitter::new(report.language))
        })
    }

    /// The terms of a report's segments; `read` makes them of texts unless they are held.
    pub(crate) fn terms<'a>(
        &'a self,
        report: usize,
        read: impl FnOnce(&mut dyn Iterator<Item = &'a str>) -> Vec<T>,
    ) -> Cow<'a, [T]> {
        if let Some(terms) = &self.terms {
            return Cow::Borrowed(&terms[report].sentences);
        }
        let text = &self.reports[report].text;
        Cow::Owned(read(&mut self.segments(report).iter().map(|span| span.of(text))))
    }

    /// How many segments the reports have that were split up to now.
    pub(crate) fn sentences(&self) -> usize {
        self.segments.iter().filter_map(OnceLock::get).map(Vec::len).sum()
    }
}
