//! The rows that are still in, and the record of what took the others out.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::FunnelStep;
use super::read::Row;

/// Why a row goes, in words.
pub(super) type Reason = &'static str;

/// Rows with the steps taken so far.
pub(super) struct Funnel {
    /// All rows, in the input's order.
    pub(super) rows: Vec<Row>,
    /// Those that are in, as indexes into `rows`, rising.
    pub(super) alive: Vec<u32>,
    /// The steps.
    pub(super) steps: Vec<FunnelStep>,
}

impl Funnel {
    /// Asks each row that is in, in parallel, whether it goes.
    pub(super) fn each(&mut self, step: &str, verdict: impl Fn(&Row) -> Option<Reason> + Sync) {
        let reasons: Vec<Option<Reason>> =
            self.alive.par_iter().with_min_len(256).map(|row| verdict(&self.rows[*row as usize])).collect();
        self.all(step, &reasons);
    }

    /// Drops those of the rows that are in that have a reason; the reasons stand in the order of `alive`.
    pub(super) fn all(&mut self, step: &str, reasons: &[Option<Reason>]) {
        let mut dropped: BTreeMap<String, u64> = BTreeMap::new();
        let mut verdicts = reasons.iter();
        self.alive.retain(|_| match verdicts.next() {
            Some(Some(reason)) => {
                *dropped.entry((*reason).to_owned()).or_default() += 1;
                false
            }
            _ => true,
        });
        let kept = self.alive.len() as u64;
        self.steps.push(FunnelStep { step: step.to_owned(), unit: "pairs".to_owned(), kept, dropped });
    }

    /// A row that is in.
    pub(super) fn row(&self, place: usize) -> &Row {
        &self.rows[self.alive[place] as usize]
    }
}
