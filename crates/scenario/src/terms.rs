//! A record of the snapshot as a checked security.
//!
//! The record says what a list of securities says; pricing needs more: the dated date and reference CPI of a TIPS, the spread of an
//! FRN. What is missing is named, never guessed.

use std::collections::BTreeMap;

use brandish_data::{OutstandingSecurity, SecurityKind, TipsReference};
use brandish_treasury::{
    Bill, BillTerms, CouponTerms, Frn, FrnTerms, NominalCoupon, Security, Tips, TipsTerms,
    TreasuryError,
};
use brandish_units::Cusip;

/// Why a record is no security.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub(crate) enum TermsError {
    /// A term is not in the record.
    #[error("its {0} is not in the record")]
    Missing(&'static str),
    /// The terms contradict each other.
    #[error(transparent)]
    Wrong(#[from] TreasuryError),
}

/// The checked security of a record.
pub(crate) fn security(
    record: &OutstandingSecurity,
    references: &BTreeMap<Cusip, TipsReference>,
) -> Result<Security, TermsError> {
    let OutstandingSecurity {
        cusip,
        first_issue: issue,
        maturity,
        ..
    } = *record;
    let coupons = |dated| -> Result<CouponTerms, TermsError> {
        Ok(CouponTerms {
            cusip,
            coupon: record.coupon.ok_or(TermsError::Missing("coupon"))?,
            issue,
            dated,
            first_interest: None,
            maturity,
        })
    };
    Ok(match record.kind {
        SecurityKind::Bill => Security::Bill(Bill::new(BillTerms {
            cusip,
            issue,
            maturity,
        })?),
        SecurityKind::Note => Security::Note(NominalCoupon::new(coupons(None)?)?),
        SecurityKind::Bond => Security::Bond(NominalCoupon::new(coupons(None)?)?),
        SecurityKind::Tips => {
            let reference = references
                .get(&cusip)
                .ok_or(TermsError::Missing("reference CPI"))?;
            Security::Tips(Tips::new(TipsTerms {
                coupons: coupons(Some(reference.dated))?,
                reference_cpi_on_dated_date: reference.reference_cpi,
            })?)
        }
        SecurityKind::Frn => Security::Frn(Frn::new(FrnTerms {
            cusip,
            spread: record.spread.ok_or(TermsError::Missing("spread"))?,
            issue,
            dated: None,
            maturity,
        })?),
    })
}
