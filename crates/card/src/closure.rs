//! Announcement closure: prices move with the market's belief in a sale, and the belief is the players' own equilibrium.
//!
//! At a public history h the market believes in a sale with Pr(sale | h), computed from strategies and priors. What moves
//! prices at h is the revision since the history before; beliefs of the histories that can follow average to the one at h, so
//! revisions average to zero. Payoffs hold the months spent at each belief; strategies follow from payoffs. The two are made
//! consistent by damped rounds from a start of choice, and what is handed out is a certified quantal response of the game
//! whose payoffs hold the beliefs that it itself gives.
//!
//! A game can have several quantal responses. The answer is the one on the principal branch: the branch that leaves even play
//! at lambda 0, where it comes to the precision for the first time (McKelvey and Palfrey 1998, section 3, single it out the same
//! way). Rounds start from the response of the round before, which Newton's method can carry to another branch; so the last
//! round is compared with the principal branch of its own game, and where they differ the rounds go on along that branch.
//! At high precision rounds can go in circles: the first passage of one round's game gives beliefs whose game has its first
//! passage elsewhere, and back. Then no response of that kind agrees with its own beliefs; rounds end as soon as that shows,
//! and the closed equilibrium of a lower precision is followed up instead (`onward`), which is said with the answer.

use brandish_game::qre::{LogitQre, PathSettings, principal_qre, qre_near};
use brandish_game::{Game, GameError};

use crate::error::CardError;
use crate::onward::onward;
use crate::stakes::Stakes;
use crate::structure::SellerAction;
use crate::tree::Tree;

/// How to close.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Closing {
    /// Precision, per $bn.
    pub lambda: f64,
    /// Belief before the first word, where the scenario declares one; otherwise the equilibrium's own.
    pub prior: Option<f64>,
    /// Share of the way that beliefs go in a round.
    pub damping: f64,
    /// Rounds after which to give up.
    pub most_rounds: usize,
    /// Largest change of a belief at which rounds end.
    pub tolerance: f64,
    /// Steps along branches from lambda 0, over all rounds, after which to give up.
    pub most_steps: usize,
    /// Whether the answer is compared with the principal branch of its own game; where not, it follows from its start.
    pub compared: bool,
}

impl Closing {
    /// At a precision: undamped rounds, because announcements weigh little against the stakes; 1e-9 of belief.
    #[must_use]
    pub const fn at(lambda: f64, prior: Option<f64>) -> Self {
        Self {
            lambda,
            prior,
            damping: 1.0,
            most_rounds: 60,
            tolerance: 1e-9,
            most_steps: 60_000,
            compared: true,
        }
    }

    /// The same for one of the many games beside an answer. A branch takes a dozen or two steps to a moderate precision; where one
    /// turns back over and over, a single cell of a map could take longer than all else.
    #[must_use]
    pub const fn briefly(self) -> Self {
        Self {
            most_steps: 400,
            ..self
        }
    }
}

/// Where rounds start.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Start<'s> {
    /// The same belief at every history. Equal beliefs revise nothing, so without a declared belief all of these are one start.
    Belief(f64),
    /// One belief at histories with an explicit threat, another at the rest.
    Threat {
        /// Where a threat was made.
        after: f64,
        /// Where none was.
        otherwise: f64,
    },
    /// An earlier solution of the same tree: its beliefs and logits.
    Near(&'s Solved),
}

/// On which branch of quantal responses of its game an answer lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnBranch {
    /// The principal one, at its first passage of the precision; it turned back this often on the way.
    Principal {
        /// Folds passed.
        folds: usize,
    },
    /// Another one: rounds along the principal branch do not settle. It was followed by Newton's method from its start, or up
    /// from a lower precision at which they do.
    Other,
    /// Not known: the principal branch was lost before it came to the precision.
    Unseen,
}

/// A closed equilibrium.
#[derive(Debug, Clone, PartialEq)]
pub struct Solved {
    /// The game with its payoffs.
    pub game: Game,
    /// The quantal response.
    pub point: LogitQre,
    /// Pr(sale | public history).
    pub beliefs: Vec<f64>,
    /// The beliefs that the payoffs hold: the same, but for what the last round left.
    pub priced: Vec<f64>,
    /// Belief before the first word that payoffs are counted from.
    pub prior: f64,
    /// Rounds done.
    pub rounds: usize,
    /// Largest change of a belief in the last round.
    pub left: f64,
    /// Where the response lies among those of its game.
    pub branch: OnBranch,
}

impl Solved {
    /// Probability that the card is played, as the market would put it before the first word.
    #[must_use]
    pub fn implied(&self) -> f64 {
        self.beliefs[0]
    }

    /// Whether what follows from this answer is compared with the principal branch of its own game: not where this one is on
    /// no such branch itself, and not where the branch turned back so often that a comparison costs more than all else.
    #[must_use]
    pub const fn compares(&self) -> bool {
        matches!(self.branch, OnBranch::Principal { folds } if folds <= MOST_FOLDS)
    }
}

/// Folds beyond which neighbors of an answer are not compared.
pub(crate) const MOST_FOLDS: usize = 8;

/// Logarithm of the probability of reaching each node, from logits, so that it stays finite where probabilities underflow.
pub(crate) fn log_reach(game: &Game, point: &LogitQre) -> Vec<f64> {
    let mut log_action = vec![0.0; game.actions()];
    let mut next = 0;
    for set in 0..game.infosets() {
        let range = game.actions_at(set);
        let logits = &point.logits[next..next + range.len() - 1];
        next += logits.len();
        let top = logits.iter().copied().fold(0.0, f64::max);
        let sum: f64 = logits.iter().map(|logit| (logit - top).exp()).sum();
        let shift = top + (sum + (-top).exp()).ln();
        log_action[range.start] = -shift;
        for (slot, logit) in (range.start + 1..range.end).zip(logits) {
            log_action[slot] = logit - shift;
        }
    }
    let mut log_reach = vec![0.0; game.nodes()];
    for node in 1..game.nodes() {
        let step = match game.action_into(node) {
            Some(action) => log_action[action],
            None => game.chance_into(node).unwrap_or(f64::NAN).ln(),
        };
        log_reach[node] = game.parent(node).map_or(0.0, |parent| log_reach[parent]) + step;
    }
    log_reach
}

/// Pr(sale | public history) at a quantal response, for every public history: the mean over the nodes that look alike, by
/// their probabilities, of the probability that something is or will be sold.
#[must_use]
pub fn sale_beliefs(tree: &Tree, point: &LogitQre) -> Vec<f64> {
    let game = &tree.game;
    let probabilities = point.assessment.profile.probabilities();
    let mut sale = vec![0.0; game.nodes()];
    for end in tree.ends.iter().filter(|end| end.state.is_sold()) {
        sale[end.node] = 1.0;
    }
    for node in (1..game.nodes()).rev() {
        let share = match game.action_into(node) {
            Some(action) => probabilities[action],
            None => game.chance_into(node).unwrap_or(f64::NAN),
        };
        if let Some(parent) = game.parent(node) {
            sale[parent] += share * sale[node];
        }
    }
    let log_reach = log_reach(game, point);
    let firsts: Vec<usize> = first_nodes(tree);
    let mut top = vec![f64::NEG_INFINITY; tree.public.len()];
    for node in &firsts {
        let public = tree.public_of[*node];
        top[public] = top[public].max(log_reach[*node]);
    }
    let mut weight = vec![0.0; tree.public.len()];
    let mut sum = vec![0.0; tree.public.len()];
    for node in &firsts {
        let public = tree.public_of[*node];
        let share = (log_reach[*node] - top[public]).exp();
        weight[public] += share;
        sum[public] += share * sale[*node];
    }
    sum.iter()
        .zip(&weight)
        .map(|(sum, weight)| sum / weight)
        .collect()
}

/// Nodes at which a public history begins. Nodes of one history can follow each other (types are drawn, a choice stays
/// hidden), and only the first on a path is counted.
pub(crate) fn first_nodes(tree: &Tree) -> Vec<usize> {
    (0..tree.game.nodes())
        .filter(|node| {
            tree.game
                .parent(*node)
                .is_none_or(|parent| tree.public_of[parent] != tree.public_of[*node])
        })
        .collect()
}

/// Strategies closer than this in every probability are on one branch.
const SAME_PLAY: f64 = 1e-6;

/// How the response of a round is found.
pub(crate) enum Follow {
    /// From the response of the round before, where there is one.
    Near(Option<Vec<f64>>),
    /// Along the principal branch in every round.
    Principal,
    /// From the response of the round before, and not at all where Newton's method does not get there.
    Newton(Vec<f64>),
}

/// Rounds in which what is left must halve: settling takes a tenth a round, and rounds that do not are going in circles.
const STALLED: usize = 6;

/// Finds strategies and beliefs that agree, on the principal branch where rounds settle there.
///
/// # Errors
/// A game that cannot be solved or certified; rounds that do not settle.
pub fn close(
    tree: &Tree,
    stakes: &Stakes,
    closing: &Closing,
    start: Start<'_>,
    stop: &dyn Fn() -> bool,
) -> Result<Solved, CardError> {
    match settle(tree, stakes, closing, start, stop) {
        Err(CardError::NotClosed { .. }) if closing.compared => onward(tree, stakes, closing, stop),
        other => other,
    }
}

/// The same by rounds alone.
pub(crate) fn settle(
    tree: &Tree,
    stakes: &Stakes,
    closing: &Closing,
    start: Start<'_>,
    stop: &dyn Fn() -> bool,
) -> Result<Solved, CardError> {
    let near = agreed(tree, stakes, closing, (start, None), stop)?;
    on_principal(tree, stakes, closing, near, stop)
}

/// Strategies and beliefs that agree, on whatever branch: from a start, or from its beliefs and the play of another answer.
pub(crate) fn agreed(
    tree: &Tree,
    stakes: &Stakes,
    closing: &Closing,
    (start, play): (Start<'_>, Option<&Solved>),
    stop: &dyn Fn() -> bool,
) -> Result<Solved, CardError> {
    let (beliefs, logits) = match start {
        Start::Belief(belief) => (vec![belief; tree.public.len()], None),
        Start::Threat { after, otherwise } => (threatened(tree, after, otherwise), None),
        Start::Near(solved) => (solved.beliefs.clone(), Some(solved.point.logits.clone())),
    };
    let logits = logits.or_else(|| play.map(|solved| solved.point.logits.clone()));
    let from = (beliefs.clone(), Follow::Near(logits));
    match rounds(tree, stakes, closing, from, stop) {
        // Beliefs that overshoot settle with shorter steps.
        Err(CardError::NotClosed { .. }) => {
            let shorter = Closing {
                damping: 0.5 * closing.damping,
                most_rounds: 2 * closing.most_rounds,
                ..*closing
            };
            rounds(tree, stakes, &shorter, (beliefs, Follow::Principal), stop)
        }
        other => other,
    }
}

/// The answer on the principal branch, from one that is on whatever branch; where rounds along the principal branch do not
/// settle, that one. Rounds follow the first passage by Newton's method, and the branch is looked at again at the end; only where
/// that has left it too is every round followed from lambda 0.
pub(crate) fn on_principal(
    tree: &Tree,
    stakes: &Stakes,
    closing: &Closing,
    near: Solved,
    stop: &dyn Fn() -> bool,
) -> Result<Solved, CardError> {
    if !closing.compared || matches!(near.branch, OnBranch::Principal { .. }) {
        return Ok(near);
    }
    let (branch, first) = branch_of(&near, closing.lambda, stop)?;
    let Some(first) = first else {
        return Ok(Solved { branch, ..near });
    };
    let from = (near.beliefs.clone(), Follow::Near(Some(first.logits)));
    match rounds(tree, stakes, closing, from, stop) {
        Err(CardError::Stopped) => return Err(CardError::Stopped),
        Err(_) => {}
        Ok(again) => {
            let branch = match again.branch {
                found @ OnBranch::Principal { .. } => found,
                _ => branch_of(&again, closing.lambda, stop)?.0,
            };
            if matches!(branch, OnBranch::Principal { .. }) {
                return Ok(Solved { branch, ..again });
            }
        }
    }
    let from = (near.beliefs.clone(), Follow::Principal);
    match rounds(tree, stakes, closing, from, stop) {
        Ok(solved) => Ok(solved),
        Err(CardError::Stopped) => Err(CardError::Stopped),
        Err(_) => Ok(Solved { branch, ..near }),
    }
}

/// Where a response lies among those of its game, by the first passage of the principal branch; that passage where the response is
/// another one.
pub(crate) fn branch_of(
    solved: &Solved,
    lambda: f64,
    stop: &dyn Fn() -> bool,
) -> Result<(OnBranch, Option<LogitQre>), CardError> {
    match principal_qre(&solved.game, lambda, &PathSettings::default(), stop) {
        Err(GameError::Stopped { .. }) => Err(CardError::Stopped),
        Err(_) => Ok((OnBranch::Unseen, None)),
        Ok(first) => {
            let play = &first.assessment.profile;
            if play.distance(&solved.point.assessment.profile) < SAME_PLAY {
                let folds = first.folds.len();
                Ok((OnBranch::Principal { folds }, None))
            } else {
                Ok((OnBranch::Other, Some(first)))
            }
        }
    }
}

/// Beliefs that differ after a threat.
fn threatened(tree: &Tree, after: f64, otherwise: f64) -> Vec<f64> {
    let threat = SellerAction::Brandish.name();
    let mut has = vec![false; tree.public.len()];
    // A history stands behind the one before it.
    for (at, history) in tree.public.iter().enumerate() {
        has[at] = history.before.is_some_and(|before| has[before]) || history.event == threat;
    }
    has.into_iter()
        .map(|has| if has { after } else { otherwise })
        .collect()
}

/// Rounds from given beliefs until they settle. A response that was not followed from lambda 0 in the last round is `Unseen`.
pub(crate) fn rounds(
    tree: &Tree,
    stakes: &Stakes,
    closing: &Closing,
    (mut beliefs, mut follow): (Vec<f64>, Follow),
    stop: &dyn Fn() -> bool,
) -> Result<Solved, CardError> {
    let what = || format!("standoff {}", tree.structure.name);
    let usual = PathSettings::default();
    let mut steps_left = closing.most_steps;
    let mut left = f64::INFINITY;
    // The least that was left so far, and the round and what had been left when it last halved.
    let (mut least, mut halved) = (f64::INFINITY, (0, f64::INFINITY));
    for round in 1..=closing.most_rounds {
        if stop() {
            return Err(CardError::Stopped);
        }
        let prior = closing.prior.unwrap_or(beliefs[0]);
        let game = tree
            .game
            .with_payoffs(tree.payoffs(stakes, &beliefs, prior))
            .map_err(|error| CardError::game(what(), error))?;
        let near = match &follow {
            Follow::Near(Some(logits)) => qre_near(&game, closing.lambda, logits).ok(),
            Follow::Newton(logits) => Some(
                qre_near(&game, closing.lambda, logits)
                    .map_err(|error| CardError::game(what(), error))?,
            ),
            _ => None,
        };
        let (point, branch) = match near {
            Some(point) => (point, OnBranch::Unseen),
            None => {
                let settings = PathSettings {
                    maximum_steps: usual.maximum_steps.min(steps_left),
                    ..usual.clone()
                };
                let point = match principal_qre(&game, closing.lambda, &settings, stop) {
                    Err(GameError::PathLost { steps, .. }) if steps > steps_left => {
                        return Err(CardError::TooLong {
                            lambda: closing.lambda,
                            steps: closing.most_steps,
                        });
                    }
                    other => other.map_err(|error| CardError::game(what(), error))?,
                };
                steps_left = steps_left.saturating_sub(point.effort.steps);
                let folds = point.folds.len();
                (point, OnBranch::Principal { folds })
            }
        };
        let next = sale_beliefs(tree, &point);
        left = next
            .iter()
            .zip(&beliefs)
            .map(|(next, belief)| (next - belief).abs())
            .fold(0.0, f64::max);
        if left <= closing.tolerance {
            return Ok(Solved {
                game,
                point,
                beliefs: next,
                priced: beliefs,
                prior,
                rounds: round,
                left,
                branch,
            });
        }
        if left < least {
            least = left;
        }
        if least <= 0.5 * halved.1 {
            halved = (round, least);
        } else if round - halved.0 >= STALLED {
            return Err(CardError::NotClosed {
                rounds: round,
                left,
            });
        }
        for (belief, next) in beliefs.iter_mut().zip(&next) {
            *belief += closing.damping * (next - *belief);
        }
        follow = match follow {
            Follow::Near(_) => Follow::Near(Some(point.logits)),
            Follow::Newton(_) => Follow::Newton(point.logits),
            Follow::Principal => Follow::Principal,
        };
    }
    Err(CardError::NotClosed {
        rounds: closing.most_rounds,
        left,
    })
}
