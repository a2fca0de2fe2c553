//! Which studies cannot be reconciled: pairs that no parameters meet together, whatever camp one believes in.
//!
//! Long-run response, risk price and learning multiplier run over a grid wider than any camp's draws; every computed target is evaluated at
//! every point. Two studies contradict each other where each is met somewhere and both are met nowhere. A target met nowhere at all is a miss
//! of the engine, not a conflict between studies.

use brandish_habitat::{Market, Nodes, Repricing, Steps};
use rayon::prelude::*;

use super::experiment::Experiment;
use super::fit::parameters_for;
use super::targets::Target;

/// Long-run responses, bp per $100bn: 0.3 to 30 in steps of 12 percent.
const LONG_RUNS: usize = 41;
/// Bounds are stretched by half a step, so that no pair is called a conflict only because the grid is coarse.
const HALF_A_STEP: f64 = 1.06;
/// Risk prices, 1/($bn bp): 1e-6 to 1e-3 in steps of a factor 4.
const RISK_PRICES: [f64; 6] = [1e-6, 4e-6, 1.6e-5, 6.4e-5, 2.56e-4, 1.024e-3];
/// Learning multipliers.
const MULTIPLIERS: [f64; 4] = [0.0, 0.5, 2.0, 5.0];
/// Pricing equations are solved to this residual on the grid, bp.
const GRID_TOLERANCE_BP: f64 = 1e-4;

/// What the grid shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Conflicts {
    /// Points at which every computed target could be evaluated.
    pub points: usize,
    /// Targets that no point meets, by their place.
    pub never_met: Vec<usize>,
    /// Pairs each of which is met somewhere and both of which are met nowhere, by their places.
    pub pairs: Vec<(usize, usize)>,
}

/// Evaluates all computed targets over the grid. Points whose long run no slope gives are left out.
#[must_use]
pub fn conflicts(market: &Market, targets: &[Target]) -> Conflicts {
    let computed: Vec<(usize, &Experiment, &Target)> = targets
        .iter()
        .enumerate()
        .filter_map(|(place, target)| {
            let experiment = target.experiment.as_ref().ok()?;
            Some((place, experiment, target))
        })
        .collect();
    let mut grid = Vec::new();
    for step in 0..LONG_RUNS {
        let long_run = 0.3 * 100.0_f64.powf(step as f64 / (LONG_RUNS - 1) as f64);
        for price in RISK_PRICES {
            for news in MULTIPLIERS {
                grid.push((long_run, price, news));
            }
        }
    }
    let met: Vec<Vec<bool>> = grid
        .par_iter()
        .filter_map(|(long_run, price, news)| {
            let mut parameters = parameters_for(market, *long_run, *price, *news).ok()?;
            parameters.repricing = Repricing {
                tolerance_bp: GRID_TOLERANCE_BP,
                steps: Steps::Chord,
                nodes: Nodes::Sparse,
                ..parameters.repricing
            };
            computed
                .iter()
                .map(|(_, experiment, target)| {
                    let response = experiment.response(market, &parameters).ok()?;
                    Some(target.is_met_by(response, HALF_A_STEP))
                })
                .collect()
        })
        .collect();
    let somewhere = |i: usize| met.iter().any(|point| point[i]);
    let never_met = (0..computed.len()).filter(|i| !somewhere(*i));
    let mut pairs = Vec::new();
    for i in 0..computed.len() {
        for j in i + 1..computed.len() {
            let together = met.iter().any(|point| point[i] && point[j]);
            let other_study = computed[i].2.study != computed[j].2.study;
            if other_study && somewhere(i) && somewhere(j) && !together {
                pairs.push((computed[i].0, computed[j].0));
            }
        }
    }
    Conflicts {
        points: met.len(),
        never_met: never_met.map(|i| computed[i].0).collect(),
        pairs,
    }
}
