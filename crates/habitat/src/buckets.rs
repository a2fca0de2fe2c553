//! The eleven maturity buckets in which the market clears.
//!
//! A bucket stands for all Treasuries whose remaining maturity lies between two edges; its yield is read at the
//! center. Durations are modified durations of par bonds (bills: simple interest) at a 4.2% yield, so a price
//! concession in bp of price is `duration x yield change`. Risk is compared in ten-year equivalents: dollars
//! times duration over the duration of a ten-year par bond.

/// Number of maturity buckets.
pub const BUCKETS: usize = 11;

/// Number of slow sectors in the reference market.
pub const SECTORS: usize = 8;

/// One number per maturity bucket, shortest first; the unit is stated where it is used.
pub type BucketVector = [f64; BUCKETS];

/// Centers of the buckets, years.
pub const TAU: BucketVector = [0.25, 0.75, 1.5, 2.5, 4.0, 6.0, 8.5, 12.5, 17.5, 22.5, 27.5];

/// Edges of the buckets, years.
pub const EDGES: [f64; BUCKETS + 1] = [
    0.0, 0.5, 1.0, 2.0, 3.0, 5.0, 7.0, 10.0, 15.0, 20.0, 25.0, 30.0,
];

/// Labels of the buckets.
pub const BUCKET_LABELS: [&str; BUCKETS] = [
    "0-6m", "6-12m", "1-2y", "2-3y", "3-5y", "5-7y", "7-10y", "10-15y", "15-20y", "20-25y",
    "25-30y",
];

/// The bucket whose yield stands for the ten-year yield in the engine's rules (center 8.5 years).
pub const TEN_YEAR_BUCKET: usize = 6;

/// Business days in a year.
pub const DAYS_PER_YEAR: f64 = 252.0;

/// Par yield at which the buckets' durations are taken, decimal per year.
const PAR_YIELD: f64 = 0.042;

/// Modified duration (years) of a par bond of maturity `years` at 4.2%, semiannual coupons; below one year
/// that of simple interest, `t / (1 + 0.042 t)`.
///
/// Par bond with `m = round(2 t)` coupons of `y = 0.021`: `sum_k (k/2) c_k (1+y)^-k / (1+y)`, where `c_k = y` and
/// the last flow carries the principal of 1.
#[must_use]
pub fn par_modified_duration_years(years: f64) -> f64 {
    if years < 1.0 {
        return years / (1.0 + PAR_YIELD * years);
    }
    let coupon = PAR_YIELD / 2.0;
    let flows = (2.0 * years).round_ties_even() as i32;
    let mut weighted = 0.0;
    for k in 1..=flows {
        let flow = if k == flows { 1.0 + coupon } else { coupon };
        weighted += f64::from(k) / 2.0 * flow / (1.0 + coupon).powi(k);
    }
    weighted / (1.0 + coupon)
}

/// Modified durations of the bucket centers, years.
#[must_use]
pub fn durations_years() -> BucketVector {
    TAU.map(par_modified_duration_years)
}

/// Ten-year equivalents of one dollar in each bucket: duration over the duration of a ten-year par bond.
#[must_use]
pub fn ten_year_equivalents() -> BucketVector {
    let ten_year = par_modified_duration_years(10.0);
    durations_years().map(|duration| duration / ten_year)
}

/// Where a maturity lies between bucket centers: lower bucket, upper bucket, weight of the upper. Linear in the logarithm of
/// maturity, flat before the first and beyond the last center.
#[must_use]
pub fn between_centers(years: f64) -> (usize, usize, f64) {
    let last = BUCKETS - 1;
    if years <= TAU[0] {
        return (0, 0, 0.0);
    }
    if years >= TAU[last] {
        return (last, last, 0.0);
    }
    let upper = TAU
        .iter()
        .position(|center| *center >= years)
        .unwrap_or(last);
    let (below, above) = (TAU[upper - 1], TAU[upper]);
    (
        upper - 1,
        upper,
        (years / below).ln() / (above / below).ln(),
    )
}

/// Maturity mixes of the reference settings. They are placeholders until a survey's mix replaces them.
pub mod reference_mix {
    use super::{BUCKETS, BucketVector};

    /// A foreign official seller (Japan): shares by bucket, sum 1 (as given: .04 .04 .10 .16 .26 .18 .14 .03 .02 .02 .01).
    pub const JAPAN: BucketVector = normalized([
        0.04, 0.04, 0.10, 0.16, 0.26, 0.18, 0.14, 0.03, 0.02, 0.02, 0.01,
    ]);

    /// Federal Reserve purchases of the kind of 2010-11: shares by bucket, sum 1.
    pub const FED_PURCHASES: BucketVector = normalized([
        0.0, 0.0, 0.06, 0.14, 0.22, 0.28, 0.20, 0.03, 0.02, 0.03, 0.02,
    ]);

    /// Around five years: .7 in 3-5 years, .3 in 5-7 years.
    pub const FIVE_YEARS: BucketVector = [0.0, 0.0, 0.0, 0.0, 0.7, 0.3, 0.0, 0.0, 0.0, 0.0, 0.0];

    const fn normalized(raw: BucketVector) -> BucketVector {
        let mut sum = 0.0;
        let mut i = 0;
        while i < BUCKETS {
            sum += raw[i];
            i += 1;
        }
        let mut shares = raw;
        i = 0;
        while i < BUCKETS {
            shares[i] = raw[i] / sum;
            i += 1;
        }
        shares
    }
}
