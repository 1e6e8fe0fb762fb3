//! The lexicon in use: the compiled words, with a user's own on top.

use std::path::Path;

use rustc_hash::FxHashMap;
use satzpaar_language::fold::{fold_vietnamese, german_key};
use satzpaar_language::source::{RARE, SourceError, read_entry};
use satzpaar_language::{Equivalent, Headword, PartOfSpeech, Words, words};
use satzpaar_tokenizer::morphology::Vocabulary;

/// What is wrong with a user's lexicon.
#[derive(Debug, thiserror::Error)]
pub enum LexiconError {
    /// The file cannot be read at all.
    #[error("{name}: cannot read the lexicon: {source}")]
    Read {
        /// The file.
        name: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// The file is no UTF-8 text.
    #[error("{name}: line {line}: not UTF-8: save the lexicon as UTF-8 text")]
    Encoding {
        /// The file.
        name: String,
        /// The first line, from 1, that is not.
        line: usize,
    },
    /// A line is no entry.
    #[error("{name}: {source}")]
    Line {
        /// The file.
        name: String,
        /// Which line, and what is wrong with it.
        source: SourceError,
    },
}

/// A user's words. Numbers go on where the compiled lexicon's end.
#[derive(Clone, Debug, Default)]
struct Extra {
    german: FxHashMap<String, Vec<u32>>,
    headwords: Vec<ExtraHeadword>,
    vietnamese: FxHashMap<String, u32>,
    /// A new Vietnamese word as written; classes are not known.
    texts: Vec<String>,
    /// The most syllables that a new Vietnamese word has.
    longest: usize,
    /// What is added to words of the compiled lexicon.
    added: FxHashMap<Headword, Vec<Equivalent>>,
}

#[derive(Clone, Debug)]
struct ExtraHeadword {
    german: String,
    pos: PartOfSpeech,
    class: u8,
    equivalents: Vec<Equivalent>,
}

/// What translates what. Cheap to make from the compiled words alone; immutable once made, so threads may share it.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    extra: Extra,
}

impl Lexicon {
    /// The compiled lexicon.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the entries of a user's lexicon file: UTF-8, `german<TAB>vietnamese; …`, optionally part of speech and frequency class.
    ///
    /// An entry for a German word that is already there adds its equivalents to it.
    ///
    /// # Errors
    /// A file that cannot be read, is not UTF-8, or has a line that is no entry; the error names file and line.
    pub fn add_file(&mut self, path: &Path) -> Result<(), LexiconError> {
        let name = path.display().to_string();
        let bytes =
            std::fs::read(path).map_err(|source| LexiconError::Read { name: name.clone(), source })?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            LexiconError::Encoding { name: name.clone(), line: good.split(|b| *b == b'\n').count() }
        })?;
        self.add_text(&text).map_err(|source| LexiconError::Line { name, source })
    }

    /// Adds the entries of a lexicon's text, as [`Self::add_file`].
    ///
    /// # Errors
    /// The first line that is no entry.
    pub fn add_text(&mut self, text: &str) -> Result<(), SourceError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        for (i, line) in text.lines().enumerate() {
            let Some(entry) = read_entry(line, i + 1)? else { continue };
            let equivalents: Vec<_> = entry.vietnamese.iter().map(|v| self.intern(v)).collect();
            self.add(entry.german, entry.pos, entry.class, equivalents);
        }
        Ok(())
    }

    fn add(&mut self, german: &str, pos: PartOfSpeech, class: u8, equivalents: Vec<Equivalent>) {
        let base = words();
        let key = german_key(german);
        let known = base.german(&key).find(|h| base.pos(*h) == pos);
        if let Some(headword) = known {
            let list = self.extra.added.entry(headword).or_default();
            for equivalent in equivalents {
                if !list.contains(&equivalent) && !base.equivalents(headword).any(|e| e == equivalent) {
                    list.push(equivalent);
                }
            }
            return;
        }
        let ids = self.extra.german.entry(key).or_default();
        let same = ids.iter().copied().find(|id| self.extra.headwords[*id as usize].pos == pos);
        if let Some(id) = same {
            let list = &mut self.extra.headwords[id as usize].equivalents;
            for equivalent in equivalents {
                if !list.contains(&equivalent) {
                    list.push(equivalent);
                }
            }
        } else {
            ids.push(self.extra.headwords.len() as u32);
            self.extra.headwords.push(ExtraHeadword { german: german.to_owned(), pos, class, equivalents });
        }
    }

    fn intern(&mut self, vietnamese: &str) -> Equivalent {
        let mut key = String::new();
        fold_vietnamese(vietnamese, &mut key);
        if let Some(known) = words().vietnamese(&key) {
            return known;
        }
        let next = self.extra.texts.len() as u32;
        let longest = key.split(' ').count();
        let id = *self.extra.vietnamese.entry(key).or_insert(next);
        if id == next {
            self.extra.texts.push(vietnamese.to_owned());
            self.extra.longest = self.extra.longest.max(longest);
        }
        Equivalent(words().vietnamese_len() as u32 + id)
    }

    fn extra_headword(&self, headword: Headword) -> Option<&ExtraHeadword> {
        (headword.0 as usize).checked_sub(words().german_len()).and_then(|i| self.extra.headwords.get(i))
    }

    /// The Vietnamese equivalents of a headword, the most usual first.
    pub fn equivalents(&self, headword: Headword) -> impl Iterator<Item = Equivalent> + '_ {
        let own = self.extra_headword(headword);
        let compiled = own.is_none().then(|| words().equivalents(headword));
        let added = match own {
            Some(own) => own.equivalents.as_slice(),
            None => self.extra.added.get(&headword).map_or(&[][..], Vec::as_slice),
        };
        compiled.into_iter().flatten().chain(added.iter().copied())
    }

    /// A headword as its entry writes it.
    pub fn german_text(&self, headword: Headword) -> &str {
        self.extra_headword(headword).map_or_else(|| words().german_text(headword), |own| &own.german)
    }

    /// A Vietnamese word as its entry writes it.
    pub fn vietnamese_text(&self, word: Equivalent) -> &str {
        match (word.0 as usize).checked_sub(words().vietnamese_len()) {
            Some(i) => self.extra.texts.get(i).map_or("", String::as_str),
            None => words().vietnamese_text(word),
        }
    }

    /// What kind of word a headword is.
    pub fn pos(&self, headword: Headword) -> PartOfSpeech {
        self.extra_headword(headword).map_or_else(|| words().pos(headword), |own| own.pos)
    }

    /// A headword's frequency class.
    pub fn class(&self, headword: Headword) -> u8 {
        self.extra_headword(headword).map_or_else(|| words().class(headword), |own| own.class)
    }

    /// Where a headword's entry comes from: the field of the compiled lexicon, or `user`.
    pub fn field(&self, headword: Headword) -> &'static str {
        if self.extra_headword(headword).is_some() { "user" } else { words().field(headword) }
    }

    /// A Vietnamese word's frequency class.
    pub fn vietnamese_class(&self, word: Equivalent) -> u8 {
        if (word.0 as usize) < words().vietnamese_len() { words().vietnamese_class(word) } else { RARE }
    }

    /// The Vietnamese word with this key (as [`fold_vietnamese`] gives it).
    pub fn vietnamese(&self, key: &str) -> Option<Equivalent> {
        let own = || self.extra.vietnamese.get(key).map(|i| Equivalent(words().vietnamese_len() as u32 + i));
        words().vietnamese(key).or_else(own)
    }

    /// The headwords of the compiled lexicon that a Vietnamese word stands for, then a user's.
    pub fn headwords(&self, word: Equivalent) -> Vec<Headword> {
        let mut found: Vec<_> = if (word.0 as usize) < words().vietnamese_len() {
            words().headwords(word).collect()
        } else {
            Vec::new()
        };
        let first = words().german_len() as u32;
        let own = (first..).zip(&self.extra.headwords).filter(|(_, h)| h.equivalents.contains(&word));
        found.extend(own.map(|(id, _)| Headword(id)));
        let added =
            self.extra.added.iter().filter(|(_, list)| list.contains(&word)).map(|(headword, _)| *headword);
        found.extend(added);
        found.sort_unstable();
        found
    }

    /// Calls `found(word, length)` for every Vietnamese word that begins a row of folded syllables, each given with its number
    /// ([`Words::syllable`]); `length` counts syllables.
    pub fn vietnamese_prefixes<'s>(
        &self,
        syllables: impl Iterator<Item = (Option<u32>, &'s str)> + Clone,
        mut found: impl FnMut(Equivalent, usize),
    ) {
        words().vietnamese_prefixes(syllables.clone().map(|(number, _)| number), &mut found);
        if self.extra.longest == 0 {
            return;
        }
        let mut key = String::new();
        for (i, (_, syllable)) in syllables.take(self.extra.longest).enumerate() {
            if i > 0 {
                key.push(' ');
            }
            key.push_str(syllable);
            if let Some(id) = self.extra.vietnamese.get(&key) {
                found(Equivalent(words().vietnamese_len() as u32 + id), i + 1);
            }
        }
    }

    /// The number of a German light stem among those that phrases of the compiled lexicon are made of.
    pub fn stem(&self, stem: &str) -> Option<u32> {
        words().stem(stem)
    }

    /// The number of a folded Vietnamese syllable among those that words of the compiled lexicon are made of.
    pub fn syllable(&self, folded: &str) -> Option<u32> {
        words().syllable(folded)
    }

    /// Whether some phrase may begin with the light stem of this number ([`Self::stem`]).
    pub fn begins_phrase(&self, stem: Option<u32>) -> bool {
        !self.extra.german.is_empty() || words().begins_phrase(stem)
    }

    /// The longest phrase that begins a row of German light stems, each given with its number ([`Words::stem`]).
    pub fn longest_phrase<'s>(
        &self,
        stems: impl Iterator<Item = (Option<u32>, &'s str)> + Clone,
        found: &mut Vec<Headword>,
    ) -> usize {
        found.clear();
        let mut length = 0;
        if let Some((headwords, taken)) = words().longest_phrase(stems.clone().map(|(number, _)| number)) {
            found.extend(headwords);
            length = taken;
        }
        if !self.extra.german.is_empty() {
            let mut key = String::new();
            for (i, (_, stem)) in stems.take(8).enumerate() {
                if i > 0 {
                    key.push(' ');
                }
                key.push_str(stem);
                if i > 0
                    && i + 1 > length
                    && let Some(ids) = self.extra.german.get(&key)
                {
                    found.clear();
                    found.extend(ids.iter().map(|id| Headword(words().german_len() as u32 + id)));
                    length = i + 1;
                }
            }
        }
        length
    }
}

impl Vocabulary for Lexicon {
    fn look_up(&self, key: &str, found: &mut dyn FnMut(Headword, PartOfSpeech)) {
        Words::look_up(words(), key, found);
        if let Some(ids) = self.extra.german.get(key) {
            for id in ids {
                found(Headword(words().german_len() as u32 + id), self.extra.headwords[*id as usize].pos);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn equivalents(lexicon: &Lexicon, german: &str) -> Vec<String> {
        let mut found = Vec::new();
        lexicon.look_up(&german_key(german), &mut |headword, _| {
            found.extend(lexicon.equivalents(headword).map(|e| lexicon.vietnamese_text(e).to_owned()));
        });
        found
    }

    #[test]
    fn a_users_words_stand_beside_the_compiled_ones() {
        let mut lexicon = Lexicon::new();
        lexicon.add_text("Quarkzange\tkẹp sữa đông\nAbkommen\tbản giao kèo\tnoun\n").unwrap();
        assert_eq!(equivalents(&lexicon, "Quarkzange"), ["kẹp sữa đông"]);
        let abkommen = equivalents(&lexicon, "Abkommen");
        assert!(abkommen.len() > 1 && abkommen.contains(&"bản giao kèo".to_owned()), "{abkommen:?}");
        let mut found = Vec::new();
        let numbered = |syllable: &'static str| (words().syllable(syllable), syllable);
        let row = ["kep5", "sua3", "dông", "x"].into_iter().map(numbered);
        lexicon.vietnamese_prefixes(row, |e, n| found.push((e, n)));
        let whole = found.iter().find(|(_, n)| *n == 3);
        assert!(whole.is_none(), "đ is no d");
        let row = ["kep5", "sưa3", "đông"].into_iter().map(numbered);
        lexicon.vietnamese_prefixes(row, |e, n| found.push((e, n)));
        let (word, _) = found.iter().find(|(_, n)| *n == 3).expect("the user's word");
        assert_eq!(lexicon.vietnamese_text(*word), "kẹp sữa đông");
        assert_eq!(lexicon.headwords(*word).len(), 1);
    }

    #[test]
    fn errors_name_file_and_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mine.tsv");
        std::fs::write(&path, "Haus\tnhà\nnur eine Spalte\n").unwrap();
        let error = Lexicon::new().add_file(&path).unwrap_err().to_string();
        assert!(error.contains("mine.tsv") && error.contains("line 2"), "{error}");
        std::fs::write(&path, b"Haus\tnh\xe0\n").unwrap();
        let error = Lexicon::new().add_file(&path).unwrap_err().to_string();
        assert!(error.contains("line 1") && error.contains("UTF-8"), "{error}");
        assert!(Lexicon::new().add_file(&folder.path().join("none.tsv")).is_err());
    }

    #[test]
    fn entries_that_conflict_are_joined_in_the_order_given() {
        let mut lexicon = Lexicon::new();
        lexicon
            .add_text("Quarkzange\tkẹp sữa\nQuarkzange\tkẹp pho mát; kẹp sữa\nQuarkzange\tkẹp\tverb\n")
            .unwrap();
        assert_eq!(equivalents(&lexicon, "Quarkzange"), ["kẹp sữa", "kẹp pho mát", "kẹp"]);
    }

    #[test]
    fn a_large_lexicon_is_read_in_linear_time() {
        let text: String = (0..200_000).fold(String::new(), |mut text, i| {
            use std::fmt::Write as _;
            let _ = writeln!(text, "Qwort{i}\txkô {i}; xkơ {i}");
            text
        });
        let start = std::time::Instant::now();
        let mut lexicon = Lexicon::new();
        lexicon.add_text(&text).unwrap();
        assert_eq!(equivalents(&lexicon, "Qwort199999"), ["xkô 199999", "xkơ 199999"]);
        // Far above what it takes; quadratic time would need hours.
        assert!(start.elapsed().as_secs() < 60);
    }
}
