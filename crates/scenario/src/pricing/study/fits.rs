//! Curves fitted to the prices of a day, and how far every security lies from each of them.
//!
//! A Svensson curve and a smoothing spline (`brandish_curve::fit`), each with its root mean square, beside the curve of the day. The error of
//! a security is its observed less its model yield, in bp: positive when it is cheap against the curve. In the last month before
//! maturity a cent of price is many bp of yield, so such securities are measured but not fitted, and do not count in root mean
//! squares. A method that does not converge, or has too few securities, is reported with its reason; the other one stands.

use brandish_curve::{
    BandError, DiscountCurve, FitQuotes, QuotedSecurity, SecurityResidual, SplineFit, SvenssonFit,
    errors_by_band, fit_spline, fit_svensson,
};
use brandish_units::{Bp, Cusip, Date, Years};

use super::{DayQuotes, NamedCurve};
use crate::ScenarioError;

/// Securities that mature within this many months of settlement are not fitted.
const NOT_FITTED_MONTHS: i32 = 1;

/// Names and values of what a fit found.
pub type Parameters = Vec<(&'static str, f64)>;

/// Why a method gave no curve.
#[derive(Debug, Clone, PartialEq)]
pub struct FitError {
    /// `svensson` or `spline`.
    pub method: &'static str,
    /// Why, and what to do.
    pub message: String,
}

/// A curve with its errors against the quotes.
#[derive(Debug, Clone)]
pub struct FittedCurve {
    /// `svensson`, `spline`, or the day's curve.
    pub label: &'static str,
    /// The curve.
    pub curve: NamedCurve,
    /// Parameters and settings, name and value.
    pub parameters: Parameters,
    /// Root mean square of the yield errors.
    pub root_mean_square: Bp,
    /// Errors by maturity band.
    pub bands: Vec<BandError>,
}

/// One security against every curve.
#[derive(Debug, Clone, PartialEq)]
pub struct FitResidual {
    /// Security.
    pub cusip: Cusip,
    /// Its kind.
    pub kind: brandish_data::SecurityKind,
    /// Its maturity.
    pub maturity: Date,
    /// Years from settlement.
    pub years: Years,
    /// Whether the curves were fitted to it.
    pub fitted: bool,
    /// Observed price and yield; the model is that of the first curve.
    pub observed: SecurityResidual,
    /// Observed less model yield, one a curve in the order of [`CurveFits::curves`].
    pub errors: Vec<Bp>,
}

/// Everything a fit says.
#[derive(Debug, Clone)]
pub struct CurveFits {
    /// What was fitted.
    pub quotes: DayQuotes,
    /// The fits that were found, then the day's curve.
    pub curves: Vec<FittedCurve>,
    /// Methods that gave none.
    pub failed: Vec<FitError>,
    /// Every security, in the order of maturity.
    pub residuals: Vec<FitResidual>,
}

/// Fits both curves and measures the day's curve beside them.
///
/// # Errors
/// Quotes that have no yield, or no method that gives a curve.
pub fn fit(quotes: DayQuotes, day: &NamedCurve) -> Result<CurveFits, ScenarioError> {
    // Sums run in one order, whatever the order of the lines: equal prices give equal bits.
    let mut quotes = quotes;
    quotes
        .quotes
        .sort_by_key(|quote| (quote.security.maturity(), quote.security.cusip()));
    let quotes = quotes;
    let horizon = quotes.settlement.plus_months(NOT_FITTED_MONTHS);
    let is_fitted = |quote: &QuotedSecurity| quote.security.maturity() >= horizon;
    let used: Vec<QuotedSecurity> = quotes.quotes.iter().copied().filter(is_fitted).collect();
    let prepared = FitQuotes::new(quotes.as_of, quotes.settlement, &used)?;
    let all = FitQuotes::new(quotes.as_of, quotes.settlement, &quotes.quotes)?;
    let maturities = || used.iter().map(|quote| quote.security.maturity());
    let end = |date: Option<Date>| date.map_or(Years(0.0), |date| years(quotes.as_of, date));
    let range = (end(maturities().min()), end(maturities().max()));
    let named = |method: &str, curve: DiscountCurve| {
        let name = format!(
            "{method} fitted to {} securities: {}",
            used.len(),
            quotes.name
        );
        NamedCurve::read_off(name, curve, range)
    };
    let mut found: Vec<(&'static str, NamedCurve, Parameters)> = Vec::new();
    let mut failed = Vec::new();
    match fit_svensson(&prepared) {
        Ok(fit) => {
            let parameters = svensson_parameters(&fit);
            found.push(("svensson", named("Svensson curve", fit.curve)?, parameters));
        }
        Err(error) => failed.push(FitError {
            method: "svensson",
            message: error.to_string(),
        }),
    }
    match fit_spline(&prepared) {
        Ok(fit) => {
            let parameters = spline_parameters(&fit);
            found.push(("spline", named("smoothing spline", fit.curve)?, parameters));
        }
        Err(error) => failed.push(FitError {
            method: "spline",
            message: error.to_string(),
        }),
    }
    if found.is_empty() {
        let reasons: Vec<String> = failed
            .iter()
            .map(|failure| format!("{}: {}", failure.method, failure.message))
            .collect();
        return Err(ScenarioError::NoQuotes {
            message: reasons.join("; "),
        });
    }
    found.push(("day", day.clone(), Vec::new()));
    let mut curves = Vec::with_capacity(found.len());
    let mut by_curve = Vec::with_capacity(found.len());
    for (label, curve, parameters) in found {
        let residuals = all.residuals(&curve.curve)?;
        let counted: Vec<SecurityResidual> = residuals
            .iter()
            .copied()
            .filter(|residual| residual.maturity >= horizon)
            .collect();
        curves.push(FittedCurve {
            label,
            curve,
            parameters,
            root_mean_square: root_mean_square(&counted),
            bands: errors_by_band(&counted),
        });
        by_curve.push(residuals);
    }
    Ok(CurveFits {
        residuals: residuals(&quotes, &by_curve, horizon),
        quotes,
        curves,
        failed,
    })
}

fn years(from: Date, to: Date) -> Years {
    Years(f64::from(to - from) / 365.25)
}

fn residuals(
    quotes: &DayQuotes,
    by_curve: &[Vec<SecurityResidual>],
    horizon: Date,
) -> Vec<FitResidual> {
    quotes
        .quotes
        .iter()
        .enumerate()
        .filter_map(|(place, quote)| {
            let errors = by_curve.iter().filter_map(|rows| rows.get(place));
            let observed = *by_curve.first()?.get(place)?;
            Some(FitResidual {
                cusip: observed.cusip,
                kind: quote.security.kind(),
                maturity: observed.maturity,
                years: observed.years,
                fitted: observed.maturity >= horizon,
                observed,
                errors: errors.map(|residual| residual.error).collect(),
            })
        })
        .collect()
}

fn root_mean_square(residuals: &[SecurityResidual]) -> Bp {
    let squares: f64 = residuals.iter().map(|r| r.error.bp() * r.error.bp()).sum();
    Bp((squares / residuals.len().max(1) as f64).sqrt())
}

fn svensson_parameters(fit: &SvenssonFit) -> Parameters {
    let p = fit.parameters;
    vec![
        ("beta0_pct", p.beta0_pct),
        ("beta1_pct", p.beta1_pct),
        ("beta2_pct", p.beta2_pct),
        ("beta3_pct", p.beta3_pct),
        ("tau1_years", p.tau1_years),
        ("tau2_years", p.tau2_years),
        ("steps", fit.steps as f64),
    ]
}

fn spline_parameters(fit: &SplineFit) -> Parameters {
    vec![
        ("knots", fit.knots.len() as f64),
        ("lambda_per_security", fit.lambda),
        ("effective_parameters", fit.effective_parameters),
    ]
}
