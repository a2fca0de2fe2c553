//! Portfolios that the user gives: the lots of a holder as they are priced, and whether they add up to what he is said to hold.
//!
//! A portfolio under `[holders]` makes the holder's account one by security; one under a sale says which securities are sold. Lots that
//! are not outstanding count nothing (BR015). Where the lots miss `holdings_usd_bn` by more than [`ADDS_UP`], or exceed what is outstanding of a
//! security, it is not known which of the two is wrong: the account is by maturity then, with bounds, and a warning says so (BR019).

use std::sync::Arc;

use brandish_data::SecurityKind;
use brandish_effects::valuation::BucketHolding;
use brandish_habitat::BUCKETS;
use brandish_units::Cusip;

use crate::baseline::{Baseline, PricedSecurity};
use crate::file::{DefinedHolder, HoldingMix, Lot, Portfolio};
use crate::outcome::Warning;
use crate::warnings;

/// Lots may miss the holdings that are declared by this part of them: prices differ by source and day.
const ADDS_UP: f64 = 0.01;
/// A face may exceed what is outstanding by this part: amounts of the snapshot are rounded to $mn.
const ROUNDED: f64 = 1.001;

/// Lots at the prices of the day.
#[derive(Debug, Clone)]
pub(super) struct PricedLots<'a> {
    /// Security and market value, $bn.
    pub(super) lots: Vec<(&'a PricedSecurity, f64)>,
    /// $bn by bucket.
    pub(super) by_bucket: [f64; BUCKETS],
}

impl<'a> PricedLots<'a> {
    /// Prices lots; those that are not outstanding are left out.
    pub(super) fn new(baseline: &'a Baseline, lots: &[Lot]) -> Self {
        let mut by_bucket = [0.0; BUCKETS];
        let mut priced = Vec::new();
        for lot in lots {
            if let Some(security) = find(baseline, lot.cusip) {
                let value = lot.face.market_value(security.dirty).bn();
                by_bucket[security.bucket] += value;
                priced.push((security, value));
            }
        }
        Self {
            lots: priced,
            by_bucket,
        }
    }

    /// All bills outstanding: what proceeds that are put into bills buy.
    pub(super) fn bills(baseline: &'a Baseline) -> Self {
        let all = baseline.securities.iter();
        let bills = all.filter(|security| security.record.kind == SecurityKind::Bill);
        let lots: Vec<_> = bills
            .map(|security| (security, security.market_value.bn()))
            .collect();
        let mut by_bucket = [0.0; BUCKETS];
        for (security, value) in &lots {
            by_bucket[security.bucket] += value;
        }
        Self { lots, by_bucket }
    }

    /// Everything, $bn.
    pub(super) fn total(&self) -> f64 {
        self.by_bucket.iter().sum()
    }

    /// The part of what is held in its bucket that falls on a security.
    pub(super) fn share(&self, cusip: Cusip) -> f64 {
        let lot = self.lots.iter().find(|(one, _)| one.record.cusip == cusip);
        lot.map_or(0.0, |(security, value)| {
            value / self.by_bucket[security.bucket]
        })
    }

    /// One basket per bucket with lots, and which bucket it is.
    pub(super) fn baskets(&self) -> Vec<(usize, Vec<BucketHolding>)> {
        (0..BUCKETS)
            .filter(|bucket| self.by_bucket[*bucket] > 0.0)
            .map(|bucket| {
                let inside = self.lots.iter().filter(|(one, _)| one.bucket == bucket);
                let holdings = inside.map(|(security, value)| BucketHolding {
                    bucket,
                    payments: security.payments.clone(),
                    weight: value / security.dirty.per_100(),
                });
                (bucket, holdings.collect())
            })
            .collect()
    }
}

fn find(baseline: &Baseline, cusip: Cusip) -> Option<&PricedSecurity> {
    let mut all = baseline.securities.iter();
    all.find(|security| security.record.cusip == cusip)
}

/// The portfolio of a defined holder.
pub(super) fn portfolio(holder: &DefinedHolder) -> Option<&Portfolio> {
    match &holder.mix {
        HoldingMix::Portfolio(portfolio) => Some(portfolio),
        _ => None,
    }
}

/// Why the account of a holder cannot be by security, if it cannot.
pub(super) fn does_not_add_up(
    name: &str,
    holder: &DefinedHolder,
    baseline: &Baseline,
) -> Option<Warning> {
    let portfolio = portfolio(holder)?;
    let too_much = portfolio.lots.iter().find_map(|lot| {
        let security = find(baseline, lot.cusip)?;
        let outstanding = security.record.par;
        (lot.face.bn() > outstanding.bn() * ROUNDED).then(|| {
            warnings::more_than_outstanding(
                &portfolio.path,
                name,
                lot.cusip,
                lot.face.bn(),
                outstanding.bn(),
            )
        })
    });
    if too_much.is_some() {
        return too_much;
    }
    let lots = PricedLots::new(baseline, &portfolio.lots).total();
    let declared = holder.holdings.bn();
    let apart = (lots - declared).abs() > ADDS_UP * declared;
    apart.then(|| {
        warnings::portfolio_does_not_add_up(&portfolio.path, name, lots, declared, baseline.as_of)
    })
}

/// Interest of a security that falls due by the close of each day from day 0 on, per dollar of as-of value.
pub(super) fn interest_so_far(
    security: &PricedSecurity,
    dates: &[brandish_units::Date],
) -> Vec<f64> {
    let mut so_far = vec![0.0; dates.len()];
    for payment in &security.interest {
        let first = dates.partition_point(|date| *date < payment.date);
        if let Some(day) = so_far.get_mut(first) {
            *day += payment.amount.per_100() / security.dirty.per_100();
        }
    }
    let mut sum = 0.0;
    for day in &mut so_far {
        sum += *day;
        *day = sum;
    }
    so_far
}

/// The same for baskets of securities with their market values, by basket.
pub(super) fn interest_of_basket<'a>(
    securities: impl Iterator<Item = (&'a PricedSecurity, f64)>,
    dates: &[brandish_units::Date],
) -> Vec<f64> {
    let mut sum = vec![0.0; dates.len()];
    let mut value = 0.0;
    for (security, held) in securities {
        value += held;
        for (sum, interest) in sum.iter_mut().zip(interest_so_far(security, dates)) {
            *sum += held * interest;
        }
    }
    if value > 0.0 {
        sum.iter_mut().for_each(|sum| *sum /= value);
    }
    sum
}

/// A CUSIP as the tables hold it.
pub(super) fn label(cusip: Cusip) -> Arc<str> {
    Arc::from(cusip.as_str())
}
