//! Securities with prices, arranged for fitting.
//!
//! Checked here: kinds with fixed nominal payments only, finite positive prices, settlement within the life of each. Yield and modified
//! duration are those of the security's own convention (street; investment rate for bills).

use brandish_treasury::{Security, YieldRisk};
use brandish_units::{BondYield, CleanPrice, Cusip, Date, DirtyPrice, InvestmentRate, Years};

use crate::discount_curve::time_between;
use crate::{CurveError, RepricingGrid};

/// A security and what it trades at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct QuotedSecurity {
    /// A bill, note or bond.
    pub security: Security,
    /// Price without accrued interest.
    pub clean: CleanPrice,
}

/// A quote with what fitting needs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Quote {
    pub security: Security,
    pub years: Years,
    pub dirty: f64,
    pub bond_yield: BondYield,
    /// 1 / (price x modified duration): turns a price error into a yield error, decimal.
    pub weight: f64,
    /// Macaulay duration of a coupon security, maturity of a bill: where its yield is nearest to a zero rate.
    pub center_years: f64,
}

/// Quotes of one day for one settlement.
#[derive(Clone, Debug, PartialEq)]
pub struct FitQuotes {
    as_of: Date,
    settlement: Date,
    grid: RepricingGrid,
    /// Settlement first, then the grid's dates.
    times: Vec<f64>,
    quotes: Vec<Quote>,
}

impl FitQuotes {
    /// Checks the quotes; the curve's date is `as_of`, the day of the trades.
    pub fn new(
        as_of: Date,
        settlement: Date,
        quoted: &[QuotedSecurity],
    ) -> Result<FitQuotes, CurveError> {
        let (mut quotes, mut flows) = (
            Vec::with_capacity(quoted.len()),
            Vec::with_capacity(quoted.len()),
        );
        for quoted in quoted {
            let security = quoted.security;
            if let Security::Tips(_) | Security::Frn(_) = security {
                return Err(CurveError::NotFittable {
                    cusip: security.cusip(),
                    kind: security.kind(),
                });
            }
            flows.push(security.fixed_cash_flows(settlement)?);
            let accrued = match &security {
                Security::Note(coupon) | Security::Bond(coupon) => {
                    coupon.stream().accrued(settlement)?.per_100()
                }
                _ => 0.0,
            };
            let dirty = quoted.clean.per_100() + accrued;
            let bond_yield = yield_of(&security, DirtyPrice::from_per_100(dirty), settlement)?;
            let risk = risk_of(&security, bond_yield, settlement)?;
            let duration = risk.modified_duration.years();
            quotes.push(Quote {
                security,
                years: time_between(settlement, security.maturity())?,
                dirty,
                bond_yield,
                weight: 1.0 / (dirty * duration),
                center_years: duration * (1.0 + bond_yield.decimal() / 2.0),
            });
        }
        let grid = RepricingGrid::new(settlement, &flows)?;
        let times = grid.times_from(as_of)?.iter().map(|t| t.years()).collect();
        Ok(FitQuotes {
            as_of,
            settlement,
            grid,
            times,
            quotes,
        })
    }

    /// Day of the trades: the curve's time zero.
    pub fn as_of(&self) -> Date {
        self.as_of
    }

    /// Settlement of all of them.
    pub fn settlement(&self) -> Date {
        self.settlement
    }

    /// Number of securities.
    pub fn len(&self) -> usize {
        self.quotes.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.quotes.is_empty()
    }

    pub(super) fn grid(&self) -> &RepricingGrid {
        &self.grid
    }

    pub(super) fn times(&self) -> &[f64] {
        &self.times
    }

    pub(super) fn quotes(&self) -> &[Quote] {
        &self.quotes
    }

    /// An error unless there are at least this many quotes.
    pub(super) fn at_least(&self, needed: usize) -> Result<(), CurveError> {
        if self.quotes.len() >= needed {
            Ok(())
        } else {
            Err(CurveError::TooFewQuotes {
                as_of: self.as_of,
                given: self.quotes.len(),
                needed,
            })
        }
    }
}

/// Bond-equivalent yield of a price: street yield, or the investment rate of a bill.
pub(super) fn yield_of(
    security: &Security,
    dirty: DirtyPrice,
    settlement: Date,
) -> Result<BondYield, CurveError> {
    Ok(match security {
        Security::Bill(bill) => {
            let price = CleanPrice::from_per_100(dirty.per_100());
            let rate = bill.investment_rate_from_price(price, settlement)?;
            BondYield::from_decimal(rate.decimal())
        }
        Security::Note(coupon) | Security::Bond(coupon) => {
            coupon.street_yield_from_dirty_price(dirty, settlement)?
        }
        Security::Tips(_) | Security::Frn(_) => return Err(not_fittable(security)),
    })
}

fn risk_of(
    security: &Security,
    bond_yield: BondYield,
    settlement: Date,
) -> Result<YieldRisk, CurveError> {
    Ok(match security {
        Security::Bill(bill) => bill.risk_at_investment_rate(
            InvestmentRate::from_decimal(bond_yield.decimal()),
            settlement,
        )?,
        Security::Note(coupon) | Security::Bond(coupon) => {
            coupon.risk_at_street_yield(bond_yield, settlement)?
        }
        Security::Tips(_) | Security::Frn(_) => return Err(not_fittable(security)),
    })
}

fn not_fittable(security: &Security) -> CurveError {
    let cusip: Cusip = security.cusip();
    CurveError::NotFittable {
        cusip,
        kind: security.kind(),
    }
}
