//! What a caller may choose about following a path, each with its range.
//!
//! The defaults were chosen for the angle: steps that double without looking at it jump to other branches in games as
//! small as the standoff's second resolution, so the angle between neighboring tangents is always bounded.

use crate::error::GameError;
use crate::tree::Game;

/// How a path is followed.
#[derive(Debug, Clone, PartialEq)]
pub struct PathSettings {
    /// Largest angle between the directions at both ends of a step, radians; above it the step is halved. (0, 1].
    pub maximum_angle: f64,
    /// First step, in logits and lambda x stake together.
    pub first_step: f64,
    /// Most that a step may grow from one to the next. (1, 4].
    pub growth: f64,
    /// Steps after which the path is given up.
    pub maximum_steps: usize,
    /// lambda x stake after which the path to the limit is given up.
    pub maximum_precision: f64,
    /// Largest agent regret, in stakes, of a sequential equilibrium candidate.
    pub limit_regret: f64,
}

impl Default for PathSettings {
    fn default() -> PathSettings {
        PathSettings {
            maximum_angle: 0.15,
            first_step: 0.2,
            growth: 2.0,
            maximum_steps: 20_000,
            maximum_precision: 1e10,
            limit_regret: 1e-6,
        }
    }
}

impl PathSettings {
    /// Refuses numbers outside their range.
    pub(crate) fn check(&self) -> Result<(), GameError> {
        let ranges = [
            ("maximum_angle", self.maximum_angle, 1e-4, 1.0, "1e-4 to 1"),
            ("first_step", self.first_step, 1e-8, 10.0, "1e-8 to 10"),
            ("growth", self.growth, 1.01, 4.0, "1.01 to 4"),
            (
                "maximum_precision",
                self.maximum_precision,
                1.0,
                1e10,
                "1 to 1e10",
            ),
            ("limit_regret", self.limit_regret, 1e-9, 1.0, "1e-9 to 1"),
        ];
        for (name, value, low, high, range) in ranges {
            if !(value >= low && value <= high) {
                return Err(GameError::Setting { name, value, range });
            }
        }
        Ok(())
    }
}

/// Where a path should end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Target {
    /// At a precision, per unit of payoff.
    Lambda(f64),
    /// Where the agent regret falls below [`PathSettings::limit_regret`].
    Limit,
}

impl Target {
    /// Refuses a precision that is no number, below zero or beyond the settings.
    pub(crate) fn check(&self, game: &Game, settings: &PathSettings) -> Result<(), GameError> {
        let Target::Lambda(value) = *self else {
            return Ok(());
        };
        let refuse = |range| {
            Err(GameError::Setting {
                name: "lambda",
                value,
                range,
            })
        };
        if value.is_nan() || value < 0.0 {
            return refuse("a precision is a number not below zero");
        }
        if value * game.stake() > settings.maximum_precision {
            return refuse(
                "times the stake it passes the largest precision followed (1e10 unless set): give a smaller one, or ask for the limit",
            );
        }
        Ok(())
    }
}
