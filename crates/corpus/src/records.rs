//! JSON lines: a report a line.

use satzpaar_language::Language;
use serde::Deserialize;
use serde_json::Value;

use crate::identify::Seeming;
use crate::report::{Metadata, ProblemKind};
use crate::source::clean_id;

/// A line as it stands; every field is looked at by itself, so that a message can name the one that is wrong.
#[derive(Deserialize)]
struct Fields {
    id: Option<Value>,
    text: Option<Value>,
    #[serde(alias = "language")]
    lang: Option<Value>,
    date: Option<Value>,
    url: Option<Value>,
    title: Option<Value>,
    #[serde(alias = "licence")]
    license: Option<Value>,
}

/// A record that can be used.
#[derive(Debug)]
pub(crate) struct Record {
    pub(crate) id: Option<String>,
    pub(crate) text: String,
    pub(crate) metadata: Metadata,
    /// Fields beside id and text that are neither string nor number, and were passed over.
    pub(crate) passed_over: Vec<&'static str>,
}

/// Reads one line.
///
/// # Errors
/// The kind of problem and what to say of it: no JSON object, no text, a wrong type, another language declared.
pub(crate) fn parse(line: &str, expected: Language) -> Result<Record, (ProblemKind, String)> {
    let bad = |message: String| (ProblemKind::BadRecord, message);
    let fields: Fields = serde_json::from_str(line).map_err(|error| bad(describe(&error, line)))?;
    let text = match fields.text {
        Some(Value::String(text)) => text,
        None => return Err(bad("the record has no field 'text'".to_owned())),
        Some(other) => return Err(bad(format!("'text' has to be a string, but is {}", type_of(&other)))),
    };
    let id = match fields.id {
        None | Some(Value::Null) => None,
        Some(Value::String(id)) => Some(clean_id(&id)).filter(|id| !id.trim().is_empty()),
        Some(Value::Number(id)) => Some(id.to_string()),
        Some(other) => {
            return Err(bad(format!("'id' has to be a string or a number, but is {}", type_of(&other))));
        }
    };
    if let Some(Value::String(code)) = &fields.lang
        && code.parse::<Language>() != Ok(expected)
    {
        let seeming = code.parse().map_or(Seeming::Unknown, Seeming::Known);
        let message =
            format!("declares the language '{code}', but {} is read here; left out", expected.name());
        return Err((ProblemKind::WrongLanguage(seeming), message));
    }
    let mut passed_over = Vec::new();
    let mut plain = |name: &'static str, value: Option<Value>| match value {
        None | Some(Value::Null) => None,
        Some(Value::String(value)) => Some(value),
        Some(Value::Number(value)) => Some(value.to_string()),
        Some(_) => {
            passed_over.push(name);
            None
        }
    };
    let metadata = Metadata {
        date: plain("date", fields.date),
        url: plain("url", fields.url),
        title: plain("title", fields.title),
        license: plain("license", fields.license),
        ..Metadata::default()
    };
    if !matches!(fields.lang, None | Some(Value::Null | Value::String(_))) {
        passed_over.push("lang");
    }
    Ok(Record { id, text, metadata, passed_over })
}

fn describe(error: &serde_json::Error, line: &str) -> String {
    if error.is_eof() {
        return "the JSON record is cut off; write each record whole on one line".to_owned();
    }
    if !line.trim_start().starts_with('{') {
        return "not a JSON object; each line has to be a record like {\"id\": \"a\", \"text\": \"…\"}"
            .to_owned();
    }
    // serde_json counts lines within this one line; only the column says something.
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    format!("not a JSON record ({message} at column {}); write it again, or leave it out", error.column())
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
