//! `satzpaar mine`.

use std::collections::BTreeSet;

use crate::samples::{Table, gold_sentences};
use crate::util::Dir;

/// The gold pairs as two lists of sentences in different orders: German line i belongs to the Vietnamese line
/// [`partner`]`(i)`.
pub(crate) fn lines() -> (Vec<String>, Vec<String>) {
    let gold = gold_sentences();
    let german: Vec<String> = gold.column("de_text").into_iter().map(str::to_owned).collect();
    let texts = gold.column("vi_text");
    let mut vietnamese = vec![String::new(); texts.len()];
    for (i, text) in texts.iter().enumerate() {
        vietnamese[partner(i, texts.len())].push_str(text);
    }
    (german, vietnamese)
}

/// The sample has no number of sentences that 37 divides, so that every line gets another place.
fn partner(line: usize, of: usize) -> usize {
    assert_ne!(of % 37, 0, "choose another step");
    (line * 37 + 5) % of
}

const COLUMNS: [&str; 5] = ["score", "de_line", "vi_line", "de_text", "vi_text"];

fn mined(args: &[&str]) -> (Table, usize) {
    let dir = Dir::new();
    let (german, vietnamese) = lines();
    dir.create("de.txt", german.join("\n"));
    dir.create("vi.txt", vietnamese.join("\n"));
    let out = dir.run(&[&["mine", "de.txt", "vi.txt"], args].concat()).out();
    let table = Table::parse(&out);
    assert_eq!(table.header, COLUMNS);
    table.scores("score");
    for row in &table.rows {
        assert_eq!(row[3], german[row[1].parse::<usize>().unwrap()]);
        assert_eq!(row[4], vietnamese[row[2].parse::<usize>().unwrap()]);
    }
    (table, german.len())
}

fn right(table: &Table, of: usize) -> usize {
    let lines = table.numbers("de_line").into_iter().zip(table.numbers("vi_line"));
    lines.filter(|(de, vi)| partner(*de, of) == *vi).count()
}

#[test]
fn pairs_are_one_to_one_and_mostly_right() {
    let (table, of) = mined(&[]);
    for column in ["de_line", "vi_line"] {
        let lines = table.numbers(column);
        assert_eq!(lines.iter().collect::<BTreeSet<_>>().len(), lines.len(), "{column}");
    }
    assert!(table.scores("score").is_sorted_by(|a, b| a >= b), "the surest come first");
    let right = right(&table, of);
    assert!(right * 10 >= table.rows.len() * 8, "{right} of {} found", table.rows.len());
    assert!(right * 10 >= of * 8, "{right} of {of} there");
}

#[test]
fn search_gives_every_german_line_its_best() {
    let (table, of) = mined(&["--mode", "search"]);
    assert_eq!(table.numbers("de_line"), (0..of).collect::<Vec<_>>());
    let right = right(&table, of);
    assert!(right * 10 >= of * 8, "{right} of {of}");
}

#[test]
fn reverse_search_gives_every_vietnamese_line_its_best() {
    let (table, of) = mined(&["--mode", "search", "--reverse"]);
    assert_eq!(table.numbers("vi_line"), (0..of).collect::<Vec<_>>());
    let right = right(&table, of);
    assert!(right * 10 >= of * 8, "{right} of {of}");
}

#[test]
fn min_score_keeps_the_pairs_that_reach_it() {
    let (all, _) = mined(&["--min-score", "0"]);
    let (sure, _) = mined(&["--min-score", "0.99"]);
    assert!(sure.rows.len() < all.rows.len());
    assert!(sure.scores("score").iter().all(|s| *s >= 0.99));
}

#[test]
fn a_side_may_be_standard_input_and_the_output_a_file() {
    let dir = Dir::new();
    dir.create("vi.txt", "Trời mưa.\nHà Nội có 8 triệu dân.\n");
    let command = dir.command(&["mine", "-", "vi.txt", "-o", "mined.tsv", "--min-score", "0"]);
    assert_eq!(command.input("Hanoi hat 8 Millionen Einwohner.\n").run().out(), "");
    let table = Table::parse(&dir.read("mined.tsv"));
    assert_eq!(table.column("vi_text"), ["Hà Nội có 8 triệu dân."]);
}

#[test]
fn no_sentences_are_a_header_and_exit_code_1() {
    let dir = Dir::new();
    dir.create("de.txt", "");
    dir.create("vi.txt", "Trời mưa.\n");
    let ran = dir.run(&["mine", "de.txt", "vi.txt"]).code(1).says(&["0 German"]);
    assert_eq!(ran.stdout, COLUMNS.join("\t") + "\n");
}
