//! The snapshot against figures in documents: releases as quoted on the day, published totals, statements.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may fail loudly

mod curves;
mod holders;
mod securities;
mod tracker;

use brandish_data::Snapshot;
use brandish_units::Date;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn snapshot() -> Snapshot {
    Snapshot::embedded()
}
