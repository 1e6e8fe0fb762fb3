//! Walking over the atoms of a text and noting facts: what both languages share.

use satzpaar_tokenizer::Language;

use super::atoms::{Atom, AtomKind, Scratch, lower_into};
use super::data::{Facts, Role, Unit};
use super::{Fact, FactKind, Value};

/// A walk over one text.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) language: Language,
    pub(super) known: &'static Facts,
    pub(super) out: &'a mut Vec<Fact>,
    atoms: &'a [Atom],
    /// The atoms of the facts noted, beside the end of `out`.
    pub(super) ranges: &'a mut Vec<(usize, usize)>,
    lower: &'a mut String,
    /// How many facts `out` held before.
    pub(super) before: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        text: &'a str,
        language: Language,
        known: &'static Facts,
        scratch: &'a mut Scratch,
        out: &'a mut Vec<Fact>,
    ) -> Self {
        let Scratch { atoms, ranges, lower, .. } = scratch;
        let before = out.len();
        Self { text, language, known, out, atoms, ranges, lower, before }
    }

    /// Reads all facts.
    pub(super) fn read(mut self) {
        let mut at = 0;
        while let Some(atom) = self.atoms.get(at) {
            if atom.word.plain {
                at += 1;
                continue;
            }
            let next = match self.language {
                Language::German => self.german(at),
                Language::Vietnamese => self.vietnamese(at),
            };
            at = next.max(at + 1);
        }
    }

    pub(super) fn atom(&self, at: usize) -> Option<&Atom> {
        self.atoms.get(at)
    }

    /// How many atoms there are.
    pub(super) fn count(&self) -> usize {
        self.atoms.len()
    }

    pub(super) fn kind(&self, at: usize) -> Option<AtomKind> {
        self.atom(at).map(|atom| atom.kind)
    }

    pub(super) fn glued(&self, at: usize) -> bool {
        self.atom(at).is_some_and(|atom| atom.glued)
    }

    pub(super) fn is_word(&self, at: usize) -> bool {
        self.kind(at) == Some(AtomKind::Word)
    }

    pub(super) fn is_upper(&self, at: usize) -> bool {
        self.atom(at).is_some_and(|atom| atom.word.upper)
    }

    pub(super) fn is_sign(&self, at: usize, sign: char) -> bool {
        self.kind(at) == Some(AtomKind::Sign(sign))
    }

    /// Whether a hyphen or dash stands there.
    pub(super) fn is_dash(&self, at: usize) -> bool {
        matches!(self.kind(at), Some(AtomKind::Sign('-' | '‐' | '‑' | '–' | '—' | '−')))
    }

    pub(super) fn surface(&self, at: usize) -> &'a str {
        self.atom(at).and_then(|atom| self.text.get(atom.start..atom.end)).unwrap_or_default()
    }

    pub(super) fn has(&self, at: usize, role: Role) -> bool {
        self.atom(at).is_some_and(|atom| atom.word.entry.has(role))
    }

    /// Whether the atom before has a role.
    pub(super) fn follows(&self, at: usize, role: Role) -> bool {
        at > 0 && self.has(at - 1, role)
    }

    /// Whether one of the `most` atoms before has a role.
    pub(super) fn follows_within(&self, at: usize, most: usize, role: Role) -> bool {
        (at.saturating_sub(most)..at).any(|before| self.has(before, role))
    }

    /// The value of the word, if it has this role.
    pub(super) fn value(&self, at: usize, role: Role) -> Option<i64> {
        self.atom(at).filter(|atom| atom.word.entry.has(role)).map(|atom| i64::from(atom.word.entry.value))
    }

    /// Whether a sentence may begin here: nothing stands before, or a mark does.
    pub(super) fn begins_sentence(&self, at: usize) -> bool {
        at == 0
            || matches!(self.kind(at - 1), Some(AtomKind::Sign(sign)) if !matches!(sign, ',' | '-' | '/' | '%'))
    }

    /// Where the last fact noted ends; nought if there is none.
    pub(super) fn noted_to(&self) -> usize {
        self.ranges.last().map_or(0, |range| range.1)
    }

    /// Notes a fact that the atoms `start..end` tell.
    pub(super) fn note(&mut self, kind: FactKind, value: Value, start: usize, end: usize) {
        let (Some(first), Some(last)) = (self.atom(start), self.atom(end.saturating_sub(1))) else { return };
        let tokens = first.token..(last.token + 1).max(first.token + 1);
        self.out.push(Fact { kind, value, tokens });
        self.ranges.push((start, end));
    }

    /// Notes a fact with a whole number.
    pub(super) fn note_integer(&mut self, kind: FactKind, value: i64, start: usize, end: usize) {
        self.note(kind, Value::integer(value), start, end);
    }

    /// The word at an atom in lower case.
    pub(super) fn lower(&mut self, at: usize) -> &str {
        let surface = self.surface(at);
        lower_into(surface, self.lower);
        self.lower
    }

    /// The longest unit or currency that begins at an atom, and the atom after it.
    pub(super) fn unit(&mut self, at: usize) -> Option<(Unit, usize)> {
        let first = self.atom(at)?;
        // Letters of a unit stand in few scripts; a sign is looked up as it is.
        if matches!(first.kind, AtomKind::Digits(..)) || first.end - first.start > 40 {
            return None;
        }
        lower_into(self.surface(at), self.lower);
        let pieces = self.known.unit_pieces(self.lower);
        let mut best = None;
        let mut next = at;
        for piece in 0..pieces {
            if piece > 0 {
                // Hyphens within a unit do not count: "US-Dollar", "ki-lô-mét".
                if self.is_dash(next) && self.glued(next) && self.glued(next + 1) {
                    next += 1;
                }
                let Some(atom) = self.atoms.get(next) else { break };
                if atom.end - atom.start > 40 {
                    break;
                }
                self.lower.push(' ');
                let length = self.lower.len();
                let surface = self.text.get(atom.start..atom.end).unwrap_or_default();
                self.lower.extend(surface.chars().flat_map(char::to_lowercase));
                if self.lower.len() == length {
                    break;
                }
            }
            next += 1;
            if let Some(unit) = self.known.unit(self.lower) {
                best = Some((unit, next));
            }
        }
        best
    }

    /// Notes a number, and the unit or currency beside it; gives the atom after all of it.
    pub(super) fn note_amount(&mut self, value: Value, start: usize, end: usize) -> usize {
        let before = start.checked_sub(1).filter(|&before| before >= self.noted_to());
        let number = self.out.len();
        self.note(FactKind::Number, value, start, end);
        let at = if self.is_dash(end) && self.glued(end) && self.glued(end + 1) { end + 1 } else { end };
        if let Some((unit, next)) = self.unit(at)
            && self.is_unit_here(unit, at, next)
        {
            let next = self.note_more(unit, number, at, next);
            return next;
        }
        // "$5", "US$ 5", "USD 5".
        if let Some(before) = before
            && let Some((unit, next)) = self.unit(before)
            && unit.kind == FactKind::Currency
            && next == start
            && self.is_currency_sign(before)
        {
            self.note(unit.kind, unit.value, before, start);
        }
        end
    }

    /// Notes the unit; in Vietnamese a half that follows it ("2 năm rưỡi") goes to the number.
    fn note_more(&mut self, unit: Unit, number: usize, at: usize, next: usize) -> usize {
        self.note(unit.kind, unit.value, at, next);
        if self.has(next, Role::HalfMore) && self.language == Language::Vietnamese {
            if let Some(fact) = self.out.get_mut(number) {
                fact.value = fact.value.plus(Value::decimal(5, -1)).unwrap_or(fact.value);
            }
            return next + 1;
        }
        next
    }

    /// A sign, or letters in capitals: what may stand before an amount.
    fn is_currency_sign(&self, at: usize) -> bool {
        !self.is_word(at) || self.surface(at).chars().all(char::is_uppercase)
    }

    /// One letter is a unit only in lower case where it is written so, and beside digits; Vietnamese "đồng" and "năm" always are
    /// after a number.
    fn is_unit_here(&self, unit: Unit, at: usize, next: usize) -> bool {
        if unit.kind == FactKind::Currency || next > at + 1 || !self.is_word(at) {
            return true;
        }
        let surface = self.surface(at);
        let beside_digits = at > 0 && matches!(self.kind(at - 1), Some(AtomKind::Digits(..)));
        match surface {
            // "5 m", "5m", "5 t"; but never "drei T", and "g" is the hour of Vietnamese timetables.
            "m" | "t" | "g" | "l" | "W" | "V" => beside_digits,
            _ => surface.chars().count() > 1 || surface == "ly",
        }
    }
}
