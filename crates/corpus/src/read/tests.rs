use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use satzpaar_language::Language::{self, German, Vietnamese};
use tempfile::TempDir;

use super::*;

const DE: &str = "Die Stadt hat am Montag eine neue Brücke für Fußgänger und Radfahrer freigegeben, die seit zwei Jahren \
    gebaut wurde und nach dem Plan der Regierung auch den Norden mit dem Süden verbindet.";
const VI: &str = "Thành phố hôm thứ Hai đã đưa vào sử dụng một cây cầu mới dành cho người đi bộ và đi xe đạp sau hai năm \
    xây dựng, nối liền hai bờ nam bắc theo kế hoạch của chính phủ.";

/// A folder with files.
struct Dir(TempDir);

impl Dir {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn with(self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn read(&self, language: Language) -> Reading {
        read_reports(&[self.0.path()], language, &ReadOptions::default(), |_, _| {}).unwrap()
    }
}

fn read(path: PathBuf, language: Language) -> Reading {
    read_reports(&[path], language, &ReadOptions::default(), |_, _| {}).unwrap()
}

fn ids(reading: &Reading) -> Vec<&str> {
    reading.reports.iter().map(|report| &*report.id).collect()
}

fn only(reading: &Reading) -> &Problem {
    assert_eq!(reading.problems.len(), 1, "{:?}", reading.problems);
    &reading.problems[0]
}

fn gzip(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes.as_ref()).unwrap();
    encoder.finish().unwrap()
}

fn zstd(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    ::zstd::encode_all(bytes.as_ref(), 3).unwrap()
}

#[test]
fn folders_files_and_patterns_give_the_same_ids() {
    let dir = Dir::new()
        .with("a/b.txt", DE)
        .with("a/c.txt.gz", gzip(format!("{DE} Ja.")))
        .with("d.TXT.zst", zstd(format!("{DE} Nein.")))
        .with("notes.md", "x")
        .with(".hidden.txt", DE);
    assert_eq!(ids(&dir.read(German)), ["a/b", "a/c", "d"]);
    assert_eq!(ids(&read(dir.path("**/*"), German)), ["a/b", "a/c", "d"]);
    assert_eq!(ids(&read(dir.path("a/*.txt*"), German)), ["b", "c"]);
    assert_eq!(ids(&read(dir.path("a/c.txt.gz"), German)), ["c"]);
    let twice = [dir.path("a"), dir.path("a/b.txt"), dir.path("a/*.txt")];
    let reading = read_reports(&twice, German, &ReadOptions::default(), |_, _| {}).unwrap();
    assert_eq!((ids(&reading), reading.problems.len()), (vec!["b", "c"], 0));
}

#[test]
fn the_order_of_inputs_does_not_matter() {
    let dir = Dir::new()
        .with("x/1.txt", DE)
        .with("y/1.txt", format!("{DE} Ja."))
        .with("y/2.jsonl", format!("{{\"id\":\"1\",\"text\":\"{DE} Nein.\"}}"));
    let options = ReadOptions::default();
    let one = read_reports(&[dir.path("x"), dir.path("y")], German, &options, |_, _| {}).unwrap();
    let other = read_reports(&[dir.path("y"), dir.path("x")], German, &options, |_, _| {}).unwrap();
    assert_eq!(one, other);
    assert_eq!(ids(&one), ["1", "1#2", "1#3"]);
}

#[test]
fn progress_counts_to_the_end() {
    let dir = Dir::new().with("a.txt", DE).with("b.txt", "");
    let most = AtomicUsize::new(0);
    let seen = |done: usize, all: usize| {
        assert_eq!(all, 2);
        most.fetch_max(done, Ordering::Relaxed);
    };
    read_reports(&[dir.path("")], German, &ReadOptions::default(), seen).unwrap();
    assert_eq!(most.into_inner(), 2);
}

#[test]
fn wrong_inputs_are_errors_with_a_remedy() {
    let dir = Dir::new().with("empty/readme.md", "x").with("a.pdf", "x");
    for (input, told) in [
        ("missing", "missing: no such file or folder"),
        ("empty", "the folder holds no report; files end in .txt"),
        ("*.txt", "no file matches this pattern"),
        ("a.pdf", "unknown ending; files end in .txt"),
        ("[", "not a valid pattern"),
    ] {
        let error = find_sources(&[dir.path(input)]).unwrap_err().to_string();
        assert!(error.contains(told), "{error}");
    }
}

#[test]
fn spans_are_offsets_into_a_utf8_file_even_behind_a_mark() {
    let dir = Dir::new().with("a.txt", format!("\u{FEFF}Startseite\r\n\r\n{DE}\r\nKommentar (0)"));
    let reading = dir.read(German);
    let bytes = fs::read(dir.path("a.txt")).unwrap();
    let report = &reading.reports[0];
    assert_eq!(report.text.as_bytes(), bytes);
    assert_eq!(report.blocks.len(), 1);
    assert_eq!(&bytes[report.blocks[0].range()], DE.as_bytes());
}

#[test]
fn zero_width_characters_and_soft_hyphens_stay_in_the_text() {
    let text = DE.replace("Brücke", "Brü\u{AD}cke\u{200B}").replace("ü", "u\u{308}");
    let dir = Dir::new().with("a.txt", &text);
    assert_eq!(dir.read(German).reports[0].text, text);
}

#[test]
fn old_encodings_are_found_out() {
    let utf16 = |little: bool, mark: bool, text: &str| {
        let units = mark.then_some(0xFEFF).into_iter().chain(text.encode_utf16());
        units
            .flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() })
            .collect::<Vec<u8>>()
    };
    let (german, _, lost) = encoding_rs::WINDOWS_1252.encode(DE);
    assert!(!lost);
    let decomposed: String = {
        // windows-1258 has the letters with a mark of their own, and the five tones as combining marks.
        use unicode_normalization::UnicodeNormalization;
        let tone = |c: &char| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
        VI.nfc()
            .flat_map(|c| {
                let parts: Vec<char> = std::iter::once(c).nfd().collect();
                let base: String = parts.iter().copied().filter(|c| !tone(c)).nfc().collect();
                let tones: String = parts.iter().filter(|c| tone(c)).collect();
                (base + &tones).chars().collect::<Vec<_>>()
            })
            .collect()
    };
    let (vietnamese, _, lost) = encoding_rs::WINDOWS_1258.encode(&decomposed);
    assert!(!lost);
    for (bytes, language, text, encoding) in [
        (german.into_owned(), German, DE, "windows-1252"),
        (vietnamese.into_owned(), Vietnamese, VI, "windows-1258"),
        (utf16(true, true, VI), Vietnamese, VI, "UTF-16LE"),
        (utf16(false, true, VI), Vietnamese, VI, "UTF-16BE"),
        (utf16(true, false, DE), German, DE, "UTF-16LE"),
        (utf16(false, false, DE), German, DE, "UTF-16BE"),
    ] {
        let dir = Dir::new().with("a.txt", bytes);
        let reading = dir.read(language);
        assert!(reading.problems.is_empty(), "{encoding}: {:?}", reading.problems);
        assert_eq!((&*reading.reports[0].text, reading.reports[0].metadata.encoding), (text, encoding));
    }
}

#[test]
fn invalid_utf8_is_read_and_named() {
    let mut bytes = DE.replace('ß', "ß ö ä").into_bytes();
    bytes.splice(10..10, [0xFF]);
    let dir = Dir::new().with("a.txt", bytes);
    let reading = dir.read(German);
    assert_eq!((only(&reading).kind, only(&reading).left_out), (ProblemKind::BrokenEncoding, false));
    assert!(reading.reports[0].text.contains('\u{FFFD}') && reading.reports[0].text.contains("Brücke"));
}

#[test]
fn a_last_character_cut_in_half_does_not_change_the_encoding() {
    let text = format!("{} geöffnet ü", DE.replace(['ü', 'ß', 'ä'], "e"));
    let dir = Dir::new().with("a.txt", &text.as_bytes()[..text.len() - 1]);
    let reading = dir.read(German);
    assert_eq!(only(&reading).kind, ProblemKind::BrokenEncoding);
    assert!(reading.reports[0].text.contains("geöffnet"));
}

#[test]
fn bad_files_are_named_and_the_others_read() {
    use ProblemKind::{Binary, BrokenCompression, Empty};
    let mut random = 12_345_u32;
    let garbage: Vec<u8> = (0..5000)
        .map(|_| {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (random >> 24) as u8 | 1
        })
        .collect();
    let whole = gzip(DE.repeat(50));
    let whole_zstd = zstd(DE.repeat(50));
    let dir = Dir::new()
        .with("a-good.txt", DE)
        .with("b-empty.txt", "")
        .with("c-blank.txt", " \r\n\u{FEFF}")
        .with("d-nul.txt", b"\x00\x01\x02abc\x00\x00\x05\x00xyz\x01\x02\x03\x04")
        .with("e-garbage.txt", garbage)
        .with("f-cut.txt.gz", &whole[..whole.len() / 2])
        .with("g-wrong.txt.gz", DE)
        .with("h-cut.txt.zst", &whole_zstd[..whole_zstd.len() / 2])
        .with("i-wrong.txt.zst", DE)
        .with("j-furniture.txt", "Kommentar (0)\nQuelle: https://example.org/a")
        .with("k-gzip-inside.txt", gzip(DE))
        .with("l-empty.jsonl", "")
        .with("m-cut.jsonl.gz", &gzip(format!("{{\"id\":\"m\",\"text\":\"{DE}\"}}\n").repeat(3))[..40])
        .with("n-good.txt", format!("{DE} Ja."));
    let reading = dir.read(German);
    assert_eq!(ids(&reading), ["a-good", "n-good"]);
    let kinds: Vec<(String, ProblemKind)> = reading
        .problems
        .iter()
        .map(|problem| (problem.source.rsplit(['/', '\\']).next().unwrap()[..1].to_owned(), problem.kind))
        .collect();
    let expected = [
        ("b", Empty),
        ("c", Empty),
        ("d", Binary),
        ("e", Binary),
        ("f", BrokenCompression),
        ("g", BrokenCompression),
        ("h", BrokenCompression),
        ("i", BrokenCompression),
        ("j", Empty),
        ("k", Binary),
        ("l", Empty),
        ("m", BrokenCompression),
    ];
    assert_eq!(kinds, expected.map(|(name, kind)| (name.to_owned(), kind)), "{:#?}", reading.problems);
    assert!(
        reading
            .problems
            .iter()
            .all(|problem| problem.left_out && problem.to_string().contains(&problem.source))
    );
    assert!(reading.problems.iter().any(|problem| problem.message.contains("looks like gzip")));
}

#[test]
fn a_compression_bomb_is_stopped() {
    let bomb = gzip(vec![b'a'; 3 << 20]);
    let record = format!("{{\"id\":\"x\",\"text\":\"{DE}\"}}\n");
    let dir = Dir::new()
        .with("a.txt.gz", &bomb)
        .with("b.jsonl.gz", &bomb)
        .with("c.jsonl.zst", zstd(record.repeat(20_000)));
    let options =
        ReadOptions { max_report_bytes: 1 << 20, max_records_bytes: 2 << 20, ..ReadOptions::default() };
    let sources = find_sources(&[dir.path("")]).unwrap();
    for source in &sources {
        let reading = read_source(source, German, &options);
        let problem = reading.problems.iter().find(|problem| problem.kind == ProblemKind::TooLarge);
        assert!(
            problem.is_some_and(|problem| problem.message.contains("compression bomb")),
            "{:?}",
            reading.problems
        );
    }
}

#[test]
fn records_that_are_wrong_are_named_by_line_and_the_others_read() {
    let dir = Dir::new().with(
        "a.jsonl",
        format!(
            "\u{FEFF}{{\"id\":\"one\",\"text\":\"{DE}\",\"lang\":\"de-AT\",\"date\":\"2024-05-03\",\"url\":\"https://example.org\",\"title\":\"Brücke\",\"more\":[1]}}\r\n\
             {{\"id\":\"two\",\"text\":\"{DE}\n\
             \n\
             {{\"id\":3,\"text\":\"{DE} Drei.\"}}\n\
             {{\"id\":[\"four\"],\"text\":\"{DE}\"}}\n\
             {{\"id\":\"five\",\"text\":5}}\n\
             {{\"id\":\"six\"}}\n\
             [\"seven\"]\n\
             {{\"id\":\"eight\",\"text\":\"{DE} Acht.\",\"title\":{{}}}}\n\
             {{\"id\":\"nine\",\"text\":\"{VI}\",\"lang\":\"vi\"}}\n\
             {{\"id\":\"ten\",\"text\":\"\"}}\n\
             {{\"text\":\"{DE} Elf.\"}}"
        ),
    );
    let reading = dir.read(German);
    assert_eq!(ids(&reading), ["3", "a#12", "eight", "one"]);
    let one = &reading.reports[3];
    assert_eq!(
        (one.metadata.date.as_deref(), one.metadata.title.as_deref()),
        (Some("2024-05-03"), Some("Brücke"))
    );
    assert_eq!(one.metadata.line, Some(1));
    let told: Vec<(u64, &str)> = reading.problems.iter().map(|p| (p.line.unwrap(), &*p.message)).collect();
    let expected = [
        (2, "cut off"),
        (5, "'id' has to be a string or a number, but is an array"),
        (6, "'text' has to be a string, but is a number"),
        (7, "no field 'text'"),
        (8, "not a JSON object"),
        (9, "passed over: title"),
        (10, "declares the language 'vi'"),
        (11, "holds no text"),
    ];
    assert_eq!(told.len(), expected.len(), "{told:?}");
    for ((line, message), (expected_line, part)) in told.iter().zip(expected) {
        assert!(*line == expected_line && message.contains(part), "{line}: {message}");
    }
    assert!(reading.problems[0].to_string().contains("a.jsonl:2: "));
}

#[test]
fn a_flood_of_bad_records_is_counted() {
    let dir = Dir::new().with("a.jsonl", "{\n".repeat(5000));
    let reading = dir.read(German);
    assert_eq!(reading.problems.len(), TOLD + 1);
    assert!(reading.problems.iter().any(|problem| problem.message.starts_with("and 4980 further lines")));
}

#[test]
fn records_in_utf16_are_read() {
    let text = format!("{{\"id\":\"a\",\"text\":\"{VI}\"}}\n");
    let bytes: Vec<u8> = [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(ids(&Dir::new().with("a.jsonl", bytes).read(Vietnamese)), ["a"]);
}

#[test]
fn duplicates_are_named() {
    let dir = Dir::new().with("a.htm.txt", DE).with("b.jsonl", format!("{{\"id\":\"x\",\"text\":\"{DE}\"}}\n{{\"id\":\"x\",\"text\":\"{DE}\"}}\n{{\"id\":\"x\",\"text\":\"{DE} Ja.\"}}\n{{\"id\":\"x#2\",\"text\":\"{DE} Nein.\"}}\n"));
    let reading = dir.read(German);
    assert_eq!(ids(&reading), ["a.htm", "x", "x#2", "x#3"]);
    let told: Vec<(Option<u64>, bool)> = reading.problems.iter().map(|p| (p.line, p.left_out)).collect();
    assert_eq!(told, [(Some(2), true), (Some(3), false)]);
    assert!(reading.problems.iter().all(|problem| problem.kind == ProblemKind::DuplicateId));
}

#[test]
fn a_report_in_another_language_is_named_and_left_out() {
    let english = "The minister said on Monday that the new bridge over the river will be open to all traffic by the end \
        of the year, and that more of them are to be built in the north of the country.";
    let dir = Dir::new()
        .with("a.txt", DE)
        .with("b.txt", VI)
        .with("c.txt", english)
        .with("d.txt", format!("{english}\nKommentar (0)\n{DE} {DE}"));
    let reading = dir.read(German);
    assert_eq!(ids(&reading), ["a", "d"]);
    let kinds: Vec<ProblemKind> = reading.problems.iter().map(|problem| problem.kind).collect();
    assert_eq!(
        kinds,
        [
            ProblemKind::WrongLanguage(Seeming::Known(Vietnamese)),
            ProblemKind::WrongLanguage(Seeming::Other("English"))
        ]
    );
    assert!(reading.problems[1].message.contains("seems to be English, but German is read here"));
    let options = ReadOptions { check_language: false, ..ReadOptions::default() };
    assert_eq!(read_reports(&[dir.path("")], German, &options, |_, _| {}).unwrap().reports.len(), 4);
}

#[test]
fn a_large_file_of_one_line_is_read_fast() {
    let text = DE.replace('.', "").repeat((20 << 20) / DE.len() + 1);
    let dir = Dir::new().with("a.txt", &text);
    let start = std::time::Instant::now();
    let reading = dir.read(German);
    assert_eq!(reading.reports[0].blocks, [Span::new(0, text.len())]);
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_not_utf8_is_read() {
    use std::os::unix::ffi::OsStrExt;
    let dir = Dir::new().with("b.txt", format!("{DE} Ja."));
    fs::write(dir.0.path().join(OsStr::from_bytes(b"a\xFF.txt")), DE).unwrap();
    let reading = dir.read(German);
    assert_eq!((ids(&reading), reading.problems.len()), (vec!["a\u{FFFD}", "b"], 0));
}

#[cfg(unix)]
#[test]
fn a_loop_of_links_ends_and_links_are_followed() {
    let dir = Dir::new().with("a/x.txt", DE).with("other.d/y.txt", format!("{DE} Ja."));
    std::os::unix::fs::symlink(dir.path(""), dir.path("a/loop")).unwrap();
    std::os::unix::fs::symlink(dir.path("other.d/y.txt"), dir.path("a/z.txt")).unwrap();
    std::os::unix::fs::symlink(dir.path("nowhere.txt"), dir.path("a/broken.txt")).unwrap();
    let reading = read(dir.path("a"), German);
    assert_eq!(ids(&reading), ["x", "z"]);
    assert!(reading.problems.iter().any(|problem| problem.source.ends_with("broken.txt")));
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_read_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let dir = Dir::new().with("a.txt", DE).with("locked/b.txt", DE);
    fs::set_permissions(dir.path("locked"), fs::Permissions::from_mode(0o000)).unwrap();
    // The superuser may read everything.
    if fs::read_dir(dir.path("locked")).is_err() {
        let reading = dir.read(German);
        assert_eq!(ids(&reading), ["a"]);
        let problem = only(&reading);
        assert_eq!(problem.kind, ProblemKind::Unreadable);
        assert!(
            problem.to_string().contains("locked: cannot be read") && problem.message.contains("permissions")
        );
        let error = find_sources(&[dir.path("locked")]).unwrap_err().to_string();
        assert!(error.contains("locked: cannot be read"), "{error}");
    }
    fs::set_permissions(dir.path("locked"), fs::Permissions::from_mode(0o755)).unwrap();
}

#[cfg(feature = "html")]
#[test]
fn pages_give_their_main_text() {
    let page = |charset: &str| {
        format!(
            "<!DOCTYPE html><html lang=\"de\"><head><meta charset=\"{charset}\"><title>Neue Brücke</title>\
             <meta property=\"article:published_time\" content=\"2024-05-03\"></head><body>\
             <nav><ul><li><a href=\"/\">Startseite</a></li><li><a href=\"/p\">Politik</a></li></ul></nav>\
             <article><h1>Neue Brücke</h1><p>{DE}</p><p>{DE} Ja.</p><p>{DE} (Foto: VNA)</p></article>\
             <footer>Impressum</footer></body></html>"
        )
    };
    let latin = page("iso-8859-1");
    let (latin, ..) = encoding_rs::WINDOWS_1252.encode(&latin);
    let dir = Dir::new()
        .with("a.html", page("utf-8"))
        .with("b.htm.gz", gzip(latin))
        .with("c.html", "<p>Kurz.</p>")
        .with("d.html", "");
    let reading = dir.read(German);
    assert_eq!(ids(&reading), ["a", "b", "c"], "{:?}", reading.problems);
    for report in &reading.reports[..2] {
        let kept: Vec<&str> = report.blocks.iter().map(|block| block.of(&report.text)).collect();
        let kept = kept.join("\n");
        assert!(
            kept.contains(DE)
                && !kept.contains("Impressum")
                && !kept.contains("Foto")
                && !kept.contains("Startseite"),
            "{kept}"
        );
        // Paragraphs do not run into each other.
        assert!(report.text.contains(&format!("{DE}\n")), "{}", report.text);
        assert_eq!(report.metadata.title.as_deref(), Some("Neue Brücke"));
        assert_eq!(report.metadata.date.as_deref(), Some("2024-05-03"));
    }
    assert_eq!(only(&reading).kind, ProblemKind::Empty);
}

#[cfg(feature = "html")]
#[test]
fn a_page_nested_without_end_does_not_bring_the_program_down() {
    let nested = |depth: usize| format!("{}{DE}", "<div>".repeat(depth));
    let dir = Dir::new().with("a.html", nested(3000)).with("b.html", nested(200_000));
    let start = std::time::Instant::now();
    let reading = dir.read(German);
    assert_eq!((ids(&reading), only(&reading).kind), (vec!["a"], ProblemKind::Empty));
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}
