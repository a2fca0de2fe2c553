//! `metadata.json` of a table: who published it, where, under which terms, of which vintage.
//!
//! The file is written by `cargo xtask snapshot` (or by a sync) and read strictly: an unknown field or another schema
//! version is an error. The hash and size let a reader tell a truncated or edited `data.csv`.

use serde::Deserialize;

use crate::DataError;

/// The schema version of `metadata.json` and `data.csv` that this program reads.
pub const SCHEMA_VERSION: u32 = 1;

/// What is known about a table.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Metadata {
    /// Version of the format.
    pub schema_version: u32,
    /// Name of the table.
    pub table: String,
    /// Who publishes the series.
    pub publisher: String,
    /// Which series.
    pub series: String,
    /// Official address.
    pub url: String,
    /// License of the data.
    pub license: String,
    /// Under which condition they are passed on.
    pub redistribution: String,
    /// Month of the newest release in the table (or words where there is no single one).
    pub vintage: String,
    /// First observation, where observations have dates.
    pub first: Option<String>,
    /// Last observation.
    pub last: Option<String>,
    /// Units and conventions.
    pub units: String,
    /// How the numbers came about: published, transcribed, reconstructed, estimated.
    pub quality: String,
    /// How the copy was made.
    pub transcription: String,
    /// What a user must know.
    pub notes: String,
    /// Series of the release calendar.
    pub release: Option<String>,
    /// Whether values change after their first release.
    pub revised: bool,
    /// Columns that identify a row.
    pub key: Vec<String>,
    /// All columns in order.
    pub columns: Vec<String>,
    /// Rows of `data.csv`.
    pub rows: u64,
    /// Bytes of `data.csv`.
    pub bytes: u64,
    /// SHA-256 of `data.csv`, hexadecimal.
    pub sha256: String,
}

/// Reads the metadata in `text`; `file` names it in errors.
pub(crate) fn parse(file: &str, text: &[u8]) -> Result<Metadata, DataError> {
    let wrong = |reason: String| DataError::Metadata {
        file: file.to_owned(),
        reason,
        supported: SCHEMA_VERSION,
    };
    let metadata: Metadata = serde_json::from_slice(text).map_err(|e| wrong(e.to_string()))?;
    if metadata.schema_version != SCHEMA_VERSION {
        return Err(wrong(format!("schema version {}", metadata.schema_version)));
    }
    Ok(metadata)
}
