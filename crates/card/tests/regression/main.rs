//! What must always hold, over grids and over the shipped scenario.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a broken rule is a failed test"
)]

#[path = "../published/support.rs"]
mod support;

mod beliefs;
mod circles;
mod properties;
mod richer;
mod whole;
