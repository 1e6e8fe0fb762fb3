//! Sentences of a stream of any size, in bounded memory.

use crate::{Span, Splitter};
use std::io::{self, Read};
use thiserror::Error;

/// So many bytes are read at a time.
const CHUNK: usize = 1 << 18;
/// What stands so many bytes ahead and behind of a sentence's end has no say in it: the rules look at a few words and lines.
const MARGIN: usize = 1 << 13;
/// A sentence of more bytes than this is cut at white space: such text has no sentences.
const LONGEST: usize = 1 << 20;

/// Why a stream could not be split.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The stream is not UTF-8.
    #[error("byte {offset} is not UTF-8: convert the text to UTF-8 first")]
    NotUtf8 {
        /// The first wrong byte, counted from the start of the stream.
        offset: u64,
    },
    /// Reading failed.
    #[error(transparent)]
    Read(#[from] io::Error),
}

/// A sentence of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence<'b> {
    /// Its first byte, counted from the start of the stream.
    pub start: u64,
    /// One past its last byte.
    pub end: u64,
    /// Its text.
    pub text: &'b str,
}

/// Splits what a reader gives, holding only a part of it at a time (a few megabytes at most). Gives the same sentences as
/// [`Splitter::split`] on the whole text, but that a sentence of more than 1 MiB is cut at white space.
///
/// ```
/// use satzpaar_sentence_splitter::{Language, SplitReader, Splitter};
///
/// let mut sentences = SplitReader::new("Es regnet. Wir bleiben.".as_bytes(), Splitter::new(Language::German));
/// let mut count = 0;
/// while let Some(sentence) = sentences.next_sentence()? {
///     assert!(sentence.text.ends_with('.'));
///     count += 1;
/// }
/// assert_eq!(count, 2);
/// # Ok::<(), satzpaar_sentence_splitter::ReadError>(())
/// ```
#[derive(Debug)]
pub struct SplitReader<R> {
    reader: R,
    splitter: Splitter,
    /// The part of the stream that is held, and where in the stream it starts.
    text: String,
    base: u64,
    /// Where in `text` the next sentence is looked for.
    at: usize,
    /// The bytes of a character that the last chunk cut in two.
    rest: Vec<u8>,
    chunk: Vec<u8>,
    over: bool,
}

impl<R: Read> SplitReader<R> {
    /// Splits the text of `reader` with `splitter`. Reads in large chunks: no buffered reader is needed.
    pub fn new(reader: R, splitter: Splitter) -> Self {
        Self {
            reader,
            splitter,
            text: String::new(),
            base: 0,
            at: 0,
            rest: Vec::new(),
            chunk: Vec::new(),
            over: false,
        }
    }

    /// The next sentence, or `None` at the end of the stream.
    ///
    /// # Errors
    /// [`ReadError`] if reading fails or the stream is not UTF-8.
    pub fn next_sentence(&mut self) -> Result<Option<Sentence<'_>>, ReadError> {
        let span = loop {
            let found = self.splitter.split_from(&self.text, self.at).next();
            if self.over {
                match found {
                    Some(span) => break span,
                    None => return Ok(None),
                }
            }
            match found {
                Some(span) if self.is_sure(span) => break span,
                Some(span) if span.len() > LONGEST => break self.cut(span),
                // White space alone is passed over, and need not be held.
                None => self.at = self.text.len(),
                Some(_) => {}
            }
            self.fill()?;
        };
        self.at = span.end;
        let (start, end) = (self.base + span.start as u64, self.base + span.end as u64);
        Ok(Some(Sentence { start, end, text: span.of(&self.text) }))
    }

    /// Whether what is held after the sentence is enough to be sure of its end.
    fn is_sure(&self, span: Span) -> bool {
        let after = &self.text[span.end..];
        after.len() > MARGIN && after.trim_start().len() > MARGIN && span.len() <= LONGEST
    }

    /// The first part of a sentence that is too long, up to white space if there is any.
    fn cut(&self, span: Span) -> Span {
        let mut end = span.start + LONGEST;
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let part = &self.text[span.start..end];
        let white = part.rfind(char::is_whitespace).filter(|i| *i > 0).map_or(end, |i| span.start + i);
        Span::new(span.start, white).trimmed(&self.text)
    }

    /// Lets go of what is no longer needed and reads on.
    fn fill(&mut self) -> Result<(), ReadError> {
        let mut from = self.at.saturating_sub(MARGIN);
        while !self.text.is_char_boundary(from) {
            from -= 1;
        }
        self.text.drain(..from);
        self.base += from as u64;
        self.at -= from;
        // The more is held without an end, the more is read, so that a long sentence is not looked through too often.
        let size = CHUNK.max(self.text.len().min(LONGEST));
        self.chunk.clear();
        self.chunk.append(&mut self.rest);
        let begun = self.chunk.len();
        self.reader.by_ref().take(size as u64).read_to_end(&mut self.chunk)?;
        self.over = self.chunk.len() == begun;
        match std::str::from_utf8(&self.chunk) {
            Ok(text) => self.text.push_str(text),
            Err(error) => {
                let good = error.valid_up_to();
                if error.error_len().is_some() || self.over {
                    return Err(ReadError::NotUtf8 { offset: self.base + (self.text.len() + good) as u64 });
                }
                self.text.push_str(std::str::from_utf8(&self.chunk[..good]).unwrap_or_default());
                self.rest.extend_from_slice(&self.chunk[good..]);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language;

    fn read(bytes: &[u8]) -> Result<Vec<(u64, u64)>, ReadError> {
        let mut reader = SplitReader::new(bytes, Splitter::new(Language::German));
        let mut spans = Vec::new();
        while let Some(sentence) = reader.next_sentence()? {
            assert_eq!(sentence.text.len() as u64, sentence.end - sentence.start);
            spans.push((sentence.start, sentence.end));
        }
        Ok(spans)
    }

    #[test]
    fn a_stream_gives_the_sentences_of_the_whole_text() {
        let text =
            "Am 3. Mai kam Dr. Kühn.\nEr blieb „bis zum Abend“. Dann:\n\nEin Absatz, usw. Der Rest … \n"
                .repeat(20_000);
        let whole: Vec<_> =
            Splitter::new(Language::German).split(&text).map(|s| (s.start as u64, s.end as u64)).collect();
        assert_eq!(read(text.as_bytes()).unwrap(), whole);
    }

    #[test]
    fn a_text_without_an_end_is_cut_and_not_held() {
        let text = "wort ".repeat(1_000_000);
        let spans = read(text.as_bytes()).unwrap();
        assert!(spans.len() > 3 && spans.iter().all(|(start, end)| (end - start) as usize <= LONGEST));
        let text = "x".repeat(3 * LONGEST);
        assert_eq!(read(text.as_bytes()).unwrap().iter().map(|(s, e)| e - s).sum::<u64>(), text.len() as u64);
        assert!(read(" ".repeat(3 * LONGEST).as_bytes()).unwrap().is_empty());
    }

    #[test]
    fn the_first_wrong_byte_is_named() {
        let mut bytes = "Grüße. ".repeat(100_000).into_bytes();
        let at = bytes.len();
        bytes.extend_from_slice(b"\xff und weiter");
        assert!(matches!(read(&bytes), Err(ReadError::NotUtf8 { offset }) if offset == at as u64));
        assert!(matches!(read(b"Gr\xc3"), Err(ReadError::NotUtf8 { offset: 2 })));
    }
}
