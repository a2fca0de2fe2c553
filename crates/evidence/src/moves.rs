//! Daily changes of stocks, the dollar in yen, gold and bitcoin, as far as the snapshot holds them.
//!
//! `episode_moves` has changes in percent inside the windows of its episodes and no levels; windows may overlap, and then the
//! first one that holds a day counts. For the yen the H.10 fixings of `fx_h10` stand in where no window does. Changes of
//! several days are compounded: product of (1 + change/100), less 1, in percent.

use std::sync::OnceLock;

use brandish_units::{Date, Weekday};

use crate::record::Record;

/// A market with daily changes.
#[derive(Debug)]
pub(crate) struct Market {
    /// Its column.
    column: &'static str,
    place: usize,
    pub(crate) label: &'static str,
    /// What a reader should know of the comparison.
    pub(crate) note: &'static str,
}

const NEW_YORK: &str = "closes in New York; Tokyo trades before New York on the same date";
const TOKYO: &str = "closes in Tokyo, which trades before New York on the same date";

const COUNT: usize = 6;

/// Markets in the order of their columns.
static MARKETS: [Market; COUNT] = [
    Market {
        column: "sp500_pct",
        place: 0,
        label: "S&P 500",
        note: "read as the S&P 500; closes in New York, and Tokyo trades before New York on the same date",
    },
    Market {
        column: "nikkei225_pct",
        place: 1,
        label: "Nikkei 225",
        note: TOKYO,
    },
    Market {
        column: "topix_pct",
        place: 2,
        label: "TOPIX",
        note: TOKYO,
    },
    Market {
        column: "usdjpy_close_pct",
        place: 3,
        label: "dollar in yen",
        note: "one fixing or close a day; the rate moves within the day",
    },
    Market {
        column: "gold_pct",
        place: 4,
        label: "gold",
        note: NEW_YORK,
    },
    Market {
        column: "btc_pct",
        place: 5,
        label: "bitcoin",
        note: "closes at midnight UTC",
    },
];

impl Market {
    /// The market of a column of `episode_moves`.
    pub(crate) fn of(column: &str) -> Option<&'static Market> {
        MARKETS.iter().find(|m| m.column == column)
    }

    /// Whether the H.10 fixings hold it too.
    fn fixed(&self) -> bool {
        self.column == "usdjpy_close_pct"
    }
}

/// A day inside a window.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Day {
    window: u32,
    date: Date,
    changes: [Option<f64>; COUNT],
}

/// All days, window by window.
#[derive(Debug, Default)]
pub(crate) struct Moves {
    days: Vec<Day>,
    /// The windows of each market in words, written once.
    told: [OnceLock<String>; COUNT],
}

/// A change over one or several days.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Run {
    /// First day whose change is counted.
    pub(crate) first: Date,
    pub(crate) last: Date,
    pub(crate) change_pct: f64,
    pub(crate) table: &'static str,
}

const TABLE: &str = "episode_moves";
const FIXINGS: &str = "fx_h10";
/// Days that a look-up goes back over weekends and holidays.
const BACK: i32 = 4;

/// A day's change and its date.
type Change = (Date, f64);

fn compounded(days: &[Change], table: &'static str) -> Option<Run> {
    let growth: f64 = days.iter().map(|d| 1.0 + d.1 / 100.0).product();
    Some(Run {
        first: days.first()?.0,
        last: days.last()?.0,
        change_pct: 100.0 * (growth - 1.0),
        table,
    })
}

/// The run with the largest compounded change in the direction of `sign`.
fn largest(days: &[Change], sign: f64, table: &'static str) -> Option<Run> {
    let mut best: Option<Run> = None;
    let mut start = 0;
    let mut growth = 1.0_f64;
    for (place, (date, change)) in days.iter().enumerate() {
        // A run that has given back all it had begins anew.
        if (growth - 1.0) * sign <= 0.0 {
            (start, growth) = (place, 1.0);
        }
        growth *= 1.0 + change / 100.0;
        let change_pct = 100.0 * (growth - 1.0);
        if best.is_none_or(|b| change_pct * sign > b.change_pct * sign) {
            best = Some(Run {
                first: days.get(start)?.0,
                last: *date,
                change_pct,
                table,
            });
        }
    }
    best
}

impl Record<'_> {
    /// The days that the table holds, window by window.
    pub(crate) fn read_moves(&self) -> Option<Moves> {
        let table = self.snapshot().table(TABLE).ok()?;
        let [window, date] = table.columns(["window", "date"]).ok()?;
        let columns = table.columns(MARKETS.each_ref().map(|m| m.column)).ok()?;
        let mut out: Vec<Day> = Vec::new();
        let (mut name, mut number) = (String::new(), 0);
        for row in table.rows() {
            let row = row.ok()?;
            if row.text(window) != name {
                name = row.text(window).to_owned();
                number += 1;
            }
            out.push(Day {
                window: number,
                date: row.date(date).ok()?,
                changes: columns.map(|c| row.optional_number(c).ok().flatten()),
            });
        }
        Some(Moves {
            days: out,
            told: Default::default(),
        })
    }

    /// The windows of a market in words.
    pub(crate) fn windows_told(&self, market: &Market) -> &str {
        let written = || {
            let each = self
                .windows(market)
                .map(|(from, to)| format!("{from} to {to}"));
            each.collect::<Vec<String>>().join(", ")
        };
        let told = self.moves().told.get(market.place);
        told.map_or("", |told| told.get_or_init(written))
    }

    /// First and last day of every window that holds the market.
    fn windows(&self, market: &Market) -> impl Iterator<Item = (Date, Date)> {
        let place = market.place;
        self.moves()
            .days
            .chunk_by(|a, b| a.window == b.window)
            .filter(move |days| days.iter().any(|d| d.changes[place].is_some()))
            .filter_map(|days| Some((days.first()?.date, days.last()?.date)))
    }

    /// The first window that holds the days `from` to `to`.
    fn window(&self, market: &Market, from: Date, to: Date) -> Option<&[Day]> {
        self.moves()
            .days
            .chunk_by(|a, b| a.window == b.window)
            .filter(|days| days.iter().any(|d| d.changes[market.place].is_some()))
            .find(|days| {
                days.first().is_some_and(|d| d.date <= from)
                    && days.last().is_some_and(|d| d.date >= to)
            })
    }

    /// Changes of the days `from` to `to` in a window that reaches over all of them.
    fn within(&self, market: &Market, from: Date, to: Date) -> Option<Vec<Change>> {
        let (first, last) = (weekday(from, 1), weekday(to, -1));
        if first > last {
            return None;
        }
        let inside = self.window(market, first, last)?.iter();
        let inside = inside.filter(|d| d.date >= first && d.date <= last);
        Some(
            inside
                .filter_map(|d| Some((d.date, d.changes[market.place]?)))
                .collect(),
        )
    }

    /// The same from the H.10 fixings, each against the one before.
    fn fixings(&self, market: &Market, from: Date, to: Date) -> Option<Vec<Change>> {
        if !market.fixed() {
            return None;
        }
        let level = |day: Date| self.daily(FIXINGS, "usdjpy_jpy_per_usd", day);
        let mut before = level(from.plus_days(-1))?;
        let mut out = Vec::new();
        let mut day = from;
        while day <= to {
            if let Some(found) = level(day).filter(|f| f.0 == day) {
                out.push((day, 100.0 * (found.1 / before.1 - 1.0)));
                before = found;
            }
            day = day.plus_days(1);
        }
        Some(out)
    }

    fn changes(
        &self,
        market: &Market,
        from: Date,
        to: Date,
    ) -> Option<(Vec<Change>, &'static str)> {
        let held = self
            .within(market, from, to)
            .filter(|days| !days.is_empty())
            .map(|days| (days, TABLE));
        held.or_else(|| Some((self.fixings(market, from, to)?, FIXINGS)))
            .filter(|(days, _)| !days.is_empty())
    }

    /// The change of a day, or on a holiday of the business day before.
    pub(crate) fn day_of(&self, market: &Market, day: Date) -> Option<Run> {
        let at = weekday(day, -1);
        let held = self.window(market, at, at).and_then(|days| {
            let upto = days.partition_point(|d| d.date <= at);
            let before = days.get(..upto)?.iter().rev();
            let change = |d: &Day| Some((d.date, d.changes[market.place]?));
            before.take_while(|d| at - d.date <= BACK).find_map(change)
        });
        let (found, table) = match held {
            Some(found) => (found, TABLE),
            None => {
                let fixed = (0..=BACK).find_map(|back| {
                    let on = at.plus_days(-back);
                    self.fixings(market, on, on)?.first().copied()
                })?;
                (fixed, FIXINGS)
            }
        };
        compounded(&[found], table)
    }

    /// The change over a period that the record holds wholly.
    pub(crate) fn run(&self, market: &Market, from: Date, to: Date) -> Option<Run> {
        let (days, table) = self.changes(market, from, to)?;
        compounded(&days, table)
    }

    /// The largest run in the direction of `sign` within a period, or without a direction the change over it, and whether the
    /// record holds the period wholly. Of one that begins before a window the days inside it are taken.
    pub(crate) fn largest_run(
        &self,
        market: &Market,
        (from, to): (Date, Date),
        sign: f64,
    ) -> Option<(Run, bool)> {
        let (days, table, whole) = match self.changes(market, from, to) {
            Some((days, table)) => (days, table, true),
            None => {
                let last = weekday(to, -1);
                let start = self.window(market, last, last)?.first()?.date;
                (self.within(market, start, last)?, TABLE, false)
            }
        };
        let run = if sign == 0.0 {
            compounded(&days, table)
        } else {
            largest(&days, sign, table)
        };
        Some((run?, whole))
    }
}

/// The day itself, or from a weekend the next weekday in the direction of `step`.
fn weekday(mut day: Date, step: i32) -> Date {
    while matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
        day = day.plus_days(step);
    }
    day
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(n: i32) -> Date {
        Date::from_ymd(2025, 4, 1).map_or(Date::MAX, |d| d.plus_days(n))
    }

    #[test]
    fn changes_of_days_are_compounded() {
        let days = [(day(0), 10.0), (day(1), -10.0)];
        let run = compounded(&days, TABLE);
        // 1.1 x 0.9 = 0.99; room for rounding of one product.
        assert!(run.is_some_and(|r| (r.change_pct + 1.0).abs() < 1e-12
            && r.first == day(0)
            && r.last == day(1)));
        assert_eq!(compounded(&[], TABLE), None);
    }

    #[test]
    fn the_largest_run_begins_after_what_went_the_other_way() {
        let days = [
            (day(0), 2.0),
            (day(1), -4.0),
            (day(2), -5.0),
            (day(3), 3.0),
            (day(4), -1.0),
        ];
        let down = largest(&days, -1.0, TABLE);
        // 0.96 x 0.95 = 0.912.
        assert!(down.is_some_and(|r| (r.change_pct + 8.8).abs() < 1e-9
            && r.first == day(1)
            && r.last == day(2)));
        let up = largest(&days, 1.0, TABLE);
        assert!(up.is_some_and(|r| (r.change_pct - 3.0).abs() < 1e-9 && r.first == day(3)));
    }
}
