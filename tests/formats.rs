//! The other formats of `satzpaar align` say what pairs.tsv says.

use std::collections::BTreeMap;

use quick_xml::events::Event;

use crate::samples::{self, COLUMNS, Table, assert_tiled, bead};
use crate::util::Dir;

/// pairs.tsv, and the same in another format.
fn both(format: &str) -> (Table, String) {
    let dir = Dir::with_samples();
    let table = Table::parse(&dir.run(&["align", "de", "vi"]).out());
    (table, dir.run(&["align", "de", "vi", "--format", format]).out())
}

#[test]
fn jsonl_has_the_columns_as_fields() {
    let (table, text) = both("jsonl");
    assert_eq!(text.lines().count(), table.rows.len());
    for (line, row) in text.lines().zip(&table.rows) {
        let record: serde_json::Map<String, serde_json::Value> = serde_json::from_str(line).unwrap();
        let fields: Vec<&str> = record.keys().map(String::as_str).collect();
        let mut wanted = COLUMNS.to_vec();
        wanted.sort_unstable();
        assert_eq!(
            {
                let mut f = fields;
                f.sort_unstable();
                f
            },
            wanted
        );
        for (column, cell) in COLUMNS.iter().zip(row) {
            match &record[*column] {
                serde_json::Value::String(text) => assert_eq!(&text.replace(['\t', '\r', '\n'], " "), cell),
                number if column.ends_with("score") => {
                    assert_eq!(format!("{:.4}", number.as_f64().unwrap()), *cell);
                }
                number => assert_eq!(number.as_u64().unwrap().to_string(), *cell),
            }
        }
    }
}

/// Elements of an XML text that have begun: name, attributes, text directly inside.
fn elements(xml: &str) -> Vec<(String, BTreeMap<String, String>, String)> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut elements, mut open): (Vec<(String, BTreeMap<_, _>, String)>, Vec<usize>) = (vec![], vec![]);
    loop {
        let event = reader.read_event().unwrap();
        match event {
            Event::Start(ref tag) | Event::Empty(ref tag) => {
                let attributes = tag.attributes().map(|a| {
                    let a = a.unwrap();
                    let value = quick_xml::escape::unescape(&a.value).unwrap().into_owned();
                    (a.key.as_ref().to_owned(), value)
                });
                elements.push((tag.name().as_ref().to_owned(), attributes.collect(), String::new()));
                if matches!(event, Event::Start(_)) {
                    open.push(elements.len() - 1);
                }
            }
            Event::Text(text) => {
                if let Some(last) = open.last() {
                    elements[*last].2.push_str(&text);
                }
            }
            Event::GeneralRef(name) => {
                let character = name.resolve_char_ref().unwrap().map(String::from);
                let text = character
                    .unwrap_or_else(|| quick_xml::escape::resolve_xml_entity(&name).unwrap().to_owned());
                elements[*open.last().unwrap()].2.push_str(&text);
            }
            Event::End(_) => drop(open.pop().unwrap()),
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty(), "elements that do not end");
    elements
}

#[test]
fn tmx_has_a_unit_a_pair() {
    let (table, text) = both("tmx");
    let elements = elements(&text);
    assert_eq!(elements[0].0, "tmx");
    assert_eq!(elements[0].1["version"], "1.4");
    let languages: Vec<&str> =
        elements.iter().filter(|e| e.0 == "tuv").map(|e| e.1["xml:lang"].as_str()).collect();
    assert_eq!(languages, ["de", "vi"].repeat(table.rows.len()));
    let segments: Vec<&str> = elements.iter().filter(|e| e.0 == "seg").map(|e| e.2.as_str()).collect();
    let wanted: Vec<String> = table.pairs("de_text", "vi_text").flat_map(|(a, b)| [a, b]).collect();
    assert_eq!(segments.iter().map(|s| s.replace(['\t', '\r', '\n'], " ")).collect::<Vec<_>>(), wanted);
    let scores: Vec<&str> =
        elements.iter().filter(|e| e.0 == "prop" && e.1["type"] == "x-score").map(|e| e.2.as_str()).collect();
    assert_eq!(scores, table.column("score"));
}

#[test]
fn xces_has_a_link_a_pair() {
    let (table, text) = both("xces");
    let mut links = Vec::new();
    let mut documents = (String::new(), String::new());
    for (name, attributes, _) in elements(&text) {
        match name.as_str() {
            "linkGrp" => documents = (attributes["fromDoc"].clone(), attributes["toDoc"].clone()),
            "link" => {
                let (de, vi) = documents.clone();
                links.push([de, vi, attributes["xtargets"].clone(), attributes["certainty"].clone()]);
            }
            other => assert_eq!(other, "cesAlign"),
        }
    }
    let wanted: Vec<[String; 4]> = table
        .rows
        .iter()
        .map(|r| [r[0].clone(), r[1].clone(), format!("{}-{};{}-{}", r[3], r[4], r[5], r[6]), r[8].clone()])
        .collect();
    assert_eq!(links, wanted);
}

#[test]
fn moses_is_two_files_in_step() {
    let dir = Dir::with_samples();
    let table = Table::parse(&dir.run(&["align", "de", "vi"]).out());
    assert_eq!(dir.run(&["align", "de", "vi", "--format", "moses", "-o", "corpus"]).out(), "");
    assert_eq!(dir.read("corpus.de").lines().collect::<Vec<_>>(), table.column("de_text"));
    assert_eq!(dir.read("corpus.vi").lines().collect::<Vec<_>>(), table.column("vi_text"));
    assert_eq!(dir.names(), ["corpus.de", "corpus.vi", "de", "vi"]);
}

#[test]
fn moses_on_standard_output_is_wrong_use() {
    let dir = Dir::with_samples();
    let ran = dir.run(&["align", "de", "vi", "--format", "moses"]).code(2).says(&["error", "PREFIX.de"]);
    assert_eq!(ran.stdout, "");
}

#[test]
fn ladders_stand_under_the_names_of_their_reports() {
    let (_, text) = both("ladder");
    let mut documents = std::collections::BTreeSet::new();
    let mut ladders: Vec<Vec<_>> = Vec::new();
    for line in text.lines() {
        if let Some(names) = line.strip_prefix("# ") {
            let cells: Vec<&str> = names.split('\t').collect();
            documents.insert((cells[0].to_owned(), cells[1].to_owned()));
            samples::score(cells[2]);
            ladders.push(Vec::new());
        } else {
            ladders.last_mut().unwrap().push(bead(line));
        }
    }
    assert_eq!(documents, samples::gold_documents());
    for beads in ladders {
        let sentences = |side: fn(&samples::Bead) -> &Vec<usize>| -> usize {
            beads.iter().flat_map(|b| side(b).iter().copied()).max().unwrap() + 1
        };
        let (german, vietnamese) = (sentences(|b| &b.0), sentences(|b| &b.1));
        assert_tiled(&beads, german, vietnamese);
    }
}
