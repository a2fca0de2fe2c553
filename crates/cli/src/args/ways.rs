//! Options of `brandish ways`.
//!
//! The scenario gives seller and amount; options give the paces, the draws and what the snapshot cannot know: the facility's rate on the
//! day, the inputs of the adequacy metric.

use std::path::PathBuf;

use brandish_units::Date;
use clap::{Args, ValueEnum};

use super::{SheetOutput, parse_date};

/// Options of `brandish ways`.
#[derive(Debug, Args)]
pub struct WaysArgs {
    /// A shipped scenario (see `brandish scenario list`) or a path to a scenario file
    pub scenario: String,
    /// Use only what had been published by this business day (overrides the file)
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub as_of: Option<Date>,
    /// Business days over which the amount is sold [default: 5,10,21,63,126,252 as far as the horizon holds them, and the scenario's own]
    #[arg(long, value_name = "N,N,...", value_delimiter = ',', value_parser = clap::value_parser!(u32).range(1..=1260))]
    pub days: Vec<u32>,
    /// Draws per camp, the same for every way; under 5 only central values are reported
    #[arg(long, value_name = "N", default_value_t = 32, value_parser = clap::value_parser!(u32).range(0..=10_000))]
    pub draws: u32,
    /// Seed of the random streams (overrides the file)
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Threads to use; results do not depend on it [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// A camp file: your own set of evidence, shown as camp U beside the shipped ones
    #[arg(long, value_name = "FILE")]
    pub camp: Option<PathBuf>,
    /// Rate of the Fed's repo facility for foreign officials, percent on actual/360 [default: upper end of the target range]
    #[arg(long, value_name = "PCT", allow_negative_numbers = true)]
    pub repo_rate: Option<f64>,
    /// Inputs of the IMF's adequacy metric: `item,usd_bn` with exports, broad_money, short_term_debt, other_liabilities (and imports, gdp),
    /// `# regime=floating` or `fixed` and `# source=...` on top
    #[arg(long, value_name = "FILE")]
    pub adequacy: Option<PathBuf>,
    /// Which table goes into CSV and Parquet, which hold one
    #[arg(long, value_enum, default_value_t = WaysTable::Ways)]
    pub table: WaysTable,
    /// Where and how
    #[command(flatten)]
    pub output: SheetOutput,
    /// Read official series from this snapshot folder instead of the embedded one
    #[arg(long, value_name = "DIR")]
    pub snapshot: Option<PathBuf>,
}

/// Tables of the seller's choices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum WaysTable {
    /// Every pace, mix and disclosure, by camp.
    Ways,
    /// The best way by camp and objective.
    Best,
    /// Break-even and cheapest pace.
    Pace,
    /// Repo, run-off, deposits.
    Alternatives,
    /// What matures by when.
    RunOff,
    /// What the dollars do to the curve.
    Proceeds,
    /// Reserves afterwards.
    Reserves,
}

impl WaysTable {
    /// The name of its sheet.
    pub const fn sheet(self) -> &'static str {
        match self {
            Self::Ways => "ways",
            Self::Best => "best",
            Self::Pace => "pace",
            Self::Alternatives => "alternatives",
            Self::RunOff => "run_off",
            Self::Proceeds => "proceeds",
            Self::Reserves => "reserves",
        }
    }
}
