//! What a foreign official can do instead of selling, at which price, and the yardstick for what is left of his reserves.
//!
//! `parameters/facilities.toml` holds the limit of the Fed's repo facility for foreign officials by date of effect, what the facility
//! and the foreign repo pool are taken to pay, relative to the target range, and the weights of the IMF's adequacy metric. Each
//! entry states unit, range and source.

use brandish_units::{Bp, Date, Usd};
use serde::Deserialize;

use crate::error::ScenarioError;

const FILE: &str = "parameters/facilities.toml";
const TEXT: &str = include_str!("../../../../parameters/facilities.toml");

/// Which end of the federal funds target range a rate stands over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RangeEnd {
    /// The upper end.
    TargetUpper,
    /// The lower end.
    TargetLower,
}

/// A rate relative to the target range.
#[derive(Debug, Clone, PartialEq)]
pub struct RateRule {
    /// The end of the range.
    pub over: RangeEnd,
    /// What is added to it.
    pub spread: Bp,
    /// Where it comes from.
    pub source: String,
}

/// What one counterparty can borrow.
#[derive(Debug, Clone, PartialEq)]
pub struct FacilityLimit {
    /// First day in effect.
    pub from: Date,
    /// Most that is lent to one account holder.
    pub limit: Usd,
    /// Where it comes from.
    pub source: String,
}

/// Whether a currency floats: the metric has weights for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Regime {
    /// It floats.
    Floating,
    /// It is fixed.
    Fixed,
}

impl Regime {
    /// The word in files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Floating => "floating",
            Self::Fixed => "fixed",
        }
    }

    /// The regime of a word.
    #[must_use]
    pub fn read(word: &str) -> Option<Self> {
        [Self::Floating, Self::Fixed]
            .into_iter()
            .find(|regime| regime.word() == word)
    }
}

/// Weights of the adequacy metric, shares.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AdequacyWeights {
    /// Of exports of a year.
    pub exports: f64,
    /// Of broad money.
    pub broad_money: f64,
    /// Of short-term external debt.
    pub short_term_debt: f64,
    /// Of other portfolio and other liabilities.
    pub other_liabilities: f64,
}

/// The file, checked.
#[derive(Debug, Clone)]
pub struct Facilities {
    limits: Vec<FacilityLimit>,
    /// What the facility charges.
    pub repo: RateRule,
    /// What the foreign repo pool pays.
    pub pool: RateRule,
    floating: AdequacyWeights,
    fixed: AdequacyWeights,
    /// Ratios of reserves to the metric between which they are called adequate.
    pub adequate: (f64, f64),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    schema: u32,
    facility: Vec<RawFacility>,
    rate: Vec<RawRate>,
    adequacy: Vec<RawWeights>,
    adequate: RawAdequate,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFacility {
    #[serde(rename = "name")]
    _name: String,
    from: toml::value::Datetime,
    limit_usd_bn: f64,
    #[serde(rename = "unit")]
    _unit: String,
    #[serde(rename = "range")]
    _range: String,
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRate {
    name: String,
    over: RangeEnd,
    spread_bp: f64,
    #[serde(rename = "unit")]
    _unit: String,
    #[serde(rename = "range")]
    _range: String,
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawWeights {
    name: String,
    exports: f64,
    broad_money: f64,
    short_term_debt: f64,
    other_liabilities: f64,
    #[serde(rename = "unit")]
    _unit: String,
    #[serde(rename = "range")]
    _range: String,
    #[serde(rename = "source")]
    _source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAdequate {
    low: f64,
    high: f64,
    #[serde(rename = "unit")]
    _unit: String,
    #[serde(rename = "range")]
    _range: String,
    #[serde(rename = "source")]
    _source: String,
}

impl Facilities {
    /// The file this binary was built with.
    ///
    /// # Errors
    /// If it does not parse: a defect of the build, and still no panic.
    pub fn shipped() -> Result<Self, ScenarioError> {
        Self::parse(TEXT)
    }

    fn parse(text: &str) -> Result<Self, ScenarioError> {
        let wrong = |message: String| ScenarioError::parameters(FILE, message);
        let raw: Raw = toml::from_str(text).map_err(|error| wrong(error.to_string()))?;
        if raw.schema != 1 {
            return Err(wrong(format!(
                "schema = {} is not supported; use schema = 1",
                raw.schema
            )));
        }
        let mut limits = Vec::with_capacity(raw.facility.len());
        for entry in raw.facility {
            let from: Date = entry
                .from
                .to_string()
                .parse()
                .map_err(|error| wrong(format!("from: {error}")))?;
            limits.push(FacilityLimit {
                from,
                limit: Usd::from_bn(entry.limit_usd_bn),
                source: entry.source,
            });
        }
        limits.sort_by_key(|limit| limit.from);
        let rate = |name: &str| {
            raw.rate
                .iter()
                .find(|rate| rate.name == name)
                .map(|rate| RateRule {
                    over: rate.over,
                    spread: Bp(rate.spread_bp),
                    source: rate.source.clone(),
                })
                .ok_or_else(|| wrong(format!("rate `{name}` is missing")))
        };
        let weights = |regime: Regime| {
            raw.adequacy
                .iter()
                .find(|entry| entry.name == regime.word())
                .map(|entry| AdequacyWeights {
                    exports: entry.exports,
                    broad_money: entry.broad_money,
                    short_term_debt: entry.short_term_debt,
                    other_liabilities: entry.other_liabilities,
                })
                .ok_or_else(|| wrong(format!("adequacy `{}` is missing", regime.word())))
        };
        Ok(Self {
            repo: rate("fima_repo")?,
            pool: rate("foreign_repo_pool")?,
            floating: weights(Regime::Floating)?,
            fixed: weights(Regime::Fixed)?,
            adequate: (raw.adequate.low, raw.adequate.high),
            limits,
        })
    }

    /// The limit of the Fed's repo facility in effect on a day; nothing before there was a facility.
    #[must_use]
    pub fn limit_on(&self, day: Date) -> Option<&FacilityLimit> {
        self.limits.iter().rev().find(|limit| limit.from <= day)
    }

    /// Weights of the metric.
    #[must_use]
    pub const fn weights(&self, regime: Regime) -> AdequacyWeights {
        match regime {
            Regime::Floating => self.floating,
            Regime::Fixed => self.fixed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_facility_has_a_limit_from_the_day_of_its_statement_on() {
        let facilities = Facilities::shipped().unwrap();
        let on = |day: &str| facilities.limit_on(day.parse().unwrap());
        assert!(on("2021-07-27").is_none());
        // FOMC statement of 28 July 2021
        assert_eq!(on("2025-05-01").unwrap().limit, Usd::from_bn(60.0));
    }

    #[test]
    fn a_file_that_lacks_an_entry_or_says_more_is_refused() {
        for (from, to) in [
            ("name = \"fima_repo\"", "name = \"other\""),
            ("name = \"fixed\"", "name = \"pegged\""),
            ("schema = 1", "schema = 2"),
            ("high = 1.5", "high = 1.5\nmore = 2.0"),
        ] {
            assert!(TEXT.contains(from));
            assert!(Facilities::parse(&TEXT.replacen(from, to, 1)).is_err());
        }
    }
}
