//! Who bought and who sold, shown: sheets for programs, text for people, a page with the months drawn.
//!
//! One holder ([`holder_text`], [`holder_sheets`], [`holder_html`]) or all of them ([`holders_text`], [`holders_sheets`]). Figures
//! are those of `brandish_data::holders`; here they are rounded and put into words. What is not available says so and why; a
//! sum with months missing is shown as missing, with how many it has.

mod drawing;
mod page;
mod sheets;
mod terminal;
#[cfg(test)]
mod tests;
mod words;

pub use page::holder_html;
pub use sheets::{holder_sheets, holders_sheets};
pub use terminal::{holder_text, holders_text};
pub use words::verdict_sentence;

use brandish_data::Month;
use brandish_data::holders::OverviewRow;
use brandish_units::Date;

/// All holders over one window.
#[derive(Debug)]
pub struct Overview<'a> {
    /// What is taken as today.
    pub as_of: Date,
    /// First month of the window, where one was named.
    pub since: Option<Month>,
    /// Holders, largest first.
    pub rows: &'a [OverviewRow],
}
