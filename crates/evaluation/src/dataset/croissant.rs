//! croissant.json: metadata in the Croissant format 1.0 (`MLCommons`, 2024), JSON-LD over schema.org.

use serde_json::{Map, Value, json};

use super::DatasetError;
use super::files::WrittenFile;
use super::formats::{DatasetFormat, Rows};
use super::licenses;

/// The name of the file.
pub(crate) const NAME: &str = "croissant.json";

/// The metadata. `files` are those of the formats and the table of sources.
pub(crate) fn text(
    rows: &Rows,
    files: &[WrittenFile],
    formats: &[DatasetFormat],
    deferred: bool,
) -> Result<String, DatasetError> {
    let dataset = rows.dataset;
    let distribution: Vec<Value> = files.iter().map(file_object).collect();
    // Croissant cannot say that a table has no quoting; records are not described rather than misread.
    let record_sets: Vec<Value> = match table_ending(formats).filter(|ending| *ending != "tsv") {
        Some(ending) => (0..dataset.splits.len())
            .filter(|split| rows.count(*split) > 0)
            .map(|split| record_set(rows.name(split), ending, deferred))
            .collect(),
        None => Vec::new(),
    };
    let mut root = Map::new();
    root.insert("@context".to_owned(), context());
    let about = format!(
        "German-Vietnamese sentence pairs from news reports of the same events, aligned by satzpaar {}.{}",
        dataset.version,
        if deferred {
            " This form holds no text: where the texts stand in their reports, and their hashes."
        } else {
            ""
        }
    );
    for (key, value) in [
        ("@type", json!("sc:Dataset")),
        ("conformsTo", json!("http://mlcommons.org/croissant/1.0")),
        ("name", json!(dataset.name)),
        ("description", json!(about)),
        ("inLanguage", json!(["de", "vi"])),
        ("keywords", json!(["machine translation", "evaluation", "parallel corpus", "German", "Vietnamese"])),
        ("version", json!("1.0.0")),
        (
            "citeAs",
            json!(format!(
                "{}, German-Vietnamese sentence pairs, made by satzpaar {}",
                dataset.name, dataset.version
            )),
        ),
        ("distribution", json!(distribution)),
        ("recordSet", json!(record_sets)),
    ] {
        root.insert(key.to_owned(), value);
    }
    let licenses: Vec<&str> = licenses::count(rows).into_keys().flatten().collect();
    if !licenses.is_empty() {
        root.insert("license".to_owned(), json!(licenses));
    }
    let text =
        serde_json::to_string_pretty(&root).map_err(|error| DatasetError::write(NAME, error.into()))?;
    Ok(text + "\n")
}

/// The ending of the format that programs read records from, the surest first.
pub(crate) fn table_ending(formats: &[DatasetFormat]) -> Option<&'static str> {
    [DatasetFormat::Parquet, DatasetFormat::Jsonl, DatasetFormat::Tsv]
        .into_iter()
        .find(|format| formats.contains(format))
        .map(DatasetFormat::as_str)
}

/// A field of the tables.
#[derive(Clone, Copy)]
pub(crate) enum FieldType {
    Text,
    Integer,
    Float,
}

/// The fields of the tables, in their order.
pub(crate) fn fields(ending: &str, deferred: bool) -> Vec<(&'static str, FieldType, &'static str)> {
    use FieldType::{Float, Integer, Text};
    let mut fields = vec![
        ("de_doc", Text, "Id of the German report."),
        ("vi_doc", Text, "Id of the Vietnamese report."),
        ("doc_score", Float, "How sure it is that both reports tell the same event, 0 to 1."),
        ("de_start", Integer, "First byte of the German text in its report."),
        ("de_end", Integer, "The byte after it."),
        ("vi_start", Integer, "First byte of the Vietnamese text in its report."),
        ("vi_end", Integer, "The byte after it."),
        ("bead", Text, "How many German and Vietnamese sentences are grouped."),
        ("score", Float, "Estimated probability that both sides say the same, 0 to 1."),
        (
            "kind",
            Text,
            "parallel: one report translates the other; comparable: both tell the event in their own words.",
        ),
    ];
    if deferred {
        fields.extend([
            ("de_sha256", Text, "SHA-256 of the German text in UTF-8."),
            ("de_bytes", Integer, "Its length in bytes."),
            ("vi_sha256", Text, "SHA-256 of the Vietnamese text in UTF-8."),
            ("vi_bytes", Integer, "Its length in bytes."),
        ]);
    } else {
        fields.extend([("de_text", Text, "The German text."), ("vi_text", Text, "The Vietnamese text.")]);
    }
    fields.extend([
        ("id", Text, "Name of the pair: its event and its place in it."),
        ("event", Text, "Reports linked through any match, named by the first of the German ones."),
        ("split", Text, "The split."),
        ("contamination", Text, "What was found in other collections."),
    ]);
    if ending != "tsv" || deferred {
        let known = [
            ("de_url", Text, "Web address of the German report."),
            ("de_license", Text, "Its licence."),
            ("de_date", Text, "Its date."),
            ("de_title", Text, "Its headline."),
            ("vi_url", Text, "Web address of the Vietnamese report."),
            ("vi_license", Text, "Its licence."),
            ("vi_date", Text, "Its date."),
            ("vi_title", Text, "Its headline."),
        ];
        fields.extend(known.into_iter().filter(|(name, ..)| !deferred || !name.ends_with("title")));
    }
    fields
}

fn record_set(split: &str, ending: &str, deferred: bool) -> Value {
    let file = format!("{split}.{ending}");
    let fields: Vec<Value> = fields(ending, deferred)
        .into_iter()
        .map(|(name, kind, description)| {
            let kind = match kind {
                FieldType::Text => "sc:Text",
                FieldType::Integer => "sc:Integer",
                FieldType::Float => "sc:Float",
            };
            json!({
                "@type": "cr:Field",
                "@id": format!("{split}/{name}"),
                "name": name,
                "description": description,
                "dataType": kind,
                "source": { "fileObject": { "@id": file }, "extract": { "column": name } },
            })
        })
        .collect();
    json!({
        "@type": "cr:RecordSet",
        "@id": split,
        "name": split,
        "description": format!("The pairs of the split {split}."),
        "field": fields,
    })
}

fn file_object(file: &WrittenFile) -> Value {
    json!({
        "@type": "cr:FileObject",
        "@id": file.path,
        "name": file.path,
        "contentUrl": file.path,
        "contentSize": format!("{} B", file.bytes),
        "encodingFormat": media_type(&file.path),
        "sha256": file.sha256,
    })
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "tsv" => "text/tab-separated-values",
        "jsonl" => "application/jsonlines",
        "tmx" | "xml" => "application/xml",
        "parquet" => "application/x-parquet",
        _ => "text/plain",
    }
}

/// The context that the specification prescribes.
fn context() -> Value {
    let mut context = Map::new();
    for (key, value) in
        [("@language", "en"), ("@vocab", "https://schema.org/"), ("sc", "https://schema.org/")]
    {
        context.insert(key.to_owned(), json!(value));
    }
    context.insert("cr".to_owned(), json!("http://mlcommons.org/croissant/"));
    context.insert("rai".to_owned(), json!("http://mlcommons.org/croissant/RAI/"));
    context.insert("dct".to_owned(), json!("http://purl.org/dc/terms/"));
    context.insert("conformsTo".to_owned(), json!("dct:conformsTo"));
    for term in [
        "citeAs",
        "column",
        "equivalentProperty",
        "extract",
        "field",
        "fileProperty",
        "fileObject",
        "fileSet",
        "format",
        "includes",
        "isLiveDataset",
        "jsonPath",
        "key",
        "md5",
        "parentField",
        "path",
        "recordSet",
        "references",
        "regex",
        "repeated",
        "replace",
        "samplingRate",
        "separator",
        "source",
        "subField",
        "transform",
    ] {
        context.insert(term.to_owned(), json!(format!("cr:{term}")));
    }
    for (term, kind) in [("data", "@json"), ("examples", "@json"), ("dataType", "@vocab")] {
        context.insert(term.to_owned(), json!({ "@id": format!("cr:{term}"), "@type": kind }));
    }
    Value::Object(context)
}
