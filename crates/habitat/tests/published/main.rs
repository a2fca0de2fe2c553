//! Published values that models of this crate must give: figures printed in papers.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

mod purchases;
mod vayanos_vila;
