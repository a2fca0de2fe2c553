//! Square matrices whose size is known when the program is compiled: `[[f64; N]; N]`, row by row.
//!
//! The engine's systems have about a dozen rows, so plain loops over arrays on the stack are both the simplest and the
//! fastest choice. Elimination uses partial pivoting; a pivot that is zero (or NaN) is an error. All loops run in a
//! fixed order. Sizes: a plain dense method, meant for N up to a few dozen.

#![allow(
    clippy::needless_range_loop,
    reason = "elimination reads best with the indices of the textbook"
)]

use crate::MathError;

/// An N x N matrix, row by row.
pub type Matrix<const N: usize> = [[f64; N]; N];

/// The identity.
pub fn identity<const N: usize>() -> Matrix<N> {
    diagonal(&[1.0; N])
}

/// The matrix with these numbers on its diagonal and zeros elsewhere.
pub fn diagonal<const N: usize>(values: &[f64; N]) -> Matrix<N> {
    let mut result = [[0.0; N]; N];
    for i in 0..N {
        result[i][i] = values[i];
    }
    result
}

/// The product a b.
pub fn multiply<const N: usize>(a: &Matrix<N>, b: &Matrix<N>) -> Matrix<N> {
    let mut result = [[0.0; N]; N];
    for (row, result_row) in a.iter().zip(result.iter_mut()) {
        for (factor, b_row) in row.iter().zip(b) {
            for (target, value) in result_row.iter_mut().zip(b_row) {
                *target += factor * value;
            }
        }
    }
    result
}

/// The product a x with a column.
pub fn multiply_vector<const N: usize>(a: &Matrix<N>, x: &[f64; N]) -> [f64; N] {
    let mut result = [0.0; N];
    for (target, row) in result.iter_mut().zip(a) {
        *target = row
            .iter()
            .zip(x)
            .fold(0.0, |sum, (factor, value)| sum + factor * value);
    }
    result
}

/// The sum a + b.
pub fn add<const N: usize>(a: &Matrix<N>, b: &Matrix<N>) -> Matrix<N> {
    let mut result = *a;
    for (row, other) in result.iter_mut().zip(b) {
        for (target, value) in row.iter_mut().zip(other) {
            *target += value;
        }
    }
    result
}

/// The matrix with every element multiplied by a number.
pub fn scale<const N: usize>(a: &Matrix<N>, factor: f64) -> Matrix<N> {
    a.map(|row| row.map(|value| value * factor))
}

/// Rows become columns.
pub fn transpose<const N: usize>(a: &Matrix<N>) -> Matrix<N> {
    let mut result = [[0.0; N]; N];
    for (i, row) in a.iter().enumerate() {
        for (j, value) in row.iter().enumerate() {
            result[j][i] = *value;
        }
    }
    result
}

/// A matrix split into lower and upper triangle, ready to solve many right-hand sides.
#[derive(Debug, Clone, PartialEq)]
pub struct Lu<const N: usize> {
    /// Both triangles in one matrix; the lower one's unit diagonal is not stored.
    factors: Matrix<N>,
    /// Row i of the factors came from row `rows[i]` of the matrix.
    rows: [usize; N],
}

impl<const N: usize> Lu<N> {
    /// Splits the matrix by Gaussian elimination with partial pivoting.
    pub fn of(a: &Matrix<N>) -> Result<Lu<N>, MathError> {
        let mut factors = *a;
        let mut rows = [0; N];
        for (i, row) in rows.iter_mut().enumerate() {
            *row = i;
        }
        for column in 0..N {
            let mut best = column;
            for i in column + 1..N {
                if factors[i][column].abs() > factors[best][column].abs() {
                    best = i;
                }
            }
            factors.swap(column, best);
            rows.swap(column, best);
            let pivot = factors[column][column];
            if pivot == 0.0 || !pivot.is_finite() {
                return Err(MathError::Singular { column, pivot });
            }
            let pivot_row = factors[column];
            for row in factors.iter_mut().skip(column + 1) {
                let multiple = row[column] / pivot;
                row[column] = multiple;
                for j in column + 1..N {
                    row[j] -= multiple * pivot_row[j];
                }
            }
        }
        Ok(Lu { factors, rows })
    }

    /// The x with a x = `right`.
    pub fn solve(&self, right: &[f64; N]) -> [f64; N] {
        let mut x = [0.0; N];
        for i in 0..N {
            let mut value = right[self.rows[i]];
            for j in 0..i {
                value -= self.factors[i][j] * x[j];
            }
            x[i] = value;
        }
        for i in (0..N).rev() {
            let mut value = x[i];
            for j in i + 1..N {
                value -= self.factors[i][j] * x[j];
            }
            x[i] = value / self.factors[i][i];
        }
        x
    }

    /// The inverse of the matrix.
    pub fn inverse(&self) -> Matrix<N> {
        let mut columns = identity::<N>();
        for column in &mut columns {
            *column = self.solve(column);
        }
        transpose(&columns)
    }
}

/// The x with a x = `right`. For several right-hand sides, keep the [`Lu`].
pub fn solve<const N: usize>(a: &Matrix<N>, right: &[f64; N]) -> Result<[f64; N], MathError> {
    Ok(Lu::of(a)?.solve(right))
}

/// The inverse.
pub fn inverse<const N: usize>(a: &Matrix<N>) -> Result<Matrix<N>, MathError> {
    Ok(Lu::of(a)?.inverse())
}

/// The lower triangle l with l l' = a for a symmetric positive definite matrix. Reads the lower triangle of `a` only.
pub fn cholesky<const N: usize>(a: &Matrix<N>) -> Result<Matrix<N>, MathError> {
    let mut lower = [[0.0; N]; N];
    for i in 0..N {
        for j in 0..=i {
            let mut value = a[i][j];
            for k in 0..j {
                value -= lower[i][k] * lower[j][k];
            }
            if i == j {
                if !(value > 0.0 && value.is_finite()) {
                    return Err(MathError::NotPositiveDefinite {
                        row: i,
                        pivot: value,
                    });
                }
                lower[i][i] = value.sqrt();
            } else {
                lower[i][j] = value / lower[j][j];
            }
        }
    }
    Ok(lower)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn largest_difference<const N: usize>(a: &Matrix<N>, b: &Matrix<N>) -> f64 {
        a.iter()
            .flatten()
            .zip(b.iter().flatten())
            .fold(0.0, |worst, (x, y)| worst.max((x - y).abs()))
    }

    #[test]
    fn a_small_system_by_hand() {
        // Needs a row exchange: the first pivot is zero.
        let a = [[0.0, 2.0], [4.0, 1.0]];
        assert_eq!(solve(&a, &[2.0, 9.0]), Ok([2.0, 1.0]));
        assert_eq!(
            cholesky(&[[4.0, 2.0], [2.0, 5.0]]),
            Ok([[2.0, 0.0], [1.0, 2.0]])
        );
        assert_eq!(
            multiply(&[[1.0, 2.0], [3.0, 4.0]], &[[0.0, 1.0], [1.0, 0.0]]),
            [[2.0, 1.0], [4.0, 3.0]]
        );
        assert_eq!(
            add(&identity::<2>(), &scale(&identity(), 2.0)),
            diagonal(&[3.0, 3.0])
        );
    }

    #[test]
    fn what_has_no_answer_is_refused() {
        assert_eq!(
            solve(&[[1.0, 2.0], [2.0, 4.0]], &[1.0, 1.0]),
            Err(MathError::Singular {
                column: 1,
                pivot: 0.0
            })
        );
        assert!(inverse(&[[f64::NAN]]).is_err());
        assert_eq!(
            cholesky(&[[1.0, 2.0], [2.0, 1.0]]),
            Err(MathError::NotPositiveDefinite {
                row: 1,
                pivot: -3.0
            })
        );
    }

    proptest! {
        /// Rows that lean on their diagonal are well conditioned, so only rounding of about N numbers near 10 remains.
        #[test]
        fn inverse_cholesky_and_solve(elements in prop::array::uniform5(prop::array::uniform5(-1.0..1.0))) {
            let a = add(&elements, &diagonal(&[8.0; 5]));
            let inverted = inverse(&a).unwrap();
            prop_assert!(largest_difference(&multiply(&a, &inverted), &identity()) < 1e-14);
            let x = solve(&a, &[1.0, -2.0, 3.0, -4.0, 5.0]).unwrap();
            for (found, expected) in multiply_vector(&a, &x).iter().zip([1.0, -2.0, 3.0, -4.0, 5.0]) {
                prop_assert!((found - expected).abs() < 1e-13);
            }
            let symmetric = multiply(&a, &transpose(&a));
            let lower = cholesky(&symmetric).unwrap();
            prop_assert!(largest_difference(&multiply(&lower, &transpose(&lower)), &symmetric) < 1e-12);
        }
    }
}
