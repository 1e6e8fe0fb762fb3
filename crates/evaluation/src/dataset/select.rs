//! Which pairs are fit for a dataset, each judged by itself.

use std::collections::HashSet;

use satzpaar_corpus::{Language, Pair, Seeming, identify, strip};

use super::funnel::{Funnel, Reason};
use super::text::Words;

/// Words that both sides of an untranslated copy share, as a share of all words of both.
const COPY: f64 = 0.6;

/// What a pair has to be.
#[derive(Clone, Debug, PartialEq)]
pub struct Selection {
    /// Pairs less probable than this go.
    pub min_score: f64,
    /// Numbers of German and Vietnamese sentences that a pair may group; all if empty.
    pub beads: Vec<(usize, usize)>,
    /// The fewest characters a side may have.
    pub min_chars: usize,
    /// The most characters a side may have.
    pub max_chars: usize,
    /// The longer side has at most this many times the characters of the shorter.
    pub max_ratio: f64,
}

impl Default for Selection {
    fn default() -> Self {
        Self { min_score: 0.5, beads: Vec::new(), min_chars: 15, max_chars: 1000, max_ratio: 3.0 }
    }
}

/// What else speaks against a pair: a reason, or nothing.
pub type Contradiction<'a> = dyn Fn(&Pair) -> Option<&'static str> + Sync + 'a;

/// Drops what is not fit, step by step, the cheap ones first.
pub(super) fn select(funnel: &mut Funnel, wanted: &Selection, contradiction: Option<&Contradiction<'_>>) {
    funnel.each("score", |row| (row.pair.score < wanted.min_score).then_some("score too low"));
    if !wanted.beads.is_empty() {
        funnel
            .each("bead type", |row| (!wanted.beads.contains(&row.pair.bead)).then_some("another bead type"));
    }
    funnel.each("length", |row| length(&row.pair, wanted));
    funnel.each("furniture", |row| {
        let is_furniture = |text: &str, language| {
            let text = text.trim();
            strip(text, language).iter().map(|span| span.len()).sum::<usize>() < text.len()
        };
        let found = is_furniture(&row.pair.de_text, Language::German)
            || is_furniture(&row.pair.vi_text, Language::Vietnamese);
        found.then_some("page furniture")
    });
    funnel.each("untranslated copies", |row| {
        is_copy(&row.pair.de_text, &row.pair.vi_text).then_some("both sides nearly the same text")
    });
    funnel.each("language", |row| language(&row.pair));
    if let Some(contradiction) = contradiction {
        funnel.each("contradictions", |row| contradiction(&row.pair));
    }
}

fn length(pair: &Pair, wanted: &Selection) -> Option<Reason> {
    let (de, vi) = (pair.de_text.chars().count(), pair.vi_text.chars().count());
    let (short, long) = (de.min(vi), de.max(vi));
    if short == 0 {
        Some("one side empty")
    } else if short < wanted.min_chars {
        Some("too short")
    } else if long > wanted.max_chars {
        Some("too long")
    } else if long as f64 > wanted.max_ratio * short as f64 {
        Some("lengths too different")
    } else {
        None
    }
}

/// Texts too short to tell pass.
fn language(pair: &Pair) -> Option<Reason> {
    let is_other = |text: &str, expected| match identify(text, expected) {
        Seeming::Known(language) => language != expected,
        Seeming::Other(_) => true,
        Seeming::Unknown => false,
    };
    if is_other(&pair.de_text, Language::German) {
        Some("German side in another language")
    } else if is_other(&pair.vi_text, Language::Vietnamese) {
        Some("Vietnamese side in another language")
    } else {
        None
    }
}

/// Whether both sides are nearly the same words. What holds no word (`***`) is a copy too.
fn is_copy(de: &str, vi: &str) -> bool {
    let mut words = Words::default();
    let de: HashSet<u64> = words.read(de).iter().copied().collect();
    let vi: HashSet<u64> = words.read(vi).iter().copied().collect();
    let shared = de.intersection(&vi).count();
    shared as f64 >= COPY * (de.len() + vi.len() - shared) as f64
}

#[cfg(test)]
mod tests {
    use satzpaar_corpus::{PairKind, Span};

    use super::*;
    use crate::dataset::read::Row;

    fn reason(de: &str, vi: &str, wanted: &Selection) -> Option<String> {
        let pair = Pair {
            de_doc: "d".to_owned(),
            vi_doc: "v".to_owned(),
            doc_score: 1.0,
            de: Span::new(0, 1),
            vi: Span::new(0, 1),
            bead: (1, 1),
            score: 0.7,
            kind: PairKind::Parallel,
            de_text: de.to_owned(),
            vi_text: vi.to_owned(),
        };
        let mut funnel = Funnel { rows: vec![Row { row: 1, pair }], alive: vec![0], steps: Vec::new() };
        select(&mut funnel, wanted, None);
        funnel.steps.into_iter().find_map(|step| step.dropped.into_keys().next())
    }

    #[test]
    fn each_unfit_pair_goes_for_its_reason() {
        let usual = Selection::default();
        let de = "Die neue Brücke über den Fluss wurde am Montag eröffnet.";
        let vi = "Cây cầu mới bắc qua sông được khánh thành hôm thứ Hai.";
        assert_eq!(reason(de, vi, &usual), None);
        for (de, vi, told) in [
            (de, "", "one side empty"),
            ("Ja.", "Vâng ạ.", "too short"),
            (de, "Cầu đã thông xe.", "lengths too different"),
            (de, de, "both sides nearly the same text"),
            (vi, vi, "both sides nearly the same text"),
            ("(Foto: VNA)           ", "(Ảnh: TTXVN)          ", "page furniture"),
            (
                "The minister said on Monday that the new bridge over the river will be open to all of the traffic by the end of the year.",
                "Bộ trưởng cho biết hôm thứ Hai rằng cây cầu mới bắc qua sông sẽ thông xe vào cuối năm nay.",
                "German side in another language",
            ),
        ] {
            assert_eq!(reason(de, vi, &usual).as_deref(), Some(told), "{de} | {vi}");
        }
        let strict = Selection { min_score: 0.8, ..usual.clone() };
        assert_eq!(reason(de, vi, &strict).as_deref(), Some("score too low"));
        let groups = Selection { beads: vec![(1, 2), (2, 1)], ..usual };
        assert_eq!(reason(de, vi, &groups).as_deref(), Some("another bead type"));
    }

    #[test]
    fn names_alone_make_no_copy() {
        assert!(!is_copy(
            "Premierminister Phạm Minh Chính kam nach Berlin.",
            "Thủ tướng Phạm Minh Chính đã đến Berlin."
        ));
        assert!(is_copy("Nguyễn Văn An, Hà Nội", "NGUYỄN VĂN AN – Hà Nội"));
    }
}
