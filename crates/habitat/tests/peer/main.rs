//! Agreement with an independent numpy implementation of the same specification (`goldens/peer/engine`).
//!
//! Both programs solve the same equations on the same grid and stop Newton at a residual of 1e-10 bp, so yields may
//! differ by what a residual of that size moves (below 1e-8 bp on these paths) plus rounding of the 12 printed digits
//! (1e-10 of a few hundred bp). 1e-7 bp is ten times that and far below anything a market can show. Amounts are tens to
//! hundreds of $bn and react to yields with slopes of at most a few $bn per bp and day: 1e-6 $bn.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::needless_range_loop
)]

mod covariance;
mod golden;
mod responses;
mod scenarios;
mod threats;
