//! What can be wrong with a curve or with a question put to it.
//!
//! Every variant carries the values that failed and the curve's date; its message says what would be accepted. A curve that
//! does not reprice its inputs is never handed out.

use brandish_math::MathError;
use brandish_treasury::{SecurityKind, TreasuryError};
use brandish_units::{Cusip, Date};

/// A curve that cannot be built, or a date or security it cannot price.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum CurveError {
    /// A curve needs points.
    #[error("a curve of {as_of} has no points; give at least one maturity with its rate")]
    NoPoints {
        /// The curve's date.
        as_of: Date,
    },
    /// More points than the bootstrap takes.
    #[error(
        "a curve of {as_of} has {count} points; at most {most} par yields can be bootstrapped: leave some out"
    )]
    TooManyPoints {
        /// The curve's date.
        as_of: Date,
        /// Points as given.
        count: usize,
        /// The limit.
        most: usize,
    },
    /// Maturities must be positive, finite and in order.
    #[error(
        "maturity {years} years of a curve of {as_of} is out of place; maturities must be positive, finite and increasing"
    )]
    Maturity {
        /// The curve's date.
        as_of: Date,
        /// Maturity as given.
        years: f64,
    },
    /// A rate must be a finite number.
    #[error(
        "the {what} at {years} years of a curve of {as_of} is {percent}%; it must be a finite number"
    )]
    RateNotFinite {
        /// Which rate.
        what: &'static str,
        /// The curve's date.
        as_of: Date,
        /// Maturity.
        years: f64,
        /// Rate as given, percent.
        percent: f64,
    },
    /// No discount factors reprice the par yields.
    #[error(
        "no curve of {as_of} reprices the par yields: after {iterations} steps the {years}-year point is off by {residual_bp} bp; check the yields around it"
    )]
    Bootstrap {
        /// The curve's date.
        as_of: Date,
        /// The point that is farthest off.
        years: f64,
        /// Its error, bp.
        residual_bp: f64,
        /// Steps taken.
        iterations: u32,
    },
    /// A Svensson parameter that gives no curve.
    #[error(
        "Svensson parameter {name} of {as_of} is {value}; betas must be finite and taus positive (tau2 only when beta3 is not zero)"
    )]
    SvenssonParameter {
        /// The curve's date.
        as_of: Date,
        /// Which parameter.
        name: &'static str,
        /// Its value.
        value: f64,
    },
    /// A curve says nothing about the days before it.
    #[error("{date} is before the curve's date {as_of}; use a curve of that day or earlier")]
    BeforeCurve {
        /// The day asked for.
        date: Date,
        /// The curve's date.
        as_of: Date,
    },
    /// A par shift needs a curve that was built from par yields.
    #[error(
        "the curve of {as_of} was not built from par yields, so a par shift of it is not defined; rebuild it with `on_par_points`"
    )]
    NotFromParYields {
        /// The curve's date.
        as_of: Date,
    },
    /// A list of shifts does not fit the curve's points or the grid's dates.
    #[error("{given} {what} were given where {needed} are needed")]
    WrongCount {
        /// What was counted.
        what: &'static str,
        /// As given.
        given: usize,
        /// As needed.
        needed: usize,
    },
    /// A shift must be a finite number of basis points.
    #[error("the shift at {years} years is {bp} bp; it must be a finite number")]
    ShiftNotFinite {
        /// Maturity.
        years: f64,
        /// Shift as given.
        bp: f64,
    },
    /// A payment on or before settlement is not part of the price.
    #[error(
        "a payment on {payment} is not after settlement {settlement}; leave out what has been paid"
    )]
    PaymentNotAfterSettlement {
        /// The payment's date.
        payment: Date,
        /// Settlement.
        settlement: Date,
    },
    /// A number of a projection is not finite.
    #[error("{what} is {value}; it must be a finite number")]
    NotFinite {
        /// Which number.
        what: &'static str,
        /// Its value.
        value: f64,
    },
    /// Only bills, notes and bonds have the fixed dollars that a fit needs.
    #[error("{cusip}: a curve cannot be fitted to a {kind}; give bills, notes and bonds only")]
    NotFittable {
        /// The security.
        cusip: Cusip,
        /// Its kind.
        kind: SecurityKind,
    },
    /// A fit needs more securities than it has parameters.
    #[error(
        "a curve of {as_of} cannot be fitted to {given} securities; give at least {needed}, of different maturities"
    )]
    TooFewQuotes {
        /// The curve's date.
        as_of: Date,
        /// Securities as given.
        given: usize,
        /// The fewest.
        needed: usize,
    },
    /// A fit that found no minimum.
    #[error(
        "the fit of {as_of} to {securities} securities did not converge in {steps} steps; look for wrong prices among them"
    )]
    FitNotConverged {
        /// The curve's date.
        as_of: Date,
        /// Securities.
        securities: usize,
        /// Steps taken.
        steps: usize,
    },
    /// A security needs more than a curve.
    #[error("{cusip}: pricing off a curve needs {what} as well; none was given")]
    OutlookMissing {
        /// The security.
        cusip: Cusip,
        /// What is missing.
        what: &'static str,
    },
    /// A security cannot be priced.
    #[error(transparent)]
    Treasury(#[from] TreasuryError),
    /// A numerical method stopped.
    #[error(transparent)]
    Math(#[from] MathError),
}
