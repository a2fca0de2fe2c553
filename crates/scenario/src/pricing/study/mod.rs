//! A curve looked at: its points, another day beside it, and fits to prices with their residuals.
//!
//! What `brandish curve` prints. [`curve_points`] reads par, zero, forward and discount off any [`NamedCurve`]; [`compare`] sets two beside
//! each other; [`QuotesFile`] reads a user's prices (or [`buyback_quotes`] takes Treasury's own transactions of the day) and
//! [`fit`] fits a Svensson curve and a smoothing spline to them, with the error of every security against each curve. Points
//! outside the maturities a curve rests on are marked: they are extrapolated.

mod comparison;
mod fits;
mod points;
mod quotes_file;
#[cfg(test)]
mod tests;

pub use comparison::{Comparison, PointChange, Spread, compare};
pub use fits::{CurveFits, FitError, FitResidual, FittedCurve, Parameters, fit};
pub use points::{CurvePoint, PointGrid, curve_points};
pub use quotes_file::{DayQuotes, Outstanding, QuotesFile, buyback_quotes};

use super::NamedCurve;
