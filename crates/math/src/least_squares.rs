//! Nonlinear least squares with an analytic Jacobian.
//!
//! Levenberg-Marquardt (Marquardt 1963; damping by gain ratio after Nielsen, "Damping parameter in Marquardt's method",
//! IMM-REP-1999-05): minimize S(p) = sum r_i(p)^2 by steps d with (J'J + mu D) d = -J'r, D the diagonal of J'J. A step
//! that lowers S is taken and mu shrinks; one that does not is thrown away and mu grows. Converged when the gradient
//! or the step has become small in proportion.

use crate::MathError;
use crate::dense::{norm, solve_positive_definite};
use crate::error::finite;

/// When to stop.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FitLimits {
    /// Converged when the cosine of the angle between every Jacobian column and the residuals is below this.
    pub gradient: f64,
    /// Converged when the step is below this times the size of the parameters.
    pub step: f64,
    /// Error when this many steps, taken or thrown away, were not enough.
    pub iterations: usize,
}

/// Where a fit ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// The parameters.
    pub parameters: Vec<f64>,
    /// Sum of squared residuals there.
    pub sum_of_squares: f64,
    /// Steps tried.
    pub iterations: usize,
}

/// The parameters near `start` that minimize the sum of squared residuals.
///
/// `model(parameters, residuals, jacobian)` fills both: `residuals[i]` and `jacobian[i * n + j]` = d r_i / d p_j for n
/// parameters; `residual_count` residuals, at least n. A model that returns NaN or infinity at a trial point makes
/// that step refused, not the fit fail; at `start` it is an error.
pub fn levenberg_marquardt(
    mut model: impl FnMut(&[f64], &mut [f64], &mut [f64]),
    start: &[f64],
    residual_count: usize,
    limits: FitLimits,
) -> Result<Fit, MathError> {
    let n = start.len();
    if residual_count < n {
        return Err(MathError::TooFew {
            place: "residuals of a fit",
            needed: n,
            got: residual_count,
        });
    }
    let mut parameters = start.to_vec();
    let (mut residuals, mut jacobian) = (vec![0.0; residual_count], vec![0.0; residual_count * n]);
    let (mut trial_residuals, mut trial_jacobian) = (residuals.clone(), jacobian.clone());
    model(&parameters, &mut residuals, &mut jacobian);
    let mut squares = finite(
        "sum of squares at the start of a fit",
        square_sum(&residuals),
    )?;
    for value in &jacobian {
        finite("Jacobian at the start of a fit", *value)?;
    }
    let (mut damping, mut growth) = (1e-3, 2.0);
    let mut worst = f64::INFINITY;
    for iteration in 0..limits.iterations {
        let (normal, gradient) = normal_equations(&jacobian, &residuals, n);
        worst = steepest_cosine(&normal, &gradient, n, squares);
        if worst <= limits.gradient {
            return Ok(Fit {
                parameters,
                sum_of_squares: squares,
                iterations: iteration,
            });
        }
        let mut damped = normal.clone();
        for j in 0..n {
            let own = normal[j * n + j];
            // A parameter the residuals do not feel keeps still: a unit diagonal and a zero gradient give a zero step.
            damped[j * n + j] = if own > 0.0 {
                own * (1.0 + damping)
            } else {
                1.0
            };
        }
        let mut step: Vec<f64> = gradient.iter().map(|value| -value).collect();
        let solved = solve_positive_definite(&mut damped, &mut step).is_ok();
        if solved && norm(&step) <= limits.step * (norm(&parameters) + limits.step) {
            return Ok(Fit {
                parameters,
                sum_of_squares: squares,
                iterations: iteration,
            });
        }
        let trial: Vec<f64> = parameters
            .iter()
            .zip(&step)
            .map(|(value, change)| value + change)
            .collect();
        let trial_squares = if solved {
            model(&trial, &mut trial_residuals, &mut trial_jacobian);
            square_sum(&trial_residuals)
        } else {
            f64::INFINITY
        };
        if trial_squares < squares && trial_jacobian.iter().all(|value| value.is_finite()) {
            // Actual gain over the gain the linear model promised, d (mu D d - J'r).
            let promised: f64 = (0..n)
                .map(|j| step[j] * (damping * normal[j * n + j] * step[j] - gradient[j]))
                .sum();
            let gain = (squares - trial_squares) / promised;
            damping *= (1.0 - (2.0 * gain - 1.0).powi(3)).clamp(1.0 / 3.0, 2.0);
            growth = 2.0;
            parameters = trial;
            squares = trial_squares;
            std::mem::swap(&mut residuals, &mut trial_residuals);
            std::mem::swap(&mut jacobian, &mut trial_jacobian);
        } else {
            damping *= growth;
            growth *= 2.0;
        }
    }
    Err(MathError::NotConverged {
        method: "Levenberg-Marquardt",
        iterations: limits.iterations,
        best: squares,
        error: worst,
    })
}

/// J'J (row by row) and J'r.
fn normal_equations(jacobian: &[f64], residuals: &[f64], n: usize) -> (Vec<f64>, Vec<f64>) {
    let (mut normal, mut gradient) = (vec![0.0; n * n], vec![0.0; n]);
    for (i, residual) in residuals.iter().enumerate() {
        let row = &jacobian[i * n..(i + 1) * n];
        for j in 0..n {
            gradient[j] += row[j] * residual;
            for k in 0..n {
                normal[j * n + k] += row[j] * row[k];
            }
        }
    }
    (normal, gradient)
}

/// The largest |J_j' r| / (|J_j| |r|): 0 at a minimum, scale-free. 0 for a perfect fit.
fn steepest_cosine(normal: &[f64], gradient: &[f64], n: usize, squares: f64) -> f64 {
    (0..n).fold(0.0, |worst: f64, j| {
        let size = (normal[j * n + j] * squares).sqrt();
        if size > 0.0 {
            worst.max(gradient[j].abs() / size)
        } else {
            worst
        }
    })
}

fn square_sum(values: &[f64]) -> f64 {
    values.iter().map(|value| value * value).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LIMITS: FitLimits = FitLimits {
        gradient: 1e-12,
        step: 1e-13,
        iterations: 500,
    };

    /// Rosenbrock's valley as residuals 10 (y - x^2) and 1 - x; minimum 0 at (1, 1).
    fn valley(p: &[f64], residuals: &mut [f64], jacobian: &mut [f64]) {
        residuals.copy_from_slice(&[10.0 * (p[1] - p[0] * p[0]), 1.0 - p[0]]);
        jacobian.copy_from_slice(&[-20.0 * p[0], 10.0, -1.0, 0.0]);
    }

    #[test]
    fn a_curved_valley_is_followed_to_its_end() {
        let fit = levenberg_marquardt(valley, &[-1.2, 1.0], 2, LIMITS).unwrap();
        assert!(
            (fit.parameters[0] - 1.0).abs() < 1e-9 && (fit.parameters[1] - 1.0).abs() < 1e-9,
            "{fit:?}"
        );
    }

    #[test]
    fn what_cannot_be_answered_is_refused() {
        assert!(matches!(
            levenberg_marquardt(valley, &[0.0, 0.0], 1, LIMITS),
            Err(MathError::TooFew { .. })
        ));
        assert!(matches!(
            levenberg_marquardt(valley, &[f64::NAN, 0.0], 2, LIMITS),
            Err(MathError::NotFinite { .. })
        ));
        let hasty = FitLimits {
            iterations: 3,
            ..LIMITS
        };
        assert!(matches!(
            levenberg_marquardt(valley, &[-1.2, 1.0], 2, hasty),
            Err(MathError::NotConverged { .. })
        ));
    }

    proptest! {
        /// Starting anywhere near the valley leads to the same end; 1e-6 is far inside any use of the fit.
        #[test]
        fn the_start_does_not_matter(x in -3.0..3.0, y in -3.0..3.0) {
            let fit = levenberg_marquardt(valley, &[x, y], 2, LIMITS).unwrap();
            prop_assert!((fit.parameters[0] - 1.0).abs() < 1e-6 && (fit.parameters[1] - 1.0).abs() < 1e-6);
        }
    }
}
