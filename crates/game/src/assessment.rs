//! Strategies with beliefs, and whether acting on them is rational.
//!
//! An assessment (Kreps and Wilson 1982) is a behavior strategy profile and, at every information set, a belief over its
//! nodes. The value of action a at set h for its owner i is
//!   Q(h, a) = sum over nodes n of h of mu(n) V_i(n a),
//! mu the belief, V_i(n a) player i's expected payoff from the node after a on, in the game's unit of payoff. The agent
//! regret of h is max_a Q(h, a) - sum_a p(a) Q(h, a). With consistent beliefs, no regret at any set is the same as
//! sequential rationality (one-shot deviations: Hendon, Jacobsen and Sloth 1996).

use crate::error::GameError;
use crate::profile::BehaviorProfile;
use crate::tree::Game;

/// A behavior strategy profile with beliefs.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// The strategies.
    pub profile: BehaviorProfile,
    /// Beliefs over the nodes of each information set, in the order of [`Game::members`].
    pub beliefs: Vec<f64>,
}

impl Assessment {
    /// Checks beliefs against a game.
    pub fn new(
        game: &Game,
        profile: BehaviorProfile,
        beliefs: Vec<f64>,
    ) -> Result<Assessment, GameError> {
        if beliefs.len() != game.members.len() {
            return Err(GameError::Length {
                what: "beliefs",
                got: beliefs.len(),
                expected: game.members.len(),
            });
        }
        for infoset in 0..game.infosets() {
            let at = &beliefs[game.beliefs_at(infoset)];
            let sum: f64 = at.iter().sum();
            if !((sum - 1.0).abs() <= 1e-9 && at.iter().all(|value| (0.0..=1.0).contains(value))) {
                return Err(GameError::Strategy {
                    label: game.infoset_label(infoset).to_string(),
                    sum,
                });
            }
        }
        Ok(Assessment { profile, beliefs })
    }

    /// Beliefs by Bayes' rule. Refused when the profile leaves an information set unreached.
    pub fn bayes(game: &Game, profile: BehaviorProfile) -> Result<Assessment, GameError> {
        let reach = reach(game, &profile);
        let mut beliefs = Vec::with_capacity(game.members.len());
        for infoset in 0..game.infosets() {
            let sum: f64 = game.members(infoset).map(|node| reach[node]).sum();
            if sum <= 0.0 {
                return Err(GameError::NoBayes {
                    label: game.infoset_label(infoset).to_string(),
                });
            }
            beliefs.extend(game.members(infoset).map(|node| reach[node] / sum));
        }
        Ok(Assessment { profile, beliefs })
    }

    /// Value of every action to the player who has it, given these beliefs and that play goes on by the profile.
    pub fn action_values(&self, game: &Game) -> Vec<f64> {
        let values = node_values(game, &self.profile);
        let players = game.players.len();
        let mut result = vec![0.0; game.actions()];
        for infoset in 0..game.infosets() {
            let (owner, first) = (game.owner(infoset), game.actions_at(infoset).start);
            for (node, belief) in game
                .members(infoset)
                .zip(&self.beliefs[game.beliefs_at(infoset)])
            {
                for (action, child) in game.children(node).enumerate() {
                    result[first + action] += belief * values[child * players + owner];
                }
            }
        }
        result
    }

    /// Agent regret of every information set: what its owner could gain there by the best single action.
    pub fn agent_regrets(&self, game: &Game) -> Vec<f64> {
        regrets_of(
            game,
            self.profile.probabilities(),
            &self.action_values(game),
        )
    }

    /// Whether no information set has an agent regret above the tolerance (in the game's unit of payoff).
    pub fn is_sequentially_rational(&self, game: &Game, tolerance: f64) -> bool {
        self.agent_regrets(game)
            .iter()
            .all(|regret| *regret <= tolerance)
    }
}

/// max_a Q(h, a) - sum_a p(a) Q(h, a) for each set h; never below zero, because rounding of the mean is the only way there.
pub(crate) fn regrets_of(game: &Game, profile: &[f64], action_values: &[f64]) -> Vec<f64> {
    (0..game.infosets())
        .map(|infoset| {
            let range = game.actions_at(infoset);
            let values = &action_values[range.clone()];
            let best = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            // Differences first: a common level of payoffs must not cost digits.
            profile[range]
                .iter()
                .zip(values)
                .map(|(p, value)| p * (best - value))
                .sum()
        })
        .collect()
}

/// Probability of reaching each node.
pub fn reach(game: &Game, profile: &BehaviorProfile) -> Vec<f64> {
    let slots = game.slots(profile.probabilities());
    let mut reach = vec![1.0; game.nodes()];
    for node in 1..game.nodes() {
        reach[node] = reach[game.parent[node] as usize] * slots[game.slot[node] as usize];
    }
    reach
}

/// Expected payoff of each player from each node on (payoffs collected at the node included): node by node, player by player.
pub fn node_values(game: &Game, profile: &BehaviorProfile) -> Vec<f64> {
    let slots = game.slots(profile.probabilities());
    let players = game.players.len();
    let mut values = game.payoff.clone();
    for node in (1..game.nodes()).rev() {
        let probability = slots[game.slot[node] as usize];
        let parent = game.parent[node] as usize * players;
        for player in 0..players {
            values[parent + player] += probability * values[node * players + player];
        }
    }
    values
}

/// Expected payoff of each player.
pub fn expected_payoffs(game: &Game, profile: &BehaviorProfile) -> Vec<f64> {
    let mut values = node_values(game, profile);
    values.truncate(game.players.len());
    values
}
