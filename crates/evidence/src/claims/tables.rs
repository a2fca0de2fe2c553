//! Rows of a table whose heading gives the scale: "Major foreign holders (in billions)", then "Japan | $1,130.8".
//!
//! A sum without a scale in a row takes the one of the title or column heading above it; so does a bare number behind a country,
//! which then is in dollars. Only rows with bars, and only up to some lines below the heading.

use super::{Part, Reader};
use crate::mention::Sort;
use crate::model::{Quantity, Unit};
use crate::number::{Found, digits, scale};
use crate::quotes::speaker::mentions_in;
use crate::text::low_is;
use crate::text::token::Kind;

/// Lines above a row in which its scale is looked for.
const ABOVE: usize = 24;
/// A sum from here on has its scale written out.
const WRITTEN: f64 = 1e6;

/// Gives the sums of a row their table's scale.
pub(super) fn scaled(reader: &Reader<'_>, part: &Part, found: &mut Vec<Found>) {
    let page = reader.page;
    let bar = (part.first..=part.last).find(|t| low_is!(page, *t, "|"));
    let Some(bar) = bar else {
        return;
    };
    let Some(factor) = above(reader, part) else {
        return;
    };
    for of in found.iter_mut() {
        let value = of.quantity.number();
        if of.quantity.unit().is_money() && value.abs() < WRITTEN {
            let half = of.quantity.half_digit() * factor;
            of.quantity = Quantity::new(value * factor, half, of.quantity.unit());
        }
    }
    // "Japan | 1,130.8": the first bare number of a country's row.
    let country = mentions_in(reader.mentions, part.first, bar)
        .iter()
        .any(|m| m.sort == Sort::Place);
    if found.is_empty()
        && country
        && page.low(bar + 1) != "|"
        && page
            .tokens
            .get(bar + 1)
            .is_some_and(|t| t.kind == Kind::Number)
        && page.low(bar + 2) != "%"
        && let Some((value, half)) = digits(page.word(bar + 1))
    {
        found.push(Found {
            first: bar + 1,
            last: bar + 1,
            quantity: Quantity::new(value * factor, half * factor, Unit::Usd),
            points: false,
        });
    }
}

/// "In billions", "$bn", "billions of dollars" in a line above.
fn above(reader: &Reader<'_>, part: &Part) -> Option<f64> {
    let page = reader.page;
    let own = page.sentences.partition_point(|s| s.last < part.first);
    (1..=ABOVE).find_map(|back| {
        let line = page.sentences.get(own.checked_sub(back)?)?;
        (line.first..=line.last).find_map(|t| {
            let plural = low_is!(page, t, "billions" | "trillions" | "millions");
            let unit = low_is!(page, t, "bn" | "billion" | "mn" | "million" | "trillion");
            let before = t.checked_sub(1).map_or("", |b| page.low(b));
            let fits = plural && (before == "in" || low_is!(page, t + 1, "of"))
                || unit && matches!(before, "$" | "usd" | "in" | "dollars");
            fits.then(|| scale(page.low(t))).flatten()
        })
    })
}
