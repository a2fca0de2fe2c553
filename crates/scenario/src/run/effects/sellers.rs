//! The sellers' accounts along a path: execution loss, mark on what is kept, both together; in yen where it is their currency.

use std::sync::Arc;

use brandish_effects::seller::{SellerAccount, SellerPosition, accounts};
use brandish_effects::valuation::BucketValuation;
use brandish_habitat::{BUCKETS, ClearingPath};
use brandish_units::{Jpy, Usd};

use super::usdjpy::UsdJpyPlan;
use crate::bands::FactKey;
use crate::days::Days;
use crate::error::ScenarioError;

/// Sellers with their positions.
#[derive(Debug)]
pub struct SellerPlans {
    /// Revaluation of buckets on a shifted curve.
    pub valuation: BucketValuation,
    /// One plan per seller.
    pub plans: Vec<SellerPlan>,
}

/// One seller.
#[derive(Debug)]
pub struct SellerPlan {
    /// Name of the holder.
    pub name: Arc<str>,
    /// $bn of market value by bucket at the start.
    pub holdings_usd_bn: [f64; BUCKETS],
    /// Sold per business day and bucket.
    pub sales_by_day: Vec<[f64; BUCKETS]>,
    /// Whether the account is given in yen too: for Japan, and for defined holders whose currency it is.
    pub accounts_in_yen: bool,
}

impl SellerPlan {
    fn sold_on(&self, day: usize) -> f64 {
        self.sales_by_day
            .get(day)
            .map_or(0.0, |buckets| buckets.iter().sum())
    }
}

impl SellerPlans {
    /// Dollars that all sellers convert into yen, by business day.
    pub(super) fn converted_by_day(&self, days: usize, usdjpy: &UsdJpyPlan) -> Vec<f64> {
        (0..days)
            .map(|day| {
                let sold: f64 = self.plans.iter().map(|seller| seller.sold_on(day)).sum();
                sold.max(0.0) * usdjpy.converted
            })
            .collect()
    }

    pub(super) fn walk(
        &self,
        path: &ClearingPath,
        days: &Days,
        usdjpy: (&UsdJpyPlan, &[f64]),
        emit: &mut dyn FnMut(&dyn Fn() -> FactKey, f64),
    ) -> Result<(), ScenarioError> {
        let key_days = days.key();
        for seller in &self.plans {
            let position = SellerPosition {
                holdings_usd_bn: &seller.holdings_usd_bn,
                sales_by_day: &seller.sales_by_day,
            };
            let accounts = accounts(position, path, &self.valuation, &key_days)?;
            for (day, account) in key_days.iter().copied().zip(accounts) {
                seller.account(day, account, days, usdjpy, emit);
            }
        }
        Ok(())
    }
}

impl SellerPlan {
    fn account(
        &self,
        day: u32,
        account: SellerAccount,
        days: &Days,
        (usdjpy, change_pct): (&UsdJpyPlan, &[f64]),
        emit: &mut dyn FnMut(&dyn Fn() -> FactKey, f64),
    ) {
        let on = |measure, unit| {
            FactKey::new(measure, unit, "effects::seller")
                .on(day, days.date(day))
                .of(&self.name)
        };
        emit(
            &|| on("execution_loss", "usd_bn"),
            account.execution_loss.bn(),
        );
        emit(
            &|| on("mark_to_market", "usd_bn"),
            account.mark_to_market.bn(),
        );
        emit(&|| on("holder_pnl", "usd_bn"), account.result().bn());
        let Some(opening) = usdjpy.opening.filter(|_| self.accounts_in_yen) else {
            return;
        };
        let rate = |day: usize| opening.plus_percent(change_pct.get(day).copied().unwrap_or(0.0));
        let mut converted = 0.0;
        let mut yen = 0.0;
        for index in 0..day as usize {
            let dollars = self.sold_on(index).max(0.0) * usdjpy.converted;
            converted += dollars;
            yen += Usd::from_bn(dollars).to_jpy(rate(index)).bn();
        }
        let today = rate(day as usize - 1);
        let result =
            account.result_in_jpy(opening, today, Usd::from_bn(converted), Jpy::from_bn(yen));
        // The parts in yen are dollars at the day's rate; the whole also holds what the rate did to everything kept.
        for (measure, dollars) in [
            ("execution_loss", account.execution_loss),
            ("mark_to_market", account.mark_to_market),
        ] {
            emit(&|| on(measure, "jpy_bn"), dollars.to_jpy(today).bn());
        }
        emit(&|| on("holder_pnl", "jpy_bn"), result.bn());
    }
}
