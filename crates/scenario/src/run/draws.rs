//! Draws on all cores: every camp's central path, then draw after draw, collected by index.
//!
//! Work goes in blocks of draws across all camps, so that an interrupt after any block leaves every camp with the
//! same finished draws. A draw's numbers depend on the seed and its index alone; threads only decide when it is
//! computed. A draw that fails is counted, its error kept, and the others go on.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use brandish_habitat::{
    BUCKETS, ClearingError, ClearingPath, Known, Market, Order, OrderFlow, Parameters, Solver,
    long_run,
};
use rayon::prelude::*;

use super::columns::Columns;
use crate::bands::FactKey;
use crate::error::ScenarioError;
use crate::file::{Allocation, Assumptions};
use crate::parameters::{Choice, ParameterSource};

/// Draws per block and camp.
pub(crate) const BLOCK: usize = 48;

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

/// Where yields go in the long run, bp by bucket.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct LongRun {
    /// After the orders alone, in closed form; absent where nothing is sold for good.
    pub of_orders: Option<[f64; BUCKETS]>,
    /// After the orders less what the Fed has bought by the last day and keeps: where this path goes.
    pub of_path: [f64; BUCKETS],
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
        rest: &LongRun,
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
    /// Facts of the finished draws.
    pub draws: Arc<Columns>,
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
    ) -> Result<(ClearingPath, LongRun), ScenarioError> {
        let path = self.clear_in(memory, parameters, self.flow)?;
        let resting = |supply: &[f64; BUCKETS]| {
            long_run(self.market, parameters, supply).map_err(|source| self.refuse(source))
        };
        let of_orders = self.lasting_supply.as_ref().map(resting).transpose()?;
        let kept = path.days.last().map(|day| &day.fed_purchases_usd_bn);
        let of_path = match (kept, self.lasting_supply) {
            (Some(kept), lasting) if kept.iter().any(|amount| *amount != 0.0) => {
                let sold = lasting.unwrap_or_default();
                resting(&std::array::from_fn(|bucket| sold[bucket] - kept[bucket]))?
            }
            // nothing sold for good and nothing bought: back to where it was
            _ => of_orders.unwrap_or_default(),
        };
        Ok((path, LongRun { of_orders, of_path }))
    }

    /// The facts of the central path, and their names.
    pub fn central(&self) -> Result<CampDraws, ScenarioError> {
        let parameters = self.parameters.central()?;
        let (path, resting) = self.one(&mut None, &parameters)?;
        let mut keys = Vec::new();
        let mut central = Vec::new();
        self.facts
            .read(Choice::Central, &path, &resting, &mut |key, value| {
                keys.push(key());
                central.push(value);
            })?;
        Ok(CampDraws {
            keys,
            central,
            central_path: path,
            draws: Arc::new(Columns::new()),
            triggered: 0,
            failed: 0,
            first_failure: None,
        })
    }

    /// The facts with one parameter at probability `p` of its prior and all others central; a stream that no prior has leaves all central.
    pub fn point(
        &self,
        memory: &mut Option<Solver>,
        (stream, p): (u64, f64),
    ) -> Result<Vec<f64>, ScenarioError> {
        let parameters = self.parameters.point(stream, p)?;
        let (path, resting) = self.one(memory, &parameters)?;
        let mut values = Vec::new();
        self.facts.read(
            Choice::Point { stream, p },
            &path,
            &resting,
            &mut |_, value| values.push(value),
        )?;
        Ok(values)
    }

    /// The facts of one draw, and whether the Fed's rule was triggered.
    pub fn draw(
        &self,
        memory: &mut Option<Solver>,
        facts: usize,
        (seed, index): (u64, u64),
    ) -> Result<(Vec<f64>, bool), ScenarioError> {
        let parameters = self.parameters.draw(seed, index)?;
        let (path, resting) = self.one(memory, &parameters)?;
        let mut values = Vec::with_capacity(facts);
        self.facts.read(
            Choice::Draw { seed, index },
            &path,
            &resting,
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
    assumptions: &Assumptions,
    control: &Control<'_>,
) -> Result<(Vec<CampDraws>, bool), ScenarioError> {
    let draws = assumptions.draws as usize;
    // A camp that differs from an earlier one only in what it learns from undeclared sales has the same paths where
    // nothing is sold undeclared: they are computed once.
    let twins: Vec<Option<usize>> = (0..camps.len())
        .map(|camp| match assumptions.allocation {
            Allocation::EachCamp => twin(camps, camp),
            // they have different draws then
            Allocation::ByWeight => None,
        })
        .collect();
    let own: Vec<usize> = (0..camps.len())
        .filter(|camp| twins[*camp].is_none())
        .collect();
    let order = match assumptions.allocation {
        Allocation::EachCamp => (0..draws)
            .flat_map(|draw| own.iter().map(move |camp| (*camp, draw)))
            .collect(),
        Allocation::ByWeight => {
            let weights: Vec<f64> = camps
                .iter()
                .map(|camp| camp.parameters.camp.weight)
                .collect();
            by_weight(&weights, draws)
        }
    };
    let block = BLOCK * own.len();
    let total = own.len() + order.len();
    let mut results: Vec<CampDraws> = camps
        .par_iter()
        .map(CampWork::central)
        .collect::<Result<_, _>>()?;
    let mut done = own.len();
    (control.progress)(Progress { done, total });
    let facts: Vec<usize> = results.iter().map(|result| result.keys.len()).collect();
    for work in order.chunks(block.max(1)) {
        if control.cancel.load(Ordering::Relaxed) {
            share_with_twins(&mut results, &twins);
            return Ok((results, true));
        }
        let finished: Vec<Result<(Vec<f64>, bool), ScenarioError>> = work
            .par_iter()
            .map_init(
                || None,
                |memory, (camp, draw)| {
                    camps[*camp].draw(memory, facts[*camp], (assumptions.seed, *draw as u64))
                },
            )
            .collect();
        let mut drawn: Vec<Vec<(u64, Vec<f64>)>> = vec![Vec::new(); camps.len()];
        for ((camp, draw), values) in work.iter().zip(finished) {
            let result = &mut results[*camp];
            match values {
                Ok((values, triggered)) => {
                    drawn[*camp].push((*draw as u64, values));
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
        for (result, drawn) in results.iter_mut().zip(drawn) {
            Arc::make_mut(&mut result.draws).take(drawn);
        }
        done += work.len();
        (control.progress)(Progress { done, total });
    }
    share_with_twins(&mut results, &twins);
    for (camp, result) in camps.iter().zip(&results) {
        if result.failed > 0 && result.draws.len() == 0 {
            return Err(ScenarioError::AllDrawsFailed {
                camp: camp.parameters.camp_name.letter(),
                draws: result.failed,
                first: result.first_failure.clone().unwrap_or_default(),
            });
        }
    }
    Ok((results, false))
}

/// Camps and numbers of `draws` draws shared by weight: each goes to the camp that lags most behind its share, so that every
/// beginning of the list is shared by weight too. Camps of weight 0 get none.
pub(crate) fn by_weight(weights: &[f64], draws: usize) -> Vec<(usize, usize)> {
    let total: f64 = weights.iter().sum();
    let mut given = vec![0_usize; weights.len()];
    let mut order = Vec::with_capacity(draws);
    for draw in 1..=draws {
        let lag = |camp: usize| weights[camp] / total * draw as f64 - given[camp] as f64;
        let next = (0..weights.len())
            .filter(|camp| weights[*camp] > 0.0)
            .reduce(|best, camp| if lag(camp) > lag(best) { camp } else { best });
        let Some(camp) = next else { break };
        order.push((camp, given[camp]));
        given[camp] += 1;
    }
    order
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
            results[camp].draws = Arc::clone(&results[twin].draws);
            results[camp].triggered = results[twin].triggered;
            results[camp].failed = results[twin].failed;
            results[camp].first_failure = results[twin].first_failure.clone();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_over_the_mixture_follow_the_weights_at_every_point() {
        let weights = [0.45, 0.30, 0.20, 0.05];
        let order = by_weight(&weights, 2000);
        for upto in [20, 100, 101, 2000] {
            for (camp, weight) in weights.iter().enumerate() {
                let given = order[..upto].iter().filter(|(c, _)| *c == camp).count() as f64;
                // whole draws: less than one draw away from the exact share
                assert!((given - weight * upto as f64).abs() < 1.0, "{upto} {camp}");
            }
        }
        assert_eq!(order, by_weight(&weights, 3000)[..2000]);
        assert!(by_weight(&[0.0, 0.0], 10).is_empty());
        let alone = by_weight(&[0.0, 0.2], 3);
        assert_eq!(alone, [(1, 0), (1, 1), (1, 2)]);
    }
}
