//! Lists of drafts that rules write on and give back.
//!
//! A draft is large and most sentences give none or one, so that a list of its own for every rule and sentence would cost
//! more than the rules. A list that was given back is empty and keeps its room.

use std::cell::RefCell;

use super::Draft;

/// Empty lists at hand.
#[derive(Default)]
pub(crate) struct Sheets(RefCell<Vec<Vec<Draft>>>);

impl Sheets {
    /// An empty list.
    pub(super) fn take(&self) -> Vec<Draft> {
        self.0.borrow_mut().pop().unwrap_or_default()
    }

    /// Takes a list back.
    pub(super) fn put(&self, mut sheet: Vec<Draft>) {
        sheet.clear();
        self.0.borrow_mut().push(sheet);
    }
}
