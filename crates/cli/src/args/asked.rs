//! Options of `brandish run` for what its report holds only on request: the evidence and the card.
//!
//! Without them a run does nothing for either, and its report says in one line which options make them.

use std::path::PathBuf;

use brandish_units::Date;
use clap::{Args, ValueEnum};

use super::parse_date;

/// Sections on request.
#[derive(Debug, Args)]
pub struct AskedArgs {
    /// Documents, or folders of them, whose claims the report shows as cards: first what was published by the scenario's day, the rest below
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub claims: Vec<PathBuf>,
    /// The day of documents that state none [default: they stand with those published later]
    #[arg(long, value_name = "DATE", value_parser = parse_date, requires = "claims")]
    pub undated: Option<Date>,
    /// What the threat is worth, with the run's scenario and seed, as a section of the report; takes the time of `brandish card`, `--card=quick` that of its `--quick`
    #[arg(long, value_enum, value_name = "DEPTH", num_args = 0..=1, require_equals = true, default_missing_value = "full")]
    pub card: Option<CardDepth>,
}

/// How much of the card is worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CardDepth {
    /// Everything.
    Full,
    /// The equilibrium with its bands and the small trees: no map, no sizes, no levers.
    Quick,
}

impl CardDepth {
    /// The word in arguments and manifest.
    pub fn name(self) -> &'static str {
        match self {
            CardDepth::Full => "full",
            CardDepth::Quick => "quick",
        }
    }

    /// Reads the word.
    pub fn from_name(name: &str) -> Option<Self> {
        [CardDepth::Full, CardDepth::Quick]
            .into_iter()
            .find(|depth| depth.name() == name)
    }
}
