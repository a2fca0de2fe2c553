//! What Treasury itself computed: the regulation's worked examples and the auction results.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that cannot read its own table has failed; counts are shown with --nocapture"
)]

mod auctions;
mod cfr356;
mod reference_cpi;
mod table;
