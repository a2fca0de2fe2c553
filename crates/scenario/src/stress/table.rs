//! What both exports look up in the long table: camps, statistics, changes by day and tenor, the curve of the as-of day.
//!
//! A table without bands (too few draws) has the statistic `central` alone. What is not there is an error that says so, never a zero.

use std::collections::BTreeMap;

use brandish_units::{Date, Tenor};

use crate::error::ScenarioError;
use crate::table::LongTable;

/// Statistics that are exported: with bands the median and its 90% band, without them the central values.
const BANDS: [&str; 3] = ["p50", "p05", "p95"];

/// Yield changes of one camp and statistic, bp, by tenor and day.
pub(super) type Changes = BTreeMap<Tenor, BTreeMap<u32, f64>>;

/// The as-of date of a table.
pub(super) fn as_of(table: &LongTable) -> Result<Date, ScenarioError> {
    table
        .as_of
        .ok_or_else(|| ScenarioError::Study("the table has no as-of date".to_owned()))
}

/// Par yields of the as-of day, percent.
pub(super) fn baseline(table: &LongTable) -> Result<BTreeMap<Tenor, f64>, ScenarioError> {
    let levels: BTreeMap<Tenor, f64> = table
        .rows
        .iter()
        .filter(|row| row.measure == "yield_level" && row.camp.is_none() && row.day == Some(0))
        .filter_map(|row| Some((row.tenor?, row.value)))
        .collect();
    if levels.is_empty() {
        return Err(ScenarioError::Study(
            "the table has no yields of the as-of day: is it the table of a run?".to_owned(),
        ));
    }
    Ok(levels)
}

/// Camps in the order of the table; the mixture is not one, it has no other tenor than ten years.
pub(super) fn camps(table: &LongTable) -> Vec<&'static str> {
    let mut camps = Vec::new();
    for row in table
        .rows
        .iter()
        .filter(|row| row.measure == "yield_change")
    {
        if let Some(camp) = row.camp
            && camp != "mix"
            && !camps.contains(&camp)
        {
            camps.push(camp);
        }
    }
    camps
}

/// Statistics that a camp has.
pub(super) fn stats(table: &LongTable, camp: &str) -> Vec<&'static str> {
    let has = |stat: &str| {
        table
            .rows
            .iter()
            .any(|row| row.measure == "yield_change" && row.camp == Some(camp) && row.stat == stat)
    };
    if BANDS.iter().all(|stat| has(stat)) {
        BANDS.to_vec()
    } else {
        vec!["central"]
    }
}

/// Yield changes of a camp.
pub(super) fn changes(table: &LongTable, camp: &str, stat: &str) -> Changes {
    let mut changes = Changes::new();
    for row in &table.rows {
        if row.measure == "yield_change"
            && row.camp == Some(camp)
            && row.stat == stat
            && let (Some(tenor), Some(day)) = (row.tenor, row.day)
        {
            changes.entry(tenor).or_default().insert(day, row.value);
        }
    }
    changes
}
