//! The account of a holder by security: every lot repriced with its own payments on the shifted curve.
//!
//! Formulas are those of [`crate::accounts`] with securities in the place of buckets; a holder's lots add up to his account there, where
//! the lots of each bucket are one basket. Days that are priced, and the mean price of the days between them, are the same.

use brandish_habitat::{BUCKETS, ClearingPath};
use brandish_units::Usd;

use crate::accounts::HolderAccount;
use crate::error::EffectsError;
use crate::valuation::{BasketValuation, Workspace};

/// One security of a holder.
#[derive(Debug, Clone, PartialEq)]
pub struct LotPosition {
    /// Its bucket, 0 to 10.
    pub bucket: usize,
    /// $bn of market value at the start.
    pub opening_usd_bn: f64,
    /// Per order of the holder, the part of what is traded in the bucket that falls on this security.
    pub shares: Vec<f64>,
    /// Interest that falls due by the close of each business day from day 0 on, per dollar of as-of value.
    pub interest_so_far: Vec<f64>,
}

/// All securities of a holder.
#[derive(Debug)]
pub struct LotPlan {
    /// Prices of the securities, in the order of `lots`.
    pub valuation: BasketValuation,
    /// The securities.
    pub lots: Vec<LotPosition>,
    /// The holder's orders: bought so far by business day (from day 1) and bucket, $bn at as-of value; negative is sold.
    pub orders: Vec<Vec<[f64; BUCKETS]>>,
}

/// The accounts of all lots on one day.
#[derive(Debug, Clone, PartialEq)]
pub struct LotsOfDay {
    /// Business day.
    pub day: u32,
    /// One account per lot, in the order given.
    pub accounts: Vec<HolderAccount>,
}

impl LotPlan {
    fn bought(&self, lot: &LotPosition, day: usize) -> f64 {
        let Some(index) = day.checked_sub(1) else {
            return 0.0;
        };
        let orders = self.orders.iter().zip(&lot.shares);
        orders
            .map(|(so_far, share)| {
                let now = so_far.get(index).or(so_far.last());
                now.map_or(0.0, |now| share * now[lot.bucket])
            })
            .sum()
    }

    /// Accounts on the given days; `priced` are the days that are priced, ascending, those days among them.
    ///
    /// # Errors
    /// If the path or the interest does not reach a day, or the curve refuses a shift.
    pub fn accounts(
        &self,
        path: &ClearingPath,
        priced: &[usize],
        days: &[u32],
    ) -> Result<Vec<LotsOfDay>, EffectsError> {
        let mut work = Workspace::default();
        let mut before = (0_usize, vec![0.0; self.lots.len()]);
        let mut books = vec![(0.0, 0.0); self.lots.len()];
        let mut result = Vec::with_capacity(days.len());
        for day in priced.iter().copied() {
            let state = day.checked_sub(1).and_then(|index| path.days.get(index));
            let reached = self.lots.iter().all(|lot| lot.interest_so_far.len() > day);
            let Some(state) = state.filter(|_| reached) else {
                return Err(EffectsError::OutOfRange {
                    name: "day of the account",
                    value: day as f64,
                    allowed: "a business day of the path and of the interest, counted from 1",
                });
            };
            let now = self
                .valuation
                .relative_changes(&state.yields_bp, &mut work)?;
            for (index, (lot, (execution, coupons))) in self.lots.iter().zip(&mut books).enumerate()
            {
                let price = if day == before.0 + 1 {
                    now[index]
                } else {
                    0.5 * (before.1[index] + now[index])
                };
                let held = self.bought(lot, before.0);
                *execution += (self.bought(lot, day) - held) * price;
                *coupons += (lot.opening_usd_bn + held)
                    * (lot.interest_so_far[day] - lot.interest_so_far[before.0]);
            }
            if days.contains(&(day as u32)) {
                let lots = self.lots.iter().zip(&books).zip(&now);
                let accounts = lots
                    .map(|((lot, (execution, coupons)), change)| {
                        let held = lot.opening_usd_bn + self.bought(lot, day);
                        HolderAccount {
                            opening_value: Usd::from_bn(lot.opening_usd_bn),
                            execution_loss: Usd::from_bn(*execution),
                            mark_to_market: Usd::from_bn(held * change),
                            closing_value: Usd::from_bn(held * (1.0 + change)),
                            proceeds: Usd::from_bn(lot.opening_usd_bn - held - execution),
                            coupons: Usd::from_bn(*coupons),
                        }
                    })
                    .collect();
                result.push(LotsOfDay {
                    day: day as u32,
                    accounts,
                });
            }
            before = (day, now);
        }
        Ok(result)
    }
}
