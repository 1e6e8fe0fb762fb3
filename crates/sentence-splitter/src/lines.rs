//! Line breaks: does the sentence go on in the next line? The lines around tell: a wrapped paragraph has lines that were
//! cut because the next word had no room; a heading or a list item stops short of that.

use memchr::{memchr, memrchr};

/// Nobody wraps lines wider than this (in characters).
const WIDEST: usize = 132;
/// Narrower blocks are lists, tables or verse.
const NARROWEST: usize = 32;
/// Verse has no wider lines.
const WIDEST_VERSE: usize = 60;
/// So many lines before and after are looked at.
const NEAR: usize = 6;

/// Whether a blank line starts at the line break at byte `at`: only white space up to the next line break.
pub(crate) fn is_blank_after(text: &str, at: usize) -> bool {
    let rest = &text[at + 1..];
    let rest = rest.trim_start_matches(|c: char| c != '\n' && (c.is_whitespace() || c == '\u{feff}'));
    rest.is_empty() || rest.starts_with('\n')
}

/// Whether the line break at byte `at` (a `\n`, not before a blank line) ends a sentence, by the evidence around it.
pub(crate) fn ends_sentence(text: &str, at: usize) -> bool {
    let line = line_before(text, at);
    let next = line_after(text, at + 1);
    let (Some(line), Some(next)) = (line, next) else { return true };
    if is_item(next) || is_next_item(line, next) {
        return true;
    }
    let bytes = line.trim_end();
    if bytes.ends_with(',')
        || bytes.ends_with('-') && bytes.ends_with(|c: char| !c.is_whitespace()) && starts_lower(next)
    {
        return false;
    }
    let Some(block) = block_near(text, at) else { return true };
    if block.is_verse() {
        return false;
    }
    let width = block.widest;
    if width < NARROWEST {
        // Verse and short captions: a line that starts in lower case goes on.
        return !starts_lower(next);
    }
    let first_word = next.trim_start().split(char::is_whitespace).next().unwrap_or_default();
    // The next word would not have fitted: the line was cut for want of room.
    let full = length(line) + 1 + length(first_word) > width;
    !(full || starts_lower(next) && length(line) * 2 > width)
}

fn starts_lower(line: &str) -> bool {
    line.trim_start().starts_with(char::is_lowercase)
}

/// Whether a line starts as a list item does.
fn is_item(line: &str) -> bool {
    let line = line.trim_start();
    let mut characters = line.chars();
    match characters.next() {
        Some('•' | '‣' | '▪' | '■' | '●' | '○' | '◦' | '·' | '✓' | '➤' | '►' | '#' | '|') => {
            true
        }
        Some('-' | '–' | '—' | '*' | '+') => characters.next().is_some_and(|c| c == ' ' || c == '\t'),
        Some(c) if c.is_ascii_digit() => {
            let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
            let marked = [") ", ". ", "/ "].iter().any(|mark| rest.starts_with(mark));
            line.len() - rest.len() <= 2 && marked
        }
        Some(c) if c.is_alphabetic() => characters.as_str().starts_with(") "),
        _ => false,
    }
}

/// Whether the lines start with labels that follow one another (`a.` and `b.`, `IX.` and `X.`): an abbreviation at the start
/// of a line alone is no label.
fn is_next_item(line: &str, next: &str) -> bool {
    const ROMAN: [&str; 15] =
        ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV"];
    let (Some(label), Some(following)) = (label(line), label(next)) else { return false };
    let numeral = |label: &str| ROMAN.iter().position(|numeral| *numeral == label);
    let letter = |label: &str| (label.len() == 1).then(|| label.bytes().next()).flatten();
    let letters = letter(label).zip(letter(following)).is_some_and(|(a, b)| a + 1 == b);
    letters || numeral(label).zip(numeral(following)).is_some_and(|(a, b)| a + 1 == b)
}

/// The ASCII letters at the start of a line before a stop and a space.
fn label(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let end = line.find(|c: char| !c.is_ascii_alphabetic()).filter(|end| (1..=4).contains(end))?;
    line[end..].starts_with(". ").then(|| &line[..end])
}

/// The line that ends at the line break at `at`, or `None` if it is too wide for a wrapped one.
fn line_before(text: &str, at: usize) -> Option<&str> {
    let from = floor(text, at.saturating_sub(WIDEST * 3));
    let head = &text[from..at];
    match memrchr(b'\n', head.as_bytes()) {
        Some(i) => Some(head[i + 1..].trim_end_matches('\r')),
        None if from == 0 => Some(head.trim_end_matches('\r')),
        None => None,
    }
    .filter(|line| length(line) <= WIDEST)
}

/// The line that starts at byte `at`, or `None` if it is too wide for a wrapped one.
fn line_after(text: &str, at: usize) -> Option<&str> {
    let to = floor(text, at.saturating_add(WIDEST * 3));
    let head = text.get(at..to)?;
    match memchr(b'\n', head.as_bytes()) {
        Some(i) => Some(head[..i].trim_end_matches('\r')),
        None if to == text.len() => Some(head),
        None => None,
    }
    .filter(|line| length(line) <= WIDEST)
}

/// What the lines around a line break look like, up to the next blank lines.
#[derive(Default)]
struct Block {
    /// The length of the longest, in characters.
    widest: usize,
    lines: usize,
    /// Lines that start with a capital.
    capitals: usize,
    /// Lines that end in a comma or semicolon.
    commas: usize,
    /// Lines that end in an end mark.
    ends: usize,
}

impl Block {
    fn add(&mut self, line: &str) {
        self.widest = self.widest.max(length(line));
        self.lines += 1;
        let line = line.trim();
        let first = line.trim_start_matches(satzpaar_tokenizer::around::is_opening);
        self.capitals += usize::from(first.starts_with(char::is_uppercase));
        self.commas += usize::from(line.ends_with([',', ';']));
        self.ends +=
            usize::from(line.trim_end_matches(['“', '”', '"', '«', '»']).ends_with(['.', '!', '?', '…']));
    }

    /// Verse: short lines that all start with a capital, of which some end within and some at the end of a sentence.
    fn is_verse(&self) -> bool {
        let all = self.lines >= 3 && self.capitals == self.lines;
        all && self.widest <= WIDEST_VERSE && self.commas > 0 && self.ends > 0
    }
}

/// The block around the line break at `at`, from a few lines before and after; `None` if a line is too wide for a wrapped
/// paragraph.
fn block_near(text: &str, at: usize) -> Option<Block> {
    let mut block = Block::default();
    let mut end = at;
    for _ in 0..NEAR {
        let line = line_before(text, end)?;
        if line.trim().is_empty() {
            break;
        }
        block.add(line);
        let Some(before) = memrchr(b'\n', &text.as_bytes()[..end]) else { break };
        end = before;
    }
    let mut start = at + 1;
    for _ in 0..NEAR {
        let line = line_after(text, start)?;
        if line.trim().is_empty() {
            break;
        }
        block.add(line);
        let Some(length) = memchr(b'\n', &text.as_bytes()[start..]) else { break };
        start += length + 1;
    }
    Some(block)
}

fn length(line: &str) -> usize {
    line.chars().count()
}

/// The last character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
