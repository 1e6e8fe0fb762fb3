//! `satzpaar report`. What a browser makes of the page is tested by `tests/page.sh`.

use serde_json::Value;

use crate::util::Dir;

/// The sample reports and their pairs.
fn samples() -> Dir {
    let dir = Dir::with_samples();
    dir.run(&["align", "-q", "de", "vi", "-o", "pairs.tsv"]).out();
    dir
}

fn data(page: &str) -> Value {
    let json = page.split_once("id=\"data\">").unwrap().1.split_once("</script>").unwrap().0;
    serde_json::from_str(json).unwrap()
}

#[test]
fn the_page_holds_every_pair_and_the_whole_text() {
    let dir = samples();
    dir.run(&["report", "pairs.tsv", "--reports", "de", "vi", "-o", "report.html"]).out();
    let page = data(&dir.read("report.html"));
    let rows = |page: &Value| -> usize {
        page["reports"].as_array().unwrap().iter().map(|r| r["rows"].as_array().unwrap().len()).sum()
    };
    assert_eq!(rows(&page), dir.read("pairs.tsv").lines().count() - 1);
    assert_eq!(page["alone"][0].as_array().unwrap().len(), 2);
    for side in ["de", "vi"] {
        assert!(page[side].as_array().unwrap().iter().all(|report| report["text"].is_string()), "{side}");
    }
    let steps: Vec<&str> =
        page["funnel"].as_array().unwrap().iter().filter_map(|s| s["step"].as_str()).collect();
    assert_eq!(steps.iter().collect::<std::collections::BTreeSet<_>>().len(), 3, "{steps:?}");
    let out = dir.run(&["report", "-q", "pairs.tsv", "--title", "Probe <1>"]).silent().out();
    assert_eq!((rows(&data(&out)), data(&out)["title"].as_str()), (rows(&page), Some("Probe <1>")));
    assert!(out.contains("<title>Probe &lt;1&gt; – aligned sentences</title>"));
}

#[test]
fn the_same_bytes_for_any_number_of_threads_and_folders_order() {
    let dir = samples();
    let page = |jobs| dir.run(&["report", "-j", jobs, "pairs.tsv", "--reports", "de", "vi"]).out();
    assert_eq!(page("1"), page("3"));
}

#[test]
fn a_datasets_folder_is_shown_with_its_splits_and_funnel() {
    let dir = samples();
    let pairs = dir.read("pairs.tsv");
    let mut lines = pairs.lines();
    let head = format!("{}\tid\tevent\tsplit\tcontamination\n", lines.next().unwrap());
    for (name, line) in ["dev", "test"].into_iter().zip(lines) {
        dir.create(format!("set/{name}.tsv"), format!("{head}{line}\te-1\te\t{name}\t\n"));
    }
    dir.create(
        "set/MANIFEST.json",
        r#"{"funnel": [{"step": "read", "unit": "pairs", "kept": 9, "dropped": {"length": 2}}]}"#,
    );
    let page = data(&dir.run(&["report", "set"]).out());
    assert_eq!(page["splits"], serde_json::json!(["dev", "test"]));
    assert_eq!((page["funnel"][0]["kept"].as_u64(), page["title"].as_str()), (Some(9), Some("set")));
    assert_eq!(page["events"], serde_json::json!(["e"]));
}

#[test]
fn what_cannot_be_shown_is_named() {
    let dir = samples();
    dir.create("short.tsv", "de_doc\tvi_doc\n");
    dir.create_folder("empty");
    dir.run(&["report", "nirgends.tsv"]).code(1).says(&["nirgends.tsv", "spelling"]);
    dir.run(&["report", "short.tsv"]).code(1).says(&["short.tsv:1", "'doc_score' is missing"]);
    dir.run(&["report", "empty"]).code(1).says(&["empty", "no table of pairs"]);
    dir.run(&["report", "pairs.tsv", "--reports", "de"]).code(2);
    dir.run(&["report", "pairs.tsv", "-o", "nirgends/report.html"]).code(1).says(&["nirgends/report.html"]);
    let head = dir.read("pairs.tsv").lines().next().unwrap().to_owned() + "\n";
    dir.create("none.tsv", head);
    dir.run(&["report", "none.tsv", "-o", "none.html"]).code(1).says(&["none.tsv", "no pairs"]);
    assert!(dir.read("none.html").contains("<!DOCTYPE html>"));
    // Reports that were edited after the alignment.
    dir.create("de/hafen-ausbau.txt", "Kurz.");
    let ran = dir.run(&["report", "pairs.tsv", "--reports", "de", "vi", "-o", "edited.html"]).code(1);
    ran.says(&["pairs.tsv:", "report 'hafen-ausbau'", "that the pairs were made from"]);
    assert!(dir.exists("edited.html"));
}
