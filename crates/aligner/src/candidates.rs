//! Which Vietnamese sentences may be the partner of a German one: the few best, found through the answers that its terms have.

use rayon::prelude::*;

use crate::asked::Asked;
use crate::bitext::Bitext;
use crate::evidence::{Chooser, Evidence, Lengths, unlinked};
use crate::rows::Rows;
use crate::weights::Weights;

/// How many partners are kept for each sentence.
pub(crate) const KEPT: usize = 8;
/// How many are scored in full for each that is kept, in small texts.
const TRIED: usize = 4 * KEPT;
/// Texts of up to so many sentences are small.
const SMALL: usize = 2_000;
/// A term with more answers than this share of the sentences (and than [`FEW`]) does not help to find any.
const COMMON_SHARE: usize = 50;
const FEW: usize = 400;
/// Sentences that one thread takes at a time.
const PIECE: usize = 64;

/// A possible pair of sentences.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Candidate {
    pub(crate) german: u32,
    pub(crate) vietnamese: u32,
    /// Its evidence, in nats.
    pub(crate) score: f32,
}

/// How widely partners are looked for in large texts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Width {
    /// How many are scored in full at least.
    tried: usize,
    /// The rarest terms find the partners; when they have so many answers together, no more are asked.
    enough: usize,
    /// Those that share less than this part of what the one that shares most does are not scored.
    least_share: f32,
}

impl Width {
    /// For texts that may be in the same order, where the neighbours tell what is left open.
    pub(crate) const TEXTS: Self = Self { tried: KEPT, enough: 400, least_share: 0.25 };
    /// For lists in no order, where a partner that is not met here is lost.
    pub(crate) const LISTS: Self = Self { tried: TRIED, enough: 12_800, least_share: 0.0 };
}

/// Buffers for the search; make one for each thread.
#[derive(Debug)]
struct Finder {
    width: Width,
    asked: Asked,
    chooser: Chooser,
    sums: Vec<Sum>,
    touched: Vec<u32>,
    /// For each type the serial under which it was met last.
    met: Vec<u32>,
    serial: u32,
    /// The types to ask, each with how many answers it has.
    types: Vec<(usize, u32, f32)>,
    /// The sentences that were summed up, with their sums; then the most promising of them, in order.
    rough: Vec<Rough>,
    scored: Vec<Candidate>,
}

/// What a sentence of the other side answers so far.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    value: f32,
    /// The serial of the type that it answered last.
    met: u32,
}

/// A sentence of the other side before it is scored in full.
#[derive(Clone, Copy, Debug)]
struct Rough {
    /// What it promises.
    value: f32,
    /// What it answers.
    shared: f32,
    sentence: u32,
}

/// The way back from Vietnamese sentences: which term types each key answers, and where terms of that type stand.
struct Answered {
    types: Rows<(u32, f32)>,
    sentences: Rows<u32>,
}

impl Answered {
    fn new(bitext: &Bitext) -> Self {
        let numbered = (0..).zip(&bitext.types);
        let targets = numbered.flat_map(|(number, term)| {
            bitext.targets_of(term).iter().map(move |target| (target.key, (number, target.strength)))
        });
        let sentences = (0..bitext.german_len()).flat_map(|german| {
            bitext.types_of(german).iter().map(move |(number, _)| (*number, german as u32))
        });
        Self {
            types: Rows::grouped(bitext.key_count(), targets),
            sentences: Rows::grouped(bitext.types.len(), sentences),
        }
    }
}

impl Finder {
    fn new(width: Width) -> Self {
        Self {
            width,
            asked: Asked::default(),
            chooser: Chooser::default(),
            sums: Vec::new(),
            touched: Vec::new(),
            met: Vec::new(),
            serial: 0,
            types: Vec::new(),
            rough: Vec::new(),
            scored: Vec::new(),
        }
    }

    fn add(&mut self, sentence: u32, value: f32) {
        let sum = &mut self.sums[sentence as usize];
        if sum.value == 0.0 {
            self.touched.push(sentence);
        }
        sum.value += value;
    }

    /// A serial that nothing was met under.
    fn next_serial(&mut self) -> u32 {
        if self.serial == u32::MAX {
            self.met.fill(0);
            self.sums.iter_mut().for_each(|sum| sum.met = 0);
            self.serial = 0;
        }
        self.serial += 1;
        self.serial
    }

    /// Adds up what each Vietnamese sentence answers of a German one, over the terms that help to find any.
    fn sum_german(&mut self, bitext: &Bitext, german: usize) {
        self.types.clear();
        for (number, count) in bitext.types_of(german) {
            let answers = bitext.types[*number as usize].answers as usize;
            if answers > 0 {
                self.types.push((answers, *number, *count as f32));
            }
        }
        let (asked, rare) = self.order_types(bitext.vietnamese_len());
        let types = std::mem::take(&mut self.types);
        self.ask_vietnamese(bitext, &types[..asked]);
        if self.touched.len() < KEPT {
            // Short sentences of common words: every word has to help.
            self.ask_vietnamese(bitext, &types[rare..]);
        }
        self.types = types;
    }

    fn ask_vietnamese(&mut self, bitext: &Bitext, types: &[(usize, u32, f32)]) {
        for (_, number, count) in types {
            let term = &bitext.types[*number as usize];
            let serial = self.next_serial();
            for target in bitext.targets_of(term) {
                let value = count * term.rarity(target.strength);
                for sentence in bitext.sentences_with(target.key) {
                    // Targets stand from the best: a sentence counts by its best answer.
                    let sum = &mut self.sums[*sentence as usize];
                    if sum.met != serial {
                        sum.met = serial;
                        self.add(*sentence, value);
                    }
                }
            }
        }
    }

    /// Puts the types to ask in order, the rarest first; gives how many of them to ask, and from which on they are so common that they are only
    /// asked when the others find hardly any.
    fn order_types(&mut self, offered: usize) -> (usize, usize) {
        self.types.sort_unstable_by_key(|(answers, number, _)| (*answers, *number));
        let most = FEW.max(offered / COMMON_SHARE);
        let rare = self.types.partition_point(|(answers, ..)| *answers <= most);
        if offered <= SMALL {
            return (rare, rare);
        }
        let mut sum = 0;
        let enough = self.types[..rare].iter().take_while(|(answers, ..)| {
            sum += answers;
            sum <= self.width.enough
        });
        (enough.count().max(3).min(rare), rare)
    }

    /// The same for the German sentences that a Vietnamese one answers.
    fn sum_vietnamese(&mut self, bitext: &Bitext, answered: &Answered, vietnamese: usize) {
        self.met.resize(bitext.types.len(), 0);
        let serial = self.next_serial();
        let mut types = std::mem::take(&mut self.types);
        types.clear();
        let mut answers: Vec<(u32, f32)> = Vec::new();
        for key in bitext.keys_of(vietnamese) {
            answers.extend(answered.types.row(key as usize));
        }
        answers.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        for (number, strength) in answers {
            if self.met[number as usize] != serial {
                self.met[number as usize] = serial;
                types.push((answered.sentences.row(number as usize).len(), number, strength));
            }
        }
        self.types = types;
        let (asked, rare) = self.order_types(bitext.german_len());
        let types = std::mem::take(&mut self.types);
        self.ask_german(bitext, answered, &types[..asked]);
        if self.touched.len() < KEPT {
            self.ask_german(bitext, answered, &types[rare..]);
        }
        self.types = types;
    }

    fn ask_german(&mut self, bitext: &Bitext, answered: &Answered, types: &[(usize, u32, f32)]) {
        for (_, number, strength) in types {
            let value = bitext.types[*number as usize].rarity(*strength);
            for german in answered.sentences.row(*number as usize) {
                self.add(*german, value);
            }
        }
    }

    /// How many partners are scored in full for a sentence that has so many to choose from.
    fn tried(&self, offered: usize) -> usize {
        (TRIED * SMALL / offered.max(1)).clamp(self.width.tried, TRIED)
    }

    /// Leaves in `rough` the most promising of those that were summed up, in order; `missing` is what a sentence leaves unexplained. Empties
    /// the sums.
    fn best(&mut self, tried: usize, missing: impl Fn(usize) -> f32) {
        let Self { sums, touched, rough, width, .. } = self;
        rough.clear();
        for sentence in touched.drain(..) {
            let shared = std::mem::take(&mut sums[sentence as usize].value);
            // A long sentence answers more by chance: what it has to explain counts against it.
            let value = shared + missing(sentence as usize);
            let before =
                |other: &Rough| value < other.value || (value <= other.value && other.sentence < sentence);
            if rough.len() == tried {
                if rough.last().is_some_and(before) {
                    continue;
                }
                rough.pop();
            }
            let place = rough.iter().rposition(before).map_or(0, |at| at + 1);
            rough.insert(place, Rough { value, shared, sentence });
        }
        let most = rough.iter().fold(0.0, |most: f32, some| most.max(some.shared));
        rough.retain(|some| some.shared >= width.least_share * most);
    }

    /// The score of the German sentence that is laid out in `asked` and a Vietnamese one.
    fn scored(&mut self, bitext: &Bitext, german: u32, vietnamese: u32, weights: &Weights) -> Candidate {
        let (i, j) = (german as usize, vietnamese as usize);
        let (de, vi) = (bitext.burdens().0[i], bitext.burdens().1[j]);
        let lengths = Lengths::of(&de, &vi);
        self.chooser.clear();
        self.chooser.left.extend(bitext.types_of(i).iter().map(|(_, count)| count));
        self.asked.links(bitext, j, |link| {
            self.chooser.offer(&link, 0, lengths);
        });
        let (links, link_count) = self.chooser.choose(bitext.syllables(j, j));
        let vectors = bitext.vector_gain(i..i + 1, j..j + 1);
        let evidence = Evidence { links, link_count, vectors, ..unlinked(&de, &vi, weights) };
        Candidate { german, vietnamese, score: evidence.score(weights) }
    }

    /// Appends the best partners of a German sentence.
    fn of_german(&mut self, bitext: &Bitext, german: usize, weights: &Weights, out: &mut Vec<Candidate>) {
        self.sums.resize(bitext.vietnamese_len(), Sum::default());
        self.sum_german(bitext, german);
        let tried = self.tried(bitext.vietnamese_len());
        self.best(tried, |j| bitext.burdens().1[j].missing);
        self.asked.lay(bitext, german);
        for at in 0..self.rough.len() {
            let scored = self.scored(bitext, german as u32, self.rough[at].sentence, weights);
            self.scored.push(scored);
        }
        keep(&mut self.scored, out);
    }

    /// Appends the best partners of a Vietnamese sentence.
    fn of_vietnamese(
        &mut self,
        bitext: &Bitext,
        answered: &Answered,
        vietnamese: usize,
        weights: &Weights,
        out: &mut Vec<Candidate>,
    ) {
        self.sums.resize(bitext.german_len(), Sum::default());
        self.sum_vietnamese(bitext, answered, vietnamese);
        let tried = self.tried(bitext.german_len());
        self.best(tried, |i| bitext.burdens().0[i].missing);
        for at in 0..self.rough.len() {
            let german = self.rough[at].sentence;
            self.asked.lay(bitext, german as usize);
            let scored = self.scored(bitext, german, vietnamese as u32, weights);
            self.scored.push(scored);
        }
        keep(&mut self.scored, out);
    }
}

/// Moves the best of a sentence's candidates to `out`, the best first (of equal ones the earlier).
fn keep(scored: &mut Vec<Candidate>, out: &mut Vec<Candidate>) {
    scored.sort_unstable_by(|a, b| {
        b.score.total_cmp(&a.score).then((a.german, a.vietnamese).cmp(&(b.german, b.vietnamese)))
    });
    scored.truncate(KEPT);
    out.append(scored);
}

/// Runs `find` for every sentence of a side, in parallel; pieces keep their order, so that the result is the same for any number of threads.
fn for_all(
    length: usize,
    width: Width,
    find: impl Fn(&mut Finder, usize, &mut Vec<Candidate>) + Sync,
) -> Vec<Candidate> {
    let pieces: Vec<usize> = (0..length).step_by(PIECE).collect();
    let finder = || Finder::new(width);
    let found: Vec<Vec<Candidate>> = pieces
        .into_par_iter()
        .map_init(finder, |finder, start| {
            let mut found = Vec::new();
            (start..(start + PIECE).min(length)).for_each(|sentence| find(finder, sentence, &mut found));
            found
        })
        .collect();
    found.concat()
}

/// Whether a bitext is so large that it matters how widely partners are looked for.
pub(crate) fn is_large(bitext: &Bitext) -> bool {
    bitext.german_len().max(bitext.vietnamese_len()) > SMALL
}

/// The candidates of all German sentences, in their order; each sentence's own from the best.
pub(crate) fn all(bitext: &Bitext, width: Width, weights: &Weights) -> Vec<Candidate> {
    let mut found = for_all(bitext.german_len(), width, |finder, german, found| {
        finder.of_german(bitext, german, weights, found);
    });
    if bitext.vectors().is_some() {
        add_nearest(bitext, false, weights, &mut found);
    }
    found
}

/// Adds the partners whose vectors are the nearest; takes out those that have none. By German sentence, the best first.
fn add_nearest(bitext: &Bitext, reverse: bool, weights: &Weights, found: &mut Vec<Candidate>) {
    let Some(vectors) = bitext.vectors() else { return };
    let nearest = vectors.nearest(reverse, KEPT);
    let finder = || Finder::new(Width::LISTS);
    let scored: Vec<Vec<Candidate>> = nearest
        .par_chunks(PIECE)
        .map_init(finder, |finder, pairs| {
            let scored = pairs.iter().map(|(german, vietnamese)| {
                finder.asked.lay(bitext, *german as usize);
                finder.scored(bitext, *german, *vietnamese, weights)
            });
            scored.collect()
        })
        .collect();
    found.extend(scored.into_iter().flatten());
    found.retain(|c| c.score.is_finite());
    found.sort_by_key(|c| (c.german, c.vietnamese));
    found.dedup_by_key(|c| (c.german, c.vietnamese));
    found.sort_by(|a, b| a.german.cmp(&b.german).then(b.score.total_cmp(&a.score)));
}

/// The candidates of both sides of lists, each once, by German sentence, then Vietnamese; `found` are those of [`all`].
pub(crate) fn both_ways(bitext: &Bitext, mut found: Vec<Candidate>, weights: &Weights) -> Vec<Candidate> {
    let answered = Answered::new(bitext);
    found.extend(for_all(bitext.vietnamese_len(), Width::LISTS, |finder, vietnamese, found| {
        finder.of_vietnamese(bitext, &answered, vietnamese, weights, found);
    }));
    if bitext.vectors().is_some() {
        add_nearest(bitext, true, weights, &mut found);
    }
    found.sort_by_key(|c| (c.german, c.vietnamese));
    found.dedup_by_key(|c| (c.german, c.vietnamese));
    found
}
