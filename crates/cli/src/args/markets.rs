//! Options of `brandish markets`.
//!
//! CSV and Parquet hold one table, JSON and Excel both; a day is never after what the user names.

use std::path::PathBuf;

use brandish_units::Date;
use clap::{Args, ValueEnum};

use super::{SheetOutput, parse_date};

/// Options of `brandish markets`.
#[derive(Debug, Args)]
pub struct MarketsArgs {
    /// Use only what had been published by this day [default: everything in the snapshot]
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub as_of: Option<Date>,
    /// Which table goes into CSV and Parquet, which hold one
    #[arg(long, value_enum, default_value_t = MarketTable::Responses)]
    pub table: MarketTable,
    /// Read official series from this snapshot folder instead of the embedded one
    #[arg(long, value_name = "DIR")]
    pub snapshot: Option<PathBuf>,
    /// Where and how
    #[command(flatten)]
    pub output: SheetOutput,
}

/// Tables of other markets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MarketTable {
    /// Every market on every kind of day.
    Responses,
    /// Japan's interventions and the yen after them.
    Interventions,
}
