//! The Moses format: two files with a sentence a line, line i of one translates line i of the other.

use std::io::{self, Write};

use crate::output::WritePairs;
use crate::pair::Pair;

/// Writes pairs as two files, conventionally `PREFIX.de` and `PREFIX.vi`.
#[derive(Debug)]
pub struct MosesWriter<D: Write, V: Write> {
    de: D,
    vi: V,
}

impl<D: Write, V: Write> MosesWriter<D, V> {
    /// A writer of both sides.
    pub const fn new(de: D, vi: V) -> Self {
        Self { de, vi }
    }
}

impl<D: Write, V: Write> WritePairs for MosesWriter<D, V> {
    fn write(&mut self, pair: &Pair) -> io::Result<()> {
        writeln!(self.de, "{}", strictly_one_line(&pair.de_text))?;
        writeln!(self.vi, "{}", strictly_one_line(&pair.vi_text))
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.de.flush()?;
        self.vi.flush()
    }
}

/// Line numbers are all that holds the two files together, so everything that some reader takes for an end of line goes.
fn strictly_one_line(text: &str) -> String {
    let ends =
        |c: char| matches!(c, '\n'..='\r' | '\t' | '\u{1C}'..='\u{1E}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    text.replace(ends, " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::samples;

    #[test]
    fn both_files_have_a_line_a_pair() {
        let (mut de, mut vi) = (Vec::new(), Vec::new());
        let mut writer = Box::new(MosesWriter::new(&mut de, &mut vi));
        for mut pair in samples::pairs() {
            pair.de_text.push_str("\u{2028}ja\u{85}");
            writer.write(&pair).unwrap();
        }
        WritePairs::finish(writer).unwrap();
        let (de, vi) = (String::from_utf8(de).unwrap(), String::from_utf8(vi).unwrap());
        assert_eq!(de, "Er rief: \"Tor!\" und  lief & sprang < 3 m. ja \n\"Ja\", sagte sie. ja \n");
        assert_eq!(vi.lines().count(), 2);
    }
}
