//! Sweeps on disk and on a screen: a folder that survives a kill, tables for programs, matrices and effects for people.
//!
//! ```text
//! DIR/manifest.json      the grid, the data and the version it was computed with
//! DIR/cells/<key>.csv    one finished cell each: every output of every draw, with a checksum (`cell_file`)
//! DIR/tables/            cells, values, differences, effects as CSV and Parquet; sweep.json and sweep.xlsx with all four
//! DIR/.lock              held while a process is at work (`lock`)
//! DIR/summary.txt        what the terminal shows; report.html: the same for every camp, one offline page
//! ```
//!
//! A cell file is named by the hash of everything that determines its numbers; it is written beside its place, flushed and renamed, so that
//! it is whole or not there at any moment (`store`). Nothing in the folder holds a clock: the same sweep gives the same bytes, in one go or
//! after any number of interruptions.

mod cell_file;
mod lock;
mod page;
mod sheets;
mod shown;
mod store;
#[cfg(test)]
mod tests;
mod text;

pub use cell_file::{CellProblem, read_cell, write_cell};
pub use page::sweep_html;
pub use sheets::sweep_sheets;
pub use store::{FoundCell, SWEEP_SCHEMA, SweepFolder, SweepManifest};
pub use text::{MatrixChoice, sweep_text};

use brandish_scenario::outputs::Output;
use brandish_scenario::sweep::{Grid, SweepResults};

/// A sweep with what it found.
#[derive(Debug, Clone, Copy)]
pub struct SweepView<'a> {
    /// The grid.
    pub grid: &'a Grid,
    /// The outputs, each a fact of every cell.
    pub outputs: &'a [Output],
    /// What was found.
    pub results: &'a SweepResults,
    /// Key of every cell.
    pub keys: &'a [String],
}
