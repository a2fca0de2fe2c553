//! Everything that prices of one day need.
//!
//! Curve: Treasury's par yields of the day, or one the caller gives. Securities: all that are outstanding at the day's close, with
//! terms checked once; what has been redeemed is known from the auctions. TIPS off a curve need a breakeven: the published
//! ten-year one, flat (an estimate, and the row says so). Only what had been published on the day is used.

use std::collections::BTreeMap;

use brandish_curve::{DiscountCurve, KeyRates};
use brandish_data::{OutstandingSecurity, Snapshot};
use brandish_treasury::Security;
use brandish_units::{Bp, Cusip, Date, Tenor, Years};

use super::{DayCurve, NamedCurve, codes};
use crate::ScenarioError;
use crate::baseline::PricingInputs;
use crate::terms;

/// A security of the day: its record and, where every term is known, the checked security.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub record: OutstandingSecurity,
    pub security: Result<Security, String>,
}

/// A day on which Treasuries can be priced.
#[derive(Debug, Clone)]
pub struct PricingDay {
    as_of: Date,
    pub(super) named: NamedCurve,
    pub(super) key_rates: KeyRates,
    pub(super) inputs: PricingInputs,
    /// Why there is no breakeven, if there is none.
    pub(super) no_breakeven: Option<String>,
    pub(super) securities: BTreeMap<Cusip, Known>,
    /// Issue and maturity of auctioned securities that are not outstanding.
    others: BTreeMap<Cusip, (Date, Date)>,
}

impl PricingDay {
    /// Puts the day together.
    ///
    /// # Errors
    /// A day outside the snapshot, or a curve that cannot be built.
    pub fn at(
        snapshot: &Snapshot,
        as_of: Date,
        curve: DayCurve<'_>,
    ) -> Result<PricingDay, ScenarioError> {
        let known = snapshot.known_on(as_of);
        let curve = NamedCurve::of_day(snapshot, as_of, curve)?;
        let breakeven = known
            .breakeven_10y(as_of)
            .map(|observed| observed.value)
            .or_else(|first| {
                let nominal = known.par_yields(as_of)?.get(Tenor::Y10);
                let real = known.real_yield_10y(as_of)?;
                nominal
                    .map(|nominal| Bp((nominal.decimal() - real.value.decimal()) * 1e4))
                    .ok_or(first)
            });
        let (breakeven, no_breakeven) = match breakeven {
            Ok(value) => (value, None),
            Err(error) => (Bp::ZERO, Some(error.to_string())),
        };
        let inputs = PricingInputs::on(&known, as_of, breakeven)?;
        let references = known.tips_references()?;
        let mut securities = BTreeMap::new();
        for record in known.securities_outstanding(as_of)?.securities {
            let security = terms::security(&record, &references).map_err(|error| error.to_string());
            securities.insert(record.cusip, Known { record, security });
        }
        let mut others = BTreeMap::new();
        for auction in snapshot.in_hindsight().auctions(Date::MIN, Date::MAX)? {
            if !securities.contains_key(&auction.cusip) {
                let entry = others
                    .entry(auction.cusip)
                    .or_insert((auction.issue_date, auction.maturity));
                entry.0 = entry.0.min(auction.issue_date);
            }
        }
        Ok(PricingDay {
            as_of,
            key_rates: KeyRates::new(&curve.par)?,
            named: curve,
            inputs,
            no_breakeven,
            securities,
            others,
        })
    }

    /// The day.
    #[must_use]
    pub fn as_of(&self) -> Date {
        self.as_of
    }

    /// Settlement of all prices: the next day on which market and Fedwire are open.
    #[must_use]
    pub fn settlement(&self) -> Date {
        self.inputs.settlement
    }

    /// The curve.
    #[must_use]
    pub fn curve(&self) -> &DiscountCurve {
        &self.named.curve
    }

    /// Whose curve it is.
    #[must_use]
    pub fn curve_name(&self) -> &str {
        &self.named.name
    }

    /// Where key rates sit, in order.
    #[must_use]
    pub fn key_rate_points(&self) -> &[Years] {
        self.key_rates.maturities()
    }

    /// The breakeven at which TIPS are priced off the nominal curve, or why there is none.
    ///
    /// # Errors
    /// The reason in words.
    pub fn breakeven(&self) -> Result<Bp, &str> {
        match &self.no_breakeven {
            None => Ok(self.inputs.breakeven),
            Some(reason) => Err(reason),
        }
    }

    /// The record of a security that is outstanding.
    #[must_use]
    pub fn find(&self, cusip: Cusip) -> Option<&OutstandingSecurity> {
        self.securities.get(&cusip).map(|known| &known.record)
    }

    /// Identifiers of all that is outstanding, in order.
    pub fn cusips(&self) -> impl Iterator<Item = Cusip> + '_ {
        self.securities.keys().copied()
    }

    /// Code and sentence for a security that is not outstanding.
    #[must_use]
    pub fn why_absent(&self, cusip: Cusip) -> (&'static str, String) {
        match self.others.get(&cusip) {
            Some((_, maturity)) if *maturity <= self.as_of => (
                codes::LIFE,
                format!("{cusip} matured on {maturity}; take it out, or price an earlier day"),
            ),
            Some((issue, _)) if *issue > self.as_of => (
                codes::LIFE,
                format!("{cusip} is issued on {issue} only, after {}", self.as_of),
            ),
            _ => (
                codes::UNKNOWN,
                format!(
                    "{cusip} is not among the Treasuries outstanding on {}",
                    self.as_of
                ),
            ),
        }
    }
}
