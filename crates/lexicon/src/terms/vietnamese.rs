//! Vietnamese sentences into mentions and units.

use std::collections::HashSet;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use satzpaar_language::fold::fold_vietnamese;
use satzpaar_language::{Equivalent, Language, PartOfSpeech, Span};
use satzpaar_tokenizer::{Token, TokenKind, Tokenizer};

use super::{
    Key, Mention, NAME_RATE, TermKind, Unit, VietnameseTerms, fact_key, fact_rate, name_key_hash,
    share_of_class, word_key,
};
use crate::Lexicon;
use crate::facts::{Fact, facts};
use crate::names::{is_vietnamese_syllable, name_key};

/// Vietnamese words that carry grammar: folded, from `data/vietnamese/function-words.txt`.
static FUNCTION_WORDS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    include_str!("../../../../data/vietnamese/function-words.txt")
        .lines()
        .filter(|l| !l.starts_with('#') && !l.is_empty())
        .map(|word| {
            let mut key = String::new();
            fold_vietnamese(word, &mut key);
            key
        })
        .collect()
});

/// Costs of the best cut: fewer words are better, then more frequent ones; what the lexicon does not have is worst.
const WORD_COST: f32 = 1.0;
const CLASS_COST: f32 = 0.005;
const UNKNOWN_COST: f32 = 1.6;
const FACT_COST: f32 = 0.8;

/// One syllable: where it stands, its folded form as a range of the buffer, and what its spelling tells.
#[derive(Clone, Copy, Debug)]
struct Syllable {
    span: Span,
    folded: (usize, usize),
    /// A punctuation mark stands before it: no word reaches over it.
    after_break: bool,
    capital: bool,
    foreign: bool,
}

/// The step that leads to a place of the best cut.
#[derive(Clone, Copy, Debug)]
struct Step {
    cost: f32,
    from: u16,
    kind: TermKind,
    key: Key,
    rate: f32,
}

/// Reads Vietnamese sentences. Holds a cache and buffers; make one for each thread.
pub struct VietnameseReader<'l> {
    lexicon: &'l Lexicon,
    tokenizer: Tokenizer,
    tokens: Vec<Token>,
    facts: Vec<Fact>,
    folded: String,
    name: String,
    syllables: Vec<Syllable>,
    /// The first syllable of each token, and one past the last token's last.
    first_syllables: Vec<u16>,
    steps: Vec<Step>,
    kinds: FxHashMap<Equivalent, TermKind>,
}

impl<'l> VietnameseReader<'l> {
    /// A reader that understands words by this lexicon.
    pub fn new(lexicon: &'l Lexicon) -> Self {
        Self {
            lexicon,
            tokenizer: Tokenizer::new(Language::Vietnamese),
            tokens: Vec::new(),
            facts: Vec::new(),
            folded: String::new(),
            name: String::new(),
            syllables: Vec::new(),
            first_syllables: Vec::new(),
            steps: Vec::new(),
            kinds: FxHashMap::default(),
        }
    }

    /// The mentions and units of a sentence (or of any span of text of up to 65,000 syllables; what is beyond is not read).
    pub fn read(&mut self, sentence: &str) -> VietnameseTerms {
        let mut out =
            VietnameseTerms { characters: sentence.chars().count() as u32, ..VietnameseTerms::default() };
        self.tokenizer.tokenize(sentence, &mut self.tokens);
        self.read_syllables(sentence);
        let count = self.syllables.len();
        self.steps.clear();
        let nowhere = Step { cost: f32::INFINITY, from: 0, kind: TermKind::Unknown, key: 0, rate: 0.0 };
        self.steps.resize(count + 1, nowhere);
        self.steps[0].cost = 0.0;
        self.facts.clear();
        facts(sentence, &self.tokens, Language::Vietnamese, &mut self.facts);
        self.facts.sort_by_key(|f| (f.tokens.start, f.tokens.end, f.kind));
        let mut next_fact = 0;
        for at in 0..count {
            while let Some(fact) = self.facts.get(next_fact) {
                let first = self.first_syllables.get(fact.tokens.start).copied().unwrap_or(u16::MAX);
                let end = self.first_syllables.get(fact.tokens.end).copied().unwrap_or(count as u16);
                if usize::from(first) > at {
                    break;
                }
                if usize::from(first) == at && end > first {
                    out.mentions.extend(fact.keys().map(|key| Mention { key: fact_key(key), first, end }));
                    let key = fact.keys().next().map_or(0, fact_key);
                    let step = Step {
                        cost: FACT_COST,
                        from: first,
                        kind: TermKind::Fact,
                        key,
                        rate: fact_rate(fact),
                    };
                    offer(&mut self.steps, end, step);
                }
                next_fact += 1;
            }
            self.read_words(at, &mut out);
            self.read_name(sentence, at, &mut out);
        }
        let end = count.min(usize::from(u16::MAX)) as u16;
        super::marks(sentence, |class| {
            out.mentions.push(Mention { key: super::mark_key(class), first: end, end });
        });
        self.cut(&mut out);
        out.syllables.extend(self.syllables.iter().map(|s| s.span));
        out.mentions.sort_unstable_by_key(|m| (m.first, m.end, m.key));
        out.mentions.dedup();
        out
    }

    fn read_syllables(&mut self, sentence: &str) {
        self.folded.clear();
        self.syllables.clear();
        self.first_syllables.clear();
        let mut after_break = false;
        for token in &self.tokens {
            self.first_syllables.push(self.syllables.len().min(usize::from(u16::MAX)) as u16);
            if matches!(token.kind, TokenKind::Punctuation | TokenKind::Symbol)
                || self.syllables.len() + 64 > usize::from(u16::MAX)
            {
                after_break |= token.kind == TokenKind::Punctuation;
                continue;
            }
            let surface = token.surface(sentence);
            let split = token.kind == TokenKind::Word;
            let mut start = token.span.start;
            for part in surface.split(|c| split && c == '-').take(32) {
                let span = Span::new(start, start + part.len());
                start = span.end + 1;
                if part.is_empty() {
                    continue;
                }
                let folded = self.folded.len();
                // The lexicon writes abbreviations without their stop (TP., GS.).
                fold_vietnamese(
                    part.strip_suffix('.').filter(|p| !p.is_empty()).unwrap_or(part),
                    &mut self.folded,
                );
                self.syllables.push(Syllable {
                    span,
                    folded: (folded, self.folded.len()),
                    after_break,
                    capital: part.chars().next().is_some_and(char::is_uppercase),
                    foreign: split && !is_vietnamese_syllable(part),
                });
                after_break = false;
            }
        }
        self.first_syllables.push(self.syllables.len() as u16);
    }

    /// Every word of the lexicon that begins at a syllable.
    fn read_words(&mut self, at: usize, out: &mut VietnameseTerms) {
        let Self { lexicon, syllables, folded, steps, kinds, .. } = self;
        let row = syllables[at..].iter().enumerate().take_while(|(i, s)| *i == 0 || !s.after_break);
        let row = row.map(|(_, s)| &folded[s.folded.0..s.folded.1]);
        let first = at as u16;
        lexicon.vietnamese_prefixes(row, |word, length| {
            let end = first + length as u16;
            let key = word_key(word);
            out.mentions.push(Mention { key, first, end });
            let class = lexicon.vietnamese_class(word);
            let kind = *kinds.entry(word).or_insert_with(|| kind_of(lexicon, word));
            let cost = WORD_COST + CLASS_COST * f32::from(class);
            offer(steps, end, Step { cost, from: first, kind, key, rate: share_of_class(class) });
        });
    }

    /// A syllable as a name: one that no Vietnamese word could be, or one with a capital.
    fn read_name(&mut self, sentence: &str, at: usize, out: &mut VietnameseTerms) {
        let syllable = self.syllables[at];
        let first = at as u16;
        let mut unit =
            Step { cost: UNKNOWN_COST, from: first, kind: TermKind::Unknown, key: 0, rate: NAME_RATE };
        if syllable.foreign || syllable.capital {
            name_key(syllable.span.of(sentence), &mut self.name);
            if !self.name.is_empty() {
                unit.key = name_key_hash(&self.name);
                unit.kind = TermKind::Name;
                out.mentions.push(Mention { key: unit.key, first, end: first + 1 });
                if syllable.foreign {
                    out.names.push((unit.key, syllable.span.of(sentence).into()));
                }
            }
        }
        if unit.kind == TermKind::Unknown
            && FUNCTION_WORDS.contains(&self.folded[syllable.folded.0..syllable.folded.1])
        {
            unit.kind = TermKind::Function;
        }
        offer(&mut self.steps, first + 1, unit);
        // Mát-xcơ-va: the parts of a word with hyphens make one name.
        let glued = |a: &Syllable, b: &Syllable| {
            a.span.end + 1 == b.span.start && &sentence[a.span.end..b.span.start] == "-"
        };
        let begins = at == 0 || !glued(&self.syllables[at - 1], &syllable);
        let tail = &self.syllables[at..];
        let length = 1 + tail.windows(2).take_while(|pair| glued(&pair[0], &pair[1])).count();
        if begins && length > 1 {
            let whole = Span::new(syllable.span.start, tail[length - 1].span.end).of(sentence);
            name_key(whole, &mut self.name);
            if !self.name.is_empty() {
                let key = name_key_hash(&self.name);
                let end = first + length as u16;
                out.mentions.push(Mention { key, first, end });
                if syllable.capital || tail[..length].iter().any(|s| s.foreign) {
                    let step =
                        Step { cost: WORD_COST, from: first, kind: TermKind::Name, key, rate: NAME_RATE };
                    offer(&mut self.steps, end, step);
                }
            }
        }
    }

    /// Walks the best cut back and writes its units in order.
    fn cut(&self, out: &mut VietnameseTerms) {
        let mut end = self.syllables.len();
        while end > 0 {
            let step = self.steps[end];
            out.units.push(Unit {
                first: step.from,
                end: end as u16,
                kind: step.kind,
                key: step.key,
                rate: step.rate,
            });
            end = usize::from(step.from);
        }
        out.units.reverse();
    }
}

/// Takes a step to `end` if it is the cheapest way there so far; of equal ones the first stays.
fn offer(steps: &mut [Step], end: u16, mut step: Step) {
    step.cost += steps[usize::from(step.from)].cost;
    if let Some(place) = steps.get_mut(usize::from(end))
        && step.cost < place.cost
    {
        *place = step;
    }
}

/// What a Vietnamese word is: what its most frequent headword is.
fn kind_of(lexicon: &Lexicon, word: Equivalent) -> TermKind {
    let mut key = String::new();
    fold_vietnamese(lexicon.vietnamese_text(word), &mut key);
    if FUNCTION_WORDS.contains(&key) {
        return TermKind::Function;
    }
    let headwords = lexicon.headwords(word);
    let Some(first) = headwords.iter().min_by_key(|h| (lexicon.class(**h), **h)) else {
        return TermKind::Noun;
    };
    if headwords.iter().all(|h| lexicon.pos(*h).is_function() || lexicon.field(*h) == "function") {
        return TermKind::Function;
    }
    match lexicon.pos(*first) {
        PartOfSpeech::Verb => TermKind::Verb,
        PartOfSpeech::Adjective => TermKind::Adjective,
        PartOfSpeech::Name | PartOfSpeech::Abbreviation => TermKind::Name,
        PartOfSpeech::Noun | PartOfSpeech::Phrase => TermKind::Noun,
        _ => TermKind::Adverb,
    }
}
