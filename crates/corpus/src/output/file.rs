//! A file that appears under its name only when it is whole.

use std::fs::{self, File, Permissions};
use std::io::{self, BufWriter, Stdout, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::error::CorpusError;

/// An output: a file, or `-` for standard output. A regular file is written beside its target under another name and
/// renamed by [`commit`](Self::commit); dropped without that, it leaves nothing behind. What is no regular file
/// (a device, a named pipe) is written directly.
#[derive(Debug)]
pub struct OutputFile {
    name: String,
    sink: Sink,
}

#[derive(Debug)]
enum Sink {
    Stdout(BufWriter<Stdout>),
    Direct(BufWriter<File>),
    Beside { file: BufWriter<NamedTempFile>, target: PathBuf },
}

impl OutputFile {
    /// Opens the output `path`.
    ///
    /// # Errors
    /// A folder that is missing or cannot be written to, or a target that is a folder.
    pub fn create(path: impl AsRef<Path>) -> Result<Self, CorpusError> {
        let path = path.as_ref();
        if path.as_os_str() == "-" {
            let sink = Sink::Stdout(BufWriter::with_capacity(1 << 16, io::stdout()));
            return Ok(Self { name: "standard output".to_owned(), sink });
        }
        let name = path.display().to_string();
        let sink = open(path, false).map_err(|error| CorpusError::write(&*name, error))?;
        Ok(Self { name, sink })
    }

    /// As [`create`](Self::create), but what is not whole yet stands under a name that is always the same, `TARGET.partial`: a run that
    /// is killed leaves one such file at most, and the next one writes over it and takes it away.
    ///
    /// # Errors
    /// Those of [`create`](Self::create).
    pub fn create_again(path: impl AsRef<Path>) -> Result<Self, CorpusError> {
        let path = path.as_ref();
        let name = path.display().to_string();
        let sink = open(path, true).map_err(|error| CorpusError::write(&*name, error))?;
        Ok(Self { name, sink })
    }

    /// The output's name for messages.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// An error of writing to it, with its name and the remedy.
    pub fn error(&self, error: io::Error) -> CorpusError {
        CorpusError::write(&*self.name, error)
    }

    /// Flushes, and gives a regular file its name.
    ///
    /// # Errors
    /// A full disk, a closed pipe (see [`CorpusError::is_closed_pipe`]), a target that cannot be replaced.
    pub fn commit(self) -> Result<(), CorpusError> {
        let Self { name, sink } = self;
        finish(sink).map_err(|error| CorpusError::write(name, error))
    }
}

/// Opens a file; what is beside it has the same name each time if `fixed`.
fn open(path: &Path, fixed: bool) -> io::Result<Sink> {
    // A link keeps its place and what it points to is replaced.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let existing = match fs::metadata(&target) {
        Ok(data) if data.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
        Ok(data) if !data.is_file() => {
            let file = File::options().write(true).open(&target)?;
            return Ok(Sink::Direct(BufWriter::with_capacity(1 << 16, file)));
        }
        Ok(data) => {
            // Replacing would get round a write protection.
            File::options().append(true).open(&target)?;
            Some(data.permissions())
        }
        Err(_) => None,
    };
    let folder = match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    let file = if fixed {
        let mut name = target.file_name().unwrap_or_default().to_owned();
        name.push(".partial");
        builder.prefix(&name).rand_bytes(0).make_in(folder, |path| File::create(path))?
    } else {
        builder.prefix(".satzpaar-").suffix(".tmp");
        if let Some(permissions) = ordinary_permissions() {
            builder.permissions(permissions);
        }
        builder.tempfile_in(folder)?
    };
    if let Some(permissions) = existing {
        file.as_file().set_permissions(permissions)?;
    }
    Ok(Sink::Beside { file: BufWriter::with_capacity(1 << 16, file), target })
}

/// What a newly created file has: all may read and write, less the umask (which the system takes off).
#[cfg(unix)]
#[allow(clippy::unnecessary_wraps, reason = "other systems have none to give")]
fn ordinary_permissions() -> Option<Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn ordinary_permissions() -> Option<Permissions> {
    None
}

fn finish(sink: Sink) -> io::Result<()> {
    match sink {
        Sink::Stdout(mut out) => out.flush(),
        Sink::Direct(mut file) => file.flush(),
        Sink::Beside { file, target } => {
            let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
            file.as_file().sync_all()?;
            file.persist(target).map(drop).map_err(|error| error.error)
        }
    }
}

impl Write for OutputFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.sink {
            Sink::Stdout(out) => out.write(bytes),
            Sink::Direct(file) => file.write(bytes),
            Sink::Beside { file, .. } => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.sink {
            Sink::Stdout(out) => out.flush(),
            Sink::Direct(file) => file.flush(),
            Sink::Beside { file, .. } => file.flush(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn the_target_changes_only_on_commit() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("pairs.tsv");
        fs::write(&target, "old").unwrap();
        let mut file = OutputFile::create(&target).unwrap();
        file.write_all(b"half").unwrap();
        file.flush().unwrap();
        assert_eq!(fs::read_to_string(&target).unwrap(), "old");
        drop(file);
        assert_eq!(names(folder.path()), ["pairs.tsv"]);
        let mut file = OutputFile::create(&target).unwrap();
        file.write_all(b"whole").unwrap();
        file.commit().unwrap();
        assert_eq!(fs::read_to_string(&target).unwrap(), "whole");
        assert_eq!(names(folder.path()), ["pairs.tsv"]);
    }

    #[test]
    fn what_a_killed_run_left_is_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("pairs.tsv");
        fs::write(folder.path().join("pairs.tsv.partial"), "left over, and longer").unwrap();
        let mut file = OutputFile::create_again(&target).unwrap();
        file.write_all(b"whole").unwrap();
        assert_eq!(names(folder.path()), ["pairs.tsv.partial"]);
        file.commit().unwrap();
        assert_eq!(fs::read_to_string(&target).unwrap(), "whole");
        assert_eq!(names(folder.path()), ["pairs.tsv"]);
        drop(OutputFile::create_again(&target).unwrap());
        assert_eq!(names(folder.path()), ["pairs.tsv"]);
    }

    #[cfg(unix)]
    #[test]
    fn permissions_are_kept_and_new_files_are_ordinary() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let old = folder.path().join("old");
        fs::write(&old, "").unwrap();
        fs::set_permissions(&old, Permissions::from_mode(0o640)).unwrap();
        OutputFile::create(&old).unwrap().commit().unwrap();
        assert_eq!(fs::metadata(&old).unwrap().permissions().mode() & 0o777, 0o640);
        let (new, plain) = (folder.path().join("new"), folder.path().join("plain"));
        OutputFile::create(&new).unwrap().commit().unwrap();
        fs::write(&plain, "").unwrap();
        assert_eq!(fs::metadata(new).unwrap().permissions(), fs::metadata(plain).unwrap().permissions());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("real"), folder.path().join("link"));
        fs::write(&real, "old").unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        let mut file = OutputFile::create(&link).unwrap();
        file.write_all(b"new").unwrap();
        file.commit().unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read_to_string(real).unwrap(), "new");
    }

    #[test]
    fn a_missing_folder_and_a_folder_as_target_are_errors_with_the_name() {
        let folder = tempfile::tempdir().unwrap();
        let error = OutputFile::create(folder.path().join("no/pairs.tsv")).unwrap_err().to_string();
        assert!(error.contains("no/pairs.tsv") && error.contains("folder has to exist"), "{error}");
        let error = OutputFile::create(folder.path()).unwrap_err().to_string();
        assert!(error.contains("name a file, not a folder"), "{error}");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_an_error_with_the_remedy() {
        let mut file = OutputFile::create("/dev/full").unwrap();
        file.write_all(b"x").unwrap();
        let error = file.commit().unwrap_err();
        assert!(error.to_string().contains("make room"), "{error}");
        assert!(!error.is_closed_pipe());
    }

    #[test]
    fn a_closed_pipe_is_recognised() {
        let error = CorpusError::write("standard output", io::ErrorKind::BrokenPipe.into());
        assert!(error.is_closed_pipe());
    }
}
