//! Everything that shows a run (being written).
mod error;
mod facts;
mod findings;
mod folder;
mod format;
mod input;
mod table;
pub mod view;
pub use error::ReportError;
pub use input::{Happened, ReportInput, Seller, UsdJpyLevel};
pub use folder::{Existing, FileRecord, MANIFEST_SCHEMA, Machine, Manifest, RunFiles, RunFolder, ScenarioRecord, SnapshotRecord, SourceRecord, sha256_hex};
pub use table::{COLUMNS, Comparison, Difference, DifferenceKind, JSON_SCHEMA, compare, read_csv, read_parquet, write_csv, write_json, write_parquet};
