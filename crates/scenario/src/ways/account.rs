//! One way cleared and accounted: the seller's loss, what happens to what he keeps, and the peaks of the curve.
//!
//! The seller's account is that of a run (`effects::seller`): every security of every bucket is repriced on the shifted curve.
//! `cost = execution loss - mark`, positive is a cost; the mark is that of everything his country keeps at the horizon, as in a run.
//! The peak of a tenor is the change of largest size with its sign.

use brandish_effects::seller::{SellerPosition, accounts};
use brandish_effects::valuation::BucketValuation;
use brandish_habitat::{BUCKETS, ClearingPath, OrderFlow, Parameters, Solver};
use brandish_units::Tenor;

use super::question::Question;
use crate::baseline::{Baseline, Seller};
use crate::error::ScenarioError;
use crate::file::{CampName, Scenario};
use crate::orders::orders;
use crate::parameters::{ParameterBook, ParameterSource};
use crate::settings::Settings;
use crate::tenors::TenorMap;

/// Tenors whose peaks are reported.
pub(super) const TENORS: [Tenor; 3] = [Tenor::Y10, Tenor::Y2, Tenor::M3];

/// What every path of a question shares.
pub(super) struct Bench<'a> {
    pub book: &'a ParameterBook,
    pub baseline: &'a Baseline,
    pub scenario: &'a Scenario,
    pub seller: Seller,
    pub valuation: BucketValuation,
    pub tenors: TenorMap,
    /// $bn by bucket at the start.
    pub holdings: [f64; BUCKETS],
}

/// A flow to clear, and what the seller sells in it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Job {
    pub flow: OrderFlow,
    /// Per business day from 1 and bucket, $bn.
    pub sales_by_day: Vec<[f64; BUCKETS]>,
}

/// What one path says, $bn and bp.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Reading {
    /// Received less than the as-of value.
    pub loss: f64,
    /// Change in value of what is kept at the horizon.
    pub mark: f64,
    /// Mark less loss, as a run's account has it.
    pub result: f64,
    /// Peaks in the order of [`TENORS`].
    pub peaks: [f64; TENORS.len()],
    /// Business day of the ten-year peak; 0 where nothing moves.
    pub peak_day: u32,
}

impl Reading {
    /// Loss less mark: positive is a cost.
    pub fn cost(&self) -> f64 {
        -self.result
    }
}

impl<'a> Bench<'a> {
    pub fn new(
        question: &Question<'a>,
        book: &'a ParameterBook,
        baseline: &'a Baseline,
    ) -> Result<Self, ScenarioError> {
        let seller = baseline.seller(&question.seller, question.scenario)?;
        Ok(Self {
            book,
            baseline,
            scenario: question.scenario,
            valuation: baseline.valuation()?,
            tenors: TenorMap::log_linear(),
            holdings: seller.holdings.total_usd_bn(),
            seller,
        })
    }

    /// The orders of a scenario, and the seller's part in them.
    pub fn job(&self, scenario: &Scenario) -> Result<Job, ScenarioError> {
        let built = orders(scenario, self.baseline, Settings::Product)?;
        let mut sales_by_day: Vec<[f64; BUCKETS]> = Vec::new();
        for (sale, days) in scenario.sales.iter().zip(&built.sales_by_day) {
            if sale.amount.bn() <= 0.0 || sale.seller.as_str() != self.seller.name {
                continue;
            }
            if sales_by_day.is_empty() {
                sales_by_day.clone_from(days);
                continue;
            }
            sales_by_day.resize(sales_by_day.len().max(days.len()), [0.0; BUCKETS]);
            for (sum, more) in sales_by_day.iter_mut().zip(days) {
                for (sum, more) in sum.iter_mut().zip(more) {
                    *sum += more;
                }
            }
        }
        Ok(Job {
            flow: built.flow,
            sales_by_day,
        })
    }

    /// Where a camp's parameters come from.
    pub fn source(&self, camp: CampName) -> Result<ParameterSource<'_>, ScenarioError> {
        Ok(ParameterSource {
            book: self.book,
            camp_name: camp,
            camp: self.book.camps.get(camp)?,
            market: &self.baseline.market,
            economy: self.baseline.economy,
            fed: self.scenario.fed,
            dealers: self.scenario.dealers,
            settings: Settings::Product,
        })
    }

    /// A solver for these parameters, in the memory of an earlier one.
    pub fn solver<'m>(
        &self,
        camp: CampName,
        memory: &'m mut Option<Solver>,
        parameters: &Parameters,
    ) -> Result<&'m mut Solver, ScenarioError> {
        let refuse = |source| ScenarioError::Clearing {
            camp: camp.letter(),
            source,
        };
        let solver = match memory.take() {
            Some(used) => used.renewed(&self.baseline.market, parameters),
            None => Solver::new(&self.baseline.market, parameters),
        };
        Ok(memory.insert(solver.map_err(refuse)?))
    }

    /// Clears a job and reads it.
    pub fn read(
        &self,
        camp: CampName,
        solver: &mut Solver,
        job: &Job,
    ) -> Result<Reading, ScenarioError> {
        let path = solver
            .clear(&job.flow)
            .map_err(|source| ScenarioError::Clearing {
                camp: camp.letter(),
                source,
            })?;
        self.reading(&path, &job.sales_by_day)
    }

    fn reading(
        &self,
        path: &ClearingPath,
        sales_by_day: &[[f64; BUCKETS]],
    ) -> Result<Reading, ScenarioError> {
        let position = SellerPosition {
            holdings_usd_bn: &self.holdings,
            sales_by_day,
        };
        let horizon = self.scenario.horizon_days;
        let account = accounts(position, path, &self.valuation, &[horizon])?
            .into_iter()
            .next()
            .ok_or_else(|| ScenarioError::Holders {
                message: "no account at the horizon".to_owned(),
            })?;
        let peaks = TENORS.map(|tenor| peak(path, &self.tenors, tenor));
        let reading = Reading {
            loss: account.execution_loss.bn(),
            mark: account.mark_to_market.bn(),
            result: account.result().bn(),
            peaks: peaks.map(|(_, change)| change),
            peak_day: peaks[0].0,
        };
        for (measure, value) in [
            ("execution_loss", reading.loss),
            ("mark_to_market", reading.mark),
            ("yield_change_peak", reading.peaks[0]),
        ] {
            if !value.is_finite() {
                return Err(ScenarioError::NotFinite { measure, value });
            }
        }
        Ok(reading)
    }

    /// Market value by bucket on the last day of a path relative to the start, less one.
    pub fn value_changes_at_horizon(
        &self,
        path: &ClearingPath,
    ) -> Result<[f64; BUCKETS], ScenarioError> {
        let last = path.days.last().ok_or_else(|| ScenarioError::Holders {
            message: "a path without days".to_owned(),
        })?;
        Ok(self.valuation.relative_changes(&last.yields_bp)?)
    }
}

/// The change of largest size with its sign, and its day; day 0 is the baseline.
fn peak(path: &ClearingPath, tenors: &TenorMap, tenor: Tenor) -> (u32, f64) {
    path.days
        .iter()
        .zip(1..)
        .map(|(day, number)| (number, tenors.change(&day.yields_bp, tenor).0))
        .fold((0, 0.0), |best: (u32, f64), next| {
            if next.1.abs() > best.1.abs() {
                next
            } else {
                best
            }
        })
}
