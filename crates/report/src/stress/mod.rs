//! A run in the formats of other programs: ORE's stress file, and the columns of the supervisory scenarios.
//!
//! The numbers come from `scenario::stress`; this module only writes them. What a run does not compute is `n/a` with a reason in
//! words, never a number.

mod dfast;
mod ore;
#[cfg(test)]
mod tests;

pub use dfast::{DFAST_COLUMNS, dfast_csv, dfast_notes};
pub use ore::{OreCurves, ore_stress_xml};
