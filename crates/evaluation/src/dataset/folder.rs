//! The folder of a dataset: written under another name beside it, and renamed when it is whole.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use super::DatasetError;

/// What says which files belong to a dataset.
const MANIFEST: &str = "MANIFEST.json";

/// A folder that is being written. Dropped without [`commit`](Self::commit), it leaves nothing behind.
#[derive(Debug)]
pub struct OutputFolder {
    target: PathBuf,
    beside: TempDir,
    /// Files of the earlier dataset, below the folder; nothing unless one is replaced.
    former: BTreeSet<String>,
}

impl OutputFolder {
    /// Prepares to write the folder `target`, which has to be new or empty. With `force` it may hold an earlier dataset: the files that
    /// its MANIFEST.json names are replaced, others stay.
    ///
    /// # Errors
    /// A target that is a file or a folder with something in it, a folder above it that is missing or cannot be written to.
    pub fn create(target: &Path, force: bool) -> Result<Self, DatasetError> {
        // A link to a folder stays a link.
        let target = fs::canonicalize(target).unwrap_or_else(|_| target.to_owned());
        let name = target.display().to_string();
        let mut former = BTreeSet::new();
        match fs::read_dir(&target) {
            Ok(mut entries) => {
                if entries.next().is_some() {
                    if !force {
                        return Err(DatasetError::NotEmpty(target));
                    }
                    former = former_files(&target);
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
                return Err(DatasetError::NoFolder(target));
            }
            Err(error) => return Err(DatasetError::read(name, error)),
        }
        let parent = match target.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let beside = tempfile::Builder::new().prefix(".satzpaar-").suffix(".tmp").tempdir_in(parent);
        let beside = beside.map_err(|error| DatasetError::write(name, without_path(&error)))?;
        Ok(Self { target, beside, former })
    }

    /// Where to write.
    pub fn path(&self) -> &Path {
        self.beside.path()
    }

    /// Gives the folder its name; of an earlier dataset, what is not in the new one is removed.
    ///
    /// # Errors
    /// A file that is in the way and that no earlier manifest names (found before anything is changed); what the disk says.
    pub fn commit(self) -> Result<(), DatasetError> {
        let failed = |error| DatasetError::write(self.target.display().to_string(), error);
        make_ordinary(self.beside.path()).map_err(failed)?;
        let occupied = fs::read_dir(&self.target).is_ok_and(|mut entries| entries.next().is_some());
        if !occupied {
            // An empty folder in its place is replaced.
            let _ = fs::remove_dir(&self.target);
            return fs::rename(self.beside.path(), &self.target).map_err(failed);
        }
        let written = files_below(self.beside.path()).map_err(failed)?;
        for file in &written {
            let place = self.target.join(file);
            if place.symlink_metadata().is_ok() && !self.former.contains(file) {
                return Err(DatasetError::Foreign(place));
            }
        }
        // The manifest last: until then the old one says what stands here.
        let (manifest, others): (Vec<_>, Vec<_>) = written.iter().partition(|file| *file == MANIFEST);
        for file in others.into_iter().chain(manifest) {
            let place = self.target.join(file);
            if let Some(parent) = place.parent() {
                fs::create_dir_all(parent).map_err(failed)?;
            }
            fs::rename(self.beside.path().join(file), place).map_err(failed)?;
        }
        for file in self.former.iter().filter(|file| !written.contains(*file)) {
            let place = self.target.join(file);
            match fs::remove_file(&place) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
                _ => {}
            }
            // A folder goes with its last file.
            if let Some(parent) = place.parent().filter(|parent| *parent != self.target) {
                let _ = fs::remove_dir(parent);
            }
        }
        Ok(())
    }
}

/// The files that the manifest in `folder` names, and itself; none without a manifest.
fn former_files(folder: &Path) -> BTreeSet<String> {
    let path = folder.join(MANIFEST);
    let Ok(text) = fs::read_to_string(&path) else { return BTreeSet::new() };
    let manifest: Value = serde_json::from_str(&text).unwrap_or_default();
    let files = manifest.get("files").and_then(Value::as_array);
    let names = files.into_iter().flatten().filter_map(|file| file.get("path")?.as_str());
    // A manifest that somebody wrote by hand must not lead out of the folder.
    let inside = |name: &&str| {
        Path::new(name).components().all(|part| matches!(part, std::path::Component::Normal(_)))
    };
    names.filter(inside).map(str::to_owned).chain([MANIFEST.to_owned()]).collect()
}

/// The files below a folder, with `/` between folders.
fn files_below(folder: &Path) -> io::Result<BTreeSet<String>> {
    let mut files = BTreeSet::new();
    let mut folders = vec![(folder.to_owned(), String::new())];
    while let Some((folder, prefix)) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                folders.push((entry.path(), name + "/"));
            } else {
                files.insert(name);
            }
        }
    }
    Ok(files)
}

/// What the system says, without the name of the temporary folder.
fn without_path(error: &io::Error) -> io::Error {
    error.raw_os_error().map_or_else(|| error.kind().into(), io::Error::from_raw_os_error)
}

/// A temporary folder is closed to others; a dataset is as open as any new folder.
#[cfg(unix)]
fn make_ordinary(folder: &Path) -> io::Result<()> {
    let model = folder.join("model");
    fs::create_dir(&model)?;
    let permissions = fs::metadata(&model)?.permissions();
    fs::remove_dir(&model)?;
    fs::set_permissions(folder, permissions)
}

#[cfg(not(unix))]
fn make_ordinary(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        files_below(folder).unwrap().into_iter().collect()
    }

    fn dataset(target: &Path, force: bool, files: &[&str]) -> Result<(), DatasetError> {
        let out = OutputFolder::create(target, force)?;
        let entries: Vec<String> = files.iter().map(|file| format!("{{\"path\":\"{file}\"}}")).collect();
        for file in files {
            let path = out.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "new").unwrap();
        }
        fs::write(out.path().join(MANIFEST), format!("{{\"files\":[{}]}}", entries.join(","))).unwrap();
        out.commit()
    }

    #[test]
    fn a_new_or_empty_folder_is_filled_at_once() {
        let parent = tempfile::tempdir().unwrap();
        let target = parent.path().join("set");
        let out = OutputFolder::create(&target, false).unwrap();
        fs::write(out.path().join("a"), "half").unwrap();
        drop(out);
        assert!(names(parent.path()).is_empty());
        dataset(&target, false, &["a", "data/b"]).unwrap();
        assert_eq!(names(parent.path()), ["set/MANIFEST.json", "set/a", "set/data/b"]);
        let empty = parent.path().join("empty");
        fs::create_dir(&empty).unwrap();
        dataset(&empty, false, &["a"]).unwrap();
        assert_eq!(names(&empty), ["MANIFEST.json", "a"]);
    }

    #[test]
    fn with_force_only_files_of_the_earlier_dataset_are_replaced() {
        let parent = tempfile::tempdir().unwrap();
        let target = parent.path().join("set");
        dataset(&target, false, &["a", "old/b"]).unwrap();
        fs::write(target.join("notes.txt"), "mine").unwrap();
        assert!(matches!(dataset(&target, false, &["a"]), Err(DatasetError::NotEmpty(_))));
        dataset(&target, true, &["a", "c"]).unwrap();
        assert_eq!(names(&target), ["MANIFEST.json", "a", "c", "notes.txt"]);
        assert!(!target.join("old").exists());
        let error = dataset(&target, true, &["a", "notes.txt"]).unwrap_err();
        assert!(error.to_string().contains("notes.txt: no MANIFEST.json names it"), "{error}");
        assert_eq!(fs::read_to_string(target.join("notes.txt")).unwrap(), "mine");
        assert_eq!(fs::read_dir(parent.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_manifest_cannot_lead_out_of_the_folder() {
        let parent = tempfile::tempdir().unwrap();
        let target = parent.path().join("set");
        fs::write(parent.path().join("precious"), "mine").unwrap();
        dataset(&target, false, &["a"]).unwrap();
        fs::write(target.join(MANIFEST), "{\"files\":[{\"path\":\"../precious\"},{\"path\":\"a\"}]}")
            .unwrap();
        dataset(&target, true, &["b"]).unwrap();
        assert_eq!(names(parent.path()), ["precious", "set/MANIFEST.json", "set/b"]);
    }

    #[test]
    fn a_file_in_its_place_and_a_missing_folder_are_errors() {
        let parent = tempfile::tempdir().unwrap();
        fs::write(parent.path().join("file"), "").unwrap();
        assert!(matches!(
            OutputFolder::create(&parent.path().join("file"), true),
            Err(DatasetError::NoFolder(_))
        ));
        let error = OutputFolder::create(&parent.path().join("no/set"), false).unwrap_err().to_string();
        assert!(error.contains("no/set: cannot be written") && error.contains("has to exist"), "{error}");
    }
}
