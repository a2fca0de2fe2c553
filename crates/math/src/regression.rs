//! One regressor and a constant by least squares, with standard errors that do not assume equal variances.
//!
//! `y_i = a + b x_i + e_i`; `b = S_xy / S_xx`, `a = mean(y) - b mean(x)`. The error of `b` is HC3 (MacKinnon and White, "Some
//! heteroskedasticity-consistent covariance matrix estimators with improved finite sample properties", Journal of Econometrics 29, 1985; the one
//! advised for small samples by Long and Ervin, American Statistician 54, 2000), for this model
//!
//! `V(b) = sum_i [(x_i - mean(x)) e_i / (1 - h_i)]^2 / S_xx^2`, `h_i = 1/n + (x_i - mean(x))^2 / S_xx`
//!
//! with `h_i` the leverage of point i. Test ratios of `b` are read against Student's t with n - 2 degrees of freedom.

use crate::error::finite;
use crate::{MathError, compensated_sum};

/// Fewest points: below it nothing is left to judge an error by.
const LEAST: usize = 3;

/// A fitted line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Line {
    /// Value at x = 0.
    pub intercept: f64,
    /// Change of y per unit of x.
    pub slope: f64,
    /// HC3 standard error of the slope.
    pub slope_error: f64,
    /// Share of the variance of y that the line takes; 1 where y does not vary.
    pub r_squared: f64,
    /// Points.
    pub points: usize,
}

/// Fits a line to points (x, y).
///
/// # Errors
/// Fewer than three points, a number that is not finite, x that does not vary, or a point that alone decides the slope (its
/// leverage is 1, so HC3 has no value).
pub fn line(points: &[(f64, f64)]) -> Result<Line, MathError> {
    let count = points.len();
    if count < LEAST {
        return Err(MathError::TooFew {
            place: "points of a line",
            needed: LEAST,
            got: count,
        });
    }
    for (x, y) in points {
        finite("x of a line", *x)?;
        finite("y of a line", *y)?;
    }
    let n = count as f64;
    let sum = |value: &dyn Fn(&(f64, f64)) -> f64| {
        compensated_sum(&points.iter().map(value).collect::<Vec<f64>>())
    };
    let (mean_x, mean_y) = (sum(&|p| p.0) / n, sum(&|p| p.1) / n);
    let spread = sum(&|p| (p.0 - mean_x).powi(2));
    if spread <= 0.0 {
        return Err(MathError::OutOfRange {
            place: "spread of x of a line",
            value: spread,
            low: f64::MIN_POSITIVE,
            high: f64::MAX,
        });
    }
    let slope = sum(&|p| (p.0 - mean_x) * (p.1 - mean_y)) / spread;
    // residuals about the means: the intercept would only bring rounding in
    let residual = |p: &(f64, f64)| (p.1 - mean_y) - slope * (p.0 - mean_x);
    let mut scores = Vec::with_capacity(count);
    for point in points {
        let room = 1.0 - 1.0 / n - (point.0 - mean_x).powi(2) / spread;
        // one point apart from all others has leverage 1 up to rounding of the sums
        if room <= n * f64::EPSILON {
            return Err(MathError::OutOfRange {
                place: "leverage of a point of a line",
                value: 1.0 - room,
                low: 0.0,
                high: 1.0 - n * f64::EPSILON,
            });
        }
        scores.push(((point.0 - mean_x) * residual(point) / room).powi(2));
    }
    let total = sum(&|p| (p.1 - mean_y).powi(2));
    let left = sum(&|p| residual(p).powi(2));
    Ok(Line {
        intercept: mean_y - slope * mean_x,
        slope,
        slope_error: compensated_sum(&scores).sqrt() / spread,
        r_squared: if total > 0.0 { 1.0 - left / total } else { 1.0 },
        points: count,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// By hand: x = 0 1 2 3, y = 1 2 2 5. Means 3/2 and 5/2, S_xx = 5, S_xy = 6, so b = 6/5 and a = 7/10; residuals .3 .1 -1.1
    /// .7; leverages .7 .3 .3 .7; scores (-1.5 x .3/.3)^2, (-.5 x .1/.7)^2, (.5 x -1.1/.7)^2, (1.5 x .7/.3)^2 sum to 741/49, over
    /// 25 gives V(b) = 741/1225; R^2 = 1 - 1.8/9. Tolerance: rounding of a dozen operations.
    #[test]
    fn four_points_by_hand() {
        let fit = line(&[(0.0, 1.0), (1.0, 2.0), (2.0, 2.0), (3.0, 5.0)]).unwrap();
        assert!((fit.slope - 1.2).abs() < 1e-14);
        assert!((fit.intercept - 0.7).abs() < 1e-14);
        assert!((fit.slope_error - (741.0_f64 / 1225.0).sqrt()).abs() < 1e-14);
        assert!((fit.r_squared - 0.8).abs() < 1e-14);
        assert_eq!(fit.points, 4);
    }

    #[test]
    fn what_has_no_slope_is_refused() {
        assert!(matches!(
            line(&[(0.0, 1.0), (1.0, 2.0)]),
            Err(MathError::TooFew { .. })
        ));
        assert!(line(&[(1.0, 1.0), (1.0, 2.0), (1.0, 5.0)]).is_err());
        assert!(line(&[(0.0, 1.0), (0.0, f64::NAN), (1.0, 1.0)]).is_err());
        // the third point alone decides the slope
        assert!(line(&[(0.0, 1.0), (0.0, 2.0), (1.0, 5.0)]).is_err());
    }

    proptest! {
        /// Another unit of x or y changes slope and error by its factor; another origin changes neither.
        #[test]
        fn units_and_origins_do_not_matter(
            points in prop::collection::vec((-30.0..30.0_f64, -10.0..10.0_f64), 6..40),
            (per_x, per_y) in (0.01..100.0_f64, 0.01..100.0_f64),
            (from_x, from_y) in (-50.0..50.0_f64, -50.0..50.0_f64),
        ) {
            let fit = line(&points).unwrap();
            let other: Vec<(f64, f64)> = points
                .iter()
                .map(|(x, y)| (per_x * (x + from_x), per_y * (y + from_y)))
                .collect();
            let again = line(&other).unwrap();
            let scale = per_y / per_x;
            // a few dozen roundings of numbers up to 80 against spreads of a few units
            let close = |a: f64, b: f64| (a - b).abs() <= 1e-8 * (1.0 + b.abs());
            prop_assert!(close(again.slope / scale, fit.slope));
            prop_assert!(close(again.slope_error / scale, fit.slope_error));
            prop_assert!(close(again.r_squared, fit.r_squared));
        }

        /// Residuals of the fit are orthogonal to x: a line through the points' mirror image about the line is the same line.
        #[test]
        fn the_mirror_image_has_the_same_line(
            points in prop::collection::vec((-30.0..30.0_f64, -10.0..10.0_f64), 6..40),
        ) {
            let fit = line(&points).unwrap();
            let mirrored: Vec<(f64, f64)> = points
                .iter()
                .map(|(x, y)| (*x, 2.0 * (fit.intercept + fit.slope * x) - y))
                .collect();
            let again = line(&mirrored).unwrap();
            prop_assert!((again.slope - fit.slope).abs() < 1e-9 * (1.0 + fit.slope.abs()));
            prop_assert!((again.slope_error - fit.slope_error).abs() < 1e-8 * (1.0 + fit.slope_error));
        }
    }
}
