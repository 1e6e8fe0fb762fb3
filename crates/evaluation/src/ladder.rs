//! Ladders as text: a bead a line, `[0, 1]:[0]:0.9731`, as vecalign and other aligners write them.

use std::fmt;
use std::path::Path;

use serde::Serialize;

use crate::EvaluationError;

/// A bead of a ladder: sentences (0-based line numbers) of one side aligned with sentences of the other.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct LadderBead {
    /// German line numbers, in the order in which they were written; empty for a null.
    pub german: Vec<usize>,
    /// Vietnamese line numbers, likewise.
    pub vietnamese: Vec<usize>,
    /// What stands after the second colon, when that is a finite number.
    pub score: Option<f64>,
}

impl LadderBead {
    /// A bead without a score.
    pub fn new(german: impl Into<Vec<usize>>, vietnamese: impl Into<Vec<usize>>) -> Self {
        Self { german: german.into(), vietnamese: vietnamese.into(), score: None }
    }

    /// Whether a side is empty.
    pub fn is_null(&self) -> bool {
        self.german.is_empty() || self.vietnamese.is_empty()
    }
}

impl fmt::Display for LadderBead {
    /// The line that [`read_ladder`] reads, without a line end; the score with four decimals.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}:{:?}", self.german, self.vietnamese)?;
        self.score.map_or(Ok(()), |score| write!(f, ":{score:.4}"))
    }
}

/// Reads a ladder from `text`; `name` is the file's name for messages.
///
/// Blank lines and lines that begin with `#` are passed over. After a second colon other programs put a probability, a cost
/// or a remark: a finite number becomes the score, anything else is passed over.
///
/// # Errors
/// [`EvaluationError::Line`] at the first line that is not `[0, 1]:[0]`.
///
/// ```
/// let beads = satzpaar_evaluation::read_ladder("[0, 1]:[0]:0.9731\n[2]:[]\n", "ladder.txt").unwrap();
/// assert_eq!((beads[0].german.as_slice(), beads[0].score), ([0, 1].as_slice(), Some(0.9731)));
/// assert!(beads[1].is_null());
/// ```
pub fn read_ladder(text: &str, name: &str) -> Result<Vec<LadderBead>, EvaluationError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut beads = Vec::new();
    for (i, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        beads.push(read_bead(line).map_err(|message| EvaluationError::line(name, i as u64 + 1, message))?);
    }
    Ok(beads)
}

/// Reads a ladder from a UTF-8 file.
///
/// # Errors
/// Those of [`read_ladder`], and [`EvaluationError::Read`].
pub fn read_ladder_file(path: &Path) -> Result<Vec<LadderBead>, EvaluationError> {
    let text = std::fs::read_to_string(path).map_err(|e| EvaluationError::read(path, e))?;
    read_ladder(&text, &path.display().to_string())
}

fn read_bead(line: &str) -> Result<LadderBead, String> {
    let mut fields = line.split(':');
    let german = read_side(fields.next().unwrap_or_default(), line)?;
    let vietnamese = read_side(fields.next().unwrap_or_default(), line)?;
    let score = fields.next().and_then(|s| s.trim().parse().ok()).filter(|s: &f64| s.is_finite());
    Ok(LadderBead { german, vietnamese, score })
}

fn read_side(side: &str, line: &str) -> Result<Vec<usize>, String> {
    let inner = side.trim().strip_prefix('[').and_then(|s| s.strip_suffix(']'));
    let inner = inner.ok_or_else(|| format!("'{}' is no bead; write '[0, 1]:[0]'", shortened(line)))?.trim();
    if inner.is_empty() {
        return Ok(Vec::new());
    }
    let number = |s: &str| {
        let s = s.trim();
        s.parse().map_err(|_| {
            format!(
                "'{}' in '{}' is no line number; write numbers from 0, parted by commas",
                shortened(s),
                shortened(line)
            )
        })
    };
    inner.split(',').map(number).collect()
}

/// At most 60 characters, so that a binary file does not flood the terminal.
fn shortened(text: &str) -> String {
    text.char_indices().nth(60).map_or_else(|| text.to_owned(), |(end, _)| format!("{}…", &text[..end]))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn beads_nulls_scores_and_remarks_are_read() {
        let text = "\u{feff}# made by hand\r\n\r\n[0,1] : [ 0 ]:0.5\r\n[2]:[]\n[]:[1]:\n[3]:[2]:good:0.7\n[4]:[3]:nan\n";
        let beads = read_ladder(text, "x").unwrap();
        let expected = [
            LadderBead { score: Some(0.5), ..LadderBead::new([0, 1], [0]) },
            LadderBead::new([2], []),
            LadderBead::new([], [1]),
            LadderBead::new([3], [2]),
            LadderBead::new([4], [3]),
        ];
        assert_eq!(beads, expected);
        assert!(read_ladder("", "x").unwrap().is_empty());
    }

    #[test]
    fn errors_name_the_file_and_the_line() {
        for bad in
            ["[0]", "0:0", "[0:[0]", "[0]:[a]", "[0]:[-1]", "[0,]:[0]", "[0]:[99999999999999999999999]"]
        {
            let error = read_ladder(&format!("[0]:[0]\n\n{bad}\n"), "gold/x.txt").unwrap_err().to_string();
            assert!(error.starts_with("gold/x.txt:3: "), "{bad}: {error}");
            assert!(error.contains(bad) && error.contains("; write "), "{bad}: {error}");
        }
    }

    #[test]
    fn a_missing_file_is_named() {
        let error = read_ladder_file(Path::new("no/such/ladder.txt")).unwrap_err().to_string();
        assert!(
            error.starts_with("no/such/ladder.txt: ") && error.ends_with("check the spelling"),
            "{error}"
        );
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(beads in prop::collection::vec(
            (prop::collection::vec(0_usize..999, 0..4), prop::collection::vec(0_usize..999, 0..4), prop::option::of(0_u32..=10_000)), 0..20)) {
            let beads: Vec<_> = beads.into_iter()
                .map(|(german, vietnamese, s)| LadderBead { german, vietnamese, score: s.map(|s| f64::from(s) / 10_000.0) }).collect();
            let text: String = beads.iter().flat_map(|b| [b.to_string(), "\n".to_owned()]).collect();
            prop_assert_eq!(read_ladder(&text, "x").unwrap(), beads);
        }

        #[test]
        fn no_text_panics(text in "(?s).{0,80}") {
            let _ = read_ladder(&text, "x");
        }
    }
}
