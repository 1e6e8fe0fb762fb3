//! Files into reports.

use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use encoding_rs::Encoding;
use rayon::prelude::*;
use satzpaar_language::{Language, Span};

use crate::cut::prefix;
use crate::decode::{self, Fault};
use crate::error::CorpusError;
use crate::furniture;
use crate::identify::{Seeming, identify};
use crate::records;
use crate::report::{Metadata, Problem, ProblemKind, ReadOptions, Reading, Report};
use crate::settle::settle;
use crate::source::{Compression, Content, Place, Source, find_sources};

/// Lines of a file of records that are read before they are worked on in parallel.
const BATCH: usize = 2048;
/// Problems of one file that are told one by one; what comes after is counted.
const TOLD: usize = 20;

/// Finds and reads everything that `inputs` mean, in parallel on the current rayon pool, and settles it (see [`settle`]).
/// `on_progress` hears how many of how many sources are done.
///
/// # Errors
/// Those of [`find_sources`].
pub fn read_reports<S: AsRef<OsStr>>(
    inputs: &[S],
    language: Language,
    options: &ReadOptions,
    on_progress: impl Fn(usize, usize) + Sync,
) -> Result<Reading, CorpusError> {
    let sources = find_sources(inputs)?;
    let done = AtomicUsize::new(0);
    let readings = sources
        .par_iter()
        .map(|source| {
            let reading = read_source(source, language, options);
            on_progress(done.fetch_add(1, Ordering::Relaxed) + 1, sources.len());
            reading
        })
        .collect();
    Ok(settle(readings))
}

/// Reads one source as reports of the language `expected`. What cannot be read, or not as it stands, becomes a problem.
pub fn read_source(source: &Source, expected: Language, options: &ReadOptions) -> Reading {
    let job = Job { name: source.name(), id: source.id(), expected, options };
    match &source.place {
        Place::Fault(problem) => Reading { reports: Vec::new(), problems: vec![problem.clone()] },
        Place::Stdin => job.records(Box::new(io::stdin()), Compression::None),
        Place::File { path, content: Content::Records, compression } => {
            match decode::open(path, *compression) {
                Ok(file) => job.records(file, *compression),
                Err(error) => job.refused(Fault::of_reading(&error, *compression)),
            }
        }
        Place::File { path, content: Content::Text, compression } => job.text(path, *compression),
        Place::File { path, content: Content::Html, compression } => job.page(path, *compression),
    }
}

/// What reading one source needs to know.
struct Job<'a> {
    name: String,
    id: &'a str,
    expected: Language,
    options: &'a ReadOptions,
}

impl Job<'_> {
    fn problem(
        &self,
        line: Option<u64>,
        kind: ProblemKind,
        message: impl Into<String>,
        left_out: bool,
    ) -> Problem {
        Problem { source: self.name.clone(), line, kind, message: message.into(), left_out }
    }

    fn refused(&self, fault: Fault) -> Reading {
        let problem = self.problem(None, fault.kind, fault.message, true);
        Reading { reports: Vec::new(), problems: vec![problem] }
    }

    fn text(&self, path: &Path, compression: Compression) -> Reading {
        let decoded = decode::read_bytes(path, compression, self.options.max_report_bytes)
            .and_then(|bytes| decode::decode(bytes, Some(self.expected), None));
        match decoded {
            Err(fault) => self.refused(fault),
            Ok(decoded) => {
                let mut reading = Reading::default();
                reading.problems.extend(self.replaced(decoded.replaced, decoded.encoding));
                let metadata = Metadata { encoding: decoded.encoding, ..Metadata::default() };
                self.take(self.id.to_owned(), decoded.text, metadata, &mut reading);
                reading
            }
        }
    }

    #[cfg(feature = "html")]
    fn page(&self, path: &Path, compression: Compression) -> Reading {
        let decoded =
            decode::read_bytes(path, compression, self.options.max_report_bytes).and_then(|bytes| {
                let declared: Option<&'static Encoding> = crate::html::declared_encoding(&bytes);
                decode::decode(bytes, Some(self.expected), declared)
            });
        match decoded {
            Err(fault) => self.refused(fault),
            Ok(decoded) => {
                let mut reading = Reading::default();
                reading.problems.extend(self.replaced(decoded.replaced, decoded.encoding));
                let page = crate::html::main_text(&decoded.text);
                let (date, url, title, encoding) = (page.date, page.url, page.title, decoded.encoding);
                let metadata = Metadata { date, url, title, encoding, ..Metadata::default() };
                self.take(self.id.to_owned(), page.text, metadata, &mut reading);
                reading
            }
        }
    }

    #[cfg(not(feature = "html"))]
    fn page(&self, _: &Path, _: Compression) -> Reading {
        let message = "this build reads no HTML; build it with the feature 'html', or give the text";
        self.refused(Fault::new(ProblemKind::Unsupported, message))
    }

    fn replaced(&self, places: usize, encoding: &str) -> Option<Problem> {
        let message = || {
            format!(
                "{places} places are not valid {encoding} and are read as U+FFFD; convert the file to UTF-8 and check it"
            )
        };
        (places > 0).then(|| self.problem(None, ProblemKind::BrokenEncoding, message(), false))
    }

    /// Strips, checks the language, and adds the report or the problem.
    fn take(&self, id: String, text: String, mut metadata: Metadata, reading: &mut Reading) {
        let line = metadata.line;
        metadata.source.clone_from(&self.name);
        let whole = Span::new(0, text.len()).trimmed(&text);
        let blocks = match self.options.strip_furniture {
            true => furniture::strip(&text, self.expected),
            false if whole.is_empty() => Vec::new(),
            false => vec![whole],
        };
        if blocks.is_empty() {
            let message = if whole.is_empty() {
                "holds no text; left out"
            } else {
                "holds nothing but page furniture; left out"
            };
            reading.problems.push(self.problem(line, ProblemKind::Empty, message, true));
            return;
        }
        if self.options.check_language {
            let seeming = identify(&sample(&text, &blocks), self.expected);
            let name = match seeming {
                Seeming::Known(language) if language != self.expected => Some(language.name()),
                Seeming::Other(name) => Some(name),
                _ => None,
            };
            if let Some(name) = name {
                let message =
                    format!("seems to be {name}, but {} is read here; left out", self.expected.name());
                reading.problems.push(self.problem(line, ProblemKind::WrongLanguage(seeming), message, true));
                return;
            }
        }
        reading.reports.push(Report { id, language: self.expected, text, blocks, metadata });
    }

    /// Reads JSON lines in batches, each batch in parallel.
    fn records(&self, input: Box<dyn Read + Send>, compression: Compression) -> Reading {
        let mut whole = Reading::default();
        let guard = match compression {
            Compression::None => u64::MAX,
            _ => self.options.max_records_bytes,
        };
        let mut input = match transcoded(input) {
            Ok(input) => input.take(guard.saturating_add(1)),
            Err(error) => return self.refused(Fault::of_reading(&error, compression)),
        };
        let mut number = 0;
        loop {
            let mut lines = Vec::new();
            let mut end = None;
            while lines.len() < BATCH && end.is_none() {
                match next_line(&mut input, self.options.max_report_bytes) {
                    Ok(Some(line)) => {
                        number += 1;
                        lines.push((number, line));
                    }
                    Ok(None) => end = Some(None),
                    Err(error) => end = Some(Some(Fault::of_reading(&error, compression))),
                }
            }
            let readings: Vec<Reading> =
                lines.into_par_iter().map(|(number, line)| self.record(number, line)).collect();
            for reading in readings {
                whole.reports.extend(reading.reports);
                whole.problems.extend(reading.problems);
            }
            match end {
                None => {}
                Some(fault) => {
                    let fault = fault.or_else(|| (input.limit() == 0).then(|| decode::too_large(guard)));
                    abridge(&mut whole.problems);
                    if let Some(fault) = fault {
                        let message = format!("{} (read up to line {number})", fault.message);
                        whole.problems.push(self.problem(Some(number + 1), fault.kind, message, true));
                    } else if whole.reports.is_empty() && whole.problems.is_empty() {
                        whole.problems.push(self.problem(None, ProblemKind::Empty, "holds no record", true));
                    }
                    return whole;
                }
            }
        }
    }

    fn record(&self, number: u64, line: Line) -> Reading {
        let mut reading = Reading::default();
        let bytes = match line {
            Line::Whole(bytes) => bytes,
            Line::TooLong => {
                let fault = decode::too_large(self.options.max_report_bytes);
                reading.problems.push(self.problem(Some(number), fault.kind, fault.message, true));
                return reading;
            }
        };
        let Ok(line) = std::str::from_utf8(&bytes) else {
            let message = "the record is not valid UTF-8, as JSON has to be; convert the file to UTF-8";
            reading.problems.push(self.problem(Some(number), ProblemKind::BrokenEncoding, message, true));
            return reading;
        };
        let line = line.trim();
        if line.is_empty() {
            return reading;
        }
        match records::parse(line, self.expected) {
            Err((kind, message)) => reading.problems.push(self.problem(Some(number), kind, message, true)),
            Ok(record) => {
                if !record.passed_over.is_empty() {
                    let fields = record.passed_over.join(", ");
                    let message = format!("neither string nor number, passed over: {fields}");
                    reading.problems.push(self.problem(Some(number), ProblemKind::BadRecord, message, false));
                }
                let id = record.id.unwrap_or_else(|| format!("{}#{number}", self.id));
                let metadata = Metadata { line: Some(number), encoding: "UTF-8", ..record.metadata };
                self.take(id, record.text, metadata, &mut reading);
            }
        }
        reading
    }
}

/// Leaves the first problems of a file and counts the others, so that a wrong file does not flood the screen.
fn abridge(problems: &mut Vec<Problem>) {
    if problems.len() <= TOLD {
        return;
    }
    let further = problems.split_off(TOLD);
    let mut kinds: HashMap<ProblemKind, usize> = HashMap::new();
    for problem in &further {
        *kinds.entry(problem.kind).or_default() += 1;
    }
    let mut seen = HashSet::new();
    for problem in &further {
        if seen.insert(problem.kind) {
            let message = format!("and {} further lines like it: {}", kinds[&problem.kind], problem.message);
            problems.push(Problem { message, ..problem.clone() });
        }
    }
}

/// The text of the first blocks, for telling the language.
fn sample(text: &str, blocks: &[Span]) -> String {
    let mut sample = String::new();
    for block in blocks {
        let block = block.of(text);
        sample.push_str(prefix(block, 20 << 10));
        sample.push('\n');
        if sample.len() > 20 << 10 {
            break;
        }
    }
    sample
}

/// A reader that gives UTF-8, for JSON lines in UTF-16 with a mark; a UTF-8 mark is left out.
fn transcoded(input: Box<dyn Read + Send>) -> io::Result<Box<dyn BufRead + Send>> {
    let mut input = BufReader::with_capacity(1 << 16, input);
    let mut head = Vec::new();
    input.by_ref().take(3).read_to_end(&mut head)?;
    match Encoding::for_bom(&head) {
        Some((encoding, _)) if encoding != encoding_rs::UTF_8 => {
            let mut bytes = head;
            input.read_to_end(&mut bytes)?;
            let (text, _, _) = encoding.decode(&bytes);
            Ok(Box::new(io::Cursor::new(text.into_owned().into_bytes())))
        }
        Some(_) => Ok(Box::new(input)),
        None => Ok(Box::new(BufReader::new(io::Cursor::new(head).chain(input)))),
    }
}

/// A line of a file of records.
enum Line {
    Whole(Vec<u8>),
    /// Longer than a report may be; its rest was passed over.
    TooLong,
}

fn next_line(input: &mut io::Take<Box<dyn BufRead + Send>>, limit: u64) -> io::Result<Option<Line>> {
    let mut bytes = Vec::new();
    let read = input.by_ref().take(limit.saturating_add(1)).read_until(b'\n', &mut bytes)?;
    if read == 0 {
        return Ok(None);
    }
    if bytes.len() as u64 > limit && bytes.last() != Some(&b'\n') {
        input.skip_until(b'\n')?;
        return Ok(Some(Line::TooLong));
    }
    Ok(Some(Line::Whole(bytes)))
}

#[cfg(test)]
mod tests;
