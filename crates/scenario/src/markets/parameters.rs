//! `parameters/markets.toml`: what an estimate must show, where somebody sold, what mortgage rates pass through.
//!
//! The mortgage survey may not be redistributed, so its figures were derived once and stand there with window, error and source; a window
//! is used from its last day on, the newest first. Everything else about other markets is computed.

use brandish_effects::markets::{EstimateRules, MarketResponse};
use brandish_units::Date;
use serde::Deserialize;

use crate::error::ScenarioError;

const FILE: &str = "parameters/markets.toml";

/// The file.
#[derive(Debug, Clone, PartialEq)]
pub struct MarketParameters {
    /// What an estimate must show.
    pub rules: EstimateRules,
    /// Where the rules come from.
    pub rules_source: String,
    /// Episodes with official or forced sellers on record.
    pub sale_episodes: Vec<String>,
    mortgage: Vec<MortgageWindow>,
}

/// Pass-through from the ten-year yield to the 30-year fixed mortgage rate over a window.
#[derive(Debug, Clone, PartialEq)]
pub struct MortgageWindow {
    /// Name of the window.
    pub name: String,
    /// First survey.
    pub first: Date,
    /// Last survey.
    pub last: Date,
    /// The response: bp per 10 bp, with its error.
    pub response: MarketResponse,
    /// Changes it rests on.
    pub periods: usize,
    /// Share of the variance.
    pub r_squared: f64,
    /// Unit of the pass-through.
    pub unit: String,
    /// Range in words.
    pub range: String,
    /// Source.
    pub source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    schema: u32,
    rules: RawRules,
    sale_episodes: RawEpisodes,
    mortgage: Vec<RawMortgage>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRules {
    least_days: usize,
    least_episodes: usize,
    least_ratio: f64,
    #[serde(rename = "unit")]
    _unit: String,
    #[serde(rename = "range")]
    _range: String,
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEpisodes {
    ids: Vec<String>,
    #[serde(rename = "unit")]
    _unit: String,
    #[serde(rename = "range")]
    _range: String,
    #[serde(rename = "source")]
    _source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMortgage {
    name: String,
    first: toml::value::Datetime,
    last: toml::value::Datetime,
    pass_through: f64,
    standard_error: f64,
    periods: usize,
    r_squared: f64,
    unit: String,
    range: String,
    source: String,
}

/// A pass-through is per bp, a response per ten.
const PER_BP: f64 = 10.0;
/// Degrees of freedom that the quantiles of Student's t ask for, and the two that a line takes.
const LEAST_PERIODS: usize = 12;

impl MarketParameters {
    /// Reads the text of the file.
    ///
    /// # Errors
    /// Unknown fields, unsupported schema, rules or figures out of range, windows out of order.
    pub fn parse(text: &str) -> Result<Self, ScenarioError> {
        let wrong = |message: String| ScenarioError::parameters(FILE, message);
        let raw: RawFile = toml::from_str(text).map_err(|error| wrong(error.to_string()))?;
        if raw.schema != 1 {
            return Err(wrong(format!(
                "schema = {} is not supported; use schema = 1",
                raw.schema
            )));
        }
        let rules = raw.rules;
        if rules.least_days < LEAST_PERIODS
            || rules.least_episodes < 2
            || !(rules.least_ratio.is_finite() && rules.least_ratio > 0.0)
        {
            return Err(wrong(format!(
                "rules: at least {LEAST_PERIODS} days, 2 episodes and a ratio above 0 are needed; found {}, {} and {}",
                rules.least_days, rules.least_episodes, rules.least_ratio
            )));
        }
        let mut mortgage: Vec<MortgageWindow> = Vec::with_capacity(raw.mortgage.len());
        for entry in raw.mortgage {
            let date = |value: toml::value::Datetime| -> Result<Date, ScenarioError> {
                value
                    .to_string()
                    .parse()
                    .map_err(|error| wrong(format!("mortgage {}: {error}", entry.name)))
            };
            let (first, last) = (date(entry.first)?, date(entry.last)?);
            let finite = entry.pass_through.is_finite()
                && entry.standard_error.is_finite()
                && entry.standard_error > 0.0;
            let later = mortgage.last().is_none_or(|before| before.last < last);
            if !(finite && later && first < last && entry.periods >= LEAST_PERIODS) {
                return Err(wrong(format!(
                    "mortgage {}: windows must follow each other by their last day, with at least {LEAST_PERIODS} periods, a finite pass-through and an error above 0",
                    entry.name
                )));
            }
            mortgage.push(MortgageWindow {
                name: entry.name,
                first,
                last,
                response: MarketResponse {
                    per_ten_bp: PER_BP * entry.pass_through,
                    standard_error: PER_BP * entry.standard_error,
                    degrees_of_freedom: entry.periods as f64 - 2.0,
                },
                periods: entry.periods,
                r_squared: entry.r_squared,
                unit: entry.unit,
                range: entry.range,
                source: entry.source,
            });
        }
        Ok(MarketParameters {
            rules: EstimateRules {
                least_days: rules.least_days,
                least_episodes: rules.least_episodes,
                least_ratio: rules.least_ratio,
            },
            rules_source: rules.source,
            sale_episodes: raw.sale_episodes.ids,
            mortgage,
        })
    }

    /// The newest window that had ended by a day.
    #[must_use]
    pub fn mortgage_on(&self, as_of: Date) -> Option<&MortgageWindow> {
        self.mortgage
            .iter()
            .rev()
            .find(|window| window.last <= as_of)
    }
}
