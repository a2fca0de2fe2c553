//! Look-ups in the official series, each bound to a day of knowledge.
//!
//! A figure of the lexicon's `figures.json` (as first published) counts before the snapshot's later vintage; where only a later
//! vintage is at hand the row says so. A look-up that finds nothing gives `None`: a missing table is a missing row here,
//! since the verdict then is "not enough data". Money in billions of dollars, yields in percent.

use brandish_data::{Month, Snapshot};
use brandish_units::{Date, Tenor};

use super::Check;
use crate::model::Row;

/// A monthly figure of a holder.
#[derive(Debug, Clone)]
pub(crate) struct Figure {
    pub(crate) month: Month,
    pub(crate) usd_bn: f64,
    pub(crate) released: Date,
    pub(crate) first_published: bool,
}

impl Figure {
    pub(crate) fn row(&self, series: &str, key: &str) -> Row {
        let vintage = if self.first_published {
            format!("as first published on {}", self.released)
        } else {
            format!("released {}, later vintage at hand", self.released)
        };
        Row {
            series: series.to_owned(),
            key: format!("{key} {}", self.month),
            value: format!("{:.1} bn USD", self.usd_bn),
            vintage,
        }
    }
}

fn release(snapshot: &Snapshot, series: &str, observed: Date) -> Option<Date> {
    snapshot
        .release_calendar()
        .ok()?
        .release(series, observed)
        .ok()
        .map(|r| r.date)
}

/// All months of a holder in a table, oldest vintage of each month, with their release days.
fn monthly(
    snapshot: &Snapshot,
    table: &str,
    key: &str,
    column: &str,
    series: &str,
) -> Option<Vec<Figure>> {
    let table = snapshot.table(table).ok()?;
    let month_column = table.column("month").ok()?;
    let value = table.column(column).ok()?;
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
            released: release(snapshot, series, month.end())?,
            first_published: false,
        });
    }
    Some(out)
}

impl Check<'_> {
    fn place_holder(&self, subject: &str) -> Option<&str> {
        let place = self
            .lexicon
            .people
            .iter()
            .find(|p| p.name == subject)
            .and_then(|p| p.place.as_deref())
            .unwrap_or(subject);
        self.lexicon
            .places
            .iter()
            .find(|p| p.name == place)
            .and_then(|p| p.holder.as_deref())
    }

    /// The holder's key in the holdings table.
    pub(crate) fn holder(&self, subject: &str) -> Option<String> {
        self.place_holder(subject).map(str::to_owned)
    }

    /// Holdings of Treasuries by month, as first published where that is at hand.
    pub(crate) fn holdings(&self, holder: &str) -> Vec<Figure> {
        let mut all = monthly(
            self.known.snapshot,
            "tic_holdings",
            holder,
            "total_usd_mn",
            "tic",
        )
        .unwrap_or_default();
        for figure in &mut all {
            let key = figure.month.to_string();
            if let Some(first) = self
                .lexicon
                .figures
                .iter()
                .find(|f| f.series == "tic_holdings" && f.key == holder && f.observed == key)
            {
                figure.usd_bn = first.value_usd_bn;
                figure.released = first.released;
                figure.first_published = true;
            }
        }
        all
    }

    /// Holdings in the newest vintage at hand.
    pub(crate) fn holding_now(&self, holder: &str, month: Month) -> Option<Row> {
        let table = self.known.snapshot.table("tic_holdings").ok()?;
        let [month_column, value, vintage] =
            table.columns(["month", "total_usd_mn", "vintage"]).ok()?;
        let mut found = None;
        for place in table.places_of(holder) {
            let row = table.row(place).ok()?;
            if row.month(month_column).ok()? == month
                && let Some(number) = row.optional_number(value).ok().flatten()
            {
                found = Some(Row {
                    series: "tic_holdings".to_owned(),
                    key: format!("{holder} {month}"),
                    value: format!("{:.1} bn USD", number / 1000.0),
                    vintage: row.text(vintage).to_owned(),
                });
            }
        }
        found
    }

    /// Net purchases by month: total and valuation of the long-term part.
    pub(crate) fn flows(&self, holder: &str) -> Vec<Figure> {
        monthly(
            self.known.snapshot,
            "tic_flows",
            holder,
            "net_total_usd_mn",
            "tic",
        )
        .unwrap_or_default()
    }

    pub(crate) fn valuation(&self, holder: &str) -> Vec<Figure> {
        monthly(
            self.known.snapshot,
            "tic_flows",
            holder,
            "long_term_valuation_usd_mn",
            "tic",
        )
        .unwrap_or_default()
    }

    /// The newest figure out on the day.
    pub(crate) fn newest(figures: &[Figure], day: Date) -> Option<&Figure> {
        figures.iter().rev().find(|f| f.released <= day)
    }

    /// Reserve assets at a month's end: total, securities; the newest out on the day.
    pub(crate) fn japan_reserves(&self, day: Date) -> Option<(Date, f64, Option<f64>, Date)> {
        let table = self.known.snapshot.table("japan_reserves").ok()?;
        let [date, total, securities] = table
            .columns(["date", "reserve_assets_usd_mn", "securities_usd_mn"])
            .ok()?;
        let mut found = None;
        for row in table.rows() {
            let row = row.ok()?;
            let observed = row.date(date).ok()?;
            // The release calendar's habit: the fifth business day of the next month.
            let out = release(self.known.snapshot, "japan_reserves", observed)
                .unwrap_or_else(|| observed.plus_days(9));
            if out > day {
                continue;
            }
            let Some(number) = row.optional_number(total).ok().flatten() else {
                continue;
            };
            found = Some((
                observed,
                number / 1000.0,
                row.optional_number(securities)
                    .ok()
                    .flatten()
                    .map(|s| s / 1000.0),
                out,
            ));
        }
        found
    }

    /// Reserves without gold of a holder: the newest month out on the day.
    pub(crate) fn reserves(&self, holder: &str, day: Date) -> Option<Figure> {
        let all = monthly(
            self.known.snapshot,
            "reserves_ex_gold",
            holder,
            "reserves_ex_gold_usd_mn",
            "reserves_ex_gold",
        )?;
        Check::newest(&all, day).cloned()
    }

    /// Fed custody of Treasuries, newest Wednesday out on the day, in billions.
    pub(crate) fn custody(&self, day: Date) -> Option<(Date, f64)> {
        let table = self.known.snapshot.table("custody").ok()?;
        let [date, value] = table.columns(["date", "treasuries_usd_mn"]).ok()?;
        let mut place = table.lower_bound(&day.to_string());
        for _ in 0..12 {
            place = place.checked_sub(1)?;
            let row = table.row(place).ok()?;
            let observed = row.date(date).ok()?;
            if release(self.known.snapshot, "custody", observed).is_some_and(|r| r <= day)
                && let Some(number) = row.optional_number(value).ok().flatten()
            {
                return Some((observed, number / 1000.0));
            }
        }
        None
    }

    /// The par yield of a tenor on a day or the business day before, in percent.
    pub(crate) fn par_yield(&self, tenor: Tenor, day: Date) -> Option<(Date, f64)> {
        let known = self.known.snapshot.known_on(self.known.as_of.max(day));
        for back in 0..6 {
            let at = day.plus_days(-back);
            if let Ok(found) = known.par_yields(at) {
                return found.get(tenor).map(|y| (at, y.percent()));
            }
        }
        None
    }

    /// The day's change of a tenor's yield in basis points: (day, before, after).
    pub(crate) fn move_of(&self, tenor: Tenor, day: Date) -> Option<(Date, f64, f64)> {
        let (at, after) = self.par_yield(tenor, day)?;
        let (_, before) = self.par_yield(tenor, at.plus_days(-1))?;
        Some((at, before, after))
    }

    /// A number of a table by date on the day or up to five days before.
    pub(crate) fn daily(&self, table: &str, column: &str, day: Date) -> Option<(Date, f64)> {
        let table = self.known.snapshot.table(table).ok()?;
        let [date, value] = table.columns(["date", column]).ok()?;
        let mut place = table.lower_bound(&day.plus_days(1).to_string());
        for _ in 0..5 {
            place = place.checked_sub(1)?;
            let row = table.row(place).ok()?;
            let at = row.date(date).ok()?;
            if (day - at) > 6 {
                return None;
            }
            if let Some(number) = row.optional_number(value).ok().flatten() {
                return Some((at, number));
            }
        }
        None
    }

    /// Tariff rows in force or announced on the day: (measure, rate in percent, status, start).
    pub(crate) fn tariffs(&self, day: Date) -> Vec<(String, f64, String, Date)> {
        let Ok(table) = self.known.snapshot.table("tariffs") else {
            return Vec::new();
        };
        let Ok([measure, start, end, rate, status]) =
            table.columns(["measure", "start_date", "end_date", "rate_pct", "status"])
        else {
            return Vec::new();
        };
        table
            .rows()
            .filter_map(|row| {
                let row = row.ok()?;
                let from = row.date(start).ok()?;
                let to = row.optional_date(end).ok().flatten();
                let announced = row
                    .text(status)
                    .split('_')
                    .find_map(|w| w.parse::<Date>().ok())
                    .unwrap_or(from);
                (announced <= day && to.is_none_or(|t| day <= t.plus_days(180))).then(|| {
                    Some((
                        row.text(measure).to_owned(),
                        row.number(rate).ok()?,
                        row.text(status).to_owned(),
                        from,
                    ))
                })?
            })
            .collect()
    }

    /// The largest holders of Treasuries in a month.
    pub(crate) fn ranking(&self, month: Month) -> Vec<(String, f64)> {
        let mut out: Vec<(String, f64)> = self
            .lexicon
            .places
            .iter()
            .filter_map(|p| p.holder.as_deref())
            .filter_map(|holder| {
                let figure = monthly(
                    self.known.snapshot,
                    "tic_holdings",
                    holder,
                    "total_usd_mn",
                    "tic",
                )?
                .into_iter()
                .find(|f| f.month == month)?;
                Some((holder.to_owned(), figure.usd_bn))
            })
            .collect();
        out.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        out
    }

    /// The two holders' figures by month, for a rank over years.
    pub(crate) fn all_months(&self, holder: &str) -> Vec<Figure> {
        monthly(
            self.known.snapshot,
            "tic_holdings",
            holder,
            "total_usd_mn",
            "tic",
        )
        .unwrap_or_default()
    }
}
