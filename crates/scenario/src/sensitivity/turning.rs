//! Where a conclusion turns along one parameter: steps outwards from the central value, then bisection.
//!
//! Eight steps on each side of the central value find the first that answers otherwise, so that a conclusion that turns and turns back is
//! seen unless it does both within a step; bisection in the prior's probability then narrows the step to a 4096th part. A
//! whole-number parameter is tried at every whole number. A value at which the market finds no price answers nothing and is passed over.

use super::Turn;
use crate::error::ScenarioError;
use crate::parameters::{Distribution, Prior};

/// Steps on each side of the central value.
const STEPS: u32 = 8;
/// Halvings of the step in which the answer changes.
const HALVINGS: u32 = 12;

/// A search along one parameter.
pub(super) struct Search<'a> {
    pub(super) prior: &'a Prior,
    /// Central value of the parameter.
    pub(super) central: f64,
    /// Probabilities at the ends of its range.
    pub(super) ends: (f64, f64),
    /// Whether the conclusion at a probability differs from that at the center.
    pub(super) differs: &'a (dyn Fn(f64) -> Result<bool, ScenarioError> + Sync),
}

impl Search<'_> {
    /// Nothing where the market finds no price.
    fn differs(&self, p: f64) -> Result<Option<bool>, ScenarioError> {
        match (self.differs)(p) {
            Ok(differs) => Ok(Some(differs)),
            Err(ScenarioError::Clearing { .. }) => Ok(None),
            Err(other) => Err(other),
        }
    }

    /// Probability at which the prior has its central value.
    fn center(&self) -> f64 {
        match (self.prior.distribution, self.prior.low, self.prior.high) {
            (Distribution::Uniform, Some(low), Some(high)) if high > low => {
                ((self.central - low) / (high - low)).clamp(self.ends.0, self.ends.1)
            }
            _ => 0.5,
        }
    }
}

/// The value nearest to the central one at which the conclusion turns.
pub(super) fn turning(search: &Search<'_>) -> Result<Turn, ScenarioError> {
    if search.prior.distribution == Distribution::Integer {
        return whole_numbers(search);
    }
    let center = search.center();
    let mut nearest: Option<f64> = None;
    for end in [search.ends.0, search.ends.1] {
        let mut last = center;
        for step in 1..=STEPS {
            let p = center + (end - center) * f64::from(step) / f64::from(STEPS);
            match search.differs(p)? {
                Some(true) => {
                    let found = halve(search, last, p)?;
                    let nearer =
                        nearest.is_none_or(|other| (found - center).abs() < (other - center).abs());
                    if nearer {
                        nearest = Some(found);
                    }
                    break;
                }
                Some(false) => last = p,
                None => {}
            }
        }
    }
    match nearest {
        None => Ok(Turn::Never),
        Some(p) => Ok(Turn::At(search.prior.at(search.central, p)?)),
    }
}

/// Between a probability that agrees with the center and one that differs: the nearest known one that differs.
fn halve(search: &Search<'_>, agrees: f64, differs: f64) -> Result<f64, ScenarioError> {
    let (mut agrees, mut differs) = (agrees, differs);
    for _ in 0..HALVINGS {
        let middle = 0.5 * (agrees + differs);
        match search.differs(middle)? {
            Some(true) => differs = middle,
            Some(false) => agrees = middle,
            // no price there: what is known stands
            None => break,
        }
    }
    Ok(differs)
}

fn whole_numbers(search: &Search<'_>) -> Result<Turn, ScenarioError> {
    let (Some(low), Some(high)) = (search.prior.low, search.prior.high) else {
        return Ok(Turn::Never);
    };
    let count = high - low + 1.0;
    let mut numbers: Vec<f64> = (0..)
        .map(|step| low + f64::from(step))
        .take_while(|number| *number <= high)
        .collect();
    let distance = |number: f64| (number - search.central).abs();
    numbers.sort_by(|left, right| distance(*left).total_cmp(&distance(*right)));
    for number in numbers {
        // the middle of the probabilities that round to this number
        let p = (number - low + 0.5) / count;
        if search.differs(p)? == Some(true) {
            return Ok(Turn::At(number));
        }
    }
    Ok(Turn::Never)
}
