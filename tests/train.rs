//! `satzpaar train`, and the lists of pairs that it learns from.

use std::collections::BTreeSet;
use std::path::Path;

use crate::util::Dir;

#[test]
fn a_list_that_is_none_is_named_with_its_line() {
    let dir = Dir::new();
    for name in ["a", "b", "c", "d"] {
        let file = |file: &str| format!("cases/plain/{name}/{file}");
        dir.create(file("de.txt"), "Der Zug kam.\nEs regnete.\n");
        dir.create(file("vi.txt"), "Tàu đã đến.\nTrời mưa.\n");
        dir.create(file("gold.txt"), "[0]:[0]:1\n[1]:[1]:1\n");
    }
    dir.create("list.tsv", "# a comment\nzug\tDer Zug kam.\tTàu đã đến.\nregen\tEs regnete.\n");
    let run = dir.run(&["train", "cases", "--lists", "list.tsv"]);
    run.code(1).says(&["list.tsv: line 3", "EVENT<TAB>GERMAN<TAB>VIETNAMESE is wanted"]);
}

/// Our own pairs are no use with a column missing or a pair that stands there twice.
#[test]
fn the_lists_of_the_project_are_whole() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/training");
    let mut seen = BTreeSet::new();
    let mut files = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("# ") && text.contains("CC0-1.0"), "{}", path.display());
        for line in text.lines().filter(|l| !l.starts_with('#')) {
            let [event, german, vietnamese] = line.split('\t').collect::<Vec<_>>()[..] else {
                panic!("{}: {line}", path.display())
            };
            assert!([event, german, vietnamese].iter().all(|c| c.trim() == *c && !c.is_empty()), "{line}");
            assert!(seen.insert((german.to_owned(), vietnamese.to_owned())), "twice: {line}");
        }
        files += 1;
    }
    assert!(files >= 7);
}
