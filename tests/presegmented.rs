//! `satzpaar align --presegmented`.

use std::fmt::Write as _;

use crate::samples::{Bead, Table, assert_tiled, bead, gold_sentences};
use crate::util::Dir;

/// The gold sentences of a translated report, in their order: line i belongs to line i.
fn lines(report: &str) -> (Vec<String>, Vec<String>) {
    let gold = gold_sentences();
    let rows = gold.rows.into_iter().filter(|row| row[0] == report);
    rows.map(|row| (row[2].clone(), row[3].clone())).unzip()
}

fn beads(text: &str) -> Vec<Bead> {
    text.lines().map(bead).collect()
}

#[test]
fn a_ladder_tiles_both_sides_and_follows_the_gold() {
    let dir = Dir::new();
    let (german, vietnamese) = lines("lackmalerei-dresden");
    dir.create("de.txt", german.join("\n"));
    dir.create("vi.txt", vietnamese.join("\n") + "\n");
    let out = dir.run(&["align", "--presegmented", "de.txt", "vi.txt", "--format", "ladder"]).out();
    let beads = beads(&out);
    assert_tiled(&beads, german.len(), vietnamese.len());
    let right = beads.iter().filter(|b| b.0.len() == 1 && b.0 == b.1).count();
    assert!(right * 10 >= german.len() * 8, "{right} of {}:\n{out}", german.len());
    assert_eq!(out, dir.run(&["align", "--presegmented", "de.txt", "vi.txt"]).out(), "ladder is the default");
}

#[test]
fn empty_lines_keep_their_numbers() {
    let dir = Dir::new();
    let (german, vietnamese) = lines("hafen-ausbau");
    dir.create("de.txt", format!("\n{}\n\n", german.join("\n\n")));
    dir.create("vi.txt", vietnamese.join("\n"));
    let beads = beads(&dir.run(&["align", "--presegmented", "de.txt", "vi.txt"]).out());
    assert_tiled(&beads, 2 * german.len() + 1, vietnamese.len());
}

#[test]
fn parallel_ladders_climb() {
    let dir = Dir::new();
    let (german, vietnamese) = lines("ministerin-in-hanoi");
    dir.create("de.txt", german.join("\n"));
    dir.create("vi.txt", vietnamese.join("\n"));
    let beads = beads(&dir.run(&["align", "--presegmented", "--mode", "parallel", "de.txt", "vi.txt"]).out());
    let pairs = beads.iter().filter(|b| !b.0.is_empty() && !b.1.is_empty());
    let starts: Vec<_> = pairs.map(|b| (b.0[0], b.1[0])).collect();
    assert!(starts.is_sorted_by(|a, b| a.0 < b.0 && a.1 < b.1), "{starts:?}");
}

#[test]
fn a_batch_writes_what_single_runs_write() {
    let dir = Dir::new();
    let mut batch = "# a comment\nout\tde\tvi\n".to_owned();
    let reports = ["hafen-ausbau", "ministerin-in-hanoi", "lackmalerei-dresden"];
    for report in reports {
        let (german, vietnamese) = lines(report);
        dir.create(format!("{report}.de"), german.join("\n"));
        dir.create(format!("{report}.vi"), vietnamese.join("\n"));
        writeln!(batch, "{report}.ladder\t{report}.de\t{report}.vi").unwrap();
    }
    dir.create("batch.tsv", batch);
    assert_eq!(dir.run(&["align", "--presegmented", "--batch", "batch.tsv"]).out(), "");
    for report in reports {
        let single =
            dir.run(&["align", "--presegmented", &format!("{report}.de"), &format!("{report}.vi")]).out();
        assert_eq!(dir.read(format!("{report}.ladder")), single);
    }
}

#[test]
fn a_file_of_a_batch_that_is_missing_is_named_and_the_others_are_aligned() {
    let dir = Dir::new();
    let (german, vietnamese) = lines("hafen-ausbau");
    dir.create("a.de", german.join("\n"));
    dir.create("a.vi", vietnamese.join("\n"));
    dir.create(
        "batch.tsv",
        "de\tvi\tout\nnirgends.de\ta.vi\t1.txt\na.de\ta.vi\t2.txt\na.de\ta.vi\tno/3.txt\n",
    );
    dir.run(&["align", "--presegmented", "--batch", "batch.tsv"])
        .code(1)
        .says(&["nirgends.de", "no such file"])
        .says(&["no/3.txt", "folder has to exist"]);
    assert!(!dir.exists("1.txt"));
    assert_tiled(&beads(&dir.read("2.txt")), german.len(), vietnamese.len());
}

#[test]
fn the_other_formats_hold_the_lines() {
    let dir = Dir::new();
    let (german, vietnamese) = lines("hafen-ausbau");
    dir.create("a.de.txt", german.join("\n"));
    dir.create("a.vi.txt", vietnamese.join("\n"));
    let out = dir.run(&["align", "--presegmented", "a.de.txt", "a.vi.txt", "--format", "tsv"]).out();
    let table = Table::parse(&out);
    let text = german.join("\n");
    for row in &table.rows {
        let (start, end): (usize, usize) = (row[3].parse().unwrap(), row[4].parse().unwrap());
        assert_eq!(text[start..end].replace('\n', " "), row[10]);
    }
    assert!(table.rows.len() * 10 >= german.len() * 7);
}

#[test]
fn empty_files_say_so() {
    let dir = Dir::new();
    dir.create("de.txt", "");
    dir.create("vi.txt", "");
    let ran =
        dir.run(&["align", "--presegmented", "de.txt", "vi.txt"]).code(1).says(&["warning", "no sentence"]);
    assert_eq!(ran.stdout, "");
}

/// What repeats itself a hundred thousand times must not be compared with what repeats itself a hundred thousand times.
#[test]
fn a_huge_line_on_both_sides_takes_no_ages() {
    let dir = Dir::new();
    let german = "Gestern hat die Regierung in Hanoi ein neues Programm für den Hafen beschlossen und ";
    let vietnamese = "hôm qua chính phủ ở Hà Nội đã thông qua chương trình mới cho cảng biển và ";
    dir.create("de.txt", german.repeat(2_000_000 / german.len()));
    dir.create("vi.txt", vietnamese.repeat(2_000_000 / vietnamese.len()));
    // No more than 65,000 syllables of a sentence are read: the rest of the German has no counterpart.
    let out = dir.command(&["align", "--presegmented", "de.txt", "vi.txt"]).within(30).run().code(1).stdout;
    assert_tiled(&beads(&out), 1, 1);
}
