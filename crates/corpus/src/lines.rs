//! Files with one sentence a line.

use std::io::Read;
use std::path::Path;

use satzpaar_language::Language;

use crate::decode;
use crate::error::CorpusError;
use crate::report::ReadOptions;
use crate::source::compression_of;

/// Reads a file of one sentence a line (also .gz and .zst, encoding detected as for reports), `-` from standard input.
/// Empty lines stay as empty sentences; LF and CR LF both end a line, and an end of line at the end of the file starts no
/// further one. A byte-order mark is left out.
///
/// # Errors
/// A file that is missing, unreadable, no text, or broken where it is compressed.
pub fn read_lines(path: impl AsRef<Path>, language: Option<Language>) -> Result<Vec<String>, CorpusError> {
    let path = path.as_ref();
    let stdin = path.as_os_str() == "-";
    let name = if stdin { "standard input".to_owned() } else { path.display().to_string() };
    let bytes = if stdin {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).map_err(|error| CorpusError::read(&*name, error))?;
        Ok(bytes)
    } else if path.symlink_metadata().is_err() {
        return Err(CorpusError::Missing(path.to_owned()));
    } else {
        decode::read_bytes(path, compression_of(path), ReadOptions::default().max_records_bytes)
    };
    let decoded = bytes
        .and_then(|bytes| decode::decode(bytes, language, None))
        .map_err(|fault| CorpusError::File { name, message: fault.message })?;
    Ok(split_lines(&decoded.text))
}

/// Opens a file as a stream of bytes (also .gz and .zst, decompressed on the way), `-` as standard input.
///
/// # Errors
/// A file that is missing or cannot be opened. What is broken further on is an error of reading from the stream.
pub fn open_file(path: impl AsRef<Path>) -> Result<Box<dyn Read + Send>, CorpusError> {
    let path = path.as_ref();
    if path.as_os_str() == "-" {
        return Ok(Box::new(std::io::stdin()));
    }
    if path.symlink_metadata().is_err() {
        return Err(CorpusError::Missing(path.to_owned()));
    }
    if path.is_dir() {
        return Err(CorpusError::read_path(path, std::io::ErrorKind::IsADirectory.into()));
    }
    decode::open(path, compression_of(path)).map_err(|error| CorpusError::read_path(path, error))
}

fn split_lines(text: &str) -> Vec<String> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    // `lines` knows LF and CR LF, and starts no line after the last end of line.
    text.lines().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn read(name: &str, bytes: &[u8]) -> Result<Vec<String>, CorpusError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        read_lines(path, Some(Language::German))
    }

    #[test]
    fn empty_lines_stay_and_no_phantom_line_comes() {
        assert_eq!(
            read("a.txt", "\u{FEFF}Ja.\r\n\r\n\nNein.\n".as_bytes()).unwrap(),
            ["Ja.", "", "", "Nein."]
        );
        assert_eq!(read("a.txt", b"Ja.").unwrap(), ["Ja."]);
        assert_eq!(read("a.txt", b"\n").unwrap(), [""]);
        assert!(read("a.txt", b"").unwrap().is_empty());
    }

    #[test]
    fn compressed_and_old_files_are_read() {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all("Straße\nBrücke".as_bytes()).unwrap();
        assert_eq!(read("a.de.gz", &encoder.finish().unwrap()).unwrap(), ["Straße", "Brücke"]);
        assert_eq!(
            read("a.de", b"Die Stra\xDFe \xFCber die Br\xFCcke\n").unwrap(),
            ["Die Straße über die Brücke"]
        );
    }

    #[test]
    fn bad_files_are_errors_with_their_name() {
        let error = read("a.gz", b"no gzip").unwrap_err().to_string();
        assert!(error.contains("a.gz: broken gzip file"), "{error}");
        let error = read_lines("nowhere.txt", None).unwrap_err().to_string();
        assert!(error.starts_with("nowhere.txt: no such file"), "{error}");
    }
}
