//! Arguments of `align` and of what goes with it: `match`, `mine`, `explain`, `merge`, `overlaps`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{at_least_one, probability};
use crate::shard::Shard;

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
    /// Hold every report against every other instead of those that an index proposes: slow, to see what the index misses
    #[arg(long)]
    pub exhaustive: bool,
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
