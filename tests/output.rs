//! Outputs that cannot be written, pipes that close, runs that are killed.

use std::io::{BufRead, BufReader, Read, Write};
use std::thread;
use std::time::Duration;

use crate::samples::{COLUMNS, Table};
use crate::util::{Dir, wait};

/// Enough for any of these runs.
const PATIENCE: Duration = Duration::from_secs(90);

fn with_lines() -> Dir {
    let dir = Dir::with_samples();
    let (german, vietnamese) = crate::mine::lines();
    dir.create("de.lines", german.join("\n"));
    dir.create("vi.lines", vietnamese.join("\n"));
    dir.create("gold.txt", "[0]:[0]\n");
    dir.create("pairs.tsv", "de_text\tvi_text\nDer Hafen\tCảng\n");
    dir
}

/// One of each command that writes data.
const WRITERS: [&[&str]; 9] = [
    &["align", "de", "vi"],
    &["align", "--presegmented", "de.lines", "vi.lines"],
    &["match", "de", "vi"],
    &["mine", "de.lines", "vi.lines"],
    &["split", "--lang", "de", "de.lines"],
    &["tokenize", "--lang", "vi", "vi.lines"],
    &["lexicon", "stats"],
    &["lexicon", "coverage", "--de", "de.lines", "--vi", "vi.lines"],
    &["score", "gold.txt", "gold.txt"],
];

#[test]
fn a_missing_folder_is_found_out_before_the_work() {
    let dir = with_lines();
    let before = dir.names();
    for args in &WRITERS[..6] {
        let ran = dir.run(&[args, &["-o", "no/out.tsv"][..]].concat()).code(1);
        ran.says(&["error: no/out.tsv: cannot be written", "folder has to exist"]);
        let ran = dir.run(&[args, &["-o", "de"][..]].concat()).code(1);
        ran.says(&["error: de: cannot be written", "not a folder"]);
    }
    assert_eq!(dir.names(), before);
}

#[cfg(unix)]
#[test]
fn a_write_protected_folder() {
    use std::fs::{File, Permissions, set_permissions};
    use std::os::unix::fs::PermissionsExt;
    let dir = with_lines();
    dir.create_folder("zu");
    set_permissions(dir.path("zu"), Permissions::from_mode(0o555)).unwrap();
    // To the superuser nothing is write-protected.
    if File::create(dir.path("zu/probe")).is_err() {
        let ran = dir.run(&["align", "de", "vi", "-o", "zu/pairs.tsv"]).code(1);
        ran.says(&["error: zu/pairs.tsv", "check the permissions"]);
    }
    set_permissions(dir.path("zu"), Permissions::from_mode(0o755)).unwrap();
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_with_the_remedy() {
    let dir = with_lines();
    for args in WRITERS {
        let ran = dir.command(args).run_into("/dev/full").code(1);
        ran.says(&["error: standard output: cannot be written", "No space left", "make room"]);
    }
    for args in &WRITERS[..6] {
        let ran = dir.run(&[args, &["-o", "/dev/full"][..]].concat()).code(1);
        ran.says(&["error: /dev/full: cannot be written", "No space left", "make room"]);
    }
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let dir = with_lines();
    for args in WRITERS {
        let mut child = dir.command(&[args, &["-q"][..]].concat()).spawn();
        drop(child.stdout.take());
        drop(child.stdin.take());
        wait(child, PATIENCE, format!("{args:?} into a closed pipe")).code(0).silent();
    }
}

#[test]
fn head_gets_its_line_and_the_command_ends() {
    let dir = Dir::new();
    let mut child = dir.command(&["split", "--lang", "de", "-q"]).spawn();
    let (mut stdin, stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    // An input without end: only the closed output can end this.
    let feeder = thread::spawn(move || while stdin.write_all("Es regnet. Er geht.\n".as_bytes()).is_ok() {});
    let mut line = String::new();
    BufReader::new(stdout).read_line(&mut line).unwrap();
    assert_eq!(line, "Es regnet.\n");
    wait(child, PATIENCE, "split | head -1".to_owned()).code(0).silent();
    feeder.join().unwrap();
}

#[test]
fn a_killed_run_leaves_the_old_file_as_it_was() {
    let dir = Dir::new();
    dir.create("old.txt", "old\n");
    for target in ["old.txt", "new.txt"] {
        let mut child = dir.command(&["split", "--lang", "de", "-o", target]).spawn();
        let mut stdin = child.stdin.take().unwrap();
        // More than any buffer holds, so that something is written for certain.
        stdin.write_all("Es regnet. Er geht.\n".repeat(50_000).as_bytes()).unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
    }
    assert_eq!(dir.read("old.txt"), "old\n");
    assert!(!dir.exists("new.txt"));
}

#[test]
fn a_failed_run_leaves_nothing() {
    let dir = Dir::new();
    dir.create("old.txt", "old\n");
    let text = [&b"Es regnet. Er geht.\n".repeat(50_000)[..], b"\xff\n"].concat();
    for command in ["split", "tokenize"] {
        let run =
            |target: &str| dir.command(&[command, "--lang", "de", "-o", target]).input(text.clone()).run();
        run("old.txt").code(1).says(&["standard input", "UTF-8"]);
        run("new.txt").code(1);
        assert_eq!(dir.names(), ["old.txt"]);
        assert_eq!(dir.read("old.txt"), "old\n");
    }
}

#[test]
fn an_old_file_is_replaced_whole() {
    let dir = Dir::with_samples();
    dir.create("pairs.tsv", "old\n".repeat(100_000));
    dir.run(&["align", "de", "vi", "-o", "pairs.tsv"]).out();
    assert_eq!(Table::parse(&dir.read("pairs.tsv")).header, COLUMNS);
    assert_eq!(dir.names(), ["de", "pairs.tsv", "vi"]);
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link() {
    let dir = Dir::with_samples();
    dir.create("real.tsv", "");
    std::os::unix::fs::symlink("real.tsv", dir.path("link.tsv")).unwrap();
    dir.run(&["match", "de", "vi", "-o", "link.tsv"]).out();
    assert!(dir.path("link.tsv").is_symlink());
    assert_eq!(Table::parse(&dir.read("real.tsv")).rows.len(), 10);
}

#[cfg(unix)]
#[test]
fn a_named_pipe_gets_the_table_once() {
    let dir = Dir::with_samples();
    let made = std::process::Command::new("mkfifo").arg(dir.path("pipe")).status();
    if !made.is_ok_and(|status| status.success()) {
        return;
    }
    let path = dir.path("pipe");
    let reader = thread::spawn(move || {
        let mut text = String::new();
        std::fs::File::open(path).unwrap().read_to_string(&mut text).unwrap();
        text
    });
    dir.command(&["align", "-q", "de", "vi", "-o", "pipe"]).within(60).run().code(0);
    assert_eq!(Table::parse(&reader.join().unwrap()).header, COLUMNS);
}
