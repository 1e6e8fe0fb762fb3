//! The command line as clap sees it: what can be said, and the help for it.

#![allow(clippy::doc_markdown, reason = "the comments are the helps, where backticks would show")]

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::shard::Shard;

/// Aligns German and Vietnamese reports of the same events, sentence by sentence.
///
/// Reads two folders of reports, finds which tell the same event, aligns their sentences, and writes a table of pairs with calibrated
/// scores. No model is downloaded: the knowledge of both languages is in the program.
#[derive(Debug, Parser)]
#[command(
    name = "satzpaar",
    version,
    max_term_width = 110,
    propagate_version = true,
    arg_required_else_help = true
)]
#[command(after_help = "Examples:
  satzpaar align reports/de reports/vi -o pairs.tsv
  satzpaar align --presegmented de.txt vi.txt --format ladder
  satzpaar mine de.txt vi.txt -o mined.tsv
  satzpaar dataset pairs.tsv -o testset
  satzpaar lexicon lookup Freihandelsabkommen

Exit codes: 0 done; 1 nothing found, or some inputs failed (each is named); 2 wrong use.")]
pub struct Cli {
    /// What holds for every command.
    #[command(flatten)]
    pub global: GlobalArgs,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Arguments of every command.
#[derive(Args, Debug)]
pub struct GlobalArgs {
    /// Threads to use [default: one for each processor]
    #[arg(short, long, global = true, value_name = "N", value_parser = jobs)]
    pub jobs: Option<usize>,
    /// Say nothing but warnings and errors
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Colours in messages
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub color: Color,
    /// Progress: bars on a terminal, none, or JSON lines on standard error
    #[arg(long, global = true, value_enum, default_value_t, value_name = "HOW")]
    pub progress: Progress,
    /// A lexicon of your own beside the built-in one (german<TAB>vietnamese; …); may be given several times
    #[arg(long, global = true, value_name = "FILE")]
    pub lexicon: Vec<PathBuf>,
}

fn jobs(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(n) if (1..=1024).contains(&n) => Ok(n),
        _ => Err("a number of threads from 1 to 1024 is wanted".to_owned()),
    }
}

/// When to colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// How to show progress.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Progress {
    /// Bars on a terminal, nothing in a pipe.
    #[default]
    Auto,
    /// None.
    Never,
    /// A JSON line for each stage.
    Json,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Match reports and align their sentences: the main job
    Align(AlignArgs),
    /// Join the tables of `align --shard`
    Merge(MergeArgs),
    /// Find which reports tell the same event
    Match(MatchArgs),
    /// Find pairs in two unordered lists of sentences
    Mine(MineArgs),
    /// Write the texts that `align --embeddings` wants vectors of
    Overlaps(OverlapsArgs),
    /// Split text into sentences
    Split(SplitArgs),
    /// Cut text into words
    Tokenize(TokenizeArgs),
    /// Explain a pair: what links the two sides, what is missing
    Explain(ExplainArgs),
    /// Look into the lexicon, measure it on a text
    #[command(subcommand)]
    Lexicon(LexiconCommand),
    /// Make a translation-evaluation dataset from aligned pairs
    Dataset(Box<DatasetArgs>),
    /// Score ladders or pairs against gold
    Score(ScoreArgs),
    /// Show pairs, their reports and figures as one web page
    Report(ReportArgs),
    /// Measure the speed of every stage, on your text or on generated reports
    Bench(BenchArgs),
    /// Learn the alignment weights from ladders with gold
    #[command(hide = true)]
    Train(TrainArgs),
    /// Print a completion script for a shell
    #[command(hide = true)]
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    #[command(hide = true)]
    Man,
}

/// How the texts of a pair are aligned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ModeArg {
    /// As each pair of reports suggests.
    #[default]
    Auto,
    /// One translates the other, in order.
    Parallel,
    /// Both tell the same, each in its own order.
    Comparable,
}

/// What to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FormatArg {
    /// Tab-separated, one pair a row.
    Tsv,
    /// A JSON object a line.
    Jsonl,
    /// Translation Memory eXchange 1.4.
    Tmx,
    /// Beads by sentence number: `[0, 1]:[0]:0.97`.
    Ladder,
    /// Two line-aligned files, PREFIX.de and PREFIX.vi.
    Moses,
    /// XCES links by byte span, as OPUS has them.
    Xces,
}

/// Arguments of `align`.
#[derive(Args, Debug, Default)]
#[allow(clippy::struct_excessive_bools, reason = "switches of the command line, each for itself")]
#[command(after_help = "Examples:
  satzpaar align reports/de reports/vi -o pairs.tsv
  satzpaar align 'de/*.jsonl.gz' 'vi/*.jsonl.gz' --min-score 0.8 -o pairs.tsv
  satzpaar align de vi --by-name --format tmx -o pairs.tmx
  satzpaar align reports/de reports/vi --adapt -o pairs.tsv
  satzpaar align --presegmented de.txt vi.txt --format ladder
  satzpaar align --presegmented --batch list.tsv --format ladder
  satzpaar align de vi --resume -o pairs.tsv
  satzpaar align de vi --shard 1/4 -o shard-1.tsv
  satzpaar align --presegmented de.txt vi.txt --overlaps de.overlaps vi.overlaps --embeddings de.f32 vi.f32

Columns of pairs.tsv: de_doc vi_doc doc_score de_start de_end vi_start vi_end bead score kind de_text vi_text
Spans are bytes of the report's text; score is the estimated probability that both sides say the same.")]
#[allow(clippy::struct_excessive_bools, reason = "independent switches of the command line")]
pub struct AlignArgs {
    /// German reports: a folder, a file, a glob, or - for JSON lines on standard input
    #[arg(value_name = "DE", required_unless_present = "batch")]
    pub de: Option<OsString>,
    /// Vietnamese reports, likewise
    #[arg(value_name = "VI", required_unless_present = "batch")]
    pub vi: Option<OsString>,
    /// Where to write; - is standard output
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    pub output: PathBuf,
    /// How to align
    #[arg(long, value_enum, default_value_t)]
    pub mode: ModeArg,
    /// Leave out pairs less probable than this [default: 0.5; 0 for ladders]
    #[arg(long, value_name = "P", value_parser = probability, allow_negative_numbers = true)]
    pub min_score: Option<f64>,
    /// Keep as many pairs as are right to this share, by their scores
    #[arg(long, value_name = "P", value_parser = probability, allow_negative_numbers = true, conflicts_with = "min_score")]
    pub target_precision: Option<f64>,
    /// A table of reports that belong together (columns de_doc, vi_doc): nothing is matched
    #[arg(long, value_name = "FILE", conflicts_with = "by_name")]
    pub documents: Option<PathBuf>,
    /// Reports of the same name belong together: nothing is matched
    #[arg(long)]
    pub by_name: bool,
    /// What to write [default: tsv; ladder with --presegmented]
    #[arg(long, value_enum)]
    pub format: Option<FormatArg>,
    /// DE and VI hold one sentence a line
    #[arg(long, conflicts_with_all = ["documents", "by_name"])]
    pub presegmented: bool,
    /// With --presegmented: a table of files (columns de, vi, out), each aligned for itself
    #[arg(long, value_name = "FILE", requires = "presegmented", conflicts_with_all = ["de", "vi"])]
    pub batch: Option<PathBuf>,
    /// Keep menus, captions and the like in the text
    #[arg(long)]
    pub keep_furniture: bool,
    /// Align the I-th of N shares of the events only; `satzpaar merge` joins the tables
    #[arg(long, value_name = "I/N", conflicts_with_all = ["presegmented", "target_precision"])]
    pub shard: Option<Shard>,
    /// Keep a journal beside FILE (FILE.journal), and go on where a run that was killed left off
    #[arg(long, conflicts_with = "presegmented")]
    pub resume: bool,
    /// Align twice: learn words that the lexicon does not have from the surest pairs of the first pass
    ///
    /// For large corpora of a field of its own. A German word without an entry is learned if it meets what no other word explains in at least three
    /// pairs, far more often than chance has it; a corpus that teaches nothing is aligned once.
    #[arg(long, conflicts_with_all = ["shard", "resume"])]
    pub adapt: bool,
    /// Vectors from outside.
    #[command(flatten)]
    pub vectors: VectorArgs,
}

/// What speaks for a pair.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum EvidenceArg {
    /// Words alone: as without embeddings.
    Lexicon,
    /// Embeddings and lengths alone.
    Embeddings,
    /// Words, embeddings and lengths.
    #[default]
    Both,
}

/// Sentence vectors that another program made.
#[derive(Args, Debug, Default)]
#[command(next_help_heading = "Embeddings (for files of one sentence a line)")]
pub struct VectorArgs {
    /// Vectors as evidence: for each side raw float32, a row for each line of its --overlaps
    #[arg(long, num_args = 2, value_names = ["DE.f32", "VI.f32"], requires = "overlaps")]
    pub embeddings: Vec<PathBuf>,
    /// The texts of the --embeddings, one a line: sentences and groups of them, as `satzpaar overlaps` writes them
    #[arg(long, num_args = 2, value_names = ["DE.txt", "VI.txt"], requires = "embeddings")]
    pub overlaps: Vec<PathBuf>,
    /// With --embeddings: what speaks for a pair [default: both]
    #[arg(long, value_enum, requires = "embeddings")]
    pub evidence: Option<EvidenceArg>,
}

/// Arguments of `overlaps`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  satzpaar overlaps de.txt -o de.overlaps
  satzpaar overlaps de/*.txt --most 3 -o de.overlaps

Encode each line of the output with a model that knows both languages, and write the vectors as raw little-endian float32, a row a line:

  from sentence_transformers import SentenceTransformer
  lines = open('de.overlaps', encoding='utf-8').read().split('\n')[:-1]
  SentenceTransformer('LaBSE').encode(lines).astype('<f4').tofile('de.f32')

  satzpaar align --presegmented de.txt vi.txt --overlaps de.overlaps vi.overlaps --embeddings de.f32 vi.f32

The file is a set in the order of its bytes, as vecalign's overlap.py makes it: each line without the blanks around it, groups joined by a blank, empty lines as BLANK_LINE, texts cut after 10,000 characters, and PAD if there are groups.")]
pub struct OverlapsArgs {
    /// Files with one sentence a line; - is standard input
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// The most sentences in a group; beads get no larger than that, and never larger than 4
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = group_size)]
    pub most: usize,
    /// Where to write; - is standard output
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    pub output: PathBuf,
}

fn group_size(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(n) if (1..=20).contains(&n) => Ok(n),
        _ => Err("a number of sentences from 1 to 20 is wanted".to_owned()),
    }
}

fn probability(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(p) if (0.0..=1.0).contains(&p) => Ok(p),
        _ => Err("a probability from 0 to 1 is wanted".to_owned()),
    }
}

/// Arguments of `merge`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  satzpaar merge shard-*.tsv -o pairs.tsv
  satzpaar merge --expect 4 shard-*.tsv -o pairs.tsv

The shards come from `satzpaar align de vi --shard 1/4 -o shard-1.tsv` and so on, on one machine
or several; joined, they are what one run without --shard writes, byte for byte. JSON lines
(align --format jsonl) are joined likewise. To match once only, and not for each shard:
  satzpaar match de vi -o documents.tsv
  satzpaar align de vi --documents documents.tsv --shard 1/4 -o shard-1.tsv")]
pub struct MergeArgs {
    /// The tables, or JSON lines, of all shards of one run (also .gz, .zst)
    #[arg(value_name = "SHARD", required = true)]
    pub shards: Vec<PathBuf>,
    /// Where to write; - is standard output
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    pub output: PathBuf,
    /// How many shards there have to be; without it a missing one is not noticed
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    pub expect: Option<usize>,
}

/// Arguments of `match`.
#[derive(Args, Debug)]
#[command(after_help = "Example:
  satzpaar match reports/de reports/vi -o documents.tsv

The table has the columns de_doc vi_doc score; `satzpaar align --documents` reads it.")]
pub struct MatchArgs {
    /// German reports: a folder, a file, a glob, or - for JSON lines on standard input
    #[arg(value_name = "DE")]
    pub de: OsString,
    /// Vietnamese reports, likewise
    #[arg(value_name = "VI")]
    pub vi: OsString,
    /// Where to write; - is standard output
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    pub output: PathBuf,
}

/// How to mine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum MineMode {
    /// One to one, the surest pairs first.
    #[default]
    Pairs,
    /// The best Vietnamese line for every German one, however poor.
    Search,
}

/// Arguments of `mine`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  satzpaar mine de.txt vi.txt -o mined.tsv
  satzpaar mine --mode search de.txt vi.txt | cut -f3

The table has the columns score de_line vi_line de_text vi_text; lines count from 0.")]
pub struct MineArgs {
    /// German sentences, one a line
    #[arg(value_name = "DE")]
    pub de: PathBuf,
    /// Vietnamese sentences, one a line
    #[arg(value_name = "VI")]
    pub vi: PathBuf,
    /// Where to write; - is standard output
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    pub output: PathBuf,
    /// Pairs, or the best partner of every line
    #[arg(long, value_enum, default_value_t)]
    pub mode: MineMode,
    /// With --mode search: the best German line for every Vietnamese one
    #[arg(long)]
    pub reverse: bool,
    /// Leave out pairs less probable than this (not with --mode search)
    #[arg(long, value_name = "P", default_value_t = 0.5, value_parser = probability, allow_negative_numbers = true)]
    pub min_score: f64,
    /// Vectors from outside.
    #[command(flatten)]
    pub vectors: VectorArgs,
}

/// Arguments of `explain`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  satzpaar explain pairs.tsv:17
  satzpaar explain --de 'Fünf Menschen starben.' --vi 'Năm người đã chết.'

Worths are in nats: how much likelier a find is in texts that say the same than by chance. A pair alone knows nothing of its report, so
that they differ a little from those behind its score.")]
pub struct ExplainArgs {
    /// A table of pairs and a line of it, counted from 1, the header included
    #[arg(value_name = "FILE:LINE", required_unless_present = "de")]
    pub pair: Option<String>,
    /// A German text instead
    #[arg(long, value_name = "TEXT", requires = "vi", conflicts_with = "pair")]
    pub de: Option<String>,
    /// A Vietnamese text instead
    #[arg(long, value_name = "TEXT", requires = "de")]
    pub vi: Option<String>,
}

/// Text, or JSON lines with byte offsets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum TextFormat {
    /// Text.
    #[default]
    Text,
    /// `{"start":…,"end":…,"text":…}`, offsets in bytes.
    Jsonl,
}

/// A language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// German.
    De,
    /// Vietnamese.
    Vi,
}

impl From<Lang> for satzpaar_language::Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::De => Self::German,
            Lang::Vi => Self::Vietnamese,
        }
    }
}

/// What single ends of line mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum LinesArg {
    /// Decided by the text.
    #[default]
    Auto,
    /// Each ends a sentence.
    Always,
    /// None does.
    Never,
}

/// Arguments of `split`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  satzpaar split --lang de report.txt
  satzpaar split --lang vi --format jsonl < report.txt")]
pub struct SplitArgs {
    /// The text's language
    #[arg(long, value_enum)]
    pub lang: Lang,
    /// A UTF-8 text of any size; - is standard input
    #[arg(value_name = "FILE", default_value = "-")]
    pub file: PathBuf,
    /// A sentence a line, or JSON lines with byte offsets
    #[arg(long, value_enum, default_value_t)]
    pub format: TextFormat,
    /// Whether single ends of line end sentences
    #[arg(long, value_enum, default_value_t)]
    pub lines: LinesArg,
    /// Where to write; - is standard output
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    pub output: PathBuf,
}

/// Arguments of `tokenize`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  satzpaar tokenize --lang vi report.txt
  echo 'Am 18. Mai kam er.' | satzpaar tokenize --lang de

Each line of input gives a line of output; the syllables of a Vietnamese word are joined by _.")]
pub struct TokenizeArgs {
    /// The text's language
    #[arg(long, value_enum)]
    pub lang: Lang,
    /// A UTF-8 text; - is standard input
    #[arg(value_name = "FILE", default_value = "-")]
    pub file: PathBuf,
    /// Tokens parted by blanks, or JSON lines with byte offsets
    #[arg(long, value_enum, default_value_t)]
    pub format: TextFormat,
    /// Where to write; - is standard output
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    pub output: PathBuf,
}

/// A table for people, or JSON.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    /// For reading.
    #[default]
    Text,
    /// For programs.
    Json,
}

/// The commands of `lexicon`.
#[derive(Debug, Subcommand)]
pub enum LexiconCommand {
    /// Explain how a word is understood: dictionary form, parts, translations
    #[command(after_help = "Examples:
  satzpaar lexicon lookup Freihandelsabkommen
  satzpaar lexicon lookup --lang vi 'hiệp định'")]
    Lookup {
        /// A word or phrase.
        #[arg(required = true)]
        word: Vec<String>,
        /// The word's language [default: Vietnamese if its letters say so, else German]
        #[arg(long, value_enum)]
        lang: Option<Lang>,
    },
    /// Count entries
    Stats {
        /// A table, or JSON
        #[arg(long, value_enum, default_value_t)]
        format: TableFormat,
    },
    /// Measure how much of a line-parallel text the lexicon knows
    #[command(after_help = "Example:
  satzpaar lexicon coverage --de de.txt --vi vi.txt --missing 50")]
    Coverage {
        /// German sentences, one a line
        #[arg(long, value_name = "FILE")]
        de: PathBuf,
        /// Vietnamese sentences, line by line their translations
        #[arg(long, value_name = "FILE")]
        vi: PathBuf,
        /// Also list the N most frequent unknown words of each side
        #[arg(long, value_name = "N", default_value_t = 0)]
        missing: usize,
        /// A table, or JSON
        #[arg(long, value_enum, default_value_t)]
        format: TableFormat,
    },
    /// Learn word translations from aligned pairs
    #[command(after_help = "Examples:
  satzpaar lexicon learn pairs.tsv -o extra.tsv
  satzpaar align de vi --lexicon extra.tsv -o pairs.tsv

A pair of words is kept if they meet at least three times and more often than chance allows, and if each is a probable answer to the
other by IBM Model 1 (--min-probability). Pairs that the lexicon has already are left out.")]
    Learn {
        /// A pairs.tsv, or any table with the columns de_text and vi_text
        #[arg(value_name = "PAIRS")]
        pairs: PathBuf,
        /// Where to write; - is standard output
        #[arg(short, long, value_name = "FILE", default_value = "-")]
        output: PathBuf,
        /// Leave out translations less probable than this, in either direction
        #[arg(long, value_name = "P", default_value_t = 0.3, value_parser = probability, allow_negative_numbers = true)]
        min_probability: f64,
    },
}

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

fn at_least_one(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(n) if n > 0 => Ok(n),
        _ => Err("a number from 1 on is wanted".to_owned()),
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

/// Arguments of `score`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  satzpaar score gold.txt predicted.txt
  satzpaar score cases/ladder/clean out/clean --format json
  satzpaar score cases/reports/gold dataset/test.tsv

A ladder has a line for each bead: [0, 1]:[0]. GOLD is a file or a folder of NAME/gold.txt or NAME.txt, PRED a file or a folder of NAME.txt.
For a table of pairs GOLD is a folder with documents.tsv (de_doc vi_doc) and segments.tsv (lang doc event segment start end).")]
pub struct ScoreArgs {
    /// The right ladder, or a folder of them
    #[arg(value_name = "GOLD")]
    pub gold: PathBuf,
    /// The ladder to score, or a folder of them; or a table of pairs
    #[arg(value_name = "PRED")]
    pub predicted: PathBuf,
    /// A table, or JSON
    #[arg(long, value_enum, default_value_t)]
    pub format: TableFormat,
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

/// Arguments of `bench`.
#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true)]
#[command(after_help = "Examples:
  satzpaar bench
  satzpaar bench reports/de reports/vi --threads 1,4 --json before.json
  satzpaar bench reports/de reports/vi --threads 1,4 --against before.json
  satzpaar bench --reports 500 --stages split,terms --runs 9
  satzpaar bench generate --reports 10000 --format jsonl -o generated

Stages: read, strip, split, tokenize, terms, match, align, mine, write.
Without DE and VI the reports are generated, with gold, and what the stages find is scored.
The table goes to standard output; --json also keeps every run, the machine and the method.")]
pub struct BenchArgs {
    /// Instead: write generated text
    #[command(subcommand)]
    pub command: Option<BenchCommand>,
    /// German reports: a folder, a file or a glob [default: generated ones]
    #[arg(value_name = "DE", requires = "vi")]
    pub de: Option<OsString>,
    /// Vietnamese reports, likewise
    #[arg(value_name = "VI")]
    pub vi: Option<OsString>,
    /// Generated reports a side
    #[arg(long, value_name = "N", default_value_t = 2000, conflicts_with = "de", value_parser = clap::value_parser!(u32).range(1..))]
    pub reports: u32,
    /// Which reports are generated: the same seed gives the same
    #[arg(long, value_name = "S", default_value_t = 1, conflicts_with = "de")]
    pub seed: u64,
    /// Numbers of threads, parted by commas [default: 1 and one for each processor]
    #[arg(long, value_name = "N,…", value_delimiter = ',', value_parser = jobs)]
    pub threads: Vec<usize>,
    /// How often each stage is run
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub runs: u32,
    /// Only these stages, parted by commas
    #[arg(long, value_enum, value_name = "STAGE,…", value_delimiter = ',')]
    pub stages: Vec<StageArg>,
    /// Also write all figures, the machine and the method as JSON
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,
    /// Compare with the JSON of an earlier run
    #[arg(long, value_name = "FILE")]
    pub against: Option<PathBuf>,
}

/// The stages that `bench` measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum StageArg {
    /// Files into decoded text.
    Read,
    /// Page furniture off.
    Strip,
    /// Text into sentences.
    Split,
    /// Sentences into tokens; also a part of terms.
    Tokenize,
    /// Sentences into terms.
    Terms,
    /// Which reports tell the same event.
    Match,
    /// Sentences of matched reports.
    Align,
    /// Order-free search among all sentences.
    Mine,
    /// Pairs into pairs.tsv.
    Write,
}

/// The commands of `bench`.
#[derive(Debug, Subcommand)]
pub enum BenchCommand {
    /// Write generated reports, or sentences with their ladder
    #[command(after_help = "Examples:
  satzpaar bench generate --reports 2000 -o generated
  satzpaar align generated/de generated/vi -o pairs.tsv
  satzpaar bench generate --reports 100000 --seed 7 --format jsonl -o many
  satzpaar align many/de.jsonl many/vi.jsonl -o pairs.tsv
  satzpaar bench generate --sentences 16000 --format lines -o ladder
  satzpaar align --presegmented ladder/de.txt ladder/vi.txt -o found.txt
  satzpaar score ladder/gold.txt found.txt

DIR holds de/ and vi/ (txt) or de.jsonl and vi.jsonl (jsonl), with gold/documents.tsv and
gold/segments.tsv; or de.txt, vi.txt and gold.txt (lines).
The text is made from templates: fit for measuring speed, easier than news.")]
    Generate {
        /// Reports a side
        #[arg(long, value_name = "N", default_value_t = 2000, value_parser = clap::value_parser!(u32).range(1..))]
        reports: u32,
        /// Sentences a side, with --format lines [default: 16 for each report]
        #[arg(long, value_name = "N")]
        sentences: Option<usize>,
        /// The same seed gives the same text
        #[arg(long, value_name = "S", default_value_t = 1)]
        seed: u64,
        /// What to write
        #[arg(long, value_enum, default_value_t)]
        format: GeneratedFormat,
        /// A folder that is not there yet, or empty
        #[arg(short, long, value_name = "DIR")]
        output: PathBuf,
    },
}

/// What generated text is written as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum GeneratedFormat {
    /// A file for each report.
    #[default]
    Txt,
    /// A JSON line for each report.
    Jsonl,
    /// A line for each sentence, both sides in step, with a ladder.
    Lines,
}

/// Arguments of `train`.
#[derive(Args, Debug)]
#[command(after_help = "Example:
  satzpaar train cases/ladder -o data/alignment-weights.tsv

CASES holds KIND/NAME/{de.txt,vi.txt,gold.txt}. A third of the names (chosen by hash) and the long documents are held out.")]
pub struct TrainArgs {
    /// A folder of kinds of cases
    #[arg(value_name = "CASES")]
    pub cases: PathBuf,
    /// Where to write; - is standard output
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    pub output: PathBuf,
    /// Learn nothing, but print what each kind of evidence is worth on the cases held out
    #[arg(long, conflicts_with = "held_out")]
    pub ablation: bool,
    /// Print the names that are held out, one a line, and do nothing else
    #[arg(long)]
    pub held_out: bool,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }
}
