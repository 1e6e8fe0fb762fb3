//! Precision, recall and F1 of ladders, kept as counts so that they can be added over many ladders (micro average).
//!
//! As in vecalign's scorer (Thompson and Koehn 2019) a ladder is a set of beads: a bead that stands there twice counts once.
//! *Strict* asks for the very bead, *lax* for a bead of the other ladder that shares sentences with it on both sides.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign};

use serde::{Serialize, Serializer};

use crate::LadderBead;

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fraction {
    /// Those that are right.
    pub right: u64,
    /// All of them.
    pub all: u64,
}

impl Fraction {
    /// The share of right ones, 0 to 1; 0 when there is nothing.
    pub fn value(self) -> f64 {
        if self.all == 0 { 0.0 } else { self.right as f64 / self.all as f64 }
    }

    /// One, counted when `there` and right when also `right`.
    const fn one(there: bool, right: bool) -> Self {
        Self { right: (there && right) as u64, all: there as u64 }
    }
}

impl Add for Fraction {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { right: self.right + other.right, all: self.all + other.all }
    }
}

/// Precision and recall as counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measure {
    /// How many of those predicted are right.
    pub precision: Fraction,
    /// How many of those in gold are found.
    pub recall: Fraction,
}

impl Measure {
    /// The harmonic mean of precision and recall, 0 when both are.
    pub fn f1(self) -> f64 {
        let (p, r) = (self.precision.value(), self.recall.value());
        if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) }
    }
}

impl Add for Measure {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { precision: self.precision + other.precision, recall: self.recall + other.recall }
    }
}

/// What programs read: `{"precision", "recall", "f1", "right_predicted", "predicted", "right_gold", "gold"}`.
impl Serialize for Measure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Row {
            precision: f64,
            recall: f64,
            f1: f64,
            right_predicted: u64,
            predicted: u64,
            right_gold: u64,
            gold: u64,
        }
        Row {
            precision: self.precision.value(),
            recall: self.recall.value(),
            f1: self.f1(),
            right_predicted: self.precision.right,
            predicted: self.precision.all,
            right_gold: self.recall.right,
            gold: self.recall.all,
        }
        .serialize(serializer)
    }
}

/// Beads by how many sentences they group, German side first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BeadType {
    /// 1-1.
    OneOne,
    /// One German sentence, two Vietnamese ones.
    OneTwo,
    /// Two German sentences, one Vietnamese one.
    TwoOne,
    /// Anything larger with text on both sides.
    Many,
    /// A side is empty.
    Null,
}

impl BeadType {
    /// All of them, in the order of [`Scores::by_type`].
    pub const ALL: [Self; 5] = [Self::OneOne, Self::OneTwo, Self::TwoOne, Self::Many, Self::Null];

    /// The type of a bead with so many sentences a side.
    pub const fn of(german: usize, vietnamese: usize) -> Self {
        match (german, vietnamese) {
            (0, _) | (_, 0) => Self::Null,
            (1, 1) => Self::OneOne,
            (1, 2) => Self::OneTwo,
            (2, 1) => Self::TwoOne,
            _ => Self::Many,
        }
    }

    /// `1-1`, `1-2`, `2-1`, `n-m` or `null`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OneOne => "1-1",
            Self::OneTwo => "1-2",
            Self::TwoOne => "2-1",
            Self::Many => "n-m",
            Self::Null => "null",
        }
    }
}

impl fmt::Display for BeadType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The counts of one ladder or of several; add them for the micro average.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Scores {
    /// The very bead, over beads with text on both sides.
    pub strict: Measure,
    /// Any overlap on both sides, over beads with text on both sides.
    pub lax: Measure,
    /// Strict, but precision also counts nulls, as vecalign's scorer does; recall is that of `strict`.
    pub strict_with_nulls: Measure,
    /// The very bead, by type, in the order of [`BeadType::ALL`]: precision over predicted beads of the type, recall over
    /// gold beads of the type.
    #[serde(serialize_with = "types_by_name")]
    pub by_type: [Measure; 5],
}

impl Scores {
    /// The strict measure over beads of one type.
    pub const fn of_type(&self, bead_type: BeadType) -> Measure {
        self.by_type[bead_type as usize]
    }
}

fn types_by_name<S: Serializer>(by_type: &[Measure; 5], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(BeadType::ALL.iter().map(BeadType::to_string).zip(by_type))
}

impl Add for Scores {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            strict: self.strict + other.strict,
            lax: self.lax + other.lax,
            strict_with_nulls: self.strict_with_nulls + other.strict_with_nulls,
            by_type: std::array::from_fn(|i| self.by_type[i] + other.by_type[i]),
        }
    }
}

impl AddAssign for Scores {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sum for Scores {
    fn sum<I: Iterator<Item = Self>>(scores: I) -> Self {
        scores.fold(Self::default(), Add::add)
    }
}

/// Scores a predicted ladder against gold.
///
/// Beads are compared as they are written: `[1, 0]:[0]` is not `[0, 1]:[0]`.
///
/// ```
/// use satzpaar_evaluation::{read_ladder, score_ladder};
/// let gold = read_ladder("[0]:[0]\n[1]:[1, 2]\n", "gold").unwrap();
/// let predicted = read_ladder("[0]:[0]\n[1]:[1]\n[]:[2]\n", "predicted").unwrap();
/// let scores = score_ladder(&gold, &predicted);
/// assert_eq!((scores.strict.f1(), scores.lax.f1()), (0.5, 1.0));
/// ```
pub fn score_ladder(gold: &[LadderBead], predicted: &[LadderBead]) -> Scores {
    score_beads(gold, predicted).into_iter().sum()
}

/// The two sides of a bead, which make it the same bead or another.
type Sides<'a> = (&'a [usize], &'a [usize]);

/// Scores every distinct bead that stands in either ladder by itself, in the order of the line numbers. Their sum is
/// [`score_ladder`]; resampling takes them one by one.
pub fn score_beads(gold: &[LadderBead], predicted: &[LadderBead]) -> Vec<Scores> {
    // Whether gold holds the bead, and whether the prediction does.
    let mut beads: BTreeMap<Sides<'_>, (bool, bool)> = BTreeMap::new();
    for bead in gold {
        beads.entry((&bead.german, &bead.vietnamese)).or_default().0 = true;
    }
    for bead in predicted {
        beads.entry((&bead.german, &bead.vietnamese)).or_default().1 = true;
    }
    let (in_gold, in_predicted) = (Overlaps::new(gold), Overlaps::new(predicted));
    let score = |german: &[usize], vietnamese: &[usize], of_gold: bool, of_predicted: bool| {
        let bead_type = BeadType::of(german.len(), vietnamese.len());
        let full = bead_type != BeadType::Null;
        let same = of_gold && of_predicted;
        let strict = Measure {
            precision: Fraction::one(full && of_predicted, same),
            recall: Fraction::one(full && of_gold, same),
        };
        let lax = Measure {
            precision: Fraction::one(full && of_predicted, same || in_gold.any(german, vietnamese)),
            recall: Fraction::one(full && of_gold, same || in_predicted.any(german, vietnamese)),
        };
        let of_its_type =
            Measure { precision: Fraction::one(of_predicted, same), recall: Fraction::one(of_gold, same) };
        let mut by_type = [Measure::default(); 5];
        by_type[bead_type as usize] = of_its_type;
        let strict_with_nulls = Measure { precision: of_its_type.precision, recall: strict.recall };
        Scores { strict, lax, strict_with_nulls, by_type }
    };
    beads.into_iter().map(|((german, vietnamese), (g, p))| score(german, vietnamese, g, p)).collect()
}

/// Which beads of a ladder hold which sentence.
struct Overlaps {
    german: HashMap<usize, Vec<usize>>,
    vietnamese: HashMap<usize, Vec<usize>>,
}

impl Overlaps {
    fn new(ladder: &[LadderBead]) -> Self {
        let mut overlaps = Self { german: HashMap::new(), vietnamese: HashMap::new() };
        for (number, bead) in ladder.iter().enumerate() {
            for &line in &bead.german {
                overlaps.german.entry(line).or_default().push(number);
            }
            for &line in &bead.vietnamese {
                overlaps.vietnamese.entry(line).or_default().push(number);
            }
        }
        overlaps
    }

    /// Whether some bead shares a sentence with both sides.
    fn any(&self, german: &[usize], vietnamese: &[usize]) -> bool {
        let touching: HashSet<usize> =
            german.iter().filter_map(|line| self.german.get(line)).flatten().copied().collect();
        !touching.is_empty()
            && vietnamese
                .iter()
                .filter_map(|line| self.vietnamese.get(line))
                .flatten()
                .any(|n| touching.contains(n))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::read_ladder;

    fn score(gold: &str, predicted: &str) -> Scores {
        score_ladder(&read_ladder(gold, "gold").unwrap(), &read_ladder(predicted, "predicted").unwrap())
    }

    /// (right, all) of precision, then of recall.
    fn counts(measure: Measure) -> (u64, u64, u64, u64) {
        (measure.precision.right, measure.precision.all, measure.recall.right, measure.recall.all)
    }

    #[test]
    fn a_small_ladder_by_hand() {
        let gold = "[0]:[0]\n[1]:[1, 2]\n[2, 3]:[3]\n[4]:[]\n[]:[4]\n[5]:[5]\n";
        // Right: 0-0 and the null of 4. Lax: 1-1 and 2-3 overlap; 5-4 overlaps on the German side alone.
        let predicted = "[0]:[0]:0.9\n[1]:[1]\n[]:[2]\n[2]:[3]\n[3]:[]\n[4]:[]\n[5]:[4]\n[]:[5]\n";
        let scores = score(gold, predicted);
        assert_eq!(counts(scores.strict), (1, 4, 1, 4));
        assert_eq!(counts(scores.lax), (3, 4, 3, 4));
        assert_eq!(counts(scores.strict_with_nulls), (2, 8, 1, 4));
        assert_eq!(counts(scores.of_type(BeadType::OneOne)), (1, 4, 1, 2));
        assert_eq!(counts(scores.of_type(BeadType::OneTwo)), (0, 0, 0, 1));
        assert_eq!(counts(scores.of_type(BeadType::TwoOne)), (0, 0, 0, 1));
        assert_eq!(counts(scores.of_type(BeadType::Many)), (0, 0, 0, 0));
        assert_eq!(counts(scores.of_type(BeadType::Null)), (1, 4, 1, 2));
        assert!((scores.strict.f1() - 0.25).abs() < 1e-12);
        assert!((scores.strict_with_nulls.f1() - 0.25).abs() < 1e-12);
    }

    #[test]
    fn nothing_predicted_and_nothing_in_gold_score_zero() {
        let nothing_predicted = score("[0]:[0]\n[1]:[]\n", "");
        assert_eq!(counts(nothing_predicted.strict), (0, 0, 0, 1));
        assert!(nothing_predicted.strict.f1().abs() < 1e-12);
        let nothing_in_gold = score("", "[0]:[0]\n[1]:[]\n");
        assert_eq!(counts(nothing_in_gold.lax), (0, 1, 0, 0));
        assert_eq!(counts(nothing_in_gold.strict_with_nulls), (0, 2, 0, 0));
        assert_eq!(score("", ""), Scores::default());
        assert!(score("", "").strict.f1().abs() < 1e-12);
    }

    #[test]
    fn nulls_alone_count_only_with_nulls() {
        let scores = score("[0]:[]\n[]:[0]\n", "[0]:[]\n[]:[0]\n");
        assert_eq!(counts(scores.strict), (0, 0, 0, 0));
        assert_eq!(counts(scores.strict_with_nulls), (2, 2, 0, 0));
        assert_eq!(counts(scores.of_type(BeadType::Null)), (2, 2, 2, 2));
        // Recall stands over beads with text on both sides, so F1 is 0 as in the reference scorer.
        assert!(scores.strict_with_nulls.f1().abs() < 1e-12);
    }

    #[test]
    fn a_bead_that_stands_twice_counts_once() {
        let scores = score("[0]:[0]\n[0]:[0]\n[1]:[1]\n", "[0]:[0]:0.1\n[0]:[0]:0.2\n[1]:[0]\n[1]:[0]\n");
        assert_eq!(counts(scores.strict), (1, 2, 1, 2));
    }

    #[test]
    fn lax_asks_for_one_bead_that_overlaps_on_both_sides() {
        // 0-1 shares a sentence with each gold bead, but with neither on both sides.
        assert_eq!(counts(score("[0]:[0]\n[1]:[1]\n", "[0]:[1]\n").lax), (0, 1, 0, 2));
        assert_eq!(counts(score("[0]:[0]\n[1]:[1]\n", "[0, 1]:[0, 1]\n").lax), (1, 1, 2, 2));
    }

    #[test]
    fn measures_serialise_with_their_values() {
        let value = serde_json::to_value(score("[0]:[0]\n[1]:[1]\n", "[0]:[0]\n")).unwrap();
        assert_eq!(value["strict"]["precision"], 1.0);
        assert_eq!(value["strict"]["recall"], 0.5);
        assert_eq!(value["by_type"]["1-1"]["gold"], 2);
    }

    fn ladder() -> impl Strategy<Value = Vec<LadderBead>> {
        let side = || prop::collection::vec(0_usize..6, 0..3);
        prop::collection::vec((side(), side()).prop_map(|(g, v)| LadderBead::new(g, v)), 0..12)
    }

    /// The measure as the reference scorer words it: for every German line the Vietnamese lines that it is linked with.
    fn lax_hits(reference: &[LadderBead], tested: &[LadderBead]) -> (u64, u64) {
        let full = |ladder: &[LadderBead]| -> HashSet<(Vec<usize>, Vec<usize>)> {
            ladder.iter().filter(|b| !b.is_null()).map(|b| (b.german.clone(), b.vietnamese.clone())).collect()
        };
        let (reference, tested) = (full(reference), full(tested));
        let mut links: HashMap<usize, HashSet<usize>> = HashMap::new();
        for (german, vietnamese) in &reference {
            for &line in german {
                links.entry(line).or_default().extend(vietnamese);
            }
        }
        let linked =
            |g: &usize, v: &[usize]| links.get(g).is_some_and(|to| v.iter().any(|line| to.contains(line)));
        let hits = tested.iter().filter(|(g, v)| g.iter().any(|line| linked(line, v))).count();
        (hits as u64, tested.len() as u64)
    }

    proptest! {
        #[test]
        fn measures_stay_between_0_and_1(gold in ladder(), predicted in ladder()) {
            let scores = score_ladder(&gold, &predicted);
            for m in [scores.strict, scores.lax, scores.strict_with_nulls].into_iter().chain(scores.by_type) {
                for x in [m.precision.value(), m.recall.value(), m.f1()] {
                    prop_assert!((0.0..=1.0).contains(&x));
                }
            }
            prop_assert!(scores.lax.precision.right >= scores.strict.precision.right);
        }

        #[test]
        fn gold_against_itself_is_1(mut gold in ladder()) {
            gold.push(LadderBead::new([7], [7]));
            let scores = score_ladder(&gold, &gold);
            for m in [scores.strict, scores.lax, scores.strict_with_nulls] {
                prop_assert!((m.f1() - 1.0).abs() < 1e-12);
            }
        }

        #[test]
        fn adding_is_associative_and_commutative(a in ladder(), b in ladder(), c in ladder()) {
            let (x, y, z) = (score_ladder(&a, &b), score_ladder(&b, &c), score_ladder(&c, &a));
            prop_assert_eq!((x + y) + z, x + (y + z));
            prop_assert_eq!(x + y, y + x);
            prop_assert_eq!([x, y, z].into_iter().sum::<Scores>(), x + y + z);
        }

        #[test]
        fn lax_is_the_reference_scorers(gold in ladder(), predicted in ladder()) {
            let lax = score_ladder(&gold, &predicted).lax;
            prop_assert_eq!((lax.precision.right, lax.precision.all), lax_hits(&gold, &predicted));
            prop_assert_eq!((lax.recall.right, lax.recall.all), lax_hits(&predicted, &gold));
        }
    }
}
