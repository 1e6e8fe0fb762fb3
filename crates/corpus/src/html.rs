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

/// Deeper nesting than browsers build (512 levels) is no page made for reading, and costs the square of its depth.
const DEEPEST: usize = 512;
/// More elements than this are no report.
const MOST_ELEMENTS: usize = 100_000;

/// Takes the main text out of a page; where none stands out, or the page is built like none, all of its body's text.
/// Nothing of a page that is nested without end.
pub(crate) fn main_text(html: &str) -> Page {
    match depth(html) {
        ..=DEEPEST => {}
        depth if depth < 16 * DEEPEST => return whole_body(html),
        _ => return Page::default(),
    }
    let config =
        Config { text_mode: TextMode::Formatted, max_elements_to_parse: MOST_ELEMENTS, ..Config::default() };
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

/// About how deep the page's elements lie in each other, counting only elements that have to be closed.
fn depth(html: &str) -> usize {
    let bytes = html.as_bytes();
    let (mut depth, mut deepest) = (0_usize, 0);
    for open in memchr::memchr_iter(b'<', bytes) {
        let tag = &bytes[open + 1..];
        let closes = tag.first() == Some(&b'/');
        let name = &tag[usize::from(closes)..];
        let length = name.iter().take(12).take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let name = name[..length].to_ascii_lowercase();
        if length == 0 || UNCLOSED.contains(&&*String::from_utf8_lossy(&name)) {
            continue;
        }
        depth = if closes { depth.saturating_sub(1) } else { depth + 1 };
        deepest = deepest.max(depth);
    }
    deepest
}

/// Elements that pages need not close (HTML standard, "void elements" and "optional tags").
const UNCLOSED: [&str; 30] = [
    "area", "base", "body", "br", "col", "colgroup", "dd", "dt", "embed", "head", "hr", "html", "img",
    "input", "li", "link", "meta", "optgroup", "option", "p", "path", "rp", "rt", "source", "tbody", "td",
    "tfoot", "th", "tr", "wbr",
];

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
