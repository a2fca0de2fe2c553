//! How many eigenvalues of a small matrix lie left of the imaginary axis.
//!
//! The determinant's sign says whether an odd number of eigenvalues crossed zero on a step; where a symmetry makes two cross
//! at once it says nothing. Their number does. It is read off the matrix sign function (Roberts 1980, International Journal
//! of Control 32; Higham 2008, Functions of Matrices, chapter 5):
//!   S = lim S_k,  S_{k+1} = (c S_k + (c S_k)^-1) / 2,  c = |det S_k|^(-1/n),
//! whose eigenvalues are -1 and 1, one for each eigenvalue of the matrix left and right of the axis: trace S = n - 2 count.

/// Iterations before the count is given up: each halves the logarithm of what is far from 1 and squares what is near.
const ITERATIONS: usize = 60;

/// The number of eigenvalues with negative real part of an n x n matrix (row by row); none where one lies on the axis to
/// rounding, so that the iteration does not settle.
pub(crate) fn left_of_axis(mut matrix: Vec<f64>, n: usize) -> Option<usize> {
    let mut inverse = vec![0.0; n * n];
    let mut before = f64::INFINITY;
    for _ in 0..ITERATIONS {
        let log_determinant = invert(&matrix, n, &mut inverse)?;
        // Near the end the determinant is 1 and scaling has done its work.
        let scale = (-log_determinant / n as f64).exp();
        let mut change = 0.0f64;
        for (value, other) in matrix.iter_mut().zip(&inverse) {
            let next = 0.5 * (scale * *value + other / scale);
            change = change.max((next - *value).abs());
            *value = next;
        }
        if !change.is_finite() {
            return None;
        }
        let trace: f64 = (0..n).map(|k| matrix[k * n + k]).sum();
        let count = 0.5 * (n as f64 - trace);
        let settled = change < 1e-3 && (count - count.round()).abs() < 1e-2;
        if settled && change <= before {
            // Quadratic from here on: the next change would be below 1e-5.
            let whole = count.round();
            return (whole >= 0.0).then_some(whole as usize);
        }
        before = change;
    }
    None
}

/// Gauss and Jordan with row exchanges; the logarithm of the determinant's size, none if the matrix is singular.
fn invert(matrix: &[f64], n: usize, inverse: &mut [f64]) -> Option<f64> {
    let mut work = matrix.to_vec();
    inverse.fill(0.0);
    for k in 0..n {
        inverse[k * n + k] = 1.0;
    }
    let mut log_determinant = 0.0;
    for k in 0..n {
        let mut best = k;
        for row in k + 1..n {
            if work[row * n + k].abs() > work[best * n + k].abs() {
                best = row;
            }
        }
        let pivot = work[best * n + k];
        if !(pivot.abs() > 1e-290 && pivot.is_finite()) {
            return None;
        }
        log_determinant += pivot.abs().ln();
        if best != k {
            for column in 0..n {
                work.swap(k * n + column, best * n + column);
                inverse.swap(k * n + column, best * n + column);
            }
        }
        for column in 0..n {
            work[k * n + column] /= pivot;
            inverse[k * n + column] /= pivot;
        }
        for row in (0..n).filter(|row| *row != k) {
            let factor = work[row * n + k];
            if factor != 0.0 {
                for column in 0..n {
                    work[row * n + column] -= factor * work[k * n + column];
                    inverse[row * n + column] -= factor * inverse[k * n + column];
                }
            }
        }
    }
    Some(log_determinant)
}

#[cfg(test)]
mod tests {
    use super::left_of_axis;

    /// Triangular and rotated matrices whose eigenvalues are known by sight.
    #[test]
    fn eigenvalues_are_counted() {
        let upper = vec![-3.0, 5.0, 1.0, 0.0, 2.0, -7.0, 0.0, 0.0, -1e-6];
        assert_eq!(left_of_axis(upper, 3), Some(2));
        // Twice the same eigenvalue, without a full set of vectors.
        assert_eq!(left_of_axis(vec![-0.5, 1.0, 0.0, -0.5], 2), Some(2));
        // A complex pair -1 +- 2i, and 1 +- 2i.
        assert_eq!(left_of_axis(vec![-1.0, 2.0, -2.0, -1.0], 2), Some(2));
        assert_eq!(left_of_axis(vec![1.0, 2.0, -2.0, 1.0], 2), Some(0));
        // On the axis, and singular: no answer.
        assert_eq!(left_of_axis(vec![0.0, 2.0, -2.0, 0.0], 2), None);
        assert_eq!(left_of_axis(vec![1.0, 1.0, 1.0, 1.0], 2), None);
    }
}
