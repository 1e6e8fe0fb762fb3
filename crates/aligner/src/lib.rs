//! Which reports tell the same event, and which sentences say the same.
//!
//! Works on terms ([`satzpaar_lexicon::terms`]), never on files: slices in, values out.

mod ablation;
mod align;
mod asked;
mod bead;
mod bitext;
mod candidates;
mod comparable;
mod confidence;
mod evidence;
mod explain;
mod margins;
mod matching;
mod mining;
mod monotone;
mod refine;
mod rows;
mod shares;
mod sides;
mod stretches;
mod training;
mod vectors;
mod weights;

pub use ablation::ablation;
pub use align::{Alignment, Mode, align, align_with};
pub use bead::{Bead, Gaps};
pub use bitext::Bitext;
pub use confidence::threshold;
pub use evidence::{Evidence, Scorer};
pub use explain::{Explanation, Link, explain};
pub use matching::{ReportMatch, ReportTerms, match_all_reports, match_reports};
pub use mining::{MinedPair, mine, search};
pub use training::{TrainingCase, train};
pub use vectors::{SideVectors, Vectors, VectorsError};
pub use weights::{Weights, WeightsError};
