//! Draws on all cores: every camp's central path, then draw after draw, collected by index.
//!
//! Work goes in blocks of draws across all camps, so that an interrupt after any block leaves every camp with the
//! same finished draws. A draw's numbers depend on the seed and its index alone; threads only decide when it is
//! computed. A draw that fails is counted, its error kept, and the others go on.

use std::sync::atomic::{AtomicBool, Ordering};

use brandish_habitat::{
    BUCKETS, ClearingError, ClearingPath, Known, Market, Order, OrderFlow, Parameters, Solver,
    long_run,
};
use rayon::prelude::*;

use crate::bands::FactKey;
use crate::error::ScenarioError;
use crate::parameters::{Choice, ParameterSource};

/// Draws per block and camp.
const BLOCK: usize = 16;

/// How far a run has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Paths computed, over all camps.
    pub done: usize,
    /// Paths to compute.
    pub total: usize,
}

/// What a run reports while it works, and how it is stopped.
pub struct Control<'a> {
    /// Called after every block.
    pub progress: &'a (dyn Fn(Progress) + Sync),
    /// Set to true to stop after the paths in flight.
    pub cancel: &'a AtomicBool,
}

/// Turns a path into its facts: names (for the central path) and values.
pub(crate) trait ReadFacts: Sync {
    /// The values, in the order of the keys.
    ///
    /// # Errors
    /// If an effect cannot be computed on this path.
    fn read(
        &self,
        choice: Choice,
        path: &ClearingPath,
        long_run_bp: Option<&[f64; BUCKETS]>,
        emit: &mut dyn FnMut(&dyn Fn() -> FactKey, f64),
    ) -> Result<(), ScenarioError>;
}

/// All paths of one camp.
#[derive(Debug)]
pub(crate) struct CampDraws {
    /// What the facts are about.
    pub keys: Vec<FactKey>,
    /// Facts of the central path.
    pub central: Vec<f64>,
    /// The central path itself.
    pub central_path: ClearingPath,
    /// Numbers of the finished draws.
    pub numbers: Vec<u64>,
    /// Facts per finished draw.
    pub draws: Vec<Vec<f64>>,
    /// Finished draws in which the Fed's rule was triggered.
    pub triggered: usize,
    /// Draws that failed, with the first error.
    pub failed: usize,
    /// The first failure, in words.
    pub first_failure: Option<String>,
}

impl CampDraws {
    /// Share of the finished draws in which the Fed's rule was triggered.
    pub fn triggered_share(&self) -> f64 {
        self.triggered as f64 / self.draws.len().max(1) as f64
    }
}

/// Everything a camp's paths need.
pub(crate) struct CampWork<'a, R: ReadFacts> {
    /// Priors and policies.
    pub parameters: ParameterSource<'a>,
    /// The market.
    pub market: &'a Market,
    /// The order flow.
    pub flow: &'a OrderFlow,
    /// Net supply that stays, $bn by bucket, for the closed-form long run; `None` where nothing is sold.
    pub lasting_supply: Option<[f64; BUCKETS]>,
    /// How facts are read.
    pub facts: &'a R,
}

impl<R: ReadFacts> CampWork<'_, R> {
    /// Clears a flow in this camp's market.
    pub fn clear(
        &self,
        parameters: &Parameters,
        flow: &OrderFlow,
    ) -> Result<ClearingPath, ScenarioError> {
        self.clear_in(&mut None, parameters, flow)
    }

    /// The same in the memory of an earlier path, which leaves no trace in the result.
    pub fn clear_in(
        &self,
        memory: &mut Option<Solver>,
        parameters: &Parameters,
        flow: &OrderFlow,
    ) -> Result<ClearingPath, ScenarioError> {
        let solver = match memory.take() {
            Some(used) => used.renewed(self.market, parameters),
            None => Solver::new(self.market, parameters),
        };
        let solver = memory.insert(solver.map_err(|source| self.refuse(source))?);
        solver.clear(flow).map_err(|source| self.refuse(source))
    }

    fn refuse(&self, source: ClearingError) -> ScenarioError {
        ScenarioError::Clearing {
            camp: self.parameters.camp_name.letter(),
            source,
        }
    }

    fn one(
        &self,
        memory: &mut Option<Solver>,
        parameters: &Parameters,
    ) -> Result<(ClearingPath, Option<[f64; BUCKETS]>), ScenarioError> {
        let path = self.clear_in(memory, parameters, self.flow)?;
        let resting = self
            .lasting_supply
            .as_ref()
            .map(|supply| long_run(self.market, parameters, supply))
            .transpose()
            .map_err(|source| self.refuse(source))?;
        Ok((path, resting))
    }

    fn central(&self) -> Result<CampDraws, ScenarioError> {
        let parameters = self.parameters.central()?;
        let (path, resting) = self.one(&mut None, &parameters)?;
        let mut keys = Vec::new();
        let mut central = Vec::new();
        self.facts.read(
            Choice::Central,
            &path,
            resting.as_ref(),
            &mut |key, value| {
                keys.push(key());
                central.push(value);
            },
        )?;
        Ok(CampDraws {
            keys,
            central,
            central_path: path,
            numbers: Vec::new(),
            draws: Vec::new(),
            triggered: 0,
            failed: 0,
            first_failure: None,
        })
    }

    fn draw(
        &self,
        memory: &mut Option<Solver>,
        seed: u64,
        index: u64,
    ) -> Result<(Vec<f64>, bool), ScenarioError> {
        let parameters = self.parameters.draw(seed, index)?;
        let (path, resting) = self.one(memory, &parameters)?;
        let mut values = Vec::new();
        self.facts.read(
            Choice::Draw { seed, index },
            &path,
            resting.as_ref(),
            &mut |_, value| {
                values.push(value);
            },
        )?;
        Ok((values, path.trigger_day.is_some()))
    }
}

/// Computes central paths and `draws` draws for every camp. Returns the camps in the order given and whether the
/// run was stopped before all draws were finished.
///
/// # Errors
/// If a central path fails: without it there is no answer. Failing draws are counted, not returned.
pub(crate) fn compute<R: ReadFacts>(
    camps: &[CampWork<'_, R>],
    seed: u64,
    draws: usize,
    control: &Control<'_>,
) -> Result<(Vec<CampDraws>, bool), ScenarioError> {
    // A camp that differs from an earlier one only in what it learns from undeclared sales has the same paths where
    // nothing is sold undeclared: they are computed once.
    let twins: Vec<Option<usize>> = (0..camps.len()).map(|camp| twin(camps, camp)).collect();
    let own: Vec<usize> = (0..camps.len())
        .filter(|camp| twins[*camp].is_none())
        .collect();
    let total = own.len() * (draws + 1);
    let mut results: Vec<CampDraws> = camps
        .par_iter()
        .map(CampWork::central)
        .collect::<Result<_, _>>()?;
    let mut done = own.len();
    (control.progress)(Progress { done, total });
    let mut first = 0;
    while first < draws {
        if control.cancel.load(Ordering::Relaxed) {
            share_with_twins(&mut results, &twins);
            return Ok((results, true));
        }
        let block = first..(first + BLOCK).min(draws);
        let work: Vec<(usize, usize)> = own
            .iter()
            .flat_map(|camp| block.clone().map(move |draw| (*camp, draw)))
            .collect();
        let finished: Vec<Result<(Vec<f64>, bool), ScenarioError>> = work
            .par_iter()
            .map_init(
                || None,
                |memory, (camp, draw)| camps[*camp].draw(memory, seed, *draw as u64),
            )
            .collect();
        for ((camp, draw), values) in work.iter().zip(finished) {
            let result = &mut results[*camp];
            match values {
                Ok((values, triggered)) => {
                    result.numbers.push(*draw as u64);
                    result.draws.push(values);
                    result.triggered += usize::from(triggered);
                }
                Err(error) => {
                    result.failed += 1;
                    result
                        .first_failure
                        .get_or_insert_with(|| error.to_string());
                }
            }
        }
        done += work.len();
        first = block.end;
        (control.progress)(Progress { done, total });
    }
    share_with_twins(&mut results, &twins);
    for (camp, result) in camps.iter().zip(&results) {
        if draws > 0 && result.draws.is_empty() {
            return Err(ScenarioError::AllDrawsFailed {
                camp: camp.parameters.camp_name.letter(),
                draws,
                first: result.first_failure.clone().unwrap_or_default(),
            });
        }
    }
    Ok((results, false))
}

/// An earlier camp with the same observables, if no order is undeclared (what is learned from such orders is all that
/// could tell the two apart).
fn twin<R: ReadFacts>(camps: &[CampWork<'_, R>], camp: usize) -> Option<usize> {
    let undeclared = |order: &Order| order.known == Known::Silent;
    if camps[camp].flow.orders.iter().any(undeclared) {
        return None;
    }
    let observables = |camp: &CampWork<'_, R>| {
        let definition = camp.parameters.camp;
        (
            definition.long_run_response_bp_per_100bn.to_bits(),
            definition.risk_price_central.to_bits(),
        )
    };
    (0..camp).find(|earlier| observables(&camps[*earlier]) == observables(&camps[camp]))
}

fn share_with_twins(results: &mut [CampDraws], twins: &[Option<usize>]) {
    for (camp, twin) in twins.iter().enumerate() {
        if let Some(twin) = *twin {
            results[camp].numbers = results[twin].numbers.clone();
            results[camp].draws = results[twin].draws.clone();
            results[camp].triggered = results[twin].triggered;
            results[camp].failed = results[twin].failed;
            results[camp].first_failure = results[twin].first_failure.clone();
        }
    }
}
