//! Moving what draws hold fixed: the market of the day is put together again under each value.
//!
//! Such a parameter enters a run before any draw: through the window of the covariance, the window of dealers' positions, who switches along the
//! curve, or the solver. Orders, holdings and prices do not depend on it (a test puts everything together again and compares). A value is
//! computed once for all camps and kept, since camps are asked at the same steps.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::moving::ChangedMarket;
use super::{NO_STREAM, Study, only};
use crate::error::ScenarioError;
use crate::file::Scenario;
use crate::outputs::OutputFacts;
use crate::run::draws::CampWork;
use crate::settings::Settings;
use crate::sweep::{MarketParts, camp_work};

/// The output of each camp, or why there is none.
type OfCamps = Vec<Result<f64, String>>;

/// One fixed parameter under any value.
pub(super) struct HeldValues<'a> {
    study: &'a Study<'a>,
    name: &'a str,
    known: Mutex<BTreeMap<u64, OfCamps>>,
}

impl<'a> HeldValues<'a> {
    pub(super) fn new(study: &'a Study<'a>, name: &'a str) -> Self {
        Self {
            study,
            name,
            known: Mutex::new(BTreeMap::new()),
        }
    }

    /// The output of a camp with the parameter at a value.
    ///
    /// # Errors
    /// Everything but a market that is not there or finds no price.
    pub(super) fn at(&self, camp: usize, value: f64) -> Result<Result<f64, String>, ScenarioError> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let of_camps = match known.get(&value.to_bits()) {
            Some(found) => found,
            None => {
                let found = self.compute(value)?;
                known.entry(value.to_bits()).or_insert(found)
            }
        };
        of_camps
            .get(camp)
            .cloned()
            .ok_or_else(|| ScenarioError::Study(format!("{} has no camp number {camp}", self.name)))
    }

    fn compute(&self, value: f64) -> Result<OfCamps, ScenarioError> {
        let study = self.study;
        let own = self.of_side(study.scenario, study.own, value)?;
        let Some((against, side)) = study.other else {
            return Ok(own);
        };
        let other = self.of_side(against, side, value)?;
        Ok(own
            .into_iter()
            .zip(other)
            .map(|pair| match pair {
                (Ok(own), Ok(other)) => Ok(own - other),
                (Err(reason), _) | (_, Err(reason)) => Err(reason),
            })
            .collect())
    }

    fn of_side(
        &self,
        scenario: &Scenario,
        (side, read): (&super::Side, &OutputFacts<'_>),
        value: f64,
    ) -> Result<OfCamps, ScenarioError> {
        let changed = match self.changed(side, value) {
            Ok(changed) => changed,
            Err(
                error @ (ScenarioError::Market { .. }
                | ScenarioError::NoBaseline { .. }
                | ScenarioError::Data(_)),
            ) => return Ok(vec![Err(error.to_string()); side.camps]),
            Err(other) => return Err(other),
        };
        let parts = MarketParts {
            market: &changed.market,
            economy: changed.economy,
            book: &changed.book,
        };
        let work = camp_work(scenario, parts, &side.built, read)?;
        work.iter().map(at_center).collect()
    }

    fn changed(&self, side: &super::Side, value: f64) -> Result<ChangedMarket, ScenarioError> {
        let mut book = side.book.clone();
        book.priors = book.priors.with_central(self.name, value)?;
        let (market, economy) =
            side.baseline
                .market_under(self.study.snapshot, &book, Settings::Product)?;
        Ok(ChangedMarket {
            book,
            market,
            economy,
        })
    }
}

/// The output with all other parameters central.
fn at_center(camp: &CampWork<'_, OutputFacts<'_>>) -> Result<Result<f64, String>, ScenarioError> {
    match camp
        .point(&mut None, (NO_STREAM, 0.5))
        .and_then(|values| only(&values))
    {
        Ok(value) => Ok(Ok(value)),
        Err(error @ ScenarioError::Clearing { .. }) => Ok(Err(error.to_string())),
        Err(other) => Err(other),
    }
}
