//! Why yields move: the parts of the change, who buys at the margin, and which parameter matters.
//!
//! All at central parameters. The parts come from taking the engine's channels away one after the other, in this order: the Fed, forced
//! sellers, the capacity limit, and what the market expects to follow; what is then left is the premium on the inventory that each day's
//! sale leaves with specialists. Each part is the difference that its removal makes, so the parts sum to the change. The buyer at the
//! margin takes most of what has changed hands since the day reported before. A parameter is moved to the 5% and the 95% point of its prior while
//! all others stay: the two peaks say how far it matters.

use std::sync::Arc;

use brandish_habitat::{
    ClearingPath, Extrapolation, Known, OrderFlow, Parameters, SECTOR_NAMES, SECTORS,
    ten_year_equivalents,
};
use brandish_units::Tenor;
use rayon::prelude::*;

use super::draws::CampWork;
use super::plan::RunFacts;
use crate::bands::FactKey;
use crate::error::ScenarioError;
use crate::facts::{FEDERAL_RESERVE, SPECIALISTS};
use crate::parameters::Distribution;
use crate::table::{LongTable, Row};

/// Tenors whose change is taken apart.
const TENORS: [Tenor; 4] = [Tenor::Y2, Tenor::Y5, Tenor::Y10, Tenor::Y30];
/// Measures of the parts, in the order in which channels are taken away; the last one is what is left.
const PARTS: [&str; 5] = [
    "part_fed",
    "part_forced",
    "part_capacity",
    "part_expectation",
    "part_inventory",
];
/// Probabilities between which a parameter is moved.
const LOW: f64 = 0.05;
const HIGH: f64 = 0.95;
/// A parameter is listed if it moves the peak by this much, bp.
const LEAST_BP: f64 = 0.005;
/// Purchases of a day below this are none, $bn of ten-year equivalents.
const LEAST_USD_BN: f64 = 1e-6;
const SOURCE: &str = "scenario::explain";

/// A camp whose change could not be explained, and why.
pub(super) struct Unexplained {
    pub(super) camp: &'static str,
    pub(super) reason: String,
}

/// How much is explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Depth {
    /// Parts and buyers.
    Parts,
    /// The parameters too.
    Parameters,
}

/// Adds the rows of every camp. Where a channel cannot be taken away or a parameter not moved, because the market then finds no price,
/// the camp is returned with the reason.
///
/// # Errors
/// If a parameter file lacks what it needs.
pub(super) fn rows(
    work: &[CampWork<'_, RunFacts>],
    central: &[&ClearingPath],
    facts: &RunFacts,
    depth: Depth,
    table: &mut LongTable,
) -> Result<Vec<Unexplained>, ScenarioError> {
    let explained: Vec<[Result<Vec<Row>, ScenarioError>; 3]> = work
        .par_iter()
        .zip(central)
        .map(|(camp, path)| {
            let letter = camp.parameters.camp_name.letter();
            let parameters = match depth {
                Depth::Parts => Ok(Vec::new()),
                Depth::Parameters => parameters(camp, facts),
            };
            [
                parts(camp, path, facts),
                Ok(buyers(letter, path, facts)),
                parameters,
            ]
        })
        .collect();
    let mut unexplained = Vec::new();
    for (camp, of_camp) in work.iter().zip(explained) {
        for rows in of_camp {
            match rows {
                Ok(rows) => table.rows.extend(rows),
                Err(error @ ScenarioError::Clearing { .. }) => unexplained.push(Unexplained {
                    camp: camp.parameters.camp_name.letter(),
                    reason: error.to_string(),
                }),
                Err(error) => return Err(error),
            }
        }
    }
    Ok(unexplained)
}

/// The parts of the change at four tenors on the days of the charts.
fn parts(
    camp: &CampWork<'_, RunFacts>,
    full: &ClearingPath,
    facts: &RunFacts,
) -> Result<Vec<Row>, ScenarioError> {
    let parameters = camp.parameters.central()?;
    let without_fed = Parameters {
        fed: None,
        ..parameters
    };
    let without_forced = Parameters {
        forced: None,
        ..without_fed
    };
    let linear = Parameters {
        capacity_curvature: 0.0,
        ..without_forced
    };
    let unexpected = Parameters {
        extrapolation: Extrapolation {
            share: 0.0,
            ..linear.extrapolation
        },
        ..linear
    };
    let surprises = surprises(camp.flow);
    let steps = [
        (&without_fed, camp.flow),
        (&without_forced, camp.flow),
        (&linear, camp.flow),
        (&unexpected, &surprises),
    ];
    let without: Vec<ClearingPath> = steps
        .par_iter()
        .map(|(parameters, flow)| camp.clear(parameters, flow))
        .collect::<Result<_, _>>()?;
    let letter = camp.parameters.camp_name.letter();
    let days = facts.days();
    let mut rows = Vec::new();
    for tenor in TENORS {
        let on = |path: &ClearingPath, day: u32| -> f64 {
            let index = (day as usize).checked_sub(1);
            index
                .and_then(|index| path.days.get(index))
                .map_or(0.0, |state| {
                    facts.tenors().change(&state.yields_bp, tenor).0
                })
        };
        for day in days.chart().iter().copied() {
            let mut before = on(full, day);
            let key = |measure| {
                FactKey::new(measure, "bp", SOURCE)
                    .at(tenor)
                    .on(day, days.date(day))
            };
            for (measure, path) in PARTS.iter().zip(&without) {
                let after = on(path, day);
                rows.push(key(*measure).row(Some(letter), "central", before - after));
                before = after;
            }
            rows.push(key(PARTS[4]).row(Some(letter), "central", before));
        }
    }
    Ok(rows)
}

/// The same trades, each day's a surprise after which nothing is expected; words alone vanish.
fn surprises(flow: &OrderFlow) -> OrderFlow {
    let mut flow = flow.clone();
    for order in &mut flow.orders {
        order.known = Known::Silent;
    }
    flow.threats.clear();
    flow
}

/// Of what was bought since the chart's day before, in ten-year equivalents: the share of each holder. Negative for those who passed
/// some on; positive shares sum to 1.
fn buyers(letter: &'static str, path: &ClearingPath, facts: &RunFacts) -> Vec<Row> {
    let weights = ten_year_equivalents();
    let equivalents =
        |amounts: &[f64]| -> f64 { amounts.iter().zip(&weights).map(|(a, w)| a * w).sum() };
    let names: Vec<Arc<str>> = SECTOR_NAMES
        .into_iter()
        .chain([SPECIALISTS, FEDERAL_RESERVE])
        .map(Arc::from)
        .collect();
    let days = facts.days();
    let mut rows = Vec::new();
    let mut before = vec![0.0; SECTORS + 2];
    for day in days.chart().iter().copied() {
        let Some(state) = (day as usize)
            .checked_sub(1)
            .and_then(|index| path.days.get(index))
        else {
            continue;
        };
        let held: Vec<f64> = state
            .holdings_usd_bn
            .iter()
            .chain([&state.inventory_usd_bn, &state.fed_purchases_usd_bn])
            .map(|amounts| equivalents(amounts))
            .collect();
        let changes: Vec<f64> = held
            .iter()
            .zip(&before)
            .map(|(now, then)| now - then)
            .collect();
        let bought: f64 = changes.iter().filter(|change| **change > 0.0).sum();
        before = held;
        if bought < LEAST_USD_BN {
            continue;
        }
        for (name, change) in names.iter().zip(&changes) {
            let key = FactKey::new("marginal_share", "ratio", SOURCE)
                .on(day, days.date(day))
                .of(name);
            rows.push(key.row(Some(letter), "central", change / bought));
        }
    }
    rows
}

/// Peaks of the ten-year yield with one parameter at the ends of its prior, for every parameter that moves it.
fn parameters(camp: &CampWork<'_, RunFacts>, facts: &RunFacts) -> Result<Vec<Row>, ScenarioError> {
    let letter = camp.parameters.camp_name.letter();
    let drawn: Vec<_> = camp
        .parameters
        .book
        .priors
        .all()
        .iter()
        .filter(|prior| prior.distribution != Distribution::Fixed)
        .collect();
    let ends: Vec<[f64; 2]> = drawn
        .par_iter()
        .map(|prior| {
            let peak = |p: f64| -> Result<f64, ScenarioError> {
                let parameters = camp.parameters.point(prior.stream, p)?;
                let path = camp.clear(&parameters, camp.flow)?;
                Ok(peak(&path, facts))
            };
            Ok([peak(LOW)?, peak(HIGH)?])
        })
        .collect::<Result<_, ScenarioError>>()?;
    let mut rows = Vec::new();
    for (prior, [low, high]) in drawn.iter().zip(ends) {
        if (high - low).abs() < LEAST_BP {
            continue;
        }
        let name: Arc<str> = Arc::from(prior.name.replace('_', " "));
        let key = FactKey::new("peak_with_parameter", "bp", SOURCE)
            .at(Tenor::Y10)
            .of(&name);
        rows.push(key.row(Some(letter), "p05", low));
        rows.push(key.row(Some(letter), "p95", high));
    }
    Ok(rows)
}

/// The change of the ten-year yield of largest size, with its sign.
fn peak(path: &ClearingPath, facts: &RunFacts) -> f64 {
    path.days
        .iter()
        .map(|state| facts.tenors().change(&state.yields_bp, Tenor::Y10).0)
        .fold(
            0.0,
            |best: f64, next| {
                if next.abs() > best.abs() { next } else { best }
            },
        )
}
