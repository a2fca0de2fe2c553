//! Points of a curve: what each maturity yields in every measure.
//!
//! Par yields are bond-equivalent (simple interest up to half a year), zero rates continuous and bond-equivalent
//! (2 (e^(z/2) - 1)), forwards instantaneous and continuous, discount factors from the curve's day. Read off the curve, so a par yield
//! that the curve was built from comes back within 1e-8 bp.

use brandish_units::{BondYield, ForwardRate, ParYield, Tenor, Years, ZeroRate};

use super::NamedCurve;
use crate::ScenarioError;

/// Which maturities.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PointGrid {
    /// The published tenors, 1M to 30Y.
    Tenors,
    /// Every half-year up to thirty years.
    HalfYears,
}

/// One maturity of a curve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CurvePoint {
    /// The tenor, where the maturity is one.
    pub tenor: Option<Tenor>,
    /// Maturity.
    pub years: Years,
    /// Par yield, bond-equivalent.
    pub par: ParYield,
    /// Zero rate, continuous.
    pub zero: ZeroRate,
    /// Zero rate, semiannual bond-equivalent.
    pub zero_bond_equivalent: BondYield,
    /// Instantaneous forward rate, continuous.
    pub forward: ForwardRate,
    /// Price of a dollar at that maturity.
    pub discount_factor: f64,
    /// Outside the maturities the curve rests on.
    pub extrapolated: bool,
}

/// The points of a curve.
///
/// # Errors
/// A curve without a par yield at one of the maturities.
pub fn curve_points(named: &NamedCurve, grid: PointGrid) -> Result<Vec<CurvePoint>, ScenarioError> {
    let maturities: Vec<(Option<Tenor>, Years)> = match grid {
        PointGrid::Tenors => Tenor::ALL
            .into_iter()
            .map(|tenor| (Some(tenor), tenor.years()))
            .collect(),
        PointGrid::HalfYears => (1..=60)
            .map(|half| Years(f64::from(half) / 2.0))
            .map(|years| {
                let tenor = Tenor::ALL.into_iter().find(|t| t.years() == years);
                (tenor, years)
            })
            .collect(),
    };
    let (shortest, longest) = named.range;
    maturities
        .into_iter()
        .map(|(tenor, years)| {
            let curve = &named.curve;
            let zero = curve.zero_rate(years);
            Ok(CurvePoint {
                tenor,
                years,
                par: curve.par_yield(years)?,
                zero,
                zero_bond_equivalent: BondYield::from_decimal(
                    2.0 * (zero.decimal() / 2.0).exp_m1(),
                ),
                forward: curve.instantaneous_forward(years),
                discount_factor: curve.discount_factor(years).factor(),
                extrapolated: years < shortest || years > longest,
            })
        })
        .collect()
}
