//! Lists of drafts that rules write on and give back.
//!
//! A draft is large and most sentences give none or one, so that a list of its own for every rule and sentence would cost
//! more than the rules. A list that was given back is empty and keeps its room; the thread keeps a few for the next document,
//! no long ones.

use std::cell::RefCell;

use super::Draft;

/// Most drafts that a list has room for when it is kept.
const LARGEST: usize = 1024;
/// Most lists that a thread keeps.
const MOST: usize = 8;

thread_local! {
    static KEPT: RefCell<Vec<Vec<Draft>>> = const { RefCell::new(Vec::new()) };
}

/// The lists that the thread keeps.
pub(crate) struct Sheets;

impl Sheets {
    /// An empty list.
    pub(super) fn take(&self) -> Vec<Draft> {
        let kept = KEPT.try_with(|kept| kept.try_borrow_mut().ok()?.pop());
        kept.ok().flatten().unwrap_or_default()
    }

    /// Takes a list back.
    pub(super) fn put(&self, mut sheet: Vec<Draft>) {
        sheet.clear();
        if sheet.capacity() > LARGEST {
            return;
        }
        // A thread that ends keeps nothing.
        let _ = KEPT.try_with(|kept| {
            if let Ok(mut kept) = kept.try_borrow_mut()
                && kept.len() < MOST
            {
                kept.push(sheet);
            }
        });
    }
}
