//! Pairs, reports and figures as one web page that needs nothing beside itself: no network, no other file.
//!
//! The data stand in the page as JSON ([`PageData`]); a script builds what is in view. A policy in the page
//! (Content Security Policy Level 3) allows that one script and style by their hashes, and no request at all: whatever crawled text holds
//! stays text.

mod data;
mod utf16;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest as _, Sha256};

use satzpaar_corpus::Report;

use crate::dataset::FunnelStep;
use crate::dataset::rows::PairRow;

pub use data::{Mismatch, PageData, ReportPair, ReportText, Row, page_data};

const HTML: &str = include_str!("page/page.html");
const CSS: &str = include_str!("page/page.css");
const SCRIPT: &str = include_str!("page/page.js");

/// What a page is made from.
#[derive(Clone, Debug, Default)]
pub struct PageInput<'a> {
    /// What stands at its top: the table's or the dataset's name.
    pub title: String,
    /// The version of satzpaar.
    pub version: String,
    /// The pairs, in any order.
    pub rows: &'a [PairRow],
    /// All German and all Vietnamese reports, if their whole text is to be shown.
    pub reports: Option<(&'a [Report], &'a [Report])>,
    /// Steps known beside what the rows say; they stand before those.
    pub funnel: Vec<FunnelStep>,
}

/// Makes the page: HTML in UTF-8. The same input gives the same bytes.
pub fn page(data: &PageData) -> String {
    // `<` occurs in strings only, where it may be written so; nothing in the data can then end the script element.
    let json = serde_json::to_string(data).unwrap_or_default().replace('<', "\\u003c");
    let policy = format!(
        "default-src 'none'; script-src '{}'; style-src '{}'; img-src data:; base-uri 'none'; form-action 'none'",
        source_hash(SCRIPT),
        source_hash(CSS)
    );
    let mut page = String::with_capacity(HTML.len() + CSS.len() + SCRIPT.len() + json.len() + 1024);
    let mut rest = HTML;
    // Each place is filled once and never looked at again: a text that looks like a place stays one.
    while let Some((before, after)) = rest.split_once("{{") {
        page.push_str(before);
        let Some((place, after)) = after.split_once("}}") else { break };
        match place {
            "policy" => page.push_str(&policy),
            "title" => page.push_str(&escaped(&data.title)),
            "version" => page.push_str(&escaped(&data.version)),
            "style" => page.push_str(CSS),
            "data" => page.push_str(&json),
            "script" => page.push_str(SCRIPT),
            _ => {}
        }
        rest = after;
    }
    page.push_str(rest);
    page
}

/// A hash source of a content security policy.
fn source_hash(text: &str) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(text.as_bytes())))
}

/// Text between tags or in quotes.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests;
