//! Dollar amounts, one type per meaning.
//!
//! A par amount, a market value, a sensitivity in dollars and a sensitivity expressed in ten-year notes all count
//! dollars, and adding one to another is always a mistake. They share one body, [`Amount`], whose parameter is the
//! meaning; the aliases ([`Usd`], [`FaceUsd`], [`Dv01`], [`TenYearEquivalents`]) are the names to use. Inside, an
//! amount is plain dollars; mn = 1e6, bn = 1e9.

use std::fmt;
use std::iter::Sum;
use std::marker::PhantomData;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

use crate::{Bp, DirtyPrice, JpyPerUsd, yen::Jpy};

mod sealed {
    pub trait Sealed {}
}

/// What an amount of dollars stands for. Closed: the meanings are the ones in [`meaning`].
pub trait AmountMeaning: sealed::Sealed {
    /// The name shown by `Debug`.
    const NAME: &'static str;
}

/// The meanings an [`Amount`] can have. These types have no values; they only tell amounts apart.
pub mod meaning {
    use super::{AmountMeaning, sealed::Sealed};

    /// Market value or cash.
    #[derive(Clone, Copy, Debug)]
    pub enum MarketValue {}
    /// Par amount.
    #[derive(Clone, Copy, Debug)]
    pub enum Face {}
    /// Dollars lost per basis point.
    #[derive(Clone, Copy, Debug)]
    pub enum PerBp {}
    /// Face of ten-year notes with the same sensitivity.
    #[derive(Clone, Copy, Debug)]
    pub enum TenYear {}

    impl Sealed for MarketValue {}
    impl Sealed for Face {}
    impl Sealed for PerBp {}
    impl Sealed for TenYear {}

    impl AmountMeaning for MarketValue {
        const NAME: &'static str = "Usd";
    }
    impl AmountMeaning for Face {
        const NAME: &'static str = "FaceUsd";
    }
    impl AmountMeaning for PerBp {
        const NAME: &'static str = "Dv01";
    }
    impl AmountMeaning for TenYear {
        const NAME: &'static str = "TenYearEquivalents";
    }
}

/// Market value or cash, in dollars.
pub type Usd = Amount<meaning::MarketValue>;
/// Par amount, in dollars.
pub type FaceUsd = Amount<meaning::Face>;
/// Dollars lost when yields rise by one basis point; positive when long.
pub type Dv01 = Amount<meaning::PerBp>;
/// Par amount of the current ten-year note with the same [`Dv01`].
pub type TenYearEquivalents = Amount<meaning::TenYear>;

/// An amount of dollars with one meaning; use it through the aliases.
pub struct Amount<M> {
    dollars: f64,
    meaning: PhantomData<M>,
}

impl<M> Amount<M> {
    /// Nothing.
    pub const ZERO: Self = Self::from_dollars(0.0);

    /// From dollars.
    pub const fn from_dollars(dollars: f64) -> Self {
        Amount {
            dollars,
            meaning: PhantomData,
        }
    }

    /// From millions of dollars.
    pub const fn from_mn(mn: f64) -> Self {
        Self::from_dollars(mn * 1e6)
    }

    /// From billions of dollars.
    pub const fn from_bn(bn: f64) -> Self {
        Self::from_dollars(bn * 1e9)
    }

    /// In dollars.
    pub const fn dollars(self) -> f64 {
        self.dollars
    }

    /// In millions of dollars.
    pub const fn mn(self) -> f64 {
        self.dollars / 1e6
    }

    /// In billions of dollars.
    pub const fn bn(self) -> f64 {
        self.dollars / 1e9
    }

    /// The amount without its sign.
    pub const fn abs(self) -> Self {
        Self::from_dollars(self.dollars.abs())
    }
}

impl FaceUsd {
    /// What this par amount costs at a price per 100: face x price / 100.
    pub const fn market_value(self, price: DirtyPrice) -> Usd {
        Usd::from_dollars(self.dollars * price.per_100() / 100.0)
    }
}

impl Usd {
    /// The par amount this money buys at a price per 100: value x 100 / price.
    pub const fn face_at(self, price: DirtyPrice) -> FaceUsd {
        FaceUsd::from_dollars(self.dollars * 100.0 / price.per_100())
    }

    /// The same money in yen.
    pub const fn to_jpy(self, rate: JpyPerUsd) -> Jpy {
        Jpy::from_yen(self.dollars * rate.jpy_per_usd())
    }
}

impl Dv01 {
    /// First-order loss when yields move by `change`: DV01 x change in bp; a gain is negative.
    pub const fn loss(self, change: Bp) -> Usd {
        Usd::from_dollars(self.dollars * change.bp())
    }
}

// Written out because `derive` would ask the meaning, which has no values, for the same traits.
impl<M> Clone for Amount<M> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M> Copy for Amount<M> {}

impl<M> PartialEq for Amount<M> {
    fn eq(&self, other: &Self) -> bool {
        self.dollars == other.dollars
    }
}

impl<M> PartialOrd for Amount<M> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        self.dollars.partial_cmp(&other.dollars)
    }
}

impl<M: AmountMeaning> fmt::Debug for Amount<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}({})", M::NAME, self.dollars)
    }
}

impl<M> fmt::Display for Amount<M> {
    /// `$12.3bn`, `$4.5mn` or `$678`, by size; one decimal for bn and mn unless the format asks for another precision.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.dollars < 0.0 { "-" } else { "" };
        let size = self.dollars.abs();
        if size >= 1e9 {
            write!(f, "{sign}${:.*}bn", f.precision().unwrap_or(1), size / 1e9)
        } else if size >= 1e6 {
            write!(f, "{sign}${:.*}mn", f.precision().unwrap_or(1), size / 1e6)
        } else {
            write!(f, "{sign}${:.*}", f.precision().unwrap_or(0), size)
        }
    }
}

impl<M> Add for Amount<M> {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self::from_dollars(self.dollars + other.dollars)
    }
}

impl<M> AddAssign for Amount<M> {
    fn add_assign(&mut self, other: Self) {
        self.dollars += other.dollars;
    }
}

impl<M> Sub for Amount<M> {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self::from_dollars(self.dollars - other.dollars)
    }
}

impl<M> SubAssign for Amount<M> {
    fn sub_assign(&mut self, other: Self) {
        self.dollars -= other.dollars;
    }
}

impl<M> Neg for Amount<M> {
    type Output = Self;
    fn neg(self) -> Self {
        Self::from_dollars(-self.dollars)
    }
}

impl<M> Mul<f64> for Amount<M> {
    type Output = Self;
    fn mul(self, factor: f64) -> Self {
        Self::from_dollars(self.dollars * factor)
    }
}

impl<M> Div<f64> for Amount<M> {
    type Output = Self;
    fn div(self, divisor: f64) -> Self {
        Self::from_dollars(self.dollars / divisor)
    }
}

/// The ratio of two amounts of the same meaning.
impl<M> Div for Amount<M> {
    type Output = f64;
    fn div(self, other: Self) -> f64 {
        self.dollars / other.dollars
    }
}

/// Summed in the order given.
impl<M> Sum for Amount<M> {
    fn sum<I: Iterator<Item = Self>>(items: I) -> Self {
        Self::from_dollars(items.fold(0.0, |total, item| total + item.dollars))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_convert_add_and_print() {
        let total: Usd = [
            Usd::from_bn(1.0),
            Usd::from_mn(500.0),
            Usd::from_dollars(-2.0),
        ]
        .into_iter()
        .sum();
        assert_eq!(total.dollars(), 1_499_999_998.0);
        assert_eq!(Usd::from_bn(-12.34).to_string(), "-$12.3bn");
        assert_eq!(FaceUsd::from_mn(4.5).to_string(), "$4.5mn");
        assert_eq!(Usd::from_dollars(678.0).to_string(), "$678");
        assert_eq!(
            format!("{:?}", TenYearEquivalents::from_dollars(5.0)),
            "TenYearEquivalents(5)"
        );
        assert_eq!(Usd::from_bn(3.0) / Usd::from_bn(2.0), 1.5);
    }

    #[test]
    fn face_costs_its_price() {
        let price = DirtyPrice::from_per_100(98.0);
        let value = FaceUsd::from_bn(2.0).market_value(price);
        assert_eq!(value, Usd::from_bn(1.96));
        assert_eq!(value.face_at(price), FaceUsd::from_bn(2.0));
    }

    #[test]
    fn a_long_position_loses_when_yields_rise() {
        assert_eq!(Dv01::from_mn(1.5).loss(Bp(10.0)), Usd::from_mn(15.0));
    }

    #[test]
    fn dollars_become_yen_and_back() {
        let rate = JpyPerUsd::from_jpy_per_usd(150.0);
        assert_eq!(Usd::from_bn(2.0).to_jpy(rate), Jpy::from_bn(300.0));
        assert_eq!(Jpy::from_bn(300.0).to_usd(rate), Usd::from_bn(2.0));
        assert_eq!(rate.plus_percent(2.0).jpy_per_usd(), 153.0);
        assert_eq!(Jpy::from_bn(12.34).to_string(), "JPY 12.3bn");
    }
}
