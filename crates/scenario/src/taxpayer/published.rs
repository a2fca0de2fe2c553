//! The check against the budget office: its own question, all rates 0.1 percentage point higher from now on, put to this schedule.
//!
//! The same debt, the same borrowing, no path: every yield is 10 bp up on every day. The years are those of the published
//! figure, which begin a year later and end a year later than the ten of the bill. The figure is compared with, never fitted to.

use brandish_effects::taxpayer::{Plan, Schedule, Switch};
use brandish_habitat::BUCKETS;

use super::inside::HeldInside;
use super::issuer::outstanding;
use super::plan::{empty_path, end_of, fiscal_years};
use super::rules::{Rules, Sensitivity};
use crate::baseline::Baseline;
use crate::error::ScenarioError;

/// The parallel move, bp.
const TEN: f64 = 10.0;

/// What this schedule says, and what the budget office says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TenBasisPoints {
    /// Gross, $bn by fiscal year of the published window.
    pub by_year_usd_bn: Vec<(i32, f64)>,
    /// Their sum.
    pub gross_usd_bn: f64,
    /// Net of what the Fed gets back; absent where its share is not known.
    pub net_of_fed_usd_bn: Option<f64>,
    /// The published figure.
    pub published: Sensitivity,
}

/// The check, or why there is none.
pub(super) fn ten_basis_points(
    baseline: &Baseline,
    inside: &HeldInside,
    plan: &Plan,
    rules: &Rules,
) -> Result<Result<TenBasisPoints, String>, ScenarioError> {
    let Some(published) = rules.sensitivity(baseline.as_of) else {
        return Ok(Err(format!(
            "no edition of the budget office's sensitivity in the record was out by {}",
            baseline.as_of
        )));
    };
    let budget = match baseline.budget() {
        Ok(budget) => budget,
        Err(reason) => return Ok(Err(reason)),
    };
    let years = fiscal_years(baseline.as_of, published.last_year)?;
    let borrowing: Option<Vec<_>> = years
        .iter()
        .map(|year| Some(budget.year(year.year)?.borrowing))
        .collect();
    let Some(borrowing) = borrowing else {
        return Ok(Err(format!(
            "the baseline of {} does not reach fiscal year {}",
            budget.edition, published.last_year
        )));
    };
    let plan = Plan {
        outstanding: outstanding(baseline, inside, end_of(published.last_year)?),
        years,
        borrowing: Some(borrowing),
        switch: Switch::default(),
        horizon_days: 0,
        ..plan.clone()
    };
    let schedule = Schedule::new(&plan)?;
    let bill = schedule.bill(&empty_path(), &[TEN; BUCKETS]);
    let window = |values: &[f64]| -> Vec<(i32, f64)> {
        schedule
            .years()
            .iter()
            .zip(values)
            .filter(|(year, _)| year.year >= published.first_year)
            .map(|(year, value)| (year.year, *value))
            .collect()
    };
    let sum = |values: &[f64]| window(values).iter().map(|(_, value)| value).sum::<f64>();
    Ok(Ok(TenBasisPoints {
        by_year_usd_bn: window(&bill.gross_usd_bn),
        gross_usd_bn: sum(&bill.gross_usd_bn),
        net_of_fed_usd_bn: inside.fed.is_ok().then(|| sum(&bill.net_of_fed_usd_bn)),
        published: published.clone(),
    }))
}
