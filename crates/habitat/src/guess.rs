//! The first guess of a pricing: yesterday's path, moved by a day, and by what moved it yesterday.
//!
//! News of a steady flow looks alike from day to day, so the inventories that the last pricing found beyond the path
//! expected before are added to today's shifted path. A guess decides how many passes a pricing takes, not what it
//! finds.

use crate::dense::Lane;
use crate::expectation::Shift;

/// Paths of inventories by node, for the next guess.
#[derive(Debug, Clone)]
pub(crate) struct Guess {
    /// Yesterday's path, moved by a day.
    shifted: Vec<Lane>,
    /// What the last pricing found beyond it.
    surprise: Vec<Lane>,
    /// Day of that pricing, if `surprise` is known.
    found_on: Option<usize>,
}

impl Guess {
    pub(crate) fn none(nodes: usize) -> Self {
        Self {
            shifted: vec![Lane::ZERO; nodes],
            surprise: vec![Lane::ZERO; nodes],
            found_on: None,
        }
    }

    /// Moves a path priced on day `on` to day `t` in place; with `surprises`, also by yesterday's surprise.
    pub(crate) fn make(
        &mut self,
        offsets: &[f64],
        (on, t): (usize, usize),
        surprises: bool,
        inventory: &mut [Lane],
    ) {
        let mut shift = Shift::new(offsets, (t - on) as f64);
        let repeats = surprises && on + 1 == t && self.found_on == Some(on);
        for n in 0..offsets.len() {
            // nodes are read at or after the one being written, so the shift can be made in place
            let mut value = shift.at(offsets[n], inventory);
            if surprises {
                self.shifted[n] = value;
            }
            if repeats {
                value.add_scaled(1.0, &self.surprise[n]);
            }
            inventory[n] = value;
        }
        self.found_on = surprises.then_some(t);
    }

    /// Takes note of what the pricing of day `t` found.
    pub(crate) fn learn(&mut self, t: usize, inventory: &[Lane]) {
        if self.found_on != Some(t) {
            return;
        }
        for ((surprise, shifted), found) in
            self.surprise.iter_mut().zip(&self.shifted).zip(inventory)
        {
            *surprise = *found;
            surprise.add_scaled(-1.0, shifted);
        }
    }
}
