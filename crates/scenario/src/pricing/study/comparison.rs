//! Two curves beside each other: changes by tenor, and the spreads people quote.
//!
//! A change is the second curve less the first, in bp. Spreads are differences of par yields: 3m10y, 2s10s, 5s30s; the butterfly 2s5s10s is
//! twice the five-year less the two- and the ten-year yield.

use brandish_units::{Bp, ParYield, Tenor};

use super::{CurvePoint, NamedCurve, PointGrid, curve_points};
use crate::ScenarioError;

/// One maturity on both curves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PointChange {
    /// On the first.
    pub from: CurvePoint,
    /// On the second.
    pub to: CurvePoint,
    /// Change of the par yield.
    pub par: Bp,
    /// Change of the zero rate.
    pub zero: Bp,
}

/// A quoted spread on both curves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// `2s10s` and the like.
    pub name: &'static str,
    /// On the first.
    pub from: Bp,
    /// On the second.
    pub to: Bp,
}

/// Two curves beside each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Name of the first.
    pub from: String,
    /// Name of the second.
    pub to: String,
    /// By maturity.
    pub points: Vec<PointChange>,
    /// Quoted spreads.
    pub spreads: Vec<Spread>,
}

/// Sets two curves beside each other.
///
/// # Errors
/// A curve without a par yield at one of the maturities.
pub fn compare(
    from: &NamedCurve,
    to: &NamedCurve,
    grid: PointGrid,
) -> Result<Comparison, ScenarioError> {
    let points = curve_points(from, grid)?
        .into_iter()
        .zip(curve_points(to, grid)?)
        .map(|(from, to)| PointChange {
            par: to.par - from.par,
            zero: to.zero - from.zero,
            from,
            to,
        })
        .collect();
    Ok(Comparison {
        from: from.name.clone(),
        to: to.name.clone(),
        points,
        spreads: spreads(from)?
            .into_iter()
            .zip(spreads(to)?)
            .map(|((name, from), (_, to))| Spread { name, from, to })
            .collect(),
    })
}

fn spreads(named: &NamedCurve) -> Result<[(&'static str, Bp); 4], ScenarioError> {
    let at = |tenor: Tenor| -> Result<ParYield, ScenarioError> {
        Ok(named.curve.par_yield(tenor.years())?)
    };
    let (m3, y2, y5) = (at(Tenor::M3)?, at(Tenor::Y2)?, at(Tenor::Y5)?);
    let (y10, y30) = (at(Tenor::Y10)?, at(Tenor::Y30)?);
    Ok([
        ("3m10y", y10 - m3),
        ("2s10s", y10 - y2),
        ("5s30s", y30 - y5),
        ("2s5s10s", (y5 - y2) - (y10 - y5)),
    ])
}
