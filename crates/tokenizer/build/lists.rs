//! The word lists and statistics of `data/`, and the [`records`](super::records) that they make.

use super::records::{
    COMPOUND, DICTIONARY, LEXICON, Listed, PHRASE, SyllableFacts, SyllableRecord, WORD, WordFacts, WordRecord,
};
use satzpaar_language::fold::fold_vietnamese;
use satzpaar_language::{Equivalent, PartOfSpeech, words};
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

/// A word as the numbers of its syllables.
pub(crate) type Row = Vec<u32>;

/// Longest word of the lexicon alone that is listed, in syllables; longer ones are phrases more often than not.
const LONGEST_OF_LEXICON: usize = 4;

/// Sentences of our own, cut into words.
pub(crate) const WRITTEN: &str = "vietnamese/sentences.vtb.txt";

/// Everything that is listed, the syllables numbered.
#[derive(Default)]
pub(crate) struct Lists {
    pub(crate) numbers: BTreeMap<String, u32>,
    pub(crate) syllables: Vec<String>,
    pub(crate) words: BTreeMap<Row, Listed>,
    /// Those that the lexicon writes with capitals.
    names: BTreeSet<Row>,
    /// What kind of German words a syllable translates for the most part, and how many.
    german: BTreeMap<u32, (u32, u32)>,
    /// How many longer listed words hold two syllables.
    inside: BTreeMap<Row, u32>,
    /// For each syllable how many listed words it begins and how many it ends.
    edges: BTreeMap<u32, [u32; 2]>,
    /// What was listed only because somebody went through the treebank for it, with what would be listed without.
    checked: BTreeMap<Row, Listed>,
    flags: BTreeMap<u32, u64>,
    classes: BTreeMap<u32, u32>,
    /// Numbers of rhymes, from 1.
    rhymes: BTreeMap<String, u32>,
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
    /// The same, of syllables that make a listed word with their neighbour.
    listed_next: BTreeMap<u32, [u32; 2]>,
    listed_before: BTreeMap<u32, [u32; 2]>,
    pub(crate) written: Written,
}

/// What sentences tell that we wrote and cut into words ourselves: how often words occur, how often two syllables stand side by side in one
/// word, and in two. Names are left out.
#[derive(Clone, Default)]
pub(crate) struct Written {
    pub(crate) words: BTreeMap<Row, u32>,
    joined: BTreeMap<(u32, u32), u32>,
    apart: BTreeMap<(u32, u32), u32>,
}

/// Kinds of German words that the model tells apart, as numbers.
fn kind(pos: PartOfSpeech) -> usize {
    use PartOfSpeech as P;
    match pos {
        P::Noun => 1,
        P::Verb => 2,
        P::Adjective => 3,
        P::Adverb => 4,
        P::Phrase => 5,
        P::Name | P::Abbreviation => 6,
        _ => 7,
    }
}

/// A folded syllable's onset as its number, from 1 (0: none), and its rhyme.
fn sounds(key: &str) -> (u32, &str) {
    const ONSETS: [&str; 27] = [
        "ngh", "ng", "gh", "g", "kh", "k", "qu", "ch", "c", "gi", "nh", "n", "ph", "p", "th", "tr", "t", "b",
        "d", "đ", "h", "l", "m", "r", "s", "v", "x",
    ];
    let plain = key.trim_end_matches(|c: char| c.is_ascii_digit());
    let Some(at) = ONSETS.iter().position(|o| plain.starts_with(o) && plain.len() > o.len()) else {
        return (0, plain);
    };
    // Letters that write the same sound.
    let sound = match ONSETS[at] {
        "ngh" => 2,
        "gh" => 4,
        "k" | "qu" => 9,
        _ => at as u32 + 1,
    };
    (sound, &plain[ONSETS[at].len()..])
}

impl Lists {
    /// Reads the lists of the folder `data` and of the lexicon.
    pub(crate) fn read(data: &Path) -> Result<Self, Box<dyn Error>> {
        let mut lists = Self::default();
        for word in lists.lines(data, "vietnamese/compounds.txt")? {
            let row = lists.row(&word);
            lists.words.insert(row, COMPOUND);
        }
        for word in lists.lines(data, "vietnamese/dictionary.txt")? {
            let row = lists.row(&word);
            *lists.words.entry(row).or_default() |= DICTIONARY;
        }
        for line in lists.lines(data, "vietnamese/checklist.vtb.tsv")? {
            let (word, listed) = line.split_once('\t').ok_or("checklist: want word<TAB>lists")?;
            let row = lists.row(word);
            lists.checked.insert(row, listed.parse()?);
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
            if row.len() == 1 {
                let mut kinds = [0; 8];
                for headword in lexicon.headwords(Equivalent(id)) {
                    kinds[kind(lexicon.pos(headword))] += 1;
                }
                let most = kinds.iter().max().copied().unwrap_or_default();
                let pos = kinds.iter().position(|k| *k == most).unwrap_or_default() as u32;
                lists.german.insert(row[0], (pos, kinds.iter().sum()));
            }
            *lists.words.entry(row).or_default() |= LEXICON;
        }
        for word in lists.lines(data, "vietnamese/phrases.vtb.txt")? {
            let row = lists.row(&word);
            lists.words.insert(row, PHRASE);
        }
        for word in lists.lines(data, "vietnamese/words.vtb.txt")? {
            let row = lists.row(&word);
            lists.words.insert(row, WORD);
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
        for (class, line) in (1..).zip(lists.lines(data, "vietnamese/syllable-classes.tsv")?) {
            let (_, syllables) = line.split_once('\t').ok_or("syllable-classes: want class<TAB>syllables")?;
            for id in lists.row(syllables) {
                lists.classes.entry(id).or_insert(class);
            }
        }
        lists.survey();
        for syllable in &lists.syllables {
            let next = lists.rhymes.len() as u32 + 1;
            lists.rhymes.entry(sounds(syllable).1.to_owned()).or_insert(next);
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
        let sentences = self.lines(data, WRITTEN)?;
        statistics.written = self.written(sentences.iter());
        statistics.finish(self);
        Ok(statistics)
    }

    /// Counts the words of sentences of our own: parted by spaces, their syllables by low lines.
    pub(crate) fn written<'s>(&mut self, sentences: impl Iterator<Item = &'s String>) -> Written {
        let mut written = Written::default();
        for sentence in sentences {
            let mut before = None;
            for (i, word) in sentence.split(' ').enumerate() {
                let letters = word.starts_with(char::is_alphabetic);
                let lower = |part: &str| part.starts_with(char::is_lowercase);
                let row = self.row(&word.replace('_', " "));
                let (Some(first), Some(last)) = (row.first(), row.last()) else { continue };
                if let Some(before) = before.filter(|_| lower(word)) {
                    *written.apart.entry((before, *first)).or_default() += 1;
                }
                before = letters.then_some(*last);
                if word.split('_').any(lower) || (i == 0 && letters && row.len() == 1) {
                    for pair in row.windows(2) {
                        *written.joined.entry((pair[0], pair[1])).or_default() += 1;
                    }
                    *written.words.entry(row).or_default() += 1;
                }
            }
        }
        written
    }

    /// Counts what the lists do with syllables.
    fn survey(&mut self) {
        let unaided = |row: &Row| self.checked.get(row).is_none_or(|listed| *listed > 0);
        for row in self.words.keys().filter(|row| row.len() > 1 && unaided(row)) {
            self.edges.entry(row[0]).or_default()[0] += 1;
            self.edges.entry(row[row.len() - 1]).or_default()[1] += 1;
            for pair in row.windows(2) {
                *self.inside.entry(pair.to_vec()).or_default() += u32::from(row.len() > 2);
            }
        }
    }

    /// Takes from the lists what they have only because somebody went through the treebank's words for them.
    #[allow(dead_code)] // the example's
    pub(crate) fn forget(&mut self) {
        for (row, listed) in self.checked.clone() {
            if let [one] = row[..]
                && listed == 0
            {
                *self.flags.entry(one).or_default() &= !SyllableRecord::LISTED;
            }
            if listed == 0 {
                self.words.remove(&row);
            } else {
                self.words.insert(row, listed);
            }
        }
    }

    /// How a row is listed, or would be if nobody had gone through the treebank.
    fn unaided(&self, row: &[u32]) -> Listed {
        self.checked.get(row).or_else(|| self.words.get(row)).copied().unwrap_or_default()
    }

    /// What is known of a syllable.
    pub(crate) fn syllable(&self, id: u32, statistics: &Statistics) -> SyllableRecord {
        let counts = |of: &BTreeMap<u32, [u32; 2]>| of.get(&id).copied().unwrap_or_default();
        let [begins, ends] = counts(&self.edges);
        let german = self.german.get(&id).copied().unwrap_or_default();
        let (onset, rhyme) = sounds(&self.syllables[id as usize]);
        let rhyme = self.rhymes.get(rhyme).copied().unwrap_or_default();
        SyllableRecord::new(SyllableFacts {
            flags: self.flags.get(&id).copied().unwrap_or_default(),
            alone: statistics.words.get(&[id][..]).copied().unwrap_or_default(),
            next: counts(&statistics.next),
            before: counts(&statistics.before),
            listed_next: counts(&statistics.listed_next),
            listed_before: counts(&statistics.listed_before),
            begins,
            ends,
            free: german.1,
            onset,
            rhyme,
            pos: german.0,
            class: self.classes.get(&id).copied().unwrap_or_default(),
        })
    }

    /// What is known of syllables in a row as a word.
    pub(crate) fn word(&self, row: &[u32], statistics: &Statistics) -> WordRecord {
        let plain = |row: &[u32], holds| {
            let count = statistics.words.get(row).copied().unwrap_or_default();
            let listed = self.words.get(row).copied().unwrap_or_default();
            let of_pair = |counts: &BTreeMap<(u32, u32), u32>| match *row {
                [a, b] => counts.get(&(a, b)).copied().unwrap_or_default(),
                _ => 0,
            };
            let written_joined = of_pair(&statistics.written.joined);
            // Of most pairs that stand side by side nobody would think that they are words.
            let thinkable = count + listed + written_joined > 0;
            let apart = |counts| if thinkable { of_pair(counts) } else { 0 };
            WordRecord::new(WordFacts {
                listed,
                count,
                written: statistics.written.words.get(row).copied().unwrap_or_default(),
                written_joined,
                written_apart: apart(&statistics.written.apart),
                apart: apart(&statistics.apart),
                holds,
                inside: self.inside.get(row).copied().unwrap_or_default(),
            })
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
        let pairs = statistics.written.joined.keys().map(|(a, b)| vec![*a, *b]);
        let listed =
            self.words.keys().chain(statistics.words.keys()).chain(statistics.written.words.keys()).cloned();
        for row in listed.chain(pairs).filter(|row| row.len() <= longest) {
            for end in 2..=row.len() {
                rows.insert(row[..end].to_vec());
            }
        }
        rows
    }
}

impl Statistics {
    /// Counts what becomes of listed words.
    pub(crate) fn finish(&mut self, lists: &Lists) {
        let mut add = |a: u32, b: u32, joined: usize, count: u32| {
            if lists.unaided(&[a, b]) > 0 {
                self.listed_next.entry(a).or_default()[joined] += count;
                self.listed_before.entry(b).or_default()[joined] += count;
            }
        };
        for (row, count) in &self.words {
            for pair in row.windows(2) {
                add(pair[0], pair[1], 1, *count);
            }
        }
        for ((a, b), count) in &self.apart {
            add(*a, *b, 0, *count);
        }
    }

    /// Counts a word.
    pub(crate) fn add(&mut self, row: Row, count: u32) {
        for (i, id) in row.iter().enumerate() {
            self.next.entry(*id).or_default()[usize::from(i + 1 < row.len())] += count;
            self.before.entry(*id).or_default()[usize::from(i > 0)] += count;
        }
        *self.words.entry(row).or_default() += count;
    }
}
