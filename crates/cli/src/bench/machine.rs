//! The machine that figures were measured on, and the memory of this process, as far as the system tells.

use std::fs;

use serde::{Deserialize, Serialize};

/// What the figures depend on beside the text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Machine {
    /// Model of the processor.
    pub(crate) cpu: String,
    /// Processors that this process may use.
    pub(crate) cores: usize,
    /// Memory in MB (10⁶ bytes), if known.
    pub(crate) memory_mb: Option<u64>,
    pub(crate) os: String,
    /// Version of this program.
    pub(crate) satzpaar: String,
    /// `release` or `debug`.
    pub(crate) build: String,
}

impl Machine {
    /// This machine and build.
    pub(crate) fn here() -> Self {
        let line = |file: &str, name: &str| {
            let text = fs::read_to_string(file).ok()?;
            let line = text.lines().find(|line| line.starts_with(name))?;
            Some(line.split_once(':')?.1.trim().to_owned())
        };
        let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
        Self {
            cpu: line("/proc/cpuinfo", "model name").unwrap_or_else(|| std::env::consts::ARCH.to_owned()),
            cores: std::thread::available_parallelism().map_or(1, usize::from),
            memory_mb: line("/proc/meminfo", "MemTotal")
                .as_deref()
                .and_then(kilobytes)
                .map(|kb| kb * 1024 / 1_000_000),
            os: format!("{} {}", std::env::consts::OS, kernel.trim()).trim().to_owned(),
            satzpaar: env!("CARGO_PKG_VERSION").to_owned(),
            build: if cfg!(debug_assertions) { "debug" } else { "release" }.to_owned(),
        }
    }
}

/// The bytes in `12345 kB`.
fn kilobytes(text: &str) -> Option<u64> {
    text.split_whitespace().next()?.parse().ok()
}

/// A line of `/proc/self/status` in bytes; `None` where there is none.
fn status(name: &str) -> Option<u64> {
    let text = fs::read_to_string("/proc/self/status").ok()?;
    let rest = text.lines().find_map(|line| line.strip_prefix(name))?;
    kilobytes(rest.strip_prefix(':')?).map(|kb| kb * 1024)
}

/// Processor time of all threads of this process so far, in seconds; `None` where the system keeps none so fine.
pub(crate) fn processor_seconds() -> Option<f64> {
    let tasks = fs::read_dir("/proc/self/task").ok()?;
    let nanoseconds = |task: std::io::Result<fs::DirEntry>| {
        let text = fs::read_to_string(task.ok()?.path().join("schedstat")).ok()?;
        text.split_whitespace().next()?.parse::<u64>().ok()
    };
    let all: Option<u64> = tasks.map(nanoseconds).sum();
    all.map(|sum| sum as f64 / 1e9)
}

/// Watches how much memory is needed at most while something runs.
pub(crate) struct MemoryWatch {
    before: Option<u64>,
}

impl MemoryWatch {
    /// Begins to watch. Where the system keeps no peak, or cannot begin a new one, nothing will be known.
    pub(crate) fn start() -> Self {
        let reset = fs::write("/proc/self/clear_refs", "5").is_ok();
        Self { before: if reset { status("VmRSS") } else { None } }
    }

    /// The peak since the start, and how far it lies above what was there at the start, in bytes.
    pub(crate) fn peak(&self) -> Option<(u64, u64)> {
        let (before, peak) = (self.before?, status("VmHWM")?);
        Some((peak, peak.saturating_sub(before)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_machine_is_known_at_least_in_part() {
        let machine = Machine::here();
        assert!(!machine.cpu.is_empty() && machine.cores > 0 && !machine.os.is_empty(), "{machine:?}");
        assert_eq!(kilobytes(" 2048 kB"), Some(2048));
        assert_eq!(kilobytes(""), None);
    }
}
