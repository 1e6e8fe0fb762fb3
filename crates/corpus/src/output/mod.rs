//! Writing aligned pairs: one file a format, over any [`std::io::Write`].

mod file;
mod jsonl;
mod ladder;
mod moses;
mod tmx;
mod tsv;
mod xces;

use std::fmt;
use std::io::{self, Write};
use std::str::FromStr;

pub use file::OutputFile;
pub use jsonl::JsonlWriter;
pub use ladder::write_ladder_line;
pub use moses::MosesWriter;
pub use tmx::TmxWriter;
pub use tsv::{COLUMNS, PairReader, TsvWriter, read_pairs};
pub use xces::XcesWriter;

use crate::pair::Pair;

/// The formats of pairs that go into one file. (Moses goes into two: [`MosesWriter`]; a ladder holds no text:
/// [`write_ladder_line`].)
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// pairs.tsv.
    Tsv,
    /// A JSON object a pair, with the fields of pairs.tsv.
    Jsonl,
    /// Translation Memory eXchange 1.4.
    Tmx,
    /// Links between byte spans, as XCES `linkGrp`.
    Xces,
}

impl Format {
    /// The name on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Tsv => "tsv",
            Self::Jsonl => "jsonl",
            Self::Tmx => "tmx",
            Self::Xces => "xces",
        }
    }

    /// A writer of this format; it writes its head at once.
    ///
    /// # Errors
    /// What `out` says.
    pub fn writer<'a, W: Write + 'a>(self, out: W) -> io::Result<Box<dyn WritePairs + 'a>> {
        Ok(match self {
            Self::Tsv => Box::new(TsvWriter::new(out)?),
            Self::Jsonl => Box::new(JsonlWriter::new(out)),
            Self::Tmx => Box::new(TmxWriter::new(out)?),
            Self::Xces => Box::new(XcesWriter::new(out)?),
        })
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        [Self::Tsv, Self::Jsonl, Self::Tmx, Self::Xces]
            .into_iter()
            .find(|format| format.as_str() == name)
            .ok_or_else(|| format!("unknown format '{name}': one of tsv, jsonl, tmx, xces"))
    }
}

/// What every writer of pairs does. Rows are written in the order given; pairs.tsv asks for that of `de_doc`,
/// `de_start`, `vi_start`.
pub trait WritePairs {
    /// Writes one pair.
    ///
    /// # Errors
    /// What the output says.
    fn write(&mut self, pair: &Pair) -> io::Result<()>;

    /// Writes what closes the file, and flushes. A file that is not finished may be cut off.
    ///
    /// # Errors
    /// What the output says.
    fn finish(self: Box<Self>) -> io::Result<()>;
}

/// A score with four decimals; what rounds to zero has no sign.
pub(crate) fn four_decimals(score: f64) -> String {
    let text = format!("{score:.4}");
    if text == "-0.0000" { "0.0000".to_owned() } else { text }
}

/// One line of text: tabs and ends of line become a space each.
pub(crate) fn one_line(text: &str) -> std::borrow::Cow<'_, str> {
    if text.contains(['\t', '\n', '\r']) { text.replace(['\t', '\n', '\r'], " ").into() } else { text.into() }
}

/// Text that XML 1.0 can hold: characters that it forbids become a space.
pub(crate) fn xml_text(text: &str) -> std::borrow::Cow<'_, str> {
    let forbidden = |c: char| matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}');
    if text.contains(forbidden) { text.replace(forbidden, " ").into() } else { text.into() }
}

#[cfg(test)]
pub(crate) mod samples {
    use satzpaar_language::Span;

    use crate::pair::{Pair, PairKind};

    /// Two pairs whose texts hold everything that a format may stumble over.
    pub(crate) fn pairs() -> Vec<Pair> {
        let first = Pair {
            de_doc: "a/b".to_owned(),
            vi_doc: "x".to_owned(),
            doc_score: 0.98765,
            de: Span::new(3, 40),
            vi: Span::new(0, 31),
            bead: (2, 1),
            score: 0.5,
            kind: PairKind::Parallel,
            de_text: "Er rief: \"Tor!\"\tund\r\nlief & sprang < 3 m.".to_owned(),
            vi_text: "Anh ấy hô: 'Vào!' rồi \u{1}chạy.".to_owned(),
        };
        let second = Pair {
            vi_doc: "y".to_owned(),
            bead: (1, 1),
            score: 1.0,
            kind: PairKind::Comparable,
            de_text: "\"Ja\", sagte sie.".to_owned(),
            vi_text: "\"Vâng\", cô nói.".to_owned(),
            ..first.clone()
        };
        vec![first, second]
    }

    /// What a writer makes of the samples.
    pub(crate) fn written(format: super::Format) -> String {
        let mut out = Vec::new();
        let mut writer = format.writer(&mut out).unwrap();
        for pair in pairs() {
            writer.write(&pair).unwrap();
        }
        writer.finish().unwrap();
        String::from_utf8(out).unwrap()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_have_four_decimals_and_no_minus_zero() {
        assert_eq!(four_decimals(0.97308), "0.9731");
        assert_eq!(four_decimals(-0.000_01), "0.0000");
        assert_eq!(four_decimals(1.0), "1.0000");
    }

    #[test]
    fn formats_are_read_back() {
        for format in [Format::Tsv, Format::Jsonl, Format::Tmx, Format::Xces] {
            assert_eq!(format.to_string().parse(), Ok(format));
        }
        assert!("csv".parse::<Format>().is_err());
    }

    #[test]
    fn a_full_disk_is_told() {
        struct Full;
        impl Write for Full {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::StorageFull.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        for format in [Format::Tsv, Format::Jsonl, Format::Tmx, Format::Xces] {
            let result = format.writer(Full).and_then(|mut writer| {
                for pair in samples::pairs() {
                    writer.write(&pair)?;
                }
                writer.finish()
            });
            assert_eq!(result.unwrap_err().kind(), io::ErrorKind::StorageFull, "{format}");
        }
    }
}
