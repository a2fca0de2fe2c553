//! The days of a run: business days after the as-of close, and which of them the tables carry.
//!
//! Day 0 is the as-of close and the announcement; day n is the n-th business day after it. The ten-year yield is
//! reported on every day; everything else on chart days: daily through the first quarter, then weekly, and always
//! the end of the sale, days 21, 63, 126 and 252 and the last day.

use brandish_units::{Date, calendar};

/// Days of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Days {
    as_of: Date,
    dates: Vec<Date>,
    chart: Vec<u32>,
    sale_end: Option<u32>,
}

/// Daily on charts up to this day.
const DAILY_UNTIL: u32 = 66;
/// Business days between chart days after that.
const STEP_AFTER: u32 = 7;
/// Days that every table carries when the horizon reaches them.
const ALWAYS: [u32; 4] = [21, 63, 126, 252];

impl Days {
    /// Days 0 to `horizon`; `sale_end` is the last day of the last sale.
    #[must_use]
    pub fn new(as_of: Date, horizon: u32, sale_end: Option<u32>) -> Self {
        let mut dates = vec![as_of];
        for _ in 0..horizon {
            let last = dates[dates.len() - 1];
            dates.push(calendar::next_business_day(last));
        }
        let chart = (0..=horizon)
            .filter(|day| {
                *day <= DAILY_UNTIL
                    || (day - DAILY_UNTIL).is_multiple_of(STEP_AFTER)
                    || ALWAYS.contains(day)
                    || Some(*day) == sale_end
                    || *day == horizon
            })
            .collect();
        Self {
            as_of,
            dates,
            chart,
            sale_end: sale_end.filter(|day| *day <= horizon),
        }
    }

    /// The as-of date.
    #[must_use]
    pub const fn as_of(&self) -> Date {
        self.as_of
    }

    /// Last day.
    #[must_use]
    pub fn horizon(&self) -> u32 {
        self.dates.len() as u32 - 1
    }

    /// Last day of the last sale, if there is a sale within the horizon.
    #[must_use]
    pub const fn sale_end(&self) -> Option<u32> {
        self.sale_end
    }

    /// Calendar date of a day within the horizon.
    #[must_use]
    pub fn date(&self, day: u32) -> Date {
        self.dates[(day as usize).min(self.dates.len() - 1)]
    }

    /// Days on which everything is reported, day 0 included.
    #[must_use]
    pub fn chart(&self) -> &[u32] {
        &self.chart
    }

    /// Days on which what is held by maturity is reported: weekly, and the days of the summary tables.
    #[must_use]
    pub fn weekly(&self) -> Vec<u32> {
        let mut days: Vec<u32> = (1..=self.horizon()).filter(|day| day % 5 == 1).collect();
        days.extend(self.key());
        days.sort_unstable();
        days.dedup();
        days
    }

    /// The few days of summary tables: end of the sale (if any), 63, 252 or the last day.
    #[must_use]
    pub fn key(&self) -> Vec<u32> {
        let horizon = self.horizon();
        let mut days: Vec<u32> = [self.sale_end, Some(63), Some(252), Some(horizon)]
            .into_iter()
            .flatten()
            .filter(|day| *day <= horizon && *day > 0)
            .collect();
        days.sort_unstable();
        days.dedup();
        days
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn day_one_after_the_first_of_may_is_the_second() {
        let days = Days::new("2025-05-01".parse().unwrap(), 252, Some(63));
        assert_eq!(days.date(1).to_string(), "2025-05-02");
        assert_eq!(days.date(2).to_string(), "2025-05-05");
        assert_eq!(days.horizon(), 252);
        assert_eq!(days.key(), vec![63, 252]);
        assert!(days.chart().contains(&252) && days.chart().contains(&0));
    }

    #[test]
    fn short_horizons_keep_their_last_day() {
        let days = Days::new("2025-05-01".parse().unwrap(), 5, Some(63));
        assert_eq!(days.sale_end(), None);
        assert_eq!(days.key(), vec![5]);
    }
}
