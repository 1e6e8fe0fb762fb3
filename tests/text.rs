//! `satzpaar split` and `satzpaar tokenize`.

use crate::samples;
use crate::util::Dir;

fn fed(args: &[&str], text: &str) -> String {
    Dir::new().command(args).input(text).run().code(0).silent().stdout
}

#[test]
fn german_is_split() {
    let text = "Am 18. Mai kam Dr. Meier z. B. nach Hanoi. „Wann?“, fragte er.\nEs regnete … Dann ging er!\n";
    insta::assert_snapshot!(fed(&["split", "--lang", "de"], text), @r"
    Am 18. Mai kam Dr. Meier z. B. nach Hanoi.
    „Wann?“, fragte er.
    Es regnete …
    Dann ging er!
    ");
}

#[test]
fn vietnamese_is_split() {
    let text = "TP. HCM có 9,3 triệu dân. GS.TS Trần Văn An nói: \"Trời mưa.\" Ông đi Hà Nội ngày 2/4.\n";
    insta::assert_snapshot!(fed(&["split", "--lang", "vi"], text), @r#"
    TP. HCM có 9,3 triệu dân.
    GS.TS Trần Văn An nói: "Trời mưa."
    Ông đi Hà Nội ngày 2/4.
    "#);
}

#[test]
fn lines_can_be_ends_of_sentences_or_not() {
    let text = "Der Hafen ist\ngroß und alt.\n";
    assert_eq!(fed(&["split", "--lang", "de", "--lines", "never"], text), "Der Hafen ist groß und alt.\n");
    assert_eq!(fed(&["split", "--lang", "de", "--lines", "always"], text), "Der Hafen ist\ngroß und alt.\n");
}

#[test]
fn tokens_are_parted_by_blanks_line_by_line() {
    let text = "Am 2. April kostet es 1,5 Mio. Euro (z. B.).\n\n„Ja!“\n";
    insta::assert_snapshot!(fed(&["tokenize", "--lang", "de"], text), @r"
    Am 2. April kostet es 1,5 Mio. Euro ( z. B. ) .

    „ Ja ! “
    ");
}

#[test]
fn syllables_of_a_vietnamese_word_are_joined() {
    let text = "Chính phủ Việt Nam đã ký hiệp định thương mại.\n";
    insta::assert_snapshot!(fed(&["tokenize", "--lang", "vi"], text), @"Chính_phủ Việt_Nam đã ký hiệp_định thương_mại .");
}

/// Fails unless every row's offsets cover its text and rows follow one another; gives the number of rows.
fn check_rows(text: &str, jsonl: &str) -> usize {
    let mut last = 0;
    for line in jsonl.lines() {
        let row: serde_json::Map<String, serde_json::Value> = serde_json::from_str(line).unwrap();
        let mut fields: Vec<&str> = row.keys().map(String::as_str).collect();
        fields.sort_unstable();
        assert_eq!(fields, ["end", "start", "text"]);
        let place = |name: &str| usize::try_from(row[name].as_u64().unwrap()).unwrap();
        let (start, end) = (place("start"), place("end"));
        assert_eq!(text[start..end], *row["text"].as_str().unwrap());
        assert!(last <= start && start < end, "{line}");
        assert_eq!(text[last..start].trim(), "", "passed over before byte {start}");
        last = end;
    }
    assert_eq!(text[last..].trim(), "", "passed over at the end");
    jsonl.lines().count()
}

#[test]
fn offsets_are_bytes_and_nothing_is_passed_over() {
    let dir = Dir::with_samples();
    for side in ["de", "vi"] {
        for (id, text) in samples::texts(side) {
            dir.create("text.txt", &text);
            for command in ["split", "tokenize"] {
                let out = dir.run(&[command, "--lang", side, "--format", "jsonl", "text.txt"]).out();
                assert!(check_rows(&text, &out) > 4, "{id}");
            }
        }
    }
    let text = "\u{feff}Ja. \u{200b}Nein!\r\n\r\n\tNa so etwas\u{a0}… ẞ\u{301} 👩‍👩‍👧 Ende";
    for command in ["split", "tokenize"] {
        let out = fed(&[command, "--lang", "de", "--format", "jsonl"], text);
        let rows: Vec<serde_json::Value> = out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        assert!(!rows.is_empty());
        for row in rows {
            let place = |name: &str| usize::try_from(row[name].as_u64().unwrap()).unwrap();
            assert_eq!(text[place("start")..place("end")], *row["text"].as_str().unwrap());
        }
    }
}

#[test]
fn nothing_in_is_nothing_out() {
    for command in ["split", "tokenize"] {
        assert_eq!(fed(&[command, "--lang", "vi"], ""), "");
    }
}

#[test]
fn a_line_of_20_megabytes_is_read_as_a_stream() {
    let dir = Dir::new();
    let german =
        "gestern hat die Regierung in Hanoi wieder ein neues Programm für den Hafen beschlossen und ";
    let text = german.repeat(20_000_000 / german.len());
    dir.create("text.txt", &text);
    let out = dir.command(&["split", "--lang", "de", "text.txt"]).within(60).run().out();
    assert_eq!(out.split_whitespace().count(), text.split_whitespace().count());
    let out = dir.command(&["tokenize", "--lang", "de", "text.txt"]).within(60).run().out();
    assert_eq!(out.split_whitespace().count(), text.split_whitespace().count());
}

#[test]
fn bad_texts_are_named() {
    let dir = Dir::new();
    dir.create("text.txt", b"Ja.\nNa \xff so.\n");
    dir.create_folder("folder");
    for command in ["split", "tokenize"] {
        let run = |file: &str| dir.run(&[command, "--lang", "de", file]).code(1);
        run("text.txt").says(&["error: text.txt", "byte 7", "UTF-8"]);
        run("folder").says(&["error: folder", "a text file is wanted"]);
        run("nirgends.txt").says(&["error: nirgends.txt: no such file", "check the spelling"]);
        let ran = dir.run(&[command, "--lang", "de", "text.txt", "-o", "out.txt"]).code(1);
        ran.says(&["text.txt"]);
        assert_eq!(dir.names(), ["folder", "text.txt"], "nothing is left of a run that failed");
    }
}

/// The most memory that a running command has held so far, in bytes.
#[cfg(target_os = "linux")]
fn peak_memory(id: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() * 1024
}

#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_the_input() {
    use std::io::{Read, Write};

    let german = "Am 18. Mai kam Dr. Meier z. B. nach Hanoi. „Wann?“, fragte er. Es regnete … ";
    let vietnamese = "TP. HCM có 9,3 triệu dân. Ông nói: \"Trời mưa.\" Bà đi Hà Nội ngày 2/4, v.v. ";
    let endless = "und weiter ging es immer fort ";
    let dir = Dir::new();
    for (command, language, unit, line_break) in [
        ("split", "de", german, "\n"),
        ("split", "de", endless, ""),
        ("tokenize", "de", german, ""),
        ("tokenize", "vi", vietnamese, ""),
    ] {
        let part = (unit.repeat(4) + line_break).repeat(1000);
        let mut child = dir.command(&[command, "--lang", language, "-"]).spawn();
        let mut stdout = child.stdout.take().unwrap();
        let reader = std::thread::spawn(move || {
            let (mut buffer, mut count) = (vec![0; 1 << 16], 0);
            while let Ok(length @ 1..) = stdout.read(&mut buffer) {
                count += length;
            }
            count
        });
        let mut stdin = child.stdin.take().unwrap();
        let mut written = 0;
        while written < 64_000_000 {
            stdin.write_all(part.as_bytes()).unwrap();
            written += part.len();
        }
        let peak = peak_memory(child.id());
        drop(stdin);
        assert!(child.wait().unwrap().success());
        assert!(reader.join().unwrap() > written * 9 / 10);
        assert!(peak < 50_000_000, "{command} --lang {language} held {peak} bytes of {written}");
    }
}
