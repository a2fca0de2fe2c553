//! Curves fitted to prices of securities.
//!
//! [`FitQuotes`] holds bills, notes and bonds with their prices; [`fit_svensson`] and [`fit_spline`] find the curve that prices
//! them best. What is made small is the sum of squared price errors, each divided by price times modified duration: very
//! nearly the squared error in yield, so that a bill counts as much as a bond (weights 1/duration, as in Gurkaynak, Sack and
//! Wright, FEDS 2006-28, section 3). [`FitQuotes::residuals`] lists the error of every security against any curve in
//! basis points of its own yield, [`errors_by_band`] their size by maturity: a known measure of how hard the market is
//! to arbitrage (Hu, Pan and Wang, "Noise as Information for Illiquidity", Journal of Finance 68, 2013).

mod quotes;
mod residuals;
mod spline;
mod svensson;
#[cfg(test)]
mod tests;

pub use quotes::{FitQuotes, QuotedSecurity};
pub use residuals::{BAND_EDGES, BandError, SecurityResidual, errors_by_band};
pub use spline::{SplineFit, fit_spline};
pub use svensson::{SvenssonFit, fit_svensson};
