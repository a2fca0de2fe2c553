//! Everything that can go wrong between an outcome of the engine and the value of a threat.
//!
//! A draw that fails does not stop the others: it is counted. These are for what leaves no answer.

use brandish_game::GameError;
use brandish_scenario::ScenarioError;

/// Error of the card crate.
#[derive(Debug, thiserror::Error)]
pub enum CardError {
    /// The engine, the scenario or a parameter file.
    #[error(transparent)]
    Scenario(#[from] ScenarioError),
    /// The game cannot be built or solved.
    #[error("{what}: {source}")]
    Game {
        /// Which game.
        what: String,
        /// Why.
        source: GameError,
    },
    /// A parameter that no payoff uses, or that does not exist.
    #[error(
        "parameters/card.toml: {name} is no stake of the standoff; correct the name or the value"
    )]
    UnknownJudgement {
        /// Its name.
        name: String,
    },
    /// A probability that is none.
    #[error("{name} = {value} is not a probability; give a number from 0 to 1")]
    Probability {
        /// Which one.
        name: &'static str,
        /// The value.
        value: f64,
    },
    /// The market's belief and the players' strategies do not settle on each other.
    #[error(
        "the market's belief in a sale and the players' strategies do not settle on each other: after {rounds} rounds beliefs still move by {left:.2e}, and no answer that agrees with its own beliefs was followed up from a lower lambda; use a lower lambda, or --quick, which solves fewer games"
    )]
    NotClosed {
        /// Rounds done.
        rounds: usize,
        /// Largest change of a belief in the last round.
        left: f64,
    },
    /// A branch turns back so often that following it was given up.
    #[error(
        "the branch of quantal responses was not followed to lambda {lambda} within {steps} steps; use a lower lambda, or --quick, which solves fewer games"
    )]
    TooLong {
        /// The precision.
        lambda: f64,
        /// Steps allowed.
        steps: usize,
    },
    /// Every draw of a camp failed.
    #[error("camp {camp}: all {draws} draws failed; the first said: {first}")]
    AllDrawsFailed {
        /// Which camp.
        camp: &'static str,
        /// How many.
        draws: usize,
        /// The first error.
        first: String,
    },
    /// A structure that does not exist.
    #[error("there is no structure \"{name}\"; use R0, R1, R1e, R2, R3, R3c, R4, history or quiet")]
    UnknownStructure {
        /// The name given.
        name: String,
    },
    /// A share of something that never happens.
    #[error("camp {camp}: {event} never happens in this equilibrium, so it has no share of deals")]
    NeverHappens {
        /// Which camp.
        camp: &'static str,
        /// What.
        event: &'static str,
    },
    /// The observed history has no place in the tree.
    #[error("the observed history leaves the tree at \"{step}\": {reason}")]
    History {
        /// Where.
        step: String,
        /// Why.
        reason: String,
    },
    /// The engine gave no outcome where one was asked for.
    #[error("camp {camp}: the engine gave no outcome for a branch; this is a defect, report it")]
    NoOutcome {
        /// Which camp.
        camp: &'static str,
    },
    /// The caller asked to stop.
    #[error("stopped on request")]
    Stopped,
}

impl CardError {
    /// A problem of a named game.
    pub(crate) fn game(what: impl Into<String>, source: GameError) -> Self {
        match source {
            GameError::Stopped { .. } => Self::Stopped,
            source => Self::Game {
                what: what.into(),
                source,
            },
        }
    }

    /// Whether the solver refused to certify a point (rather than something being wrong with the input).
    #[must_use]
    pub const fn is_uncertified(&self) -> bool {
        matches!(
            self,
            Self::NotClosed { .. }
                | Self::TooLong { .. }
                | Self::Game {
                    source: GameError::PathLost { .. }
                        | GameError::NoConvergence { .. }
                        | GameError::NotCertified { .. }
                        | GameError::NotSettled { .. }
                        | GameError::Singular { .. },
                    ..
                }
        )
    }
}
