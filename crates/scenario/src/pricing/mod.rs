//! What the Treasuries of a day, or a portfolio of them, are worth: the functions behind `brandish price` and `brandish curve`.
//!
//! [`PricingDay`] is everything a price needs on a day: the curve, the securities outstanding with their checked terms, settlement, CPI
//! and bill auctions. [`PricingDay::price`] prices one of them off the curve, at a yield or at a price; [`PricingDay::price_all`] all.
//! [`Holdings`] reads a holder's file and names every mistake by line; [`CurveFile`] reads a user's curve. Each row says by which
//! convention it was computed; what could not be priced is a row with its reason, never left out.

#[cfg(test)]
mod anything;
mod csv_text;
mod curve_file;
mod curves;
mod day;
mod holdings;
pub mod lots;
mod row;
pub mod study;
#[cfg(test)]
mod tests;
mod total;

pub use curve_file::{CurveFile, CurveKind, CurveShape};
pub use curves::{DayCurve, NamedCurve};
pub use day::PricingDay;
pub use holdings::{Holding, Holdings};
pub use row::{Given, PricedRow, Quotation};
pub use total::{Total, total};

/// Codes of diagnostics of holdings and curve files.
pub(crate) mod codes {
    /// A file that cannot be read as a table.
    pub const TABLE: &str = "BR201";
    /// A cell that is not what its column holds.
    pub const CELL: &str = "BR202";
    /// A security that nobody knows.
    pub const UNKNOWN: &str = "BR203";
    /// A security twice.
    pub const TWICE: &str = "BR204";
    /// A face amount that cannot be.
    pub const FACE: &str = "BR205";
    /// A security that has been redeemed, or not been issued.
    pub const LIFE: &str = "BR206";
}

/// Lines of a text with their bytes, ends and a byte-order mark taken off.
pub(crate) fn lines_with_spans(text: &str) -> impl Iterator<Item = (&str, std::ops::Range<usize>)> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        let mut from = start;
        start += line.len();
        let mut line = line.trim_end_matches(['\n', '\r']);
        if from == 0
            && let Some(rest) = line.strip_prefix('\u{feff}')
        {
            from = line.len() - rest.len();
            line = rest;
        }
        (line, from..from + line.len())
    })
}

/// Cells of a line, spaces and double quotes taken off.
pub(crate) fn cells(line: &str) -> Vec<&str> {
    line.split(',')
        .map(|cell| cell.trim().trim_matches('"').trim())
        .collect()
}
