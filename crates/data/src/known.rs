//! What had been published by a day: every accessor of the snapshot goes through here.
//!
//! [`KnownOn`] holds the snapshot and the as-of date. Accessors live with their topic (par yields, TIC, surveys, ...) as
//! `impl KnownOn` blocks; the helpers here find the newest row that was out, and say of each value when it came out and
//! whether the copy at hand is of a later vintage.

use brandish_units::Date;
use brandish_units::Weekday;
use brandish_units::calendar::holiday_name;

use crate::DataError;
use crate::error::NoObservation;
use crate::month::Month;
use crate::quality::{Provenance, Quality, Vintage};
use crate::store::{Column, Row, Snapshot, Table};

/// The snapshot as it could be read at the end of a day.
#[derive(Debug, Clone, Copy)]
pub struct KnownOn<'a> {
    snapshot: &'a Snapshot,
    as_of: Date,
}

impl<'a> KnownOn<'a> {
    pub(crate) fn new(snapshot: &'a Snapshot, as_of: Date) -> KnownOn<'a> {
        KnownOn { snapshot, as_of }
    }

    /// The day taken as today.
    pub fn as_of(&self) -> Date {
        self.as_of
    }

    /// The snapshot behind it.
    pub fn snapshot(&self) -> &'a Snapshot {
        self.snapshot
    }

    pub(crate) fn table(&self, name: &str) -> Result<&'a Table, DataError> {
        self.snapshot.table(name)
    }

    /// Whether the observation was out; the release either way.
    pub(crate) fn provenance(
        &self,
        table: &'static str,
        series: &str,
        observed: Date,
    ) -> Result<Provenance, DataError> {
        let release = self
            .snapshot
            .release_calendar()?
            .release(series, observed)?;
        let metadata = self.snapshot.metadata(table)?;
        let later = match metadata.vintage.parse::<Month>() {
            Ok(month) => month.start() > self.as_of,
            Err(_) => false,
        };
        Ok(Provenance {
            table,
            observed,
            release,
            vintage: if metadata.revised && later {
                Vintage::RevisedLater
            } else {
                Vintage::AsPublished
            },
            quality: Quality::from_word(&metadata.quality).unwrap_or(Quality::Transcribed),
            note: String::new(),
        })
    }

    /// Whether the observation was out by the as-of date.
    pub(crate) fn is_out(&self, series: &str, observed: Date) -> Result<bool, DataError> {
        Ok(self
            .snapshot
            .release_calendar()?
            .release(series, observed)?
            .date
            <= self.as_of)
    }

    /// The newest row of a table by date that was out and has a value in `needed`.
    pub(crate) fn newest(
        &self,
        name: &'static str,
        series: &str,
        needed: &[&str],
    ) -> Result<(Row<'a>, Provenance), DataError> {
        let table = self.table(name)?;
        let date = table.column("date")?;
        let needed: Vec<Column> = needed
            .iter()
            .map(|column| table.column(column))
            .collect::<Result<_, _>>()?;
        let mut place = table.lower_bound(&self.as_of.plus_days(1).to_string());
        while place > 0 {
            place -= 1;
            let row = table.row(place)?;
            if needed.iter().any(|column| row.text(*column).is_empty()) {
                continue;
            }
            let observed = row.date(date)?;
            let provenance = self.provenance(name, series, observed)?;
            if provenance.release.date <= self.as_of {
                return Ok((row, provenance));
            }
        }
        Err(DataError::NothingPublished {
            series: name.to_owned(),
            as_of: self.as_of,
            first: table.first_key(),
        })
    }

    /// The row of a day in a table by date, or why there is none.
    pub(crate) fn on_day(
        &self,
        name: &'static str,
        series_name: &'static str,
        series: &str,
        day: Date,
        needed: &[&str],
    ) -> Result<(Row<'a>, Provenance), DataError> {
        let table = self.table(name)?;
        let provenance = self.provenance(name, series, day)?;
        let needed: Vec<Column> = needed
            .iter()
            .map(|column| table.column(column))
            .collect::<Result<_, _>>()?;
        let has = |row: &Row<'_>| needed.iter().all(|column| !row.text(*column).is_empty());
        let places = table.places_of(&day.to_string());
        if let Some(place) = places.clone().next() {
            let row = table.row(place)?;
            if has(&row) {
                if provenance.release.date > self.as_of {
                    return Err(DataError::NotYetPublished {
                        series: series_name,
                        observed: day,
                        released: provenance.release.date,
                        as_of: self.as_of,
                    });
                }
                return Ok((row, provenance));
            }
        }
        let date = table.column("date")?;
        let (mut before, mut after) = (None, None);
        for place in (0..places.start).rev() {
            let row = table.row(place)?;
            if has(&row) {
                before = Some(row.date(date)?);
                break;
            }
        }
        for place in places.end..table.len() {
            let row = table.row(place)?;
            if has(&row) {
                after = Some(row.date(date)?);
                break;
            }
        }
        Err(no_observation(series_name, day, before, after))
    }
}

/// The error for a day without data, given the closest days with data on either side.
pub(crate) fn no_observation(
    series: &'static str,
    date: Date,
    before: Option<Date>,
    after: Option<Date>,
) -> DataError {
    let reason = match (before, after) {
        (None, Some(first)) => NoObservation::BeforeStart(first),
        (Some(last), None) => NoObservation::AfterEnd(last),
        _ => match (date.weekday(), holiday_name(date)) {
            (Weekday::Saturday | Weekday::Sunday, _) => NoObservation::Weekend,
            (_, Some(name)) => NoObservation::Holiday(name),
            _ => NoObservation::Gap,
        },
    };
    let nearest = match (before, after) {
        (Some(before), Some(after)) if date - before <= after - date => Some(before),
        (Some(_), Some(after)) => Some(after),
        (one, other) => one.or(other),
    };
    DataError::NoObservation {
        series,
        date,
        reason,
        nearest,
    }
}
