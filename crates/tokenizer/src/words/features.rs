//! What the model of Vietnamese words looks at: features of a gap between two syllables that is joined, and of a word.
//!
//! This file is compiled three times, that all count the same: into the crate, into its build script, which writes what is
//! known of syllables and words into tables, and into `examples/estimate_words.rs`, which learns the weights.
//! A feature is a template and a value; see [`Template`]. After: Nguyen, Roussanaly, Vinh, "A hybrid approach to word
//! segmentation of Vietnamese texts" (2008), and Sarawagi and Cohen, "Semi-Markov conditional random fields" (2004).

/// Longest word, in syllables, that is no name.
pub(crate) const LONGEST: usize = 6;
/// Longest name, in syllables.
pub(crate) const LONGEST_NAME: usize = 8;

/// How a syllable is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Shape {
    /// In lower case.
    Lower,
    /// With a capital inside the sentence.
    Capital,
    /// With a capital at the start of a sentence or quotation.
    First,
    /// In capitals.
    Upper,
    /// With a hyphen or stop, and a capital.
    MarkedCapital,
    /// With a hyphen or stop.
    Marked,
    /// A number.
    Number,
    /// Letters with digits.
    Digits,
}

/// Number of shapes, and one for none.
const SHAPES: u32 = 9;
const NO_SHAPE: u32 = 8;

/// What is known of a syllable, packed into 64 bits: flags, how often it stood alone and joined, what the lists do with it, and
/// its sounds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct SyllableRecord(pub u64);

/// What [`SyllableRecord`] holds, before it is packed.
#[allow(dead_code)] // made by the build script and the example
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct SyllableFacts {
    pub flags: u64,
    /// How often it is a word.
    pub alone: u32,
    /// How often it is the last of its word, and how often not; the first, and not.
    pub next: [u32; 2],
    pub before: [u32; 2],
    /// The same, where it makes a listed word with its neighbour.
    pub listed_next: [u32; 2],
    pub listed_before: [u32; 2],
    /// How many listed words it begins, and how many it ends.
    pub begins: u32,
    pub ends: u32,
    /// How many German words it translates.
    pub free: u32,
    /// Numbers of its onset and rhyme, from 1.
    pub onset: u32,
    pub rhyme: u32,
    /// What kind of German word it translates, 0 to 7.
    pub pos: u32,
    /// Its class in `syllable-classes.tsv`, 0 for none, to 8.
    pub class: u32,
}

impl SyllableRecord {
    pub(crate) const LISTED: u64 = 1;
    pub(crate) const BEFORE_NAMES: u64 = 2;
    pub(crate) const SURNAME: u64 = 4;
    /// văn, thị
    pub(crate) const MIDDLE_NAME: u64 = 8;
    /// phó, siêu, bất
    pub(crate) const PREFIX: u64 = 16;

    pub(crate) fn new(facts: SyllableFacts) -> Self {
        let fields = [
            (bucket(facts.alone), 8),
            (odds(facts.next), 11),
            (odds(facts.before), 16),
            (odds(facts.listed_next), 21),
            (odds(facts.listed_before), 26),
            (fan(facts.begins), 31),
            (fan(facts.ends), 34),
            (free(facts.free), 37),
            (facts.onset.min(31), 39),
            (facts.rhyme.min(255), 44),
            (facts.pos & 7, 52),
            (facts.class & 15, 55),
        ];
        Self(fields.iter().fold(facts.flags, |bits, (value, at)| bits | u64::from(*value) << at))
    }
    fn has(self, flag: u64) -> u32 {
        u32::from(self.0 & flag != 0)
    }
    fn field(self, at: u32, mask: u32) -> u32 {
        (self.0 >> at) as u32 & mask
    }
    fn alone(self) -> u32 {
        self.field(8, 7)
    }
    /// Whether joined with the next one, as [`odds`].
    fn next(self) -> u32 {
        self.field(11, 31)
    }
    /// Whether joined with the one before.
    fn before(self) -> u32 {
        self.field(16, 31)
    }
    fn listed_next(self) -> u32 {
        self.field(21, 31)
    }
    fn listed_before(self) -> u32 {
        self.field(26, 31)
    }
    fn begins(self) -> u32 {
        self.field(31, 7)
    }
    fn ends(self) -> u32 {
        self.field(34, 7)
    }
    fn free(self) -> u32 {
        self.field(37, 3)
    }
    fn onset(self) -> u32 {
        self.field(39, 31)
    }
    fn rhyme(self) -> u32 {
        self.field(44, 255)
    }
    fn pos(self) -> u32 {
        self.field(52, 7)
    }
    fn class(self) -> u32 {
        self.field(55, 15)
    }
}

/// A number of words, coarsely.
fn fan(count: u32) -> u32 {
    match count {
        0 => 0,
        1..=2 => 1,
        3..=5 => 2,
        6..=10 => 3,
        11..=20 => 4,
        21..=40 => 5,
        41..=80 => 6,
        _ => 7,
    }
}

fn free(count: u32) -> u32 {
    match count {
        0 => 0,
        1..=2 => 1,
        3..=8 => 2,
        _ => 3,
    }
}

/// What is known of two or more syllables in a row as a word, packed into 32 bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct WordRecord(pub u32);

/// How a word is listed: a set of lists.
pub(crate) type Listed = u32;
pub(crate) const LEXICON: Listed = 1;
pub(crate) const COMPOUND: Listed = 2;
pub(crate) const DICTIONARY: Listed = 4;
/// Listed as no word; whatever else it is.
pub(crate) const PHRASE: Listed = 8;
/// Listed as a word though its syllables are words as well.
pub(crate) const WORD: Listed = 9;
/// Number of ways to be listed.
const LISTS: u32 = 10;

/// What [`WordRecord`] holds, before it is packed.
#[allow(dead_code)] // made by the build script and the example
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct WordFacts {
    pub listed: Listed,
    pub count: u32,
    /// How often the syllables, if two, stood side by side in two words.
    pub apart: u32,
    /// Of the part without the last syllable, of the part without the first, of the first two and of the last two, whether they
    /// are words ([`WordRecord::part`]).
    pub holds: [u32; 4],
    /// What kind of German word it translates, 0 to 7.
    pub pos: u32,
    /// How many German words it translates.
    pub rows: u32,
    /// How many longer listed words hold it.
    pub inside: u32,
    /// How much oftener its two syllables meet in the lists than by chance, 0 to 7.
    pub bond: u32,
}

impl WordRecord {
    #[allow(dead_code)] // as above
    pub(crate) fn new(facts: WordFacts) -> Self {
        let held = facts.holds.iter().rev().fold(0, |bits, h| bits << 2 | h);
        Self(
            facts.listed.min(9)
                | facts.count.min(7) << 4
                | facts.apart.min(3) << 7
                | held << 9
                | (facts.pos & 7) << 18
                | free(facts.rows) << 21
                | free(facts.inside) << 23
                | facts.bond.min(7) << 25,
        )
    }
    /// The same, listed with capitals.
    #[allow(dead_code)] // as above
    pub(crate) fn as_name(self) -> Self {
        Self(self.0 | 1 << 17)
    }
    fn is_name(self) -> bool {
        self.0 >> 17 & 1 > 0
    }
    /// How good a word it is within another: 0 none, 1 in the lexicon, 3 a compound or seen.
    #[allow(dead_code)] // as above
    pub(crate) fn part(self) -> u32 {
        match self.listed() {
            8 if self.count() == 0 => 1,
            WORD => 3,
            l if l & (COMPOUND | DICTIONARY) > 0 || self.count() > 0 => 3,
            0 => 0,
            _ => 1,
        }
    }
    fn listed(self) -> u32 {
        self.0 & 15
    }
    pub(crate) fn count(self) -> u32 {
        self.0 >> 4 & 7
    }
    fn apart(self) -> u32 {
        self.0 >> 7 & 3
    }
    fn holds(self, part: u32) -> u32 {
        self.0 >> (9 + 2 * part) & 3
    }
    fn pos(self) -> u32 {
        self.0 >> 18 & 7
    }
    fn rows(self) -> u32 {
        self.0 >> 21 & 3
    }
    fn inside(self) -> u32 {
        self.0 >> 23 & 3
    }
    fn bond(self) -> u32 {
        self.0 >> 25 & 7
    }
    /// Whether it is a word at all, rather than the beginning of one.
    pub(crate) fn is_word(self) -> bool {
        self.listed() > 0 || self.count() > 0
    }
    /// How good a word two neighbouring syllables would be, for the gap beside theirs.
    fn rival(self) -> u32 {
        u32::from(self.listed() > 0)
            + u32::from(self.part() == 3 && self.listed() > 0)
            + if self.count() > 0 { 2 } else { 0 }
    }
}

/// A count, coarsely.
fn bucket(count: u32) -> u32 {
    match count {
        0 | 1 => count,
        2..=3 => 2,
        4..=7 => 3,
        8..=15 => 4,
        16..=40 => 5,
        41..=100 => 6,
        _ => 7,
    }
}

/// Counts of apart and joined as the rounded logarithm of the odds, -4 to 4, plus four; and 16 where both are null.
fn odds([apart, joined]: [u32; 2]) -> u32 {
    let log = ((joined as f32 + 0.5) / (apart as f32 + 0.5)).ln().round().clamp(-4.0, 4.0) as i32;
    (log + 4) as u32 | if apart + joined == 0 { 16 } else { 0 }
}

/// A syllable of the run in hand.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Syllable {
    /// Its number, for templates of single syllables.
    pub id: u32,
    pub shape: Shape,
    pub record: SyllableRecord,
}

/// A heading in capitals has no names that could be told: its syllables count as lower case.
pub(crate) fn settle(run: &mut [Syllable]) {
    if run.len() > 3 && run.iter().all(|s| s.shape == Shape::Upper) {
        for syllable in run {
            syllable.shape = Shape::Lower;
        }
    }
}

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
    Pos,
    Rows,
    Inside,
    Bond,
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
    pub(crate) const ALL: [(Self, &'static str, u32); 53] = [
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
        (Self::Pos, "pos", 80),
        (Self::Rows, "rows", 40),
        (Self::Inside, "inside", 40),
        (Self::Bond, "bond", 80),
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

/// Tells `each` the features of joining the syllables `at` and `at + 1` of `run`; `pairs[i]` is what is known of `run[i]` and `run[i + 1]`.
pub(crate) fn gap(run: &[Syllable], pairs: &[WordRecord], at: usize, mut each: impl FnMut(Template, u32)) {
    use Template as T;
    let (Some(first), Some(second), Some(pair)) = (run.get(at), run.get(at + 1), pairs.get(at)) else {
        return;
    };
    let left = at.checked_sub(1).map(|i| (run[i], pairs[i]));
    let right = run.get(at + 2).zip(pairs.get(at + 1));
    let (a, b) = (first.shape as u32, second.shape as u32);
    each(T::Shapes, a * SHAPES + b);
    let outer =
        (left.map_or(NO_SHAPE, |(s, _)| s.shape as u32), right.map_or(NO_SHAPE, |(s, _)| s.shape as u32));
    each(T::ShapesAround, ((outer.0 * SHAPES + a) * SHAPES + b) * SHAPES + outer.1);
    if first.shape == Shape::Number || second.shape == Shape::Number {
        each(T::BesideNumber, if second.shape == Shape::Number { first.id } else { second.id });
        return;
    }
    if first.shape != Shape::Lower {
        each(T::BeforeNames, a * 2 + first.record.has(SyllableRecord::BEFORE_NAMES));
        if second.shape != Shape::Lower {
            each(T::NameListed, a * LISTS + pair.listed());
            each(T::ListedAsName, pair.listed());
            if pair.is_name() {
                each(T::ListedAsName, LISTS);
            }
            let surname = first.record.has(SyllableRecord::SURNAME);
            let middle = second.record.has(SyllableRecord::MIDDLE_NAME);
            each(T::Surname, (a * 2 + surname) * 2 + middle);
            if second.record.has(SyllableRecord::SURNAME) > 0 {
                // Tổng thống Mỹ | Trần Văn …: a name seldom has a surname in its middle that a name follows.
                let after = right.map_or(0, |(s, _)| match s.shape {
                    Shape::Lower => 1,
                    _ => 2 + s.record.has(SyllableRecord::MIDDLE_NAME),
                });
                each(T::NewSurname, surname * 4 + after);
            }
            each(T::NameAlone, a * 2 + first.record.has(SyllableRecord::LISTED));
            return;
        }
    } else if second.shape != Shape::Lower {
        each(T::BeforeCapital, first.id);
    }
    each(T::First, first.id);
    each(T::Second, second.id);
    let (next, before) = (first.record.next(), second.record.before());
    each(T::OddsNext, next);
    each(T::OddsBefore, before);
    each(T::OddsBoth, (next & 15) + (before & 15));
    each(T::Pair, pair.apart() * 4 + pair.count().min(3));
    each(T::PairListed, pair.listed());
    let (f, s, listed) = (first.record, second.record, pair.listed());
    if listed > 0 {
        each(T::ListedNext, f.listed_next() * LISTS + listed);
        each(T::ListedBefore, s.listed_before() * LISTS + listed);
        each(T::ListedBoth, (f.listed_next() & 15) + (s.listed_before() & 15));
        each(T::Pos, pair.pos() * LISTS + listed);
        each(T::Rows, pair.rows() * LISTS + listed);
    }
    each(T::Inside, pair.inside() * LISTS + listed);
    each(T::Bond, pair.bond() * LISTS + listed);
    each(T::Fan, (f.begins() * 8 + s.ends()) * 2 + u32::from(listed > 0));
    each(T::FanNext, f.begins() * LISTS + listed);
    each(T::FanBefore, s.ends() * LISTS + listed);
    each(T::Free, (f.free() * 4 + s.free()) * LISTS + listed);
    each(T::PosPair, (f.pos() * 8 + s.pos()) * LISTS + listed);
    let quality = u32::from(listed > 0);
    each(T::Class, f.class() * LISTS + listed);
    each(T::Class, (9 + s.class()) * LISTS + listed);
    each(T::ClassPair, (f.class() * 9 + s.class()) * 2 + quality);
    let alike = u32::from(f.onset() > 0 && f.onset() == s.onset())
        + 2 * u32::from(f.rhyme() > 0 && f.rhyme() == s.rhyme());
    if alike > 0 {
        each(T::Sounds, (alike * 2 + u32::from(listed > 0)) * 8 + u32::from(f.free() > 1) * 2 + u32::from(s.free() > 1));
    }
    let rival = |pair: Option<WordRecord>| pair.map_or(5, WordRecord::rival);
    each(T::Rivals, (rival(left.map(|l| l.1)) * LISTS + pair.listed()) * 6 + rival(right.map(|r| *r.1)));
    if first.id == second.id {
        each(T::Twice, pair.listed());
        each(T::Twice, LISTS);
    }
}

/// Whether a word of more than two syllables that no list has may be tried: a name, or a pattern of syllables said twice.
pub(crate) fn may_be_word(word: &[Syllable]) -> bool {
    word.iter().all(|s| !matches!(s.shape, Shape::Lower | Shape::Marked))
        || (word.len() <= 4 && is_family(word))
        || refrain(word) > 0
}

/// A name whose later syllables stand in lower case: Phạm ngọc Khang, nguyễn văn Linh.
fn is_family(word: &[Syllable]) -> bool {
    let (Some(first), Some(second)) = (word.first(), word.get(1)) else { return false };
    word.len() > 2
        && first.record.has(SyllableRecord::SURNAME) > 0
        && word.iter().all(|s| matches!(s.shape, Shape::Lower | Shape::Capital | Shape::First))
        && word[1..].iter().any(|s| s.shape == Shape::Lower)
        && (second.record.has(SyllableRecord::MIDDLE_NAME) > 0 || first.shape == Shape::Capital)
}

/// The pattern of four syllables: 1 *chui ra chui vào*, 2 *vội vội vàng vàng*, 0 none.
fn refrain(word: &[Syllable]) -> u32 {
    let [a, b, c, d] = word else { return 0 };
    if a.shape == Shape::Number {
        0
    } else if a.id == c.id && b.id != d.id {
        1
    } else if a.id == b.id && c.id == d.id {
        2
    } else {
        0
    }
}

/// Tells `each` the features of the word `from..to` of `run`, of which `record` is known.
pub(crate) fn word(
    run: &[Syllable],
    from: usize,
    to: usize,
    record: WordRecord,
    mut each: impl FnMut(Template, u32),
) {
    use Template as T;
    let Some(word) = run.get(from..to) else { return };
    let n = word.len() as u32;
    if let [only] = word {
        let name = only.shape == Shape::First && run.get(to).is_some_and(|s| s.shape == Shape::Capital);
        if matches!(only.shape, Shape::Lower | Shape::First) && !name {
            each(T::Alone, only.id);
            each(T::AloneCount, only.record.alone());
            each(T::AloneListed, only.record.has(SyllableRecord::LISTED));
        }
        return;
    }
    if word.iter().all(|s| s.shape != Shape::Lower) {
        each(T::NameLength, n.min(8));
        each(T::NameWord, (n.min(4) - 2) * 20 + u32::from(record.is_name()) * 10 + record.listed());
        if from == 0 || run[from - 1].shape == Shape::Lower {
            each(T::NameEdge, 0);
        }
        if run.get(to).is_none_or(|s| s.shape == Shape::Lower) {
            each(T::NameEdge, 1);
        }
        return;
    }
    let shapes = word.iter().take(4).fold(0, |value, s| value * SHAPES + s.shape as u32);
    if n <= 3 {
        each(T::WordShapes, shapes + if n == 3 { 81 } else { 0 });
    }
    if is_family(word) {
        each(T::Family, n.min(4) * 2 + word[1].record.has(SyllableRecord::MIDDLE_NAME));
        each(T::FamilyShapes, shapes);
    }
    let (listed, count) = (record.listed(), record.count());
    each(T::WordListed, n.min(8) * LISTS + listed);
    each(T::WordCount, n.min(3) * 5 + count.min(4));
    each(T::ListedCount, listed * 3 + count.min(2));
    if count == 0 {
        each(T::UnseenListed, n.min(8) * LISTS + listed);
    }
    if listed == PHRASE {
        each(T::Phrase, count.min(2));
    }
    if n > 2 {
        let (short, long) = ([record.holds(2), record.holds(3)], [record.holds(0), record.holds(1)]);
        let n = n.min(LONGEST as u32);
        each(T::Holds, ((n * 4 + short[0]) * 4 + short[1]) * LISTS + listed);
        each(T::HoldsLong, (n * 4 + long[0]) * 4 + long[1]);
        if word[0].record.has(SyllableRecord::PREFIX) > 0 && long[1] > 0 {
            each(T::Prefixed, listed);
        }
        if n == 4 {
            each(T::Halves, (short[0] * 4 + short[1]) * LISTS + listed);
            each(T::Refrain, refrain(word));
        }
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

    #[test]
    fn records_give_back_what_they_were_made_of() {
        let record = WordRecord::new(Listed::Phrase, 9, 5, [0, 1, 2, 3]);
        assert_eq!((record.listed(), record.count(), record.apart()), (4, 7, 3));
        assert_eq!([0, 1, 2, 3].map(|part| record.holds(part)), [0, 1, 2, 3]);
        let syllable = SyllableRecord::new(SyllableRecord::SURNAME, 5, [0, 0], [100, 0]);
        assert_eq!((syllable.alone(), syllable.next(), syllable.before()), (3, 20, 0));
        assert_eq!((syllable.has(SyllableRecord::SURNAME), syllable.has(SyllableRecord::PREFIX)), (1, 0));
    }

    /// Every value of every feature stays below what its template says, or weights would be read from the next one.
    #[test]
    fn values_stay_within_their_templates() {
        let shapes = [
            Shape::Lower,
            Shape::Capital,
            Shape::First,
            Shape::Upper,
            Shape::MarkedCapital,
            Shape::Marked,
            Shape::Number,
            Shape::Digits,
        ];
        let flags = [0, SyllableRecord::LISTED, SyllableRecord::SURNAME, SyllableRecord::PREFIX, 15];
        let mut seed = 1_u32;
        let mut random = |below: usize| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 16) as usize % below
        };
        let check = |template: Template, value: u32| {
            let values = Template::ALL[template as usize].2;
            assert!(values == 0 || value < values, "{template:?} {value}");
        };
        for _ in 0..20_000 {
            let run: Vec<Syllable> = (0..9)
                .map(|_| {
                    let counts = [random(200), random(200), random(2), random(2)].map(|n| n as u32);
                    let [alone, apart, joined, none] = counts;
                    let record = SyllableRecord::new(flags[random(5)], alone, [apart, joined], [none, 0]);
                    Syllable { id: random(2) as u32, shape: shapes[random(8)], record }
                })
                .collect();
            let records: Vec<WordRecord> = (0..9)
                .map(|_| {
                    let listed =
                        [Listed::No, Listed::Compound, Listed::Lexicon, Listed::Both, Listed::Phrase]
                            [random(5)];
                    let record = WordRecord::new(listed, random(9) as u32, random(5) as u32, [3, 2, 1, 3]);
                    if random(2) > 0 { record.as_name() } else { record }
                })
                .collect();
            let at = random(8);
            gap(&run, &records, at, check);
            word(&run, at, at + 1 + random(9 - at), records[0], check);
        }
    }
}
