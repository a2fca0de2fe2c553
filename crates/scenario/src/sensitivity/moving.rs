//! A parameter that a tornado moves: over which probabilities, and which value each of them means.
//!
//! Parameters that are drawn move along their prior, from end to end where it is uniform and from 5% to 95% where it has tails. A parameter that
//! is held fixed in draws moves along its cited range, evenly. An estimated response of another market moves from 5% to 95% of its estimate.

use brandish_habitat::Market;

use crate::error::ScenarioError;
use crate::parameters::{Distribution, Economy, ParameterBook, ParameterSource, Prior};
use crate::run::ResponseParameter;

/// Probabilities at the ends of a distribution with tails.
pub(super) const TAILS: (f64, f64) = (0.05, 0.95);
/// Both ends of a cited range.
const ENDS: (f64, f64) = (0.0, 1.0);
/// What the ends are.
pub(super) const CITED: &str = "cited range";
pub(super) const HELD: &str = "cited range (held fixed in draws)";
const OF_PRIOR: &str = "5% to 95% of the prior";
const OF_ESTIMATE: &str = "5% to 95% of the estimate";

/// What is moved.
#[derive(Debug, Clone, Copy)]
pub(super) enum Moving<'a> {
    /// A parameter that draws move.
    Drawn(&'a Prior),
    /// One that they do not, with the ends of its cited range.
    Held {
        /// The entry of the file.
        prior: &'a Prior,
        /// Lower end.
        low: f64,
        /// Upper end.
        high: f64,
    },
    /// How another market answers the ten-year yield.
    Response(&'a ResponseParameter),
}

/// A market of the day under one changed parameter.
pub(super) struct ChangedMarket {
    pub(super) book: ParameterBook,
    pub(super) market: Market,
    pub(super) economy: Economy,
}

impl<'a> Moving<'a> {
    /// A prior of the files; nothing if it is fixed and has no range in numbers.
    pub(super) fn of(prior: &'a Prior) -> Option<Self> {
        match (prior.distribution, prior.low, prior.high) {
            (Distribution::Fixed, Some(low), Some(high)) if low < high => {
                Some(Self::Held { prior, low, high })
            }
            (Distribution::Fixed, _, _) => None,
            _ => Some(Self::Drawn(prior)),
        }
    }

    /// Its name.
    pub(super) fn name(&self) -> &'a str {
        match self {
            Self::Drawn(prior) | Self::Held { prior, .. } => &prior.name,
            Self::Response(response) => &response.name,
        }
    }

    /// Unit, range and source.
    pub(super) fn told(&self) -> (String, String, String) {
        match self {
            Self::Drawn(prior) | Self::Held { prior, .. } => (
                prior.unit.clone(),
                prior.range.clone(),
                prior.source.clone(),
            ),
            Self::Response(found) => (
                format!("{} per 10 bp of the ten-year yield", found.unit),
                format!(
                    "{} \u{b1} {} (standard error)",
                    found.response.per_ten_bp, found.response.standard_error
                ),
                "estimate known on the day, Student t: brandish markets".to_owned(),
            ),
        }
    }

    /// What the ends of the range are.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Drawn(prior) if prior.distribution == Distribution::Lognormal => OF_PRIOR,
            Self::Drawn(_) => CITED,
            Self::Held { .. } => HELD,
            Self::Response(_) => OF_ESTIMATE,
        }
    }

    /// Probabilities at the ends.
    pub(super) fn ends(&self) -> (f64, f64) {
        match self {
            Self::Drawn(prior) if prior.distribution == Distribution::Lognormal => TAILS,
            Self::Drawn(_) | Self::Held { .. } => ENDS,
            Self::Response(_) => TAILS,
        }
    }

    /// The central value, as in a run: some are the camp's or the day's, not the file's.
    pub(super) fn central(&self, source: &ParameterSource<'_>) -> Result<f64, ScenarioError> {
        match self {
            Self::Drawn(prior) => Ok(match prior.name.as_str() {
                "risk_price" => source.camp.risk_price_central,
                "utilization_at_rest" => source.economy.utilization_at_rest,
                _ => prior.central,
            }),
            Self::Held { prior, .. } => Ok(prior.central),
            Self::Response(found) => Ok(found.response.at(0.5)?),
        }
    }

    /// The value at a probability.
    pub(super) fn value(&self, central: f64, p: f64) -> Result<f64, ScenarioError> {
        match self {
            Self::Drawn(prior) => prior.at(central, p),
            Self::Held { low, high, .. } => Ok(low + (high - low) * p),
            Self::Response(found) => Ok(found.response.at(p)?),
        }
    }

    /// The probability at which it has its central value, as near as its ends allow.
    pub(super) fn center(&self, central: f64) -> f64 {
        let along = |low: f64, high: f64| {
            let (first, last) = self.ends();
            ((central - low) / (high - low)).max(first).min(last)
        };
        match self {
            Self::Held { low, high, .. } => along(*low, *high),
            Self::Drawn(prior) => match (prior.distribution, prior.low, prior.high) {
                (Distribution::Uniform, Some(low), Some(high)) if high > low => along(low, high),
                _ => 0.5,
            },
            Self::Response(_) => 0.5,
        }
    }

    /// The whole numbers it takes, nearest to the central one first.
    pub(super) fn whole_numbers(&self, central: f64) -> Option<Vec<(f64, f64)>> {
        let Self::Drawn(prior) = self else {
            return None;
        };
        let (Distribution::Integer, Some(low), Some(high)) =
            (prior.distribution, prior.low, prior.high)
        else {
            return None;
        };
        let count = high - low + 1.0;
        let mut numbers: Vec<f64> = (0..)
            .map(|step| low + f64::from(step))
            .take_while(|number| *number <= high)
            .collect();
        let distance = |number: f64| (number - central).abs();
        numbers.sort_by(|left, right| distance(*left).total_cmp(&distance(*right)));
        // the middle of the probabilities that round to a number
        let with_p = |number: f64| (number, (number - low + 0.5) / count);
        Some(numbers.into_iter().map(with_p).collect())
    }
}
