//! Par yields of the Treasury and other daily series, by day.
//!
//! The par yields of a year are read together, since a corpus asks for the same days over and over; a day without a row takes
//! the business day before it, a few days back at most. Yields in percent.

use brandish_units::{Date, Tenor};

use super::{DayOfYields, FIRST_YEAR, Record};
use crate::daily::BACK;

impl Record<'_> {
    /// The par yields of a year; each day's were out that day.
    fn year(&self, year: i32) -> &[DayOfYields] {
        let at = usize::try_from(year - FIRST_YEAR).ok();
        let Some(slot) = at.and_then(|at| self.years.get(at)) else {
            return &[];
        };
        slot.get_or_init(|| {
            let (Ok(from), Ok(to)) = (Date::from_ymd(year, 1, 1), Date::from_ymd(year, 12, 31))
            else {
                return Vec::new();
            };
            self.snapshot
                .in_hindsight()
                .par_yield_history(from, to)
                .unwrap_or_default()
                .iter()
                .map(|day| (day.date, day.yields.map(|y| y.map(|y| y.percent()))))
                .collect()
        })
    }

    /// The par yield of a tenor on a day or the business day before, in percent.
    pub(crate) fn par_yield(&self, tenor: Tenor, day: Date) -> Option<(Date, f64)> {
        let here = self.year(day.year());
        let at = here.partition_point(|d| d.0 <= day);
        let found = match at.checked_sub(1) {
            Some(at) => here.get(at)?,
            None => self.year(day.year() - 1).last()?,
        };
        if (day - found.0) >= BACK {
            return None;
        }
        Some((found.0, found.1.get(tenor.index()).copied().flatten()?))
    }

    /// The day's change of a tenor's yield: (day, before, after).
    pub(crate) fn move_of(&self, tenor: Tenor, day: Date) -> Option<(Date, f64, f64)> {
        let (at, after) = self.par_yield(tenor, day)?;
        let (_, before) = self.par_yield(tenor, at.plus_days(-1))?;
        Some((at, before, after))
    }

    /// A number of a table by date on the day or up to five days before.
    pub(crate) fn daily(&self, table: &str, column: &str, day: Date) -> Option<(Date, f64)> {
        self.daily.number(self.snapshot, (table, column), day)
    }
}
