//! Which words are possible syllables of Vietnamese, by onset, rhyme and tone.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use unicode_normalization::UnicodeNormalization;

#[derive(Default)]
struct Parts {
    onsets: Vec<&'static str>,
    rhymes: FxHashSet<&'static str>,
}

static PARTS: LazyLock<Parts> = LazyLock::new(|| {
    let mut parts = Parts::default();
    for line in include_str!("../../../../data/vietnamese/syllables.tsv").lines() {
        match line.split_once('\t') {
            Some(("onset", letters)) => parts.onsets.extend(letters.split(' ')),
            Some(("rhyme", letters)) => parts.rhymes.extend(letters.split(' ')),
            _ => {}
        }
    }
    parts.onsets.sort_by_key(|onset| std::cmp::Reverse(onset.len()));
    parts
});

/// Longer than any syllable without its tone, in bytes ("nghiêng").
const LONGEST: usize = 12;

/// Letters of a short word, without allocation.
#[derive(Default)]
struct Letters {
    bytes: [u8; LONGEST],
    length: usize,
}

impl Letters {
    fn push(&mut self, letter: char) -> Option<()> {
        let mut buffer = [0; 4];
        let encoded = letter.encode_utf8(&mut buffer).as_bytes();
        self.bytes.get_mut(self.length..self.length + encoded.len())?.copy_from_slice(encoded);
        self.length += encoded.len();
        Some(())
    }

    fn as_str(&self) -> &str {
        self.bytes.get(..self.length).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

/// Whether a word is a possible syllable of Vietnamese, in any case: `nghiêng`, `Quốc`, but not `Putin` or `bact`.
///
/// The tone mark may stand in the old or the new place (`hoà`, `hòa`). Possible is more than used.
pub fn is_vietnamese_syllable(word: &str) -> bool {
    let Some((letters, tone)) = toneless(word) else { return false };
    let letters = letters.as_str();
    let parts = &*PARTS;
    let with_onset = parts.onsets.iter().any(|onset| {
        letters.strip_prefix(onset).is_some_and(|rhyme| {
            // "gì", "gìn": the i belongs to onset and rhyme.
            parts.rhymes.contains(rhyme) && may_join(onset, rhyme) && may_carry(rhyme, tone)
        })
    });
    // "quynh", "quýt": the u belongs to onset and rhyme.
    let with_q = letters.strip_prefix('q').is_some_and(|rhyme| {
        rhyme.starts_with('u') && parts.rhymes.contains(rhyme) && may_carry(rhyme, tone)
    });
    with_onset || with_q || (parts.rhymes.contains(letters) && may_carry(letters, tone))
}

/// The tones that need a mark.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tone {
    Level,
    Rising,
    Heavy,
    Other,
}

/// The letters without the tone mark, lower case, and the tone; `None` for more than one tone or too many letters.
fn toneless(word: &str) -> Option<(Letters, Tone)> {
    let mut letters = Letters::default();
    let mut tone = Tone::Level;
    // The last letter waits for a mark of its own (circumflex, breve, horn).
    let mut waiting: Option<char> = None;
    for c in word.nfd().flat_map(char::to_lowercase) {
        let this = match c {
            '\u{301}' => Tone::Rising,
            '\u{323}' => Tone::Heavy,
            '\u{300}' | '\u{303}' | '\u{309}' => Tone::Other,
            '\u{302}' | '\u{306}' | '\u{31b}' => {
                waiting = Some(unicode_normalization::char::compose(waiting?, c)?);
                continue;
            }
            letter if letter.is_alphabetic() => {
                if let Some(last) = waiting.replace(letter) {
                    letters.push(last)?;
                }
                continue;
            }
            _ => return None,
        };
        if tone != Tone::Level || waiting.is_none() {
            return None;
        }
        tone = this;
    }
    letters.push(waiting?)?;
    Some((letters, tone))
}

/// Spelling: k, gh, ngh before e, ê, i, y; c, g, ng before the others.
fn may_join(onset: &str, rhyme: &str) -> bool {
    let front = rhyme.starts_with(['e', 'ê', 'i', 'y']);
    match onset {
        "k" | "gh" | "ngh" => front,
        "c" | "ng" => !front,
        "g" => !front || rhyme.starts_with('i'),
        "qu" => !rhyme.starts_with(['u', 'ư']),
        _ => true,
    }
}

/// Rhymes that end in a stop take only sắc and nặng.
fn may_carry(rhyme: &str, tone: Tone) -> bool {
    !rhyme.ends_with(['p', 't', 'c']) && !rhyme.ends_with("ch") || matches!(tone, Tone::Rising | Tone::Heavy)
}

/// Whether a word of a Vietnamese text must be foreign: letters that make no Vietnamese syllable, in any of its parts
/// parted by hyphens (`Putin`, `Oa-sinh-tơn` is none: it is spelled in syllables).
pub fn is_foreign_in_vietnamese(word: &str) -> bool {
    word.chars().any(char::is_alphabetic) && !word.split(['-', ' ', '_']).all(is_vietnamese_syllable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_known_and_others_are_not() {
        let good = "nghiêng quốc gì gìn giếng giữa hòa hoà thuý thúy quý quí khuya uống yêu ý kỷ nguyễn khuỷu xoong đường \
                    oan ngoằn Việt ƯỚC huýt tuýp quạc gió ghế ngã kẻ cả ai boong rượu hươu quýt Quỳnh";
        for word in good.split_whitespace() {
            assert!(is_vietnamese_syllable(word), "{word}");
        }
        let bad = "Putin Trump bact cat các̀ kă ce ngi gê nghă stra jazz fa wan zô bcd đươngg Washington 5 a1 tt hoa-hoa quuy áá";
        for word in bad.split_whitespace().chain([""]) {
            assert!(!is_vietnamese_syllable(word), "{word}");
        }
    }

    #[test]
    fn foreign_words_are_seen() {
        assert!(is_foreign_in_vietnamese("Lavrov"));
        assert!(!is_foreign_in_vietnamese("Oa-sinh-tơn"));
        assert!(!is_foreign_in_vietnamese("2-4"));
        assert!(is_foreign_in_vietnamese("Mát-xcơ-va"));
    }
}
