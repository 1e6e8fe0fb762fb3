//! Reports of both sides, and which of them tell the same.

use satzpaar_corpus::Language;

use super::event::{CORE, EXTRA, Event, Sentence};
use super::random::Random;
use super::slots::Said;
use super::tables::TABLES;

/// Sentences of a report that is a translation.
const TRANSLATED: usize = 16;

/// A report with what its sentences are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneratedReport {
    /// `de-` or `vi-` and a number.
    pub id: String,
    /// Paragraphs of two to four sentences, with page furniture above and below some of them.
    pub text: String,
    /// Its sentences, in order; a joined sentence is two segments.
    pub segments: Vec<GeneratedSegment>,
}

/// A piece of an event, and where a report tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneratedSegment {
    /// The event.
    pub event: String,
    /// Which of the event's sentences: the same number in a German and a Vietnamese report of one event means the same sentence.
    pub segment: usize,
    /// First byte in the report's text.
    pub start: usize,
    /// Byte after the last one.
    pub end: usize,
}

/// How the two reports that were made together belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Translation,
    SameEvent,
    NearNeighbour,
    Unrelated,
}

/// Any number of reports on each side, made when asked for. Cheap to share between threads.
#[derive(Clone, Debug)]
pub struct GeneratedReports {
    seed: u64,
    /// The German report that was made together with each Vietnamese one.
    made_with: Vec<u32>,
}

impl GeneratedReports {
    /// `count` reports a side.
    pub fn new(count: u32, seed: u64) -> Self {
        let mut made_with: Vec<u32> = (0..count).collect();
        Random::new(&[seed, 0]).shuffle(&mut made_with);
        Self { seed, made_with }
    }

    /// Reports a side.
    pub fn len(&self) -> usize {
        self.made_with.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.made_with.is_empty()
    }

    /// Pairs of places of reports that tell the same event, German and Vietnamese, by German place.
    pub fn documents(&self) -> Vec<(usize, usize)> {
        let mut pairs: Vec<(usize, usize)> = self
            .made_with
            .iter()
            .enumerate()
            .map(|(vietnamese, german)| (*german as usize, vietnamese))
            .filter(|(german, _)| matches!(self.kind(*german), Kind::Translation | Kind::SameEvent))
            .collect();
        pairs.sort_unstable();
        pairs
    }

    /// The id of the report at this place of a side.
    pub fn id(language: Language, place: usize) -> String {
        format!("{}-{place:07}", code(language))
    }

    fn kind(&self, german: usize) -> Kind {
        match Random::new(&[self.seed, 1, german as u64]).below(10) {
            0..3 => Kind::Translation,
            3..7 => Kind::SameEvent,
            7 => Kind::NearNeighbour,
            _ => Kind::Unrelated,
        }
    }

    /// The report at this place of a side, from 0; `None` past the end.
    pub fn report(&self, language: Language, place: usize) -> Option<GeneratedReport> {
        let german_side = language == Language::German;
        let partner = *self.made_with.get(place)? as usize;
        let cell = if german_side { place } else { partner };
        let kind = self.kind(cell);
        let side = u64::from(!german_side);
        let (shape, facts) = match kind {
            Kind::Translation | Kind::SameEvent => (0, 0),
            Kind::NearNeighbour => (0, side),
            Kind::Unrelated => (side, side),
        };
        let number = |stream: u64, of: u64| Random::new(&[self.seed, stream, cell as u64, of]).next();
        let event = Event::new(number(2, shape), number(3, facts));
        let mut random = Random::new(&[self.seed, 4, cell as u64, side]);
        let told = match kind {
            Kind::Translation => (0..TRANSLATED).filter(|_| random.percent(97)).collect(),
            _ => in_own_way(german_side, &mut random),
        };
        let name = match facts {
            0 => format!("{cell}"),
            _ => format!("{cell}b"),
        };
        let mut writer = Writer { language, event: name, text: String::new(), segments: Vec::new() };
        let sentences: Vec<(usize, Sentence)> = told.into_iter().map(|i| (i, event.sentence(i))).collect();
        writer.report(&sentences, &mut random);
        Some(GeneratedReport { id: Self::id(language, place), text: writer.text, segments: writer.segments })
    }
}

fn code(language: Language) -> &'static str {
    if language == Language::German { "de" } else { "vi" }
}

/// Which sentences a side tells, in which order: the first one first, the others moved about on the Vietnamese side.
fn in_own_way(german: bool, random: &mut Random) -> Vec<usize> {
    let reach = if german { 0 } else { 6 };
    let mut told: Vec<(usize, usize)> = (0..CORE)
        .filter_map(|i| {
            let told = random.percent(78);
            told.then(|| (if i == 0 { 0 } else { i + random.below(reach + 1) }, i))
        })
        .collect();
    told.sort_unstable();
    let mut told: Vec<usize> = told.into_iter().map(|(_, i)| i).collect();
    let first = if german { CORE } else { CORE + EXTRA };
    for extra in first..first + EXTRA {
        told.insert(random.between(1.min(told.len()), told.len()), extra);
    }
    told
}

struct Writer {
    language: Language,
    event: String,
    text: String,
    segments: Vec<GeneratedSegment>,
}

impl Writer {
    fn report(&mut self, sentences: &[(usize, Sentence)], random: &mut Random) {
        self.furniture("top", 40, random);
        let mut left = random.between(2, 4);
        let mut at = 0;
        while at < sentences.len() {
            let joins = at + 1 < sentences.len()
                && sentences[at].1.joinable
                && sentences[at + 1].1.joinable
                && random.percent(12);
            if joins {
                self.sentences(&[&sentences[at], &sentences[at + 1]]);
            } else {
                self.sentences(&[&sentences[at]]);
            }
            at += 1 + usize::from(joins);
            left -= 1;
            self.text.push_str(match (at == sentences.len(), left) {
                (true, _) => "\n",
                (_, 0) => "\n\n",
                _ => " ",
            });
            if left == 0 {
                left = random.between(2, 4);
            }
        }
        self.furniture("bottom", 60, random);
    }

    fn furniture(&mut self, place: &'static str, percent: usize, random: &mut Random) {
        let lines =
            TABLES.furniture.get(&(code(self.language), place)).map(Vec::as_slice).unwrap_or_default();
        if random.percent(percent) {
            let line = random.one_of(lines);
            let (before, after) = if place == "top" { ("", "\n\n") } else { ("\n", "\n") };
            self.text.extend([before, line, after]);
        }
    }

    /// One sentence that says what these say.
    fn sentences(&mut self, parts: &[&(usize, Sentence)]) {
        let german = self.language == Language::German;
        for (i, (segment, sentence)) in parts.iter().enumerate() {
            if i > 0 {
                self.text.push_str(if german { ", und " } else { ", và " });
            }
            let start = self.text.len();
            let side = of_side(&sentence.said, german);
            let side = if i + 1 < parts.len() { side.trim_end_matches('.') } else { side };
            if i == 0 {
                self.text.push_str(&capitalised(side));
            } else {
                self.text.push_str(side);
            }
            let end = self.text.len();
            self.segments.push(GeneratedSegment { event: self.event.clone(), segment: *segment, start, end });
        }
    }
}

/// The text of a side.
pub(super) fn of_side(said: &Said, german: bool) -> &str {
    if german { &said.de } else { &said.vi }
}

/// A text with its first letter as a capital.
pub(super) fn capitalised(text: &str) -> String {
    let Some((at, first)) = text.char_indices().find(|(_, c)| c.is_alphanumeric()) else {
        return text.to_owned();
    };
    let (before, after) = (&text[..at], &text[at + first.len_utf8()..]);
    before.chars().chain(first.to_uppercase()).chain(after.chars()).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    const SIDES: [Language; 2] = [Language::German, Language::Vietnamese];

    #[test]
    fn the_same_seed_gives_the_same_reports_and_another_gives_others() {
        let text = |seed, language| GeneratedReports::new(50, seed).report(language, 7).unwrap().text;
        for language in SIDES {
            assert_eq!(text(1, language), text(1, language));
            assert_ne!(text(1, language), text(2, language));
        }
        assert_eq!(GeneratedReports::new(50, 1).report(Language::German, 50), None);
        assert!(GeneratedReports::new(0, 1).documents().is_empty());
    }

    #[test]
    fn segments_hold_the_sentences_in_order() {
        let reports = GeneratedReports::new(60, 3);
        let (mut all, mut bytes) = (0, 0);
        for language in SIDES {
            for place in 0..reports.len() {
                let report = reports.report(language, place).unwrap();
                let mut reached = 0;
                for segment in &report.segments {
                    let text = &report.text[segment.start..segment.end];
                    assert!(segment.start >= reached && text.len() > 10, "{text}");
                    assert!(text.trim() == text && !text.contains('\n'), "{text}");
                    reached = segment.end;
                    bytes += text.len();
                }
                all += report.segments.len();
            }
        }
        // About 16 sentences a report.
        assert!((14 * 120..18 * 120).contains(&all), "{all} {bytes}");
    }

    #[test]
    fn partners_share_segments_and_others_share_none() {
        let reports = GeneratedReports::new(200, 5);
        let documents = reports.documents();
        assert!((110..170).contains(&documents.len()), "{}", documents.len());
        let pieces = |language, place| -> HashSet<(String, usize)> {
            let segments = reports.report(language, place).unwrap().segments;
            segments.into_iter().map(|s| (s.event, s.segment)).collect()
        };
        let vietnamese: Vec<_> = (0..200).map(|i| pieces(Language::Vietnamese, i)).collect();
        for german in 0..200 {
            let there = pieces(Language::German, german);
            for (place, other) in vietnamese.iter().enumerate() {
                let shared = there.intersection(other).count();
                let partners = documents.contains(&(german, place));
                assert!(if partners { shared >= 5 } else { shared == 0 }, "{german} {place}: {shared}");
            }
        }
    }

    #[test]
    fn many_reports_are_all_different() {
        let reports = GeneratedReports::new(3000, 1);
        for language in SIDES {
            let texts: HashSet<String> =
                (0..3000).map(|i| reports.report(language, i).unwrap().text).collect();
            assert_eq!(texts.len(), 3000);
        }
    }

    #[test]
    fn first_letters_become_capitals() {
        assert_eq!(capitalised("„über Nacht“"), "„Über Nacht“");
        assert_eq!(capitalised("đội"), "Đội");
        assert_eq!(capitalised("…"), "…");
    }
}
