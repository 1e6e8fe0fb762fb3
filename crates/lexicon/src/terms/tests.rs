//! Terms of sentences of both languages held against each other.

use super::*;
use crate::Lexicon;

/// The German terms of one sentence that the Vietnamese one answers, as they stand in it.
fn answered(german: &str, vietnamese: &str) -> Vec<String> {
    let lexicon = Lexicon::new();
    let de = GermanReader::new(&lexicon).read(german);
    let vi = VietnameseReader::new(&lexicon).read(vietnamese);
    let mut found: Vec<String> = de
        .terms
        .iter()
        .filter(|t| !matches!(t.kind, TermKind::Function | TermKind::Mark))
        .filter(|t| t.targets.iter().any(|target| vi.mentions.iter().any(|m| m.key == target.key)))
        .map(|t| t.span().of(german).to_owned())
        .collect();
    found.dedup();
    found
}

#[test]
fn words_in_any_form_are_answered() {
    let found = answered("Die Minister unterzeichneten das Abkommen.", "Các bộ trưởng đã ký hiệp định.");
    assert_eq!(found, ["Minister", "unterzeichneten", "Abkommen"]);
}

#[test]
fn a_verb_finds_the_particle_that_it_left() {
    let found = answered("Er nahm am Montag an der Sitzung teil.", "Ông đã tham dự phiên họp.");
    assert!(found.contains(&"nahm".to_owned()), "{found:?}");
}

#[test]
fn foreign_names_are_answered_in_either_spelling() {
    let found = answered("Kovalenko traf Brannigan.", "Kovalenko đã gặp Brannigan.");
    assert_eq!(found, ["Kovalenko", "traf", "Brannigan"]);
}

#[test]
fn abbreviations_are_understood_with_and_without_their_stop() {
    for vietnamese in ["Ông sống ở TP. HCM.", "Ông sống ở TP HCM.", "Ông sống ở TP.HCM."] {
        let found = answered("Er wohnt in Ho-Chi-Minh-Stadt.", vietnamese);
        assert!(found.contains(&"Ho-Chi-Minh-Stadt".to_owned()), "{vietnamese}: {found:?}");
    }
}

#[test]
fn negation_is_seen_where_it_negates() {
    let lexicon = Lexicon::new();
    let german = |text| GermanReader::new(&lexicon).read(text).signs.negated;
    let vietnamese = |text| VietnameseReader::new(&lexicon).read(text).signs.negated;
    for text in ["Der Zug kam nicht.", "Keiner wusste Bescheid.", "Sie haben niemals gezahlt."] {
        assert!(german(text), "{text}");
    }
    for text in ["Nicht nur der Zug kam, auch der Bus.", "Der Zug kam.", "Nicht zuletzt half der Regen."] {
        assert!(!german(text), "{text}");
    }
    for text in ["Tàu không đến.", "Chẳng ai biết chuyện đó.", "Họ chưa từng trả tiền.", "Sao anh không đi?"]
    {
        assert!(vietnamese(text), "{text}");
    }
    for text in ["Không chỉ tàu mà cả xe buýt cũng đến.", "Hãng hàng không đã trả tiền.", "Anh có đi không?"]
    {
        assert!(!vietnamese(text), "{text}");
    }
}

#[test]
fn what_is_closed_and_what_quotes_is_seen() {
    let lexicon = Lexicon::new();
    let german = |text| GermanReader::new(&lexicon).read(text).signs;
    let vietnamese = |text| VietnameseReader::new(&lexicon).read(text).signs;
    for text in ["Der Zug kam.", "„Der Zug kam.“", "Kam er? (Ja!)", "Er kam …", "Er sagte:"] {
        assert!(german(text).closed, "{text}");
    }
    for text in ["Zug verspätet", "Zug „Einstein“ verspätet", "", "(dpa)"] {
        assert!(!german(text).closed, "{text}");
    }
    assert!(vietnamese("\"Tàu đến rồi.\" ").closed && !vietnamese("Tàu đến muộn").closed);
    assert!(german("Der „Blitz“ kam.").quoted && vietnamese("\"Tia chớp\" đã đến.").quoted);
    assert!(!german("Der Blitz kam.").quoted && !vietnamese("Tia chớp đã đến.").quoted);
    // Of two sentences as one the last one tells whether it is closed.
    let both = german("Zug „Einstein“ verspätet").then(german("Er kam nicht."));
    assert!(both.closed && both.quoted && both.negated);
}

#[test]
fn units_tile_the_syllables() {
    let lexicon = Lexicon::new();
    let text = "Quốc hội, hôm 3/5, đã thông qua luật mới ở Mát-xcơ-va.";
    let vi = VietnameseReader::new(&lexicon).read(text);
    let mut at = 0;
    for unit in &vi.units {
        assert_eq!(unit.first, at);
        assert!(unit.end > unit.first);
        at = unit.end;
    }
    assert_eq!(usize::from(at), vi.syllables.len());
    let first =
        Span::new(vi.syllables[0].span().start, vi.syllables[usize::from(vi.units[0].end) - 1].span().end);
    assert_eq!(first.of(text), "Quốc hội");
}

proptest::proptest! {
    #[test]
    fn no_text_panics(text in "\\PC{0,60}") {
        let lexicon = Lexicon::new();
        let de = GermanReader::new(&lexicon).read(&text);
        for term in &de.terms {
            proptest::prop_assert!(term.span().end <= text.len());
        }
        let vi = VietnameseReader::new(&lexicon).read(&text);
        proptest::prop_assert_eq!(vi.units.iter().map(|u| usize::from(u.end - u.first)).sum::<usize>(), vi.syllables.len());
    }
}
