//! Bifurcations: finding them on a branch and stepping onto the branch that crosses.
//!
//! Between two steps the product sign(det dH/dx) sign(dL/ds) changes at a simple bifurcation and not at a fold. The place
//! is found by halving the step; the crossing direction is the second null vector of (dH/dx, dH/dL), by inverse iteration
//! on the matrix bordered with the direction of travel; a corrector in the plane across it lands on the other branch
//! (Keller 1977; Allgower and Georg 1990, chapter 8). Crossings of even multiplicity keep the sign: in small games the number
//! of eigenvalues left of the axis shows them, and the null space of several dimensions is searched for the branches that
//! leave it; in larger ones the search from starts is there for them.

use super::krylov::{dot, norm};
use super::path::{SEARCH_INDEX_LIMIT, State, Tracer};
use crate::error::GameError;
use brandish_math::Stream;

/// A point where another branch crosses.
#[derive(Debug, Clone, PartialEq)]
pub struct Bifurcation {
    /// The precision there, per unit of payoff.
    pub lambda: f64,
    /// Directions found that lead onto other branches: 0 when not looked for, else up to 2 for each branch that crosses.
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

/// Directions tried in a null space of several dimensions, beside its axes.
const DIRECTIONS: usize = 48;
/// Most dimensions looked for.
const DIMENSIONS: usize = 8;
/// Cosine above which two landings lie on one branch.
const SAME_DIRECTION: f64 = 0.995;

/// A direction in (x, L).
type Direction = (Vec<f64>, f64);

/// The directions that lead from a bifurcation onto crossing branches, given the null space there: up to two states where
/// one branch crosses. Where several directions are free at once (a symmetry makes eigenvalues cross zero together) each
/// branch leaves along some direction among them: the axes and random ones are tried, and landings in the same direction
/// count once.
pub(crate) fn cross(
    tracer: &mut Tracer<'_, '_>,
    at: &State,
    space: &[Direction],
) -> Result<Vec<State>, GameError> {
    let mut directions = space.to_vec();
    if space.len() > 1 {
        let mut stream = Stream::new(2, 0, 0);
        for _ in 0..DIRECTIONS {
            let mut mixed = (vec![0.0; at.x.len()], 0.0);
            for (vx, vl) in space {
                let share = stream.normal();
                for (value, v) in mixed.0.iter_mut().zip(vx) {
                    *value += share * v;
                }
                mixed.1 += share * vl;
            }
            let length = norm(&mixed.0).hypot(mixed.1);
            mixed.0.iter_mut().for_each(|value| *value /= length);
            mixed.1 /= length;
            directions.push(mixed);
        }
    }
    // A branch may leave its direction in the null space at any slope in L: several at once are given more room.
    let room = if space.len() > 1 { 3.0 } else { 0.7 };
    let mut found: Vec<State> = Vec::new();
    let mut ways: Vec<Direction> = Vec::new();
    for (vx, vl) in directions {
        for side in [1.0, -1.0] {
            let landed = [0.05, 0.2, 0.01, 1.0].iter().find_map(|distance| {
                let x: Vec<f64> =
                    at.x.iter()
                        .zip(&vx)
                        .map(|(x, v)| x + side * distance * v)
                        .collect();
                let precision = at.precision + side * distance * vl;
                tracer.full = true;
                let landed = tracer.correct(x, precision, (&vx, vl), room * distance);
                tracer.full = false;
                landed
            });
            let Some((x, precision)) = landed else {
                continue;
            };
            let way = towards(at, &x, precision);
            let same = |known: &Direction| dot(&known.0, &way.0) + known.1 * way.1 > SAME_DIRECTION;
            if space.len() > 1 && ways.iter().any(same) {
                continue;
            }
            let state = if space.len() > 1 {
                tracer.state(x, precision, &way.0, way.1)?
            } else {
                let onward: Vec<f64> = vx.iter().map(|value| side * value).collect();
                tracer.state(x, precision, &onward, side * vl)?
            };
            ways.push(way);
            found.push(state);
        }
    }
    Ok(found)
}

/// The unit vector from a state to a point.
fn towards(at: &State, x: &[f64], precision: f64) -> Direction {
    let mut way: Vec<f64> = x.iter().zip(&at.x).map(|(x, from)| x - from).collect();
    let mut up = precision - at.precision;
    let length = norm(&way).hypot(up);
    way.iter_mut().for_each(|value| *value /= length);
    up /= length;
    (way, up)
}

/// The unit vectors across the branch in which the equations do not change either; none away from bifurcations. Inverse
/// iteration on several vectors at once, kept at right angles; in games too large for counting eigenvalues on one.
pub(crate) fn null_space(
    tracer: &mut Tracer<'_, '_>,
    at: &State,
) -> Result<Vec<Direction>, GameError> {
    tracer.refactor(at)?;
    let n = at.x.len();
    let wanted = if n <= SEARCH_INDEX_LIMIT {
        DIMENSIONS.min(n)
    } else {
        1
    };
    let mut stream = Stream::new(1, 0, 0);
    let mut vectors: Vec<Direction> = (0..wanted)
        .map(|_| {
            let vx = at.x.iter().map(|_| stream.normal()).collect();
            (vx, stream.normal())
        })
        .collect();
    let mut grown = vec![0.0; wanted];
    for _ in 0..6 {
        normalize(&mut vectors);
        for (vx, vl) in &mut vectors {
            (*vx, *vl) = tracer.bordered(vx, *vl, (&at.tx, at.tl))?;
        }
        grown = normalize(&mut vectors);
    }
    // The inverse must blow up along a null vector; the place is known to about 1e-9 of a step.
    let free = |grown: &f64| *grown > 1e3 && grown.is_finite();
    let dimensions = grown.iter().take_while(|grown| free(grown)).count();
    vectors.truncate(dimensions);
    Ok(vectors)
}

/// Gram and Schmidt; the length of what each vector added.
fn normalize(vectors: &mut [Direction]) -> Vec<f64> {
    let mut lengths = Vec::with_capacity(vectors.len());
    for k in 0..vectors.len() {
        let (before, rest) = vectors.split_at_mut(k);
        let Some((vx, vl)) = rest.first_mut() else {
            break;
        };
        for (wx, wl) in before.iter() {
            let part = dot(vx, wx) + *vl * wl;
            for (value, w) in vx.iter_mut().zip(wx) {
                *value -= part * w;
            }
            *vl -= part * wl;
        }
        let length = norm(vx).hypot(*vl);
        if length > 0.0 {
            vx.iter_mut().for_each(|value| *value /= length);
            *vl /= length;
        }
        lengths.push(length);
    }
    lengths
}
