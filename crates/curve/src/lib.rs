//! Discount curves, and every Treasury security priced off one.
//!
//! A [`DiscountCurve`] comes from par yields (bootstrapped with monotone convex forwards, as Treasury describes its own curve
//! since December 2021), from zero rates, or from the Federal Reserve's Svensson parameters ([`SvenssonParameters`]). It answers
//! discount factors, zero, forward and par rates; [`pricing`] turns securities into prices, [`floating`] projects FRNs.
//! [`shift`] moves par yields, from nothing or, with [`ParShifter`], from a base curve thousands of times;
//! [`RepricingGrid`] reprices everything outstanding on one grid of dates, [`CurveSweep`] under millions of curves, eight at a time;
//! [`fit`] finds the curve that prices given securities best; [`key_rates`] says where the risk sits.
//!
//! Invariants: a curve from par yields reprices each within 1e-12; par -> zero -> par returns within 1e-10; forwards are positive
//! where the input allows; key-rate DV01s sum to the parallel one; sums run in a fixed order. The crate reads no data.

pub mod discount_curve;
pub mod error;
pub mod fit;
pub mod floating;
pub mod grid;
pub mod key_rates;
pub mod pricing;
pub mod shift;
pub mod svensson;
pub mod sweep;

mod bootstrap;
#[cfg(test)]
mod checks;
mod forward_spline;
mod monotone_convex;
mod par;
mod plan;
#[cfg(test)]
mod sweep_tests;

pub use discount_curve::{DiscountCurve, DiscountFactor};
pub use error::CurveError;
pub use fit::{
    BandError, FitQuotes, QuotedSecurity, SecurityResidual, SplineFit, SvenssonFit, errors_by_band,
    fit_spline, fit_svensson,
};
pub use floating::{frn_equivalent_cash_flows, frn_projected_cash_flows, projected_index_rate};
pub use grid::{GridDiscounts, RepricingGrid};
pub use key_rates::{KeyRates, ten_year_equivalents};
pub use pricing::{
    Outlook, TipsOutlook, dirty_price_from_curve, projected_cash_flows,
    security_dirty_price_from_curve, tips_projected_cash_flows,
};
pub use shift::ParShifter;
pub use svensson::SvenssonParameters;
pub use sweep::{ChunkWork, CurveBlock, CurveSweep, SweepWork, ZeroRateLanes};
