//! Points that are handed out, each under one of two labels.
//!
//! [`LogitQre`] is a quantal response at its lambda: residual of the fixed point at most 1e-9; its regret is part of the
//! answer and not small at small lambda. [`SequentialCandidate`] is the limit of a branch: agent regret at most the given
//! share of the stakes, with strategies and beliefs extrapolated to infinite precision. A point that earns neither label
//! is refused with an error and never returned.

use super::branch::{Course, follow, land, passes, regret_here, to_limit};
use super::path::{Effort, RESIDUAL_LIMIT, State, Tracer};
use super::settings::{PathSettings, Target};
use super::switching::Bifurcation;
use super::system::System;
use crate::assessment::{Assessment, expected_payoffs};
use crate::error::GameError;
use crate::profile::BehaviorProfile;
use crate::response::nash_regrets;
use crate::tree::Game;

/// A logit agent quantal response equilibrium at a precision.
#[derive(Debug, Clone, PartialEq)]
pub struct LogitQre {
    /// The precision, per unit of payoff.
    pub lambda: f64,
    /// Precision times the largest stake: what says how close to rational the players are.
    pub lambda_stake: f64,
    /// Logits of each action less that of the first action of its set; the first actions are left out.
    pub logits: Vec<f64>,
    /// Strategies and beliefs.
    pub assessment: Assessment,
    /// Expected payoff of each player.
    pub payoffs: Vec<f64>,
    /// max |logit - lambda x value gap|, relative once logits exceed 1; at most 1e-9.
    pub residual: f64,
    /// Largest agent regret over the information sets, in the game's unit of payoff.
    pub agent_regret: f64,
    /// Regret of each player, in the game's unit of payoff.
    pub nash_regrets: Vec<f64>,
    /// Precisions at which the branch turned before this point.
    pub folds: Vec<f64>,
    /// Bifurcations passed before this point.
    pub bifurcations: Vec<Bifurcation>,
    /// Work done.
    pub effort: Effort,
}

/// The limit of a branch of quantal responses: a candidate for a sequential equilibrium.
#[derive(Debug, Clone, PartialEq)]
pub struct SequentialCandidate {
    /// The last quantal response computed on the branch.
    pub last: LogitQre,
    /// Strategies and beliefs in the limit.
    pub assessment: Assessment,
    /// Expected payoff of each player in the limit.
    pub payoffs: Vec<f64>,
    /// Largest agent regret of the limit under its beliefs, divided by the stake.
    pub relative_regret: f64,
    /// Regret of each player in the limit, in the game's unit of payoff.
    pub nash_regrets: Vec<f64>,
    /// Largest change of a probability or belief between the last quantal response and the limit.
    pub extrapolated_by: f64,
}

impl LogitQre {
    /// The same point with lambda as the caller wrote it: times the stake and divided by it again, it may miss by rounding.
    pub(crate) fn asked_at(self, lambda: f64) -> LogitQre {
        LogitQre { lambda, ..self }
    }

    /// Gives the label or refuses. `x` must be the point that the tracer evaluated last.
    pub(crate) fn certify(
        tracer: &mut Tracer<'_, '_>,
        x: Vec<f64>,
        precision: f64,
        course: &Course,
    ) -> Result<LogitQre, GameError> {
        let system = tracer.system;
        let game = system.game;
        tracer.refresh(&x);
        let residual = tracer.residual_size(&x, precision);
        let lambda = precision / game.stake();
        if residual.is_nan() || residual > RESIDUAL_LIMIT {
            return Err(GameError::NoConvergence {
                lambda,
                residual,
                iterations: tracer.effort.corrections,
            });
        }
        let profile = BehaviorProfile::from_solver(tracer.point.slots[..game.actions()].to_vec());
        Ok(LogitQre {
            lambda,
            lambda_stake: precision,
            logits: x,
            payoffs: expected_payoffs(game, &profile),
            nash_regrets: nash_regrets(game, &profile)?,
            assessment: Assessment {
                profile,
                beliefs: system.beliefs(&tracer.point),
            },
            residual,
            agent_regret: regret_here(tracer) * game.stake(),
            folds: course.folds.clone(),
            bifurcations: course.bifurcations.clone(),
            effort: tracer.effort,
        })
    }
}

/// The quantal response at a precision on the principal branch (the one that starts from precision zero); where the
/// branch passes the precision more than once, the first passage.
///
/// Arguments: the game, lambda per unit of payoff, how to follow the path, and a question that the solver asks between
/// steps: true stops it with [`GameError::Stopped`].
pub fn principal_qre(
    game: &Game,
    lambda: f64,
    settings: &PathSettings,
    stop: &dyn Fn() -> bool,
) -> Result<LogitQre, GameError> {
    let mut sweep = principal_qre_sweep(game, &[lambda], settings, stop)?;
    sweep.pop().ok_or(GameError::Length {
        what: "precisions",
        got: 0,
        expected: 1,
    })
}

/// The quantal responses at several precisions (ascending) on the principal branch, in one pass.
pub fn principal_qre_sweep(
    game: &Game,
    lambdas: &[f64],
    settings: &PathSettings,
    stop: &dyn Fn() -> bool,
) -> Result<Vec<LogitQre>, GameError> {
    settings.check()?;
    for value in lambdas {
        Target::Lambda(*value).check(game, settings)?;
    }
    if let Some(pair) = lambdas.windows(2).find(|pair| pair[0] >= pair[1]) {
        return Err(GameError::Setting {
            name: "lambda",
            value: pair[1],
            range: "comes after one as large: give them ascending",
        });
    }
    let system = System::new(game);
    let mut tracer = Tracer::new(&system, settings);
    let origin = tracer.origin()?;
    let mut points: Vec<(Vec<f64>, f64, Course)> = Vec::new();
    let mut left = lambdas
        .iter()
        .map(|lambda| lambda * game.stake())
        .peekable();
    if left.next_if(|precision| *precision == 0.0).is_some() {
        points.push((origin.x.clone(), 0.0, Course::default()));
    }
    if system.unknowns() > 0 && left.peek().is_some() {
        follow(
            &mut tracer,
            origin,
            false,
            stop,
            &mut Course::default(),
            &mut |tracer, from, to, step, met| {
                let mut landed = false;
                while let Some(precision) = left.next_if(|precision| passes(from, to, *precision)) {
                    let x = land(tracer, from, to, step, precision)?;
                    let met = met.until(precision / game.stake(), from.precision < precision);
                    points.push((x, precision, met));
                    landed = true;
                }
                if landed {
                    tracer.refactor(to)?;
                }
                Ok(left.peek().is_none())
            },
        )?;
    }
    points.extend(left.map(|precision| (Vec::new(), precision, Course::default())));
    points
        .into_iter()
        .zip(lambdas)
        .map(|((x, precision, met), lambda)| {
            let point = LogitQre::certify(&mut tracer, x, precision, &met)?;
            Ok(point.asked_at(*lambda))
        })
        .collect()
}

/// The quantal response at a precision that Newton's method reaches from given logits (as in [`LogitQre::logits`]),
/// for games that differ a little from one solved before.
pub fn qre_near(game: &Game, lambda: f64, logits: &[f64]) -> Result<LogitQre, GameError> {
    let system = System::new(game);
    if logits.len() != system.unknowns() {
        return Err(GameError::Length {
            what: "logits",
            got: logits.len(),
            expected: system.unknowns(),
        });
    }
    let settings = PathSettings::default();
    let precision = lambda * game.stake();
    Target::Lambda(lambda).check(game, &settings)?;
    let mut tracer = Tracer::new(&system, &settings);
    let x = tracer.settle(logits.to_vec(), precision, f64::INFINITY)?;
    let point = LogitQre::certify(&mut tracer, x, precision, &Course::default())?;
    Ok(point.asked_at(lambda))
}

/// The limit of the principal branch as precision grows.
pub fn sequential_candidate(
    game: &Game,
    settings: &PathSettings,
    stop: &dyn Fn() -> bool,
) -> Result<SequentialCandidate, GameError> {
    settings.check()?;
    let system = System::new(game);
    let mut tracer = Tracer::new(&system, settings);
    let origin = tracer.origin()?;
    if system.unknowns() == 0 {
        return limit_of(&mut tracer, &origin, &Course::default());
    }
    to_limit(&mut tracer, origin, false, stop, &mut |_, _, _, _| Ok(()))
        .map(|(candidate, _)| candidate)
}

/// Extrapolates a branch from a state on it: quantal responses at L and L / 2 differ from the limit by about c / L and
/// 2 c / L, so the limit is twice the first less the second (Richardson), set by set on the simplex. The point at L / 2 is
/// found from the direction at L, because a branch is nearly straight by then.
pub(crate) fn limit_of(
    tracer: &mut Tracer<'_, '_>,
    end: &State,
    course: &Course,
) -> Result<SequentialCandidate, GameError> {
    let system = tracer.system;
    let game = system.game;
    let half = 0.5 * end.precision;
    let back: Vec<f64> = end
        .x
        .iter()
        .zip(&end.tx)
        .map(|(x, t)| x - half * t / end.tl)
        .collect();
    let back = tracer.settle(back, half, f64::INFINITY)?;
    let first = LogitQre::certify(tracer, back, half, course)?;
    let x = tracer.settle(end.x.clone(), end.precision, f64::INFINITY)?;
    let second = LogitQre::certify(tracer, x, end.precision, course)?;
    settled(game, &first, &second)?;
    let strategies = extrapolate(
        first.assessment.profile.probabilities(),
        second.assessment.profile.probabilities(),
        (0..game.infosets()).map(|set| game.actions_at(set)),
    );
    let beliefs = extrapolate(
        &first.assessment.beliefs,
        &second.assessment.beliefs,
        (0..game.infosets()).map(|set| game.beliefs_at(set)),
    );
    let extrapolated_by = largest_change(&strategies, second.assessment.profile.probabilities())
        .max(largest_change(&beliefs, &second.assessment.beliefs));
    let assessment = Assessment::new(game, BehaviorProfile::new(game, strategies)?, beliefs)?;
    let relative_regret = assessment
        .agent_regrets(game)
        .into_iter()
        .fold(0.0, f64::max)
        / game.stake();
    let allowed = tracer.settings.limit_regret;
    if relative_regret.is_nan() || relative_regret > allowed {
        return Err(GameError::NotCertified {
            lambda_stake: second.lambda_stake,
            regret: relative_regret,
            allowed,
        });
    }
    Ok(SequentialCandidate {
        payoffs: expected_payoffs(game, &assessment.profile),
        nash_regrets: nash_regrets(game, &assessment.profile)?,
        last: second,
        assessment,
        relative_regret,
        extrapolated_by,
    })
}

/// Probability from which an action counts as played in the limit.
const PLAYED: f64 = 1e-3;
/// Growth of a difference of logits, when precision doubles, from which it goes on growing: 2 where payoffs differ, 1 where a
/// mixture settles, less than this where it does so slowly (as the root of precision, or its logarithm).
const GROWS: f64 = 1.5;
/// Payoffs that differ by less than this share of the stake count as equal: so much is lost in adding payoffs up.
pub(crate) const TIE: f64 = 1e-12;

/// Refuses a limit from a precision at which two actions of one set are both played and yet come apart in proportion to
/// precision: one of them is better by so little that it does not show yet. Regret in stakes says nothing about that
/// where stakes differ by many powers of ten along a path.
fn settled(game: &Game, half: &LogitQre, end: &LogitQre) -> Result<(), GameError> {
    let noise = TIE * end.lambda_stake + 1e-9;
    let probabilities = end.assessment.profile.probabilities();
    let mut first = 0;
    for set in 0..game.infosets() {
        let range = game.actions_at(set);
        let unknowns = first..first + range.len() - 1;
        first = unknowns.end;
        let logits = |point: &LogitQre| -> Vec<f64> {
            let rest = &point.logits[unknowns.clone()];
            std::iter::once(0.0).chain(rest.iter().copied()).collect()
        };
        let (before, after) = (logits(half), logits(end));
        let top = (0..after.len())
            .max_by(|one, two| after[*one].total_cmp(&after[*two]))
            .unwrap_or(0);
        for (action, slot) in range.enumerate() {
            let (was, is) = (before[action] - before[top], after[action] - after[top]);
            if probabilities[slot] > PLAYED && is.abs() > noise && is.abs() > GROWS * was.abs() {
                let owner = game.owner(set);
                let earlier = (0..set).filter(|other| game.owner(*other) == owner);
                return Err(GameError::NotSettled {
                    lambda_stake: end.lambda_stake,
                    player: owner + 1,
                    number: earlier.count() + 1,
                    label: game.infoset_label(set).to_string(),
                });
            }
        }
    }
    Ok(())
}

/// 2 b - a, with what falls below the rounding of the limit set to exactly zero, set by set back to sum one.
fn extrapolate(
    a: &[f64],
    b: &[f64],
    sets: impl Iterator<Item = std::ops::Range<usize>>,
) -> Vec<f64> {
    let mut result = vec![0.0; a.len()];
    for set in sets {
        let mut sum = 0.0;
        for k in set.clone() {
            let value = 2.0 * b[k] - a[k];
            // A probability that vanishes faster than 1 / L leaves a small negative rest.
            result[k] = if value > 0.0 { value } else { 0.0 };
            sum += result[k];
        }
        for k in set {
            result[k] /= sum;
        }
    }
    result
}

fn largest_change(one: &[f64], two: &[f64]) -> f64 {
    one.iter()
        .zip(two)
        .map(|(one, two)| (one - two).abs())
        .fold(0.0, f64::max)
}
