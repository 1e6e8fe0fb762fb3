//! `satzpaar score`.

use serde_json::Value;

use crate::util::{Dir, Ran};

const GOLD: &str = "[0]:[0]\n[1, 2]:[1]\n[3]:[]\n[]:[2]\n";
// One bead is right, one is half of a right one.
const PREDICTED: &str = "[0]:[0]:0.9\n[1]:[1]:0.8\n[2]:[]:0.1\n[3]:[]:0.1\n[]:[2]:0.1\n";

fn json(ran: Ran) -> Value {
    serde_json::from_str(&ran.out()).unwrap()
}

#[test]
fn strict_and_lax_are_as_the_field_counts_them() {
    let dir = Dir::new();
    dir.create("gold.txt", GOLD);
    dir.create("predicted.txt", PREDICTED);
    let report = json(dir.run(&["score", "gold.txt", "predicted.txt", "--format", "json"]));
    let scores = &report["groups"][0]["scores"];
    let is = |kind: &str, name: &str, wanted: f64| {
        let value = scores[kind][name].as_f64().unwrap_or_else(|| panic!("{kind} {name}: {report}"));
        assert!((value - wanted).abs() < 1e-9, "{kind} {name} {value}");
    };
    for name in ["precision", "recall", "f1"] {
        is("strict", name, 0.5);
        is("lax", name, 1.0);
    }
    let text = dir.run(&["score", "gold.txt", "predicted.txt"]).out();
    let strict = text.lines().find(|l| l.starts_with("strict ")).unwrap();
    assert!(strict.contains("0.5000"), "{text}");
    assert!(text.lines().any(|l| l.starts_with("lax ") && l.contains("1.0000")), "{text}");
}

#[test]
fn a_folder_is_scored_as_a_whole() {
    let dir = Dir::new();
    dir.create("gold/a/gold.txt", GOLD);
    dir.create("gold/b/gold.txt", GOLD);
    dir.create("out/a.txt", GOLD);
    let report = json(dir.run(&["score", "gold", "out", "--format", "json"]));
    assert_eq!(report["groups"][0]["ladders"], 2);
    let recall = report["groups"][0]["scores"]["strict"]["recall"].as_f64().unwrap();
    assert!((recall - 0.5).abs() < 1e-9, "a missing ladder counts as nothing found: {report}");
    let text = dir.run(&["score", "gold", "out"]).out();
    assert!(
        text.lines().any(|l| l.contains('b') && l.contains("no prediction") || l.contains("without")),
        "{text}"
    );
}

#[test]
fn what_align_writes_can_be_scored() {
    let dir = Dir::new();
    dir.create("de.txt", "Der Hafen von Hai Phong ist groß.\nHanoi hat 8 Millionen Einwohner.\n");
    dir.create("vi.txt", "Cảng Hải Phòng rất lớn.\nHà Nội có 8 triệu dân.\n");
    dir.create("gold.txt", "[0]:[0]\n[1]:[1]\n");
    dir.run(&["align", "--presegmented", "de.txt", "vi.txt", "-o", "predicted.txt"]).out();
    let report = json(dir.run(&["score", "gold.txt", "predicted.txt", "--format", "json"]));
    let f1 = report["groups"][0]["scores"]["strict"]["f1"].as_f64().unwrap();
    assert!((f1 - 1.0).abs() < 1e-9, "{report}");
}

#[test]
fn a_broken_line_is_named() {
    let dir = Dir::new();
    dir.create("gold.txt", GOLD);
    dir.create("broken.txt", "[0]:[0]:0.9\n[1:[1]\n");
    for args in [["score", "gold.txt", "broken.txt"], ["score", "broken.txt", "gold.txt"]] {
        let ran = dir.run(&args).code(1).says(&["error: broken.txt:2", "'[1:[1]'", "[0, 1]:[0]"]);
        assert_eq!(ran.stdout, "");
    }
}

#[test]
fn what_is_missing_is_named() {
    let dir = Dir::new();
    dir.create("gold.txt", GOLD);
    dir.create_folder("empty");
    dir.run(&["score", "gold.txt", "nirgends.txt"]).code(1).says(&["nirgends.txt", "spelling"]);
    dir.run(&["score", "empty", "empty"]).code(1).says(&["empty", "NAME/gold.txt"]);
    dir.create("gold/a/gold.txt", GOLD);
    dir.run(&["score", "gold", "gold.txt"]).code(1).says(&["gold.txt", "folder"]);
}
