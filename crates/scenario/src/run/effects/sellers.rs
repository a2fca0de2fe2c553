//! The sellers' accounts: in dollars as all holders' ([`super::accounts`]), and in yen where that is their currency.
//!
//! In yen, dollars are taken at the rate of the day and converted proceeds at that of their own day.

use std::sync::Arc;

use brandish_effects::accounts::{AccountsOfDay, HolderAccount};
use brandish_effects::seller::SellerAccount;
use brandish_habitat::BUCKETS;
use brandish_units::{Jpy, JpyPerUsd, Usd};

use super::accounts::{ACCOUNTS, AccountPlans, SELLER};
use super::usdjpy::UsdJpyPlan;
use crate::bands::FactKey;
use crate::days::Days;

/// Sellers, in the order of the scenario; then other named holders whose currency is the yen.
#[derive(Debug)]
pub struct SellerPlans {
    /// One plan per seller.
    pub plans: Vec<SellerPlan>,
}

/// One seller.
#[derive(Debug)]
pub struct SellerPlan {
    /// Name of the holder.
    pub name: Arc<str>,
    /// Its place among the holders with accounts.
    pub account: usize,
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
        (plans, accounts): (&AccountPlans, &[AccountsOfDay]),
        days: &Days,
        usdjpy: (&UsdJpyPlan, &[f64]),
        emit: &mut dyn FnMut(&dyn Fn() -> FactKey, f64),
    ) {
        for seller in &self.plans {
            for of_day in accounts {
                // who does not sell has his dollars among the others
                let sells = plans
                    .holders
                    .get(seller.account)
                    .is_some_and(|one| one.is_seller);
                if sells {
                    plans.account(seller.account, of_day, days, emit);
                }
                let account = of_day.accounts.get(seller.account);
                if let Some(account) = account.filter(|_| seller.accounts_in_yen) {
                    let about = (if sells { SELLER } else { ACCOUNTS }, days);
                    seller.in_yen(of_day.day, account, about, usdjpy, emit);
                }
            }
        }
    }
}

impl SellerPlan {
    fn in_yen(
        &self,
        day: u32,
        account: &HolderAccount,
        (source, days): (&'static str, &Days),
        (usdjpy, change_pct): (&UsdJpyPlan, &[f64]),
        emit: &mut dyn FnMut(&dyn Fn() -> FactKey, f64),
    ) {
        let Some(opening) = usdjpy.opening else {
            return;
        };
        let on = |measure, unit| {
            FactKey::new(measure, unit, source)
                .on(day, days.date(day))
                .of(&self.name)
        };
        let rate = |day: usize| opening.plus_percent(change_pct.get(day).copied().unwrap_or(0.0));
        let mut converted = 0.0;
        let mut yen = 0.0;
        for index in 0..day as usize {
            let dollars = self.sold_on(index).max(0.0) * usdjpy.converted;
            converted += dollars;
            yen += Usd::from_bn(dollars).to_jpy(rate(index)).bn();
        }
        let today: JpyPerUsd = rate(day as usize - 1);
        let kept = account.closing_value - account.mark_to_market;
        let whole = SellerAccount {
            execution_loss: account.execution_loss,
            sold: account.opening_value - kept,
            kept,
            mark_to_market: account.mark_to_market,
        };
        let result =
            whole.result_in_jpy(opening, today, Usd::from_bn(converted), Jpy::from_bn(yen));
        // The parts in yen are dollars at the day's rate; the whole also holds what the rate did to everything kept.
        for (measure, dollars) in [
            ("execution_loss", account.execution_loss),
            ("mark_to_market", account.mark_to_market),
            ("closing_value", account.closing_value),
            ("coupons", account.coupons),
        ] {
            emit(&|| on(measure, "jpy_bn"), dollars.to_jpy(today).bn());
        }
        emit(&|| on("holder_pnl", "jpy_bn"), result.bn());
    }
}
