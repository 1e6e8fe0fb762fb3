#![allow(clippy::format_collect, reason = "short strings, and read at a glance")]

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use proptest::prelude::*;
use tempfile::TempDir;

use super::Judgement::{Partly, Right, Wrong};
use super::*;
use crate::dataset::rows::read_rows;
use crate::dataset::rows::tests::split;

/// A dataset's folder of `n` pairs with scores from 0.5 to 1.
fn dataset(n: usize) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let rows: Vec<_> = (0..n)
        .map(|i| {
            (
                format!("e1-{i}"),
                0.5 + 0.5 * i as f64 / n as f64,
                format!("- Satz {i}, also."),
                format!("Câu {i}, \"thế\"."),
            )
        })
        .collect();
    let rows: Vec<_> =
        rows.iter().map(|(id, score, de, vi)| (&**id, "d1", "v1", *score, &**de, &**vi)).collect();
    fs::write(folder.path().join("test.tsv"), split("test", &rows)).unwrap();
    folder
}

fn rows(n: usize) -> Vec<PairRow> {
    read_rows(dataset(n).path()).unwrap()
}

/// A sheet file with these cells of id and judgement.
fn sheet(folder: &TempDir, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    path
}

fn judged(paths: &[PathBuf], rows: &[PairRow]) -> Vec<Vec<(usize, Judgement)>> {
    let marks = |sheet: Sheet| sheet.marks.iter().map(|(row, mark)| (*row, mark.judgement)).collect();
    read_sheets(paths, rows).unwrap().into_iter().map(marks).collect()
}

#[test]
fn strata_have_as_many_rows_each_and_rise() {
    let rows = rows(23);
    let of = strata(&rows, 5);
    for stratum in 0..5 {
        assert!((4..=5).contains(&of.iter().filter(|s| **s == stratum).count()));
    }
    assert!(of.is_sorted(), "the rows rise in score: {of:?}");
    assert_eq!(strata(&rows[..2], 5), [0, 1]);
    assert!(strata(&[], 5).is_empty());
}

#[test]
fn samples_are_even_and_the_same_for_the_same_seed() {
    let rows = rows(100);
    let drawn = sample(&rows, 22, 5, 1);
    assert_eq!(drawn, sample(&rows, 22, 5, 1));
    assert_ne!(drawn, sample(&rows, 22, 5, 2));
    assert!(!drawn.is_sorted(), "the order tells the score: {drawn:?}");
    let of = strata(&rows, 5);
    let counts: Vec<_> = (0..5).map(|s| drawn.iter().filter(|i| of[**i] == s).count()).collect();
    assert_eq!(counts, [5, 5, 4, 4, 4]);
    assert_eq!(sample(&rows, 3, 5, 1).len(), 3);
    assert_eq!(sample(&rows, 1000, 5, 1).into_iter().collect::<BTreeSet<_>>().len(), 100);
    assert!(sample(&[], 9, 5, 1).is_empty());
    // A row more leaves most of the sample as it is.
    let mut more = rows.clone();
    more.remove(50);
    let (a, b): (BTreeSet<_>, BTreeSet<_>) = (
        drawn.iter().map(|i| &rows[*i].id).collect(),
        sample(&more, 22, 5, 1).iter().map(|i| &more[*i].id).collect(),
    );
    assert!(a.intersection(&b).count() >= 17);
}

#[test]
fn the_sheet_hides_scores_and_disarms_formulas() {
    let rows = rows(3);
    let csv = String::from_utf8(write_sheet(&rows, &[2, 0], SheetFormat::Csv)).unwrap();
    assert_eq!(
        csv,
        "\u{FEFF}id,de_text,vi_text,judgement,comment\r\n\
         e1-2,\"'- Satz 2, also.\",\"Câu 2, \"\"thế\"\".\",,\r\n\
         e1-0,\"'- Satz 0, also.\",\"Câu 0, \"\"thế\"\".\",,\r\n"
    );
    let tsv = String::from_utf8(write_sheet(&rows, &[2], SheetFormat::Tsv)).unwrap();
    assert!(tsv.starts_with("id\tde_text\tvi_text\tjudgement\tcomment\r\ne1-2\t'- Satz 2, also.\t"), "{tsv}");
}

#[test]
fn what_spreadsheets_make_of_a_sheet_is_read() {
    let (folder, rows) = (tempfile::tempdir().unwrap(), rows(4));
    let wanted =
        [(0, Judgement::Right), (1, Judgement::Partly), (2, Judgement::Wrong), (3, Judgement::Unsure)];
    let utf16: Vec<u8> = "\u{FEFF}judgement\tid\r\nright\te1-0\r\nP\te1-1\r\n wrong.\te1-2\r\n?\te1-3\r\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let sheets: [(&str, &[u8]); 5] = [
        ("plain.csv", b"id,judgement\ne1-0,right\ne1-1,partly\ne1-2,wrong\ne1-3,unsure\n"),
        (
            "semicolons.csv",
            "\u{FEFF}\"ID\";\"de_text\";\"Judgement \"\r\n\"e1-3\";\"a;b\";\" UNSURE\"\r\n\"e1-1\";\"\";\"Partly \"\r\n;;\r\n\"e1-0\";\"\";\"Right\"\r\n\"e1-2\";\"\";\"w\"\r\n"
                .as_bytes(),
        ),
        ("sep.csv", b"sep=;\r\nid;judgement\r\ne1-0;r\r\ne1-1;p\r\ne1-2;w\r\ne1-3;u\r\n"),
        ("utf16.txt", &utf16),
        (
            "mangled.tsv",
            "id\tde_text\tvi_text\tjudgement\tcomment\n\
             1. Mai\t'- Satz 0, also.\t\"Câu  0, \"\"thế\"\".\"\tright\t\n\
             2. Mai\t- Satz 1, also.\tCâu 1, \"thế\".\tpartly\t\ne1-2\t\t\twrong\t\ne1-3\t\t\tunsure\t\n"
                .as_bytes(),
        ),
    ];
    for (name, bytes) in sheets {
        assert_eq!(judged(&[sheet(&folder, name, bytes)], &rows), [wanted], "{name}");
    }
}

#[test]
fn all_that_is_wrong_is_named_by_file_and_line() {
    let (folder, rows) = (tempfile::tempdir().unwrap(), rows(4));
    let a = sheet(&folder, "a.csv", "sep=,\nid,judgement\ne1-0,maybe\ne9-9,right\ne1-1,right\ne1-1,wrong\n");
    let b = sheet(&folder, "b.csv", "nummer,urteil\n1,gut\n");
    let problems = read_sheets(&[a, b, folder.path().join("c.csv")], &rows).unwrap_err();
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    let wanted = [
        "a.csv:3: judgement 'maybe' of 'e1-0': write right, partly, wrong or unsure",
        "a.csv:4: the id 'e9-9' is not in the dataset",
        "a.csv:6: 'e1-1' is wrong here and right in line 5",
        "b.csv:1: no columns 'id' and 'judgement'",
        "c.csv: cannot be read",
    ];
    assert_eq!(told.len(), wanted.len(), "{told:#?}");
    for (told, wanted) in told.iter().zip(wanted) {
        assert!(told.contains(wanted), "{told}");
    }
}

#[test]
fn ids_have_to_be_there_and_to_differ() {
    let mut rows = rows(2);
    rows[1].id = rows[0].id.clone();
    assert!(
        ids(&rows)
            .unwrap_err()
            .to_string()
            .contains("test.tsv:3: the id 'e1-0' stands in test.tsv:2 already")
    );
    rows[1].id = None;
    assert!(ids(&rows).unwrap_err().to_string().contains("test.tsv:3: no id"));
}

/// Sheets of three annotators on 10 pairs: two agree on eight of them.
fn three(folder: &TempDir) -> Vec<PathBuf> {
    let sheet = |name: &str, words: [&str; 10]| {
        let lines: String =
            words.iter().enumerate().map(|(i, word)| format!("e1-{i},{word},note {i}\n")).collect();
        self::sheet(folder, name, format!("id,judgement,comment\n{lines}"))
    };
    let (r, p, w, u) = ("right", "partly", "wrong", "unsure");
    vec![
        sheet("chi.csv", [r, p, w, r, r, u, r, "", r, r]),
        sheet("anna.csv", [r, p, w, w, p, u, r, r, r, r]),
        sheet("binh.csv", [r, p, w, r, r, r, u, r, r, w]),
    ]
}

#[test]
fn verdicts_are_the_middle_judgement_and_figures_follow() {
    let (folder, rows) = (tempfile::tempdir().unwrap(), rows(10));
    let sheets = read_sheets(&three(&folder), &rows).unwrap();
    assert_eq!(
        sheets.iter().map(|s| (&*s.annotator, s.blank)).collect::<Vec<_>>(),
        [("anna", 0), ("binh", 0), ("chi", 1)]
    );
    let found = audit(&rows, &sheets, 2);
    let verdicts: Vec<_> = found.all.iter().map(|pair| pair.verdict).collect();
    assert_eq!(verdicts, [Right, Partly, Wrong, Right, Right, Right, Right, Right, Right, Right]);
    // Unsure, unsure, right is right by verdict, but no majority says so.
    let accepted: Vec<_> = found.all.iter().filter(|pair| pair.accepted).map(|pair| &*pair.id).collect();
    assert_eq!(accepted, ["e1-0", "e1-3", "e1-4", "e1-6", "e1-7", "e1-8", "e1-9"]);
    let differ: Vec<_> = found.disagreements.iter().map(|pair| &*pair.id).collect();
    assert_eq!(differ, ["e1-3", "e1-4", "e1-9"]);
    let precision = found.precision.unwrap();
    assert!((precision.value - 0.8).abs() < 1e-9 && precision.low < 0.8 && precision.high > 0.8);
    assert!((found.precision_lenient.unwrap().value - 0.9).abs() < 1e-9);
    let strata: Vec<_> =
        found.strata.iter().map(|s| (s.pairs, s.right, s.partly, s.wrong, s.unsure)).collect();
    assert_eq!(strata, [(5, 3, 1, 1, 0), (5, 5, 0, 0, 0)]);
    let agreement = found.agreement.unwrap();
    assert_eq!((agreement.pairs, agreement.same, agreement.cohen_kappa), (9, 6, None));
    assert!(agreement.krippendorff_alpha_nominal.is_some_and(|alpha| alpha > 0.3 && alpha < 0.9));
}

#[test]
fn of_two_that_differ_the_worse_counts_and_kappa_is_given() {
    let (folder, rows) = (tempfile::tempdir().unwrap(), rows(10));
    let paths = three(&folder);
    let found = audit(&rows, &read_sheets(&paths[1..], &rows).unwrap(), 5);
    assert_eq!(found.all[3].verdict, Judgement::Wrong);
    assert!(!found.all[3].accepted);
    assert!(found.agreement.unwrap().cohen_kappa.is_some());
    let alone = audit(&rows, &read_sheets(&paths[..1], &rows).unwrap(), 5);
    assert_eq!(alone.agreement, None);
}

#[test]
fn strata_without_judgements_are_joined() {
    let (folder, rows) = (tempfile::tempdir().unwrap(), rows(100));
    let path = sheet(&folder, "a.csv", "id,judgement\ne1-1,wrong\ne1-2,right\ne1-60,right\n");
    let found = audit(&rows, &read_sheets(&[path], &rows).unwrap(), 5);
    assert_eq!(found.strata.len(), 2);
    assert!((found.precision.unwrap().value - 0.75).abs() < 1e-9);
    let path = sheet(&folder, "b.csv", "id,judgement\ne1-1,unsure\n");
    let found = audit(&rows, &read_sheets(&[path], &rows).unwrap(), 5);
    assert_eq!((found.precision, found.strata[0].unsure), (None, 1));
    assert!(found.markdown().contains("Right: **–**") && !found.to_string().is_empty());
}

const MANIFEST: &str = r#"{"layout": 1, "name": "set", "satzpaar": "0.1.0", "deferred": false, "splits": [], "settings": {}, "inputs": [],
"funnel": [], "score_distribution": {"bins": [], "min": null, "mean": 0.30000000000000004, "median": null, "max": null},
"beads": {}, "kinds": {}, "contaminated": 0, "estimated_precision": null, "sources": [],
"files": [{"path": "README.md", "bytes": 1, "sha256": "00"}, {"path": "test.tsv", "bytes": 7, "sha256": "11"}]}"#;

#[test]
fn the_folder_is_brought_up_to_date_and_stays_the_same_when_read_again() {
    let folder = dataset(10);
    let rows = read_rows(folder.path()).unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    write("README.md", "# Karte\n\n<!-- audit -->\nNot yet.\n<!-- /audit -->\n\nEnde\n");
    write("MANIFEST.json", MANIFEST);
    let away = tempfile::tempdir().unwrap();
    let mut paths = three(&away);
    let all = ["README.md", "MANIFEST.json", "audit.json", "audit.tsv", "accepted.tsv"];
    let mut last = None;
    for _ in 0..2 {
        paths.reverse();
        let found = audit(&rows, &read_sheets(&paths, &rows).unwrap(), 2);
        assert!(record(folder.path(), &rows, &found).unwrap().is_empty());
        let now = all.map(read);
        assert!(last.is_none_or(|last| last == now));
        last = Some(now);
    }
    let card = read("README.md");
    assert!(
        card.starts_with("# Karte\n\n<!-- audit -->\n10 of 10 pairs")
            && card.ends_with("\n<!-- /audit -->\n\nEnde\n"),
        "{card}"
    );
    assert!(!card.contains("Not yet") && card.contains("| 0.5000–0.7000 | 5 |"), "{card}");
    let accepted = read("accepted.tsv");
    let split = read("test.tsv");
    assert_eq!(accepted.lines().next(), split.lines().next());
    assert_eq!(accepted.lines().count(), 8);
    assert!(accepted.lines().all(|line| split.lines().any(|other| other == line)));
    let table = read("audit.tsv");
    assert_eq!(
        table.lines().nth(4),
        Some("e1-3\ttest\t0.6500\tright\tyes\twrong\tnote 3\tright\tnote 3\tright\tnote 3")
    );
    let manifest = read("MANIFEST.json");
    assert!(manifest.contains("\"mean\": 0.30000000000000004,"), "{manifest}");
    let value: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    let files = value["files"].as_array().unwrap();
    let names: Vec<_> = files.iter().map(|file| file["path"].as_str().unwrap()).collect();
    assert_eq!(names, ["README.md", "accepted.tsv", "audit.json", "audit.tsv", "test.tsv"]);
    assert_eq!(files[4]["sha256"].as_str(), Some("11"));
    for file in &files[..4] {
        let bytes = fs::read(folder.path().join(file["path"].as_str().unwrap())).unwrap();
        let sum = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        assert_eq!(
            (file["bytes"].as_u64(), file["sha256"].as_str()),
            (Some(bytes.len() as u64), Some(&*sum))
        );
    }
}

#[test]
fn a_card_without_markers_and_a_broken_manifest_are_told() {
    let folder = dataset(3);
    let rows = read_rows(folder.path()).unwrap();
    let found = audit(&rows, &[], 2);
    let warnings = record(folder.path(), &rows, &found).unwrap().join("\n");
    assert!(
        warnings.contains("README.md: not there") && warnings.contains("MANIFEST.json: not there"),
        "{warnings}"
    );
    fs::write(folder.path().join("README.md"), "# Karte <!-- /audit --> <!-- audit -->\n").unwrap();
    let warnings = record(folder.path(), &rows, &found).unwrap().join("\n");
    assert!(warnings.contains("README.md: no line '<!-- audit -->'"), "{warnings}");
    fs::write(folder.path().join("MANIFEST.json"), "{\n\"files\": 3}\n").unwrap();
    let error = record(folder.path(), &rows, &found).unwrap_err().to_string();
    assert!(error.contains("MANIFEST.json:") && error.contains("no manifest of satzpaar"), "{error}");
}

proptest! {
    #[test]
    fn what_is_written_is_found_again(ids in prop::collection::btree_set("[a-z=+@\"',;-]{1,6}", 1..6), tabs in any::<bool>()) {
        let mut rows = rows(ids.len());
        for (row, id) in rows.iter_mut().zip(ids) {
            row.id = Some(id);
        }
        let chosen: Vec<usize> = (0..rows.len()).rev().collect();
        let format = if tabs { SheetFormat::Tsv } else { SheetFormat::Csv };
        let written = String::from_utf8(write_sheet(&rows, &chosen, format)).unwrap();
        let between = if tabs { "\t\t\r\n" } else { ",,\r\n" };
        let filled = written.replace(between, &between.replacen(['\t', ','], if tabs { "\tright" } else { ",right" }, 1));
        let folder = tempfile::tempdir().unwrap();
        let read = judged(&[sheet(&folder, "a.csv", filled)], &rows);
        prop_assert_eq!(read, [(0..rows.len()).map(|row| (row, Judgement::Right)).collect::<Vec<_>>()]);
    }

    #[test]
    fn no_sheet_makes_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let folder = tempfile::tempdir().unwrap();
        let with_head = [&b"id;judgement\n"[..], &bytes].concat();
        let paths = [sheet(&folder, "a.csv", &bytes), sheet(&folder, "b.csv", with_head)];
        let _ = read_sheets(&paths, &rows(2));
    }
}
