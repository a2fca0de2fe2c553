//! Non-negative least squares for the risk distances of the covariance.
//!
//! Lawson and Hanson's active-set method on the normal equations: at most 31 unknowns, run once per market, so
//! clarity comes before speed. The solution minimizes `|A x - b|^2` subject to `x >= 0`.

use crate::error::ClearingError;

/// The `x >= 0` that minimizes `|A x - b|^2`; `design` holds the rows of `A`.
pub(crate) fn non_negative_least_squares(
    design: &[Vec<f64>],
    target: &[f64],
) -> Result<Vec<f64>, ClearingError> {
    let unknowns = design.first().map_or(0, Vec::len);
    let mut normal = vec![vec![0.0; unknowns]; unknowns];
    let mut right = vec![0.0; unknowns];
    for (row, value) in design.iter().zip(target) {
        for i in 0..unknowns {
            right[i] += row[i] * value;
            for j in 0..unknowns {
                normal[i][j] += row[i] * row[j];
            }
        }
    }
    let scale = right
        .iter()
        .fold(0.0_f64, |largest, entry| largest.max(entry.abs()));
    let tolerance = 1e-13 * scale;
    let mut x = vec![0.0; unknowns];
    let mut passive = vec![false; unknowns];
    for _ in 0..30 * unknowns.max(1) {
        let gradient =
            |i: usize| right[i] - (0..unknowns).map(|j| normal[i][j] * x[j]).sum::<f64>();
        let mut entering: Option<(usize, f64)> = None;
        for i in (0..unknowns).filter(|i| !passive[*i]) {
            let slope = gradient(i);
            if slope > tolerance && entering.is_none_or(|(_, steepest)| slope > steepest) {
                entering = Some((i, slope));
            }
        }
        let Some((entering, _)) = entering else {
            return Ok(x);
        };
        passive[entering] = true;
        loop {
            let set: Vec<usize> = (0..unknowns).filter(|i| passive[*i]).collect();
            let trial = solve_subset(&normal, &right, &set)?;
            if trial.iter().all(|value| *value > 0.0) {
                x = vec![0.0; unknowns];
                for (position, index) in set.iter().enumerate() {
                    x[*index] = trial[position];
                }
                break;
            }
            let mut step = 1.0_f64;
            for (position, index) in set.iter().enumerate() {
                if trial[position] <= 0.0 {
                    step = step.min(x[*index] / (x[*index] - trial[position]));
                }
            }
            for (position, index) in set.iter().enumerate() {
                x[*index] += step * (trial[position] - x[*index]);
                if trial[position] <= 0.0 && x[*index] <= tolerance.max(1e-300) {
                    x[*index] = 0.0;
                    passive[*index] = false;
                }
            }
            if set.iter().all(|index| passive[*index]) {
                // rounding kept every member above zero: the least one leaves, so that the loop ends
                if let Some((_, index)) = set
                    .iter()
                    .enumerate()
                    .filter(|(position, _)| trial[*position] <= 0.0)
                    .map(|(position, index)| (trial[position], *index))
                    .reduce(|least, next| if next.0 < least.0 { next } else { least })
                {
                    x[index] = 0.0;
                    passive[index] = false;
                }
            }
        }
    }
    Err(ClearingError::Singular {
        system: "fit of risk distances (active set did not settle)",
    })
}

/// Solves the normal equations restricted to `set` by Cholesky factorization.
fn solve_subset(
    normal: &[Vec<f64>],
    right: &[f64],
    set: &[usize],
) -> Result<Vec<f64>, ClearingError> {
    let n = set.len();
    let mut lower = vec![vec![0.0; n]; n];
    for i in 0..n {
        for j in 0..=i {
            let mut sum = normal[set[i]][set[j]];
            for k in 0..j {
                sum -= lower[i][k] * lower[j][k];
            }
            if i == j {
                if sum <= 0.0 {
                    return Err(ClearingError::Singular {
                        system: "fit of risk distances",
                    });
                }
                lower[i][i] = sum.sqrt();
            } else {
                lower[i][j] = sum / lower[j][j];
            }
        }
    }
    let mut x: Vec<f64> = set.iter().map(|index| right[*index]).collect();
    for i in 0..n {
        for k in 0..i {
            x[i] -= lower[i][k] * x[k];
        }
        x[i] /= lower[i][i];
    }
    for i in (0..n).rev() {
        for k in i + 1..n {
            x[i] -= lower[k][i] * x[k];
        }
        x[i] /= lower[i][i];
    }
    Ok(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unconstrained_optimum_is_returned_as_it_is() {
        // y = 2 a + 3 b exactly: no constraint binds
        let design = vec![vec![1.0, 0.0], vec![0.0, 1.0], vec![1.0, 1.0]];
        let x = non_negative_least_squares(&design, &[2.0, 3.0, 5.0]).unwrap();
        assert!((x[0] - 2.0).abs() < 1e-12 && (x[1] - 3.0).abs() < 1e-12);
    }

    #[test]
    fn a_negative_optimum_stops_at_zero() {
        // unconstrained (a, b) = (2, -1); with b = 0 the best a is the projection (2*1 + 1*1)/2
        let design = vec![vec![1.0, 0.0], vec![1.0, 1.0]];
        let x = non_negative_least_squares(&design, &[2.0, 1.0]).unwrap();
        assert_eq!(x[1], 0.0);
        assert!((x[0] - 1.5).abs() < 1e-12);
    }
}
