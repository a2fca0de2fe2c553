//! The keys of a scenario file: one table that is walked, documented and exported.
//!
//! Every key has a kind (with its bounds), says whether it may be left out and what then holds, and is described in
//! one line. The walker accepts exactly these keys; the JSON Schema is printed from the same constants. Rules that
//! tie several keys together (days within the horizon, shares that sum to 1) are in the checks of each table.

mod tables;

pub use tables::*;

/// Version of the file format that this program reads.
pub const SCHEMA_VERSION: i64 = 1;
/// Business days of the engine's grid.
pub const LONGEST_HORIZON_DAYS: i64 = 1260;
/// Largest amount of one sale in billions of dollars; above all Treasuries that foreigners hold (9,000 in 2025).
pub const LARGEST_AMOUNT_USD_BN: f64 = 10_000.0;
/// Smallest amount of one sale in billions of dollars: one million.
pub const SMALLEST_AMOUNT_USD_BN: f64 = 0.001;
/// Most draws of one run.
pub const MOST_DRAWS: i64 = 100_000;
/// Most `[[exogenous.sale]]` tables, and most `[holders]`.
pub const MOST_TABLES: usize = 100;

/// A table of the file.
#[derive(Debug)]
pub struct Table {
    /// Dotted path, empty for the file itself.
    pub path: &'static str,
    /// Its keys.
    pub keys: &'static [Key],
}

impl Table {
    /// The key named `name`.
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }

    /// Names of all keys.
    pub fn names(&self) -> Vec<&'static str> {
        self.keys.iter().map(|key| key.name).collect()
    }
}

/// A key of a table.
#[derive(Debug)]
pub struct Key {
    /// Name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// What holds where it is left out.
    pub absent: Absent,
    /// One line of documentation.
    pub about: &'static str,
}

/// What holds where a key is left out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Absent {
    /// It may not be left out.
    Refused,
    /// Nothing: the thing it describes is not there.
    Nothing,
    /// This number.
    Number(f64),
    /// This whole number.
    Integer(i64),
    /// This word.
    Word(&'static str),
    /// This answer.
    Flag(bool),
    /// These words.
    Words(&'static [&'static str]),
}

/// What a key holds.
#[derive(Debug)]
pub enum Kind {
    /// A whole number within bounds.
    Integer {
        /// Smallest.
        least: i64,
        /// Largest.
        most: i64,
    },
    /// A number within bounds.
    Number {
        /// Smallest.
        least: f64,
        /// Largest.
        most: f64,
    },
    /// Billions of dollars, never zero; where `purchases` are allowed it may be negative.
    Amount {
        /// Negative amounts are allowed.
        purchases: bool,
    },
    /// Text of at most so many characters; where `lines` are allowed it may hold line ends.
    Text {
        /// Most characters.
        most: usize,
        /// Line ends are allowed.
        lines: bool,
    },
    /// A kebab-case name.
    Name,
    /// Three capital letters.
    Currency,
    /// true or false.
    Flag,
    /// A date without quotes.
    Day,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A list of different ones of these words.
    Choices {
        /// The words.
        words: &'static [&'static str],
        /// Fewest.
        least: usize,
    },
    /// A word, or a list with one share per day.
    Profile,
    /// A word of these, a table of shares by bucket, or a file.
    Mix(&'static [&'static str]),
    /// A table.
    Table(&'static Table),
    /// Tables written one after the other with double brackets.
    Tables(&'static Table),
    /// Tables under names that the user chooses.
    Named(&'static Table),
    /// Values by the path of the scenario key they replace (grids of `sweep`); read there.
    Overrides,
    /// A list of texts of at most so many characters.
    Texts {
        /// Most characters of one.
        most: usize,
    },
}

/// Words of `profile`.
pub const PROFILES: &[&str] = &["even", "front-loaded", "back-loaded"];
/// Words of a sale's `mix`.
pub const MIXES: &[&str] = &[
    "survey-official",
    "bills-first",
    "shortest-first",
    "most-liquid-first",
    "pro-rata",
];
/// Words of a defined holder's `mix`.
pub const HOLDING_MIXES: &[&str] = &["survey-official"];
/// Engine buckets by their centers, the keys of a table of shares.
pub const BUCKET_NAMES: [&str; 11] = [
    "0.25", "0.75", "1.5", "2.5", "4", "6", "8.5", "12.5", "17.5", "22.5", "27.5",
];

pub(crate) const fn key(
    name: &'static str,
    kind: Kind,
    absent: Absent,
    about: &'static str,
) -> Key {
    Key {
        name,
        kind,
        absent,
        about,
    }
}
