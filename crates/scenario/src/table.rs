//! The long table: one fact a row, the contract between a run and everything that shows it.
//!
//! A run writes rows; the terminal, CSV, JSON, Parquet and the report only read them. Columns are those of
//! the interface document: `run_id, scenario, camp, date, day, tenor, bucket, cusip, sector, measure, stat,
//! value, unit, as_of, source`. A column that does not apply is empty. `run_id`, `scenario` and `as_of` are the
//! same for all rows of a run, so they live on the table and are repeated only when the table is written.

use std::sync::Arc;

use brandish_units::{Date, Tenor};

/// One fact. Empty columns are `None` (or an empty `source`).
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// `S`, `C`, `F`, `X`, or `mix` for the stated mixture; `None` where no camp applies (the order itself).
    pub camp: Option<&'static str>,
    /// Calendar date of `day`.
    pub date: Option<Date>,
    /// Business days from 1; 0 is the announcement.
    pub day: Option<u32>,
    /// Published tenor.
    pub tenor: Option<Tenor>,
    /// Label of the engine's maturity bucket, e.g. `3-5y`.
    pub bucket: Option<&'static str>,
    /// CUSIP, where the fact is about one security.
    pub cusip: Option<String>,
    /// Sector or holder name, e.g. `money funds`, `specialists`, `Federal Reserve`, `japan`.
    pub sector: Option<Arc<str>>,
    /// What is measured (names of the interface document, e.g. `yield_change`).
    pub measure: &'static str,
    /// `p05 p25 p50 p75 p95 mean mc_se central`.
    pub stat: &'static str,
    /// The value, in `unit`.
    pub value: f64,
    /// `bp pct usd_bn usd usd_per_bp jpy_bn jpy_per_usd ratio prob days`.
    pub unit: &'static str,
    /// Where the number comes from, e.g. `engine`, `effects::seller`.
    pub source: &'static str,
}

/// All rows of one run, in the order in which they were written (deterministic).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LongTable {
    /// Identifier of the run: the first 12 hex digits of the hash of everything that determines it.
    pub run_id: String,
    /// Name of the scenario.
    pub scenario: String,
    /// As-of date of the run.
    pub as_of: Option<Date>,
    /// The facts.
    pub rows: Vec<Row>,
}
