//! Maturity structure of foreign officials: the survey's cells as shares by engine bucket.
//!
//! The survey counts long-term securities by year of remaining maturity. Its first cell (up to a year) is split between
//! the two buckets of that year like the coupon securities outstanding there; its open last cell goes to the longest bucket.
//! Cells that do not sum to the published total are normalized; the residual is reported.

use brandish_data::survey::{MATURITY_CELLS, SurveyMaturity};
use brandish_habitat::{BUCKETS, EDGES};

/// Shares by bucket; they sum to 1. `coupons_usd_bn` is the market value of coupon securities outstanding by bucket.
pub(crate) fn shares_by_bucket(
    survey: &SurveyMaturity,
    coupons_usd_bn: &[f64; BUCKETS],
) -> [f64; BUCKETS] {
    let mut shares = [0.0; BUCKETS];
    let first_year = coupons_usd_bn[0] + coupons_usd_bn[1];
    let first_half = if first_year > 0.0 {
        coupons_usd_bn[0] / first_year
    } else {
        0.5
    };
    for ((from, _), share) in MATURITY_CELLS.iter().zip(&survey.shares) {
        if *from < EDGES[1] {
            shares[0] += share * first_half;
            shares[1] += share * (1.0 - first_half);
        } else {
            let bucket = (0..BUCKETS)
                .find(|i| *from < EDGES[i + 1])
                .unwrap_or(BUCKETS - 1);
            shares[bucket] += share;
        }
    }
    let total: f64 = shares.iter().sum();
    shares.map(|share| share / total)
}
