//! End marks with what belongs to them: runs of marks, the quotes and brackets that close after them, what comes next.

use crate::Language;
use satzpaar_tokenizer::around::{self, After, Next};
use satzpaar_tokenizer::stops::{self, FullStop};
use satzpaar_tokenizer::symbols;

/// What a run of end marks is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// One full stop.
    Stop,
    /// Two or more full stops, or the character `…`.
    Ellipsis,
    /// A run with a question or exclamation mark.
    Strong,
}

/// An end mark with its surroundings, as the language's rules see it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark<'t> {
    pub(crate) text: &'t str,
    /// Where the run starts, in bytes.
    pub(crate) at: usize,
    /// Where the sentence that it stands in starts.
    pub(crate) sentence: usize,
    /// Where the marks and what closes after them end.
    pub(crate) end: usize,
    /// The last bracket or quote that closes after the marks.
    pub(crate) closer: Option<char>,
    /// What follows.
    pub(crate) after: After<'t>,
}

/// What the marks at a place do.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Verdict {
    /// Whether a sentence ends.
    pub(crate) ends: bool,
    /// Where it ends, or where the search goes on.
    pub(crate) at: usize,
}

/// Judges the run of marks that starts at byte `at`, in a sentence that starts at byte `sentence`.
pub(crate) fn judge(language: Language, text: &str, at: usize, sentence: usize) -> Verdict {
    let (kind, run) = run(text, at);
    let mut end = run;
    let mut closer = None;
    // `?“.`, `.).`, `!!“!`: marks and closing quotes in turn.
    loop {
        let closed = closers(text, end, &mut closer);
        let closed = spaced_closer(text, sentence, closed, &mut closer);
        let more = if closed > end { self::run_end(text, closed) } else { closed };
        if more == end {
            break;
        }
        end = more;
    }
    end = comments(text, end);
    let mark = Mark { text, at, sentence, end, closer, after: around::after(text, end) };
    if mark.after.next == Next::Nothing {
        return Verdict { ends: true, at: end };
    }
    if at - sentence < 64 && text[sentence..at].trim_start_matches(around::is_opening).is_empty() {
        // A sentence does not end before it has begun: „... Rồi“, „(!)“.
        return Verdict { ends: false, at: end };
    }
    if kind != Kind::Ellipsis && closer.is_none() && ellipsis_starts(&mark) {
        return Verdict { ends: true, at: end };
    }
    let ends = match kind {
        Kind::Stop if closer.is_none() => {
            let dash = mark.after.next == Next::Other && mark.after.spaced && !mark.after.line_break;
            stops::full_stop(language, &text[sentence..], at - sentence).ends
                && (!dash || !goes_on_after_dash(&text[mark.after.at..]))
        }
        Kind::Stop => {
            let stop = stops::full_stop(language, &text[sentence..], at - sentence);
            closed(language, mark, stop)
        }
        Kind::Ellipsis => ellipsis(language, mark),
        Kind::Strong => strong(language, mark),
    };
    Verdict { ends, at: end }
}

/// The run of marks at `at`: its kind and its end. Stops with single spaces between them (`. . .`) are one run.
fn run(text: &str, at: usize) -> (Kind, usize) {
    let mut end = at;
    let mut strong = false;
    let mut dots = 0;
    let bytes = text.as_bytes();
    loop {
        match bytes.get(end) {
            Some(b'.') => dots += 1,
            Some(b'!' | b'?') => strong = true,
            Some(0xe2) if bytes[end..].starts_with("…".as_bytes()) => {
                dots += 3;
                end += 2;
            }
            Some(b' ') if dots > 0 && bytes.get(end + 1) == Some(&b'.') && spaced_ellipsis(&bytes[at..]) => {}
            _ => break,
        }
        end += 1;
    }
    let kind = match (strong, dots) {
        (true, _) => Kind::Strong,
        (false, 1) => Kind::Stop,
        (false, _) => Kind::Ellipsis,
    };
    (kind, end)
}

fn spaced_ellipsis(bytes: &[u8]) -> bool {
    bytes.starts_with(b". . .")
}

fn run_end(text: &str, at: usize) -> usize {
    if text[at..].starts_with(['.', '!', '?', '…']) { run(text, at).1 } else { at }
}

/// Skips what closes at `end`: quotes, brackets, references to notes (`[3]`, `²`). A quote that a letter or digit follows
/// at once opens and is not skipped.
fn closers(text: &str, mut end: usize, closer: &mut Option<char>) -> usize {
    while let Some(c) = text[end..].chars().next() {
        let length = c.len_utf8();
        let follows = text[end + length..].chars().next();
        match c {
            ')' | ']' | '}' | '²' | '³' | '¹' => *closer = Some(c),
            '"' | '“' | '”' | '»' | '«' | '›' | '‹' | '’' | '‘' | '\''
                if !follows.is_some_and(char::is_alphanumeric) =>
            {
                *closer = Some(c);
            }
            '[' => match note(&text[end..]) {
                Some(length) => {
                    *closer = Some('²');
                    end += length;
                    continue;
                }
                None => break,
            },
            _ => break,
        }
        end += length;
    }
    end
}

/// Skips a quote or bracket that closes after a space (`« Es regnet. »`, and text whose tokens are parted by spaces): one
/// with white space on both sides, whose opening counterpart stands in the sentence.
fn spaced_closer(text: &str, sentence: usize, end: usize, closer: &mut Option<char>) -> usize {
    let rest = &text[end..];
    let Some(space) = rest.chars().next().filter(|c| *c != '\n' && c.is_whitespace()) else { return end };
    let mut characters = rest[space.len_utf8()..].chars();
    let Some(c) = characters.next() else { return end };
    let openers: &[char] = match c {
        '»' => &['«'],
        '«' => &['»'],
        '“' => &['„'],
        '”' => &['„', '“'],
        '"' => &['"'],
        ')' => &['('],
        _ => return end,
    };
    if !characters.next().is_none_or(|c| c.is_whitespace() || matches!(c, ',' | '.' | '!' | '?')) {
        return end;
    }
    // A quotation longer than this is none; the bound keeps the look back cheap.
    let from =
        (0..=3).find_map(|i| text.get(sentence.max(end.saturating_sub(600 + i))..end)).unwrap_or_default();
    let opened = from.chars().filter(|o| openers.contains(o)).count();
    let closed = from.chars().filter(|o| *o == c).count();
    if if c == '"' { opened % 2 == 1 } else { opened > closed } {
        *closer = Some(c);
        return end + space.len_utf8() + c.len_utf8();
    }
    end
}

/// Skips the faces that comment on the sentence after its marks: `Danke! :)`, `Toll! 😀`.
fn comments(text: &str, mut end: usize) -> usize {
    loop {
        let space = usize::from(text[end..].starts_with(' '));
        match symbols::comment(&text[end + space..]) {
            Some(length) => end += space + length,
            None => return end,
        }
    }
}

/// Whether `rest` is a dash after which a lower-case word goes on.
fn goes_on_after_dash(rest: &str) -> bool {
    let word = rest.trim_start_matches(['-', '–', '—', ' ']);
    word.len() < rest.len() && word.starts_with(char::is_lowercase)
}

/// The length of a reference to a note (`[12]`) at the start of `rest`.
fn note(rest: &str) -> Option<usize> {
    let close = rest.bytes().take(6).position(|b| b == b']')?;
    (close > 1 && rest[1..close].bytes().all(|b| b.is_ascii_digit())).then_some(close + 1)
}

/// Whether the next sentence starts with an ellipsis: `… zu Ende. ... Und dann`.
fn ellipsis_starts(mark: &Mark<'_>) -> bool {
    let rest = &mark.text[mark.after.at..];
    mark.after.spaced
        && !mark.after.opened
        && (rest.starts_with("...") || rest.starts_with('…'))
        && matches!(around::after(mark.text, mark.after.at + run(rest, 0).1).next, Next::Capital(_))
}

/// Whether what follows can start a sentence at all.
fn may_start(language: Language, mark: Mark<'_>) -> bool {
    match mark.after.next {
        Next::Nothing | Next::Capital(_) => true,
        Next::Digit(_) => mark.after.spaced,
        Next::Other => mark.after.spaced && dash_then_start(language, mark),
        Next::Lower(_) => {
            let quoted = mark.after.opened && !mark.text[..mark.after.at].ends_with(['(', '[']);
            quoted && mark.after.spaced && language == Language::Vietnamese
        }
        Next::Goes => false,
    }
}

/// After a dash, a bullet or a symbol: a sentence starts unless a lower-case word goes on (`!“ – so der Kanzler`).
///
/// In Vietnamese a dash after quoted speech is followed by who says it: `"Không!" - Nam đáp.`
fn dash_then_start(language: Language, mark: Mark<'_>) -> bool {
    let Some(dash) = mark.text[mark.after.at..].chars().next() else { return true };
    let after = around::after(mark.text, mark.after.at + dash.len_utf8());
    let quoted = matches!(mark.closer, Some('"' | '”')) && mark.text[..mark.end].ends_with(['"', '”']);
    if language == Language::Vietnamese
        && quoted
        && matches!(dash, '-' | '–' | '—')
        && !after.opened
        && !mark.after.line_break
    {
        return false;
    }
    !matches!(after.next, Next::Lower(_) | Next::Goes)
}

/// A full stop before closing quotes or brackets.
fn closed(language: Language, mark: Mark<'_>, stop: FullStop) -> bool {
    if !may_start(language, mark) {
        return false;
    }
    if matches!(mark.closer, Some(')' | ']' | '}')) && !is_own_bracket(mark) {
        // „(5 Mio.) Euro“, „(vgl. unten.) Die …“
        return !stop.joined && starts(language, mark);
    }
    !stop.joined || starts(language, mark) || matches!(mark.closer, Some('“' | '”' | '"' | '«' | '»'))
}

fn starts_capital(mark: Mark<'_>) -> bool {
    matches!(mark.after.next, Next::Capital(_))
}

fn starts(language: Language, mark: Mark<'_>) -> bool {
    matches!(mark.after.next, Next::Capital(word) if stops::is_starter(language, word))
}

/// Whether the sentence itself stands in the brackets that close: it starts with an opening one.
fn is_own_bracket(mark: Mark<'_>) -> bool {
    let sentence = &mark.text[mark.sentence..mark.at];
    let opens = sentence.starts_with(['(', '[', '{']);
    // A full stop after the bracket ends the sentence around it.
    opens || mark.text[..mark.end].ends_with(['.', '!', '?', '…'])
}

/// `!`, `?` and runs with them.
fn strong(language: Language, mark: Mark<'_>) -> bool {
    if matches!(mark.closer, Some(')' | ']' | '}')) && !is_own_bracket(mark) {
        return starts(language, mark) && !mark.text[..mark.at].ends_with(['(', '[']);
    }
    may_start(language, mark)
}

/// `...` and `…`.
fn ellipsis(language: Language, mark: Mark<'_>) -> bool {
    let before = around::char_before(mark.text, mark.at);
    if matches!(before, Some('(' | '[' | '<')) && matches!(mark.closer, Some(')' | ']')) {
        // „[...]“ stands for words left out; after the end of a sentence, for whole ones.
        let ahead = mark.text[..mark.at].trim_end_matches(['(', '[']).trim_end();
        return ahead.ends_with(['.', '!', '?']) && ahead.len() > mark.sentence && starts_capital(mark);
    }
    if !may_start(language, mark) {
        return false;
    }
    if matches!(mark.closer, Some(')' | ']' | '}')) && !is_own_bracket(mark) {
        return starts(language, mark);
    }
    // „die ... Regierung“: a gap before, and a noun after.
    !before.is_some_and(char::is_whitespace) || mark.closer.is_some() || starts(language, mark)
}
