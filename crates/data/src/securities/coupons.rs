//! Notes, bonds, TIPS and FRNs between two lists: what was outstanding on a day in between.
//!
//! par(d) = par in the earlier list + lots issued by d - buybacks settled by d. The later list closes the account:
//! gap = par in the later list - (par in the earlier + all known lots - all known buybacks). A gap above zero is put on
//! the dates when a lot was due and none is known (exact when there is one such date, else shared equally); a gap below zero
//! is a reduction that the buyback record does not have, spread evenly over the days after that record ends.

use std::collections::BTreeMap;

use brandish_units::{CouponRate, Cusip, Date};

use crate::auctions::{Auction, Buyback};
use crate::quality::Quality;
use crate::securities::SecurityKind;
use crate::securities::schedule::{due_dates, fungible_dates};
use crate::securities::statements::{Statement, StatementRow};

/// Two lists agree on a security within this relative difference (sums of rounded lots).
const AGREES: f64 = 3e-6;
/// Below this relative difference a gap is noise of the copies, not a lot.
const NOISE: f64 = 1e-3;
/// A known lot within so many days of a due date is that lot.
const SAME_LOT_DAYS: i32 = 7;

/// Lots and buybacks by CUSIP.
#[derive(Debug, Default)]
pub(super) struct Record {
    /// Issue date and amount (mn) where it is known.
    lots: BTreeMap<Cusip, Vec<(Date, Option<f64>)>>,
    /// Settlement and par (mn).
    buybacks: BTreeMap<Cusip, Vec<(Date, f64)>>,
    coupons: BTreeMap<Cusip, CouponRate>,
    /// Settlement of the last buyback in the record.
    buybacks_end: Option<Date>,
}

impl Record {
    pub(super) fn of(auctions: &[Auction], buybacks: &[Buyback]) -> Record {
        let mut record = Record::default();
        for lot in auctions {
            if lot.kind == SecurityKind::Bill {
                continue;
            }
            record
                .lots
                .entry(lot.cusip)
                .or_default()
                .push((lot.issue_date, lot.issued.map(|face| face.mn())));
            if let Some(coupon) = lot.coupon {
                record.coupons.entry(lot.cusip).or_insert(coupon);
            }
        }
        for buyback in buybacks {
            record
                .buybacks
                .entry(buyback.cusip)
                .or_default()
                .push((buyback.settlement, buyback.par.mn()));
            record.buybacks_end = record.buybacks_end.max(Some(buyback.settlement));
        }
        record
    }

    /// Coupon set at auction.
    pub(super) fn coupon(&self, cusip: &Cusip) -> Option<CouponRate> {
        self.coupons.get(cusip).copied()
    }
}

/// Par (mn) of a security on a day, how it is known and why.
pub(super) struct Amount {
    pub(super) mn: f64,
    pub(super) quality: Quality,
    pub(super) reason: String,
}

/// The stretch between two lists.
pub(super) struct Window<'a> {
    pub(super) opening: &'a Statement,
    pub(super) closing: &'a Statement,
    pub(super) record: &'a Record,
}

impl Window<'_> {
    /// What is outstanding of a security on `day`, which lies from the opening date to before the closing date.
    pub(super) fn amount(&self, cusip: &Cusip, day: Date) -> Option<Amount> {
        let opening = self.opening.rows.get(cusip);
        let closing = self.closing.rows.get(cusip);
        let row = opening.or(closing)?;
        let start = match opening {
            Some(_) => self.opening.date,
            None => row.first_issue.plus_days(-1),
        };
        let account = Account::of(self.record, cusip, start, self.closing.date);
        let base = opening.map_or(0.0, |row| row.par.mn());
        let Some(closing) = closing else {
            return Some(self.matured_before_closing(&account, opening, base, day));
        };
        let close = closing.par.mn();
        let gap =
            close - (base + account.issued(self.closing.date) - account.bought(self.closing.date));
        let booked = base + account.issued(day) - account.bought(day);
        if gap.abs() <= AGREES * close {
            return Some(self.agreed(&account, opening, booked, day));
        }
        let amount = if gap > 0.0 {
            self.with_missing_lots(&account, row, (booked, gap, close), start, day)
        } else {
            self.with_missing_buybacks(booked, gap, close, start, day)
        };
        if opening.is_some() && amount.mn == booked {
            // Nothing of the gap falls before the day: the earlier list and known events stand.
            return Some(self.agreed(&account, opening, booked, day));
        }
        Some(amount)
    }

    fn matured_before_closing(
        &self,
        account: &Account<'_>,
        opening: Option<&StatementRow>,
        base: f64,
        day: Date,
    ) -> Amount {
        let unknown = account.unknown(day);
        let mut amount = self.agreed(
            account,
            opening,
            base + account.issued(day) - account.bought(day),
            day,
        );
        if unknown > 0 {
            amount.quality = Quality::Estimated;
            amount.reason = format!("{unknown} reopening(s) of unknown size left out");
        }
        amount
    }

    fn agreed(
        &self,
        account: &Account<'_>,
        opening: Option<&StatementRow>,
        booked: f64,
        day: Date,
    ) -> Amount {
        let events = account.events(day);
        match opening {
            Some(row) if events == 0 => Amount {
                mn: booked,
                quality: row.quality,
                reason: row.note.clone(),
            },
            Some(_) => Amount {
                mn: booked,
                quality: Quality::Reconstructed,
                reason: format!(
                    "list of {} with {events} later lot(s) and buyback(s)",
                    self.opening.date
                ),
            },
            None => Amount {
                mn: booked,
                quality: Quality::Reconstructed,
                reason: format!(
                    "lots and buybacks, equal to the list of {}",
                    self.closing.date
                ),
            },
        }
    }

    /// `sums` is what is booked by the day, the gap, and the amount in the closing list (mn).
    fn with_missing_lots(
        &self,
        account: &Account<'_>,
        row: &StatementRow,
        sums: (f64, f64, f64),
        start: Date,
        day: Date,
    ) -> Amount {
        let (booked, gap, close) = sums;
        let mut missing = account.missing(
            due_dates(row.kind, row.first_issue, row.maturity),
            start,
            self.closing.date,
        );
        if missing.is_empty() && gap > NOISE * close {
            missing = account.missing(
                fungible_dates(row.kind, row.maturity),
                start,
                self.closing.date,
            );
        }
        if missing.is_empty() {
            let share = if gap > NOISE * close {
                fraction(start, self.closing.date, day)
            } else {
                0.0
            };
            return Amount {
                mn: booked + gap * share,
                quality: if share > 0.0 {
                    Quality::Estimated
                } else {
                    Quality::Reconstructed
                },
                reason: format!(
                    "the list of {} has {gap:.3} mn more than the lots known",
                    self.closing.date
                ),
            };
        }
        let by_day = missing.iter().filter(|date| **date <= day).count();
        let exact = missing.len() == 1 || by_day == missing.len() || by_day == 0;
        Amount {
            mn: booked + gap * by_day as f64 / missing.len() as f64,
            quality: if exact {
                Quality::Reconstructed
            } else {
                Quality::Estimated
            },
            reason: format!(
                "{} lot(s) not in the auction sample, placed on their due dates so that the list of {} is met",
                missing.len(),
                self.closing.date
            ),
        }
    }

    fn with_missing_buybacks(
        &self,
        booked: f64,
        gap: f64,
        close: f64,
        start: Date,
        day: Date,
    ) -> Amount {
        let from = match self.record.buybacks_end {
            Some(end) if end < self.closing.date => end.max(start),
            _ => start,
        };
        let share = if gap < -NOISE * close {
            fraction(from, self.closing.date, day)
        } else {
            0.0
        };
        Amount {
            mn: booked + gap * share,
            quality: if share > 0.0 {
                Quality::Estimated
            } else {
                Quality::Reconstructed
            },
            reason: format!(
                "the list of {} has {:.3} mn less than lots and buybacks known to {from} give",
                self.closing.date, -gap
            ),
        }
    }
}

/// Share of the way from `start` to `end`, 0 before and 1 after.
fn fraction(start: Date, end: Date, day: Date) -> f64 {
    if day <= start {
        return 0.0;
    }
    if day >= end {
        return 1.0;
    }
    (day - start) as f64 / (end - start) as f64
}

/// Lots and buybacks of one security between two dates.
struct Account<'a> {
    lots: Vec<&'a (Date, Option<f64>)>,
    bought: Vec<&'a (Date, f64)>,
}

impl<'a> Account<'a> {
    fn of(record: &'a Record, cusip: &Cusip, start: Date, end: Date) -> Account<'a> {
        let inside = |date: Date| date > start && date <= end;
        Account {
            lots: record
                .lots
                .get(cusip)
                .into_iter()
                .flatten()
                .filter(|(date, _)| inside(*date))
                .collect(),
            bought: record
                .buybacks
                .get(cusip)
                .into_iter()
                .flatten()
                .filter(|(date, _)| inside(*date))
                .collect(),
        }
    }

    /// Known lots issued by the day (mn).
    fn issued(&self, day: Date) -> f64 {
        self.lots
            .iter()
            .filter(|(date, _)| *date <= day)
            .filter_map(|(_, amount)| *amount)
            .sum()
    }

    /// Buybacks settled by the day (mn).
    fn bought(&self, day: Date) -> f64 {
        self.bought
            .iter()
            .filter(|(date, _)| *date <= day)
            .map(|(_, par)| par)
            .sum()
    }

    /// Lots by the day whose size is not known.
    fn unknown(&self, day: Date) -> usize {
        self.lots
            .iter()
            .filter(|(date, amount)| *date <= day && amount.is_none())
            .count()
    }

    /// Lots and buybacks by the day.
    fn events(&self, day: Date) -> usize {
        self.lots.iter().filter(|(date, _)| *date <= day).count()
            + self.bought.iter().filter(|(date, _)| *date <= day).count()
    }

    /// Dates of lots without a known size: those in the record, and those due that the record lacks.
    fn missing(&self, due: Vec<Date>, start: Date, end: Date) -> Vec<Date> {
        let mut dates: Vec<Date> = self
            .lots
            .iter()
            .filter(|(_, amount)| amount.is_none())
            .map(|(date, _)| *date)
            .collect();
        for date in due {
            let known = self
                .lots
                .iter()
                .any(|(lot, _)| (*lot - date).abs() <= SAME_LOT_DAYS);
            if date > start && date <= end && !known {
                dates.push(date);
            }
        }
        dates.sort();
        dates
    }
}
