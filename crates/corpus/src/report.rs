//! What reading gives: reports, and problems named one by one.

use std::fmt;

use satzpaar_language::{Language, Span};

use crate::identify::Seeming;

/// A report (a document) in one of the two languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The path below the given folder without its ending, with `/` between folders; or the record's own id.
    pub id: String,
    /// Its language.
    pub language: Language,
    /// The decoded text as it stood in the source, byte-order mark included: spans point into it. For a UTF-8 .txt file
    /// these are the file's own bytes.
    pub text: String,
    /// What is left of `text` after page furniture is stripped, in order, without overlap.
    pub blocks: Vec<Span>,
    /// What the source says about it.
    pub metadata: Metadata,
}

/// What a source says about a report beside its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// Date of publication, as written.
    pub date: Option<String>,
    /// Web address.
    pub url: Option<String>,
    /// Headline, if the source gives it apart from the text.
    pub title: Option<String>,
    /// Licence, as written.
    pub license: Option<String>,
    /// The file that it came from, as given on the command line or found below a given folder.
    pub source: String,
    /// The line of that file, from 1, for JSON lines.
    pub line: Option<u64>,
    /// The encoding that the file was in, by its WHATWG name.
    pub encoding: &'static str,
}

/// How to read.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// Strip page furniture; without it the whole text is one block. On by default.
    pub strip_furniture: bool,
    /// Leave out reports that are clearly in another language. On by default.
    pub check_language: bool,
    /// The most bytes that one report may have when decompressed (a guard against compression bombs). 256 MiB by default.
    pub max_report_bytes: u64,
    /// The most bytes that one compressed file of JSON lines may have when decompressed. 16 GiB by default.
    pub max_records_bytes: u64,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            strip_furniture: true,
            check_language: true,
            max_report_bytes: 256 << 20,
            max_records_bytes: 16 << 30,
        }
    }
}

/// What reading gave: reports sorted as read, and what went wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The reports.
    pub reports: Vec<Report>,
    /// What could not be read, or not as it stood.
    pub problems: Vec<Problem>,
}

/// One thing that went wrong in reading; its `Display` names the file, the line and the remedy in one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file, as given or found.
    pub source: String,
    /// The line, from 1, where there is one.
    pub line: Option<u64>,
    /// What kind of thing it is.
    pub kind: ProblemKind,
    /// What is wrong, and the remedy.
    pub message: String,
    /// Whether something was left out for it; if not, the report was read all the same.
    pub left_out: bool,
}

/// The kinds of problems.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ProblemKind {
    /// The system refused to read the file or folder.
    Unreadable,
    /// No text in it, or nothing but page furniture.
    Empty,
    /// Not text.
    Binary,
    /// A broken or cut-off compressed file.
    BrokenCompression,
    /// Larger than the guard allows.
    TooLarge,
    /// Bytes that the encoding does not have; read with U+FFFD in their place.
    BrokenEncoding,
    /// A record that is not JSON, or has the wrong fields.
    BadRecord,
    /// In another language than expected, by what the source declares or by what the text seems to be.
    WrongLanguage(Seeming),
    /// An id that another report has already.
    DuplicateId,
    /// A format that this build cannot read.
    Unsupported,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.source, self.message),
            None => write!(f, "{}: {}", self.source, self.message),
        }
    }
}
