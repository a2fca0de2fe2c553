//! Counterfactual regret minimization with the plus: equilibria of two-player games of constant sum.
//!
//! CFR+ (Tammelin, Burch, Johanson and Bowling 2015, IJCAI; convergence of the average strategy). Players take turns; at
//! each information set h the owner i keeps R(a) = max(0, R(a) + sum over nodes n of h of c(n) (V_i(n a) - V_i(n))), c(n) the
//! probability that chance and the other lead to n, and plays in proportion to R. The answer is the average strategy,
//! weighted by the iteration's number and the owner's own probability of coming there. Exploitability is the mean of both
//! players' gains from a best response: an answer comes with it, and one above the wanted bound is refused.
//! As an algorithm it shares nothing with the quantal response solver, so each checks the other.

use crate::assessment::expected_payoffs;
use crate::error::GameError;
use crate::profile::BehaviorProfile;
use crate::response::nash_regrets;
use crate::tree::{Game, NONE};

/// How long to go on.
#[derive(Debug, Clone, PartialEq)]
pub struct CfrSettings {
    /// Wanted exploitability, in the game's unit of payoff.
    pub exploitability: f64,
    /// Iterations after which to give up.
    pub maximum_iterations: usize,
    /// Iterations between two looks at the exploitability.
    pub interval: usize,
}

impl Default for CfrSettings {
    fn default() -> CfrSettings {
        CfrSettings {
            exploitability: 1e-4,
            maximum_iterations: 100_000,
            interval: 100,
        }
    }
}

/// An approximate equilibrium of a constant-sum game.
#[derive(Debug, Clone, PartialEq)]
pub struct CfrSolution {
    /// The average strategies.
    pub profile: BehaviorProfile,
    /// Expected payoff of each player.
    pub payoffs: Vec<f64>,
    /// Mean gain from a best response, in the game's unit of payoff: no player can gain more than twice this.
    pub exploitability: f64,
    /// Iterations done.
    pub iterations: usize,
}

/// Mean gain of the two players from best responses: zero exactly at an equilibrium of a constant-sum game.
pub fn exploitability(game: &Game, profile: &BehaviorProfile) -> Result<f64, GameError> {
    constant_sum(game)?;
    Ok(nash_regrets(game, profile)?.iter().sum::<f64>() / 2.0)
}

/// Solves a two-player game of constant sum.
pub fn cfr_plus(
    game: &Game,
    settings: &CfrSettings,
    stop: &dyn Fn() -> bool,
) -> Result<CfrSolution, GameError> {
    constant_sum(game)?;
    if !(settings.exploitability >= 0.0 && settings.interval > 0) {
        return Err(GameError::Setting {
            name: "exploitability",
            value: settings.exploitability,
            range: "not negative, looked at every 1 or more iterations",
        });
    }
    let mut run = Run::new(game);
    let mut reached = f64::INFINITY;
    for iteration in 1..=settings.maximum_iterations {
        if stop() {
            return Err(GameError::Stopped {
                lambda_stake: 0.0,
                steps: iteration - 1,
            });
        }
        for player in 0..2 {
            run.update(player, iteration as f64);
        }
        if iteration % settings.interval == 0 || iteration == settings.maximum_iterations {
            let profile = run.average();
            reached = nash_regrets(game, &profile)?.iter().sum::<f64>() / 2.0;
            if reached <= settings.exploitability {
                return Ok(CfrSolution {
                    payoffs: expected_payoffs(game, &profile),
                    profile,
                    exploitability: reached,
                    iterations: iteration,
                });
            }
        }
    }
    Err(GameError::StillExploitable {
        reached,
        wanted: settings.exploitability,
        iterations: settings.maximum_iterations,
    })
}

/// Refuses games with more than two players or a sum that changes, beyond rounding of the sums.
fn constant_sum(game: &Game) -> Result<(), GameError> {
    let players = game.players.len();
    if players != 2 {
        return Err(GameError::Players {
            count: players,
            limit: 2,
        });
    }
    let mut sums = vec![0.0; game.nodes()];
    let mut first = None;
    for node in 0..game.nodes() {
        sums[node] = game.parent(node).map_or(0.0, |parent| sums[parent])
            + game.payoffs(node).iter().sum::<f64>();
        if game.children(node).is_empty() {
            let expected = *first.get_or_insert(sums[node]);
            if (sums[node] - expected).abs() > 1e-9 * game.stake {
                return Err(GameError::NotConstantSum {
                    node,
                    sum: sums[node],
                    expected,
                });
            }
        }
    }
    Ok(())
}

struct Run<'g> {
    game: &'g Game,
    /// Current strategies and chance, by slot.
    slots: Vec<f64>,
    regrets: Vec<f64>,
    sums: Vec<f64>,
    own: Vec<f64>,
    others: Vec<f64>,
    values: Vec<f64>,
    gains: Vec<f64>,
}

impl<'g> Run<'g> {
    fn new(game: &'g Game) -> Run<'g> {
        Run {
            game,
            slots: game.slots(BehaviorProfile::uniform(game).probabilities()),
            regrets: vec![0.0; game.actions()],
            sums: vec![0.0; game.actions()],
            own: vec![1.0; game.nodes()],
            others: vec![1.0; game.nodes()],
            values: vec![0.0; game.nodes()],
            gains: vec![0.0; game.actions()],
        }
    }

    /// One pass forward, one backward, and new strategies for one player.
    fn update(&mut self, player: usize, weight: f64) {
        let game = self.game;
        let mover = |node: usize| {
            let infoset = game.infoset_of[node];
            infoset != NONE && game.owner(infoset as usize) == player
        };
        for node in 1..game.nodes() {
            let parent = game.parent[node] as usize;
            let probability = self.slots[game.slot[node] as usize];
            let own = mover(parent);
            self.own[node] = self.own[parent] * if own { probability } else { 1.0 };
            self.others[node] = self.others[parent] * if own { 1.0 } else { probability };
        }
        for node in 0..game.nodes() {
            self.values[node] = game.payoff[node * 2 + player];
        }
        self.gains.fill(0.0);
        for node in (1..game.nodes()).rev() {
            let slot = game.slot[node] as usize;
            let parent = game.parent[node] as usize;
            self.values[parent] += self.slots[slot] * self.values[node];
            if mover(parent) {
                self.gains[slot] += self.others[parent] * self.values[node];
            }
        }
        for infoset in (0..game.infosets()).filter(|set| game.owner(*set) == player) {
            let range = game.actions_at(infoset);
            let mean: f64 = range
                .clone()
                .map(|slot| self.slots[slot] * self.gains[slot])
                .sum();
            // The owner's own probability is the same at every node of the set (perfect recall).
            let own = game
                .members(infoset)
                .next()
                .map_or(0.0, |node| self.own[node]);
            let mut total = 0.0;
            for slot in range.clone() {
                self.sums[slot] += weight * own * self.slots[slot];
                self.regrets[slot] = (self.regrets[slot] + self.gains[slot] - mean).max(0.0);
                total += self.regrets[slot];
            }
            let even = 1.0 / range.len() as f64;
            for slot in range {
                self.slots[slot] = if total > 0.0 {
                    self.regrets[slot] / total
                } else {
                    even
                };
            }
        }
    }

    /// The average strategy; at sets that were never reached, the current one.
    fn average(&self) -> BehaviorProfile {
        let game = self.game;
        let mut profile = self.slots[..game.actions()].to_vec();
        for infoset in 0..game.infosets() {
            let range = game.actions_at(infoset);
            let total: f64 = self.sums[range.clone()].iter().sum();
            if total > 0.0 {
                for slot in range {
                    profile[slot] = self.sums[slot] / total;
                }
            }
        }
        BehaviorProfile::from_solver(profile)
    }
}
