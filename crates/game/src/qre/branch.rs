//! Following a branch to a target, with every event on the way.
//!
//! A branch is followed from a state to a precision or to the limit. Between two steps the signs of the determinant and of the
//! direction and, in small games, the number of eigenvalues left of the axis tell of folds and of crossings, which are
//! located and recorded. Which branches are followed is decided in `search`.

use super::limit::{largest_share, limit_of};
use super::path::{State, Tracer};
use super::point::SequentialCandidate;
use super::switching::{Bifurcation, Place, cross, locate, null_space};
use crate::assessment::regrets_of;
use crate::error::GameError;
use crate::stakes::weights;

/// What was met on the way.
#[derive(Debug, Clone, Default)]
pub(crate) struct Course {
    pub folds: Vec<f64>,
    pub bifurcations: Vec<Bifurcation>,
    /// How many of the bifurcations lie on the stretch walked last.
    pub fresh: usize,
    /// States on branches that cross, with the bifurcation's precision.
    pub crossings: Vec<(f64, State)>,
}

impl Course {
    /// What was met before a precision (in lambda) on the stretch walked last, which leads up or down to it.
    pub fn until(&self, lambda: f64, up: bool) -> Course {
        let (before, on) = self
            .bifurcations
            .split_at(self.bifurcations.len() - self.fresh);
        let passed = |met: &&Bifurcation| (met.lambda < lambda) == up;
        let on = on.iter().filter(passed);
        Course {
            folds: self.folds.clone(),
            bifurcations: before.iter().chain(on).cloned().collect(),
            ..Course::default()
        }
    }
}

/// Called on every stretch of a branch: the tracer, the states at both ends, the arclength between them, what was met
/// before. Answers whether the target is reached.
pub(crate) type Visit<'v> =
    dyn FnMut(&mut Tracer<'_, '_>, &State, &State, f64, &Course) -> Result<bool, GameError> + 'v;

/// Called on every stretch of a path to the limit, for what a search wants to see on the way.
pub(crate) type Look<'v> =
    dyn FnMut(&mut Tracer<'_, '_>, &State, &State, f64) -> Result<(), GameError> + 'v;

/// Follows a branch; calls `visit` after every step with the states at both ends and the arclength. `visit` says when the
/// target is reached. Crossing branches are entered only on request.
pub(crate) fn follow(
    tracer: &mut Tracer<'_, '_>,
    start: State,
    switch: bool,
    stop: &dyn Fn() -> bool,
    course: &mut Course,
    visit: &mut Visit<'_>,
) -> Result<(), GameError> {
    let stake = tracer.system.game.stake();
    let mut state = start;
    let first = tracer.effort.steps;
    loop {
        if stop() {
            return Err(GameError::Stopped {
                lambda_stake: state.precision,
                steps: tracer.effort.steps - first,
            });
        }
        let (reached, steps) = (state.precision, tracer.effort.steps - first);
        let lost = |why| GameError::PathLost {
            lambda_stake: reached,
            steps,
            why,
        };
        if tracer.effort.steps - first > tracer.settings.maximum_steps {
            return Err(lost("the step limit was reached"));
        }
        if state.precision > tracer.settings.maximum_precision {
            return Err(lost(
                "the precision limit was reached with regret above the bound",
            ));
        }
        let (next, step) = tracer.advance(&state)?;
        if next.precision < 0.0 {
            return Err(GameError::PathLost {
                lambda_stake: next.precision,
                steps: tracer.effort.steps - first,
                why: "the branch came back to precision zero",
            });
        }
        let crossed = match (state.orientation, next.orientation) {
            (Some(one), Some(two)) => one != two,
            _ => false,
        };
        let folded = (state.tl < 0.0) != (next.tl < 0.0);
        let mut places = (None, None);
        if crossed {
            let one = state.orientation;
            let changed = |at: &State| at.orientation != one;
            places.0 = Some(locate(tracer, &state, &next, step, true, &changed));
        }
        if folded {
            let one = state.tl < 0.0;
            let changed = |at: &State| (at.tl < 0.0) != one;
            places.1 = Some(locate(tracer, &state, &next, step, false, &changed));
        }
        let leapt = |place: &Option<Place>| place.as_ref().is_some_and(|place| place.jumped);
        if leapt(&places.0) || leapt(&places.1) {
            tracer.effort.halvings += 1;
            tracer.step = 0.25 * step;
            if tracer.step < 1e-9 {
                return Err(lost("two branches cannot be told apart"));
            }
            tracer.refactor(&state)?;
            continue;
        }
        let mut space = Vec::new();
        if let Some(place) = &places.0 {
            if switch {
                space = null_space(tracer, &place.at)?;
            }
        } else if let (Some(one), Some(two)) = (state.index, next.index)
            && one != two
        {
            // Several eigenvalues at once: a crossing if the place is singular, else a pair that passed the axis sideways.
            let changed = |at: &State| at.index.is_none_or(|index| index != one);
            let place = locate(tracer, &state, &next, step, true, &changed);
            if !place.jumped {
                space = null_space(tracer, &place.at)?;
            }
            if !space.is_empty() {
                places.0 = Some(place);
            }
            tracer.refactor(&next)?;
        }
        course.fresh = 0;
        if let Some(place) = &places.0 {
            let lambda = place.at.precision / stake;
            let mut directions_found = 0;
            if switch {
                for onward in cross(tracer, &place.at, &space)? {
                    directions_found += 1;
                    course.crossings.push((lambda, onward));
                }
            }
            course.bifurcations.push(Bifurcation {
                lambda,
                directions_found,
            });
            course.fresh = 1;
        }
        if places.0.is_some() || folded {
            tracer.refactor(&next)?;
        }
        let done = if let Some(place) = places.1 {
            // The turning point counts as a step of its own, so that no precision near it is passed unseen.
            let at = place.at;
            let done = visit(tracer, &state, &at, step, course)?;
            course.folds.push(at.precision / stake);
            tracer.refactor(&next)?;
            done || visit(tracer, &at, &next, step, course)?
        } else {
            visit(tracer, &state, &next, step, course)?
        };
        if done {
            return Ok(());
        }
        state = next;
    }
}

/// Whether a precision lies between two states.
pub(crate) fn passes(from: &State, to: &State, precision: f64) -> bool {
    (from.precision < precision) != (to.precision < precision)
}

/// Where the branch passes a precision between two neighboring states, about: the cubic through both points and directions
/// (Hermite, in L), which misses by the fourth power of the step; the chord where the branch turns between them.
fn between(low: &State, high: &State, precision: f64) -> Vec<f64> {
    let wide = high.precision - low.precision;
    let t = (precision - low.precision) / wide;
    let chord = |(low, high): (&f64, &f64)| low + t * (high - low);
    if low.tl * wide <= 0.0 || high.tl * wide <= 0.0 {
        return low.x.iter().zip(&high.x).map(chord).collect();
    }
    let (from, to) = (t * (1.0 - t) * (1.0 - t), t * t * (1.0 - t));
    let share = t * t * (3.0 - 2.0 * t);
    let ends = low.x.iter().zip(&high.x);
    let slopes = low.tx.iter().zip(&high.tx);
    ends.zip(slopes)
        .map(|((x, y), (dx, dy))| {
            x + share * (y - x) + wide * (from * dx / low.tl - to * dy / high.tl)
        })
        .collect()
}

/// The point at a precision between two neighboring states, polished.
pub(crate) fn land(
    tracer: &mut Tracer<'_, '_>,
    from: &State,
    to: &State,
    step: f64,
    precision: f64,
) -> Result<Vec<f64>, GameError> {
    let (mut low, mut high) = (from.clone(), to.clone());
    let mut width = step;
    let mut problem = None;
    for _ in 0..30 {
        let x = between(&low, &high, precision);
        match tracer.settle(x, precision, width) {
            Ok(x) => return Ok(x),
            Err(error) => problem = Some(error),
        }
        // Near a fold Newton at fixed precision may fail or leave: come closer along the branch first.
        tracer.refactor(&low)?;
        width *= 0.5;
        let Some((middle, _)) = tracer.attempt(&low, width) else {
            continue;
        };
        if passes(&low, &middle, precision) {
            high = middle;
        } else {
            low = middle;
        }
    }
    Err(problem.unwrap_or(GameError::PathLost {
        lambda_stake: precision,
        steps: tracer.effort.steps,
        why: "the target precision could not be reached between two steps",
    }))
}

/// Agent regret of every set at the tracer's evaluated point, in the game's stake.
fn regrets_here(tracer: &Tracer<'_, '_>) -> Vec<f64> {
    let values = &tracer.point.action_values;
    regrets_of(tracer.system.game, &tracer.point.slots, values)
}

/// Largest agent regret at the tracer's evaluated point, in stakes.
pub(crate) fn regret_here(tracer: &Tracer<'_, '_>) -> f64 {
    regrets_here(tracer).into_iter().fold(0.0, f64::max)
}

/// Follows a branch to its limit: on until the regret of every set is small beside what is at stake there and the extrapolated
/// limit earns its label, and further while the branch still moves. What the precisions at hand cannot settle keeps its doubt
/// in [`SequentialCandidate::unsettled`].
pub(crate) fn to_limit(
    tracer: &mut Tracer<'_, '_>,
    start: State,
    switch: bool,
    stop: &dyn Fn() -> bool,
    look: &mut Look<'_>,
) -> Result<(SequentialCandidate, Course), GameError> {
    let allowed = tracer.settings.limit_regret;
    let weights = weights(tracer.system.game);
    let mut course = Course::default();
    let mut state = start;
    let mut least = 0.0;
    let mut best: Option<SequentialCandidate> = None;
    loop {
        let mut end = state.clone();
        let result = follow(
            tracer,
            state,
            switch,
            stop,
            &mut course,
            &mut |tracer, from, to, step, _| {
                look(tracer, from, to, step)?;
                end.clone_from(to);
                Ok(to.tl > 0.0
                    && to.precision >= least
                    && (to.precision >= PATIENCE
                        || largest_share(&regrets_here(tracer), &weights) <= allowed))
            },
        );
        let lost = result.err();
        if let Some(error) = lost {
            let far = end.precision >= FAR && end.tl > 0.0;
            if matches!(error, GameError::Stopped { .. }) || (!far && best.is_none()) {
                return Err(error);
            }
            // Rounding ends the path; what it showed so far may do.
            if let Ok(candidate) = limit_of(tracer, &end, &course, &weights) {
                keep(&mut best, candidate);
            }
            return best.map(|candidate| (candidate, course)).ok_or(error);
        }
        let refused = match limit_of(tracer, &end, &course, &weights) {
            Ok(candidate) if candidate.unsettled <= SETTLED => return Ok((candidate, course)),
            Ok(candidate) => {
                keep(&mut best, candidate);
                None
            }
            Err(refused) => Some(refused),
        };
        least = 4.0 * end.precision;
        if least > tracer.settings.maximum_precision {
            return match (best, refused) {
                (Some(candidate), _) => Ok((candidate, course)),
                (None, Some(refused)) => Err(refused),
                (None, None) => Err(GameError::PathLost {
                    lambda_stake: end.precision,
                    steps: tracer.effort.steps,
                    why: "it has no limit",
                }),
            };
        }
        tracer.refactor(&end)?;
        state = end;
    }
}

/// Keeps the candidate with less left to doubt.
fn keep(best: &mut Option<SequentialCandidate>, candidate: SequentialCandidate) {
    if best
        .as_ref()
        .is_none_or(|known| candidate.unsettled < known.unsettled)
    {
        *best = Some(candidate);
    }
}

/// A limit is settled when no probability or belief is in doubt by more.
const SETTLED: f64 = 1e-6;
/// lambda x stake from which a limit is tried although quantal responses still have regret: it falls like 1 / lambda where players mix.
const PATIENCE: f64 = 1e6;
/// lambda x stake from which a path that rounding ends is worth extrapolating.
const FAR: f64 = 1e4;
