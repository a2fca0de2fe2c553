//! What is in the snapshot and how old it is: one line a source.
//!
//! Age counts from the last observation (its month's end) to the day given; sources without dates have none. The day is an
//! argument: no clock is asked here.

use brandish_units::Date;

use crate::DataError;
use crate::month::Month;
use crate::quality::Quality;
use crate::store::Snapshot;

/// What is known about one table.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceStatus {
    /// Table of the snapshot.
    pub table: String,
    /// Who publishes it.
    pub publisher: String,
    /// Which series.
    pub series: String,
    /// First observation, where observations have dates.
    pub first: Option<String>,
    /// Last observation.
    pub last: Option<String>,
    /// Month of the newest release in it, or words.
    pub vintage: String,
    /// Days from the last observation to the day given; negative when it lies ahead (reference CPI).
    pub age_days: Option<i32>,
    /// How the numbers came about.
    pub quality: Option<Quality>,
    /// Rows.
    pub rows: u64,
    /// Official address.
    pub url: String,
    /// License of the data.
    pub license: String,
    /// What a user must know.
    pub notes: String,
}

impl Snapshot {
    /// The state of every table on `today`; a table whose metadata cannot be read gives its error.
    pub fn status(&self, today: Date) -> Vec<Result<SourceStatus, DataError>> {
        let names: Vec<String> = self.table_names().map(str::to_owned).collect();
        names
            .into_iter()
            .map(|name| {
                let metadata = self.metadata(&name)?;
                Ok(SourceStatus {
                    table: metadata.table.clone(),
                    publisher: metadata.publisher.clone(),
                    series: metadata.series.clone(),
                    first: metadata.first.clone(),
                    last: metadata.last.clone(),
                    vintage: metadata.vintage.clone(),
                    age_days: metadata
                        .last
                        .as_deref()
                        .and_then(last_day)
                        .map(|day| today - day),
                    quality: Quality::from_word(&metadata.quality),
                    rows: metadata.rows,
                    url: metadata.url.clone(),
                    license: metadata.license.clone(),
                    notes: metadata.notes.clone(),
                })
            })
            .collect()
    }
}

/// The last day of an observation written as a date or a month.
fn last_day(text: &str) -> Option<Date> {
    text.parse::<Date>()
        .ok()
        .or_else(|| text.parse::<Month>().ok().map(Month::end))
}
