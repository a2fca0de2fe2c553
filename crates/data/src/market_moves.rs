//! Daily changes of other markets inside the windows of past episodes, and the windows themselves.
//!
//! Levels of these series are proprietary and not here: only changes, close to close, inside nine windows from 2013 to 2025. A
//! change is visible from its own day on. Percent of the level; bp for credit spreads. The dollar-yen close belongs to the New
//! York day, crypto closes are those of the UTC day, and Tokyo trades before New York on the same date. A day may stand in one window only.

use brandish_units::Date;

use crate::DataError;
use crate::known::KnownOn;

/// The series, by the names of their columns.
pub const MARKET_SERIES: [&str; 12] = [
    "sp500_pct",
    "nikkei225_pct",
    "topix_pct",
    "vix_pct",
    "move_pct",
    "investment_grade_spread_bp",
    "high_yield_spread_bp",
    "usdjpy_close_pct",
    "gold_pct",
    "btc_pct",
    "sol_pct",
    "bnb_pct",
];

/// What moved on one day of one window.
#[derive(Debug, Clone, PartialEq)]
pub struct MarketMoves {
    /// Name of the window.
    pub window: String,
    /// The day.
    pub date: Date,
    /// Changes in the order of [`MARKET_SERIES`]; `None` where the market was closed or did not exist.
    pub changes: [Option<f64>; MARKET_SERIES.len()],
}

/// A window of a past episode; its change runs from the close of the first day to that of the last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EpisodeWindow {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: String,
    /// The close it counts from.
    pub start: Date,
    /// Its last close.
    pub end: Date,
}

impl KnownOn<'_> {
    /// Daily changes of other markets up to the as-of date, window after window, by date.
    pub fn market_moves(&self) -> Result<Vec<MarketMoves>, DataError> {
        let table = self.table("episode_moves")?;
        let [window, date] = table.columns(["window", "date"])?;
        let series = table.columns(MARKET_SERIES)?;
        let mut found = Vec::new();
        for row in table.rows() {
            let row = row?;
            let day = row.date(date)?;
            if day > self.as_of() {
                continue;
            }
            let mut changes = [None; MARKET_SERIES.len()];
            for (change, column) in changes.iter_mut().zip(series) {
                *change = row.optional_number(column)?;
            }
            found.push(MarketMoves {
                window: row.text(window).to_owned(),
                date: day,
                changes,
            });
        }
        Ok(found)
    }

    /// Windows of past episodes that had begun by the as-of date, in order of their identifiers.
    pub fn episode_windows(&self) -> Result<Vec<EpisodeWindow>, DataError> {
        let table = self.table("episodes")?;
        let [id, name, start, end] =
            table.columns(["episode_id", "name", "start_date", "end_date"])?;
        let mut found = Vec::new();
        for row in table.rows() {
            let row = row?;
            let first = row.date(start)?;
            if first <= self.as_of() {
                found.push(EpisodeWindow {
                    id: row.text(id).to_owned(),
                    name: row.text(name).to_owned(),
                    start: first,
                    end: row.date(end)?,
                });
            }
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use crate::Snapshot;

    #[test]
    fn a_change_is_invisible_before_its_day() {
        let snapshot = Snapshot::embedded();
        let on = |day: &str| {
            snapshot
                .known_on(day.parse().unwrap())
                .market_moves()
                .unwrap()
        };
        let before = on("2025-04-08");
        let after = on("2025-04-09");
        assert_eq!(after.len(), before.len() + 1);
        assert!(
            before
                .iter()
                .all(|row| row.date.to_string().as_str() < "2025-04-09")
        );
        let day = after.iter().max_by_key(|row| row.date).unwrap();
        // S&P 500 on 9 April 2025, as in the table
        assert_eq!(day.changes[0], Some(9.52));
        assert!(on("2013-05-20").is_empty());
    }

    #[test]
    fn what_did_not_exist_is_absent() {
        let snapshot = Snapshot::embedded();
        let all = snapshot.in_hindsight().market_moves().unwrap();
        let in_2013 = all.iter().filter(|row| row.window == "taper_2013");
        assert!(in_2013.clone().count() > 70);
        assert!(
            in_2013
                .clone()
                .all(|row| row.changes[9..] == [None, None, None])
        );
    }

    #[test]
    fn no_day_stands_in_two_windows() {
        let snapshot = Snapshot::embedded();
        let mut days: Vec<_> = snapshot
            .in_hindsight()
            .market_moves()
            .unwrap()
            .into_iter()
            .map(|row| row.date)
            .collect();
        let count = days.len();
        days.sort_unstable();
        days.dedup();
        assert_eq!(days.len(), count);
    }
}
