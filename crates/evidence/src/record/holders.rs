//! What a country holds, bought and keeps in reserve: the monthly series of holders, each as it was known on a day.
//!
//! A level has its oldest vintage (as first published, where the lexicon's `figures.json` has that) and the newest one. Ranks count countries;
//! the sums over all foreign holders, official or private, are holders here but stand in no rank.

use std::sync::OnceLock;

use brandish_data::Month;
use brandish_units::Date;

use super::{FIRST_YEAR, Record, release};
use crate::model::Row;
use crate::ranked;
use crate::short::{Text, text};

/// A monthly figure of a holder.
#[derive(Debug, Clone)]
pub(crate) struct Figure {
    pub(crate) month: Month,
    pub(crate) usd_bn: f64,
    pub(crate) released: Date,
    pub(crate) first_published: bool,
    /// Written once, since many claims rest on one figure.
    written: OnceLock<Row>,
}

impl Figure {
    /// The figure as a row; a figure belongs to one series and holder.
    pub(crate) fn row(&self, series: &'static str, key: &str) -> Row {
        self.written.get_or_init(|| self.write(series, key)).clone()
    }

    fn write(&self, series: &'static str, key: &str) -> Row {
        let vintage = if self.first_published {
            text!("as first published on {}", self.released)
        } else {
            text!("released {}, later vintage at hand", self.released)
        };
        Row {
            series: series.into(),
            key: text!("{key} {}", self.month),
            value: text!("{:.1} bn USD", self.usd_bn),
            vintage,
        }
    }
}

/// A month's level in the snapshot: its oldest vintage, and the place of its newest row.
#[derive(Debug)]
pub(crate) struct Level {
    pub(crate) month: Month,
    pub(crate) usd_bn: f64,
    newest: usize,
    /// The newest vintage's number.
    pub(crate) newest_usd_bn: f64,
    /// The newest row, written once.
    now: OnceLock<Option<Row>>,
}

/// The series of one holder.
#[derive(Debug, Default)]
pub(super) struct Holder {
    levels: OnceLock<Vec<Level>>,
    holdings: OnceLock<Vec<Figure>>,
    flows: OnceLock<Vec<Figure>>,
    pub(super) long_flows: OnceLock<Vec<Figure>>,
    valuation: OnceLock<Vec<Figure>>,
    reserves: OnceLock<Vec<Figure>>,
}

/// Groups of holders with series of their own.
pub(super) const AGGREGATES: [&str; 3] = ["all_foreign", "foreign_official", "foreign_private"];

/// Months in which the newest figure is looked for first.
const RECENT_MONTHS: i32 = 8;

/// Days and holders whose report is kept; further ones are looked up each time.
const REPORTS: usize = 65_536;

/// Where a monthly series stands in the snapshot.
pub(super) struct Monthly {
    pub(super) table: &'static str,
    pub(super) column: &'static str,
    pub(super) series: &'static str,
}

const FLOWS: Monthly = Monthly {
    table: "tic_flows",
    column: "net_total_usd_mn",
    series: "tic",
};

const VALUATION: Monthly = Monthly {
    table: "tic_flows",
    column: "long_term_valuation_usd_mn",
    series: "tic",
};

const RESERVES: Monthly = Monthly {
    table: "reserves_ex_gold",
    column: "reserves_ex_gold_usd_mn",
    series: "reserves_ex_gold",
};

impl Record<'_> {
    pub(super) fn of(&self, holder: &str) -> Option<&Holder> {
        let group =
            || Some(self.lexicon.places.len() + AGGREGATES.iter().position(|a| *a == holder)?);
        self.holders
            .get(self.lexicon.holder_place(holder).or_else(group)?)
    }

    /// All months of a holder in a table, oldest vintage of each month, with their release days.
    pub(super) fn monthly(&self, from: &Monthly, key: &str) -> Option<Vec<Figure>> {
        let table = self.snapshot.table(from.table).ok()?;
        let month_column = table.column("month").ok()?;
        let value = table.column(from.column).ok()?;
        let mut out: Vec<Figure> = Vec::new();
        for place in table.places_of(key) {
            let row = table.row(place).ok()?;
            let month = row.month(month_column).ok()?;
            if out.last().is_some_and(|f| f.month == month) {
                continue;
            }
            let Some(number) = row.optional_number(value).ok().flatten() else {
                continue;
            };
            out.push(Figure {
                month,
                usd_bn: number / 1000.0,
                released: release(self.snapshot, from.series, month.end())?,
                first_published: false,
                written: OnceLock::new(),
            });
        }
        Some(out)
    }

    /// Months and levels of a holder's Treasuries in the snapshot.
    pub(crate) fn levels(&self, holder: &str) -> &[Level] {
        let Some(of) = self.of(holder) else {
            return &[];
        };
        of.levels
            .get_or_init(|| self.read_levels(holder).unwrap_or_default())
    }

    fn read_levels(&self, holder: &str) -> Option<Vec<Level>> {
        let table = self.snapshot.table("tic_holdings").ok()?;
        let [month, total] = table.columns(["month", "total_usd_mn"]).ok()?;
        let mut out: Vec<Level> = Vec::new();
        for place in table.places_of(holder) {
            let row = table.row(place).ok()?;
            let Some(number) = row.optional_number(total).ok().flatten() else {
                continue;
            };
            let month = row.month(month).ok()?;
            match out.last_mut() {
                Some(last) if last.month == month => {
                    (last.newest, last.newest_usd_bn) = (place, number / 1000.0);
                }
                _ => out.push(Level {
                    month,
                    usd_bn: number / 1000.0,
                    newest: place,
                    newest_usd_bn: number / 1000.0,
                    now: OnceLock::new(),
                }),
            }
        }
        Some(out)
    }

    /// Holdings of Treasuries by month, as first published where that is at hand.
    pub(crate) fn holdings(&self, holder: &str) -> &[Figure] {
        let Some(of) = self.of(holder) else {
            return &[];
        };
        of.holdings.get_or_init(|| {
            self.levels(holder)
                .iter()
                .filter_map(|level| {
                    let month = level.month.to_string();
                    let first = self.lexicon.figures.iter().find(|f| {
                        f.series == "tic_holdings" && f.key == holder && f.observed == month
                    });
                    Some(match first {
                        Some(first) => Figure {
                            month: level.month,
                            usd_bn: first.value_usd_bn,
                            released: first.released,
                            first_published: true,
                            written: OnceLock::new(),
                        },
                        None => Figure {
                            month: level.month,
                            usd_bn: level.usd_bn,
                            released: release(self.snapshot, "tic", level.month.end())?,
                            first_published: false,
                            written: OnceLock::new(),
                        },
                    })
                })
                .collect()
        })
    }

    /// What the snapshot reports for a holder by a day, as a run of that day reads it.
    pub(crate) fn reported(&self, holder: &str, day: Date) -> Option<f64> {
        let look_up = || {
            let known = self.snapshot.known_on(day);
            // The newest month out is a few months old; only where those hold nothing the others are read.
            let from = Month::of(day.plus_months(-RECENT_MONTHS));
            let recent = known.tic_holdings(holder, from, Month::of(day)).ok()?.pop();
            match recent {
                Some(newest) => Some(newest.total.bn()),
                None => known.tic_holding(holder).ok().map(|h| h.total.bn()),
            }
        };
        let Some(place) = self.lexicon.holder_place(holder) else {
            return look_up();
        };
        let key = (place, day);
        if let Ok(kept) = self.reported.read()
            && let Some(found) = kept.get(&key)
        {
            return *found;
        }
        let found = look_up();
        if let Ok(mut kept) = self.reported.write()
            && kept.len() < REPORTS
        {
            kept.insert(key, found);
        }
        found
    }

    /// Holdings in the newest vintage at hand.
    pub(crate) fn holding_now(&self, holder: &str, month: Month) -> Option<Row> {
        let levels = self.levels(holder);
        let level = levels
            .binary_search_by_key(&month, |l| l.month)
            .ok()
            .and_then(|at| levels.get(at))?;
        level
            .now
            .get_or_init(|| self.read_now(holder, level))
            .clone()
    }

    fn read_now(&self, holder: &str, level: &Level) -> Option<Row> {
        let month = level.month;
        let table = self.snapshot.table("tic_holdings").ok()?;
        let [value, vintage] = table.columns(["total_usd_mn", "vintage"]).ok()?;
        let row = table.row(level.newest).ok()?;
        let number = row.optional_number(value).ok().flatten()?;
        Some(Row {
            series: "tic_holdings".into(),
            key: text!("{holder} {month}"),
            value: text!("{:.1} bn USD", number / 1000.0),
            vintage: Text::of(row.text(vintage)),
        })
    }

    /// Net purchases by month.
    pub(crate) fn flows(&self, holder: &str) -> &[Figure] {
        self.of(holder).map_or(&[], |of| {
            of.flows
                .get_or_init(|| self.monthly(&FLOWS, holder).unwrap_or_default())
        })
    }

    /// Valuation change of the long-term part by month.
    pub(crate) fn valuation(&self, holder: &str) -> &[Figure] {
        self.of(holder).map_or(&[], |of| {
            of.valuation
                .get_or_init(|| self.monthly(&VALUATION, holder).unwrap_or_default())
        })
    }

    /// The newest figure out on the day.
    pub(crate) fn newest(figures: &[Figure], day: Date) -> Option<&Figure> {
        figures.iter().rev().find(|f| f.released <= day)
    }

    /// Reserves without gold of a holder by month.
    fn reserves_series(&self, holder: &str) -> Option<&[Figure]> {
        let read = || self.monthly(&RESERVES, holder).unwrap_or_default();
        Some(self.of(holder)?.reserves.get_or_init(read))
    }

    /// The newest of them out on the day.
    pub(crate) fn reserves(&self, holder: &str, day: Date) -> Option<&Figure> {
        Record::newest(self.reserves_series(holder)?, day)
    }

    /// The one at the end of a month.
    pub(crate) fn reserves_of(&self, holder: &str, month: Month) -> Option<&Figure> {
        let all = self.reserves_series(holder)?;
        all.iter().find(|f| f.month == month)
    }

    /// The holders of Treasuries in a month, largest first.
    pub(crate) fn ranking(&self, month: Month) -> &[(String, f64)] {
        let start = month.start();
        let months = (start.year() - FIRST_YEAR) * 12 + start.month() as i32 - 1;
        let slot = usize::try_from(months)
            .ok()
            .and_then(|at| self.rankings.get(at));
        slot.map_or(&[], |slot| slot.get_or_init(|| self.read_ranking(month)))
    }

    fn read_ranking(&self, month: Month) -> Vec<(String, f64)> {
        ranked::of(self.snapshot, month).unwrap_or_default()
    }
}
