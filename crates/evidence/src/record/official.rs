//! What authorities report of themselves: reserves of Japan, custody at the Federal Reserve, policy rates, tariffs.
//!
//! A figure counts from the day on which it came out. Policy rates are the target range of the Federal Reserve, whose two ends
//! stand in one row a day, and the rate of the Bank of Japan from each day on which it changed.

use brandish_data::Month;
use brandish_units::Date;

use super::{Record, release};

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

impl Record<'_> {
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

    /// The target range of the federal funds rate on a day: (day, lower, upper), in percent.
    pub(crate) fn federal_funds(&self, day: Date) -> Option<(Date, f64, f64)> {
        let (at, lower) = self.daily("policy_rates", "target_lower_pct", day)?;
        let (_, upper) = self.daily("policy_rates", "target_upper_pct", day)?;
        Some((at, lower, upper))
    }

    /// The policy rate of the Bank of Japan on a day: since when, and how high, in percent.
    pub(crate) fn bank_of_japan(&self, day: Date) -> Option<(Date, f64)> {
        let table = self.snapshot.table("boj_policy_rate").ok()?;
        let [from, rate] = table.columns(["effective_date", "policy_rate_pct"]).ok()?;
        let mut found = None;
        for row in table.rows() {
            let row = row.ok()?;
            let since = row.date(from).ok()?;
            if since <= day {
                found = Some((since, row.number(rate).ok()?));
            }
        }
        found
    }
}
