//! What can go wrong when text or numbers become words of this crate.
//!
//! Every variant carries the value that failed, and its message says what would have been accepted.

/// A date, identifier or tenor that could not be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnitsError {
    /// The year, month and day do not name a day of the civil calendar.
    #[error(
        "no such day: year {year}, month {month}, day {day}; years run from 1 to 9999 and the day must exist in its month"
    )]
    NoSuchDay {
        /// Year as given.
        year: i32,
        /// Month as given, 1 to 12 when valid.
        month: u32,
        /// Day of the month as given.
        day: u32,
    },
    /// The day number lies outside the years 1 to 9999.
    #[error("day number {days} is outside 0001-01-01 to 9999-12-31; day 0 is 1970-01-01")]
    DayNumberOutOfRange {
        /// Days since 1970-01-01 as given.
        days: i32,
    },
    /// The text is not a date.
    #[error("cannot read \"{text}\" as a date; write it as YYYY-MM-DD, for example 2025-05-15")]
    DateText {
        /// The text as given.
        text: String,
    },
    /// A CUSIP has nine characters.
    #[error("CUSIP \"{text}\" has {length} characters; a CUSIP has 9, check digit included")]
    CusipLength {
        /// The text as given.
        text: String,
        /// Its number of characters.
        length: usize,
    },
    /// A character that cannot stand in a CUSIP.
    #[error(
        "CUSIP \"{text}\": character '{character}' at position {position} is not allowed; use 0-9, A-Z, *, @ or # (the last one a digit)"
    )]
    CusipCharacter {
        /// The text as given.
        text: String,
        /// The character that is not allowed.
        character: char,
        /// Its position, counted from 1.
        position: usize,
    },
    /// The check digit does not follow from the first eight characters.
    #[error(
        "CUSIP \"{text}\" ends in {given}, but its first eight characters give check digit {expected}; look for a mistyped character"
    )]
    CusipCheckDigit {
        /// The text as given.
        text: String,
        /// The check digit as given.
        given: u8,
        /// The check digit the other characters imply.
        expected: u8,
    },
    /// The text is not one of the published tenors.
    #[error(
        "unknown tenor \"{text}\"; published tenors are 1m 1.5m 2m 3m 4m 6m 1y 2y 3y 5y 7y 10y 20y 30y"
    )]
    UnknownTenor {
        /// The text as given.
        text: String,
    },
}
