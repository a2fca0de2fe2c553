//! One outstanding security: what it pays, how much of it there is, and how that amount is known.
//!
//! Par is what the Treasury owes at maturity before indexation; `outstanding` is par times the index ratio for TIPS
//! and par for the others, as in the monthly statement. A coupon or spread that is not known is absent, never zero.

pub use brandish_treasury::SecurityKind;
use brandish_units::{CouponRate, Cusip, Date, DiscountMargin, FaceUsd, IndexRatio};

use crate::DataError;
use crate::quality::Quality;
use crate::store::{Column, Row};

/// The kind a row names.
pub(crate) fn read_kind(row: &Row<'_>, column: Column) -> Result<SecurityKind, DataError> {
    let word = row.text(column);
    SecurityKind::ALL
        .into_iter()
        .find(|kind| kind.label() == word)
        .ok_or_else(|| row.wrong(column, "one of bill, note, bond, tips, frn"))
}

/// A security that is outstanding on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct OutstandingSecurity {
    /// Identifier.
    pub cusip: Cusip,
    /// Kind.
    pub kind: SecurityKind,
    /// Coupon of a note, bond or TIPS (real for TIPS).
    pub coupon: Option<CouponRate>,
    /// Spread of an FRN over the 13-week bill, where it is known.
    pub spread: Option<DiscountMargin>,
    /// Settlement of the first lot.
    pub first_issue: Date,
    /// Date from which interest runs: of TIPS as published, of the others the coupon date on or before the first issue.
    pub dated: Date,
    /// Maturity.
    pub maturity: Date,
    /// Par amount.
    pub par: FaceUsd,
    /// Index ratio of the day, TIPS only.
    pub index_ratio: Option<IndexRatio>,
    /// Par, times the index ratio for TIPS.
    pub outstanding: FaceUsd,
    /// How the amount came about.
    pub quality: Quality,
    /// Why it has this quality.
    pub reason: String,
}

/// The last coupon date on or before the first issue, counted back from maturity; the first issue for bills.
pub(super) fn dated_date(kind: SecurityKind, first_issue: Date, maturity: Date) -> Date {
    let months = match kind {
        SecurityKind::Bill => return first_issue,
        SecurityKind::Frn => 3,
        SecurityKind::Note | SecurityKind::Bond | SecurityKind::Tips => 6,
    };
    let mut back = 0;
    loop {
        let day = maturity.plus_months(-back);
        let day = if maturity.is_month_end() {
            day.to_month_end()
        } else {
            day
        };
        if day <= first_issue || day == Date::MIN {
            return day;
        }
        back += months;
    }
}
