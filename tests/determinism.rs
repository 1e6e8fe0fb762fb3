//! The same reports give the same bytes, however many threads work and in whatever order files lie there.

use std::fs::{File, FileTimes};
use std::time::{Duration, SystemTime};

use crate::samples;
use crate::util::Dir;

#[test]
fn the_number_of_threads_does_not_show() {
    let dir = Dir::with_samples();
    let (german, vietnamese) = crate::mine::lines();
    dir.create("de.lines", german.join("\n"));
    dir.create("vi.lines", vietnamese.join("\n"));
    for args in [
        &["align", "de", "vi", "--min-score", "0"][..],
        &["align", "de", "vi", "--mode", "comparable", "--format", "ladder"],
        &["match", "de", "vi"],
        &["mine", "de.lines", "vi.lines", "--min-score", "0"],
        &["mine", "--mode", "search", "de.lines", "vi.lines"],
        &["align", "--presegmented", "de.lines", "vi.lines"],
        &["lexicon", "coverage", "--de", "de.lines", "--vi", "vi.lines", "--missing", "30"],
    ] {
        let one = dir.run(&[args, &["-j", "1"]].concat()).out();
        let two = dir.run(&[args, &["-j", "2"]].concat()).out();
        let seven = dir.run(&[args, &["-j", "7"]].concat()).out();
        assert!(one.lines().count() > 1, "{args:?}");
        assert!(one == two && two == seven, "{args:?}");
    }
}

#[test]
fn the_order_of_files_does_not_show() {
    let (first, second) = (Dir::with_samples(), Dir::new());
    let day = Duration::from_secs(86_400);
    for side in ["de", "vi"] {
        for (age, (name, bytes)) in samples::files(side).into_iter().rev().enumerate() {
            let name = format!("{side}/{name}");
            second.create(&name, bytes);
            let file = File::options().append(true).open(second.path(&name)).unwrap();
            let then = SystemTime::UNIX_EPOCH + day * (900 - 7 * age as u32);
            file.set_times(FileTimes::new().set_modified(then).set_accessed(then)).unwrap();
        }
    }
    for args in
        [&["align", "de", "vi"][..], &["match", "de", "vi"], &["align", "de", "vi", "--format", "tmx"]]
    {
        assert_eq!(first.run(args).out(), second.run(args).out(), "{args:?}");
    }
}

#[test]
fn the_order_of_records_does_not_show() {
    let dir = Dir::with_samples();
    let before = dir.run(&["align", "de", "vi"]).out();
    for name in ["de/reise-handel.jsonl", "vi/kinh-te-du-lich.jsonl"] {
        let text = dir.read(name);
        let mut lines: Vec<&str> = text.lines().collect();
        lines.reverse();
        dir.create(name, lines.join("\n"));
    }
    assert_eq!(dir.run(&["align", "de", "vi"]).out(), before);
}
