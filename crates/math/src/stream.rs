//! A stream of random numbers that belongs to one variable of one draw.
//!
//! The key of the generator is the seed; its counter is (draw, variable) and a block number that the stream counts up.
//! Two streams with different (seed, draw, variable) never share a block, so adding a variable or changing the
//! number of threads leaves all other numbers as they were. Draw and variable enter with 48 and 48 bits, the block
//! number with 32: see [`Stream::new`].

use crate::normal::quantile_inside;
use crate::philox::philox4x32_10;
use crate::{MathError, sum::compensated_sum};

/// Random numbers for one variable of one draw; cheap to make, so make one per variable.
#[derive(Debug, Clone)]
pub struct Stream {
    key: [u32; 2],
    counter: [u32; 4],
    words: [u32; 4],
    used: usize,
}

impl Stream {
    /// The stream of this seed, draw and variable.
    ///
    /// The counter holds the low 48 bits of `draw` and of `variable`; higher bits are folded into the key, so streams
    /// with draws and variables below 2^48 (2.8e14) are guaranteed to be disjoint.
    pub const fn new(seed: u64, draw: u64, variable: u64) -> Stream {
        let folded = seed ^ (draw >> 48).rotate_left(17) ^ (variable >> 48).rotate_left(41);
        Stream {
            key: [folded as u32, (folded >> 32) as u32],
            counter: [
                0,
                draw as u32,
                variable as u32,
                ((draw >> 32) as u32 & 0xFFFF) | (((variable >> 32) as u32 & 0xFFFF) << 16),
            ],
            words: [0; 4],
            used: 4,
        }
    }

    /// The next 32 random bits.
    pub const fn next_u32(&mut self) -> u32 {
        if self.used == 4 {
            self.words = philox4x32_10(self.counter, self.key);
            self.counter[0] = self.counter[0].wrapping_add(1);
            self.used = 0;
        }
        let word = self.words[self.used];
        self.used += 1;
        word
    }

    /// The next 64 random bits: low word first.
    pub const fn next_u64(&mut self) -> u64 {
        let low = self.next_u32() as u64;
        let high = self.next_u32() as u64;
        high << 32 | low
    }

    /// Uniform on the open interval (0, 1): (k + 1/2) / 2^52 with k the top 52 of 64 random bits, so that neither end
    /// can occur and u and 1 - u are equally likely.
    pub const fn uniform(&mut self) -> f64 {
        ((self.next_u64() >> 12) as f64 + 0.5) / 4_503_599_627_370_496.0
    }

    /// Uniform on (low, high).
    pub const fn uniform_between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.uniform()
    }

    /// Standard normal: the quantile of one uniform number, so each normal uses exactly one 64-bit step.
    pub fn normal(&mut self) -> f64 {
        quantile_inside(self.uniform())
    }

    /// A whole number from 0 to `count` - 1, each equally likely; 0 when `count` is 0 or 1.
    ///
    /// Lemire's multiply-and-reject ("Fast random integer generation in an interval", 2019), without bias.
    pub const fn below(&mut self, count: u64) -> u64 {
        if count < 2 {
            return 0;
        }
        let threshold = count.wrapping_neg() % count;
        loop {
            let product = self.next_u64() as u128 * count as u128;
            if product as u64 >= threshold {
                return (product >> 64) as u64;
            }
        }
    }

    /// Exponential with mean 1.
    pub fn exponential(&mut self) -> f64 {
        -self.uniform().ln()
    }

    /// Gamma with this shape and scale 1, for a finite shape above 0.
    ///
    /// Marsaglia and Tsang ("A simple method for generating gamma variables", 2000): with d = shape - 1/3 and
    /// c = 1 / sqrt(9 d), accept d (1 + c x)^3 for normal x when ln u < x^2/2 + d - d v + d ln v, v = (1 + c x)^3.
    /// A shape below 1 uses shape + 1 and multiplies by u^(1/shape).
    pub fn gamma(&mut self, shape: f64) -> Result<f64, MathError> {
        if !(shape > 0.0 && shape.is_finite()) {
            return Err(MathError::OutOfRange {
                place: "shape of a gamma draw",
                value: shape,
                low: 0.0,
                high: f64::MAX,
            });
        }
        Ok(self.log_gamma(shape).exp())
    }

    /// The logarithm of a gamma draw; small shapes underflow in plain form but not here. `shape` has been checked.
    fn log_gamma(&mut self, shape: f64) -> f64 {
        let boost = if shape < 1.0 {
            self.uniform().ln() / shape
        } else {
            0.0
        };
        let d = (if shape < 1.0 { shape + 1.0 } else { shape }) - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let root = 1.0 + c * x;
            if root <= 0.0 {
                continue;
            }
            let log_v = 3.0 * root.ln();
            let v = root * root * root;
            if self.uniform().ln() < 0.5 * x * x + d - d * v + d * log_v {
                return d.ln() + log_v + boost;
            }
        }
    }

    /// Shares that are positive or zero and add to one, Dirichlet with weights `alpha` (each finite and above 0):
    /// independent gamma draws divided by their sum.
    pub fn dirichlet(&mut self, alpha: &[f64]) -> Result<Vec<f64>, MathError> {
        if alpha.is_empty() {
            return Err(MathError::TooFew {
                place: "weights of a Dirichlet draw",
                needed: 1,
                got: 0,
            });
        }
        for weight in alpha {
            if !(*weight > 0.0 && weight.is_finite()) {
                return Err(MathError::OutOfRange {
                    place: "weight of a Dirichlet draw",
                    value: *weight,
                    low: 0.0,
                    high: f64::MAX,
                });
            }
        }
        let logs: Vec<f64> = alpha.iter().map(|weight| self.log_gamma(*weight)).collect();
        // Dividing by the largest first keeps at least one share away from underflow.
        let largest = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let parts: Vec<f64> = logs.iter().map(|log| (log - largest).exp()).collect();
        let total = compensated_sum(&parts);
        Ok(parts.into_iter().map(|part| part / total).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn mean_and_variance(values: &[f64]) -> (f64, f64) {
        let count = values.len() as f64;
        let mean = compensated_sum(values) / count;
        let squares: Vec<f64> = values
            .iter()
            .map(|value| (value - mean) * (value - mean))
            .collect();
        (mean, compensated_sum(&squares) / count)
    }

    /// Every moment within five of its standard errors over 200,000 numbers of a fixed seed.
    #[test]
    fn moments_are_those_of_the_distribution() {
        let count = 200_000;
        let mut stream = Stream::new(1, 2, 3);
        let root = f64::from(count).sqrt();
        let mut check = |name: &str,
                         draw: &mut dyn FnMut(&mut Stream) -> f64,
                         mean: f64,
                         variance: f64,
                         kurtosis: f64| {
            let values: Vec<f64> = (0..count).map(|_| draw(&mut stream)).collect();
            let (found_mean, found_variance) = mean_and_variance(&values);
            assert!(
                (found_mean - mean).abs() < 5.0 * variance.sqrt() / root,
                "{name}: mean {found_mean}"
            );
            let error = variance * (kurtosis - 1.0).sqrt() / root;
            assert!(
                (found_variance - variance).abs() < 5.0 * error,
                "{name}: variance {found_variance}"
            );
        };
        check("uniform", &mut Stream::uniform, 0.5, 1.0 / 12.0, 1.8);
        check("normal", &mut Stream::normal, 0.0, 1.0, 3.0);
        check("exponential", &mut Stream::exponential, 1.0, 1.0, 9.0);
        for shape in [0.3, 1.0, 4.5] {
            check(
                "gamma",
                &mut |s| s.gamma(shape).unwrap(),
                shape,
                shape,
                3.0 + 6.0 / shape,
            );
        }
        // Dirichlet (1, 2, 3): the second share is Beta(2, 4), mean 1/3, variance 2 x 4 / (36 x 7), kurtosis 2.625.
        check(
            "dirichlet",
            &mut |s| s.dirichlet(&[1.0, 2.0, 3.0]).unwrap()[1],
            1.0 / 3.0,
            8.0 / 252.0,
            2.625,
        );
        check(
            "below",
            &mut |s| s.below(6) as f64,
            2.5,
            35.0 / 12.0,
            1.7314,
        );
    }

    #[test]
    fn a_stream_is_a_function_of_its_three_numbers() {
        let first = |seed, draw, variable| Stream::new(seed, draw, variable).next_u64();
        assert_eq!(first(1, 2, 3), first(1, 2, 3));
        let mut seen = std::collections::BTreeSet::new();
        for seed in 0..10 {
            for draw in 0..30 {
                for variable in 0..30 {
                    assert!(seen.insert(first(seed, draw, variable)));
                }
            }
        }
        // Draw and variable are not interchangeable, and high bits count.
        assert!(
            seen.insert(first(0, 1 << 40, 0))
                && seen.insert(first(0, 0, 1 << 40))
                && seen.insert(first(0, 1 << 60, 0))
        );
    }

    #[test]
    fn weights_that_mean_nothing_are_refused() {
        let mut stream = Stream::new(0, 0, 0);
        for weights in [&[][..], &[1.0, 0.0], &[1.0, f64::NAN], &[f64::INFINITY]] {
            assert!(stream.dirichlet(weights).is_err(), "{weights:?}");
        }
        assert!(stream.gamma(-1.0).is_err());
        assert_eq!(stream.below(0), 0);
    }

    proptest! {
        #[test]
        fn uniform_is_inside_and_below_is_below(seed: u64, draw: u64, variable: u64, count in 1_u64..) {
            let mut stream = Stream::new(seed, draw, variable);
            for _ in 0..50 {
                let uniform = stream.uniform();
                prop_assert!(uniform > 0.0 && uniform < 1.0);
                prop_assert!(stream.normal().is_finite());
                prop_assert!(stream.below(count) < count);
            }
        }

        /// Shares add to one within the rounding of a few divisions, also for tiny weights that underflow.
        #[test]
        fn shares_add_to_one(seed: u64, weights in prop::collection::vec(1e-6..50.0, 1..10)) {
            let shares = Stream::new(seed, 0, 0).dirichlet(&weights).unwrap();
            prop_assert!(shares.iter().all(|share| (0.0..=1.0).contains(share)));
            prop_assert!((compensated_sum(&shares) - 1.0).abs() < 1e-15 * weights.len() as f64 + 1e-15);
        }
    }
}
