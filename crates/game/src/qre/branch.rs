//! Following branches to a target, with every event on the way, and looking for more of them.
//!
//! A branch is followed from a state to a precision or to the limit; folds and bifurcations met are recorded. The search
//! starts from the principal branch (from precision zero), follows every branch that crosses it, and then looks for
//! branches that never touch it: quantal responses from random starts at a moderate precision, followed both ways.

use super::path::{Effort, State, Tracer};
use super::point::{LogitQre, SequentialCandidate, limit_of};
use super::settings::{PathSettings, Target};
use super::switching::{Bifurcation, Place, cross, locate};
use super::system::System;
use crate::assessment::regrets_of;
use crate::error::GameError;
use crate::tree::Game;
use brandish_math::Stream;

/// Where a branch comes from.
#[derive(Debug, Clone, PartialEq)]
pub enum Origin {
    /// From precision zero.
    Principal,
    /// From a bifurcation on an earlier branch (by its number), at this precision per unit of payoff.
    Crossing {
        /// The branch it crosses.
        branch: usize,
        /// Where.
        lambda: f64,
    },
    /// From a random start at this precision per unit of payoff.
    Search {
        /// Number of the start.
        start: usize,
        /// Where.
        lambda: f64,
    },
}

/// A branch with its end point.
#[derive(Debug, Clone, PartialEq)]
pub struct Branch {
    /// Its number, from 0 (the principal branch where it reaches the target).
    pub id: usize,
    /// Where it comes from.
    pub origin: Origin,
    /// The quantal response at its end: at the target precision, or where the regret passed the limit.
    pub end: LogitQre,
    /// Its limit, when the target is the limit; branches whose limit did not earn its label stand in [`Branches::lost`].
    pub limit: Option<SequentialCandidate>,
}

/// Everything a search found.
#[derive(Debug, Clone, PartialEq)]
pub struct Branches {
    /// Branches with different ends, the principal one first.
    pub branches: Vec<Branch>,
    /// Followed paths that ended where another one had.
    pub duplicates: usize,
    /// Paths that were lost or came back to precision zero, with the reason.
    pub lost: Vec<GameError>,
}

/// How to search for branches.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchSettings {
    /// How each path is followed.
    pub path: PathSettings,
    /// Random starts.
    pub starts: usize,
    /// lambda x stake at which random starts look for quantal responses when the target is the limit.
    pub search_precision: f64,
    /// Seed of the starts.
    pub seed: u64,
    /// Most paths followed.
    pub maximum_paths: usize,
}

impl Default for SearchSettings {
    fn default() -> SearchSettings {
        SearchSettings {
            path: PathSettings::default(),
            starts: 24,
            search_precision: 30.0,
            seed: 1,
            maximum_paths: 64,
        }
    }
}

/// Ends closer than this in every probability are one end.
const SAME_END: f64 = 1e-5;

/// What was met on the way.
#[derive(Debug, Clone, Default)]
pub(crate) struct Course {
    pub folds: Vec<f64>,
    pub bifurcations: Vec<Bifurcation>,
    /// States on branches that cross, with the bifurcation's precision.
    pub crossings: Vec<(f64, State)>,
}

/// Called on every stretch of a branch: the tracer, the states at both ends, the arclength between them, what was met
/// before. Answers whether the target is reached.
pub(crate) type Visit<'v> =
    dyn FnMut(&mut Tracer<'_, '_>, &State, &State, f64, &Course) -> Result<bool, GameError> + 'v;

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
        if let Some(place) = &places.0 {
            let lambda = place.at.precision / stake;
            let mut directions_found = 0;
            if switch {
                for onward in cross(tracer, &place.at)? {
                    directions_found += 1;
                    course.crossings.push((lambda, onward));
                }
            }
            course.bifurcations.push(Bifurcation {
                lambda,
                directions_found,
            });
        }
        if crossed || folded {
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

/// Largest agent regret at the tracer's evaluated point, in stakes.
pub(crate) fn regret_here(tracer: &Tracer<'_, '_>) -> f64 {
    let game = tracer.system.game;
    let values = &tracer.point.action_values;
    regrets_of(game, &tracer.point.slots, values)
        .into_iter()
        .fold(0.0, f64::max)
}

/// A path still to be followed.
struct Start {
    origin: Origin,
    state: Option<State>,
}

/// Every branch found that reaches the target. At a fixed lambda each crossing of that precision is an end of its own.
pub fn find_branches(
    game: &Game,
    target: Target,
    settings: &SearchSettings,
    stop: &dyn Fn() -> bool,
) -> Result<Branches, GameError> {
    settings.path.check()?;
    let system = System::new(game);
    let mut found = Branches {
        branches: Vec::new(),
        duplicates: 0,
        lost: Vec::new(),
    };
    let mut tracer = Tracer::new(&system, &settings.path);
    let origin = tracer.origin()?;
    let mut queue = std::collections::VecDeque::from([Start {
        origin: Origin::Principal,
        state: Some(origin),
    }]);
    let search_precision = match target {
        Target::Lambda(lambda) => lambda * game.stake(),
        Target::Limit => settings.search_precision,
    };
    for start in 0..settings.starts {
        queue.push_back(Start {
            origin: Origin::Search {
                start,
                lambda: search_precision / game.stake(),
            },
            state: None,
        });
    }
    let mut paths = 0;
    while let Some(start) = queue.pop_front() {
        if paths >= settings.maximum_paths {
            break;
        }
        paths += 1;
        let states = match (start.state, &start.origin) {
            (Some(state), _) => vec![state],
            (None, Origin::Search { start: number, .. }) => {
                random_start(&mut tracer, *number, settings.seed, search_precision)
            }
            (None, _) => Vec::new(),
        };
        for state in states {
            tracer.step = settings.path.first_step;
            tracer.effort = Effort::default();
            let branch = found.branches.len();
            match follow_to(&mut tracer, state, target, &start.origin, stop, &mut found) {
                Ok(course) => {
                    for (lambda, state) in course.crossings.into_iter().rev() {
                        queue.push_front(Start {
                            origin: Origin::Crossing { branch, lambda },
                            state: Some(state),
                        });
                    }
                }
                Err(stopped @ GameError::Stopped { .. }) => return Err(stopped),
                Err(lost) => found.lost.push(lost),
            }
        }
    }
    Ok(found)
}

/// Follows one path and adds its ends.
fn follow_to(
    tracer: &mut Tracer<'_, '_>,
    state: State,
    target: Target,
    origin: &Origin,
    stop: &dyn Fn() -> bool,
    found: &mut Branches,
) -> Result<Course, GameError> {
    tracer.refactor(&state)?;
    let Target::Lambda(lambda) = target else {
        let (candidate, course) = to_limit(tracer, state, true, stop)?;
        add(found, origin, candidate.last.clone(), Some(candidate));
        return Ok(course);
    };
    let precision = lambda * tracer.system.game.stake();
    let mut ends: Vec<Vec<f64>> = Vec::new();
    if state.precision == precision {
        ends.push(state.x.clone());
    }
    let mut course = Course::default();
    let result = follow(
        tracer,
        state,
        true,
        stop,
        &mut course,
        &mut |tracer, from, to, step, _| {
            if passes(from, to, precision) {
                ends.push(land(tracer, from, to, step, precision)?);
                tracer.refactor(to)?;
            }
            // Beyond three times the target a branch seldom comes back.
            Ok(to.tl > 0.0 && to.precision > 3.0 * precision)
        },
    );
    for x in &ends {
        let x = tracer.settle(x.clone(), precision, f64::INFINITY)?;
        let point = LogitQre::certify(tracer, x, precision, &course)?;
        add(found, origin, point, None);
    }
    match result {
        // A branch that goes on to be lost, or back to zero, has still shown its ends.
        Err(error) if ends.is_empty() || matches!(error, GameError::Stopped { .. }) => Err(error),
        _ => Ok(course),
    }
}

/// Follows a branch to its limit: on until the regret is small enough and the extrapolated limit earns its label, which
/// can be later where beliefs off the path still move.
pub(crate) fn to_limit(
    tracer: &mut Tracer<'_, '_>,
    start: State,
    switch: bool,
    stop: &dyn Fn() -> bool,
) -> Result<(SequentialCandidate, Course), GameError> {
    let allowed = tracer.settings.limit_regret;
    let mut course = Course::default();
    let mut state = start;
    let mut least = 0.0;
    loop {
        let mut end = state.clone();
        let result = follow(
            tracer,
            state,
            switch,
            stop,
            &mut course,
            &mut |tracer, _, to, _, _| {
                end.clone_from(to);
                Ok(to.tl > 0.0 && to.precision >= least && regret_here(tracer) <= allowed)
            },
        );
        if let Err(error) = result {
            let far = end.precision >= FAR && end.tl > 0.0;
            if !far || matches!(error, GameError::Stopped { .. }) {
                return Err(error);
            }
            // Rounding ends the path; what it showed so far may do.
            return match limit_of(tracer, &end, &course) {
                Ok(candidate) => Ok((candidate, course)),
                Err(_) => Err(error),
            };
        }
        match limit_of(tracer, &end, &course) {
            Ok(candidate) => return Ok((candidate, course)),
            Err(refused) if 4.0 * end.precision > tracer.settings.maximum_precision => {
                return Err(refused);
            }
            Err(_) => {
                least = 4.0 * end.precision;
                tracer.refactor(&end)?;
                state = end;
            }
        }
    }
}

/// lambda x stake from which a path that rounding ends is worth extrapolating.
const FAR: f64 = 1e4;

/// Adds a branch unless its end is known.
fn add(found: &mut Branches, origin: &Origin, end: LogitQre, limit: Option<SequentialCandidate>) {
    let same = |known: &Branch| match (&known.limit, &limit) {
        (Some(one), Some(two)) => one.assessment.profile.distance(&two.assessment.profile),
        _ => known.end.assessment.profile.distance(&end.assessment.profile),
    } < SAME_END;
    if found.branches.iter().any(same) {
        found.duplicates += 1;
    } else {
        found.branches.push(Branch {
            id: found.branches.len(),
            origin: origin.clone(),
            end,
            limit,
        });
    }
}

/// A quantal response from a random start, and both directions from it; nothing if Newton's method does not settle. Even
/// starts first let the logit response settle (damped), odd ones go straight to Newton and find unstable points too.
fn random_start(
    tracer: &mut Tracer<'_, '_>,
    number: usize,
    seed: u64,
    precision: f64,
) -> Vec<State> {
    let mut stream = Stream::new(seed, number as u64, 0);
    let mut x: Vec<f64> = (0..tracer.system.unknowns())
        .map(|_| 0.1 * precision * stream.normal())
        .collect();
    if number.is_multiple_of(2) {
        let mut gaps = Vec::new();
        for _ in 0..200 {
            tracer.system.evaluate(&x, &mut tracer.point);
            tracer.system.gaps(&tracer.point, &mut gaps);
            for (x, gap) in x.iter_mut().zip(&gaps) {
                *x += 0.2 * (precision * gap - *x);
            }
        }
    }
    let Ok(x) = tracer.settle(x, precision, f64::INFINITY) else {
        return Vec::new();
    };
    let none = vec![0.0; x.len()];
    [1.0, -1.0]
        .iter()
        .filter_map(|side| tracer.state(x.clone(), precision, &none, *side).ok())
        .collect()
}
