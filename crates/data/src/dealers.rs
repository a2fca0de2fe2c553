//! Primary dealers: net positions by maturity and total repo financing, week by week.
//!
//! Wednesday levels at market value, published on Thursday of the following week. Coupons include TIPS. The split of 11
//! years and more into 11-21 and over 21 exists since 2022. A position is placed in its history by percentile:
//! the share of past weeks that were lower.

use brandish_units::{Date, Usd};

use crate::DataError;
use crate::known::KnownOn;
use crate::quality::Provenance;
use crate::store::Row;

const TABLE: &str = "dealer_positions";

/// Net positions of primary dealers on a Wednesday.
#[derive(Debug, Clone, PartialEq)]
pub struct DealerPositions {
    /// Wednesday.
    pub date: Date,
    /// All Treasuries.
    pub all: Usd,
    /// Bills.
    pub bills: Option<Usd>,
    /// FRNs.
    pub frn: Option<Usd>,
    /// TIPS.
    pub tips: Option<Usd>,
    /// Coupon securities with TIPS.
    pub coupons_with_tips: Option<Usd>,
    /// Nominal coupons up to 2 years, 2-3, 3-6, 6-7, 7-11 and over 11 years.
    pub nominal: [Option<Usd>; 6],
    /// Nominal coupons 11-21 years (since 2022).
    pub nominal_11_21y: Option<Usd>,
    /// Nominal coupons over 21 years (since 2022).
    pub nominal_over_21y: Option<Usd>,
    /// Total repo financing.
    pub repo_financing: Option<Usd>,
    /// Origin, release, quality.
    pub provenance: Provenance,
}

impl KnownOn<'_> {
    /// The newest week that was out.
    pub fn dealer_positions(&self) -> Result<DealerPositions, DataError> {
        let (row, provenance) = self.newest(TABLE, TABLE, &["coupons_with_tips_usd_mn"])?;
        self.positions(&row, provenance)
    }

    /// Weeks from `from` on that were out, oldest first: the history in which a position is placed.
    pub fn dealer_position_history(&self, from: Date) -> Result<Vec<DealerPositions>, DataError> {
        let table = self.table(TABLE)?;
        let date = table.column("date")?;
        let mut found = Vec::new();
        for row in table.rows_in(table.lower_bound(&from.to_string())..table.len()) {
            let row = row?;
            let provenance = self.provenance(TABLE, TABLE, row.date(date)?)?;
            if provenance.release.date > self.as_of() {
                break;
            }
            found.push(self.positions(&row, provenance)?);
        }
        Ok(found)
    }

    fn positions(
        &self,
        row: &Row<'_>,
        provenance: Provenance,
    ) -> Result<DealerPositions, DataError> {
        let table = self.table(TABLE)?;
        let optional = |column: &str| -> Result<Option<Usd>, DataError> {
            Ok(row
                .optional_number(table.column(column)?)?
                .map(Usd::from_mn))
        };
        Ok(DealerPositions {
            date: provenance.observed,
            all: Usd::from_mn(row.number(table.column("all_usd_mn")?)?),
            bills: optional("bills_usd_mn")?,
            frn: optional("frn_usd_mn")?,
            tips: optional("tips_usd_mn")?,
            coupons_with_tips: optional("coupons_with_tips_usd_mn")?,
            nominal: [
                optional("nominal_0_2y_usd_mn")?,
                optional("nominal_2_3y_usd_mn")?,
                optional("nominal_3_6y_usd_mn")?,
                optional("nominal_6_7y_usd_mn")?,
                optional("nominal_7_11y_usd_mn")?,
                optional("nominal_over_11y_usd_mn")?,
            ],
            nominal_11_21y: optional("nominal_11_21y_usd_mn")?,
            nominal_over_21y: optional("nominal_over_21y_usd_mn")?,
            repo_financing: optional("repo_financing_usd_mn")?,
            provenance,
        })
    }
}

/// Share of `history` that lies below `value`, ties counted half; `None` without history.
pub fn percentile_of(value: Usd, history: &[Usd]) -> Option<f64> {
    if history.is_empty() {
        return None;
    }
    let below = history.iter().filter(|past| **past < value).count() as f64;
    let equal = history.iter().filter(|past| **past == value).count() as f64;
    Some((below + equal / 2.0) / history.len() as f64)
}
