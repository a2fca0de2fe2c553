//! From observables to parameters: which risk price, and which learning multiplier, gives what a study found.
//!
//! The demand slope follows from the long-run response in closed form. Given it, the response at the end of a month of undeclared sales
//! rises with the risk price `gamma` (capital that adjusts slowly can hold it down to the long run, risk-bearing cannot carry it above
//! a bound), and with the learning multiplier. Both are found by bisection in the logarithm, to 1e-12 in relative terms. Economies are
//! those of the studies: GDP, capacity and utilization of their year; neither the Fed's rule nor forced sellers.

use brandish_habitat::{
    ClearingError, Market, Parameters, month_response, slope_for_long_run_response,
};

use crate::error::ScenarioError;

/// Risk prices searched, 1/($bn bp).
pub(super) const RISK_PRICES: (f64, f64) = (1e-8, 1e-2);
/// Pricing equations are solved to this residual, bp: at the ends of the search, far from any market, the reference's 1e-10 is below what
/// rounding leaves. It moves a response by less than 1e-8 bp.
pub(super) const TOLERANCE_BP: f64 = 1e-9;
/// Halvings of a search interval; the logarithm of the widest interval is 14, so the last is below 1e-12.
const HALVINGS: usize = 46;

/// Why observables cannot be met.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum FitError {
    /// The target is outside what the searched range attains.
    #[error(
        "no {what} between {low:e} and {high:e} gives {target:.2} bp: attainable are {least:.2} to {most:.2} bp"
    )]
    Unattainable {
        /// The parameter searched.
        what: &'static str,
        /// The target.
        target: f64,
        /// Least parameter.
        low: f64,
        /// Largest parameter.
        high: f64,
        /// Response at the least.
        least: f64,
        /// Response at the largest.
        most: f64,
    },
    /// The engine refused.
    #[error(transparent)]
    Clearing(#[from] ClearingError),
    /// A response is not a number.
    #[error("the response is not a number at {what} {value:e}")]
    NotFinite {
        /// The parameter searched.
        what: &'static str,
        /// Its value.
        value: f64,
    },
}

impl FitError {
    /// As an error of the crate, at a place.
    #[must_use]
    pub fn at(self, place: &'static str) -> ScenarioError {
        ScenarioError::parameters(place, self.to_string())
    }
}

/// The parameter between `low` and `high` at which a rising `response` equals `target`, by bisection in logarithms.
pub(super) fn solve(
    what: &'static str,
    (low, high): (f64, f64),
    target: f64,
    response: &dyn Fn(f64) -> Result<f64, FitError>,
) -> Result<f64, FitError> {
    let (least, most) = (response(low)?, response(high)?);
    for (value, at) in [(least, low), (most, high)] {
        if !value.is_finite() {
            return Err(FitError::NotFinite { what, value: at });
        }
    }
    if !(least..=most).contains(&target) {
        return Err(FitError::Unattainable {
            what,
            target,
            low,
            high,
            least,
            most,
        });
    }
    let (mut below, mut above) = (low.ln(), high.ln());
    for _ in 0..HALVINGS {
        let middle = 0.5 * (below + above);
        if response(middle.exp())? > target {
            above = middle;
        } else {
            below = middle;
        }
    }
    Ok((0.5 * (below + above)).exp())
}

/// Parameters of the reference settings with this long-run response, risk price and learning multiplier.
///
/// # Errors
/// A response no slope gives.
pub fn parameters_for(
    market: &Market,
    long_run_bp_per_100bn: f64,
    risk_price: f64,
    news: f64,
) -> Result<Parameters, FitError> {
    let mut parameters = Parameters::central(1.0, risk_price);
    parameters.extrapolation.share = news;
    parameters.repricing.tolerance_bp = TOLERANCE_BP;
    parameters.demand_slope_usd_bn_per_bp =
        slope_for_long_run_response(market, &parameters, long_run_bp_per_100bn)?;
    Ok(parameters)
}

/// The risk price (1/($bn bp)) at which $100bn of the reference seller's mix sold undeclared over 21 days moves the ten-year yield by
/// `month_bp` at month end, given the long-run response and the learning multiplier; reference settings, 2025 economy.
///
/// # Errors
/// A month response that no risk price between 1e-8 and 1e-2 gives.
pub fn risk_price_for_month_response(
    long_run_bp: f64,
    month_bp: f64,
    news: f64,
) -> Result<f64, FitError> {
    let market = Market::reference()?;
    let low = least_risk_price(&|price| parameters_for(&market, long_run_bp, price, news))?;
    let range = (low, RISK_PRICES.1);
    solve("risk price", range, month_bp, &|risk_price| {
        let parameters = parameters_for(&market, long_run_bp, risk_price, news)?;
        Ok(month_response(&market, &parameters)?.ten_year.0)
    })
}

/// The least risk price, within a factor of 1.1, at which some slope gives the long run: below it specialists hold everything for less.
pub(super) fn least_risk_price(
    fitted: &dyn Fn(f64) -> Result<Parameters, FitError>,
) -> Result<f64, FitError> {
    let mut price = RISK_PRICES.0;
    loop {
        match fitted(price) {
            Ok(_) => return Ok(price),
            Err(error) if price > RISK_PRICES.1 => return Err(error),
            Err(_) => price *= 1.1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_response_that_cannot_be_is_refused_with_what_can() {
        let error = risk_price_for_month_response(1.55, 90.0, 0.5).unwrap_err();
        let FitError::Unattainable { least, most, .. } = error else {
            panic!("{error}");
        };
        assert!(least < 5.0 && most > 8.0 && most < 90.0, "{least} {most}");
    }
}
