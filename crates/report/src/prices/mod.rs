//! Prices shown: sheets for programs, text for people.
//!
//! Three questions share this: one security ([`price_text`] with one row is a card), a portfolio or everything outstanding (a table, sums,
//! key rates), and lots by their terms. Every text names settlement, curve and the convention of each kind. What could not be
//! priced is a row with its reason.

mod lots;
mod sheets;
mod terminal;
#[cfg(test)]
mod tests;

pub use lots::{lots_sheets, lots_text};
pub use sheets::price_sheets;
pub use terminal::price_text;

use brandish_scenario::ScenarioError;
use brandish_scenario::pricing::PricedRow;
use brandish_units::{Cusip, Date, Years};

/// What was priced, and what all rows share.
#[derive(Debug)]
pub struct Priced<'a> {
    /// Day of the prices.
    pub as_of: Date,
    /// Settlement.
    pub settlement: Date,
    /// Whose curve.
    pub curve: &'a str,
    /// Where key rates sit.
    pub points: &'a [Years],
    /// Rows with a price.
    pub rows: &'a [PricedRow],
    /// Securities without one, and why.
    pub failures: &'a [(Cusip, ScenarioError)],
}

/// The measures a row can be quoted in: name of the column and the value there.
fn measures(row: &PricedRow) -> [(&'static str, Option<f64>); 5] {
    use brandish_scenario::pricing::Quotation;
    let mut found = [
        ("discount_rate_pct", None),
        ("investment_rate_pct", None),
        ("yield_pct", None),
        ("real_yield_pct", None),
        ("discount_margin_bp", None),
    ];
    match row.quotation {
        Quotation::Bill(discount, investment) => {
            found[0].1 = Some(discount.percent());
            found[1].1 = Some(investment.percent());
        }
        Quotation::Yield(street) => found[2].1 = Some(street.percent()),
        Quotation::Real(real) => found[3].1 = Some(real.percent()),
        Quotation::Margin(margin) => found[4].1 = Some(margin.decimal() * 1e4),
    }
    found
}
