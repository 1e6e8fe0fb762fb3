//! `satzpaar bench`: generated text, the table, JSON, comparing. No figure is pinned; that gold and text belong together is.

use serde_json::Value;

use crate::util::Dir;

/// A generated folder of 40 reports a side, and what aligning it gives.
#[test]
fn generated_reports_are_read_matched_and_aligned_as_their_gold_says() {
    let dir = Dir::new();
    dir.run(&["bench", "generate", "--reports", "40", "--seed", "3", "-o", "txt"]).code(0);
    dir.run(&["bench", "generate", "--reports", "40", "--seed", "3", "--format", "jsonl", "-o", "jsonl"])
        .code(0);
    assert_eq!(dir.names(), ["jsonl", "txt"]);
    let gold = dir.read("txt/gold/documents.tsv");
    assert_eq!(gold, dir.read("jsonl/gold/documents.tsv"));
    assert_eq!(dir.read("txt/gold/segments.tsv"), dir.read("jsonl/gold/segments.tsv"));
    let out = dir.run(&["match", "txt/de", "txt/vi"]).out();
    assert_eq!(out, dir.run(&["match", "jsonl/de.jsonl", "jsonl/vi.jsonl"]).out());
    let found = out.lines().skip(1).map(|l| l.rsplit_once('\t').unwrap().0);
    let right = found.filter(|pair| gold.lines().any(|g| g == *pair)).count();
    let all = gold.lines().count() - 1;
    assert!(right * 10 >= all * 9, "{right} of {all}");
}

#[test]
fn the_same_seed_gives_the_same_files() {
    let dir = Dir::new();
    for (name, seed, threads) in [("a", "1", "1"), ("b", "1", "3"), ("c", "2", "1")] {
        let args =
            ["bench", "generate", "--format", "lines", "--sentences", "200", "--seed", seed, "-j", threads];
        dir.run(&[&args[..], &["-o", name]].concat()).code(0);
    }
    for file in ["de.txt", "vi.txt", "gold.txt"] {
        assert_eq!(dir.read(format!("a/{file}")), dir.read(format!("b/{file}")));
        assert_ne!(dir.read(format!("a/{file}")), dir.read(format!("c/{file}")));
    }
    assert_eq!(dir.read("a/de.txt").lines().count(), 200);
    assert_eq!(dir.read("a/vi.txt").lines().count(), 200);
    dir.run(&["align", "--presegmented", "a/de.txt", "a/vi.txt", "-o", "found.txt"]).code(0);
    let score = dir.run(&["score", "a/gold.txt", "found.txt", "--format", "json"]).out();
    let score: Value = serde_json::from_str(&score).unwrap();
    let f1 = score["groups"][0]["scores"]["strict"]["f1"].as_f64().unwrap();
    assert!(f1 > 0.9, "{f1}");
}

#[test]
fn a_folder_with_something_in_it_is_left_alone() {
    let dir = Dir::new();
    dir.create("there/notes.txt", "mine");
    dir.create_folder("empty");
    dir.run(&["bench", "generate", "--reports", "2", "-o", "there"])
        .code(2)
        .says(&["there", "already", "-o"]);
    dir.run(&["bench", "generate", "--reports", "2", "-o", "missing/there"]).code(1).says(&["missing/there"]);
    dir.run(&["bench", "generate", "--reports", "2", "-o", "empty"]).code(0);
    assert_eq!(dir.read("there/notes.txt"), "mine");
    assert_eq!(dir.names(), ["empty", "there"]);
}

#[test]
fn all_stages_are_measured_and_compared_with_an_earlier_run() {
    let dir = Dir::new();
    let args = ["bench", "--reports", "12", "--runs", "2", "--threads", "2,1", "--json", "a.json"];
    let table = dir.run(&args).out();
    let stages = ["read", "strip", "split", "tokenize", "terms", "match", "align", "mine", "write"];
    for stage in stages {
        for threads in ["1", "2"] {
            let row = table.lines().find(|l| l.split_whitespace().take(2).eq([stage, threads]));
            assert!(row.is_some_and(|row| row.contains("/s")), "{stage} {threads}:\n{table}");
        }
    }
    assert!(table.contains("against gold, documents:") && table.contains("sentence pairs:"), "{table}");
    let json: Value = serde_json::from_str(&dir.read("a.json")).unwrap();
    assert_eq!(json["figures"].as_array().unwrap().len(), 18);
    assert_eq!(json["figures"][0]["seconds"].as_array().unwrap().len(), 2);
    assert!(json["quality"]["documents"]["recall"].as_f64().unwrap() > 0.7, "{json}");
    for there in ["machine", "method", "settings", "text"] {
        assert!(!json[there].is_null(), "{there}");
    }
    let args = ["bench", "--reports", "13", "--runs", "2", "--stages", "terms,split", "--against", "a.json"];
    let ran = dir.run(&args).code(0).says(&["not the same", "text"]);
    assert!(ran.stdout.contains("change") && ran.stdout.contains(" %"), "{}", ran.stdout);
    assert!(!ran.stdout.contains("\nalign") && !ran.stdout.contains("gold"), "{}", ran.stdout);
}

#[test]
fn given_text_is_measured_too() {
    let dir = Dir::with_samples();
    let table = dir.run(&["bench", "de", "vi", "--runs", "1", "--threads", "1"]).out();
    assert!(table.contains("de and vi: ") && !table.contains("gold"), "{table}");
    // One stage needs those before it, untimed.
    let table = dir.run(&["bench", "de", "vi", "--runs", "1", "--threads", "1", "--stages", "mine"]).out();
    assert!(table.contains("\nmine") && !table.contains("\nterms"), "{table}");
}

#[test]
fn wrong_use_is_told() {
    let dir = Dir::new();
    dir.create("old.json", "{}");
    dir.run(&["bench", "--against", "no.json"]).code(1).says(&["no.json", "cannot be read"]);
    dir.run(&["bench", "--against", "old.json"]).code(1).says(&["old.json", "bench --json"]);
    dir.run(&["bench", "de"]).code(2);
    dir.run(&["bench", "de", "vi", "--seed", "2"]).code(2);
    dir.run(&["bench", "--reports", "0"]).code(2);
    dir.run(&["bench", "-", "vi"]).code(2).says(&["standard input"]);
    dir.run(&["bench", "generate", "--sentences", "5", "-o", "x"]).code(2).says(&["--format lines"]);
    dir.run(&["bench", "no", "such"]).code(1).says(&["no"]);
}
