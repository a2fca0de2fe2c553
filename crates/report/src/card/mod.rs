//! What a threat is worth, for people and programs: summary, long table, one offline page.
//!
//! ```text
//! Card --> card_summary   text for a terminal
//!      \-> card_table     rows of the long table, for write_csv and write_json
//!      \-> card_html      one page: maps, bands, trees; no script, no request
//!      \-> card_section   the same parts as a section of a run's report
//! ```
//!
//! Nothing is computed here beyond places in a drawing. Judgements stand beside what rests on them: every text says that the
//! market moves are the engine's and the rest is judgement, and which conclusions turn.

mod answer;
mod credibility;
pub(crate) mod drawing;
mod markup;
mod page;
mod report;
mod rows;
mod sections;
mod text;
mod words;

pub(crate) use markup::CUES;
pub use page::card_html;
pub(crate) use report::{DARK_COLORS, RULES, card_section};
pub use rows::card_table;
pub use text::card_summary;

use brandish_units::Date;

/// What names a valuation beside its numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct CardHead {
    /// Scenario.
    pub scenario: String,
    /// Its title.
    pub title: String,
    /// Close of this business day is day 0.
    pub as_of: Date,
    /// Version of brandish.
    pub version: String,
}
