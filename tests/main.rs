//! Tests of the command line: the program is started as a user would start it, in a folder of its own.
//!
//! - What the contract fixes (columns, exit codes, what is matched) is checked as such. Scores are not pinned: a better
//!   lexicon may change every one of them.
//! - Texts that people read (helps, messages) are snapshots in `snapshots/`. After a wanted change,
//!   `INSTA_UPDATE=always cargo test -p satzpaar` writes them anew; read the diff before committing it.

mod adapting;
mod align;
mod audit;
mod bad_input;
mod bad_use;
mod bench;
mod dataset;
mod determinism;
mod embeddings;
mod formats;
mod help;
mod inputs;
mod lexicon;
mod matching;
mod mine;
mod output;
mod presegmented;
mod report;
mod resume;
mod samples;
mod score;
mod shards;
mod text;
mod train;
mod util;
