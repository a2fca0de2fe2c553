//! Where a conclusion turns along one parameter: steps outwards from the central value, then bisection.
//!
//! Eight steps on each side of the central value find the first that answers otherwise, so that a conclusion that turns and turns back is
//! seen unless it does both within a step; bisection in the probability then narrows the step to a 4096th part. A
//! whole-number parameter is tried at every whole number. A value at which the market finds no price answers nothing and is passed over.

use super::Turn;
use super::moving::Moving;
use crate::error::ScenarioError;

/// Steps on each side of the central value.
const STEPS: u32 = 8;
/// Halvings of the step in which the answer changes.
const HALVINGS: u32 = 12;

/// A search along one parameter.
pub(super) struct Search<'a> {
    pub(super) moving: Moving<'a>,
    /// Central value of the parameter.
    pub(super) central: f64,
    /// Whether the conclusion at a probability differs from that at the center; nothing where the market finds no price.
    pub(super) differs: &'a (dyn Fn(f64) -> Result<Option<bool>, ScenarioError> + Sync),
}

/// The value nearest to the central one at which the conclusion turns.
pub(super) fn turning(search: &Search<'_>) -> Result<Turn, ScenarioError> {
    if let Some(numbers) = search.moving.whole_numbers(search.central) {
        for (number, p) in numbers {
            if (search.differs)(p)? == Some(true) {
                return Ok(Turn::At(number));
            }
        }
        return Ok(Turn::Never);
    }
    let center = search.moving.center(search.central);
    let ends = search.moving.ends();
    let mut nearest: Option<f64> = None;
    for end in [ends.0, ends.1] {
        if end == center {
            continue;
        }
        let mut last = center;
        for step in 1..=STEPS {
            let p = center + (end - center) * f64::from(step) / f64::from(STEPS);
            match (search.differs)(p)? {
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
        Some(p) => Ok(Turn::At(search.moving.value(search.central, p)?)),
    }
}

/// Between a probability that agrees with the center and one that differs: the nearest known one that differs.
fn halve(search: &Search<'_>, agrees: f64, differs: f64) -> Result<f64, ScenarioError> {
    let (mut agrees, mut differs) = (agrees, differs);
    for _ in 0..HALVINGS {
        let middle = 0.5 * (agrees + differs);
        match (search.differs)(middle)? {
            Some(true) => differs = middle,
            Some(false) => agrees = middle,
            // no price there: what is known stands
            None => break,
        }
    }
    Ok(differs)
}
