//! US Treasury securities: bills, notes, bonds, TIPS and FRNs, and how the Treasury and the market price them.
//!
//! Two conventions exist and never mix. *Auction* functions follow 31 CFR Part 356 Appendix B to the last published
//! digit: simple interest in the fractional period, accrued interest rounded to six decimals first, price rounded to
//! six decimals. *Street* functions are the secondary market's: the fractional period is compounded, simple interest
//! only in the last coupon period, nothing is rounded. Names say which one they are; there is no default.
//!
//! A file per security: [`bill`], [`nominal`] (notes and bonds), [`tips`], [`frn`]; [`Security`] is any of them.
//! Beneath them: [`schedule`] (payment dates from maturity backwards), [`stream`] (semiannual coupons with regular,
//! short and long first periods), [`reference_cpi`], [`frn_index`], [`settlement`], [`risk`], [`digits`], [`TreasuryError`].
//!
//! Terms as written (`...Terms`) become a checked security by `new`; every later function may rely on the checks.
//! Invariants: no function panics; price -> yield -> price returns to the price within 1e-9 per 100 over the whole
//! legal domain; every auction lot in `goldens/published` reproduces to six decimals unless listed as a known miss.
//! The crate knows no curve, no data file and no clock.

pub mod bill;
pub mod cash_flow;
pub mod digits;
pub mod error;
pub mod frn;
pub mod frn_index;
pub mod nominal;
pub mod reference_cpi;
pub mod risk;
pub mod schedule;
pub mod security;
pub mod settlement;
pub mod stream;
pub mod tips;

mod compounding;
#[cfg(test)]
mod properties;
mod rounding;

pub use bill::{Bill, BillTerms};
pub use cash_flow::{AmountPer100, CashFlow};
pub use error::TreasuryError;
pub use frn::{Frn, FrnPrice, FrnTerms};
pub use frn_index::{BillAuction, FrnIndexHistory, FrnIndexRate};
pub use nominal::{AuctionPrice, NominalAtSettlement, NominalCoupon};
pub use reference_cpi::{ConsumerPriceIndex, ConsumerPriceIndexTable, ReferenceCpi};
pub use risk::{Convexity, YieldRisk};
pub use security::{Security, SecurityKind};
pub use settlement::regular_settlement;
pub use stream::{CouponStream, CouponTerms};
pub use tips::{Tips, TipsAuctionPrice, TipsTerms};
