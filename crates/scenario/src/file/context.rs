//! What a scenario file is checked against, handed in so that the check itself reads nothing.

use brandish_units::Date;

/// Facts that a check needs from outside the file. Functions are handed in because the data and the file system
/// belong to other rooms; the check calls them with text it has bounded.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// Names of the holders that the snapshot knows, kebab-case, e.g. `japan`.
    pub holders: &'a [&'a str],
    /// Currencies with an exchange rate in the snapshot, beside USD.
    pub currencies: &'a [&'a str],
    /// First date with data.
    pub first_date: Date,
    /// Last date with data.
    pub last_date: Date,
    /// Why a run as of this date is not possible; `None` where it is.
    pub why_not: &'a dyn Fn(Date) -> Option<String>,
    /// Text of a portfolio or camp file, by its path relative to the scenario file; the reason where it cannot be read.
    /// It should refuse files above [`super::LARGEST_FILE_BYTES`] before reading them.
    pub read_portfolio: &'a dyn Fn(&str) -> Result<String, String>,
}
