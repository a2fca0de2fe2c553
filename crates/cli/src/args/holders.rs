//! `brandish holders`: who bought and who sold, by month.
//!
//! A month is written YYYY-MM and checked here; whether the record reaches it, and who the country is, is checked against the
//! snapshot below the door.

use std::path::PathBuf;

use brandish_data::Month;
use brandish_units::Date;
use clap::{Args, ValueEnum};

use super::{SheetOutput, parse_date};

/// Options of `brandish holders`.
#[derive(Debug, Args)]
pub struct HoldersArgs {
    /// A country, by its scenario name (`united-kingdom`), TIC name ("China, Mainland") or a common one (uk); also all-foreign,
    /// foreign-official, foreign-private [default: a table of all]
    pub country: Option<String>,
    /// First month of the window, YYYY-MM [default: the last twelve months with net purchases]
    #[arg(long, value_name = "MONTH", value_parser = parse_month)]
    pub since: Option<Month>,
    /// Use only what had been published by this day [default: the newest TIC release of the snapshot]
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub as_of: Option<Date>,
    /// Largest share of each custody center's net purchases that may be this country's, 0 to 1 [default: as declared, printed]
    #[arg(long, value_name = "SHARE", allow_negative_numbers = true)]
    pub custody_share: Option<f64>,
    /// Which table goes into CSV, JSON lines and Parquet, which hold one [default: months; without a country there is only one]
    #[arg(long, value_enum, requires = "country")]
    pub table: Option<HoldersTable>,
    /// Where and how; a file that ends in .html becomes a page with the months drawn (one country)
    #[command(flatten)]
    pub output: SheetOutput,
    /// Read official series from this snapshot folder instead of the embedded one
    #[arg(long, value_name = "DIR")]
    pub snapshot: Option<PathBuf>,
}

/// Tables of one holder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum HoldersTable {
    /// Every month taken apart.
    Months,
    /// The window and the verdict.
    Summary,
    /// Flows of the custody centers.
    Custody,
    /// Interventions (Japan).
    Interventions,
    /// Reserves.
    Reserves,
    /// Custody at the Federal Reserve, all foreign officials.
    FedCustody,
}

fn parse_month(text: &str) -> Result<Month, String> {
    let is_month = text.len() == 7 && text.as_bytes().get(4) == Some(&b'-');
    text.parse()
        .ok()
        .filter(|_| is_month)
        .ok_or_else(|| format!("`{text}` is not a month; write YYYY-MM, e.g. 2025-01"))
}
