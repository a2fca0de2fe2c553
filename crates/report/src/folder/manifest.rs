//! `manifest.json`: everything needed to say what a run was and to replay it.
//!
//! Version of the program, the scenario's canonical text with its hash, the snapshot with the vintage of every
//! source, seed, draws, settings, threads, machine, times, and the hash of every file beside it. The caller
//! gives time and machine: this crate reads no clock and no environment. Unknown versions and fields are refused.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Version of the manifest's shape.
pub const MANIFEST_SCHEMA: u32 = 1;

/// What a run was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Version of this shape, [`MANIFEST_SCHEMA`].
    pub schema: u32,
    /// Version of brandish.
    pub version: String,
    /// Identifier of the run.
    pub run_id: String,
    /// The scenario as it was run.
    pub scenario: ScenarioRecord,
    /// The data it read.
    pub snapshot: SnapshotRecord,
    /// As-of date, ISO.
    pub as_of: String,
    /// Seed of the draws.
    pub seed: u64,
    /// Draws per camp that were asked for.
    pub draws: u32,
    /// Draws per camp that were finished; fewer than `draws` after an interruption.
    pub draws_finished: u32,
    /// Name of the settings, e.g. `product` or `reference`.
    pub settings: String,
    /// Threads used; the numbers do not depend on it.
    pub threads: u32,
    /// The machine, as the caller describes it.
    pub machine: Machine,
    /// Start, RFC 3339.
    pub started: String,
    /// End, RFC 3339.
    pub finished: String,
    /// How the card was valued; absent in a run without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<CardRecord>,
    /// Every other file of the folder; filled when the folder is written.
    pub files: Vec<FileRecord>,
}

/// The scenario as it was run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScenarioRecord {
    /// Name.
    pub name: String,
    /// sha256 of `text`.
    pub sha256: String,
    /// Canonical text (TOML).
    pub text: String,
}

impl ScenarioRecord {
    /// Records a scenario's canonical text with its hash.
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        ScenarioRecord {
            name: name.into(),
            sha256: sha256_hex(text.as_bytes()),
            text,
        }
    }
}

/// How a run's card was valued: what `brandish verify` needs beside the scenario. Its seed is the run's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardRecord {
    /// `full`, or `quick` for the equilibrium with its bands alone.
    pub depth: String,
    /// Draws of the engine per camp.
    pub draws: u32,
}

/// The data a run read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SnapshotRecord {
    /// sha256 of the whole snapshot.
    pub sha256: String,
    /// Each source with its vintage.
    pub sources: Vec<SourceRecord>,
}

/// One source of the snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceRecord {
    /// Identifier of the source.
    pub id: String,
    /// Vintage that was used, e.g. a publication date.
    pub vintage: String,
    /// sha256 of its data.
    pub sha256: String,
}

/// The machine, as the caller describes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Machine {
    /// Operating system.
    pub os: String,
    /// Processor family.
    pub arch: String,
    /// Processor features that choose a code path.
    pub cpu_features: Vec<String>,
}

/// One file of the run folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileRecord {
    /// Path inside the folder, with `/`.
    pub path: String,
    /// Size.
    pub bytes: u64,
    /// sha256 of the content.
    pub sha256: String,
}

/// sha256 as 64 hex digits (FIPS 180-4).
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        text.push_str(&format!("{byte:02x}"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hash_of_abc_is_the_published_one() {
        // FIPS 180-4, example of SHA-256 for the message "abc".
        assert_eq!(
            sha256_hex(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
