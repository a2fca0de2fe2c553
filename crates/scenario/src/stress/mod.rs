//! A run for risk systems: shocks of zero rates on one day, and quarterly averages of yields.
//!
//! Both are read from the long table of a run, so they say what the run said: levels and changes are par yields there. Risk engines shift
//! zero rates (`zero_shifts`); supervisory scenarios list quarterly averages (`quarters`). Each is made per camp and per statistic. A
//! quantile is taken tenor by tenor and day by day, as in the table: the `p95` curve is not one draw's curve.

mod quarters;
mod table;
#[cfg(test)]
mod tests;
mod zero_shifts;

pub use quarters::{QUARTER_TENORS, Quarter, QuarterPath, quarter_paths};
pub use zero_shifts::{SHIFT_TENORS, ZeroShock, zero_shocks};
