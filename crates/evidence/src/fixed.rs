//! Numbers with a fixed count of decimals, as `{:.1}` and `{:+.1}` print them.
//!
//! Verdicts print many numbers with one or two decimals. A double is a whole number by a power of two, so its decimals are
//! found in whole numbers without loss: value × 10^decimals is a quotient whose remainder tells how to round, ties to even.
//! What does not fit into 64 bits is left to the standard library; the digits are the same.

use std::fmt;

/// A number with `D` decimals; with its sign if `plus`.
#[derive(Clone, Copy)]
pub(crate) struct Fixed<const D: u32> {
    value: f64,
    plus: bool,
}

/// As `{:.D}` prints it.
pub(crate) fn fixed<const D: u32>(value: f64) -> Fixed<D> {
    Fixed { value, plus: false }
}

/// As `{:+.D}` prints it.
pub(crate) fn signed<const D: u32>(value: f64) -> Fixed<D> {
    Fixed { value, plus: true }
}

/// The value's magnitude × 10^decimals, rounded with ties to even.
fn scaled(value: f64, decimals: u32) -> Option<u64> {
    let bits = value.to_bits();
    let exponent = ((bits >> 52) & 0x7ff) as i32;
    let fraction = bits & ((1 << 52) - 1);
    let (whole, power) = match exponent {
        0 if fraction == 0 => return Some(0),
        0 | 0x7ff => return None,
        _ => (fraction | (1 << 52), exponent - 1075),
    };
    // 53 bits by at most 1,000 fit.
    let product = whole.checked_mul(10_u64.checked_pow(decimals)?)?;
    if power >= 0 {
        let shift = u32::try_from(power).ok()?;
        return (product.leading_zeros() > shift).then(|| product << shift);
    }
    let shift = u32::try_from(-power).ok().filter(|s| *s < 64)?;
    let quotient = product >> shift;
    let remainder = product & ((1 << shift) - 1);
    let half = 1 << (shift - 1);
    let up = remainder > half || remainder == half && quotient & 1 == 1;
    Some(quotient + u64::from(up))
}

impl<const D: u32> fmt::Display for Fixed<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(mut rest) = scaled(self.value, D) else {
            let decimals = D as usize;
            return if self.plus {
                write!(f, "{:+.decimals$}", self.value)
            } else {
                write!(f, "{:.decimals$}", self.value)
            };
        };
        let mut bytes = [0_u8; 24];
        let mut at = bytes.len();
        let mut digits = 0;
        // At least one digit stands before the point.
        while rest > 0 || digits <= D {
            if digits == D && D > 0 {
                at -= 1;
                bytes[at] = b'.';
            }
            at -= 1;
            bytes[at] = b'0' + (rest % 10) as u8;
            rest /= 10;
            digits += 1;
        }
        if self.value.is_sign_negative() {
            at -= 1;
            bytes[at] = b'-';
        } else if self.plus {
            at -= 1;
            bytes[at] = b'+';
        }
        let shown = bytes.get(at..).and_then(|b| std::str::from_utf8(b).ok());
        f.write_str(shown.unwrap_or(""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The standard library is the reference.
    #[test]
    fn decimals_are_those_of_the_standard_library() {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let mut values = vec![
            0.0,
            -0.0,
            0.05,
            0.25,
            0.35,
            0.5,
            1.5,
            2.5,
            -0.04,
            0.125,
            9.95,
            99.995,
            1e15,
            1e18,
            1e19,
            1e300,
            1e-300,
            f64::MIN_POSITIVE,
            f64::MAX,
            f64::INFINITY,
            f64::NAN,
            1130.0,
            4503.6,
        ];
        for _ in 0..20_000 {
            state = state.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(1);
            // Thousandths of either sign, numbers as they come, and any bits.
            values.push((state >> 40) as f64 / 1000.0 - 8000.0);
            values.push((state >> 32) as f64 / 65_536.0);
            values.push(f64::from_bits(state));
        }
        for value in values {
            assert_eq!(fixed::<0>(value).to_string(), format!("{value:.0}"));
            assert_eq!(fixed::<1>(value).to_string(), format!("{value:.1}"));
            assert_eq!(fixed::<2>(value).to_string(), format!("{value:.2}"));
            assert_eq!(signed::<0>(value).to_string(), format!("{value:+.0}"));
            assert_eq!(signed::<1>(value).to_string(), format!("{value:+.1}"));
            assert_eq!(signed::<2>(value).to_string(), format!("{value:+.2}"));
        }
    }
}
