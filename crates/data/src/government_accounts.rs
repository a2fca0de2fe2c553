//! What government accounts hold of marketable securities: trust funds and agencies, by class.
//!
//! Their large holdings are special issues, which are in no market; of marketable securities they held $12bn to $15bn in every
//! statement at hand since 2017 (the Federal Financing Bank's own securities apart, which are never sold to the public). The statement is
//! monthly, the copies at hand are single months: each class is the newest one that was out, and says its month.

use brandish_units::{Date, FaceUsd};

use crate::DataError;
use crate::known::KnownOn;
use crate::quality::Provenance;

const TABLE: &str = "government_accounts";
const SERIES: &str = "securities_statement";

/// A class of marketable securities in government accounts.
#[derive(Debug, Clone, PartialEq)]
pub struct InAccounts {
    /// Face held.
    pub face: FaceUsd,
    /// Origin, release, quality; its day is the end of the month of the statement.
    pub provenance: Provenance,
}

/// Marketable securities in government accounts by class, each of the newest statement that was out and names it.
#[derive(Debug, Clone, PartialEq)]
pub struct GovernmentAccounts {
    /// Bills.
    pub bills: InAccounts,
    /// Notes.
    pub notes: InAccounts,
    /// Bonds.
    pub bonds: InAccounts,
    /// TIPS.
    pub tips: InAccounts,
    /// Floating-rate notes.
    pub frns: InAccounts,
}

impl GovernmentAccounts {
    /// First and last month-end among the classes.
    #[must_use]
    pub fn dates(&self) -> (Date, Date) {
        let days = [
            &self.bills,
            &self.notes,
            &self.bonds,
            &self.tips,
            &self.frns,
        ]
        .map(|class| class.provenance.observed);
        let first = days.into_iter().fold(days[0], Date::min);
        (first, days.into_iter().fold(first, Date::max))
    }
}

impl KnownOn<'_> {
    /// What government accounts held, class by class.
    ///
    /// # Errors
    /// If no statement of a class was out by the as-of date, or a row cannot be read.
    pub fn government_accounts(&self) -> Result<GovernmentAccounts, DataError> {
        let class = |column: &'static str| -> Result<InAccounts, DataError> {
            let (row, provenance) = self.newest(TABLE, SERIES, &[column])?;
            Ok(InAccounts {
                face: FaceUsd::from_mn(row.number(self.table(TABLE)?.column(column)?)?),
                provenance,
            })
        };
        Ok(GovernmentAccounts {
            bills: class("bills_usd_mn")?,
            notes: class("notes_usd_mn")?,
            bonds: class("bonds_usd_mn")?,
            tips: class("tips_usd_mn")?,
            frns: class("frn_usd_mn")?,
        })
    }
}
