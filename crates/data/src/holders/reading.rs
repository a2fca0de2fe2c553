//! One month, several vintages: which copy of a figure stands for it.
//!
//! The newest vintage that was out by the as-of date and states the total; where none was out, the oldest later one,
//! flagged. A vintage that states less (the copy of 2026-09 has no valuation) does not hide what an older one states: the
//! valuation is then the older one's, and its vintage is named. Nothing is taken from two vintages without saying so.

use std::collections::BTreeMap;

use brandish_units::Usd;

use super::Parts;
use crate::DataError;
use crate::known::KnownOn;
use crate::month::Month;
use crate::quality::{Provenance, Vintage};
use crate::store::{Column, Row};

const HOLDINGS: &str = "tic_holdings";
const FLOWS: &str = "tic_flows";

/// A month of holdings or flows as one vintage has it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Version {
    pub(super) vintage: Month,
    pub(super) amounts: Parts,
    /// Valuation of long-term holdings; flows only.
    pub(super) valuation: Option<Usd>,
    pub(super) provenance: Provenance,
}

impl Version {
    fn was_out(&self) -> bool {
        self.provenance.vintage == Vintage::AsPublished
    }
}

/// The copies of a month, oldest vintage first.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Versions(Vec<Version>);

impl Versions {
    /// The copies that can be used on the as-of date: those that were out, else the oldest later one.
    fn usable(&self) -> &[Version] {
        let out = self.0.partition_point(Version::was_out);
        match out {
            0 => self.0.get(..1).unwrap_or(&[]),
            out => self.0.get(..out).unwrap_or(&[]),
        }
    }

    /// The copy that stands for the month: the newest usable one with a total, else the newest usable one.
    pub(super) fn chosen(&self) -> Option<&Version> {
        let usable = self.usable();
        usable
            .iter()
            .rev()
            .find(|copy| copy.amounts.total.is_some())
            .or_else(|| usable.last())
    }

    /// The newest usable copy that states a valuation; the chosen one comes first.
    pub(super) fn valuation(&self) -> Option<(Usd, Month)> {
        let chosen = self.chosen()?;
        let of = |copy: &Version| copy.valuation.map(|amount| (amount, copy.vintage));
        of(chosen).or_else(|| self.usable().iter().rev().find_map(of))
    }

    /// The oldest usable copy, where it is not the one that stands for the month.
    pub(super) fn earlier(&self) -> Option<&Version> {
        let (first, chosen) = (self.usable().first()?, self.chosen()?);
        (first.vintage < chosen.vintage).then_some(first)
    }
}

/// Everything of a holder that was out: holdings, flows by custodian, and the closed form's long-term flows.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Record {
    pub(super) holdings: BTreeMap<Month, Versions>,
    pub(super) flows: BTreeMap<Month, Versions>,
    pub(super) form_s: BTreeMap<Month, Usd>,
}

pub(super) fn read(known: &KnownOn<'_>, holder: &str) -> Result<Record, DataError> {
    let mut record = Record::default();
    let table = known.table(HOLDINGS)?;
    let [month, vintage, total, bills, long_term, quality, note] = table.columns([
        "month",
        "vintage",
        "total_usd_mn",
        "bills_usd_mn",
        "long_term_usd_mn",
        "quality",
        "quality_note",
    ])?;
    for row in table.rows_in(table.places_of(holder)) {
        let row = row?;
        let observed = row.month(month)?;
        let about = [vintage, quality, note];
        if let Some(provenance) = known.tic_provenance(HOLDINGS, &row, observed, about)? {
            let version = Version {
                vintage: row.month(vintage)?,
                amounts: parts(&row, [total, bills, long_term])?,
                valuation: None,
                provenance,
            };
            record.holdings.entry(observed).or_default().0.push(version);
        }
    }
    let table = known.table(FLOWS)?;
    let [month, form, vintage, valuation, quality, note] = table.columns([
        "month",
        "form",
        "vintage",
        "long_term_valuation_usd_mn",
        "quality",
        "quality_note",
    ])?;
    let amounts = table.columns([
        "net_total_usd_mn",
        "net_bills_usd_mn",
        "net_long_term_usd_mn",
    ])?;
    for row in table.rows_in(table.places_of(holder)) {
        let row = row?;
        let observed = row.month(month)?;
        let about = [vintage, quality, note];
        let Some(provenance) = known.tic_provenance(FLOWS, &row, observed, about)? else {
            continue;
        };
        let version = Version {
            vintage: row.month(vintage)?,
            amounts: parts(&row, amounts)?,
            valuation: row.optional_number(valuation)?.map(Usd::from_mn),
            provenance,
        };
        match row.text(form) {
            "SLT" => record.flows.entry(observed).or_default().0.push(version),
            "S" => {
                if let Some(net) = version.amounts.long_term {
                    record.form_s.insert(observed, net);
                }
            }
            _ => return Err(row.wrong(form, "S or SLT")),
        }
    }
    Ok(record)
}

/// The first month for which net purchases by custodian are published, whenever that was: the table says it.
pub(super) fn flows_begin(known: &KnownOn<'_>) -> Result<Month, DataError> {
    let table = known.table(FLOWS)?;
    let [month, form, total] = table.columns(["month", "form", "net_total_usd_mn"])?;
    for row in table.rows_in(table.places_of("all_foreign")) {
        let row = row?;
        if row.text(form) == "SLT" && row.optional_number(total)?.is_some() {
            return row.month(month);
        }
    }
    Err(DataError::NothingPublished {
        series: "TIC net purchases of all foreign holders".to_owned(),
        as_of: known.as_of(),
        first: "none".to_owned(),
    })
}

/// Total, bills and long-term of a row.
fn parts(row: &Row<'_>, [total, bills, long_term]: [Column; 3]) -> Result<Parts, DataError> {
    let amount = |column| Ok::<_, DataError>(row.optional_number(column)?.map(Usd::from_mn));
    Ok(Parts {
        total: amount(total)?,
        bills: amount(bills)?,
        long_term: amount(long_term)?,
    })
}
