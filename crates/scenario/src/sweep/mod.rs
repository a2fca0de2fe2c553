//! Sweeps: one scenario in many versions, the same draws in each, and what each change does.
//!
//! A grid file (`grid`, `keys`) names a base scenario, axes with their values, and the outputs that are asked for. Every combination is a
//! cell: a scenario file of its own, checked like one (`cells`, `paths`). A cell is run lightly (`run`): only the outputs are read from each
//! path. Draw `i` of a camp has the same parameters in every cell (common random numbers), so differences between cells are taken draw by
//! draw (`differences`) and are known far better than each cell is.
//!
//! Invariants: a cell's numbers are those of `brandish run` on the cell's scenario with the same draws, bit for bit; they do not depend on
//! the other cells, on threads, or on whether the sweep was interrupted; all mistakes of all cells are reported at once.

mod cells;
mod differences;
mod grid;
mod keys;
mod paths;
mod reading;
mod run;
mod shipped;
mod spread;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

pub use cells::Cell;
pub use differences::{Contrast, Effect, Failure, SweepResults, results};
pub use grid::{Axis, AxisValue, Grid, GridFile, MOST_CELLS, MOST_VALUES};
pub use run::{CampValues, CampWeight, CellValues, PreparedSweep};
pub(crate) use run::{MarketParts, camp_work, market, market_parts};
pub use shipped::{SHIPPED_GRIDS, ShippedGrid};
pub use spread::{Spread, Stat};
