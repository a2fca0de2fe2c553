//! What can go wrong between a scenario file and its outcome.
//!
//! Variants carry the values that failed and say what to do. A draw that fails does not lose the others: it is
//! counted in the outcome and its first error is kept there; this type is for what stops a run.

use brandish_units::Date;

use crate::diagnostic::Diagnostic;

/// Error of the scenario crate.
#[derive(Debug, thiserror::Error)]
pub enum ScenarioError {
    /// Mistakes of a scenario file, all of them.
    #[error("{} problem(s) in the scenario file", .0.len())]
    Diagnostics(Vec<Diagnostic>),
    /// A parameter file says something that cannot be used.
    #[error("{file}: {message}")]
    Parameters {
        /// The file.
        file: &'static str,
        /// What is wrong and what to do.
        message: String,
    },
    /// The snapshot cannot answer.
    #[error(transparent)]
    Data(#[from] brandish_data::DataError),
    /// The day has no market in the snapshot.
    #[error("no baseline for {as_of}: {reason}")]
    NoBaseline {
        /// The day asked for.
        as_of: Date,
        /// Why not, and which day to use.
        reason: String,
    },
    /// Holdings by sector and maturity cannot be made consistent.
    #[error("holders: {message}")]
    Holders {
        /// Which totals and by how much.
        message: String,
    },
    /// A curve cannot be built or used.
    #[error(transparent)]
    Curve(#[from] brandish_curve::CurveError),
    /// A security cannot be priced.
    #[error("{cusip}: {source}")]
    Security {
        /// Which one.
        cusip: String,
        /// Why.
        source: brandish_treasury::TreasuryError,
    },
    /// A price, yield or settlement that a security cannot have.
    #[error(transparent)]
    Treasury(#[from] brandish_treasury::TreasuryError),
    /// A security cannot be priced for a reason outside its own terms.
    #[error("{cusip}: {message}")]
    Pricing {
        /// Which one.
        cusip: String,
        /// Why, and what to do.
        message: String,
    },
    /// No prices to fit a curve to, or no curve through them.
    #[error("{message}")]
    NoQuotes {
        /// Why not, and what to do.
        message: String,
    },
    /// The engine refused or did not converge.
    #[error("camp {camp}: {source}")]
    Clearing {
        /// Which camp.
        camp: &'static str,
        /// Why.
        source: brandish_habitat::ClearingError,
    },
    /// The market of the day cannot be set up.
    #[error("market of {as_of}: {source}")]
    Market {
        /// The day.
        as_of: Date,
        /// Why.
        source: brandish_habitat::ClearingError,
    },
    /// A scenario without a sale or a threat has no branches.
    #[error(
        "{scenario} neither sells nor threatens to sell: add an [[exogenous.sale]] with a positive amount or an [exogenous.threat]"
    )]
    NoPlan {
        /// Its name.
        scenario: String,
    },
    /// A scenario in which nothing is sold has no ways to sell.
    #[error(
        "{scenario} sells nothing, so there is no way of selling to compare: add an [[exogenous.sale]] with a positive amount, or name a scenario that sells, e.g. japan-card"
    )]
    NoSale {
        /// Its name.
        scenario: String,
    },
    /// A pace of sale that the scenario's horizon does not hold.
    #[error(
        "a sale over {days} business days that starts on day {start_day} does not end within the horizon of {horizon_days}: give a faster pace, or raise horizon_days in a scenario file of your own"
    )]
    PaceBeyondHorizon {
        /// The pace asked for.
        days: u32,
        /// First day of the sale.
        start_day: u32,
        /// Horizon of the scenario.
        horizon_days: u32,
    },
    /// An effect cannot be computed.
    #[error(transparent)]
    Effects(#[from] brandish_effects::EffectsError),
    /// A numerical routine failed.
    #[error(transparent)]
    Math(#[from] brandish_math::MathError),
    /// The user stopped the work.
    #[error("stopped before it was finished; nothing was kept")]
    Stopped,
    /// A result is not a number.
    #[error("{measure} is {value}: a result must be finite")]
    NotFinite {
        /// The measure.
        measure: &'static str,
        /// The value.
        value: f64,
    },
    /// An output that a study asks for and the run does not have.
    #[error("there is no {output} here: {reason}")]
    NoOutput {
        /// The output as written.
        output: String,
        /// Why not, and what there is.
        reason: String,
    },
    /// What was computed does not belong to this study.
    #[error("{0}")]
    Study(String),
    /// Every draw of a camp failed.
    #[error("camp {camp}: all {draws} draws failed; the first said: {first}")]
    AllDrawsFailed {
        /// Which camp.
        camp: &'static str,
        /// How many.
        draws: usize,
        /// The first error.
        first: String,
    },
}

impl ScenarioError {
    /// A problem of a parameter file.
    #[must_use]
    pub const fn parameters(file: &'static str, message: String) -> Self {
        Self::Parameters { file, message }
    }
}
