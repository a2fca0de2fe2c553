//! A calendar month, the observation period of most holder statistics.
//!
//! TIC observes the end of a month and the surveys the end of June; the month is the key of the row and its last
//! day the day observed. Written `YYYY-MM`.

use std::fmt;
use std::str::FromStr;

use brandish_units::{Date, UnitsError};

/// A month of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    first: Date,
}

impl Month {
    /// The month that holds the date.
    pub const fn of(date: Date) -> Month {
        Month {
            first: date.to_month_start(),
        }
    }

    /// First day.
    pub const fn start(self) -> Date {
        self.first
    }

    /// Last day.
    pub const fn end(self) -> Date {
        self.first.to_month_end()
    }

    /// The month this many months later (earlier when negative).
    pub const fn plus_months(self, months: i32) -> Month {
        Month {
            first: self.first.plus_months(months),
        }
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.first.year(), self.first.month())
    }
}

impl FromStr for Month {
    type Err = UnitsError;

    fn from_str(text: &str) -> Result<Month, UnitsError> {
        let first: Date = format!("{text}-01")
            .parse()
            .map_err(|_| UnitsError::DateText {
                text: text.to_owned(),
            })?;
        Ok(Month { first })
    }
}
