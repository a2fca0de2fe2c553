//! Everything that shows a run: tables, run folder, views, report.html, and the summary in a terminal.
//!
//! ```text
//! LongTable + words --> ReportInput --> Report::build --> report_html   one offline page
//!                                                     \-> summary       text for a terminal
//! LongTable --> write_csv, write_json, write_parquet --> read_csv, read_parquet --> compare
//! RunFolder::create   manifest, scenario, table, page and summary: all or nothing
//! ```
//!
//! A run gives one long table, one fact a row; this crate looks facts up, chooses words and writes files. It does no
//! arithmetic on results beyond formatting: what is not in the table is not shown. Titles state a finding only
//! where a guard has checked it in every headline camp. It reads no clock, no environment and no network: the
//! caller gives time, machine and paths.
//!
//! Invariants (each has a test): what is written reads back to the same bits; a run folder exists completely or not
//! at all; text from outside never becomes markup; a section without facts makes no claim; terminal and page say
//! the same words, because they read the same views.

pub mod claims;
mod error;
mod facts;
mod findings;
#[cfg(test)]
mod fixture;
mod folder;
mod format;
mod input;
mod outcome;
mod page;
mod summary;
mod table;
pub mod view;

pub use error::ReportError;
pub use folder::{
    Existing, FileRecord, MANIFEST_SCHEMA, Machine, Manifest, RunFiles, RunFolder, ScenarioRecord,
    SnapshotRecord, SourceRecord, sha256_hex,
};
pub use input::{Happened, ReportInput, Seller, UsdJpyLevel};
pub use page::{has_charts, report_html};
pub use summary::{SummaryStyle, summary};
pub use table::{
    COLUMNS, Comparison, Difference, DifferenceKind, JSON_SCHEMA, compare, read_csv, read_parquet,
    write_csv, write_json, write_parquet,
};
pub use view::Report;
