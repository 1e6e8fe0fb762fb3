//! The source format of the lexicon: the `.tsv` files in `data/lexicon/`, and a user's own.
//!
//! A line is `german<TAB>vietnamese; vietnamese; …<TAB>part of speech<TAB>frequency class`, the last two optional. Lines that begin
//! with `#` are comments; a header line `german<TAB>vietnamese…` is passed over.

use std::fmt;

/// What kind of word an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum PartOfSpeech {
    /// A common noun.
    Noun,
    /// A verb, in the infinitive, its particle joined.
    Verb,
    /// An adjective.
    Adjective,
    /// An adverb.
    Adverb,
    /// A preposition.
    Preposition,
    /// A conjunction.
    Conjunction,
    /// A pronoun.
    Pronoun,
    /// An article or another determiner.
    Determiner,
    /// A numeral.
    Numeral,
    /// A particle.
    Particle,
    /// An interjection.
    Interjection,
    /// A set phrase of several words.
    Phrase,
    /// A name: of a place, a state, an organisation, a work.
    Name,
    /// An abbreviation.
    Abbreviation,
}

impl PartOfSpeech {
    /// All of them, in the order of their numbers.
    pub const ALL: [Self; 14] = [
        Self::Noun,
        Self::Verb,
        Self::Adjective,
        Self::Adverb,
        Self::Preposition,
        Self::Conjunction,
        Self::Pronoun,
        Self::Determiner,
        Self::Numeral,
        Self::Particle,
        Self::Interjection,
        Self::Phrase,
        Self::Name,
        Self::Abbreviation,
    ];

    /// The tag that stands for it in the source files.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Noun => "noun",
            Self::Verb => "verb",
            Self::Adjective => "adj",
            Self::Adverb => "adv",
            Self::Preposition => "prep",
            Self::Conjunction => "conj",
            Self::Pronoun => "pron",
            Self::Determiner => "det",
            Self::Numeral => "num",
            Self::Particle => "part",
            Self::Interjection => "intj",
            Self::Phrase => "phrase",
            Self::Name => "name",
            Self::Abbreviation => "abbr",
        }
    }

    /// The part of speech with this tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|pos| pos.tag() == tag)
    }

    /// Whether words of this kind carry grammar more than meaning.
    pub const fn is_function(self) -> bool {
        matches!(
            self,
            Self::Preposition | Self::Conjunction | Self::Pronoun | Self::Determiner | Self::Particle
        )
    }
}

/// The class of a word of which no frequency is known: about once in eighty million words.
pub const RARE: u8 = 18;

/// One entry of a lexicon: a German headword and its Vietnamese equivalents, the most usual first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<'t> {
    /// The German word in dictionary form.
    pub german: &'t str,
    /// Its equivalents, at least one.
    pub vietnamese: Vec<&'t str>,
    /// What kind of word it is; a noun where a user's lexicon does not say.
    pub pos: PartOfSpeech,
    /// Frequency class (*Häufigkeitsklasse*): the most frequent German word is about 2^class times as frequent.
    pub class: u8,
}

/// What is wrong with a line of a lexicon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceError {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong, and what would be right.
    pub message: String,
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for SourceError {}

/// Reads one line (`number` counts from 1, for errors). Gives `None` for comments, blank lines and the header.
///
/// # Errors
/// A line with fewer than two or more than four columns, an empty column, an unknown part of speech, or a class that is no number from
/// 0 to 30.
pub fn read_entry(line: &str, number: usize) -> Result<Option<Entry<'_>>, SourceError> {
    let line = line.strip_suffix('\r').unwrap_or(line);
    if line.trim().is_empty() || line.starts_with('#') {
        return Ok(None);
    }
    let error = |message: String| Err(SourceError { line: number, message });
    let mut columns = line.split('\t');
    let (Some(german), Some(vietnamese)) = (columns.next(), columns.next()) else {
        return error("want 'german<TAB>vietnamese', found one column: part the columns by a tab".to_owned());
    };
    let german = german.trim();
    if german == "german" && vietnamese == "vietnamese" {
        return Ok(None);
    }
    let (pos, class) = (columns.next().unwrap_or_default(), columns.next().unwrap_or_default());
    if let Some(more) = columns.next() {
        return error(format!("want four columns at most, found a fifth: '{more}'"));
    }
    let vietnamese: Vec<&str> = vietnamese.split(';').map(str::trim).filter(|v| !v.is_empty()).collect();
    if german.is_empty() || vietnamese.is_empty() {
        return error("a German word and at least one Vietnamese word are wanted, one is empty".to_owned());
    }
    let pos = match pos.trim() {
        "" => PartOfSpeech::Noun,
        tag => {
            let Some(pos) = PartOfSpeech::from_tag(tag) else {
                let tags = PartOfSpeech::ALL.map(PartOfSpeech::tag).join(" ");
                return error(format!("unknown part of speech '{tag}': use one of {tags}"));
            };
            pos
        }
    };
    let class = match class.trim() {
        "" => RARE,
        digits => match digits.parse::<u8>() {
            Ok(class) if class <= 30 => class,
            _ => return error(format!("frequency class '{digits}' is no number from 0 to 30")),
        },
    };
    Ok(Some(Entry { german, vietnamese, pos, class }))
}

/// Reads all entries of a source text; the first error ends it.
///
/// # Errors
/// As [`read_entry`].
pub fn read_entries(text: &str) -> Result<Vec<Entry<'_>>, SourceError> {
    text.strip_prefix('\u{feff}')
        .unwrap_or(text)
        .lines()
        .enumerate()
        .filter_map(|(i, line)| read_entry(line, i + 1).transpose())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_line_and_a_short_one() {
        let full = read_entry("Abkommen\thiệp định; thỏa thuận\tnoun\t12", 1).unwrap().unwrap();
        assert_eq!(full.vietnamese, ["hiệp định", "thỏa thuận"]);
        assert_eq!((full.pos, full.class), (PartOfSpeech::Noun, 12));
        let short = read_entry("gehen\tđi", 1).unwrap().unwrap();
        assert_eq!((short.pos, short.class), (PartOfSpeech::Noun, RARE));
    }

    #[test]
    fn comments_blank_lines_and_the_header_are_no_entries() {
        for line in ["# title: x", "", "   ", "german\tvietnamese\tpos\tclass"] {
            assert_eq!(read_entry(line, 1), Ok(None));
        }
    }

    #[test]
    fn errors_name_the_line_and_the_remedy() {
        for (line, part) in [
            ("Abkommen", "tab"),
            ("Abkommen\t ; \tnoun", "empty"),
            ("Abkommen\thiệp định\tn", "noun verb"),
            ("Abkommen\thiệp định\tnoun\tfrequent", "0 to 30"),
            ("a\tb\tnoun\t1\tx", "fifth"),
        ] {
            let error = read_entry(line, 7).unwrap_err();
            assert_eq!(error.line, 7);
            assert!(error.to_string().contains(part), "{error}");
        }
    }
}
