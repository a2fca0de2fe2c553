//! Published facts: when the Treasury market and the Reserve Banks were closed, and identifiers in use.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot read its own table has failed"
)]

mod calendar;
mod cusip;
