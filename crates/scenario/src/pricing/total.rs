//! Sums of priced rows: what a portfolio holds, is worth and risks.
//!
//! Face, market value, curve DV01, key rates and ten-year equivalents add up. DV01s to a security's own measure do not: a real yield, a
//! discount margin and a street yield are different things, so they have no total here. Rows are added in their order.

use brandish_units::{Dv01, FaceUsd, TenYearEquivalents, Usd};

use super::PricedRow;

/// Sums of rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Total {
    /// Par.
    pub face: FaceUsd,
    /// Worth.
    pub market_value: Usd,
    /// Loss when every par yield rises by one basis point.
    pub curve_dv01: Dv01,
    /// The same for each key rate.
    pub key_rates: Vec<Dv01>,
    /// Par amount of ten-year notes with the same loss.
    pub ten_year_equivalents: TenYearEquivalents,
}

/// Adds rows up.
#[must_use]
pub fn total(rows: &[PricedRow]) -> Total {
    let places = rows
        .iter()
        .map(|row| row.key_rates.len())
        .max()
        .unwrap_or(0);
    Total {
        face: rows.iter().map(|row| row.face).sum(),
        market_value: rows.iter().map(|row| row.market_value).sum(),
        curve_dv01: rows.iter().map(|row| row.curve_dv01).sum(),
        key_rates: (0..places)
            .map(|place| {
                rows.iter()
                    .filter_map(|row| row.key_rates.get(place).copied())
                    .sum()
            })
            .collect(),
        ten_year_equivalents: rows.iter().map(|row| row.ten_year_equivalents).sum(),
    }
}
