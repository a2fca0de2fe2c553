//! Answers that were published: statistical reference data, papers, textbook roots.

#![allow(
    clippy::unwrap_used,
    reason = "a solver that refuses a published problem has failed"
)]

mod distributions;
mod lines;
mod solvers;
