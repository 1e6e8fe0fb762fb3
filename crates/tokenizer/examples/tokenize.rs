//! Tokens of standard input, for measuring: `tokenize --lang de|vi [--syllables] [--plain|--time]`; prints a JSON line with
//! byte offsets for each token (Vietnamese: word).
#![allow(clippy::print_stdout)] // an example is for printing

use satzpaar_tokenizer::{Language, Tokenizer, WordSegmenter};
use std::io::{Read, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let language: Language = arguments.get(2).map_or("de", String::as_str).parse()?;
    let has = |flag: &str| arguments.iter().any(|a| a == flag);
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let tokenizer = Tokenizer::new(language);
    let mut segmenter = WordSegmenter::new();
    let (mut tokens, mut words) = (Vec::new(), Vec::new());
    let begun = std::time::Instant::now();
    let mut count = 0;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        tokenizer.tokenize(line, &mut tokens);
        if language == Language::Vietnamese && !has("--syllables") {
            segmenter.segment(line, &tokens, &mut words);
            std::mem::swap(&mut tokens, &mut words);
        }
        count += tokens.len();
        if has("--plain") {
            for token in &tokens {
                write!(out, "{} ", token.surface(line).replace(' ', "_"))?;
            }
            writeln!(out)?;
        } else if !has("--time") {
            for token in &tokens {
                writeln!(
                    out,
                    "{{\"start\":{},\"end\":{}}}",
                    start + token.span.start,
                    start + token.span.end
                )?;
            }
        }
        start += line.len();
    }
    if has("--time") {
        writeln!(out, "{count} tokens, {:.0} MB/s", text.len() as f64 / 1e6 / begun.elapsed().as_secs_f64())?;
    }
    Ok(())
}
