//! Options of `brandish price` and `brandish curve`.
//!
//! Every rate option names its measure: there is no `--rate` that would mean one thing for a bill and another for a note. Rates are
//! percent, prices per 100, faces dollars.

use std::path::PathBuf;

use brandish_units::{Cusip, Date};
use clap::{ArgGroup, Args, ValueEnum};

use super::parse_date;

/// Options of `brandish price`.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("what").required(true).args(["cusip", "portfolio", "all", "lots"]))]
#[command(group = ArgGroup::new("quote").args(["price", "yield_pct", "real_yield", "discount_rate", "investment_rate", "discount_margin"]).conflicts_with_all(["portfolio", "all", "lots"]))]
pub struct PriceArgs {
    /// One security
    #[arg(value_parser = parse_cusip)]
    pub cusip: Option<Cusip>,
    /// A holdings file: `cusip,face_usd` or `cusip,face_usd_mn`, one security a line
    #[arg(long, value_name = "FILE")]
    pub portfolio: Option<PathBuf>,
    /// Everything outstanding on the day
    #[arg(long)]
    pub all: bool,
    /// Securities by their terms (columns cusip, kind, issue_date, maturity_date, coupon_pct, high_yield_pct, discount_rate_pct,
    /// frn_discount_margin_pct; optional dated_date, first_interest_date, index_ratio, frn_spread_pct), priced as at an auction
    #[arg(long, value_name = "FILE")]
    pub lots: Option<PathBuf>,
    /// With --lots: the secondary market's formulas, nothing rounded
    #[arg(long, requires = "lots")]
    pub street: bool,
    /// Day of the prices; settlement is the next business day [default: the last day of the snapshot]
    #[arg(long, value_name = "DATE", value_parser = parse_date, conflicts_with = "lots")]
    pub as_of: Option<Date>,
    /// Clean price per 100 (of TIPS not adjusted for inflation)
    #[arg(long, value_name = "PER_100", allow_negative_numbers = true)]
    pub price: Option<f64>,
    /// Street yield of a note or bond, percent
    #[arg(long = "yield", value_name = "PCT", allow_negative_numbers = true)]
    pub yield_pct: Option<f64>,
    /// Real street yield of a TIPS, percent
    #[arg(long, value_name = "PCT", allow_negative_numbers = true)]
    pub real_yield: Option<f64>,
    /// Bank discount rate of a bill, percent
    #[arg(long, value_name = "PCT", allow_negative_numbers = true)]
    pub discount_rate: Option<f64>,
    /// Investment rate (coupon equivalent) of a bill, percent
    #[arg(long, value_name = "PCT", allow_negative_numbers = true)]
    pub investment_rate: Option<f64>,
    /// Discount margin of an FRN, percent
    #[arg(long, value_name = "PCT", allow_negative_numbers = true)]
    pub discount_margin: Option<f64>,
    /// Par amount of the one security, dollars
    #[arg(long, value_name = "USD", default_value_t = 1e6, requires = "cusip")]
    pub face: f64,
    /// The curve
    #[command(flatten)]
    pub curve: CurveChoice,
    /// Where and how
    #[command(flatten)]
    pub output: SheetOutput,
}

/// Options of `brandish curve`.
#[derive(Debug, Args)]
pub struct CurveArgs {
    /// Day of the curve [default: the last day of the snapshot]
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub as_of: Option<Date>,
    /// Fit a Svensson curve and a smoothing spline to prices: a file (`cusip,price_per_100`), or `buybacks` for what Treasury paid that day
    #[arg(long, value_name = "PRICES")]
    pub fit: Option<String>,
    /// Set another day beside it; changes are that day less this one
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub compare: Option<Date>,
    /// Maturities to show
    #[arg(long, value_enum, default_value_t = GridArg::Tenors)]
    pub grid: GridArg,
    /// Which table goes into CSV and Parquet, which hold one [default: residuals with --fit, changes with --compare, else points]
    #[arg(long, value_enum)]
    pub table: Option<CurveTable>,
    /// The curve
    #[command(flatten)]
    pub curve: CurveChoice,
    /// Where and how
    #[command(flatten)]
    pub output: SheetOutput,
}

/// Which curve.
#[derive(Debug, Args)]
pub struct CurveChoice {
    /// Your own curve: `tenor,yield_pct`, one point a line, with `# kind=par` or `# kind=zero` on top,
    /// or `parameter,value` with `# kind=svensson`
    #[arg(long = "curve", value_name = "FILE", conflicts_with = "source")]
    pub file: Option<PathBuf>,
    /// What the yields of that file are, where it does not say
    #[arg(long, value_enum, value_name = "KIND", requires = "file")]
    pub curve_kind: Option<CurveKindArg>,
    /// Whose published curve: Treasury's par yields, or the Federal Reserve's Svensson parameters where the snapshot has them
    #[arg(long, value_enum, default_value_t = SourceArg::Treasury)]
    pub source: SourceArg,
    /// Read official series from this snapshot folder instead of the embedded one
    #[arg(long, value_name = "DIR")]
    pub snapshot: Option<PathBuf>,
}

/// Where the answer goes.
#[derive(Debug, Args)]
pub struct SheetOutput {
    /// Output format [default: by the ending of -o, else a table for people]
    #[arg(long, value_enum)]
    pub format: Option<SheetFormat>,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Formats of sheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SheetFormat {
    /// Text for people.
    Table,
    /// One sheet as CSV.
    Csv,
    /// All sheets as JSON.
    Json,
    /// One sheet as JSON, a row a line.
    Jsonl,
    /// One sheet as Parquet.
    Parquet,
    /// All sheets as an Excel workbook.
    Xlsx,
    /// The text and all sheets as one offline page.
    Html,
}

/// What the yields of a curve file are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CurveKindArg {
    /// Bond-equivalent par yields.
    Par,
    /// Continuous zero rates.
    Zero,
    /// Svensson parameters.
    Svensson,
}

/// Whose curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SourceArg {
    /// Treasury's par yields.
    Treasury,
    /// The Federal Reserve's Svensson parameters.
    Fed,
}

/// Maturities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum GridArg {
    /// 1M to 30Y as published.
    Tenors,
    /// Every half-year.
    HalfYears,
}

/// Tables of a curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CurveTable {
    /// Par, zero, forward and discount by maturity, for every curve.
    Points,
    /// Two days beside each other.
    Changes,
    /// Every security against every curve.
    Residuals,
    /// Errors by maturity band.
    Bands,
    /// Parameters of the fits.
    Parameters,
}

fn parse_cusip(text: &str) -> Result<Cusip, String> {
    text.parse()
        .map_err(|error: brandish_units::UnitsError| error.to_string())
}
