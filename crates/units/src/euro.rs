//! Euro amounts and the euro-dollar rate.
//!
//! Holders whose accounts are in euro: what is earned in dollars is read in euro. The rate is quoted as the market does,
//! dollars per euro: a higher number is a weaker dollar.

use std::fmt;

use crate::Usd;

/// An amount of euro.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Eur(f64);

/// Dollars per euro (EURUSD).
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct UsdPerEur(f64);

impl Eur {
    /// From billions of euro.
    pub const fn from_bn(bn: f64) -> Self {
        Eur(bn * 1e9)
    }

    /// In billions of euro.
    pub const fn bn(self) -> f64 {
        self.0 / 1e9
    }

    /// The same money in dollars.
    pub const fn to_usd(self, rate: UsdPerEur) -> Usd {
        Usd::from_dollars(self.0 * rate.0)
    }
}

impl UsdPerEur {
    /// From dollars per euro: 1.13.
    pub const fn from_usd_per_eur(rate: f64) -> Self {
        UsdPerEur(rate)
    }

    /// Dollars per euro.
    pub const fn usd_per_eur(self) -> f64 {
        self.0
    }

    /// The same money in euro.
    pub const fn to_eur(self, dollars: Usd) -> Eur {
        Eur(dollars.dollars() / self.0)
    }
}

impl fmt::Display for Eur {
    /// `EUR 12.3bn`; one decimal unless the format asks for another precision.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EUR {:.*}bn", f.precision().unwrap_or(1), self.bn())
    }
}

impl fmt::Display for UsdPerEur {
    /// `1.1325`; four decimals unless the format asks for another precision.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.*}", f.precision().unwrap_or(4), self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dollars_to_euro_and_back() {
        let rate = UsdPerEur::from_usd_per_eur(1.25);
        let euro = rate.to_eur(Usd::from_bn(10.0));
        // 10 / 1.25 by hand; exact in binary
        assert_eq!(euro.bn(), 8.0);
        assert_eq!(euro.to_usd(rate).bn(), 10.0);
        assert_eq!(format!("{euro} at {rate}"), "EUR 8.0bn at 1.2500");
    }
}
