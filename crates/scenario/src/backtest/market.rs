//! The market of an episode's day: covariance, economy and maturity mixes from what was published by then, and nothing else.
//!
//! Everything comes through `KnownOn`, the snapshot as it could be read that evening. Par yields give the covariance (3.5 years back) and
//! the daily variance of each tenor for "everything else"; dealers' positions give utilization at rest; the last GDP release gives the
//! size of the economy. Where the program does not reach back far enough, the episode's file gives the number, or the run stops and says so.

use brandish_data::survey::SurveyGroup;
use brandish_data::{DataError, KnownOn};
use brandish_habitat::{BUCKETS, Market, SlowSectors};
use brandish_units::{Date, Tenor};
use serde::Deserialize;

use super::episode::{Episode, EpisodeMix};
use crate::baseline::{economy, survey};
use crate::error::ScenarioError;
use crate::parameters::{Economy, ParameterBook};

const FILE: &str = "parameters/episodes.toml";
const TEXT: &str = include_str!("../../../../parameters/episodes.toml");
const DAYS_PER_YEAR: f64 = 365.25;
/// Oldest last par yield for which the day's market is still known, calendar days.
const STALE_AFTER_DAYS: i32 = 10;
/// Daily changes of this size or more are left out, as in the covariance, bp.
const LARGEST_CHANGE_BP: f64 = 60.0;

/// The market of the day and what it was made of.
#[derive(Debug, Clone, PartialEq)]
pub struct EpisodeMarket {
    /// Risk and sectors.
    pub market: Market,
    /// GDP and utilization.
    pub economy: Economy,
    /// Where GDP comes from.
    pub gdp_source: String,
    /// Standard deviation of a day's change by declared tenor, bp.
    pub daily_sd_bp: Vec<f64>,
    /// Shares by bucket of a sale of bills.
    bills: [f64; BUCKETS],
    /// Share of the survey's first cell that lies up to six months.
    first_cell: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    schema: u32,
    bills: RawShare,
    survey_first_cell: RawShare,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawShare {
    share_up_to_6_months: f64,
    #[serde(rename = "unit")]
    _unit: String,
    #[serde(rename = "range")]
    _range: String,
    #[serde(rename = "source")]
    _source: String,
}

impl EpisodeMarket {
    /// The market as known on the episode's day.
    ///
    /// # Errors
    /// Days before or beyond the snapshot, GDP or dealers' positions not known and not given.
    pub fn at(
        episode: &Episode,
        known: &KnownOn<'_>,
        tenors: &[Tenor],
        book: &ParameterBook,
    ) -> Result<Self, ScenarioError> {
        let as_of = episode.as_of;
        let years = |name: &str| {
            book.priors
                .get(name)
                .map(|prior| (prior.central * DAYS_PER_YEAR) as i32)
        };
        let window_start = as_of.plus_days(-years("sigma_window")?);
        let sigma = economy::sigma(known, window_start, as_of)?;
        let switch_min_years = book.priors.get("switch_min_years")?.central;
        let market = Market::new(sigma, SlowSectors::reference(), switch_min_years)
            .map_err(|source| ScenarioError::Market { as_of, source })?;
        let (gdp, gdp_source) = match episode.gdp {
            Some(gdp) => (gdp, "the episode's file".to_owned()),
            None => {
                let quarter = book
                    .economy
                    .known_on(as_of)
                    .map_err(|error| missing(as_of, &error.to_string(), "gdp_usd_bn"))?;
                (quarter.gdp, quarter.quarter.clone())
            }
        };
        let utilization_at_rest = match episode.utilization_at_rest {
            Some(utilization) => utilization,
            None => {
                let from = as_of.plus_days(-years("dealer_position_window")?);
                economy::utilization(known, from)
                    .map_err(|error| missing(as_of, &error.to_string(), "utilization_at_rest"))?
            }
        };
        let refuse = |message: String| ScenarioError::parameters(FILE, message);
        let raw: Raw = toml::from_str(TEXT).map_err(|error| refuse(error.to_string()))?;
        let shares = [
            raw.bills.share_up_to_6_months,
            raw.survey_first_cell.share_up_to_6_months,
        ];
        if raw.schema != 1 || shares.iter().any(|share| !(0.0..=1.0).contains(share)) {
            return Err(refuse("schema 1 with shares from 0 to 1 is needed".into()));
        }
        let mut bills = [0.0; BUCKETS];
        bills[0] = shares[0];
        bills[1] = 1.0 - shares[0];
        Ok(Self {
            market,
            economy: Economy {
                gdp,
                reference_gdp: book.economy.reference_gdp,
                utilization_at_rest,
            },
            gdp_source,
            daily_sd_bp: daily_sd(known, window_start, as_of, tenors)?,
            bills,
            first_cell: shares[1],
        })
    }

    /// Shares by bucket of a mix.
    ///
    /// # Errors
    /// A survey's mix before any survey was published.
    pub fn shares(
        &self,
        mix: &EpisodeMix,
        known: &KnownOn<'_>,
    ) -> Result<[f64; BUCKETS], ScenarioError> {
        let group = match mix {
            EpisodeMix::Bills => return Ok(self.bills),
            EpisodeMix::Shares(shares) => return Ok(*shares.shares()),
            EpisodeMix::SurveyOfficial => SurveyGroup::Official,
            EpisodeMix::SurveyPrivate => SurveyGroup::Private,
            EpisodeMix::SurveyAll => SurveyGroup::All,
        };
        let structure = known.survey_maturity(group).map_err(|error| match error {
            DataError::NothingPublished { .. } => ScenarioError::NoBaseline {
                as_of: known.as_of(),
                reason: "no survey of maturities in the snapshot was published by then; write the mix as shares by bucket".into(),
            },
            other => other.into(),
        })?;
        let mut first_year = [0.0; BUCKETS];
        first_year[0] = self.first_cell;
        first_year[1] = 1.0 - self.first_cell;
        Ok(survey::shares_by_bucket(&structure, &first_year))
    }
}

fn missing(as_of: Date, what: &str, key: &str) -> ScenarioError {
    ScenarioError::NoBaseline {
        as_of,
        reason: format!("{what}; give `{key}` under [economy] in the episode's file"),
    }
}

/// Root mean square of a day's change by tenor, bp.
fn daily_sd(
    known: &KnownOn<'_>,
    from: Date,
    as_of: Date,
    tenors: &[Tenor],
) -> Result<Vec<f64>, ScenarioError> {
    let history = known.par_yield_history(from, as_of)?;
    match history.last() {
        Some(last) if as_of - last.date <= STALE_AFTER_DAYS => {}
        _ => {
            return Err(ScenarioError::NoBaseline {
                as_of,
                reason: "the snapshot has no par yields of these days".into(),
            });
        }
    }
    tenors
        .iter()
        .map(|tenor| {
            let yields: Vec<f64> = history
                .iter()
                .filter_map(|day| day.get(*tenor).map(|y| y.percent()))
                .collect();
            let changes: Vec<f64> = yields
                .windows(2)
                .map(|pair| 100.0 * (pair[1] - pair[0]))
                .filter(|bp| bp.abs() < LARGEST_CHANGE_BP)
                .collect();
            if changes.len() < 60 {
                return Err(ScenarioError::NoBaseline {
                    as_of,
                    reason: format!("fewer than 60 daily changes of the {tenor} yield"),
                });
            }
            let squares: f64 = changes.iter().map(|bp| bp * bp).sum();
            Ok((squares / changes.len() as f64).sqrt())
        })
        .collect()
}
