//! Bills and notes apart: an amount of all Treasuries, of bills and of the rest, and the one identity over them.
//!
//! "Long-term" is TIC's word for everything issued with more than a year to run: notes, bonds, TIPS and FRNs. A part
//! that is not published is none, never the difference of two others.

use brandish_units::Usd;

/// An amount of all Treasuries and of its two parts.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Parts {
    /// All Treasuries.
    pub total: Option<Usd>,
    /// Bills.
    pub bills: Option<Usd>,
    /// Notes, bonds, TIPS and FRNs.
    pub long_term: Option<Usd>,
}

impl Parts {
    /// Applies a function part by part, where both sides have the part.
    pub(crate) fn with(self, other: Parts, apply: impl Fn(Usd, Usd) -> Usd) -> Parts {
        let both = |a: Option<Usd>, b: Option<Usd>| Some(apply(a?, b?));
        Parts {
            total: both(self.total, other.total),
            bills: both(self.bills, other.bills),
            long_term: both(self.long_term, other.long_term),
        }
    }
}

/// A change of holdings taken apart.
///
/// change = net purchases + valuation + unexplained, in dollars; the source of the terms is TIC table 3. Unexplained is what
/// is left: reclassifications, custodians that begin or cease to report, and errors.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Split {
    /// Change of holdings.
    pub change: Usd,
    /// Bought less sold.
    pub net_purchases: Usd,
    /// Change in value of what was held.
    pub valuation: Usd,
}

impl Split {
    /// What purchases and valuation do not explain: change - net purchases - valuation.
    #[must_use]
    pub fn unexplained(self) -> Usd {
        self.change - self.net_purchases - self.valuation
    }
}
