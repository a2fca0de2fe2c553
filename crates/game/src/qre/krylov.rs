//! Matrix-free linear solves: restarted GMRES (Saad and Schultz 1986, SIAM J. Sci. Stat. Comput. 7).
//!
//! Used where no factor fits in memory. Each product with the matrix is one forward and one backward pass over the tree.
//! Modified Gram-Schmidt, Givens rotations, relative residual as the stopping rule.

use crate::error::GameError;

/// Directions kept before a restart.
const RESTART: usize = 80;
/// Restarts before giving up.
const RESTARTS: usize = 8;

/// Solves A x = right for the product `apply(v, out)`, to a relative residual.
pub(crate) fn solve(
    right: &mut [f64],
    tolerance: f64,
    apply: &mut dyn FnMut(&[f64], &mut Vec<f64>),
) -> Result<(), GameError> {
    let n = right.len();
    let target = tolerance * norm(right);
    let mut x = vec![0.0; n];
    let mut product = Vec::new();
    let mut rest = right.to_vec();
    for _ in 0..RESTARTS {
        let length = norm(&rest);
        if length <= target {
            right.copy_from_slice(&x);
            return Ok(());
        }
        let mut basis = vec![scaled(&rest, 1.0 / length)];
        let mut columns: Vec<Vec<f64>> = Vec::new();
        let mut rotations: Vec<(f64, f64)> = Vec::new();
        let mut image = vec![length];
        for k in 0..RESTART.min(n) {
            apply(&basis[k], &mut product);
            let mut column = Vec::with_capacity(k + 2);
            for vector in &basis {
                let part = dot(&product, vector);
                for (value, entry) in product.iter_mut().zip(vector) {
                    *value -= part * entry;
                }
                column.push(part);
            }
            let left = norm(&product);
            column.push(left);
            for (row, (c, s)) in rotations.iter().enumerate() {
                let (one, two) = (column[row], column[row + 1]);
                column[row] = c * one + s * two;
                column[row + 1] = c * two - s * one;
            }
            let radius = column[k].hypot(left);
            if !(radius > 0.0 && radius.is_finite()) {
                break;
            }
            let (c, s) = (column[k] / radius, left / radius);
            column[k] = radius;
            column[k + 1] = 0.0;
            rotations.push((c, s));
            let top = image[k];
            image[k] = c * top;
            image.push(-s * top);
            columns.push(column);
            if image[k + 1].abs() <= 0.5 * target || left == 0.0 {
                break;
            }
            basis.push(scaled(&product, 1.0 / left));
        }
        let mut weights = image;
        weights.truncate(columns.len());
        for k in (0..columns.len()).rev() {
            weights[k] /= columns[k][k];
            for row in 0..k {
                weights[row] -= columns[k][row] * weights[k];
            }
        }
        for (weight, vector) in weights.iter().zip(&basis) {
            for (value, entry) in x.iter_mut().zip(vector) {
                *value += weight * entry;
            }
        }
        apply(&x, &mut product);
        for (value, (right, product)) in rest.iter_mut().zip(right.iter().zip(&product)) {
            *value = right - product;
        }
    }
    if norm(&rest) <= target {
        right.copy_from_slice(&x);
        return Ok(());
    }
    Err(GameError::Singular { unknowns: n })
}

fn scaled(vector: &[f64], factor: f64) -> Vec<f64> {
    vector.iter().map(|value| value * factor).collect()
}

pub(crate) fn dot(one: &[f64], two: &[f64]) -> f64 {
    one.iter().zip(two).map(|(a, b)| a * b).sum()
}

pub(crate) fn norm(vector: &[f64]) -> f64 {
    dot(vector, vector).sqrt()
}
