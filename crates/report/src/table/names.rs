//! Names read from a file, kept once for the life of the process.
//!
//! The long table's names (measures, statistics, units, camps, buckets, sources) are few and written in the
//! program, so a row holds them as `&'static str`. A table read back from a file has no such text to point
//! at; each distinct name is therefore stored once and never freed. Number and length of the names are
//! bounded, so a hostile file cannot make the store grow.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use crate::ReportError;
use crate::error::excerpt;

/// Most names kept in one process; a run writes fewer than a hundred.
const MOST_NAMES: usize = 4096;
/// Longest name in bytes; the longest of ours has about forty.
const LONGEST_NAME: usize = 120;

static NAMES: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());

/// The stored copy of `name`.
pub(crate) fn keep(
    name: &str,
    row: usize,
    column: &'static str,
) -> Result<&'static str, ReportError> {
    if name.len() > LONGEST_NAME {
        return Err(ReportError::Field {
            row,
            column,
            text: excerpt(name),
            allowed: "a name of at most 120 bytes",
        });
    }
    let mut names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(kept) = names.get(name) {
        return Ok(kept);
    }
    if names.len() >= MOST_NAMES {
        return Err(ReportError::TooManyNames {
            name: excerpt(name),
            limit: MOST_NAMES,
        });
    }
    let kept: &'static str = Box::leak(name.to_owned().into_boxed_str());
    names.insert(kept);
    Ok(kept)
}
