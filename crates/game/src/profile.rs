//! Behavior strategies: for each information set, how likely each action is.
//!
//! One flat vector over all actions of the game in the order of [`Game::actions_at`]. A profile exists only if it fits a
//! game: right length, probabilities in 0 to 1, each information set adding to 1.

use crate::error::GameError;
use crate::tree::Game;

/// Sums may miss 1 by this much, the rounding of a profile printed with ten digits.
const SLACK: f64 = 1e-9;

/// A behavior strategy of every player.
#[derive(Debug, Clone, PartialEq)]
pub struct BehaviorProfile {
    probabilities: Vec<f64>,
}

impl BehaviorProfile {
    /// Checks probabilities against a game.
    pub fn new(game: &Game, probabilities: Vec<f64>) -> Result<BehaviorProfile, GameError> {
        if probabilities.len() != game.actions() {
            return Err(GameError::Length {
                what: "behavior strategy",
                got: probabilities.len(),
                expected: game.actions(),
            });
        }
        for infoset in 0..game.infosets() {
            let at = &probabilities[game.actions_at(infoset)];
            let sum: f64 = at.iter().sum();
            if !((sum - 1.0).abs() <= SLACK && at.iter().all(|value| (0.0..=1.0).contains(value))) {
                return Err(GameError::Strategy {
                    label: game.infoset_label(infoset).to_string(),
                    sum,
                });
            }
        }
        Ok(BehaviorProfile { probabilities })
    }

    /// Every action of a set equally likely.
    pub fn uniform(game: &Game) -> BehaviorProfile {
        let mut probabilities = vec![0.0; game.actions()];
        for infoset in 0..game.infosets() {
            let range = game.actions_at(infoset);
            let share = 1.0 / range.len() as f64;
            probabilities[range].fill(share);
        }
        BehaviorProfile { probabilities }
    }

    /// Probabilities that a solver made and that hold by construction.
    pub(crate) fn from_solver(probabilities: Vec<f64>) -> BehaviorProfile {
        BehaviorProfile { probabilities }
    }

    /// All probabilities, in the order of the game's actions.
    pub fn probabilities(&self) -> &[f64] {
        &self.probabilities
    }

    /// The probabilities at one information set.
    pub fn at(&self, game: &Game, infoset: usize) -> &[f64] {
        &self.probabilities[game.actions_at(infoset)]
    }

    /// Largest difference of a probability between two profiles of the same game.
    pub fn distance(&self, other: &BehaviorProfile) -> f64 {
        self.probabilities
            .iter()
            .zip(&other.probabilities)
            .map(|(one, two)| (one - two).abs())
            .fold(0.0, f64::max)
    }
}
