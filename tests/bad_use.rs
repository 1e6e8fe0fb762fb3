//! Wrong use: exit code 2, a message with the remedy, nothing on standard output, no file.

use std::fmt::Write as _;

use crate::util::Dir;

/// What the command says to wrong use.
fn refused(args: &[&str]) -> String {
    let dir = Dir::with_samples();
    let ran = dir.run(args).code(2);
    assert_eq!(ran.stdout, "");
    assert_eq!(dir.names(), ["de", "vi"]);
    ran.stderr
}

#[test]
fn messages() {
    let mut said = String::new();
    for args in [
        &["align", "-", "-"][..],
        &["match", "-", "-"],
        &["mine", "-", "-"],
        &["align", "--presegmented", "-", "-"],
        &["align", "de", "vi", "--min-score", "1.5"],
        &["align", "de", "vi", "--min-score", "viel"],
        &["align", "de", "vi", "--min-score", "NaN"],
        &["mine", "de", "vi", "--min-score", "-1"],
        &["align", "de", "vi", "--format", "docx"],
        &["align", "de", "vi", "--mode", "both"],
        &["align", "de", "vi", "--format", "moses"],
        &["align", "de"],
        &["align", "de", "vi", "fr"],
        &["align", "de", "vi", "--batch", "b.tsv"],
        &["align", "de", "vi", "--by-name", "--documents", "d.tsv"],
        &["align", "-j", "0", "de", "vi"],
        &["align", "-j", "many", "de", "vi"],
        &["align", "de", "vi", "--shard", "0/3"],
        &["align", "de", "vi", "--shard", "4/3"],
        &["align", "de", "vi", "--shard", "1/2", "--target-precision", "0.9"],
        &["align", "--presegmented", "de", "vi", "--shard", "1/2"],
        &["align", "de", "vi", "--resume"],
        &["align", "--presegmented", "de", "vi", "--resume", "-o", "pairs.tsv"],
        &["merge"],
        &["merge", "a.tsv", "--expect", "0"],
        &["split"],
        &["split", "--lang", "fr"],
        &["tokenize", "--lang", "vi", "--format", "xml"],
        &["lexicon"],
        &["lexicon", "lookup"],
        &["score", "gold.txt"],
        &["aling", "de", "vi"],
    ] {
        let message = refused(args);
        let message = message
            .split("\nOptions:")
            .next()
            .unwrap()
            .replace("\n\nFor more information, try '--help'.", "");
        writeln!(said, "$ satzpaar {}\n{}\n", args.join(" "), message.trim_end()).unwrap();
    }
    insta::assert_snapshot!(said);
}
