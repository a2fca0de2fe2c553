//! How the answer depends on precision: a sweep over lambda, every branch found, and the limit where it is certified.
//!
//! lambda x stake says how close to rational the players are. The payoffs of the sweep and of the search are those of the
//! closed equilibrium at the settings' lambda, so that only precision differs; branches are different quantal responses of one game.

use brandish_game::qre::{
    Origin, PathSettings, SearchSettings, Target, find_branches, principal_qre_sweep,
    sequential_candidate,
};
use brandish_game::{GameError, expected_payoffs, reach};

use super::camp::Work;
use crate::closure::Solved;
use crate::error::CardError;
use crate::reading::Reading;
use crate::stakes::Stakes;
use crate::tree::Tree;

/// One precision of the sweep.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SweepPoint {
    /// Per $bn.
    pub lambda: f64,
    /// Times the stake.
    pub lambda_stake: f64,
    /// Probability of a deal.
    pub deal: f64,
    /// Probability of a sale.
    pub sale: f64,
    /// Probability of an explicit threat.
    pub threat: f64,
    /// Values: seller, issuer.
    pub values: [f64; 2],
    /// Largest agent regret, $bn.
    pub agent_regret: f64,
    /// Folds passed on the way.
    pub folds: usize,
}

/// A branch found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Where it comes from.
    pub origin: String,
    /// Whether it is the answer that is given above.
    pub is_answer: bool,
    /// Value to the seller against the game without a card, $bn.
    pub worth: f64,
    /// What it says.
    pub point: SweepPoint,
}

/// The limit of the principal branch, where it earned its label.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LimitReading {
    /// Probabilities and values in the limit; its regret is that of the limit.
    pub point: SweepPoint,
    /// Agent regret in stakes.
    pub relative_regret: f64,
}

/// Everything about precision.
#[derive(Debug, Clone, PartialEq)]
pub struct Precision {
    /// The sweep; shorter where the path was lost, which `lost` says.
    pub sweep: Vec<SweepPoint>,
    /// Value of the card to the seller at the precisions of the sweep: against the game without a card at the same precision;
    /// as many as the sweep has, or none where that game could not be followed.
    pub worth: Vec<f64>,
    /// Why the sweep ended early.
    pub lost: Option<String>,
    /// Branches at the settings' lambda.
    pub branches: Vec<Found>,
    /// Searches that ended where another had, or were lost.
    pub duplicates: usize,
    /// Paths lost in the search.
    pub lost_paths: usize,
    /// The limit, or why there is none.
    pub limit: Result<LimitReading, String>,
}

/// Strategies closer than this in every probability are one answer: the search tells ends apart at the same distance.
const SAME_ANSWER: f64 = 1e-5;

pub(super) fn precision(
    work: &Work<'_>,
    tree: &Tree,
    (solved, without): (&Solved, &Reading),
    stakes: &Stakes,
) -> Result<Precision, CardError> {
    let game = &solved.game;
    let stop = work.stop();
    let settings = PathSettings::default();
    let mut sweep = Vec::new();
    let mut lost = None;
    match principal_qre_sweep(game, &work.settings.sweep, &settings, &stop) {
        Ok(points) => sweep.extend(points.iter().map(|point| of_point(tree, game, point))),
        Err(GameError::Stopped { .. }) => return Err(CardError::Stopped),
        Err(whole) => {
            // One by one, as far as they go.
            for lambda in &work.settings.sweep {
                match principal_qre_sweep(game, &[*lambda], &settings, &stop) {
                    Ok(points) => {
                        sweep.extend(points.iter().map(|point| of_point(tree, game, point)));
                    }
                    Err(GameError::Stopped { .. }) => return Err(CardError::Stopped),
                    Err(_) => break,
                }
            }
            lost = Some(whole.to_string());
        }
    }
    let worth = worth(tree, stakes, &sweep, &stop)?;
    let search = SearchSettings {
        starts: work.settings.starts,
        seed: work.settings.seed,
        // Trees of this size have far more supports than time allows: random starts do as well.
        supports: 0,
        ..SearchSettings::default()
    };
    let target = Target::Lambda(work.settings.lambda);
    let found = find_branches(game, target, &search, &stop)
        .map_err(|error| CardError::game("search for branches", error))?;
    let mut passages = 0;
    let answer = &solved.point.assessment.profile;
    let branches: Vec<Found> = found
        .branches
        .iter()
        .map(|branch| Found {
            is_answer: branch.end.assessment.profile.distance(answer) < SAME_ANSWER,
            worth: branch.end.payoffs[0] - without.values.seller(),
            origin: match &branch.origin {
                Origin::Principal => {
                    passages += 1;
                    match passages {
                        1 => "principal".to_owned(),
                        passage => format!("principal, passage {passage}"),
                    }
                }
                Origin::Crossing { branch, lambda } => {
                    format!("crosses branch {branch} at lambda {lambda:.3}")
                }
                Origin::Search { start, .. } => format!("random start {start}"),
                Origin::Support { start, .. } => format!("support {start}"),
            },
            point: of_point(tree, game, &branch.end),
        })
        .collect();
    let short = PathSettings {
        maximum_steps: work.settings.limit_steps,
        ..settings
    };
    let limit = match sequential_candidate(game, &short, &stop) {
        Ok(limit) => {
            let profile = &limit.assessment.profile;
            let mut point = of_profile(tree, game, profile);
            point.lambda = limit.last.lambda;
            point.lambda_stake = limit.last.lambda_stake;
            point.agent_regret = limit.agent_regret;
            point.folds = limit.last.folds.len();
            Ok(LimitReading {
                point,
                relative_regret: limit.relative_regret,
            })
        }
        Err(GameError::Stopped { .. }) => return Err(CardError::Stopped),
        Err(error) => Err(error.to_string()),
    };
    Ok(Precision {
        sweep,
        worth,
        lost,
        branches,
        duplicates: found.duplicates,
        lost_paths: found.lost.len(),
        limit,
    })
}

/// Worth along the sweep. Without a card nothing is announced, so no belief stands in that game's payoffs.
fn worth(
    tree: &Tree,
    stakes: &Stakes,
    sweep: &[SweepPoint],
    stop: &dyn Fn() -> bool,
) -> Result<Vec<f64>, CardError> {
    let beliefs = vec![0.0; tree.public.len()];
    let payoffs = tree.payoffs(&stakes.without_card(), &beliefs, 0.0);
    let game = tree
        .game
        .with_payoffs(payoffs)
        .map_err(|error| CardError::game("the game without a card", error))?;
    let lambdas: Vec<f64> = sweep.iter().map(|point| point.lambda).collect();
    match principal_qre_sweep(&game, &lambdas, &PathSettings::default(), stop) {
        Ok(points) => Ok(sweep
            .iter()
            .zip(&points)
            .map(|(with, without)| with.values[0] - without.payoffs[0])
            .collect()),
        Err(GameError::Stopped { .. }) => Err(CardError::Stopped),
        Err(_) => Ok(Vec::new()),
    }
}

fn of_point(
    tree: &Tree,
    game: &brandish_game::Game,
    point: &brandish_game::LogitQre,
) -> SweepPoint {
    SweepPoint {
        lambda: point.lambda,
        lambda_stake: point.lambda_stake,
        agent_regret: point.agent_regret,
        folds: point.folds.len(),
        ..of_profile(tree, game, &point.assessment.profile)
    }
}

fn of_profile(
    tree: &Tree,
    game: &brandish_game::Game,
    profile: &brandish_game::BehaviorProfile,
) -> SweepPoint {
    let reach = reach(game, profile);
    let sum = |happened: &dyn Fn(&crate::tree::End) -> bool| {
        let ends = tree.ends.iter().filter(|end| happened(end));
        ends.map(|end| reach[end.node]).sum()
    };
    let payoffs = expected_payoffs(game, profile);
    SweepPoint {
        lambda: 0.0,
        lambda_stake: 0.0,
        deal: sum(&|end| end.state.deal_round > 0),
        sale: sum(&|end| end.state.is_sold()),
        threat: sum(&|end| end.state.threatened),
        values: [payoffs[0], payoffs[1]],
        agent_regret: 0.0,
        folds: 0,
    }
}
