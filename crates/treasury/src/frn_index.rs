//! The index of floating rate notes: what 13-week bill auctions say.
//!
//! 31 CFR 356 App. B I.C and IV. The index is the high discount rate D of a 13-week bill auction as a simple-interest
//! money-market yield, actual/360: r = D / (1 - D x days/360), days from the bill's issue to its maturity, rounded to nine
//! decimals of a percent. It takes effect the day after the auction and stays until the next one does.
//!
//! Lockout. A change that would take effect in the two business days before a settlement or payment date, or on that date,
//! waits until the day after: such an auction does not count for interest up to it. (The text of I.C.3 speaks of the auction's
//! day; the prices of the reopenings settled 2022-11-25 and 2022-12-30 show that the day the rate takes effect decides.)

use brandish_units::{Date, DiscountRate, calendar};

use crate::TreasuryError;
use crate::rounding::to_nine_decimals;

/// Index rate of a day: simple interest, actual/360, nine decimals of a percent.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct FrnIndexRate {
    percent: f64,
}

impl FrnIndexRate {
    /// From percent, read at nine decimals.
    pub fn from_percent(percent: f64) -> FrnIndexRate {
        FrnIndexRate {
            percent: to_nine_decimals(percent),
        }
    }

    /// In percent.
    pub fn percent(self) -> f64 {
        self.percent
    }

    /// As a decimal.
    pub fn decimal(self) -> f64 {
        self.percent / 100.0
    }
}

/// Result of a 13-week bill auction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BillAuction {
    /// Day of the auction.
    pub auction: Date,
    /// Issue date of the bill.
    pub issue: Date,
    /// Maturity of the bill.
    pub maturity: Date,
    /// High discount rate.
    pub high_rate: DiscountRate,
}

impl BillAuction {
    /// The index rate this auction sets.
    pub fn index_rate(&self) -> Result<FrnIndexRate, TreasuryError> {
        let days = self.maturity - self.issue;
        let rate = self.high_rate.decimal();
        let price = 1.0 - rate * f64::from(days) / 360.0;
        if days <= 0 || !rate.is_finite() || price <= 0.0 {
            return Err(TreasuryError::BillAuctionWithoutIndex {
                auction: self.auction,
                discount_rate_pct: self.high_rate.percent(),
                days,
            });
        }
        Ok(FrnIndexRate::from_percent(self.high_rate.percent() / price))
    }
}

/// Index rates by auction, oldest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FrnIndexHistory {
    changes: Vec<(Date, FrnIndexRate)>,
}

impl FrnIndexHistory {
    /// From auction results in order of date.
    pub fn from_auctions(auctions: &[BillAuction]) -> Result<FrnIndexHistory, TreasuryError> {
        let changes = auctions
            .iter()
            .map(|auction| Ok((auction.auction, auction.index_rate()?)))
            .collect::<Result<Vec<_>, TreasuryError>>()?;
        FrnIndexHistory::from_rates(changes)
    }

    /// From index rates by auction date, in order of date.
    pub fn from_rates(
        changes: Vec<(Date, FrnIndexRate)>,
    ) -> Result<FrnIndexHistory, TreasuryError> {
        for pair in changes.windows(2) {
            if let [(earlier, _), (later, _)] = pair
                && later <= earlier
            {
                return Err(TreasuryError::AuctionsNotInOrder {
                    earlier: *earlier,
                    later: *later,
                });
            }
        }
        Ok(FrnIndexHistory { changes })
    }

    /// The rate of a day of accrual, for interest that is paid or settled on `payment`: the last auction before the day
    /// whose rate took effect before the lockout.
    pub fn rate_on(&self, day: Date, payment: Date) -> Result<FrnIndexRate, TreasuryError> {
        self.rate_before(day, lockout_start(payment))
    }

    /// As [`FrnIndexHistory::rate_on`], with the start of the lockout already known.
    pub(crate) fn rate_before(
        &self,
        day: Date,
        lockout: Date,
    ) -> Result<FrnIndexRate, TreasuryError> {
        // Auctions strictly before this day count: it is the day, or the day before the lockout starts.
        let limit = day.min(lockout.plus_days(-1));
        let known = self
            .changes
            .partition_point(|(auction, _)| *auction < limit);
        match known.checked_sub(1).and_then(|last| self.changes.get(last)) {
            Some((_, rate)) => Ok(*rate),
            None => Err(TreasuryError::NoIndexRate { day }),
        }
    }
}

/// First day of the lockout: two business days (31 CFR 356.2: Federal Reserve days) before the payment date.
pub(crate) fn lockout_start(payment: Date) -> Date {
    let day = calendar::previous_federal_reserve_business_day(payment);
    calendar::previous_federal_reserve_business_day(day)
}
