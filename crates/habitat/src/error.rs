//! What can go wrong: an input outside its bounds, or a market that finds no price.
//!
//! Each variant carries the values that failed. Nothing is clamped or replaced: a refused input is refused with
//! its name, its value and what is allowed; a solve that does not converge reports the day, the iterations and
//! the residual, never the last iterate as if it were an answer.

use brandish_math::MathError;
use thiserror::Error;

/// Errors of the clearing engine.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum ClearingError {
    /// A number is not finite or lies outside the range in which the engine means something.
    #[error("{name} = {value} is out of range: give a finite number {allowed}")]
    OutOfRange {
        /// The input's name, with bucket, sector or day where it has one.
        name: String,
        /// The value given.
        value: f64,
        /// The range allowed, in words.
        allowed: &'static str,
    },
    /// A count (days, orders, tenors) is zero or beyond the engine's bound.
    #[error("{name} = {count} is out of range: give {least} to {most}")]
    CountOutOfRange {
        /// The input's name.
        name: &'static str,
        /// The count given.
        count: usize,
        /// Least count allowed.
        least: usize,
        /// Largest count allowed.
        most: usize,
    },
    /// A covariance matrix cannot be one.
    #[error(
        "covariance of yield changes is unusable: {reason} (row {row}, column {column}, value {value}); check the yield history behind it"
    )]
    Covariance {
        /// What is wrong.
        reason: &'static str,
        /// Row of the first offending entry.
        row: usize,
        /// Its column.
        column: usize,
        /// Its value.
        value: f64,
    },
    /// A linear system has no unique solution.
    #[error("the {system} is singular; the parameters leave no unique price")]
    Singular {
        /// Which system.
        system: &'static str,
    },
    /// Newton's method did not reach its tolerance.
    #[error(
        "no clearing prices on business day {day}: after {iterations} Newton iterations the residual is {residual_bp} bp (tolerance {tolerance_bp} bp)"
    )]
    NotConverged {
        /// Business day, 1-based.
        day: usize,
        /// Iterations made.
        iterations: usize,
        /// Remaining residual of the pricing equations, bp.
        residual_bp: f64,
        /// Tolerance, bp.
        tolerance_bp: f64,
    },
    /// A computation on the inputs has no answer.
    #[error("fit of the covariance, search for the slope or two-factor model: {0}")]
    Mathematics(#[from] MathError),
    /// A target cannot be reached by any slope in the searched range.
    #[error(
        "no demand slope between {low} and {high} $bn per bp gives a long-run response of {target_bp} bp; attainable are {least_bp} to {most_bp} bp"
    )]
    Unattainable {
        /// The target, bp per $100bn.
        target_bp: f64,
        /// Least slope searched, $bn per bp.
        low: f64,
        /// Largest slope searched, $bn per bp.
        high: f64,
        /// Response at the largest slope.
        least_bp: f64,
        /// Response at the least slope.
        most_bp: f64,
    },
}

/// Checks that `value` is finite and within `low..=high`.
pub(crate) fn require(
    name: impl Into<String>,
    value: f64,
    low: f64,
    high: f64,
    allowed: &'static str,
) -> Result<(), ClearingError> {
    if value.is_finite() && value >= low && value <= high {
        Ok(())
    } else {
        Err(ClearingError::OutOfRange {
            name: name.into(),
            value,
            allowed,
        })
    }
}

/// Checks that a count lies within `least..=most`.
pub(crate) fn require_count(
    name: &'static str,
    count: usize,
    least: usize,
    most: usize,
) -> Result<(), ClearingError> {
    if (least..=most).contains(&count) {
        Ok(())
    } else {
        Err(ClearingError::CountOutOfRange {
            name,
            count,
            least,
            most,
        })
    }
}
