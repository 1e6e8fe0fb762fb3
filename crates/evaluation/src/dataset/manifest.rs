//! MANIFEST.json.

use std::path::Path;

use serde_json::{Value, json};

use super::files::WrittenFile;
use super::read::describe_file;
use super::{Dataset, DatasetError};

/// The manifest's name.
pub const NAME: &str = "MANIFEST.json";

pub(super) fn write(folder: &Path, dataset: &Dataset, files: &[WrittenFile]) -> Result<(), DatasetError> {
    let manifest = json!({
        "layout": 1, "name": dataset.name, "satzpaar": dataset.version, "settings": dataset.settings,
        "inputs": dataset.inputs, "funnel": dataset.funnel, "estimated_precision": dataset.estimated_precision,
        "files": files,
    });
    store(folder, &manifest)
}

fn store(folder: &Path, manifest: &Value) -> Result<(), DatasetError> {
    let path = folder.join(NAME);
    let text = serde_json::to_string_pretty(manifest).unwrap_or_default() + "\n";
    std::fs::write(&path, text).map_err(|error| DatasetError::write(path.display().to_string(), error))
}

pub(super) fn hash_file(folder: &Path, path: &str) -> Result<WrittenFile, DatasetError> {
    let file = describe_file(&folder.join(path), path.to_owned())?;
    Ok(WrittenFile { path: file.name, bytes: file.bytes, sha256: file.sha256 })
}

/// Enters what has changed into the manifest: hashes the files `paths` (below `folder`, with `/`) anew; new ones are added.
///
/// # Errors
/// There is no manifest, a file cannot be read, or the manifest not be written.
pub fn update_manifest(folder: &Path, paths: &[&str]) -> Result<(), DatasetError> {
    let path = folder.join(NAME);
    let text = std::fs::read_to_string(&path)
        .map_err(|error| DatasetError::read(path.display().to_string(), error))?;
    let mut manifest: Value = serde_json::from_str(&text).unwrap_or_default();
    for path in paths {
        let file = json!(hash_file(folder, path)?);
        if let Some(files) = manifest.get_mut("files").and_then(Value::as_array_mut) {
            files.push(file);
        }
    }
    store(folder, &manifest)
}
