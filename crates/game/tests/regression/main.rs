//! What must always hold: over random games, over random texts, and under changes that change nothing.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a broken rule is a failed test"
)]

#[path = "../published/fixtures.rs"]
mod fixtures;
#[path = "../published/standoff.rs"]
mod standoff;

mod bad_input;
mod branches;
mod invariances;
mod limits;
mod random_games;
mod texts;
mod traps;
