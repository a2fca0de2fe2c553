//! A curve shown: points, changes, residuals, bands and parameters, as sheets and as text.
//!
//! The day's curve and the fits stand in one table of points, told apart by the column `curve`. A residual is observed less model yield: positive
//! is cheap. Text leads with the points, then what changed, then how well the fits do by maturity band, then every security.

mod sheets;
mod terminal;
#[cfg(test)]
mod tests;

pub use sheets::curve_sheets;
pub use terminal::curve_text;

use brandish_scenario::pricing::NamedCurve;
use brandish_scenario::pricing::study::{Comparison, CurveFits, CurvePoint};

/// What was asked of a curve.
#[derive(Debug, Clone, Copy)]
pub struct CurveView<'a> {
    /// The curve of the day.
    pub curve: &'a NamedCurve,
    /// Its points, and those of fits: label and points.
    pub points: &'a [(&'static str, Vec<CurvePoint>)],
    /// Another day beside it.
    pub comparison: Option<&'a Comparison>,
    /// Fits to prices.
    pub fits: Option<&'a CurveFits>,
}
