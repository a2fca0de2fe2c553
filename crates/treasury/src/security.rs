//! Any Treasury security.
//!
//! The five kinds share an identifier, dates and little else: how a quote becomes a price differs, so callers match on
//! the kind and use the functions of its own file.

use std::fmt;
use std::str::FromStr;

use brandish_units::{Cusip, Date};

use crate::{Bill, CashFlow, Frn, NominalCoupon, Tips, TreasuryError};

/// The five kinds of marketable Treasury securities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SecurityKind {
    /// Discount security of up to one year.
    Bill,
    /// Coupon security of two to ten years.
    Note,
    /// Coupon security of more than ten years.
    Bond,
    /// Inflation-protected security.
    Tips,
    /// Floating rate note.
    Frn,
}

impl SecurityKind {
    /// All five.
    pub const ALL: [SecurityKind; 5] = [
        SecurityKind::Bill,
        SecurityKind::Note,
        SecurityKind::Bond,
        SecurityKind::Tips,
        SecurityKind::Frn,
    ];

    /// The name used in files: `bill`, `note`, `bond`, `tips`, `frn`.
    pub const fn label(self) -> &'static str {
        match self {
            SecurityKind::Bill => "bill",
            SecurityKind::Note => "note",
            SecurityKind::Bond => "bond",
            SecurityKind::Tips => "tips",
            SecurityKind::Frn => "frn",
        }
    }
}

/// As the market writes it: `bill`, `note`, `bond`, `TIPS`, `FRN`.
impl fmt::Display for SecurityKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            SecurityKind::Tips => "TIPS",
            SecurityKind::Frn => "FRN",
            other => other.label(),
        })
    }
}

impl FromStr for SecurityKind {
    type Err = TreasuryError;

    /// Reads a label; upper and lower case are both accepted.
    fn from_str(text: &str) -> Result<SecurityKind, TreasuryError> {
        SecurityKind::ALL
            .into_iter()
            .find(|kind| kind.label().eq_ignore_ascii_case(text))
            .ok_or_else(|| TreasuryError::UnknownKind {
                text: text.to_owned(),
            })
    }
}

/// A checked security of any kind.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Security {
    /// A bill.
    Bill(Bill),
    /// A note.
    Note(NominalCoupon),
    /// A bond.
    Bond(NominalCoupon),
    /// A TIPS.
    Tips(Tips),
    /// A floating rate note.
    Frn(Frn),
}

impl Security {
    /// Its kind.
    pub fn kind(&self) -> SecurityKind {
        match self {
            Security::Bill(_) => SecurityKind::Bill,
            Security::Note(_) => SecurityKind::Note,
            Security::Bond(_) => SecurityKind::Bond,
            Security::Tips(_) => SecurityKind::Tips,
            Security::Frn(_) => SecurityKind::Frn,
        }
    }

    /// Its identifier.
    pub fn cusip(&self) -> Cusip {
        match self {
            Security::Bill(bill) => bill.cusip(),
            Security::Note(coupon) | Security::Bond(coupon) => coupon.cusip(),
            Security::Tips(tips) => tips.cusip(),
            Security::Frn(frn) => frn.cusip(),
        }
    }

    /// Its issue date.
    pub fn issue(&self) -> Date {
        match self {
            Security::Bill(bill) => bill.issue(),
            Security::Note(coupon) | Security::Bond(coupon) => coupon.stream().issue(),
            Security::Tips(tips) => tips.stream().issue(),
            Security::Frn(frn) => frn.issue(),
        }
    }

    /// Its maturity.
    pub fn maturity(&self) -> Date {
        match self {
            Security::Bill(bill) => bill.maturity(),
            Security::Note(coupon) | Security::Bond(coupon) => coupon.stream().maturity(),
            Security::Tips(tips) => tips.stream().maturity(),
            Security::Frn(frn) => frn.maturity(),
        }
    }

    /// Payments after settlement that are known today, per 100 of face: nominal for bills, notes and bonds, real for TIPS.
    /// The payments of an FRN are not known: an error says so.
    pub fn fixed_cash_flows(&self, settlement: Date) -> Result<Vec<CashFlow>, TreasuryError> {
        match self {
            Security::Bill(bill) => bill.cash_flows(settlement),
            Security::Note(coupon) | Security::Bond(coupon) => coupon.cash_flows(settlement),
            Security::Tips(tips) => tips.real_cash_flows(settlement),
            Security::Frn(frn) => Err(TreasuryError::FloatingPayments { cusip: frn.cusip() }),
        }
    }
}
