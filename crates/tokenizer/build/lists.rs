//! The word lists and statistics of `data/`, and the records ([`features`]) that they make.

use super::features::{Listed, SyllableRecord, WordRecord};
use satzpaar_language::fold::fold_vietnamese;
use satzpaar_language::{Equivalent, words};
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

/// A word as the numbers of its syllables.
pub(crate) type Row = Vec<u32>;

/// Longest word of the lexicon alone that is listed, in syllables; longer ones are phrases more often than not.
const LONGEST_OF_LEXICON: usize = 4;

/// Everything that is listed, the syllables numbered.
#[derive(Default)]
pub(crate) struct Lists {
    pub(crate) numbers: BTreeMap<String, u32>,
    pub(crate) syllables: Vec<String>,
    pub(crate) words: BTreeMap<Row, Listed>,
    /// Those that the lexicon writes with capitals.
    names: BTreeSet<Row>,
    flags: BTreeMap<u32, u32>,
    pub(crate) files: Vec<PathBuf>,
}

/// What a treebank tells: how often words occur, and how often two syllables stand side by side in two words.
#[derive(Default)]
pub(crate) struct Statistics {
    pub(crate) words: BTreeMap<Row, u32>,
    pub(crate) apart: BTreeMap<(u32, u32), u32>,
    /// For each syllable how often it is the last of its word and how often not; the first and not.
    next: BTreeMap<u32, [u32; 2]>,
    before: BTreeMap<u32, [u32; 2]>,
}

impl Lists {
    /// Reads the lists of the folder `data` and of the lexicon.
    pub(crate) fn read(data: &Path) -> Result<Self, Box<dyn Error>> {
        let mut lists = Self::default();
        for word in lists.lines(data, "vietnamese/compounds.txt")? {
            let row = lists.row(&word);
            lists.words.insert(row, Listed::Compound);
        }
        let lexicon = words();
        for id in 0..lexicon.vietnamese_len() as u32 {
            let word = lexicon.vietnamese_text(Equivalent(id));
            let row = lists.row(word);
            let known = lists.words.contains_key(&row);
            if row.is_empty()
                || word.contains(|c: char| c.is_ascii_digit())
                || (!known && row.len() > LONGEST_OF_LEXICON)
            {
                continue;
            }
            if word.split(' ').all(|s| s.starts_with(char::is_uppercase)) {
                lists.names.insert(row.clone());
            }
            lists.words.entry(row).and_modify(|l| *l = Listed::Both).or_insert(Listed::Lexicon);
        }
        for word in lists.lines(data, "vietnamese/phrases.txt")? {
            let row = lists.row(&word);
            lists.words.insert(row, Listed::Phrase);
        }
        for (file, flag) in [
            ("vietnamese/before-names.txt", SyllableRecord::BEFORE_NAMES),
            ("vietnamese/surnames.txt", SyllableRecord::SURNAME),
            ("vietnamese/prefixes.txt", SyllableRecord::PREFIX),
            ("vietnamese/middle-names.txt", SyllableRecord::MIDDLE_NAME),
        ] {
            for word in lists.lines(data, file)? {
                let row = lists.row(&word);
                for id in row {
                    *lists.flags.entry(id).or_default() |= flag;
                }
            }
        }
        for row in lists.words.keys().filter(|row| row.len() == 1) {
            *lists.flags.entry(row[0]).or_default() |= SyllableRecord::LISTED;
        }
        Ok(lists)
    }

    /// The lines of a file of `data` that say something.
    pub(crate) fn lines(&mut self, data: &Path, file: &str) -> Result<Vec<String>, Box<dyn Error>> {
        let path = data.join(file);
        let text = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        self.files.push(path);
        Ok(text
            .lines()
            .map(str::trim_end)
            .filter(|l| !l.is_empty() && !l.starts_with('#'))
            .map(str::to_owned)
            .collect())
    }

    /// The numbers of a word's syllables; new ones are numbered.
    pub(crate) fn row(&mut self, word: &str) -> Row {
        let mut key = String::new();
        fold_vietnamese(word, &mut key);
        key.split(' ').filter(|s| !s.is_empty()).map(|s| self.number(s)).collect()
    }

    /// The number of a folded syllable.
    pub(crate) fn number(&mut self, key: &str) -> u32 {
        if let Some(number) = self.numbers.get(key) {
            return *number;
        }
        let number = self.syllables.len() as u32;
        self.numbers.insert(key.to_owned(), number);
        self.syllables.push(key.to_owned());
        number
    }

    /// Reads the statistics that `estimate_words` wrote.
    pub(crate) fn statistics(&mut self, data: &Path) -> Result<Statistics, Box<dyn Error>> {
        let mut statistics = Statistics::default();
        for line in self.lines(data, "vietnamese/word-frequency.vtb.tsv")? {
            let (word, count) = line.split_once('\t').ok_or("word-frequency: want word<TAB>count")?;
            let row = self.row(word);
            statistics.add(row, count.parse()?);
        }
        for line in self.lines(data, "vietnamese/syllable-pairs.vtb.tsv")? {
            let (pair, count) = line.split_once('\t').ok_or("syllable-pairs: want pair<TAB>count")?;
            if let [first, second] = self.row(pair)[..] {
                statistics.apart.insert((first, second), count.parse()?);
            }
        }
        Ok(statistics)
    }

    /// Takes from the lists what they have only because somebody went through the treebank's words for them.
    #[allow(dead_code)] // the example's
    pub(crate) fn forget(&mut self, path: &Path) -> Result<(), Box<dyn Error>> {
        let text = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
        for line in text.lines().filter(|l| !l.starts_with('#')) {
            let (word, listed) = line.split_once('\t').ok_or("checklist: want word<TAB>listed")?;
            let row = self.row(word);
            let listed = match listed {
                "no" => Listed::No,
                "compound" => Listed::Compound,
                "lexicon" => Listed::Lexicon,
                _ => Listed::Both,
            };
            if let [one] = row[..] && listed == Listed::No {
                *self.flags.entry(one).or_default() &= !SyllableRecord::LISTED;
            }
            if listed == Listed::No {
                self.words.remove(&row);
            } else {
                self.words.insert(row, listed);
            }
        }
        Ok(())
    }

    /// What is known of a syllable.
    pub(crate) fn syllable(&self, id: u32, statistics: &Statistics) -> SyllableRecord {
        let counts = |of: &BTreeMap<u32, [u32; 2]>| of.get(&id).copied().unwrap_or_default();
        SyllableRecord::new(
            self.flags.get(&id).copied().unwrap_or_default(),
            statistics.words.get(&[id][..]).copied().unwrap_or_default(),
            counts(&statistics.next),
            counts(&statistics.before),
        )
    }

    /// What is known of syllables in a row as a word.
    pub(crate) fn word(&self, row: &[u32], statistics: &Statistics) -> WordRecord {
        let plain = |row: &[u32], holds| {
            let count = statistics.words.get(row).copied().unwrap_or_default();
            let listed = self.words.get(row).copied().unwrap_or_default();
            // Of most pairs that stand side by side nobody would think that they are words.
            let apart = match *row {
                [a, b] if count > 0 || listed != Listed::No => statistics.apart.get(&(a, b)).copied(),
                _ => None,
            };
            WordRecord::new(listed, count, apart.unwrap_or_default(), holds)
        };
        let n = row.len();
        let mut holds = [0; 4];
        if n > 2 {
            let parts = [&row[..n - 1], &row[1..], &row[..2], &row[n - 2..]];
            holds = parts.map(|part| plain(part, [0; 4]).part());
        }
        let record = plain(row, holds);
        if self.names.contains(row) { record.as_name() } else { record }
    }

    /// Every row of two or more syllables of which something is known, and what they begin with.
    #[allow(dead_code)] // the build script's
    pub(crate) fn rows(&self, statistics: &Statistics) -> BTreeSet<Row> {
        let mut rows = BTreeSet::new();
        let longest = super::features::LONGEST;
        for row in self.words.keys().chain(statistics.words.keys()).filter(|row| row.len() <= longest) {
            for end in 2..=row.len() {
                rows.insert(row[..end].to_vec());
            }
        }
        rows
    }
}

impl Statistics {
    /// Counts a word.
    pub(crate) fn add(&mut self, row: Row, count: u32) {
        for (i, id) in row.iter().enumerate() {
            self.next.entry(*id).or_default()[usize::from(i + 1 < row.len())] += count;
            self.before.entry(*id).or_default()[usize::from(i > 0)] += count;
        }
        *self.words.entry(row).or_default() += count;
    }
}
