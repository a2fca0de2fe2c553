//! How a price moves with its yield.
//!
//! Letters: P dirty price, y street yield. Modified duration = -(dP/dy)/P in years; convexity = (d2P/dy2)/P in years
//! squared; DV01 of a face F = F/100 x (-dP/dy) x 0.0001, dollars lost per basis point, positive when long.

use brandish_units::{DirtyPrice, Dv01, FaceUsd, Years};

/// Second-order sensitivity of a price to its yield, in years squared.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Convexity(f64);

impl Convexity {
    /// From years squared.
    pub const fn from_years_squared(years_squared: f64) -> Self {
        Convexity(years_squared)
    }

    /// In years squared.
    pub const fn years_squared(self) -> f64 {
        self.0
    }
}

/// Price and its first two sensitivities to the street yield.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct YieldRisk {
    /// Price paid, per 100.
    pub dirty: DirtyPrice,
    /// -(dP/dy)/P.
    pub modified_duration: Years,
    /// (d2P/dy2)/P.
    pub convexity: Convexity,
}

impl YieldRisk {
    /// From the price per 100 and its derivatives in the decimal yield.
    pub(crate) fn from_derivatives(price: f64, first: f64, second: f64) -> YieldRisk {
        YieldRisk {
            dirty: DirtyPrice::from_per_100(price),
            modified_duration: Years(-first / price),
            convexity: Convexity(second / price),
        }
    }

    /// Dollars that a face amount loses when the yield rises by one basis point (first order).
    pub fn dv01(&self, face: FaceUsd) -> Dv01 {
        let per_100 = self.modified_duration.years() * self.dirty.per_100() * 1e-4;
        Dv01::from_dollars(face.dollars() / 100.0 * per_100)
    }
}
