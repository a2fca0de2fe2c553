//! Scrambled Sobol points: numbers that fill a cube more evenly than chance, one point at a time.
//!
//! Point `i` of dimension `j` is the exclusive or of direction numbers at the binary digits of `i`. Owen's nested uniform scrambling then
//! flips every digit on a random bit that depends on all digits before it, so each point is uniform, the evenness stays, and
//! independent scramblings give independent estimates whose spread is the Monte Carlo error. The random bits are Philox words
//! with (digits so far, dimension, scrambling) as counter: nothing is carried along, so a point is the same on any thread.
//! Sources: Joe and Kuo (2008), "Constructing Sobol sequences with better two-dimensional projections", first 32 dimensions of their
//! table `new-joe-kuo-6`; Owen (1995), "Randomly permuted (t,m,s)-nets and (t,s)-sequences"; Bratley and Fox (1988) for the recurrence.

use crate::MathError;
use crate::philox::philox4x32_10;

/// Dimensions at hand.
pub const DIMENSIONS: usize = 32;
/// Binary digits of a point.
const DIGITS: usize = 32;
/// Marks counters of scramblings, apart from those of streams.
const SCRAMBLING: u32 = 0x50B0_1000;

/// Primitive polynomial (bits, leading one first) and initial numbers of each dimension after the first.
const TABLE: [(u32, [u32; 7]); DIMENSIONS - 1] = [
    (3, [1, 0, 0, 0, 0, 0, 0]),
    (7, [1, 3, 0, 0, 0, 0, 0]),
    (11, [1, 3, 1, 0, 0, 0, 0]),
    (13, [1, 1, 1, 0, 0, 0, 0]),
    (19, [1, 1, 3, 3, 0, 0, 0]),
    (25, [1, 3, 5, 13, 0, 0, 0]),
    (37, [1, 1, 5, 5, 17, 0, 0]),
    (41, [1, 1, 5, 5, 5, 0, 0]),
    (47, [1, 1, 7, 11, 19, 0, 0]),
    (55, [1, 1, 5, 1, 1, 0, 0]),
    (59, [1, 1, 1, 3, 11, 0, 0]),
    (61, [1, 3, 5, 5, 31, 0, 0]),
    (67, [1, 3, 3, 9, 7, 49, 0]),
    (91, [1, 1, 1, 15, 21, 21, 0]),
    (97, [1, 3, 1, 13, 27, 49, 0]),
    (103, [1, 1, 1, 15, 7, 5, 0]),
    (109, [1, 3, 1, 15, 13, 25, 0]),
    (115, [1, 1, 5, 5, 19, 61, 0]),
    (131, [1, 3, 7, 11, 23, 15, 103]),
    (137, [1, 3, 7, 13, 13, 15, 69]),
    (143, [1, 1, 3, 13, 7, 35, 63]),
    (145, [1, 3, 5, 9, 1, 25, 53]),
    (157, [1, 3, 1, 13, 9, 35, 107]),
    (167, [1, 3, 1, 5, 27, 61, 31]),
    (171, [1, 1, 5, 11, 19, 41, 61]),
    (185, [1, 3, 5, 3, 3, 13, 69]),
    (191, [1, 1, 7, 13, 1, 19, 1]),
    (193, [1, 3, 7, 5, 13, 19, 59]),
    (203, [1, 1, 3, 9, 25, 29, 41]),
    (211, [1, 3, 5, 13, 23, 1, 55]),
    (213, [1, 3, 7, 3, 13, 59, 17]),
];

/// Direction numbers by dimension and digit of the index, computed when the program is built.
static DIRECTIONS: [[u32; DIGITS]; DIMENSIONS] = directions();

/// The recurrence of Bratley and Fox: with a polynomial of degree `s` and inner coefficients `a_1 .. a_{s-1}`,
/// `m_k = 2 a_1 m_{k-1} ^ .. ^ 2^{s-1} a_{s-1} m_{k-s+1} ^ 2^s m_{k-s} ^ m_{k-s}`; the direction is `m_k 2^{32-k}`.
const fn directions() -> [[u32; DIGITS]; DIMENSIONS] {
    let mut all = [[0; DIGITS]; DIMENSIONS];
    let mut k = 0;
    while k < DIGITS {
        all[0][k] = 1 << (DIGITS - 1 - k);
        k += 1;
    }
    let mut dimension = 1;
    while dimension < DIMENSIONS {
        let (polynomial, initial) = TABLE[dimension - 1];
        let degree = (31 - polynomial.leading_zeros()) as usize;
        let mut m = [0_u32; DIGITS];
        let mut k = 0;
        while k < DIGITS {
            if k < degree {
                m[k] = initial[k];
            } else {
                let mut next = m[k - degree] ^ (m[k - degree] << degree);
                let mut back = 1;
                while back < degree {
                    if polynomial >> (degree - back) & 1 == 1 {
                        next ^= m[k - back] << back;
                    }
                    back += 1;
                }
                m[k] = next;
            }
            all[dimension][k] = m[k] << (DIGITS - 1 - k);
            k += 1;
        }
        dimension += 1;
    }
    all
}

/// The 32 digits of point `index` in `dimension`, not scrambled.
///
/// # Errors
/// A dimension beyond [`DIMENSIONS`].
pub fn sobol_digits(index: u32, dimension: usize) -> Result<u32, MathError> {
    let numbers = DIRECTIONS.get(dimension).ok_or(MathError::OutOfRange {
        place: "dimension of a Sobol point",
        value: dimension as f64,
        low: 0.0,
        high: (DIMENSIONS - 1) as f64,
    })?;
    let digits = numbers.iter().enumerate();
    Ok(digits
        .filter(|(digit, _)| index >> digit & 1 == 1)
        .fold(0, |point, (_, direction)| point ^ direction))
}

/// One scrambling of the Sobol points: its seed and its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scrambling {
    /// Seed of the family.
    pub seed: u64,
    /// Number within the family; different numbers are independent.
    pub number: u32,
}

impl Scrambling {
    /// Coordinate `dimension` of point `index`, uniform on the open interval (0, 1).
    ///
    /// Digit `k` (from the top) is flipped on a bit that belongs to the `k` digits above it. The 20 digits below the 32nd are random, so
    /// that neither end can occur and the marginal distribution is that of a uniform stream.
    ///
    /// # Errors
    /// A dimension beyond [`DIMENSIONS`].
    pub fn uniform(self, index: u32, dimension: usize) -> Result<f64, MathError> {
        let digits = sobol_digits(index, dimension)?;
        let key = [self.seed as u32, (self.seed >> 32) as u32];
        let word = |prefix: u32, depth: u32| {
            let place = SCRAMBLING ^ (depth << 16) ^ dimension as u32;
            philox4x32_10([prefix, place, self.number, SCRAMBLING], key)
        };
        let mut scrambled = 0;
        for depth in 0..DIGITS as u32 {
            let above = if depth == 0 {
                0
            } else {
                digits >> (DIGITS as u32 - depth)
            };
            let digit = digits >> (DIGITS as u32 - 1 - depth) & 1;
            let flip = word(above, depth)[0] & 1;
            scrambled = scrambled << 1 | (digit ^ flip);
        }
        let below = word(digits, DIGITS as u32)[1] >> 12;
        let bits = u64::from(scrambled) << 20 | u64::from(below);
        Ok((bits as f64 + 0.5) / 4_503_599_627_370_496.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Owen scrambling keeps the net: the first 2^k points put one point in each interval of length 2^-k.
    #[test]
    fn every_interval_gets_its_point_in_every_dimension() {
        for dimension in 0..DIMENSIONS {
            let scrambling = Scrambling {
                seed: 11,
                number: 3,
            };
            let mut seen = [false; 64];
            for index in 0..64 {
                let value = scrambling.uniform(index, dimension).unwrap();
                seen[(value * 64.0) as usize] = true;
            }
            assert!(seen.iter().all(|hit| *hit), "dimension {dimension}");
        }
    }

    #[test]
    fn scramblings_and_seeds_differ_and_repeat() {
        let at = |seed, number| Scrambling { seed, number }.uniform(5, 4).unwrap();
        assert_eq!(at(1, 0), at(1, 0));
        assert_ne!(at(1, 0), at(1, 1));
        assert_ne!(at(1, 0), at(2, 0));
        assert!(
            Scrambling { seed: 1, number: 0 }
                .uniform(0, DIMENSIONS)
                .is_err()
        );
    }

    /// A point is uniform over scramblings: mean 1/2 and variance 1/12, within four standard errors.
    #[test]
    fn one_point_is_uniform_over_scramblings() {
        let draws: Vec<f64> = (0..4096)
            .map(|number| Scrambling { seed: 7, number }.uniform(13, 9).unwrap())
            .collect();
        let mean = draws.iter().sum::<f64>() / 4096.0;
        let variance = draws.iter().map(|u| (u - mean).powi(2)).sum::<f64>() / 4096.0;
        assert!(
            (mean - 0.5).abs() < 4.0 * (1.0_f64 / 12.0 / 4096.0).sqrt(),
            "{mean}"
        );
        assert!((variance - 1.0 / 12.0).abs() < 0.005, "{variance}");
    }

    /// A smooth integral over eight dimensions: the error over scramblings is far below that of as many independent draws.
    #[test]
    fn the_error_is_below_that_of_independent_draws() {
        let points = 256_u32;
        let f = |u: &[f64]| u.iter().map(|x| 1.0 + (x - 0.5)).product::<f64>();
        let means: Vec<f64> = (0..16)
            .map(|number| {
                let scrambling = Scrambling { seed: 3, number };
                let sum: f64 = (0..points)
                    .map(|index| {
                        let u: Vec<f64> = (0..8)
                            .map(|dimension| scrambling.uniform(index, dimension).unwrap())
                            .collect();
                        f(&u)
                    })
                    .sum();
                sum / f64::from(points)
            })
            .collect();
        let mean_square = means.iter().map(|m| (m - 1.0).powi(2)).sum::<f64>() / 16.0;
        // variance of f: (13/12)^8 - 1 = 0.897
        let independent = (13.0_f64 / 12.0).powi(8) - 1.0;
        assert!(
            mean_square < 0.1 * independent / f64::from(points),
            "{mean_square}"
        );
    }
}
