//! Arguments of `dataset`, its commands, and `report`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::{at_least_one, probability};

/// Arguments of `dataset`.
#[derive(Args, Debug)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "Examples:
  satzpaar dataset pairs.tsv -o testset
  satzpaar dataset --reports reports/de reports/vi -o testset
  satzpaar dataset pairs.tsv --reports reports/de reports/vi --target-precision 0.95 -o testset
  satzpaar dataset pairs.tsv --size 2000 --max-per-event 10 --splits dev=0.2,test=0.8 -o testset
  satzpaar dataset pairs.tsv --against flores.de flores.vi train.tsv.gz -o testset
  satzpaar dataset audit testset --sample 100 -o sheet.csv

Without PAIRS the reports are aligned first. The folder holds a table for each split, other formats, a card (README.md) and MANIFEST.json.
The funnel on standard error says how many pairs each step left, and why the others went."
)]
pub struct DatasetArgs {
    /// Something else to do with a dataset
    #[command(subcommand)]
    pub command: Option<DatasetCommand>,
    /// A table of pairs, as `satzpaar align` writes it (also .gz, .zst); - is standard input
    #[arg(value_name = "PAIRS", required_unless_present = "reports")]
    pub pairs: Option<PathBuf>,
    /// The folder to make; it has to be new or empty
    #[arg(short, long, value_name = "DIR", required = true)]
    pub output: Option<PathBuf>,
    /// Replace the dataset that DIR holds; files that its MANIFEST.json does not name stay
    #[arg(long)]
    pub force: bool,
    /// The reports that the pairs come from: their addresses, licences, dates and counts go into the card
    #[arg(long, num_args = 2, value_names = ["DE", "VI"])]
    pub reports: Vec<OsString>,
    /// The dataset's name [default: that of DIR]
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,

    /// Leave out pairs less probable than this [default: 0.5]
    #[arg(long, value_name = "P", value_parser = probability, allow_negative_numbers = true, help_heading = "Selection")]
    pub min_score: Option<f64>,
    /// Keep as many pairs as are right to this share, by their scores
    #[arg(long, value_name = "P", value_parser = probability, allow_negative_numbers = true, conflicts_with = "min_score", help_heading = "Selection")]
    pub target_precision: Option<f64>,
    /// Groups of German and Vietnamese sentences, as in 1-1,1-2 [default: all]
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = bead, help_heading = "Selection")]
    pub beads: Vec<(usize, usize)>,
    /// Leave out pairs with a side of fewer characters
    #[arg(long, value_name = "N", default_value_t = 15, help_heading = "Selection")]
    pub min_chars: usize,
    /// Leave out pairs with a side of more characters
    #[arg(long, value_name = "N", default_value_t = 1000, help_heading = "Selection")]
    pub max_chars: usize,
    /// Leave out pairs with a side more than this many times as long as the other
    #[arg(long, value_name = "R", default_value_t = 3.0, value_parser = ratio, allow_negative_numbers = true, help_heading = "Selection")]
    pub max_ratio: f64,
    /// Keep pairs whose numbers, dates or names contradict each other
    #[arg(long, help_heading = "Selection")]
    pub keep_contradictions: bool,
    /// Two texts are near-duplicates from this Jaccard similarity of their word pairs on; 0 keeps near-duplicates
    #[arg(long, value_name = "J", default_value_t = 0.8, value_parser = probability, allow_negative_numbers = true, help_heading = "Selection")]
    pub near_duplicates: f64,
    /// At most so many pairs of an event
    #[arg(long, value_name = "N", value_parser = at_least_one, help_heading = "Selection")]
    pub max_per_event: Option<usize>,
    /// At most so many pairs, drawn from all events in turn
    #[arg(long, value_name = "N", value_parser = at_least_one, help_heading = "Selection")]
    pub size: Option<usize>,
    /// Decides what is drawn, and which events go into which split
    #[arg(long, value_name = "S", default_value_t = 1, help_heading = "Selection")]
    pub seed: u64,

    /// Names and shares of splits, as in dev=0.2,test=0.8 [default: test=1]
    #[arg(long, value_name = "LIST", help_heading = "Splits")]
    pub splits: Option<satzpaar_evaluation::dataset::Splits>,
    /// By event: at random; by date: the latest events into the last split
    #[arg(
        long,
        value_enum,
        default_value_t,
        requires = "splits",
        value_name = "HOW",
        help_heading = "Splits"
    )]
    pub split_by: SplitByArg,

    /// Other collections (training data, test sets): text, tables or JSON lines, also .gz and .zst
    #[arg(long, value_name = "FILE", num_args = 1.., help_heading = "Contamination")]
    pub against: Vec<PathBuf>,
    /// What becomes of pairs that stand there
    #[arg(
        long,
        value_enum,
        default_value_t,
        requires = "against",
        value_name = "WHAT",
        help_heading = "Contamination"
    )]
    pub contaminated: ContaminatedArg,
    /// A side stands there if this share of its word 8-grams does
    #[arg(long, value_name = "S", default_value_t = 0.5, value_parser = share, allow_negative_numbers = true, help_heading = "Contamination")]
    pub max_overlap: f64,

    /// What to write [default: all formats that this build has]
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_enum, help_heading = "Files")]
    pub formats: Vec<DatasetFormatArg>,
    /// Ship offsets and hashes instead of text, where rights forbid text
    #[arg(long, help_heading = "Files")]
    pub deferred: bool,
}

/// By which order events are dealt out into splits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum SplitByArg {
    /// At random.
    #[default]
    Event,
    /// The latest into the last split.
    Date,
}

/// What becomes of pairs that stand in other collections.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ContaminatedArg {
    /// They go.
    #[default]
    Remove,
    /// They stay, with a word of it.
    Flag,
}

/// The formats of a dataset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DatasetFormatArg {
    /// Line-aligned text with document ids, as sacrebleu reads it.
    Plain,
    /// The table.
    Tsv,
    /// A JSON object a line.
    Jsonl,
    /// Translation Memory eXchange 1.4.
    Tmx,
    /// XCES links, as OPUS has them.
    Xces,
    /// Line-aligned text.
    Moses,
    /// WMT's XML.
    Wmt,
    /// Apache Parquet.
    Parquet,
}

fn bead(text: &str) -> Result<(usize, usize), String> {
    let sides = text.trim().split_once('-').and_then(|(de, vi)| Some((de.parse().ok()?, vi.parse().ok()?)));
    match sides {
        Some((de, vi)) if de > 0 && vi > 0 => Ok((de, vi)),
        _ => Err("a group such as 2-1 is wanted, with text on both sides".to_owned()),
    }
}

fn ratio(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(ratio) if ratio >= 1.0 => Ok(ratio),
        _ => Err("a number of 1 or more is wanted".to_owned()),
    }
}

fn share(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(share) if share > 0.0 && share <= 1.0 => Ok(share),
        _ => Err("a share above 0 and up to 1 is wanted".to_owned()),
    }
}

/// The commands of `dataset`.
#[derive(Debug, Subcommand)]
pub enum DatasetCommand {
    /// Let people judge a sample of a dataset, and put the figures into its card
    Audit(AuditArgs),
    /// Give a deferred dataset its texts back from the reports
    Restore(RestoreArgs),
}

/// Arguments of `dataset audit`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  satzpaar dataset audit dataset/ --sample 100 -o sheet.csv
  satzpaar dataset audit dataset/ --read anna.csv binh.csv

Each annotator fills in a copy of the sheet; audit-instructions.md beside it says how. Reading writes
audit.json, audit.tsv and accepted.tsv into the folder, and the figures into its README.md.")]
#[command(override_usage = "satzpaar dataset audit [OPTIONS] <DIR> --sample <N>
       satzpaar dataset audit [OPTIONS] <DIR> --read <SHEET>...")]
#[command(group = clap::ArgGroup::new("way").required(true))]
pub struct AuditArgs {
    /// The folder of a dataset
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Draw N pairs, as many from each stratum of scores
    #[arg(long, value_name = "N", group = "way", value_parser = clap::value_parser!(u64).range(1..))]
    pub sample: Option<u64>,
    /// Read filled-in sheets, one for each annotator
    #[arg(long, value_name = "SHEET", group = "way", num_args = 1..)]
    pub read: Vec<PathBuf>,
    /// With --sample: another seed draws other pairs
    #[arg(long, value_name = "N", default_value_t = 1, conflicts_with = "read")]
    pub seed: u64,
    /// Strata of scores, each with as many pairs
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=100))]
    pub strata: u64,
    /// With --sample: where to write, .csv for spreadsheets or .tsv; - is standard output
    #[arg(short, long, value_name = "FILE", default_value = "-", conflicts_with = "read")]
    pub output: PathBuf,
    /// With --sample: write over a sheet that is there already
    #[arg(long, conflicts_with = "read")]
    pub force: bool,
}

/// Arguments of `dataset restore`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  satzpaar dataset restore deferred --reports reports/de reports/vi -o testset

The reports have to be those that the dataset was made from: the same ids, in the same state. Pairs
whose text is another now, or whose report is not there, are left out and named.")]
pub struct RestoreArgs {
    /// The folder of a dataset that was made with --deferred
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// The reports that it was made from: German, then Vietnamese
    #[arg(long, num_args = 2, value_names = ["DE", "VI"], required = true)]
    pub reports: Vec<OsString>,
    /// The folder to make; it has to be new or empty
    #[arg(short, long, value_name = "FOLDER")]
    pub output: PathBuf,
    /// Replace the dataset that FOLDER holds; files that its MANIFEST.json does not name stay
    #[arg(long)]
    pub force: bool,
    /// What to write [default: all formats that this build has]
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_enum)]
    pub formats: Vec<DatasetFormatArg>,
}

/// Arguments of `report`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  satzpaar report pairs.tsv -o report.html
  satzpaar report pairs.tsv --reports reports/de reports/vi -o report.html
  satzpaar report dataset/ -o report.html

The page needs no network and no other file. With --reports it shows the whole text of each report, what is not aligned included.")]
pub struct ReportArgs {
    /// A pairs.tsv, or the folder of a dataset
    #[arg(value_name = "PAIRS")]
    pub pairs: PathBuf,
    /// The reports that the pairs were made from: German, then Vietnamese, given as to `align`
    #[arg(long, num_args = 2, value_names = ["DE", "VI"])]
    pub reports: Vec<OsString>,
    /// What stands at the top of the page [default: the name of PAIRS]
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// Where to write; - is standard output
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    pub output: PathBuf,
}
