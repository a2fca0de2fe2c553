//! Yen amounts and the dollar-yen rate.
//!
//! Japan's reserves and interventions are published in yen; holdings of Treasuries in dollars. The rate is quoted as
//! the market does, yen per dollar: a higher number is a weaker yen.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Mul, Neg, Sub};

use crate::Usd;

/// An amount of yen.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Jpy(f64);

/// Yen per dollar (USDJPY).
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct JpyPerUsd(f64);

impl Jpy {
    /// Nothing.
    pub const ZERO: Jpy = Jpy(0.0);

    /// From yen.
    pub const fn from_yen(yen: f64) -> Self {
        Jpy(yen)
    }

    /// From billions of yen.
    pub const fn from_bn(bn: f64) -> Self {
        Jpy(bn * 1e9)
    }

    /// In yen.
    pub const fn yen(self) -> f64 {
        self.0
    }

    /// In billions of yen.
    pub const fn bn(self) -> f64 {
        self.0 / 1e9
    }

    /// The same money in dollars.
    pub const fn to_usd(self, rate: JpyPerUsd) -> Usd {
        Usd::from_dollars(self.0 / rate.0)
    }
}

impl JpyPerUsd {
    /// From yen per dollar: 150.0.
    pub const fn from_jpy_per_usd(rate: f64) -> Self {
        JpyPerUsd(rate)
    }

    /// Yen per dollar.
    pub const fn jpy_per_usd(self) -> f64 {
        self.0
    }

    /// The rate after a relative change in percent: +1.0 makes the dollar 1% dearer (the yen weaker).
    pub const fn plus_percent(self, percent: f64) -> Self {
        JpyPerUsd(self.0 * (1.0 + percent / 100.0))
    }

    /// The change from an earlier rate in percent of it; positive when the yen weakened.
    pub const fn percent_change_from(self, earlier: JpyPerUsd) -> f64 {
        (self.0 / earlier.0 - 1.0) * 100.0
    }
}

impl fmt::Display for Jpy {
    /// `JPY 12.3bn`; one decimal unless the format asks for another precision.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "JPY {:.*}bn", f.precision().unwrap_or(1), self.bn())
    }
}

impl fmt::Display for JpyPerUsd {
    /// `150.25`; two decimals unless the format asks for another precision.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.*}", f.precision().unwrap_or(2), self.0)
    }
}

impl Add for Jpy {
    type Output = Jpy;
    fn add(self, other: Jpy) -> Jpy {
        Jpy(self.0 + other.0)
    }
}

impl Sub for Jpy {
    type Output = Jpy;
    fn sub(self, other: Jpy) -> Jpy {
        Jpy(self.0 - other.0)
    }
}

impl Neg for Jpy {
    type Output = Jpy;
    fn neg(self) -> Jpy {
        Jpy(-self.0)
    }
}

impl Mul<f64> for Jpy {
    type Output = Jpy;
    fn mul(self, factor: f64) -> Jpy {
        Jpy(self.0 * factor)
    }
}

/// Summed in the order given.
impl Sum for Jpy {
    fn sum<I: Iterator<Item = Jpy>>(items: I) -> Jpy {
        Jpy(items.fold(0.0, |total, item| total + item.0))
    }
}
