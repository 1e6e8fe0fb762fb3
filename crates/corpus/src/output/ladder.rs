//! The ladder format of other aligners: `[0, 1]:[0]:0.9731`.

use std::io::{self, Write};

/// Writes one bead: the 0-based sentence numbers of both sides (empty for a null) and the score with four decimals.
///
/// ```
/// let mut out = Vec::new();
/// satzpaar_corpus::output::write_ladder_line(&mut out, 0..2, 0..1, 0.97308)?;
/// assert_eq!(out, b"[0, 1]:[0]:0.9731\n");
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
/// What `out` says.
pub fn write_ladder_line(
    mut out: impl Write,
    de: impl IntoIterator<Item = usize>,
    vi: impl IntoIterator<Item = usize>,
    score: f64,
) -> io::Result<()> {
    let side = |numbers: &mut dyn Iterator<Item = usize>| {
        let numbers: Vec<String> = numbers.map(|number| number.to_string()).collect();
        format!("[{}]", numbers.join(", "))
    };
    let (de, vi) = (side(&mut de.into_iter()), side(&mut vi.into_iter()));
    writeln!(out, "{de}:{vi}:{}", super::four_decimals(score))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nulls_have_empty_brackets() {
        let mut out = Vec::new();
        write_ladder_line(&mut out, [4], [], 0.0).unwrap();
        write_ladder_line(&mut out, [], vec![7, 8], 0.25).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "[4]:[]:0.0000\n[]:[7, 8]:0.2500\n");
    }
}
