//! From a scenario file to its outcome: the only place where data meet the engine.
//!
//! A scenario file is read (`file`) and checked with all its mistakes at once (`diagnostic`); the market of the day
//! is put together from the snapshot (`baseline`); parameters are drawn (`parameters`); the engine clears every
//! draw and effects are read off each path (`run`); the result is one long table (`table`) with everything a reader
//! needs to judge it (`outcome`). Camps are fitted to published studies (`calibration`), and what the engine says of real episodes is
//! scored by rules declared beforehand (`backtest`).
//!
//! Invariants: equal arguments give equal outcomes, bit for bit, at any number of threads; nothing published after the
//! as-of date reaches the engine, in runs and in backtests; absorbers sum to what is sold; holders sum to what is outstanding; a draw that
//! fails is counted and shown.

pub mod backtest;
pub mod baseline;
pub mod branches;
pub mod calibration;
pub mod diagnostic;
pub mod file;
pub mod happened;
pub mod markets;
pub mod outcome;
pub mod outputs;
pub mod parameters;
pub mod pricing;
pub mod sensitivity;
pub mod stress;
pub mod sweep;
pub mod taxpayer;
pub mod ways;

mod bands;
mod days;
mod error;
mod expected;
mod facts;
mod mix;
mod orders;
mod run;
mod settings;
mod table;
mod tenors;
mod terms;
mod warnings;

pub use baseline::{Baseline, first_day, holder_names, last_day, why_not};
pub use days::Days;
pub use error::ScenarioError;
pub use expected::{EXPECTED_HEADER, expected_lines};
pub use facts::{FEDERAL_RESERVE, SPECIALISTS};
pub use outcome::{MOST_FAILED_SHARE, Outcome};
pub use run::{Control, Progress, run};
pub use settings::Settings;
pub use table::{LongTable, Row};
