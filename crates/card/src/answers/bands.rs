//! Bands over draws of the engine: the quick structure solved for every draw.
//!
//! Draw i has the engine's parameters of draw i of the seed; judgements stay central. Every draw is closed from the central
//! equilibrium of its camp, and compared with the principal branch of its own game unless the center has no such branch to be
//! compared with (`Solved::compares`). A draw that fails is counted. Quantiles are of type 7, with the standard error of the median.

use brandish_math::{median_standard_error, quantile, sorted};
use brandish_scenario::ScenarioError;
use brandish_scenario::branches::{Backstop, EngineDraw};
use rayon::prelude::*;

use super::camp::Work;
use crate::closure::{Closing, Solved, Start, close};
use crate::engine::{Setting, alone, joined, joiner_amount};
use crate::error::CardError;
use crate::reading::{Reading, card_value, read};
use crate::stakes::{Outcomes, SaleOutcomes, Stakes};
use crate::tree::Tree;

/// What a band is about.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// Name of the interface document, or one of its kind.
    pub name: &'static str,
    /// A round, if the measure is about one.
    pub round: Option<String>,
    /// Unit.
    pub unit: &'static str,
}

/// Quantiles of one measure.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// What.
    pub measure: Measure,
    /// Quantiles 5, 25, 50, 75, 95 percent.
    pub quantiles: [f64; 5],
    /// Mean.
    pub mean: f64,
    /// Standard error of the median.
    pub mc_se: f64,
}

/// All bands of a camp.
#[derive(Debug, Clone, PartialEq)]
pub struct Bands {
    /// Bands; empty below five draws.
    pub bands: Vec<Band>,
    /// Draws that finished.
    pub finished: usize,
    /// Draws that failed.
    pub failed: usize,
    /// What the first failure said.
    pub first_failure: Option<String>,
}

/// Fewest draws for quantiles.
const FEWEST: usize = 5;

pub(super) fn bands(
    work: &Work<'_>,
    tree: &Tree,
    central: &Solved,
    without: &Reading,
) -> Result<Bands, CardError> {
    let draws = work.settings.draws;
    let results: Vec<Result<Vec<f64>, CardError>> = (0..draws)
        .into_par_iter()
        .map(|index| draw(work, tree, central, without, index as u64))
        .collect();
    let mut finished = Vec::new();
    let mut bands = Bands {
        bands: Vec::new(),
        finished: 0,
        failed: 0,
        first_failure: None,
    };
    for result in results {
        match result {
            Ok(values) => finished.push(values),
            Err(CardError::Stopped) => return Err(CardError::Stopped),
            Err(error) => {
                bands.failed += 1;
                bands.first_failure.get_or_insert_with(|| error.to_string());
            }
        }
    }
    bands.finished = finished.len();
    if draws > 0 && finished.is_empty() {
        return Err(CardError::AllDrawsFailed {
            camp: work.camp.letter(),
            draws,
            first: bands.first_failure.unwrap_or_default(),
        });
    }
    if finished.len() < FEWEST {
        return Ok(bands);
    }
    let math = |error: brandish_math::MathError| CardError::from(ScenarioError::from(error));
    for (at, measure) in measures(tree).into_iter().enumerate() {
        let column: Vec<f64> = finished.iter().map(|values| values[at]).collect();
        let column = sorted(&column).map_err(math)?;
        let mut quantiles = [0.0; 5];
        for (place, p) in quantiles.iter_mut().zip([0.05, 0.25, 0.5, 0.75, 0.95]) {
            *place = quantile(&column, p).map_err(math)?;
        }
        bands.bands.push(Band {
            measure,
            quantiles,
            mean: column.iter().sum::<f64>() / column.len() as f64,
            mc_se: median_standard_error(&column).map_err(math)?,
        });
    }
    Ok(bands)
}

/// Names of the values of a draw, in their order.
fn measures(tree: &Tree) -> Vec<Measure> {
    let one = |name, unit| Measure {
        name,
        round: None,
        unit,
    };
    let mut all = vec![
        one("value_seller", "usd_bn"),
        one("value_issuer", "usd_bn"),
        one("value_deter", "usd_bn"),
        one("value_compel", "usd_bn"),
        one("value_time", "usd_bn"),
        one("value_cost", "usd_bn"),
        one("deal_probability", "prob"),
        one("deal_probability_gained", "prob"),
        one("escalation_probability_gained", "prob"),
        one("sale_probability", "prob"),
        one("threat_probability", "prob"),
        one("walk_back_probability", "prob"),
        one("implied_probability", "prob"),
        one("value_seller_if_joined", "usd_bn"),
        one("value_seller_without_fed", "usd_bn"),
        one("value_seller_backstop_certain", "usd_bn"),
        one("deal_probability_threat_without_sale", "prob"),
        one("deal_probability_threat_with_sale", "prob"),
        one("yield_change_peak", "bp"),
        one("damage_robust", "usd_bn"),
        one("damage_fragile", "usd_bn"),
    ];
    all.extend(tree.structure.rounds.iter().map(|round| Measure {
        name: "deal_probability_by_round",
        round: Some(round.label.clone()),
        unit: "prob",
    }));
    all
}

fn draw(
    work: &Work<'_>,
    tree: &Tree,
    central: &Solved,
    without: &Reading,
    index: u64,
) -> Result<Vec<f64>, CardError> {
    if work.control.stopped() {
        return Err(CardError::Stopped);
    }
    let setting = Setting {
        camp: work.camp,
        draw: EngineDraw::Drawn {
            seed: work.settings.seed,
            index,
        },
    };
    let amount = work.amount();
    let beside = joiner_amount(work.engine, work.judgements);
    let solve =
        |outcome, start: &Solved, compared| -> Result<(Stakes, Solved, Reading), CardError> {
            let outcomes = Outcomes {
                big: SaleOutcomes::only(outcome),
                small: None,
                quiet: None,
                converted_to_yen: work.engine.plan().converted_to_yen,
            };
            let stakes = Stakes::new(work.judgements, &outcomes, work.package);
            let closing = Closing {
                compared,
                ..work.closing(work.settings.lambda).briefly()
            };
            let solved = close(tree, &stakes, &closing, Start::Near(start), &work.stop())?;
            let reading = read(tree, &stakes, &solved);
            Ok((stakes, solved, reading))
        };
    let outcome = alone(work.engine, setting, amount, Backstop::AsInScenario)?;
    let (stakes, solved, reading) = solve(outcome, central, central.compares())?;
    let value = card_value(&reading, without);
    let other = |outcome| -> Result<f64, CardError> {
        Ok(card_value(&solve(outcome, &solved, false)?.2, without).seller)
    };
    let if_joined = other(joined(
        work.engine,
        setting,
        (amount, beside),
        Backstop::AsInScenario,
    )?)?;
    let without_fed = other(alone(work.engine, setting, amount, Backstop::None)?)?;
    let certain = other(alone(work.engine, setting, amount, Backstop::Certain)?)?;
    let missing = |event: &'static str| CardError::NeverHappens {
        camp: work.camp.letter(),
        event,
    };
    let mut values = vec![
        value.seller,
        value.issuer,
        value.deterred,
        value.compelled,
        value.time,
        value.cost,
        reading.deal,
        value.deal,
        value.escalation,
        reading.sale,
        reading.threat,
        reading.walk_back,
        solved.implied(),
        if_joined,
        without_fed,
        certain,
        reading
            .deal_if_threat_only
            .ok_or_else(|| missing("a threat without a sale"))?,
        reading
            .deal_if_sold
            .ok_or_else(|| missing("a threat with a sale"))?,
        outcome.ten_year_peak.0,
        stakes.big.by_joined_backstop[0][0].damage[0],
        stakes.big.by_joined_backstop[0][0].damage[1],
    ];
    values.extend_from_slice(&reading.deal_by_round);
    Ok(values)
}
