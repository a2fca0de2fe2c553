//! Japan's official side: reserves, interventions, and the maturity of the fund's securities.
//!
//! Reserves are published about the fifth business day of the next month; the snapshot holds 21 month ends, some from press
//! reports. What part of the securities is Treasuries is not disclosed: the securities are an upper bound of what the
//! state can sell. Interventions: a total for the month at its end, days by quarter five to six weeks after it.

use brandish_units::{Date, Jpy, Usd};

use crate::DataError;
use crate::known::KnownOn;
use crate::month::Month;
use crate::quality::{Provenance, Quality};
use crate::store::Row;

/// Official reserves at a month end.
#[derive(Debug, Clone, PartialEq)]
pub struct JapanReserves {
    /// Month end.
    pub date: Date,
    /// Official reserve assets.
    pub reserve_assets: Usd,
    /// Foreign currency reserves, where given.
    pub fx_reserves: Option<Usd>,
    /// Securities in them.
    pub securities: Option<Usd>,
    /// Deposits in them.
    pub deposits: Option<Usd>,
    /// The part of the deposits that lies with other central banks, the BIS and the IMF.
    pub deposits_central_banks: Option<Usd>,
    /// Gold.
    pub gold: Option<Usd>,
    /// Origin, release, quality.
    pub provenance: Provenance,
}

/// What an intervention amount covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum InterventionSpan {
    /// One day.
    Day,
    /// The publication window of a month; not to be added to its days.
    MonthTotal,
}

/// A foreign exchange intervention.
#[derive(Debug, Clone, PartialEq)]
pub struct Intervention {
    /// First day.
    pub start: Date,
    /// Last day.
    pub end: Date,
    /// Day or month.
    pub span: InterventionSpan,
    /// Currencies, e.g. `USD/JPY`.
    pub pair: String,
    /// What was sold and bought, e.g. `sell_USD_buy_JPY`.
    pub direction: String,
    /// Amount in yen.
    pub amount: Jpy,
    /// Origin, release, quality.
    pub provenance: Provenance,
}

/// A share of the fund's foreign securities.
#[derive(Debug, Clone, PartialEq)]
pub struct FundMaturity {
    /// Date or fiscal year as given.
    pub as_of: String,
    /// `0_1y 1_5y 5y_plus`.
    pub bucket: String,
    /// Share, 0 to 1.
    pub share: f64,
    /// How the number came about.
    pub quality: Quality,
}

impl KnownOn<'_> {
    /// The newest month end that was out.
    pub fn japan_reserves(&self) -> Result<JapanReserves, DataError> {
        self.reserves_with(&[])
    }

    /// The newest month end that was out and says what is in securities.
    pub fn japan_reserves_with_securities(&self) -> Result<JapanReserves, DataError> {
        self.reserves_with(&["securities_usd_mn"])
    }

    /// The newest month end that was out and says what is on deposit: all of it, or the part with other central banks.
    pub fn japan_reserves_with_deposits(&self) -> Result<JapanReserves, DataError> {
        let all = self.reserves_with(&["deposits_usd_mn"]);
        let part = self.reserves_with(&["deposits_central_banks_usd_mn"]);
        match (all, part) {
            (Ok(all), Ok(part)) if part.date > all.date => Ok(part),
            (Err(_), Ok(part)) => Ok(part),
            (all, _) => all,
        }
    }

    fn reserves_with(&self, needed: &[&str]) -> Result<JapanReserves, DataError> {
        let name = "japan_reserves";
        let (row, provenance) = self.newest(name, name, needed)?;
        self.reserves_row(&row, provenance)
    }

    /// Month ends from `from` to `to` (both included) that were out, in order.
    pub fn japan_reserves_history(
        &self,
        from: Date,
        to: Date,
    ) -> Result<Vec<JapanReserves>, DataError> {
        let name = "japan_reserves";
        let table = self.table(name)?;
        let date = table.column("date")?;
        let mut found = Vec::new();
        for row in table.rows() {
            let row = row?;
            let day = row.date(date)?;
            let provenance = self.provenance(name, name, day)?;
            if day >= from && day <= to && provenance.release.date <= self.as_of() {
                found.push(self.reserves_row(&row, provenance)?);
            }
        }
        Ok(found)
    }

    fn reserves_row(
        &self,
        row: &Row<'_>,
        mut provenance: Provenance,
    ) -> Result<JapanReserves, DataError> {
        let table = self.table("japan_reserves")?;
        let optional = |column: &str| -> Result<Option<Usd>, DataError> {
            Ok(row
                .optional_number(table.column(column)?)?
                .map(Usd::from_mn))
        };
        provenance.quality = row.quality(table.column("quality")?)?;
        provenance.note = row.text(table.column("quality_note")?).to_owned();
        Ok(JapanReserves {
            date: provenance.observed,
            reserve_assets: Usd::from_mn(row.number(table.column("reserve_assets_usd_mn")?)?),
            fx_reserves: optional("fx_reserves_usd_mn")?,
            securities: optional("securities_usd_mn")?,
            deposits: optional("deposits_usd_mn")?,
            deposits_central_banks: optional("deposits_central_banks_usd_mn")?,
            gold: optional("gold_usd_mn")?,
            provenance,
        })
    }

    /// Interventions that start from `from` to `to` (both included) and were out.
    pub fn interventions(&self, from: Date, to: Date) -> Result<Vec<Intervention>, DataError> {
        let name = "japan_interventions";
        let table = self.table(name)?;
        let [start, end, span, pair, direction, amount, quality, note] = table.columns([
            "start_date",
            "end_date",
            "span",
            "pair",
            "direction",
            "amount_jpy_bn",
            "quality",
            "quality_note",
        ])?;
        let mut found = Vec::new();
        for row in table.rows_in(
            table.lower_bound(&from.to_string())..table.lower_bound(&to.plus_days(1).to_string()),
        ) {
            let row = row?;
            let (covers, series) = match row.text(span) {
                "day" => (InterventionSpan::Day, "japan_interventions_day"),
                "month_total" => (InterventionSpan::MonthTotal, "japan_interventions_month"),
                _ => return Err(row.wrong(span, "day or month_total")),
            };
            let mut provenance = self.provenance(name, series, row.date(end)?)?;
            if provenance.release.date > self.as_of() {
                continue;
            }
            provenance.quality = row.quality(quality)?;
            provenance.note = row.text(note).to_owned();
            found.push(Intervention {
                start: row.date(start)?,
                end: row.date(end)?,
                span: covers,
                pair: row.text(pair).to_owned(),
                direction: row.text(direction).to_owned(),
                amount: Jpy::from_bn(row.number(amount)?),
                provenance,
            });
        }
        Ok(found)
    }

    /// Maturity of the fund's foreign securities: old and from secondary sources; nothing newer is known.
    pub fn japan_fund_maturity(&self) -> Result<Vec<FundMaturity>, DataError> {
        let table = self.table("japan_fefsa_maturity")?;
        let [as_of, bucket, share, quality] =
            table.columns(["as_of", "bucket", "share_pct", "quality"])?;
        let mut found = Vec::new();
        for row in table.rows() {
            let row = row?;
            found.push(FundMaturity {
                as_of: row.text(as_of).to_owned(),
                bucket: row.text(bucket).to_owned(),
                share: row.number(share)? / 100.0,
                quality: row.quality(quality)?,
            });
        }
        Ok(found)
    }

    /// Reserves without gold at month ends from `from` to `to` (both included) that were out; empty for holders not in the table.
    pub fn reserves_ex_gold_history(
        &self,
        holder: &str,
        from: Month,
        to: Month,
    ) -> Result<Vec<(Usd, Provenance)>, DataError> {
        let name = "reserves_ex_gold";
        let table = self.table(name)?;
        let [month, amount] = table.columns(["month", "reserves_ex_gold_usd_mn"])?;
        let mut found = Vec::new();
        for row in table.rows_in(table.places_of(holder)) {
            let row = row?;
            let observed = row.month(month)?;
            if observed >= from && observed <= to && self.is_out(name, observed.end())? {
                let provenance = self.provenance(name, name, observed.end())?;
                found.push((Usd::from_mn(row.number(amount)?), provenance));
            }
        }
        Ok(found)
    }

    /// Reserves without gold of Japan or China at a month end (IMF), the newest that was out.
    pub fn reserves_ex_gold(&self, holder: &str) -> Result<(Usd, Provenance), DataError> {
        let name = "reserves_ex_gold";
        let table = self.table(name)?;
        let [month, amount] = table.columns(["month", "reserves_ex_gold_usd_mn"])?;
        let mut known = Vec::new();
        let places = table.places_of(holder);
        for row in table.rows_in(places.clone()).rev() {
            let row = row?;
            let end = row.month(month)?.end();
            if self.is_out(name, end)? {
                return Ok((
                    Usd::from_mn(row.number(amount)?),
                    self.provenance(name, name, end)?,
                ));
            }
        }
        if places.is_empty() {
            let mut place = 0;
            while place < table.len() {
                let name = table.first_field(place).into_owned();
                place = table.places_of(&name).end.max(place + 1);
                known.push(name);
            }
            return Err(DataError::Unknown {
                table: name,
                what: "holder",
                name: holder.to_owned(),
                known: known.join("; "),
            });
        }
        Err(DataError::NothingPublished {
            series: format!("reserves without gold of {holder}"),
            as_of: self.as_of(),
            first: "2020-01".to_owned(),
        })
    }
}
