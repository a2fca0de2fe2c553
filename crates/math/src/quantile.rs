//! Quantiles of a sample, and how far the sample median may be from the true one.
//!
//! Type 7 of Hyndman and Fan ("Sample quantiles in statistical packages", The American Statistician 50, 1996), the
//! default of R and numpy: with h = (n - 1) p, interpolate between order statistics floor(h) and floor(h) + 1 (from 0).
//! Input is sorted once by the caller with [`sorted`], which refuses NaN, and then asked as often as needed.

use crate::{MathError, error::finite};

/// A sorted copy of the values; refuses NaN and infinities.
pub fn sorted(values: &[f64]) -> Result<Vec<f64>, MathError> {
    let mut copy = Vec::with_capacity(values.len());
    for value in values {
        copy.push(finite("value to sort", *value)?);
    }
    copy.sort_unstable_by(f64::total_cmp);
    Ok(copy)
}

/// The type 7 quantile at probability `p` (0 to 1) of values in increasing order; not empty.
///
/// The order is the caller's duty (see [`sorted`]): values out of order give a number between two of them.
pub fn quantile(sorted: &[f64], p: f64) -> Result<f64, MathError> {
    if !(0.0..=1.0).contains(&p) {
        return Err(MathError::OutOfRange {
            place: "probability of a quantile",
            value: p,
            low: 0.0,
            high: 1.0,
        });
    }
    let Some(last) = sorted.len().checked_sub(1) else {
        return Err(MathError::TooFew {
            place: "quantile",
            needed: 1,
            got: 0,
        });
    };
    let position = p * last as f64;
    let index = (position.floor() as usize).min(last);
    let (low, high) = (sorted[index], sorted[(index + 1).min(last)]);
    if low == high {
        return Ok(low);
    }
    Ok(low + (position - index as f64) * (high - low))
}

/// Standard error of the median of n values in increasing order, without assuming a distribution; n >= 5.
///
/// McKean and Schrader ("A comparison of methods for Studentizing the sample median", Communications in Statistics
/// B13, 1984): with k = round((n + 1)/2 - z sqrt(n)/2), at least 1, and z = 2.5758293 (the 99.5% point of the normal),
/// the error is (x_(n-k+1) - x_(k)) / (2 z), order statistics counted from 1: half the width of the 99% interval of the
/// median in units of z.
pub fn median_standard_error(sorted: &[f64]) -> Result<f64, MathError> {
    const Z_995: f64 = 2.575_829_303_548_901;
    let count = sorted.len();
    if count < 5 {
        return Err(MathError::TooFew {
            place: "standard error of the median",
            needed: 5,
            got: count,
        });
    }
    let n = count as f64;
    let k = (((n + 1.0) / 2.0 - Z_995 * (n / 4.0).sqrt())
        .round()
        .max(1.0)) as usize;
    Ok((sorted[count - k] - sorted[k - 1]) / (2.0 * Z_995))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Stream;
    use proptest::prelude::*;

    /// Medians of 600 normal samples of 201 spread as the formula says. The spread of 600 numbers is itself known to
    /// 1/sqrt(1200) = 3%, and the formula is asymptotic: 12% covers four such errors.
    #[test]
    fn the_error_of_the_median_is_the_spread_of_medians() {
        let (mut medians, mut errors) = (Vec::new(), Vec::new());
        for draw in 0..600 {
            let mut stream = Stream::new(5, draw, 0);
            let sample = sorted(&(0..201).map(|_| stream.normal()).collect::<Vec<_>>()).unwrap();
            medians.push(quantile(&sample, 0.5).unwrap());
            errors.push(median_standard_error(&sample).unwrap());
        }
        let spread = (medians.iter().map(|median| median * median).sum::<f64>() / 600.0).sqrt();
        let error = errors.iter().sum::<f64>() / 600.0;
        assert!(
            (error / spread - 1.0).abs() < 0.12,
            "formula {error}, spread {spread}"
        );
    }

    #[test]
    fn what_cannot_be_answered_is_refused() {
        assert_eq!(
            quantile(&[], 0.5),
            Err(MathError::TooFew {
                place: "quantile",
                needed: 1,
                got: 0
            })
        );
        assert!(quantile(&[1.0], 1.5).is_err() && quantile(&[1.0], f64::NAN).is_err());
        assert!(median_standard_error(&[1.0; 4]).is_err());
        assert!(sorted(&[1.0, f64::NAN]).is_err());
    }

    proptest! {
        #[test]
        fn quantiles_rise_with_probability(values in prop::collection::vec(-1e6..1e6, 1..60), p in 0.0..=1.0, q in 0.0..=1.0) {
            let values = sorted(&values).unwrap();
            let (low, high) = (quantile(&values, f64::min(p, q)).unwrap(), quantile(&values, f64::max(p, q)).unwrap());
            // Interpolation between neighbors rounds in the last digits of numbers up to 1e6.
            prop_assert!(low <= high + 1e-9);
            prop_assert!(low >= values[0] - 1e-9 && high <= values[values.len() - 1] + 1e-9);
        }
    }
}
