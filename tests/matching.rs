//! `satzpaar match`.

use crate::samples::{self, Table};
use crate::util::Dir;

#[test]
fn the_table_names_the_reports_of_one_event() {
    let dir = Dir::with_samples();
    assert_eq!(dir.run(&["match", "de", "vi", "-o", "documents.tsv"]).out(), "");
    let table = Table::parse(&dir.read("documents.tsv"));
    assert_eq!(table.header, ["de_doc", "vi_doc", "score"]);
    assert_eq!(table.documents(), samples::gold_documents());
    assert_eq!(table.rows.len(), table.documents().len(), "a pair twice");
    assert!(table.scores("score").iter().all(|s| *s > 0.0));
    assert!(table.pairs("de_doc", "vi_doc").is_sorted());
}

#[test]
fn every_report_against_every_other_finds_no_more() {
    let dir = Dir::with_samples();
    let indexed = Table::parse(&dir.run(&["match", "de", "vi"]).out());
    let all = Table::parse(&dir.run(&["match", "de", "vi", "--exhaustive"]).out());
    assert_eq!(indexed.documents(), all.documents());
}

#[test]
fn align_takes_the_table_and_finds_the_same_pairs() {
    let dir = Dir::with_samples();
    dir.run(&["match", "de", "vi", "-o", "documents.tsv"]).out();
    let mut given = Table::parse(&dir.run(&["align", "de", "vi", "--documents", "documents.tsv"]).out());
    let mut found = Table::parse(&dir.run(&["align", "de", "vi"]).out());
    for table in [&mut given, &mut found] {
        let place = table.place("doc_score");
        table.rows.iter_mut().for_each(|row| row[place].clear());
    }
    assert_eq!(given.rows, found.rows);
}

#[test]
fn several_reports_of_one_event_may_stand_on_a_side() {
    let dir = Dir::with_samples();
    // The same report once more, told shorter.
    let text = dir.read("de/taifun-nghe-an.txt");
    let shorter: Vec<&str> = text.lines().skip(1).step_by(2).collect();
    dir.create("de/taifun-kurz.txt", shorter.join("\n"));
    let table = Table::parse(&dir.run(&["match", "de", "vi"]).out());
    let mut wanted = samples::gold_documents();
    wanted.insert(("taifun-kurz".to_owned(), "lu-quet-que-phong".to_owned()));
    assert_eq!(table.documents(), wanted);
}

#[test]
fn nothing_matched_is_a_header_and_exit_code_1() {
    let dir = Dir::with_samples();
    let ran = dir.run(&["match", "de/ministerin-zwischenbilanz.txt", "vi/bao-so-6-nghe-an.txt"]).code(1);
    assert_eq!(ran.stdout, "de_doc\tvi_doc\tscore\n");
}
