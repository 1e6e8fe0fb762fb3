//! What of the dataset stands in other collections: training data, other test sets.
//!
//! The dataset's own word n-grams are held in memory and the other collection is streamed past them, so that memory hangs on the
//! dataset alone.

use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU8, Ordering};

use rayon::prelude::*;
use satzpaar_corpus::{Pair, open_file};
use serde_json::Value;

use super::text::{Words, hash_of, mix};
use super::{DatasetError, InputFile};

/// Words of an n-gram. Shorter texts count by exact match alone.
const GRAM: usize = 8;
/// Bytes that are read of the other collection before they are looked up in parallel.
const BATCH: usize = 8 << 20;
/// A longer line is cut; one n-gram may be missed for it.
const LINE: u64 = 16 << 20;
/// What tells whole texts from n-grams.
const WHOLE: u64 = 0x77_686f_6c65;

/// What of a pair was found in one file.
#[derive(Clone, Debug, PartialEq)]
pub struct Overlap {
    /// The pair, by its place in the given order.
    pub place: usize,
    /// The file's name.
    pub file: String,
    /// The German side.
    pub de: SideOverlap,
    /// The Vietnamese side.
    pub vi: SideOverlap,
}

/// What of a text was found in one file.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SideOverlap {
    /// The whole text stands there as a line or field, but for case, marks and white space.
    pub exact: bool,
    /// The share of its word 8-grams that stand there; 0 for texts of fewer words.
    pub share: f64,
}

impl SideOverlap {
    /// The share, 1 for an exact match.
    pub fn degree(self) -> f64 {
        if self.exact { 1.0 } else { self.share }
    }
}

/// The n-grams of the dataset, sorted, with an index over their leading bits.
struct Grams {
    hashes: Vec<u64>,
    index: Vec<u32>,
    shift: u32,
    found: Vec<AtomicU8>,
}

impl Grams {
    fn new(mut hashes: Vec<u64>) -> Self {
        hashes.par_sort_unstable();
        hashes.dedup();
        let bits = hashes.len().max(2).ilog2().clamp(1, 24);
        let shift = 64 - bits;
        let mut index = vec![0_u32; (1 << bits) + 1];
        for hash in &hashes {
            index[(hash >> shift) as usize + 1] += 1;
        }
        for i in 1..index.len() {
            index[i] += index[i - 1];
        }
        let found = hashes.iter().map(|_| AtomicU8::new(0)).collect();
        Self { hashes, index, shift, found }
    }

    fn place(&self, hash: u64) -> Option<usize> {
        let bucket = (hash >> self.shift) as usize;
        let (start, end) = (self.index[bucket] as usize, self.index[bucket + 1] as usize);
        self.hashes[start..end].binary_search(&hash).ok().map(|place| start + place)
    }

    fn mark(&self, hash: u64) {
        if let Some(place) = self.place(hash) {
            self.found[place].store(1, Ordering::Relaxed);
        }
    }

    fn is_marked(&self, hash: u64) -> bool {
        self.place(hash).is_some_and(|place| self.found[place].load(Ordering::Relaxed) == 1)
    }

    fn clear(&mut self) {
        self.found.iter_mut().for_each(|mark| *mark.get_mut() = 0);
    }

    /// Marks what stands in a text of the other collection.
    fn look_up(&self, words: &[u64]) {
        each_hash(words, |hash| self.mark(hash));
    }

    fn overlap(&self, words: &[u64]) -> SideOverlap {
        let (mut grams, mut marked) = (0_usize, 0_usize);
        for gram in words.windows(GRAM) {
            grams += 1;
            marked += usize::from(hash_of(gram).is_some_and(|hash| self.is_marked(hash)));
        }
        let exact = hash_of(words).is_some_and(|hash| self.is_marked(mix(WHOLE, hash)));
        SideOverlap { exact, share: if grams == 0 { 0.0 } else { marked as f64 / grams as f64 } }
    }
}

/// The hashes of a text: the whole of it, and each n-gram.
fn each_hash(words: &[u64], mut take: impl FnMut(u64)) {
    if let Some(hash) = hash_of(words) {
        take(mix(WHOLE, hash));
    }
    words.windows(GRAM).filter_map(hash_of).for_each(take);
}

/// Holds the pairs against each file: plain text (a sentence or a paragraph a line), tables parted by tabs (each field for itself),
/// JSON lines (`.jsonl`, each string for itself); each also with .gz or .zst behind it. Gives what was found, in the order of files,
/// then pairs.
///
/// # Errors
/// A file that cannot be read.
pub(super) fn find_overlaps(
    pairs: &[&Pair],
    files: &[PathBuf],
) -> Result<(Vec<Overlap>, Vec<InputFile>), DatasetError> {
    let hashes = pairs
        .par_chunks(4096)
        .map_init(Words::default, |words, piece| {
            let mut hashes = Vec::new();
            for pair in piece {
                each_hash(words.read(&pair.de_text), |hash| hashes.push(hash));
                each_hash(words.read(&pair.vi_text), |hash| hashes.push(hash));
            }
            hashes
        })
        .collect::<Vec<_>>()
        .concat();
    let mut grams = Grams::new(hashes);
    let (mut overlaps, mut inputs) = (Vec::new(), Vec::new());
    for path in files {
        if path.as_os_str() == "-" {
            let message = "--against: standard input cannot be described in the manifest; give a file";
            return Err(DatasetError::Settings(message.to_owned()));
        }
        grams.clear();
        stream(path, &grams)?;
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let found: Vec<Option<Overlap>> = pairs
            .par_iter()
            .enumerate()
            .with_min_len(256)
            .map_init(Words::default, |words, (place, pair)| {
                let de = grams.overlap(words.read(&pair.de_text));
                let vi = grams.overlap(words.read(&pair.vi_text));
                let any = de.degree() > 0.0 || vi.degree() > 0.0;
                any.then(|| Overlap { place, file: name.clone(), de, vi })
            })
            .collect();
        overlaps.extend(found.into_iter().flatten());
        inputs.push(super::read::describe_file(path, name)?);
    }
    Ok((overlaps, inputs))
}

/// Streams a file past the n-grams.
fn stream(path: &Path, grams: &Grams) -> Result<(), DatasetError> {
    let failed = |error: io::Error| DatasetError::read(path.display().to_string(), error);
    let mut reader = BufReader::with_capacity(1 << 20, open_file(path)?);
    let is_records = is_records(path);
    let mut lines: Vec<Vec<u8>> = Vec::new();
    let mut bytes = 0;
    loop {
        let mut line = Vec::new();
        let count = reader.by_ref().take(LINE).read_until(b'\n', &mut line).map_err(failed)?;
        bytes += count;
        if count > 0 {
            lines.push(line);
        }
        if count == 0 || bytes >= BATCH {
            lines.par_iter().with_min_len(64).for_each_init(Words::default, |words, line| {
                let line = String::from_utf8_lossy(line);
                match is_records.then(|| serde_json::from_str(&line)) {
                    Some(Ok(value)) => strings(&value, &mut |text| grams.look_up(words.read(text))),
                    _ => line.split('\t').for_each(|field| grams.look_up(words.read(field))),
                }
            });
            lines.clear();
            bytes = 0;
        }
        if count == 0 {
            return Ok(());
        }
    }
}

/// Whether a file holds JSON lines, by its ending before that of the compression.
fn is_records(path: &Path) -> bool {
    let name = path.to_string_lossy().to_ascii_lowercase();
    let name = name.trim_end_matches(".gz").trim_end_matches(".zst");
    [".jsonl", ".ndjson"].iter().any(|ending| name.ends_with(ending))
}

/// All strings of a JSON value.
fn strings(value: &Value, take: &mut impl FnMut(&str)) {
    match value {
        Value::String(text) => take(text),
        Value::Array(values) => values.iter().for_each(|value| strings(value, take)),
        Value::Object(values) => values.values().for_each(|value| strings(value, take)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use satzpaar_corpus::{PairKind, Span};

    use super::*;

    const LONG: &str = "Der Minister hat am Montag in Hanoi die neue Brücke über den Fluss eröffnet.";

    fn pair(de: &str, vi: &str) -> Pair {
        Pair {
            de_doc: "d".to_owned(),
            vi_doc: "v".to_owned(),
            doc_score: 1.0,
            de: Span::new(0, 1),
            vi: Span::new(0, 1),
            bead: (1, 1),
            score: 0.7,
            kind: PairKind::Parallel,
            de_text: de.to_owned(),
            vi_text: vi.to_owned(),
        }
    }

    fn found(name: &str, bytes: &[u8], pairs: &[Pair]) -> Vec<Overlap> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        find_overlaps(&pairs.iter().collect::<Vec<_>>(), &[path]).unwrap().0
    }

    #[test]
    fn exact_and_partial_matches_are_found_by_side() {
        let pairs = [pair(LONG, "Anh ấy đến."), pair("Er kommt.", "Cô ấy đi về nhà.")];
        let plain = format!("Etwas anderes.\n{}\n", LONG.to_uppercase());
        let all = found("a.txt", plain.as_bytes(), &pairs);
        assert_eq!(all.len(), 1);
        assert!(all[0].place == 0 && all[0].de.exact && (all[0].de.share - 1.0).abs() < 1e-9);
        assert_eq!(all[0].vi, SideOverlap::default());
        // The first nine of fourteen words: two of seven 8-grams.
        let part = "Der Minister hat am Montag in Hanoi die neue Straße";
        let all = found("a.txt", part.as_bytes(), &pairs);
        assert!(!all[0].de.exact && (all[0].de.share - 2.0 / 7.0).abs() < 1e-9);
        // Short texts only as a whole.
        assert!(
            found("a.txt", "Heute sagte sie: Cô ấy đi về nhà. Er kommt. Ja.".as_bytes(), &pairs).is_empty()
        );
        let all = found("a.tsv", "1\tx\tcô ấy đi về nhà\n".as_bytes(), &pairs);
        assert!(all[0].place == 1 && all[0].vi.exact);
    }

    #[test]
    fn compressed_files_and_records_are_read() {
        let pairs = [pair(LONG, "Anh ấy đến.")];
        let json = format!("{{\"id\":1,\"texts\":[\"{LONG}\"]}}\n");
        assert!(found("a.jsonl", json.as_bytes(), &pairs)[0].de.exact);
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(LONG.as_bytes()).unwrap();
        assert!(found("a.txt.gz", &encoder.finish().unwrap(), &pairs)[0].de.exact);
        let zst = zstd::encode_all(LONG.as_bytes(), 1).unwrap();
        assert!(found("a.zst", &zst, &pairs)[0].de.exact);
    }

    #[test]
    fn a_file_that_is_not_there_is_named() {
        let error = find_overlaps(&[], &["nowhere.txt".into()]).unwrap_err().to_string();
        assert!(error.starts_with("nowhere.txt: no such file"), "{error}");
    }
}
