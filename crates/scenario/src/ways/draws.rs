//! The ways under every draw: one draw of the parameters clears all of them, so differences are paired.
//!
//! A unit of work is one camp and one draw; its solver is prepared once and clears way after way. A path without prices is left out of
//! its way's band and of every difference that needs it, and counted; its error is kept. Results are collected by index: same bits at any
//! number of threads. An interrupt stops after the units in flight; what is finished is used.

use std::sync::atomic::Ordering;

use brandish_habitat::Solver;
use brandish_math::quantile;
use rayon::prelude::*;

use super::account::{Bench, Job, Reading};
use crate::bands::MIN_DRAWS_FOR_BANDS;
use crate::error::ScenarioError;
use crate::file::CampName;
use crate::run::{Control, Progress};

/// Draws of a camp per block, after which an interrupt is looked for.
const BLOCK: usize = 8;

/// Readings of one camp: central, and draw after draw, each in the order of the jobs.
#[derive(Debug, Clone)]
pub(super) struct CampReadings {
    pub camp: CampName,
    pub central: Vec<Reading>,
    /// By draw, then by job; nothing where no prices were found.
    pub draws: Vec<Vec<Option<Reading>>>,
    /// Paths without prices.
    pub failed: usize,
    pub first_failure: Option<String>,
}

/// A central value with the median and the 90% band of the draws.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Banded<T> {
    /// Every parameter at its central value.
    pub central: T,
    /// Quantiles at 5, 50 and 95 percent of the draws; absent with fewer than five draws.
    pub band: Option<[T; 3]>,
}

/// A figure that is read off the paths of one set of parameters.
pub(super) enum Figure<F: Fn(&Reading) -> f64> {
    /// Of one path.
    Of(usize, F),
    /// Of the first path less that of the second.
    Beyond(usize, usize, F),
}

impl<F: Fn(&Reading) -> f64> Figure<F> {
    fn central(&self, readings: &[Reading]) -> f64 {
        match self {
            Self::Of(job, of) => of(&readings[*job]),
            Self::Beyond(job, other, of) => of(&readings[*job]) - of(&readings[*other]),
        }
    }

    fn drawn(&self, readings: &[Option<Reading>]) -> Option<f64> {
        let at = |job: usize| readings.get(job)?.as_ref();
        match self {
            Self::Of(job, of) => Some(of(at(*job)?)),
            Self::Beyond(job, other, of) => Some(of(at(*job)?) - of(at(*other)?)),
        }
    }
}

impl CampReadings {
    /// A figure with its band.
    pub fn banded<T, F: Fn(&Reading) -> f64>(
        &self,
        figure: &Figure<F>,
        unit: impl Fn(f64) -> T,
    ) -> Result<Banded<T>, ScenarioError> {
        let central = unit(figure.central(&self.central));
        let mut values = self.values(figure);
        if values.len() < MIN_DRAWS_FOR_BANDS {
            return Ok(Banded {
                central,
                band: None,
            });
        }
        values.sort_by(f64::total_cmp);
        let at = |p| quantile(&values, p).map(&unit);
        Ok(Banded {
            central,
            band: Some([at(0.05)?, at(0.5)?, at(0.95)?]),
        })
    }

    /// Share of the draws in which a figure is below zero; absent with fewer than five draws.
    pub fn share_below_zero<F: Fn(&Reading) -> f64>(&self, figure: &Figure<F>) -> Option<f64> {
        let values = self.values(figure);
        (values.len() >= MIN_DRAWS_FOR_BANDS).then(|| {
            let below = values.iter().filter(|value| **value < 0.0).count();
            below as f64 / values.len() as f64
        })
    }

    fn values<F: Fn(&Reading) -> f64>(&self, figure: &Figure<F>) -> Vec<f64> {
        self.draws
            .iter()
            .filter_map(|draw| figure.drawn(draw))
            .collect()
    }
}

/// Which draws.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    pub draws: u32,
    pub seed: u64,
}

/// Clears every job in every camp, centrally and under the draws. True if it was stopped before the last draw.
pub(super) fn readings(
    bench: &Bench<'_>,
    camps: &[CampName],
    jobs: &[Job],
    asked: Asked,
    control: &Control<'_>,
) -> Result<(Vec<CampReadings>, bool), ScenarioError> {
    let total = camps.len() * (1 + asked.draws as usize) * jobs.len();
    let mut results = central(bench, camps, jobs, control)?;
    let mut done = camps.len() * jobs.len();
    (control.progress)(Progress { done, total });
    let draws: Vec<u64> = (0..u64::from(asked.draws)).collect();
    for block in draws.chunks(BLOCK) {
        if control.cancel.load(Ordering::Relaxed) {
            return Ok((results, true));
        }
        let work: Vec<(usize, u64)> = block
            .iter()
            .flat_map(|draw| (0..camps.len()).map(move |camp| (camp, *draw)))
            .collect();
        let finished: Vec<Result<Vec<Result<Reading, ScenarioError>>, ScenarioError>> = work
            .par_iter()
            .map_init(
                || None,
                |memory, (camp, draw)| {
                    one_draw(bench, camps[*camp], jobs, (asked.seed, *draw), memory)
                },
            )
            .collect();
        for ((camp, _), found) in work.iter().zip(finished) {
            let result = &mut results[*camp];
            let mut failure = |error: ScenarioError, paths: usize| {
                result.failed += paths;
                result
                    .first_failure
                    .get_or_insert_with(|| error.to_string());
            };
            let readings = match found {
                Ok(readings) => readings
                    .into_iter()
                    .map(|reading| reading.map_err(|error| failure(error, 1)).ok())
                    .collect(),
                Err(error) => {
                    failure(error, jobs.len());
                    vec![None; jobs.len()]
                }
            };
            result.draws.push(readings);
        }
        done += work.len() * jobs.len();
        (control.progress)(Progress { done, total });
    }
    for result in &results {
        if result.failed > 0 && result.draws.iter().flatten().all(Option::is_none) {
            return Err(ScenarioError::AllDrawsFailed {
                camp: result.camp.letter(),
                draws: result.draws.len(),
                first: result.first_failure.clone().unwrap_or_default(),
            });
        }
    }
    Ok((results, false))
}

/// Every job under one draw of a camp's parameters.
fn one_draw(
    bench: &Bench<'_>,
    camp: CampName,
    jobs: &[Job],
    (seed, draw): (u64, u64),
    memory: &mut Option<Solver>,
) -> Result<Vec<Result<Reading, ScenarioError>>, ScenarioError> {
    let parameters = bench.source(camp)?.draw(seed, draw)?;
    let solver = bench.solver(camp, memory, &parameters)?;
    Ok(jobs
        .iter()
        .map(|job| bench.read(camp, solver, job))
        .collect())
}

fn central(
    bench: &Bench<'_>,
    camps: &[CampName],
    jobs: &[Job],
    control: &Control<'_>,
) -> Result<Vec<CampReadings>, ScenarioError> {
    let work: Vec<(CampName, &Job)> = camps
        .iter()
        .flat_map(|camp| jobs.iter().map(move |job| (*camp, job)))
        .collect();
    let found: Vec<Reading> = work
        .par_iter()
        .map(|(camp, job)| {
            if control.cancel.load(Ordering::Relaxed) {
                return Err(ScenarioError::Stopped);
            }
            let parameters = bench.source(*camp)?.central()?;
            let mut memory = None;
            let solver = bench.solver(*camp, &mut memory, &parameters)?;
            bench.read(*camp, solver, job)
        })
        .collect::<Result<_, _>>()?;
    Ok(camps
        .iter()
        .zip(found.chunks(jobs.len().max(1)))
        .map(|(camp, readings)| CampReadings {
            camp: *camp,
            central: readings.to_vec(),
            draws: Vec::new(),
            failed: 0,
            first_failure: None,
        })
        .collect())
}
