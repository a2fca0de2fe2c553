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
