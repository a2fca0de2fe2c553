//! A closed equilibrium followed up as precision grows, where rounds along the principal branch go in circles.
//!
//! Strategies that answer beliefs and beliefs that follow from strategies together are one continuous system, which has a
//! solution at every precision (Brouwer: mixed strategies onto mixed strategies); only its first passage along the branch of a
//! game with frozen beliefs need not exist. So a precision is looked for at which rounds do settle on the principal branch, and
//! from there the solution is followed in steps: Newton's method for play, rounds for beliefs, a step halved where either
//! fails or play moves far. Where a step becomes too short the solution turns back, and nothing is handed out.

use crate::closure::{Closing, Follow, OnBranch, Solved, Start, branch_of, rounds, settle};
use crate::error::CardError;
use crate::stakes::Stakes;
use crate::tree::Tree;

/// Halvings of the precision until one is found at which rounds settle.
const LOWER: i32 = 6;
/// Play may move this far in a step: two branches are further apart.
const REACH: f64 = 0.15;
/// Share of the precision below which a step is too short.
const SHORTEST: f64 = 1e-3;
/// Growth of a step after one that was taken.
const GROWTH: f64 = 1.5;
/// Beliefs between steps need only lead on.
const ON_THE_WAY: f64 = 1e-6;

/// The closed equilibrium at a precision, followed up from a lower one.
///
/// # Errors
/// No lower precision at which rounds settle; a solution that turns back; a request to stop.
pub(crate) fn onward(
    tree: &Tree,
    stakes: &Stakes,
    closing: &Closing,
    stop: &dyn Fn() -> bool,
) -> Result<Solved, CardError> {
    let goal = closing.lambda;
    let (mut lambda, mut here) = lower(tree, stakes, closing, stop)?;
    let mut step = goal - lambda;
    while lambda < goal {
        let next = (lambda + step).min(goal);
        let way = Closing {
            lambda: next,
            tolerance: if next < goal {
                closing.tolerance.max(ON_THE_WAY)
            } else {
                closing.tolerance
            },
            ..*closing
        };
        let from = (
            here.beliefs.clone(),
            Follow::Newton(here.point.logits.clone()),
        );
        let taken = match rounds(tree, stakes, &way, from, stop) {
            Err(CardError::Stopped) => return Err(CardError::Stopped),
            Err(error) => Err(error),
            Ok(there) => {
                let play = &there.point.assessment.profile;
                if play.distance(&here.point.assessment.profile) > REACH {
                    Err(CardError::NotClosed {
                        rounds: there.rounds,
                        left: there.left,
                    })
                } else {
                    Ok(there)
                }
            }
        };
        match taken {
            Ok(there) => {
                (lambda, here) = (next, there);
                step *= GROWTH;
            }
            Err(error) => {
                step *= 0.5;
                if step < SHORTEST * goal {
                    return Err(error);
                }
            }
        }
    }
    let branch = if closing.compared {
        branch_of(&here, goal, stop)?.0
    } else {
        OnBranch::Unseen
    };
    Ok(Solved { branch, ..here })
}

/// The nearest of the halved precisions at which rounds settle on the principal branch.
fn lower(
    tree: &Tree,
    stakes: &Stakes,
    closing: &Closing,
    stop: &dyn Fn() -> bool,
) -> Result<(f64, Solved), CardError> {
    let mut last = CardError::NotClosed {
        rounds: 0,
        left: f64::INFINITY,
    };
    for halvings in 1..=LOWER {
        let lambda = closing.lambda * 0.5f64.powi(halvings);
        let way = Closing {
            lambda,
            compared: true,
            ..*closing
        };
        match settle(tree, stakes, &way, Start::Belief(0.0), stop) {
            Ok(solved) if matches!(solved.branch, OnBranch::Principal { .. }) => {
                return Ok((lambda, solved));
            }
            Ok(solved) => {
                last = CardError::NotClosed {
                    rounds: solved.rounds,
                    left: solved.left,
                };
            }
            Err(CardError::Stopped) => return Err(CardError::Stopped),
            Err(error) => last = error,
        }
    }
    Err(last)
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        reason = "a test that cannot be set up has failed"
    )]

    use super::*;
    use crate::judgements::JudgementBook;
    use crate::stakes::{SaleBranches, SaleStakes};
    use crate::structure::Structure;
    use crate::tree::Priors;

    /// The closed form's stakes with months that cost what the market believes.
    fn stakes() -> Stakes {
        let sale = SaleBranches {
            by_joined_backstop: [[SaleStakes {
                damage: [20.0, 70.0],
                market_cost: 0.0,
                joiner_mark: 0.0,
                yen_gain: 0.0,
                yen_cost: 0.0,
            }; 2]; 2],
        };
        Stakes {
            deal_gain: 26.0,
            deal_cost: 14.0,
            escalation_loss: 30.0,
            escalation_gain: [6.0, -8.0],
            delay: [3.0, 1.0],
            pause: [0.0; 2],
            pause_relief: 0.0,
            spike: [0.0; 2],
            big: sale,
            small: None,
            quiet: None,
            security: [50.0, 4.0],
            small_share: 0.3,
            audience: [10.0; 2],
            audience_hint: 2.0,
            walk_back_share: 0.4,
            assurance_broken: 4.0,
            concede_after: [1.0, 3.0],
            backstop_cost: 3.0,
            joiner_gain_share: 0.1,
            joiner_security: [15.0, 2.0],
            announcement: [0.1, 2.0],
        }
    }

    /// Where rounds settle, what is followed up from a lower precision is what they settle on.
    #[test]
    fn what_is_followed_up_is_what_rounds_settle_on() {
        let judgements = JudgementBook::shipped().unwrap().central().unwrap();
        let priors = Priors {
            resolved: 0.25,
            fragile: 0.5,
            opportunist: 0.3,
        };
        for name in ["R1", "R2"] {
            let structure = Structure::named(name).unwrap();
            let tree = Tree::build(&structure, &judgements, priors).unwrap();
            for lambda in [0.05, 0.2] {
                let closing = Closing::at(lambda, None);
                let settled =
                    settle(&tree, &stakes(), &closing, Start::Belief(0.0), &|| false).unwrap();
                let followed = onward(&tree, &stakes(), &closing, &|| false).unwrap();
                assert!(matches!(followed.branch, OnBranch::Principal { .. }));
                assert!(followed.left <= closing.tolerance && followed.point.residual <= 1e-9);
                // Both are closed to 1e-9 of belief, and a belief moves a payoff by a few $bn.
                for (one, two) in settled.beliefs.iter().zip(&followed.beliefs) {
                    assert!((one - two).abs() < 1e-7, "{name} {lambda}");
                }
            }
        }
    }

    /// A stop is heard on the way.
    #[test]
    fn a_stop_is_heard() {
        let judgements = JudgementBook::shipped().unwrap().central().unwrap();
        let structure = Structure::named("R1").unwrap();
        let tree = Tree::build(&structure, &judgements, Priors::of(&judgements)).unwrap();
        let stopped = onward(&tree, &stakes(), &Closing::at(0.2, None), &|| true);
        assert!(matches!(stopped, Err(CardError::Stopped)));
    }
}
