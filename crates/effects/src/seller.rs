//! The seller's account: what the sale costs him, and what happens to what he keeps.
//!
//! Every security he is taken to hold is repriced on the shifted curve; per bucket that gives the relative change of value
//! `v_i(t) = V_i(curve + y(t)) / V_i(curve) - 1`. With `q_i(t)` sold on day t and `h_i` held at the start, $bn at
//! market value of the as-of day:
//!
//! execution loss = - sum_t sum_i q_i(t) v_i(t)           (positive = received less than the as-of value)
//! mark on the rest at day T = sum_i (h_i - sum_(t<=T) q_i(t)) v_i(T)   (positive = gain)
//! result = mark - execution loss
//!
//! Carry and roll-down are left out on both sides: the account isolates what the sale does to prices. In yen (or any
//! own currency) dollars are valued at the rate of the day, so a weaker dollar adds a loss on everything that is
//! still held in dollars, proceeds included unless they were converted.

use brandish_habitat::{BUCKETS, ClearingPath};
use brandish_units::{Jpy, JpyPerUsd, Usd};

use crate::error::EffectsError;
use crate::valuation::BucketValuation;

/// What the account starts from.
#[derive(Debug, Clone, Copy)]
pub struct SellerPosition<'a> {
    /// Held at the start, $bn of market value by bucket.
    pub holdings_usd_bn: &'a [f64; BUCKETS],
    /// Sold per business day (from day 1) and bucket, $bn at as-of value.
    pub sales_by_day: &'a [[f64; BUCKETS]],
}

/// The account on one day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SellerAccount {
    /// Received less than the as-of value of what was sold so far; positive is a loss.
    pub execution_loss: Usd,
    /// As-of value of what was sold so far.
    pub sold: Usd,
    /// As-of value of what is still held.
    pub kept: Usd,
    /// Change in value of what is still held; positive is a gain.
    pub mark_to_market: Usd,
}

impl SellerAccount {
    /// Mark less execution loss; positive is a gain.
    #[must_use]
    pub fn result(&self) -> Usd {
        self.mark_to_market - self.execution_loss
    }

    /// Value today of everything the seller had at the start: what is kept at the changed prices and the dollars received.
    #[must_use]
    pub fn wealth(&self) -> Usd {
        self.kept + self.sold + self.result()
    }

    /// The result in yen: wealth at the changed rate less the opening value at the opening rate.
    ///
    /// `converted` dollars are left out: they were sold for yen on their own days, and `yen_received` is what they
    /// brought.
    #[must_use]
    pub fn result_in_jpy(
        &self,
        opening_rate: JpyPerUsd,
        closing_rate: JpyPerUsd,
        converted: Usd,
        yen_received: Jpy,
    ) -> Jpy {
        let opening = (self.kept + self.sold).to_jpy(opening_rate);
        let closing = (self.wealth() - converted).to_jpy(closing_rate);
        Jpy::from_bn(closing.bn() + yen_received.bn() - opening.bn())
    }
}

/// The accounts after the close of the given business days (1-based, ascending); the path must reach each of them.
/// Every day of the sale is repriced once, whatever the number of accounts.
///
/// # Errors
/// If the path does not reach a day, or the curve refuses a shift.
pub fn accounts(
    position: SellerPosition<'_>,
    path: &ClearingPath,
    valuation: &BucketValuation,
    days: &[u32],
) -> Result<Vec<SellerAccount>, EffectsError> {
    let mut sold = [0.0; BUCKETS];
    let mut loss = 0.0;
    let mut next = 1_usize;
    let mut result = Vec::with_capacity(days.len());
    for day in days {
        let day = *day as usize;
        let Some(state) = day.checked_sub(1).and_then(|index| path.days.get(index)) else {
            return Err(EffectsError::OutOfRange {
                name: "day of the account",
                value: day as f64,
                allowed: "a business day of the path, counted from 1",
            });
        };
        while next <= day {
            if let Some(quantities) = position.sales_by_day.get(next - 1)
                && quantities.iter().any(|quantity| *quantity != 0.0)
            {
                let change = valuation.relative_changes(&path.days[next - 1].yields_bp)?;
                for i in 0..BUCKETS {
                    sold[i] += quantities[i];
                    loss -= quantities[i] * change[i];
                }
            }
            next += 1;
        }
        let change = valuation.relative_changes(&state.yields_bp)?;
        let mut kept = 0.0;
        let mut mark = 0.0;
        for i in 0..BUCKETS {
            let rest = position.holdings_usd_bn[i] - sold[i];
            kept += rest;
            mark += rest * change[i];
        }
        result.push(SellerAccount {
            execution_loss: Usd::from_bn(loss),
            sold: Usd::from_bn(sold.iter().sum()),
            kept: Usd::from_bn(kept),
            mark_to_market: Usd::from_bn(mark),
        });
    }
    Ok(result)
}
