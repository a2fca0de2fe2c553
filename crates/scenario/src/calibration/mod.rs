//! Calibration by observables: camps fitted to studies, and every published response against every camp.
//!
//! `fit` turns observables into parameters. Nothing here reads an episode's observed change.

mod fit;

pub use fit::{FitError, parameters_for, risk_price_for_month_response};
