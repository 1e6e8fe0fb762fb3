//! Which files are meant: folders are walked, patterns expanded, endings told apart.

use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

use walkdir::WalkDir;

use crate::error::CorpusError;
use crate::report::{Problem, ProblemKind};

/// The endings that are read, for messages.
pub(crate) const KNOWN_ENDINGS: &str =
    ".txt, .html, .htm, .jsonl or .ndjson, each also with .gz or .zst behind it";

/// One input: a file, standard input, or a place that could not be looked into (which [`crate::read_source`] then reports).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    pub(crate) place: Place,
    /// The id of its report, or for JSON lines the stem of those ids that the records do not give themselves.
    id: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    File { path: PathBuf, content: Content, compression: Compression },
    Stdin,
    Fault(Problem),
}

/// What a file holds, by its ending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    Text,
    Html,
    Records,
}

/// How a file is compressed, by its last ending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Compression {
    None,
    Gzip,
    Zstd,
}

impl Source {
    /// JSON lines on standard input.
    pub fn stdin() -> Self {
        Self { place: Place::Stdin, id: "-".to_owned() }
    }

    /// The file's path for messages, as given or found below a given folder; `-` for standard input.
    pub fn name(&self) -> String {
        match &self.place {
            Place::File { path, .. } => path.display().to_string(),
            Place::Stdin => "standard input".to_owned(),
            Place::Fault(problem) => problem.source.clone(),
        }
    }

    /// The id that the report of this file gets.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The file's size in bytes on the disk; 0 if not known. For progress, and to begin with the largest.
    pub fn size(&self) -> u64 {
        match &self.place {
            Place::File { path, .. } => path.metadata().map_or(0, |data| data.len()),
            _ => 0,
        }
    }
}

/// Lists the files that `inputs` mean: folders (walked, links followed, hidden files and unknown endings passed over),
/// files, patterns (`*`, `?`, `[a-z]`, `**`), and `-` for JSON lines on standard input. Sorted by id, then path, whatever
/// the order of `inputs`; a file that is reached twice stands once.
///
/// # Errors
/// A path that does not exist, a folder without any report, a pattern without match, a named file with an unknown ending.
/// A folder below a given one that cannot be looked into is no error here but becomes a problem in reading.
pub fn find_sources<S: AsRef<OsStr>>(inputs: &[S]) -> Result<Vec<Source>, CorpusError> {
    let mut sources = Vec::new();
    for input in inputs {
        let input = input.as_ref();
        let path = Path::new(input);
        if input == "-" {
            sources.push(Source::stdin());
        } else if path.is_dir() {
            walk(path, path, &mut sources)?;
        } else if path.symlink_metadata().is_ok() {
            let parent = path.parent().unwrap_or(Path::new(""));
            sources.push(file(path, parent).ok_or_else(|| CorpusError::UnknownEnding(path.to_owned()))?);
        } else if let Some(pattern) = input.to_str().filter(|input| input.contains(['*', '?', '['])) {
            expand(pattern, &mut sources)?;
        } else {
            return Err(CorpusError::Missing(path.to_owned()));
        }
    }
    // The same file reached twice, also by a link: kept under the shortest of its ids.
    let mut keyed: Vec<(PathBuf, Source)> =
        sources.into_iter().map(|source| (key(&source), source)).collect();
    let rank = |source: &Source| (source.id.matches('/').count(), source.id.clone(), source.name());
    keyed.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| rank(&a.1).cmp(&rank(&b.1))));
    keyed.dedup_by(|a, b| a.0 == b.0);
    keyed.sort_by(|a, b| (&a.1.id, &a.0).cmp(&(&b.1.id, &b.0)));
    Ok(keyed.into_iter().map(|(_, source)| source).collect())
}

/// What tells files apart: the real path behind all links.
fn key(source: &Source) -> PathBuf {
    match &source.place {
        Place::File { path, .. } => std::fs::canonicalize(path)
            .or_else(|_| std::path::absolute(path))
            .unwrap_or_else(|_| path.clone()),
        Place::Stdin => PathBuf::from("-"),
        Place::Fault(problem) => PathBuf::from(&problem.source),
    }
}

/// Adds every file with a known ending below `folder`, with ids relative to `base`.
fn walk(folder: &Path, base: &Path, sources: &mut Vec<Source>) -> Result<(), CorpusError> {
    let before = sources.len();
    let hidden = |entry: &walkdir::DirEntry| {
        entry.depth() > 0 && entry.file_name().as_encoded_bytes().first() == Some(&b'.')
    };
    for entry in WalkDir::new(folder).follow_links(true).into_iter().filter_entry(|entry| !hidden(entry)) {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => sources.extend(file(entry.path(), base)),
            // A link back to a folder above: everything in it is read already.
            Err(error) if error.loop_ancestor().is_some() => {}
            Err(error) if error.depth() == 0 => {
                return Err(CorpusError::read_path(folder, error.into()));
            }
            Err(error) => sources.push(fault(error, folder)),
        }
    }
    if sources.len() == before {
        return Err(CorpusError::EmptyFolder(folder.to_owned()));
    }
    Ok(())
}

/// A place below a given folder that cannot be looked into, told when it is read.
fn fault(error: walkdir::Error, folder: &Path) -> Source {
    let path = error.path().unwrap_or(folder).to_owned();
    let error = std::io::Error::from(error);
    let hint = crate::error::hint(&error);
    // The system's own error without walkdir's wording, which names the path a second time.
    let inner = error.raw_os_error().map_or(error, std::io::Error::from_raw_os_error);
    let problem = Problem {
        source: path.display().to_string(),
        line: None,
        kind: ProblemKind::Unreadable,
        message: format!("cannot be read: {inner}{hint}"),
        left_out: true,
    };
    Source { id: problem.source.clone(), place: Place::Fault(problem) }
}

/// Adds what a pattern matches; ids are relative to the folder before the first wildcard.
fn expand(pattern: &str, sources: &mut Vec<Source>) -> Result<(), CorpusError> {
    let before = sources.len();
    let bad =
        |reason: &str| CorpusError::BadPattern { pattern: pattern.to_owned(), reason: reason.to_owned() };
    let base: PathBuf = Path::new(pattern)
        .components()
        .take_while(|part| !part.as_os_str().to_string_lossy().contains(['*', '?', '[']))
        .collect();
    let options = glob::MatchOptions { require_literal_leading_dot: true, ..glob::MatchOptions::new() };
    for entry in glob::glob_with(pattern, options).map_err(|error| bad(error.msg))? {
        match entry {
            Ok(path) if path.is_dir() => match walk(&path, &base, sources) {
                Ok(()) | Err(CorpusError::EmptyFolder(_)) => {}
                Err(error) => return Err(error),
            },
            Ok(path) => sources.extend(file(&path, &base)),
            Err(error) => {
                let path = error.path().to_owned();
                return Err(CorpusError::read_path(&path, error.into()));
            }
        }
    }
    if sources.len() == before {
        return Err(CorpusError::NoMatch(pattern.to_owned()));
    }
    Ok(())
}

/// The file as a source, or nothing if its ending is unknown. The id is its path below `base` without its endings.
fn file(path: &Path, base: &Path) -> Option<Source> {
    let below = path.strip_prefix(base).unwrap_or(path);
    let mut id: String = below
        .components()
        .filter(|part| !matches!(part, Component::RootDir | Component::CurDir | Component::Prefix(_)))
        .map(|part| part.as_os_str().to_string_lossy())
        .collect::<Vec<_>>()
        .join("/");
    let compression = match cut_ending(&mut id, &[".gz", ".zst"]) {
        Some(".gz") => Compression::Gzip,
        Some(_) => Compression::Zstd,
        None => Compression::None,
    };
    let content = match cut_ending(&mut id, &[".txt", ".html", ".htm", ".jsonl", ".ndjson"])? {
        ".txt" => Content::Text,
        ".html" | ".htm" => Content::Html,
        _ => Content::Records,
    };
    let id = clean_id(&id);
    Some(Source { place: Place::File { path: path.to_owned(), content, compression }, id })
}

/// Cuts one of `endings` (lower case) off `id` in whatever case, and tells which.
fn cut_ending(id: &mut String, endings: &[&'static str]) -> Option<&'static str> {
    let ending = endings.iter().find(|ending| {
        id.len() > ending.len()
            && id.as_bytes()[id.len() - ending.len()..].eq_ignore_ascii_case(ending.as_bytes())
            && !id[..id.len() - ending.len()].ends_with('/')
    })?;
    id.truncate(id.len() - ending.len());
    Some(ending)
}

/// An id that stays one field of one line: control characters become spaces.
pub(crate) fn clean_id(id: &str) -> String {
    id.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// How a file is compressed and what its inner ending is, for files that hold sentences and not reports.
pub(crate) fn compression_of(path: &Path) -> Compression {
    match path.extension() {
        Some(ending) if ending.eq_ignore_ascii_case("gz") => Compression::Gzip,
        Some(ending) if ending.eq_ignore_ascii_case("zst") => Compression::Zstd,
        _ => Compression::None,
    }
}
