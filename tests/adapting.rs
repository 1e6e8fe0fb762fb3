//! `align --adapt`.

use std::fmt::Write as _;

use crate::samples::bead;
use crate::util::Dir;

/// A text about things that no lexicon knows; line i belongs to line i, but for a foreign line on either side now and then.
fn texts() -> (String, String) {
    let things = [
        ("Quurzel", "xôm lạp"),
        ("Zumbflix", "đoạp nhuyệt"),
        ("Grätwups", "khuỵp"),
        ("Klibtrölk", "ghẽo trếch"),
        ("Schnurfdwax", "giộp"),
    ];
    let frames = [
        ("Die {} ist sehr groß.", "{} rất lớn."),
        ("Die Regierung kauft eine {}.", "Chính phủ mua {}."),
        ("Wir sehen die {} im Hafen.", "Chúng tôi thấy {} ở cảng."),
        ("Eine {} trinkt jeden Tag Wasser.", "{} uống nước mỗi ngày."),
        ("Der Lehrer sucht die {} in der Schule.", "Thầy giáo tìm {} ở trường."),
        ("{} und Zumbflix!", "{} và đoạp nhuyệt!"),
    ];
    let (mut de, mut vi) = (String::new(), String::new());
    for (a, b) in frames {
        for (german, vietnamese) in things {
            writeln!(de, "{}", a.replace("{}", german)).unwrap();
            writeln!(vi, "{}", b.replace("{}", vietnamese)).unwrap();
        }
    }
    (de, vi)
}

#[test]
fn words_of_the_text_are_learned_and_used() {
    let dir = Dir::new();
    let (de, vi) = texts();
    dir.create("de.txt", &de);
    dir.create("vi.txt", &vi);
    let args = ["align", "--presegmented", "de.txt", "vi.txt"];
    let once = dir.run(&args).out();
    let ran = dir.run(&[&args[..], &["--adapt"]].concat()).says(&["5 words learned from", "sure pairs"]);
    let right = |out: &str| {
        let rows = out.lines().map(bead);
        let scores = rows.filter(|b| b.0.len() == 1 && b.0 == b.1).map(|b| b.2);
        scores.fold((0, 0.0), |(count, sum), score| (count + 1, sum + score))
    };
    let ((before, sum_before), (after, sum_after)) = (right(&once), right(&ran.stdout));
    assert!(after >= before && sum_after > sum_before + 0.1, "{before} {sum_before} {after} {sum_after}");
    let single = dir.run(&[&args[..], &["--adapt", "-j", "1", "-q"]].concat()).silent().out();
    assert_eq!(single, ran.stdout);
    // From standard input, which can be read once only.
    let input = ["align", "--presegmented", "-", "vi.txt", "--adapt"];
    assert_eq!(dir.command(&input).input(de).run().out(), ran.stdout);
}

#[test]
fn what_teaches_nothing_is_aligned_as_without() {
    let dir = Dir::with_samples();
    let once = dir.run(&["align", "de", "vi"]).out();
    let twice = dir.run(&["align", "de", "vi", "--adapt"]).says(&["0 words learned"]).out();
    assert_eq!(once, twice);
}

#[test]
fn all_files_of_a_batch_teach_together_and_missing_ones_are_named_once() {
    let dir = Dir::new();
    let (de, vi) = texts();
    let mut batch = "de\tvi\tout\nno.de\tno.vi\tno.out\n".to_owned();
    for part in 0..2 {
        let half = |text: &str| text.lines().skip(part).step_by(2).collect::<Vec<_>>().join("\n");
        dir.create(format!("{part}.de"), half(&de));
        dir.create(format!("{part}.vi"), half(&vi));
        writeln!(batch, "{part}.de\t{part}.vi\t{part}.out").unwrap();
    }
    dir.create("batch.tsv", batch);
    let ran = dir.run(&["align", "--presegmented", "--batch", "batch.tsv", "--adapt"]).code(1);
    assert!(ran.stderr.contains("5 words learned"), "{}", ran.stderr);
    assert_eq!(ran.stderr.matches("no.de").count(), 1, "{}", ran.stderr);
    assert!(dir.exists("0.out") && dir.exists("1.out"));
}

#[test]
fn reports_teach_too() {
    let dir = Dir::new();
    let (de, vi) = texts();
    dir.create("de/a.txt", de.replace('\n', "\n\n"));
    dir.create("vi/a.txt", vi.replace('\n', "\n\n"));
    let args = ["align", "de", "vi", "--by-name", "--adapt"];
    let ran = dir.run(&args).says(&["5 words learned"]);
    assert_eq!(ran.code(0).stdout, dir.run(&[&args[..], &["-j", "1"]].concat()).out());
}
