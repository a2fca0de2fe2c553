//! The words every other crate speaks: dates, rates, prices, dollars, identifiers.
//!
//! A rate is not a price and a par amount is not a market value, so each has its own type; the type carries the
//! unit, constructors name it (`from_percent`, `from_bn`), and only operations that mean something exist:
//! yield minus yield is [`Bp`], clean price plus accrued interest is a dirty price. There is no finance in here
//! (no discounting, no schedules) and no file format; the crate depends on nothing above it.
//!
//! Where to look: [`Date`] and the market's [`calendar`]; [`Rate`] with its aliases ([`BondYield`], [`ZeroRate`], ...);
//! [`CleanPrice`], [`Accrued`], [`DirtyPrice`]; [`Amount`] with its aliases ([`Usd`], [`FaceUsd`], [`Dv01`],
//! [`TenYearEquivalents`]); [`Jpy`], [`JpyPerUsd`], [`Eur`], [`UsdPerEur`]; [`Cusip`]; [`Tenor`] and [`Years`]; [`UnitsError`].
//!
//! Invariants: nothing panics on any input; text that does not parse is an error naming the text and the remedy;
//! printing a [`Date`], [`Cusip`] or [`Tenor`] and parsing it again gives the same value. Numeric constructors accept
//! any `f64`, including NaN: whether a number makes sense is the business of the code that read it.

pub mod amount;
pub mod calendar;
pub mod cusip;
pub mod date;
pub mod error;
pub mod euro;
pub mod price;
pub mod rate;
pub mod tenor;
pub mod yen;

pub use amount::{Amount, Dv01, FaceUsd, TenYearEquivalents, Usd};
pub use cusip::Cusip;
pub use date::{Date, Weekday};
pub use error::UnitsError;
pub use euro::{Eur, UsdPerEur};
pub use price::{Accrued, CleanPrice, DirtyPrice, IndexRatio};
pub use rate::{
    BondYield, Bp, CouponRate, DiscountMargin, DiscountRate, ForwardRate, InvestmentRate, ParYield,
    Rate, RealYield, ZeroRate,
};
pub use tenor::{Tenor, Years};
pub use yen::{Jpy, JpyPerUsd};
