//! The seller's choices shown: sheets for programs, text and drawings for people.
//!
//! One sheet per question (`ways`, `best`, `pace`, `alternatives`, `run_off`, `proceeds`, `reserves`); the text leads with the best way of every
//! camp and ends with what the numbers leave out. Every figure comes from `scenario::ways`; here it is only rounded and put into words.

mod choices;
mod page;
mod sheets;
mod terminal;

pub use page::write_ways_html;
pub use sheets::ways_sheets;
pub use terminal::ways_text;

use brandish_scenario::branches::Disclosure;
use brandish_scenario::ways::{AlternativeKind, Way};

/// What the market is told, in one word.
const fn told(disclosure: Disclosure) -> &'static str {
    match disclosure {
        Disclosure::Declared => "announced",
        Disclosure::Quiet => "silent",
    }
}

/// A way in words: `bills-first over 63 days, silent`.
fn way_words(way: &Way) -> String {
    format!(
        "{} over {}, {}",
        way.mix.name(),
        days_words(way.days),
        told(way.disclosure)
    )
}

fn days_words(days: u32) -> String {
    if days == 1 {
        "1 day".to_owned()
    } else {
        format!("{days} days")
    }
}

/// An alternative in words.
const fn alternative_words(kind: AlternativeKind) -> &'static str {
    match kind {
        AlternativeKind::Sale => "sell as in the scenario",
        AlternativeKind::Repo => "Fed repo, to the limit",
        AlternativeKind::RepoThenSale => "Fed repo, rest sold",
        AlternativeKind::BillsRunOff => "let bills run off",
        AlternativeKind::Deposits => "draw deposits",
    }
}

/// The name of an alternative in sheets.
const fn alternative_name(kind: AlternativeKind) -> &'static str {
    match kind {
        AlternativeKind::Sale => "sale",
        AlternativeKind::Repo => "repo",
        AlternativeKind::RepoThenSale => "repo-then-sale",
        AlternativeKind::BillsRunOff => "bills-run-off",
        AlternativeKind::Deposits => "deposits",
    }
}
