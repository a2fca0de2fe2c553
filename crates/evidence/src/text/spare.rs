//! Lists of a page that is done with, kept by the thread for the next one.
//!
//! A page has a dozen lists of a few kilobytes, which cost more to ask the system for than to fill. They are handed on empty
//! but with their room; those of a very long document are given back, so that a thread keeps little.

use std::cell::Cell;

use super::token::Token;
use crate::lexicon::Entries;

/// Most tokens of a page whose lists are kept.
const LARGEST: usize = 1 << 15;

/// The lists, empty when taken.
#[derive(Default)]
pub(super) struct Spare {
    pub(super) lower: String,
    pub(super) tokens: Vec<Token>,
    pub(super) keys: Vec<u64>,
    pub(super) entries: Entries,
    pub(super) begins: Vec<u8>,
    pub(super) inside: Vec<Option<u32>>,
}

thread_local! {
    static KEPT: Cell<Option<Spare>> = const { Cell::new(None) };
}

/// The lists kept, or new ones.
pub(super) fn take() -> Spare {
    KEPT.try_with(Cell::take).ok().flatten().unwrap_or_default()
}

/// Keeps lists for the next page.
pub(super) fn put(mut spare: Spare) {
    if spare.tokens.capacity() > LARGEST {
        return;
    }
    spare.lower.clear();
    spare.tokens.clear();
    spare.keys.clear();
    spare.entries.clear();
    spare.begins.clear();
    spare.inside.clear();
    // A thread that ends keeps nothing.
    let _ = KEPT.try_with(|kept| kept.set(Some(spare)));
}
