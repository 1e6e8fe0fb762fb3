use satzpaar_corpus::{Language, Metadata, Pair, PairKind, Span};

use super::*;

/// A pair of texts at these places.
fn row(line: u64, docs: (&str, &str), de: (usize, &str), vi: (usize, &str), score: f64) -> PairRow {
    let pair = Pair {
        de_doc: docs.0.to_owned(),
        vi_doc: docs.1.to_owned(),
        doc_score: 0.9,
        de: Span::new(de.0, de.0 + de.1.len()),
        vi: Span::new(vi.0, vi.0 + vi.1.len()),
        bead: (1, 1),
        score,
        kind: if score < 0.5 { PairKind::Comparable } else { PairKind::Parallel },
        de_text: de.1.to_owned(),
        vi_text: vi.1.to_owned(),
    };
    let file = "pairs.tsv".to_owned();
    PairRow { pair, file, line, id: None, event: None, split: None, contamination: None }
}

fn report(id: &str, language: Language, text: &str, blocks: &[Span]) -> Report {
    Report {
        id: id.to_owned(),
        language,
        text: text.to_owned(),
        blocks: blocks.to_vec(),
        metadata: Metadata::default(),
    }
}

fn rows() -> Vec<PairRow> {
    vec![
        row(2, ("d1", "v1"), (17, "Die Fähre fährt."), (5, "Phà chạy."), 0.97),
        row(3, ("d1", "v1"), (5, "Es ist früh."), (17, "Trời còn sớm."), 0.15),
        row(4, ("d2", "v1"), (0, "</script><b>"), (5, "Phà chạy."), 1.0),
    ]
}

#[test]
fn the_data_are_plain_and_grouped_by_reports() {
    let german = [
        report("d1", Language::German, "Menü\nEs ist früh.\nDie Fähre fährt. 🚢 Ende.", &[Span::new(6, 49)]),
        report("d9", Language::German, "Allein.", &[Span::new(0, 7)]),
    ];
    let text = "Phà!\nPhà chạy.\nTrời còn sớm.\n";
    let vietnamese = [report("v1", Language::Vietnamese, text, &[Span::new(0, text.len())])];
    let mut rows = rows();
    rows[0].pair.de = Span::new(20, 38);
    rows[1].pair.de = Span::new(6, 19);
    rows[0].pair.vi = Span::new(6, 18);
    rows[1].pair.vi = Span::new(19, 37);
    let data = page_data(&PageInput {
        title: "Probe".to_owned(),
        version: "1".to_owned(),
        rows: &rows,
        reports: Some((&german, &vietnamese)),
        funnel: Vec::new(),
    });
    insta::assert_snapshot!(serde_json::to_string_pretty(&data).unwrap());
}

#[test]
fn what_looks_like_markup_or_a_place_to_fill_stays_text() {
    let rows = rows();
    let title = "{{data}} <i>\"&";
    let input =
        PageInput { title: title.to_owned(), version: "1".to_owned(), rows: &rows, ..PageInput::default() };
    let html = page(&page_data(&input));
    assert_eq!(html.matches("</script>").count(), 2, "the data and the script end once each");
    assert!(html.contains("<h1>{{data}} &lt;i&gt;&quot;&amp;</h1>"));
    assert!(html.contains(r"\u003c/script>\u003cb>"));
    let json = html.split_once("id=\"data\">").unwrap().1.split_once("</script>").unwrap().0;
    let data: serde_json::Value = serde_json::from_str(json).unwrap();
    assert_eq!(
        (data["title"].as_str(), data["reports"][1]["rows"][0]["d"].as_str()),
        (Some(title), Some("</script><b>"))
    );
    assert_eq!(html, page(&page_data(&input)), "the same input, other bytes");
}

#[test]
fn nothing_is_loaded_and_no_text_becomes_markup() {
    for banned in [
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "fetch(",
        "XMLHttp",
        "import ",
    ] {
        assert!(!SCRIPT.contains(banned), "{banned}");
    }
    for banned in ["url(", "@import", "http:", "https:"] {
        assert!(!CSS.contains(banned) && !HTML.contains(banned), "{banned}");
    }
    assert!(!HTML.contains(" src=") && !HTML.contains(" style="));
    let html = page(&page_data(&PageInput::default()));
    // The hash of "abc", as FIPS 180-2 gives it, in base 64.
    assert_eq!(source_hash("abc"), "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
    assert!(html.contains(&source_hash(SCRIPT)) && html.contains("default-src 'none'"));
}

#[test]
fn another_version_of_a_report_is_told_and_not_shown() {
    let rows = rows();
    let short = [report("d1", Language::German, "Kurz.", &[Span::new(0, 5)])];
    let data = page_data(&PageInput { rows: &rows, reports: Some((&short, &[])), ..PageInput::default() });
    assert_eq!(data.de[0].text, None);
    let told: Vec<String> = data.mismatches.iter().map(ToString::to_string).collect();
    assert!(told.len() == 1 && told[0].starts_with("pairs.tsv:2: ") && told[0].contains("'d1'"), "{told:?}");
    let other =
        [report("d1", Language::German, &"Ganz etwas anderes als zuvor. ".repeat(3), &[Span::new(0, 90)])];
    let data = page_data(&PageInput { rows: &rows, reports: Some((&other, &[])), ..PageInput::default() });
    assert_eq!(data.mismatches.len(), 1);
}

#[test]
fn events_are_the_tables_or_linked_reports() {
    let mut rows = rows();
    let names = |rows: &[PairRow]| page_data(&PageInput { rows, ..PageInput::default() }).events;
    assert_eq!(names(&rows), ["d1"]);
    rows.push(row(5, ("a", "v1"), (0, "Ja."), (0, "Vâng."), 0.9));
    assert_eq!(names(&rows), ["a"]);
    for (row, event) in rows.iter_mut().zip(["x", "x", "y", "y"]) {
        row.event = Some(event.to_owned());
    }
    assert_eq!(names(&rows), ["x", "y"]);
}
