//! Readers of sentences for all threads: each remembers the words that it has met, so that one that has served is worth keeping.

use std::sync::{Mutex, PoisonError};

use satzpaar_lexicon::Lexicon;
use satzpaar_lexicon::terms::{GermanReader, GermanTerms, VietnameseReader, VietnameseTerms};

/// Readers of both languages over one lexicon, as many as threads ask for at a time. What a sentence says does not depend on which of
/// them reads it.
pub(crate) struct Readers<'l> {
    german: Pool<GermanReader<'l>>,
    vietnamese: Pool<VietnameseReader<'l>>,
    lexicon: &'l Lexicon,
}

struct Pool<R>(Mutex<Vec<R>>);

impl<R> Pool<R> {
    const fn new() -> Self {
        Self(Mutex::new(Vec::new()))
    }

    /// Lends a reader.
    fn with<T>(&self, make: impl FnOnce() -> R, read: impl FnOnce(&mut R) -> T) -> T {
        let lent = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut reader = lent.unwrap_or_else(make);
        let result = read(&mut reader);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(reader);
        result
    }
}

impl<'l> Readers<'l> {
    pub(crate) const fn new(lexicon: &'l Lexicon) -> Self {
        Self { german: Pool::new(), vietnamese: Pool::new(), lexicon }
    }

    /// The terms of German sentences.
    pub(crate) fn german<'s>(&self, sentences: impl Iterator<Item = &'s str>) -> Vec<GermanTerms> {
        let make = || GermanReader::new(self.lexicon);
        self.german.with(make, |reader| sentences.map(|sentence| reader.read(sentence)).collect())
    }

    /// The terms of Vietnamese sentences.
    pub(crate) fn vietnamese<'s>(&self, sentences: impl Iterator<Item = &'s str>) -> Vec<VietnameseTerms> {
        let make = || VietnameseReader::new(self.lexicon);
        self.vietnamese.with(make, |reader| sentences.map(|sentence| reader.read(sentence)).collect())
    }
}
