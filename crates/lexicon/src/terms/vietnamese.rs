//! Vietnamese sentences into mentions and units.

use std::collections::HashSet;
use std::sync::LazyLock;

use satzpaar_language::fold::fold_vietnamese;
use satzpaar_language::{Equivalent, Language, PartOfSpeech, ShortSpan, Span};
use satzpaar_tokenizer::{Token, TokenKind, Tokenizer};

use super::negation;
use super::spellings::Spellings;
use super::{
    Key, Mention, NAME_RATE, Signs, TermKind, Unit, VietnameseTerms, fact_key, fact_rate, name_key_hash,
    share_of_class, word_key,
};
use crate::Lexicon;
use crate::facts::{Fact, Word, facts_of_known, known_word};
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

/// So many different syllables are remembered; then the memory starts anew.
const REMEMBERED: usize = 1 << 17;

/// A syllable as it is written, and what is known of it.
#[derive(Debug)]
#[allow(clippy::struct_excessive_bools)] // each is a fact of its own
struct Spelling {
    folded: Box<str>,
    /// Its number among the syllables that the lexicon's words are made of.
    number: Option<u32>,
    capital: bool,
    /// No Vietnamese word could be written so.
    foreign: bool,
    /// Alone it is a word of grammar.
    function: bool,
    /// Its key as a name, if it may be one.
    name: Option<Key>,
    /// It negates its sentence.
    negates: bool,
    /// What it tells of facts.
    fact_word: Option<Word>,
}

/// The spelling of a token that is no single syllable.
const NO_SPELLING: u32 = u32::MAX;

/// One syllable of the sentence.
#[derive(Clone, Copy, Debug)]
struct Syllable {
    span: Span,
    /// Its place among the spellings.
    spelling: u32,
    /// A punctuation mark stands before it: no word reaches over it.
    after_break: bool,
}

/// What a word of the lexicon is as a unit.
#[derive(Clone, Copy, Debug)]
struct WordUnit {
    kind: TermKind,
    cost: f32,
    rate: f32,
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
    name: String,
    /// The spellings met so far, and their places by how they are written: those that stand in a word of letters, and others.
    spellings: Vec<Spelling>,
    places: [Spellings; 2],
    syllables: Vec<Syllable>,
    /// The spelling of each token that is one syllable.
    token_spellings: Vec<u32>,
    /// The first syllable of each token, and one past the last token's last.
    first_syllables: Vec<u16>,
    steps: Vec<Step>,
    /// What is known of the words met so far, by their numbers.
    words: Vec<Option<WordUnit>>,
    /// What the sentence in hand holds.
    terms: VietnameseTerms,
}

impl<'l> VietnameseReader<'l> {
    /// A reader that understands words by this lexicon.
    pub fn new(lexicon: &'l Lexicon) -> Self {
        Self {
            lexicon,
            tokenizer: Tokenizer::new(Language::Vietnamese),
            tokens: Vec::new(),
            facts: Vec::new(),
            name: String::new(),
            spellings: Vec::new(),
            places: Default::default(),
            syllables: Vec::new(),
            token_spellings: Vec::new(),
            first_syllables: Vec::new(),
            steps: Vec::new(),
            words: Vec::new(),
            terms: VietnameseTerms::default(),
        }
    }

    /// The mentions and units of a sentence (or of any span of text of up to 65,000 syllables; what is beyond is not read).
    pub fn read(&mut self, sentence: &str) -> VietnameseTerms {
        let mut out = std::mem::take(&mut self.terms);
        out.characters = sentence.chars().count() as u32;
        if self.spellings.len() > REMEMBERED {
            self.spellings.clear();
            self.places = Default::default();
        }
        self.tokenizer.tokenize(sentence, &mut self.tokens);
        self.read_syllables(sentence);
        out.signs =
            Signs { negated: self.is_negated(sentence), closed: super::is_closed(sentence), quoted: false };
        let count = self.syllables.len();
        self.steps.clear();
        let nowhere = Step { cost: f32::INFINITY, from: 0, kind: TermKind::Unknown, key: 0, rate: 0.0 };
        self.steps.resize(count + 1, nowhere);
        self.steps[0].cost = 0.0;
        self.facts.clear();
        let (spellings, of_tokens) = (&self.spellings, &self.token_spellings);
        let known = |token: usize| spellings.get(of_tokens[token] as usize).and_then(|s| s.fact_word);
        facts_of_known(sentence, &self.tokens, Language::Vietnamese, known, &mut self.facts);
        self.facts.sort_by_key(|f| (f.tokens.start, f.tokens.end, f.kind));
        let mut next_fact = 0;
        for at in 0..count {
            let before = out.mentions.len();
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
            // All that were added begin here, so that the whole list is in order.
            out.mentions[before..].sort_unstable_by_key(|m| (m.end, m.key));
        }
        let end = count.min(usize::from(u16::MAX)) as u16;
        super::marks(sentence, |class| {
            out.signs.quoted |= class == super::QUOTES;
            out.mentions.push(Mention { key: super::mark_key(class), first: end, end });
        });
        self.cut(&mut out);
        out.syllables.extend(self.syllables.iter().map(|s| ShortSpan::from(s.span)));
        out.mentions.dedup();
        // The sentence's own lists are as long as need be, and made at once.
        let own = out.clone();
        out.mentions.clear();
        out.units.clear();
        out.syllables.clear();
        out.names.clear();
        self.terms = out;
        own
    }

    fn is_negated(&self, sentence: &str) -> bool {
        let spelling = |at: usize| self.syllables.get(at).map(|s| self.spelling_of(s));
        let word = |at: usize| spelling(at).map(|s| &*s.folded);
        let asks = |at| at + 1 == self.syllables.len() && sentence.contains('?');
        let negates = |at| {
            // „Anh đi không?“: at the end of a question it only asks.
            spelling(at).is_some_and(|s| s.negates) && !asks(at) && negation::VIETNAMESE.negates(at, word)
        };
        (0..self.syllables.len()).any(negates)
    }

    fn read_syllables(&mut self, sentence: &str) {
        self.syllables.clear();
        self.token_spellings.clear();
        self.token_spellings.resize(self.tokens.len(), NO_SPELLING);
        self.first_syllables.clear();
        let mut after_break = false;
        for at in 0..self.tokens.len() {
            let token = self.tokens[at];
            self.first_syllables.push(self.syllables.len().min(usize::from(u16::MAX)) as u16);
            if matches!(token.kind, TokenKind::Punctuation | TokenKind::Symbol)
                || self.syllables.len() + 64 > usize::from(u16::MAX)
            {
                after_break |= token.kind == TokenKind::Punctuation;
                continue;
            }
            let surface = token.surface(sentence);
            let letters = token.kind == TokenKind::Word;
            if !surface.contains('-') || !letters {
                let spelling = self.spelling(surface, letters);
                self.token_spellings[at] = spelling;
                self.syllables.push(Syllable { span: token.span, spelling, after_break });
                after_break = false;
                continue;
            }
            let mut start = token.span.start;
            for part in surface.split('-').take(32) {
                let span = Span::new(start, start + part.len());
                start = span.end + 1;
                if part.is_empty() {
                    continue;
                }
                let spelling = self.spelling(part, letters);
                self.syllables.push(Syllable { span, spelling, after_break });
                after_break = false;
            }
        }
        self.first_syllables.push(self.syllables.len() as u16);
    }

    /// The place of a syllable's spelling; `letters` says that it stands in a word of letters.
    fn spelling(&mut self, syllable: &str, letters: bool) -> u32 {
        if let Some(place) = self.places[usize::from(letters)].get(syllable) {
            return place;
        }
        let mut folded = String::new();
        // The lexicon writes abbreviations without their stop (TP., GS.).
        let bare = syllable.strip_suffix('.').filter(|p| !p.is_empty()).unwrap_or(syllable);
        fold_vietnamese(bare, &mut folded);
        let capital = syllable.chars().next().is_some_and(char::is_uppercase);
        let foreign = letters && !is_vietnamese_syllable(syllable);
        let mut name = None;
        if foreign || capital {
            name_key(syllable, &mut self.name);
            name = (!self.name.is_empty()).then(|| name_key_hash(&self.name));
        }
        let place = self.spellings.len() as u32;
        self.spellings.push(Spelling {
            number: self.lexicon.syllable(&folded),
            capital,
            foreign,
            function: FUNCTION_WORDS.contains(&folded),
            negates: negation::VIETNAMESE.has(&folded),
            name,
            fact_word: if letters { known_word(syllable, Language::Vietnamese) } else { None },
            folded: folded.into(),
        });
        self.places[usize::from(letters)].insert(syllable, place);
        place
    }

    fn spelling_of(&self, syllable: &Syllable) -> &Spelling {
        &self.spellings[syllable.spelling as usize]
    }

    /// Every word of the lexicon that begins at a syllable.
    fn read_words(&mut self, at: usize, out: &mut VietnameseTerms) {
        let Self { lexicon, syllables, spellings, steps, words, .. } = self;
        let row = syllables[at..].iter().enumerate().take_while(|(i, s)| *i == 0 || !s.after_break);
        let row = row.map(|(_, syllable)| {
            let spelling = &spellings[syllable.spelling as usize];
            (spelling.number, &*spelling.folded)
        });
        let first = at as u16;
        lexicon.vietnamese_prefixes(row, |word, length| {
            let end = first + length as u16;
            let key = word_key(word);
            out.mentions.push(Mention { key, first, end });
            let place = word.0 as usize;
            if place >= words.len() {
                words.resize(place + 1, None);
            }
            let unit = *words[place].get_or_insert_with(|| word_unit(lexicon, word));
            let step = Step { cost: unit.cost, from: first, kind: unit.kind, key, rate: unit.rate };
            offer(steps, end, step);
        });
    }

    /// A syllable as a name: one that no Vietnamese word could be, or one with a capital.
    fn read_name(&mut self, sentence: &str, at: usize, out: &mut VietnameseTerms) {
        let syllable = self.syllables[at];
        let spelling = self.spelling_of(&syllable);
        let first = at as u16;
        let mut unit =
            Step { cost: UNKNOWN_COST, from: first, kind: TermKind::Unknown, key: 0, rate: NAME_RATE };
        if let Some(key) = spelling.name {
            unit.key = key;
            unit.kind = TermKind::Name;
            out.mentions.push(Mention { key, first, end: first + 1 });
            if spelling.foreign {
                out.names.push((key, syllable.span.of(sentence).into()));
            }
        } else if spelling.function {
            unit.kind = TermKind::Function;
        }
        offer(&mut self.steps, first + 1, unit);
        self.read_glued_name(sentence, at, out);
    }

    /// Mát-xcơ-va: the parts of a word with hyphens make one name.
    fn read_glued_name(&mut self, sentence: &str, at: usize, out: &mut VietnameseTerms) {
        let glued = |a: &Syllable, b: &Syllable| {
            a.span.end + 1 == b.span.start && sentence.as_bytes()[a.span.end] == b'-'
        };
        let tail = &self.syllables[at..];
        let begins = at == 0 || !glued(&self.syllables[at - 1], &tail[0]);
        let length = 1 + tail.windows(2).take_while(|pair| glued(&pair[0], &pair[1])).count();
        if !begins || length == 1 {
            return;
        }
        name_key(Span::new(tail[0].span.start, tail[length - 1].span.end).of(sentence), &mut self.name);
        if self.name.is_empty() {
            return;
        }
        let key = name_key_hash(&self.name);
        let first = at as u16;
        let end = first + length as u16;
        out.mentions.push(Mention { key, first, end });
        let foreign = |syllable| self.spelling_of(syllable).foreign;
        if self.spelling_of(&tail[0]).capital || tail[..length].iter().any(foreign) {
            let step = Step { cost: WORD_COST, from: first, kind: TermKind::Name, key, rate: NAME_RATE };
            offer(&mut self.steps, end, step);
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

fn word_unit(lexicon: &Lexicon, word: Equivalent) -> WordUnit {
    let class = lexicon.vietnamese_class(word);
    WordUnit {
        kind: kind_of(lexicon, word),
        cost: WORD_COST + CLASS_COST * f32::from(class),
        rate: share_of_class(class),
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
