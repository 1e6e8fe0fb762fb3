//! `align --shard` and `merge`: the shares of a run joined are the run.

use crate::util::{Dir, gzip};

/// All shards of a run with these options, by name.
fn shards(dir: &Dir, of: usize, options: &[&str], ending: &str) -> Vec<String> {
    (1..=of)
        .map(|i| {
            let (shard, name) = (format!("{i}/{of}"), format!("shard-{i}.{ending}"));
            dir.run(&[&["align", "de", "vi", "--shard", &shard, "-o", &name], options].concat()).code(0);
            name
        })
        .collect()
}

fn merge(dir: &Dir, shards: &[String]) -> String {
    let shards: Vec<&str> = shards.iter().map(String::as_str).collect();
    dir.run(&[&["merge"], &*shards].concat()).out()
}

#[test]
fn merged_shards_are_the_unsharded_run() {
    let dir = Dir::with_samples();
    let rows = |text: &str| text.lines().count();
    for (of, options, ending) in [
        (1, &[][..], "tsv"),
        (3, &["--min-score", "0"], "tsv"),
        (3, &["--format", "jsonl"], "jsonl"),
        // More shards than events: some are empty.
        (16, &["--mode", "comparable"], "tsv"),
    ] {
        let whole = dir.run(&[&["align", "de", "vi"], options].concat()).out();
        let mut names = shards(&dir, of, options, ending);
        if of == 3 {
            let largest = names.iter().map(|name| rows(&dir.read(name))).max().unwrap();
            assert!(largest < rows(&whole), "one shard has all");
        }
        names.reverse();
        assert!(merge(&dir, &names) == whole, "{of} {options:?}");
    }
}

#[test]
fn matching_is_done_once_and_shared() {
    let dir = Dir::with_samples();
    let whole = dir.run(&["align", "de", "vi"]).out();
    dir.run(&["match", "de", "vi", "-o", "documents.tsv"]).code(0);
    assert!(dir.run(&["align", "de", "vi", "--documents", "documents.tsv"]).out() == whole);
    let names = shards(&dir, 4, &["--documents", "documents.tsv"], "tsv");
    assert!(merge(&dir, &names) == whole);
}

#[test]
fn reports_that_are_matched_stay_together() {
    let dir = Dir::with_samples();
    let ids: Vec<String> = crate::samples::gold_documents().into_iter().map(|(de, _)| de).collect();
    let vi = crate::samples::gold_documents().into_iter().next().unwrap().1;
    // One Vietnamese report that belongs to all German ones makes one event of them.
    let rows: Vec<String> = ids.iter().map(|de| format!("{de}\t{vi}\n")).collect();
    dir.create("documents.tsv", format!("de_doc\tvi_doc\n{}", rows.concat()));
    let names = shards(&dir, 5, &["--documents", "documents.tsv", "--min-score", "0"], "tsv");
    let full = names.iter().filter(|name| dir.read(name).lines().count() > 1).count();
    assert_eq!(full, 1);
}

#[test]
fn compressed_shards_are_merged() {
    let dir = Dir::with_samples();
    let names = shards(&dir, 2, &[], "tsv");
    dir.create("two.tsv.gz", gzip(dir.read(&names[1]).as_bytes()));
    let whole = dir.run(&["align", "de", "vi"]).out();
    assert!(dir.run(&["merge", &names[0], "two.tsv.gz", "--expect", "2"]).out() == whole);
}

#[test]
fn what_does_not_belong_together_is_refused_and_nothing_is_written() {
    let dir = Dir::with_samples();
    let names = shards(&dir, 2, &["--min-score", "0"], "tsv");
    let (one, two) = (dir.read(&names[0]), dir.read(&names[1]));
    let lines: Vec<&str> = one.split_inclusive('\n').collect();
    assert!(lines.len() > 3 && two.lines().count() > 1);
    dir.create("torn.tsv", one.trim_end());
    dir.create("short-row.tsv", format!("{}{}", lines[0], "a\tb\t0.5\n"));
    dir.create("empty.tsv", "");
    dir.create("order.tsv", format!("{}{}{}", lines[0], lines[2], lines[1]));
    dir.create("twice.tsv", format!("{}{}{}", lines[0], lines[1], lines[1]));
    dir.create("columns.tsv", one.replace("de_text", "german"));
    dir.create("more.tsv", one.replace('\n', "\tx\n"));
    dir.create("pairs.jsonl", "{\"de_doc\": \"a\"}\n");
    dir.create(
        "bad.tsv",
        one.replace("\t1-1\t", "\t1-1\t\u{7f}").replacen(lines[1].split('\t').nth(3).unwrap(), "x", 1),
    );
    let last = format!("torn.tsv:{}:", lines.len());
    for (args, said) in [
        (&["shard-2.tsv", "torn.tsv"][..], &[&*last, "cut off", "again"][..]),
        (&["short-row.tsv"], &["short-row.tsv:2:", "3 columns", "12"]),
        (&["shard-1.tsv", "empty.tsv"], &["empty.tsv:1:", "header line"]),
        (&["order.tsv"], &["order.tsv:3:", "do not rise"]),
        (&["twice.tsv"], &["twice.tsv:3:", "same pair"]),
        (&["columns.tsv"], &["columns.tsv:1:", "'de_text' is missing"]),
        (&["shard-2.tsv", "more.tsv"], &["more.tsv:1:", "another header line than that of shard-2.tsv"]),
        (&["shard-2.tsv", "pairs.jsonl"], &["pairs.jsonl:1:", "JSON lines", "shard-2.tsv"]),
        (&["pairs.jsonl"], &["pairs.jsonl:1:", "missing field"]),
        (
            &["shard-1.tsv", "shard-1.tsv"],
            &["shard-1.tsv:2:", "stands in shard-1.tsv too", "each shard once"],
        ),
        (&["shard-1.tsv", "--expect", "2"], &["1 shards are given and 2 expected"]),
        (&["nowhere.tsv"], &["nowhere.tsv", "no such file"]),
    ] {
        dir.create("out.tsv", "old");
        dir.run(&[&["merge", "-o", "out.tsv"], args].concat()).code(1).says(said);
        assert_eq!(dir.read("out.tsv"), "old", "{args:?}");
    }
    assert!(!dir.names().iter().any(|name| name.contains("tmp")), "{:?}", dir.names());
}

#[test]
fn shards_without_a_pair_give_a_table_without_a_row() {
    let dir = Dir::with_samples();
    let header = dir.run(&["align", "de", "vi"]).out().lines().next().unwrap().to_owned() + "\n";
    dir.create("a.tsv", &header);
    assert_eq!(dir.run(&["merge", "a.tsv", "a.tsv"]).code(1).says(&["no shard has a pair"]).stdout, header);
}
