//! Roots of a function of one variable inside a bracket.
//!
//! [`brent`] is the one to use: inverse quadratic steps guarded by bisection (Brent, "Algorithms for Minimization
//! without Derivatives", 1973, chapter 4). [`bisect`] halves and nothing else, for functions with kinks or jumps where
//! a predictable path matters more than speed. Both need a sign change and say so when there is none.

use crate::{MathError, error::finite};

struct Bracket {
    low: f64,
    high: f64,
    at_low: f64,
    at_high: f64,
}

fn bracket(
    function: &mut impl FnMut(f64) -> f64,
    low: f64,
    high: f64,
) -> Result<Bracket, MathError> {
    let (low, high) = (
        finite("left end of the bracket", low)?,
        finite("right end of the bracket", high)?,
    );
    let at_low = finite("function at the left end of the bracket", function(low))?;
    let at_high = finite("function at the right end of the bracket", function(high))?;
    if at_low != 0.0 && at_high != 0.0 && (at_low < 0.0) == (at_high < 0.0) {
        return Err(MathError::NoBracket {
            low,
            high,
            at_low,
            at_high,
        });
    }
    Ok(Bracket {
        low,
        high,
        at_low,
        at_high,
    })
}

/// A root between `low` and `high`, at most `tolerance` away in x, by bisection. With a jump across zero, the place of
/// the jump. At most 2,100 halvings, more than any two doubles are apart.
pub fn bisect(
    mut function: impl FnMut(f64) -> f64,
    low: f64,
    high: f64,
    tolerance: f64,
) -> Result<f64, MathError> {
    const LIMIT: usize = 2_100;
    let Bracket {
        mut low,
        mut high,
        at_low,
        at_high,
    } = bracket(&mut function, low, high)?;
    if at_low == 0.0 {
        return Ok(low);
    }
    if at_high == 0.0 {
        return Ok(high);
    }
    for _ in 0..LIMIT {
        let middle = low / 2.0 + high / 2.0;
        if (high - low).abs() <= 2.0 * tolerance || middle == low || middle == high {
            return Ok(middle);
        }
        let value = finite("function inside the bracket", function(middle))?;
        if value == 0.0 {
            return Ok(middle);
        }
        if (value < 0.0) == (at_low < 0.0) {
            low = middle;
        } else {
            high = middle;
        }
    }
    Err(MathError::NotConverged {
        method: "bisection",
        iterations: LIMIT,
        best: low,
        error: (high - low).abs(),
    })
}

/// A root between `low` and `high`, at most `tolerance` (plus rounding, 4 epsilon |x|) away in x, by Brent's method.
/// At most 200 steps.
pub fn brent(
    mut function: impl FnMut(f64) -> f64,
    low: f64,
    high: f64,
    tolerance: f64,
) -> Result<f64, MathError> {
    const LIMIT: usize = 200;
    let start = bracket(&mut function, low, high)?;
    // b is the best point, a the one before, c the point on the other side of the root.
    let (mut a, mut b, mut c) = (start.low, start.high, start.low);
    let (mut at_a, mut at_b, mut at_c) = (start.at_low, start.at_high, start.at_low);
    let mut step = b - a;
    let mut step_before = step;
    for _ in 0..LIMIT {
        if (at_b > 0.0) == (at_c > 0.0) && at_b != 0.0 && at_c != 0.0 {
            (c, at_c) = (a, at_a);
            step = b - a;
            step_before = step;
        }
        if at_c.abs() < at_b.abs() {
            (a, b, c) = (b, c, b);
            (at_a, at_b, at_c) = (at_b, at_c, at_b);
        }
        let enough = 2.0 * f64::EPSILON * b.abs() + 0.5 * tolerance.max(0.0);
        let half = 0.5 * (c - b);
        if half.abs() <= enough || at_b == 0.0 {
            return Ok(b);
        }
        if step_before.abs() >= enough && at_a.abs() > at_b.abs() {
            let s = at_b / at_a;
            let (mut p, mut q) = if a == c {
                (2.0 * half * s, 1.0 - s)
            } else {
                let (q, r) = (at_a / at_c, at_b / at_c);
                (
                    s * (2.0 * half * q * (q - r) - (b - a) * (r - 1.0)),
                    (q - 1.0) * (r - 1.0) * (s - 1.0),
                )
            };
            if p > 0.0 {
                q = -q;
            } else {
                p = -p;
            }
            if 2.0 * p < (3.0 * half * q - (enough * q).abs()).min((step_before * q).abs()) {
                step_before = step;
                step = p / q;
            } else {
                step = half;
                step_before = half;
            }
        } else {
            step = half;
            step_before = half;
        }
        (a, at_a) = (b, at_b);
        b += if step.abs() > enough {
            step
        } else {
            enough.copysign(half)
        };
        at_b = finite("function inside the bracket", function(b))?;
    }
    Err(MathError::NotConverged {
        method: "Brent's method",
        iterations: LIMIT,
        best: b,
        error: (c - b).abs(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    type Solver = fn(fn(f64) -> f64, f64, f64, f64) -> Result<f64, MathError>;

    #[test]
    fn what_cannot_be_answered_is_refused() {
        let solvers: [Solver; 2] = [bisect, brent];
        for solver in solvers {
            assert_eq!(
                solver(|x| x * x + 1.0, -1.0, 2.0, 1e-9),
                Err(MathError::NoBracket {
                    low: -1.0,
                    high: 2.0,
                    at_low: 2.0,
                    at_high: 5.0
                })
            );
            assert!(matches!(
                solver(|x| x, f64::NAN, 1.0, 1e-9),
                Err(MathError::NotFinite { .. })
            ));
            assert!(matches!(
                solver(|_| f64::NAN, 0.0, 1.0, 1e-9),
                Err(MathError::NotFinite { .. })
            ));
            assert_eq!(solver(|x| x, 0.0, 1.0, 1e-9), Ok(0.0));
            assert_eq!(solver(|x| x - 1.0, 0.0, 1.0, 1e-9), Ok(1.0));
        }
    }

    #[test]
    fn bisection_finds_a_jump_and_needs_no_tolerance() {
        let jump = |x: f64| if x < 0.3 { -1.0 } else { 1.0 };
        assert!((bisect(jump, 0.0, 1.0, 0.0).unwrap() - 0.3).abs() < 1e-15);
    }

    proptest! {
        /// Roots of cubics with a known place, in any bracket around it; the tolerance asked for, plus rounding of x.
        #[test]
        fn cubics(place in -10.0_f64..10.0, slope in 0.1_f64..5.0, left in 0.1_f64..20.0, right in 0.1_f64..20.0) {
            let function = |x: f64| (x - place) * ((x - place) * (x - place) + slope);
            for root in [
                brent(function, place - left, place + right, 1e-12).unwrap(),
                bisect(function, place - left, place + right, 1e-12).unwrap(),
            ] {
                prop_assert!((root - place).abs() < 2e-12);
            }
        }
    }
}
