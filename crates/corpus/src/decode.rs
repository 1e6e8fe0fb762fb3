//! Bytes into text: decompression with a guard, encodings.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1258};
use satzpaar_language::Language;
use unicode_normalization::UnicodeNormalization;

use crate::report::ProblemKind;
use crate::source::Compression;

/// Why a file gives no text.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    pub(crate) kind: ProblemKind,
    pub(crate) message: String,
}

impl Fault {
    pub(crate) fn new(kind: ProblemKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }

    /// A fault of opening or reading; of a compressed file, what is no error of the system is one of its content.
    pub(crate) fn of_reading(error: &io::Error, compression: Compression) -> Self {
        if compression == Compression::None || (error.raw_os_error().is_some() && !is_zstd_code(error)) {
            let hint = crate::error::hint(error);
            return Self::new(ProblemKind::Unreadable, format!("cannot be read: {error}{hint}"));
        }
        let name = if compression == Compression::Gzip { "gzip" } else { "zstd" };
        let message = format!("broken {name} file ({error}); fetch or compress it again");
        Self::new(ProblemKind::BrokenCompression, message)
    }
}

/// The zstd library reports its errors as `Other` without a code of the system.
fn is_zstd_code(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::Other
}

/// Opens a file, decompressing on the way. Several gzip members or zstd frames in a row are read as one.
pub(crate) fn open(path: &Path, compression: Compression) -> io::Result<Box<dyn Read + Send>> {
    let file = File::open(path)?;
    Ok(match compression {
        Compression::None => Box::new(file),
        Compression::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(BufReader::new(file))),
        Compression::Zstd => Box::new(zstd::stream::read::Decoder::new(file)?),
    })
}

/// The whole file, decompressed; at most `limit` bytes.
pub(crate) fn read_bytes(path: &Path, compression: Compression, limit: u64) -> Result<Vec<u8>, Fault> {
    let fault = |error: &io::Error| Fault::of_reading(error, compression);
    let reader = open(path, compression).map_err(|error| fault(&error))?;
    let mut bytes = Vec::new();
    reader.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| fault(&error))?;
    if bytes.len() as u64 > limit {
        return Err(too_large(limit));
    }
    Ok(bytes)
}

pub(crate) fn too_large(limit: u64) -> Fault {
    let message = format!(
        "holds more than {limit} bytes once decompressed; split it, or raise the limit if it is no compression bomb"
    );
    Fault::new(ProblemKind::TooLarge, message)
}

/// Decoded text.
#[derive(Debug)]
pub(crate) struct Decoded {
    /// The text; of a UTF-8 file the very bytes, byte-order mark included.
    pub(crate) text: String,
    /// The encoding's WHATWG name.
    pub(crate) encoding: &'static str,
    /// How many places held bytes that the encoding does not have; U+FFFD stands there.
    pub(crate) replaced: usize,
}

/// Decodes by byte-order mark, then as UTF-8, then as UTF-16 without mark, then as `declared` (an HTML page's own word),
/// then by guess among the old single-byte encodings, with what `language` makes likely.
///
/// # Errors
/// Bytes that are no text.
pub(crate) fn decode(
    bytes: Vec<u8>,
    language: Option<Language>,
    declared: Option<&'static Encoding>,
) -> Result<Decoded, Fault> {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        if encoding == UTF_8 {
            return decode_utf8(bytes).or_else(|bytes| Ok(lossy_utf8(&bytes)));
        }
        return with(encoding, &bytes[mark..]);
    }
    let bytes = match decode_utf8(bytes) {
        Ok(decoded) if !decoded.text.contains('\0') => return refuse_garbage(decoded),
        // UTF-16 of mere ASCII is valid UTF-8, full of NUL.
        Ok(decoded) => decoded.text.into_bytes(),
        Err(bytes) => bytes,
    };
    if let Some(encoding) = unmarked_utf16(&bytes) {
        return with(encoding, &bytes);
    }
    if let Some(name) = known_magic(&bytes) {
        return Err(binary(&format!("looks like {name}")));
    }
    if memchr::memchr_iter(0, &bytes).count() * 1000 > bytes.len() {
        return Err(binary("holds NUL bytes"));
    }
    if is_damaged_utf8(&bytes) {
        return refuse_garbage(lossy_utf8(&bytes));
    }
    let encoding = declared.filter(|&encoding| encoding != UTF_8).unwrap_or_else(|| guess(&bytes, language));
    with(encoding, &bytes)
}

fn decode_utf8(bytes: Vec<u8>) -> Result<Decoded, Vec<u8>> {
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Decoded { text, encoding: UTF_8.name(), replaced: 0 }),
        Err(error) => Err(error.into_bytes()),
    }
}

fn lossy_utf8(bytes: &[u8]) -> Decoded {
    let replaced = bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
    Decoded { text: String::from_utf8_lossy(bytes).into_owned(), encoding: UTF_8.name(), replaced }
}

/// UTF-8 with a few broken places, rather than another encoding: far more characters of several bytes than broken places,
/// or nothing broken but a last character that was cut off.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    let cut_off = || std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none());
    whole >= 4 * broken || (whole > 0 && cut_off())
}

fn with(encoding: &'static Encoding, bytes: &[u8]) -> Result<Decoded, Fault> {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let replaced = text.matches('\u{FFFD}').count();
    // windows-1258 writes tones as combining marks. No offset into such a file is promised, so composing costs nothing.
    let text = if encoding == WINDOWS_1258 { text.nfc().collect() } else { text.into_owned() };
    if replaced * 50 > text.len() {
        return Err(binary("does not decode"));
    }
    refuse_garbage(Decoded { text, encoding: encoding.name(), replaced })
}

/// Text has hardly any control characters; what has is no text, even if its bytes decode.
fn refuse_garbage(decoded: Decoded) -> Result<Decoded, Fault> {
    // Bytes are counted, not characters: there is all text to go through.
    let bytes = decoded.text.as_bytes();
    let odd = |byte: &u8| *byte == 0x7F || (*byte < b' ' && !(b'\t'..=b'\r').contains(byte));
    let ascii = bytes.iter().filter(|byte| odd(byte)).count();
    // The others, U+0080 to U+009F without the line end U+0085, have two bytes.
    let high = |at: usize| bytes.get(at + 1).is_some_and(|b| matches!(b, 0x80..=0x84 | 0x86..=0x9F));
    let controls = ascii + memchr::memchr_iter(0xC2, bytes).filter(|at| high(*at)).count();
    if controls > 0 && controls * 100 > decoded.text.chars().count().max(100) {
        return Err(binary("holds control characters"));
    }
    Ok(decoded)
}

fn binary(why: &str) -> Fault {
    Fault::new(
        ProblemKind::Binary,
        format!("is not text ({why}); give text files, or the right ending if it is compressed"),
    )
}

fn known_magic(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: [(&[u8], &str); 6] = [
        (b"\x1f\x8b", "gzip"),
        (b"\x28\xb5\x2f\xfd", "zstd"),
        (b"PK\x03\x04", "a zip archive or office document"),
        (b"%PDF", "PDF"),
        (b"\xff\xd8\xff", "a JPEG image"),
        (b"\x89PNG", "a PNG image"),
    ];
    MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|&(_, name)| name)
}

/// UTF-16 without a mark shows by its NULs: Latin text has them in every second place, and hardly in the others.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096) & !1];
    if sample.len() < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let nuls = |offset: usize| {
        sample[offset..].iter().step_by(2).filter(|&&byte| byte == 0).count() * 200 / sample.len()
    };
    match (nuls(0), nuls(1)) {
        (0..=2, 40..) => Some(UTF_16LE),
        (40.., 0..=2) => Some(UTF_16BE),
        _ => None,
    }
}

/// Guesses the old encoding. The language tells what is likely, as a page's top-level domain would.
fn guess(bytes: &[u8], language: Option<Language>) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let domain: Option<&[u8]> = language.map(|language| match language {
        Language::German => &b"de"[..],
        Language::Vietnamese => &b"vn"[..],
    });
    let guessed = detector.guess(domain, Utf8Detection::Deny);
    if guessed.is_single_byte() || !guessed.decode_without_bom_handling(bytes).1 {
        return guessed;
    }
    if language == Some(Language::Vietnamese) { WINDOWS_1258 } else { WINDOWS_1252 }
}
