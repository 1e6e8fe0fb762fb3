//! What is known of syllables and of words, packed into a few bits each. Like [`features`](super::features) this file is compiled
//! three times: the build script writes the records that the crate reads, and `examples/estimate_words.rs` makes its own.

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
            (if facts.rhyme > 255 { 0 } else { facts.rhyme }, 44),
            (facts.pos & 7, 52),
            (facts.class & 15, 55),
        ];
        Self(fields.iter().fold(facts.flags, |bits, (value, at)| bits | u64::from(*value) << at))
    }
    pub(crate) fn has(self, flag: u64) -> u32 {
        u32::from(self.0 & flag != 0)
    }
    pub(crate) fn field(self, at: u32, mask: u32) -> u32 {
        (self.0 >> at) as u32 & mask
    }
    pub(crate) fn alone(self) -> u32 {
        self.field(8, 7)
    }
    /// Whether joined with the next one, as [`odds`].
    pub(crate) fn next(self) -> u32 {
        self.field(11, 31)
    }
    /// Whether joined with the one before.
    pub(crate) fn before(self) -> u32 {
        self.field(16, 31)
    }
    pub(crate) fn listed_next(self) -> u32 {
        self.field(21, 31)
    }
    pub(crate) fn listed_before(self) -> u32 {
        self.field(26, 31)
    }
    pub(crate) fn begins(self) -> u32 {
        self.field(31, 7)
    }
    pub(crate) fn ends(self) -> u32 {
        self.field(34, 7)
    }
    pub(crate) fn free(self) -> u32 {
        self.field(37, 3)
    }
    pub(crate) fn onset(self) -> u32 {
        self.field(39, 31)
    }
    pub(crate) fn rhyme(self) -> u32 {
        self.field(44, 255)
    }
    pub(crate) fn pos(self) -> u32 {
        self.field(52, 7)
    }
    pub(crate) fn class(self) -> u32 {
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
#[allow(dead_code)] // the lists'
pub(crate) const LEXICON: Listed = 1;
pub(crate) const COMPOUND: Listed = 2;
pub(crate) const DICTIONARY: Listed = 4;
/// Listed as no word; whatever else it is.
pub(crate) const PHRASE: Listed = 8;
/// Listed as a word though its syllables are words as well.
pub(crate) const WORD: Listed = 9;
/// Number of ways to be listed.
pub(crate) const LISTS: u32 = 10;

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
    /// How many longer listed words hold it.
    pub inside: u32,
    /// How often it is a word in our own sentences; if two syllables, how often they stand in one word there, and how often in two.
    pub written: u32,
    pub written_joined: u32,
    pub written_apart: u32,
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
                | free(facts.inside) << 18
                | bucket(facts.written) << 20
                | bucket(facts.written_joined) << 23
                | bucket(facts.written_apart) << 26,
        )
    }
    /// The same, listed with capitals.
    #[allow(dead_code)] // as above
    pub(crate) fn as_name(self) -> Self {
        Self(self.0 | 1 << 17)
    }
    pub(crate) fn is_name(self) -> bool {
        self.0 >> 17 & 1 > 0
    }
    /// How good a word it is within another: 0 none, 1 in the lexicon, 3 a compound or seen.
    #[allow(dead_code)] // as above
    pub(crate) fn part(self) -> u32 {
        match self.listed() {
            8 if self.count() + self.written() == 0 => 1,
            WORD => 3,
            l if l & (COMPOUND | DICTIONARY) > 0 || self.count() + self.written() > 0 => 3,
            0 => 0,
            _ => 1,
        }
    }
    pub(crate) fn listed(self) -> u32 {
        self.0 & 15
    }
    pub(crate) fn count(self) -> u32 {
        self.0 >> 4 & 7
    }
    pub(crate) fn apart(self) -> u32 {
        self.0 >> 7 & 3
    }
    pub(crate) fn holds(self, part: u32) -> u32 {
        self.0 >> (9 + 2 * part) & 3
    }
    pub(crate) fn inside(self) -> u32 {
        self.0 >> 18 & 3
    }
    /// How often it is a word in our own sentences, coarsely, from 0 to 7.
    pub(crate) fn written(self) -> u32 {
        self.0 >> 20 & 7
    }
    /// How often the two syllables stand in one word there, and how often in two; each from 0 to 7.
    pub(crate) fn written_joined(self) -> u32 {
        self.0 >> 23 & 7
    }
    pub(crate) fn written_apart(self) -> u32 {
        self.0 >> 26 & 7
    }
    /// Whether it is a word at all, rather than the beginning of one.
    pub(crate) fn is_word(self) -> bool {
        self.listed() > 0 || self.count() > 0 || self.written() > 0
    }
    /// How good a word two neighbouring syllables would be, for the gap beside theirs.
    pub(crate) fn rival(self) -> u32 {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_give_back_what_they_were_made_of() {
        let facts = WordFacts {
            listed: PHRASE,
            count: 9,
            apart: 5,
            holds: [0, 1, 2, 3],
            inside: 5,
            written: 5,
            written_joined: 50,
            written_apart: 500,
        };
        let record = WordRecord::new(facts).as_name();
        assert_eq!((record.listed(), record.count(), record.apart(), record.inside()), (PHRASE, 7, 3, 2));
        assert_eq!((record.written(), record.written_joined(), record.written_apart()), (3, 6, 7));
        assert_eq!([0, 1, 2, 3].map(|part| record.holds(part)), [0, 1, 2, 3]);
        assert!(record.is_name() && !WordRecord::new(facts).is_name());
        let record = SyllableRecord::new(SyllableFacts {
            flags: SyllableRecord::SURNAME,
            alone: 5,
            before: [100, 0],
            listed_next: [0, 100],
            listed_before: [1, 1],
            begins: 30,
            ends: 3,
            free: 9,
            onset: 27,
            rhyme: 251,
            pos: 7,
            class: 8,
            ..SyllableFacts::default()
        });
        assert_eq!((record.has(SyllableRecord::SURNAME), record.has(SyllableRecord::PREFIX)), (1, 0));
        assert_eq!((record.alone(), record.next(), record.before()), (3, 20, 0));
        assert_eq!((record.listed_next(), record.listed_before()), (8, 4));
        assert_eq!((record.begins(), record.ends(), record.free()), (5, 2, 3));
        assert_eq!((record.onset(), record.rhyme(), record.pos(), record.class()), (27, 251, 7, 8));
    }

    #[test]
    fn parts_of_words_are_as_good_as_their_lists() {
        let part =
            |listed, count| WordRecord::new(WordFacts { listed, count, ..WordFacts::default() }).part();
        assert_eq!(
            [0, LEXICON, COMPOUND, DICTIONARY | LEXICON, PHRASE, WORD].map(|l| part(l, 0)),
            [0, 1, 3, 3, 1, 3]
        );
        assert_eq!((part(0, 1), part(PHRASE, 1)), (3, 3));
    }
}
