//! The journal of a run with `--resume`: what is done, so that a run that was killed need not do it again.
//!
//! A text file. Its first line says which run it belongs to, each further one holds a record: a checksum (XXH3) and the length of what
//! follows, then JSON. A record is whole or it does not count: the first one that is not, and what stands behind it, is cut off and
//! done anew. Scores stand as the bits of their floating-point numbers, so that none changes on the way.

use std::collections::HashMap;
use std::fs::{self, File, TryLockError};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use rayon::prelude::*;
use satzpaar_aligner::{Alignment, Bead, Mode, ReportMatch};
use satzpaar_corpus::{CorpusError, Report};
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

/// How a journal begins; another number is another format.
const MAGIC: &str = "satzpaar journal 1 ";
/// The longest time for which finished work stands in memory only, if more work is being finished.
const UNWRITTEN: Duration = Duration::from_millis(20);

/// Something that has to be the same for a run to go on: what it is, and how it is.
pub(crate) type Fact = (String, String);

/// An open journal.
pub(crate) struct Journal {
    path: PathBuf,
    matches: Option<Vec<ReportMatch>>,
    /// Where the records of finished pairs of reports begin, and how many bytes they have.
    done: HashMap<(usize, usize), (u64, usize)>,
    old: Mutex<File>,
    new: Mutex<Appending>,
}

struct Appending {
    out: BufWriter<File>,
    flushed: Instant,
}

#[derive(Serialize, Deserialize)]
enum Record {
    /// German report, Vietnamese report, bits of the score.
    Matches(Vec<(usize, usize, u64)>),
    Aligned {
        german: usize,
        vietnamese: usize,
        comparable: bool,
        /// German sentences, Vietnamese sentences, bits of the score.
        beads: Vec<(Vec<usize>, Vec<usize>, u64)>,
    },
}

/// Keeps other runs away from a journal as long as its file is open: two that wrote to it would tear each other's records. Where the file
/// system knows no locks, nothing is locked. Nor on Windows, where a lock would keep this run from reading with its second handle.
fn lock(file: &File, path: &Path) -> Result<()> {
    if !cfg!(windows) && matches!(file.try_lock(), Err(TryLockError::WouldBlock)) {
        bail!(
            "{}: another run is writing to this journal; let it end, or give this one another output",
            path.display()
        );
    }
    Ok(())
}

impl Journal {
    /// Where the journal of an output stands.
    pub(crate) fn path_of(output: &Path) -> PathBuf {
        let mut name = output.as_os_str().to_owned();
        name.push(".journal");
        PathBuf::from(name)
    }

    /// Opens the journal of the run that `facts` describe, or begins it.
    ///
    /// # Errors
    /// A file that cannot be read or written, is no journal, is that of another run, or is in use.
    pub(crate) fn open(path: PathBuf, facts: &[Fact]) -> Result<Self> {
        let refused = |error| CorpusError::write(path.display().to_string(), error);
        let mut file = File::options().read(true).append(true).create(true).open(&path).map_err(refused)?;
        lock(&file, &path)?;
        let (mut matches, mut done) = (None, HashMap::new());
        let whole = match read_head(&mut file, &path)? {
            Some((length, then)) => {
                let different = differences(&then, facts);
                if !different.is_empty() {
                    bail!(
                        "{}: the journal of another run: {}; run as then, delete the journal to begin anew, or leave out --resume",
                        path.display(),
                        different.join("; ")
                    );
                }
                length
            }
            None => 0,
        };
        let mut end = whole;
        if whole > 0 {
            let mut reader = BufReader::new(&mut file);
            reader.seek(SeekFrom::Start(whole)).map_err(refused)?;
            while let Some((length, json)) = read_record(&mut reader).map_err(refused)? {
                match serde_json::from_slice(&json) {
                    Ok(Record::Matches(found)) => matches = Some(from_bits(found)),
                    Ok(Record::Aligned { german, vietnamese, .. }) => {
                        let start = end + (length - json.len() - 1) as u64;
                        done.insert((german, vietnamese), (start, json.len()));
                    }
                    Err(_) => break,
                }
                end += length as u64;
            }
        }
        // What is torn goes, so that new records begin on a line of their own.
        file.set_len(end).map_err(refused)?;
        let old = File::open(&path).map_err(refused)?;
        let mut out = BufWriter::with_capacity(1 << 16, file);
        if whole == 0 {
            let head = serde_json::to_vec(facts)?;
            out.write_all(MAGIC.as_bytes())
                .and_then(|()| write_record(&mut out, &head))
                .and_then(|()| out.flush())
                .map_err(refused)?;
        }
        let new = Mutex::new(Appending { out, flushed: Instant::now() });
        Ok(Self { path, matches, done, old: Mutex::new(old), new })
    }

    /// Which reports belong together, if that was found already.
    pub(crate) fn matches(&self) -> Option<&[ReportMatch]> {
        self.matches.as_deref()
    }

    /// How many pairs of reports were done when the journal was opened.
    pub(crate) fn done(&self) -> usize {
        self.done.len()
    }

    /// Notes which reports belong together.
    ///
    /// # Errors
    /// A journal that cannot be written.
    pub(crate) fn note_matches(&self, matches: &[ReportMatch]) -> Result<()> {
        let bits = matches.iter().map(|m| (m.german, m.vietnamese, m.score.to_bits())).collect();
        self.append(&Record::Matches(bits), true)
    }

    /// The alignment of two reports, if it was done when the journal was opened.
    ///
    /// # Errors
    /// A journal that cannot be read any more.
    pub(crate) fn alignment(&self, german: usize, vietnamese: usize) -> Result<Option<Alignment>> {
        let Some((start, length)) = self.done.get(&(german, vietnamese)) else { return Ok(None) };
        let mut json = vec![0; *length];
        {
            let mut file = self.old.lock().unwrap_or_else(PoisonError::into_inner);
            file.seek(SeekFrom::Start(*start))
                .and_then(|_| file.read_exact(&mut json))
                .map_err(|error| CorpusError::read(self.path.display().to_string(), error))?;
        }
        // It could be read when the journal was opened; if it is damaged since then, it is done anew.
        let Ok(Record::Aligned { comparable, beads, .. }) = serde_json::from_slice(&json) else {
            return Ok(None);
        };
        let beads = beads.into_iter().map(|(german, vietnamese, score)| Bead {
            german,
            vietnamese,
            score: f64::from_bits(score),
        });
        let mode = if comparable { Mode::Comparable } else { Mode::Parallel };
        Ok(Some(Alignment { beads: beads.collect(), mode }))
    }

    /// Notes that two reports are aligned.
    ///
    /// # Errors
    /// A journal that cannot be written.
    pub(crate) fn note(&self, german: usize, vietnamese: usize, alignment: &Alignment) -> Result<()> {
        let bits = |bead: &Bead| (bead.german.clone(), bead.vietnamese.clone(), bead.score.to_bits());
        let beads = alignment.beads.iter().map(bits).collect();
        let comparable = alignment.mode == Mode::Comparable;
        self.append(&Record::Aligned { german, vietnamese, comparable, beads }, false)
    }

    fn append(&self, record: &Record, at_once: bool) -> Result<()> {
        let json = serde_json::to_vec(record)?;
        let mut new = self.new.lock().unwrap_or_else(PoisonError::into_inner);
        let written = write_record(&mut new.out, &json).and_then(|()| {
            if at_once || new.flushed.elapsed() > UNWRITTEN {
                new.flushed = Instant::now();
                new.out.flush()?;
            }
            Ok(())
        });
        Ok(written.map_err(|error| CorpusError::write(self.path.display().to_string(), error))?)
    }

    /// Takes the journal away: the output has its name.
    ///
    /// # Errors
    /// A file that cannot be removed.
    pub(crate) fn remove(self) -> Result<()> {
        let Self { path, old, new, .. } = self;
        // Some systems remove no file that is open.
        drop((old, new));
        Ok(fs::remove_file(&path).map_err(|error| CorpusError::write(path.display().to_string(), error))?)
    }
}

/// The length of the first line and the facts in it; nothing if the file is empty or was killed at its very begin.
fn read_head(file: &mut File, path: &Path) -> Result<Option<(u64, Vec<Fact>)>> {
    let refused = |error| CorpusError::read(path.display().to_string(), error);
    let mut reader = BufReader::new(file);
    let mut magic = Vec::new();
    reader.by_ref().take(MAGIC.len() as u64).read_to_end(&mut magic).map_err(refused)?;
    if !MAGIC.as_bytes().starts_with(&magic) {
        bail!(
            "{}: no journal of this version of satzpaar; move the file away, or leave out --resume",
            path.display()
        );
    }
    if magic.len() < MAGIC.len() {
        return Ok(None);
    }
    let Some((length, json)) = read_record(&mut reader).map_err(refused)? else { return Ok(None) };
    Ok(serde_json::from_slice(&json).ok().map(|facts| ((MAGIC.len() + length) as u64, facts)))
}

/// The next record: its length with everything, and its JSON. Nothing at the end and from a record on that is not whole.
fn read_record(reader: &mut impl BufRead) -> io::Result<Option<(usize, Vec<u8>)>> {
    let mut line = Vec::new();
    reader.read_until(b'\n', &mut line)?;
    let length = line.len();
    let whole = line.pop() == Some(b'\n');
    let mut parts = line.splitn(3, |byte| *byte == b' ');
    let mut number = |radix| {
        let text = std::str::from_utf8(parts.next()?).ok()?;
        u64::from_str_radix(text, radix).ok()
    };
    let (sum, size) = (number(16), number(10));
    let json = parts.next().unwrap_or_default();
    let sound = whole && sum == Some(xxh3_64(json)) && size == Some(json.len() as u64);
    Ok(sound.then(|| (length, json.to_vec())))
}

fn write_record(out: &mut impl Write, json: &[u8]) -> io::Result<()> {
    write!(out, "{:016x} {} ", xxh3_64(json), json.len())?;
    out.write_all(json)?;
    out.write_all(b"\n")
}

fn from_bits(matches: Vec<(usize, usize, u64)>) -> Vec<ReportMatch> {
    let one = |(german, vietnamese, score)| ReportMatch { german, vietnamese, score: f64::from_bits(score) };
    matches.into_iter().map(one).collect()
}

/// What is not as it was, in words.
fn differences(then: &[Fact], now: &[Fact]) -> Vec<String> {
    let find = |facts: &[Fact], name: &str| {
        let found = facts.iter().find(|(n, _)| n == name);
        found.map_or_else(|| "unknown".to_owned(), |(_, value)| value.clone())
    };
    let names = now.iter().map(|(name, _)| name);
    names
        .filter_map(|name| {
            let (then, now) = (find(then, name), find(now, name));
            (then != now).then(|| format!("{name}: {then} then, {now} now"))
        })
        .collect()
}

/// Reports in a word: how many, and a hash of all that their alignment depends on.
pub(crate) fn describe(reports: &[Report]) -> String {
    let hashes: Vec<u128> = reports
        .par_iter()
        .map(|report| {
            let mut hash = Xxh3::new();
            let date = report.metadata.date.as_deref().unwrap_or_default();
            for part in [&*report.id, &*report.text, date] {
                hash.update(&(part.len() as u64).to_le_bytes());
                hash.update(part.as_bytes());
            }
            for block in &report.blocks {
                hash.update(&(block.start as u64).to_le_bytes());
                hash.update(&(block.end as u64).to_le_bytes());
            }
            hash.digest128()
        })
        .collect();
    let mut all = Xxh3::new();
    for hash in hashes {
        all.update(&hash.to_le_bytes());
    }
    format!("{} ({:016x})", reports.len(), all.digest())
}

/// A hash of matches that were given, not found.
pub(crate) fn describe_matches(matches: &[ReportMatch]) -> String {
    let mut all = Xxh3::new();
    for m in matches {
        for number in [m.german as u64, m.vietnamese as u64, m.score.to_bits()] {
            all.update(&number.to_le_bytes());
        }
    }
    format!("{} pairs ({:016x})", matches.len(), all.digest())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(mode: &str) -> Vec<Fact> {
        vec![("mode".to_owned(), mode.to_owned())]
    }

    fn alignment(score: f64) -> Alignment {
        let bead = Bead { german: vec![0, 2], vietnamese: vec![], score };
        Alignment { beads: vec![bead], mode: Mode::Comparable }
    }

    #[test]
    fn what_is_noted_is_known_again_and_what_is_torn_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pairs.tsv.journal");
        let journal = Journal::open(path.clone(), &facts("auto")).unwrap();
        assert!(journal.matches().is_none() && journal.done() == 0);
        let matches = [ReportMatch { german: 3, vietnamese: 1, score: 0.1 + 0.2 }];
        journal.note_matches(&matches).unwrap();
        journal.note(3, 1, &alignment(1.0 / 3.0)).unwrap();
        journal.note(4, 1, &alignment(0.7)).unwrap();
        drop(journal);
        let whole = fs::read(&path).unwrap();
        let mut seen = [0; 3];
        for cut in 0..=whole.len() {
            fs::write(&path, &whole[..cut]).unwrap();
            let journal = Journal::open(path.clone(), &facts("auto")).unwrap();
            assert!(journal.matches().is_none_or(|m| m == matches));
            seen[journal.done()] += 1;
            if journal.done() > 0 {
                assert_eq!(journal.alignment(3, 1).unwrap(), Some(alignment(1.0 / 3.0)));
            }
            journal.note(9, 9, &alignment(0.5)).unwrap();
            let before = journal.done();
            drop(journal);
            let again = Journal::open(path.clone(), &facts("auto")).unwrap();
            assert_eq!(again.done(), before + 1);
            assert_eq!(again.alignment(9, 9).unwrap(), Some(alignment(0.5)));
        }
        assert!(seen.iter().all(|count| *count > 0), "{seen:?}");
    }

    #[test]
    fn a_damaged_record_and_what_is_behind_it_is_done_anew() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("j");
        let journal = Journal::open(path.clone(), &facts("auto")).unwrap();
        for report in 0..3 {
            journal.note(report, 0, &alignment(0.5)).unwrap();
        }
        drop(journal);
        let text = fs::read_to_string(&path).unwrap().replace("\"german\":1", "\"german\":7");
        fs::write(&path, text).unwrap();
        assert_eq!(Journal::open(path, &facts("auto")).unwrap().done(), 1);
    }

    #[test]
    fn another_run_and_other_files_are_refused_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("j");
        drop(Journal::open(path.clone(), &facts("auto")).unwrap());
        let error = Journal::open(path.clone(), &facts("parallel")).err().unwrap().to_string();
        assert!(error.contains("mode: auto then, parallel now; ") && error.contains("delete"), "{error}");
        fs::write(&path, "my own notes").unwrap();
        let error = Journal::open(path.clone(), &facts("auto")).err().unwrap().to_string();
        assert!(error.contains("j: no journal"), "{error}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "my own notes");
    }
}
