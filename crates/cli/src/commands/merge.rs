//! `satzpaar merge`: the tables of all shards into that of one run.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;

use anyhow::{Result, bail};
use satzpaar_corpus::output::COLUMNS;
use satzpaar_corpus::{CorpusError, OutputFile, open_file};
use serde::Deserialize;

use crate::args::MergeArgs;
use crate::progress::Reporter;
use crate::status::Status;

pub(super) fn run(args: &MergeArgs, say: &Reporter) -> Result<Status> {
    if let Some(expected) = args.expect
        && expected != args.shards.len()
    {
        bail!(
            "{} shards are given and {expected} expected; name every shard of the run once",
            args.shards.len()
        );
    }
    let mut shards = args.shards.iter().map(|path| Shard::open(path)).collect::<Result<Vec<_>, _>>()?;
    let head = common_head(&shards)?;
    let mut out = OutputFile::create(&args.output)?;
    let mut heap = BinaryHeap::with_capacity(shards.len());
    for (i, shard) in shards.iter_mut().enumerate() {
        heap.extend(shard.next()?.map(|key| Reverse((key, i))));
    }
    if let Some(head) = &head {
        out.write_all(head).map_err(|error| out.error(error))?;
    }
    let mut count = 0_u64;
    let mut last: Option<(Key, usize)> = None;
    while let Some(Reverse((key, i))) = heap.pop() {
        if let Some((before, other)) = &last
            && *other != i
            && before.de_doc == key.de_doc
        {
            let message = format!(
                "the German report '{}' stands in {} too; shards of one run share no report: give each shard once, all from the same run",
                key.de_doc, shards[*other].name
            );
            return Err(shards[i].error(message).into());
        }
        out.write_all(&shards[i].raw).map_err(|error| out.error(error))?;
        count += 1;
        heap.extend(shards[i].next()?.map(|next| Reverse((next, i))));
        last = Some((key, i));
    }
    out.commit()?;
    say.note(&format!("{count} pairs from {} shards", shards.len()));
    if count == 0 {
        say.warn("no shard has a pair");
    }
    Ok(if count > 0 { Status::Done } else { Status::Incomplete })
}

/// Where a row stands among all rows, in the order of pairs.tsv.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
struct Key {
    de_doc: String,
    de_start: u64,
    vi_start: u64,
    vi_doc: String,
}

/// The columns that a key is made of.
const KEY: [&str; 4] = ["de_doc", "de_start", "vi_start", "vi_doc"];

/// What a shard holds.
enum Form {
    /// Nothing at all: JSON lines without a line, or a table that lost all.
    Empty,
    Jsonl,
    Tsv {
        /// The header line with its end.
        header: Vec<u8>,
        width: usize,
        /// Where the columns of a key stand.
        places: [usize; KEY.len()],
    },
}

/// A shard that is read row by row.
struct Shard {
    name: String,
    reader: BufReader<Box<dyn Read + Send>>,
    form: Form,
    /// The row at hand, as it stands, with its end.
    raw: Vec<u8>,
    /// Its line, from 1.
    line: u64,
    last: Option<Key>,
}

impl Shard {
    fn open(path: &Path) -> Result<Self, CorpusError> {
        let stdin = path.as_os_str() == "-";
        let name = if stdin { "standard input".to_owned() } else { path.display().to_string() };
        let reader = BufReader::with_capacity(1 << 16, open_file(path)?);
        let mut shard = Self { name, reader, form: Form::Empty, raw: Vec::new(), line: 1, last: None };
        let start = shard.reader.fill_buf().map_err(|error| CorpusError::read(&*shard.name, error))?;
        match start.first() {
            None => {}
            Some(b'{') => shard.form = Form::Jsonl,
            Some(_) => shard.read_header()?,
        }
        Ok(shard)
    }

    fn read_header(&mut self) -> Result<(), CorpusError> {
        self.line = 0;
        self.read_line()?;
        let header = self.raw.clone();
        let columns: Vec<&str> = self.text()?.split('\t').collect();
        let missing = COLUMNS.iter().find(|column| !columns.contains(column));
        if let Some(missing) = missing {
            let message = format!(
                "the column '{missing}' is missing; a table as `satzpaar align` writes it is wanted, or JSON lines"
            );
            return Err(self.error(message));
        }
        let places = KEY.map(|column| columns.iter().position(|c| *c == column).unwrap_or_default());
        self.form = Form::Tsv { width: columns.len(), header, places };
        Ok(())
    }

    /// Reads a line into `raw`; says whether there was one.
    fn read_line(&mut self) -> Result<bool, CorpusError> {
        self.raw.clear();
        let read = self.reader.read_until(b'\n', &mut self.raw);
        let read = read.map_err(|error| CorpusError::read(&*self.name, error))?;
        self.line += 1;
        if read > 0 && self.raw.last() != Some(&b'\n') {
            return Err(
                self.error("the file is cut off within this line; make the shard again, or copy it again")
            );
        }
        Ok(read > 0)
    }

    /// The line at hand without its end.
    fn text(&self) -> Result<&str, CorpusError> {
        let text = std::str::from_utf8(&self.raw);
        let text = text.map_err(|_| self.error("not UTF-8; make the shard again, or copy it again"))?;
        Ok(text.strip_suffix('\n').unwrap_or(text))
    }

    /// Goes on to the next row, and gives its key; nothing at the end.
    fn next(&mut self) -> Result<Option<Key>, CorpusError> {
        if matches!(self.form, Form::Empty) {
            return Ok(None);
        }
        if matches!(self.form, Form::Jsonl) && self.last.is_none() {
            self.line = 0;
        }
        if !self.read_line()? {
            return Ok(None);
        }
        let key = self.key()?;
        if let Some(last) = &self.last {
            if *last == key {
                return Err(self.error("the same pair as in the line before; make the shard again"));
            }
            if *last > key {
                let message = "the rows do not rise by de_doc, de_start, vi_start; a shard has to be as `satzpaar align` wrote it";
                return Err(self.error(message));
            }
        }
        self.last = Some(key.clone());
        Ok(Some(key))
    }

    fn key(&self) -> Result<Key, CorpusError> {
        let text = self.text()?;
        let Form::Tsv { width, places, .. } = &self.form else {
            let key = serde_json::from_str(text);
            return key.map_err(|error| {
                let error = error.to_string();
                let error = error.split(" at line ").next().unwrap_or_default();
                self.error(format!("no pair as JSON ({error}); make the shard again, or copy it again"))
            });
        };
        let cells: Vec<&str> = text.split('\t').collect();
        if cells.len() != *width {
            let message = format!(
                "{} columns where the header line names {width}; make the shard again, or copy it again",
                cells.len()
            );
            return Err(self.error(message));
        }
        let number = |column: usize| {
            let cell = cells[places[column]];
            let message = || format!("column '{}': '{cell}' is no offset; make the shard again", KEY[column]);
            cell.parse::<u64>().map_err(|_| self.error(message()))
        };
        Ok(Key {
            de_doc: cells[places[0]].to_owned(),
            de_start: number(1)?,
            vi_start: number(2)?,
            vi_doc: cells[places[3]].to_owned(),
        })
    }

    fn error(&self, message: impl Into<String>) -> CorpusError {
        CorpusError::Content { name: self.name.clone(), line: self.line, message: message.into() }
    }
}

/// The header line of all shards; nothing for JSON lines.
fn common_head(shards: &[Shard]) -> Result<Option<Vec<u8>>, CorpusError> {
    let header = |shard: &Shard| match &shard.form {
        Form::Tsv { header, .. } => Some(header.clone()),
        _ => None,
    };
    let tables = shards.iter().find_map(|shard| Some((shard, header(shard)?)));
    let Some((first, head)) = tables else { return Ok(None) };
    for shard in shards {
        match &shard.form {
            Form::Tsv { header, .. } if *header == head => {}
            Form::Tsv { .. } => {
                return Err(shard.error(
                    format!("another header line than that of {}", first.name)
                        + "; shards of one run have the same columns",
                ));
            }
            Form::Jsonl => {
                return Err(shard.error(
                    format!("JSON lines, but {} is a table", first.name) + "; give shards of one format",
                ));
            }
            Form::Empty => {
                return Err(
                    shard.error("empty, without a header line; make the shard again, or copy it again")
                );
            }
        }
    }
    Ok(Some(head))
}
