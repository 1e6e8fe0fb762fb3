//! `align --resume`: a run that is killed, however often, ends as one that is not.

use std::fs;

use crate::util::{Dir, Ran};

const RUN: [&str; 6] = ["align", "de", "vi", "--resume", "-o", "pairs.tsv"];

fn run(dir: &Dir, more: &[&str]) -> Ran {
    dir.run(&[&RUN[..], more].concat())
}

/// Leaves the whole journal of a run behind, as one that is killed at its very end; gives what the run wrote.
fn with_journal(dir: &Dir, more: &[&str]) -> String {
    // An empty journal is begun like none; its second name keeps what the run takes away.
    dir.create("pairs.tsv.journal", "");
    fs::hard_link(dir.path("pairs.tsv.journal"), dir.path("kept")).unwrap();
    run(dir, more).code(0);
    assert!(!dir.exists("pairs.tsv.journal"));
    dir.rename("kept", "pairs.tsv.journal");
    let whole = dir.read("pairs.tsv");
    fs::remove_file(dir.path("pairs.tsv")).unwrap();
    whole
}

#[test]
fn a_run_from_the_journal_is_the_run_and_the_journal_goes() {
    let dir = Dir::with_samples();
    let whole = dir.run(&["align", "de", "vi"]).out();
    assert_eq!(with_journal(&dir, &[]), whole);
    // Thresholds, formats and threads may change: they come after alignment.
    let higher = dir.run(&["align", "de", "vi", "--min-score", "0.9"]).out();
    let ran = run(&dir, &["--min-score", "0.9", "-j", "3"]).code(0);
    ran.says(&["10 pairs of reports were aligned already", "pairs.tsv.journal"]);
    assert!(higher != whole && dir.read("pairs.tsv") == higher);
    assert_eq!(dir.names(), ["de", "pairs.tsv", "vi"]);
}

#[test]
fn all_ways_to_write_are_resumed() {
    for options in [
        &["--format", "jsonl"][..],
        &["--format", "ladder"],
        &["--target-precision", "0.9"],
        &["--documents", "documents.tsv"],
        &["--shard", "1/2", "-j", "1"],
    ] {
        let dir = Dir::with_samples();
        dir.run(&["match", "de", "vi", "-o", "documents.tsv"]).code(0);
        let once = dir.run(&[&["align", "de", "vi"], options].concat()).out();
        assert!(with_journal(&dir, options) == once, "{options:?}");
        run(&dir, options).code(0);
        assert!(dir.read("pairs.tsv") == once, "{options:?}");
    }
}

#[test]
fn a_journal_that_is_torn_or_damaged_is_made_good() {
    let dir = Dir::with_samples();
    let whole = with_journal(&dir, &[]);
    let journal = fs::read(dir.path("pairs.tsv.journal")).unwrap();
    let head = journal.iter().position(|byte| *byte == b'\n').unwrap();
    for part in 0..8 {
        let end = journal.len() * part / 8;
        dir.create("pairs.tsv.journal", &journal[..end]);
        run(&dir, &[]).code(0);
        assert!(dir.read("pairs.tsv") == whole, "cut off at {end}");
        let mut damaged = journal.clone();
        damaged[head + 1 + (journal.len() - head - 1) * part / 8] ^= 1;
        dir.create("pairs.tsv.journal", damaged);
        run(&dir, &[]).code(0);
        assert!(dir.read("pairs.tsv") == whole, "damaged at {part}/8");
    }
    assert_eq!(dir.names(), ["de", "pairs.tsv", "vi"]);
}

#[test]
fn the_journal_of_another_run_is_refused_with_what_differs() {
    let dir = Dir::with_samples();
    with_journal(&dir, &[]);
    dir.create("extra.tsv", "Haus\tnhà\n");
    let journal = dir.read("pairs.tsv.journal");
    for (options, said) in [
        (&["--mode", "parallel"][..], "--mode: auto then, parallel now"),
        (&["--keep-furniture"], "--keep-furniture: false then, true now"),
        (&["--format", "ladder"], "results: pairs then, ladders now"),
        (&["--shard", "1/2"], "--shard: none then, 1/2 now"),
        (&["--by-name"], "matching: found then, given"),
        (&["--lexicon", "extra.tsv"], "--lexicon: none then"),
    ] {
        run(&dir, options).code(1).says(&["pairs.tsv.journal", "another run", said, "delete the journal"]);
    }
    dir.create("de/zz.txt", "Am Montag regnete es in der Stadt den ganzen Tag lang.\n");
    run(&dir, &[]).code(1).says(&["German reports: 12 (", "then, 13 ("]);
    assert_eq!(dir.read("pairs.tsv.journal"), journal);
    assert_eq!(dir.names(), ["de", "extra.tsv", "pairs.tsv.journal", "vi"]);
    // Without --resume it is left alone.
    dir.run(&["align", "de", "vi", "-o", "pairs.tsv"]).code(0);
    assert_eq!(dir.read("pairs.tsv.journal"), journal);
}

#[cfg(unix)]
#[test]
fn a_journal_that_another_run_writes_is_left_to_it() {
    let dir = Dir::with_samples();
    with_journal(&dir, &[]);
    let journal = dir.read("pairs.tsv.journal");
    let other = fs::File::open(dir.path("pairs.tsv.journal")).unwrap();
    other.lock().unwrap();
    run(&dir, &[]).code(1).says(&["pairs.tsv.journal", "another run is writing", "another output"]);
    assert_eq!(dir.read("pairs.tsv.journal"), journal);
    assert!(!dir.exists("pairs.tsv"));
    drop(other);
    run(&dir, &[]).code(0);
}

#[test]
fn a_file_that_is_no_journal_is_left_alone() {
    let dir = Dir::with_samples();
    dir.create("pairs.tsv.journal", "Mein Tagebuch\n");
    run(&dir, &[]).code(1).says(&["pairs.tsv.journal", "no journal", "move the file away"]);
    assert_eq!(dir.read("pairs.tsv.journal"), "Mein Tagebuch\n");
    assert!(!dir.exists("pairs.tsv"));
}

#[cfg(unix)]
mod killed {
    use std::thread::sleep;
    use std::time::{Duration, Instant};

    use super::*;

    /// How often the sample reports stand there, each time under other names.
    const COPIES: usize = 5;
    const KILLS: u32 = 20;

    /// The sample reports many times over, in files of records.
    fn many() -> Dir {
        let dir = Dir::new();
        for side in ["de", "vi"] {
            let mut lines = String::new();
            for copy in 0..COPIES {
                for (id, text) in crate::samples::texts(side) {
                    let record = serde_json::json!({ "id": format!("{copy:02}/{id}"), "text": text });
                    lines.push_str(&record.to_string());
                    lines.push('\n');
                }
            }
            dir.create(format!("{side}/reports.jsonl"), lines);
        }
        // Copies tell the same event as each other: only those of one copy are aligned.
        let gold = crate::samples::gold_documents();
        let rows = (0..COPIES)
            .flat_map(|copy| gold.iter().map(move |(de, vi)| format!("{copy:02}/{de}\t{copy:02}/{vi}\n")));
        let rows: Vec<String> = rows.collect();
        let rows = rows.concat();
        dir.create("documents.tsv", format!("de_doc\tvi_doc\n{rows}"));
        dir
    }

    #[test]
    fn at_any_moment_loses_nothing_and_doubles_nothing() {
        let dir = many();
        // Half of the runs match, half are told what belongs together.
        let mut went_on = 0;
        for (seed, options) in [(1, &[][..]), (2, &["--documents", "documents.tsv"])] {
            let start = Instant::now();
            let whole = dir.run(&[&["align", "de", "vi", "--min-score", "0"], options].concat()).out();
            let time = start.elapsed();
            let before = dir.names();
            let mut random = numbers(seed);
            for kill in 0..KILLS / 2 {
                let args = [&RUN[..], &["--min-score", "0"], options].concat();
                // Often enough the run that goes on is killed as well.
                for _ in 0..=kill % 2 {
                    let mut child = dir.command(&args).spawn();
                    if kill < KILLS / 4 {
                        sleep(time.mul_f64(random()));
                    } else {
                        // While it aligns: the journal holds so many bytes.
                        let wanted = (2000.0 + 8000.0 * random()) as u64;
                        let length =
                            || fs::metadata(dir.path("pairs.tsv.journal")).map_or(0, |data| data.len());
                        while length() < wanted && child.try_wait().unwrap().is_none() {
                            sleep(Duration::from_millis(1));
                        }
                    }
                    // SIGKILL; a child that is done already is fine too.
                    let _ = child.kill();
                    child.wait().unwrap();
                }
                let ran = dir.run(&args).code(0);
                went_on += u32::from(ran.stderr.contains("aligned already"));
                assert!(dir.read("pairs.tsv") == whole, "kill {kill} {options:?}");
                fs::remove_file(dir.path("pairs.tsv")).unwrap();
                assert_eq!(dir.names(), before, "kill {kill} {options:?}");
            }
        }
        assert!(went_on > 0, "no run was killed while it aligned");
    }

    /// Numbers from 0 to 1 (Steele, Lea & Flood 2014: `SplitMix`).
    fn numbers(seed: u64) -> impl FnMut() -> f64 {
        let mut state = seed;
        move || {
            state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mut z = state;
            z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
        }
    }
}
