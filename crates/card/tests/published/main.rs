//! The standoff where it can be solved by hand, and numbers that others published.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot be set up has failed"
)]

mod closed_form;
mod facts;
mod support;
