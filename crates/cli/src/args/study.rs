//! Options of `brandish sweep`, `brandish sensitivity` and `brandish export`: studies over many runs, and runs for other programs.
//!
//! Outputs are written `measure:tenor`, `measure:tenor:day` or `measure:holder:day`, as the long table calls them.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{SheetFormat, SheetOutput};

/// Options of `brandish sweep`.
#[derive(Debug, Args)]
pub struct SweepArgs {
    /// A shipped grid (see `--list`) or a path to a grid file
    #[arg(required_unless_present = "list")]
    pub grid: Option<String>,
    /// List the shipped grids and end
    #[arg(long)]
    pub list: bool,
    /// Folder of the sweep; the same command on it goes on where it was stopped [default: runs/sweep-<name>-<id>]
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// What goes to stdout [default: text for people]
    #[arg(long, value_enum)]
    pub format: Option<SheetFormat>,
    /// Which table goes into CSV and Parquet, which hold one
    #[arg(long, value_enum, default_value_t = SweepTable::Differences)]
    pub table: SweepTable,
    /// Axis down in the matrix for people
    #[arg(long, value_name = "AXIS")]
    pub rows: Option<String>,
    /// Axis across
    #[arg(long, value_name = "AXIS")]
    pub columns: Option<String>,
    /// Camp of the matrix: a letter, or `mix` [default: mix where there are two headline camps]
    #[arg(long, value_name = "CAMP")]
    pub camp: Option<String>,
    /// Threads to use; results do not depend on it [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Read official series from this snapshot folder instead of the embedded one
    #[arg(long, value_name = "DIR")]
    pub snapshot: Option<PathBuf>,
}

/// Tables of a sweep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SweepTable {
    /// What was run.
    Cells,
    /// Every output of every cell.
    Values,
    /// Every cell less the base cell, draw by draw.
    Differences,
    /// Every axis, averaged over the others.
    Effects,
}

/// Options of `brandish sensitivity`.
#[derive(Debug, Args)]
pub struct SensitivityArgs {
    /// A shipped scenario (see `brandish scenario list`) or a path to a scenario file
    pub scenario: String,
    /// What is looked at: any fact of a path, as measure:part:part, e.g. sold:63, purchases:banks:21, holder_pnl:japan:63:jpy_bn
    #[arg(
        long = "of",
        value_name = "MEASURE",
        default_value = "yield_change_peak:10Y"
    )]
    pub measure: String,
    /// Only this camp [default: all of the scenario]
    #[arg(long, value_name = "CAMP")]
    pub camp: Option<String>,
    /// Where a conclusion turns: the value that the output is compared with, e.g. 20, or 0 for its sign
    #[arg(long, value_name = "VALUE", allow_negative_numbers = true)]
    pub threshold: Option<f64>,
    /// Look at the difference to this scenario with the same parameters instead, e.g. announced less silent
    #[arg(long, value_name = "SCENARIO")]
    pub against: Option<String>,
    /// Write one offline page with a drawing for every camp
    #[arg(long, value_name = "FILE.html")]
    pub report: Option<PathBuf>,
    /// Threads to use; results do not depend on it [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Where and how
    #[command(flatten)]
    pub output: SheetOutput,
    /// Read official series from this snapshot folder instead of the embedded one
    #[arg(long, value_name = "DIR")]
    pub snapshot: Option<PathBuf>,
}

/// Options of `brandish export`.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// Run folder written by `brandish run`
    pub run: PathBuf,
    /// For which program
    #[arg(long = "as", value_enum, value_name = "FORMAT")]
    pub format: ExportFormat,
    /// ORE: name of the Treasury curve in your market configuration
    #[arg(long, value_name = "NAME", default_value = "USD-TREASURY")]
    pub yield_curve: String,
    /// ORE: shift the dollar discount curve by the same amounts too, as if swap spreads stood still
    #[arg(long)]
    pub discount_curve: bool,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Formats of other programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// Open Source Risk Engine: stresstest.xml with absolute shifts of zero rates and the relative shift of USDJPY.
    OreStress,
    /// The columns of the Federal Reserve's supervisory scenarios, by quarter; what is not computed is n/a.
    Dfast,
}
