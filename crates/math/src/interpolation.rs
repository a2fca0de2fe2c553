//! Straight-line interpolation between points.

use crate::MathError;

/// The value at `x` on the straight lines through the points (`xs`, `ys`), `xs` strictly increasing.
///
/// Outside the points there is no answer: [`MathError::OutOfRange`]. Whoever wants the end value beyond the ends says
/// so by limiting `x` first.
pub fn linear(xs: &[f64], ys: &[f64], x: f64) -> Result<f64, MathError> {
    if ys.len() != xs.len() {
        return Err(MathError::LengthMismatch {
            place: "interpolation points",
            expected: xs.len(),
            got: ys.len(),
        });
    }
    let (Some(first), Some(last)) = (xs.first(), xs.last()) else {
        return Err(MathError::TooFew {
            place: "interpolation points",
            needed: 1,
            got: 0,
        });
    };
    if !(x >= *first && x <= *last) {
        return Err(MathError::OutOfRange {
            place: "interpolation",
            value: x,
            low: *first,
            high: *last,
        });
    }
    let right = xs.partition_point(|point| *point < x).min(xs.len() - 1);
    if xs[right] == x {
        return Ok(ys[right]);
    }
    let left = right.saturating_sub(1);
    let width = xs[right] - xs[left];
    if width.is_nan() || width <= 0.0 {
        return Err(MathError::NotIncreasing {
            place: "interpolation points",
            index: right,
            value: xs[right],
            previous: xs[left],
        });
    }
    Ok(ys[left] + (ys[right] - ys[left]) * ((x - xs[left]) / width))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_and_lines_between_them() {
        let (xs, ys) = ([0.0, 1.0, 3.0], [10.0, 20.0, 0.0]);
        for (x, expected) in [
            (0.0, 10.0),
            (0.5, 15.0),
            (1.0, 20.0),
            (2.0, 10.0),
            (3.0, 0.0),
        ] {
            assert_eq!(linear(&xs, &ys, x), Ok(expected));
        }
        assert_eq!(linear(&[2.0], &[7.0], 2.0), Ok(7.0));
    }

    #[test]
    fn what_cannot_be_answered_is_refused() {
        assert!(matches!(
            linear(&[0.0, 1.0], &[0.0, 1.0], 1.5),
            Err(MathError::OutOfRange { .. })
        ));
        assert!(matches!(
            linear(&[0.0, 1.0], &[0.0, 1.0], f64::NAN),
            Err(MathError::OutOfRange { .. })
        ));
        assert!(matches!(
            linear(&[0.0, 1.0], &[0.0], 0.5),
            Err(MathError::LengthMismatch { .. })
        ));
        assert!(matches!(
            linear(&[], &[], 0.5),
            Err(MathError::TooFew { .. })
        ));
    }
}
