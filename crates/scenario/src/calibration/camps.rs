//! The shipped camps, fitted anew: F to Beltran et al., S to supply studies and March 2020, C between them, X to Ahmed and Rebucci.
//!
//! F: slope and risk price from two responses in the economy of 2010 (month and long run at five years). S: its long run and a month
//! response in the economy of 2025. C: the geometric means of the pairs of S and F. X: F with the learning multiplier that gives Ahmed and
//! Rebucci's response. Observables are stated in the economy of 2025 with the reference seller's mix, so that camps can be compared.

use brandish_habitat::{Market, Parameters, long_run_response, month_response};

use super::experiment::Experiment;
use super::fit::{
    FitError, RISK_PRICES, least_risk_price, parameters_for, risk_price_for_month_response, solve,
};
use super::targets::Observations;
use crate::error::ScenarioError;
use crate::file::CampName;
use crate::parameters::CampBook;

/// Learning multiplier of the camps that do not fit it (judgement: persistence of flows).
const NEWS: f64 = 0.5;
/// Demand slopes searched, $bn per bp.
const SLOPES: (f64, f64) = (0.3, 3000.0);
/// Learning multipliers searched.
const MULTIPLIERS: (f64, f64) = (0.1, 20.0);

/// A camp as its observables give it.
#[derive(Debug, Clone, PartialEq)]
pub struct FittedCamp {
    /// The camp.
    pub camp: CampName,
    /// Its parameters at reference settings.
    pub parameters: Parameters,
    /// Long-run response, bp per $100bn.
    pub long_run_bp: f64,
    /// Month response, bp per $100bn.
    pub month_bp: f64,
    /// Yearly Sharpe ratio of intermediaries on the inventory at month end.
    pub sharpe: f64,
}

/// Which published numbers the fit uses.
const BELTRAN: &str = "Beltran-Kretchmer-Marquez-Thomas 2012/13";
const AHMED: &str = "Ahmed-Rebucci 2022";

/// Fits all shipped camps.
///
/// # Errors
/// Observables that no parameters give; a target that is not in the table.
pub fn fitted_camps(
    market: &Market,
    observations: &Observations,
    book: &CampBook,
) -> Result<Vec<FittedCamp>, ScenarioError> {
    let at = |error: FitError| error.at("calibration");
    let (month, month_target) = experiment(observations, BELTRAN, "impact month")?;
    let (lasting, lasting_target) = experiment(observations, BELTRAN, "long run")?;
    let f = fit_two(market, month, month_target, lasting, lasting_target).map_err(at)?;
    let long_run_of_s = book.get(CampName::S)?.long_run_response_bp_per_100bn;
    let month_of_s = observations.month_response_of_s_bp;
    let s = from_observables(market, CampName::S, long_run_of_s, month_of_s).map_err(at)?;
    let f = observed(market, CampName::F, f).map_err(at)?;
    let c = from_observables(
        market,
        CampName::C,
        (s.long_run_bp * f.long_run_bp).sqrt(),
        (s.month_bp * f.month_bp).sqrt(),
    )
    .map_err(at)?;
    let (shock, target) = experiment(observations, AHMED, "impact")?;
    let news = solve("learning multiplier", MULTIPLIERS, target, &|news| {
        let mut parameters = f.parameters;
        parameters.extrapolation.share = news;
        shock.response(market, &parameters)
    })
    .map_err(at)?;
    let mut x = f.parameters;
    x.extrapolation.share = news;
    let x = observed(market, CampName::X, x).map_err(at)?;
    Ok(vec![s, c, f, x])
}

fn experiment<'a>(
    observations: &'a Observations,
    study: &str,
    horizon: &str,
) -> Result<(&'a Experiment, f64), ScenarioError> {
    let found = observations
        .targets
        .iter()
        .find(|target| target.study == study && target.horizon == horizon);
    match found.map(|target| (&target.experiment, target.response)) {
        Some((Ok(experiment), response)) => Ok((experiment, response)),
        _ => Err(ScenarioError::parameters(
            "calibration",
            format!("{study}, {horizon}: a camp is fitted to it, and it is not computed"),
        )),
    }
}

fn from_observables(
    market: &Market,
    camp: CampName,
    long_run_bp: f64,
    month_bp: f64,
) -> Result<FittedCamp, FitError> {
    let risk_price = risk_price_for_month_response(long_run_bp, month_bp, NEWS)?;
    let parameters = parameters_for(market, long_run_bp, risk_price, NEWS)?;
    observed(market, camp, parameters)
}

/// Slope and risk price that give both responses: the slope for every risk price, then the risk price.
fn fit_two(
    market: &Market,
    month: &Experiment,
    month_target: f64,
    lasting: &Experiment,
    lasting_target: f64,
) -> Result<Parameters, FitError> {
    let with_slope = |risk_price: f64| -> Result<Parameters, FitError> {
        let mut parameters = Parameters::central(1.0, risk_price);
        parameters.extrapolation.share = NEWS;
        // the response falls in the slope: its inverse is searched
        let inverse = solve(
            "inverse demand slope",
            (1.0 / SLOPES.1, 1.0 / SLOPES.0),
            lasting_target,
            &|inverse| parameters_with(parameters, 1.0 / inverse, |p| lasting.response(market, p)),
        )?;
        parameters.demand_slope_usd_bn_per_bp = 1.0 / inverse;
        Ok(parameters)
    };
    let low = least_risk_price(&with_slope)?;
    let risk_price = solve("risk price", (low, RISK_PRICES.1), month_target, &|price| {
        month.response(market, &with_slope(price)?)
    })?;
    with_slope(risk_price)
}

fn parameters_with<T>(
    mut parameters: Parameters,
    slope: f64,
    then: impl Fn(&Parameters) -> Result<T, FitError>,
) -> Result<T, FitError> {
    parameters.demand_slope_usd_bn_per_bp = slope;
    then(&parameters)
}

fn observed(
    market: &Market,
    camp: CampName,
    parameters: Parameters,
) -> Result<FittedCamp, FitError> {
    let month = month_response(market, &parameters)?;
    Ok(FittedCamp {
        camp,
        parameters,
        long_run_bp: long_run_response(market, &parameters)?.0,
        month_bp: month.ten_year.0,
        sharpe: month.implied_sharpe,
    })
}
