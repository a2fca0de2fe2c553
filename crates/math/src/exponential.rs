//! The exponential of several numbers at once, with the same bits on every machine.
//!
//! x = n ln 2 + r with |r| <= ln 2 / 2; e^x = 2^n (1 + r + r^2 q(r)), q a polynomial of degree 9 (interpolation of
//! (e^r - 1 - r)/r^2 at Chebyshev points; its own error is 1.6e-17). Relative error at most 3.2e-16 over the whole range (tested against fixed-point
//! arithmetic of 60 binary places); results below 2^-1021 are zero, NaN stays NaN. Only additions, multiplications and
//! integer steps: no table, no fused multiplication, so vectors of any width give the bits of the single number.

use crate::wide::{Kernel, Width, at};

/// 1 / ln 2.
const PER_LN2: f64 = std::f64::consts::LOG2_E;
/// ln 2 in two parts; the upper one times any n is exact.
const LN2_UPPER: f64 = 0.693_147_180_485_539_1;
const LN2_LOWER: f64 = 7.440_617_110_012_397e-11;
/// 1.5 x 2^52: adding it rounds to an integer that then stands in the low bits.
const ROUNDER: f64 = 6_755_399_441_055_744.0;
/// Coefficients of q, constant first.
const Q: [f64; 10] = [
    0.500_000_000_000_000_1,
    0.166_666_666_666_666_69,
    0.041_666_666_666_624_13,
    0.008_333_333_333_330_062,
    0.001_388_888_891_721_371_7,
    0.000_198_412_698_630_536_18,
    2.480_152_129_595_437_6e-5,
    2.755_726_845_999_706_4e-6,
    2.762_008_844_540_974_6e-7,
    2.510_038_549_551_032e-8,
];
/// Above this the result is infinite.
const LARGEST: f64 = 709.782_712_893_384;
/// Below this the result is zero: it would be less than 2^-1021.
const SMALLEST: f64 = -707.7;

/// e^x of every lane.
#[inline(always)]
#[allow(
    clippy::needless_range_loop,
    reason = "loops over lanes with a fixed end are what compilers turn into vectors"
)]
pub fn exp_lanes<const N: usize>(x: [f64; N]) -> [f64; N] {
    let mut result = [0.0; N];
    for k in 0..N {
        let shifted = x[k] * PER_LN2 + ROUNDER;
        let n = shifted - ROUNDER;
        let r = (x[k] - n * LN2_UPPER) - n * LN2_LOWER;
        let r2 = r * r;
        let r4 = r2 * r2;
        let low = (Q[0] + Q[1] * r) + r2 * (Q[2] + Q[3] * r);
        let high = (Q[4] + Q[5] * r) + r2 * (Q[6] + Q[7] * r);
        let q = (low + r4 * high) + (r4 * r4) * (Q[8] + Q[9] * r);
        let value = 1.0 + (r + r2 * q);
        // 2^(n-1), put together from its exponent; the sum below is the missing factor 2.
        let power = f64::from_bits(
            shifted
                .to_bits()
                .wrapping_sub(ROUNDER.to_bits())
                .wrapping_add(1022)
                << 52,
        );
        let scaled = (value + value) * power;
        let bounded = if x[k] < SMALLEST { 0.0 } else { scaled };
        result[k] = if x[k] > LARGEST {
            f64::INFINITY
        } else {
            bounded
        };
    }
    result
}

/// e^x: one lane of [`exp_lanes`].
#[inline]
pub fn exp(x: f64) -> f64 {
    exp_lanes([x])[0]
}

/// Replaces every number by its exponential, with the widest vectors of this machine.
pub fn exp_slice(values: &mut [f64]) {
    at(Width::widest(), All(values));
}

struct All<'a>(&'a mut [f64]);

impl Kernel for All<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let mut eights = self.0.chunks_exact_mut(8);
        for eight in &mut eights {
            let mut lanes = [0.0; 8];
            lanes.copy_from_slice(eight);
            eight.copy_from_slice(&exp_lanes(lanes));
        }
        for value in eights.into_remainder() {
            *value = exp_lanes([*value])[0];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ln 2 times 2^90, rounded.
    const LN2_90: i128 = 858_074_647_932_929_271_111_585_486;

    /// Relative difference to e^r by a Taylor series in fixed point of 60 binary places (errors below 1e-17), before scaling by
    /// 2^n: compared in integers, so that nothing is rounded on the way. The lowest bit of a tested x is above 2^-70.
    fn relative_error(x: f64) -> f64 {
        let n = (x * PER_LN2).round() as i32;
        let one = 1_i128 << 60;
        let scaled = (x * 2.0_f64.powi(70)) as i128;
        let r = ((scaled << 20) - i128::from(n) * LN2_90) >> 30;
        let (mut term, mut sum) = (one, one);
        for k in 1..30 {
            term = ((term * r) >> 60) / k;
            sum += term;
        }
        let ours = exp(x) / 2.0_f64.powi(n); // exact: a power of two
        let ours = (ours * 2.0_f64.powi(60)) as i128; // exact: at most 53 bits
        (ours - sum) as f64 / sum as f64
    }

    #[test]
    fn the_error_is_below_the_promise() {
        let mut worst = 0.0_f64;
        for step in 0..2_000_000_i64 {
            // Steps without pattern over +-40, finer near zero.
            let u = (step as f64 * 0.618_033_988_749_894_9).fract() * 2.0 - 1.0;
            let wide = (u * 40.0 * 1048576.0).round() / 1048576.0;
            let near = (u * 67_108_864.0).round() / 67_108_864.0;
            worst = worst
                .max(relative_error(wide).abs())
                .max(relative_error(near).abs());
        }
        assert!(worst <= 3.2e-16, "{worst:e}");
    }

    #[test]
    fn it_agrees_with_the_library_over_the_whole_range() {
        for step in -70_700..70_950 {
            let x = f64::from(step) / 100.0 + 0.001;
            let (ours, library) = (exp(x), x.exp());
            // The library's own error is below 1.2e-16.
            assert!(
                (ours / library - 1.0).abs() <= 4.5e-16,
                "{x}: {ours:e} {library:e}"
            );
        }
    }

    #[test]
    fn ends_and_special_values() {
        assert_eq!(exp(0.0), 1.0);
        assert_eq!(exp(-0.0), 1.0);
        assert_eq!(exp(710.0), f64::INFINITY);
        assert!(exp(709.7).is_finite());
        assert_eq!(exp(-708.0), 0.0);
        assert!(exp(-707.6) > 0.0);
        assert_eq!(exp(f64::INFINITY), f64::INFINITY);
        assert_eq!(exp(f64::NEG_INFINITY), 0.0);
        assert!(exp(f64::NAN).is_nan());
    }

    struct Many<'a>(&'a [f64]);

    impl Kernel for Many<'_> {
        type Output = Vec<u64>;

        #[inline(always)]
        fn run(self) -> Vec<u64> {
            let mut bits = Vec::with_capacity(self.0.len());
            for chunk in self.0.chunks_exact(8) {
                let mut lanes = [0.0; 8];
                lanes.copy_from_slice(chunk);
                bits.extend(exp_lanes(lanes).map(f64::to_bits));
            }
            bits
        }
    }

    #[test]
    fn every_width_gives_the_bits_of_the_single_number() {
        let xs: Vec<f64> = (0..8_000)
            .map(|i| (f64::from(i) * 0.754_877_666).fract() * 1_500.0 - 750.0)
            .collect();
        let single: Vec<u64> = xs.iter().map(|x| exp(*x).to_bits()).collect();
        for width in Width::ALL {
            assert_eq!(at(width, Many(&xs)), single, "{width:?}");
        }
        let mut odd = xs[..4_003].to_vec();
        exp_slice(&mut odd);
        assert!(odd.iter().zip(&single).all(|(a, b)| a.to_bits() == *b));
    }
}
