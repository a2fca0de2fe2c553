//! The scenario file: TOML as written, then a checked `Scenario`.
//!
//! `ScenarioFile::parse` reads the syntax and keeps every key and value with its place. `ScenarioFile::check` walks
//! that tree by one table of keys (`schema`), reports all mistakes at once and returns typed values. The same
//! table writes the JSON Schema, and `canonical` prints a checked scenario back with every default resolved, so
//! what is accepted, what is documented and what is hashed cannot drift apart.

mod canonical;
mod check;
mod checked;
pub mod codes;
mod context;
mod holders;
mod json_schema;
pub(crate) mod mix;
mod names;
mod policy;
mod portfolio;
mod problem;
mod ratios;
mod sales;
pub(crate) mod schema;
mod shipped;
mod spread;
mod unit_hint;
pub(crate) mod value;
pub(crate) mod walk;
mod words;

#[cfg(test)]
mod tests;

pub use canonical::{FieldDifference, diff, portfolio_in_canonical};
pub use checked::{
    Allocation, Assumptions, CampName, Cap, Conversion, DealerPolicy, DefinedHolder, Departure,
    FedRule, Known, Proceeds, Sale, SaleOrigin, Scenario, Threat, ThreatTiming, TreasuryPolicy,
};
pub use context::Context;
pub use json_schema::json_schema;
pub use names::{Currency, HolderName, ScenarioName};
pub use ratios::{CapacityRelief, Probability, Share};
pub use schema::SCHEMA_VERSION;
pub use shipped::{SHIPPED, Shipped};
pub use spread::{
    BUCKET_CENTERS_YEARS, BucketShares, HoldingMix, Lot, Mix, Portfolio, Profile, SHARE_TOLERANCE,
};

use toml::de::DeTable;

use crate::diagnostic::{Diagnostic, Source};

/// Largest scenario or portfolio file.
pub const LARGEST_FILE_BYTES: usize = 1 << 20;
/// Most syntax errors that are shown: one mistake can make the rest of a file look wrong.
const MOST_SYNTAX_ERRORS: usize = 5;

/// A scenario file as written: valid TOML, nothing else known about it.
///
/// It keeps the text; the tree of keys borrows from it and is read again for each check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScenarioFile {
    source: Source,
}

/// A scenario that passed all checks, with what should be said about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// The scenario.
    pub scenario: Scenario,
    /// Numbered warnings in the order of the file.
    pub warnings: Vec<Diagnostic>,
}

impl ScenarioFile {
    /// Reads the syntax of `text`, which the user knows as `file_name`.
    ///
    /// The errors are those of TOML: at most one a line, at most five, because one can bring others with it.
    pub fn parse(text: &str, file_name: &str) -> Result<Self, Vec<Diagnostic>> {
        let source = Source::new(file_name, text);
        if text.len() > LARGEST_FILE_BYTES {
            let message = format!(
                "the file has {} bytes, more than the {LARGEST_FILE_BYTES} allowed",
                text.len()
            );
            let short = Source::new(file_name, "");
            return Err(vec![Diagnostic::error(
                codes::UNREADABLE,
                short.origin(0..0),
                message,
            )]);
        }
        read_syntax(&source)?;
        Ok(Self { source })
    }

    /// Reads the bytes of a file; like `parse` where they are UTF-8 text.
    pub fn from_bytes(bytes: &[u8], file_name: &str) -> Result<Self, Vec<Diagnostic>> {
        match std::str::from_utf8(bytes) {
            Ok(text) => Self::parse(text, file_name),
            Err(error) => {
                let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
                let text = String::from_utf8_lossy(good);
                let origin = Source::new(file_name, &text).origin(good.len()..good.len());
                Err(vec![
                    Diagnostic::error(
                        codes::UNREADABLE,
                        origin,
                        "the file is not UTF-8 text from here on",
                    )
                    .help("save it as UTF-8"),
                ])
            }
        }
    }

    /// Checks everything that can be checked without the market of the day; all errors at once.
    pub fn check(&self, context: &Context<'_>) -> Result<Checked, Vec<Diagnostic>> {
        let tree = read_syntax(&self.source)?;
        check::check(&self.source, &tree, context)
    }

    /// The text as written.
    pub fn text(&self) -> &str {
        self.source.text()
    }

    /// The name of the file as the user gave it.
    pub fn file_name(&self) -> &str {
        self.source.file()
    }
}

pub(crate) fn read_syntax(source: &Source) -> Result<DeTable<'_>, Vec<Diagnostic>> {
    let (tree, errors) = DeTable::parse_recoverable(source.text());
    if errors.is_empty() {
        return Ok(tree.into_inner());
    }
    let mut errors: Vec<&toml::de::Error> = errors.iter().collect();
    errors.sort_by_key(|error| error.span().map(|span| (span.start, span.end)));
    let mut found: Vec<Diagnostic> = Vec::new();
    for error in errors {
        let diagnostic = syntax_error(error, source);
        if found
            .last()
            .is_none_or(|last| last.origin.line != diagnostic.origin.line)
        {
            found.push(diagnostic);
        }
        if found.len() == MOST_SYNTAX_ERRORS {
            break;
        }
    }
    Err(found)
}

fn syntax_error(error: &toml::de::Error, source: &Source) -> Diagnostic {
    let span = error.span().unwrap_or(0..0);
    let message = error.message();
    let mut diagnostic = Diagnostic::error(
        codes::SYNTAX,
        source.origin(span),
        format!("not valid TOML: {message}"),
    );
    if message.contains("recursion") || message.contains("recurse") {
        diagnostic = diagnostic.help("a scenario is never nested this deep");
    } else if message.contains("must be quoted") {
        diagnostic = diagnostic
            .help("put text in double quotes; only numbers, dates, true and false stand without");
    }
    diagnostic
}
