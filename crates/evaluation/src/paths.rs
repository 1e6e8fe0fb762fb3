//! Scoring files and folders of ladders.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::EvaluationError;
use crate::bootstrap::Bootstrap;
use crate::ladder::read_ladder_file;
use crate::report::{LadderCase, Report, score_ladders};

/// What a gold ladder in a folder of its own is called.
const GOLD_FILE: &str = "gold.txt";

/// Scores predicted ladders against gold, with the usual intervals (see [`Bootstrap::default`]).
///
/// `gold` is a ladder file, or a folder with `NAME/gold.txt` for each ladder or, when there is none of that kind, `NAME.txt`.
/// `predicted` is a ladder file when `gold` is one, or a folder with `NAME.txt` for each ladder. A ladder called `_long` is
/// scored apart. Gold ladders without a prediction count as nothing found; they and predictions without gold are named in the
/// report.
///
/// # Errors
/// When a file or folder cannot be read, a line is no bead, `gold` holds no ladder, or a file stands against a folder.
pub fn score_paths(gold: &Path, predicted: &Path) -> Result<Report, EvaluationError> {
    score_paths_with(gold, predicted, &Bootstrap::default())
}

/// [`score_paths`] with intervals of one's own.
///
/// # Errors
/// Those of [`score_paths`].
pub fn score_paths_with(
    gold: &Path,
    predicted: &Path,
    bootstrap: &Bootstrap,
) -> Result<Report, EvaluationError> {
    let predicted_is_folder =
        fs::metadata(predicted).map_err(|e| EvaluationError::read(predicted, e))?.is_dir();
    let gold_is_folder = fs::metadata(gold).map_err(|e| EvaluationError::read(gold, e))?.is_dir();
    let gold_files =
        if gold_is_folder { find_gold(gold)? } else { BTreeMap::from([(name_of(gold), gold.to_owned())]) };
    let mut predicted_files = match (gold_is_folder, predicted_is_folder) {
        (_, true) => find_ladders(predicted)?,
        (false, false) => BTreeMap::from([(name_of(gold), predicted.to_owned())]),
        (true, false) => {
            let (gold, predicted) = (gold.to_owned(), predicted.to_owned());
            return Err(EvaluationError::FileAgainstFolder { gold, predicted });
        }
    };
    let cases = gold_files.into_iter().map(|(name, path)| {
        let predicted = predicted_files.remove(&name).map(|path| read_ladder_file(&path)).transpose()?;
        Ok(LadderCase { name, gold: read_ladder_file(&path)?, predicted })
    });
    let cases = cases.collect::<Result<Vec<_>, EvaluationError>>()?;
    let mut report = score_ladders(&cases, bootstrap);
    // With one gold file a folder's other ladders are not meant.
    if gold_is_folder {
        report.without_gold = predicted_files.into_keys().collect();
    }
    Ok(report)
}

/// Gold ladders of a folder by name.
fn find_gold(folder: &Path) -> Result<BTreeMap<String, PathBuf>, EvaluationError> {
    let below = entries(folder)?.into_iter().map(|path| path.join(GOLD_FILE)).filter(|path| path.is_file());
    let mut gold: BTreeMap<_, _> = below.map(|path| (name_of(&path), path)).collect();
    if gold.is_empty() {
        gold = find_ladders(folder)?;
    }
    if gold.is_empty() { Err(EvaluationError::NoGold(folder.to_owned())) } else { Ok(gold) }
}

/// The files `NAME.txt` of a folder by name.
fn find_ladders(folder: &Path) -> Result<BTreeMap<String, PathBuf>, EvaluationError> {
    let is_ladder = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "txt") && path.is_file();
    Ok(entries(folder)?.into_iter().filter(is_ladder).map(|path| (name_of(&path), path)).collect())
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, EvaluationError> {
    let paths = fs::read_dir(folder).and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect());
    paths.map_err(|e| EvaluationError::read(folder, e))
}

/// A ladder's name: the file's name without its ending, and that of its folder for `NAME/gold.txt`.
fn name_of(path: &Path) -> String {
    let folder =
        path.parent().and_then(Path::file_name).filter(|_| path.file_name().is_some_and(|n| n == GOLD_FILE));
    folder.or_else(|| path.file_stem()).map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    const LADDER: &str = "[0]:[0]\n[1]:[1, 2]\n";

    #[test]
    fn folders_are_matched_by_name() {
        let gold = folder(&[
            ("a.1/gold.txt", LADDER),
            ("b/gold.txt", LADDER),
            ("_long/gold.txt", LADDER),
            ("notes.txt", "no ladder"),
        ]);
        let predicted = folder(&[
            ("a.1.txt", LADDER),
            ("z.txt", "[0]:[0]\n"),
            ("_long.txt", "[0]:[0]\n"),
            ("log.md", ""),
        ]);
        let report = score_paths(gold.path(), predicted.path()).unwrap();
        assert_eq!(report.ladders.iter().map(|l| l.name.as_str()).collect::<Vec<_>>(), ["_long", "a.1", "b"]);
        assert_eq!((report.missing, report.without_gold), (vec!["b".to_owned()], vec!["z".to_owned()]));
        let f1: Vec<f64> = report.groups.iter().map(|g| g.scores.strict.f1()).collect();
        assert!(f1.iter().all(|f1| (f1 - 2.0 / 3.0).abs() < 1e-12), "{f1:?}");
    }

    #[test]
    fn gold_may_lie_flat_or_be_a_single_file() {
        let gold = folder(&[("a.txt", LADDER), ("b.txt", LADDER)]);
        let predicted = folder(&[("a.txt", LADDER)]);
        let flat = score_paths(gold.path(), predicted.path()).unwrap();
        assert_eq!(flat.missing, ["b"]);
        let one = gold.path().join("a.txt");
        for other in [predicted.path().to_owned(), predicted.path().join("a.txt")] {
            let report = score_paths(&one, &other).unwrap();
            assert!((report.groups[0].scores.strict.f1() - 1.0).abs() < 1e-12);
            assert!(report.missing.is_empty() && report.without_gold.is_empty());
        }
    }

    #[test]
    fn errors_say_what_to_do() {
        let (gold, empty) = (folder(&[("a/gold.txt", LADDER)]), folder(&[]));
        let bad = folder(&[("a.txt", "[0]:[0]\n0-0\n")]);
        let message = |gold: &Path, predicted: &Path| score_paths(gold, predicted).unwrap_err().to_string();
        assert!(message(gold.path(), bad.path()).contains("a.txt:2: '0-0' is no bead; write "));
        assert!(message(empty.path(), bad.path()).contains("expected NAME/gold.txt"));
        assert!(message(gold.path(), &bad.path().join("a.txt")).contains("against the folder"));
        assert!(message(gold.path(), &bad.path().join("none")).contains("check the spelling"));
    }
}
