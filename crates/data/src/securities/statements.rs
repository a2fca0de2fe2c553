//! The three lists of all securities: two monthly statements and the reconstruction between them.
//!
//! The statement of 2023-09-30 gives issued, inflation compensation and redeemed: par = issued + redeemed (redeemed is zero
//! or negative). The statement of 2026-04-30 gives the outstanding amount and the index ratio: par = outstanding / ratio.
//! Units: US$ of face value. Source: Monthly Statement of the Public Debt, table 3.

use std::collections::BTreeMap;

use brandish_units::{CouponRate, Cusip, Date, DiscountMargin, FaceUsd, IndexRatio};

use crate::DataError;
use crate::quality::Quality;
use crate::securities::{SecurityKind, read_kind};
use crate::store::Snapshot;

/// A list of all securities outstanding at the end of a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// The day.
    pub date: Date,
    /// The table.
    pub table: &'static str,
    /// By CUSIP.
    pub rows: BTreeMap<Cusip, StatementRow>,
}

/// One security of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct StatementRow {
    /// Kind.
    pub kind: SecurityKind,
    /// Coupon of a note, bond or TIPS.
    pub coupon: Option<CouponRate>,
    /// Spread of an FRN.
    pub spread: Option<DiscountMargin>,
    /// First issue.
    pub first_issue: Date,
    /// Maturity.
    pub maturity: Date,
    /// Par amount.
    pub par: FaceUsd,
    /// Index ratio in the list.
    pub index_ratio: Option<IndexRatio>,
    /// Amount in the list, with inflation compensation.
    pub outstanding: FaceUsd,
    /// How the amount came about.
    pub quality: Quality,
    /// Why.
    pub note: String,
}

/// The three anchors in order.
pub(super) const ANCHORS: [(i32, u32, u32, &str); 3] = [
    (2023, 9, 30, "securities_2023_09_30"),
    (2025, 4, 30, "securities_2025_04_30"),
    (2026, 4, 30, "securities_2026_04_30"),
];

impl Statement {
    /// Reads one of the lists.
    pub(crate) fn read(
        snapshot: &Snapshot,
        date: Date,
        name: &'static str,
    ) -> Result<Statement, DataError> {
        let table = snapshot.table(name)?;
        let [cusip, kind, coupon, first_issue, maturity, outstanding] = table.columns([
            "cusip",
            "kind",
            "coupon_pct",
            "first_issue_date",
            "maturity_date",
            "outstanding_usd_mn",
        ])?;
        let has = |column: &str| table.header().iter().any(|h| h == column);
        let issued = if has("issued_usd_mn") {
            Some(table.columns(["issued_usd_mn", "redeemed_usd_mn"])?)
        } else {
            None
        };
        let optional = |column: &str| {
            if has(column) {
                table.column(column).map(Some)
            } else {
                Ok(None)
            }
        };
        let par_column = optional("par_usd_mn")?;
        let ratio_column = optional("index_ratio")?;
        let spread_column = optional("spread_pct")?;
        let quality_columns = if has("quality") {
            Some(table.columns(["quality", "quality_note"])?)
        } else {
            None
        };
        let mut rows = BTreeMap::new();
        for row in table.rows() {
            let row = row?;
            let amount = row.number(outstanding)?;
            let ratio = match ratio_column {
                Some(column) => row.optional_number(column)?,
                None => None,
            };
            let par = match (issued, par_column, ratio) {
                (Some([issued, redeemed]), _, _) => row.number(issued)? + row.number(redeemed)?,
                (None, Some(column), _) => row.number(column)?,
                (None, None, Some(ratio)) => amount / ratio,
                (None, None, None) => amount,
            };
            let (quality, note) = match quality_columns {
                Some([quality, note]) => (row.quality(quality)?, row.text(note).to_owned()),
                None => (Quality::Published, format!("statement of {date}")),
            };
            rows.insert(
                row.cusip(cusip)?,
                StatementRow {
                    kind: read_kind(&row, kind)?,
                    coupon: row.optional_number(coupon)?.map(CouponRate::from_percent),
                    spread: match spread_column {
                        Some(column) => row
                            .optional_number(column)?
                            .map(DiscountMargin::from_percent),
                        None => None,
                    },
                    first_issue: row.date(first_issue)?,
                    maturity: row.date(maturity)?,
                    par: FaceUsd::from_mn(par),
                    index_ratio: ratio.map(IndexRatio::from_ratio),
                    outstanding: FaceUsd::from_mn(amount),
                    quality,
                    note,
                },
            );
        }
        Ok(Statement {
            date,
            table: name,
            rows,
        })
    }
}
