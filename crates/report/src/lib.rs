//! Everything that shows a run: tables, run folder, views, report.html, and the summary in a terminal.
//!
//! ```text
//! LongTable + words --> ReportInput --> Report::build --> report_html   one offline page, with Sections on request
//!                                                     \-> summary       text for a terminal
//! LongTable --> write_csv, write_json, write_parquet --> read_csv, read_parquet --> compare
//! Sheet --> write_sheet_csv, write_sheets_json, write_sheet_jsonl, write_sheet_parquet, write_sheets_xlsx   prices, curves, holders
//! holders::Tracked --> holder_text, holder_sheets, holder_html        who bought and sold
//! backtests --> BacktestView --> text, page, LongTable                misses first
//! SweepFolder   manifest, a file for each finished cell, tables         goes on after a kill
//! Sensitivity --> sensitivity_sheets, sensitivity_text;  LongTable --> stress files of other programs
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

mod backtest;
mod card;
pub mod claims;
mod curves;
mod error;
mod facts;
mod findings;
#[cfg(test)]
mod fixture;
mod folder;
mod format;
mod holders;
mod input;
mod markets;
mod outcome;
mod page;
mod panels;
mod prices;
pub mod sensitivity;
pub mod sheet;
pub mod stress;
mod summary;
pub mod sweep;
mod table;
mod text;
pub mod tornado;
pub mod view;
mod ways;

pub use backtest::BacktestView;
pub use card::{CardHead, card_html, card_summary, card_table};
pub use curves::{CurveView, curve_sheets, curve_text};
pub use error::ReportError;
pub use folder::{
    Beside, CardRecord, Existing, FileRecord, MANIFEST_SCHEMA, Machine, Manifest, RunFiles,
    RunFolder, ScenarioRecord, SnapshotRecord, SourceRecord, sha256_hex,
};
pub use holders::{
    Overview, holder_html, holder_sheets, holder_text, holders_sheets, holders_text,
    verdict_sentence,
};
pub use input::{Happened, ReportInput, Seller, UsdJpyLevel};
pub use markets::{market_sheets, market_text};
pub use page::{Asked, CardSection, Sections, has_charts, report_html};
pub use prices::{Priced, lots_sheets, lots_text, price_sheets, price_text};
pub use summary::summary;
pub use table::{
    COLUMNS, Comparison, Difference, DifferenceKind, JSON_SCHEMA, compare, read_csv, read_parquet,
    run_sheets, write_csv, write_json, write_parquet, write_run_xlsx,
};
pub use text::SummaryStyle;
pub use view::Report;
pub use ways::{ways_sheets, ways_text, write_ways_html};
