//! The tokenizer of both languages.

use crate::{
    Language, Span, Token, TokenKind, address, around, german_tokens, runs, symbols, vietnamese_tokens,
};

/// Cuts text into tokens. Cheap to make and to share between threads; the buffer is the caller's.
#[derive(Clone, Copy, Debug)]
pub struct Tokenizer {
    language: Language,
}

impl Tokenizer {
    /// A tokenizer for `language`.
    pub fn new(language: Language) -> Self {
        Self { language }
    }

    /// The language it was made for.
    pub fn language(&self) -> Language {
        self.language
    }

    /// Puts the tokens of `text` into `tokens`, which is emptied first; spans are bytes of `text`. Allocates nothing
    /// but what `tokens` needs to grow.
    pub fn tokenize(&self, text: &str, tokens: &mut Vec<Token>) {
        tokens.clear();
        let bytes = text.as_bytes();
        let mut quoted = false;
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            if byte == b' ' {
                at += 1;
                continue;
            }
            let start = at;
            let (end, kind) = if runs::starts(text, at) {
                if address::starts_web(text, at) {
                    (address::end(text, at, at), TokenKind::Address)
                } else {
                    match self.language {
                        Language::German => german_tokens::word(text, at, quoted),
                        Language::Vietnamese => vietnamese_tokens::word(text, at),
                    }
                }
            } else {
                let Some((end, kind)) = self.mark(text, at, &mut quoted) else {
                    at += text[at..].chars().next().map_or(1, char::len_utf8);
                    continue;
                };
                (end, kind)
            };
            // No rule gives an empty token; should one ever, the text is still walked through.
            at = end.max(start + 1);
            tokens.push(Token { span: Span::new(start, at), kind });
        }
    }

    /// The token that starts at byte `at` with neither letter nor digit; `None` for white space and the invisible.
    fn mark(self, text: &str, at: usize, quoted: &mut bool) -> Option<(usize, TokenKind)> {
        let rest = &text[at..];
        let c = rest.chars().next()?;
        let next = at + c.len_utf8();
        if around::is_space(c) || c.is_control() {
            return None;
        }
        match c {
            '#' | '@' => {
                if let Some(end) = address::tag(text, at) {
                    return Some((end, TokenKind::Address));
                }
            }
            '\'' | '’' => {
                if let Some(end) = self.clitic(text, at, next) {
                    return Some((end, TokenKind::Word));
                }
                if !rest[c.len_utf8()..].starts_with(c) {
                    *quoted = !*quoted && runs::starts(text, next);
                }
            }
            '‚' => *quoted = true,
            '‘' => *quoted = !*quoted && runs::starts(text, next),
            '-' | '−' | '+' if runs::digit(text, next) && is_sign(text, at) => {
                let (end, _) = match self.language {
                    Language::German => german_tokens::word(text, next, *quoted),
                    Language::Vietnamese => vietnamese_tokens::word(text, next),
                };
                return Some((end, TokenKind::Number));
            }
            '-' if self.language == Language::German && is_elided(text, at) => {
                let (end, _) = german_tokens::word(text, next, *quoted);
                return Some((end, TokenKind::Word));
            }
            ':' | ';' | '<' | '^' | '=' => {
                if let Some(length) = symbols::emoticon(rest) {
                    return Some((at + length, TokenKind::Symbol));
                }
            }
            '°' if rest[2..].starts_with(['C', 'F']) && !runs::starts(text, next + 1) => {
                return Some((next + 1, TokenKind::Symbol));
            }
            _ => {}
        }
        if let Some(length) = symbols::emoji(rest) {
            return Some((at + length, TokenKind::Symbol));
        }
        // A run of one mark is one token, but each bracket stands alone.
        let alone = matches!(c, '(' | ')' | '[' | ']' | '{' | '}' | '"' | '„' | '“' | '”' | '»' | '«');
        let mut end = next;
        while !alone && text[end..].starts_with(c) {
            end += c.len_utf8();
        }
        Some((end, symbols::kind(c)))
    }

    /// `'s` after a word (geht's), `'n`, `'ne` and the like after a space.
    fn clitic(self, text: &str, at: usize, next: usize) -> Option<usize> {
        if self.language != Language::German || !runs::letter(text, next) {
            return None;
        }
        let end = runs::run_end(text, next);
        let word = &text[next..end];
        let touches = around::char_before(text, at).is_some_and(char::is_alphanumeric);
        let known = if touches { word == "s" } else { CLITICS.contains(&word) };
        let closed = text[end..].starts_with(['\'', '’']);
        (known && !closed).then_some(end)
    }
}

/// What an apostrophe at the start stands before: es, ein, eine, einen, einem, einer, heran, hinauf …
const CLITICS: [&str; 12] =
    ["s", "n", "ne", "nen", "nem", "ner", "ran", "rauf", "raus", "rein", "rum", "runter"];

/// Whether the hyphen at byte `at` stands for the part that two words share: `Wochenanfang und -ende`.
fn is_elided(text: &str, at: usize) -> bool {
    let ahead = around::skip_spaces_back(text, at);
    let lower = text[at + 1..].starts_with(char::is_lowercase);
    lower
        && ahead < at
        && matches!(around::word_before(text, ahead), "und" | "oder" | "sowie" | "wie" | "noch")
}

/// Whether the mark before a digit at byte `at` is a sign: nothing but space or an opening bracket before it.
fn is_sign(text: &str, at: usize) -> bool {
    around::char_before(text, at)
        .is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '„' | '"' | '“'))
}
