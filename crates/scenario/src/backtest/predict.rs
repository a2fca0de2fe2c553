//! What the engine says of an episode: the effect of its flow on yields, camp by camp and draw by draw.
//!
//! Parameters, market and flow are those of the as-of day; no observed change is in sight. A draw that fails is counted and the others
//! go on. Draw `i` is the same at any number of threads.

use std::sync::atomic::{AtomicBool, Ordering};

use brandish_habitat::{ClearingPath, OrderFlow, Solver};
use brandish_units::Tenor;
use rayon::prelude::*;

use super::episode::Episode;
use super::market::EpisodeMarket;
use crate::error::ScenarioError;
use crate::file::{CampName, CapacityRelief, DealerPolicy, FedRule, Probability};
use crate::parameters::{ParameterBook, ParameterSource};
use crate::settings::Settings;
use crate::tenors::TenorMap;

/// Effects of a flow on yields between pairs of days, by camp.
#[derive(Debug, Clone, PartialEq)]
pub struct CampEffects {
    /// The camp.
    pub camp: CampName,
    /// Central parameters: one number per window and tenor, windows first, bp.
    pub central: Vec<f64>,
    /// Numbers of the finished draws.
    pub numbers: Vec<u64>,
    /// The same numbers per finished draw.
    pub draws: Vec<Vec<f64>>,
    /// Draws that failed.
    pub failed: usize,
    /// What the first failure said.
    pub first_failure: Option<String>,
}

impl CampEffects {
    /// The draws of one number.
    #[must_use]
    pub fn column(&self, place: usize) -> Vec<f64> {
        self.draws.iter().map(|draw| draw[place]).collect()
    }
}

/// What a prediction is made of.
pub(super) struct Plan<'a> {
    pub(super) episode: &'a Episode,
    pub(super) market: &'a EpisodeMarket,
    pub(super) book: &'a ParameterBook,
    pub(super) tenors: &'a [Tenor],
    /// Days between which yields are read, by window.
    pub(super) days: Vec<(usize, usize)>,
    pub(super) draws: u32,
    pub(super) seed: u64,
    pub(super) cancel: &'a AtomicBool,
}

impl Plan<'_> {
    /// Effects of a flow in one camp.
    ///
    /// # Errors
    /// If the central path fails, every draw fails, or the run was stopped.
    pub(super) fn effects(
        &self,
        camp: CampName,
        flow: &OrderFlow,
    ) -> Result<CampEffects, ScenarioError> {
        let source = self.source(camp)?;
        let clear = |memory: &mut Option<Solver>, draw: Option<u64>| {
            let mut parameters = match draw {
                Some(index) => source.draw(self.seed, index)?,
                None => source.central()?,
            };
            if !self.episode.forced_sellers {
                parameters.forced = None;
            }
            let refuse = |source| ScenarioError::Clearing {
                camp: camp.letter(),
                source,
            };
            let solver = match memory.take() {
                Some(used) => used.renewed(&self.market.market, &parameters),
                None => Solver::new(&self.market.market, &parameters),
            };
            let solver = memory.insert(solver.map_err(refuse)?);
            let path = solver.clear(flow).map_err(refuse)?;
            self.read(&path)
        };
        let central = clear(&mut None, None)?;
        let finished: Vec<Option<Result<Vec<f64>, ScenarioError>>> = (0..u64::from(self.draws))
            .into_par_iter()
            .map_init(
                || None,
                |memory, index| {
                    (!self.cancel.load(Ordering::Relaxed)).then(|| clear(memory, Some(index)))
                },
            )
            .collect();
        let mut effects = CampEffects {
            camp,
            central,
            numbers: Vec::new(),
            draws: Vec::new(),
            failed: 0,
            first_failure: None,
        };
        for (number, result) in finished.into_iter().enumerate() {
            match result {
                Some(Ok(values)) => {
                    effects.numbers.push(number as u64);
                    effects.draws.push(values);
                }
                Some(Err(error)) => {
                    effects.failed += 1;
                    effects
                        .first_failure
                        .get_or_insert_with(|| error.to_string());
                }
                None => return Err(ScenarioError::Stopped),
            }
        }
        if effects.draws.is_empty() {
            return Err(ScenarioError::AllDrawsFailed {
                camp: camp.letter(),
                draws: effects.failed,
                first: effects.first_failure.unwrap_or_default(),
            });
        }
        Ok(effects)
    }

    fn source(&self, camp: CampName) -> Result<ParameterSource<'_>, ScenarioError> {
        let fed = match self.episode.fed_credibility {
            None => FedRule::Off,
            Some(credibility) => FedRule::On {
                credibility: Probability::new(credibility).ok_or(ScenarioError::NotFinite {
                    measure: "fed_credibility",
                    value: credibility,
                })?,
            },
        };
        let capacity_relief =
            CapacityRelief::from_percent(0.0).ok_or(ScenarioError::NotFinite {
                measure: "capacity_relief",
                value: 0.0,
            })?;
        Ok(ParameterSource {
            book: self.book,
            camp_name: camp,
            camp: self.book.camps.get(camp)?,
            market: &self.market.market,
            economy: self.market.economy,
            fed,
            dealers: DealerPolicy { capacity_relief },
            settings: Settings::Product,
        })
    }

    /// Changes between the days of each window at each tenor, bp.
    fn read(&self, path: &ClearingPath) -> Result<Vec<f64>, ScenarioError> {
        let map = TenorMap::log_linear();
        let at = |day: usize, tenor: Tenor| match day.checked_sub(1) {
            // day 0 is the as-of close, from which changes are counted
            None => Ok(0.0),
            Some(place) => path
                .days
                .get(place)
                .map(|day| map.change(&day.yields_bp, tenor).0)
                .ok_or(ScenarioError::NotFinite {
                    measure: "day of a window beyond the cleared path",
                    value: day as f64,
                }),
        };
        let mut values = Vec::with_capacity(self.days.len() * self.tenors.len());
        for (from, to) in &self.days {
            for tenor in self.tenors {
                let change = at(*to, *tenor)? - at(*from, *tenor)?;
                if !change.is_finite() {
                    return Err(ScenarioError::NotFinite {
                        measure: "effect",
                        value: change,
                    });
                }
                values.push(change);
            }
        }
        Ok(values)
    }
}
