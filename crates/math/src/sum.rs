//! Sums in a fixed order with compensation.
//!
//! Adding thousands of numbers of different size loses digits that depend on the order. Neumaier's variant of Kahan's
//! sum carries the lost part along ("Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", ZAMM 54,
//! 1974) and always walks from first to last, so the result is accurate and the same on every run.

/// The sum of the values, first to last, with compensation. An empty slice sums to 0; a NaN or infinity shows through.
pub fn compensated_sum(values: &[f64]) -> f64 {
    accumulate(values.iter().copied())
}

/// The sum of products a\[i\] b\[i\] over the common length, first to last, with compensation of the additions.
pub fn dot(a: &[f64], b: &[f64]) -> f64 {
    accumulate(a.iter().zip(b).map(|(x, y)| x * y))
}

fn accumulate(values: impl Iterator<Item = f64>) -> f64 {
    let (mut total, mut lost) = (0.0_f64, 0.0_f64);
    for value in values {
        let next = total + value;
        lost += if total.abs() >= value.abs() {
            (total - next) + value
        } else {
            (value - next) + total
        };
        total = next;
    }
    // With an infinite total the lost part is NaN and says nothing.
    if total.is_finite() {
        total + lost
    } else {
        total
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn special_values_show_through() {
        assert_eq!(compensated_sum(&[]), 0.0);
        assert_eq!(compensated_sum(&[1.0, f64::INFINITY]), f64::INFINITY);
        assert!(compensated_sum(&[f64::NAN, 1.0]).is_nan());
        assert_eq!(dot(&[1.0, 2.0, 3.0], &[4.0, 5.0, 6.0]), 32.0);
    }

    proptest! {
        /// Whole numbers up to 2^52 in total add exactly, so the compensated sum must be exact in any order.
        #[test]
        fn whole_numbers_add_exactly(values in prop::collection::vec(-1_000_000_000_i64..1_000_000_000, 0..200)) {
            let floats: Vec<f64> = values.iter().map(|value| *value as f64).collect();
            prop_assert_eq!(compensated_sum(&floats), values.iter().sum::<i64>() as f64);
        }
    }
}
