//! The limit of a branch from its last points.
//!
//! Quantal responses at L / 4, L / 2 and L are extrapolated probability by probability, and the result earns the label of a
//! sequential equilibrium candidate by its own regrets, or is refused. What the extrapolation cannot know is kept as a doubt.

use super::branch::Course;
use super::path::{State, Tracer};
use super::point::{LogitQre, SequentialCandidate};
use crate::assessment::{Assessment, expected_payoffs, reach};
use crate::error::GameError;
use crate::profile::BehaviorProfile;
use crate::response::nash_regrets;
use crate::tree::Game;

/// Extrapolates a branch from a state on it. Quantal responses at L / 4, L / 2 and L approach the limit like c / L where players mix, and
/// much faster where they do not, so every probability is extrapolated by the ratio r of its own last two changes (Aitken):
/// limit = b + r / (1 - r) (b - a), which is 2 b - a for c / L (r = 1/2) and b where the last change is nothing beside the one before.
/// Beliefs at sets that the limit reaches follow from it by Bayes' rule; those off its path are extrapolated themselves.
pub(crate) fn limit_of(
    tracer: &mut Tracer<'_, '_>,
    end: &State,
    course: &Course,
    weights: &[f64],
) -> Result<SequentialCandidate, GameError> {
    let game = tracer.system.game;
    let x = tracer.settle(end.x.clone(), end.precision, f64::INFINITY)?;
    let third = LogitQre::certify(tracer, x, end.precision, course)?;
    let mut state = end.clone();
    let second = back_to(tracer, &mut state, 0.5 * end.precision, course)?;
    let first = back_to(tracer, &mut state, 0.25 * end.precision, course)?;
    settled(game, &second, &third)?;
    let (limit, doubt) = extrapolated(game, [&first, &second, &third])?;
    let beyond = candidate(tracer, limit, doubt, &third, weights);
    if beyond.is_ok() {
        return beyond;
    }
    // Where a player is nearly indifferent a little too far can be on the wrong side; the last point itself is on the right one.
    let (one, two) = (&second.assessment, &third.assessment);
    let last = largest_change(one.profile.probabilities(), two.profile.probabilities())
        .max(largest_change(&one.beliefs, &two.beliefs));
    candidate(tracer, third.assessment.clone(), last, &third, weights).or(beyond)
}

/// Gives an assessment its label, or refuses it.
fn candidate(
    tracer: &Tracer<'_, '_>,
    assessment: Assessment,
    unsettled: f64,
    last: &LogitQre,
    weights: &[f64],
) -> Result<SequentialCandidate, GameError> {
    let game = tracer.system.game;
    let regrets = assessment.agent_regrets(game);
    let relative_regret = largest_share(&regrets, weights) / game.stake();
    let allowed = tracer.settings.limit_regret;
    if relative_regret.is_nan() || relative_regret > allowed {
        return Err(GameError::NotCertified {
            lambda_stake: last.lambda_stake,
            regret: relative_regret,
            allowed,
        });
    }
    let profile = &assessment.profile;
    let extrapolated_by = largest_change(
        profile.probabilities(),
        last.assessment.profile.probabilities(),
    )
    .max(largest_change(
        &assessment.beliefs,
        &last.assessment.beliefs,
    ));
    Ok(SequentialCandidate {
        payoffs: expected_payoffs(game, profile),
        nash_regrets: nash_regrets(game, profile)?,
        last: last.clone(),
        relative_regret,
        agent_regret: regrets.into_iter().fold(0.0, f64::max),
        extrapolated_by,
        unsettled,
        assessment,
    })
}

/// The limit of three points, and what is left to doubt in a probability or belief of it.
fn extrapolated(game: &Game, points: [&LogitQre; 3]) -> Result<(Assessment, f64), GameError> {
    let strategies = extrapolate(
        points.map(|point| point.assessment.profile.probabilities()),
        (0..game.infosets()).map(|set| game.actions_at(set)),
    );
    let mut beliefs = extrapolate(
        points.map(|point| &point.assessment.beliefs[..]),
        (0..game.infosets()).map(|set| game.beliefs_at(set)),
    );
    let profile = BehaviorProfile::new(game, strategies.values)?;
    by_bayes(game, &profile, &mut beliefs.values);
    Ok((
        Assessment::new(game, profile, beliefs.values)?,
        strategies.unsettled.max(beliefs.unsettled),
    ))
}

/// Probability from which an action counts as played in the limit.
const PLAYED: f64 = 1e-3;
/// Growth of a difference of logits, when precision doubles, from which it goes on growing: 2 where payoffs differ, 1 where a
/// mixture settles, less than this where it does so slowly (as the root of precision, or its logarithm).
const GROWS: f64 = 1.5;
/// Payoffs that differ by less than this share of the stake count as equal: so much is lost in adding payoffs up.
const TIE: f64 = 1e-12;

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

/// Goes back along a branch in two steps to a precision: logits grow like L or like log L there, and half a step follows both.
fn back_to(
    tracer: &mut Tracer<'_, '_>,
    state: &mut State,
    precision: f64,
    course: &Course,
) -> Result<LogitQre, GameError> {
    for to in [(state.precision * precision).sqrt(), precision] {
        let less = (state.precision - to) / state.tl;
        let x = state
            .x
            .iter()
            .zip(&state.tx)
            .map(|(x, t)| x - less * t)
            .collect();
        let x = tracer.settle(x, to, f64::INFINITY)?;
        *state = tracer.state(x, to, &state.tx, state.tl)?;
    }
    LogitQre::certify(tracer, state.x.clone(), precision, course)
}

/// Reach from which on beliefs follow from the limit's strategies: below it what is left of an action that vanishes would speak.
const ON_PATH: f64 = 1e-4;

/// Beliefs by Bayes' rule at the sets that the profile reaches.
fn by_bayes(game: &Game, profile: &BehaviorProfile, beliefs: &mut [f64]) {
    let reach = reach(game, profile);
    for infoset in 0..game.infosets() {
        let sum: f64 = game.members(infoset).map(|node| reach[node]).sum();
        if sum > ON_PATH {
            for (node, belief) in game
                .members(infoset)
                .zip(&mut beliefs[game.beliefs_at(infoset)])
            {
                *belief = reach[node] / sum;
            }
        }
    }
}

/// Values on simplices, and what is left to doubt in one.
struct Extrapolated {
    values: Vec<f64>,
    unsettled: f64,
}

/// Ratio of the last two changes above which they tell nothing of the rest: 0.5 is c / L, 0.71 is c / sqrt(L).
const SLOWEST: f64 = 0.75;

/// b + r / (1 - r) (b - a) from the last three points q, a, b, with what falls below zero set to exactly zero, set by set back to sum one.
fn extrapolate(
    [q, a, b]: [&[f64]; 3],
    sets: impl Iterator<Item = std::ops::Range<usize>>,
) -> Extrapolated {
    let mut values = vec![0.0; b.len()];
    let mut unsettled = 0.0f64;
    for set in sets {
        let mut sum = 0.0;
        for k in set.clone() {
            let (before, last) = (a[k] - q[k], b[k] - a[k]);
            let ratio = last / before;
            let value = if ratio > 0.0 && ratio <= SLOWEST {
                let more = last * ratio / (1.0 - ratio);
                unsettled = unsettled.max(more.abs());
                b[k] + more
            } else {
                unsettled = unsettled.max(last.abs());
                b[k]
            };
            // A probability that vanishes can leave a small negative rest.
            values[k] = if value > 0.0 { value } else { 0.0 };
            sum += values[k];
        }
        for k in set {
            values[k] /= sum;
        }
    }
    Extrapolated { values, unsettled }
}

/// The largest of the regrets, each times its weight.
pub(crate) fn largest_share(regrets: &[f64], weights: &[f64]) -> f64 {
    regrets
        .iter()
        .zip(weights)
        .map(|(regret, weight)| regret * weight)
        .fold(0.0, |most, share| {
            if share > most || share.is_nan() {
                share
            } else {
                most
            }
        })
}

fn largest_change(one: &[f64], two: &[f64]) -> f64 {
    one.iter()
        .zip(two)
        .map(|(one, two)| (one - two).abs())
        .fold(0.0, f64::max)
}
