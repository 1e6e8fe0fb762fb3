//! The sheet that annotators fill in, and reading what spreadsheets make of it.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;

use csv::{QuoteStyle, ReaderBuilder, StringRecord, WriterBuilder};
use serde::Serialize;

use super::ids;
use crate::EvaluationError;
use crate::dataset::rows::PairRow;

const HEAD: [&str; 5] = ["id", "de_text", "vi_text", "judgement", "comment"];

/// What an annotator says of a pair. The order is that of a scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Judgement {
    /// The two sides speak of different things.
    Wrong,
    /// Something that matters stands on one side only.
    Partly,
    /// Both sides say the same.
    Right,
    /// The annotator cannot tell.
    Unsure,
}

impl Judgement {
    /// The word in the sheet.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Wrong => "wrong",
            Self::Partly => "partly",
            Self::Right => "right",
            Self::Unsure => "unsure",
        }
    }

    /// The place on the scale from wrong (0) to right (2); none for unsure.
    pub const fn rank(self) -> Option<usize> {
        match self {
            Self::Wrong => Some(0),
            Self::Partly => Some(1),
            Self::Right => Some(2),
            Self::Unsure => None,
        }
    }

    /// Reads a cell: the word in any case, with blanks, quotes or a full stop around it, or its first letter.
    fn read(cell: &str) -> Option<Self> {
        match cell.trim_matches(is_padding).to_lowercase().as_str() {
            "right" | "r" => Some(Self::Right),
            "partly" | "partially" | "partial" | "p" => Some(Self::Partly),
            "wrong" | "w" => Some(Self::Wrong),
            "unsure" | "u" | "?" => Some(Self::Unsure),
            _ => None,
        }
    }
}

fn is_padding(c: char) -> bool {
    c.is_whitespace() || matches!(c, '"' | '\'' | '“' | '”' | '„' | '.' | '\u{FEFF}' | '\u{200B}')
}

/// What stands between the cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetFormat {
    /// Commas, with a byte-order mark by which spreadsheets know UTF-8.
    Csv,
    /// Tabs.
    Tsv,
}

impl SheetFormat {
    /// By a file's ending: `.tsv` and `.tab` for tabs, all else for commas.
    pub fn of(path: &Path) -> Self {
        match path.extension().and_then(|ending| ending.to_str()) {
            Some("tsv" | "tab") => Self::Tsv,
            _ => Self::Csv,
        }
    }
}

/// A sheet with these rows, to be filled in. It does not show the scores.
pub fn write_sheet(rows: &[PairRow], chosen: &[usize], format: SheetFormat) -> Vec<u8> {
    let (start, delimiter): (&[u8], u8) = match format {
        SheetFormat::Csv => ("\u{FEFF}".as_bytes(), b','),
        SheetFormat::Tsv => (b"", b'\t'),
    };
    let mut writer = WriterBuilder::new()
        .delimiter(delimiter)
        .quote_style(QuoteStyle::Necessary)
        .terminator(csv::Terminator::CRLF)
        .from_writer(start.to_vec());
    // Writing into memory does not fail, and all rows have five cells.
    let _ = writer.write_record(HEAD);
    for &i in chosen {
        let row = &rows[i];
        let cells =
            [row.id.as_deref().unwrap_or_default(), &row.pair.de_text, &row.pair.vi_text].map(guarded);
        let _ = writer.write_record([&*cells[0], &cells[1], &cells[2], "", ""]);
    }
    writer.into_inner().unwrap_or_default()
}

/// What a spreadsheet may take for the beginning of a formula, and the sign that it stands for none.
const GUARDED: [char; 5] = ['=', '+', '-', '@', '\''];

/// A cell that no spreadsheet takes for a formula: crawled text may begin like one, by chance or by intent.
fn guarded(cell: &str) -> String {
    if cell.starts_with(GUARDED) { format!("'{cell}") } else { cell.to_owned() }
}

/// What an annotator has put into a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The judgement.
    pub judgement: Judgement,
    /// The comment, perhaps empty; on one line.
    pub comment: String,
    line: u64,
}

/// An annotator's sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The annotator: the file's name without its ending.
    pub annotator: String,
    /// What was judged, by the dataset's rows.
    pub marks: BTreeMap<usize, Mark>,
    /// How many rows have no judgement.
    pub blank: usize,
}

/// Reads sheets, one for each annotator. Spreadsheets may have changed delimiters, quotes, encoding (UTF-8 or UTF-16), the order of rows and
/// columns, and the ids (a row is then found by its texts). The sheets come sorted by annotator.
///
/// # Errors
/// All that cannot be understood in any of them, by file and line; a dataset without ids.
pub fn read_sheets(paths: &[impl AsRef<Path>], rows: &[PairRow]) -> Result<Vec<Sheet>, Vec<EvaluationError>> {
    let finder = Finder::new(rows).map_err(|error| vec![error])?;
    let (mut sheets, mut problems) = (Vec::new(), Vec::new());
    for path in paths {
        sheets.push(read_sheet(path.as_ref(), &finder, &mut problems));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    sheets.sort_by(|a, b| a.annotator.cmp(&b.annotator));
    for i in 1..sheets.len() {
        // Sheets of one name from several folders.
        let name = sheets[i].annotator.clone();
        let before = sheets[..i].iter().filter(|sheet| sheet.annotator == name).count();
        if before > 0 {
            sheets[i].annotator = format!("{name} ({})", before + 1);
        }
    }
    Ok(sheets)
}

/// Finds a sheet's row in the dataset: by its id, or else by its texts.
struct Finder<'r> {
    ids: HashMap<&'r str, usize>,
    texts: HashMap<String, Option<usize>>,
}

impl<'r> Finder<'r> {
    fn new(rows: &'r [PairRow]) -> Result<Self, EvaluationError> {
        let mut texts = HashMap::with_capacity(rows.len());
        for (i, row) in rows.iter().enumerate() {
            texts
                .entry(text_key(&row.pair.de_text, &row.pair.vi_text))
                .and_modify(|o| *o = None)
                .or_insert(Some(i));
        }
        Ok(Self { ids: ids(rows)?, texts })
    }

    fn find(&self, id: &str, de: &str, vi: &str) -> Option<usize> {
        let bare = id.strip_prefix('\'').filter(|rest| rest.starts_with(GUARDED)).unwrap_or(id);
        let by_id = self.ids.get(bare).or_else(|| self.ids.get(id)).copied();
        let by_texts = || self.texts.get(&text_key(de, vi)).copied().flatten();
        by_id.or_else(by_texts).or_else(|| self.ids.get(id.trim_matches(is_padding)).copied())
    }
}

/// Both texts without what spreadsheets change.
fn text_key(de: &str, vi: &str) -> String {
    let plain = |text: &str| {
        text.trim_start_matches('\'').chars().filter(|c| !c.is_whitespace() && *c != '"').collect::<String>()
    };
    format!("{}\t{}", plain(de), plain(vi))
}

fn read_sheet(path: &Path, finder: &Finder, problems: &mut Vec<EvaluationError>) -> Sheet {
    let name = path.display().to_string();
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut sheet = Sheet { annotator: stem, ..Sheet::default() };
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            problems.push(EvaluationError::read(path, error));
            return sheet;
        }
    };
    let text = decoded(&bytes);
    let (text, skipped) = without_separator_line(&text);
    let Some((delimiter, places)) = layout(text) else {
        let message = "no columns 'id' and 'judgement'; the first line has to name them, parted by commas, semicolons or tabs";
        problems.push(EvaluationError::line(&name, 1, message));
        return sheet;
    };
    let mut reader = ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line) + skipped;
                problems.push(EvaluationError::line(
                    &name,
                    line,
                    "not a table; save the sheet as CSV or TSV in UTF-8",
                ));
                return sheet;
            }
        };
        let line = record.position().map_or(0, csv::Position::line) + skipped;
        if let Err(message) = read_row(&record, line, places, finder, &mut sheet) {
            problems.push(EvaluationError::line(&name, line, message));
        }
    }
    sheet
}

/// Reads a row into the sheet; gives what is wrong with it.
fn read_row(
    record: &StringRecord,
    line: u64,
    places: [Option<usize>; 5],
    finder: &Finder,
    sheet: &mut Sheet,
) -> Result<(), String> {
    let [id, de, vi, cell, comment] =
        places.map(|place| place.and_then(|place| record.get(place)).unwrap_or_default());
    if [id, de, vi, cell].iter().all(|cell| cell.trim_matches(is_padding).is_empty()) {
        return Ok(());
    }
    let shown = id.trim();
    let Some(row) = finder.find(id, de, vi) else {
        return Err(format!(
            "the id '{shown}' is not in the dataset; is this the folder that the sheet was drawn from?"
        ));
    };
    if cell.trim_matches(is_padding).is_empty() {
        sheet.blank += 1;
        return Ok(());
    }
    let Some(judgement) = Judgement::read(cell) else {
        let cell = cell.trim();
        return Err(format!("judgement '{cell}' of '{shown}': write right, partly, wrong or unsure"));
    };
    let comment = comment.split_whitespace().collect::<Vec<_>>().join(" ");
    match sheet.marks.get(&row) {
        Some(mark) if mark.judgement != judgement => Err(format!(
            "'{shown}' is {} here and {} in line {}: delete one of them",
            judgement.as_str(),
            mark.judgement.as_str(),
            mark.line
        )),
        Some(_) => Ok(()),
        None => {
            sheet.marks.insert(row, Mark { judgement, comment, line });
            Ok(())
        }
    }
}

/// UTF-8, or UTF-16 by its byte-order mark ("Unicode text" of spreadsheets). Bytes in another encoding cost a text, not an id.
fn decoded(bytes: &[u8]) -> String {
    let units = |from: fn([u8; 2]) -> u16| -> String {
        let units = bytes[2..].chunks_exact(2).map(|unit| from([unit[0], unit[1]]));
        char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    };
    match bytes {
        [0xFF, 0xFE, ..] => units(u16::from_le_bytes),
        [0xFE, 0xFF, ..] => units(u16::from_be_bytes),
        _ => String::from_utf8_lossy(bytes).trim_start_matches('\u{FEFF}').to_owned(),
    }
}

/// The text after a line `sep=;`, which some spreadsheets write, and how many lines that skips.
fn without_separator_line(text: &str) -> (&str, u64) {
    match text.split_once('\n') {
        Some((first, rest)) if first.trim_matches(is_padding).to_lowercase().starts_with("sep=") => (rest, 1),
        _ => (text, 0),
    }
}

/// The delimiter by which the first line names an id and a judgement, and where the columns of a sheet stand.
fn layout(text: &str) -> Option<(u8, [Option<usize>; 5])> {
    [b',', b';', b'\t'].into_iter().find_map(|delimiter| {
        let mut reader =
            ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
        let head = reader.headers().ok()?;
        let names: Vec<String> = head
            .iter()
            .map(|name| name.trim_matches(is_padding).to_lowercase().replace("judgment", "judgement"))
            .collect();
        let places = HEAD.map(|wanted| names.iter().position(|name| name == wanted));
        (places[0].is_some() && places[3].is_some()).then_some((delimiter, places))
    })
}
