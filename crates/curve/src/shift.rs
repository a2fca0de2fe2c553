//! Moving a curve by its par yields: exactly, and to first order thousands of times.
//!
//! A par shift is given at any maturities, read linearly between them and flat outside, and added to the par yields of the
//! curve's own points. The exact way builds the curve again. The fast way uses J = d z(t) / d par, computed once:
//! dz(t) = sum over j of (d z(t)/d z_j) (d z/d par)_j applied to the shift, with (d z/d par) the inverse of the
//! bootstrap's matrix. The error is of second order: measured in the tests at 100 bp.

use brandish_math::matrix::Lu;
use brandish_units::{Bp, ParYield, Years};

use crate::bootstrap::ParSystem;
use crate::monotone_convex::MonotoneConvex;
use crate::{CurveError, DiscountCurve};

/// Central difference in a node's zero rate.
const DIFFERENCE: f64 = 1e-6;

impl DiscountCurve {
    /// The curve with its par yields shifted, bootstrapped again.
    pub fn with_par_shift(&self, shift: &[(Years, Bp)]) -> Result<DiscountCurve, CurveError> {
        let (nodes, par) = self.par_nodes()?;
        let moves = shifts_at(shift, nodes.node_times(), self)?;
        let points: Vec<(Years, ParYield)> = nodes
            .node_times()
            .iter()
            .zip(par)
            .zip(&moves)
            .map(|((t, y), bp)| (Years(*t), ParYield::from_decimal(*y) + *bp))
            .collect();
        DiscountCurve::from_par_yields(self.as_of(), &points)
    }
}

/// The shift at the given times: linear between its points, flat outside them.
fn shifts_at(
    shift: &[(Years, Bp)],
    times: &[f64],
    curve: &DiscountCurve,
) -> Result<Vec<Bp>, CurveError> {
    let as_of = curve.as_of();
    if shift.is_empty() {
        return Err(CurveError::NoPoints { as_of });
    }
    let mut before = f64::NEG_INFINITY;
    for (years, bp) in shift {
        if !(years.0.is_finite() && years.0 > before) {
            return Err(CurveError::Maturity {
                as_of,
                years: years.0,
            });
        }
        if !bp.0.is_finite() {
            return Err(CurveError::ShiftNotFinite {
                years: years.0,
                bp: bp.0,
            });
        }
        before = years.0;
    }
    let xs: Vec<f64> = shift.iter().map(|(t, _)| t.0).collect();
    let ys: Vec<f64> = shift.iter().map(|(_, bp)| bp.0).collect();
    // Flat outside the points.
    let (low, high) = (xs[0], xs[xs.len() - 1]);
    times
        .iter()
        .map(|t| Ok(Bp(brandish_math::linear(&xs, &ys, t.clamp(low, high))?)))
        .collect()
}

/// First-order change of the zero rates at fixed times for a change of each par yield.
#[derive(Clone, Debug, PartialEq)]
pub struct ParShiftJacobian {
    maturities: Vec<Years>,
    times: Vec<Years>,
    /// d z(times) / d par_j, one column of all times after the other.
    columns: Vec<f64>,
}

impl ParShiftJacobian {
    /// For a curve built from par yields, at the given times.
    pub fn new(curve: &DiscountCurve, times: &[Years]) -> Result<ParShiftJacobian, CurveError> {
        let (nodes, _) = curve.par_nodes()?;
        let node_times = nodes.node_times();
        let zeros = nodes.node_zeros();
        let inverse =
            Lu::of(&ParSystem::new(node_times).sensitivity(node_times, &zeros))?.inverse();
        let (rows, points) = (times.len(), zeros.len());
        let mut by_node = vec![0.0; rows * points];
        let mut moved = zeros.clone();
        let mut shifted = MonotoneConvex::new(node_times, &zeros);
        for (j, column) in by_node.chunks_mut(rows.max(1)).enumerate() {
            for sign in [1.0, -1.0] {
                moved[j] = zeros[j] + sign * DIFFERENCE;
                shifted.set_zeros(&moved);
                for (entry, t) in column.iter_mut().zip(times) {
                    *entry += sign * zero_at(&shifted, t.0) / (2.0 * DIFFERENCE);
                }
            }
            moved[j] = zeros[j];
        }
        let mut columns = vec![0.0; rows * points];
        for (j, column) in columns.chunks_mut(rows.max(1)).enumerate() {
            for (k, source) in by_node.chunks(rows.max(1)).enumerate() {
                let weight = inverse[k][j];
                for (entry, value) in column.iter_mut().zip(source) {
                    *entry += weight * value;
                }
            }
        }
        Ok(ParShiftJacobian {
            maturities: node_times.iter().map(|t| Years(*t)).collect(),
            times: times.to_vec(),
            columns,
        })
    }

    /// Maturities of the par yields, in the order in which shifts are given.
    pub fn maturities(&self) -> &[Years] {
        &self.maturities
    }

    /// Times of the zero rates, in the order in which shifts come out.
    pub fn times(&self) -> &[Years] {
        &self.times
    }

    /// Change of each zero rate for these changes of the par yields, written into `zero_shifts`.
    pub fn zero_shifts_into(
        &self,
        par_shifts: &[Bp],
        zero_shifts: &mut [Bp],
    ) -> Result<(), CurveError> {
        count("par shifts", par_shifts.len(), self.maturities.len())?;
        count("zero shifts", zero_shifts.len(), self.times.len())?;
        zero_shifts.fill(Bp::ZERO);
        if self.times.is_empty() {
            return Ok(());
        }
        for (shift, column) in par_shifts.iter().zip(self.columns.chunks(self.times.len())) {
            for (target, weight) in zero_shifts.iter_mut().zip(column) {
                target.0 += weight * shift.0;
            }
        }
        Ok(())
    }

    /// Change of each zero rate for these changes of the par yields.
    pub fn zero_shifts(&self, par_shifts: &[Bp]) -> Result<Vec<Bp>, CurveError> {
        let mut result = vec![Bp::ZERO; self.times.len()];
        self.zero_shifts_into(par_shifts, &mut result)?;
        Ok(result)
    }

    /// d z(t) / d par_j for the time and par yield at these places: a pure number.
    pub(crate) fn weight(&self, time: usize, maturity: usize) -> f64 {
        self.columns[maturity * self.times.len() + time]
    }
}

/// An error unless the counts agree.
pub(crate) fn count(what: &'static str, given: usize, needed: usize) -> Result<(), CurveError> {
    if given == needed {
        Ok(())
    } else {
        Err(CurveError::WrongCount {
            what,
            given,
            needed,
        })
    }
}

fn zero_at(curve: &MonotoneConvex, t: f64) -> f64 {
    if t == 0.0 {
        curve.forward(0.0)
    } else {
        curve.integral(t) / t
    }
}
