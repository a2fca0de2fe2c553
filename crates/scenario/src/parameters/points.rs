//! Where in the cube of priors a draw lies: scrambled Sobol points, several independent scramblings side by side.
//!
//! Draw `i` is point `i / 8` of scrambling `i mod 8`, so that any number of draws is spread evenly over the scramblings, and a
//! longer run begins with the draws of a shorter one. The spread of a statistic over the scramblings is its Monte Carlo error: for the
//! median, `sqrt(sum_r (m_r - mean)^2 / (R (R - 1)))` with `m_r` the median of scrambling `r` and `R = 8`. Points of one scrambling are not
//! independent, so formulas for independent draws would overstate the error. With fewer than four finished draws in a
//! scrambling its median says little; the order-statistic formula for independent draws is then used, which errs on the safe side.

use brandish_math::{MathError, Scrambling, median_standard_error, quantile};

/// Independent scramblings side by side.
pub const SCRAMBLINGS: u64 = 8;
/// Fewest finished draws in every scrambling for which its median is used.
const LEAST_EACH: usize = 4;

/// The uniform number of a draw in a dimension.
///
/// # Errors
/// A dimension beyond those of the Sobol table (32), or more than 2^32 points.
pub fn uniform(seed: u64, draw: u64, dimension: u64) -> Result<f64, MathError> {
    let beyond = |value: u64, high: u64| MathError::OutOfRange {
        place: "draw or stream of a parameter",
        value: value as f64,
        low: 0.0,
        high: high as f64,
    };
    let number = u32::try_from(draw % SCRAMBLINGS).map_err(|_| beyond(draw, SCRAMBLINGS))?;
    let index = u32::try_from(draw / SCRAMBLINGS).map_err(|_| beyond(draw, 1 << 35))?;
    let dimension = usize::try_from(dimension).map_err(|_| beyond(dimension, 31))?;
    Scrambling { seed, number }.uniform(index, dimension)
}

/// Monte Carlo error of the median of `values`, which belong to the draws `numbers`.
///
/// # Errors
/// Fewer than five values, or one that is not finite.
pub fn median_error(numbers: &[u64], values: &[f64]) -> Result<f64, MathError> {
    let mut medians = Vec::new();
    for scrambling in 0..SCRAMBLINGS {
        let of_it: Vec<f64> = numbers
            .iter()
            .zip(values)
            .filter(|(number, _)| *number % SCRAMBLINGS == scrambling)
            .map(|(_, value)| *value)
            .collect();
        if of_it.len() < LEAST_EACH {
            return median_standard_error(&brandish_math::sorted(values)?);
        }
        medians.push(quantile(&brandish_math::sorted(&of_it)?, 0.5)?);
    }
    let count = medians.len() as f64;
    let mean = medians.iter().sum::<f64>() / count;
    let squares: f64 = medians.iter().map(|m| (m - mean).powi(2)).sum();
    Ok((squares / (count * (count - 1.0))).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_is_the_spread_of_the_scramblings_medians() {
        // scrambling r has four draws of value r: medians 0..7, variance 6, error sqrt(6 / 8)
        let numbers: Vec<u64> = (0..32).collect();
        let values: Vec<f64> = numbers.iter().map(|n| (n % 8) as f64).collect();
        let error = median_error(&numbers, &values).unwrap();
        assert!((error - (6.0_f64 / 8.0).sqrt()).abs() < 1e-12, "{error}");
    }

    /// Repeated over seeds, the stated error is the spread that the median really has, and below that of independent draws.
    #[test]
    fn the_error_is_what_other_seeds_show() {
        let draws = 256;
        let numbers: Vec<u64> = (0..draws).collect();
        let (mut medians, mut stated) = (Vec::new(), Vec::new());
        for seed in 0..64 {
            let values: Vec<f64> = numbers
                .iter()
                .map(|draw| (0..4).map(|d| uniform(seed, *draw, d).unwrap()).sum())
                .collect();
            stated.push(median_error(&numbers, &values).unwrap());
            medians.push(quantile(&brandish_math::sorted(&values).unwrap(), 0.5).unwrap());
        }
        let rms = |x: &[f64], about: f64| {
            (x.iter().map(|v| (v - about).powi(2)).sum::<f64>() / x.len() as f64).sqrt()
        };
        let (real, told) = (rms(&medians, 2.0), rms(&stated, 0.0));
        // 64 seeds know a standard deviation to 9 percent, eight scramblings each to 27, together to 3
        assert!(
            (0.7..1.4).contains(&(told / real)),
            "stated {told}, real {real}"
        );
        // independent draws: 1.2533 sd / sqrt(n), sd of a sum of four uniforms 1 / sqrt(3)
        let independent = 1.2533 / 3.0_f64.sqrt() / (draws as f64).sqrt();
        // smaller, and by more than two errors of the spread over 64 seeds
        assert!(
            real < (1.0 - 2.0 * 0.09) * independent,
            "{real} against {independent}"
        );
    }

    #[test]
    fn failed_draws_leave_the_others_where_they_are() {
        let all: Vec<u64> = (0..64).collect();
        let without: Vec<u64> = all.iter().copied().filter(|n| *n != 9).collect();
        let value = |n: &u64| uniform(5, *n, 2).unwrap();
        let whole: Vec<f64> = all.iter().map(value).collect();
        let rest: Vec<f64> = without.iter().map(value).collect();
        let (a, b) = (
            median_error(&all, &whole).unwrap(),
            median_error(&without, &rest).unwrap(),
        );
        assert!((a - b).abs() < 0.5 * a, "{a} {b}");
    }
}
