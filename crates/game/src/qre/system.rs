//! The equations of logit quantal response on a tree, and their derivative along a direction.
//!
//! Unknowns x: for each information set the logits of its actions less that of its first action, so p = softmax(0, x).
//! Beliefs are the softmax of the log-reach of the set's nodes: exact also where reach underflows, and with the right
//! limit as the precision grows (Turocy 2010, Economic Theory 42, section 3).
//! Equations (McKelvey and Palfrey 1998, Experimental Economics 1, section 3, in logits):
//!   H_a(x, L) = x_a - L (Q_a - Q_first) / stake = 0   for every action a but the first of its set,
//! Q the action values under x and the beliefs, L = lambda x stake (a pure number), stake the largest spread of payoffs.
//! One evaluation is one forward pass (log-reach) and one backward pass (values); so is one derivative dQ along dx.

use crate::tree::{Game, NONE};

/// A game with everything that does not depend on the strategies.
pub(crate) struct System<'g> {
    pub game: &'g Game,
    /// First unknown of each information set; one more at the end.
    pub first_unknown: Vec<u32>,
    chance_log: Vec<f64>,
    /// Payoffs at nodes divided by the stake, the ends less the middle of the player's spread: every path has one end, so
    /// only the level changes, and no digits are lost to it.
    pub payoff: Vec<f64>,
}

/// Probabilities, beliefs, values at one point.
#[derive(Debug, Clone, Default)]
pub(crate) struct Point {
    /// Probability of each slot (actions, then chance).
    pub slots: Vec<f64>,
    /// Log-reach of each node.
    log_reach: Vec<f64>,
    /// Belief in each node within its information set (0 at other nodes).
    pub belief: Vec<f64>,
    /// Expected payoffs from each node on, divided by the stake.
    pub values: Vec<f64>,
    /// Value of each action, divided by the stake.
    pub action_values: Vec<f64>,
    log_slots: Vec<f64>,
}

/// Working memory of a directional derivative.
#[derive(Debug, Clone, Default)]
pub(crate) struct Direction {
    log_slots: Vec<f64>,
    log_reach: Vec<f64>,
    values: Vec<f64>,
    action_values: Vec<f64>,
}

impl<'g> System<'g> {
    pub fn new(game: &'g Game) -> System<'g> {
        let mut first_unknown = Vec::with_capacity(game.infosets() + 1);
        let mut total = 0u32;
        for infoset in 0..game.infosets() {
            first_unknown.push(total);
            total += game.actions_at(infoset).len() as u32 - 1;
        }
        first_unknown.push(total);
        let players = game.players.len();
        let mut payoff: Vec<f64> = Vec::with_capacity(game.payoff.len());
        for node in 0..game.nodes() {
            let end = game.children(node).is_empty();
            for player in 0..players {
                let level = if end { game.center[player] } else { 0.0 };
                payoff.push((game.payoff[node * players + player] - level) / game.stake);
            }
        }
        System {
            game,
            first_unknown,
            chance_log: game.chance.iter().map(|value| value.ln()).collect(),
            payoff,
        }
    }

    /// How many unknowns there are.
    pub fn unknowns(&self) -> usize {
        self.first_unknown[self.game.infosets()] as usize
    }

    pub fn unknowns_at(&self, infoset: usize) -> std::ops::Range<usize> {
        self.first_unknown[infoset] as usize..self.first_unknown[infoset + 1] as usize
    }

    /// Evaluates probabilities, beliefs and values at logits x.
    pub fn evaluate(&self, x: &[f64], point: &mut Point) {
        let game = self.game;
        self.slots(x, point);
        match game.players.len() {
            1 => self.passes::<1>(point),
            2 => self.passes::<2>(point),
            3 => self.passes::<3>(point),
            _ => self.passes::<0>(point),
        }
    }

    /// p = softmax and its logarithm, set by set.
    fn slots(&self, x: &[f64], point: &mut Point) {
        let game = self.game;
        point.slots.resize(game.actions(), 0.0);
        point.slots.truncate(game.actions());
        point.log_slots.resize(game.actions(), 0.0);
        point.log_slots.truncate(game.actions());
        for infoset in 0..game.infosets() {
            let range = game.actions_at(infoset);
            let logits = &x[self.unknowns_at(infoset)];
            let top = logits.iter().copied().fold(0.0, f64::max);
            let values = &mut point.slots[range.clone()];
            values[0] = (-top).exp();
            let mut sum = values[0];
            for (value, logit) in values[1..].iter_mut().zip(logits) {
                *value = (logit - top).exp();
                sum += *value;
            }
            for value in values {
                *value /= sum;
            }
            let shift = top + sum.ln();
            let logs = &mut point.log_slots[range];
            logs[0] = -shift;
            for (log, logit) in logs[1..].iter_mut().zip(logits) {
                *log = logit - shift;
            }
        }
        point.slots.extend_from_slice(&game.chance);
        point.log_slots.extend_from_slice(&self.chance_log);
    }

    /// Both passes. `P` is the number of players when known at compile time, 0 otherwise.
    fn passes<const P: usize>(&self, point: &mut Point) {
        let game = self.game;
        let players = if P == 0 { game.players.len() } else { P };
        let nodes = game.nodes();
        point.log_reach.resize(nodes, 0.0);
        for node in 1..nodes {
            point.log_reach[node] = point.log_reach[game.parent[node] as usize]
                + point.log_slots[game.slot[node] as usize];
        }
        point.belief.resize(nodes, 0.0);
        for infoset in 0..game.infosets() {
            let members = &game.members[game.beliefs_at(infoset)];
            if let [only] = members {
                point.belief[*only as usize] = 1.0;
                continue;
            }
            let top = members
                .iter()
                .map(|node| point.log_reach[*node as usize])
                .fold(f64::NEG_INFINITY, f64::max);
            let mut sum = 0.0;
            for node in members {
                let weight = (point.log_reach[*node as usize] - top).exp();
                point.belief[*node as usize] = weight;
                sum += weight;
            }
            for node in members {
                point.belief[*node as usize] /= sum;
            }
        }
        point.values.clear();
        point.values.extend_from_slice(&self.payoff);
        point.action_values.clear();
        point.action_values.resize(game.actions(), 0.0);
        let values = &mut point.values;
        for node in (1..nodes).rev() {
            let slot = game.slot[node] as usize;
            let probability = point.slots[slot];
            let parent = game.parent[node] as usize;
            let (before, after) = values.split_at_mut(node * players);
            let after = &after[..players];
            let target = &mut before[parent * players..][..players];
            for player in 0..players {
                target[player] += probability * after[player];
            }
            let infoset = game.infoset_of[parent];
            if infoset != NONE {
                let owner = game.owner[infoset as usize] as usize;
                point.action_values[slot] += point.belief[parent] * after[owner];
            }
        }
    }

    /// The gaps q_a = (Q_a - Q_first) / stake, one for each unknown; H = x - L q.
    pub fn gaps(&self, point: &Point, gaps: &mut Vec<f64>) {
        self.relative(&point.action_values, gaps);
    }

    fn relative(&self, per_action: &[f64], out: &mut Vec<f64>) {
        out.clear();
        for infoset in 0..self.game.infosets() {
            let values = &per_action[self.game.actions_at(infoset)];
            out.extend(values[1..].iter().map(|value| value - values[0]));
        }
    }

    /// Derivative of the gaps along dx at a point.
    pub fn derivative(
        &self,
        point: &Point,
        dx: &[f64],
        direction: &mut Direction,
        out: &mut Vec<f64>,
    ) {
        let game = self.game;
        let d = &mut *direction;
        d.log_slots.clear();
        d.log_slots.resize(point.slots.len(), 0.0);
        for infoset in 0..game.infosets() {
            let range = game.actions_at(infoset);
            let change = &dx[self.unknowns_at(infoset)];
            let mean: f64 = change
                .iter()
                .zip(&point.slots[range.start + 1..range.end])
                .map(|(change, p)| change * p)
                .sum();
            let logs = &mut d.log_slots[range];
            logs[0] = -mean;
            for (log, change) in logs[1..].iter_mut().zip(change) {
                *log = change - mean;
            }
        }
        match game.players.len() {
            1 => self.direction_passes::<1>(point, d),
            2 => self.direction_passes::<2>(point, d),
            3 => self.direction_passes::<3>(point, d),
            _ => self.direction_passes::<0>(point, d),
        }
        self.relative(&d.action_values, out);
    }

    fn direction_passes<const P: usize>(&self, point: &Point, d: &mut Direction) {
        let game = self.game;
        let players = if P == 0 { game.players.len() } else { P };
        let nodes = game.nodes();
        d.log_reach.resize(nodes, 0.0);
        for node in 1..nodes {
            d.log_reach[node] =
                d.log_reach[game.parent[node] as usize] + d.log_slots[game.slot[node] as usize];
        }
        d.values.clear();
        d.values.resize(nodes * players, 0.0);
        d.action_values.clear();
        d.action_values.resize(game.actions(), 0.0);
        // The change of a belief: mu (d log-reach - mean of it over the set).
        for infoset in 0..game.infosets() {
            let members = &game.members[game.beliefs_at(infoset)];
            let mean: f64 = members
                .iter()
                .map(|node| point.belief[*node as usize] * d.log_reach[*node as usize])
                .sum();
            let owner = game.owner[infoset] as usize;
            let first = game.first_action[infoset] as usize;
            for node in members {
                let node = *node as usize;
                let change = point.belief[node] * (d.log_reach[node] - mean);
                if change != 0.0 {
                    for (action, child) in game.children(node).enumerate() {
                        d.action_values[first + action] +=
                            change * point.values[child * players + owner];
                    }
                }
            }
        }
        for node in (1..nodes).rev() {
            let slot = game.slot[node] as usize;
            let (probability, change) = (point.slots[slot], d.log_slots[slot]);
            let parent = game.parent[node] as usize;
            let level = &point.values[node * players..][..players];
            let (before, after) = d.values.split_at_mut(node * players);
            let after = &after[..players];
            let target = &mut before[parent * players..][..players];
            for player in 0..players {
                target[player] += probability * (after[player] + change * level[player]);
            }
            let infoset = game.infoset_of[parent];
            if infoset != NONE {
                let owner = game.owner[infoset as usize] as usize;
                d.action_values[slot] += point.belief[parent] * after[owner];
            }
        }
    }

    /// Beliefs in the order of [`Game::members`].
    pub fn beliefs(&self, point: &Point) -> Vec<f64> {
        self.game
            .members
            .iter()
            .map(|node| point.belief[*node as usize])
            .collect()
    }
}
