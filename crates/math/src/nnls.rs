//! Least squares with coefficients that may not be negative.
//!
//! Lawson and Hanson ("Solving Least Squares Problems", 1974, chapter 23): keep a set of positive coefficients, add the
//! one whose gradient promises most, solve for the set, and step back to the edge when a coefficient would turn
//! negative. It ends at the unique minimum of |A x - b| over x >= 0 when the columns of A are independent, with the
//! Kuhn-Tucker conditions met: A'(b - A x) <= 0 where x = 0, = 0 where x > 0.

use crate::MathError;
use crate::dense::{norm, solve_columns};
use crate::error::finite;

/// The x >= 0 that minimizes |A x - b|, for A row by row with `columns` columns and b one number per row.
///
/// Gradients are compared with 1e-12 |column| |b|: smaller ones are rounding.
pub fn nnls(a: &[f64], columns: usize, b: &[f64]) -> Result<Vec<f64>, MathError> {
    let rows = b.len();
    let expected = rows.saturating_mul(columns);
    if a.len() != expected {
        return Err(MathError::LengthMismatch {
            place: "matrix of nnls (rows x columns)",
            expected,
            got: a.len(),
        });
    }
    for value in a {
        finite("matrix of nnls", *value)?;
    }
    for value in b {
        finite("right-hand side of nnls", *value)?;
    }
    let column = |j: usize| (0..rows).map(move |row| a[row * columns + j]);
    let right_size = norm(b);
    let tolerances: Vec<f64> = (0..columns)
        .map(|j| 1e-12 * norm(&column(j).collect::<Vec<_>>()) * right_size)
        .collect();

    let mut x = vec![0.0; columns];
    let mut positive = vec![false; columns];
    // A column whose own coefficient came out negative although its gradient was positive: rounding; not tried again
    // until another column has moved.
    let mut refused = vec![false; columns];
    let limit = 10 * columns + 10;
    for _ in 0..limit {
        let residual: Vec<f64> = (0..rows)
            .map(|row| b[row] - (0..columns).fold(0.0, |sum, j| sum + a[row * columns + j] * x[j]))
            .collect();
        let mut entering: Option<(usize, f64)> = None;
        for j in (0..columns).filter(|j| !positive[*j] && !refused[*j]) {
            let gradient = column(j)
                .zip(&residual)
                .fold(0.0, |sum, (value, left)| sum + value * left);
            if gradient > tolerances[j] && entering.is_none_or(|(_, best)| gradient > best) {
                entering = Some((j, gradient));
            }
        }
        let Some((entering, _)) = entering else {
            return Ok(x);
        };
        positive[entering] = true;
        if settle(a, columns, b, &mut x, &mut positive, entering)? {
            refused.fill(false);
        } else {
            positive[entering] = false;
            refused[entering] = true;
        }
    }
    let error = (0..rows)
        .map(|row| b[row] - (0..columns).fold(0.0, |sum, j| sum + a[row * columns + j] * x[j]))
        .fold(0.0, |sum, left| sum + left * left)
        .sqrt();
    Err(MathError::NotConverged {
        method: "nonnegative least squares",
        iterations: limit,
        best: error,
        error,
    })
}

/// Solves for the positive set, dropping coefficients that would turn negative. `false` when the entering column cannot
/// take a positive coefficient (to rounding), in which case `x` is unchanged.
fn settle(
    a: &[f64],
    columns: usize,
    b: &[f64],
    x: &mut [f64],
    positive: &mut [bool],
    entering: usize,
) -> Result<bool, MathError> {
    let mut first = true;
    loop {
        let chosen: Vec<usize> = (0..columns).filter(|j| positive[*j]).collect();
        let solution = match solve_columns(a, columns, &chosen, b) {
            Ok(solution) => solution,
            // The entering column depends on the others, or there are more columns than rows: it adds nothing.
            Err(MathError::Singular { .. } | MathError::TooFew { .. }) if first => {
                return Ok(false);
            }
            Err(error) => return Err(error),
        };
        let trial = |j: usize| chosen.iter().position(|c| *c == j).map(|at| solution[at]);
        if first && trial(entering).is_none_or(|value| value <= 0.0) {
            return Ok(false);
        }
        first = false;
        // The largest step toward the solution that keeps every coefficient nonnegative.
        let mut step = 1.0_f64;
        for (at, j) in chosen.iter().enumerate() {
            if solution[at] <= 0.0 {
                step = step.min(share_to_zero(x[*j], solution[at]));
            }
        }
        if solution.iter().all(|value| *value > 0.0) {
            for (at, j) in chosen.iter().enumerate() {
                x[*j] = solution[at];
            }
            return Ok(true);
        }
        for (at, j) in chosen.iter().enumerate() {
            let leaving = solution[at] <= 0.0 && share_to_zero(x[*j], solution[at]) <= step;
            if leaving {
                x[*j] = 0.0;
                positive[*j] = false;
            } else {
                x[*j] += step * (solution[at] - x[*j]);
            }
        }
    }
}

/// How far along the way from `from` >= 0 to `to` <= 0 zero is reached, 0 to 1. Every pass drops the coefficient that
/// gets there first, so the passes end.
fn share_to_zero(from: f64, to: f64) -> f64 {
    if from > 0.0 { from / (from - to) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_cannot_be_answered_is_refused() {
        assert!(matches!(
            nnls(&[1.0, 2.0], 2, &[1.0, 2.0]),
            Err(MathError::LengthMismatch { .. })
        ));
        assert!(matches!(
            nnls(&[f64::NAN], 1, &[1.0]),
            Err(MathError::NotFinite { .. })
        ));
        assert_eq!(nnls(&[], 0, &[1.0]), Ok(vec![]));
        assert_eq!(nnls(&[], 2, &[]), Ok(vec![0.0, 0.0]));
    }

    #[test]
    fn dependent_columns_do_not_stop_it() {
        let x = nnls(&[1.0, 1.0, 2.0, 2.0, 3.0, 3.0], 2, &[1.0, 2.0, 3.0]).unwrap();
        assert!(
            (x[0] + x[1] - 1.0).abs() < 1e-14 && x.iter().all(|value| *value >= 0.0),
            "{x:?}"
        );
    }

    proptest! {
        /// Kuhn-Tucker: no coefficient negative, no column promises a gain, used columns are exhausted. The bound 1e-9
        /// |column| |b| is a thousand times the solver's own threshold, to leave room for ill-conditioned columns.
        #[test]
        fn the_minimum_conditions_hold(
            a in prop::collection::vec(-1.0..1.0, 32),
            b in prop::collection::vec(-1.0..1.0, 8),
            columns in prop::sample::select(vec![1_usize, 2, 4]),
        ) {
            let a = &a[..8 * columns];
            let x = nnls(a, columns, &b).unwrap();
            for j in 0..columns {
                prop_assert!(x[j] >= 0.0);
                let (mut gradient, mut size) = (0.0, 0.0);
                for row in 0..8 {
                    let left = b[row] - (0..columns).map(|k| a[row * columns + k] * x[k]).sum::<f64>();
                    gradient += a[row * columns + j] * left;
                    size += a[row * columns + j].powi(2);
                }
                let bound = 1e-9 * size.sqrt() * norm(&b);
                prop_assert!(gradient <= bound);
                prop_assert!(x[j] == 0.0 || gradient >= -bound);
            }
        }

        /// More columns than rows: still an answer, never negative, no worse than zero.
        #[test]
        fn wide_problems_end(a in prop::collection::vec(-1.0..1.0, 24), b in prop::collection::vec(-1.0..1.0, 3)) {
            let x = nnls(&a, 8, &b).unwrap();
            let left: Vec<f64> =
                (0..3).map(|row| b[row] - (0..8).map(|k| a[row * 8 + k] * x[k]).sum::<f64>()).collect();
            prop_assert!(x.iter().all(|value| *value >= 0.0) && norm(&left) <= norm(&b) * (1.0 + 1e-12));
        }
    }
}
