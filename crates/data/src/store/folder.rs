//! A store on disk: a folder a table, each with `data.csv` and `metadata.json`.
//!
//! Used for a snapshot that a user keeps. Only names of folders are read at first; a table's files are
//! opened when it is asked for. A file larger than any table of the house is refused, so that a wrong folder cannot
//! fill the memory.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::DataError;

/// No table of official series comes near this size.
const LARGEST_FILE: u64 = 512 * 1024 * 1024;

/// The tables in a folder.
pub(super) fn tables(path: &Path) -> Result<BTreeMap<String, PathBuf>, DataError> {
    let unreadable = |reason: String| DataError::Unreadable {
        file: path.display().to_string(),
        reason,
    };
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(path).map_err(|e| unreadable(e.to_string()))? {
        let entry = entry.map_err(|e| unreadable(e.to_string()))?;
        let place = entry.path();
        if place.join("metadata.json").is_file() {
            found.insert(entry.file_name().to_string_lossy().into_owned(), place);
        }
    }
    if found.is_empty() {
        return Err(unreadable(
            "no table in it (a table is a folder with metadata.json and data.csv)".to_owned(),
        ));
    }
    Ok(found)
}

/// The bytes of a file.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, DataError> {
    let unreadable = |reason: String| DataError::Unreadable {
        file: path.display().to_string(),
        reason,
    };
    let size = std::fs::metadata(path)
        .map_err(|e| unreadable(e.to_string()))?
        .len();
    if size > LARGEST_FILE {
        return Err(unreadable(format!(
            "{size} bytes, more than any table has ({LARGEST_FILE})"
        )));
    }
    std::fs::read(path).map_err(|e| unreadable(e.to_string()))
}
