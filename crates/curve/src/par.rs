//! Par yields of a curve, and the coupon times they need.
//!
//! Treasury's par yields are bond-equivalent. Up to half a year (bill tenors): simple interest, 1 = D(T)(1 + y T). Beyond: the
//! semiannual coupon at which a security of maturity T is worth 100 clean: coupons at T, T - 1/2, ...; with t1 the first of
//! them, accrued fraction a = 1 - 2 t1, y/2 = (1 - D(T)) / (sum of D(t_k) - a). At half-year maturities a is zero.

/// Times and weights that turn discount factors into one par yield.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ParFormula {
    maturity: f64,
    coupons: usize,
    first: f64,
    accrued: f64,
}

/// The longest maturity with simple interest.
const HALF_YEAR: f64 = 0.5;
/// Maturities this close to a multiple of half a year are one (a tenor in twelfths carries rounding).
const CLOSE: f64 = 1e-9;

impl ParFormula {
    /// For a positive maturity in years.
    pub fn new(maturity: f64) -> ParFormula {
        let periods = maturity / HALF_YEAR;
        let coupons = (periods - CLOSE).ceil().max(1.0);
        let first = maturity - (coupons - 1.0) * HALF_YEAR;
        let accrued = 1.0 - 2.0 * first;
        ParFormula {
            maturity,
            coupons: coupons as usize,
            first,
            accrued: if accrued.abs() < 10.0 * CLOSE {
                0.0
            } else {
                accrued
            },
        }
    }

    /// Coupon times in order; the last is maturity.
    pub fn times(&self) -> impl Iterator<Item = f64> + '_ {
        (0..self.coupons).map(|k| {
            if k + 1 == self.coupons {
                self.maturity
            } else {
                self.first + k as f64 * HALF_YEAR
            }
        })
    }

    /// Par yield, decimal, from the discount factor at maturity and the sum of all coupon dates' factors.
    pub fn par_yield(&self, at_maturity: f64, sum: f64) -> f64 {
        if self.coupons == 1 {
            (1.0 - at_maturity) / (at_maturity * self.maturity)
        } else {
            2.0 * (1.0 - at_maturity) / (sum - self.accrued)
        }
    }

    /// Par yield, decimal, from a discount function.
    pub fn par_yield_from(&self, discount: impl Fn(f64) -> f64) -> f64 {
        let sum = self.times().map(&discount).sum();
        self.par_yield(discount(self.maturity), sum)
    }
}
