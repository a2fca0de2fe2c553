//! Small games, solved, as trees that can be drawn: every branch with its probability, every end with its payoffs.
//!
//! R0 and R1 have the stakes of the camp: the seller is soft or resolved, silent or explicit (in two rounds he can also sell); the
//! issuer concedes or holds; a threat that is not conceded to is carried out or not. What comes after a branch that is reached less
//! often than one time in fifty is not drawn: the branch ends there, with the payoffs expected from there on.

use super::camp::Work;
use crate::closure::{Start, close};
use crate::error::CardError;
use crate::stakes::{Outcomes, Stakes};
use brandish_game::node_values;

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
    /// Payoffs at an end, or expected where the drawing ends: seller, issuer.
    pub payoffs: Option<[f64; 2]>,
    /// Whether the game goes on here and the drawing does not.
    pub cut: bool,
}

/// A small game, solved.
#[derive(Debug, Clone, PartialEq)]
pub struct SmallTree {
    /// Structure.
    pub structure: &'static str,
    /// Nodes, each after the one before it.
    pub nodes: Vec<Branching>,
    /// Nodes of the whole game.
    pub of: usize,
    /// Residual of the quantal response.
    pub residual: f64,
}

/// Trees up to this size are drawn whole.
const WHOLE: usize = 40;
/// In larger ones the probability of being reached below which nothing further is drawn.
const RARE: f64 = 0.02;

/// Solves a small structure and prepares it for drawing.
pub(super) fn drawn(
    work: &Work<'_>,
    structure: &str,
    outcomes: &Outcomes,
) -> Result<SmallTree, CardError> {
    let structure = work.structure(structure)?;
    let tree = work.tree(&structure)?;
    let stakes = Stakes::new(work.judgements, outcomes, work.package);
    let closing = work.closing(work.settings.lambda);
    let solved = close(&tree, &stakes, &closing, Start::Belief(0.0), &work.stop())?;
    let game = &solved.game;
    let play = solved.point.assessment.profile.probabilities();
    let values = node_values(game, &solved.point.assessment.profile);
    let players = game.players().len();
    let whole = game.nodes() <= WHOLE;
    let mut nodes: Vec<Branching> = Vec::with_capacity(game.nodes());
    let mut place: Vec<Option<usize>> = vec![None; game.nodes()];
    for node in 0..game.nodes() {
        let before = match game.parent(node) {
            None => None,
            Some(parent) => match place[parent] {
                Some(drawn) if !nodes[drawn].cut => Some(drawn),
                _ => continue,
            },
        };
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
        let cut = !end && !whole && reach < RARE;
        let expected = &values[node * players..];
        place[node] = Some(nodes.len());
        nodes.push(Branching {
            before,
            who,
            choice: game.label_of_edge(node).to_owned(),
            probability,
            reach,
            payoffs: (end || cut).then(|| [expected[0], expected[1]]),
            cut,
        });
    }
    Ok(SmallTree {
        structure: structure.name,
        nodes,
        of: game.nodes(),
        residual: solved.point.residual,
    })
}
