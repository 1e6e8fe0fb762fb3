//! The ways in which reports may lie there: all of them give the same pairs.

use std::fmt::Write as _;

use crate::samples::{self, Table};
use crate::util::{Dir, gzip, zstd};

fn plain() -> String {
    Dir::with_samples().run(&["align", "de", "vi"]).out()
}

#[test]
fn compressed_reports_are_read_like_plain_ones() {
    let dir = Dir::new();
    for (name, bytes) in samples::files("de") {
        dir.create(format!("de/{name}.gz"), gzip(&bytes));
    }
    for (name, bytes) in samples::files("vi") {
        dir.create(format!("vi/{name}.zst"), zstd(&bytes));
    }
    assert_eq!(dir.run(&["align", "de", "vi"]).out(), plain());
}

#[test]
fn patterns_are_expanded() {
    let dir = Dir::with_samples();
    assert_eq!(dir.run(&["align", "de/*", "vi/**/*"]).out(), plain());
    let table = Table::parse(&dir.run(&["align", "de/[st]*.txt", "vi"]).out());
    assert_eq!(table.documents().len(), 4, "{:?}", table.documents());
}

#[test]
fn folders_are_walked_and_the_id_is_the_path_below() {
    let dir = Dir::with_samples();
    dir.create_folder("de/2023/oktober");
    dir.rename("de/taifun-nghe-an.txt", "de/2023/oktober/taifun.txt");
    let table = Table::parse(&dir.run(&["align", "de", "vi"]).out());
    let wanted = ("2023/oktober/taifun".to_owned(), "lu-quet-que-phong".to_owned());
    assert!(table.documents().contains(&wanted), "{:?}", table.documents());
}

/// All reports of a side as JSON lines.
fn records(side: &str) -> String {
    let mut lines = String::new();
    for (id, text) in samples::texts(side) {
        writeln!(lines, "{}", serde_json::json!({ "id": id, "text": text })).unwrap();
    }
    lines
}

#[test]
fn a_side_may_be_json_lines_on_standard_input() {
    let dir = Dir::with_samples();
    let out = dir.command(&["align", "-", "vi"]).input(records("de")).run().out();
    let table = Table::parse(&out);
    assert_eq!(table.documents(), samples::gold_documents());
    let out = dir.command(&["match", "de", "-"]).input(records("vi")).run().out();
    assert_eq!(Table::parse(&out).documents(), samples::gold_documents());
}

#[test]
fn a_byte_order_mark_counts_in_spans() {
    let dir = Dir::with_samples();
    let name = "de/taifun-nghe-an.txt";
    let text = dir.read(name);
    dir.create(name, format!("\u{feff}{text}"));
    let out = dir.run(&["align", name, "vi"]).out();
    let table = Table::parse(&out);
    assert!(!table.rows.is_empty());
    for (row, text) in table.numbers("de_start").iter().zip(table.column("de_text")) {
        assert!(dir.read(name)[*row..].starts_with(text), "{text}");
    }
}

#[test]
fn other_encodings_are_found_out() {
    let dir = Dir::with_samples();
    let expected = dir.run(&["align", "de/taifun-nghe-an.txt", "vi/lu-quet-que-phong.txt"]).out();
    let (german, vietnamese) = (dir.read("de/taifun-nghe-an.txt"), dir.read("vi/lu-quet-que-phong.txt"));
    // Windows-1252 is Latin-1 but for the marks of quotation and dashes.
    let german: Vec<u8> = german
        .chars()
        .map(|c| match c {
            '„' => 0x84,
            '“' => 0x93,
            '–' => 0x96,
            c => u8::try_from(u32::from(c)).unwrap(),
        })
        .collect();
    let mut utf16 = vec![0xff, 0xfe];
    utf16.extend(vietnamese.encode_utf16().flat_map(u16::to_le_bytes));
    dir.create("de/taifun-nghe-an.txt", german);
    dir.create("vi/lu-quet-que-phong.txt", utf16);
    let found = dir.run(&["align", "de/taifun-nghe-an.txt", "vi/lu-quet-que-phong.txt"]).out();
    let texts = |table: &str| Table::parse(table).pairs("de_text", "vi_text").collect::<Vec<_>>();
    assert_eq!(texts(&found), texts(&expected));
}

#[test]
fn decomposed_letters_zero_width_and_soft_hyphens_do_no_harm() {
    let dir = Dir::with_samples();
    let german = dir.read("de/taifun-nghe-an.txt");
    let strange = german.replace('ü', "u\u{308}").replace("Überschwemmungen", "Über\u{ad}schwem\u{ad}mungen");
    let strange = strange.replace("Menschen", "Men\u{200b}schen");
    assert_ne!(strange, german);
    dir.create("de/taifun-nghe-an.txt", &strange);
    let table = Table::parse(&dir.run(&["align", "de", "vi"]).out());
    assert_eq!(table.documents(), samples::gold_documents());
    let rows = table.rows.iter().filter(|row| row[0] == "taifun-nghe-an");
    for row in rows {
        let (start, end): (usize, usize) = (row[3].parse().unwrap(), row[4].parse().unwrap());
        if row[7].starts_with("1-") {
            assert_eq!(strange[start..end], row[10]);
        }
    }
}

#[test]
fn records_of_one_id_are_told_apart() {
    let dir = Dir::with_samples();
    dir.create("de/nachtrag.jsonl", "{\"id\": \"hafen-ausbau\", \"text\": \"Der Hafen ist groß und alt. Viele Schiffe kommen hierher, und die Leute freuen sich.\"}\n");
    let ran =
        dir.run(&["align", "de", "vi"]).code(0).says(&["warning", "nachtrag.jsonl:1", "'hafen-ausbau#2'"]);
    assert_eq!(Table::parse(&ran.stdout).documents(), samples::gold_documents());
}
