//! Where an answer jumps, and why.
//!
//! Two things can make an answer jump under a small change of an input. The engine's outcome can: the Fed's rule has a trigger,
//! and a sale a little larger can bring its purchases weeks earlier. Or the quantal response can: its branch folds, and the
//! principal branch comes to the precision somewhere else. The two are told apart here. A step between neighboring sizes is a
//! jump if most of it is left when the sizes have come within a few hundredths of the step; its cause is what differs there.

use super::camp::Work;
use super::map::{BySize, at_size};
use crate::closure::{OnBranch, Solved};
use crate::error::CardError;
use crate::reading::Reading;
use crate::tree::Tree;

/// Why an answer jumps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JumpCause {
    /// The sale triggers the Fed's rule on another day: below, above.
    FedDay([Option<usize>; 2]),
    /// The Fed's rule acts on the same day, and the quantal response is another: a fold of its branch.
    Branch,
}

/// Two sizes close together whose worth is far apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SizeJump {
    /// The size below, $bn.
    pub below: BySize,
    /// The size above.
    pub above: BySize,
    /// What differs.
    pub cause: JumpCause,
}

/// A step this many times the median step is looked into.
const LARGE: f64 = 5.0;
/// A step around the scenario's own size is looked into from this many times the median step on.
const NOTABLE: f64 = 2.0;
/// Halvings of the step: to a sixty-fourth of it.
const HALVINGS: usize = 6;
/// Share of the step that must be left at the end.
const LEFT: f64 = 0.5;

/// The largest jump of worth between neighboring sizes, and one between the neighbors of the scenario's own size, in the order
/// of sizes: none, one or both.
pub(super) fn by_size(
    work: &Work<'_>,
    tree: &Tree,
    (central, without): (&Solved, &Reading),
    sizes: &[BySize],
) -> Result<Vec<SizeJump>, CardError> {
    let step = |pair: &[BySize]| (pair[1].value - pair[0].value).abs();
    let mut steps: Vec<f64> = sizes.windows(2).map(step).collect();
    steps.sort_unstable_by(f64::total_cmp);
    let Some(median) = steps.get(steps.len() / 2).copied() else {
        return Ok(Vec::new());
    };
    let own = work.amount();
    let largest = sizes
        .windows(2)
        .max_by(|one, two| step(one).total_cmp(&step(two)))
        .filter(|pair| step(pair) > LARGE * median);
    let around = sizes
        .windows(2)
        .find(|pair| pair[0].amount <= own && own < pair[1].amount)
        .filter(|pair| step(pair) > NOTABLE * median);
    let mut pairs: Vec<&[BySize]> = largest.into_iter().chain(around).collect();
    pairs.sort_by(|one, two| one[0].amount.total_cmp(&two[0].amount));
    pairs.dedup_by(|one, two| one[0].amount == two[0].amount);
    let mut jumps = Vec::new();
    for pair in pairs {
        jumps.extend(between(work, tree, (central, without), pair)?);
    }
    Ok(jumps)
}

/// The jump between two sizes, if most of the step between them is left when they have come close.
fn between(
    work: &Work<'_>,
    tree: &Tree,
    (central, without): (&Solved, &Reading),
    pair: &[BySize],
) -> Result<Option<SizeJump>, CardError> {
    let (mut below, mut above) = (pair[0], pair[1]);
    let step = (above.value - below.value).abs();
    for _ in 0..HALVINGS {
        let amount = 0.5 * (below.amount + above.amount);
        let middle = at_size(work, tree, (central, without), amount)?.1;
        if (middle.value - below.value).abs() < (above.value - middle.value).abs() {
            below = middle;
        } else {
            above = middle;
        }
    }
    if (above.value - below.value).abs() < LEFT * step {
        return Ok(None);
    }
    let days = [below.fed_day, above.fed_day];
    let principal = |by: &BySize| matches!(by.branch, OnBranch::Principal { .. });
    let cause = if days[0] != days[1] && principal(&below) && principal(&above) {
        JumpCause::FedDay(days)
    } else {
        JumpCause::Branch
    };
    Ok(Some(SizeJump {
        below,
        above,
        cause,
    }))
}
