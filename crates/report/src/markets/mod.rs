//! Other markets as sheets and as text: every market on every kind of day, and the yen around interventions.
//!
//! The same words and digits stand in the report's section. A response is never shown without its error, its days and its windows; what the
//! data cannot tell says so in words. Responses are per +10 bp of the ten-year yield.

mod sheets;
mod terminal;
#[cfg(test)]
pub(crate) mod tests;
mod words;

pub use sheets::market_sheets;
pub use terminal::market_text;
pub(crate) use words::{
    INTERVENTION_HEAD, RESPONSE_HEAD, intervention_cells, intervention_note, reason,
    response_cells, windows,
};
