//! Scores of alignments against gold.
//!
//! - [`ladder`] reads ladders, [`score_ladder`] compares two of them into [`Scores`], counts that can be added;
//! - [`score_paths`] scores files or folders of ladders into a [`Report`] with bootstrap intervals;
//! - [`score_pairs`] scores a `pairs.tsv` over whole reports against gold segments by byte spans;
//! - [`score_retrieval`] scores a search that should find line i for line i;
//! - [`dataset`] says what a dataset is; [`dataset::audit`] has people judge it;
//! - [`page`] shows pairs, reports and figures as one web page;
//! - [`generate`] makes reports and sentences with gold, for measuring;
//! - [`calibration`] says how far scores can be taken for probabilities.
//!
//! Results are plain data: `Display` gives a table for terminals, `serde::Serialize` the same figures for programs.

pub mod bootstrap;
pub mod calibration;
pub mod dataset;
mod error;
pub mod events;
pub mod generate;
pub mod ladder;
pub mod page;
pub mod pairs;
mod paths;
mod report;
pub mod retrieval;
pub mod scores;
mod table;
mod tsv;

pub use bootstrap::{Bootstrap, Interval, Intervals};
pub use calibration::{Calibration, average_precision, wilson};
pub use error::EvaluationError;
pub use ladder::{LadderBead, read_ladder};
pub use pairs::{PairsReport, score_pairs};
pub use paths::{score_paths, score_paths_with};
pub use report::{Group, LadderCase, LadderScores, Report, score_ladders};
pub use retrieval::{Retrieval, score_retrieval};
pub use scores::{BeadType, Fraction, Measure, Scores, score_ladder};
