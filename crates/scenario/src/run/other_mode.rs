//! The same orders in the other mode: announced instead of silent, silent instead of announced.
//!
//! Only the ten-year yield is kept, on every day. The draws are the first ones of the run (common random numbers), at
//! most `MOST_DRAWS` of them: a silent sale is priced anew every day and costs several announced ones; the error of the
//! median is reported with it.

use std::sync::atomic::{AtomicBool, Ordering};

use brandish_habitat::{ClearingDay, Known, OrderFlow};
use brandish_units::Tenor;
use rayon::prelude::*;

use super::draws::CampWork;
use super::plan::RunFacts;
use crate::bands::{Column, FactKey, MIN_DRAWS_FOR_BANDS, fact_rows};
use crate::error::ScenarioError;
use crate::file::{self, Scenario};
use crate::table::LongTable;

/// Most draws in the other mode.
const MOST_DRAWS: u64 = 20;

/// Name of the mode that the scenario does not use; `None` if it has no sale or its sales differ in mode.
pub(super) fn name(scenario: &Scenario) -> Option<&'static str> {
    let mut modes = scenario
        .sales
        .iter()
        .map(|sale| matches!(sale.known, file::Known::Silent));
    let first = modes.next()?;
    modes
        .all(|silent| silent == first)
        .then_some(if first { "announced" } else { "silent" })
}

/// Adds `yield_change_other_mode` (every day) and `yield_change_peak_other_mode` rows for every camp; all of them, or, if the run is
/// stopped meanwhile, none (`false`).
///
/// # Errors
/// If the engine finds no price at central parameters.
pub(super) fn rows(
    scenario: &Scenario,
    flow: &OrderFlow,
    work: &[CampWork<'_, RunFacts>],
    facts: &RunFacts,
    cancel: &AtomicBool,
    table: &mut LongTable,
) -> Result<bool, ScenarioError> {
    let mut rows = Vec::new();
    let mut other = flow.clone();
    for order in &mut other.orders {
        order.known = match order.known {
            Known::Silent => Known::announced(),
            Known::Announced { .. } => Known::Silent,
        };
    }
    let asked = scenario.assumptions.draws;
    // Draws that are too few for bands are not reported, so they are not made.
    let draws = if (asked as usize) < MIN_DRAWS_FOR_BANDS {
        0
    } else {
        MOST_DRAWS.min(asked.into())
    };
    let days = facts.days();
    let paths: Vec<CampPaths> = work
        .par_iter()
        .map(|camp| {
            paths(
                camp,
                &other,
                facts,
                scenario.assumptions.seed,
                draws,
                cancel,
            )
        })
        .collect::<Result<_, _>>()?;
    if cancel.load(Ordering::Relaxed) {
        return Ok(false);
    }
    for (
        camp,
        CampPaths {
            central,
            numbers,
            drawn,
        },
    ) in work.iter().zip(paths)
    {
        let letter = camp.parameters.camp_name.letter();
        let key =
            FactKey::new("yield_change_peak_other_mode", "bp", "habitat::clear").at(Tenor::Y10);
        let column = Column {
            numbers: &numbers,
            values: drawn.iter().map(|path| peak(path)).collect(),
        };
        fact_rows(&key, letter, peak(&central), column, &mut rows)?;
        for day in 0..=days.horizon() {
            let key = FactKey::new("yield_change_other_mode", "bp", "habitat::clear")
                .at(Tenor::Y10)
                .on(day, days.date(day));
            let column = Column {
                numbers: &numbers,
                values: drawn.iter().map(|path| on(path, day)).collect(),
            };
            fact_rows(&key, letter, on(&central, day), column, &mut rows)?;
        }
    }
    table.rows.extend(rows);
    Ok(true)
}

/// Ten-year changes by day of one camp: the central path and the draws that found prices.
struct CampPaths {
    central: Vec<f64>,
    numbers: Vec<u64>,
    drawn: Vec<Vec<f64>>,
}

fn paths(
    camp: &CampWork<'_, RunFacts>,
    flow: &OrderFlow,
    facts: &RunFacts,
    seed: u64,
    draws: u64,
    cancel: &AtomicBool,
) -> Result<CampPaths, ScenarioError> {
    let path = |parameters| -> Result<Vec<f64>, ScenarioError> {
        let path = camp.clear(&parameters, flow)?;
        let ten_year = |day: &ClearingDay| facts.tenors().change(&day.yields_bp, Tenor::Y10).0;
        Ok(path.days.iter().map(ten_year).collect())
    };
    let central = path(camp.parameters.central()?)?;
    let drawn: Vec<Option<(u64, Vec<f64>)>> = (0..draws)
        .into_par_iter()
        .map(|index| {
            if cancel.load(Ordering::Relaxed) {
                return None;
            }
            let drawn = camp.parameters.draw(seed, index).and_then(path).ok()?;
            Some((index, drawn))
        })
        .collect();
    let (numbers, drawn) = drawn.into_iter().flatten().unzip();
    Ok(CampPaths {
        central,
        numbers,
        drawn,
    })
}

/// The change of largest size, with its sign.
fn peak(path: &[f64]) -> f64 {
    path.iter().copied().fold(
        0.0,
        |best: f64, next| if next.abs() > best.abs() { next } else { best },
    )
}

/// The change on a day; day 0 is the baseline.
fn on(path: &[f64], day: u32) -> f64 {
    (day as usize)
        .checked_sub(1)
        .and_then(|index| path.get(index))
        .copied()
        .unwrap_or(0.0)
}
