//! What can go wrong, with the numbers that made it go wrong.
//!
//! One enum for the crate. Messages name the solver or argument, the value and, where there is one, the remedy.

/// A computation that has no answer for the input it was given.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum MathError {
    /// The function has the same sign at both ends.
    #[error(
        "no sign change: f({low}) = {at_low} and f({high}) = {at_high}; widen the bracket until the signs differ"
    )]
    NoBracket {
        /// Left end.
        low: f64,
        /// Right end.
        high: f64,
        /// Value at the left end.
        at_low: f64,
        /// Value at the right end.
        at_high: f64,
    },
    /// The iteration limit was reached first.
    #[error(
        "{method} did not converge in {iterations} iterations; best point {best}, remaining error {error}; loosen the tolerance or raise the limit"
    )]
    NotConverged {
        /// Which solver.
        method: &'static str,
        /// Iterations spent.
        iterations: usize,
        /// Best point or objective reached.
        best: f64,
        /// What was left: bracket width, gradient or residual.
        error: f64,
    },
    /// A NaN or an infinity where a finite number is needed.
    #[error("{place}: {value} is not a finite number; check the input that produced it")]
    NotFinite {
        /// Which argument or intermediate result.
        place: &'static str,
        /// The value.
        value: f64,
    },
    /// A number outside the range where the function is defined.
    #[error("{place}: {value} is outside {low} to {high}")]
    OutOfRange {
        /// Which argument.
        place: &'static str,
        /// The value.
        value: f64,
        /// Smallest allowed value.
        low: f64,
        /// Largest allowed value.
        high: f64,
    },
    /// Not enough observations.
    #[error("{place} needs at least {needed} values, got {got}")]
    TooFew {
        /// Which argument or function.
        place: &'static str,
        /// How many are needed.
        needed: usize,
        /// How many were given.
        got: usize,
    },
    /// Two lengths that have to agree do not.
    #[error("{place}: expected {expected} values, got {got}")]
    LengthMismatch {
        /// Which arguments.
        place: &'static str,
        /// The length implied by the other arguments.
        expected: usize,
        /// The length given.
        got: usize,
    },
    /// Values that must increase do not.
    #[error("{place} must be increasing, but element {index} is {value} after {previous}")]
    NotIncreasing {
        /// Which argument.
        place: &'static str,
        /// Index of the offending element.
        index: usize,
        /// Its value.
        value: f64,
        /// The element before it.
        previous: f64,
    },
    /// The matrix has no inverse to working precision.
    #[error(
        "matrix is singular: pivot {pivot} in column {column}; remove a dependent row or rescale"
    )]
    Singular {
        /// Column of the failing pivot, counted from 0.
        column: usize,
        /// The pivot.
        pivot: f64,
    },
    /// The matrix is not symmetric positive definite.
    #[error("matrix is not positive definite: pivot {pivot} in row {row}")]
    NotPositiveDefinite {
        /// Row of the failing pivot, counted from 0.
        row: usize,
        /// The pivot.
        pivot: f64,
    },
}

/// The value, or an error naming the place when it is NaN or infinite.
pub(crate) fn finite(place: &'static str, value: f64) -> Result<f64, MathError> {
    if value.is_finite() {
        Ok(value)
    } else {
        Err(MathError::NotFinite { place, value })
    }
}
