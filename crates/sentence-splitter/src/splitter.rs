//! The splitter itself.

use crate::{Language, Span, lines, marks};
use memchr::memchr;

/// What a single line break means. (A blank line always ends a sentence.)
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineBreaks {
    /// The text around tells: wrapped paragraphs run on, headings and list items end.
    #[default]
    Auto,
    /// Every line break ends a sentence.
    Always,
    /// No line break ends a sentence.
    Never,
}

/// Splits text into sentences. Cheap to make, `Copy`, and free to share between threads.
#[derive(Clone, Copy, Debug)]
pub struct Splitter {
    language: Language,
    lines: LineBreaks,
}

impl Splitter {
    /// A splitter for `language`, with [`LineBreaks::Auto`].
    pub fn new(language: Language) -> Self {
        Self { language, lines: LineBreaks::Auto }
    }

    /// The same with another meaning of line breaks.
    #[must_use]
    pub fn with_lines(self, lines: LineBreaks) -> Self {
        Self { lines, ..self }
    }

    /// The sentences of `text`, in order: trimmed byte spans with nothing but white space between them.
    pub fn split<'t>(&self, text: &'t str) -> Sentences<'t> {
        self.split_from(text, 0)
    }

    /// The sentences of `text` from byte `at` on, which starts a sentence; what stands before is looked at for the layout.
    pub(crate) fn split_from(self, text: &str, at: usize) -> Sentences<'_> {
        Sentences { splitter: self, text, at }
    }
}

/// Iterator over the sentences of a text, made by [`Splitter::split`].
#[derive(Clone, Debug)]
pub struct Sentences<'t> {
    splitter: Splitter,
    text: &'t str,
    at: usize,
}

/// Bytes at which a sentence may end: end marks, line breaks, and the last bytes of `…` and the Unicode line separators.
const CANDIDATES: [bool; 256] = {
    let mut table = [false; 256];
    table[b'.' as usize] = true;
    table[b'!' as usize] = true;
    table[b'?' as usize] = true;
    table[b'\n' as usize] = true;
    table[0xa6] = true;
    table[0xa9] = true;
    table
};

impl Iterator for Sentences<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        let text = self.text;
        let bytes = text.as_bytes();
        let start = skip_space(text, self.at);
        if start == text.len() {
            self.at = start;
            return None;
        }
        // Where every line stands for itself, what the next one starts with has no say.
        let text = match self.splitter.lines {
            LineBreaks::Always => {
                &text[..memchr(b'\n', &bytes[start..]).map_or(text.len(), |i| start + i + 1)]
            }
            LineBreaks::Auto | LineBreaks::Never => text,
        };
        let bytes = text.as_bytes();
        let mut at = start;
        while let Some(distance) = bytes[at..].iter().position(|b| CANDIDATES[*b as usize]) {
            at += distance;
            match bytes[at] {
                b'\n' => {
                    if self.breaks_at(at) {
                        return Some(self.end(start, at));
                    }
                    at += 1;
                }
                0xa9 => {
                    at += 1;
                    if bytes[..at].ends_with("\u{2029}".as_bytes()) {
                        return Some(self.end(start, at));
                    }
                }
                0xa6 if !bytes[..at].ends_with(&[0xe2, 0x80]) => at += 1,
                byte => {
                    let from = if byte == 0xa6 { at - 2 } else { at };
                    let verdict = marks::judge(self.splitter.language, text, from, start);
                    if verdict.ends {
                        return Some(self.end(start, verdict.at));
                    }
                    at = verdict.at;
                }
            }
        }
        Some(self.end(start, text.len()))
    }
}

impl Sentences<'_> {
    /// Ends the sentence `start..end` and goes on behind it.
    fn end(&mut self, start: usize, end: usize) -> Span {
        self.at = end;
        let covered = self.text[start..end].trim_end();
        Span::new(start, start + covered.len())
    }

    /// Whether the line break at byte `at` ends the sentence.
    fn breaks_at(&self, at: usize) -> bool {
        match self.splitter.lines {
            LineBreaks::Always => true,
            _ if lines::is_blank_after(self.text, at) => true,
            LineBreaks::Never => false,
            LineBreaks::Auto => lines::ends_sentence(self.text, at),
        }
    }
}

fn skip_space(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    at + (rest.len() - rest.trim_start().len())
}
