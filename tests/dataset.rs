//! `satzpaar dataset`: from reports or a table of pairs to a folder.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde_json::Value;

use crate::util::{Dir, gzip, zstd};

const HEAD: &str =
    "de_doc\tvi_doc\tdoc_score\tde_start\tde_end\tvi_start\tvi_end\tbead\tscore\tkind\tde_text\tvi_text";

/// Report of the event, score, German, Vietnamese.
const PAIRS: [(&str, &str, &str, &str); 10] = [
    ("a", "0.98", "Die neue Brücke wurde am Montag eröffnet.", "Cây cầu mới được khánh thành hôm thứ Hai."),
    (
        "a",
        "0.95",
        "Tausende Menschen kamen zum Fest am Ufer.",
        "Hàng nghìn người đã đến dự lễ hội bên bờ sông.",
    ),
    ("a", "0.40", "Der Bürgermeister dankte den Arbeitern.", "Thị trưởng phát biểu về kế hoạch năm sau."),
    ("b", "0.97", "Der Reis wächst auch auf salzigem Boden.", "Giống lúa này mọc được cả trên đất mặn."),
    ("b", "0.91", "Es kamen 350 Bauern zu der Vorführung.", "Có 420 nông dân đến xem buổi trình diễn."),
    (
        "b",
        "0.93",
        "Die Forscher suchten zwölf Jahre lang.",
        "Các nhà nghiên cứu đã tìm kiếm suốt mười hai năm.",
    ),
    ("c", "0.96", "die neue Brücke wurde am Montag eröffnet", "Hôm thứ Hai người ta thông xe cây cầu mới."),
    ("c", "0.94", "Das Spiel endete ohne ein einziges Tor.", "Trận đấu kết thúc mà không có bàn thắng nào."),
    ("c", "0.92", "Ja, sicher.", "Vâng, chắc chắn rồi."),
    (
        "d",
        "0.90",
        "Der Zug fährt nun zweimal am Tag nach Süden.",
        "Tàu hỏa nay chạy về phía nam hai chuyến mỗi ngày.",
    ),
];

fn table() -> String {
    let mut table = format!("{HEAD}\n");
    for (i, (doc, score, de, vi)) in PAIRS.iter().enumerate() {
        let start = i * 100;
        let _ = writeln!(
            table,
            "de-{doc}\tvi-{doc}\t0.9\t{start}\t{}\t{start}\t{}\t1-1\t{score}\tparallel\t{de}\t{vi}",
            start + de.len(),
            start + vi.len()
        );
    }
    table
}

fn with_table() -> Dir {
    let dir = Dir::new();
    dir.create("pairs.tsv", table());
    dir
}

/// A column of a table, by its name.
fn column(text: &str, name: &str) -> Vec<String> {
    let mut lines = text.lines();
    let place = lines.next().unwrap().split('\t').position(|column| column == name).unwrap();
    lines.map(|line| line.split('\t').nth(place).unwrap().to_owned()).collect()
}

fn manifest(dir: &Dir, folder: &str) -> Value {
    serde_json::from_str(&dir.read(format!("{folder}/MANIFEST.json"))).unwrap()
}

/// What each step dropped, by reason.
fn dropped(manifest: &Value) -> BTreeMap<String, u64> {
    let steps = manifest["funnel"].as_array().unwrap().iter();
    let reasons = steps.flat_map(|step| step["dropped"].as_object().unwrap().clone());
    reasons.map(|(reason, count)| (reason, count.as_u64().unwrap())).collect()
}

#[test]
fn reports_become_a_dataset_in_one_command() {
    let dir = Dir::with_samples();
    let args = ["dataset", "--reports", "de", "vi", "-o", "set", "--splits", "dev=0.2,test=0.8"];
    dir.run(&args).code(0).says(&["matched", "pairs of reports"]).says(&["estimated precision"]);
    assert_eq!(dir.names(), ["de", "set", "vi"]);
    let (dev, test) = (dir.read("set/dev.tsv"), dir.read("set/test.tsv"));
    assert!(dev.starts_with(HEAD) && test.starts_with(HEAD));
    for name in ["de_doc", "vi_doc"] {
        let of = |text| column(text, name).into_iter().collect::<BTreeSet<_>>();
        assert!(of(&dev).is_disjoint(&of(&test)), "a report stands in both splits");
    }
    let (few, many) = (column(&dev, "score").len(), column(&test, "score").len());
    assert!((0.1..0.3).contains(&(few as f64 / (few + many) as f64)), "{few} {many}");
    let manifest = manifest(&dir, "set");
    let inputs = manifest["inputs"].as_array().unwrap();
    assert!(inputs.iter().any(|input| input["name"].as_str().unwrap().starts_with("de/")), "{inputs:?}");
    let steps: Vec<&str> =
        manifest["funnel"].as_array().unwrap().iter().map(|step| step["step"].as_str().unwrap()).collect();
    assert_eq!(steps[..4], ["read", "read", "matched", "aligned"]);
}

#[test]
fn each_step_says_what_it_dropped_and_why() {
    let dir = with_table();
    let ran = dir.run(&["dataset", "pairs.tsv", "-o", "set"]).code(0);
    assert!(ran.stdout.is_empty());
    let funnel: Vec<&str> = ran.stderr.lines().filter(|line| line.starts_with("  ")).collect();
    insta::assert_snapshot!("funnel", funnel.join("\n"));
    let texts: Vec<String> = PAIRS.iter().map(|pair| pair.2.to_owned()).collect();
    let wanted: Vec<&String> = [0, 1, 3, 5, 7, 9].iter().map(|i| &texts[*i]).collect();
    assert_eq!(column(&dir.read("set/test.tsv"), "de_text").iter().collect::<Vec<_>>(), wanted);
}

#[test]
fn limits_and_precision_can_be_set() {
    let dir = with_table();
    let kept = |args: &[&str]| {
        dir.run(&[&["dataset", "pairs.tsv", "-o", "set", "--force"], args].concat()).code(0);
        column(&dir.read("set/test.tsv"), "de_text").len()
    };
    assert_eq!(kept(&["--keep-contradictions"]), 7);
    assert_eq!(kept(&["--min-chars", "5"]), 7);
    assert_eq!(kept(&["--min-score", "0.95"]), 3);
    assert_eq!(kept(&["--target-precision", "0.97"]), 2);
    assert_eq!(kept(&["--max-per-event", "1"]), 4);
    assert_eq!(kept(&["--size", "3", "--seed", "7"]), 3);
    dir.run(&["dataset", "pairs.tsv", "-o", "none", "--beads", "2-1"]).code(1).says(&["no pair is left"]);
    assert!(!dir.exists("none"));
}

#[test]
fn the_same_bytes_for_any_threads_and_order_of_rows() {
    let dir = with_table();
    let mut lines: Vec<String> = table().lines().map(str::to_owned).collect();
    lines[1..].reverse();
    dir.create("turned/pairs.tsv", lines.join("\n") + "\n");
    let common = ["--splits", "dev=0.4,test=0.6", "--size", "5", "--name", "x"];
    for (folder, pairs, jobs) in
        [("1", "pairs.tsv", "1"), ("4", "pairs.tsv", "4"), ("t", "turned/pairs.tsv", "2")]
    {
        dir.run(&[&["dataset", pairs, "-j", jobs, "-o", folder], &common[..]].concat()).code(0);
    }
    for name in ["dev.tsv", "test.tsv", "MANIFEST.json"] {
        assert_eq!(dir.read(format!("1/{name}")), dir.read(format!("4/{name}")));
    }
    for name in ["dev.tsv", "test.tsv"] {
        let texts = |folder: &str| column(&dir.read(format!("{folder}/{name}")), "de_text");
        assert_eq!(texts("1"), texts("t"));
    }
}

#[test]
fn tables_are_read_from_pipes_and_compressed() {
    let dir = with_table();
    dir.command(&["dataset", "-", "-o", "piped"]).input(table()).run().code(0);
    dir.create("pairs.tsv.gz", gzip(table().as_bytes()));
    dir.create("pairs.tsv.zst", zstd(table().as_bytes()));
    dir.run(&["dataset", "pairs.tsv.gz", "-o", "gz"]).code(0);
    dir.run(&["dataset", "pairs.tsv.zst", "-o", "zst"]).code(0);
    for folder in ["gz", "zst"] {
        assert_eq!(dir.read("piped/test.tsv"), dir.read(format!("{folder}/test.tsv")));
    }
}

#[test]
fn bad_tables_are_told_by_file_line_and_remedy() {
    let dir = Dir::new();
    let make = |table: String| {
        dir.create("pairs.tsv", table);
        dir.run(&["dataset", "pairs.tsv", "-o", "set", "--force"])
    };
    make(table().replacen("\tkind\t", "\tsort\t", 1))
        .code(1)
        .says(&["pairs.tsv:1: the column 'kind' is missing"]);
    make(String::new()).code(1).says(&["pairs.tsv:1: the column 'de_doc' is missing"]);
    make("Ja.\n".to_owned()).code(1).says(&["is missing; the header line has to name"]);
    assert!(!dir.exists("set"));

    // The rest is read, and the exit code says that something is wanting.
    make(table().trim_end().to_owned()).code(1).says(&["pairs.tsv:11: the file ends within this line"]);
    make(table() + "de-a\tvi-a\t0.9\t12")
        .code(1)
        .says(&["pairs.tsv:12: the line is cut off: 4 of 12 columns"]);
    make(table().replacen("\t0.98\t", "\t1.98\t", 1))
        .code(1)
        .says(&["pairs.tsv:2: column 'score': 1.98 lies outside"]);
    make(table().replacen("\t100\t141\t", "\t141\t100\t", 1)).code(1).says(&["pairs.tsv:3", "lies behind"]);
    make(table() + &table()).code(1).says(&["pairs.tsv:12: a second header line"]);
    make(table() + &table()).code(1).says(&["pairs.tsv:13: the same reports and spans as line 2"]);
    make(table() + &format!("{}\tmore\n", table().lines().last().unwrap()))
        .code(1)
        .says(&["13 columns where"]);
    assert_eq!(column(&dir.read("set/test.tsv"), "de_text").len(), 6);
    dir.run(&["dataset", "nowhere.tsv", "-o", "x"]).code(1).says(&["nowhere.tsv: no such file"]);
}

#[test]
fn columns_are_found_by_name() {
    let dir = with_table();
    let turned: Vec<String> = table()
        .lines()
        .map(|line| line.split('\t').rev().chain(["x"]).collect::<Vec<_>>().join("\t"))
        .collect();
    dir.create("turned.tsv", turned.join("\n") + "\n");
    dir.run(&["dataset", "pairs.tsv", "-o", "a"]).code(0);
    dir.run(&["dataset", "turned.tsv", "-o", "b"]).code(0);
    assert_eq!(dir.read("a/test.tsv"), dir.read("b/test.tsv"));
}

#[test]
fn what_stands_in_the_folder_is_safe() {
    let dir = with_table();
    dir.create("set/notes.txt", "mine");
    let args = ["dataset", "pairs.tsv", "-o", "set"];
    dir.run(&args).code(1).says(&["set: the folder is not empty", "--force"]);
    dir.run(&[&args[..], &["--force", "--splits", "old=1"]].concat()).code(0);
    assert!(dir.exists("set/old.tsv"));
    dir.run(&[&args[..], &["--force"]].concat()).code(0);
    assert!(dir.exists("set/test.tsv") && !dir.exists("set/old.tsv"));
    assert_eq!(dir.read("set/notes.txt"), "mine");
    dir.create("set/dev.tsv", "mine");
    let splits = ["--force", "--splits", "dev=0.5,test=0.5"];
    dir.run(&[&args[..], &splits].concat()).code(1).says(&["dev.tsv: no MANIFEST.json names it"]);
    assert_eq!(dir.read("set/dev.tsv"), "mine");
    dir.run(&["dataset", "pairs.tsv", "-o", "pairs.tsv"]).code(1).says(&["pairs.tsv: not a folder"]);
    dir.run(&["dataset", "pairs.tsv", "-o", "no/set"]).code(1).says(&["no/set", "folder has to exist"]);
    assert_eq!(dir.names(), ["pairs.tsv", "set"]);
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_nothing_behind() {
    let dir = with_table();
    // No file may grow beyond a block: what a full disk looks like from within.
    let script = format!(
        "trap '' XFSZ; ulimit -f 1; exec '{}' dataset pairs.tsv -o set",
        env!("CARGO_BIN_EXE_satzpaar")
    );
    let ran =
        std::process::Command::new("sh").args(["-c", &script]).current_dir(dir.path("")).output().unwrap();
    assert_eq!(ran.status.code(), Some(1), "{ran:?}");
    let told = String::from_utf8(ran.stderr).unwrap();
    assert!(told.contains("set/") && told.contains("cannot be written"), "{told}");
    assert_eq!(dir.names(), ["pairs.tsv"]);
}

#[test]
fn what_stands_elsewhere_goes_or_is_flagged() {
    let dir = with_table();
    dir.create("known.de", format!("Etwas anderes.\n{}\n", PAIRS[3].2.to_uppercase()));
    let part = PAIRS[9].3.split(' ').take(10).collect::<Vec<_>>().join(" ");
    dir.create("train.tsv.gz", gzip(format!("1\tx\tHôm nay {part} rồi\n").as_bytes()));
    let common = ["dataset", "pairs.tsv", "--against", "known.de", "train.tsv.gz"];
    dir.run(&[&common[..], &["-o", "gone"]].concat()).code(0);
    assert_eq!(column(&dir.read("gone/test.tsv"), "de_text").len(), 4);
    let told = dir.read("gone/contamination.tsv");
    assert_eq!(column(&told, "row"), ["4", "10"]);
    assert_eq!(column(&told, "file"), ["known.de", "train.tsv.gz"]);
    assert_eq!(column(&told, "de_exact"), ["1", "0"]);
    assert_eq!(column(&told, "action"), ["removed", "removed"]);
    let files = manifest(&dir, "gone")["files"].clone();
    assert!(files.as_array().unwrap().iter().any(|file| file["path"] == "contamination.tsv"), "{files}");

    dir.run(&[&common[..], &["--contaminated", "flag", "-o", "kept"]].concat()).code(0);
    assert_eq!(column(&dir.read("kept/test.tsv"), "de_text").len(), 6);
    assert_eq!(column(&dir.read("kept/contamination.tsv"), "action"), ["flagged", "flagged"]);
    dir.run(&[&common[..], &["--max-overlap", "1", "-o", "some"]].concat()).code(0);
    assert_eq!(column(&dir.read("some/contamination.tsv"), "action"), ["removed", "kept"]);
    dir.run(&["dataset", "pairs.tsv", "-o", "x", "--against", "nowhere"])
        .code(1)
        .says(&["nowhere: no such file"]);
}

#[test]
fn the_latest_events_can_make_the_last_split() {
    let dir = with_table();
    for (side, text) in [("de", "Die Brücke ist neu."), ("vi", "Cây cầu mới.")] {
        let records: String = [("a", "2024-03-01"), ("b", "2024-05-01"), ("c", "2023-01-01"), ("d", "2024-04-01")]
            .map(|(doc, date)| format!("{{\"id\":\"{side}-{doc}\",\"text\":\"{text}\",\"date\":\"{date}\",\"url\":\"https://example.org/{doc}\"}}\n"))
            .concat();
        dir.create(format!("{side}.jsonl"), records);
    }
    let args = ["dataset", "pairs.tsv", "-o", "set", "--splits", "dev=0.5,test=0.5", "--split-by", "date"];
    dir.run(&args).code(2).says(&["a split by date needs the dates of reports"]);
    dir.run(&[&args[..], &["--reports", "de.jsonl", "vi.jsonl"]].concat()).code(0);
    let events = |split: &str| {
        column(&dir.read(format!("set/{split}.tsv")), "de_doc").into_iter().collect::<BTreeSet<_>>()
    };
    assert_eq!(events("dev").into_iter().collect::<Vec<_>>(), ["de-a", "de-c"]);
    assert_eq!(events("test").into_iter().collect::<Vec<_>>(), ["de-b", "de-d"]);
}

#[test]
fn the_estimated_precision_can_be_held_against_gold() {
    let dir = with_table();
    dir.run(&["dataset", "pairs.tsv", "-o", "set"]).code(0);
    let documents: String = ["a", "b", "c", "d"].map(|doc| format!("de-{doc}\tvi-{doc}\n")).concat();
    dir.create("gold/documents.tsv", format!("de_doc\tvi_doc\n{documents}"));
    let mut segments = "lang\tdoc\tevent\tsegment\tstart\tend\n".to_owned();
    for (i, (doc, _, de, vi)) in PAIRS.iter().enumerate() {
        let start = i * 100;
        let _ = writeln!(segments, "de\tde-{doc}\t{doc}\t{i}\t{start}\t{}", start + de.len());
        let _ = writeln!(segments, "vi\tvi-{doc}\t{doc}\t{i}\t{start}\t{}", start + vi.len());
    }
    dir.create("gold/segments.tsv", segments);
    let report: Value =
        serde_json::from_str(&dir.run(&["score", "gold", "set/test.tsv", "--format", "json"]).out()).unwrap();
    assert_eq!(report["sentences"]["predicted"], 6);
    let estimate = manifest(&dir, "set")["estimated_precision"].clone();
    let bound = |name: &str| estimate[name].as_f64().unwrap();
    assert!(bound("low") < bound("value") && bound("value") < bound("high"), "{estimate}");
    assert!(bound("high") >= 1.0 - 1e-9, "all are right: {estimate}");
}

#[test]
fn near_duplicates_go_across_reports() {
    let dir = Dir::new();
    let long = "Am Montag hat die Ministerin in der Hauptstadt gemeinsam mit vielen Gästen die lange erwartete neue Brücke eröffnet";
    let row = |doc: &str, score: &str, de: &str, vi: &str| {
        format!("de-{doc}\tvi-{doc}\t0.9\t0\t9\t0\t9\t1-1\t{score}\tcomparable\t{de}\t{vi}\n")
    };
    let pairs = row(
        "a",
        "0.8",
        long,
        "Bộ trưởng khánh thành cây cầu mới được mong đợi từ lâu cùng nhiều khách mời tại thủ đô",
    ) + &row(
        "b",
        "0.9",
        &format!("{long}."),
        "Hôm thứ Hai nữ bộ trưởng cùng đông đảo quan khách đã cắt băng thông xe cây cầu ở thủ đô",
    ) + &row(
        "c",
        "0.7",
        &format!("{long} worden"),
        "Cây cầu mới mà mọi người chờ đợi đã được nữ bộ trưởng khai trương tại thủ đô hôm đầu tuần",
    );
    dir.create("pairs.tsv", format!("{HEAD}\n{pairs}"));
    dir.run(&["dataset", "pairs.tsv", "-o", "one"]).code(0);
    assert_eq!(column(&dir.read("one/test.tsv"), "de_doc"), ["de-b"]);
    let told = dropped(&manifest(&dir, "one"));
    assert_eq!((told["same German text"], told["near-duplicate of a German text"]), (1, 1));
    dir.run(&["dataset", "pairs.tsv", "-o", "two", "--near-duplicates", "0"]).code(0);
    assert_eq!(column(&dir.read("two/test.tsv"), "de_doc"), ["de-b", "de-c"]);
}

#[test]
fn wrong_use_is_told() {
    let dir = with_table();
    for (args, told) in [
        (&["-o", "x"][..], "<PAIRS>"),
        (&["pairs.tsv"], "--output <DIR>"),
        (&["pairs.tsv", "-o", "x", "--splits", "dev=0.5"], "the shares sum to 0.5000"),
        (&["pairs.tsv", "-o", "x", "--beads", "1-0"], "a group such as 2-1"),
        (&["pairs.tsv", "-o", "x", "--max-ratio", "0.5"], "1 or more"),
        (&["pairs.tsv", "-o", "x", "--split-by", "date"], "--splits"),
        (&["pairs.tsv", "-o", "x", "--min-chars", "50", "--max-chars", "40"], "--min-chars is larger"),
        (&["pairs.tsv", "-o", "x", "--reports", "de"], "2 values"),
    ] {
        dir.run(&[&["dataset"], args].concat()).code(2).says(&[told]);
    }
    assert_eq!(dir.names(), ["pairs.tsv"]);
}

#[test]
fn a_dataset_without_texts_gets_them_back_from_the_reports() {
    let dir = Dir::with_samples();
    let make = ["dataset", "--reports", "de", "vi", "--name", "set", "--formats", "tsv,jsonl,plain"];
    dir.run(&[&make[..], &["-o", "whole"]].concat()).code(0);
    dir.run(&[&make[..], &["-o", "less", "--deferred"]].concat()).code(0);
    assert!(!dir.exists("less/test.de"));
    let restore =
        ["dataset", "restore", "less", "--reports", "de", "vi", "--formats", "tsv,jsonl,plain", "-o"];
    dir.run(&[&restore[..], &["again"]].concat()).code(0).says(&["have their texts again"]);
    for name in ["test.tsv", "test.jsonl", "test.de", "test.vi", "sources.tsv", "README.md", "MANIFEST.json"]
    {
        assert_eq!(dir.read(format!("again/{name}")), dir.read(format!("whole/{name}")), "{name}");
    }
    // A report that has changed, and wrong use.
    let (changed, bytes) = crate::samples::files("de").into_iter().next().unwrap();
    dir.create(format!("de/{changed}"), String::from_utf8(bytes).unwrap().replace(". ", "! "));
    dir.run(&[&restore[..], &["other"]].concat()).code(1).says(&["has another text", "left out"]);
    assert!(dir.exists("other/test.tsv"));
    dir.run(&["dataset", "restore", "whole", "--reports", "de", "vi", "-o", "x"])
        .code(2)
        .says(&["nothing to restore"]);
    dir.run(&["dataset", "restore", "less", "-o", "x"]).code(2).says(&["--reports"]);
    dir.run(&["dataset", "restore", "less", "--reports", "de", "vi", "-o", "whole"])
        .code(1)
        .says(&["not empty"]);
    assert!(!dir.exists("x"));
    // What cannot be written is told before the work.
    let ran = dir.run(&[&make[..4], &["-o", "x", "--deferred", "--formats", "plain"]].concat()).code(2);
    assert!(
        ran.stderr.contains("needs one of the formats") && !ran.stderr.contains("matched"),
        "{}",
        ran.stderr
    );
}
