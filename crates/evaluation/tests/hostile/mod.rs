//! A dataset whose texts hold whatever a format or its readers may stumble over.

use std::collections::BTreeMap;

use satzpaar_corpus::{Language, Pair, PairKind, Span};
use satzpaar_evaluation::dataset::{Dataset, Estimate, FunnelStep, InputFile, Item, SourceReport};

/// Both sides of pairs; all own compositions.
pub const TEXTS: [(&str, &str); 12] = [
    ("Sie rief: \"Tor!\" & lief < 3 m > weit.", "Cô ấy hô: \"Vào!\" & chạy < 3 m > xa."),
    ("\"Nur ein Anfang", "\"Chỉ mới bắt đầu"),
    ("Er sagt 'ja', sie ,,nein'', wir \\n \\t \\\\.", "Anh ấy nói 'có', cô ấy nói ''không'' \\n \\t \\\\."),
    (
        "Ein\tTab, ein\r\nEnde, ein\u{2028}Trenner, ein\u{85}NEL.",
        "Một\ttab, một\r\ndòng, một\u{2029}dấu, một\u{b}nữa.",
    ),
    (
        "Steuer\u{0}zeichen \u{1}\u{1b}[31mrot\u{7f} und \u{9c}mehr.",
        "Ký tự \u{2}điều\u{1f} khiển \u{fffe}và \u{ffff}hơn.",
    ),
    ("Ein 🙂 lacht, ein 👩\u{200d}🚀 fliegt, 🇩🇪 gewinnt.", "Mặt 🙂 cười, 👩\u{200d}🚀 bay, 🇻🇳 thắng."),
    ("Zerlegt: u\u{308}ber A\u{30a}rhus", "Tách rời: Vie\u{323}\u{302}t Nam ho\u{302}m nay"),
    (
        "]]> <!-- kein Kommentar --> &amp; &lt;b&gt; <![CDATA[x]]>",
        "]]> <!-- không phải --> &amp; &#65; <seg>x</seg>",
    ),
    ("NA", "null"),
    ("- 1.234,5\u{a0}km, =SUMME(A1), @wer, #was, |Rohr|", "- 1.234,5\u{a0}km, =SUM(A1), @ai, #gì, |ống|"),
    (
        "\u{FEFF}Marke vorn, Wort\u{ad}trennung, \u{202b}rechts\u{202c}.",
        "\u{FEFF}Dấu đầu, \u{200b}khoảng không.",
    ),
    ("'''", "“Ừ”…"),
];

/// `count` pairs in events of up to seven, in two splits.
pub fn dataset(count: usize) -> Dataset {
    let mut items = Vec::new();
    for i in 0..count {
        let (de, vi) = TEXTS[i % TEXTS.len()];
        let event = i / 7;
        // From the second round on each pair is its own.
        let text = |text: &str| if i < TEXTS.len() { text.to_owned() } else { format!("{text} {i}") };
        let start = i % 7 * 100;
        let pair = Pair {
            de_doc: format!("zeitung/{event:07} & co"),
            vi_doc: format!("báo/{:07}\"{}", event, if i % 7 == 3 { "b" } else { "" }),
            doc_score: 0.98765,
            de: Span::new(start, start + 99),
            vi: Span::new(start + i % 2, start + 98),
            bead: (1 + i % 3 / 2, 1),
            score: 1.0 - (i % 100) as f64 / 200.0,
            kind: if event % 3 == 0 { PairKind::Comparable } else { PairKind::Parallel },
            de_text: text(de),
            vi_text: text(vi),
        };
        let contamination = (i % 50 == 5).then(|| "flores.de: 0.25".to_owned());
        let event_name = pair.de_doc.clone();
        items.push(Item {
            row: i + 1,
            pair,
            event: event_name,
            split: usize::from(event % 5 != 0),
            contamination,
        });
    }
    let mut sources = BTreeMap::new();
    for item in items.iter().filter(|item| item.pair.de.start % 300 == 0) {
        for (language, doc) in
            [(Language::German, &item.pair.de_doc), (Language::Vietnamese, &item.pair.vi_doc)]
        {
            let source = SourceReport {
                title: Some("Ein \"Titel\" & <mehr>\nauf zwei Zeilen".to_owned()),
                date: Some("2024-02-29".to_owned()),
                url: Some(format!("https://{language}.example/?a=1&b={}", item.row)),
                license: Some(
                    if language == Language::German { "CC BY 4.0" } else { "Haus|recht" }.to_owned(),
                ),
            };
            sources.insert((language, doc.clone()), source);
        }
    }
    let step = |step: &str, unit: &str, kept, dropped: &[(&str, u64)]| FunnelStep {
        step: step.to_owned(),
        unit: unit.to_owned(),
        kept,
        dropped: dropped.iter().map(|(reason, count)| ((*reason).to_owned(), *count)).collect(),
    };
    Dataset {
        name: "hostile-sample_1".to_owned(),
        splits: vec!["dev".to_owned(), "test".to_owned()],
        funnel: vec![
            step("read", "pairs", count as u64 + 9, &[]),
            step("score", "pairs", count as u64, &[("below | 0.5", 7), ("<copies>", 2)]),
        ],
        settings: BTreeMap::from([
            ("seed".to_owned(), "1".to_owned()),
            ("splits".to_owned(), "dev=0.2,test=0.8".to_owned()),
        ]),
        inputs: vec![InputFile { name: "pairs|1.tsv".to_owned(), bytes: 12, sha256: "00".repeat(32) }],
        estimated_precision: Some(Estimate { value: 0.9123, low: 0.88, high: 0.94 }),
        version: "0.1.0".to_owned(),
        items,
        sources,
    }
}
