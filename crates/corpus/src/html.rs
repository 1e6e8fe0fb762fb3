//! The main text of a web page, by `dom_smoothie` (a port of Mozilla's Readability).

use dom_smoothie::{Config, Readability, TextMode};

/// What a page gives.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// The main text, a paragraph a line with empty lines between.
    pub(crate) text: String,
    pub(crate) title: Option<String>,
    pub(crate) date: Option<String>,
    pub(crate) url: Option<String>,
}

/// Takes the main text out of a page; where none stands out, all of its body's text.
pub(crate) fn main_text(html: &str) -> Page {
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    let Ok(mut reader) = Readability::new(html, None, Some(config)) else {
        return Page::default();
    };
    match reader.parse() {
        Ok(article) => Page {
            text: article.text_content.to_string(),
            title: Some(article.title).filter(|title| !title.is_empty()),
            date: article.published_time.or(article.modified_time),
            url: article.url,
        },
        Err(_) => whole_body(html),
    }
}

/// A page without a main text: everything that is shown.
fn whole_body(html: &str) -> Page {
    let document = Readability::from(html).doc;
    document.select("script, style, noscript, template, nav, footer").remove();
    let title = document.select("title").text().trim().to_owned();
    Page {
        text: document.select("body").formatted_text().to_string(),
        title: Some(title).filter(|title| !title.is_empty()),
        ..Page::default()
    }
}

/// The encoding that a page declares of itself, looked for where the HTML standard looks: in the first 1024 bytes.
pub(crate) fn declared_encoding(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
    let after = head.split("charset").nth(1)?.trim_start().strip_prefix('=')?;
    let label = after.trim_start_matches([' ', '"', '\'']);
    let end = label.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c))).unwrap_or(label.len());
    encoding_rs::Encoding::for_label(&label.as_bytes()[..end])
}
