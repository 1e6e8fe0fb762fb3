//! What the model of Vietnamese words looks at: features of a gap between two syllables that is joined, and of a word.
//!
//! This file is compiled three times, so that all count the same: into the crate, into its build script, which writes what is
//! known of syllables and words into tables, and into `examples/estimate_words.rs`, which learns the weights.
//! A feature is a template and a value; see [`Template`]. After: Nguyen, Roussanaly, Vinh, "A hybrid approach to word
//! segmentation of Vietnamese texts" (2008), and Sarawagi and Cohen, "Semi-Markov conditional random fields" (2004).

use super::records::{LISTS, PHRASE, SyllableRecord, WordRecord};
use super::templates::Template;

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

/// A syllable of the run in hand.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Syllable {
    /// Its number, for templates of single syllables.
    pub id: u32,
    pub shape: Shape,
    pub record: SyllableRecord,
}

/// A heading in capitals has no names that could be told: its syllables count as lower case. So do those of a heading in which nearly
/// every syllable has a capital (*Thủ Tướng Gặp Gỡ Doanh Nghiệp tại Hà Nội*).
pub(crate) fn settle(run: &mut [Syllable]) {
    let capitals =
        run.iter().filter(|s| matches!(s.shape, Shape::Capital | Shape::First | Shape::Upper)).count();
    let heading = if run.len() >= LONGEST_NAME {
        4 * capitals >= 3 * run.len()
    } else {
        run.len() > 3 && run.iter().all(|s| s.shape == Shape::Upper)
    };
    if heading {
        for syllable in run {
            if matches!(syllable.shape, Shape::Capital | Shape::First | Shape::Upper) {
                syllable.shape = Shape::Lower;
            }
        }
    }
}

/// Tells `each` the features of joining the syllables `at` and `at + 1` of `run`; `pairs[i]` is what is known of `run[i]` and
/// `run[i + 1]`.
#[allow(dead_code)] // the segmenter remembers those of two syllables
pub(crate) fn gap(run: &[Syllable], pairs: &[WordRecord], at: usize, mut each: impl FnMut(Template, u32)) {
    if let (Some(first), Some(second), Some(pair)) = (run.get(at), run.get(at + 1), pairs.get(at)) {
        two(*first, *second, *pair, &mut each);
        around(run, pairs, at, &mut each);
    }
}

/// Of the features of a gap those that look at its two syllables alone.
pub(crate) fn two(first: Syllable, second: Syllable, pair: WordRecord, mut each: impl FnMut(Template, u32)) {
    use Template as T;
    let (a, b) = (first.shape as u32, second.shape as u32);
    let (f, s, listed) = (first.record, second.record, pair.listed());
    each(T::Shapes, a * SHAPES + b);
    if first.shape == Shape::Number || second.shape == Shape::Number {
        each(T::BesideNumber, if second.shape == Shape::Number { first.id } else { second.id });
        return;
    }
    if first.shape != Shape::Lower {
        each(T::BeforeNames, a * 2 + f.has(SyllableRecord::BEFORE_NAMES));
        if second.shape != Shape::Lower {
            each(T::NameListed, a * LISTS + listed);
            each(T::ListedAsName, listed);
            if pair.is_name() {
                each(T::ListedAsName, LISTS);
            }
            each(
                T::Surname,
                (a * 2 + f.has(SyllableRecord::SURNAME)) * 2 + s.has(SyllableRecord::MIDDLE_NAME),
            );
            each(T::NameAlone, a * 2 + f.has(SyllableRecord::LISTED));
            return;
        }
    } else if second.shape != Shape::Lower {
        each(T::BeforeCapital, first.id);
    }
    each(T::First, first.id);
    each(T::Second, second.id);
    each(T::OddsNext, f.next());
    each(T::OddsBefore, s.before());
    each(T::OddsBoth, (f.next() & 15) + (s.before() & 15));
    each(T::Pair, pair.apart() * 4 + pair.count().min(3));
    each(T::PairListed, listed);
    let (joined, apart) = (pair.written_joined(), pair.written_apart());
    each(T::Written, joined * 8 + apart);
    let most = if joined + apart == 0 { 0 } else { (joined + 8 - apart).clamp(1, 15) };
    each(T::WrittenListed, most * LISTS + listed);
    let any = u32::from(listed > 0);
    if listed > 0 {
        each(T::ListedNext, f.listed_next() * LISTS + listed);
        each(T::ListedBefore, s.listed_before() * LISTS + listed);
        each(T::ListedBoth, (f.listed_next() & 15) + (s.listed_before() & 15));
    }
    each(T::Inside, pair.inside() * LISTS + listed);
    each(T::Fan, (f.begins() * 8 + s.ends()) * 2 + any);
    each(T::FanNext, f.begins() * LISTS + listed);
    each(T::FanBefore, s.ends() * LISTS + listed);
    each(T::Free, (f.free() * 4 + s.free()) * LISTS + listed);
    each(T::PosPair, (f.pos() * 8 + s.pos()) * LISTS + listed);
    each(T::Class, f.class() * LISTS + listed);
    each(T::Class, (9 + s.class()) * LISTS + listed);
    each(T::ClassPair, (f.class() * 9 + s.class()) * 2 + any);
    let same = |a: u32, b: u32| u32::from(a > 0 && a == b);
    let sounds = same(f.onset(), s.onset()) + 2 * same(f.rhyme(), s.rhyme());
    if sounds > 0 {
        each(T::Sounds, (sounds * 2 + any) * 8 + u32::from(f.free() > 1) * 2 + u32::from(s.free() > 1));
    }
    if first.id == second.id {
        each(T::Twice, listed);
        each(T::Twice, LISTS);
    }
}

/// Of the features of a gap those that look at the neighbours of its syllables too.
pub(crate) fn around(run: &[Syllable], pairs: &[WordRecord], at: usize, mut each: impl FnMut(Template, u32)) {
    use Template as T;
    let (Some(first), Some(second), Some(pair)) = (run.get(at), run.get(at + 1), pairs.get(at)) else {
        return;
    };
    let left = at.checked_sub(1).map(|i| (run[i].shape as u32, pairs[i].rival()));
    let right = run.get(at + 2).zip(pairs.get(at + 1));
    let (a, b) = (first.shape as u32, second.shape as u32);
    let before = left.map_or(NO_SHAPE, |l| l.0);
    let after = right.map_or(NO_SHAPE, |(s, _)| s.shape as u32);
    each(T::ShapesAround, ((before * SHAPES + a) * SHAPES + b) * SHAPES + after);
    if first.shape == Shape::Number || second.shape == Shape::Number {
        return;
    }
    if first.shape != Shape::Lower && second.shape != Shape::Lower {
        if second.record.has(SyllableRecord::SURNAME) > 0 {
            // Tổng thống Mỹ | Trần Văn …: a name seldom has a surname in its middle that a name follows.
            let next = right.map_or(0, |(s, _)| match s.shape {
                Shape::Lower => 1,
                _ => 2 + s.record.has(SyllableRecord::MIDDLE_NAME),
            });
            each(T::NewSurname, first.record.has(SyllableRecord::SURNAME) * 4 + next);
        }
        return;
    }
    let (before, after) = (left.map_or(5, |l| l.1), right.map_or(5, |(_, pair)| pair.rival()));
    each(T::Rivals, (before * LISTS + pair.listed()) * 6 + after);
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
    each(T::WordWritten, n.min(4) * 8 + record.written());
    each(T::WordWrittenListed, record.written() * LISTS + listed);
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
    use super::super::records::{COMPOUND, DICTIONARY, LEXICON, SyllableFacts, WORD, WordFacts};
    use super::*;

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
        let flags = [0, SyllableRecord::LISTED, SyllableRecord::SURNAME, SyllableRecord::PREFIX, 31];
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
                    let mut n = || random(200) as u32;
                    let record = SyllableRecord::new(SyllableFacts {
                        alone: n(),
                        next: [n(), n()],
                        before: [n() / 199, n()],
                        listed_next: [n(), n() / 199],
                        listed_before: [n(), n()],
                        begins: n(),
                        ends: n(),
                        free: n(),
                        onset: n() % 3,
                        rhyme: n() % 3,
                        pos: n() % 8,
                        class: n() % 9,
                        flags: flags[random(5)],
                    });
                    Syllable { id: random(2) as u32, shape: shapes[random(8)], record }
                })
                .collect();
            let records: Vec<WordRecord> = (0..9)
                .map(|_| {
                    let lists =
                        [0, LEXICON, COMPOUND, DICTIONARY, LEXICON | COMPOUND | DICTIONARY, PHRASE, WORD];
                    let [count, apart, inside] = [9, 5, 20].map(|below| random(below) as u32);
                    let holds = [3, 2, 1, 3];
                    let [written, written_joined, written_apart] = [(); 3].map(|()| random(200) as u32);
                    let record = WordRecord::new(WordFacts {
                        listed: lists[random(7)],
                        count,
                        apart,
                        holds,
                        inside,
                        written,
                        written_joined,
                        written_apart,
                    });
                    if random(2) > 0 { record.as_name() } else { record }
                })
                .collect();
            let at = random(8);
            gap(&run, &records, at, check);
            word(&run, at, at + 1 + random(9 - at), records[0], check);
        }
    }
}
