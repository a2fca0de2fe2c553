//! Section 8: the issuer's extra interest over twelve months, by period in which debt rolls over.
//!
//! The `sector` column of `interest_cost` holds the period's label (`months 1-3`), or `total`.

use serde::Serialize;

use super::context::Context;
use super::fiscal::{self, FiscalBill};
use super::parts::{Band, Figure};
use crate::facts::Key;
use crate::findings;

/// The taxpayer's bill.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Taxpayer {
    /// Its words.
    #[serde(flatten)]
    pub figure: Figure,
    /// Labels of the periods, in order.
    pub periods: Vec<String>,
    /// One panel per camp.
    pub panels: Vec<TaxpayerPanel>,
    /// The bill of ten fiscal years.
    pub fiscal: Option<FiscalBill>,
}

/// The bill in one camp, $bn.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TaxpayerPanel {
    /// The camp.
    pub letter: &'static str,
    /// A band per period.
    pub bands: Vec<Band>,
    /// All periods together.
    pub total: Band,
}

const MEASURE: &str = "interest_cost";
const TOTAL: &str = "total";

pub(crate) fn view(context: &Context<'_>) -> Taxpayer {
    let first = context.headline().next().map_or("", |camp| camp.letter);
    let mut periods: Vec<&str> = context
        .facts
        .sectors(MEASURE, first)
        .into_iter()
        .filter(|period| *period != TOTAL)
        .collect();
    periods.sort_by_key(|period| (first_number(period), *period));
    let usd = Key::in_unit("usd_bn");
    let panels = context
        .headline()
        .filter_map(|camp| {
            let band = |period: &str| {
                let key = usd.camp(camp.letter).sector(period);
                context
                    .facts
                    .on_any_day(MEASURE, key)?
                    .1
                    .band()
                    .map(Band::rounded)
            };
            let bands: Option<Vec<Band>> = periods.iter().map(|period| band(period)).collect();
            Some(TaxpayerPanel {
                letter: camp.letter,
                bands: bands?,
                total: band(TOTAL)?,
            })
        })
        .collect();
    let totals = context.in_headline(|facts, camp| {
        facts
            .on_any_day(MEASURE, usd.camp(camp).sector(TOTAL))
            .map(|(_, stats)| stats)
    });
    let title = findings::taxpayer::title(&totals.unwrap_or_default(), context.camps_in_words());
    let sub =
        "Extra interest in the first 12 months by period of rollover: median and 90% band, $bn"
            .to_owned();
    let note = "Debt that matures is rolled into the same term at the shifted curve.".to_owned();
    Taxpayer {
        figure: context.figure(title, sub, Some(note)),
        periods: periods.iter().map(|period| (*period).to_owned()).collect(),
        panels,
        fiscal: fiscal::view(context),
    }
}

/// The first number in a label, so that `months 10-12` follows `months 7-9`.
fn first_number(label: &str) -> u32 {
    let digits: String = label
        .chars()
        .skip_while(|letter| !letter.is_ascii_digit())
        .take_while(char::is_ascii_digit)
        .collect();
    digits.parse().unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_in_the_order_of_time() {
        let mut labels = ["months 10-12", "months 1-3", "months 7-9", "months 4-6"];
        labels.sort_by_key(|label| (first_number(label), *label));
        assert_eq!(
            labels,
            ["months 1-3", "months 4-6", "months 7-9", "months 10-12"]
        );
    }
}
