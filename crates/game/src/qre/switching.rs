//! Bifurcations: finding them on a branch and stepping onto the branch that crosses.
//!
//! Between two steps the product sign(det dH/dx) sign(dL/ds) changes at a simple bifurcation and not at a fold. The place
//! is found by halving the step; the crossing direction is the second null vector of (dH/dx, dH/dL), by inverse iteration
//! on the matrix bordered with the direction of travel; a corrector in the plane across it lands on the other branch
//! (Keller 1977; Allgower and Georg 1990, chapter 8). Crossings of even multiplicity keep the sign and are not seen: the
//! search from random starts is there for them.

use super::krylov::norm;
use super::path::{State, Tracer};
use crate::error::GameError;
use brandish_math::Stream;

/// A point where another branch crosses.
#[derive(Debug, Clone, PartialEq)]
pub struct Bifurcation {
    /// The precision there, per unit of payoff.
    pub lambda: f64,
    /// Whether the other branch was found: 0, 1 or 2 of its two directions.
    pub directions_found: usize,
}

/// Halvings of the step between the two signs when the place is only reported: 2^-10 of a step. A precision at a fold is
/// then known to the square of that.
const ROUGH: usize = 10;
/// Halvings at a change of the determinant: branches that pass each other closely without meeting are told from those
/// that cross by going this near, and the branch across is entered from here.
const FINE: usize = 24;

/// Share of a step below which a search that cannot go on has seen enough: above it the two ends may lie on two branches that
/// pass each other, and nothing says that they meet.
const SEEN: f64 = 1e-3;

/// Where something changes on a step.
pub(crate) struct Place {
    /// The first state after it.
    pub at: State,
    /// Whether the states before and after do not meet, or were not seen to: the step leapt to another branch.
    pub jumped: bool,
}

/// Where on a step something changes, judged by a state.
pub(crate) fn locate(
    tracer: &mut Tracer<'_, '_>,
    from: &State,
    to: &State,
    step: f64,
    fine: bool,
    changed: &dyn Fn(&State) -> bool,
) -> Place {
    tracer.fine = true;
    let (mut low, mut high) = (0.0, step);
    let (mut before, mut after) = (from.clone(), to.clone());
    for _ in 0..if fine { FINE } else { ROUGH } {
        // Off the middle when the middle itself is singular.
        let tries = [0.5, 0.4, 0.6];
        let found = tries.iter().find_map(|share| {
            let middle = low + share * (high - low);
            // The derivative factored last is that of a neighbor, which serves unless it is singular itself.
            if let Some((state, _)) = tracer.attempt(from, middle) {
                return Some((middle, state));
            }
            tracer.refactor(from).ok()?;
            tracer
                .attempt(from, middle)
                .map(|(state, _)| (middle, state))
        });
        let Some((middle, state)) = found else {
            break;
        };
        if changed(&state) {
            (high, after) = (middle, state);
        } else {
            (low, before) = (middle, state);
        }
    }
    tracer.fine = false;
    let apart = before
        .x
        .iter()
        .zip(&after.x)
        .map(|(one, two)| (one - two).powi(2))
        .sum::<f64>()
        .sqrt()
        .hypot(before.precision - after.precision);
    // On one curve neighbors are as far apart as their arclength, up to the bound on the angle and the corrector's
    // tolerance; a leap to another curve stays a leap however short the step.
    let unseen = fine && high - low > SEEN * step;
    let jumped = unseen || apart > 3.0 * (high - low) + 1e-7 * (1.0 + norm(&after.x));
    Place { at: after, jumped }
}

/// The directions that lead from a bifurcation onto the crossing branch: up to two states on it.
pub(crate) fn cross(tracer: &mut Tracer<'_, '_>, at: &State) -> Result<Vec<State>, GameError> {
    let Some((vx, vl)) = across(tracer, at)? else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    for side in [1.0, -1.0] {
        let landed = [0.05, 0.2, 0.01, 1.0].iter().find_map(|distance| {
            let x: Vec<f64> =
                at.x.iter()
                    .zip(&vx)
                    .map(|(x, v)| x + side * distance * v)
                    .collect();
            let precision = at.precision + side * distance * vl;
            tracer.full = true;
            let landed = tracer.correct(x, precision, (&vx, vl), 0.7 * distance);
            tracer.full = false;
            landed
        });
        if let Some((x, precision)) = landed {
            let onward: Vec<f64> = vx.iter().map(|value| side * value).collect();
            found.push(tracer.state(x, precision, &onward, side * vl)?);
        }
    }
    Ok(found)
}

/// The unit vector across the branch in which the equations do not change either; none if there is no such vector.
fn across(tracer: &mut Tracer<'_, '_>, at: &State) -> Result<Option<(Vec<f64>, f64)>, GameError> {
    tracer.refactor(at)?;
    let mut stream = Stream::new(1, 0, 0);
    let mut vx: Vec<f64> = at.x.iter().map(|_| stream.normal()).collect();
    let mut vl = stream.normal();
    let mut grown = 0.0;
    for _ in 0..6 {
        let length = norm(&vx).hypot(vl);
        for value in &mut vx {
            *value /= length;
        }
        vl /= length;
        (vx, vl) = tracer.bordered(&vx, vl, (&at.tx, at.tl))?;
        grown = norm(&vx).hypot(vl);
    }
    // The inverse must blow up along a null vector; the place is known to about 1e-9 of a step.
    if !(grown > 1e3 && grown.is_finite()) {
        return Ok(None);
    }
    for value in &mut vx {
        *value /= grown;
    }
    Ok(Some((vx, vl / grown)))
}
