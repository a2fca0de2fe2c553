//! Games as text: Gambit's `.efg` (extensive form) and `.nfg` (strategic form).
//!
//! The readers take bytes, look at each once, never recurse and end after at most as many steps as there are bytes; every
//! refusal names line and column. What is legal but looks like a slip (duplicate labels, ends without an outcome) comes
//! back as a warning. Format: Gambit project, "Game representation formats" (`EFG 2`, `NFG 1`; an `NFG 2` is read alike).

mod exact;
mod read;
mod scan;
mod strategic;
mod write;

pub use read::read_efg;
pub use strategic::read_nfg;
pub use write::write_efg;

use crate::tree::Game;

/// A game read from a text, with what the reader found odd.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The game.
    pub game: Game,
    /// Oddities, in the order of the text; at most [`WARNING_LIMIT`], the last one saying how many more there are.
    pub warnings: Vec<Warning>,
}

/// Most warnings listed one by one.
pub const WARNING_LIMIT: usize = 50;

/// Something legal that looks like a slip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// Line, from 1.
    pub line: usize,
    /// What was found.
    pub message: String,
}

/// Collects warnings up to the limit and counts the rest.
#[derive(Debug, Default)]
struct Warnings {
    list: Vec<Warning>,
    more: usize,
}

impl Warnings {
    fn add(&mut self, line: usize, message: impl FnOnce() -> String) {
        if self.list.len() < WARNING_LIMIT - 1 {
            self.list.push(Warning {
                line,
                message: message(),
            });
        } else {
            self.more += 1;
        }
    }

    fn finish(mut self) -> Vec<Warning> {
        if self.more > 0 {
            let line = self.list.last().map_or(1, |last| last.line);
            self.list.push(Warning {
                line,
                message: format!("and {} more warnings", self.more),
            });
        }
        self.list
    }
}

/// The first label that appears twice in a list.
fn duplicate<'l>(labels: &[&'l str]) -> Option<&'l str> {
    let mut sorted = labels.to_vec();
    sorted.sort_unstable();
    sorted
        .windows(2)
        .find(|pair| pair[0] == pair[1])
        .map(|pair| pair[0])
}
