//! What an estimated response makes of a change of the ten-year yield, with the estimate's own error.
//!
//! `m = (b + se q(u)) dy / 10`: `b` and its standard error per 10 bp, `q` the quantile of Student's t with the estimate's degrees
//! of freedom, `u` uniform per draw; the central value has u = 1/2. The response to one day's change is applied to the change since the
//! as-of day: that it adds up over days is an assumption. Pass-through to mortgage rates has the same form with everything in bp.

use brandish_math::student_quantile;
use brandish_units::Bp;

use crate::error::EffectsError;

/// A response per +10 bp of the ten-year yield.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MarketResponse {
    /// In the market's unit.
    pub per_ten_bp: f64,
    /// Standard error, same unit.
    pub standard_error: f64,
    /// Degrees of freedom of the estimate, ten or more.
    pub degrees_of_freedom: f64,
}

impl MarketResponse {
    /// The response over its standard error, with the response's sign; infinite for an exact one.
    #[must_use]
    pub fn ratio(self) -> f64 {
        self.per_ten_bp / self.standard_error
    }

    /// The response at a point of its own uncertainty: `u` in (0, 1), one half for the estimate itself.
    ///
    /// # Errors
    /// If `u` lies outside (0, 1) or the degrees of freedom are too few.
    pub fn at(self, u: f64) -> Result<f64, EffectsError> {
        let quantile = student_quantile(u, self.degrees_of_freedom)?;
        Ok(self.per_ten_bp + self.standard_error * quantile)
    }
}

/// The market's move when the ten-year yield changes by this much, from a response per 10 bp.
#[must_use]
pub fn pass_through(per_ten_bp: f64, yield_change: Bp) -> f64 {
    per_ten_bp * yield_change.0 / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    const RESPONSE: MarketResponse = MarketResponse {
        per_ten_bp: 3.4,
        standard_error: 0.9,
        degrees_of_freedom: 20.0,
    };

    #[test]
    fn no_move_of_yields_moves_nothing() {
        assert_eq!(pass_through(3.4, Bp(0.0)), 0.0);
        // by hand: 3.4 per 10 bp at 25 bp
        assert!((pass_through(3.4, Bp(25.0)) - 8.5).abs() < 1e-12);
    }

    #[test]
    fn draws_lie_around_the_estimate_by_its_error() {
        assert_eq!(RESPONSE.at(0.5), Ok(3.4));
        // 97.5% point of t with 20 degrees of freedom: 2.086 (Abramowitz and Stegun, Table 26.10), printed to three decimals
        let high = RESPONSE.at(0.975).unwrap();
        assert!((high - (3.4 + 0.9 * 2.086)).abs() < 0.9 * 6e-4, "{high}");
        let low = RESPONSE.at(0.025).unwrap();
        assert!((high + low - 6.8).abs() < 1e-9, "symmetric");
        assert!(RESPONSE.at(0.0).is_err());
    }
}
