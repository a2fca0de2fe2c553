//! Numbers without finance, on `f64` only.
//!
//! What the crates above need and no more: counter-based random streams ([`Stream`]), quantiles and their error
//! ([`mod@quantile`]), sums that do not depend on luck ([`sum`]), roots ([`root`]), linear interpolation
//! ([`interpolation`]), nonnegative and nonlinear least squares ([`mod@nnls`], [`least_squares`]), small dense matrices ([`matrix`]),
//! lines with robust errors ([`regression`]), loops on the widest vectors at hand ([`wide`]), evenly spread points ([`sobol`]), the exponential of eight numbers at once ([`exponential`]).
//!
//! Invariants: every function is pure, runs in a fixed order and gives the same bits on every run; no function panics,
//! and one that cannot answer returns [`MathError`] with the numbers that stopped it.

mod dense;
pub mod error;
pub mod exponential;
pub mod interpolation;
pub mod least_squares;
pub mod matrix;
pub mod nnls;
pub mod normal;
pub mod philox;
pub mod quantile;
pub mod regression;
pub mod root;
pub mod sobol;
pub mod stream;
pub mod student;
pub mod sum;
pub mod wide;

pub use error::MathError;
pub use exponential::{exp, exp_lanes, exp_slice};
pub use interpolation::linear;
pub use least_squares::{Fit, FitLimits, levenberg_marquardt};
pub use nnls::nnls;
pub use normal::{normal_cdf, normal_quantile};
pub use quantile::{median_standard_error, quantile, sorted};
pub use regression::{Line, line};
pub use root::{bisect, brent};
pub use sobol::Scrambling;
pub use stream::Stream;
pub use student::student_quantile;
pub use sum::{compensated_sum, dot};
