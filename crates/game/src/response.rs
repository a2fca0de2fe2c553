//! Best responses, Nash regret and exploitability.
//!
//! A player with perfect recall answers the others' strategies set by set, the sets after most own moves first: the value
//! of an action is the sum over the set's nodes of (probability that chance and the others lead there) times the value of
//! the node after it under best play. The regret of a player is the best response's value less what the profile gives
//! (in the game's unit of payoff); all regrets zero is a Nash equilibrium.

use crate::assessment::expected_payoffs;
use crate::error::GameError;
use crate::profile::BehaviorProfile;
use crate::tree::{Game, NONE};

/// What a player can get against the others.
#[derive(Debug, Clone, PartialEq)]
pub struct BestResponse {
    /// The player, from 0.
    pub player: usize,
    /// Expected payoff of the best response.
    pub value: f64,
    /// The chosen action (position in a profile) at each of the player's information sets; `None` at the others'. At sets
    /// that the others never let happen every action is as good, and the first is named.
    pub choices: Vec<Option<usize>>,
}

/// The best response of a player (from 0) to the others' strategies in a profile.
pub fn best_response(
    game: &Game,
    profile: &BehaviorProfile,
    player: usize,
) -> Result<BestResponse, GameError> {
    let players = game.players.len();
    if player >= players {
        return Err(GameError::Undeclared {
            node: 0,
            what: "player",
            index: player,
            count: players,
        });
    }
    let slots = game.slots(profile.probabilities());
    let owns = |node: usize| {
        let infoset = game.infoset_of[node];
        infoset != NONE && game.owner(infoset as usize) == player
    };
    // Probability that chance and the others lead to a node, and how many moves the player made before it.
    let mut others = vec![1.0; game.nodes()];
    let mut moves = vec![0usize; game.nodes()];
    for node in 1..game.nodes() {
        let parent = game.parent[node] as usize;
        let own = owns(parent);
        let probability = if own {
            1.0
        } else {
            slots[game.slot[node] as usize]
        };
        others[node] = others[parent] * probability;
        moves[node] = moves[parent] + usize::from(own);
    }
    let rounds = moves.iter().max().map_or(0, |most| most + 1);
    let mut nodes_after = vec![Vec::new(); rounds];
    for node in (0..game.nodes()).rev() {
        nodes_after[moves[node]].push(node as u32);
    }
    let mut sets_after = vec![Vec::new(); rounds];
    for infoset in (0..game.infosets()).filter(|set| game.owner(*set) == player) {
        if let Some(first) = game.members(infoset).next() {
            sets_after[moves[first]].push(infoset);
        }
    }
    let mut values: Vec<f64> = (0..game.nodes())
        .map(|node| game.payoff[node * players + player])
        .collect();
    let mut choices = vec![None; game.infosets()];
    for round in (0..rounds).rev() {
        for infoset in &sets_after[round] {
            let range = game.actions_at(*infoset);
            let mut best = (range.start, f64::NEG_INFINITY);
            for (action, slot) in range.enumerate() {
                let value: f64 = game
                    .members(*infoset)
                    .map(|node| others[node] * values[game.children(node).start + action])
                    .sum();
                if value > best.1 {
                    best = (slot, value);
                }
            }
            choices[*infoset] = Some(best.0);
            let action = best.0 - game.actions_at(*infoset).start;
            for node in game.members(*infoset) {
                values[node] += values[game.children(node).start + action];
            }
        }
        for node in &nodes_after[round] {
            let node = *node as usize;
            if !owns(node) {
                for child in game.children(node) {
                    values[node] += slots[game.slot[child] as usize] * values[child];
                }
            }
        }
    }
    Ok(BestResponse {
        player,
        value: values[0],
        choices,
    })
}

/// What each player could gain by a best response.
pub fn nash_regrets(game: &Game, profile: &BehaviorProfile) -> Result<Vec<f64>, GameError> {
    let have = expected_payoffs(game, profile);
    (0..game.players.len())
        .map(|player| {
            best_response(game, profile, player).map(|best| (best.value - have[player]).max(0.0))
        })
        .collect()
}
