//! Checked claims for people and programs: cards, a page, text for a terminal, a table, scenario files.
//!
//! ```text
//! Evidence --> Cards::of --> claims_page     one offline page, a card a claim or group
//!                       \-> claims_text     text for a terminal
//! Evidence --> claims_csv                   one claim a row
//! ImpliedScenario --> scenario_toml         a scenario file with the source of each field
//! ```
//!
//! Nothing is judged here: verdicts, drift and arithmetic come from the evidence as they are.

mod cards;
mod page;
mod scenario;
mod table;
mod text;

pub use cards::{Card, Cards, Line, Telling};
pub use page::claims_page;
pub use scenario::{Written, scenario_toml};
pub use table::{CLAIM_COLUMNS, claims_csv};
pub use text::claims_text;
