//! What the segmenter knows: the tables that the build script made of `data/`, and the weights.

use super::features::{LONGEST, LONGEST_NAME, Shape, Syllable, around, two, word};
use super::records::{SyllableFacts, SyllableRecord, WordRecord};
use super::table::{self, Table};
use super::templates::Template;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use satzpaar_language::fold::fold_vietnamese;
use std::sync::{Arc, LazyLock};

static SYLLABLES: &str = include_str!(concat!(env!("OUT_DIR"), "/syllables.txt"));
static RECORDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/syllables.records"));
static WORDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/words.table"));
static PLAIN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/plain.weights"));
static LEXICAL: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexical.weights"));

/// What a word that the user gave is worth, for each gap in it: more than anything that speaks against it.
const GIVEN: f32 = 20.0;
/// The number of an unknown syllable, where there is none left; others have numbers from here down.
pub(super) const UNKNOWN: u32 = u32::MAX;

/// The words and what is known of them.
#[derive(Debug)]
pub(super) struct Model {
    syllables: FxHashMap<Box<str>, u32>,
    words: Table<'static>,
    plain: Vec<f32>,
    /// Where each template's weights begin in `plain`.
    begins: [u32; Template::ALL.len()],
    lexical: Vec<[f32; Template::LEXICAL]>,
    /// The user's words, as the numbers of their syllables, and the length of the longest.
    given: FxHashSet<Box<[u32]>>,
    longest_given: usize,
}

/// The model over the words compiled in.
pub(super) fn compiled() -> Arc<Model> {
    static MODEL: LazyLock<Arc<Model>> = LazyLock::new(|| Arc::new(Model::new(std::iter::empty())));
    Arc::clone(&MODEL)
}

fn floats(bytes: &[u8]) -> impl Iterator<Item = f32> {
    bytes.as_chunks().0.iter().map(|b| f32::from_le_bytes(*b))
}

impl Model {
    /// The model over the words compiled in and `given`.
    pub(super) fn new<'w>(given: impl IntoIterator<Item = &'w str>) -> Self {
        let count = RECORDS.len() / 8;
        let mut syllables = FxHashMap::with_capacity_and_hasher(count, FxBuildHasher);
        syllables.extend(SYLLABLES.lines().zip(0..).map(|(s, i)| (Box::from(s), i)));
        let mut begins = [0; Template::ALL.len()];
        let mut next = 0;
        for (template, _, values) in Template::ALL {
            begins[template as usize] = next;
            next += values;
        }
        let weights: Vec<f32> = floats(LEXICAL).collect();
        let mut model = Self {
            words: Table::new(WORDS, count),
            syllables,
            plain: floats(PLAIN).collect(),
            begins,
            lexical: weights.as_chunks().0.to_vec(),
            given: FxHashSet::default(),
            longest_given: 0,
        };
        let mut key = String::new();
        for word in given {
            key.clear();
            fold_vietnamese(word, &mut key);
            let row: Box<[u32]> = key.split(' ').filter(|s| !s.is_empty()).map(|s| model.number(s)).collect();
            model.longest_given = model.longest_given.max(row.len());
            model.given.insert(row);
        }
        model
    }

    fn number(&mut self, key: &str) -> u32 {
        let next = self.syllables.len() as u32;
        *self.syllables.entry(key.into()).or_insert(next)
    }

    /// The syllable with the folded form `key`: its number, and what is known of it.
    pub(super) fn syllable(&self, key: &str) -> (u32, SyllableRecord) {
        let id = self.syllables.get(key).copied().unwrap_or(UNKNOWN);
        let record = (id as usize).checked_mul(8).and_then(|at| RECORDS.get(at..)?.first_chunk());
        let unknown = || SyllableRecord::new(SyllableFacts::default());
        (id, record.map_or_else(unknown, |b| SyllableRecord(u64::from_le_bytes(*b))))
    }

    /// What is known of two syllables side by side.
    pub(super) fn pair(&self, first: u32, second: u32) -> (u32, WordRecord) {
        self.words.child(first, second).unwrap_or((table::NONE, WordRecord::default()))
    }

    fn weight(&self, template: Template, value: u32) -> f32 {
        if template.is_lexical() {
            self.lexical.get(value as usize).map_or(0.0, |row| row[template as usize])
        } else {
            let begin = self.begins[template as usize];
            self.plain.get((begin + value) as usize).copied().unwrap_or_default()
        }
    }

    /// What speaks for joining two syllables, whatever stands around them.
    pub(super) fn two(&self, first: Syllable, second: Syllable, pair: WordRecord) -> f32 {
        let mut sum = 0.0;
        two(first, second, pair, |template, value| sum += self.weight(template, value));
        sum
    }

    /// What speaks, around them, for joining the syllables `at` and `at + 1`.
    pub(super) fn around(&self, run: &[Syllable], pairs: &[WordRecord], at: usize) -> f32 {
        let mut sum = 0.0;
        around(run, pairs, at, |template, value| sum += self.weight(template, value));
        sum
    }

    /// What speaks for the word `from..to` of the run, beside its gaps.
    pub(super) fn word(&self, run: &[Syllable], from: usize, to: usize, record: WordRecord) -> f32 {
        let mut sum = 0.0;
        word(run, from, to, record, |template, value| sum += self.weight(template, value));
        sum
    }

    /// Longest word that is worth trying at a syllable of this shape.
    pub(super) fn reach(&self, shape: Shape) -> usize {
        let longest = if shape == Shape::Lower { LONGEST } else { LONGEST_NAME };
        longest.max(self.longest_given)
    }

    /// The row one syllable on.
    pub(super) fn child(&self, parent: u32, syllable: u32) -> Option<(u32, WordRecord)> {
        self.words.child(parent, syllable)
    }

    /// What it is worth that the user gave these syllables as a word.
    pub(super) fn given(&self, row: &[u32]) -> Option<f32> {
        if row.len() > self.longest_given {
            return None;
        }
        self.given.contains(row).then(|| GIVEN * (row.len() - 1) as f32)
    }
}
