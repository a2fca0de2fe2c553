//! What must hold in every run: sums, exact zeros, the same bits at any number of threads.

#![allow(clippy::unwrap_used, clippy::panic)] // a test that cannot go on should say where

mod adds_up;
mod backtests;
mod departures;
mod markets;
mod own_camp;
mod same_bits;
mod support;
mod taxpayer;
mod ways;
