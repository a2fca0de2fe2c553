//! Inflation indexation: the daily reference CPI, and that of the dated date of each TIPS.
//!
//! Their quotient is the index ratio ([`ReferenceCpi::index_ratio`], 31 CFR 356, appendix B, section I.B). The reference CPI of a day is known more than a month ahead, since it rests on
//! the CPI-U of three and two months before. The table starts on 1998-04-15.

use std::collections::BTreeMap;

use brandish_treasury::ReferenceCpi;
use brandish_units::{Cusip, Date};

use crate::DataError;
use crate::known::KnownOn;
use crate::store::{Column, Row};

/// What fixes the index ratio of a TIPS.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TipsReference {
    /// Date from which interest and indexation run.
    pub dated: Date,
    /// Reference CPI of that date.
    pub reference_cpi: ReferenceCpi,
    /// Maturity.
    pub maturity: Date,
}

impl KnownOn<'_> {
    /// The reference CPI of a day, if it was out (it is known until the end of the next month or so).
    pub fn ref_cpi(&self, date: Date) -> Result<ReferenceCpi, DataError> {
        let (row, _) = self.on_day(
            "reference_cpi",
            "reference CPI",
            "reference_cpi",
            date,
            &["reference_cpi"],
        )?;
        let column = self.table("reference_cpi")?.column("reference_cpi")?;
        level(&row, column)
    }

    /// The reference data of every TIPS, by CUSIP.
    pub fn tips_references(&self) -> Result<BTreeMap<Cusip, TipsReference>, DataError> {
        let table = self.table("tips_reference")?;
        let [cusip, cpi, dated, maturity] = table.columns([
            "cusip",
            "reference_cpi_at_dated_date",
            "dated_date",
            "maturity_date",
        ])?;
        let mut found = BTreeMap::new();
        for row in table.rows() {
            let row = row?;
            found.insert(
                row.cusip(cusip)?,
                TipsReference {
                    dated: row.date(dated)?,
                    reference_cpi: level(&row, cpi)?,
                    maturity: row.date(maturity)?,
                },
            );
        }
        Ok(found)
    }
}

fn level(row: &Row<'_>, column: Column) -> Result<ReferenceCpi, DataError> {
    ReferenceCpi::from_level(row.number(column)?)
        .map_err(|_| row.wrong(column, "an index level above zero and below 10,000"))
}
