//! The published responses and how each is put to the engine.
//!
//! Responses with their bounds come from the snapshot (`impact_targets`); the experiment nearest to what a study describes comes from
//! `parameters/responses.toml`, where a study that cannot be put to the engine says why. Every row of the one needs a row of the other.

use brandish_data::Snapshot;
use serde::Deserialize;

use super::experiment::{Experiment, Read, Shape, Supply};
use crate::error::ScenarioError;

const FILE: &str = "parameters/responses.toml";
const TEXT: &str = include_str!("../../../../parameters/responses.toml");

/// A published response.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// Authors and year.
    pub study: String,
    /// What happened.
    pub shock: String,
    /// At which maturity.
    pub maturity: String,
    /// When.
    pub horizon: String,
    /// The number.
    pub response: f64,
    /// Its bounds.
    pub low: f64,
    /// Its bounds.
    pub high: f64,
    /// Its unit.
    pub unit: String,
    /// Where it was read.
    pub source: String,
    /// How it is put to the engine, or why it is not.
    pub experiment: Result<Experiment, String>,
}

impl Target {
    /// Whether the table gives bounds and not only a number.
    #[must_use]
    pub fn has_bounds(&self) -> bool {
        self.low < self.high
    }

    /// Whether a computed response lies within the bounds, or within a quarter of a number that is published without (judgement: as wide as
    /// the bounds that others have). Bounds are stretched by the factor `wider` away from each other.
    #[must_use]
    pub fn is_met_by(&self, value: f64, wider: f64) -> bool {
        let (near, far) = if self.has_bounds() {
            let (low, high) = (self.low.abs(), self.high.abs());
            (low.min(high), low.max(high))
        } else {
            let size = self.response.abs();
            (0.75 * size, 1.25 * size)
        };
        let size = value * self.response.signum();
        (near / wider..=far * wider).contains(&size)
    }
}

/// An economy of the past.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub struct PastEconomy {
    /// Nominal GDP, $bn a year.
    pub gdp_usd_bn: f64,
    /// Intermediaries' capacity, $bn of ten-year equivalents.
    pub capacity_usd_bn: f64,
    /// Utilization without the flow, ratio.
    pub utilization_at_rest: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    schema: u32,
    #[serde(rename = "unit")]
    _unit: String,
    #[serde(rename = "range")]
    _range: String,
    #[serde(rename = "source")]
    _source: String,
    economy: Vec<RawEconomy>,
    fitted: RawFitted,
    observation: Vec<RawObservation>,
}

#[derive(Deserialize)]
struct RawEconomy {
    name: String,
    #[serde(flatten)]
    economy: PastEconomy,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFitted {
    month_response_of_s_bp: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawObservation {
    study: String,
    maturity: String,
    horizon: String,
    not_computed: Option<String>,
    experiment: Option<String>,
    economy: Option<String>,
    amount_usd_bn: Option<f64>,
    mix: Option<String>,
    read: Option<String>,
    program_days: Option<usize>,
}

/// Everything `parameters/responses.toml` says beside the experiments.
#[derive(Debug, Clone, PartialEq)]
pub struct Observations {
    /// The targets in the order of the file.
    pub targets: Vec<Target>,
    /// Month response to which camp S is fitted, bp per $100bn.
    pub month_response_of_s_bp: f64,
    economies: Vec<(String, PastEconomy)>,
}

impl Observations {
    /// Reads the shipped file against the snapshot's table.
    ///
    /// # Errors
    /// A row without its counterpart, an experiment that lacks a field or names what does not exist.
    pub fn shipped(snapshot: &Snapshot) -> Result<Self, ScenarioError> {
        let refuse = |message: String| ScenarioError::parameters(FILE, message);
        let raw: Raw = toml::from_str(TEXT).map_err(|error| refuse(error.to_string()))?;
        if raw.schema != 1 {
            return Err(refuse(format!("schema = {} is not supported", raw.schema)));
        }
        let economies: Vec<(String, PastEconomy)> = raw
            .economy
            .into_iter()
            .map(|entry| (entry.name, entry.economy))
            .collect();
        let mut published = published(snapshot)?;
        let mut targets = Vec::with_capacity(raw.observation.len());
        for observation in &raw.observation {
            let place = published.iter().position(|target| {
                target.study == observation.study
                    && target.maturity == observation.maturity
                    && target.horizon == observation.horizon
            });
            let Some(place) = place else {
                return Err(refuse(format!(
                    "{}, {}, {}: no such row in the table impact_targets",
                    observation.study, observation.maturity, observation.horizon
                )));
            };
            let mut target = published.remove(place);
            target.experiment = experiment(observation, &economies)
                .map_err(|what| refuse(format!("{}: {what}", observation.study)))?;
            targets.push(target);
        }
        if let Some(left) = published.first() {
            return Err(refuse(format!(
                "{}, {}, {}: a row of impact_targets without an observation here",
                left.study, left.maturity, left.horizon
            )));
        }
        Ok(Self {
            targets,
            month_response_of_s_bp: raw.fitted.month_response_of_s_bp,
            economies,
        })
    }

    /// An economy by its year.
    ///
    /// # Errors
    /// If the file does not have it.
    pub fn economy(&self, year: &str) -> Result<PastEconomy, ScenarioError> {
        let found = self.economies.iter().find(|(name, _)| name == year);
        found
            .map(|(_, economy)| *economy)
            .ok_or_else(|| ScenarioError::parameters(FILE, format!("no economy of {year}")))
    }
}

fn experiment(
    raw: &RawObservation,
    economies: &[(String, PastEconomy)],
) -> Result<Result<Experiment, String>, String> {
    let Some(word) = &raw.experiment else {
        return match &raw.not_computed {
            Some(reason) => Ok(Err(reason.clone())),
            None => Err("neither `experiment` nor `not_computed`".into()),
        };
    };
    let year = raw.economy.as_deref().ok_or("`economy` is missing")?;
    let economy = economies
        .iter()
        .find(|(name, _)| name == year)
        .map(|(_, economy)| *economy)
        .ok_or_else(|| format!("no economy of {year}"))?;
    let shape = match (word.as_str(), raw.program_days) {
        ("month", None) => Shape::Month,
        ("long-run", None) => Shape::LongRun,
        ("long-run-equivalents", None) => Shape::LongRunEquivalents,
        ("one-day", None) => Shape::OneDay,
        ("program-end", Some(days)) => Shape::ProgramEnd { days },
        ("march-2020-rise", None) => Shape::MarchRise,
        ("march-2020-after", None) => Shape::MarchAfter,
        ("march-2020-alone", None) => Shape::MarchAlone,
        _ => {
            return Err(format!(
                "experiment `{word}` is not known with these fields"
            ));
        }
    };
    let mix = raw.mix.as_deref().ok_or("`mix` is missing")?;
    let read = raw.read.as_deref().ok_or("`read` is missing")?;
    Ok(Ok(Experiment {
        shape,
        amount_usd_bn: raw.amount_usd_bn.ok_or("`amount_usd_bn` is missing")?,
        supply: Supply::named(mix).ok_or_else(|| format!("mix `{mix}` is not known"))?,
        economy,
        year: year.to_owned(),
        read: Read::named(read).ok_or_else(|| format!("`{read}` cannot be read"))?,
    }))
}

fn published(snapshot: &Snapshot) -> Result<Vec<Target>, ScenarioError> {
    let table = snapshot.table("impact_targets")?;
    let [
        study,
        shock,
        maturity,
        horizon,
        response,
        low,
        high,
        unit,
        source,
    ] = table.columns([
        "study",
        "shock",
        "maturity",
        "horizon",
        "response",
        "low",
        "high",
        "unit",
        "named_source",
    ])?;
    let mut found = Vec::new();
    for row in table.rows() {
        let row = row?;
        found.push(Target {
            study: row.text(study).to_owned(),
            shock: row.text(shock).to_owned(),
            maturity: row.text(maturity).to_owned(),
            horizon: row.text(horizon).to_owned(),
            response: row.number(response)?,
            low: row.number(low)?,
            high: row.number(high)?,
            unit: row.text(unit).to_owned(),
            source: row.text(source).to_owned(),
            experiment: Err(String::new()),
        });
    }
    Ok(found)
}
