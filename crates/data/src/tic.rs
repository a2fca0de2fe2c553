//! TIC: Treasuries held by foreign residents, and what they bought and sold, month by month.
//!
//! Holdings count by custodian, not by owner (Belgium, Luxembourg, the United Kingdom and the Cayman Islands hold for
//! others), and a country's figure holds its official and private sector together. A month can have several vintages: the
//! newest one out by the as-of date is used, else the oldest later one, flagged revised later. Net purchases are plus when
//! foreigners bought. Forms differ: S to 2023-01, SLT after; they are never chained.

use brandish_units::{Date, Usd};

use crate::DataError;
use crate::known::KnownOn;
use crate::month::Month;
use crate::quality::{Provenance, Vintage};
use crate::store::{Column, Row, Table};

const HOLDINGS: &str = "tic_holdings";
const FLOWS: &str = "tic_flows";
const RELEASES: &str = "tic";

/// Market value held at the end of a month.
#[derive(Debug, Clone, PartialEq)]
pub struct TicHolding {
    /// Holder as in the table, e.g. `Japan`, `China, Mainland`, `foreign_official`, `all_foreign`.
    pub holder: String,
    /// Month observed (its end).
    pub month: Month,
    /// Month of the release this copy is from.
    pub vintage_month: Month,
    /// All Treasuries.
    pub total: Usd,
    /// Bills, where split.
    pub bills: Option<Usd>,
    /// Notes, bonds, TIPS and FRNs, where split.
    pub long_term: Option<Usd>,
    /// Origin, release, vintage, quality.
    pub provenance: Provenance,
}

/// Which form a flow comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TicForm {
    /// Transactions by country of the counterparty, to 2023-01.
    FormS,
    /// Changes reported by custodians, from 2023-02 (bills from 2020-01).
    Slt,
}

/// Net purchases in a month, plus = foreigners bought.
#[derive(Debug, Clone, PartialEq)]
pub struct TicFlow {
    /// Holder as in the table.
    pub holder: String,
    /// Month observed.
    pub month: Month,
    /// Form.
    pub form: TicForm,
    /// Month of the release this copy is from.
    pub vintage_month: Month,
    /// All Treasuries.
    pub net_total: Option<Usd>,
    /// Notes, bonds, TIPS and FRNs.
    pub net_long_term: Option<Usd>,
    /// Bills.
    pub net_bills: Option<Usd>,
    /// Change in the value of long-term holdings that is not a purchase.
    pub long_term_valuation: Option<Usd>,
    /// Origin, release, vintage, quality.
    pub provenance: Provenance,
}

/// A figure as the first release had it, rounded as the press quoted it.
#[derive(Debug, Clone, PartialEq)]
pub struct FirstPublished {
    /// Month observed.
    pub month: Month,
    /// Holder.
    pub holder: String,
    /// `total_usd_mn` or `net_long_term_usd_mn`.
    pub measure: String,
    /// The figure.
    pub value: Usd,
    /// Who quoted it.
    pub reported_by: String,
}

impl KnownOn<'_> {
    /// The newest month of a holder that was out by the as-of date.
    pub fn tic_holding(&self, holder: &str) -> Result<TicHolding, DataError> {
        self.tic_holdings(holder, Month::of(Date::MIN), Month::of(self.as_of()))?
            .pop()
            .ok_or_else(|| DataError::NothingPublished {
                series: format!("TIC holdings of {holder}"),
                as_of: self.as_of(),
                first: "2000-03".to_owned(),
            })
    }

    /// The months of a holder from `from` to `to` (both included) that were out, one vintage each, in order.
    pub fn tic_holdings(
        &self,
        holder: &str,
        from: Month,
        to: Month,
    ) -> Result<Vec<TicHolding>, DataError> {
        let table = self.table(HOLDINGS)?;
        let [month, vintage, total, bills, long_term, quality, note] = table.columns([
            "month",
            "vintage",
            "total_usd_mn",
            "bills_usd_mn",
            "long_term_usd_mn",
            "quality",
            "quality_note",
        ])?;
        let mut found: Vec<TicHolding> = Vec::new();
        for row in table.rows_in(self.places(table, HOLDINGS, holder)?) {
            let row = row?;
            let observed = row.month(month)?;
            if observed < from || observed > to {
                continue;
            }
            let Some(amount) = row.optional_number(total)? else {
                continue;
            };
            let Some(provenance) =
                self.tic_provenance(HOLDINGS, &row, observed, [vintage, quality, note])?
            else {
                continue;
            };
            let read = TicHolding {
                holder: holder.to_owned(),
                month: observed,
                vintage_month: row.month(vintage)?,
                total: Usd::from_mn(amount),
                bills: row.optional_number(bills)?.map(Usd::from_mn),
                long_term: row.optional_number(long_term)?.map(Usd::from_mn),
                provenance,
            };
            // Rows come in order of vintage: the newest one that was out wins; a later one only fills in.
            match found.last_mut() {
                Some(last) if last.month == observed => {
                    if read.provenance.vintage == Vintage::AsPublished {
                        *last = read;
                    }
                }
                _ => found.push(read),
            }
        }
        Ok(found)
    }

    /// Flows of a holder from `from` to `to` (both included) that were out; where both forms have a month, both are given.
    pub fn tic_flows(
        &self,
        holder: &str,
        from: Month,
        to: Month,
    ) -> Result<Vec<TicFlow>, DataError> {
        let table = self.table(FLOWS)?;
        let [
            month,
            form,
            vintage,
            total,
            long_term,
            bills,
            valuation,
            quality,
            note,
        ] = table.columns([
            "month",
            "form",
            "vintage",
            "net_total_usd_mn",
            "net_long_term_usd_mn",
            "net_bills_usd_mn",
            "long_term_valuation_usd_mn",
            "quality",
            "quality_note",
        ])?;
        let mut found: Vec<TicFlow> = Vec::new();
        for row in table.rows_in(self.places(table, FLOWS, holder)?) {
            let row = row?;
            let observed = row.month(month)?;
            if observed < from || observed > to {
                continue;
            }
            let Some(provenance) =
                self.tic_provenance(FLOWS, &row, observed, [vintage, quality, note])?
            else {
                continue;
            };
            let amount = |column: Column| Ok(row.optional_number(column)?.map(Usd::from_mn));
            let read = TicFlow {
                holder: holder.to_owned(),
                month: observed,
                form: match row.text(form) {
                    "S" => TicForm::FormS,
                    "SLT" => TicForm::Slt,
                    _ => return Err(row.wrong(form, "S or SLT")),
                },
                vintage_month: row.month(vintage)?,
                net_total: amount(total)?,
                net_long_term: amount(long_term)?,
                net_bills: amount(bills)?,
                long_term_valuation: amount(valuation)?,
                provenance,
            };
            match found.last_mut() {
                Some(last) if last.month == observed && last.form == read.form => {
                    if read.provenance.vintage == Vintage::AsPublished {
                        *last = read;
                    }
                }
                _ => found.push(read),
            }
        }
        Ok(found)
    }

    /// What first releases said, for months that were out.
    pub fn tic_first_published(&self) -> Result<Vec<FirstPublished>, DataError> {
        let table = self.table("tic_first_published")?;
        let [month, holder, measure, value, by] =
            table.columns(["month", "holder", "measure", "value_usd_mn", "reported_by"])?;
        let mut found = Vec::new();
        for row in table.rows() {
            let row = row?;
            let observed = row.month(month)?;
            if self.is_out(RELEASES, observed.end())? {
                found.push(FirstPublished {
                    month: observed,
                    holder: row.text(holder).to_owned(),
                    measure: row.text(measure).to_owned(),
                    value: Usd::from_mn(row.number(value)?),
                    reported_by: row.text(by).to_owned(),
                });
            }
        }
        Ok(found)
    }

    /// All holders with holdings, in order.
    pub fn tic_holders(&self) -> Result<Vec<String>, DataError> {
        let table = self.table(HOLDINGS)?;
        let mut names = Vec::new();
        let mut place = 0;
        while place < table.len() {
            let name = table.first_field(place).into_owned();
            place = table.places_of(&name).end.max(place + 1);
            names.push(name);
        }
        Ok(names)
    }

    fn places(
        &self,
        table: &Table,
        name: &'static str,
        holder: &str,
    ) -> Result<std::ops::Range<usize>, DataError> {
        let places = table.places_of(holder);
        if places.is_empty() {
            return Err(DataError::Unknown {
                table: name,
                what: "holder",
                name: holder.to_owned(),
                known: self.tic_holders()?.join("; "),
            });
        }
        Ok(places)
    }

    /// Provenance of a row of some vintage, or nothing when the month was not out.
    pub(crate) fn tic_provenance(
        &self,
        name: &'static str,
        row: &Row<'_>,
        observed: Month,
        [vintage, quality, note]: [Column; 3],
    ) -> Result<Option<Provenance>, DataError> {
        let mut provenance = self.provenance(name, RELEASES, observed.end())?;
        if provenance.release.date > self.as_of() {
            return Ok(None);
        }
        let made: Month = row.month(vintage)?;
        provenance.vintage = if made.start() > self.as_of() {
            Vintage::RevisedLater
        } else {
            Vintage::AsPublished
        };
        provenance.quality = row.quality(quality)?;
        provenance.note = row.text(note).to_owned();
        Ok(Some(provenance))
    }
}
