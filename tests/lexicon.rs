//! `satzpaar lexicon`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::samples::gold_sentences;
use crate::util::Dir;

#[test]
fn lookup_goes_both_ways() {
    let dir = Dir::new();
    let out = dir.run(&["lexicon", "lookup", "Hafen"]).out();
    assert!(out.contains("cảng"), "{out}");
    let out = dir.run(&["lexicon", "lookup", "cảng"]).out();
    assert!(out.contains("Hafen"), "{out}");
    let out = dir.run(&["lexicon", "lookup", "--lang", "vi", "thành phố"]).out();
    assert!(out.contains("Stadt"), "{out}");
}

#[test]
fn lookup_knows_inflected_forms_and_parts() {
    let dir = Dir::new();
    let out = dir.run(&["lexicon", "lookup", "Häusern"]).out();
    assert!(out.contains("Haus") && out.contains("nhà"), "{out}");
    let out = dir.run(&["lexicon", "lookup", "Hafenstadt"]).out();
    assert!(out.contains("cảng"), "{out}");
}

#[test]
fn what_is_not_there_is_named() {
    let ran =
        Dir::new().run(&["lexicon", "lookup", "Xqzrtl"]).code(1).says(&["'Xqzrtl'", "not in the lexicon"]);
    assert_eq!(ran.stdout, "");
}

#[test]
fn stats_count_thousands_of_entries() {
    let dir = Dir::new();
    let json: serde_json::Value =
        serde_json::from_str(&dir.run(&["lexicon", "stats", "--format", "json"]).out()).unwrap();
    let count = |name: &str| json[name].as_u64().unwrap();
    assert!(count("entries") >= 3000 && count("vietnamese_words") >= 3000, "{json}");
    let sum = |name: &str| json[name].as_object().unwrap().values().map(|v| v.as_u64().unwrap()).sum::<u64>();
    assert_eq!(sum("fields"), count("entries"));
    assert_eq!(sum("parts_of_speech"), count("entries"));
    let text = dir.run(&["lexicon", "stats"]).out();
    assert!(text.contains(&format!("entries\t{}\n", count("entries"))), "{text}");
}

fn with_gold() -> Dir {
    let dir = Dir::new();
    let gold = gold_sentences();
    dir.create("de.txt", gold.column("de_text").join("\n"));
    dir.create("vi.txt", gold.column("vi_text").join("\n"));
    dir
}

#[test]
fn coverage_measures_a_text() {
    let dir = with_gold();
    let args = ["lexicon", "coverage", "--de", "de.txt", "--vi", "vi.txt"];
    let text = dir.run(&[&args[..], &["--missing", "3"]].concat()).out();
    let rows: Vec<Vec<&str>> = text.lines().map(|l| l.split('\t').collect()).collect();
    let shares: BTreeMap<&str, f64> =
        rows.iter().filter(|r| r.len() == 2).map(|r| (r[0], r[1].parse().unwrap())).collect();
    let names = ["chance_link_rate", "german_coverage", "link_rate", "vietnamese_coverage"];
    assert_eq!(shares.keys().copied().collect::<Vec<_>>(), names);
    assert!(shares["german_coverage"] > 0.5 && shares["vietnamese_coverage"] > 0.5, "{text}");
    assert!(shares["link_rate"] > 3.0 * shares["chance_link_rate"], "{text}");
    assert!(rows.iter().filter(|r| r.len() == 3 && r[0] == "de").count() <= 3);
    let json = dir.run(&[&args[..], &["--format", "json"]].concat()).out();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let share = json["german_coverage"].as_f64().unwrap();
    assert!((share - shares["german_coverage"]).abs() < 1e-4);
}

#[test]
fn coverage_of_files_of_different_length_says_so() {
    let dir = Dir::new();
    dir.create("de.txt", "Der Hafen ist groß.\nDie Stadt auch.\n");
    dir.create("vi.txt", "Cảng lớn.\n");
    let ran = dir.run(&["lexicon", "coverage", "--de", "de.txt", "--vi", "vi.txt"]).code(0);
    ran.says(&["warning", "de.txt has 2 lines", "vi.txt has 1"]);
}

#[test]
fn what_is_learned_can_be_used() {
    let dir = Dir::new();
    // Words that no lexicon has, each time in other company.
    let mut pairs = "de_text\tvi_text\n".to_owned();
    let company = [
        ("Hafen", "cảng"),
        ("Stadt", "thành phố"),
        ("Schule", "trường"),
        ("Fluss", "sông"),
        ("Haus", "nhà"),
        ("Zug", "tàu hỏa"),
        ("Berg", "núi"),
        ("Tisch", "bàn"),
    ];
    for (german, vietnamese) in company {
        writeln!(pairs, "Der Blomquax und {german}.\tCái zưknôl và {vietnamese}.").unwrap();
        writeln!(pairs, "Kein {german} hier.\tKhông có {vietnamese} ở đây.").unwrap();
    }
    dir.create("pairs.tsv", pairs);
    dir.run(&["lexicon", "learn", "pairs.tsv", "-o", "own.tsv"]).code(0).says(&["16 pairs", "learned"]);
    let learned = dir.read("own.tsv");
    let entries: Vec<&str> = learned.lines().filter(|l| !l.starts_with('#')).collect();
    assert_eq!(entries[0], "german\tvietnamese");
    assert!(
        entries.iter().any(|e| e.to_lowercase().contains("blomquax") && e.contains("zưknôl")),
        "{learned}"
    );
    let out = dir.run(&["lexicon", "lookup", "Blomquax", "--lexicon", "own.tsv"]).out();
    assert!(out.contains("zưknôl"), "{out}");
}

#[test]
fn learning_wants_a_table_of_pairs() {
    let dir = with_gold();
    dir.run(&["lexicon", "learn", "de.txt"]).code(1).says(&["de.txt: line 1", "'de_text'", "satzpaar align"]);
    dir.run(&["lexicon", "learn", "nirgends.tsv"]).code(1).says(&[
        "nirgends.tsv",
        "no such file",
        "spelling",
    ]);
}

#[test]
fn a_lexicon_of_ones_own_is_used() {
    let dir = Dir::new();
    dir.create("own.tsv", "# mine\ngerman\tvietnamese\nBlomquax\tzưknôl\n");
    let out = dir.run(&["--lexicon", "own.tsv", "lexicon", "lookup", "Blomquax"]).out();
    assert!(out.contains("zưknôl"), "{out}");
    dir.create("de.txt", "Der Blomquax schläft.\nDer Fluss ist breit.\n");
    dir.create("vi.txt", "Sông rộng.\nCái zưknôl đang ngủ.\n");
    let out = dir.run(&["mine", "--lexicon", "own.tsv", "--mode", "search", "de.txt", "vi.txt"]).out();
    let lines: Vec<&str> = out.lines().skip(1).map(|l| l.split('\t').nth(2).unwrap()).collect();
    assert_eq!(lines, ["1", "0"]);
}

#[test]
fn a_bad_lexicon_is_named_with_its_line() {
    let dir = Dir::new();
    dir.create("columns.tsv", "german\tvietnamese\nHaus\tnhà\nHaus nhà\n");
    dir.create("encoding.tsv", b"german\tvietnamese\nHaus\tnh\xe0\n");
    let run = |name: &str| dir.run(&["lexicon", "lookup", "Haus", "--lexicon", name]).code(1);
    run("columns.tsv").says(&["error: columns.tsv", "line 3", "tab"]);
    run("encoding.tsv").says(&["error: encoding.tsv", "line 2", "UTF-8"]);
    run("nirgends.tsv").says(&["error: nirgends.tsv"]);
}
