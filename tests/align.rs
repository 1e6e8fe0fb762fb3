//! `satzpaar align` on the sample reports.

use std::collections::{BTreeMap, BTreeSet};

use crate::samples::{self, COLUMNS, Table};
use crate::util::Dir;

/// What stands around the sample reports, and in none of their sentences.
const FURNITURE: [&str; 21] = [
    "Aktualisiert am",
    "Kommentar (0)",
    "Bình luận",
    "Quelle:",
    "Nguồn:",
    "http",
    "example.org",
    "[Anzeige",
    "Foto:",
    "Ảnh:",
    "Startseite",
    "Trang chủ",
    "Mehr zum Thema",
    "Das könnte Sie",
    "Xem thêm",
    "Chỉnh sửa bởi",
    "GMT",
    "Facebook",
    "WhatsApp",
    "Zalo",
    "Impressum",
];

fn aligned(args: &[&str]) -> Table {
    let dir = Dir::with_samples();
    let out = dir.run(&[&["align", "de", "vi", "-o", "pairs.tsv"], args].concat()).out();
    assert_eq!(out, "", "nothing but the file");
    Table::parse(&dir.read("pairs.tsv"))
}

#[test]
fn columns_and_cells_are_those_of_the_contract() {
    let pairs = aligned(&[]);
    assert_eq!(pairs.header, COLUMNS);
    assert!(pairs.rows.len() > 40, "{} rows", pairs.rows.len());
    for score in pairs.scores("score") {
        assert!(score >= 0.5, "pairs that are likelier wrong than right are left out: {score}");
    }
    pairs.scores("doc_score");
    for bead in pairs.column("bead") {
        let (de, vi) = bead.split_once('-').unwrap();
        assert!(de.parse::<u32>().unwrap() > 0 && vi.parse::<u32>().unwrap() > 0, "{bead}");
    }
    for kind in pairs.column("kind") {
        assert!(["parallel", "comparable"].contains(&kind), "{kind}");
    }
    for text in [pairs.column("de_text"), pairs.column("vi_text")].concat() {
        assert!(!text.is_empty() && text == text.trim(), "'{text}'");
    }
}

#[test]
fn one_pair_of_reports_has_one_kind_and_one_score() {
    let pairs = aligned(&[]);
    let mut kinds: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    let about = pairs.column("kind").into_iter().zip(pairs.column("doc_score"));
    for (documents, about) in pairs.pairs("de_doc", "vi_doc").zip(about) {
        kinds.entry(documents).or_default().insert(about);
    }
    assert!(kinds.values().all(|k| k.len() == 1), "{kinds:?}");
}

#[test]
fn spans_cover_the_texts() {
    let pairs = aligned(&[]);
    for side in ["de", "vi"] {
        let reports = samples::texts(side);
        let documents = pairs.column(&format!("{side}_doc"));
        let (starts, ends) = (pairs.numbers(&format!("{side}_start")), pairs.numbers(&format!("{side}_end")));
        let texts = pairs.column(&format!("{side}_text"));
        let beads = pairs.column("bead");
        for i in 0..pairs.rows.len() {
            let covered = reports[documents[i]]
                .get(starts[i]..ends[i])
                .unwrap_or_else(|| panic!("{}: no span {}..{}", documents[i], starts[i], ends[i]));
            let (de, vi) = beads[i].split_once('-').unwrap();
            if (if side == "de" { de } else { vi }) == "1" {
                assert_eq!(texts[i], covered.replace(['\t', '\r', '\n'], " "), "row {i}");
                continue;
            }
            // Between sentences furniture may stand, which the text is without: its words are there, in their order.
            let mut words = covered.split_whitespace();
            for word in texts[i].split_whitespace() {
                assert!(words.any(|w| w == word), "row {i}: '{word}' is not in '{covered}'");
            }
            let ends_of = |text: &str| {
                let words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
                (words.first().cloned(), words.last().cloned())
            };
            assert_eq!(ends_of(texts[i]), ends_of(covered), "row {i}");
        }
    }
}

#[test]
fn rows_stand_in_order() {
    let pairs = aligned(&[]);
    let (documents, de, vi) = (pairs.column("de_doc"), pairs.numbers("de_start"), pairs.numbers("vi_start"));
    let keys: Vec<_> = (0..documents.len()).map(|i| (documents[i], de[i], vi[i])).collect();
    assert!(keys.is_sorted(), "{keys:?}");
}

#[test]
fn only_reports_of_the_same_event_are_matched() {
    assert_eq!(aligned(&[]).documents(), samples::gold_documents());
}

/// A pair of sentences with its reports: German report, Vietnamese report, German text, Vietnamese text.
type Said = (String, String, String, String);

fn said(table: &Table) -> BTreeSet<Said> {
    let texts = table.pairs("de_text", "vi_text");
    table.pairs("de_doc", "vi_doc").zip(texts).map(|((a, b), (c, d))| (a, b, c, d)).collect()
}

#[test]
fn most_gold_pairs_are_found_and_most_found_are_gold() {
    let (found, gold) = (said(&aligned(&[])), said(&samples::gold_sentences()));
    let right = found.intersection(&gold).count() as f64;
    let (precision, recall) = (right / found.len() as f64, right / gold.len() as f64);
    let wrong: Vec<_> = found.difference(&gold).collect();
    let missed: Vec<_> = gold.difference(&found).collect();
    // A floor, not a measure: docs/evaluation.md has the measures.
    assert!(
        precision >= 0.8 && recall >= 0.8,
        "precision {precision:.3}, recall {recall:.3}\nwrong: {wrong:#?}\nmissed: {missed:#?}"
    );
}

#[test]
fn no_furniture_reaches_a_row() {
    for args in [&[][..], &["--min-score", "0"]] {
        let pairs = aligned(args);
        for text in [pairs.column("de_text"), pairs.column("vi_text")].concat() {
            let found = FURNITURE.iter().find(|piece| text.contains(**piece));
            assert!(found.is_none(), "{found:?} in '{text}'");
        }
    }
}

#[test]
fn keep_furniture_offers_it_to_the_aligner() {
    let sentences = |args: &[&str]| -> usize {
        let dir = Dir::with_samples();
        let ran = dir.run(&[&["align", "de", "vi", "-o", "pairs.tsv"], args].concat()).code(0);
        let (_, counts) = ran.stderr.split_once("matched; ").unwrap();
        counts.split(' ').next().unwrap().parse().unwrap()
    };
    assert!(sentences(&["--keep-furniture"]) > sentences(&[]) + 20);
}

#[test]
fn min_score_keeps_the_pairs_that_reach_it() {
    let (all, sure) = (aligned(&["--min-score", "0"]), aligned(&["--min-score", "0.9"]));
    assert!(sure.rows.len() < all.rows.len(), "{} of {}", sure.rows.len(), all.rows.len());
    assert!(sure.scores("score").iter().all(|s| *s >= 0.9));
    // What rounds to 0.9000 may lie on either side.
    let wanted = all.rows.iter().zip(all.scores("score")).filter(|(_, s)| *s > 0.9).map(|(row, _)| row);
    for row in wanted {
        assert!(sure.rows.contains(row), "{row:?}");
    }
}

#[test]
fn a_given_mode_is_the_kind_of_every_pair() {
    for mode in ["parallel", "comparable"] {
        let pairs = aligned(&["--mode", mode]);
        assert!(pairs.column("kind").iter().all(|kind| *kind == mode), "{mode}");
        assert_eq!(pairs.documents(), samples::gold_documents());
    }
}

#[test]
fn parallel_pairs_do_not_cross() {
    let pairs = aligned(&["--mode", "parallel"]);
    let (de, vi) = (pairs.pairs("de_doc", "vi_doc"), pairs.numbers("vi_start"));
    let keys: Vec<_> = de.zip(vi).collect();
    assert!(keys.is_sorted());
}

#[test]
fn given_documents_are_aligned_without_matching() {
    let dir = Dir::with_samples();
    // The near neighbour, which matching would refuse.
    dir.create(
        "given.tsv",
        "vi_doc\tde_doc\tnote\nthoa-thuan-lao-dong-tay-nghe\tministerin-zwischenbilanz\tx\n\
         lu-quet-que-phong\ttaifun-nghe-an\ty\n",
    );
    dir.run(&["align", "de", "vi", "--documents", "given.tsv", "--min-score", "0", "-o", "pairs.tsv"]).out();
    let pairs = Table::parse(&dir.read("pairs.tsv"));
    let wanted = [
        ("ministerin-zwischenbilanz", "thoa-thuan-lao-dong-tay-nghe"),
        ("taifun-nghe-an", "lu-quet-que-phong"),
    ];
    assert_eq!(pairs.documents(), wanted.map(|(a, b)| (a.to_owned(), b.to_owned())).into());
    assert!(pairs.scores("doc_score").iter().all(|s| (s - 1.0).abs() < 1e-9));
}

#[test]
fn a_given_report_that_is_not_there_is_named_and_the_others_are_aligned() {
    let dir = Dir::with_samples();
    dir.create(
        "given.tsv",
        "de_doc\tvi_doc\nnirgends\tlu-quet-que-phong\ntaifun-nghe-an\tlu-quet-que-phong\n",
    );
    let ran = dir.run(&["align", "de", "vi", "--documents", "given.tsv"]).code(1);
    let ran = ran.says(&["given.tsv: line 2", "'nirgends'"]);
    assert_eq!(Table::parse(&ran.stdout).documents().len(), 1);
}

#[test]
fn reports_of_the_same_name_belong_together() {
    let dir = Dir::with_samples();
    dir.rename("de/taifun-nghe-an.txt", "de/sturm.txt");
    dir.rename("vi/lu-quet-que-phong.txt", "vi/sturm.txt");
    let out = dir.run(&["align", "de", "vi", "--by-name"]).out();
    assert_eq!(Table::parse(&out).documents(), [("sturm".to_owned(), "sturm".to_owned())].into());
}

#[test]
fn nothing_matched_is_a_header_and_exit_code_1() {
    let dir = Dir::with_samples();
    let args = ["align", "de/seilbahn-rabenkopf.txt", "vi/thi-lop-10-can-tho.txt", "-o", "pairs.tsv"];
    dir.run(&args).code(1).says(&["warning", "no German report tells the same event"]);
    assert_eq!(dir.read("pairs.tsv"), COLUMNS.join("\t") + "\n");
    dir.run(&["align", "de", "vi", "--by-name"]).code(1).says(&["warning", "has the name of"]);
}

#[test]
fn the_summary_counts_and_quiet_is_silent() {
    let dir = Dir::with_samples();
    let ran = dir.run(&["align", "de", "vi", "-o", "pairs.tsv"]).code(0);
    let rows = Table::parse(&dir.read("pairs.tsv")).rows.len();
    ran.says(&["12 German and 12 Vietnamese reports, 10 matched;", &format!(" {rows} pairs;"), " s"]);
    dir.run(&["align", "-q", "de", "vi", "-o", "pairs.tsv"]).code(0).silent();
}

#[test]
fn progress_can_be_had_as_json_lines() {
    let dir = Dir::with_samples();
    let ran = dir.run(&["align", "-q", "--progress", "json", "de", "vi", "-o", "pairs.tsv"]).code(0);
    let stages: BTreeSet<String> = ran
        .stderr
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).unwrap()["stage"].as_str().unwrap().to_owned()
        })
        .collect();
    assert!(stages.len() >= 4, "{stages:?}");
}

#[test]
fn colours_only_when_asked_for() {
    let dir = Dir::new();
    let plain = dir.run(&["align", "de", "vi"]).code(1);
    assert!(!plain.stderr.contains('\u{1b}'));
    let coloured = dir.run(&["align", "--color", "always", "de", "vi"]).code(1);
    assert!(coloured.stderr.contains("\u{1b}["));
}
