//! From par yields to zero rates: Newton's method on all nodes at once.
//!
//! Monotone convex interpolation lets every coupon date depend on nodes to its right, so the points cannot be solved one by one.
//! Unknowns are the continuous zero rates z_j at the par maturities; equations par_i(z) = y_i. The matrix d par / d z comes
//! from central differences (step 1e-5, error far below what Newton needs) and is also what turns par shifts into zero shifts.
//! Steps that do not reduce the error are halved: the interpolation has kinks.

use brandish_math::exp_slice;
use brandish_math::matrix::{Lu, Matrix, identity};
use brandish_units::Date;

use crate::CurveError;
use crate::monotone_convex::{MonotoneConvex, Placed};
use crate::par::ParFormula;

/// Most par points a curve may have (Treasury publishes fourteen).
pub(crate) const MOST_POINTS: usize = 32;
const STEPS: u32 = 60;
/// Par yields are met to this, decimal: 1e-10 bp.
const TOLERANCE: f64 = 1e-14;
const DIFFERENCE: f64 = 1e-5;

/// Par yields as functions of the nodes: formulas and the shared coupon times.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ParSystem {
    formulas: Vec<ParFormula>,
    /// Intervals of the shared coupon times on a curve with the maturities as nodes.
    placed: Placed,
    /// For each formula the places of its coupon times among the shared ones.
    places: Vec<Vec<usize>>,
    /// The formula with the most coupons.
    longest: usize,
    /// For each formula whether its coupon times are the first ones of the longest.
    on_longest: Vec<bool>,
}

impl ParSystem {
    pub fn new(maturities: &[f64]) -> ParSystem {
        let formulas: Vec<ParFormula> = maturities.iter().map(|t| ParFormula::new(*t)).collect();
        let mut times: Vec<f64> = formulas
            .iter()
            .flat_map(|f| f.times().collect::<Vec<_>>())
            .collect();
        times.sort_by(f64::total_cmp);
        times.dedup();
        let places = formulas
            .iter()
            .map(|formula| {
                formula
                    .times()
                    .map(|t| times.partition_point(|other| *other < t))
                    .collect()
            })
            .collect();
        let places: Vec<Vec<usize>> = places;
        let longest = (0..places.len())
            .max_by_key(|i| places[*i].len())
            .unwrap_or(0);
        let on_longest = places
            .iter()
            .map(|own| places.get(longest).is_some_and(|all| all.starts_with(own)))
            .collect();
        let nodes = MonotoneConvex::new(maturities, &vec![0.0; maturities.len()]);
        ParSystem {
            placed: nodes.place(&times),
            formulas,
            places,
            longest,
            on_longest,
        }
    }

    /// Par yields of a curve whose nodes are the maturities, decimal.
    pub fn par_yields(&self, curve: &MonotoneConvex) -> Vec<f64> {
        let mut discounts = Vec::new();
        curve.integrals_into(&self.placed, &mut discounts);
        for value in &mut discounts {
            *value = -*value;
        }
        exp_slice(&mut discounts);
        // Sums of the first coupons of the longest formula serve all that begin like it.
        let mut sum = 0.0;
        let running: Vec<f64> = self
            .places
            .get(self.longest)
            .map_or(&[][..], Vec::as_slice)
            .iter()
            .map(|place| {
                sum += discounts[*place];
                sum
            })
            .collect();
        self.formulas
            .iter()
            .zip(&self.places)
            .zip(&self.on_longest)
            .map(|((formula, places), on_longest)| {
                let sum = match places.len().checked_sub(1) {
                    Some(last) if *on_longest => running[last],
                    _ => places
                        .iter()
                        .fold(0.0, |sum, place| sum + discounts[*place]),
                };
                let last = places.last().map_or(1.0, |place| discounts[*place]);
                formula.par_yield(last, sum)
            })
            .collect()
    }

    /// d par_i / d z_j by central differences, in the upper left corner of an identity matrix.
    pub fn sensitivity(&self, times: &[f64], zeros: &[f64]) -> Matrix<MOST_POINTS> {
        let mut matrix = identity::<MOST_POINTS>();
        let mut moved = zeros.to_vec();
        let mut curve = MonotoneConvex::new(times, zeros);
        for j in 0..zeros.len() {
            let mut at = |shift: f64| {
                moved[j] = zeros[j] + shift;
                curve.set_zeros(&moved);
                self.par_yields(&curve)
            };
            let (up, down) = (at(DIFFERENCE), at(-DIFFERENCE));
            moved[j] = zeros[j];
            for (i, (high, low)) in up.iter().zip(&down).enumerate() {
                matrix[i][j] = (high - low) / (2.0 * DIFFERENCE);
            }
        }
        matrix
    }
}

/// Zero rates at the par maturities that reprice the par yields. The caller has checked order and finiteness.
pub(crate) fn zeros_from_par(
    as_of: Date,
    times: &[f64],
    par: &[f64],
) -> Result<MonotoneConvex, CurveError> {
    if times.len() > MOST_POINTS {
        return Err(CurveError::TooManyPoints {
            as_of,
            count: times.len(),
            most: MOST_POINTS,
        });
    }
    let system = ParSystem::new(times);
    // A continuous rate of the same size as the bond-equivalent one is a good start.
    let mut zeros: Vec<f64> = times
        .iter()
        .zip(par)
        .map(|(t, y)| {
            let growth = if *t <= 0.5 {
                1.0 + y * t
            } else {
                1.0 + y / 2.0
            };
            growth.max(1e-3).ln() / t.min(0.5)
        })
        .collect();
    let mut curve = MonotoneConvex::new(times, &zeros);
    let residual = |curve: &MonotoneConvex| -> Vec<f64> {
        let computed = system.par_yields(curve);
        computed.iter().zip(par).map(|(a, b)| a - b).collect()
    };
    let mut error = residual(&curve);
    let mut size = largest(&error);
    for iterations in 0..STEPS {
        if size <= TOLERANCE {
            return Ok(curve);
        }
        let Ok(factors) = Lu::of(&system.sensitivity(times, &zeros)) else {
            return Err(not_repriced(as_of, times, &error, iterations));
        };
        let mut right = [0.0; MOST_POINTS];
        right[..error.len()].copy_from_slice(&error);
        let step = factors.solve(&right);
        let mut length = 1.0;
        loop {
            let trial: Vec<f64> = zeros
                .iter()
                .zip(&step)
                .map(|(zero, change)| zero - length * change)
                .collect();
            curve.set_zeros(&trial);
            let trial_error = residual(&curve);
            let trial_size = largest(&trial_error);
            if trial_size < size {
                (zeros, error, size) = (trial, trial_error, trial_size);
                break;
            }
            length /= 2.0;
            if length < 1e-4 {
                // Rounding stops progress only far below what par yields are quoted to.
                curve.set_zeros(&zeros);
                return if size < 1e-12 {
                    Ok(curve)
                } else {
                    Err(not_repriced(as_of, times, &error, iterations))
                };
            }
        }
    }
    if size < 1e-12 {
        return Ok(curve);
    }
    Err(not_repriced(as_of, times, &error, STEPS))
}

fn not_repriced(as_of: Date, times: &[f64], error: &[f64], iterations: u32) -> CurveError {
    let mut worst = (0.0, 0.0_f64);
    for (t, e) in times.iter().zip(error) {
        if e.abs() >= worst.1.abs() || !e.is_finite() {
            worst = (*t, *e);
        }
    }
    CurveError::Bootstrap {
        as_of,
        years: worst.0,
        residual_bp: worst.1 * 1e4,
        iterations,
    }
}

/// Largest absolute value; NaN counts as infinite.
fn largest(values: &[f64]) -> f64 {
    values.iter().fold(0.0, |worst, value| {
        if value.is_nan() {
            f64::INFINITY
        } else {
            worst.max(value.abs())
        }
    })
}
