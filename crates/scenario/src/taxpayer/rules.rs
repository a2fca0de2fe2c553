//! Rules and published comparisons of the taxpayer's bill, from `parameters/taxpayer.toml`.
//!
//! One rule (how yields go on after a run's last day) and the budget office's editions of its own sensitivity, each with
//! what could be verified of it. An edition is used from the day it was out.

use brandish_data::Month;
use brandish_units::Date;
use serde::Deserialize;

use crate::error::ScenarioError;

const FILE: &str = "parameters/taxpayer.toml";
const TEXT: &str = include_str!("../../../../parameters/taxpayer.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    schema: u32,
    after_horizon: RawRule,
    published: Vec<RawPublished>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    half_life_days: f64,
    unit: String,
    range: String,
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPublished {
    edition: String,
    out_on: String,
    baseline: String,
    first_year: i32,
    last_year: i32,
    least_usd_bn: f64,
    most_usd_bn: f64,
    #[serde(rename = "unit")]
    _unit: String,
    #[serde(rename = "range")]
    _range: String,
    source: String,
    verified: String,
}

/// How yields go from the last day of a run to their long run.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct AfterHorizon {
    pub half_life_days: f64,
    pub unit: String,
    pub range: String,
    pub source: String,
}

/// What the budget office says of all rates 0.1 percentage point higher.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sensitivity {
    pub edition: String,
    pub out_on: Date,
    pub baseline: Month,
    pub first_year: i32,
    pub last_year: i32,
    pub least_usd_bn: f64,
    pub most_usd_bn: f64,
    pub source: String,
    pub verified: String,
}

pub(crate) struct Rules {
    pub after_horizon: AfterHorizon,
    pub published: Vec<Sensitivity>,
}

impl Rules {
    /// Those that the program carries.
    pub fn shipped() -> Result<Self, ScenarioError> {
        let refuse = |message: String| ScenarioError::parameters(FILE, message);
        let raw: RawFile = toml::from_str(TEXT).map_err(|error| refuse(error.to_string()))?;
        if raw.schema != 1 {
            return Err(refuse(format!(
                "schema = {} is not supported; use schema = 1",
                raw.schema
            )));
        }
        let published =
            raw.published
                .into_iter()
                .map(|row| {
                    let out_on = row
                        .out_on
                        .parse()
                        .map_err(|_| refuse(format!("out_on = \"{}\" is no date", row.out_on)))?;
                    let baseline = row.baseline.parse().map_err(|_| {
                        refuse(format!("baseline = \"{}\" is no month", row.baseline))
                    })?;
                    Ok(Sensitivity {
                        edition: row.edition,
                        out_on,
                        baseline,
                        first_year: row.first_year,
                        last_year: row.last_year,
                        least_usd_bn: row.least_usd_bn,
                        most_usd_bn: row.most_usd_bn,
                        source: row.source,
                        verified: row.verified,
                    })
                })
                .collect::<Result<_, ScenarioError>>()?;
        let rule = raw.after_horizon;
        Ok(Self {
            after_horizon: AfterHorizon {
                half_life_days: rule.half_life_days,
                unit: rule.unit,
                range: rule.range,
                source: rule.source,
            },
            published,
        })
    }

    /// The newest edition that was out on a day.
    pub fn sensitivity(&self, day: Date) -> Option<&Sensitivity> {
        self.published
            .iter()
            .filter(|edition| edition.out_on <= day)
            .max_by_key(|edition| edition.out_on)
    }
}
