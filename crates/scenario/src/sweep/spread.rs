//! How a number is spread over draws: quantiles, the Monte Carlo error of the median, and the same for the stated mixture of camps.
//!
//! Of one camp: type 7 quantiles, and the error over independent scramblings as everywhere (`parameters::points`). Of the mixture: draws
//! pooled with the camps' weights, each camp's weight spread evenly over its draws; its error is the spread of the eight scramblings' pooled
//! medians, `sqrt(sum_r (m_r - mean)^2 / (8 * 7))`, and is not available where a scrambling has too few draws.

use brandish_math::quantile;

use crate::bands::{MIN_DRAWS_FOR_BANDS, QUANTILES, weighted_quantile};
use crate::error::ScenarioError;
use crate::parameters::points::{SCRAMBLINGS, median_error};

/// Fewest pooled draws of a scrambling for which its median is used.
const LEAST_EACH: usize = 4;

/// One number over draws: values with the numbers of their draws, and the value at central parameters.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Drawn {
    pub(super) central: f64,
    pub(super) numbers: Vec<u64>,
    pub(super) values: Vec<f64>,
}

/// A statistic: its name in tables and its value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stat {
    /// `central`, `p05`, `p25`, `p50`, `p75`, `p95`, `mc_se`, `mc_se_unpaired`, `share_positive`.
    pub name: &'static str,
    /// Its value.
    pub value: f64,
}

/// How a number is spread.
#[derive(Debug, Clone, PartialEq)]
pub struct Spread {
    /// Statistics in the order of tables; bands only with at least five draws.
    pub stats: Vec<Stat>,
    /// Draws behind it.
    pub draws: usize,
}

impl Spread {
    /// The statistic of that name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<f64> {
        let stat = self.stats.iter().find(|stat| stat.name == name)?;
        Some(stat.value)
    }

    /// The median, or the central value where there are too few draws for one.
    #[must_use]
    pub fn middle(&self) -> Option<f64> {
        self.get("p50").or_else(|| self.get("central"))
    }

    pub(super) fn add(&mut self, name: &'static str, value: Option<f64>) {
        self.stats.extend(value.map(|value| Stat { name, value }));
    }
}

/// The spread of one camp.
pub(super) fn of_camp(drawn: &Drawn) -> Result<Spread, ScenarioError> {
    let mut spread = Spread {
        stats: Vec::new(),
        draws: drawn.values.len(),
    };
    spread.add("central", Some(drawn.central));
    if drawn.values.len() < MIN_DRAWS_FOR_BANDS {
        return Ok(spread);
    }
    let mut sorted = drawn.values.clone();
    sorted.sort_by(f64::total_cmp);
    for (name, p) in QUANTILES {
        spread.add(name, Some(quantile(&sorted, p)?));
    }
    spread.add("mc_se", Some(median_error(&drawn.numbers, &drawn.values)?));
    Ok(spread)
}

/// The spread of the mixture: camps with their weights. Nothing with fewer than two camps, or too few draws in one.
pub(super) fn of_mixture(camps: &[(f64, &Drawn)]) -> Option<Spread> {
    let enough = camps
        .iter()
        .all(|(_, drawn)| drawn.values.len() >= MIN_DRAWS_FOR_BANDS);
    if camps.len() < 2 || !enough {
        return None;
    }
    let mut spread = Spread {
        stats: Vec::new(),
        draws: camps.iter().map(|(_, drawn)| drawn.values.len()).sum(),
    };
    let pooled = pool(camps, |_| true);
    for (name, p) in QUANTILES {
        spread.add(name, weighted_quantile(&pooled, p));
    }
    spread.add("mc_se", mixture_error(camps));
    Some(spread)
}

/// Share of the draws in which the number is above zero, camps by weight.
pub(super) fn share_positive(camps: &[(f64, &Drawn)]) -> Option<f64> {
    let filled = camps.iter().filter(|(_, drawn)| !drawn.values.is_empty());
    let (mut above, mut all) = (0.0, 0.0);
    for (weight, drawn) in filled {
        let count = drawn.values.iter().filter(|value| **value > 0.0).count();
        above += weight * (count as f64 / drawn.values.len() as f64);
        all += weight;
    }
    (all > 0.0).then(|| above / all)
}

fn pool(camps: &[(f64, &Drawn)], takes: impl Fn(u64) -> bool) -> Vec<(f64, f64)> {
    let mut pooled = Vec::new();
    for (weight, drawn) in camps {
        let taken: Vec<f64> = drawn
            .numbers
            .iter()
            .zip(&drawn.values)
            .filter(|(number, _)| takes(**number))
            .map(|(_, value)| *value)
            .collect();
        let each = weight / taken.len().max(1) as f64;
        pooled.extend(taken.into_iter().map(|value| (value, each)));
    }
    pooled.sort_by(|left, right| left.0.total_cmp(&right.0));
    pooled
}

fn mixture_error(camps: &[(f64, &Drawn)]) -> Option<f64> {
    let mut medians = Vec::new();
    for scrambling in 0..SCRAMBLINGS {
        let of_it = |number: u64| number % SCRAMBLINGS == scrambling;
        let every_camp = camps
            .iter()
            .all(|(_, drawn)| drawn.numbers.iter().any(|number| of_it(*number)));
        let pooled = pool(camps, of_it);
        if !every_camp || pooled.len() < LEAST_EACH {
            return None;
        }
        medians.push(weighted_quantile(&pooled, 0.5)?);
    }
    let count = medians.len() as f64;
    let mean = medians.iter().sum::<f64>() / count;
    let squares: f64 = medians.iter().map(|median| (median - mean).powi(2)).sum();
    Some((squares / (count * (count - 1.0))).sqrt())
}
