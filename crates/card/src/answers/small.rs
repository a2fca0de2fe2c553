//! The one-round game, solved, as a tree that can be drawn: every branch with its probability, every end with its payoffs.
//!
//! R0 has the stakes of the camp: the seller is soft or resolved, silent or explicit; the issuer concedes or holds; a threat that
//! is not conceded to is carried out or not.

use super::camp::Work;
use crate::closure::{Start, close};
use crate::error::CardError;
use crate::stakes::{Outcomes, Stakes};

/// A node of the tree with how it was reached.
#[derive(Debug, Clone, PartialEq)]
pub struct Branching {
    /// Node before; none for the root.
    pub before: Option<usize>,
    /// Who chose, and what: empty for the root.
    pub who: String,
    /// The choice.
    pub choice: String,
    /// Its probability there.
    pub probability: f64,
    /// Probability of coming here at all.
    pub reach: f64,
    /// Payoffs at an end: seller, issuer.
    pub payoffs: Option<[f64; 2]>,
}

/// A small game, solved.
#[derive(Debug, Clone, PartialEq)]
pub struct SmallTree {
    /// Structure.
    pub structure: &'static str,
    /// Nodes, each after the one before it.
    pub nodes: Vec<Branching>,
    /// Residual of the quantal response.
    pub residual: f64,
}

pub(super) fn one_round(work: &Work<'_>, outcomes: &Outcomes) -> Result<SmallTree, CardError> {
    let structure = work.structure("R0")?;
    let tree = work.tree(&structure)?;
    let stakes = Stakes::new(work.judgements, outcomes, work.package);
    let closing = work.closing(work.settings.lambda);
    let solved = close(&tree, &stakes, &closing, Start::Belief(0.0), &work.stop())?;
    let game = &solved.game;
    let play = solved.point.assessment.profile.probabilities();
    let mut nodes: Vec<Branching> = Vec::with_capacity(game.nodes());
    for node in 0..game.nodes() {
        let before = game.parent(node);
        let (who, probability) = match (before, game.action_into(node)) {
            (None, _) => (String::new(), 1.0),
            (Some(_), Some(action)) => {
                let set = game.infoset_of_action(action);
                (game.players()[game.owner(set)].clone(), play[action])
            }
            (Some(_), None) => (
                "types".to_owned(),
                game.chance_into(node).unwrap_or(f64::NAN),
            ),
        };
        let reach = before.map_or(1.0, |before| nodes[before].reach) * probability;
        let end = game.children(node).is_empty();
        let payoffs = game.payoffs(node);
        nodes.push(Branching {
            before,
            who,
            choice: game.label_of_edge(node).to_owned(),
            probability,
            reach,
            payoffs: end.then(|| [payoffs[0], payoffs[1]]),
        });
    }
    Ok(SmallTree {
        structure: structure.name,
        nodes,
        residual: solved.point.residual,
    })
}
