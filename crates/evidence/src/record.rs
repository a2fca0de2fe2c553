//! Look-ups in the official series, each bound to a day of knowledge.
//!
//! A figure of the lexicon's `figures.json` (as first published) counts before the snapshot's later vintage; where only a later
//! vintage is at hand the row says so. A look-up that finds nothing gives `None`: a missing table is a missing row here,
//! since the verdict then is "not enough data"; whoever brings a snapshot of his own has its tables checked first
//! ([`check_tables`]), so that damage is never taken for absence. A series is read when a claim first asks for it and kept, as the snapshot
//! keeps its tables. Money in billions of dollars, yields in percent.

mod vintages;

use std::collections::BTreeMap;
use std::sync::{OnceLock, RwLock};

use brandish_data::{DataError, Month, Snapshot};
use brandish_units::{Date, Tenor};

use crate::daily::{BACK, Daily};
use crate::error::EvidenceError;
use crate::ground::aggregate_key;
use crate::lexicon::Lexicon;
use crate::model::Row;
use crate::moves;
use crate::ranked;
use crate::short::{Text, text};

/// First year of the par yields that are looked up.
const FIRST_YEAR: i32 = 1990;
/// Years kept.
const YEARS: usize = 60;

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
struct Holder {
    levels: OnceLock<Vec<Level>>,
    holdings: OnceLock<Vec<Figure>>,
    flows: OnceLock<Vec<Figure>>,
    long_flows: OnceLock<Vec<Figure>>,
    valuation: OnceLock<Vec<Figure>>,
    reserves: OnceLock<Vec<Figure>>,
}

/// Reserve assets of Japan at a month's end.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reserves {
    pub(crate) observed: Date,
    pub(crate) total_usd_bn: f64,
    pub(crate) securities_usd_bn: Option<f64>,
    pub(crate) released: Date,
}

/// A row of the tariff table.
#[derive(Debug, Clone)]
pub(crate) struct Tariff {
    pub(crate) measure: String,
    pub(crate) rate_pct: f64,
    pub(crate) status: String,
    pub(crate) from: Date,
    pub(crate) to: Option<Date>,
    pub(crate) announced: Date,
}

/// Yields of one day in the order of [`Tenor::ALL`], in percent.
type DayOfYields = (Date, [Option<f64>; 14]);

/// Tables that verdicts rest on.
const TABLES: [&str; 9] = [
    "custody",
    "episode_moves",
    "japan_reserves",
    "par_yields",
    "par_yields_continued",
    "reserves_ex_gold",
    "tariffs",
    "tic_flows",
    "tic_holdings",
];

/// Reads every table that verdicts rest on, to its last row.
///
/// # Errors
/// The first table that is missing, changed or malformed.
pub fn check_tables(snapshot: &Snapshot) -> Result<(), EvidenceError> {
    let refuse = |error: DataError| EvidenceError::Record {
        reason: error.to_string(),
    };
    snapshot.release_calendar().map_err(refuse)?;
    for name in TABLES {
        for row in snapshot.table(name).map_err(refuse)?.rows() {
            row.map_err(refuse)?;
        }
    }
    Ok(())
}

/// The official series as far as claims asked for them.
#[derive(Debug)]
pub(crate) struct Record<'a> {
    snapshot: &'a Snapshot,
    lexicon: &'a Lexicon,
    /// By number of the place in the lexicon.
    holders: Vec<Holder>,
    /// Par yields by year from [`FIRST_YEAR`].
    years: Vec<OnceLock<Vec<DayOfYields>>>,
    /// Holders by size, by month from [`FIRST_YEAR`].
    rankings: Vec<OnceLock<Vec<(String, f64)>>>,
    japan: OnceLock<Vec<Reserves>>,
    tariffs: OnceLock<Vec<Tariff>>,
    moves: OnceLock<Vec<moves::Day>>,
    /// Numbers of daily tables, as far as asked; the lexicon names a few columns.
    daily: Daily,
    /// What was reported for a holder (by place) on a day, as far as asked.
    reported: RwLock<BTreeMap<(usize, Date), Option<f64>>>,
}

/// Groups of holders with series of their own.
const AGGREGATES: [&str; 3] = ["all_foreign", "foreign_official", "foreign_private"];
/// Months in which the newest figure is looked for first.
const RECENT_MONTHS: i32 = 8;
/// Days and holders whose report is kept; further ones are looked up each time.
const REPORTS: usize = 65_536;

fn release(snapshot: &Snapshot, series: &str, observed: Date) -> Option<Date> {
    snapshot
        .release_calendar()
        .ok()?
        .release(series, observed)
        .ok()
        .map(|r| r.date)
}

/// Where a monthly series stands in the snapshot.
struct Monthly {
    table: &'static str,
    column: &'static str,
    series: &'static str,
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

impl<'a> Record<'a> {
    pub(crate) fn new(snapshot: &'a Snapshot, lexicon: &'a Lexicon) -> Record<'a> {
        Record {
            snapshot,
            lexicon,
            // Behind the places the groups of holders.
            holders: (0..lexicon.places.len() + AGGREGATES.len())
                .map(|_| Holder::default())
                .collect(),
            years: (0..YEARS).map(|_| OnceLock::new()).collect(),
            rankings: (0..YEARS * 12).map(|_| OnceLock::new()).collect(),
            japan: OnceLock::new(),
            tariffs: OnceLock::new(),
            moves: OnceLock::new(),
            daily: Daily::default(),
            reported: RwLock::new(BTreeMap::new()),
        }
    }

    pub(crate) fn lexicon(&self) -> &'a Lexicon {
        self.lexicon
    }

    pub(crate) fn snapshot(&self) -> &'a Snapshot {
        self.snapshot
    }

    /// Daily changes of markets, window by window.
    pub(crate) fn moves(&self) -> &[moves::Day] {
        self.moves
            .get_or_init(|| self.read_moves().unwrap_or_default())
    }

    /// The holder's key in the holdings table, for a country or a person of one.
    pub(crate) fn holder(&self, subject: &str) -> Option<&'a str> {
        if let Some(group) = aggregate_key(subject) {
            return Some(group);
        }
        let lexicon = self.lexicon;
        let place = lexicon.country(subject).unwrap_or(subject);
        lexicon.place(place)?.holder.as_deref()
    }

    fn of(&self, holder: &str) -> Option<&Holder> {
        let group =
            || Some(self.lexicon.places.len() + AGGREGATES.iter().position(|a| *a == holder)?);
        self.holders
            .get(self.lexicon.holder_place(holder).or_else(group)?)
    }

    /// All months of a holder in a table, oldest vintage of each month, with their release days.
    fn monthly(&self, from: &Monthly, key: &str) -> Option<Vec<Figure>> {
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

    /// Reserve assets of Japan: the newest month's end out on the day.
    pub(crate) fn japan_reserves(&self, day: Date) -> Option<Reserves> {
        self.japan
            .get_or_init(|| self.read_japan().unwrap_or_default())
            .iter()
            .rev()
            .find(|r| r.released <= day)
            .copied()
    }

    /// Reserve assets of Japan at the end of a month.
    pub(crate) fn japan_reserves_of(&self, month: Month) -> Option<Reserves> {
        self.japan
            .get_or_init(|| self.read_japan().unwrap_or_default())
            .iter()
            .find(|r| Month::of(r.observed) == month)
            .copied()
    }

    fn read_japan(&self) -> Option<Vec<Reserves>> {
        let table = self.snapshot.table("japan_reserves").ok()?;
        let [date, total, securities] = table
            .columns(["date", "reserve_assets_usd_mn", "securities_usd_mn"])
            .ok()?;
        let mut out = Vec::new();
        for row in table.rows() {
            let row = row.ok()?;
            let observed = row.date(date).ok()?;
            let Some(number) = row.optional_number(total).ok().flatten() else {
                continue;
            };
            // Without a day of release nobody can say whether it was known.
            let Some(released) = release(self.snapshot, "japan_reserves", observed) else {
                continue;
            };
            out.push(Reserves {
                observed,
                total_usd_bn: number / 1000.0,
                securities_usd_bn: row
                    .optional_number(securities)
                    .ok()
                    .flatten()
                    .map(|s| s / 1000.0),
                released,
            });
        }
        Some(out)
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

    /// Fed custody of Treasuries, newest Wednesday out on the day, in billions.
    pub(crate) fn custody(&self, day: Date) -> Option<(Date, f64)> {
        let table = self.snapshot.table("custody").ok()?;
        let [date, value] = table.columns(["date", "treasuries_usd_mn"]).ok()?;
        let mut place = table.lower_bound(&day.to_string());
        for _ in 0..12 {
            place = place.checked_sub(1)?;
            let row = table.row(place).ok()?;
            let observed = row.date(date).ok()?;
            if release(self.snapshot, "custody", observed).is_some_and(|r| r <= day)
                && let Some(number) = row.optional_number(value).ok().flatten()
            {
                return Some((observed, number / 1000.0));
            }
        }
        None
    }

    /// The par yields of a year; each day's were out that day.
    fn year(&self, year: i32) -> &[DayOfYields] {
        let at = usize::try_from(year - FIRST_YEAR).ok();
        let Some(slot) = at.and_then(|at| self.years.get(at)) else {
            return &[];
        };
        slot.get_or_init(|| {
            let (Ok(from), Ok(to)) = (Date::from_ymd(year, 1, 1), Date::from_ymd(year, 12, 31))
            else {
                return Vec::new();
            };
            self.snapshot
                .in_hindsight()
                .par_yield_history(from, to)
                .unwrap_or_default()
                .iter()
                .map(|day| (day.date, day.yields.map(|y| y.map(|y| y.percent()))))
                .collect()
        })
    }

    /// The par yield of a tenor on a day or the business day before, in percent.
    pub(crate) fn par_yield(&self, tenor: Tenor, day: Date) -> Option<(Date, f64)> {
        let here = self.year(day.year());
        let at = here.partition_point(|d| d.0 <= day);
        let found = match at.checked_sub(1) {
            Some(at) => here.get(at)?,
            None => self.year(day.year() - 1).last()?,
        };
        if (day - found.0) >= BACK {
            return None;
        }
        Some((found.0, found.1.get(tenor.index()).copied().flatten()?))
    }

    /// The day's change of a tenor's yield: (day, before, after).
    pub(crate) fn move_of(&self, tenor: Tenor, day: Date) -> Option<(Date, f64, f64)> {
        let (at, after) = self.par_yield(tenor, day)?;
        let (_, before) = self.par_yield(tenor, at.plus_days(-1))?;
        Some((at, before, after))
    }

    /// A number of a table by date on the day or up to five days before.
    pub(crate) fn daily(&self, table: &str, column: &str, day: Date) -> Option<(Date, f64)> {
        self.daily.number(self.snapshot, (table, column), day)
    }

    /// Tariffs in force or announced on the day.
    pub(crate) fn tariffs(&self, day: Date) -> impl Iterator<Item = &Tariff> {
        self.tariffs
            .get_or_init(|| self.read_tariffs().unwrap_or_default())
            .iter()
            .filter(move |t| t.announced <= day && t.to.is_none_or(|to| day <= to.plus_days(180)))
    }

    fn read_tariffs(&self) -> Option<Vec<Tariff>> {
        let table = self.snapshot.table("tariffs").ok()?;
        let [measure, start, end, rate, status] = table
            .columns(["measure", "start_date", "end_date", "rate_pct", "status"])
            .ok()?;
        let rows = table.rows().filter_map(|row| {
            let row = row.ok()?;
            let from = row.date(start).ok()?;
            Some(Tariff {
                measure: row.text(measure).to_owned(),
                rate_pct: row.number(rate).ok()?,
                status: row.text(status).to_owned(),
                from,
                to: row.optional_date(end).ok().flatten(),
                announced: row
                    .text(status)
                    .split('_')
                    .find_map(|w| w.parse::<Date>().ok())
                    .unwrap_or(from),
            })
        });
        Some(rows.collect())
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
