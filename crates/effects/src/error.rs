//! Errors of the effects crate: which input failed and what would be right.

/// What can go wrong when a path is turned into gains and losses.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum EffectsError {
    /// A curve cannot be shifted or a security cannot be placed on it.
    #[error(transparent)]
    Curve(#[from] brandish_curve::CurveError),
    /// An estimate or a quantile has no value.
    #[error(transparent)]
    Math(#[from] brandish_math::MathError),
    /// A bucket has no security to price it with.
    #[error(
        "no outstanding security lies in the {bucket} bucket, so nothing prices what is sold there"
    )]
    EmptyBucket {
        /// Label of the bucket.
        bucket: &'static str,
    },
    /// An input must be finite and within its range.
    #[error("{name} is {value}: it must be finite and {allowed}")]
    OutOfRange {
        /// Which input.
        name: &'static str,
        /// Its value.
        value: f64,
        /// What is allowed.
        allowed: &'static str,
    },
}
