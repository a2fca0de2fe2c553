//! Reference CPI and index ratio of inflation-protected securities.
//!
//! 31 CFR 356 App. B I.B. The reference CPI of the first day of a month is the CPI-U (not seasonally adjusted) of the
//! third month before; between first days it is interpolated by calendar days. Interpolation and ratio are cut to six
//! decimals, then rounded to five. All of it is done in integers here: thousandths of the monthly index (which BLS
//! publishes at three decimals, one before 2007), hundred-thousandths of reference CPI and ratio; no digit is left to chance.

use std::collections::BTreeMap;
use std::fmt;

use brandish_units::{Date, IndexRatio};

use crate::TreasuryError;

/// CPI-U of a month, not seasonally adjusted, 1982-84 = 100; three decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ConsumerPriceIndex {
    thousandths: i64,
}

impl ConsumerPriceIndex {
    /// From the level as published (for instance 319.615), read at three decimals.
    pub fn from_level(level: f64) -> Result<ConsumerPriceIndex, TreasuryError> {
        check_level(level)?;
        Ok(ConsumerPriceIndex {
            thousandths: (level * 1e3).round() as i64,
        })
    }

    /// The level.
    pub fn level(self) -> f64 {
        self.thousandths as f64 / 1e3
    }
}

/// Reference CPI of a day, five decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReferenceCpi {
    hundred_thousandths: i64,
}

impl ReferenceCpi {
    /// From the level as published (for instance 316.54000), read at five decimals.
    pub fn from_level(level: f64) -> Result<ReferenceCpi, TreasuryError> {
        check_level(level)?;
        Ok(ReferenceCpi {
            hundred_thousandths: (level * 1e5).round() as i64,
        })
    }

    /// Reference CPI of a day from the two monthly indexes around it (App. B I.B.3):
    /// Ref CPI = M + (t - 1)/D x (M' - M), with t the day of the month and D the days of the month.
    pub fn interpolated(
        day: Date,
        third_month_before: ConsumerPriceIndex,
        second_month_before: ConsumerPriceIndex,
    ) -> ReferenceCpi {
        let days_in_month = i64::from(day.to_month_end().day());
        let elapsed = i64::from(day.day()) - 1;
        let (from, to) = (
            third_month_before.thousandths,
            second_month_before.thousandths,
        );
        // In millionths; the division cuts towards zero, and all values are positive.
        let millionths = (from * days_in_month + elapsed * (to - from)) * 1_000 / days_in_month;
        ReferenceCpi {
            hundred_thousandths: round_last_digit(millionths),
        }
    }

    /// The level.
    pub fn level(self) -> f64 {
        self.hundred_thousandths as f64 / 1e5
    }

    /// Index ratio against the reference CPI of the dated date (App. B I.B.2): the quotient cut to six decimals, rounded to five.
    pub fn index_ratio(self, on_dated_date: ReferenceCpi) -> IndexRatio {
        let millionths = self.hundred_thousandths * 1_000_000 / on_dated_date.hundred_thousandths;
        IndexRatio::from_ratio(round_last_digit(millionths) as f64 / 1e5)
    }
}

impl fmt::Display for ReferenceCpi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.5}", self.level())
    }
}

/// Millionths to hundred-thousandths, half up; positive values only.
fn round_last_digit(millionths: i64) -> i64 {
    (millionths + 5) / 10
}

fn check_level(level: f64) -> Result<(), TreasuryError> {
    // The lower end keeps every level at least one unit of its last decimal.
    if level.is_finite() && (0.001..10_000.0).contains(&level) {
        Ok(())
    } else {
        Err(TreasuryError::IndexLevel { level })
    }
}

/// Monthly indexes, from which the reference CPI of any day follows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConsumerPriceIndexTable {
    months: BTreeMap<(i32, u32), ConsumerPriceIndex>,
}

impl ConsumerPriceIndexTable {
    /// A table without months.
    pub fn new() -> ConsumerPriceIndexTable {
        ConsumerPriceIndexTable::default()
    }

    /// Adds the index of the month in which `day` lies, replacing an earlier value. Treasury never replaces: it keeps the
    /// index as first published (App. B I.B.4); callers insert that vintage.
    pub fn insert(&mut self, day: Date, index: ConsumerPriceIndex) {
        let (year, month, _) = day.ymd();
        self.months.insert((year, month), index);
    }

    /// Reference CPI of a day.
    pub fn reference_cpi(&self, day: Date) -> Result<ReferenceCpi, TreasuryError> {
        let start = day.to_month_start();
        let from = self.of_month(start.plus_months(-3), day)?;
        if start == day {
            return Ok(ReferenceCpi::interpolated(day, from, from));
        }
        let to = self.of_month(start.plus_months(-2), day)?;
        Ok(ReferenceCpi::interpolated(day, from, to))
    }

    fn of_month(
        &self,
        month_start: Date,
        asked: Date,
    ) -> Result<ConsumerPriceIndex, TreasuryError> {
        let (year, month, _) = month_start.ymd();
        self.months
            .get(&(year, month))
            .copied()
            .ok_or(TreasuryError::MissingConsumerPriceIndex {
                date: asked,
                year,
                month,
            })
    }
}
