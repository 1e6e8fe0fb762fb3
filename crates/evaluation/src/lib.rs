//! Scores of alignments against gold.
