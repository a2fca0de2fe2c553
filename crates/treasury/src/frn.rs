//! Floating rate notes.
//!
//! 31 CFR 356 App. B I.C and IV. Quarterly payments on dates counted back from maturity; interest accrues daily at
//! max(index + spread, 0)/360 per 100, each day at nine decimals. Letters: T0 settlement, T1..TN payment dates, r index on
//! the settlement date (kept for all future days), s spread, m discount margin, a = 100 max(r + s, 0)/360,
//! AI = interest of the days from the last payment date to settlement. Then A_i = a (T_i - T_i-1), plus AI in A_1 and 100
//! in A_N; B_i = 1 + (r + m)(T_i - T_i-1)/360; P_D = sum of A_i / (B_1 ... B_i); P_C = P_D - AI.
//!
//! Rounding: a and B_i at nine decimals as in the worked examples, P_C and AI at six. With it every reopening of 2021-23 whose
//! index history is complete reproduces; leaving B_i unrounded misses 91282CGY1 of 2023-05-01 by one in the sixth decimal.

use brandish_units::{Accrued, CleanPrice, Cusip, Date, DirtyPrice, DiscountMargin};

use crate::frn_index::lockout_start;
use crate::rounding::{to_nine_decimals, to_six_decimals};
use crate::schedule::{Period, payment_date, period_containing};
use crate::{FrnIndexHistory, FrnIndexRate, TreasuryError};

const MONTHS: i32 = 3;

/// Terms of an FRN.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FrnTerms {
    /// Identifier.
    pub cusip: Cusip,
    /// Spread over the index: the discount margin of the first auction.
    pub spread: DiscountMargin,
    /// Issue date: of the note, or of the lot to be priced.
    pub issue: Date,
    /// Date interest starts. When absent: the payment date on or before issue.
    pub dated: Option<Date>,
    /// Maturity.
    pub maturity: Date,
}

/// A checked FRN.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frn {
    cusip: Cusip,
    spread: DiscountMargin,
    /// Spread in percent at nine decimals, so that index + spread is exact at nine decimals.
    spread_percent: f64,
    issue: Date,
    dated: Date,
    maturity: Date,
}

/// Price of an FRN per 100.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FrnPrice {
    /// Price without accrued interest, P_C.
    pub clean: CleanPrice,
    /// Accrued interest, AI.
    pub accrued: Accrued,
}

impl FrnPrice {
    /// Price with accrued interest, P_D.
    pub fn dirty(&self) -> DirtyPrice {
        self.clean + self.accrued
    }
}

/// What the price formula needs besides the margin.
struct Projection {
    /// r, decimal.
    index: f64,
    /// Days of each remaining period; the first runs from settlement.
    days: Vec<f64>,
    /// A_i.
    amounts: Vec<f64>,
    /// AI.
    accrued: f64,
}

impl Frn {
    /// Checks the terms.
    pub fn new(terms: FrnTerms) -> Result<Frn, TreasuryError> {
        let FrnTerms {
            cusip,
            spread,
            issue,
            maturity,
            ..
        } = terms;
        if !spread.decimal().is_finite() {
            return Err(TreasuryError::NotFinite {
                cusip,
                what: "spread",
                value: spread.decimal(),
            });
        }
        let Some(period) = period_containing(maturity, MONTHS, issue) else {
            return Err(TreasuryError::MaturityNotAfterStart {
                cusip,
                start: issue,
                maturity,
            });
        };
        let dated = terms.dated.unwrap_or(period.previous);
        if dated > issue {
            return Err(TreasuryError::DatedAfterIssue {
                cusip,
                dated,
                issue,
            });
        }
        Ok(Frn {
            cusip,
            spread,
            spread_percent: to_nine_decimals(spread.percent()),
            issue,
            dated,
            maturity,
        })
    }

    /// Identifier.
    pub fn cusip(&self) -> Cusip {
        self.cusip
    }

    /// Spread over the index.
    pub fn spread(&self) -> DiscountMargin {
        self.spread
    }

    /// Issue date.
    pub fn issue(&self) -> Date {
        self.issue
    }

    /// Date interest starts.
    pub fn dated(&self) -> Date {
        self.dated
    }

    /// Maturity.
    pub fn maturity(&self) -> Date {
        self.maturity
    }

    /// Interest of one day per 100 of face at this index: max(r + s, 0)/360, nine decimals.
    pub fn daily_interest(&self, index: FrnIndexRate) -> Accrued {
        let rate = to_nine_decimals(index.percent() + self.spread_percent).max(0.0);
        Accrued::from_per_100(to_nine_decimals(rate / 360.0))
    }

    /// The date from which interest accrues at settlement: the last payment date, or the dated date before the first one.
    pub fn accrual_start(&self, settlement: Date) -> Result<Date, TreasuryError> {
        Ok(self.dated.max(self.period(settlement)?.previous))
    }

    /// Payment dates after settlement.
    pub fn payment_dates(&self, settlement: Date) -> Result<Vec<Date>, TreasuryError> {
        let after = self.period(settlement)?.full_periods_after;
        Ok((0..=after)
            .rev()
            .map(|k| payment_date(self.maturity, MONTHS, k))
            .collect())
    }

    /// Interest accrued from the last payment date to settlement (App. B IV.C): the daily amounts summed, lockout included.
    pub fn accrued(
        &self,
        settlement: Date,
        index: &FrnIndexHistory,
    ) -> Result<Accrued, TreasuryError> {
        let start = self.accrual_start(settlement)?;
        self.interest_between(start, settlement, index)
    }

    /// Interest paid on a payment date (App. B IV.D, all rates known): the daily amounts since the payment before.
    pub fn interest_paid_on(
        &self,
        payment: Date,
        index: &FrnIndexHistory,
    ) -> Result<Accrued, TreasuryError> {
        let start = self.accrual_start(payment.plus_days(-1))?;
        self.interest_between(start, payment, index)
    }

    /// Interest of the days from a payment or dated date (inclusive) to `end` (exclusive), for money that moves on `end`.
    fn interest_between(
        &self,
        start: Date,
        end: Date,
        index: &FrnIndexHistory,
    ) -> Result<Accrued, TreasuryError> {
        let lockout = lockout_start(end);
        let mut sum = 0.0;
        let mut day = start;
        while day < end {
            // The first day still has the rate locked for it: the example of IV.C changes rate on the day after.
            let rate = if day == start {
                index.rate_before(day, lockout_start(day))?
            } else {
                index.rate_before(day, lockout)?
            };
            sum += self.daily_interest(rate).per_100();
            day = day.plus_days(1);
        }
        // Every term has nine decimals and so has the sum; this removes the binary residue.
        Ok(Accrued::from_per_100(to_nine_decimals(sum)))
    }

    /// Auction price, App. B IV.A-C and E.
    pub fn auction_price_from_discount_margin(
        &self,
        margin: DiscountMargin,
        settlement: Date,
        index: &FrnIndexHistory,
    ) -> Result<FrnPrice, TreasuryError> {
        let projection = self.project(settlement, index)?;
        let (dirty, _) =
            self.present_value(&projection, margin.decimal(), to_nine_decimals, settlement)?;
        Ok(FrnPrice {
            clean: CleanPrice::from_per_100(to_six_decimals(dirty - projection.accrued)),
            accrued: Accrued::from_per_100(to_six_decimals(projection.accrued)),
        })
    }

    /// Price in the secondary market: the same formula with compound factors and result not rounded.
    pub fn street_price_from_discount_margin(
        &self,
        margin: DiscountMargin,
        settlement: Date,
        index: &FrnIndexHistory,
    ) -> Result<FrnPrice, TreasuryError> {
        let projection = self.project(settlement, index)?;
        let (dirty, _) = self.present_value(&projection, margin.decimal(), |b| b, settlement)?;
        Ok(FrnPrice {
            clean: CleanPrice::from_per_100(dirty - projection.accrued),
            accrued: Accrued::from_per_100(projection.accrued),
        })
    }

    /// Discount margin of a clean price in the secondary market.
    ///
    /// Newton's method on the logarithm of the price, which falls nearly in a straight line; a step that would leave the domain
    /// goes half way to its end.
    pub fn street_discount_margin_from_clean_price(
        &self,
        clean: CleanPrice,
        settlement: Date,
        index: &FrnIndexHistory,
    ) -> Result<DiscountMargin, TreasuryError> {
        let projection = self.project(settlement, index)?;
        let dirty = clean.per_100() + projection.accrued;
        crate::nominal::check_price(self.cusip, dirty, settlement)?;
        let mut margin = self.spread.decimal();
        let lowest = lowest_margin(&projection);
        for iterations in 0..100 {
            let (price, slope) = self.present_value(&projection, margin, |b| b, settlement)?;
            let newton = margin - (price / dirty).ln() * price / slope;
            let inside = newton > lowest;
            let next = if inside {
                newton
            } else {
                0.5 * (lowest + margin)
            };
            let step = next - margin;
            if !step.is_finite() {
                return Err(TreasuryError::NoConvergence {
                    cusip: self.cusip,
                    what: "discount margin",
                    dirty_per_100: dirty,
                    settlement,
                    iterations,
                });
            }
            margin = next;
            // Newton's error after the step is its square times the duration: below rounding.
            if inside && step.abs() <= 1e-9 {
                return Ok(DiscountMargin::from_decimal(margin));
            }
        }
        Err(TreasuryError::NoConvergence {
            cusip: self.cusip,
            what: "discount margin",
            dirty_per_100: dirty,
            settlement,
            iterations: 100,
        })
    }

    fn period(&self, settlement: Date) -> Result<Period, TreasuryError> {
        match period_containing(self.maturity, MONTHS, settlement) {
            Some(period) if settlement >= self.dated => Ok(period),
            _ => Err(TreasuryError::SettlementOutsideLife {
                cusip: self.cusip,
                settlement,
                start: self.dated,
                maturity: self.maturity,
            }),
        }
    }

    fn project(
        &self,
        settlement: Date,
        index: &FrnIndexHistory,
    ) -> Result<Projection, TreasuryError> {
        let dates = self.payment_dates(settlement)?;
        let accrued = self.accrued(settlement, index)?.per_100();
        let rate = index.rate_on(settlement, settlement)?;
        let daily = self.daily_interest(rate).per_100();
        let mut from = settlement;
        let mut days = Vec::with_capacity(dates.len());
        let mut amounts = Vec::with_capacity(dates.len());
        for date in &dates {
            let length = f64::from(*date - from);
            days.push(length);
            amounts.push(daily * length);
            from = *date;
        }
        if let Some(first) = amounts.first_mut() {
            *first += accrued;
        }
        if let Some(last) = amounts.last_mut() {
            *last += 100.0;
        }
        Ok(Projection {
            index: rate.decimal(),
            days,
            amounts,
            accrued,
        })
    }

    /// P_D and its derivative in the margin, with the given treatment of the compound factors.
    fn present_value(
        &self,
        projection: &Projection,
        margin: f64,
        treat: fn(f64) -> f64,
        settlement: Date,
    ) -> Result<(f64, f64), TreasuryError> {
        if !margin.is_finite() {
            return Err(TreasuryError::NotFinite {
                cusip: self.cusip,
                what: "discount margin",
                value: margin,
            });
        }
        let (mut product, mut log_slope) = (1.0, 0.0);
        let (mut price, mut slope) = (0.0, 0.0);
        for (days, amount) in projection.days.iter().zip(&projection.amounts) {
            let factor = treat(1.0 + (projection.index + margin) * days / 360.0);
            if factor <= 0.0 {
                return Err(TreasuryError::YieldWithoutPrice {
                    cusip: self.cusip,
                    yield_pct: margin * 100.0,
                    lowest_pct: lowest_margin(projection) * 100.0,
                    settlement,
                });
            }
            product *= factor;
            log_slope -= days / 360.0 / factor;
            price += amount / product;
            slope += amount / product * log_slope;
        }
        Ok((price, slope))
    }
}

/// Margin at which the first compound factor would reach zero.
fn lowest_margin(projection: &Projection) -> f64 {
    let longest = projection.days.iter().fold(0.0_f64, |a, b| a.max(*b));
    -360.0 / longest - projection.index
}
