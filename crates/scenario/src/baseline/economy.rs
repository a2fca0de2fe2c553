//! The economy and the risk of the day: GDP known, utilization at rest, covariance of yield changes. No look-ahead.
//!
//! Utilization at rest is the percentile of primary dealers' net coupon position (TIPS included) in the trailing three
//! years, mapped linearly to 0.45-0.75: u0 = 0.45 + 0.30 percentile (judgement). The covariance comes from daily par-yield
//! changes of the 3.5 years that end on the as-of day. Reference settings take the reference's constants instead.

use brandish_data::KnownOn;
use brandish_data::dealers::percentile_of;
use brandish_habitat::{Market, Parameters, Sigma, SlowSectors};
use brandish_units::{Date, Tenor, Usd};

use crate::error::ScenarioError;
use crate::parameters::{Economy, ParameterBook};
use crate::settings::Settings;

/// Tenors from which the covariance is estimated.
const SIGMA_TENORS: [Tenor; 10] = [
    Tenor::M3,
    Tenor::M6,
    Tenor::Y1,
    Tenor::Y2,
    Tenor::Y3,
    Tenor::Y5,
    Tenor::Y7,
    Tenor::Y10,
    Tenor::Y20,
    Tenor::Y30,
];
/// Utilization at the lowest and at the highest dealer position of the window.
const UTILIZATION_RANGE: (f64, f64) = (0.45, 0.75);
const DAYS_PER_YEAR: f64 = 365.25;

/// The market (covariance, sectors) and the economy of the day, and the GDP quarter used.
pub(super) fn of_the_day(
    known: &KnownOn<'_>,
    as_of: Date,
    book: &ParameterBook,
    settings: Settings,
) -> Result<(Market, Economy, String), ScenarioError> {
    let refuse = |source| ScenarioError::Market { as_of, source };
    if settings == Settings::Reference {
        let central = Parameters::central(1.0, 1e-5);
        let gdp = book.economy.reference_gdp;
        let economy = Economy {
            gdp,
            reference_gdp: gdp,
            utilization_at_rest: central.utilization_at_rest,
        };
        return Ok((
            Market::reference().map_err(refuse)?,
            economy,
            "reference".into(),
        ));
    }
    let years = |name: &str| {
        book.priors
            .get(name)
            .map(|prior| (prior.central * DAYS_PER_YEAR) as i32)
    };
    let sigma = sigma(known, as_of.plus_days(-years("sigma_window")?), as_of)?;
    let switch_min_years = book.priors.get("switch_min_years")?.central;
    let market = Market::new(sigma, SlowSectors::reference(), switch_min_years).map_err(refuse)?;
    let quarter = book.economy.known_on(as_of)?;
    let economy = Economy {
        gdp: quarter.gdp,
        reference_gdp: book.economy.reference_gdp,
        utilization_at_rest: utilization(
            known,
            as_of.plus_days(-years("dealer_position_window")?),
        )?,
    };
    Ok((market, economy, quarter.quarter.clone()))
}

/// Covariance of daily changes from `from` to `as_of`; days on which a tenor is missing are left out.
pub(crate) fn sigma(known: &KnownOn<'_>, from: Date, as_of: Date) -> Result<Sigma, ScenarioError> {
    let history = known.par_yield_history(from, as_of)?;
    let rows: Vec<Vec<f64>> = history
        .iter()
        .filter_map(|day| {
            SIGMA_TENORS
                .iter()
                .map(|tenor| day.get(*tenor).map(|y| y.percent()))
                .collect()
        })
        .collect();
    let tenors: Vec<f64> = SIGMA_TENORS
        .iter()
        .map(|tenor| tenor.years().years())
        .collect();
    Sigma::from_par_yield_changes(&tenors, &rows)
        .map_err(|source| ScenarioError::Market { as_of, source })
}

/// Utilization at rest: where dealers' newest coupon position stands in its history from `from` on.
pub(crate) fn utilization(known: &KnownOn<'_>, from: Date) -> Result<f64, ScenarioError> {
    let history: Vec<Usd> = known
        .dealer_position_history(from)?
        .iter()
        .filter_map(|week| week.coupons_with_tips)
        .collect();
    let newest = history.last().copied();
    let percentile = newest.and_then(|value| percentile_of(value, &history));
    let Some(percentile) = percentile else {
        return Err(ScenarioError::NoBaseline {
            as_of: known.as_of(),
            reason: format!(
                "no dealer positions published between {from} and {}",
                known.as_of()
            ),
        });
    };
    let (low, high) = UTILIZATION_RANGE;
    Ok(low + (high - low) * percentile)
}
