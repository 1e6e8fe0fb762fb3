//! Page furniture: what stands around the text of a web page and is no part of the report.
//!
//! The patterns are data (`data/furniture/*.tsv`, see the module `rules`). This module decides where they may be applied, and in
//! doubt keeps: no line that reads like a sentence is dropped for standing in the wrong place, only for being known.

mod fold;
mod rules;

use memchr::{memchr2, memchr3_iter};
use satzpaar_language::{Language, Span};

use fold::Folded;
use rules::Rules;

use crate::cut::{prefix, suffix};

/// Lines longer than this (bytes) are text: whole-line patterns are not tried on them.
const LINE: usize = 400;
/// How far into a line furniture glued to its start is looked for (bytes).
const START: usize = 160;
/// How far back from a line's end furniture glued to its end is looked for (bytes).
const END: usize = 160;
/// How far a bracket or an image reaches at most (bytes).
const BRACKET: usize = 200;
/// A run of short lines this long is a menu if enough of them are known menu entries.
const MENU_RUN: usize = 5;

/// Finds what is left of `text` once page furniture is stripped: byte spans in order, without overlap, each trimmed of white
/// space and holding a letter or digit. Lines that follow each other stay in one span, since a sentence may go over a line's
/// end; where furniture stood, a new span begins.
///
/// `language` is the one that the report is in; whole lines of furniture are known in both, since crawls mix them.
pub fn strip(text: &str, language: Language) -> Vec<Span> {
    let rules = Rules::of(language);
    let mut lines: Vec<Line> = lines(text).map(|span| read_line(text, span, rules)).collect();
    let (head, tail) = zones(&lines);
    drop_menus(text, &mut lines, rules);
    for (i, line) in lines.iter_mut().enumerate() {
        let in_zone = i < head || i >= tail;
        if line.edge && in_zone || i >= tail && head < tail && line.is_tail(text, rules) {
            line.pieces.clear();
        }
    }
    drop_final_list(text, &mut lines, tail);
    join(text, &lines)
}

/// A line of the text and what is left of it.
struct Line {
    /// Without white space at its ends.
    whole: Span,
    /// What is left, in order; nothing if the line is furniture or blank.
    pieces: Vec<Span>,
    /// Whether it is furniture where no running text stands around it.
    edge: bool,
    /// Whether it reads like running text.
    prose: bool,
    /// Whether it is the heading of a list of other reports ("Mehr zum Thema").
    list_heading: bool,
}

impl Line {
    fn is_tail(&self, text: &str, rules: &Rules) -> bool {
        !self.pieces.is_empty()
            && self.whole.len() <= LINE
            && rules.is_tail(Folded::new(self.whole.of(text)).text())
    }
}

/// The lines of `text`, trimmed, blank ones included.
fn lines(text: &str) -> impl Iterator<Item = Span> {
    let mut start = 0;
    std::iter::from_fn(move || {
        if start > text.len() {
            return None;
        }
        let end = memchr2(b'\n', b'\r', &text.as_bytes()[start..]).map_or(text.len(), |found| start + found);
        let span = trimmed(text, Span::new(start, end));
        start = end + 1;
        Some(span)
    })
}

/// Without white space, byte-order marks and zero-width characters at both ends.
fn trimmed(text: &str, span: Span) -> Span {
    let covered = span.of(text);
    let start = span.start + (covered.len() - covered.trim_start_matches(fold::is_blank).len());
    let length = covered.trim_matches(fold::is_blank).len();
    Span::new(start, start + length)
}

fn read_line(text: &str, whole: Span, rules: &Rules) -> Line {
    let mut line = Line { whole, pieces: Vec::new(), edge: false, prose: false, list_heading: false };
    if whole.is_empty() {
        return line;
    }
    if whole.len() <= LINE {
        let verdict = rules.judge(Folded::new(whole.of(text)).text());
        line.list_heading = verdict.list;
        line.edge = verdict.edge;
        if verdict.list || verdict.line {
            return line;
        }
    }
    let cut = cut_start(text, whole, rules);
    let rest = cut_end(text, cut, rules);
    line.pieces = cut_inside(text, rest, rules);
    line.pieces.retain(|piece| piece.of(text).contains(char::is_alphanumeric));
    line.prose = !line.edge && line.pieces.iter().any(|piece| is_prose(piece.of(text)));
    line
}

/// Cuts furniture off a line's start, as long as what follows can start a sentence.
fn cut_start(text: &str, mut span: Span, rules: &Rules) -> Span {
    for _ in 0..4 {
        let covered = span.of(text);
        let folded = Folded::new(prefix(covered, START));
        let Some(end) = rules.start(folded.text()) else { break };
        let rest = trimmed(text, Span::new(span.start + folded.original(end), span.end));
        if !rest.is_empty() && !rest.of(text).starts_with(starts_sentence) {
            break;
        }
        span = rest;
    }
    span
}

fn starts_sentence(c: char) -> bool {
    c.is_uppercase()
        || c.is_numeric()
        || !c.is_alphabetic() && !matches!(c, ',' | '.' | ';' | ':' | ')' | '-' | '–' | '?' | '!')
}

/// Cuts furniture off a line's end.
fn cut_end(text: &str, mut span: Span, rules: &Rules) -> Span {
    for _ in 0..4 {
        let covered = span.of(text);
        let end = suffix(covered, END);
        let window = covered.len() - end.len();
        let folded = Folded::new(end);
        let Some(start) = rules.end(folded.text(), window == 0) else { break };
        span = trimmed(text, Span::new(span.start, span.start + window + folded.original(start)));
        if span.is_empty() {
            break;
        }
    }
    span
}

/// Cuts brackets and images out of a line. A credit in brackets goes only between sentences: inside one, cutting would tear it.
fn cut_inside(text: &str, span: Span, rules: &Rules) -> Vec<Span> {
    let covered = span.of(text);
    let mut pieces = Vec::new();
    let mut kept = 0;
    for open in memchr3_iter(b'(', b'[', b'!', covered.as_bytes()) {
        if open < kept {
            continue;
        }
        let folded = Folded::new(prefix(&covered[open..], BRACKET));
        let found = rules.anywhere(folded.text()).or_else(|| {
            let end = rules.bracket(folded.text())?;
            let after = &covered[open + folded.original(end)..];
            between_sentences(&covered[kept..open], after).then_some(end)
        });
        if let Some(end) = found {
            pieces.push(trimmed(text, Span::new(span.start + kept, span.start + open)));
            kept = open + folded.original(end);
        }
    }
    pieces.push(trimmed(text, Span::new(span.start + kept, span.end)));
    pieces
}

/// Whether a sentence may end before and another begin after this place.
fn between_sentences(before: &str, after: &str) -> bool {
    let next = after.trim_start_matches(fold::is_blank);
    let ended = before.trim_end_matches(fold::is_blank);
    let glued = next.len() == after.len() && next.starts_with(char::is_uppercase);
    let only_marks = !next.contains(char::is_alphanumeric);
    ended.is_empty()
        || only_marks
        || glued
        || (ended.ends_with(ends_sentence) && next.starts_with(starts_sentence))
}

fn ends_sentence(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '"' | '“' | '”' | '»' | '«' | '’' | ')' | ':')
}

/// Running text: long, or of some length with a sentence's end.
fn is_prose(text: &str) -> bool {
    text.len() >= 250
        || (text.len() >= 60 && text.ends_with(ends_sentence) && text.split_whitespace().take(8).count() == 8)
}

/// Where the first running text stands, and one past the last. Without any, all lines lie in both zones.
fn zones(lines: &[Line]) -> (usize, usize) {
    let first = lines.iter().position(|line| line.prose);
    let last = lines.iter().rposition(|line| line.prose);
    match (first, last) {
        (Some(first), Some(last)) => (first, last + 1),
        _ => (lines.len(), 0),
    }
}

/// Drops runs of short lines that are menus by their known entries.
fn drop_menus(text: &str, lines: &mut [Line], rules: &Rules) {
    let mut run: Vec<usize> = Vec::new();
    for i in 0..=lines.len() {
        let line = lines.get(i);
        if line.is_some_and(|line| line.pieces.is_empty()) {
            continue;
        }
        if line.is_some_and(|line| is_entry(line.whole.of(text))) {
            run.push(i);
            continue;
        }
        let known = run.iter().filter(|&&i| rules.menu(Folded::new(lines[i].whole.of(text)).text())).count();
        if run.len() >= MENU_RUN && known * 5 >= run.len() * 2 {
            for &i in &run {
                lines[i].pieces.clear();
            }
        }
        run.clear();
    }
}

/// Short as a menu's entry, and no sentence.
fn is_entry(text: &str) -> bool {
    text.len() <= 40
        && text.split_whitespace().count() <= 4
        && !text.ends_with(['.', '!', '?', '…', ':', ','])
}

/// Drops the headlines of other reports behind the heading of a final list: everything after it that ends no sentence.
fn drop_final_list(text: &str, lines: &mut [Line], tail: usize) {
    let heading = lines.iter().enumerate().position(|(i, line)| i >= tail && line.list_heading);
    // Without any running text nothing tells the report from the list.
    let Some(heading) = heading.filter(|_| tail > 0) else { return };
    for line in &mut lines[heading..] {
        let covered = line.whole.of(text);
        if !covered.ends_with(ends_sentence) || covered.split_whitespace().count() < 4 {
            line.pieces.clear();
        }
    }
}

/// The pieces as spans, those of lines that follow each other as one.
fn join(text: &str, lines: &[Line]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut open = false;
    for line in lines {
        if line.whole.is_empty() {
            continue;
        }
        let first_is_whole = line.pieces.first().is_some_and(|piece| piece.start == line.whole.start);
        for (i, piece) in line.pieces.iter().enumerate() {
            match spans.last_mut() {
                Some(last) if i == 0 && open && first_is_whole => last.end = piece.end,
                _ => spans.push(*piece),
            }
        }
        open = line.pieces.last().is_some_and(|piece| piece.end == line.whole.end);
    }
    debug_assert!(spans.iter().all(|span| text.get(span.range()).is_some()));
    spans
}

#[cfg(test)]
mod tests;
