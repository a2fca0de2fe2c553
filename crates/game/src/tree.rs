//! A checked game tree in flat arrays.
//!
//! Nodes stand in breadth-first order: the children of a node are neighbors and come after it, so a pass forward visits
//! parents first and a pass backward children first, both straight through memory. The edge into a node points into one
//! table of probabilities ("slots"): first the actions of all information sets, then the distinct chance probabilities.
//! A `Game` exists only if every check of the description passed; nothing in it can be changed afterwards
//! ([`Game::with_payoffs`] makes a checked copy).

use crate::check;
use crate::error::GameError;
use crate::qre::Shape;
use std::collections::BTreeMap;
use std::ops::Range;

/// "No such index" inside the flat arrays.
pub(crate) const NONE: u32 = u32::MAX;

/// A finite game in extensive form with perfect recall.
#[derive(Debug, Clone, PartialEq)]
pub struct Game {
    pub(crate) title: String,
    pub(crate) comment: String,
    pub(crate) players: Vec<String>,
    pub(crate) words: Vec<String>,
    /// Parent of each node.
    pub(crate) parent: Vec<u32>,
    /// Children of node n: `first_child[n]..first_child[n + 1]`.
    pub(crate) first_child: Vec<u32>,
    /// Probability slot of the edge into each node; the root has `NONE`.
    pub(crate) slot: Vec<u32>,
    /// Probabilities of the slots above the actions.
    pub(crate) chance: Vec<f64>,
    /// Information set of each node, `NONE` for chance moves and ends.
    pub(crate) infoset_of: Vec<u32>,
    /// Payoffs collected at each node, player by player.
    pub(crate) payoff: Vec<f64>,
    /// Owner of each information set.
    pub(crate) owner: Vec<u32>,
    /// Actions of information set i: slots `first_action[i]..first_action[i + 1]`.
    pub(crate) first_action: Vec<u32>,
    /// Information set of each action slot.
    pub(crate) infoset_of_action: Vec<u32>,
    /// Nodes of information set i: `members[first_member[i]..first_member[i + 1]]`, ascending.
    pub(crate) first_member: Vec<u32>,
    pub(crate) members: Vec<u32>,
    pub(crate) infoset_label: Vec<u32>,
    pub(crate) action_label: Vec<u32>,
    pub(crate) node_label: Vec<u32>,
    /// Label of the chance action into each node (0 where the edge is no chance action).
    pub(crate) chance_label: Vec<u32>,
    /// Labels of the chance moves that have one, by node.
    pub(crate) chance_names: BTreeMap<u32, u32>,
    pub(crate) payoff_label: Vec<u32>,
    pub(crate) depth: usize,
    pub(crate) stake: f64,
    /// Middle of each player's spread of payoffs.
    pub(crate) center: Vec<f64>,
    /// What the solver derives from the tree alone, shared by copies with other payoffs.
    pub(crate) shape: Shape,
}

/// What happens at a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// Chance moves.
    Chance,
    /// The owner of this information set moves.
    Decision(usize),
    /// The game is over.
    End,
}

impl Game {
    /// The title.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The comment below the title.
    pub fn comment(&self) -> &str {
        &self.comment
    }

    /// Labels of the players.
    pub fn players(&self) -> &[String] {
        &self.players
    }

    /// Number of nodes.
    pub fn nodes(&self) -> usize {
        self.parent.len()
    }

    /// Number of ends.
    pub fn ends(&self) -> usize {
        (0..self.nodes())
            .filter(|node| self.children(*node).is_empty())
            .count()
    }

    /// Number of information sets.
    pub fn infosets(&self) -> usize {
        self.owner.len()
    }

    /// Number of actions over all information sets: the length of a behavior strategy profile.
    pub fn actions(&self) -> usize {
        self.infoset_of_action.len()
    }

    /// Longest path, in moves.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// Largest spread of a player's payoff over the ends: the unit in which regrets are judged. At least the smallest
    /// positive number, so that it can divide; 1 when no player can win or lose anything.
    pub fn stake(&self) -> f64 {
        self.stake
    }

    /// The same tree with other payoffs: node by node, player by player. Everything else was checked when the game was
    /// built and holds for the copy.
    pub fn with_payoffs(&self, payoffs: Vec<f64>) -> Result<Game, GameError> {
        let players = self.players.len();
        if payoffs.len() != self.nodes() * players {
            return Err(GameError::Length {
                what: "payoffs",
                got: payoffs.len(),
                expected: self.nodes() * players,
            });
        }
        for (node, payoffs) in payoffs.chunks_exact(players).enumerate() {
            check::usable(node, payoffs)?;
        }
        let mut game = Game {
            payoff: payoffs,
            ..self.clone()
        };
        (game.stake, game.center) = check::spread(&game);
        Ok(game)
    }

    /// What happens at a node.
    pub fn at(&self, node: usize) -> Move {
        if self.infoset_of[node] != NONE {
            Move::Decision(self.infoset_of[node] as usize)
        } else if self.children(node).is_empty() {
            Move::End
        } else {
            Move::Chance
        }
    }

    /// The nodes after a node, one for each action, in order.
    pub fn children(&self, node: usize) -> Range<usize> {
        self.first_child[node] as usize..self.first_child[node + 1] as usize
    }

    /// The node before; none for the root, which is node 0.
    pub fn parent(&self, node: usize) -> Option<usize> {
        (node != 0).then(|| self.parent[node] as usize)
    }

    /// Who moves at an information set, from 0.
    pub fn owner(&self, infoset: usize) -> usize {
        self.owner[infoset] as usize
    }

    /// Positions of an information set's actions in a profile.
    pub fn actions_at(&self, infoset: usize) -> Range<usize> {
        self.first_action[infoset] as usize..self.first_action[infoset + 1] as usize
    }

    /// The information set an action belongs to.
    pub fn infoset_of_action(&self, action: usize) -> usize {
        self.infoset_of_action[action] as usize
    }

    /// Positions of an information set's nodes in a vector of beliefs.
    pub fn beliefs_at(&self, infoset: usize) -> Range<usize> {
        self.first_member[infoset] as usize..self.first_member[infoset + 1] as usize
    }

    /// The nodes of an information set, in the order of its beliefs.
    pub fn members(&self, infoset: usize) -> impl ExactSizeIterator<Item = usize> + '_ {
        self.members[self.beliefs_at(infoset)]
            .iter()
            .map(|node| *node as usize)
    }

    /// The label of an information set.
    pub fn infoset_label(&self, infoset: usize) -> &str {
        self.text(self.infoset_label[infoset])
    }

    /// The label of an action, by its position in a profile.
    pub fn action_label(&self, action: usize) -> &str {
        self.text(self.action_label[action])
    }

    /// The label of the move that led to a node; empty for the root.
    pub fn label_of_edge(&self, node: usize) -> &str {
        match self.action_into(node) {
            Some(action) => self.action_label(action),
            None => self.text(self.chance_label[node]),
        }
    }

    /// The label of the move of chance at a node; empty where it has none.
    pub fn chance_move_label(&self, node: usize) -> &str {
        let named = u32::try_from(node).ok();
        named
            .and_then(|node| self.chance_names.get(&node))
            .map_or("", |label| self.text(*label))
    }

    /// The label of a node.
    pub fn node_label(&self, node: usize) -> &str {
        self.text(self.node_label[node])
    }

    /// The first information set of a player with this label.
    pub fn find_infoset(&self, player: usize, label: &str) -> Option<usize> {
        (0..self.infosets())
            .find(|set| self.owner(*set) == player && self.infoset_label(*set) == label)
    }

    /// The action (position in a profile) that led to a node; none after chance and at the root.
    pub fn action_into(&self, node: usize) -> Option<usize> {
        let slot = self.slot[node] as usize;
        (slot < self.actions()).then_some(slot)
    }

    /// The probability with which chance leads to a node from the one before; none after a decision and at the root.
    pub fn chance_into(&self, node: usize) -> Option<f64> {
        (node != 0 && self.action_into(node).is_none())
            .then(|| self.chance[self.slot[node] as usize - self.actions()])
    }

    /// What each player collects at a node itself.
    pub fn payoffs(&self, node: usize) -> &[f64] {
        let players = self.players.len();
        &self.payoff[node * players..(node + 1) * players]
    }

    /// Probability of each slot under a profile: actions first, then chance. One entry more (1) stands for the root.
    pub(crate) fn slots(&self, profile: &[f64]) -> Vec<f64> {
        let mut slots = Vec::with_capacity(profile.len() + self.chance.len());
        slots.extend_from_slice(profile);
        slots.extend_from_slice(&self.chance);
        slots
    }

    fn text(&self, word: u32) -> &str {
        &self.words[word as usize]
    }
}
