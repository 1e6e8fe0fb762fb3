//! Pairs whose two sides cannot both be true: other numbers, other dates, other names.

use satzpaar_corpus::Pair;
use satzpaar_language::Language;
use satzpaar_lexicon::facts::{Fact, FactKind, Value, facts};
use satzpaar_lexicon::names::{is_foreign_in_vietnamese, name_similarity};
use satzpaar_tokenizer::{Token, TokenKind, Tokenizer};

/// From this likeness on, a word may be the name: low, since a contradiction has to be plain.
const ALIKE: f64 = 0.6;
/// Shorter names say too little.
const NAME: usize = 4;
/// So many names of the Vietnamese side, none of which the German has, are a contradiction: fewer may well be added for the reader.
const NAMES: usize = 3;

/// Why a pair contradicts itself, or nothing. A number or date counts if it is written in digits and nothing on the other side comes near
/// it; only when both sides hold such a one of the same sort do they contradict each other, since one side may well leave something out.
/// Amounts with a unit or currency do not count, percentages and years excepted: translators convert them.
/// Names count if the Vietnamese side has several in foreign spelling and the German none that is like any of them.
pub(crate) fn contradiction(pair: &Pair) -> Option<&'static str> {
    let de = Side::read(&pair.de_text, Language::German);
    let vi = Side::read(&pair.vi_text, Language::Vietnamese);
    let (de_alone, vi_alone) = (de.unanswered(&vi), vi.unanswered(&de));
    if de_alone.iter().any(|fact| vi_alone.iter().any(|other| sort(fact.kind) == sort(other.kind))) {
        return Some("numbers or dates contradict");
    }
    let names: Vec<&str> = vi.names().collect();
    let is_there = |name: &&str| de.words().any(|word| name_similarity(word, name) >= ALIKE);
    (names.len() >= NAMES && !names.iter().any(is_there)).then_some("no name of one side in the other")
}

/// A side's tokens and facts.
struct Side<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    facts: Vec<Fact>,
}

impl<'a> Side<'a> {
    fn read(text: &'a str, language: Language) -> Self {
        let (mut tokens, mut found) = (Vec::new(), Vec::new());
        Tokenizer::new(language).tokenize(text, &mut tokens);
        facts(text, &tokens, language, &mut found);
        Self { text, tokens, facts: found }
    }

    /// Facts in digits that no fact of the other side agrees with.
    fn unanswered(&self, other: &Self) -> Vec<&Fact> {
        let in_digits = |fact: &Fact| {
            let mut tokens = self.tokens.get(fact.tokens.clone()).unwrap_or_default().iter();
            tokens.any(|token| token.surface(self.text).contains(|c: char| c.is_ascii_digit()))
        };
        let alone = |fact: &&Fact| !other.facts.iter().any(|theirs| fact.agreement(theirs) > 0.0);
        let told = |fact: &&Fact| sort(fact.kind).is_some() && in_digits(fact) && !self.is_convertible(fact);
        self.facts.iter().filter(told).filter(alone).collect()
    }

    /// Whether a unit or currency stands beside the number.
    fn is_convertible(&self, fact: &Fact) -> bool {
        let fixed = ["percent", "year"].map(Value::code);
        let beside = |unit: &&Fact| {
            unit.tokens.start <= fact.tokens.end + 1 && fact.tokens.start <= unit.tokens.end + 1
        };
        let units = self.facts.iter().filter(|unit| matches!(unit.kind, FactKind::Unit | FactKind::Currency));
        fact.kind == FactKind::Number && units.filter(beside).any(|unit| !fixed.contains(&unit.value))
    }

    /// Words in capitals that no Vietnamese word is spelled like; abbreviations are none.
    fn names(&self) -> impl Iterator<Item = &'a str> {
        self.words().filter(|word| {
            let capitals = word.chars().filter(|c| c.is_uppercase()).count();
            word.chars().count() >= NAME
                && word.starts_with(char::is_uppercase)
                && capitals == 1
                && is_foreign_in_vietnamese(word)
        })
    }

    fn words(&self) -> impl Iterator<Item = &'a str> {
        let text = self.text;
        self.tokens.iter().filter(|token| token.kind == TokenKind::Word).map(move |token| token.surface(text))
    }
}

/// What can stand against what.
fn sort(kind: FactKind) -> Option<u8> {
    match kind {
        FactKind::Number => Some(0),
        FactKind::Year => Some(1),
        FactKind::Day | FactKind::Month => Some(2),
        FactKind::Clock => Some(3),
        FactKind::Score => Some(4),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use satzpaar_corpus::{PairKind, Span};

    use super::*;

    fn told(de: &str, vi: &str) -> Option<&'static str> {
        contradiction(&Pair {
            de_doc: String::new(),
            vi_doc: String::new(),
            doc_score: 1.0,
            de: Span::new(0, 0),
            vi: Span::new(0, 0),
            bead: (1, 1),
            score: 1.0,
            kind: PairKind::Parallel,
            de_text: de.to_owned(),
            vi_text: vi.to_owned(),
        })
    }

    #[test]
    fn other_numbers_and_dates_contradict() {
        let numbers = Some("numbers or dates contradict");
        assert_eq!(told("Es kamen 350 Gäste.", "Có 420 khách đến dự."), numbers);
        assert_eq!(told("Die Preise stiegen um 12 Prozent.", "Giá tăng 17%."), numbers);
        assert_eq!(told("Am 5. Mai 2024 begann der Bau.", "Ngày 5/5/2023 bắt đầu xây dựng."), numbers);
        assert_eq!(told("Der Zug fährt um 9:30 Uhr.", "Tàu chạy lúc 8 giờ 15."), numbers);
        for (de, vi) in [
            ("Es kamen 350 Gäste.", "Có 350 khách đến dự."),
            ("Es kamen 1,5 Millionen Gäste.", "Có 1.498.000 khách đến dự."),
            ("Es kamen 350 Gäste.", "Có nhiều khách đến dự."),
            ("Es kamen 350 Gäste am 5. Mai.", "Có 350 khách đến dự vào lúc 9 giờ 30."),
            ("Das Schiff fuhr 300 Meilen weit.", "Con tàu đã đi được 480 km."),
            ("Es waren 27 Grad.", "Trời nóng 80 độ F."),
            ("Das kostet 100 Dollar.", "Giá là 2,5 triệu đồng."),
            ("Drei Brücken wurden gebaut.", "Ba cây cầu được xây dựng."),
        ] {
            assert_eq!(told(de, vi), None, "{de} | {vi}");
        }
    }

    #[test]
    fn names_contradict_only_if_none_is_shared() {
        let vi = "Ông Steinbrück và bà Wagenfeld đã gặp nhau ở Schwerin.";
        assert_eq!(
            told("Der Bürgermeister traf am Abend die Minister.", vi),
            Some("no name of one side in the other")
        );
        assert_eq!(told("Steinbrück traf die Ministerin.", vi), None);
        assert_eq!(told("Der Minister kam.", "Ông Steinbrück đã đến."), None);
    }
}
