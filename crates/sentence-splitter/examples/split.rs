//! Splits standard input into sentences, for measuring: `split --lang de|vi [--plain|--time|--stream]`; prints a JSON line with byte
//! offsets for each, or (`--plain`) its text.
#![allow(clippy::print_stdout)] // an example is for printing

use satzpaar_sentence_splitter::{Language, SplitReader, Splitter};
use std::io::{Read, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let language: Language = arguments.get(2).map_or("de", String::as_str).parse()?;
    if arguments.iter().any(|a| a == "--stream") {
        let mut sentences = SplitReader::new(std::io::stdin().lock(), Splitter::new(language));
        let mut count = 0_u64;
        while sentences.next_sentence()?.is_some() {
            count += 1;
        }
        println!("{count} sentences");
        return Ok(());
    }
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    if arguments.iter().any(|a| a == "--time") {
        let begun = std::time::Instant::now();
        let count = Splitter::new(language).split(&text).count();
        let speed = text.len() as f64 / 1e6 / begun.elapsed().as_secs_f64();
        writeln!(out, "{count} sentences, {speed:.0} MB/s")?;
        return Ok(());
    }
    for span in Splitter::new(language).split(&text) {
        if arguments.iter().any(|a| a == "--plain") {
            writeln!(out, "{}", span.of(&text).replace('\n', " ⏎ "))?;
        } else {
            writeln!(out, "{{\"start\":{},\"end\":{}}}", span.start, span.end)?;
        }
    }
    Ok(())
}
