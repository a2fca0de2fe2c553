//! The `brandish` command from outside: what it prints, writes, refuses and how it ends.
//!
//! Every test starts the built binary in a scratch folder of its own. The scenario is small (one camp, 21 business days), so
//! that a run takes a fraction of a second; one test runs the shipped default. Exit codes: 0 ok, 1 error, 2 usage, 3 a check
//! failed, 130 interrupted. Nothing here looks at the size of a number: that is tested in the crates that compute it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may fail loudly

mod asked;
mod backtests;
mod bad_input;
mod cards;
mod claims;
#[cfg(unix)]
mod disk;
mod games;
mod holders;
#[cfg(unix)]
mod interrupt;
mod markets;
mod nouns;
mod portfolio;
mod prices;
mod runs;
mod snapshots;
mod studies;
mod support;
#[cfg(unix)]
mod sweeps;
mod verify;
mod ways;
