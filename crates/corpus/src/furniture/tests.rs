use proptest::prelude::*;
use satzpaar_language::Language::{self, German, Vietnamese};

use super::*;

const FILES: [(&str, &str, Language); 4] = [
    ("both.tsv", include_str!("../../../../data/furniture/both.tsv"), German),
    ("both.tsv", include_str!("../../../../data/furniture/both.tsv"), Vietnamese),
    ("de.tsv", include_str!("../../../../data/furniture/de.tsv"), German),
    ("vi.tsv", include_str!("../../../../data/furniture/vi.tsv"), Vietnamese),
];

/// Running text to stand around an example.
fn prose(language: Language) -> &'static str {
    match language {
        German => {
            "Die Stadt hat am Montag eine neue Brücke für Fußgänger und Radfahrer freigegeben, die seit zwei Jahren gebaut wurde."
        }
        Vietnamese => {
            "Thành phố hôm thứ Hai đã đưa vào sử dụng một cây cầu mới dành cho người đi bộ và đi xe đạp sau hai năm xây dựng."
        }
    }
}

fn kept(text: &str, language: Language) -> Vec<&str> {
    strip(text, language).into_iter().map(|span| span.of(text)).collect()
}

#[test]
fn every_pattern_compiles_and_finds_its_example() {
    for (name, file, language) in FILES {
        assert!(Rules::of(language).is_complete());
        for row in rules::rows(file) {
            let context = format!("{name}: {} {} in {language}", row.scope, row.pattern);
            let example = if row.example.is_empty() { row.pattern } else { row.example };
            let prose = prose(language);
            match row.scope {
                "define" => {}
                "line" | "list" => {
                    let text = format!("{prose}\n{example}\n{prose}");
                    assert_eq!(kept(&text, language), [prose, prose], "{context}");
                }
                "menu" | "edge" => {
                    for text in [format!("{example}\n{prose}"), format!("{prose}\r\n\r\n{example}")] {
                        assert_eq!(kept(&text, language), [prose], "{context}");
                    }
                }
                "tail" => {
                    assert_eq!(kept(&format!("{prose}\n{example}\n"), language), [prose], "{context}");
                }
                "start" | "end" | "end-any" | "bracket" | "anywhere" => {
                    let text = example.replace(['⟦', '⟧'], "");
                    let (before, rest) = example.split_once('⟦').expect(&context);
                    let (cut, after) = rest.split_once('⟧').expect(&context);
                    assert!(!cut.is_empty(), "{context}");
                    let expected: Vec<&str> =
                        [before.trim(), after.trim()].into_iter().filter(|part| !part.is_empty()).collect();
                    assert_eq!(kept(&text, language), expected, "{context}");
                }
                other => panic!("{context}: unknown scope {other}"),
            }
        }
    }
}

#[test]
fn every_regular_expression_has_an_example() {
    for (name, file, _) in FILES {
        for row in rules::rows(file).filter(|row| row.scope != "define" && row.pattern.starts_with('/')) {
            assert!(!row.example.is_empty() && row.pattern.ends_with('/'), "{name}: {}", row.pattern);
        }
    }
}

#[test]
fn furniture_is_cut_off_sentences_on_both_sides() {
    let text =
        "Kommentar (0)Dementsprechend wurde der Plan geändert. „Wir sind bereit“, sagte er. (Foto: VNA)";
    assert_eq!(kept(text, German), ["Dementsprechend wurde der Plan geändert. „Wir sind bereit“, sagte er."]);
    let text = "Bình luận (3)Cây cầu đã thông xe. Ông nói: “Rất vui.” (Ảnh: TTXVN)";
    assert_eq!(kept(text, Vietnamese), ["Cây cầu đã thông xe. Ông nói: “Rất vui.”"]);
    let text = "Die Brücke ist fertig. (Foto: VNA)Der Bürgermeister freute sich.";
    assert_eq!(kept(text, German), ["Die Brücke ist fertig.", "Der Bürgermeister freute sich."]);
}

#[test]
fn sentences_that_look_like_furniture_are_kept() {
    let german = [
        "Aktualisiert am 3. Mai 2024, zeigt die Liste nun alle Brücken.",
        "Die Kommentare (auch die kritischen) gefielen dem Bürgermeister sehr gut.",
        "Quelle des Streits war ein altes Haus am Fluss, das niemand kaufen wollte.",
        "Herr Muster (Foto: privat) sagte am Abend, er sei zufrieden.",
        "Das Foto: eine Frau, die auf den Bus wartet.",
        "Von Hanoi aus fahren täglich zwei Züge nach Norden.",
        "An dieser Stelle steht heute ein Denkmal für die Arbeiter.",
        "Haben Sie einen Fehler gemacht?",
        "Bitte melden Sie sich bei der Polizei, wenn Sie etwas gesehen haben.",
        "Die Nutzung von Drohnen ist dort verboten.",
        "JavaScript ist eine Programmiersprache.",
        "Diese Meldung wurde später zurückgenommen.",
        "Was denken Sie über die neue Brücke?",
        "Teilen ist schwer.",
        "Mehr Menschen als je zuvor fahren mit dem Rad.",
        "Lesen Sie viel?",
        "Wir verwenden viel Holz.",
        "Startseite der Zeitung war an jenem Tag ein Bild der Brücke.",
        "Am 3. Mai 2024 wurde die Brücke geöffnet.",
        "Politik ist mühsam.",
        "Berlin (dpa) – Die Brücke wird geöffnet.",
        "Foto: Ein Mann steht am Abend auf der Brücke.",
        "(Bilder zeigten später, dass er noch lebte.)",
    ];
    for sentence in german {
        let text = format!("{0}\n{sentence}\n{0}", prose(German));
        assert_eq!(kept(&text, German), [text.as_str()], "{sentence}");
        assert_eq!(kept(sentence, German), [sentence]);
    }
    let vietnamese = [
        "Phát hiện lỗi kỹ thuật, hãng xe thu hồi hàng nghìn chiếc.",
        "Tải ứng dụng giả mạo, một phụ nữ mất hết tiền.",
        "Nguồn nước ở đây rất sạch.",
        "Theo Bộ trưởng, cây cầu sẽ sớm hoàn thành.",
        "Đang phát triển mạnh, thành phố cần thêm nhiều cây cầu.",
        "Ông Văn Nam (ảnh: trái) cho biết mọi việc đều tốt.",
        "Hãy chọn những quả tươi và ngon nhất.",
        "Bình luận về vụ việc, ông nói rằng mọi thứ còn quá sớm.",
        "Bạn có thích cây cầu này không?",
        "Chia sẻ với báo chí, bà nói mình rất vui.",
        "Thế giới đang thay đổi.",
        "Ngày 3/5/2024, cây cầu được khánh thành.",
        "Đăng ký tài khoản điện tử là việc nên làm.",
        "Ảnh: Một người đàn ông đứng trên cầu.",
        "VnExpress - tờ báo điện tử - đưa tin về cây cầu.",
    ];
    for sentence in vietnamese {
        let text = format!("{0}\n{sentence}\n{0}", prose(Vietnamese));
        assert_eq!(kept(&text, Vietnamese), [text.as_str()], "{sentence}");
        assert_eq!(kept(sentence, Vietnamese), [sentence]);
    }
}

#[test]
fn a_rubric_is_furniture_at_the_edges_and_a_heading_within() {
    let prose = prose(German);
    let text = format!("Startseite > Politik\nPolitik\nNeue Brücke\n{prose}\nWirtschaft\n{prose}\nKultur");
    let inner = format!("{prose}\nWirtschaft\n{prose}");
    assert_eq!(kept(&text, German), [format!("Neue Brücke\n{inner}")]);
}

#[test]
fn a_menu_with_unknown_entries_is_dropped_but_not_the_headline() {
    let prose = prose(German);
    let text = format!(
        "Politik\nWirtschaft\nBorkum\nSport\nMusterstadt\nKultur\nEine Stadt bekommt ihre neue Brücke\n{prose}"
    );
    assert_eq!(kept(&text, German), [format!("Eine Stadt bekommt ihre neue Brücke\n{prose}")]);
}

#[test]
fn a_list_of_other_reports_goes_at_the_end_only() {
    let prose = prose(Vietnamese);
    let text = format!(
        "{prose}\nTin liên quan\nKhởi công cây cầu thứ hai\n{prose}\nTin liên quan\n\nGiá vé tăng\nTrời sắp mưa\nMưa rồi sẽ tạnh thôi."
    );
    assert_eq!(
        kept(&text, Vietnamese),
        [prose, &format!("Khởi công cây cầu thứ hai\n{prose}"), "Mưa rồi sẽ tạnh thôi."]
    );
}

#[test]
fn decomposed_and_invisible_characters_hide_nothing() {
    let text = "Bi\u{300}nh lua\u{323}\u{302}n\u{A0}(\u{200B}0)\nCây cầu đã thông xe.";
    assert_eq!(kept(text, Vietnamese), ["Cây cầu đã thông xe."]);
    assert_eq!(
        kept("\u{FEFF}Lesen Sie \u{AD}auch\nDie Brü\u{AD}cke ist offen.", German),
        ["Die Brü\u{AD}cke ist offen."]
    );
}

#[test]
fn a_sentence_over_two_lines_stays_in_one_block() {
    assert_eq!(kept("Die Brücke,\ndie neu ist, steht.\n\nSie ist lang.", German).len(), 1);
}

#[test]
fn nothing_is_left_of_nothing() {
    for text in ["", " \n\t\r\n", "\u{FEFF}", "Kommentar (0)", "|\n---\n"] {
        assert_eq!(strip(text, German), [], "{text:?}");
    }
}

#[test]
fn a_long_line_takes_no_long_time() {
    let text = "Wort (und [noch! ".repeat(1 << 20);
    let start = std::time::Instant::now();
    assert_eq!(strip(&text, German).len(), 1);
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

proptest! {
    #[test]
    fn spans_are_in_order_on_boundaries_and_hold_text(
        text in "(Kommentar \\(0\\)|Quelle: |Ảnh: |\\(Foto: VNA\\)|\\[Anzeige_2\\]|!\\[\\]\\(|\\||Tin liên quan|Từ khóa: |[a-zđệ.“()\u{300}\u{AD}]{1,9}|\n|\r\n| ){0,30}|\\PC*",
    ) {
        for language in [German, Vietnamese] {
            let mut last = 0;
            for span in strip(&text, language) {
                prop_assert!(span.start >= last && span.start < span.end && text.get(span.range()).is_some());
                let covered = span.of(&text);
                prop_assert!(covered.contains(char::is_alphanumeric) && covered.trim() == covered);
                last = span.end;
            }
        }
    }

    #[test]
    fn plain_sentences_stay_whole(words in prop::collection::vec("[a-zäöüß]{2,9}", 3..20), count in 1_usize..4) {
        let sentence = format!("Der {}.", words.join(" "));
        let text = vec![sentence; count].join(" ");
        prop_assert_eq!(kept(&text, German), [text.as_str()]);
    }
}
