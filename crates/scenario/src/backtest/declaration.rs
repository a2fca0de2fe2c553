//! What is measured and how it is scored, as it was declared before anything was computed.
//!
//! The numbers come from `backtests/declaration.toml`, embedded as it stands; the words of that file are for readers and are checked to be
//! there. Code that needs a threshold, a band or the list of episodes asks here, so that what is declared is what is done.

use brandish_units::Tenor;
use serde::Deserialize;

use super::episode::Episode;
use super::episode_file;
use crate::diagnostic::Diagnostic;
use crate::error::ScenarioError;

const FILE: &str = "backtests/declaration.toml";
const TEXT: &str = include_str!("../../../../backtests/declaration.toml");

macro_rules! shipped {
    ($($name:literal),* $(,)?) => {
        [$((
            $name,
            include_str!(concat!("../../../../backtests/episodes/", $name, ".toml")),
        )),*]
    };
}

/// The episodes that ship with the program, in the order of the declaration.
const SHIPPED: [(&str, &str); 11] = shipped![
    "taper-2013",
    "crimea-2014",
    "china-2015",
    "covid-2020",
    "japan-fx-2022",
    "svb-2023",
    "japan-fx-2024-apr",
    "japan-fx-2024-jul",
    "april-2025",
    "kato-card-2025",
    "japan-sale-2026",
];

/// The declared rules.
#[derive(Debug, Clone, PartialEq)]
pub struct Declaration {
    /// Tenors at which changes are read.
    pub tenors: Vec<Tenor>,
    /// Place of the scored tenor among them.
    pub scored: usize,
    /// Draws per camp.
    pub draws: u32,
    /// Seed of the draws.
    pub seed: u64,
    /// Least size of a change whose sign is scored, bp.
    pub sign_least_bp: f64,
    /// Largest size of an effect that counts as nothing, bp.
    pub nothing_bp: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    schema: u32,
    #[serde(rename = "declared")]
    _declared: toml::value::Datetime,
    episodes: Vec<String>,
    metric: RawMetric,
    score: RawScore,
    #[serde(rename = "label")]
    _label: toml::Table,
    #[serde(rename = "no_look_ahead")]
    _no_look_ahead: toml::Table,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMetric {
    tenors: Vec<String>,
    scored_tenor: String,
    draws: u32,
    scramblings: u64,
    seed: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawScore {
    sign_least_bp: f64,
    bands: Vec<f64>,
    nothing_bp: f64,
}

impl Declaration {
    /// The declaration this binary was built with.
    ///
    /// # Errors
    /// If it does not parse, or asks for what the program does not do: a defect of the build, and still an error and not a panic.
    pub fn shipped() -> Result<Self, ScenarioError> {
        let refuse = |message: String| ScenarioError::parameters(FILE, message);
        let raw: Raw = toml::from_str(TEXT).map_err(|error| refuse(error.to_string()))?;
        let tenor = |text: &str| {
            text.parse::<Tenor>()
                .map_err(|error| refuse(error.to_string()))
        };
        let tenors = raw
            .metric
            .tenors
            .iter()
            .map(|text| tenor(text))
            .collect::<Result<Vec<_>, _>>()?;
        let scored_tenor = tenor(&raw.metric.scored_tenor)?;
        let scored = tenors
            .iter()
            .position(|tenor| *tenor == scored_tenor)
            .ok_or_else(|| refuse("the scored tenor is not among the tenors".into()))?;
        let named: Vec<&str> = raw.episodes.iter().map(String::as_str).collect();
        let embedded: Vec<&str> = SHIPPED.iter().map(|(name, _)| *name).collect();
        let as_built = raw.schema == 1
            && raw.score.bands == [0.5, 0.9]
            && raw.metric.scramblings == crate::parameters::points::SCRAMBLINGS
            && named == embedded;
        if !as_built {
            return Err(refuse(
                "schema, bands, scramblings and episodes must be those of the program".into(),
            ));
        }
        Ok(Self {
            tenors,
            scored,
            draws: raw.metric.draws,
            seed: raw.metric.seed,
            sign_least_bp: raw.score.sign_least_bp,
            nothing_bp: raw.score.nothing_bp,
        })
    }
}

/// Names of the shipped episodes.
#[must_use]
pub fn episode_names() -> Vec<&'static str> {
    SHIPPED.iter().map(|(name, _)| *name).collect()
}

/// The shipped episode of this name; `None` where there is none.
///
/// # Errors
/// If its file does not parse: a defect of the build.
pub fn shipped_episode(name: &str) -> Option<Result<Episode, Vec<Diagnostic>>> {
    let (_, text) = SHIPPED.iter().find(|(shipped, _)| *shipped == name)?;
    Some(episode_file::parse(
        text,
        &format!("backtests/episodes/{name}.toml"),
    ))
}
