//! Vietnamese syllables joined into words: the best path through all words that the text may be cut into, scored by a model
//! of few features.
//!
//! The lists are those of the lexicon (`data/lexicon/`) and of `data/vietnamese/`; statistics and weights come from a
//! treebank (`data/vietnamese/*.vtb.tsv`). A dictionary also gives phrases (*trận đấu*), and texts have words that no
//! dictionary has: how often the single syllables stand alone and how often within a word, what the neighbours would rather
//! be joined with, and how all of them are written tells these apart.

mod features;
mod model;
mod reading;
mod records;
mod table;
mod templates;

use crate::{Token, TokenKind};
use features::{Shape, Syllable, may_be_word, settle};
use model::Model;
use reading::{Reading, read};
use records::{SyllableRecord, WordRecord};
use rustc_hash::FxHashMap;
use satzpaar_language::fold::fold_vietnamese;
use std::sync::Arc;

/// So many different spellings of syllables are remembered, and so many pairs of syllables.
const REMEMBERED: usize = 1 << 16;

/// Joins the syllables of Vietnamese text into words. A worker: cheap to clone (the word list is shared), its buffers are
/// reused, so that in the steady state it allocates nothing.
#[derive(Clone, Debug)]
pub struct WordSegmenter {
    model: Arc<Model>,
    /// Surface of a syllable → its number in the model.
    known: FxHashMap<Box<str>, (u32, SyllableRecord)>,
    /// Two syllables in lower case → what is known of them, and what speaks for joining them.
    pairs: FxHashMap<(u32, u32), (u32, WordRecord, f32)>,
    /// The number that the next unknown syllable gets.
    unknown: u32,
    key: String,
    run: Run,
}

/// The syllables in hand, and the best way to cut them.
#[derive(Clone, Debug, Default)]
struct Run {
    syllables: Vec<Syllable>,
    ids: Vec<u32>,
    /// Which tokens they are.
    tokens: Vec<usize>,
    /// What is known of each and the next one.
    nodes: Vec<u32>,
    pairs: Vec<WordRecord>,
    /// What speaks for joining all up to each.
    joined: Vec<f32>,
    /// For each place between syllables the best score of a path that ends there, and where its last word starts.
    best: Vec<(f32, usize)>,
    path: Vec<(usize, usize)>,
}

impl Default for WordSegmenter {
    fn default() -> Self {
        Self::new()
    }
}

impl WordSegmenter {
    /// The segmenter over the words compiled in (lexicon, compounds and statistics). The first call in a process numbers the
    /// syllables, in about a millisecond; later ones share the tables.
    pub fn new() -> Self {
        Self::over(model::compiled())
    }

    /// The segmenter over the words compiled in and these, which are joined wherever they stand.
    pub fn with_words<'w>(words: impl IntoIterator<Item = &'w str>) -> Self {
        Self::over(Arc::new(Model::new(words)))
    }

    fn over(model: Arc<Model>) -> Self {
        Self {
            model,
            known: FxHashMap::default(),
            pairs: FxHashMap::default(),
            unknown: model::UNKNOWN,
            key: String::new(),
            run: Run::default(),
        }
    }

    /// Puts the words of `text` into `words`, which is emptied first, given its syllable tokens as
    /// [`Tokenizer`](crate::Tokenizer) gives them. A word's span runs from its first syllable to its last; every other
    /// token comes through as it is, but that the sign of percent leaves its number.
    ///
    /// ```
    /// use satzpaar_tokenizer::{Language, Tokenizer, WordSegmenter};
    ///
    /// let text = "Chính phủ Việt Nam công bố kế hoạch.";
    /// let (mut syllables, mut words) = (Vec::new(), Vec::new());
    /// Tokenizer::new(Language::Vietnamese).tokenize(text, &mut syllables);
    /// WordSegmenter::new().segment(text, &syllables, &mut words);
    /// let words: Vec<_> = words.iter().map(|word| word.surface(text)).collect();
    /// assert_eq!(words, ["Chính phủ", "Việt Nam", "công bố", "kế hoạch", "."]);
    /// ```
    pub fn segment(&mut self, text: &str, syllables: &[Token], words: &mut Vec<Token>) {
        words.clear();
        self.run.clear();
        read(text, syllables, |reading| match reading {
            Reading::Syllable(token, shape) => {
                let (id, record) = self.syllable(syllables[token].surface(text));
                self.run.syllables.push(Syllable { id, shape, record });
                self.run.ids.push(id);
                self.run.tokens.push(token);
            }
            Reading::Other(token) => words.push(syllables[token]),
            Reading::End => {
                self.run.cut(&self.model, &mut self.pairs);
                self.run.write(text, syllables, words);
                self.run.clear();
            }
        });
    }

    /// The number of a syllable, given as it stands in the text, and what is known of it.
    fn syllable(&mut self, surface: &str) -> (u32, SyllableRecord) {
        if let Some(known) = self.known.get(surface) {
            return *known;
        }
        self.key.clear();
        fold_vietnamese(surface, &mut self.key);
        let mut found = self.model.syllable(&self.key);
        if found.0 == model::UNKNOWN {
            // Two that nobody knows are not the same: far more numbers are free than spellings are remembered.
            self.unknown =
                self.unknown.checked_sub(1).filter(|n| *n > u32::MAX / 2).unwrap_or(model::UNKNOWN);
            found.0 = self.unknown;
        }
        if self.known.len() < REMEMBERED && surface.len() < 24 {
            self.known.insert(surface.into(), found);
        }
        found
    }
}

impl Run {
    fn clear(&mut self) {
        self.syllables.clear();
        self.ids.clear();
        self.tokens.clear();
    }

    /// Finds the best path.
    fn cut(&mut self, model: &Model, known: &mut FxHashMap<(u32, u32), (u32, WordRecord, f32)>) {
        let n = self.syllables.len();
        settle(&mut self.syllables);
        self.nodes.clear();
        self.pairs.clear();
        self.joined.clear();
        for pair in self.syllables.windows(2) {
            let [first, second] = [pair[0], pair[1]];
            let lower = first.shape == Shape::Lower && second.shape == Shape::Lower;
            let found = if lower { known.get(&(first.id, second.id)).copied() } else { None };
            let (node, record, joined) = found.unwrap_or_else(|| {
                let (node, record) = model.pair(first.id, second.id);
                let found = (node, record, model.two(first, second, record));
                if lower && known.len() < REMEMBERED {
                    known.insert((first.id, second.id), found);
                }
                found
            });
            self.nodes.push(node);
            self.pairs.push(record);
            self.joined.push(joined);
        }
        let mut sum = 0.0;
        for at in 0..n {
            let gap =
                self.joined.get(at).map_or(0.0, |two| two + model.around(&self.syllables, &self.pairs, at));
            if at < self.joined.len() {
                self.joined[at] = sum;
            } else {
                self.joined.push(sum);
            }
            sum += gap;
        }
        self.best.clear();
        self.best.resize(n + 1, (f32::NEG_INFINITY, 0));
        self.best[0].0 = 0.0;
        for at in 0..n {
            self.extend(model, at);
        }
        self.path.clear();
        let mut place = n;
        while place > 0 {
            let from = self.best[place].1;
            self.path.push((from, place));
            place = from;
        }
    }

    /// Tries every word that may start at syllable `at`.
    fn extend(&mut self, model: &Model, at: usize) {
        let n = self.syllables.len();
        let mut node = None;
        for end in at + 1..=n.min(at + model.reach(self.syllables[at].shape)) {
            let length = end - at;
            let mut record = WordRecord::default();
            if length == 2 {
                (node, record) = (Some(self.nodes[at]), self.pairs[at]);
            } else if length > 2 {
                let child = node.and_then(|node| model.child(node, self.ids[end - 1]));
                (node, record) = (child.map(|c| c.0), child.map_or(record, |c| c.1));
            }
            let given = model.given(&self.ids[at..end]);
            if length > 2 && !record.is_word() && given.is_none() && !may_be_word(&self.syllables[at..end]) {
                continue;
            }
            let score = self.best[at].0 + self.joined[end - 1] - self.joined[at]
                + model.word(&self.syllables, at, end, record)
                + given.unwrap_or_default();
            if score > self.best[end].0 {
                self.best[end] = (score, at);
            }
        }
    }

    /// Writes the words of the best path.
    fn write(&self, text: &str, tokens: &[Token], words: &mut Vec<Token>) {
        for &(from, to) in self.path.iter().rev() {
            let (first, last) = (tokens[self.tokens[from]], tokens[self.tokens[to - 1]]);
            let kind = if to - from == 1 { first.kind } else { TokenKind::Word };
            let end = last.span.end;
            // A sign of percent is read as a word of its own (phần trăm).
            let sign = reading::percent(last.surface(text));
            words.push(Token { span: crate::Span::new(first.span.start, end - sign), kind });
            if sign > 0 {
                words.push(Token { span: crate::Span::new(end - sign, end), kind: TokenKind::Symbol });
            }
        }
    }
}
