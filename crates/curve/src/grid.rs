//! Repricing many securities under many curves on one grid of dates.
//!
//! Treasuries share payment dates: 400 notes and bonds have about 226. The grid lists them once; each curve is asked for one
//! discount factor a date, and a price is a sum of products: P = (sum of CF_i D(t_i)) / D(settlement), per 100; coupons of one
//! cycle share running sums of discount factors. A curve that differs from a base curve by zero-rate shifts dz has
//! D(t) = D0(t) e^-(dz t). Sums run in a fixed order.

use std::collections::BTreeMap;

use brandish_math::exp_slice;
use brandish_treasury::CashFlow;
use brandish_units::{Bp, Date, DirtyPrice, Years};

use crate::discount_curve::time_between;
use crate::plan::Plan;
use crate::shift::count;
use crate::{CurveError, DiscountCurve};

/// Cash flows of many securities on a shared grid of dates.
#[derive(Clone, Debug, PartialEq)]
pub struct RepricingGrid {
    settlement: Date,
    dates: Vec<Date>,
    plan: Plan,
}

/// Discount factors of one curve on a grid's dates, from settlement.
#[derive(Clone, Debug, PartialEq)]
pub struct GridDiscounts {
    /// Time of settlement on the curve, years.
    settlement: f64,
    /// Times of the grid's dates on the curve, years.
    times: Vec<f64>,
    factors: Vec<f64>,
}

impl RepricingGrid {
    /// From the payments of each security after settlement (none is allowed on or before it).
    pub fn new(
        settlement: Date,
        securities: &[Vec<CashFlow>],
    ) -> Result<RepricingGrid, CurveError> {
        let mut places_by_date = BTreeMap::new();
        for flow in securities.iter().flatten() {
            if flow.date <= settlement {
                return Err(CurveError::PaymentNotAfterSettlement {
                    payment: flow.date,
                    settlement,
                });
            }
            if !flow.amount.per_100().is_finite() {
                return Err(CurveError::NotFinite {
                    what: "payment",
                    value: flow.amount.per_100(),
                });
            }
            places_by_date.insert(flow.date, 0_u32);
        }
        for (place, value) in places_by_date.values_mut().enumerate() {
            *value = place as u32;
        }
        // Payments on one date are one payment; the plan wants them in order of date.
        let placed: Vec<Vec<(u32, f64)>> = securities
            .iter()
            .map(|flows| {
                let mut amounts = BTreeMap::new();
                for flow in flows {
                    if let Some(place) = places_by_date.get(&flow.date) {
                        *amounts.entry(*place).or_insert(0.0) += flow.amount.per_100();
                    }
                }
                amounts.into_iter().collect()
            })
            .collect();
        Ok(RepricingGrid {
            settlement,
            dates: places_by_date.keys().copied().collect(),
            plan: Plan::new(&placed),
        })
    }

    /// Number of securities.
    pub fn securities(&self) -> usize {
        self.plan.securities()
    }

    /// Settlement of all of them.
    pub fn settlement(&self) -> Date {
        self.settlement
    }

    /// The payment dates, in order.
    pub fn dates(&self) -> &[Date] {
        &self.dates
    }

    /// Times on a curve at which zero-rate shifts are needed: settlement first, then every payment date.
    pub fn times(&self, curve: &DiscountCurve) -> Result<Vec<Years>, CurveError> {
        self.times_from(curve.as_of())
    }

    /// Times of settlement and the dates on curves of one day.
    pub(crate) fn times_from(&self, as_of: Date) -> Result<Vec<Years>, CurveError> {
        std::iter::once(&self.settlement)
            .chain(&self.dates)
            .map(|date| time_between(as_of, *date))
            .collect()
    }

    /// How prices are put together.
    pub(crate) fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Discount factors of a curve on the grid.
    pub fn discounts(&self, curve: &DiscountCurve) -> Result<GridDiscounts, CurveError> {
        let settlement = curve.time_of(self.settlement)?.0;
        let times: Vec<f64> = self
            .dates
            .iter()
            .map(|date| Ok(curve.time_of(*date)?.0))
            .collect::<Result<_, CurveError>>()?;
        let start = curve.integral(settlement);
        let mut factors: Vec<f64> = times.iter().map(|t| start - curve.integral(*t)).collect();
        exp_slice(&mut factors);
        Ok(GridDiscounts {
            settlement,
            times,
            factors,
        })
    }

    /// Prices paid per 100 at settlement, in the order in which the securities were given.
    pub fn dirty_prices(&self, discounts: &GridDiscounts) -> Result<Vec<DirtyPrice>, CurveError> {
        count(
            "discount factors",
            discounts.factors.len(),
            self.dates.len(),
        )?;
        let mut prices = Vec::with_capacity(self.securities());
        self.price_into(&discounts.factors, &mut prices);
        Ok(prices)
    }

    /// Prices under zero-rate shifts of a base curve. `zero_shifts` has settlement first, then every date (see
    /// [`RepricingGrid::times`]); `work` and `prices` are overwritten and can be reused from call to call.
    pub fn reprice_shifted(
        &self,
        base: &GridDiscounts,
        zero_shifts: &[Bp],
        work: &mut Vec<f64>,
        prices: &mut Vec<DirtyPrice>,
    ) -> Result<(), CurveError> {
        count("discount factors", base.factors.len(), self.dates.len())?;
        let (start, shifts) = match zero_shifts.split_first() {
            Some((first, rest)) if rest.len() == self.dates.len() => {
                (first.decimal() * base.settlement, rest)
            }
            _ => {
                return Err(CurveError::WrongCount {
                    what: "zero shifts",
                    given: zero_shifts.len(),
                    needed: self.dates.len() + 1,
                });
            }
        };
        work.clear();
        let times = base.times.iter().zip(shifts);
        work.extend(times.map(|(t, shift)| start - shift.decimal() * t));
        exp_slice(work);
        for (value, factor) in work.iter_mut().zip(&base.factors) {
            *value *= factor;
        }
        self.price_into(work, prices);
        Ok(())
    }

    fn price_into(&self, factors: &[f64], prices: &mut Vec<DirtyPrice>) {
        prices.clear();
        let take = |price| prices.push(DirtyPrice::from_per_100(price));
        self.plan.price_one(factors, take);
    }
}
