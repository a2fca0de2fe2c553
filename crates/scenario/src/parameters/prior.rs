//! Priors of the engine's parameters: central value, distribution, unit, range, source.
//!
//! Lognormal priors are written by median and geometric standard deviation: value = median * gsd^z with z standard
//! normal. `around` is uniform within a half width of a central value that the day's data give. Draws are points of scrambled
//! Sobol sequences (`points`), one dimension a parameter.

use brandish_math::normal_quantile;
use serde::Deserialize;

use super::points;
use crate::error::ScenarioError;

/// How a parameter is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Distribution {
    /// `central * gsd^z`.
    Lognormal,
    /// Uniform between `low` and `high`.
    Uniform,
    /// Uniform within `half_width` of the central value.
    Around,
    /// An integer between `low` and `high`, both included.
    Integer,
    /// Not drawn.
    Fixed,
}

/// One entry of `parameters/engine.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prior {
    /// Name of the parameter.
    pub name: String,
    /// Number of the stream (dimension of the Sobol points) it is drawn from.
    pub stream: u64,
    /// How it is drawn.
    pub distribution: Distribution,
    /// Central value (the median of a lognormal).
    pub central: f64,
    /// Geometric standard deviation of a lognormal.
    pub gsd: Option<f64>,
    /// Lower end; of a fixed parameter, of its cited range (no draw goes there, a tornado does).
    pub low: Option<f64>,
    /// Upper end, likewise.
    pub high: Option<f64>,
    /// Half width of `around`.
    pub half_width: Option<f64>,
    /// Unit.
    pub unit: String,
    /// Range in words.
    pub range: String,
    /// Source, or the word judgement.
    pub source: String,
}

impl Prior {
    /// Draws the parameter around `central` (pass `self.central` unless the day's data give another one).
    ///
    /// # Errors
    /// If the entry lacks the numbers its distribution needs.
    pub fn draw(&self, central: f64, seed: u64, draw: u64) -> Result<f64, ScenarioError> {
        let missing = |field: &str| {
            ScenarioError::parameters("parameters", format!("{}: `{field}` is missing", self.name))
        };
        if self.distribution == Distribution::Fixed {
            return Ok(central);
        }
        let u = points::uniform(seed, draw, self.stream)?;
        Ok(match self.distribution {
            Distribution::Fixed => central,
            Distribution::Lognormal => {
                central
                    * self
                        .gsd
                        .ok_or_else(|| missing("gsd"))?
                        .powf(normal_quantile(u)?)
            }
            Distribution::Uniform => {
                let low = self.low.ok_or_else(|| missing("low"))?;
                let high = self.high.ok_or_else(|| missing("high"))?;
                low + (high - low) * u
            }
            Distribution::Around => {
                let half = self.half_width.ok_or_else(|| missing("half_width"))?;
                central + half * (2.0 * u - 1.0)
            }
            Distribution::Integer => {
                let low = self.low.ok_or_else(|| missing("low"))?;
                let high = self.high.ok_or_else(|| missing("high"))?;
                (low + ((high - low + 1.0) * u).floor()).min(high)
            }
        })
    }
}

impl Prior {
    /// The parameter at probability `p` (0 to 1, exclusive) of its distribution around `central`; a fixed one is what it is.
    ///
    /// # Errors
    /// If the entry lacks the numbers its distribution needs, or `p` is no probability.
    pub fn at(&self, central: f64, p: f64) -> Result<f64, ScenarioError> {
        let number = |field: &str, value: Option<f64>| {
            value.ok_or_else(|| {
                ScenarioError::parameters(
                    "parameters",
                    format!("{}: `{field}` is missing", self.name),
                )
            })
        };
        Ok(match self.distribution {
            Distribution::Fixed => central,
            Distribution::Lognormal => {
                central * number("gsd", self.gsd)?.powf(brandish_math::normal_quantile(p)?)
            }
            Distribution::Uniform => {
                let (low, high) = (number("low", self.low)?, number("high", self.high)?);
                low + (high - low) * p
            }
            Distribution::Around => {
                central + number("half_width", self.half_width)? * (2.0 * p - 1.0)
            }
            Distribution::Integer => {
                let (low, high) = (number("low", self.low)?, number("high", self.high)?);
                (low + ((high - low + 1.0) * p).floor()).min(high)
            }
        })
    }
}

/// All priors of the file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PriorBook {
    #[serde(skip)]
    file: &'static str,
    schema: u32,
    parameter: Vec<Prior>,
    /// Observations from which a prior was judged; shown with it, not computed with.
    #[serde(default)]
    window: Vec<ObservedWindow>,
}

/// A dated observation behind a prior.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ObservedWindow {
    /// When.
    pub name: String,
    /// Dollars sold for yen, in bn of yen.
    pub amount_jpy_bn: f64,
    /// Change of USDJPY over the window, percent.
    pub usdjpy_change_pct: f64,
    /// Publishers of the two numbers.
    pub source: String,
}

impl PriorBook {
    /// Reads the text of an engine parameter file.
    ///
    /// # Errors
    /// Unknown fields, unsupported schema, two parameters on one stream.
    pub fn parse(file: &'static str, text: &str) -> Result<Self, ScenarioError> {
        let mut book: Self = toml::from_str(text)
            .map_err(|error| ScenarioError::parameters(file, error.to_string()))?;
        book.file = file;
        if book.schema != 1 {
            return Err(ScenarioError::parameters(
                file,
                format!("schema = {} is not supported; use schema = 1", book.schema),
            ));
        }
        for (index, prior) in book.parameter.iter().enumerate() {
            if let Some(other) = book.parameter[..index]
                .iter()
                .find(|other| other.stream == prior.stream || other.name == prior.name)
            {
                return Err(ScenarioError::parameters(
                    file,
                    format!(
                        "{} and {} share a name or a stream; give each its own",
                        other.name, prior.name
                    ),
                ));
            }
        }
        Ok(book)
    }

    /// The prior of that name.
    ///
    /// # Errors
    /// If the file does not define it.
    pub fn get(&self, name: &str) -> Result<&Prior, ScenarioError> {
        self.parameter
            .iter()
            .find(|prior| prior.name == name)
            .ok_or_else(|| ScenarioError::parameters(self.file, format!("{name} is not defined")))
    }

    /// The same book with another central value of one parameter.
    ///
    /// # Errors
    /// If the file does not define it.
    pub(crate) fn with_central(mut self, name: &str, value: f64) -> Result<Self, ScenarioError> {
        let file = self.file;
        let prior = self
            .parameter
            .iter_mut()
            .find(|prior| prior.name == name)
            .ok_or_else(|| ScenarioError::parameters(file, format!("{name} is not defined")))?;
        prior.central = value;
        Ok(self)
    }

    /// Observations behind the priors, if the file has any.
    #[must_use]
    pub fn windows(&self) -> &[ObservedWindow] {
        &self.window
    }

    /// All priors in the order of the file.
    #[must_use]
    pub fn all(&self) -> &[Prior] {
        &self.parameter
    }
}
