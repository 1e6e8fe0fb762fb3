//! German sentences into terms.

use rustc_hash::FxHashMap;
use satzpaar_language::fold::{fold_german, fold_vietnamese, light_stem};
use satzpaar_language::{Headword, Language, PartOfSpeech, Span};
use satzpaar_tokenizer::morphology::{Morphology, Reading, Vocabulary, is_separable_particle};
use satzpaar_tokenizer::{Token, TokenKind, Tokenizer};

use super::{
    FACT_STRENGTHS, FULL, GermanTerms, Key, NAME_RATE, Target, Term, TermKind, fact_key, fact_rate,
    name_key_hash, share_of_class, stable_hash, word_key,
};
use crate::Lexicon;
use crate::facts::{Fact, facts};
use crate::names::name_key;

/// Forms whose analysis is kept; beyond it the cache starts anew, so that memory stays bounded on any corpus.
const CACHE_LIMIT: usize = 200_000;
/// How good a find a name is against a word of the lexicon: the spelling may meet by chance.
const NAME_STRENGTH: f32 = 0.95;
/// How good a find a part of several syllables is, and a syllable that is this rare.
const PART_STRENGTH: f32 = 0.5;
const SYLLABLE_STRENGTH: f32 = 0.3;
const RARE_SYLLABLE: u8 = 9;
/// What each step of a far-fetched reading takes from its finds.
const READING_DISCOUNT: f32 = 0.1;
/// The rate of a term is capped: beyond it a find says nothing anyway.
const TOP_RATE: f32 = 0.05;
/// How far back from a particle its verb is looked for, in tokens.
const CLAUSE: usize = 40;

/// A form's analysis, as it is kept.
#[derive(Debug, Default)]
struct Analysis {
    terms: Vec<AnalysedTerm>,
    /// Its verbs, for particles that stand apart.
    verbs: Vec<Headword>,
}

#[derive(Debug)]
struct AnalysedTerm {
    kind: TermKind,
    id: u64,
    rate: f32,
    loose_rate: f32,
    targets: Vec<Target>,
    /// The word itself, if it is a name that the lexicon does not have.
    name: Option<Box<str>>,
}

/// Reads German sentences. Holds a cache and buffers; make one for each thread.
pub struct GermanReader<'l> {
    lexicon: &'l Lexicon,
    tokenizer: Tokenizer,
    morphology: Morphology,
    cache: FxHashMap<Box<str>, Analysis>,
    tokens: Vec<Token>,
    facts: Vec<Fact>,
    readings: Vec<Reading>,
    headwords: Vec<Headword>,
    folded: String,
    /// The folded form of each token, as a range of `folded`; empty for what is no word.
    forms: Vec<(usize, usize)>,
    taken: Vec<bool>,
    /// The first term of each token, for particles that stand apart.
    first_terms: Vec<usize>,
}

impl<'l> GermanReader<'l> {
    /// A reader that understands words by this lexicon.
    pub fn new(lexicon: &'l Lexicon) -> Self {
        Self {
            lexicon,
            tokenizer: Tokenizer::new(Language::German),
            morphology: Morphology::default(),
            cache: FxHashMap::default(),
            tokens: Vec::new(),
            facts: Vec::new(),
            readings: Vec::new(),
            headwords: Vec::new(),
            folded: String::new(),
            forms: Vec::new(),
            taken: Vec::new(),
            first_terms: Vec::new(),
        }
    }

    /// The terms of a sentence (or of any span of text).
    pub fn read(&mut self, sentence: &str) -> GermanTerms {
        if self.cache.len() > CACHE_LIMIT {
            self.cache.clear();
        }
        let mut out = GermanTerms { characters: sentence.chars().count() as u32, ..GermanTerms::default() };
        self.tokenizer.tokenize(sentence, &mut self.tokens);
        self.fold_tokens(sentence);
        self.read_facts(sentence, &mut out);
        self.first_terms.clear();
        self.first_terms.resize(self.tokens.len() + 1, 0);
        let mut at = 0;
        while at < self.tokens.len() {
            self.first_terms[at] = out.terms.len();
            if self.taken[at] || self.forms[at].0 == self.forms[at].1 {
                at += 1;
                continue;
            }
            let length = self.read_phrase(at, &mut out);
            if length > 0 {
                self.first_terms[at..at + length].fill(out.terms.len() - 1);
                at += length;
                continue;
            }
            let form = &self.folded[self.forms[at].0..self.forms[at].1];
            if !(is_separable_particle(form)
                && self.ends_clause(at)
                && self.join_particle(sentence, at, &mut out))
            {
                self.read_word(sentence, self.tokens[at].span, &mut out);
            }
            at += 1;
        }
        super::marks(sentence, |class| {
            let start = out.targets.len() as u32;
            out.targets.push(Target { key: super::mark_key(class), strength: 1.0 });
            let (key, rate) = (super::mark_key(class), super::MARKS[class].1);
            let (kind, span) = (TermKind::Mark, Span::new(sentence.len(), sentence.len()));
            out.terms.push(Term { kind, span, id: key, targets: (start, start + 1), rate, loose_rate: rate });
        });
        out
    }

    /// The headword that a form most likely belongs to, if it is one word of the lexicon.
    pub fn dictionary_form(&mut self, form: &str) -> Option<Headword> {
        self.morphology.analyse(self.lexicon, form, &mut self.readings);
        let whole = self.readings.iter().all(|r| r.part == 0);
        let best = self.readings.iter().min_by_key(|r| (r.cost, r.headword));
        best.filter(|_| whole).map(|r| r.headword)
    }

    fn fold_tokens(&mut self, sentence: &str) {
        self.folded.clear();
        self.forms.clear();
        for token in &self.tokens {
            let start = self.folded.len();
            if token.kind == TokenKind::Word {
                fold_german(token.surface(sentence), &mut self.folded);
            }
            self.forms.push((start, self.folded.len()));
        }
        self.taken.clear();
        self.taken.resize(self.tokens.len(), false);
    }

    fn read_facts(&mut self, sentence: &str, out: &mut GermanTerms) {
        self.facts.clear();
        facts(sentence, &self.tokens, Language::German, &mut self.facts);
        for fact in &self.facts {
            let tokens = fact.tokens.start.min(self.tokens.len())..fact.tokens.end.min(self.tokens.len());
            let (Some(first), Some(last)) =
                (self.tokens.get(tokens.start), self.tokens[tokens.clone()].last())
            else {
                continue;
            };
            self.taken[tokens].fill(true);
            let start = out.targets.len() as u32;
            for (key, strength) in fact.keys().zip(FACT_STRENGTHS) {
                out.targets.push(Target { key: fact_key(key), strength });
            }
            let id = out.targets.get(start as usize).map_or(0, |t| t.key);
            out.terms.push(Term {
                kind: TermKind::Fact,
                span: Span::new(first.span.start, last.span.end),
                id,
                targets: (start, out.targets.len() as u32),
                rate: fact_rate(fact),
                loose_rate: 2.0 * fact_rate(fact),
            });
        }
    }

    /// Reads the longest phrase of the lexicon that begins at a token; gives how many tokens it took, 0 for none.
    fn read_phrase(&mut self, at: usize, out: &mut GermanTerms) -> usize {
        let words =
            self.forms[at..].iter().zip(&self.taken[at..]).take_while(|((s, e), taken)| s < e && !**taken);
        let stems = words.map(|((s, e), _)| light_stem(&self.folded[*s..*e]));
        let length = self.lexicon.longest_phrase(stems, &mut self.headwords);
        if length == 0 {
            return 0;
        }
        let mut targets = Vec::new();
        for headword in &self.headwords {
            add_targets(self.lexicon, *headword, 1.0, &mut targets);
        }
        let function = self.headwords.iter().all(|h| is_function(self.lexicon, *h));
        let kind = if function { TermKind::Function } else { TermKind::Noun };
        let term = finish(self.lexicon, kind, targets, 0);
        let span = Span::new(self.tokens[at].span.start, self.tokens[at + length - 1].span.end);
        push(&term, span, out);
        length
    }

    /// Whether nothing of the clause follows a token: there a particle stands that has left its verb.
    fn ends_clause(&self, at: usize) -> bool {
        let Some((start, end)) = self.forms.get(at + 1) else { return true };
        start == end
            || matches!(&self.folded[*start..*end], "und" | "oder" | "sowie" | "als" | "wie" | "aber")
    }

    /// `nahm … teil`: reads the verb that a particle has left as one with it; false if no verb before it goes with it.
    fn join_particle(&mut self, sentence: &str, at: usize, out: &mut GermanTerms) -> bool {
        let particle = self.folded[self.forms[at].0..self.forms[at].1].to_owned();
        for before in (at.saturating_sub(CLAUSE)..at).rev() {
            let (start, end) = self.forms[before];
            if start == end {
                // A comma may part a relative clause from its verb; a stronger mark ends the search.
                if matches!(self.tokens[before].surface(sentence), ";" | ":" | "." | "!" | "?") {
                    return false;
                }
                continue;
            }
            if self.taken[before] {
                continue;
            }
            let surface = self.tokens[before].surface(sentence);
            self.analyse(surface);
            let verbs = self.cache.get(surface).map_or(&[][..], |a| a.verbs.as_slice());
            let mut targets = Vec::new();
            let mut joined = String::new();
            for verb in verbs {
                joined.clear();
                joined.push_str(&particle);
                fold_german(self.lexicon.german_text(*verb), &mut joined);
                let lexicon = self.lexicon;
                lexicon.look_up(&joined, &mut |headword, pos| {
                    if pos == PartOfSpeech::Verb {
                        add_targets(lexicon, headword, 1.0, &mut targets);
                    }
                });
            }
            if targets.is_empty() {
                continue;
            }
            let term = finish(self.lexicon, TermKind::Verb, targets, 0);
            let place = self.first_terms[before];
            let Some(old) = out.terms.get_mut(place).filter(|t| t.span == self.tokens[before].span) else {
                return false;
            };
            let start = out.targets.len() as u32;
            out.targets.extend_from_slice(&term.targets);
            *old = Term {
                kind: term.kind,
                span: old.span,
                id: term.id,
                targets: (start, out.targets.len() as u32),
                rate: term.rate,
                loose_rate: term.loose_rate,
            };
            return true;
        }
        false
    }

    fn read_word(&mut self, sentence: &str, span: Span, out: &mut GermanTerms) {
        let surface = span.of(sentence);
        self.analyse(surface);
        if let Some(analysis) = self.cache.get(surface) {
            for term in &analysis.terms {
                push(term, span, out);
            }
        }
    }

    /// Sees to it that a form's analysis is in the cache.
    fn analyse(&mut self, surface: &str) {
        if self.cache.contains_key(surface) {
            return;
        }
        let mut analysis = Analysis::default();
        let mut key = String::new();
        fold_german(surface, &mut key);
        if surface.contains('-') && !self.lexicon.has(&key, |_| true) {
            for part in surface.split('-').filter(|p| !p.is_empty()) {
                self.analyse_part(part, &mut analysis);
            }
        } else {
            self.analyse_part(surface, &mut analysis);
        }
        self.cache.insert(surface.into(), analysis);
    }

    fn analyse_part(&mut self, form: &str, analysis: &mut Analysis) {
        let lexicon = self.lexicon;
        // The lexicon writes abbreviations without their stop.
        let form = form.strip_suffix('.').filter(|f| !f.is_empty()).unwrap_or(form);
        self.morphology.analyse(lexicon, form, &mut self.readings);
        let capital = form.chars().next().is_some_and(char::is_uppercase);
        if self.readings.is_empty() {
            let mut targets = Vec::new();
            name_targets(form, &mut targets);
            let kind = if capital || form.contains(|c: char| c.is_ascii_digit()) {
                TermKind::Name
            } else {
                TermKind::Unknown
            };
            let mut term = finish(lexicon, kind, targets, stable_hash(form));
            term.name = (kind == TermKind::Name).then(|| form.into());
            analysis.terms.push(term);
            return;
        }
        let whole = self.readings.iter().all(|r| r.part == 0);
        for part in self.readings.chunk_by(|a, b| a.part == b.part) {
            let best = part.iter().map(|r| r.cost).min().unwrap_or(0);
            let mut targets = Vec::new();
            for reading in part {
                let strength = 1.0 - READING_DISCOUNT * f32::from(reading.cost.min(4));
                add_targets(lexicon, reading.headword, strength, &mut targets);
                if whole && lexicon.pos(reading.headword) == PartOfSpeech::Verb {
                    analysis.verbs.push(reading.headword);
                }
            }
            let first = part.iter().find(|r| r.cost == best);
            let function = part.iter().any(|r| r.cost == best && is_function(lexicon, r.headword));
            let kind = match first.map(|r| lexicon.pos(r.headword)) {
                _ if function => TermKind::Function,
                Some(PartOfSpeech::Verb) => TermKind::Verb,
                Some(PartOfSpeech::Adjective) => TermKind::Adjective,
                Some(PartOfSpeech::Name | PartOfSpeech::Abbreviation) => TermKind::Name,
                Some(PartOfSpeech::Adverb | PartOfSpeech::Numeral | PartOfSpeech::Interjection) => {
                    TermKind::Adverb
                }
                _ => TermKind::Noun,
            };
            // A noun, or what looks like a compound, may be somebody's name all the same (Koch, Merz, Feinstein): the other side would
            // then write it as it is.
            if capital && part[0].part == 0 && kind != TermKind::Function {
                name_targets(form, &mut targets);
            }
            analysis.terms.push(finish(lexicon, kind, targets, 0));
        }
    }
}

fn is_function(lexicon: &Lexicon, headword: Headword) -> bool {
    lexicon.pos(headword).is_function() || lexicon.field(headword) == "function"
}

fn add_targets(lexicon: &Lexicon, headword: Headword, strength: f32, targets: &mut Vec<Target>) {
    for word in lexicon.equivalents(headword) {
        add_target(word_key(word), strength, targets);
    }
}

fn add_target(key: Key, strength: f32, targets: &mut Vec<Target>) {
    match targets.iter_mut().find(|t| t.key == key) {
        Some(target) => target.strength = target.strength.max(strength),
        None => targets.push(Target { key, strength }),
    }
}

/// The keys of a form taken as a name; a final -s may be the genitive's.
fn name_targets(form: &str, targets: &mut Vec<Target>) {
    let mut key = String::new();
    let bare = form.trim_end_matches(['\'', '’']);
    name_key(bare, &mut key);
    if !key.is_empty() {
        add_target(name_key_hash(&key), NAME_STRENGTH, targets);
    }
    if let Some(stem) = bare.strip_suffix('s')
        && stem.chars().count() >= 3
    {
        name_key(stem, &mut key);
        if !key.is_empty() {
            add_target(name_key_hash(&key), NAME_STRENGTH, targets);
        }
    }
}

/// Adds words of the lexicon that are parts of the full targets: who looks for *viện công tố* is glad of *công tố*, and a little of a
/// rare syllable alone.
fn add_parts(lexicon: &Lexicon, targets: &mut Vec<Target>) {
    let mut key = String::new();
    for full in 0..targets.len() {
        let Some(word) = super::word_of(targets[full].key) else { continue };
        key.clear();
        fold_vietnamese(lexicon.vietnamese_text(word), &mut key);
        let bounds: Vec<usize> = std::iter::once(0)
            .chain(key.match_indices(' ').map(|(i, _)| i + 1))
            .chain([key.len() + 1])
            .collect();
        let length = bounds.len() - 1;
        for size in 1..length.min(4) {
            for first in 0..=length - size {
                let Some(part) = lexicon.vietnamese(&key[bounds[first]..bounds[first + size] - 1]) else {
                    continue;
                };
                if size > 1 {
                    add_target(word_key(part), PART_STRENGTH, targets);
                } else if lexicon.vietnamese_class(part) >= RARE_SYLLABLE {
                    add_target(word_key(part), SYLLABLE_STRENGTH, targets);
                }
            }
        }
    }
}

/// Completes a term: its parts, its rates from its targets, its id from what it means (or from `form` if it means nothing known).
fn finish(lexicon: &Lexicon, kind: TermKind, mut targets: Vec<Target>, form: u64) -> AnalysedTerm {
    let (mut rate, mut loose_rate) = (0.0, 0.0);
    let mut id = form ^ kind as u64;
    if kind != TermKind::Function {
        add_parts(lexicon, &mut targets);
    }
    for target in &targets {
        let own = super::word_of(target.key)
            .map_or(NAME_RATE, |word| share_of_class(lexicon.vietnamese_class(word)));
        loose_rate += own;
        if target.strength >= FULL {
            rate += own;
            id = id.rotate_left(5) ^ target.key.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        }
    }
    AnalysedTerm {
        kind,
        id,
        rate: rate.min(TOP_RATE),
        loose_rate: loose_rate.min(TOP_RATE),
        targets,
        name: None,
    }
}

fn push(term: &AnalysedTerm, span: Span, out: &mut GermanTerms) {
    if let Some(name) = &term.name {
        out.names.push((term.id, name.clone()));
    }
    let start = out.targets.len() as u32;
    out.targets.extend_from_slice(&term.targets);
    out.terms.push(Term {
        kind: term.kind,
        span,
        id: term.id,
        targets: (start, out.targets.len() as u32),
        rate: term.rate,
        loose_rate: term.loose_rate,
    });
}
