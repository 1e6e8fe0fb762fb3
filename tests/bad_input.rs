//! Bad input: it is named with the remedy, the exit code tells of it, and the rest of the run goes on.

use std::path::Path;

use crate::samples::{self, Table};
use crate::util::{Dir, Ran, gzip, zstd};

/// Runs `align` on the samples with one more German file; whatever that is, the others are matched as ever.
fn with_german(name: impl AsRef<Path>, bytes: impl AsRef<[u8]>) -> Ran {
    let dir = Dir::with_samples();
    dir.create(Path::new("de").join(name), bytes);
    let ran = dir.run(&["align", "de", "vi", "-o", "pairs.tsv"]);
    assert_eq!(Table::parse(&dir.read("pairs.tsv")).documents(), samples::gold_documents());
    ran
}

#[test]
fn a_missing_folder() {
    let dir = Dir::with_samples();
    for command in ["align", "match"] {
        for (de, vi) in [("nirgends", "vi"), ("de", "nirgends")] {
            let ran = dir.run(&[command, de, vi, "-o", "out.tsv"]).code(1);
            ran.says(&["error: nirgends: no such file or folder", "check the spelling"]);
        }
    }
    dir.run(&["align", "de/*.pdf", "vi"]).code(1).says(&["de/*.pdf", "no file matches", ".jsonl"]);
    dir.run(&["mine", "nirgends", "vi"]).code(1).says(&["error: nirgends: no such file"]);
    assert_eq!(dir.names(), ["de", "vi"]);
}

#[test]
fn an_empty_folder() {
    let dir = Dir::with_samples();
    dir.create_folder("leer");
    dir.create_folder("leer/darunter");
    dir.run(&["align", "leer", "vi", "-o", "out.tsv"]).code(1).says(&[
        "error: leer",
        "holds no report",
        ".txt",
    ]);
    assert!(!dir.exists("out.tsv"));
}

#[test]
fn an_unknown_ending() {
    let dir = Dir::with_samples();
    dir.create("bericht.docx", "x");
    dir.run(&["align", "bericht.docx", "vi"]).code(1).says(&["bericht.docx: unknown ending", ".txt"]);
    // In a folder other files may lie about.
    with_german("notes.md", "x").code(0);
}

#[test]
fn an_empty_file() {
    with_german("leer.txt", "").code(1).says(&["warning: de/leer.txt", "no text", "left out"]);
    with_german("weiss.txt", " \n\t\r\n\u{feff}").code(1).says(&["warning: de/weiss.txt"]);
    with_german("leer.jsonl", "").code(1).says(&["warning: de/leer.jsonl", "no record"]);
    with_german("leer.html", "").code(1).says(&["warning: de/leer.html", "left out"]);
    with_german("moebel.txt", "Kommentar (0)\n").code(1).says(&["warning: de/moebel.txt", "furniture"]);
}

#[test]
fn a_binary_file() {
    let bytes: Vec<u8> = (0..5000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    with_german("bild.txt", &bytes).code(1).says(&["warning: de/bild.txt", "not text", "give text files"]);
    with_german("bild.html", &bytes).code(1).says(&["warning: de/bild.html", "not text"]);
    with_german("bild.jsonl", &bytes).code(1).says(&["warning: de/bild.jsonl"]);
}

#[test]
fn a_broken_compressed_file() {
    let text = "Der Hafen ist groß, und viele Schiffe kommen jeden Tag hierher. ".repeat(50);
    let (gz, zst) = (gzip(text.as_bytes()), zstd(text.as_bytes()));
    let gzip_says = |bytes: &[u8]| {
        with_german("a.txt.gz", bytes).code(1).says(&["warning: de/a.txt.gz", "broken gzip file", "again"]);
    };
    gzip_says(&gz[..gz.len() / 2]);
    gzip_says(&gz[..gz.len() - 3]);
    gzip_says(text.as_bytes());
    gzip_says(b"");
    with_german("a.txt.zst", &zst[..zst.len() / 2])
        .code(1)
        .says(&["warning: de/a.txt.zst", "broken zstd file"]);
    // Records before the break are kept.
    let record = |id: &str| format!("{{\"id\": \"{id}\", \"text\": \"{text}\"}}\n");
    let records: String = (0..400).map(|i| record(&format!("{i}-{}", i * 7919 % 1000))).collect();
    let gz = gzip(records.as_bytes());
    let ran = with_german("a.jsonl.gz", &gz[..gz.len() * 9 / 10]).code(1);
    ran.says(&["warning: de/a.jsonl.gz:", "broken gzip file"]);
}

#[test]
fn invalid_utf8() {
    let text = "Die Stadt hat viele Häuser, und über die Brücke fährt eine Bahn. ".repeat(5);
    let mut bytes = text.into_bytes();
    bytes.extend(b"Das \xff\xfe ist \xc3 kaputt.\n");
    // The rest of the report is read all the same.
    with_german("kaputt.txt", &bytes).code(0).says(&["warning: de/kaputt.txt", "not valid UTF-8", "convert"]);
    let record = b"{\"id\": \"x\", \"text\": \"Stra\xdfe\"}\n";
    with_german("kaputt.jsonl", record).code(1).says(&["warning: de/kaputt.jsonl:1", "UTF-8", "convert"]);
}

#[test]
fn a_record_cut_in_half() {
    let good = "{\"id\": \"bach\", \"text\": \"Der Bach ist über die Ufer getreten, und die Wiese steht unter Wasser.\"}";
    let ran =
        with_german("halb.jsonl", format!("{good}\n{}\n{}\n", &good[..40], good.replace("bach", "fluss")));
    // The third line has the first one's text, but an id of its own.
    ran.code(1).says(&["warning: de/halb.jsonl:2", "cut off", "one line"]).says(&["14 German"]);
}

#[test]
fn records_with_wrong_fields() {
    let ran =
        with_german("felder.jsonl", "{\"id\": \"x\"}\n[1, 2]\n{\"id\": {}, \"text\": 5}\nnull\n").code(1);
    let ran = (1..=4).fold(ran, |ran, line| ran.says(&[&format!("warning: de/felder.jsonl:{line}:")]));
    assert!(ran.stderr.contains("text"), "{}", ran.stderr);
}

#[test]
fn a_flood_of_bad_records_is_counted() {
    let ran = with_german("flut.jsonl", "{\n".repeat(5000)).code(1).says(&["further lines like it"]);
    assert!(ran.stderr.lines().count() < 40, "{}", ran.stderr.lines().count());
}

#[test]
fn a_file_of_20_megabytes_in_one_line_without_a_full_stop() {
    let german =
        "gestern hat die Regierung in Hanoi wieder ein neues Programm für den Hafen beschlossen und ";
    let vietnamese =
        "hôm qua chính phủ đã thông qua một chương trình mới cho cảng biển và bộ trưởng cho biết ";
    // One side at a time: presegmented.rs has the case of both.
    for (name, text) in [("de/lang.txt", german), ("de/lang.txt", "a"), ("vi/dai.txt", vietnamese)] {
        let dir = Dir::with_samples();
        dir.create(name, text.repeat(20_000_000 / text.len()));
        dir.command(&["align", "de", "vi", "-o", "pairs.tsv"]).within(60).run().code(0);
        assert_eq!(Table::parse(&dir.read("pairs.tsv")).documents(), samples::gold_documents(), "{name}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_not_utf8() {
    use std::os::unix::ffi::OsStrExt;
    let dir = Dir::with_samples();
    let name = std::ffi::OsStr::from_bytes(b"de/sturm-\xff.txt");
    dir.rename("de/taifun-nghe-an.txt", name);
    let out = dir.run(&["align", "de", "vi"]).out();
    let wanted = ("sturm-\u{fffd}".to_owned(), "lu-quet-que-phong".to_owned());
    assert!(Table::parse(&out).documents().contains(&wanted));
    let ran = dir.command(&["align"]).arg(name).arg("vi").run().code(0);
    assert_eq!(Table::parse(&ran.stdout).documents(), [wanted].into());
    // Named in messages as well as it can be.
    dir.create(name, "");
    dir.run(&["align", "de", "vi"]).code(1).says(&["warning: de/sturm-\u{fffd}.txt", "no text"]);
    dir.create(std::ffi::OsStr::from_bytes(b"\xfe.txt"), "Ja.\n");
    let ran = dir.command(&["split", "--lang", "de"]).arg(std::ffi::OsStr::from_bytes(b"\xfe.txt")).run();
    assert_eq!(ran.out(), "Ja.\n");
}

#[test]
fn a_folder_that_links_to_itself_ends() {
    #[cfg(unix)]
    {
        let dir = Dir::with_samples();
        std::os::unix::fs::symlink(dir.path("de"), dir.path("de/wieder")).unwrap();
        std::os::unix::fs::symlink("nirgends.txt", dir.path("de/tot.txt")).unwrap();
        let ran = dir.run(&["align", "de", "vi"]).code(1).says(&["warning: de/tot.txt"]);
        assert_eq!(Table::parse(&ran.stdout).documents(), samples::gold_documents());
    }
}

#[test]
fn the_same_file_on_both_sides() {
    let dir = Dir::with_samples();
    let file = "de/hafen-ausbau.txt";
    let ran = dir.run(&["align", file, file]).code(1);
    let ran = ran.says(&["warning: de/hafen-ausbau.txt", "seems to be German", "Vietnamese is read here"]);
    assert_eq!(ran.stdout, samples::COLUMNS.join("\t") + "\n");
}

#[test]
fn the_wrong_folder() {
    let dir = Dir::with_samples();
    let ran =
        dir.run(&["align", "vi", "de"]).code(1).says(&["vi/lu-quet-que-phong.txt", "seems to be Vietnamese"]);
    assert_eq!(ran.stdout.lines().count(), 1);
    let vietnamese = dir.read("vi/bao-so-6-nghe-an.txt");
    let ran = with_german("falsch.txt", vietnamese).code(1);
    ran.says(&["warning: de/falsch.txt", "seems to be Vietnamese", "German is read here", "left out"]);
    let ran = with_german("falsch.jsonl", "{\"lang\": \"vi\", \"text\": \"Der Hafen ist groß und alt.\"}\n");
    ran.code(1).says(&["warning: de/falsch.jsonl:1", "'vi'"]);
}

#[test]
fn a_third_language() {
    let english = "The ministers said on Tuesday that both countries would work together more closely in the coming \
        years. The agreement was signed after three days of talks, and it will be published next week. ";
    with_german("english.txt", english).code(1).says(&["warning: de/english.txt", "English", "left out"]);
    let dir = Dir::with_samples();
    let french = "Les ministres ont annoncé mardi que les deux pays allaient travailler ensemble dans les prochaines \
        années. L'accord a été signé après trois jours de discussions et sera publié la semaine prochaine.";
    dir.create("vi/francais.txt", french);
    let ran = dir.run(&["align", "de", "vi"]).code(1).says(&["warning: vi/francais.txt", "French"]);
    assert_eq!(Table::parse(&ran.stdout).documents(), samples::gold_documents());
}

#[test]
fn bad_tables() {
    let dir = Dir::with_samples();
    dir.create("no-out.tsv", "de\tvi\na\tb\n");
    dir.create("short.tsv", "de\tvi\tout\na\tb\tc\nx\ty\n");
    dir.create("empty.tsv", "");
    dir.create("no-vi.tsv", "de_doc\tx\na\tb\n");
    let batch = |name: &str| dir.run(&["align", "--presegmented", "--batch", name]).code(1);
    batch("no-out.tsv").says(&["error: no-out.tsv: line 1", "'out'", "de<TAB>vi<TAB>out"]);
    batch("short.tsv").says(&["error: short.tsv: line 3", "'out'"]);
    batch("empty.tsv").says(&["error: empty.tsv: line 1", "'de'"]);
    batch("nirgends.tsv").says(&["error: nirgends.tsv", "no such file"]);
    let documents = |name: &str| dir.run(&["align", "de", "vi", "--documents", name]).code(1);
    documents("no-vi.tsv").says(&["error: no-vi.tsv: line 1", "'vi_doc'", "de_doc<TAB>vi_doc"]);
    documents("nirgends.tsv").says(&["error: nirgends.tsv", "no such file"]);
}
