//! What a security still pays, per 100 of face.
//!
//! Dates are contractual payment dates (see [`crate::schedule`]). For TIPS the amounts are real: dollars of the dated
//! date, to be multiplied by the index ratio of the payment date.

use brandish_units::Date;

/// An amount paid per 100 of face.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct AmountPer100(f64);

impl AmountPer100 {
    /// From dollars per 100 of face.
    pub const fn from_per_100(per_100: f64) -> Self {
        AmountPer100(per_100)
    }

    /// Dollars per 100 of face.
    pub const fn per_100(self) -> f64 {
        self.0
    }
}

/// A payment: when and how much per 100 of face.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CashFlow {
    /// Contractual payment date.
    pub date: Date,
    /// Amount per 100 of face.
    pub amount: AmountPer100,
}
