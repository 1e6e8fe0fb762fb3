//! German sentences into terms.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use satzpaar_language::fold::{fold_german, light_stem};
use satzpaar_language::{Headword, Language, PartOfSpeech, Span};
use satzpaar_tokenizer::morphology::{Morphology, Reading, Vocabulary, is_separable_particle};
use satzpaar_tokenizer::{Token, TokenKind, Tokenizer};

use super::meanings::{Parts, add_targets, finish, is_function, mark, name_targets};
use super::negation;
use super::spellings::Spellings;
use super::{
    FACT_STRENGTHS, GermanTerms, Meaning, Signs, Target, Term, TermKind, fact_key, fact_rate, stable_hash,
};
use crate::Lexicon;
use crate::facts::{Fact, Word, facts_of_known, known_word};

/// Forms whose analysis is kept; beyond it the cache starts anew, so that memory stays bounded on any corpus.
const CACHE_LIMIT: usize = 200_000;
/// What each step of a far-fetched reading takes from its finds.
const READING_DISCOUNT: f32 = 0.1;
/// How far back from a particle its verb is looked for, in tokens.
const CLAUSE: usize = 40;

/// A form of a word, and what is known of it.
#[derive(Debug)]
#[allow(clippy::struct_excessive_bools)] // each is a fact of its own
struct Form {
    folded: Box<str>,
    /// The number of its stem among those that phrases are made of, and where the stem ends.
    stem: Option<u32>,
    stem_end: usize,
    /// Some phrase begins with it.
    begins_phrase: bool,
    /// It may be a particle that has left its verb.
    particle: bool,
    /// It may follow such a particle: a conjunction.
    joins: bool,
    /// It negates its sentence.
    negates: bool,
    /// What it tells of facts.
    fact_word: Option<Word>,
    /// What it may mean, once it was asked for.
    analysis: Option<Analysis>,
}

#[derive(Clone, Debug, Default)]
struct Analysis {
    meanings: Vec<Arc<Meaning>>,
    /// Its verbs, for particles that stand apart.
    verbs: Vec<Headword>,
}

/// What a form means that means nothing.
static NOTHING: Analysis = Analysis { meanings: Vec::new(), verbs: Vec::new() };

/// The form of a token that is no word.
const NO_WORD: u32 = u32::MAX;

/// Reads German sentences. Holds a cache and buffers; make one for each thread.
pub struct GermanReader<'l> {
    lexicon: &'l Lexicon,
    tokenizer: Tokenizer,
    morphology: Morphology,
    /// The forms met so far, and their numbers by how they are written.
    forms: Vec<Form>,
    numbers: Spellings,
    /// What phrases mean, by their first headword.
    phrases: FxHashMap<Headword, Arc<Meaning>>,
    /// What a verb and a particle that has left it mean, by their forms.
    joined: FxHashMap<(u32, u32), Option<Arc<Meaning>>>,
    parts: Parts,
    marks: [Arc<Meaning>; super::MARKS.len()],
    tokens: Vec<Token>,
    facts: Vec<Fact>,
    readings: Vec<Reading>,
    headwords: Vec<Headword>,
    /// The form of each token.
    token_forms: Vec<u32>,
    taken: Vec<bool>,
    /// The first term of each token, for particles that stand apart.
    first_terms: Vec<usize>,
    /// The terms of the sentence in hand.
    terms: Vec<Term>,
}

impl<'l> GermanReader<'l> {
    /// A reader that understands words by this lexicon.
    pub fn new(lexicon: &'l Lexicon) -> Self {
        Self {
            lexicon,
            tokenizer: Tokenizer::new(Language::German),
            morphology: Morphology::default(),
            forms: Vec::new(),
            numbers: Spellings::default(),
            phrases: FxHashMap::default(),
            joined: FxHashMap::default(),
            parts: Parts::default(),
            marks: std::array::from_fn(|class| Arc::new(mark(class))),
            tokens: Vec::new(),
            facts: Vec::new(),
            readings: Vec::new(),
            headwords: Vec::new(),
            token_forms: Vec::new(),
            taken: Vec::new(),
            first_terms: Vec::new(),
            terms: Vec::new(),
        }
    }

    /// The terms of a sentence (or of any span of text).
    pub fn read(&mut self, sentence: &str) -> GermanTerms {
        if self.forms.len() > CACHE_LIMIT || self.joined.len() > CACHE_LIMIT {
            self.forms.clear();
            self.numbers.clear();
            self.joined.clear();
        }
        let terms = std::mem::take(&mut self.terms);
        let signs = Signs { closed: super::is_closed(sentence), ..Signs::default() };
        let mut out = GermanTerms { terms, characters: sentence.chars().count() as u32, signs };
        self.tokenizer.tokenize(sentence, &mut self.tokens);
        self.find_forms(sentence);
        out.signs.negated = self.is_negated();
        self.read_facts(sentence, &mut out);
        self.first_terms.clear();
        self.first_terms.resize(self.tokens.len() + 1, 0);
        let mut at = 0;
        while at < self.tokens.len() {
            self.first_terms[at] = out.terms.len();
            if self.taken[at] || self.token_forms[at] == NO_WORD {
                at += 1;
                continue;
            }
            let length = self.read_phrase(at, &mut out);
            if length > 0 {
                self.first_terms[at..at + length].fill(out.terms.len() - 1);
                at += length;
                continue;
            }
            let particle = self.forms[self.token_forms[at] as usize].particle;
            if !(particle && self.ends_clause(at) && self.join_particle(sentence, at, &mut out)) {
                let (form, span) = (self.token_forms[at], self.tokens[at].span);
                let meanings = &self.analysis(form, span.of(sentence)).meanings;
                out.terms.extend(meanings.iter().map(|m| Term::new(span, Arc::clone(m))));
            }
            at += 1;
        }
        super::marks(sentence, |class| {
            out.signs.quoted |= class == super::QUOTES;
            let span = Span::new(sentence.len(), sentence.len());
            out.terms.push(Term::new(span, Arc::clone(&self.marks[class])));
        });
        // The sentence's own list is as long as need be, and made at once.
        let terms = out.terms.drain(..).collect();
        self.terms = std::mem::replace(&mut out.terms, terms);
        out
    }

    /// The headword that a form most likely belongs to, if it is one word of the lexicon.
    pub fn dictionary_form(&mut self, form: &str) -> Option<Headword> {
        self.morphology.analyse(self.lexicon, form, &mut self.readings);
        let whole = self.readings.iter().all(|r| r.part == 0);
        let best = self.readings.iter().min_by_key(|r| (r.cost, r.headword));
        best.filter(|_| whole).map(|r| r.headword)
    }

    /// Finds the form of each token.
    fn find_forms(&mut self, sentence: &str) {
        self.token_forms.clear();
        for token in &self.tokens {
            let surface = token.surface(sentence);
            if token.kind != TokenKind::Word {
                self.token_forms.push(NO_WORD);
                continue;
            }
            let number = self.numbers.get(surface).unwrap_or_else(|| {
                let form = new_form(surface, self.lexicon);
                let number = if form.folded.is_empty() { NO_WORD } else { self.forms.len() as u32 };
                self.forms.push(form);
                self.numbers.insert(surface, number);
                number
            });
            self.token_forms.push(number);
        }
        self.taken.clear();
        self.taken.resize(self.tokens.len(), false);
    }

    fn is_negated(&self) -> bool {
        let form = |at: usize| self.forms.get(*self.token_forms.get(at)? as usize);
        let word = |at: usize| form(at).map(|form| &*form.folded);
        let negates = |at| form(at).is_some_and(|f| f.negates) && negation::GERMAN.negates(at, word);
        (0..self.tokens.len()).any(negates)
    }

    fn read_facts(&mut self, sentence: &str, out: &mut GermanTerms) {
        self.facts.clear();
        let (forms, token_forms) = (&self.forms, &self.token_forms);
        let known = |token: usize| forms.get(token_forms[token] as usize).and_then(|form| form.fact_word);
        facts_of_known(sentence, &self.tokens, Language::German, known, &mut self.facts);
        for fact in &self.facts {
            let tokens = fact.tokens.start.min(self.tokens.len())..fact.tokens.end.min(self.tokens.len());
            let (Some(first), Some(last)) =
                (self.tokens.get(tokens.start), self.tokens[tokens.clone()].last())
            else {
                continue;
            };
            self.taken[tokens].fill(true);
            let targets: Box<[Target]> = (fact.keys().zip(FACT_STRENGTHS))
                .map(|(key, strength)| Target { key: fact_key(key), strength })
                .collect();
            let meaning = Meaning {
                kind: TermKind::Fact,
                id: targets.first().map_or(0, |t| t.key),
                rate: fact_rate(fact),
                loose_rate: 2.0 * fact_rate(fact),
                targets,
                name: None,
            };
            out.terms.push(Term::new(Span::new(first.span.start, last.span.end), Arc::new(meaning)));
        }
    }

    /// Reads the longest phrase of the lexicon that begins at a token; gives how many tokens it took, 0 for none.
    fn read_phrase(&mut self, at: usize, out: &mut GermanTerms) -> usize {
        let Self { lexicon, forms, token_forms, taken, headwords, phrases, parts, .. } = self;
        if !forms[token_forms[at] as usize].begins_phrase {
            return 0;
        }
        let words = token_forms[at..].iter().zip(&taken[at..]);
        let stems = words.take_while(|(form, taken)| **form != NO_WORD && !**taken).map(|(form, _)| {
            let form = &forms[*form as usize];
            (form.stem, &form.folded[..form.stem_end])
        });
        let length = lexicon.longest_phrase(stems, headwords);
        if length == 0 {
            return 0;
        }
        let meaning = phrases.entry(headwords[0]).or_insert_with(|| {
            let mut targets = Vec::new();
            for headword in &*headwords {
                add_targets(lexicon, *headword, 1.0, &mut targets);
            }
            let function = headwords.iter().all(|h| is_function(lexicon, *h));
            let kind = if function { TermKind::Function } else { TermKind::Noun };
            Arc::new(finish(lexicon, parts, kind, targets, 0))
        });
        let span = Span::new(self.tokens[at].span.start, self.tokens[at + length - 1].span.end);
        out.terms.push(Term::new(span, Arc::clone(meaning)));
        length
    }

    /// Whether nothing of the clause follows a token: there a particle stands that has left its verb.
    fn ends_clause(&self, at: usize) -> bool {
        let next = self.token_forms.get(at + 1).and_then(|form| self.forms.get(*form as usize));
        next.is_none_or(|form| form.joins)
    }

    /// `nahm … teil`: reads the verb that a particle has left as one with it; false if no verb before it goes with it.
    fn join_particle(&mut self, sentence: &str, at: usize, out: &mut GermanTerms) -> bool {
        let particle = self.token_forms[at];
        for before in (at.saturating_sub(CLAUSE)..at).rev() {
            let (form, span) = (self.token_forms[before], self.tokens[before].span);
            if form == NO_WORD {
                // A comma may part a relative clause from its verb; a stronger mark ends the search.
                if matches!(span.of(sentence), ";" | ":" | "." | "!" | "?") {
                    return false;
                }
                continue;
            }
            if self.taken[before] {
                continue;
            }
            let known = self.joined.get(&(form, particle)).cloned();
            let meaning = known.unwrap_or_else(|| {
                let meaning = self.with_particle(form, span.of(sentence), particle);
                self.joined.insert((form, particle), meaning.clone());
                meaning
            });
            let Some(meaning) = meaning else { continue };
            let place = self.first_terms[before];
            let Some(old) = out.terms.get_mut(place).filter(|t| t.span() == span) else {
                return false;
            };
            old.meaning = meaning;
            return true;
        }
        false
    }

    /// What a verb's form means with a particle that has left it.
    fn with_particle(&mut self, verb: u32, surface: &str, particle: u32) -> Option<Arc<Meaning>> {
        let lexicon = self.lexicon;
        let verbs = self.analysis(verb, surface).verbs.clone();
        let mut targets = Vec::new();
        for verb in verbs {
            let mut joined = self.forms.get(particle as usize)?.folded.to_string();
            fold_german(lexicon.german_text(verb), &mut joined);
            lexicon.look_up(&joined, &mut |headword, pos| {
                if pos == PartOfSpeech::Verb {
                    add_targets(lexicon, headword, 1.0, &mut targets);
                }
            });
        }
        (!targets.is_empty()).then(|| Arc::new(finish(lexicon, &mut self.parts, TermKind::Verb, targets, 0)))
    }

    /// What a form may mean, given how it is written.
    fn analysis(&mut self, form: u32, surface: &str) -> &Analysis {
        if self.forms[form as usize].analysis.is_none() {
            self.forms[form as usize].analysis = Some(self.analyse(surface));
        }
        self.forms[form as usize].analysis.as_ref().unwrap_or(&NOTHING)
    }

    fn analyse(&mut self, surface: &str) -> Analysis {
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
        analysis
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
            let mut meaning = finish(lexicon, &mut self.parts, kind, targets, stable_hash(form));
            meaning.name = (kind == TermKind::Name).then(|| form.into());
            analysis.meanings.push(Arc::new(meaning));
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
            analysis.meanings.push(Arc::new(finish(lexicon, &mut self.parts, kind, targets, 0)));
        }
    }
}

/// A form met for the first time.
fn new_form(surface: &str, lexicon: &Lexicon) -> Form {
    let mut folded = String::new();
    fold_german(surface, &mut folded);
    let stem = light_stem(&folded);
    let number = lexicon.stem(stem);
    Form {
        stem: number,
        stem_end: stem.len(),
        begins_phrase: lexicon.begins_phrase(number),
        particle: is_separable_particle(&folded),
        negates: negation::GERMAN.has(&folded),
        fact_word: known_word(surface, Language::German),
        joins: matches!(folded.as_str(), "und" | "oder" | "sowie" | "als" | "wie" | "aber"),
        folded: folded.into(),
        analysis: None,
    }
}
