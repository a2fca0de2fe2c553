//! Rounding as Treasury publishes: half up, at a stated number of decimals.
//!
//! "Normal rounding procedures" of 31 CFR 356 App. B. Products that are exact in decimal (index ratio times price) are
//! rounded in integers, so that a tie is a tie; quotients are formed with an exact numerator, so that a tie that is
//! representable in binary (for instance 23/184 of a half coupon) is one here too.

/// Rounds half away from zero at three decimals: prices published before 20 September 2004.
pub(crate) fn to_three_decimals(value: f64) -> f64 {
    (value * 1e3).round() / 1e3
}

/// Rounds half away from zero at six decimals: prices and accrued interest per 100.
pub(crate) fn to_six_decimals(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

/// Rounds half away from zero at nine decimals: FRN index in percent, daily accrual, compound factors.
pub(crate) fn to_nine_decimals(value: f64) -> f64 {
    (value * 1e9).round() / 1e9
}

/// Largest price per 100 whose millionths are whole numbers in a double.
const LARGEST_EXACT: f64 = 1e9;

/// A price of six decimals times an index ratio of five decimals, rounded half up at six decimals, in integers.
/// (A price beyond [`LARGEST_EXACT`] has no sixth decimal left in a double; there the product is rounded as it is.)
pub(crate) fn price_times_index_ratio(price_per_100: f64, index_ratio: f64) -> f64 {
    if price_per_100.abs() > LARGEST_EXACT {
        return to_six_decimals(price_per_100 * index_ratio);
    }
    let micros = (price_per_100 * 1e6).round() as i128;
    let ratio = (index_ratio * 1e5).round() as i128;
    let product = micros * ratio;
    let half = if product < 0 { -50_000 } else { 50_000 };
    ((product + half) / 100_000) as f64 / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_round_up() {
        assert_eq!(to_six_decimals(2.3125 * 23.0 / 184.0), 0.289063);
        assert_eq!(price_times_index_ratio(100.0, 1.00001), 100.001);
        // 0.5 x 1.00001 = 0.500005 exactly; 0.000005 x 1.10000 = 0.0000055, a tie at the sixth decimal.
        assert_eq!(price_times_index_ratio(0.5, 1.00001), 0.500005);
        assert_eq!(price_times_index_ratio(0.000005, 1.1), 0.000006);
    }
}
