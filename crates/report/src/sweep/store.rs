//! The folder of a sweep: made before any work, filled cell by cell, at any moment whole.
//!
//! Every file is written beside its place, flushed to the device and renamed; the folder is flushed after it. A kill leaves at most a hidden
//! `.partial` file, which the next write replaces. A folder that holds something else is refused; a folder of another sweep of this program
//! is taken over cell by cell: what has the right key is used, everything else is left where it is.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use brandish_scenario::file::CampName;
use brandish_scenario::sweep::{CellValues, MOST_VALUES};
use serde::{Deserialize, Serialize};

use super::cell_file::{CellProblem, read_cell, write_cell};
use super::lock::{FolderLock, LOCK};
use crate::ReportError;
use crate::folder::{file_error, sync_folder};

/// Version of the folder's format.
pub const SWEEP_SCHEMA: u32 = 1;
const KIND: &str = "brandish sweep";
const MANIFEST: &str = "manifest.json";
const CELLS: &str = "cells";
/// Characters of a key in a file name.
const NAME_DIGITS: usize = 20;
/// Largest manifest: a grid file and a few bytes for each cell.
const LARGEST_MANIFEST_BYTES: u64 = 8 << 20;
/// Most bytes of one number in a cell file.
const BYTES_OF_A_NUMBER: u64 = 32;

/// What a sweep was computed with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SweepManifest {
    /// Always `brandish sweep`.
    pub kind: String,
    /// Version of the format.
    pub schema: u32,
    /// Version of the program.
    pub version: String,
    /// Name of the grid.
    pub grid: String,
    /// The grid file as written.
    pub grid_toml: String,
    /// The base scenario as written.
    pub base_toml: String,
    /// Hash of the snapshot.
    pub snapshot_sha256: String,
    /// Draws of a cell.
    pub draws: u32,
    /// Seed.
    pub seed: u64,
    /// Cells: key and name.
    pub cells: Vec<(String, String)>,
}

impl SweepManifest {
    /// The kind that marks a folder.
    #[must_use]
    pub fn kind() -> String {
        KIND.to_owned()
    }
}

/// A cell that was looked for.
#[derive(Debug)]
pub enum FoundCell {
    /// It is there.
    Finished(CellValues),
    /// It is not.
    Missing,
    /// Something is there that is not it.
    Refused(PathBuf, CellProblem),
}

/// The folder of a sweep, for this process alone until it is dropped.
#[derive(Debug)]
pub struct SweepFolder {
    path: PathBuf,
    _lock: FolderLock,
}

impl SweepFolder {
    /// Opens or makes the folder for the process of this number.
    ///
    /// # Errors
    /// A folder that holds something else or another sweep, or in which another process is at work; a place that cannot be written.
    pub fn open(path: &Path, manifest: &SweepManifest, process: u32) -> Result<Self, ReportError> {
        if path.exists() && !is_empty(path) {
            let path = path.to_owned();
            match manifest_of(&path) {
                None => return Err(ReportError::NotASweepFolder { path }),
                Some(there) if there.grid != manifest.grid => {
                    return Err(ReportError::OtherSweep {
                        path,
                        holds: there.grid,
                        asked: manifest.grid.clone(),
                    });
                }
                // a grid that was edited uses the cells that it still has
                Some(_) => {}
            }
        }
        let cells = path.join(CELLS);
        fs::create_dir_all(&cells).map_err(|source| file_error("create", &cells, source))?;
        let folder = Self {
            path: path.to_owned(),
            _lock: FolderLock::take(path, process)?,
        };
        let mut text = serde_json::to_string_pretty(manifest)?;
        text.push('\n');
        folder.write(MANIFEST, text.as_bytes())?;
        Ok(folder)
    }

    /// The folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The file of a cell.
    #[must_use]
    pub fn cell_path(&self, key: &str) -> PathBuf {
        let name: String = key.chars().take(NAME_DIGITS).collect();
        self.path.join(CELLS).join(format!("{name}.csv"))
    }

    /// Looks for a finished cell.
    #[must_use]
    pub fn find(&self, key: &str, camps: &[CampName], outputs: usize) -> FoundCell {
        let path = self.cell_path(key);
        let Ok(file) = File::open(&path) else {
            return FoundCell::Missing;
        };
        let limit = MOST_VALUES as u64 * BYTES_OF_A_NUMBER;
        let mut text = String::new();
        if let Err(error) = file.take(limit).read_to_string(&mut text) {
            return FoundCell::Refused(path, CellProblem::Damaged(error.to_string()));
        }
        match read_cell(&text, key, camps, outputs) {
            Ok(values) => FoundCell::Finished(values),
            Err(problem) => FoundCell::Refused(path, problem),
        }
    }

    /// Keeps a finished cell.
    ///
    /// # Errors
    /// A failing device.
    pub fn keep(
        &self,
        key: &str,
        cell: &str,
        outputs: &[String],
        values: &CellValues,
    ) -> Result<(), ReportError> {
        let text = write_cell(key, cell, outputs, values);
        write_whole(&self.cell_path(key), text.as_bytes())
    }

    /// Writes a file below the folder, whole or not at all.
    ///
    /// # Errors
    /// A failing device.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<(), ReportError> {
        write_whole(&self.path.join(name), bytes)
    }
}

fn is_empty(path: &Path) -> bool {
    // a kill right at the start leaves the lock file and the folder of cells
    let ours = |entry: fs::DirEntry| {
        let name = entry.file_name();
        name == LOCK || (name == CELLS && is_empty(&entry.path()))
    };
    fs::read_dir(path).is_ok_and(|mut entries| entries.all(|entry| entry.is_ok_and(ours)))
}

/// The manifest of a sweep in a folder, if there is one.
fn manifest_of(path: &Path) -> Option<SweepManifest> {
    let file = File::open(path.join(MANIFEST)).ok()?;
    let mut text = String::new();
    file.take(LARGEST_MANIFEST_BYTES)
        .read_to_string(&mut text)
        .ok()?;
    serde_json::from_str::<SweepManifest>(&text)
        .ok()
        .filter(|manifest| manifest.kind == KIND && manifest.schema == SWEEP_SCHEMA)
}

/// Writes beside the place, flushes, renames, flushes the folder.
fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), ReportError> {
    let failed = |source| file_error("write", path, source);
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
        return Err(ReportError::NoFolderName {
            path: path.to_owned(),
        });
    };
    fs::create_dir_all(folder).map_err(failed)?;
    let partial = folder.join(format!(".{}.partial", name.to_string_lossy()));
    let written = File::create(&partial).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    match written.and_then(|()| fs::rename(&partial, path)) {
        Ok(()) => sync_folder(folder).map_err(failed),
        Err(source) => {
            // the error that counts is the first one
            let _ = fs::remove_file(&partial);
            Err(failed(source))
        }
    }
}
