//! "It was the weakest cover since 2012": a superlative over time, told of something.
//!
//! Only as what a sentence says of its subject ("was the longest since 1987", "is the lowest in two years", "was the largest on
//! record"); behind a comma ("to 4.6%, the highest since May") it colors a number that is a claim of its own.

use super::{Draft, Part, Reader};
use crate::model::ClaimKind;
use crate::short::Text;
use crate::text::{Keyed, keyed, low_is};

/// Superlatives that compare with the past.
const EXTREMES: &[Keyed] = keyed![
    "highest",
    "lowest",
    "biggest",
    "largest",
    "smallest",
    "weakest",
    "strongest",
    "steepest",
    "sharpest",
    "longest",
    "shortest",
    "worst",
    "best",
    "most",
    "least",
    "fastest",
    "slowest",
    "deepest",
    "poorest",
    "richest",
    "softest",
    "tightest",
    "widest",
    "narrowest",
    "quietest",
    "busiest",
    "cheapest",
    "heaviest",
    "thinnest",
    "first",
    "costliest",
    "greatest",
];

/// Tokens between the verb and its superlative, and from there to the time.
const REACH: usize = 12;

pub(super) fn drafts(reader: &Reader<'_>, part: &Part) -> Option<Draft> {
    let page = reader.page;
    let at = (part.first + 2..part.last).find(|t| {
        low_is!(page, *t - 1, "the" | "its" | "their" | "single")
            && page.says(*t, *t, EXTREMES)
            && !page.quoted(*t)
            && (!low_is!(page, *t, "first") || low_is!(page, *t + 1, "time"))
    })?;
    let clause = part.clause(at)?;
    let verb = (clause.first..at).rev().take(6).find(|t| {
        low_is!(
            page,
            *t,
            "is" | "was" | "were" | "are" | "be" | "been" | "marked" | "became" | "had"
        )
    })?;
    if (verb..at).any(|t| low_is!(page, t, ",")) {
        return None;
    }
    let stop = clause.last.min(at + REACH);
    let end = (at + 1..=stop).find_map(|t| match (page.low(t), page.low(t + 1)) {
        ("since", _) => Some(
            part.moments(t, clause.last)
                .next()
                .map_or(clause.last, |m| m.last),
        ),
        ("on", "record") | ("in", "history") => Some(t + 1),
        ("ever", _) => Some(t),
        ("in", _) => {
            let unit = (t + 1..=(t + 6).min(clause.last)).find(|u| {
                low_is!(
                    page,
                    *u,
                    "days"
                        | "weeks"
                        | "months"
                        | "quarters"
                        | "years"
                        | "decades"
                        | "year"
                        | "month"
                        | "week"
                        | "decade"
                        | "generation"
                )
            })?;
            Some(unit)
        }
        _ => None,
    })?;
    // "Analysts said it was the worst day": what was said.
    let start = (clause.first..verb)
        .rev()
        .find(|t| low_is!(page, *t, "that" | "said" | "says" | ":"))
        .map_or(clause.first, |t| t + 1);
    let start = if low_is!(page, start, "and" | "but" | "so") {
        start + 1
    } else {
        start
    };
    let mut draft = reader.draft(ClaimKind::Status, start, end);
    draft.subject = reader
        .actor(clause.first, verb)
        .map(|a| a.1)
        .or_else(|| reader.main_place.clone())
        .unwrap_or_default();
    draft.relation = Text::fixed("extreme");
    draft.moment = part.moment(at, clause.last);
    Some(draft)
}
