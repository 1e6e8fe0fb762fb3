//! The command line as clap sees it: what can be said, and the help for it.

#![allow(clippy::doc_markdown, reason = "the comments are the helps, where backticks would show")]

mod align;
mod bench;
mod dataset;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub(crate) use align::*;
pub(crate) use bench::*;
pub(crate) use dataset::*;

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

fn at_least_one(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(n) if n > 0 => Ok(n),
        _ => Err("a number from 1 on is wanted".to_owned()),
    }
}

fn probability(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(p) if (0.0..=1.0).contains(&p) => Ok(p),
        _ => Err("a probability from 0 to 1 is wanted".to_owned()),
    }
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

/// Arguments of `train`.
#[derive(Args, Debug)]
#[command(after_help = "Example:
  satzpaar train cases/ladder -o data/alignment-weights.tsv

CASES holds KIND/NAME/{de.txt,vi.txt,gold.txt}. A third of the names (chosen by hash) and the long documents are held out.")]
pub struct TrainArgs {
    /// A folder of kinds of cases
    #[arg(value_name = "CASES")]
    pub cases: PathBuf,
    /// Lists of pairs from which it is learned too how sure mined pairs are: EVENT<TAB>GERMAN<TAB>VIETNAMESE
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub lists: Vec<PathBuf>,
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
