//! A folder for each test, and a command that is started in it.

use std::ffi::OsStr;
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// No run of a test takes as long as this unless it hangs; also enough for a loaded machine and a debug build.
const PATIENCE: Duration = Duration::from_secs(90);

/// A folder that goes away with the test.
pub(crate) struct Dir {
    folder: TempDir,
}

impl Dir {
    /// An empty folder.
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A folder with copies of the sample reports in `de/` and `vi/`.
    pub(crate) fn with_samples() -> Self {
        let dir = Self::new();
        for side in ["de", "vi"] {
            for (name, bytes) in crate::samples::files(side) {
                dir.create(format!("{side}/{name}"), bytes);
            }
        }
        dir
    }

    pub(crate) fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file, and makes the folders that it stands in.
    pub(crate) fn create(&self, name: impl AsRef<Path>, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub(crate) fn create_folder(&self, name: &str) {
        fs::create_dir_all(self.path(name)).unwrap();
    }

    pub(crate) fn rename(&self, old: &str, new: impl AsRef<Path>) {
        fs::rename(self.path(old), self.path(new)).unwrap();
    }

    pub(crate) fn read(&self, name: impl AsRef<Path>) -> String {
        let path = self.path(name);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    pub(crate) fn exists(&self, name: &str) -> bool {
        self.path(name).exists()
    }

    /// What stands directly in the folder, sorted: nothing may be left over, hidden files included.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<_> =
            entries.map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// `satzpaar` with these arguments, to be started in this folder.
    pub(crate) fn command(&self, args: &[&str]) -> TestCommand {
        let mut command = Command::new(env!("CARGO_BIN_EXE_satzpaar"));
        // Nothing of the tester's terminal may reach the output.
        command.args(args).current_dir(self.folder.path());
        command.env_remove("COLUMNS").env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
        TestCommand { command, input: Vec::new(), patience: PATIENCE }
    }

    /// Runs `satzpaar` with these arguments and nothing on standard input.
    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        self.command(args).run()
    }
}

/// A command that is not yet started.
pub(crate) struct TestCommand {
    command: Command,
    input: Vec<u8>,
    patience: Duration,
}

impl TestCommand {
    pub(crate) fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.command.arg(arg);
        self
    }

    /// What the command finds on standard input.
    pub(crate) fn input(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.input = bytes.into();
        self
    }

    /// The command is ended, and the test fails, if it takes longer.
    pub(crate) fn within(mut self, seconds: u64) -> Self {
        self.patience = Duration::from_secs(seconds);
        self
    }

    /// Starts it and leaves its three streams to the test.
    pub(crate) fn spawn(mut self) -> Child {
        self.command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        self.command.spawn().unwrap()
    }

    /// Runs it with this file or device as standard output.
    pub(crate) fn run_into(mut self, path: &str) -> Ran {
        let target = fs::OpenOptions::new().write(true).open(path).unwrap();
        self.command.stdin(Stdio::null()).stdout(target).stderr(Stdio::piped());
        let shown = format!("{:?}", self.command);
        wait(self.command.spawn().unwrap(), self.patience, shown)
    }

    pub(crate) fn run(mut self) -> Ran {
        let shown = format!("{:?}", self.command);
        let (input, patience) = (std::mem::take(&mut self.input), self.patience);
        let mut child = self.spawn();
        let mut stdin = child.stdin.take().unwrap();
        // A command that does not read its input ends first: that is no failure of the test.
        thread::spawn(move || drop(stdin.write_all(&input)));
        wait(child, patience, shown)
    }
}

/// Waits for the end of a command and gathers what it says.
pub(crate) fn wait(mut child: Child, patience: Duration, shown: String) -> Ran {
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let stdout = thread::spawn(move || stdout.map_or_else(String::new, |out| all_of(out, "standard output")));
    let stderr = thread::spawn(move || stderr.map_or_else(String::new, |out| all_of(out, "standard error")));
    let status = status_of(&mut child, patience, &shown);
    Ran { status, stdout: stdout.join().unwrap(), stderr: stderr.join().unwrap(), shown }
}

fn status_of(child: &mut Child, patience: Duration, shown: &str) -> ExitStatus {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status;
        }
        if start.elapsed() > patience {
            let _ = child.kill();
            let _ = child.wait();
            panic!("{shown}\nstill running after {patience:?}");
        }
        thread::sleep(Duration::from_millis(3));
    }
}

fn all_of(mut out: impl Read, name: &str) -> String {
    let mut bytes = Vec::new();
    out.read_to_end(&mut bytes).unwrap();
    String::from_utf8(bytes).unwrap_or_else(|error| panic!("{name} is not UTF-8: {error}"))
}

/// A command that has run.
pub(crate) struct Ran {
    status: ExitStatus,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    shown: String,
}

impl Ran {
    /// Fails the test unless the command ended with this exit code.
    #[track_caller]
    pub(crate) fn code(self, code: i32) -> Self {
        let start: String = self.stdout.chars().take(2000).collect();
        assert_eq!(
            self.status.code(),
            Some(code),
            "{}\nexit code\nstderr:\n{}\nstdout:\n{start}",
            self.shown,
            self.stderr
        );
        self
    }

    /// Fails the test unless the command ended well; gives its standard output.
    #[track_caller]
    pub(crate) fn out(self) -> String {
        self.code(0).stdout
    }

    /// Fails the test unless one line of standard error has all of these.
    #[track_caller]
    pub(crate) fn says(self, parts: &[&str]) -> Self {
        let said = self.stderr.lines().any(|line| parts.iter().all(|part| line.contains(part)));
        assert!(said, "{}\nno line with {parts:?} in:\n{}", self.shown, self.stderr);
        // An error and its cause that say the same are said once.
        for line in self.stderr.lines() {
            let twice = line.split(": ").collect::<Vec<_>>();
            let told = twice.iter().enumerate().find(|(i, p)| p.len() > 12 && twice[i + 1..].contains(p));
            assert!(told.is_none(), "{}\nsaid twice: {line}", self.shown);
        }
        self
    }

    /// Fails the test if standard error has anything.
    #[track_caller]
    pub(crate) fn silent(self) -> Self {
        assert_eq!(self.stderr, "", "{}", self.shown);
        self
    }
}

/// Compresses as `gzip` does.
pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Compresses as `zstd` does.
pub(crate) fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 3).unwrap()
}
