//! Effects of one path, as facts: the sellers' accounts, the issuer's extra interest, USDJPY.
//!
//! Named sellers only have accounts; sectors come with the holder accounts. Everything follows the path that is
//! given: prices by bucket on the shifted curve, interest through what matures, the rate through what is converted.

use std::sync::Arc;

use brandish_effects::issuer::{QUARTERS, RolloverSchedule};
use brandish_effects::seller::{SellerAccount, SellerPosition, accounts};
use brandish_effects::usdjpy::{UsdJpyResponse, change_pct_by_day};
use brandish_effects::valuation::BucketValuation;
use brandish_habitat::{BUCKETS, ClearingPath};
use brandish_units::{Jpy, JpyPerUsd, Usd};

use crate::bands::FactKey;
use crate::days::Days;
use crate::error::ScenarioError;

/// What effects need beside the path.
#[derive(Debug)]
pub struct EffectPlan {
    /// Revaluation of buckets on a shifted curve.
    pub valuation: BucketValuation,
    /// Sellers with their positions.
    pub sellers: Vec<SellerPlan>,
    /// The issuer's year.
    pub rollover: RolloverSchedule,
    /// Labels of the quarters of that year.
    pub periods: [Arc<str>; QUARTERS],
    /// Label of the year.
    pub year: Arc<str>,
    /// Rate of the as-of day, if the snapshot has one.
    pub usdjpy: Option<JpyPerUsd>,
    /// Share of each day's proceeds that is sold for yen.
    pub converted_to_yen: f64,
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

impl EffectPlan {
    /// Walks over the effects of a path.
    ///
    /// # Errors
    /// If the response of USDJPY is out of range.
    pub fn walk(
        &self,
        path: &ClearingPath,
        days: &Days,
        response: UsdJpyResponse,
        emit: &mut dyn FnMut(&dyn Fn() -> FactKey, f64),
    ) -> Result<(), ScenarioError> {
        let usdjpy = self.usdjpy_path(path, response)?;
        for seller in &self.sellers {
            self.seller(seller, path, days, &usdjpy, emit)?;
        }
        let interest = self.rollover.extra_interest(path);
        for (label, value) in self.periods.iter().zip(interest.by_quarter_usd_bn) {
            emit(
                &|| FactKey::new("interest_cost", "usd_bn", "effects::issuer").of(label),
                value,
            );
        }
        emit(
            &|| FactKey::new("interest_cost", "usd_bn", "effects::issuer").of(&self.year),
            interest.total().bn(),
        );
        if self.usdjpy.is_some() {
            for day in days.chart().iter().filter(|day| **day > 0) {
                let change = usdjpy.get(*day as usize - 1).copied().unwrap_or(f64::NAN);
                emit(
                    &|| {
                        FactKey::new("usdjpy_change", "pct", "effects::usdjpy")
                            .on(*day, days.date(*day))
                    },
                    change,
                );
            }
        }
        Ok(())
    }

    /// Percent change of USDJPY by business day from the dollars that all sellers convert.
    fn usdjpy_path(
        &self,
        path: &ClearingPath,
        response: UsdJpyResponse,
    ) -> Result<Vec<f64>, ScenarioError> {
        let converted: Vec<f64> = (0..path.days.len())
            .map(|day| {
                let sold: f64 = self.sellers.iter().map(|seller| seller.sold_on(day)).sum();
                sold.max(0.0) * self.converted_to_yen
            })
            .collect();
        Ok(change_pct_by_day(&converted, response)?)
    }

    fn seller(
        &self,
        seller: &SellerPlan,
        path: &ClearingPath,
        days: &Days,
        usdjpy: &[f64],
        emit: &mut dyn FnMut(&dyn Fn() -> FactKey, f64),
    ) -> Result<(), ScenarioError> {
        let position = SellerPosition {
            holdings_usd_bn: &seller.holdings_usd_bn,
            sales_by_day: &seller.sales_by_day,
        };
        let key_days = days.key();
        for (day, account) in
            key_days
                .iter()
                .copied()
                .zip(accounts(position, path, &self.valuation, &key_days)?)
        {
            self.account(seller, day, account, days, usdjpy, emit);
        }
        Ok(())
    }

    fn account(
        &self,
        seller: &SellerPlan,
        day: u32,
        account: SellerAccount,
        days: &Days,
        usdjpy: &[f64],
        emit: &mut dyn FnMut(&dyn Fn() -> FactKey, f64),
    ) {
        let on = |measure, unit| {
            FactKey::new(measure, unit, "effects::seller")
                .on(day, days.date(day))
                .of(&seller.name)
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
        if let Some(opening) = self.usdjpy.filter(|_| seller.accounts_in_yen) {
            let rate = |day: usize| opening.plus_percent(usdjpy.get(day).copied().unwrap_or(0.0));
            let mut converted = 0.0;
            let mut yen = 0.0;
            for index in 0..day as usize {
                let dollars = seller.sold_on(index).max(0.0) * self.converted_to_yen;
                converted += dollars;
                yen += Usd::from_bn(dollars).to_jpy(rate(index)).bn();
            }
            let result = account.result_in_jpy(
                opening,
                rate(day as usize - 1),
                Usd::from_bn(converted),
                Jpy::from_bn(yen),
            );
            // The parts in yen are dollars at the day's rate; the whole also holds what the rate did to everything kept.
            let today = rate(day as usize - 1);
            for (measure, dollars) in [
                ("execution_loss", account.execution_loss),
                ("mark_to_market", account.mark_to_market),
            ] {
                emit(&|| on(measure, "jpy_bn"), dollars.to_jpy(today).bn());
            }
            emit(&|| on("holder_pnl", "jpy_bn"), result.bn());
        }
    }
}
