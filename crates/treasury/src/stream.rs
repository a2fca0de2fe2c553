//! Semiannual coupons and principal: what notes, bonds and TIPS have in common.
//!
//! 31 CFR 356 App. B I.A. Interest runs from the dated date; a full half-year pays C/2 whatever its number of days.
//! The first period may be regular (dated on a coupon date), short (dated later: daily interest up to the first coupon
//! date) or long (first interest date one coupon date later: the short part's daily interest plus a full C/2).
//! [`CouponTerms`] is what a record says; [`CouponStream`] is checked. Amounts are per 100 of face; coupon rates are read
//! at nine decimals of a percent, far finer than any Treasury coupon.

use brandish_units::{Accrued, CouponRate, Cusip, Date};

use crate::rounding::{to_nine_decimals, to_six_decimals};
use crate::schedule::{Period, payment_date, period_containing};
use crate::{AmountPer100, CashFlow, TreasuryError};

/// Terms of a coupon security as a record states them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CouponTerms {
    /// Identifier.
    pub cusip: Cusip,
    /// Annual coupon.
    pub coupon: CouponRate,
    /// Issue date: of the security, or of the lot to be priced.
    pub issue: Date,
    /// Date interest starts. When absent: the coupon date on or before issue, as for every lot of the published auctions;
    /// but the issue date itself when `first_interest` says that the first period is long.
    pub dated: Option<Date>,
    /// First interest date. When absent: the first coupon date after the dated date.
    pub first_interest: Option<Date>,
    /// Maturity.
    pub maturity: Date,
}

/// Checked coupons and principal of a note, bond or TIPS.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CouponStream {
    cusip: Cusip,
    coupon: CouponRate,
    issue: Date,
    dated: Date,
    first_interest: Date,
    maturity: Date,
    half: f64,
    /// End of the coupon period that contains the dated date.
    first_period_end: Date,
    /// Part of a half-year from the dated date to `first_period_end`, 1 when regular.
    first_fraction: f64,
}

/// Where a settlement date stands in the stream, and the amounts that follow: the letters of Appendix B II.
///
/// Value at the next coupon date: `first + extra v + half a_n + 100 v^n`, with v = 1 / (1 + i/2) and n = `full_periods`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Position {
    /// r/s: part of the current half-year still to run.
    pub remaining: f64,
    /// n: full half-years after the next coupon date.
    pub full_periods: i32,
    /// Paid at the next coupon date.
    pub first: f64,
    /// Paid one half-year later on top of C/2: the short part of a long first period.
    pub extra: f64,
    /// C/2.
    pub half: f64,
    /// Accrued interest, exact.
    pub accrued: f64,
    /// Accrued interest, each part rounded to six decimals (II.E adds two parts).
    pub accrued_rounded: f64,
}

impl CouponStream {
    /// Checks the terms.
    pub fn new(terms: CouponTerms) -> Result<CouponStream, TreasuryError> {
        let CouponTerms {
            cusip,
            coupon,
            issue,
            maturity,
            ..
        } = terms;
        if !coupon.decimal().is_finite() {
            return Err(TreasuryError::NotFinite {
                cusip,
                what: "coupon",
                value: coupon.decimal(),
            });
        }
        if coupon.decimal() < 0.0 {
            return Err(TreasuryError::NegativeCoupon {
                cusip,
                coupon_pct: coupon.percent(),
            });
        }
        let not_after = |start: Date| TreasuryError::MaturityNotAfterStart {
            cusip,
            start,
            maturity,
        };
        let issue_period = period_containing(maturity, 6, issue).ok_or_else(|| not_after(issue))?;
        let dated = match (terms.dated, terms.first_interest) {
            (Some(dated), _) => dated,
            (None, Some(first)) if first > issue_period.next => issue,
            (None, _) => issue_period.previous,
        };
        if dated > issue {
            return Err(TreasuryError::DatedAfterIssue {
                cusip,
                dated,
                issue,
            });
        }
        let period = period_containing(maturity, 6, dated).ok_or_else(|| not_after(dated))?;
        let first_interest = terms.first_interest.unwrap_or(period.next);
        let following = payment_date(maturity, 6, period.full_periods_after - 1);
        let long_possible = period.full_periods_after >= 1;
        if first_interest != period.next && !(long_possible && first_interest == following) {
            return Err(TreasuryError::FirstInterestOffSchedule {
                cusip,
                first_interest,
                dated,
                maturity,
                short: period.next,
                long: following,
            });
        }
        let half = to_nine_decimals(coupon.percent()) / 2.0;
        Ok(CouponStream {
            cusip,
            coupon,
            issue,
            dated,
            first_interest,
            maturity,
            half,
            first_period_end: period.next,
            first_fraction: f64::from(period.next - dated) / f64::from(period.days()),
        })
    }

    /// Identifier.
    pub fn cusip(&self) -> Cusip {
        self.cusip
    }

    /// Annual coupon.
    pub fn coupon(&self) -> CouponRate {
        self.coupon
    }

    /// Issue date.
    pub fn issue(&self) -> Date {
        self.issue
    }

    /// Date interest starts.
    pub fn dated(&self) -> Date {
        self.dated
    }

    /// First interest date.
    pub fn first_interest(&self) -> Date {
        self.first_interest
    }

    /// Maturity.
    pub fn maturity(&self) -> Date {
        self.maturity
    }

    /// Interest accrued from the last coupon (or dated) date to settlement, actual/actual (ICMA), per 100 of face; exact.
    /// A = C/2 x (days accrued) / (days of the half-year they lie in); over a long first period the sum of two such parts.
    pub fn accrued(&self, settlement: Date) -> Result<Accrued, TreasuryError> {
        Ok(Accrued::from_per_100(self.position(settlement)?.accrued))
    }

    /// The same rounded to six decimals, as every auction formula uses it (31 CFR 356 App. B I.D.4: five decimals per $1,000).
    pub fn accrued_at_auction(&self, settlement: Date) -> Result<Accrued, TreasuryError> {
        Ok(Accrued::from_per_100(
            self.position(settlement)?.accrued_rounded,
        ))
    }

    /// All payments after settlement, in order; the last one includes the principal.
    pub fn cash_flows(&self, settlement: Date) -> Result<Vec<CashFlow>, TreasuryError> {
        let position = self.position(settlement)?;
        let n = position.full_periods;
        let mut flows = Vec::with_capacity(n as usize + 1);
        for k in 0..=n {
            let mut amount = match k {
                0 => position.first,
                1 => position.half + position.extra,
                _ => position.half,
            };
            if k == n {
                amount += 100.0;
            }
            if amount != 0.0 {
                flows.push(CashFlow {
                    date: payment_date(self.maturity, 6, n - k),
                    amount: AmountPer100::from_per_100(amount),
                });
            }
        }
        Ok(flows)
    }

    /// The coupon period around settlement; an error outside dated date (inclusive) to maturity (exclusive).
    fn period(&self, settlement: Date) -> Result<Period, TreasuryError> {
        match period_containing(self.maturity, 6, settlement) {
            Some(period) if settlement >= self.dated => Ok(period),
            _ => Err(TreasuryError::SettlementOutsideLife {
                cusip: self.cusip,
                settlement,
                start: self.dated,
                maturity: self.maturity,
            }),
        }
    }

    /// The letters of Appendix B II for a settlement date.
    pub(crate) fn position(&self, settlement: Date) -> Result<Position, TreasuryError> {
        let period = self.period(settlement)?;
        let half = self.half;
        // Numerators are exact, so that ties of the rounded interest are ties.
        let part = |days: i32, of: i32| half * f64::from(days) / f64::from(of);
        let days = period.days();
        let long = self.first_interest > self.first_period_end;
        let (first, extra, accrued, accrued_rounded) = if settlement < self.first_period_end {
            // II.A, B, D (regular from the dated date), F (short), C and G (short part of a long first period).
            let accrued = part(settlement - self.dated, days);
            let first = if self.dated == period.previous {
                half
            } else {
                part(period.next - self.dated, days)
            };
            if long {
                (0.0, first, accrued, to_six_decimals(accrued))
            } else {
                (first, 0.0, accrued, to_six_decimals(accrued))
            }
        } else if settlement < self.first_interest {
            // II.E: the regular part of a long first period.
            let before = half * self.first_fraction;
            let since = part(settlement - period.previous, days);
            (
                half + before,
                0.0,
                before + since,
                to_six_decimals(before) + to_six_decimals(since),
            )
        } else {
            // II.D.
            let accrued = part(settlement - period.previous, days);
            (half, 0.0, accrued, to_six_decimals(accrued))
        };
        Ok(Position {
            remaining: f64::from(period.next - settlement) / f64::from(days),
            full_periods: period.full_periods_after,
            first,
            extra,
            half,
            accrued,
            accrued_rounded,
        })
    }
}
