//! Checked claims for people and programs: cards, a page, text for a terminal, a table, scenario files.
//!
//! ```text
//! Evidence --> Cards::of --> claims_page     one offline page, a card a claim or group
//!                       \-> claims_text     text for a terminal
//! Dated --> evidence_section, later_section   the same cards as sections of a run's report
//! Evidence --> claims_csv                   one claim a row
//! ImpliedScenario --> scenario_toml         a scenario file with the source of each field
//! ```
//!
//! Nothing is judged here: verdicts, drift and arithmetic come from the evidence as they are.

mod cards;
mod page;
mod scenario;
mod section;
mod table;
mod text;

pub use cards::{Card, Cards, Line, Place, Telling};
pub use page::claims_page;
pub(crate) use page::{COLORS, DARK_COLORS, RULES};
pub use scenario::{Written, scenario_toml};
pub use section::EvidenceSection;
pub(crate) use section::{evidence_section, later_section};
pub use table::{CLAIM_COLUMNS, claims_csv, claims_file};
pub use text::claims_text;
