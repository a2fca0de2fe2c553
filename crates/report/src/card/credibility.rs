//! The map of credibility in a terminal: its frontier, a row a size, camps beside each other.
//!
//! The page draws the whole map; what a terminal can hold of it is the line where a deal is as likely as not, and how likely one
//! is at the prior as it stands. Every other size or so, so that a dozen rows do.

use brandish_card::{Card, Parts};

use super::words::headline;
use crate::format::fixed;

/// Most rows.
const ROWS: usize = 10;
/// Widths of the size and of a camp.
const SIZE: usize = 10;
const CELL: usize = 15;

/// What the table shows.
pub(super) fn title(card: &Card) -> String {
    let prior = card
        .parameters
        .iter()
        .find(|parameter| parameter[0] == "prior_resolved")
        .map_or_else(String::new, |parameter| {
            format!(" of {} as it stands", parameter[1])
        });
    format!(
        "Credibility by size of the sale, all else central: the least prior of a resolved seller at which a deal is as likely as not, and in brackets the probability of a deal at the prior{prior}"
    )
}

/// The lines of the table, none where there is no map.
pub(super) fn table(card: &Card) -> Vec<String> {
    let camps: Vec<(&str, &Parts)> = headline(card)
        .into_iter()
        .filter_map(|camp| Some((camp.camp.letter(), camp.parts.as_ref()?)))
        .collect();
    let Some((_, first)) = camps.first() else {
        return Vec::new();
    };
    let mut head = format!("{:<SIZE$}", "size, $bn");
    for (letter, _) in &camps {
        head.push_str(&format!("{letter:>CELL$}"));
    }
    let mut lines = vec![head];
    let sizes = &first.map.sizes;
    let step = sizes.len().div_ceil(ROWS).max(1);
    // Counted from the largest, which is the bound.
    let shown = (0..sizes.len()).filter(|at| (sizes.len() - 1 - at) % step == 0);
    for at in shown {
        let mut line = format!("{:>SIZE$}", fixed(sizes[at], 0));
        for (_, parts) in &camps {
            line.push_str(&format!("{:>CELL$}", cell(parts, at)));
        }
        lines.push(line);
    }
    lines
}

fn cell(parts: &Parts, at: usize) -> String {
    let least = parts.map.resolve.first();
    let frontier = match parts.map.frontier.get(at).copied().flatten() {
        None => "none".to_owned(),
        Some(resolve) if Some(&resolve) == least => "any".to_owned(),
        Some(resolve) => fixed(resolve, 2),
    };
    match parts.sizes.get(at) {
        Some(by) => format!("{frontier} ({})", fixed(by.deal, 2)),
        None => frontier,
    }
}
