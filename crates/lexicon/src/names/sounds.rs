//! Names brought to sound letters, and to the skeleton of their consonants.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Any,
    Start,
    End,
}

struct Rule {
    spelling: &'static str,
    sound: &'static str,
    place: Place,
}

/// Rules of both steps by the first byte of the spelling, longest first.
struct Rules {
    steps: [Vec<Vec<Rule>>; 2],
}

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let empty = || (0..128).map(|_| Vec::new()).collect();
    let mut rules = Rules { steps: [empty(), empty()] };
    for line in
        include_str!("../../../../data/names/spellings.tsv").lines().filter(|line| !line.starts_with('#'))
    {
        let mut columns = line.split('\t');
        let (Some(spelling), Some(sound), Some(place), Some(step)) =
            (columns.next(), columns.next(), columns.next(), columns.next())
        else {
            continue;
        };
        let place = match place {
            "start" => Place::Start,
            "end" => Place::End,
            _ => Place::Any,
        };
        let first = usize::from(spelling.as_bytes()[0] & 127);
        rules.steps[usize::from(step == "2")][first].push(Rule { spelling, sound, place });
    }
    for by_first in rules.steps.iter_mut().flatten() {
        // The longest first; of the same length those for one place only.
        by_first.sort_by_key(|rule| (std::cmp::Reverse(rule.spelling.len()), rule.place == Place::Any));
    }
    rules
});

/// Writes the word in plain small letters: diacritics folded (`đ` too), all but letters and digits left out.
pub(super) fn fold(word: &str, out: &mut String) {
    out.clear();
    if word.is_ascii() {
        out.extend(word.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()));
        return;
    }
    for c in word.nfd().filter(|&c| !is_combining_mark(c)).flat_map(char::to_lowercase) {
        match c {
            'đ' | 'ð' => out.push('d'),
            'ß' => out.push_str("ss"),
            'ł' => out.push('l'),
            'ø' => out.push('o'),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ı' => out.push('i'),
            'þ' => out.push_str("th"),
            _ if c.is_alphanumeric() => out.push(c),
            _ => {}
        }
    }
}

/// Writes the sound letters of a folded word; `buffer` is scratch.
pub(super) fn sounds(folded: &str, buffer: &mut String, out: &mut String) {
    apply(folded, &RULES.steps[0], buffer);
    collapse(buffer, out);
    buffer.clear();
    apply(out, &RULES.steps[1], buffer);
    collapse(buffer, out);
}

fn apply(word: &str, rules: &[Vec<Rule>], out: &mut String) {
    out.clear();
    let mut at = 0;
    while let Some(letter) = word[at..].chars().next() {
        let rest = &word[at..];
        let candidates = if letter.is_ascii() { rules[letter as usize].as_slice() } else { &[] };
        let rule = candidates.iter().find(|rule| {
            rest.starts_with(rule.spelling)
                && match rule.place {
                    Place::Any => true,
                    Place::Start => at == 0,
                    Place::End => rest.len() == rule.spelling.len() && at > 0,
                }
        });
        if let Some(rule) = rule {
            out.push_str(rule.sound);
            at += rule.spelling.len();
        } else {
            out.push(letter);
            at += letter.len_utf8();
        }
    }
}

/// Writes each run of one letter once.
fn collapse(word: &str, out: &mut String) {
    out.clear();
    let mut last = '\0';
    for c in word.chars() {
        if c != last || c.is_ascii_digit() {
            out.push(c);
        }
        last = c;
    }
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

/// Writes the consonants of sound letters as a Vietnamese ear parts them: voiced ones voiceless at the end of a syllable, no r
/// there and n for l, all sibilants one. A vowel is kept at the beginning.
pub(super) fn skeleton(sounds: &str, out: &mut String) {
    out.clear();
    let mut chars = sounds.chars().peekable();
    let mut last = '\0';
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        // Liquids after a consonant leave it at the beginning of a syllable: "vr", "dl".
        let coda = next.is_none_or(|next| !is_vowel(next) && !matches!(next, 'r' | 'l'));
        let class = match c {
            _ if is_vowel(c) => {
                if out.is_empty() {
                    out.push('A');
                }
                last = '\0';
                continue;
            }
            'r' if coda => continue,
            'h' if coda || last != '\0' => continue,
            'l' if coda => 'N',
            'b' | 'v' | 'f' | 'p' if coda => 'P',
            'd' | 't' if coda => 'T',
            // "ng" is one sound, and so is what a Vietnamese ear makes of "nk".
            'g' | 'k' if coda && last == 'N' => continue,
            'g' | 'k' | 'C' if coda => 'K',
            's' | 'S' => 'S',
            'C' => {
                if out.is_empty() && next == Some('r') {
                    'K'
                } else {
                    'S'
                }
            }
            _ => c.to_ascii_uppercase(),
        };
        if class != last {
            out.push(class);
        }
        last = class;
    }
}

/// Writes the skeleton of a name spelled in Vietnamese syllables (`Goóc-ba-chốp`). `stops` keeps the stops that close a
/// syllable within the name, which are there for r, or for the ear alone.
pub(super) fn syllable_skeleton(word: &str, stops: bool, buffer: &mut String, out: &mut String) {
    out.clear();
    let count = word.split('-').count();
    for (index, part) in word.split('-').enumerate() {
        fold(part, buffer);
        let onset = buffer.len() - buffer.trim_start_matches(|c: char| !is_vowel(c) && c != 'y').len();
        let (onset, rhyme) = buffer.split_at(onset);
        let (onset, rhyme) = match (onset, rhyme) {
            ("", _) if rhyme.starts_with("oa") || rhyme.starts_with("oe") || rhyme.starts_with("uy") => {
                ("v", rhyme)
            }
            ("g", _) if rhyme.starts_with('i') && rhyme.len() > 1 => ("x", rhyme),
            _ => (onset, rhyme),
        };
        if onset.is_empty() && index == 0 {
            out.push('A');
        }
        push_onset(onset, part, out);
        let coda = rhyme.trim_start_matches(|c: char| is_vowel(c) || c == 'y');
        let last = index + 1 == count;
        match coda {
            "m" => push_class('M', out),
            "n" | "ng" | "nh" => push_class('N', out),
            "p" if stops || last => push_class('P', out),
            "t" if stops || last => push_class('T', out),
            "c" | "ch" if stops || last => push_class('K', out),
            _ => {}
        }
    }
}

fn push_onset(onset: &str, part: &str, out: &mut String) {
    let mut rest = onset;
    while let Some(first) = rest.chars().next() {
        let two = rest.get(..2).unwrap_or_default();
        let (class, length) = match two {
            "kh" => ('K', 2),
            "ph" => ('F', 2),
            "th" => ('T', 2),
            "ch" | "sh" => ('S', 2),
            "ng" | "nh" => ('N', 2),
            "gh" => ('G', 2),
            _ => match first {
                'c' | 'k' | 'q' => ('K', 1),
                's' | 'x' | 'z' => ('S', 1),
                // "d" without a stroke is a z in the north and a y in the south.
                'd' if !part.contains(['đ', 'Đ']) => ('S', 1),
                _ => (first.to_ascii_uppercase(), first.len_utf8()),
            },
        };
        push_class(class, out);
        rest = &rest[length..];
    }
}

fn push_class(class: char, out: &mut String) {
    if !out.ends_with(class) {
        out.push(class);
    }
}
