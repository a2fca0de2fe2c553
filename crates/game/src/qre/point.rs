//! Points that are handed out, each under one of two labels.
//!
//! [`LogitQre`] is a quantal response at its lambda: residual of the fixed point at most 1e-9; its regret is part of the
//! answer and not small at small lambda. [`SequentialCandidate`] is the limit of a branch: agent regret of every set at most the
//! given share of what its owner has at stake there, with strategies and beliefs extrapolated to infinite precision. A point that earns neither label
//! is refused with an error and never returned.

use super::branch::{Course, follow, land, passes, regret_here, to_limit};
use super::limit::limit_of;
use super::path::{Effort, RESIDUAL_LIMIT, Tracer};
use super::settings::{PathSettings, Target};
use super::switching::Bifurcation;
use super::system::System;
use crate::assessment::{Assessment, expected_payoffs};
use crate::error::GameError;
use crate::profile::BehaviorProfile;
use crate::response::nash_regrets;
use crate::stakes::weights;
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
    /// Largest agent regret of the limit under its beliefs, each divided by what its owner has at stake at that set.
    pub relative_regret: f64,
    /// Largest agent regret of the limit under its beliefs, in the game's unit of payoff.
    pub agent_regret: f64,
    /// Regret of each player in the limit, in the game's unit of payoff.
    pub nash_regrets: Vec<f64>,
    /// Largest change of a probability or belief between the last quantal response and the limit.
    pub extrapolated_by: f64,
    /// What is left to doubt in a probability or belief: the change by extrapolation, or, where the branch does not approach
    /// its limit in a way that can be extrapolated, the last change on it.
    pub unsettled: f64,
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
        return limit_of(&mut tracer, &origin, &Course::default(), &weights(game));
    }
    to_limit(&mut tracer, origin, false, stop, &mut |_, _, _, _| Ok(()))
        .map(|(candidate, _)| candidate)
}
