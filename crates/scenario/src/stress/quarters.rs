//! Quarterly averages of three yields, as the supervisory scenarios list them.
//!
//! ```text
//! average of a quarter = mean over its business days within the run of   y(0) + dy(day) / 100      percent
//! ```
//!
//! Day 0 is the as-of close. The ten-year change is in the table on every day; the others are there on chart days (daily through the first
//! quarter, then weekly) and are taken as linear between two of them. The first quarter holds only days from the as-of day on, the last only
//! days up to the horizon: the number of days is given with each.

use std::collections::BTreeMap;

use brandish_units::{Date, Tenor, calendar};

use super::table::{as_of, baseline, camps, changes, stats};
use crate::error::ScenarioError;
use crate::table::LongTable;

/// Yields of the supervisory scenarios that a run computes.
pub const QUARTER_TENORS: [Tenor; 3] = [Tenor::M3, Tenor::Y5, Tenor::Y10];

/// The path of one camp and statistic.
#[derive(Debug, Clone, PartialEq)]
pub struct QuarterPath {
    /// Camp letter, or nothing for the as-of day's yields without the scenario.
    pub camp: Option<&'static str>,
    /// Statistic.
    pub stat: &'static str,
    /// Quarters in order.
    pub quarters: Vec<Quarter>,
}

/// One quarter.
#[derive(Debug, Clone, PartialEq)]
pub struct Quarter {
    /// Year.
    pub year: i32,
    /// 1 to 4.
    pub quarter: u32,
    /// Business days of it within the run.
    pub days: u32,
    /// Mean yields, percent, in the order of [`QUARTER_TENORS`]; nothing where the tenor was not published on the as-of day.
    pub means_pct: [Option<f64>; 3],
}

/// The paths of a run: the as-of yields held constant, then every camp and statistic.
///
/// # Errors
/// A table that is not that of a run.
pub fn quarter_paths(table: &LongTable) -> Result<Vec<QuarterPath>, ScenarioError> {
    let as_of = as_of(table)?;
    let baseline = baseline(table)?;
    let camps = camps(table);
    let horizon = table
        .rows
        .iter()
        .filter(|row| row.measure == "yield_change")
        .filter_map(|row| row.day)
        .max()
        .ok_or_else(|| {
            ScenarioError::Study(
                "the table has no yield changes: is it the table of a run?".to_owned(),
            )
        })?;
    let mut dates = vec![as_of];
    for _ in 0..horizon {
        let last = dates[dates.len() - 1];
        dates.push(calendar::next_business_day(last));
    }
    let level = |tenor: Tenor| baseline.get(&tenor).copied();
    let mut paths = vec![QuarterPath {
        camp: None,
        stat: "central",
        quarters: quarters(&dates, &|tenor, _| level(tenor)),
    }];
    for camp in camps {
        for stat in stats(table, camp) {
            let changes = changes(table, camp, stat);
            let value = |tenor: Tenor, day: u32| {
                let change = between(changes.get(&tenor)?, day)?;
                Some(level(tenor)? + change / 100.0)
            };
            paths.push(QuarterPath {
                camp: Some(camp),
                stat,
                quarters: quarters(&dates, &value),
            });
        }
    }
    Ok(paths)
}

/// The change of a day: that of the table, or linear between its neighbors there. Day 0 is the as-of close.
fn between(by_day: &BTreeMap<u32, f64>, day: u32) -> Option<f64> {
    if let Some(value) = by_day.get(&day) {
        return Some(*value);
    }
    let (before, low) = by_day.range(..day).next_back()?;
    let (after, high) = by_day.range(day..).next()?;
    let share = f64::from(day - before) / f64::from(after - before);
    Some(low + share * (high - low))
}

fn quarters(dates: &[Date], value: &dyn Fn(Tenor, u32) -> Option<f64>) -> Vec<Quarter> {
    // sums first, means at the end
    let mut quarters: Vec<Quarter> = Vec::new();
    for (day, date) in (0_u32..).zip(dates) {
        let (year, quarter) = (date.year(), (date.month() - 1) / 3 + 1);
        if quarters
            .last()
            .is_none_or(|last| (last.year, last.quarter) != (year, quarter))
        {
            quarters.push(Quarter {
                year,
                quarter,
                days: 0,
                means_pct: [Some(0.0); 3],
            });
        }
        let Some(last) = quarters.last_mut() else {
            continue;
        };
        last.days += 1;
        for (sum, tenor) in last.means_pct.iter_mut().zip(QUARTER_TENORS) {
            *sum = sum.zip(value(tenor, day)).map(|(sum, value)| sum + value);
        }
    }
    for quarter in &mut quarters {
        let days = f64::from(quarter.days);
        quarter.means_pct = quarter.means_pct.map(|sum| sum.map(|sum| sum / days));
    }
    quarters
}
