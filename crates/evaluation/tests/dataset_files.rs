//! The files of a dataset hold what the dataset holds, in every format, and come back.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use quick_xml::events::Event;
use satzpaar_corpus::{Language, Metadata, Report, Span, read_pairs};
use satzpaar_evaluation::dataset::{
    AUDIT_MARKS, Dataset, DatasetFormat, FileOptions, Manifest, WrittenFile, clean, rehydrate,
    update_manifest, write_files,
};
use tempfile::TempDir;

#[allow(unreachable_pub, reason = "shared with the example")]
mod hostile;

fn written(dataset: &Dataset, options: &FileOptions) -> (TempDir, Vec<WrittenFile>) {
    let folder = tempfile::tempdir().unwrap();
    let files = write_files(dataset, folder.path(), options).unwrap();
    (folder, files)
}

fn read(folder: &TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Names and contents of all files below a folder.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut contents = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            let below = self::contents(&path).into_iter();
            contents.extend(below.map(|(file, content)| (format!("{name}/{file}"), content)));
        } else {
            contents.insert(name, fs::read(&path).unwrap());
        }
    }
    contents
}

/// The texts of a split as they should be written.
fn texts(dataset: &Dataset, split: usize) -> Vec<(String, String)> {
    let items = dataset.items.iter().filter(|item| item.split == split);
    items
        .map(|item| (clean(&item.pair.de_text).into_owned(), clean(&item.pair.vi_text).into_owned()))
        .collect()
}

/// The texts of the elements `name` of an XML file.
fn xml_texts(xml: &str, name: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut texts, mut inside): (Vec<String>, bool) = (vec![], false);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) if tag.name().as_ref() == name => {
                texts.push(String::new());
                inside = true;
            }
            Event::End(tag) if tag.name().as_ref() == name => inside = false,
            Event::Text(text) if inside => texts.last_mut().unwrap().push_str(&text),
            Event::GeneralRef(entity) if inside => {
                let text = quick_xml::escape::resolve_xml_entity(&entity).unwrap();
                texts.last_mut().unwrap().push_str(text);
            }
            Event::Eof => return texts,
            _ => {}
        }
    }
}

#[test]
fn every_format_has_every_text() {
    let dataset = hostile::dataset(60);
    let (folder, _) = written(&dataset, &FileOptions::default());
    for (i, split) in dataset.splits.iter().enumerate() {
        let wanted = texts(&dataset, i);
        let (de, vi): (Vec<String>, Vec<String>) = wanted.iter().cloned().unzip();
        for (side, texts) in [("de", &de), ("vi", &vi)] {
            let text = read(&folder, &format!("{split}.{side}"));
            assert!(text.lines().eq(texts.iter()), "{side}");
            assert_eq!(text.matches('\n').count(), texts.len());
            assert_eq!(xml_texts(&read(&folder, &format!("xces/{split}.{side}.xml")), "s"), *texts);
        }
        let pairs = read_pairs(read(&folder, &format!("{split}.tsv")).as_bytes(), "tsv").unwrap();
        assert!(
            pairs
                .iter()
                .map(|pair| (&pair.de_text, &pair.vi_text))
                .eq(wanted.iter().map(|(de, vi)| (de, vi)))
        );
        for (line, (de, vi)) in read(&folder, &format!("{split}.jsonl")).lines().zip(&wanted) {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            assert_eq!(
                (&row["de_text"], &row["vi_text"], &row["split"]),
                (&de[..].into(), &vi[..].into(), &split[..].into())
            );
        }
        let segments = xml_texts(&read(&folder, &format!("{split}.tmx")), "seg");
        assert!(segments.iter().eq(wanted.iter().flat_map(|(de, vi)| [de, vi])));
        // A document's source stands before its reference, in the order of the dataset.
        let documents = read(&folder, &format!("{split}.docids"));
        let (wmt, mut at, mut segment) =
            (xml_texts(&read(&folder, &format!("{split}.wmt.xml")), "seg"), 0, 0);
        for document in documents.lines().collect::<Vec<_>>().chunk_by(|a, b| a == b) {
            let n = document.len();
            assert_eq!(wmt[segment..segment + n], de[at..at + n]);
            assert_eq!(wmt[segment + n..segment + 2 * n], vi[at..at + n]);
            (at, segment) = (at + n, segment + 2 * n);
        }
        assert_eq!(segment, wmt.len());
    }
}

#[test]
fn rows_name_their_pair_event_split_and_sources() {
    let dataset = hostile::dataset(12);
    let (folder, _) = written(&dataset, &FileOptions::default());
    let text = read(&folder, "test.tsv");
    let mut lines = text.lines();
    assert!(lines.next().unwrap().ends_with("\tde_text\tvi_text\tid\tevent\tsplit\tcontamination"));
    assert!(lines.next().unwrap().ends_with("\tzeitung/0000001 & co#1\tzeitung/0000001 & co\ttest\t"));
    let text = read(&folder, "dev.jsonl");
    let rows: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rows[5]["contamination"], "flores.de: 0.25");
    assert_eq!(rows[0]["contamination"], serde_json::Value::Null);
    assert_eq!(rows[0]["de_url"], "https://de.example/?a=1&b=7");
    assert_eq!(rows[0]["vi_title"], "Ein \"Titel\" & <mehr> auf zwei Zeilen");
    assert!(read(&folder, "dev.tmx").contains(r#"<prop type="x-contamination">flores.de: 0.25</prop>"#));
    let sources = read(&folder, "sources.tsv");
    assert_eq!(sources.lines().next(), Some("doc\tlanguage\turl\tlicense\tdate\ttitle\tpairs"));
    assert!(sources.contains("zeitung/0000000 & co\tde\thttps://de.example/?a=1&b=7\tCC BY 4.0\t2024-02-29\tEin \"Titel\" & <mehr> auf zwei Zeilen\t7\n"), "{sources}");
}

#[test]
fn paragraphs_end_where_something_was_left_out() {
    let mut dataset = hostile::dataset(5);
    for (item, (de, vi)) in dataset.items.iter_mut().zip([(0, 0), (11, 12), (24, 22), (40, 32), (51, 90)]) {
        (item.pair.de, item.pair.vi) = (Span::new(de, de + 10), Span::new(vi, vi + 10));
        item.pair.vi_doc = "x".to_owned();
    }
    let (folder, _) = written(&dataset, &FileOptions { formats: vec![DatasetFormat::Wmt], deferred: false });
    let text = read(&folder, "dev.wmt.xml");
    let source = text.split("</src>").next().unwrap();
    let paragraphs: Vec<usize> = source.split("<p>").skip(1).map(|p| p.matches("<seg ").count()).collect();
    assert_eq!(paragraphs, [2, 1, 1, 1]);
}

#[test]
fn the_manifest_and_the_croissant_know_every_file() {
    let (folder, files) = written(&hostile::dataset(60), &FileOptions::default());
    let contents = contents(folder.path());
    assert!(files.iter().map(|file| &file.path).eq(contents.keys()));
    for file in &files {
        assert_eq!(file.bytes, contents[&file.path].len() as u64, "{}", file.path);
    }
    let manifest = Manifest::read(folder.path()).unwrap();
    assert!(manifest.files.iter().eq(files.iter().filter(|file| file.path != "MANIFEST.json")));
    assert_eq!(manifest.splits.iter().map(|split| split.pairs).sum::<u64>(), 60);
    assert_eq!(manifest.score_distribution.bins.iter().sum::<u64>(), 60);
    assert_eq!(manifest.sources.len(), 27);
    let croissant: serde_json::Value = serde_json::from_str(&read(&folder, "croissant.json")).unwrap();
    for object in croissant["distribution"].as_array().unwrap() {
        let file = files.iter().find(|file| object["contentUrl"] == *file.path).unwrap();
        assert_eq!(object["sha256"], *file.sha256);
    }
    // Where it was made and when is in no file.
    let place = folder.path().file_name().unwrap().to_str().unwrap();
    for (name, content) in contents.iter().filter(|(name, _)| !name.ends_with(".parquet")) {
        assert!(!String::from_utf8_lossy(content).contains(place), "{name}");
    }
}

#[test]
fn a_changed_card_is_entered_into_the_manifest() {
    let (folder, _) = written(&hostile::dataset(9), &FileOptions::default());
    let card = read(&folder, "README.md");
    let place = card.find(AUDIT_MARKS.0).unwrap() + AUDIT_MARKS.0.len();
    assert!(card[place..].trim_start().starts_with(AUDIT_MARKS.1));
    let audited = format!("{}\n97 of 100{}", &card[..place], &card[place..]);
    fs::write(folder.path().join("README.md"), &audited).unwrap();
    fs::write(folder.path().join("accepted.tsv"), "x\n").unwrap();
    let before = Manifest::read(folder.path()).unwrap();
    update_manifest(folder.path(), &["README.md", "accepted.tsv"]).unwrap();
    let after = Manifest::read(folder.path()).unwrap();
    assert_eq!(after.files.len(), before.files.len() + 1);
    let changed: Vec<&str> = after
        .files
        .iter()
        .filter(|file| !before.files.contains(file))
        .map(|file| file.path.as_str())
        .collect();
    assert_eq!(changed, ["README.md", "accepted.tsv"]);
    let card = after.files.iter().find(|file| file.path == "README.md").unwrap();
    assert_eq!(card.bytes, audited.len() as u64);
}

#[test]
fn any_number_of_threads_writes_the_same_bytes() {
    let dataset = hostile::dataset(500);
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let (folder, _) = pool.install(|| written(&dataset, &FileOptions::default()));
        contents(folder.path())
    };
    assert_eq!(with(1), with(4));
}

#[test]
fn the_files_of_moses_are_written_once() {
    let dataset = hostile::dataset(9);
    let formats = vec![DatasetFormat::Moses, DatasetFormat::Plain, DatasetFormat::Plain];
    let (folder, _) = written(&dataset, &FileOptions { formats, deferred: false });
    let names: Vec<String> =
        contents(folder.path()).into_keys().filter(|name| name.starts_with("dev")).collect();
    assert_eq!(names, ["dev.de", "dev.docids", "dev.vi"]);
    let (folder, _) =
        written(&dataset, &FileOptions { formats: vec![DatasetFormat::Moses], deferred: false });
    assert!(!folder.path().join("dev.docids").exists());
    assert_eq!(read(&folder, "dev.de").lines().count(), 7);
}

#[test]
fn an_empty_split_and_an_empty_dataset_are_written() {
    let mut dataset = hostile::dataset(7);
    dataset.splits.push("extra".to_owned());
    let (folder, _) = written(&dataset, &FileOptions::default());
    assert_eq!(read(&folder, "extra.de"), "");
    assert!(!read(&folder, "README.md").contains("split: extra"));
    dataset.items.clear();
    dataset.estimated_precision = None;
    let (folder, _) = written(&dataset, &FileOptions::default());
    assert!(!read(&folder, "README.md").contains("configs:"));
}

/// Reports in which the texts of a dataset stand, a sentence and furniture between those that are grouped. Spans are set.
fn reports(dataset: &mut Dataset) -> Vec<Report> {
    let mut texts: BTreeMap<(Language, String), String> = BTreeMap::new();
    for item in &mut dataset.items {
        let pair = &mut item.pair;
        let two = pair.bead.0 == 2;
        let de = texts.entry((Language::German, pair.de_doc.clone())).or_default();
        de.push_str("Vorher. ");
        let start = de.len();
        match pair.de_text.rsplit_once(' ').filter(|(one, _)| two && !one.ends_with(char::is_whitespace)) {
            Some((one, other)) => de.extend([one, "\n\n[Anzeige]  ", other]),
            None => de.push_str(&pair.de_text),
        }
        pair.de = Span::new(start, de.len());
        let vi = texts.entry((Language::Vietnamese, pair.vi_doc.clone())).or_default();
        vi.push_str("Trước. ");
        pair.vi = Span::new(vi.len(), vi.len() + pair.vi_text.len());
        vi.push_str(&pair.vi_text);
    }
    let sources = &dataset.sources;
    let report = |((language, id), text): ((Language, String), String)| {
        let title = sources.get(&(language, id.clone())).and_then(|source| source.title.clone());
        Report { id, language, text, blocks: vec![], metadata: Metadata { title, ..Metadata::default() } }
    };
    texts.into_iter().map(report).collect()
}

#[test]
fn a_deferred_dataset_holds_no_text_and_gets_it_back() {
    let mut dataset = hostile::dataset(60);
    let reports = reports(&mut dataset);
    let (whole, _) = written(&dataset, &FileOptions::default());
    for formats in [FileOptions::default().formats, vec![DatasetFormat::Tsv]] {
        let (deferred, files) = written(&dataset, &FileOptions { formats, deferred: true });
        assert!(files.iter().any(|file| file.path == "dev.tsv"));
        assert!(!files.iter().any(|file| ["dev.de", "dev.tmx"].contains(&&*file.path)));
        for (name, content) in contents(deferred.path()) {
            let content = String::from_utf8(content).unwrap();
            for text in ["Vào!", "gewinnt.", "lacht", "Titel"] {
                assert!(!content.contains(text), "{name}: {text}");
            }
        }
        let restored = rehydrate(deferred.path(), &reports).unwrap();
        assert_eq!(restored.missing, []);
        let (again, _) = written(&restored.dataset, &FileOptions::default());
        assert_eq!(contents(again.path()), contents(whole.path()));
    }
}

#[test]
fn what_cannot_be_restored_is_named() {
    let mut dataset = hostile::dataset(14);
    let mut reports = reports(&mut dataset);
    let (folder, _) = written(&dataset, &FileOptions { deferred: true, ..FileOptions::default() });
    let (gone, changed) = ("zeitung/0000000 & co", "báo/0000001\"");
    reports.retain(|report| report.id != gone);
    let report = reports.iter_mut().find(|report| report.id == changed).unwrap();
    report.text = report.text.replace("Cô", "Chị");
    let restored = rehydrate(folder.path(), &reports).unwrap();
    let docs: Vec<(&str, bool)> = restored.missing.iter().map(|m| (&*m.doc, m.report_found)).collect();
    assert_eq!(docs[..7], [(gone, false); 7]);
    assert!(docs.len() > 7 && docs[7..].iter().all(|doc| *doc == (changed, true)), "{docs:?}");
    let kept = 14 - docs.len();
    assert_eq!(restored.dataset.items.len(), kept);
    assert_eq!(restored.dataset.funnel.last().unwrap().kept, kept as u64);
}

#[test]
fn wrong_use_is_told() {
    let told = |dataset: &Dataset, options: &FileOptions| {
        let folder = tempfile::tempdir().unwrap();
        write_files(dataset, folder.path(), options).unwrap_err().to_string()
    };
    let dataset = hostile::dataset(9);
    if !cfg!(feature = "parquet") {
        let options = FileOptions { formats: vec![DatasetFormat::Parquet], deferred: false };
        assert_eq!(
            told(&dataset, &options),
            "this build has no parquet; build it with `--features parquet`, or leave parquet out of the formats"
        );
    }
    let options = FileOptions { formats: vec![DatasetFormat::Plain, DatasetFormat::Xces], deferred: true };
    assert!(told(&dataset, &options).contains("one of the formats tsv and jsonl"));
    for (name, wanted) in
        [("a/b", "letters, digits and _"), ("", "letters"), ("Dev", "twice"), ("Sources", "has this name")]
    {
        let mut dataset = dataset.clone();
        name.clone_into(&mut dataset.splits[1]);
        assert!(told(&dataset, &FileOptions::default()).contains(wanted), "{name}");
    }
    let (folder, _) = written(&dataset, &FileOptions::default());
    let error = rehydrate(folder.path(), &[]).unwrap_err().to_string();
    assert!(error.contains("has its texts"), "{error}");
    let error = write_files(&dataset, folder.path(), &FileOptions::default()).unwrap_err().to_string();
    assert!(error.contains("cannot be written"), "{error}");
    fs::write(folder.path().join("MANIFEST.json"), "{\n}").unwrap();
    let error = rehydrate(folder.path(), &[]).unwrap_err().to_string();
    assert!(error.contains("MANIFEST.json:2: no manifest of satzpaar"), "{error}");
}

#[test]
fn a_broken_deferred_table_is_told_with_its_line() {
    let (folder, _) =
        written(&hostile::dataset(9), &FileOptions { formats: vec![DatasetFormat::Tsv], deferred: true });
    let path = folder.path().join("dev.tsv");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, &text[..text.len() - 150]).unwrap();
    let error = rehydrate(folder.path(), &[]).unwrap_err().to_string();
    assert!(error.contains("dev.tsv:8: no row of a deferred dataset"), "{error}");
}

#[test]
fn format_names_are_read_back() {
    for format in DatasetFormat::ALL {
        assert_eq!(format.to_string().parse(), Ok(format));
    }
    assert!("csv".parse::<DatasetFormat>().unwrap_err().contains("plain, tsv, jsonl"));
}
