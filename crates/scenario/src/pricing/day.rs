//! Everything that prices of one day need.
//!
//! Curve: Treasury's par yields of the day, or one the caller gives. Securities: all that are outstanding at the day's close, with
//! terms checked once; what has been redeemed is known from the auctions. TIPS off a curve need a breakeven: the published
//! ten-year one, flat (an estimate, and the row says so). Only what had been published on the day is used.

use std::collections::BTreeMap;

use brandish_curve::{DiscountCurve, SvenssonParameters};
use brandish_data::{OutstandingSecurity, SecurityKind, Snapshot, TipsReference};
use brandish_treasury::{
    Bill, BillTerms, CouponTerms, Frn, FrnTerms, NominalCoupon, ReferenceCpi, Security, Tips,
    TipsTerms, TreasuryError,
};
use brandish_units::{Bp, Cusip, Date, ParYield, Tenor, Years};

use super::codes;
use crate::ScenarioError;
use crate::baseline::PricingInputs;

/// Where a curve comes from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum DayCurve<'a> {
    /// Treasury's par yields of the day.
    Treasury,
    /// The Federal Reserve's Svensson parameters of the day, where the snapshot has them.
    FederalReserve,
    /// The caller's file.
    File(&'a super::CurveFile),
}

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
    curve: DiscountCurve,
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
        let curve = match curve {
            DayCurve::Treasury => {
                let par = known.par_yields(as_of)?;
                let points: Vec<(Years, ParYield)> = par
                    .published()
                    .map(|(tenor, value)| (tenor.years(), value))
                    .collect();
                DiscountCurve::from_par_yields(as_of, &points)?
            }
            DayCurve::FederalReserve => {
                let gsw = known.gsw(as_of)?;
                let [beta0, beta1, beta2, beta3] = gsw.beta_pct.map(|beta| beta.0);
                let parameters = SvenssonParameters {
                    beta0_pct: beta0,
                    beta1_pct: beta1,
                    beta2_pct: beta2,
                    beta3_pct: beta3,
                    tau1_years: gsw.tau[0].years(),
                    tau2_years: gsw.tau[1].years(),
                };
                DiscountCurve::from_svensson(as_of, parameters)?
            }
            DayCurve::File(file) => file.curve(as_of)?,
        };
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
            let security = terms(&record, &references);
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
            curve,
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
        &self.curve
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

/// The checked security of a record, or which term is missing or wrong.
fn terms(
    record: &OutstandingSecurity,
    references: &BTreeMap<Cusip, TipsReference>,
) -> Result<Security, String> {
    let OutstandingSecurity {
        cusip,
        first_issue: issue,
        maturity,
        ..
    } = *record;
    let words = |error: TreasuryError| error.to_string();
    let coupons = |dated| -> Result<CouponTerms, String> {
        Ok(CouponTerms {
            cusip,
            coupon: record.coupon.ok_or("its coupon is not in the record")?,
            issue,
            dated,
            first_interest: None,
            maturity,
        })
    };
    Ok(match record.kind {
        SecurityKind::Bill => Security::Bill(
            Bill::new(BillTerms {
                cusip,
                issue,
                maturity,
            })
            .map_err(words)?,
        ),
        SecurityKind::Note => Security::Note(NominalCoupon::new(coupons(None)?).map_err(words)?),
        SecurityKind::Bond => Security::Bond(NominalCoupon::new(coupons(None)?).map_err(words)?),
        SecurityKind::Tips => {
            let reference = references
                .get(&cusip)
                .ok_or("its reference CPI is not in the record")?;
            let base = ReferenceCpi::from_level(reference.reference_cpi.0).map_err(words)?;
            Security::Tips(
                Tips::new(TipsTerms {
                    coupons: coupons(Some(reference.dated))?,
                    reference_cpi_on_dated_date: base,
                })
                .map_err(words)?,
            )
        }
        SecurityKind::Frn => {
            let spread = record.spread.ok_or("its spread is not in the record")?;
            let frn = FrnTerms {
                cusip,
                spread,
                issue,
                dated: None,
                maturity,
            };
            Security::Frn(Frn::new(frn).map_err(words)?)
        }
    })
}
