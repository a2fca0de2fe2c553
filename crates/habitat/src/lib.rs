//! The clearing engine: who buys what is sold, day by day, and at which yields.
//!
//! Somebody sells Treasuries, or says so. Intermediaries must hold what slow investors do not take yet; they ask a
//! premium that grows with the risk they carry and with how full their balance sheets are. Slow sectors reallocate
//! toward cheaper bonds at their own speeds. Prices look forward: today's yield is the present value of all premia that
//! the market expects, so a believed announcement moves yields before a bond is sold and fades if nothing follows.
//! Announcement, execution, absorption and the long run are one equilibrium.
//!
//! One pure function does it: [`clear`] takes a [`Market`] (risk and sectors), [`Parameters`] (one draw) and an
//! [`OrderFlow`] (exogenous sales, words, given Fed purchases) and returns a [`ClearingPath`]. [`Solver`] does the same
//! for several flows of one draw without repeating its preparation. No file, clock, thread or random number is used.
//!
//! Units: yields bp (deviation from the baseline, + is up), amounts $bn of market value, days business days (252 a
//! year, day 1 the first after the as-of close), durations years. Bucket vectors are plain arrays of eleven numbers in
//! the unit that their name ends with.
//!
//! Invariants, each with a test: no flow moves nothing, exactly; every bucket balances every day (1e-9); without
//! capacity effects the market is linear; a larger sale has a larger peak; an announced sale peaks no higher than a
//! silent one; the last node is the closed-form long run; other starting points find the same path.
//!
//! Not in the engine, to be said with its numbers: policy rates, inflation and safe-haven flows, the Treasury's own
//! supply response, pressure within a day or around an auction. Beliefs are inputs. They are certainty-equivalent
//! expected paths, and a bluffer who trades on his bluff can gain.

// Loops over buckets and nodes carry the index of the equations, which several arrays share.
#![allow(clippy::needless_range_loop)]

mod beliefs;
mod buckets;
mod clearing;
mod dense;
mod economy;
mod error;
mod expectation;
mod flow;
mod grid;
mod guess;
mod impulse;
mod long_run;
mod market;
mod newton;
mod parameters;
mod path;
mod premium;
mod recursion;
mod sigma;
#[cfg(test)]
mod solve_tests;
pub mod vayanos_vila;

pub use buckets::{
    BUCKET_LABELS, BUCKETS, BucketVector, DAYS_PER_YEAR, EDGES, SECTORS, TAU, TEN_YEAR_BUCKET,
    between_centers, durations_years, par_modified_duration_years, reference_mix,
    ten_year_equivalents,
};
pub use clearing::{Solver, clear};
pub use error::ClearingError;
pub use flow::{
    FedPurchases, Known, MAXIMUM_DAYS, MAXIMUM_ORDERS, Order, OrderFlow, Threat, ThreatKind,
};
pub use long_run::{
    MonthResponse, execution_loss_first_order, implied_sharpe, long_run, long_run_response,
    month_response, slope_for_long_run_response,
};
pub use market::{Market, SECTOR_NAMES, SlowSector, SlowSectors, Standing, Switching};
pub use parameters::{Extrapolation, FedRule, ForcedSellers, Nodes, Parameters, Repricing, Steps};
pub use path::{ClearingDay, ClearingPath, SolverStatistics};
pub use sigma::Sigma;
