//! What can be typed: verbs, nouns and options, with the help people read first.
//!
//! Help is written for people who have never seen the program: a verb says what it gives, an option says what it changes
//! and what happens without it. Values are checked here as far as their text alone allows.

use std::path::PathBuf;

use brandish_units::Date;
use clap::{Args, Parser, Subcommand, ValueEnum};

mod asked;
mod holders;
mod markets;
mod pricing;
mod study;
mod ways;

pub use asked::{AskedArgs, CardDepth};
pub use holders::{HoldersArgs, HoldersTable};
pub use markets::{MarketTable, MarketsArgs};
pub use pricing::{
    CurveArgs, CurveChoice, CurveKindArg, CurveTable, GridArg, PriceArgs, SheetFormat, SheetOutput,
    SourceArg,
};
pub use ways::WaysArgs;

pub use study::{ExportArgs, ExportFormat, SensitivityArgs, SweepArgs, SweepTable};

/// Type who sells; get yields, buyers, losers, with receipts. Not a forecast.
#[derive(Debug, Parser)]
#[command(
    name = "brandish",
    version,
    propagate_version = true,
    arg_required_else_help = true
)]
pub struct Cli {
    /// No progress bar and no messages beside errors.
    #[arg(long, global = true)]
    pub quiet: bool,
    /// No color, no box-drawing characters.
    #[arg(long, global = true)]
    pub plain: bool,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Yields, absorbers, seller, taxpayer: summary, run folder and report.html
    Run(RunArgs),
    /// Replay a run folder and compare every number, bit for bit
    Verify(VerifyArgs),
    /// Prices, yields and risk of bills, notes, bonds, TIPS and FRNs: one, a portfolio, all, or lots by their terms
    Price(PriceArgs),
    /// Par, zero and forward rates of a day; another day beside it; fits to prices with their residuals
    Curve(CurveArgs),
    /// Has Japan been selling? Purchases, valuation and the unexplained by month, with a verdict; all holders without a name
    Holders(HoldersArgs),
    /// The seller's choices: cost against pace and mix, break-even pace, repo, run-off and deposits instead, proceeds, reserves
    Ways(WaysArgs),
    /// What the engine says about real episodes, scored, misses first
    Backtest(BacktestArgs),
    /// Other markets: how they moved with the ten-year yield in past episodes, and the yen around interventions
    Markets(MarketsArgs),
    /// News documents: who said what, how it drifted, which numbers hold, what it implies
    Claims(ClaimsArgs),
    /// One scenario in many versions, the same draws in each: matrices, paired differences; goes on where it was stopped
    Sweep(SweepArgs),
    /// Which parameter matters: every one across its range, and where a conclusion turns
    Sensitivity(SensitivityArgs),
    /// A run for a risk system: an ORE stress file, or a quarterly path in the columns of the supervisory scenarios
    Export(ExportArgs),
    /// The shipped scenarios: list, show, check, diff, schema
    #[command(subcommand)]
    Scenario(ScenarioCommand),
    /// The official series inside: publisher, range, vintage, age, quality, identities
    #[command(subcommand)]
    Data(DataCommand),
    /// What the threat of a scenario is worth: deter, compel, credibility, what turns it
    Card(CardArgs),
    /// Any extensive-form game from a Gambit file: solve, show, convert
    #[command(subcommand)]
    Game(GameCommand),
    /// Print a completion script for your shell
    Completions {
        /// Shell to complete for
        shell: clap_complete::Shell,
    },
}

/// Options of `brandish run`.
#[derive(Debug, Args)]
pub struct RunArgs {
    /// A shipped scenario (see `brandish scenario list`) or a path to a scenario file
    pub scenario: String,
    /// Use only what had been published by this business day (overrides the file)
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub as_of: Option<Date>,
    /// Parameter draws per camp (overrides the file); under 5 only central values are reported
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub draws: Option<u32>,
    /// Whether every camp gets all draws, or the camps share them by their weights (overrides the file)
    #[arg(long, value_enum)]
    pub allocation: Option<AllocationArg>,
    /// Seed of the random streams (overrides the file)
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Threads to use; results do not depend on it [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// A camp file: your own set of evidence, shown as camp U beside the shipped ones
    #[arg(long, value_name = "FILE")]
    pub camp: Option<PathBuf>,
    /// Your own curve instead of Treasury's of the day: `tenor,yield_pct`, with `# kind=par` or `# kind=zero` on top
    #[arg(long, value_name = "FILE")]
    pub curve: Option<PathBuf>,
    /// What the yields of that file are, where it does not say
    #[arg(long, value_enum, value_name = "KIND", requires = "curve")]
    pub curve_kind: Option<CurveKindArg>,
    /// Engine settings: `product`, or `reference` to reproduce the published reference of the engine
    #[arg(long, value_enum, default_value_t = SettingsArg::Product)]
    pub settings: SettingsArg,
    /// Sections of the report on request
    #[command(flatten)]
    pub asked: AskedArgs,
    /// What goes to stdout: the summary, or the long table in a format of its own
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
    /// Run folder to write [default: runs/<scenario>-<run id>]
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Read official series from this snapshot folder instead of the embedded one
    #[arg(long, value_name = "DIR")]
    pub snapshot: Option<PathBuf>,
}

/// Options of `brandish backtest`.
#[derive(Debug, Args)]
pub struct BacktestArgs {
    /// Shipped episodes (see `--list`) or paths to episode files [default: all shipped episodes]
    pub episodes: Vec<String>,
    /// List the shipped episodes and end
    #[arg(long)]
    pub list: bool,
    /// Draws per camp [default: as declared]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(5..=100_000))]
    pub draws: Option<u32>,
    /// Seed of the draws [default: as declared]
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Threads to use; results do not depend on it [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// A camp file: your own set of evidence, scored as camp U beside the shipped ones
    #[arg(long, value_name = "FILE")]
    pub camp: Option<PathBuf>,
    /// What goes to stdout: tables for people, the long table in a format of its own, or the page as Markdown
    #[arg(long, value_enum, default_value_t = BacktestFormat::Table)]
    pub format: BacktestFormat,
    /// Read official series from this snapshot folder instead of the embedded one
    #[arg(long, value_name = "DIR")]
    pub snapshot: Option<PathBuf>,
}

/// Options of `brandish verify`.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// Run folder written by `brandish run`
    pub run: PathBuf,
    /// Threads to use for the replay
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Read official series from this snapshot folder instead of the embedded one
    #[arg(long, value_name = "DIR")]
    pub snapshot: Option<PathBuf>,
}

/// Options of `brandish claims`.
#[derive(Debug, Args)]
pub struct ClaimsArgs {
    /// Documents (text, Markdown, HTML), folders of them, or - for standard input
    #[arg(required_unless_present = "corpus", value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// What goes to stdout
    #[arg(long, value_enum, default_value_t = ClaimsFormat::Table)]
    pub format: ClaimsFormat,
    /// Write one offline page with a card for every claim
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// Write a scenario file for every document that holds out a sale
    #[arg(long, value_name = "DIR")]
    pub scenario: Option<PathBuf>,
    /// More words, names or measures, in the format of lexicon/README.md (repeatable)
    #[arg(long, value_name = "FILE")]
    pub lexicon: Vec<PathBuf>,
    /// More dated events, in the format of lexicon/README.md (repeatable)
    #[arg(long, value_name = "FILE")]
    pub events: Vec<PathBuf>,
    /// The day on which the record is read: later forecasts are open [default: last day of the yields]
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub as_of: Option<Date>,
    /// The day of documents that state none and quote no recorded event
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub undated: Option<Date>,
    /// Score a folder of documents against a key instead
    #[arg(long, value_name = "DIR", requires = "key", conflicts_with = "files")]
    pub corpus: Option<PathBuf>,
    /// The key: CSV with document, kind, span and more, see lexicon/README.md
    #[arg(long, value_name = "FILE", requires = "corpus")]
    pub key: Option<PathBuf>,
    /// Threads to use; results do not depend on it [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Read official series from this snapshot folder instead of the embedded one
    #[arg(long, value_name = "DIR")]
    pub snapshot: Option<PathBuf>,
}

/// `brandish scenario ...`
#[derive(Debug, Subcommand)]
pub enum ScenarioCommand {
    /// Names, titles and as-of dates of the shipped scenarios
    List {
        /// Output format
        #[arg(long, value_enum, default_value_t = ListFormat::Table)]
        format: ListFormat,
    },
    /// Print a scenario and where its idea comes from
    Show {
        /// A shipped scenario or a path
        scenario: String,
        /// Print it with every default written out
        #[arg(long)]
        resolved: bool,
    },
    /// Report every mistake of scenario files
    Check {
        /// Shipped scenarios or paths
        #[arg(required = true)]
        scenarios: Vec<String>,
    },
    /// Field by field, how two scenarios differ
    Diff {
        /// First scenario
        left: String,
        /// Second scenario
        right: String,
    },
    /// Print the JSON Schema of scenario files
    Schema,
}

/// `brandish data ...`
#[derive(Debug, Subcommand)]
pub enum DataCommand {
    /// One line per source, then the identities with their residuals
    Status {
        /// Output format
        #[arg(long, value_enum, default_value_t = ListFormat::Table)]
        format: ListFormat,
        /// Read this snapshot folder instead of the embedded one
        #[arg(long, value_name = "DIR")]
        snapshot: Option<PathBuf>,
    },
    /// Check every checksum, every record and every identity of the snapshot
    Verify {
        /// Read this snapshot folder instead of the embedded one
        #[arg(long, value_name = "DIR")]
        snapshot: Option<PathBuf>,
    },
}

/// Options of `brandish card`.
#[derive(Debug, Args)]
pub struct CardArgs {
    /// A shipped scenario (see `brandish scenario list`) or a path to a scenario file
    pub scenario: String,
    /// Use only what had been published by this business day (overrides the file)
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub as_of: Option<Date>,
    /// Draws of the engine per camp [default: 67]; under 5 only central values are reported
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=10_000))]
    pub draws: Option<u32>,
    /// Seed of the random streams (overrides the file)
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Precision of the players, one over $bn [default: 0.2]
    #[arg(long, value_name = "L")]
    pub lambda: Option<f64>,
    /// Threads to use; results do not depend on it [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Only the equilibrium with its bands: no map, no large game, no record of 2025
    #[arg(long)]
    pub quick: bool,
    /// Structure of the point answer: R3, R3c or R4 (millions of nodes, minutes)
    #[arg(long, value_name = "NAME", default_value = "R3c", value_parser = ["R3", "R3c", "R4"])]
    pub structure: String,
    /// Seconds after which to stop without an answer (exit 3)
    #[arg(long, value_name = "S")]
    pub time_limit: Option<f64>,
    /// Write the game of each camp for other programs: FILE.efg becomes FILE.S.efg, FILE.C.efg, ...
    #[arg(long, value_name = "FILE")]
    pub efg: Option<PathBuf>,
    /// Write the page with map, bands and trees to this file
    #[arg(short, long, value_name = "FILE.html")]
    pub output: Option<PathBuf>,
    /// What goes to stdout: the summary, or the long table
    #[arg(long, value_enum, default_value_t = ListFormat::Table)]
    pub format: ListFormat,
    /// Read official series from this snapshot folder instead of the embedded one
    #[arg(long, value_name = "DIR")]
    pub snapshot: Option<PathBuf>,
}

/// `brandish game ...`
#[derive(Debug, Subcommand)]
pub enum GameCommand {
    /// Solve a .efg or .nfg file; refuses (exit 3) a point it cannot certify
    Solve(GameSolveArgs),
    /// What a .efg or .nfg file holds: players, nodes, information sets, stake
    Show {
        /// The file
        file: PathBuf,
        /// Output format
        #[arg(long, value_enum, default_value_t = ListFormat::Table)]
        format: ListFormat,
    },
    /// Write a .efg or .nfg file as .efg, numbers exact to the bit
    Convert {
        /// The file
        file: PathBuf,
        /// Where to [default: stdout]
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
}

/// Options of `brandish game solve`.
#[derive(Debug, Args)]
pub struct GameSolveArgs {
    /// The file, in Gambit's extensive (.efg) or strategic (.nfg) form
    pub file: PathBuf,
    /// Precisions, ascending, one over the unit of payoff: quantal responses there instead of the limit
    #[arg(
        long,
        value_name = "L,L,...",
        value_delimiter = ',',
        allow_hyphen_values = true
    )]
    pub lambda: Vec<String>,
    /// Search for further branches and print every one found
    #[arg(long)]
    pub branches: bool,
    /// Random starts of the search
    #[arg(long, value_name = "N", default_value_t = 24, value_parser = parse_starts)]
    pub starts: usize,
    /// Seed of the random starts
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// `qre` follows quantal responses, `cfr` minimizes regret (two players, constant sum)
    #[arg(long, value_enum, default_value_t = GameMethod::Qre)]
    pub method: GameMethod,
    /// Exploitability at which `cfr` may stop, in the unit of payoff
    #[arg(
        long,
        value_name = "E",
        default_value_t = 1e-4,
        allow_negative_numbers = true
    )]
    pub exploitability: f64,
    /// Seconds after which to stop without a point
    #[arg(long, value_name = "S", allow_negative_numbers = true)]
    pub time_limit: Option<f64>,
    /// Output format
    #[arg(long, value_enum, default_value_t = ListFormat::Table)]
    pub format: ListFormat,
}

/// How a game is solved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum GameMethod {
    /// Quantal responses and their limit.
    Qre,
    /// Counterfactual regret minimization.
    Cfr,
}

fn parse_starts(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(starts) if starts <= 10_000 => Ok(starts),
        _ => Err("a whole number from 0 to 10000".to_owned()),
    }
}

/// Which settings the engine runs with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SettingsArg {
    /// No look-ahead, the day's economy, the survey's mix.
    Product,
    /// Every product choice set to the reference's value.
    Reference,
}

/// How draws are given to the camps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AllocationArg {
    /// Every camp gets all of them.
    EachCamp,
    /// The camps share them by their weights.
    ByWeight,
}

/// What `run` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// The summary.
    Table,
    /// The long table as CSV.
    Csv,
    /// The long table as JSON.
    Json,
    /// The long table as Parquet.
    Parquet,
    /// A workbook: a sheet a topic, statistics side by side.
    Xlsx,
}

/// What `backtest` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum BacktestFormat {
    /// Tables for people, misses first.
    Table,
    /// The long table as CSV.
    Csv,
    /// The long table as JSON.
    Json,
    /// The long table as Parquet.
    Parquet,
    /// The page docs/backtests.md.
    Markdown,
}

/// What `claims` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ClaimsFormat {
    /// Text for people.
    Table,
    /// A claim a row.
    Csv,
    /// Everything as one object.
    Json,
    /// An object a line; for many documents one a batch, then the groups.
    Jsonl,
}

/// Formats of small lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// Aligned columns.
    Table,
    /// CSV.
    Csv,
    /// JSON.
    Json,
}

fn parse_date(text: &str) -> Result<Date, String> {
    text.parse()
        .map_err(|error: brandish_units::UnitsError| error.to_string())
}
