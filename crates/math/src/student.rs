//! Quantiles of Student's t from those of the normal distribution.
//!
//! Expansion in 1/nu (Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.5; Fisher and Cornish 1960), x the normal quantile:
//!
//! `t = x + g1/nu + g2/nu^2 + g3/nu^3 + g4/nu^4`, `g1 = (x^3 + x)/4`, `g2 = (5x^5 + 16x^3 + 3x)/96`,
//! `g3 = (3x^7 + 19x^5 + 17x^3 - 15x)/384`, `g4 = (79x^9 + 776x^7 + 1482x^5 - 1920x^3 - 945x)/92160`.
//!
//! Used from ten degrees of freedom on; there the error of a 99% quantile is below 1e-4, and it falls with the fifth power of nu.

use crate::{MathError, normal_quantile};

/// Fewest degrees of freedom for which the expansion is used.
const LEAST: f64 = 10.0;

/// The quantile of Student's t with `degrees` degrees of freedom at probability `p`.
///
/// # Errors
/// `p` outside (0, 1), or fewer than ten degrees of freedom.
pub fn student_quantile(p: f64, degrees: f64) -> Result<f64, MathError> {
    if !(degrees.is_finite() && degrees >= LEAST) {
        return Err(MathError::OutOfRange {
            place: "degrees of freedom of Student's t",
            value: degrees,
            low: LEAST,
            high: f64::MAX,
        });
    }
    let x = normal_quantile(p)?;
    let s = x * x;
    let g1 = x * (s + 1.0) / 4.0;
    let g2 = x * ((5.0 * s + 16.0) * s + 3.0) / 96.0;
    let g3 = x * (((3.0 * s + 19.0) * s + 17.0) * s - 15.0) / 384.0;
    let g4 = x * ((((79.0 * s + 776.0) * s + 1482.0) * s - 1920.0) * s - 945.0) / 92160.0;
    let r = 1.0 / degrees;
    Ok(x + r * (g1 + r * (g2 + r * (g3 + r * g4))))
}
