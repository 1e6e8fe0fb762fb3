//! `satzpaar overlaps`, and `--embeddings` of `align --presegmented` and `mine`.

use std::collections::{BTreeMap, BTreeSet};

use crate::samples::{assert_tiled, bead};
use crate::util::Dir;

const DIMENSION: usize = 64;

/// A bead without its score.
type Bead = (Vec<usize>, Vec<usize>);

/// Numbers that look random and are the same everywhere (xorshift).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// From -0.5 to 0.5.
    fn number(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1_u64 << 24) as f32 - 0.5
    }

    /// A sentence of so many words that no lexicon knows.
    fn sentence(&mut self, words: usize) -> String {
        let syllables = ["quor", "zumb", "flix", "grät", "wups", "plomp", "schnurf", "dwax", "klib", "trölk"];
        let mut word =
            || (0..3).map(|_| syllables[self.next() as usize % syllables.len()]).collect::<String>();
        let words: Vec<String> = (0..words).map(|_| word()).collect();
        words.join(" ") + "."
    }
}

/// A side of made-up text: lines, and of what each tells, by number.
#[derive(Default)]
struct Side {
    lines: Vec<String>,
    told: Vec<Vec<usize>>,
}

impl Side {
    fn push(&mut self, dice: &mut Dice, told: Vec<usize>) {
        self.lines.push(dice.sentence(4 * told.len()));
        self.told.push(told);
    }

    fn text(&self) -> String {
        self.lines.join("\n") + "\n"
    }

    /// What each overlap of up to `most` lines tells.
    fn overlaps(&self, most: usize) -> BTreeMap<String, Vec<usize>> {
        let mut found = BTreeMap::new();
        for size in 1..=most {
            for first in 0..(self.lines.len() + 1).saturating_sub(size) {
                let range = first..first + size;
                found.insert(self.lines[range.clone()].join(" "), self.told[range].concat());
            }
        }
        found
    }
}

/// Two texts in the same order, and which lines of them belong together.
fn texts() -> (Side, Side, Vec<Bead>) {
    let mut dice = Dice(0x5eed);
    let (mut de, mut vi, mut gold) = (Side::default(), Side::default(), Vec::new());
    let mut topic = 0;
    for round in 0..80 {
        let (a, b) = [(1, 1), (2, 1), (1, 1), (1, 2), (1, 0), (1, 1), (0, 1), (3, 1)][round % 8];
        let told = [topic, topic + 1, topic + 2];
        topic += 3;
        for (side, count, other) in [(&mut de, a, b), (&mut vi, b, a)] {
            // What one side tells in one sentence the other tells in parts; what has no counterpart is told by nobody else.
            for part in 0..count {
                let share = match (count, part) {
                    (1, _) => told.to_vec(),
                    (2, 0) => vec![told[0]],
                    (2, _) => told[1..].to_vec(),
                    _ => vec![told[part]],
                };
                let own = if other == 0 { vec![topic, topic + 1] } else { share };
                side.push(&mut dice, own);
            }
        }
        if a == 0 || b == 0 {
            topic += 3;
        } else {
            let (i, j) = (de.lines.len(), vi.lines.len());
            gold.push(((i - a..i).collect(), (j - b..j).collect()));
        }
    }
    (de, vi, gold)
}

/// Writes what `satzpaar overlaps` gives for a side, and vectors for it: texts that tell the same have nearly the same.
fn encode(dir: &Dir, name: &str, side: &Side, most: usize) {
    dir.create(format!("{name}.txt"), side.text());
    let args = ["overlaps", &format!("{name}.txt"), "--most", &most.to_string()];
    let texts = dir.run(&args).out();
    dir.create(format!("{name}.overlaps"), &texts);
    let told = side.overlaps(most);
    let mut noise = Dice(name.len() as u64 + 99);
    let mut bytes = Vec::new();
    for text in texts.lines() {
        let mut vector = [0.0_f32; DIMENSION];
        for topic in told.get(text).map_or(&[][..], Vec::as_slice).iter().collect::<BTreeSet<_>>() {
            let mut dice = Dice(*topic as u64 * 7919 + 1);
            for value in &mut vector {
                *value += dice.next() as u32 as f32 / u32::MAX as f32 - 0.5;
            }
        }
        for value in vector {
            bytes.extend((value + 0.1 * noise.number()).to_le_bytes());
        }
    }
    dir.create(format!("{name}.f32"), bytes);
}

const FILES: [&str; 6] = ["--overlaps", "de.overlaps", "vi.overlaps", "--embeddings", "de.f32", "vi.f32"];

fn align(dir: &Dir, more: &[&str]) -> crate::util::Ran {
    dir.run(&[&["align", "--presegmented", "de.txt", "vi.txt"], &FILES[..], more].concat())
}

fn beads(text: &str) -> Vec<Bead> {
    text.lines().map(bead).map(|(de, vi, _)| (de, vi)).collect()
}

fn strict_f1(gold: &[Bead], found: &[Bead]) -> f64 {
    let pairs: Vec<&Bead> = found.iter().filter(|b| !b.0.is_empty() && !b.1.is_empty()).collect();
    let right = gold.iter().filter(|b| pairs.contains(b)).count() as f64;
    2.0 * right / (gold.len() + pairs.len()) as f64
}

#[test]
fn vectors_alone_find_the_ladder_of_texts_without_a_known_word() {
    let dir = Dir::new();
    let (de, vi, gold) = texts();
    encode(&dir, "de", &de, 4);
    encode(&dir, "vi", &vi, 4);
    for evidence in ["embeddings", "both"] {
        let ran = align(&dir, &["--evidence", evidence]).silent();
        let rows: Vec<_> = ran.stdout.lines().map(bead).collect();
        assert_tiled(&rows, de.lines.len(), vi.lines.len());
        let found = beads(&ran.stdout);
        let f1 = strict_f1(&gold, &found);
        assert!(f1 > 0.97, "{evidence}: {f1}\n{}", ran.stdout);
        assert_eq!(ran.stdout, align(&dir, &["--evidence", evidence, "-j", "1"]).stdout);
    }
    let words = align(&dir, &["--evidence", "lexicon"]).stdout;
    assert_eq!(words, dir.run(&["align", "--presegmented", "de.txt", "vi.txt"]).stdout);
    assert!(strict_f1(&gold, &beads(&words)) < 0.5);
}

#[test]
fn vectors_alone_find_the_pairs_of_lists_in_any_order() {
    let dir = Dir::new();
    let mut dice = Dice(77);
    let (mut de, mut vi) = (Side::default(), Side::default());
    for i in 0..60 {
        de.push(&mut dice, vec![2 * i, 2 * i + 1]);
        let j = (i * 37 + 11) % 60;
        vi.push(&mut dice, vec![2 * j, 2 * j + 1]);
    }
    encode(&dir, "de", &de, 1);
    encode(&dir, "vi", &vi, 1);
    for mode in ["pairs", "search"] {
        let args = ["mine", "--mode", mode, "de.txt", "vi.txt", "--evidence", "embeddings"];
        let out = dir.run(&[&args[..], &FILES].concat()).out();
        let rows = out.lines().skip(1).map(|row| row.split('\t').collect::<Vec<_>>());
        let right = rows.filter(|row| {
            let (i, j): (usize, usize) = (row[1].parse().unwrap(), row[2].parse().unwrap());
            i == (j * 37 + 11) % 60
        });
        assert_eq!(right.count(), 60, "{mode}:\n{out}");
    }
    // The same texts in lines are one whole in another order.
    let found = beads(&align(&dir, &["--evidence", "embeddings", "--mode", "comparable"]).stdout);
    let right = found.iter().filter(|b| b.0.len() == 1 && b.1.len() == 1);
    let right = right.filter(|b| b.0[0] == (b.1[0] * 37 + 11) % 60).count();
    assert!(right >= 58, "{right}");
}

#[test]
fn overlaps_are_a_set_in_order() {
    let dir = Dir::new();
    dir.create("a.txt", "  Es schneit.\nWir bleiben. \n\n");
    dir.create("b.txt", "Es schneit.\n");
    let out = dir.run(&["overlaps", "a.txt", "b.txt", "--most", "2"]).out();
    let wanted =
        "BLANK_LINE\nEs schneit.\nEs schneit. Wir bleiben.\nPAD\nWir bleiben.\nWir bleiben. BLANK_LINE\n";
    assert_eq!(out, wanted);
    assert_eq!(dir.run(&["overlaps", "b.txt", "--most", "1"]).out(), "Es schneit.\n");
    dir.run(&["overlaps", "b.txt", "--most", "0"]).code(2).says(&["from 1 to 20"]);
    dir.run(&["overlaps", "none.txt"]).code(1).says(&["none.txt", "no such file"]);
}

#[test]
fn beads_get_no_larger_than_the_groups_that_have_vectors() {
    let dir = Dir::new();
    let (de, vi, _) = texts();
    encode(&dir, "de", &de, 2);
    encode(&dir, "vi", &vi, 1);
    let ran = align(&dir, &["--evidence", "embeddings"])
        .says(&["de.overlaps", "at most 2 sentences", "satzpaar overlaps de.txt --most 4"])
        .says(&["vi.overlaps", "at most 1 sentence", "satzpaar overlaps vi.txt --most 4"]);
    let found = beads(&ran.stdout);
    assert!(found.iter().all(|b| b.0.len() <= 2 && b.1.len() <= 1), "{}", ran.stdout);
    assert!(found.iter().any(|b| b.0.len() == 2 && b.1.len() == 1));
}

#[test]
fn empty_lines_have_no_partner() {
    let dir = Dir::new();
    let (mut de, mut vi, _) = texts();
    for side in [&mut de, &mut vi] {
        side.lines[1].clear();
    }
    encode(&dir, "de", &de, 4);
    encode(&dir, "vi", &vi, 4);
    let out = align(&dir, &["--evidence", "embeddings"]).out();
    let nulls: Vec<_> = beads(&out).into_iter().filter(|b| b.0 == [1] || b.1 == [1]).collect();
    assert!(nulls.contains(&(vec![1], vec![])) && nulls.contains(&(vec![], vec![1])), "{out}");
}

#[test]
fn what_is_missing_or_broken_is_an_error_with_its_remedy() {
    let dir = Dir::new();
    let (de, vi, _) = texts();
    encode(&dir, "de", &de, 4);
    encode(&dir, "vi", &vi, 4);
    let good = [dir.read("de.overlaps"), dir.read("de.txt")];
    let vectors = std::fs::read(dir.path("de.f32")).unwrap();

    dir.create("de.txt", format!("{}Ganz neu.\n", good[1]));
    let line = format!("line {}", de.lines.len() + 1);
    align(&dir, &[]).code(1).says(&[
        "de.overlaps",
        "'Ganz neu.'",
        &line,
        "satzpaar overlaps de.txt --most 4",
    ]);
    let mut swapped: Vec<&str> = good[1].lines().collect();
    swapped.swap(0, 1);
    dir.create("de.txt", swapped.join("\n"));
    let ran = align(&dir, &[]).code(1).says(&["de.overlaps", "lines 1 to 2", "satzpaar overlaps"]);
    assert_eq!(ran.stdout, "");
    dir.create("de.txt", &good[1]);

    dir.create("de.overlaps", format!("{}x\n", good[0]));
    align(&dir, &[]).code(1).says(&["de.f32", "no whole row", "de.overlaps"]);
    dir.create("de.overlaps", &good[0]);
    dir.create("de.f32", &vectors[..vectors.len() - 1]);
    align(&dir, &[]).code(1).says(&["de.f32", "no multiple of 4 bytes"]);
    dir.create("de.f32", &vectors[..vectors.len() / 2]);
    align(&dir, &[]).code(1).says(&["de.f32", "rows of 32 numbers", "vi.f32 of 64", "one model"]);
    let mut bad = vectors.clone();
    bad[4 * DIMENSION..4 * DIMENSION + 4].copy_from_slice(&f32::NAN.to_le_bytes());
    dir.create("de.f32", &bad);
    align(&dir, &[]).code(1).says(&["de.f32:2", "NaN"]);
    std::fs::remove_file(dir.path("de.f32")).unwrap();
    align(&dir, &[]).code(1).says(&["de.f32", "no such file"]);

    dir.run(&["align", "--presegmented", "de.txt", "vi.txt", "--embeddings", "de.f32", "vi.f32"]).code(2);
    dir.run(&["align", "--presegmented", "de.txt", "vi.txt", "--evidence", "both"]).code(2);
    dir.run(&[&["align", "de", "vi"], &FILES[..]].concat()).code(2).says(&["--presegmented"]);
}
