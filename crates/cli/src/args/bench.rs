//! Arguments of `bench`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::jobs;

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
