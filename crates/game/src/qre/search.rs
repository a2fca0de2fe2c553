//! Looking for every branch: from precision zero, from crossings, from supports, from random starts.
//!
//! The principal branch is followed first, with every branch that crosses it. Then quantal responses are looked for where
//! no path led, by Newton's method at a few precisions ("stations"): from every support in small games (see `supports`) and
//! from random logits. One that no followed path has passed is followed both ways, with what crosses it; one that some path
//! has passed is known and costs no path. Nothing here proves that all branches are found.

use super::branch::{Course, follow, land, passes, to_limit};
use super::path::{Effort, SEARCH_INDEX_LIMIT, State, Tracer};
use super::point::{LogitQre, SequentialCandidate};
use super::settings::{PathSettings, Target};
use super::supports::{Supports, settle_on};
use super::system::System;
use crate::error::GameError;
use crate::tree::Game;
use brandish_math::Stream;
use std::collections::VecDeque;

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
    /// From actions chosen to be the ones that are played, at this precision per unit of payoff.
    Support {
        /// Number of the choice.
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
    /// Starts that led to a known point, and followed paths that ended where another one had.
    pub duplicates: usize,
    /// Starts on supports that were tried.
    pub supports: usize,
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
    /// Most starts on supports: all there are if they are no more, else the pure ones and random ones.
    pub supports: usize,
    /// Bound on the work of starts on supports, about nanoseconds of one core.
    pub work: f64,
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
            supports: 4096,
            work: 2e9,
            search_precision: 30.0,
            seed: 1,
            maximum_paths: 256,
        }
    }
}

/// Ends closer than this in every probability are one end.
const SAME_END: f64 = 1e-5;
/// lambda x stake that a path to a fixed precision goes on to at least: branches that cross beyond the target come back.
const BEYOND: f64 = 30.0;
/// Further stations of a search for limits, as multiples of the first: equilibria whose actions differ by little are told apart
/// only at high precision.
const STATIONS: [f64; 2] = [10.0, 100.0];

/// A start not tried yet.
enum Start {
    /// A path that some other led to.
    Path(Origin, Box<State>),
    /// A support, by its number.
    Support(usize),
    /// A random start, by its number.
    Random(usize),
}

struct Search<'a> {
    target: Target,
    settings: &'a SearchSettings,
    stop: &'a dyn Fn() -> bool,
    /// Precisions at which starts look and paths leave a mark. A fixed target is the first of them.
    stations: Vec<f64>,
    /// Station and strategies of every point passed.
    known: Vec<(usize, Vec<f64>)>,
    found: Branches,
}

/// Every branch found that reaches the target. At a fixed lambda each crossing of that precision is an end of its own.
pub fn find_branches(
    game: &Game,
    target: Target,
    settings: &SearchSettings,
    stop: &dyn Fn() -> bool,
) -> Result<Branches, GameError> {
    settings.path.check()?;
    target.check(game, &settings.path)?;
    let system = System::new(game);
    let mut tracer = Tracer::new(&system, &settings.path);
    tracer.index_limit = SEARCH_INDEX_LIMIT;
    let first = match target {
        Target::Lambda(lambda) => lambda * game.stake(),
        Target::Limit => settings.search_precision,
    };
    let more = match target {
        Target::Lambda(_) if first <= 2.0 * settings.search_precision => Vec::new(),
        // Where the target is so high that starts there hardly settle, they look lower as well.
        Target::Lambda(_) => vec![
            settings.search_precision,
            (first * settings.search_precision).sqrt(),
        ],
        Target::Limit => STATIONS.iter().map(|times| times * first).collect(),
    };
    let mut stations = vec![first];
    stations.extend(more);
    stations.retain(|precision| *precision <= settings.path.maximum_precision);
    let mut search = Search {
        target,
        settings,
        stop,
        stations,
        known: Vec::new(),
        found: Branches {
            branches: Vec::new(),
            duplicates: 0,
            supports: 0,
            lost: Vec::new(),
        },
    };
    let origin = tracer.origin()?;
    let mut queue = VecDeque::from([Start::Path(Origin::Principal, Box::new(origin))]);
    if system.unknowns() > 0 && first > 0.0 {
        let supports = Supports::new(game, settings);
        queue.extend((0..supports.count()).map(Start::Support));
        queue.extend((0..settings.starts).map(Start::Random));
        search.run(&mut tracer, queue, &supports)?;
    } else {
        search.run(&mut tracer, queue, &Supports::none())?;
    }
    Ok(search.found)
}

impl Search<'_> {
    fn run(
        &mut self,
        tracer: &mut Tracer<'_, '_>,
        mut queue: VecDeque<Start>,
        supports: &Supports,
    ) -> Result<(), GameError> {
        let mut paths = 0;
        while let Some(start) = queue.pop_front() {
            if (self.stop)() {
                return Err(GameError::Stopped {
                    lambda_stake: self.stations.first().copied().unwrap_or(0.0),
                    steps: paths,
                });
            }
            let stake = tracer.system.game.stake();
            let (origin, states) = match start {
                Start::Path(origin, state) => (origin, vec![*state]),
                Start::Support(number) => {
                    self.found.supports += 1;
                    // A fixed precision is looked at itself, a limit from the highest station.
                    let station = match self.target {
                        Target::Lambda(_) => 0,
                        Target::Limit => self.stations.len() - 1,
                    };
                    let precision = self.stations[station];
                    let lambda = precision / stake;
                    let origin = Origin::Support {
                        start: number,
                        lambda,
                    };
                    let x = settle_on(tracer, supports, number, precision, self.stop);
                    (origin, self.new_states(tracer, station, x))
                }
                Start::Random(number) => {
                    let station = number % self.stations.len();
                    let precision = self.stations[station];
                    let lambda = precision / stake;
                    let origin = Origin::Search {
                        start: number,
                        lambda,
                    };
                    let x = random_start(tracer, number, self.settings.seed, precision);
                    (origin, self.new_states(tracer, station, x))
                }
            };
            for state in states {
                if paths >= self.settings.maximum_paths {
                    return Ok(());
                }
                paths += 1;
                tracer.step = self.settings.path.first_step;
                tracer.effort = Effort::default();
                let branch = self.found.branches.len();
                match self.follow_one(tracer, state, &origin) {
                    Ok(course) => {
                        for (lambda, state) in course.crossings.into_iter().rev() {
                            let origin = Origin::Crossing { branch, lambda };
                            queue.push_front(Start::Path(origin, Box::new(state)));
                        }
                    }
                    Err(stopped @ GameError::Stopped { .. }) => return Err(stopped),
                    Err(lost) => self.found.lost.push(lost),
                }
            }
        }
        Ok(())
    }

    /// Both directions from a point at a station, if no path has passed it.
    fn new_states(
        &mut self,
        tracer: &mut Tracer<'_, '_>,
        station: usize,
        x: Option<Vec<f64>>,
    ) -> Vec<State> {
        let Some(x) = x else {
            return Vec::new();
        };
        tracer.refresh(&x);
        if !mark(&mut self.known, tracer, station) {
            self.found.duplicates += 1;
            return Vec::new();
        }
        let precision = self.stations[station];
        let none = vec![0.0; x.len()];
        [1.0, -1.0]
            .iter()
            .filter_map(|side| tracer.state(x.clone(), precision, &none, *side).ok())
            .collect()
    }

    /// Follows one path, marks the stations it passes and adds its ends.
    fn follow_one(
        &mut self,
        tracer: &mut Tracer<'_, '_>,
        state: State,
        origin: &Origin,
    ) -> Result<Course, GameError> {
        tracer.refactor(&state)?;
        let Search {
            target,
            stations,
            known,
            found,
            stop,
            ..
        } = self;
        let Target::Lambda(lambda) = *target else {
            let (candidate, course) =
                to_limit(tracer, state, true, *stop, &mut |tracer, from, to, step| {
                    marks(known, stations, 0, tracer, (from, to, step));
                    tracer.refresh(&to.x);
                    Ok(())
                })?;
            add(found, origin, candidate.last.clone(), Some(candidate));
            return Ok(course);
        };
        let precision = lambda * tracer.system.game.stake();
        let mut ends: Vec<(Vec<f64>, Course)> = Vec::new();
        if state.precision == precision {
            ends.push((state.x.clone(), Course::default()));
        }
        let far = (3.0 * precision).max(BEYOND);
        let mut course = Course::default();
        let result = follow(
            tracer,
            state,
            true,
            *stop,
            &mut course,
            &mut |tracer, from, to, step, met| {
                // The start itself lies on the target and is an end already.
                if passes(from, to, precision) && from.precision != precision {
                    let met = met.until(lambda, from.precision < precision);
                    ends.push((land(tracer, from, to, step, precision)?, met));
                    tracer.refactor(to)?;
                }
                marks(known, stations, 1, tracer, (from, to, step));
                // Beyond three times the target a branch seldom comes back.
                Ok(to.tl > 0.0 && to.precision > far)
            },
        );
        for (x, met) in &ends {
            let x = tracer.settle(x.clone(), precision, f64::INFINITY)?;
            mark(known, tracer, 0);
            let point = LogitQre::certify(tracer, x, precision, met)?;
            add(found, origin, point.asked_at(lambda), None);
        }
        match result {
            // A branch that goes on to be lost, or back to zero, has still shown its ends.
            Err(error) if ends.is_empty() || matches!(error, GameError::Stopped { .. }) => {
                Err(error)
            }
            _ => Ok(course),
        }
    }
}

/// Marks the point evaluated last; false if it was known.
fn mark(known: &mut Vec<(usize, Vec<f64>)>, tracer: &Tracer<'_, '_>, station: usize) -> bool {
    let actions = tracer.system.game.actions();
    let here = &tracer.point.slots[..actions];
    let same = |(at, strategies): &(usize, Vec<f64>)| {
        *at == station
            && strategies
                .iter()
                .zip(here)
                .all(|(one, two)| (one - two).abs() < SAME_END)
    };
    let new = !known.iter().any(same);
    if new {
        known.push((station, here.to_vec()));
    }
    new
}

/// Marks the stations between two states, from a first one on. A station that cannot be landed on is left unmarked: the worst that follows is a
/// path followed twice.
fn marks(
    known: &mut Vec<(usize, Vec<f64>)>,
    stations: &[f64],
    first: usize,
    tracer: &mut Tracer<'_, '_>,
    (from, to, step): (&State, &State, f64),
) {
    for (station, precision) in stations.iter().enumerate().skip(first) {
        if passes(from, to, *precision) {
            if land(tracer, from, to, step, *precision).is_ok() {
                mark(known, tracer, station);
            }
            // The derivative at `to` is regular: it was factored when the step was taken.
            let _ = tracer.refactor(to);
        }
    }
}

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

/// A quantal response from a random start; nothing if Newton's method does not settle. Even starts first let the logit
/// response settle (damped), odd ones go straight to Newton and find unstable points too.
fn random_start(
    tracer: &mut Tracer<'_, '_>,
    number: usize,
    seed: u64,
    precision: f64,
) -> Option<Vec<f64>> {
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
    tracer.settle(x, precision, f64::INFINITY).ok()
}
