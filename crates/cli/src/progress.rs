//! What the person at the terminal sees while a run goes on: bars by stage, warnings, a summary. All of it on standard error.

use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::args::{Color, GlobalArgs, Progress};

/// Speaks to the user. Cheap to share between threads.
#[derive(Debug)]
#[allow(clippy::struct_excessive_bools, reason = "four independent switches of the command line")]
pub(crate) struct Reporter {
    quiet: bool,
    color: bool,
    bars: bool,
    json: bool,
    /// All bars, so that stages that run at the same time do not write over each other.
    lines: MultiProgress,
}

/// A stage's bar; it goes away when dropped.
pub(crate) struct Stage {
    bar: Option<ProgressBar>,
    json: Option<&'static str>,
    length: AtomicU64,
}

impl Reporter {
    pub(crate) fn new(global: &GlobalArgs) -> Self {
        let terminal = std::io::stderr().is_terminal();
        let color = match global.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => terminal && std::env::var_os("NO_COLOR").is_none(),
        };
        Self {
            quiet: global.quiet,
            color,
            bars: terminal && !global.quiet && global.progress == Progress::Auto,
            json: global.progress == Progress::Json,
            lines: MultiProgress::with_draw_target(ProgressDrawTarget::stderr_with_hz(10)),
        }
    }

    fn line(&self, label: &str, code: &str, text: &str) {
        let mut err = std::io::stderr().lock();
        // Nothing can be told if standard error is closed.
        let _ = if self.color {
            writeln!(err, "\u{1b}[{code}m{label}\u{1b}[0m: {text}")
        } else {
            writeln!(err, "{label}: {text}")
        };
    }

    /// Something that made the run fail. Always told.
    pub(crate) fn error(&self, text: &str) {
        self.line("error", "1;31", text);
    }

    /// Something that the run went on without. Always told: nothing is lost silently.
    pub(crate) fn warn(&self, text: &str) {
        self.line("warning", "1;33", text);
    }

    /// Something worth knowing; silent with `--quiet`.
    pub(crate) fn note(&self, text: &str) {
        if !self.quiet {
            let _ = writeln!(std::io::stderr().lock(), "{text}");
        }
    }

    /// Begins a stage of `length` steps; 0 if that is not known yet.
    pub(crate) fn stage(&self, name: &'static str, length: u64) -> Stage {
        if self.json {
            json_line(name, 0, length);
        }
        let bar = self.bars.then(|| {
            let bar = self.lines.add(ProgressBar::new(length));
            let style = ProgressStyle::with_template("{prefix:>18} {bar:32} {human_pos}/{human_len} {eta}");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar.set_prefix(name);
            bar.enable_steady_tick(Duration::from_millis(200));
            bar
        });
        Stage { bar, json: self.json.then_some(name), length: AtomicU64::new(length) }
    }
}

fn json_line(stage: &str, done: u64, of: u64) {
    let _ = writeln!(std::io::stderr().lock(), "{{\"stage\":\"{stage}\",\"done\":{done},\"of\":{of}}}");
}

impl Stage {
    /// One step is done.
    pub(crate) fn step(&self) {
        if let Some(bar) = &self.bar {
            bar.inc(1);
        }
    }

    /// So many steps of so many are done.
    pub(crate) fn reached(&self, done: usize, all: usize) {
        self.length.store(all as u64, Ordering::Relaxed);
        if let Some(bar) = &self.bar {
            bar.set_length(all as u64);
            bar.set_position(done as u64);
        }
    }

    /// The stage is done.
    pub(crate) fn finish(self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        if let Some(name) = self.json {
            let length = self.length.load(Ordering::Relaxed);
            json_line(name, length, length);
        }
    }
}
