//! Facts of German and Vietnamese that every room needs: the two languages themselves, spans of text, and (compiled from
//! `data/` by the build script) the words of both languages. No algorithm lives here, only facts and their look-up.

pub mod fold;
pub mod source;
mod span;
mod steps;
mod words;

pub use source::PartOfSpeech;
pub use span::{ShortSpan, Span};
pub use words::{Equivalent, Headword, Headwords, Words, words};

use std::fmt;
use std::str::FromStr;

/// One of the two languages that satzpaar knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    /// German (ISO 639-1 `de`), in German, Austrian or Swiss spelling.
    German,
    /// Vietnamese (ISO 639-1 `vi`), in the national alphabet (quốc ngữ).
    Vietnamese,
}

impl Language {
    /// The ISO 639-1 code: `de` or `vi`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::German => "de",
            Self::Vietnamese => "vi",
        }
    }

    /// The English name, for messages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::German => "German",
            Self::Vietnamese => "Vietnamese",
        }
    }

    /// The other one of the two.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::German => Self::Vietnamese,
            Self::Vietnamese => Self::German,
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The error of [`Language::from_str`]: a code that is neither `de` nor `vi`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownLanguage(pub String);

impl fmt::Display for UnknownLanguage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown language '{}': satzpaar knows 'de' and 'vi'", self.0)
    }
}

impl std::error::Error for UnknownLanguage {}

impl FromStr for Language {
    type Err = UnknownLanguage;

    /// Reads an ISO 639 code (`de`, `deu`, `ger`, `vi`, `vie`), also with a region (`de-AT`, `vi_VN`).
    fn from_str(code: &str) -> Result<Self, Self::Err> {
        match code.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "de" | "deu" | "ger" => Ok(Self::German),
            "vi" | "vie" => Ok(Self::Vietnamese),
            _ => Err(UnknownLanguage(code.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_back() {
        for language in [Language::German, Language::Vietnamese] {
            assert_eq!(language.code().parse(), Ok(language));
        }
        assert_eq!("de-AT".parse(), Ok(Language::German));
        assert_eq!("vi_VN".parse(), Ok(Language::Vietnamese));
        assert!("english".parse::<Language>().is_err());
    }
}
