//! What can be wrong with data: a table that is missing, damaged, malformed, too young, or without the day asked for.
//!
//! Every variant carries the values that failed and its message ends with what to do. An error about a table concerns
//! that table only: the others stay usable.

use brandish_units::Date;

use crate::month::Month;

/// Why data could not be given.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum DataError {
    /// The snapshot has no such table.
    #[error(
        "no table `{table}` in {place} (a table is a folder with metadata.json and data.csv); copy it from a complete snapshot or use the embedded one"
    )]
    MissingTable {
        /// Name of the table.
        table: String,
        /// Embedded snapshot or folder.
        place: String,
    },
    /// A file could not be read.
    #[error("{file}: {reason}; check that the store is complete and readable")]
    Unreadable {
        /// The file.
        file: String,
        /// What the system said.
        reason: String,
    },
    /// The bytes are not those that were written.
    #[error(
        "{file} is damaged or was changed: {found_bytes} bytes with sha256 {found}, but its metadata say {expected_bytes} bytes with {expected}; copy the table from a complete snapshot or use the embedded one"
    )]
    Tampered {
        /// The file.
        file: String,
        /// Hash in the metadata.
        expected: String,
        /// Hash of the file.
        found: String,
        /// Size in the metadata.
        expected_bytes: u64,
        /// Size of the file.
        found_bytes: u64,
    },
    /// The metadata cannot be read or are of another version.
    #[error(
        "{file}: {reason}; this program reads schema version {supported}; copy the table from a complete snapshot or use the embedded one"
    )]
    Metadata {
        /// The file.
        file: String,
        /// What is wrong.
        reason: String,
        /// The version that is understood.
        supported: u32,
    },
    /// A table lacks a column.
    #[error(
        "table `{table}` has no column `{column}`; write the snapshot again with the present program"
    )]
    MissingColumn {
        /// Name of the table.
        table: String,
        /// The column that was looked for.
        column: String,
    },
    /// A cell is not what its column holds.
    #[error("table `{table}`, line {line}, column `{column}`: \"{value}\" is not {expected}")]
    Value {
        /// Name of the table.
        table: String,
        /// Line of the file, counted from 1 with the header.
        line: u64,
        /// The column.
        column: String,
        /// The cell.
        value: String,
        /// What is accepted.
        expected: &'static str,
    },
    /// A row has another number of fields than the header.
    #[error(
        "table `{table}`, line {line}: {found} fields, the header has {expected}; the file is truncated or was edited"
    )]
    Fields {
        /// Name of the table.
        table: String,
        /// Line of the file.
        line: u64,
        /// Fields of the header.
        expected: usize,
        /// Fields of the row.
        found: usize,
    },
    /// The series has no observation on that day.
    #[error("no {series} for {date}: {reason}{}", nearest_text(.nearest))]
    NoObservation {
        /// What was asked for.
        series: &'static str,
        /// The day.
        date: Date,
        /// Why there is none.
        reason: NoObservation,
        /// The closest day that has one.
        nearest: Option<Date>,
    },
    /// The observation exists but was not out yet.
    #[error(
        "{series} of {observed} was published on {released}, after the as-of date {as_of}; choose a later as-of date or an earlier observation"
    )]
    NotYetPublished {
        /// What was asked for.
        series: &'static str,
        /// Day or end of the period observed.
        observed: Date,
        /// When it came out.
        released: Date,
        /// What is taken as today.
        as_of: Date,
    },
    /// Nothing of a series was out yet.
    #[error(
        "nothing of {series} was published by {as_of}; the snapshot's first observation is {first}"
    )]
    NothingPublished {
        /// What was asked for.
        series: String,
        /// What is taken as today.
        as_of: Date,
        /// The first observation there is.
        first: String,
    },
    /// No row for a holder, sector or class.
    #[error("`{table}` has no {what} `{name}`; it has {known}")]
    Unknown {
        /// Name of the table.
        table: &'static str,
        /// What kind of name it is.
        what: &'static str,
        /// The name.
        name: String,
        /// The names there are.
        known: String,
    },
    /// The universe of securities cannot be rebuilt for that day.
    #[error(
        "outstanding securities cannot be rebuilt for {as_of}: the record runs from {first} to {last}"
    )]
    OutsideUniverse {
        /// The day.
        as_of: Date,
        /// First day that can be rebuilt.
        first: Date,
        /// Last day that can be rebuilt.
        last: Date,
    },
    /// A window of months that the record does not reach.
    #[error(
        "no window from {since} for {holder}: by {as_of} its record runs from {first} to {last}; choose a first month in between, or another as-of date"
    )]
    Window {
        /// Whose record.
        holder: String,
        /// First month asked for.
        since: Month,
        /// First month of the record.
        first: Month,
        /// Newest month that was out.
        last: Month,
        /// What is taken as today.
        as_of: Date,
    },
    /// A share that is none.
    #[error(
        "a custody share of {share} is not between 0 (nothing) and 1 (all of a center's net purchases)"
    )]
    Share {
        /// The value.
        share: f64,
    },
    /// A parameter file of the program cannot be read.
    #[error("{file}: {reason}")]
    Parameters {
        /// The file.
        file: String,
        /// What is wrong.
        reason: String,
    },
    /// An identity that must hold in a table does not.
    #[error(
        "table `{table}`: {identity} fails by {residual} (tolerance {tolerance}) at {place}; the table is not used"
    )]
    Identity {
        /// Name of the table.
        table: &'static str,
        /// The identity.
        identity: &'static str,
        /// The largest residual.
        residual: f64,
        /// What is accepted.
        tolerance: f64,
        /// Where.
        place: String,
    },
}

/// Why a day has no observation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoObservation {
    /// Saturday or Sunday.
    #[error("a weekend")]
    Weekend,
    /// A holiday of the bond market.
    #[error("a holiday ({0})")]
    Holiday(&'static str),
    /// Before the first observation.
    #[error("before the first observation, {0}")]
    BeforeStart(Date),
    /// After the last observation.
    #[error("after the last observation, {0}")]
    AfterEnd(Date),
    /// A business day that the source leaves out.
    #[error("a business day that the source does not have")]
    Gap,
}

fn nearest_text(nearest: &Option<Date>) -> String {
    nearest.map_or_else(String::new, |date| {
        format!("; the nearest day with one is {date}")
    })
}
