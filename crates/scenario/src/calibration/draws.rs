//! What a camp's draws imply: the month response is an output of long run, risk price, learning and the other priors, and is shown.
//!
//! For each draw of the priors: response at the end of a month in which $100bn of the reference seller's mix is sold undeclared, long-run
//! response, and the Sharpe ratio of intermediaries, in the economy of 2025 at reference settings.

use brandish_habitat::{Market, Parameters, long_run_response, month_response};
use rayon::prelude::*;

use crate::backtest::Band;
use crate::error::ScenarioError;
use crate::file::{CampName, CapacityRelief, DealerPolicy, FedRule};
use crate::parameters::{Economy, ParameterBook, ParameterSource};
use crate::settings::Settings;

/// Observables of a camp over its draws.
#[derive(Debug, Clone, PartialEq)]
pub struct ImpliedResponses {
    /// The camp.
    pub camp: CampName,
    /// Month response, bp per $100bn.
    pub month_bp: Band,
    /// Long-run response, bp per $100bn.
    pub long_run_bp: Band,
    /// Sharpe ratio a year.
    pub sharpe: Band,
    /// Draws that failed.
    pub failed: usize,
}

/// Observables over `draws` draws, by camp.
///
/// # Errors
/// A prior that is missing, fewer than five draws that finish.
pub fn implied_responses(
    market: &Market,
    book: &ParameterBook,
    draws: u64,
    seed: u64,
) -> Result<Vec<ImpliedResponses>, ScenarioError> {
    let gdp = book.economy.reference_gdp;
    let none = CapacityRelief::from_percent(0.0).ok_or(ScenarioError::NotFinite {
        measure: "capacity_relief",
        value: 0.0,
    })?;
    book.camps
        .all()
        .iter()
        .map(|camp| {
            let source = ParameterSource {
                book,
                camp_name: camp.letter,
                camp,
                market,
                economy: Economy {
                    gdp,
                    reference_gdp: gdp,
                    utilization_at_rest: Parameters::central(1.0, 1e-5).utilization_at_rest,
                },
                fed: FedRule::Off,
                dealers: DealerPolicy {
                    capacity_relief: none,
                },
                settings: Settings::Reference,
            };
            let refuse = |source| ScenarioError::Clearing {
                camp: camp.letter.letter(),
                source,
            };
            let observe = |parameters: Parameters| -> Result<[f64; 3], ScenarioError> {
                let month = month_response(market, &parameters).map_err(refuse)?;
                let lasting = long_run_response(market, &parameters).map_err(refuse)?;
                Ok([month.ten_year.0, lasting.0, month.implied_sharpe])
            };
            let central = observe(source.central()?)?;
            let drawn: Vec<Option<[f64; 3]>> = (0..draws)
                .into_par_iter()
                .map(|draw| source.draw(seed, draw).and_then(observe).ok())
                .collect();
            let finished: Vec<(u64, [f64; 3])> = (0..draws)
                .zip(&drawn)
                .filter_map(|(number, values)| values.map(|values| (number, values)))
                .collect();
            let numbers: Vec<u64> = finished.iter().map(|(number, _)| *number).collect();
            let band = |place: usize| {
                let column: Vec<f64> = finished.iter().map(|(_, values)| values[place]).collect();
                Band::of(central[place], &numbers, &column)
            };
            Ok(ImpliedResponses {
                camp: camp.letter,
                month_bp: band(0)?,
                long_run_bp: band(1)?,
                sharpe: band(2)?,
                failed: drawn.len() - finished.len(),
            })
        })
        .collect()
}
