//! Numbers of daily tables, kept as far as claims asked for them.
//!
//! A corpus asks for the same days over and over; a row is searched and read once. What is kept is bounded, further days
//! are looked up each time. A day without a row takes the one before it, a few days back at most.

use std::collections::BTreeMap;
use std::sync::RwLock;

use brandish_data::Snapshot;
use brandish_units::Date;

/// Days that a look-up goes back over weekends and holidays.
pub(crate) const BACK: i32 = 6;
/// Days of a column whose number is kept.
const DAYS: usize = 32_768;

/// A number and its day, if the table has one.
type Found = Option<(Date, f64)>;

/// What was found, by table and column.
#[derive(Debug, Default)]
pub(crate) struct Daily {
    columns: RwLock<Vec<Column>>,
}

#[derive(Debug)]
struct Column {
    table: String,
    column: String,
    found: BTreeMap<Date, Found>,
}

impl Daily {
    /// A number of a table by date on the day or up to five days before.
    pub(crate) fn number(
        &self,
        snapshot: &Snapshot,
        (table, column): (&str, &str),
        day: Date,
    ) -> Found {
        let own = |c: &Column| c.table == table && c.column == column;
        if let Ok(columns) = self.columns.read()
            && let Some(of) = columns.iter().find(|c| own(c))
            && let Some(found) = of.found.get(&day)
        {
            return *found;
        }
        let found = look_up(snapshot, table, column, day);
        if let Ok(mut columns) = self.columns.write() {
            let place = columns.iter().position(own).unwrap_or_else(|| {
                columns.push(Column {
                    table: table.to_owned(),
                    column: column.to_owned(),
                    found: BTreeMap::new(),
                });
                columns.len() - 1
            });
            if let Some(of) = columns.get_mut(place).filter(|c| c.found.len() < DAYS) {
                of.found.insert(day, found);
            }
        }
        found
    }
}

fn look_up(snapshot: &Snapshot, table: &str, column: &str, day: Date) -> Found {
    let table = snapshot.table(table).ok()?;
    let [date, value] = table.columns(["date", column]).ok()?;
    let mut place = table.lower_bound(&day.plus_days(1).to_string());
    for _ in 0..BACK - 1 {
        place = place.checked_sub(1)?;
        let row = table.row(place).ok()?;
        let at = row.date(date).ok()?;
        if (day - at) > BACK {
            return None;
        }
        if let Some(number) = row.optional_number(value).ok().flatten() {
            return Some((at, number));
        }
    }
    None
}
