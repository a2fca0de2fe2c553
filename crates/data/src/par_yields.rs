//! The Treasury's daily par yield curve: fourteen tenors, bond-equivalent.
//!
//! Two tables make the history: the exact one to 2025-07-11 and an approximate continuation to 2026-04-27 (within 1 bp;
//! its flag names the exact tenors). A tenor that was not published that day is absent, never filled. Yields of a day are
//! out on the same day. Source: US Treasury, daily par yield curve rates (CMT).

use brandish_units::{Date, ParYield, Tenor};

use crate::DataError;
use crate::known::{KnownOn, no_observation};
use crate::quality::{Provenance, Quality};
use crate::store::{Column, Row, Table};

const EXACT: &str = "par_yields";
const CONTINUED: &str = "par_yields_continued";
const SERIES: &str = "par yields";

/// Column of each tenor, in the order of [`Tenor::ALL`].
const COLUMNS: [&str; 14] = [
    "par_1m_pct",
    "par_1_5m_pct",
    "par_2m_pct",
    "par_3m_pct",
    "par_4m_pct",
    "par_6m_pct",
    "par_1y_pct",
    "par_2y_pct",
    "par_3y_pct",
    "par_5y_pct",
    "par_7y_pct",
    "par_10y_pct",
    "par_20y_pct",
    "par_30y_pct",
];

/// The par yields of one day.
#[derive(Debug, Clone, PartialEq)]
pub struct ParYields {
    /// The day.
    pub date: Date,
    /// By tenor in the order of [`Tenor::ALL`]; `None` where nothing was published.
    pub yields: [Option<ParYield>; 14],
    /// Origin, release, quality.
    pub provenance: Provenance,
}

impl ParYields {
    /// The yield of a tenor, if it was published.
    pub fn get(&self, tenor: Tenor) -> Option<ParYield> {
        self.yields.get(tenor.index()).copied().flatten()
    }

    /// The published tenors with their yields, shortest first.
    pub fn published(&self) -> impl Iterator<Item = (Tenor, ParYield)> {
        Tenor::ALL
            .into_iter()
            .filter_map(|tenor| self.get(tenor).map(|par_yield| (tenor, par_yield)))
    }
}

impl KnownOn<'_> {
    /// The par yields of a day. A day without any is an error that says why and names the nearest day with one.
    pub fn par_yields(&self, date: Date) -> Result<ParYields, DataError> {
        for name in [EXACT, CONTINUED] {
            let table = self.table(name)?;
            if let Some(place) = table.places_of(&date.to_string()).next() {
                let read = self.parse(name, &Columns::of(table)?, &table.row(place)?)?;
                if read.provenance.release.date > self.as_of() {
                    return Err(DataError::NotYetPublished {
                        series: SERIES,
                        observed: date,
                        released: read.provenance.release.date,
                        as_of: self.as_of(),
                    });
                }
                return Ok(read);
            }
        }
        let (mut before, mut after) = (None, None);
        for name in [EXACT, CONTINUED] {
            let table = self.table(name)?;
            let place = table.lower_bound(&date.to_string());
            let column = table.column("date")?;
            if place > 0 {
                before = before.max(Some(table.row(place - 1)?.date(column)?));
            }
            if place < table.len() && after.is_none() {
                after = Some(table.row(place)?.date(column)?);
            }
        }
        Err(no_observation(SERIES, date, before, after))
    }

    /// All days from `from` to `to` (both included) with par yields that were out by the as-of date.
    pub fn par_yield_history(&self, from: Date, to: Date) -> Result<Vec<ParYields>, DataError> {
        let mut days = Vec::new();
        for name in [EXACT, CONTINUED] {
            let table = self.table(name)?;
            let columns = Columns::of(table)?;
            let start = table.lower_bound(&from.to_string());
            let end = table.lower_bound(&to.min(self.as_of()).plus_days(1).to_string());
            for row in table.rows_in(start..end.max(start)) {
                days.push(self.parse(name, &columns, &row?)?);
            }
        }
        Ok(days)
    }

    /// First and last day with par yields in the snapshot (whatever the as-of date).
    pub fn par_yield_range(&self) -> Result<(Date, Date), DataError> {
        let first = self.table(EXACT)?;
        let last = self.table(CONTINUED)?;
        Ok((
            first.row(0)?.date(first.column("date")?)?,
            last.row(last.len().saturating_sub(1))?
                .date(last.column("date")?)?,
        ))
    }

    fn parse(
        &self,
        name: &'static str,
        columns: &Columns,
        row: &Row<'_>,
    ) -> Result<ParYields, DataError> {
        let date = row.date(columns.date)?;
        let mut yields = [None; 14];
        for (value, column) in yields.iter_mut().zip(columns.tenors) {
            *value = row.optional_number(column)?.map(ParYield::from_percent);
        }
        let mut provenance = self.provenance(name, "par_yields", date)?;
        if let Some((quality, note)) = columns.quality {
            provenance.quality = row.quality(quality)?;
            provenance.note = row.text(note).to_owned();
        } else {
            provenance.quality = Quality::Published;
        }
        Ok(ParYields {
            date,
            yields,
            provenance,
        })
    }
}

struct Columns {
    date: Column,
    tenors: [Column; 14],
    quality: Option<(Column, Column)>,
}

impl Columns {
    fn of(table: &Table) -> Result<Columns, DataError> {
        let quality = if table.header().iter().any(|name| name == "quality") {
            Some((table.column("quality")?, table.column("quality_note")?))
        } else {
            None
        };
        Ok(Columns {
            date: table.column("date")?,
            tenors: table.columns(COLUMNS)?,
            quality,
        })
    }
}
