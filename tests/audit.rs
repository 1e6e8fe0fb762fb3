//! The audit of a dataset by people.

use std::fmt::Write as _;

use crate::util::Dir;

const MANIFEST: &str = r#"{"layout": 1, "name": "set", "satzpaar": "0.1.0", "deferred": false, "splits": [], "settings": {}, "inputs": [],
"funnel": [], "score_distribution": {"bins": [], "min": null, "mean": null, "median": null, "max": null}, "beads": {}, "kinds": {},
"contaminated": 0, "estimated_precision": null, "sources": [], "files": []}"#;

/// A dataset's folder with 20 pairs.
fn dataset() -> Dir {
    let dir = Dir::new();
    let columns = "de_doc vi_doc doc_score de_start de_end vi_start vi_end bead score kind de_text vi_text id event split contamination";
    let mut table = columns.replace(' ', "\t") + "\n";
    for i in 0..20 {
        let score = 0.5 + f64::from(i) / 40.0;
        let _ = writeln!(
            table,
            "d{i}\tv{i}\t1.0\t0\t9\t0\t9\t1-1\t{score:.4}\tparallel\tSatz {i}.\tCâu {i}.\td{i}-1\td{i}\ttest\t"
        );
    }
    dir.create("set/test.tsv", table);
    dir.create("set/README.md", "# Set\n\n<!-- audit -->\n<!-- /audit -->\n");
    dir.create("set/MANIFEST.json", MANIFEST);
    dir
}

#[test]
fn a_sheet_is_drawn_filled_in_and_read() {
    let dir = dataset();
    dir.run(&["dataset", "audit", "set", "--sample", "10", "-o", "anna.csv"]).out();
    let sheet = dir.read("anna.csv");
    assert_eq!(sheet.lines().count(), 11);
    assert!(!sheet.contains("0.5") && dir.read("audit-instructions.md").contains("| `partly` |"));
    assert_eq!(dir.run(&["dataset", "audit", "set", "--sample", "10"]).out(), sheet);
    assert_ne!(dir.run(&["dataset", "audit", "set", "--sample", "10", "--seed", "2"]).out(), sheet);
    let filled = sheet.replace(",,\r\n", ",Right,\r\n").replacen(",Right,", ",wrong,\"ganz, anders\"", 1);
    dir.create("anna.csv", &filled);
    dir.create("binh.csv", filled.replace("Right", "RIGHT "));
    let out = dir.run(&["dataset", "audit", "set", "--read", "anna.csv", "binh.csv"]).silent().out();
    assert!(out.contains("right            0.900 (95 % ") && out.contains("Cohen's kappa 1.000"), "{out}");
    assert!(out.contains("accepted         9 of 10"), "{out}");
    assert_eq!(dir.read("set/accepted.tsv").lines().count(), 10);
    assert!(dir.read("set/README.md").contains("were judged by `anna`, `binh`"));
    assert!(dir.read("set/MANIFEST.json").contains("\"path\": \"accepted.tsv\""));
    // What the audit wrote is no split.
    assert_eq!(dir.run(&["dataset", "audit", "set", "--sample", "10"]).out(), sheet);
}

#[test]
fn a_filled_in_sheet_is_not_written_over() {
    let dir = dataset();
    let draw = ["dataset", "audit", "set", "--sample", "5", "-o", "sheet.tsv"];
    dir.run(&draw).out();
    dir.run(&draw).out();
    dir.create("sheet.tsv", "id\tjudgement\nd1-1\tright\n");
    dir.run(&draw).code(1).says(&["sheet.tsv", "may hold judgements", "--force"]);
    assert!(dir.read("sheet.tsv").contains("right"));
    dir.run(&[&draw[..], &["--force"]].concat()).out();
    assert!(dir.read("sheet.tsv").contains("\tSatz "));
}

#[test]
fn what_is_wrong_is_named_and_nothing_is_written() {
    let dir = dataset();
    dir.create("anna.csv", "id;judgement\nd1-1;gut\nd2-1;right\nd3-9;wrong\n");
    let ran = dir.run(&["dataset", "audit", "set", "--read", "anna.csv", "nirgends.csv"]).code(1);
    ran.says(&["error: anna.csv:2", "'gut'", "right, partly, wrong or unsure"])
        .says(&["error: anna.csv:4", "'d3-9'"])
        .says(&["error: nirgends.csv"]);
    assert!(!dir.exists("set/audit.json"));
    dir.create("leer.csv", "id;judgement\nd1-1;\n");
    dir.run(&["dataset", "audit", "set", "--read", "leer.csv"]).code(1).says(&["no pair is judged"]);
    dir.run(&["dataset", "audit", "nirgends", "--sample", "5"]).code(1).says(&["nirgends", "spelling"]);
    dir.run(&["dataset", "audit", "set/test.tsv", "--sample", "5"]).code(2).says(&["folder"]);
    dir.run(&["dataset", "audit", "set"]).code(2);
    dir.run(&["dataset", "audit", "set", "--sample", "0"]).code(2);
    dir.run(&["dataset", "audit", "set", "--sample", "99", "-o", "all.csv"]).code(0).says(&["20 pairs only"]);
    dir.create("set/MANIFEST.json", MANIFEST.replace("\"deferred\": false", "\"deferred\": true"));
    dir.run(&["dataset", "audit", "set", "--sample", "5"]).code(2).says(&["no texts", "dataset restore"]);
}
