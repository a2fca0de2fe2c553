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
