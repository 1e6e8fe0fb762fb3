//! `satzpaar split` and `satzpaar tokenize`.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;

use anyhow::{Context, Result};
use satzpaar_corpus::{CorpusError, OutputFile};
use satzpaar_language::Language;
use satzpaar_sentence_splitter::{LineBreaks, SplitReader, Splitter};
use satzpaar_tokenizer::{Tokenizer, WordSegmenter};
use serde::Serialize;

use super::write;
use crate::args::{LinesArg, SplitArgs, TextFormat, TokenizeArgs};
use crate::status::Status;

/// A line of more bytes is tokenized in parts, so that a file without line breaks need not be held.
const LONGEST: usize = 1 << 20;

/// A span of the input as a JSON line.
#[derive(Serialize)]
struct Row<'t> {
    start: u64,
    end: u64,
    text: &'t str,
}

fn open(path: &Path) -> Result<Box<dyn Read>> {
    if path.as_os_str() == "-" {
        return Ok(Box::new(io::stdin()));
    }
    if path.symlink_metadata().is_err() {
        return Err(CorpusError::Missing(path.to_owned()).into());
    }
    let file = File::open(path).map_err(|error| CorpusError::read(path.display().to_string(), error))?;
    if file.metadata().is_ok_and(|m| m.is_dir()) {
        anyhow::bail!("{}: is a folder: a text file is wanted", path.display());
    }
    Ok(Box::new(file))
}

fn name(path: &Path) -> String {
    if path.as_os_str() == "-" { "standard input".to_owned() } else { path.display().to_string() }
}

/// Puts the next line into `line`, with its line break; of a line of more than [`LONGEST`] bytes the next part, cut after the
/// end of a sentence or at white space. What was read beyond the cut waits in `rest`.
fn next_line(reader: &mut impl BufRead, line: &mut Vec<u8>, rest: &mut Vec<u8>) -> io::Result<()> {
    line.clear();
    line.append(rest);
    let room = LONGEST.saturating_sub(line.len()) as u64;
    reader.take(room).read_until(b'\n', line)?;
    if line.len() < LONGEST || line.ends_with(b"\n") {
        return Ok(());
    }
    let sentence = line.windows(2).rposition(|pair| pair == b". ").map(|at| at + 2);
    let white = || line.iter().rposition(u8::is_ascii_whitespace).map(|at| at + 1);
    // Without either, between characters: the bytes 10xxxxxx go on one.
    let between = || (line.len() - 3..line.len()).rfind(|at| line[*at] & 0b1100_0000 != 0b1000_0000);
    let cut = sentence.or_else(white).or_else(between).unwrap_or(line.len());
    rest.extend_from_slice(&line[cut..]);
    line.truncate(cut);
    Ok(())
}

fn write_row(out: &mut OutputFile, row: &Row) -> io::Result<()> {
    serde_json::to_writer(&mut *out, row).map_err(io::Error::from)?;
    out.write_all(b"\n")
}

pub(super) fn split(args: &SplitArgs) -> Result<Status> {
    let lines = match args.lines {
        LinesArg::Auto => LineBreaks::Auto,
        LinesArg::Always => LineBreaks::Always,
        LinesArg::Never => LineBreaks::Never,
    };
    let splitter = Splitter::new(args.lang.into()).with_lines(lines);
    let mut reader = SplitReader::new(open(&args.file)?, splitter);
    let mut out = OutputFile::create(&args.output)?;
    let mut line = String::new();
    while let Some(sentence) = reader.next_sentence().with_context(|| name(&args.file))? {
        write(&mut out, |out| {
            if args.format == TextFormat::Jsonl {
                return write_row(
                    out,
                    &Row { start: sentence.start, end: sentence.end, text: sentence.text },
                );
            }
            line.clear();
            for word in sentence.text.split_whitespace() {
                if !line.is_empty() {
                    line.push(' ');
                }
                line.push_str(word);
            }
            writeln!(out, "{line}")
        })?;
    }
    out.commit()?;
    Ok(Status::Done)
}

pub(super) fn tokenize(args: &TokenizeArgs) -> Result<Status> {
    let language: Language = args.lang.into();
    let tokenizer = Tokenizer::new(language);
    let mut segmenter = WordSegmenter::new();
    let mut reader = BufReader::new(open(&args.file)?);
    let mut out = OutputFile::create(&args.output)?;
    let (mut line, mut rest) = (Vec::new(), Vec::new());
    let (mut tokens, mut words) = (Vec::new(), Vec::new());
    let mut offset = 0_u64;
    let mut begun = false;
    loop {
        next_line(&mut reader, &mut line, &mut rest).with_context(|| name(&args.file))?;
        if line.is_empty() {
            break;
        }
        let text = std::str::from_utf8(&line).map_err(|error| {
            let at = offset + error.valid_up_to() as u64;
            anyhow::anyhow!("{}: not UTF-8 at byte {at}: convert the text to UTF-8 first", name(&args.file))
        })?;
        tokenizer.tokenize(text, &mut tokens);
        let found = if language == Language::Vietnamese {
            segmenter.segment(text, &tokens, &mut words);
            &words
        } else {
            &tokens
        };
        write(&mut out, |out| {
            if args.format == TextFormat::Jsonl {
                return found.iter().try_for_each(|token| {
                    let (start, end) = (offset + token.span.start as u64, offset + token.span.end as u64);
                    write_row(out, &Row { start, end, text: token.surface(text) })
                });
            }
            for token in found {
                if begun {
                    out.write_all(b" ")?;
                }
                begun = true;
                for (k, syllable) in token.surface(text).split_whitespace().enumerate() {
                    if k > 0 {
                        out.write_all(b"_")?;
                    }
                    out.write_all(syllable.as_bytes())?;
                }
            }
            if line.ends_with(b"\n") {
                begun = false;
                out.write_all(b"\n")?;
            }
            Ok(())
        })?;
        offset += line.len() as u64;
    }
    if begun && args.format != TextFormat::Jsonl {
        write(&mut out, |out| out.write_all(b"\n"))?;
    }
    out.commit()?;
    Ok(Status::Done)
}
