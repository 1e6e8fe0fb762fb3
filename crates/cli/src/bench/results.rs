//! What was measured: figures, the table of them, JSON, and what changed since an earlier run.

use std::fmt::{self, Write};

use comfy_table::{CellAlignment, Table, presets};
use satzpaar_evaluation::Measure;
use serde::{Deserialize, Serialize};

use super::machine::Machine;

/// A run of `bench`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Results {
    pub(crate) machine: Machine,
    pub(crate) settings: Settings,
    /// How it was measured, in words.
    pub(crate) method: Vec<String>,
    pub(crate) text: Text,
    pub(crate) figures: Vec<Figure>,
    /// What the stages found, against gold; only for generated reports.
    #[serde(default)]
    pub(crate) quality: Option<Quality>,
}

/// What was asked for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Settings {
    /// `generated`, or the two paths.
    pub(crate) source: String,
    pub(crate) reports: Option<u32>,
    pub(crate) seed: Option<u64>,
    pub(crate) runs: u32,
    pub(crate) threads: Vec<usize>,
    pub(crate) stages: Vec<String>,
}

/// How much text there was.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Text {
    pub(crate) german_reports: usize,
    pub(crate) vietnamese_reports: usize,
    /// Of both sides, decoded, with furniture.
    pub(crate) bytes: u64,
    pub(crate) german_sentences: usize,
    pub(crate) vietnamese_sentences: usize,
    pub(crate) tokens: Option<usize>,
    pub(crate) matched_reports: Option<usize>,
    pub(crate) pairs: Option<usize>,
}

/// What a stage works through, and in what unit it is counted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Amount {
    pub(crate) unit: String,
    pub(crate) amount: f64,
}

/// A stage with a number of threads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Figure {
    pub(crate) stage: String,
    pub(crate) threads: usize,
    /// Of each run, in order.
    pub(crate) seconds: Vec<f64>,
    pub(crate) median_seconds: f64,
    /// Half of what lies between the shortest and the longest run.
    pub(crate) spread_seconds: f64,
    /// Median of the processor time that all threads took together; where the system tells.
    pub(crate) processor_seconds: Option<f64>,
    pub(crate) amounts: Vec<Amount>,
    /// Most memory of the process during the stage, inputs of all stages included, in bytes; where the system tells.
    pub(crate) peak_memory: Option<u64>,
    /// How far that lies above what was there when the stage began, in bytes.
    pub(crate) added_memory: Option<u64>,
}

/// What was found, against gold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Quality {
    /// Pairs of reports that were matched.
    pub(crate) documents: Scores,
    /// Pairs of sentences, as `score_pairs` has them: precision over pairs, recall over bytes of German text.
    pub(crate) sentence_pairs: Option<Scores>,
}

/// Shares with four decimals.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Scores {
    pub(crate) precision: f64,
    pub(crate) recall: f64,
    pub(crate) f1: f64,
}

impl From<Measure> for Scores {
    fn from(measure: Measure) -> Self {
        let [precision, recall, f1] = [measure.precision.value(), measure.recall.value(), measure.f1()]
            .map(|share| (share * 1e4).round() / 1e4);
        Self { precision, recall, f1 }
    }
}

impl fmt::Display for Scores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "P {:.4}  R {:.4}  F1 {:.4}", self.precision, self.recall, self.f1)
    }
}

impl Figure {
    pub(crate) fn new(
        stage: &str,
        threads: usize,
        seconds: Vec<f64>,
        processor: &[f64],
        memory: Option<(u64, u64)>,
    ) -> Self {
        let sorted = sorted(&seconds);
        let spread_seconds = match (sorted.first(), sorted.last()) {
            (Some(first), Some(last)) => (last - first) / 2.0,
            _ => 0.0,
        };
        Self {
            stage: stage.to_owned(),
            threads,
            median_seconds: median(&seconds).unwrap_or_default(),
            spread_seconds,
            processor_seconds: median(processor),
            seconds,
            amounts: Vec::new(),
            peak_memory: memory.map(|m| m.0),
            added_memory: memory.map(|m| m.1),
        }
    }

    fn throughput(&self) -> String {
        let rates: Vec<String> = self
            .amounts
            .iter()
            .map(|a| format!("{} {}/s", rounded(a.amount / self.median_seconds.max(1e-9)), a.unit))
            .collect();
        rates.join(", ")
    }

    /// How the time changed since `old`: a share, and whether more than the spread of both runs.
    fn change(&self, old: &Self) -> Option<(f64, bool)> {
        let change = self.median_seconds / old.median_seconds - 1.0;
        let spread = self.spread_seconds + old.spread_seconds;
        let repeated = self.seconds.len() > 1 && old.seconds.len() > 1;
        let beyond = repeated && (self.median_seconds - old.median_seconds).abs() > spread;
        change.is_finite().then_some((change, beyond))
    }
}

fn sorted(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted
}

fn median(values: &[f64]) -> Option<f64> {
    let sorted = sorted(values);
    let upper = *sorted.get(sorted.len() / 2)?;
    if sorted.len() % 2 == 1 {
        return Some(upper);
    }
    sorted.get(sorted.len() / 2 - 1).map(|lower| f64::midpoint(*lower, upper))
}

/// Three digits that count, thousands parted.
fn rounded(value: f64) -> String {
    if value < 9.995 {
        return format!("{value:.2}");
    }
    if value < 99.95 {
        return format!("{value:.1}");
    }
    let digits = format!("{value:.0}");
    let mut parted = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i) % 3 == 0 {
            parted.push(',');
        }
        parted.push(digit);
    }
    parted
}

fn seconds(value: f64) -> String {
    if value < 0.9995 { format!("{:.1} ms", value * 1e3) } else { format!("{value:.2} s") }
}

impl Results {
    /// The stages of `align`, added up for each number of threads; none if one of them was not measured.
    pub(crate) fn whole(&self) -> Vec<(usize, f64)> {
        let parts = ["read", "strip", "split", "terms", "match", "align", "write"];
        let of = |stage: &str, threads: usize| {
            self.figures.iter().find(|f| f.stage == stage && f.threads == threads).map(|f| f.median_seconds)
        };
        let sum = |threads: &usize| {
            let sum: Option<f64> = parts.iter().map(|stage| of(stage, *threads)).sum();
            sum.map(|seconds| (*threads, seconds))
        };
        self.settings.threads.iter().filter_map(sum).collect()
    }

    /// What reads the figures, as text: the machine, the table, the quality.
    pub(crate) fn to_text(&self, old: Option<&Self>) -> String {
        let mut text = String::new();
        let m = &self.machine;
        let memory = m.memory_mb.map_or_else(String::new, |mb| format!(", {:.1} GB", mb as f64 / 1e3));
        let _ = writeln!(
            text,
            "satzpaar {} ({} build), {}, {} processors{memory}, {}",
            m.satzpaar, m.build, m.cpu, m.cores, m.os
        );
        let t = &self.text;
        let sentences = match t.german_sentences + t.vietnamese_sentences {
            0 => String::new(),
            _ => format!(", {} and {} sentences", t.german_sentences, t.vietnamese_sentences),
        };
        let _ = writeln!(
            text,
            "{}: {} German and {} Vietnamese reports{sentences}, {} MB; median of {} runs\n\n{}",
            self.settings.source,
            t.german_reports,
            t.vietnamese_reports,
            rounded(t.bytes as f64 / 1e6),
            self.settings.runs,
            self.table(old)
        );
        for (threads, whole) in self.whole() {
            let reports = (t.german_reports + t.vietnamese_reports) as f64 / whole.max(1e-9);
            let _ = writeln!(
                text,
                "\nread to write without tokenize and mine, {threads} threads: {}, {} reports/s (both sides counted)",
                seconds(whole),
                rounded(reports)
            );
        }
        if let Some(q) = &self.quality {
            let _ = writeln!(text, "\nagainst gold, documents:      {}", q.documents);
            if let Some(pairs) = &q.sentence_pairs {
                let _ = writeln!(text, "against gold, sentence pairs: {pairs}");
            }
        }
        text
    }

    fn table(&self, old: Option<&Self>) -> Table {
        let mut table = Table::new();
        let mut head = vec!["stage", "threads", "time", "±", "cpu", "memory", "speed-up"];
        if old.is_some() {
            head.push("change");
        }
        head.push("throughput");
        table.load_style(presets::NOTHING).set_header(&head);
        for figure in &self.figures {
            let first = self.figures.iter().find(|f| f.stage == figure.stage);
            let speedup = first.filter(|f| f.threads < figure.threads).map_or_else(String::new, |f| {
                format!("{:.2}", f.median_seconds / figure.median_seconds.max(1e-9))
            });
            let memory =
                figure.added_memory.map_or_else(String::new, |b| format!("+{} MB", rounded(b as f64 / 1e6)));
            let mut row = vec![
                figure.stage.clone(),
                figure.threads.to_string(),
                seconds(figure.median_seconds),
                seconds(figure.spread_seconds),
                figure.processor_seconds.map(seconds).unwrap_or_default(),
                memory,
                speedup,
            ];
            if let Some(old) = old {
                let same = |f: &&Figure| f.stage == figure.stage && f.threads == figure.threads;
                let change = old.figures.iter().find(same).and_then(|before| figure.change(before));
                row.push(change.map_or_else(String::new, |(change, beyond)| {
                    format!("{:+.1} %{}", change * 100.0, if beyond { " *" } else { "  " })
                }));
            }
            row.push(figure.throughput());
            table.add_row(row);
        }
        for (i, column) in table.column_iter_mut().enumerate() {
            column.set_padding((0, 2));
            if i > 0 && i + 1 < head.len() {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        table
    }

    /// What differs between two runs, so that their figures cannot simply be compared.
    pub(crate) fn differences(&self, old: &Self) -> Vec<String> {
        let mut all = Vec::new();
        let mut differ = |what: &str, new: &str, old: &str| {
            if new != old {
                all.push(format!("{what}: {new} now, {old} before"));
            }
        };
        let text = |r: &Self| {
            let t = &r.text;
            format!("{} and {} reports of {} bytes", t.german_reports, t.vietnamese_reports, t.bytes)
        };
        differ("text", &text(self), &text(old));
        differ("processor", &self.machine.cpu, &old.machine.cpu);
        differ("processors", &self.machine.cores.to_string(), &old.machine.cores.to_string());
        differ("build", &self.machine.build, &old.machine.build);
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_and_half_the_range_are_given() {
        let figure = Figure::new("read", 1, vec![3.0, 1.0, 2.0], &[], None);
        assert_eq!((figure.median_seconds, figure.spread_seconds), (2.0, 1.0));
        assert_eq!([median(&[1.0, 2.0]), median(&[])], [Some(1.5), None]);
    }

    #[test]
    fn a_change_within_the_spread_is_not_marked() {
        let old = Figure::new("read", 1, vec![1.0, 1.1, 1.2], &[], None);
        assert_eq!(
            Figure::new("read", 1, vec![1.1, 1.2, 1.3], &[], None).change(&old).map(|c| c.1),
            Some(false)
        );
        assert_eq!(
            Figure::new("read", 1, vec![0.5, 0.5, 0.6], &[], None).change(&old).map(|c| c.1),
            Some(true)
        );
        // A single run has no spread, so that nothing can be said.
        assert_eq!(Figure::new("read", 1, vec![0.1], &[], None).change(&old).map(|c| c.1), Some(false));
    }

    #[test]
    fn numbers_are_rounded_for_reading() {
        assert_eq!([rounded(0.5), rounded(12.34), rounded(1_234_567.8)], ["0.50", "12.3", "1,234,568"]);
        assert_eq!([seconds(0.0123), seconds(12.3)], ["12.3 ms", "12.30 s"]);
    }
}
