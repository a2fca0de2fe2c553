//! The run folder: manifest, scenario, table, report and summary of one run, all or nothing.
//!
//! Everything is written into a hidden folder beside the target, flushed to the device, and moved into place by
//! one rename, so a reader never sees half a run; on any failure the hidden folder is removed. Reading back is
//! bounded and checks the hashes in the manifest before a file is believed.

mod manifest;
mod write;

pub use manifest::{
    CardRecord, FileRecord, MANIFEST_SCHEMA, Machine, Manifest, ScenarioRecord, SnapshotRecord,
    SourceRecord, sha256_hex,
};

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use brandish_scenario::LongTable;

use crate::ReportError;
use crate::table::read_parquet;
use write::Pending;
pub(crate) use write::{file_error, sync_folder};

const MANIFEST: &str = "manifest.json";
const SCENARIO: &str = "scenario.toml";
const TABLES: &str = "tables";
const TABLE: &str = "tables/long.parquet";
const REPORT: &str = "report.html";
const SUMMARY: &str = "summary.txt";

/// Largest manifest that is read.
const MANIFEST_LIMIT: u64 = 4 << 20;
/// Largest other file that is read.
const FILE_LIMIT: u64 = 2 << 30;

/// A file that a run folder has only where it was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beside {
    /// The facts of the card: the columns of the long table.
    Card,
    /// Documents: day, part of the report, hash.
    Documents,
    /// Claims of the documents published by the run's day.
    Claims,
    /// Claims of those published later.
    ClaimsAfter,
}

impl Beside {
    /// All of them.
    pub const ALL: [Beside; 4] = [
        Beside::Card,
        Beside::Documents,
        Beside::Claims,
        Beside::ClaimsAfter,
    ];

    /// Path inside the folder.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Beside::Card => "tables/card.csv",
            Beside::Documents => "tables/documents.csv",
            Beside::Claims => "tables/claims.csv",
            Beside::ClaimsAfter => "tables/claims_after.csv",
        }
    }
}

/// What goes into a run folder.
#[derive(Debug, Clone, Copy)]
pub struct RunFiles<'a> {
    /// The manifest; its `files` are replaced by those written.
    pub manifest: &'a Manifest,
    /// The scenario file as the user wrote it.
    pub scenario_toml: &'a str,
    /// All facts of the run, as [`crate::write_parquet`] wrote them.
    pub table_parquet: &'a [u8],
    /// The report.
    pub report_html: &'a str,
    /// The terminal summary, plain.
    pub summary: &'a str,
    /// What was asked for beside them.
    pub beside: &'a [(Beside, Vec<u8>)],
}

/// What to do when the folder is already there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// Refuse.
    Refuse,
    /// Replace it if it is a run folder of brandish or an empty folder; refuse anything else.
    ReplaceRun,
}

/// A complete run folder on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunFolder {
    path: PathBuf,
}

impl RunFolder {
    /// Says before any work whether a run folder can be written there: what exists is checked and the place beside
    /// it is tried, so that a long run does not end at a read-only folder.
    ///
    /// # Errors
    /// As for [`RunFolder::create`].
    pub fn check_target(path: &Path, existing: Existing) -> Result<(), ReportError> {
        let target = resolved(path);
        replaces(&target, existing)?;
        Pending::beside(&target).map(drop)
    }

    /// Writes a run folder: all of it, or nothing.
    ///
    /// # Errors
    /// An existing folder (see [`Existing`]), a failing device (full, read-only).
    pub fn create(
        path: &Path,
        existing: Existing,
        files: &RunFiles<'_>,
    ) -> Result<RunFolder, ReportError> {
        let target = resolved(path);
        let replace = replaces(&target, existing)?;
        let pending = Pending::beside(&target)?;
        let mut manifest = files.manifest.clone();
        manifest.files.clear();
        let of_every_run = [
            (SCENARIO, files.scenario_toml.as_bytes()),
            (TABLE, files.table_parquet),
            (REPORT, files.report_html.as_bytes()),
            (SUMMARY, files.summary.as_bytes()),
        ];
        let beside = files.beside.iter();
        let beside = beside.map(|(file, bytes)| (file.path(), bytes.as_slice()));
        for (name, bytes) in of_every_run.into_iter().chain(beside) {
            pending.write(name, bytes)?;
            manifest.files.push(FileRecord {
                path: name.to_owned(),
                bytes: bytes.len() as u64,
                sha256: sha256_hex(bytes),
            });
        }
        let mut text = serde_json::to_string_pretty(&manifest)?;
        text.push('\n');
        pending.write(MANIFEST, text.as_bytes())?;
        pending.move_into_place(replace)?;
        Ok(RunFolder {
            path: path.to_owned(),
        })
    }

    /// Names a run folder that is already there; nothing is read yet.
    #[must_use]
    pub fn open(path: &Path) -> RunFolder {
        RunFolder {
            path: path.to_owned(),
        }
    }

    /// The folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The report's file.
    #[must_use]
    pub fn report_path(&self) -> PathBuf {
        self.path.join(REPORT)
    }

    /// The table's file.
    #[must_use]
    pub fn table_path(&self) -> PathBuf {
        self.path.join(TABLE)
    }

    /// Reads the manifest: bounded, known version, known fields, and the scenario's hash must fit its text.
    ///
    /// # Errors
    /// A missing, too large, unknown or changed manifest.
    pub fn read_manifest(&self) -> Result<Manifest, ReportError> {
        #[derive(serde::Deserialize)]
        struct VersionOnly {
            schema: u64,
        }
        let path = self.path.join(MANIFEST);
        let bytes = read_bounded(&path, MANIFEST_LIMIT)?;
        let syntax = |source| ReportError::ManifestSyntax {
            path: path.clone(),
            source,
        };
        let version: VersionOnly = serde_json::from_slice(&bytes).map_err(syntax)?;
        if version.schema != u64::from(MANIFEST_SCHEMA) {
            return Err(ReportError::ManifestVersion {
                path,
                found: version.schema,
                known: MANIFEST_SCHEMA,
            });
        }
        let manifest: Manifest = serde_json::from_slice(&bytes).map_err(syntax)?;
        let found = sha256_hex(manifest.scenario.text.as_bytes());
        if found != manifest.scenario.sha256 {
            return Err(ReportError::Changed {
                path,
                expected: manifest.scenario.sha256,
                found,
            });
        }
        Ok(manifest)
    }

    /// Reads the table after checking its hash against the manifest.
    ///
    /// # Errors
    /// A missing, changed or malformed table.
    pub fn read_table(&self, manifest: &Manifest) -> Result<LongTable, ReportError> {
        self.read_checked(manifest, TABLE)?;
        let path = self.path.join(TABLE);
        let file = File::open(&path).map_err(|source| read_error("open", &path, source))?;
        read_parquet(file)
    }

    /// Checks the hash of every file the manifest lists.
    ///
    /// # Errors
    /// The first file that is missing or changed.
    pub fn check_files(&self, manifest: &Manifest) -> Result<(), ReportError> {
        for name in [SCENARIO, TABLE, REPORT, SUMMARY] {
            self.read_checked(manifest, name)?;
        }
        for file in Beside::ALL {
            self.read_beside(manifest, file)?;
        }
        Ok(())
    }

    /// Reads a file that not every run has, after checking its hash; `None` where the run has none.
    ///
    /// # Errors
    /// A file that is listed and missing or changed, or there and not listed.
    pub fn read_beside(
        &self,
        manifest: &Manifest,
        file: Beside,
    ) -> Result<Option<Vec<u8>>, ReportError> {
        let is_listed = manifest.files.iter().any(|f| f.path == file.path());
        let is_there = self.path.join(file.path()).symlink_metadata().is_ok();
        if !is_listed && !is_there {
            return Ok(None);
        }
        self.read_checked(manifest, file.path()).map(Some)
    }

    fn read_checked(&self, manifest: &Manifest, name: &str) -> Result<Vec<u8>, ReportError> {
        let Some(record) = manifest.files.iter().find(|record| record.path == name) else {
            return Err(ReportError::NotListed {
                path: self.path.clone(),
                file: name.to_owned(),
            });
        };
        let path = self.path.join(name);
        let bytes = read_bounded(&path, FILE_LIMIT)?;
        let found = sha256_hex(&bytes);
        if found != record.sha256 {
            return Err(ReportError::Changed {
                path,
                expected: record.sha256.clone(),
                found,
            });
        }
        Ok(bytes)
    }
}

fn read_bounded(path: &Path, limit: u64) -> Result<Vec<u8>, ReportError> {
    let failed = |source| read_error("read", path, source);
    let bytes = fs::metadata(path).map_err(failed)?.len();
    if bytes > limit {
        return Err(ReportError::TooLarge {
            path: path.to_owned(),
            bytes,
            limit,
        });
    }
    let mut content = Vec::new();
    File::open(path)
        .map_err(failed)?
        .take(limit)
        .read_to_end(&mut content)
        .map_err(failed)?;
    Ok(content)
}

/// The error with the remedy for a file of a run folder that cannot be read.
fn read_error(action: &'static str, path: &Path, source: io::Error) -> ReportError {
    let remedy = match source.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
            "give a complete run folder, as `brandish run` writes it"
        }
        io::ErrorKind::PermissionDenied => "change its permissions",
        _ => "check the path and the device",
    };
    ReportError::File {
        action,
        path: path.to_owned(),
        source,
        remedy,
    }
}

/// The folder that a link stands for, so that the folder is replaced and the link stays.
fn resolved(path: &Path) -> PathBuf {
    if path.is_symlink() {
        fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
    } else {
        path.to_owned()
    }
}

fn is_empty_folder(path: &Path) -> bool {
    fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none())
}

/// Whether something at the path will be replaced.
fn replaces(path: &Path, existing: Existing) -> Result<bool, ReportError> {
    if path.symlink_metadata().is_err() {
        return Ok(false);
    }
    match existing {
        Existing::Refuse => Err(ReportError::FolderExists {
            path: path.to_owned(),
        }),
        Existing::ReplaceRun if is_empty_folder(path) => Ok(true),
        Existing::ReplaceRun if RunFolder::open(path).read_manifest().is_err() => {
            Err(ReportError::NotARunFolder {
                path: path.to_owned(),
            })
        }
        Existing::ReplaceRun => match foreign_file(path) {
            Some(file) => Err(ReportError::ForeignFile {
                path: path.to_owned(),
                file,
            }),
            None => Ok(true),
        },
    }
}

/// Something in a run folder that this program does not write: replacing the run would delete it.
fn foreign_file(path: &Path) -> Option<String> {
    let names = |folder: &Path| -> Vec<String> {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        entries
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect()
    };
    let own = [MANIFEST, SCENARIO, REPORT, SUMMARY];
    names(path).into_iter().find_map(|name| {
        if name != TABLES {
            return (!own.contains(&name.as_str())).then_some(name);
        }
        names(&path.join(TABLES))
            .into_iter()
            .map(|table| format!("{TABLES}/{table}"))
            .find(|table| {
                table != TABLE && !Beside::ALL.iter().any(|file| file.path() == table.as_str())
            })
    })
}

#[cfg(test)]
mod tests;
