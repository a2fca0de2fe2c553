//! Rates, one type per convention, and the basis points between them.
//!
//! A semiannual bond yield and a continuous zero rate of the same size are different statements, so mixing them does
//! not compile. All rates share one body, [`Rate`], whose parameter is the convention; the aliases ([`BondYield`], ...)
//! are the names to use. Inside, a rate is a decimal (0.0425 for 4.25%). Rate minus rate of the same convention is
//! [`Bp`]; rate plus or minus [`Bp`] is a rate; 1 bp = 0.0001. Rates are never added to each other.

use std::fmt;
use std::iter::Sum;
use std::marker::PhantomData;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

/// Basis points, a difference of rates: 1 bp = 0.01 percentage points.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Bp(pub f64);

impl Bp {
    /// No difference.
    pub const ZERO: Bp = Bp(0.0);

    /// The difference in basis points.
    pub const fn bp(self) -> f64 {
        self.0
    }

    /// The difference as a decimal: 25 bp is 0.0025.
    pub const fn decimal(self) -> f64 {
        self.0 / 1e4
    }

    /// A difference of percentage points: 0.25 is 25 bp.
    pub const fn from_percent(percentage_points: f64) -> Bp {
        Bp(percentage_points * 100.0)
    }

    /// A difference of decimals: 0.0025 is 25 bp.
    pub const fn from_decimal(decimal: f64) -> Bp {
        Bp(decimal * 1e4)
    }
}

impl fmt::Display for Bp {
    /// `25.0 bp`; one decimal unless the format asks for another precision.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.*} bp", f.precision().unwrap_or(1), self.0)
    }
}

impl Add for Bp {
    type Output = Bp;
    fn add(self, other: Bp) -> Bp {
        Bp(self.0 + other.0)
    }
}

impl AddAssign for Bp {
    fn add_assign(&mut self, other: Bp) {
        self.0 += other.0;
    }
}

impl Sub for Bp {
    type Output = Bp;
    fn sub(self, other: Bp) -> Bp {
        Bp(self.0 - other.0)
    }
}

impl Neg for Bp {
    type Output = Bp;
    fn neg(self) -> Bp {
        Bp(-self.0)
    }
}

impl Mul<f64> for Bp {
    type Output = Bp;
    fn mul(self, factor: f64) -> Bp {
        Bp(self.0 * factor)
    }
}

impl Div<f64> for Bp {
    type Output = Bp;
    fn div(self, divisor: f64) -> Bp {
        Bp(self.0 / divisor)
    }
}

impl Sum for Bp {
    fn sum<I: Iterator<Item = Bp>>(items: I) -> Bp {
        Bp(items.map(|item| item.0).sum())
    }
}

mod sealed {
    pub trait Sealed {}
}

/// A rate convention. Closed: the conventions are the ones in [`convention`].
pub trait RateConvention: sealed::Sealed {
    /// The name shown by `Debug`.
    const NAME: &'static str;
}

/// The conventions a [`Rate`] can have. These types have no values; they only tell rates apart.
pub mod convention {
    use super::{RateConvention, sealed::Sealed};

    /// Yield to maturity of a note or bond, semiannual compounding.
    #[derive(Clone, Copy, Debug)]
    pub enum Bond {}
    /// Real yield to maturity of a TIPS, semiannual compounding.
    #[derive(Clone, Copy, Debug)]
    pub enum Real {}
    /// Par yield of a constant-maturity point, semiannual bond-equivalent.
    #[derive(Clone, Copy, Debug)]
    pub enum Par {}
    /// Zero-coupon rate, continuous compounding.
    #[derive(Clone, Copy, Debug)]
    pub enum Zero {}
    /// Forward rate, continuous compounding.
    #[derive(Clone, Copy, Debug)]
    pub enum Forward {}
    /// Annual coupon rate.
    #[derive(Clone, Copy, Debug)]
    pub enum Coupon {}
    /// Bank discount rate, actual/360 on face.
    #[derive(Clone, Copy, Debug)]
    pub enum Discount {}
    /// Coupon-equivalent rate of a bill.
    #[derive(Clone, Copy, Debug)]
    pub enum Investment {}
    /// Discount margin of an FRN.
    #[derive(Clone, Copy, Debug)]
    pub enum Margin {}

    impl Sealed for Bond {}
    impl Sealed for Real {}
    impl Sealed for Par {}
    impl Sealed for Zero {}
    impl Sealed for Forward {}
    impl Sealed for Coupon {}
    impl Sealed for Discount {}
    impl Sealed for Investment {}
    impl Sealed for Margin {}

    impl RateConvention for Bond {
        const NAME: &'static str = "BondYield";
    }
    impl RateConvention for Real {
        const NAME: &'static str = "RealYield";
    }
    impl RateConvention for Par {
        const NAME: &'static str = "ParYield";
    }
    impl RateConvention for Zero {
        const NAME: &'static str = "ZeroRate";
    }
    impl RateConvention for Forward {
        const NAME: &'static str = "ForwardRate";
    }
    impl RateConvention for Coupon {
        const NAME: &'static str = "CouponRate";
    }
    impl RateConvention for Discount {
        const NAME: &'static str = "DiscountRate";
    }
    impl RateConvention for Investment {
        const NAME: &'static str = "InvestmentRate";
    }
    impl RateConvention for Margin {
        const NAME: &'static str = "DiscountMargin";
    }
}

/// Yield to maturity of a note or bond, compounded semiannually. Street and auction yields differ by the function that
/// turns them into a price, not by type.
pub type BondYield = Rate<convention::Bond>;
/// Real yield to maturity of a TIPS, compounded semiannually.
pub type RealYield = Rate<convention::Real>;
/// Coupon at which a bond of that tenor would trade at par; semiannual bond-equivalent, as Treasury publishes it.
pub type ParYield = Rate<convention::Par>;
/// Zero-coupon rate, continuously compounded.
pub type ZeroRate = Rate<convention::Zero>;
/// Forward rate, continuously compounded.
pub type ForwardRate = Rate<convention::Forward>;
/// Annual coupon rate, paid half each six months.
pub type CouponRate = Rate<convention::Coupon>;
/// Bank discount rate of a bill: discount from face, actual/360.
pub type DiscountRate = Rate<convention::Discount>;
/// Investment rate of a bill (coupon-equivalent yield; 31 CFR 356 App. B VI.D).
pub type InvestmentRate = Rate<convention::Investment>;
/// Discount margin of a floating-rate note over its index.
pub type DiscountMargin = Rate<convention::Margin>;

/// An annual rate in one convention; use it through the aliases.
pub struct Rate<C> {
    decimal: f64,
    convention: PhantomData<C>,
}

impl<C> Rate<C> {
    /// From percent: 4.25 is 4.25%.
    pub const fn from_percent(percent: f64) -> Self {
        Self::from_decimal(percent / 100.0)
    }

    /// From a decimal: 0.0425 is 4.25%.
    pub const fn from_decimal(decimal: f64) -> Self {
        Rate {
            decimal,
            convention: PhantomData,
        }
    }

    /// From basis points: 425.0 is 4.25%.
    pub const fn from_bp(bp: f64) -> Self {
        Self::from_decimal(bp / 1e4)
    }

    /// In percent.
    pub const fn percent(self) -> f64 {
        self.decimal * 100.0
    }

    /// As a decimal.
    pub const fn decimal(self) -> f64 {
        self.decimal
    }
}

// Written out because `derive` would ask the convention, which has no values, for the same traits.
impl<C> Clone for Rate<C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C> Copy for Rate<C> {}

impl<C> PartialEq for Rate<C> {
    fn eq(&self, other: &Self) -> bool {
        self.decimal == other.decimal
    }
}

impl<C> PartialOrd for Rate<C> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        self.decimal.partial_cmp(&other.decimal)
    }
}

impl<C: RateConvention> fmt::Debug for Rate<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}({}%)", C::NAME, self.percent())
    }
}

impl<C> fmt::Display for Rate<C> {
    /// `4.250%`; three decimals unless the format asks for another precision.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.*}%", f.precision().unwrap_or(3), self.percent())
    }
}

impl<C> Sub for Rate<C> {
    type Output = Bp;
    fn sub(self, other: Self) -> Bp {
        Bp((self.decimal - other.decimal) * 1e4)
    }
}

impl<C> Add<Bp> for Rate<C> {
    type Output = Self;
    fn add(self, change: Bp) -> Self {
        Self::from_decimal(self.decimal + change.decimal())
    }
}

impl<C> Sub<Bp> for Rate<C> {
    type Output = Self;
    fn sub(self, change: Bp) -> Self {
        Self::from_decimal(self.decimal - change.decimal())
    }
}

impl<C> AddAssign<Bp> for Rate<C> {
    fn add_assign(&mut self, change: Bp) {
        *self = *self + change;
    }
}

impl<C> SubAssign<Bp> for Rate<C> {
    fn sub_assign(&mut self, change: Bp) {
        *self = *self - change;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn units_convert_and_print() {
        let par = ParYield::from_percent(4.25);
        assert_eq!(par.decimal(), 0.0425);
        assert_eq!(par.to_string(), "4.250%");
        assert_eq!(format!("{par:?}"), "ParYield(4.25%)");
        assert_eq!(Bp::from_percent(0.25), Bp(25.0));
        assert_eq!(format!("{:.0}", Bp(12.0)), "12 bp");
        assert_eq!([Bp(1.0), Bp(2.5)].into_iter().sum::<Bp>(), Bp(3.5));
    }

    proptest! {
        /// 1e-9 bp: a dozen roundings of numbers below 1 leave at most 1e-15, which is 1e-11 bp.
        #[test]
        fn adding_a_difference_and_taking_it_back(percent in -5.0..20.0, bp in -500.0..500.0) {
            let rate = BondYield::from_percent(percent);
            prop_assert!((((rate + Bp(bp)) - rate).bp() - bp).abs() < 1e-9);
            prop_assert!(((rate + Bp(bp) - Bp(bp)) - rate).bp().abs() < 1e-9);
        }
    }
}
