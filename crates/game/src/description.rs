//! A game as written down, before it is checked.
//!
//! Nodes are placed one by one, each after an action of a node that exists already, in any order. Nothing is judged while
//! writing; [`Description::build`] checks everything at once and turns the description into a [`Game`]. Storage is a few
//! flat lists, because the largest trees have millions of nodes.

use crate::check;
use crate::error::GameError;
use crate::tree::{Game, NONE};
use std::collections::BTreeMap;

/// Most nodes a game may have.
pub const NODE_LIMIT: usize = 10_000_000;
/// Most moves on one path from the root.
pub const DEPTH_LIMIT: usize = 10_000;
/// Most players.
pub const PLAYER_LIMIT: usize = 64;

/// Where a node stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// At the beginning of the game.
    Root,
    /// After an action (from 0) of a node (as returned when it was placed).
    After {
        /// The node that moves before.
        node: usize,
        /// Its action.
        action: usize,
    },
}

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Kind {
    /// A chance move; its actions are `chance[first..first + count]`.
    Chance {
        /// First of its actions.
        first: u32,
        /// How many.
        count: u32,
    },
    /// A move of the owner of this information set.
    Decision(u32),
    /// An end of the game.
    Outcome,
}

/// An information set as written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct InfosetText {
    pub player: usize,
    pub label: u32,
    pub actions: Vec<u32>,
}

/// A game as written: players, information sets, nodes.
#[derive(Debug, Clone, PartialEq)]
pub struct Description {
    pub(crate) title: String,
    pub(crate) comment: String,
    pub(crate) players: Vec<String>,
    pub(crate) words: Vec<String>,
    word_numbers: BTreeMap<String, u32>,
    pub(crate) infosets: Vec<InfosetText>,
    pub(crate) kinds: Vec<Kind>,
    /// Parent node and action of each node; `NONE` for the root.
    pub(crate) places: Vec<(u32, u32)>,
    /// Actions of all chance moves: label and probability.
    pub(crate) chance: Vec<(u32, f64)>,
    pub(crate) node_labels: Vec<u32>,
    /// Labels of the chance moves that have one, by node.
    pub(crate) chance_names: BTreeMap<u32, u32>,
    /// Label and payoffs of the nodes that have some: (node, label, first number, how many).
    pub(crate) payoff_nodes: Vec<(u32, u32, u32, u32)>,
    pub(crate) payoffs: Vec<f64>,
    /// The first thing that went wrong while writing (a size that no index can hold).
    overflow: bool,
}

impl Description {
    /// An empty game with a title and players.
    pub fn new(title: &str, players: &[&str]) -> Description {
        let mut word_numbers = BTreeMap::new();
        word_numbers.insert(String::new(), 0);
        Description {
            title: title.to_string(),
            comment: String::new(),
            players: players.iter().map(|player| (*player).to_string()).collect(),
            words: vec![String::new()],
            word_numbers,
            infosets: Vec::new(),
            kinds: Vec::new(),
            places: Vec::new(),
            chance: Vec::new(),
            node_labels: Vec::new(),
            chance_names: BTreeMap::new(),
            payoff_nodes: Vec::new(),
            payoffs: Vec::new(),
            overflow: false,
        }
    }

    /// Sets the comment that files carry below the title.
    pub fn set_comment(&mut self, comment: &str) {
        self.comment = comment.to_string();
    }

    /// How many nodes have been placed.
    pub fn nodes(&self) -> usize {
        self.kinds.len()
    }

    /// Declares an information set of a player (from 0) and returns its number.
    pub fn infoset<Label: AsRef<str>>(
        &mut self,
        player: usize,
        label: &str,
        actions: &[Label],
    ) -> usize {
        let label = self.word(label);
        let actions = actions
            .iter()
            .map(|action| self.word(action.as_ref()))
            .collect();
        self.infosets.push(InfosetText {
            player,
            label,
            actions,
        });
        self.infosets.len() - 1
    }

    /// Places a move of the owner of an information set.
    pub fn decision(&mut self, place: Place, infoset: usize) -> usize {
        let infoset = self.index(infoset);
        self.node(place, Kind::Decision(infoset))
    }

    /// Places a move of chance with the label and the probability of each action.
    pub fn chance<Label: AsRef<str>>(&mut self, place: Place, actions: &[(Label, f64)]) -> usize {
        let first = self.index(self.chance.len());
        let count = self.index(actions.len());
        for (label, probability) in actions {
            let label = self.word(label.as_ref());
            self.chance.push((label, *probability));
        }
        self.node(place, Kind::Chance { first, count })
    }

    /// Places an end of the game with one payoff for each player.
    pub fn outcome(&mut self, place: Place, payoffs: &[f64]) -> usize {
        let node = self.node(place, Kind::Outcome);
        self.set_payoffs(node, "", payoffs);
        node
    }

    /// Gives a node a name.
    pub fn set_label(&mut self, node: usize, label: &str) {
        let label = self.word(label);
        if let Some(place) = self.node_labels.get_mut(node) {
            *place = label;
        }
    }

    /// Gives the move of a node of chance a name, as information sets have one.
    pub fn set_chance_label(&mut self, node: usize, label: &str) {
        if !label.is_empty() {
            let (node, label) = (self.index(node), self.word(label));
            self.chance_names.insert(node, label);
        }
    }

    /// Adds payoffs that the players collect on passing a node, also before the end; the outcome may have a name.
    pub fn set_payoffs(&mut self, node: usize, label: &str, payoffs: &[f64]) {
        let label = self.word(label);
        let first = self.index(self.payoffs.len());
        let (node, count) = (self.index(node), self.index(payoffs.len()));
        self.payoff_nodes.push((node, label, first, count));
        self.payoffs.extend_from_slice(payoffs);
    }

    /// An end of the game without payoffs of its own; payoffs collected on the way stay.
    pub fn empty_outcome(&mut self, place: Place) -> usize {
        self.node(place, Kind::Outcome)
    }

    /// Checks everything and returns the game: sizes, places, probabilities, payoffs, reachable information sets,
    /// perfect recall.
    pub fn build(&self) -> Result<Game, GameError> {
        self.build_numbered().map(|(game, _)| game)
    }

    /// Like [`Description::build`]; also says where each node went: entry n is the number in the game of the node that was
    /// placed as number n. For callers that give the same tree other payoffs later ([`Game::with_payoffs`]).
    pub fn build_numbered(&self) -> Result<(Game, Vec<usize>), GameError> {
        if self.overflow || self.kinds.len() > NODE_LIMIT {
            return Err(GameError::TooLarge {
                what: "nodes",
                limit: NODE_LIMIT,
            });
        }
        let (game, order) = check::build(self)?;
        let mut numbers = vec![0; order.len()];
        for (at, node) in order.iter().enumerate() {
            numbers[*node as usize] = at;
        }
        Ok((game, numbers))
    }

    /// The number of a label; equal labels share one.
    pub(crate) fn word(&mut self, text: &str) -> u32 {
        if let Some(number) = self.word_numbers.get(text) {
            return *number;
        }
        let number = self.index(self.words.len());
        self.words.push(text.to_string());
        self.word_numbers.insert(text.to_string(), number);
        number
    }

    fn node(&mut self, place: Place, kind: Kind) -> usize {
        let place = match place {
            Place::Root => (NONE, 0),
            Place::After { node, action } => (self.index(node), self.index(action)),
        };
        self.kinds.push(kind);
        self.places.push(place);
        self.node_labels.push(0);
        self.kinds.len() - 1
    }

    /// An index in 32 bits. One that does not fit is remembered and refused when the game is built.
    fn index(&mut self, value: usize) -> u32 {
        match u32::try_from(value) {
            Ok(value) if value != NONE => value,
            _ => {
                self.overflow = true;
                0
            }
        }
    }
}
