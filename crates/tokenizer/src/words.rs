//! Vietnamese syllables joined into words: the best path over a word list, by the frequencies of words and word pairs.
//!
//! The list is that of the lexicon (`data/lexicon/`) and of `data/vietnamese/compounds.txt`; the frequencies come from a
//! treebank (`data/vietnamese/*.vtb.tsv`). A dictionary also gives phrases (*trận đấu*), and texts have words that no
//! dictionary has: what is known of the single syllables, how often they stand alone and how often within a word, tells
//! these apart. Capitalised runs are names.

mod model;

use crate::{Token, TokenKind};
use model::{Model, NO_WORD};
use rustc_hash::FxHashMap;
use satzpaar_language::fold::fold_vietnamese;
use std::sync::Arc;

/// Longest word, in syllables, that is not a name.
const LONGEST: usize = 6;
/// So many different spellings of syllables are remembered.
const REMEMBERED: usize = 1 << 16;

/// Joins the syllables of Vietnamese text into words. A worker: cheap to clone (the word list is shared), its buffers are
/// reused, so that in the steady state it allocates nothing.
#[derive(Clone, Debug)]
pub struct WordSegmenter {
    model: Arc<Model>,
    /// Surface of a syllable → its number in the model.
    known: FxHashMap<Box<str>, u32>,
    key: String,
    syllables: Vec<Syllable>,
    /// For each place between syllables the words that end there, the best path to each.
    ends: Vec<Vec<Step>>,
    path: Vec<(usize, usize)>,
}

/// A syllable of the run in hand.
#[derive(Clone, Copy, Debug)]
struct Syllable {
    id: u32,
    /// Its place among the tokens.
    token: usize,
    /// It starts with a capital.
    capital: bool,
    /// A sentence or quotation starts with it.
    first: bool,
    number: bool,
}

/// The best path whose last word is `word`.
#[derive(Clone, Copy, Debug)]
struct Step {
    cost: f32,
    word: u32,
    /// Where the last word starts, and which step there it follows.
    from: usize,
    before: usize,
}

impl Default for WordSegmenter {
    fn default() -> Self {
        Self::new()
    }
}

impl WordSegmenter {
    /// The segmenter over the words compiled in (lexicon, compounds and statistics). The first call in a process builds the
    /// word list, in some milliseconds; later ones share it.
    pub fn new() -> Self {
        Self::over(model::compiled())
    }

    /// The segmenter over the words compiled in and these, as one more dictionary.
    pub fn with_words<'w>(words: impl IntoIterator<Item = &'w str>) -> Self {
        Self::over(Arc::new(Model::build(words)))
    }

    fn over(model: Arc<Model>) -> Self {
        Self {
            model,
            known: FxHashMap::default(),
            key: String::new(),
            syllables: Vec::new(),
            ends: Vec::new(),
            path: Vec::new(),
        }
    }

    /// Puts the words of `text` into `words`, which is emptied first, given its syllable tokens as
    /// [`Tokenizer`](crate::Tokenizer) gives them. A word's span runs from its first syllable to its last; every other
    /// token comes through as it is.
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
        self.syllables.clear();
        let mut first = true;
        let mut before = model::START;
        for (i, token) in syllables.iter().enumerate() {
            let surface = token.surface(text);
            let joins = matches!(token.kind, TokenKind::Word | TokenKind::Number);
            // Words do not reach over a line's end or over the layout of a table.
            let near = i == 0 || &text[syllables[i - 1].span.end..token.span.start] == " ";
            if !joins || (!near && !self.syllables.is_empty()) {
                before = self.finish(syllables, words, before);
            }
            if !joins {
                words.push(*token);
                before = self.model.mark(surface);
                first |= surface.starts_with(['.', '!', '?', '…', ':', '"', '“', '”', '-', '–', '(', '•']);
                continue;
            }
            let id = self.id(surface);
            let capital = surface.starts_with(char::is_uppercase);
            self.syllables.push(Syllable {
                id,
                token: i,
                capital,
                first,
                number: token.kind == TokenKind::Number,
            });
            first = false;
            if surface.ends_with('.') {
                // An abbreviation with its stop joins nothing.
                before = self.finish(syllables, words, before);
            }
        }
        self.finish(syllables, words, before);
    }

    /// The number of a syllable, given as it stands in the text.
    fn id(&mut self, surface: &str) -> u32 {
        if let Some(id) = self.known.get(surface) {
            return *id;
        }
        self.key.clear();
        fold_vietnamese(surface, &mut self.key);
        let id = self.model.syllable(&self.key);
        if self.known.len() < REMEMBERED && surface.len() < 24 {
            self.known.insert(surface.into(), id);
        }
        id
    }

    /// Segments the run in hand and writes its words; gives the last one's number.
    fn finish(&mut self, tokens: &[Token], words: &mut Vec<Token>, before: u32) -> u32 {
        let n = self.syllables.len();
        if n == 0 {
            return before;
        }
        for ends in &mut self.ends {
            ends.clear();
        }
        if self.ends.len() <= n {
            self.ends.resize_with(n + 1, Vec::new);
        }
        self.ends[0].push(Step { cost: 0.0, word: before, from: 0, before: 0 });
        for at in 0..n {
            self.extend(at);
        }
        let (mut place, mut step) = (n, self.best(n));
        let last = self.ends[n].get(step).map_or(NO_WORD, |s| s.word);
        self.path.clear();
        while place > 0 {
            let Some(found) = self.ends[place].get(step) else { break };
            self.path.push((found.from, place));
            (place, step) = (found.from, found.before);
        }
        for &(from, to) in self.path.iter().rev() {
            let (first, last) = (tokens[self.syllables[from].token], tokens[self.syllables[to - 1].token]);
            if to - from == 1 {
                words.push(first);
            } else {
                words.push(Token {
                    span: crate::Span::new(first.span.start, last.span.end),
                    kind: TokenKind::Word,
                });
            }
        }
        self.syllables.clear();
        last
    }

    fn best(&self, place: usize) -> usize {
        let steps = &self.ends[place];
        (0..steps.len()).min_by(|a, b| steps[*a].cost.total_cmp(&steps[*b].cost)).unwrap_or(0)
    }

    /// Tries every word that may start at syllable `at`.
    fn extend(&mut self, at: usize) {
        let model = Arc::clone(&self.model);
        let name = self.name_from(at);
        let mut node = model::ROOT;
        let mut inner_capital = false;
        let n = self.syllables.len();
        for end in at + 1..=n.min(at + LONGEST) {
            let here = self.syllables[end - 1];
            let length = end - at;
            inner_capital |= length > 1 && here.capital;
            node = if node == NO_WORD { NO_WORD } else { model.child(node, here.id) };
            let listed = if node == NO_WORD { None } else { model.cost(node) };
            let first = self.syllables[at];
            let cost = match (length, listed) {
                (1, _) => Some(listed.unwrap_or(model.unknown())),
                (_, Some(cost)) => {
                    Some(cost + if inner_capital && !first.capital { model::MIXED } else { 0.0 })
                }
                (2, None) => unlisted(&model, first, here),
                _ => None,
            };
            if let Some(cost) = cost {
                self.step(&model, at, end, if listed.is_some() { node } else { NO_WORD }, cost);
            }
            if node == NO_WORD && length > 1 {
                break;
            }
        }
        if let Some(end) = name {
            let cost = model::NAME + if self.syllables[at].first { model::NAME_FIRST } else { 0.0 };
            self.step(&model, at, end, NO_WORD, cost);
        }
    }

    /// Where the name ends that starts at syllable `at`: a whole run of capitalised syllables, less what stands before names.
    fn name_from(&self, at: usize) -> Option<usize> {
        let here = self.syllables[at];
        if !here.capital {
            return None;
        }
        let begins = at == 0 || {
            let before = self.syllables[at - 1];
            !before.capital || before.first || self.model.stands_before_names(before.id)
        };
        if !begins || (here.first && self.model.stands_before_names(here.id)) {
            return None;
        }
        let length = self.syllables[at..].iter().take_while(|s| s.capital && !s.number).take(8).count();
        (length > 1).then_some(at + length)
    }

    /// Takes the word `at..end` after every word that ends at `at`, and keeps the best path to it.
    fn step(&mut self, model: &Model, at: usize, end: usize, word: u32, cost: f32) {
        let (left, right) = self.ends.split_at_mut(end);
        let mut best: Option<Step> = None;
        for (i, step) in left[at].iter().enumerate() {
            let total = step.cost + model.after(step.word, word, cost);
            if best.is_none_or(|b| total < b.cost) {
                best = Some(Step { cost: total, word, from: at, before: i });
            }
        }
        if let (Some(best), Some(steps)) = (best, right.first_mut()) {
            steps.push(best);
        }
    }
}

/// The cost of joining two syllables that no list has together, if they may be joined at all.
fn unlisted(model: &Model, first: Syllable, second: Syllable) -> Option<f32> {
    if first.number && !second.number {
        // 10 triệu, 3,5 tỷ
        return model.is_large(second.id).then_some(model::LARGE_NUMBER);
    }
    if first.number || second.number {
        return None;
    }
    if first.capital != second.capital && !(first.capital && first.first) {
        return None;
    }
    // A syllable said twice: xanh xanh, từ từ.
    if first.id == second.id && first.id != NO_WORD {
        return Some(model::REDUPLICATION);
    }
    model.unlisted(first.id, second.id)
}
