//! Small systems whose size is known only at run time: the inside of the least-squares solvers.
//!
//! Cholesky for the damped normal equations of a nonlinear fit, which are positive definite by construction; Householder
//! reflections for linear problems, where squaring the matrix would cost half the digits.

use crate::MathError;

/// Solves the symmetric positive definite system a x = right in place of `right` by Cholesky; `a` is row by row and is
/// overwritten. The caller has checked that `a` holds n x n numbers for n = right.len().
pub(crate) fn solve_positive_definite(a: &mut [f64], right: &mut [f64]) -> Result<(), MathError> {
    let n = right.len();
    for i in 0..n {
        for j in 0..=i {
            let mut value = a[i * n + j];
            for k in 0..j {
                value -= a[i * n + k] * a[j * n + k];
            }
            if i == j {
                if !(value > 0.0 && value.is_finite()) {
                    return Err(MathError::NotPositiveDefinite {
                        row: i,
                        pivot: value,
                    });
                }
                a[i * n + i] = value.sqrt();
            } else {
                a[i * n + j] = value / a[j * n + j];
            }
        }
    }
    for i in 0..n {
        let mut value = right[i];
        for j in 0..i {
            value -= a[i * n + j] * right[j];
        }
        right[i] = value / a[i * n + i];
    }
    for i in (0..n).rev() {
        let mut value = right[i];
        for j in i + 1..n {
            value -= a[j * n + i] * right[j];
        }
        right[i] = value / a[i * n + i];
    }
    Ok(())
}

/// The least-squares solution of a x = b by Householder reflections for the chosen columns of a row-major matrix.
///
/// Works on the matrix itself, not on its normal equations, so no digits are lost by squaring. A column that depends on
/// earlier ones is [`MathError::Singular`].
pub(crate) fn solve_columns(
    a: &[f64],
    columns: usize,
    chosen: &[usize],
    b: &[f64],
) -> Result<Vec<f64>, MathError> {
    let rows = b.len();
    let width = chosen.len();
    if width > rows {
        return Err(MathError::TooFew {
            place: "rows of a least-squares problem",
            needed: width,
            got: rows,
        });
    }
    // Column by column, because reflections work on columns.
    let mut work: Vec<Vec<f64>> = chosen
        .iter()
        .map(|column| (0..rows).map(|row| a[row * columns + column]).collect())
        .collect();
    let mut right = b.to_vec();
    for k in 0..width {
        let whole = norm(&work[k]);
        let length = norm(&work[k][k..]);
        if !(length > 1e-13 * whole && length.is_finite()) {
            return Err(MathError::Singular {
                column: chosen[k],
                pivot: length,
            });
        }
        let diagonal = if work[k][k] > 0.0 { -length } else { length };
        let mut reflector = work[k][k..].to_vec();
        reflector[0] -= diagonal;
        let scale = 2.0 / reflector.iter().map(|value| value * value).sum::<f64>();
        for column in work.iter_mut().skip(k) {
            reflect(&mut column[k..], &reflector, scale);
        }
        reflect(&mut right[k..], &reflector, scale);
        work[k][k] = diagonal;
    }
    let mut x = vec![0.0; width];
    for k in (0..width).rev() {
        let mut value = right[k];
        for j in k + 1..width {
            value -= work[j][k] * x[j];
        }
        x[k] = value / work[k][k];
    }
    Ok(x)
}

fn reflect(column: &mut [f64], reflector: &[f64], scale: f64) {
    let factor = scale
        * column
            .iter()
            .zip(reflector)
            .map(|(value, part)| value * part)
            .sum::<f64>();
    for (value, part) in column.iter_mut().zip(reflector) {
        *value -= factor * part;
    }
}

/// Euclidean length.
pub(crate) fn norm(values: &[f64]) -> f64 {
    values.iter().map(|value| value * value).sum::<f64>().sqrt()
}
