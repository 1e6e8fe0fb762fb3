//! What `--help` says, and that every example in it can be had.

use crate::util::Dir;

fn help(words: &[&str]) -> String {
    let text = Dir::new().run(&[words, &["--help"]].concat()).code(0).silent().stdout;
    let widest = text.lines().map(|l| l.chars().count()).max().unwrap();
    assert!(widest <= 130, "a line of {widest} characters:\n{text}");
    text
}

macro_rules! helps {
    ($($name:ident: $($word:literal)*;)*) => {$(
        #[test]
        fn $name() {
            insta::assert_snapshot!(stringify!($name), help(&[$($word),*]));
        }
    )*};
}

helps! {
    satzpaar: ;
    align: "align";
    match_reports: "match";
    merge: "merge";
    mine: "mine";
    overlaps: "overlaps";
    split: "split";
    tokenize: "tokenize";
    lexicon: "lexicon";
    lexicon_lookup: "lexicon" "lookup";
    lexicon_stats: "lexicon" "stats";
    lexicon_coverage: "lexicon" "coverage";
    lexicon_learn: "lexicon" "learn";
    score: "score";
    dataset: "dataset";
    dataset_audit: "dataset" "audit";
    dataset_restore: "dataset" "restore";
    report: "report";
    bench: "bench";
    bench_generate: "bench" "generate";
}

#[test]
fn every_command_of_the_contract_has_examples() {
    for command in
        ["align", "merge", "match", "mine", "split", "tokenize", "score", "report", "dataset", "bench"]
    {
        assert!(help(&[command]).contains(&format!("satzpaar {command} ")), "{command}");
    }
    for (group, commands) in
        [("lexicon", &["lookup", "coverage", "learn"][..]), ("dataset", &["audit", "restore"])]
    {
        for command in commands {
            let example = format!("satzpaar {group} {command} ");
            assert!(help(&[group, command]).contains(&example), "{group} {command}");
        }
    }
}

#[test]
fn the_version_is_the_packages() {
    let out = Dir::new().run(&["--version"]).out();
    assert_eq!(out, concat!("satzpaar ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn no_command_is_wrong_use_and_shows_the_help() {
    let ran = Dir::new().run(&[]).code(2);
    assert!(ran.stdout.is_empty() && ran.stderr.contains("Usage: satzpaar"), "{}", ran.stderr);
}

#[test]
fn completions_and_the_manual_page_can_be_printed() {
    let dir = Dir::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(dir.run(&["completions", shell]).out().contains("tokenize"), "{shell}");
    }
    assert!(dir.run(&["man"]).out().starts_with(".ie"));
}
