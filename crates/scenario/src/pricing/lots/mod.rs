//! Lots given by their terms: one auction (or any sale) a line, priced from its rate.
//!
//! [`LotsFile`] reads the file and names every mistake by line; [`LotRecord`] is what the snapshot knows beside the terms
//! (reference CPI, spreads of FRNs, 13-week bill auctions); [`price_lots`] prices each line under one of two conventions. A line
//! that cannot be priced keeps its place and says why. Settlement is the issue date.

mod file;
mod price;
mod record;
#[cfg(test)]
mod tests;

pub use file::{Lot, LotKind, LotsFile};
pub use price::{Convention, LotPrice, PricedLot, price_lots};
pub use record::LotRecord;
