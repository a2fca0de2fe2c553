//! How an amount is spread over days and over maturities.
//!
//! A profile gives each day of a sale its share, a mix says which maturities are sold: a rule that the market of the
//! day turns into shares, shares by engine bucket, or the lots of a portfolio. Shares are non-negative and sum to 1.

use brandish_units::{Cusip, FaceUsd};

/// Maturity-bucket centers of the engine in years, the keys of a written mix.
pub const BUCKET_CENTERS_YEARS: [f64; 11] =
    [0.25, 0.75, 1.5, 2.5, 4.0, 6.0, 8.5, 12.5, 17.5, 22.5, 27.5];

/// How a sale is spread over its days.
#[derive(Debug, Clone, PartialEq)]
pub enum Profile {
    /// The same amount every day.
    Even,
    /// Falling linearly: day `i` of `n` gets weight `n - i + 1`. \[ours\]
    FrontLoaded,
    /// Rising linearly: day `i` of `n` gets weight `i`. \[ours\]
    BackLoaded,
    /// One share per day, non-negative, summing to 1.
    Shares(Vec<f64>),
}

impl Profile {
    /// Share of the amount on each of `days` days; they sum to 1 up to rounding.
    ///
    /// Linear profiles divide the weight of day i = 1..n by n (n + 1) / 2.
    pub fn daily_shares(&self, days: u32) -> Vec<f64> {
        let n = f64::from(days);
        let total = n * (n + 1.0) / 2.0;
        match self {
            Self::Even => (0..days).map(|_| 1.0 / n).collect(),
            Self::FrontLoaded => (1..=days)
                .map(|i| (n - f64::from(i) + 1.0) / total)
                .collect(),
            Self::BackLoaded => (1..=days).map(|i| f64::from(i) / total).collect(),
            Self::Shares(shares) => shares.clone(),
        }
    }
}

/// How a sale is spread over maturities.
#[derive(Debug, Clone, PartialEq)]
pub enum Mix {
    /// The maturity structure of all foreign official holders in the survey that was out on `as_of`.
    SurveyOfficial,
    /// Bills while the seller has any, then coupon securities by the survey.
    BillsFirst,
    /// Nearest maturity first.
    ShortestFirst,
    /// The most traded part of the curve first.
    MostLiquidFirst,
    /// As the seller's own holdings are spread.
    ProRata,
    /// Shares by maturity bucket.
    Buckets(BucketShares),
    /// In proportion to a list of lots; the amount still comes from the sale.
    Portfolio(Portfolio),
}

/// How the securities of a defined holder are spread over maturities.
#[derive(Debug, Clone, PartialEq)]
pub enum HoldingMix {
    /// The maturity structure of all foreign official holders in the survey that was out on `as_of`.
    SurveyOfficial,
    /// Shares by maturity bucket.
    Buckets(BucketShares),
    /// In proportion to a list of lots; the amount still comes from the holder.
    Portfolio(Portfolio),
}

/// Shares of an amount by engine bucket, non-negative, summing to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BucketShares([f64; 11]);

impl BucketShares {
    /// `None` where a share is negative or not finite, or where they do not sum to 1 within [`SHARE_TOLERANCE`].
    pub fn new(shares: [f64; 11]) -> Option<Self> {
        let sum: f64 = shares.iter().sum();
        let valid = shares.iter().all(|s| s.is_finite() && *s >= 0.0)
            && (sum - 1.0).abs() <= SHARE_TOLERANCE;
        valid.then(|| Self(shares.map(|share| of_one(share, sum))))
    }

    /// Shares in the order of [`BUCKET_CENTERS_YEARS`].
    pub fn shares(&self) -> &[f64; 11] {
        &self.0
    }
}

/// Shares that are typed by hand may miss 1 by this much (six decimals in a file).
pub const SHARE_TOLERANCE: f64 = 1e-6;

/// A share of shares that sum to `sum`, so that they sum to 1. What misses 1 by the rounding of binary fractions only
/// (1e-12 covers 1260 shares) stays as typed, so that a printed file is read back to the last bit.
pub(crate) fn of_one(share: f64, sum: f64) -> f64 {
    if (sum - 1.0).abs() <= 1e-12 {
        share
    } else {
        share / sum
    }
}

/// Lots of a portfolio file.
#[derive(Debug, Clone, PartialEq)]
pub struct Portfolio {
    /// Path as written in the scenario.
    pub path: String,
    /// Lots in the order of the file; each CUSIP once.
    pub lots: Vec<Lot>,
}

/// One line of a portfolio file.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lot {
    /// Security.
    pub cusip: Cusip,
    /// Par amount held, positive.
    pub face: FaceUsd,
}
