//! Looking for more than one fixed point of belief and play.
//!
//! Announcement and belief can agree in more than one way: a threat that is believed moves prices, and what moves prices is worth
//! threatening. So rounds start from disbelief, from belief in every threat, and from belief in a sale where none was
//! threatened, and every fixed point found is counted. The first one is the answer. Equal beliefs at every history would be no
//! other start: they revise nothing, so all of them price the same game.

use crate::closure::{Closing, MOST_FOLDS, OnBranch, Solved, Start, agreed, on_principal};
use crate::error::CardError;
use crate::onward::onward;
use crate::stakes::Stakes;
use crate::tree::Tree;

/// Closed equilibria found from several starts.
#[derive(Debug, Clone, PartialEq)]
pub struct Closings {
    /// Different fixed points, the one started from disbelief first.
    pub found: Vec<Solved>,
    /// Starts that did not settle, in words.
    pub failed: Vec<String>,
}

/// Beliefs closer than this everywhere are one fixed point.
const SAME: f64 = 1e-6;

/// Where the search for fixed points starts: nobody believes in a sale; a threat is believed and silence is not feared; and the
/// reverse.
const STARTS: [(Start<'static>, &str); 3] = [
    (Start::Belief(0.0), "disbelief"),
    (
        Start::Threat {
            after: 1.0,
            otherwise: 0.0,
        },
        "belief in every threat",
    ),
    (
        Start::Threat {
            after: 0.0,
            otherwise: 1.0,
        },
        "belief in a sale without a threat",
    ),
];

/// Closes from disbelief, from belief in every threat, and from belief in a sale where none was threatened.
///
/// # Errors
/// If no start settles.
pub fn close_from_everywhere(
    tree: &Tree,
    stakes: &Stakes,
    closing: &Closing,
    stop: &dyn Fn() -> bool,
) -> Result<Closings, CardError> {
    let mut all = Closings {
        found: Vec::new(),
        failed: Vec::new(),
    };
    let mut first_error = None;
    let is_known = |found: &[Solved], solved: &Solved| {
        found.iter().any(|other| {
            let apart = other.beliefs.iter().zip(&solved.beliefs);
            apart
                .map(|(one, two)| (one - two).abs())
                .fold(0.0, f64::max)
                < SAME
        })
    };
    for (start, words) in STARTS {
        if let Some(first) = all.found.first()
            && let OnBranch::Principal { folds } = first.branch
            && folds > MOST_FOLDS
        {
            all.failed.push(format!(
                "{words} was not started from: the branch turned back {folds} times, and looking for another fixed point along it takes longer than all else"
            ));
            continue;
        }
        // What is known already need not be compared again.
        let solved = match agreed(tree, stakes, closing, (start, all.found.first()), stop) {
            Ok(near) if is_known(&all.found, &near) => continue,
            Ok(near) => on_principal(tree, stakes, closing, near, stop),
            Err(error) => Err(error),
        };
        match solved {
            Ok(solved) if is_known(&all.found, &solved) => {}
            Ok(solved) => all.found.push(solved),
            Err(CardError::Stopped) => return Err(CardError::Stopped),
            Err(error) => {
                all.failed.push(format!("from {words}: {error}"));
                first_error.get_or_insert(error);
            }
        }
    }
    if all.found.is_empty() && matches!(first_error, Some(CardError::NotClosed { .. })) {
        all.found.push(onward(tree, stakes, closing, stop)?);
    }
    match (all.found.is_empty(), first_error) {
        (true, Some(error)) => Err(error),
        _ => Ok(all),
    }
}
