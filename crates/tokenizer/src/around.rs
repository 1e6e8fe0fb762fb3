//! What stands before and after a mark: the word before it, and the next thing after it. Looks at a bounded number of
//! bytes, so that asking at every mark of a text stays linear.

/// What follows a mark, after white space and opening quotes and brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next<'t> {
    /// The text is over, or a blank line follows.
    Nothing,
    /// A word that starts in lower case.
    Lower(&'t str),
    /// A word that starts with a capital.
    Capital(&'t str),
    /// A number.
    Digit(&'t str),
    /// A mark that goes on in a sentence: comma, semicolon, colon, closing bracket, a further end mark, slash.
    Goes,
    /// Anything else: a dash, a bullet, a symbol.
    Other,
}

/// What follows at byte `at`.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::struct_excessive_bools)] // each is a fact of its own, and any of them may go with any other
pub struct After<'t> {
    /// Whether white space stands between.
    pub spaced: bool,
    /// Whether the white space holds a line break.
    pub line_break: bool,
    /// Whether an opening quote or bracket stands before the next thing.
    pub opened: bool,
    /// Whether the last of them is a bracket.
    pub bracket: bool,
    /// Where the next thing starts, in bytes.
    pub at: usize,
    /// What it is.
    pub next: Next<'t>,
}

/// At most as many bytes are looked at for a word: longer ones decide nothing.
const LONGEST: usize = 64;

/// Whether `c` opens a quote or bracket (or may do so: straight quotes).
pub fn is_opening(c: char) -> bool {
    matches!(
        c,
        '"' | '„'
            | '“'
            | '”'
            | '»'
            | '«'
            | '›'
            | '‹'
            | '‚'
            | '‘'
            | '’'
            | '\''
            | '`'
            | '('
            | '['
            | '{'
            | '¿'
            | '¡'
    )
}

/// Looks at what follows byte `at`.
pub fn after(text: &str, at: usize) -> After<'_> {
    let rest = text.get(at..).unwrap_or_default();
    let mut line_break = false;
    let mut blank = false;
    let mut i = 0;
    for c in rest.chars() {
        if c == '\n' || c == '\u{2029}' {
            // A paragraph separator ends what a blank line ends.
            blank |= line_break || c == '\u{2029}';
            line_break = true;
        } else if !is_space(c) {
            break;
        }
        i += c.len_utf8();
    }
    let spaced = i > 0;
    let mut rest = &rest[i..];
    let mut opened = false;
    let mut bracket = false;
    if !blank {
        opened = rest.starts_with(is_opening);
        let inner = if opened {
            rest.trim_start_matches(|c| is_opening(c) || c != '\n' && is_space(c))
        } else {
            rest
        };
        bracket = rest[..rest.len() - inner.len()].ends_with(['(', '[', '{']);
        i += rest.len() - inner.len();
        rest = inner;
    }
    let next = match rest.chars().next() {
        // A quote or bracket with nothing after it closes.
        None | Some('\n') if opened => Next::Goes,
        _ if blank => Next::Nothing,
        None => Next::Nothing,
        Some(c) if c.is_numeric() => Next::Digit(word_at(rest)),
        Some(c) if c.is_lowercase() => Next::Lower(word_at(rest)),
        Some(c) if c.is_alphabetic() => Next::Capital(word_at(rest)),
        Some(',' | ';' | ':' | ')' | ']' | '}' | '.' | '?' | '!' | '…' | '/') => Next::Goes,
        Some(_) => Next::Other,
    };
    After { spaced, line_break, opened, bracket, at: at + i, next }
}

/// White space, and the invisible characters that stand for none.
pub fn is_space(c: char) -> bool {
    c.is_whitespace() || is_invisible(c)
}

/// Soft hyphen, zero-width characters, byte order mark, direction marks.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// The letters and digits at the start of `rest`, looked at up to a bound.
fn word_at(rest: &str) -> &str {
    let mut end = 0;
    for (i, c) in rest.char_indices() {
        if !c.is_alphanumeric() || i > LONGEST {
            break;
        }
        end = i + c.len_utf8();
    }
    &rest[..end]
}

/// The run of letters and digits that ends at byte `at`, looked at up to a bound.
pub fn word_before(text: &str, at: usize) -> &str {
    let head = text.get(..at).unwrap_or_default();
    let mut start = at;
    for (i, c) in head.char_indices().rev() {
        if !(c.is_alphanumeric() || c == '§') || at - i > LONGEST {
            break;
        }
        start = i;
    }
    &head[start..]
}

/// The last character before byte `at`.
pub fn char_before(text: &str, at: usize) -> Option<char> {
    text.get(..at).unwrap_or_default().chars().next_back()
}

/// Byte `at` moved left over spaces (not over line breaks), a few at most.
pub fn skip_spaces_back(text: &str, at: usize) -> usize {
    let mut at = at;
    for c in text.get(..at).unwrap_or_default().chars().rev().take(4) {
        if c == '\n' || !c.is_whitespace() {
            break;
        }
        at -= c.len_utf8();
    }
    at
}
