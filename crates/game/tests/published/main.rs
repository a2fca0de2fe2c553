//! Games whose solutions are known by hand or from the literature.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a solver that refuses a solved game has failed"
)]

mod fixtures;
mod standoff;

mod classics;
mod closed_forms;
mod strategic;
