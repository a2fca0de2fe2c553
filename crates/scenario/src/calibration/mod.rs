//! Calibration by observables: camps fitted to studies, and every published response against every camp.
//!
//! `targets` reads the published responses and how each is put to the engine, `experiment` does it, `fit` turns observables into parameters,
//! `camps` fits the shipped camps anew (their files must say what comes out), `conflicts` finds the studies that no parameters reconcile,
//! `draws` shows what a camp's draws imply.
//! Nothing here reads an episode's observed change.

mod camps;
mod conflicts;
mod draws;
mod experiment;
mod fit;
mod targets;

pub use camps::{FittedCamp, fitted_camps};
pub use conflicts::{Conflicts, conflicts};
pub use draws::{ImpliedResponses, implied_responses};
pub use experiment::{Experiment, Read, Shape, Supply};
pub use fit::{FitError, parameters_for, risk_price_for_month_response};
pub use targets::{Observations, PastEconomy, Target};
