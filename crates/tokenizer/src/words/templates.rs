//! The kinds of features that the model of Vietnamese words looks at; [`features`](super::features) says what they are of.

/// Kinds of features. Those of single syllables come first ([`Template::is_lexical`]): their value is the syllable's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Template {
    First,
    Second,
    BeforeCapital,
    BesideNumber,
    Alone,
    Shapes,
    ShapesAround,
    BeforeNames,
    NameListed,
    ListedAsName,
    NameAlone,
    Surname,
    OddsNext,
    OddsBefore,
    OddsBoth,
    Pair,
    Written,
    WrittenListed,
    PairListed,
    Rivals,
    Twice,
    ListedNext,
    ListedBefore,
    ListedBoth,
    Fan,
    FanNext,
    FanBefore,
    Free,
    Inside,
    Sounds,
    PosPair,
    Class,
    ClassPair,
    AloneCount,
    AloneListed,
    NameLength,
    NameEdge,
    NameWord,
    NewSurname,
    WordShapes,
    WordListed,
    WordCount,
    WordWritten,
    WordWrittenListed,
    ListedCount,
    UnseenListed,
    Phrase,
    Holds,
    HoldsLong,
    Halves,
    Refrain,
    Prefixed,
    Family,
    FamilyShapes,
}

impl Template {
    pub(crate) const LEXICAL: usize = 5;
    /// All, with their names in the file of weights and how many values each has (0: as many as there are syllables).
    pub(crate) const ALL: [(Self, &'static str, u32); 54] = [
        (Self::First, "first", 0),
        (Self::Second, "second", 0),
        (Self::BeforeCapital, "before-capital", 0),
        (Self::BesideNumber, "beside-number", 0),
        (Self::Alone, "alone", 0),
        (Self::Shapes, "shapes", 81),
        (Self::ShapesAround, "shapes-around", 6561),
        (Self::BeforeNames, "before-names", 18),
        (Self::NameListed, "name-listed", 90),
        (Self::ListedAsName, "listed-as-name", 11),
        (Self::NameAlone, "name-alone", 18),
        (Self::Surname, "surname", 36),
        (Self::OddsNext, "odds-next", 32),
        (Self::OddsBefore, "odds-before", 32),
        (Self::OddsBoth, "odds-both", 17),
        (Self::Pair, "pair", 16),
        (Self::Written, "written", 64),
        (Self::WrittenListed, "written-listed", 160),
        (Self::PairListed, "pair-listed", 10),
        (Self::Rivals, "rivals", 360),
        (Self::Twice, "twice", 11),
        (Self::ListedNext, "listed-next", 320),
        (Self::ListedBefore, "listed-before", 320),
        (Self::ListedBoth, "listed-both", 17),
        (Self::Fan, "fan", 128),
        (Self::FanNext, "fan-next", 80),
        (Self::FanBefore, "fan-before", 80),
        (Self::Free, "free", 160),
        (Self::Inside, "inside", 40),
        (Self::Sounds, "sounds", 64),
        (Self::PosPair, "pos-pair", 640),
        (Self::Class, "class", 180),
        (Self::ClassPair, "class-pair", 162),
        (Self::AloneCount, "alone-count", 8),
        (Self::AloneListed, "alone-listed", 2),
        (Self::NameLength, "name-length", 9),
        (Self::NameEdge, "name-edge", 2),
        (Self::NameWord, "name-word", 60),
        (Self::NewSurname, "new-surname", 8),
        (Self::WordShapes, "word-shapes", 1458),
        (Self::WordListed, "word-listed", 90),
        (Self::WordCount, "word-count", 20),
        (Self::WordWritten, "word-written", 40),
        (Self::WordWrittenListed, "word-written-listed", 80),
        (Self::ListedCount, "listed-count", 30),
        (Self::UnseenListed, "unseen-listed", 90),
        (Self::Phrase, "phrase", 4),
        (Self::Holds, "holds", 1120),
        (Self::HoldsLong, "holds-long", 144),
        (Self::Halves, "halves", 160),
        (Self::Refrain, "refrain", 8),
        (Self::Prefixed, "prefixed", 10),
        (Self::Family, "family", 10),
        (Self::FamilyShapes, "family-shapes", 6561),
    ];

    /// Whether its values are numbers of syllables.
    pub(crate) fn is_lexical(self) -> bool {
        (self as usize) < Self::LEXICAL
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_stand_in_the_order_of_their_numbers_those_of_syllables_first() {
        for (i, (template, _, values)) in Template::ALL.into_iter().enumerate() {
            assert_eq!((template as usize, template.is_lexical()), (i, values == 0));
        }
    }
}
