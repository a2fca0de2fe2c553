//! Shocks of zero rates: the curve of the as-of day against the same curve with a run's par-yield changes.
//!
//! ```text
//! shift(t) = z'(t) - z(t)      z, z': continuous zero rates of curves bootstrapped from par yields y and y + dy
//! ```
//!
//! A shift of par yields is not the same shift of zero rates where the curve changes its shape: at long maturities the difference reaches
//! several bp for a steepening of 100 bp. The days are the first business day (the answer to mere words) and the day of the ten-year peak at
//! central parameters, or the last day before it that has all tenors. USDJPY moves by its median on that day where dollars are converted.

use brandish_curve::DiscountCurve;
use brandish_units::{Bp, Date, ParYield, Tenor, Years};

use super::table::{as_of, baseline, camps, changes, stats};
use crate::error::ScenarioError;
use crate::table::LongTable;

/// Tenors of the shifts: those that risk systems can name in whole months.
pub const SHIFT_TENORS: [Tenor; 13] = [
    Tenor::M1,
    Tenor::M2,
    Tenor::M3,
    Tenor::M4,
    Tenor::M6,
    Tenor::Y1,
    Tenor::Y2,
    Tenor::Y3,
    Tenor::Y5,
    Tenor::Y7,
    Tenor::Y10,
    Tenor::Y20,
    Tenor::Y30,
];

/// One shock.
#[derive(Debug, Clone, PartialEq)]
pub struct ZeroShock {
    /// Camp letter.
    pub camp: &'static str,
    /// Statistic of the yield changes.
    pub stat: &'static str,
    /// Business day.
    pub day: u32,
    /// Its date.
    pub date: Date,
    /// Changes of par yields.
    pub par: Vec<(Tenor, Bp)>,
    /// Changes of continuous zero rates.
    pub zero: Vec<(Tenor, Bp)>,
    /// Change of yen per dollar, percent; nothing where no dollars are converted.
    pub usdjpy_pct: Option<f64>,
}

/// The shocks of a run: for every camp and statistic, on day 1 and on the day of the ten-year peak.
///
/// # Errors
/// A table that is not that of a run; a curve that cannot be built with these changes.
pub fn zero_shocks(table: &LongTable) -> Result<Vec<ZeroShock>, ScenarioError> {
    let as_of = as_of(table)?;
    let points: Vec<(Years, ParYield)> = baseline(table)?
        .into_iter()
        .map(|(tenor, pct)| (tenor.years(), ParYield::from_percent(pct)))
        .collect();
    let base = DiscountCurve::from_par_yields(as_of, &points)?;
    let mut shocks = Vec::new();
    for camp in camps(table) {
        for stat in stats(table, camp) {
            let changes = changes(table, camp, stat);
            let whole = |day: u32| changes.values().all(|by_day| by_day.contains_key(&day));
            let peak = peak_day(table, camp)?;
            let peak = (1..=peak).rev().find(|day| whole(*day));
            let mut days: Vec<u32> = std::iter::once(1).chain(peak).collect();
            days.dedup();
            for day in days.into_iter().filter(|day| whole(*day)) {
                let par: Vec<(Tenor, Bp)> = changes
                    .iter()
                    .filter_map(|(tenor, by_day)| Some((*tenor, Bp(*by_day.get(&day)?))))
                    .collect();
                let moves: Vec<(Years, Bp)> = par
                    .iter()
                    .map(|(tenor, change)| (tenor.years(), *change))
                    .collect();
                let moved = base.with_par_shift(&moves)?;
                let zero = SHIFT_TENORS
                    .into_iter()
                    .map(|tenor| {
                        let years = tenor.years();
                        (tenor, moved.zero_rate(years) - base.zero_rate(years))
                    })
                    .collect();
                shocks.push(ZeroShock {
                    camp,
                    stat,
                    day,
                    date: date(table, day)?,
                    par,
                    zero,
                    usdjpy_pct: usdjpy(table, camp, stat, day),
                });
            }
        }
    }
    if shocks.is_empty() {
        return Err(ScenarioError::Study(
            "the table has no yield changes: is it the table of a run?".to_owned(),
        ));
    }
    Ok(shocks)
}

/// Day of the ten-year peak at central parameters.
fn peak_day(table: &LongTable, camp: &str) -> Result<u32, ScenarioError> {
    table
        .rows
        .iter()
        .find(|row| {
            row.measure == "yield_change_peak"
                && row.camp == Some(camp)
                && row.tenor == Some(Tenor::Y10)
                && row.stat == "central"
        })
        .and_then(|row| row.day)
        .ok_or_else(|| ScenarioError::Study(format!("camp {camp} has no ten-year peak")))
}

fn date(table: &LongTable, day: u32) -> Result<Date, ScenarioError> {
    table
        .rows
        .iter()
        .find(|row| row.day == Some(day) && row.date.is_some())
        .and_then(|row| row.date)
        .ok_or_else(|| ScenarioError::Study(format!("day {day} has no date")))
}

/// The median where there are bands: a quantile of the yields says nothing about the same quantile of the rate.
fn usdjpy(table: &LongTable, camp: &str, stat: &str, day: u32) -> Option<f64> {
    let stat = if stat == "central" { "central" } else { "p50" };
    let row = table.rows.iter().find(|row| {
        row.measure == "usdjpy_change"
            && row.camp == Some(camp)
            && row.stat == stat
            && row.day == Some(day)
    })?;
    (row.value != 0.0).then_some(row.value)
}
