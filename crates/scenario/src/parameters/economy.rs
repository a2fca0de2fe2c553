//! Size of the economy as known on a day: the demand slope scales with nominal GDP.
//!
//! A quarter counts from its release date; before the first release in the table there is no answer, and the
//! caller gets an error instead of the nearest number.

use brandish_units::{Date, Usd};
use serde::Deserialize;

use crate::error::ScenarioError;

const FILE: &str = "parameters/economy.toml";

/// One quarter of nominal GDP.
#[derive(Debug, Clone, PartialEq)]
pub struct GdpQuarter {
    /// e.g. `2025Q1`.
    pub quarter: String,
    /// First day on which the number was public.
    pub released: Date,
    /// Annual rate.
    pub gdp: Usd,
}

/// Nominal GDP by quarter.
#[derive(Debug, Clone)]
pub struct EconomyTable {
    /// GDP of the economy in which the camps' responses are stated.
    pub reference_gdp: Usd,
    /// Quarters in order of release.
    pub quarters: Vec<GdpQuarter>,
    /// Publisher and quality.
    pub source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTable {
    schema: u32,
    #[serde(rename = "unit")]
    _unit: String,
    #[serde(rename = "range")]
    _range: String,
    source: String,
    reference_gdp_usd_bn: f64,
    quarter: Vec<RawQuarter>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawQuarter {
    quarter: String,
    released: toml::value::Datetime,
    gdp_usd_bn: f64,
}

impl EconomyTable {
    /// Reads the text of an economy file.
    ///
    /// # Errors
    /// Unknown fields, unsupported schema, bad dates, releases out of order.
    pub fn parse(text: &str) -> Result<Self, ScenarioError> {
        let raw: RawTable = toml::from_str(text)
            .map_err(|error| ScenarioError::parameters(FILE, error.to_string()))?;
        if raw.schema != 1 {
            return Err(ScenarioError::parameters(
                FILE,
                format!("schema = {} is not supported; use schema = 1", raw.schema),
            ));
        }
        let mut quarters: Vec<GdpQuarter> = Vec::with_capacity(raw.quarter.len());
        for entry in raw.quarter {
            let released: Date = entry.released.to_string().parse().map_err(|error| {
                ScenarioError::parameters(FILE, format!("{}: {error}", entry.quarter))
            })?;
            if quarters
                .last()
                .is_some_and(|last| last.released >= released)
            {
                return Err(ScenarioError::parameters(
                    FILE,
                    format!("{}: quarters must be in order of release", entry.quarter),
                ));
            }
            quarters.push(GdpQuarter {
                quarter: entry.quarter,
                released,
                gdp: Usd::from_bn(entry.gdp_usd_bn),
            });
        }
        Ok(Self {
            reference_gdp: Usd::from_bn(raw.reference_gdp_usd_bn),
            quarters,
            source: raw.source,
        })
    }

    /// The last quarter released on or before `as_of`.
    ///
    /// # Errors
    /// If nothing in the table was public by then.
    pub fn known_on(&self, as_of: Date) -> Result<&GdpQuarter, ScenarioError> {
        self.quarters
            .iter()
            .rev()
            .find(|quarter| quarter.released <= as_of)
            .ok_or_else(|| {
                ScenarioError::parameters(FILE, format!("no GDP release on or before {as_of}"))
            })
    }
}
