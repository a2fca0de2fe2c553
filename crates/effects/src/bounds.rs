//! How far an inferred allocation can be from the truth: the least and the most that a holder can have gained.
//!
//! Of most holders it is known, or inferred, how much they hold in broad maturity bands and not which securities. Within each band everything
//! is put into the securities that lost most (then into those that lost least), no more of a security than is outstanding:
//!
//! least = P&L - sum_i h_i v_i + sum_bands min over allocations of sum_k a_k v_k,   0 <= a_k <= outstanding_k,  sum_k a_k = band's holdings
//!
//! A linear program with one constraint: filling in the order of v solves it (the fractional knapsack). What is traded is given and
//! stays as it is. The inferred allocation is one of those allowed, so its P&L lies between the two.

use std::ops::Range;

use brandish_habitat::BUCKETS;
use brandish_units::Usd;

/// Buckets of the maturity bands: up to 1 year, 1 to 5, 5 to 10, above 10.
pub const BANDS: [Range<usize>; 4] = [0..2, 2..5, 5..7, 7..BUCKETS];

/// A security: its bucket, how much of it is outstanding ($bn of market value), and how its value has changed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MarkedSecurity {
    /// Bucket, 0 to 10.
    pub bucket: usize,
    /// Market value outstanding at the start.
    pub outstanding: Usd,
    /// Relative change of value.
    pub change: f64,
}

/// The securities of each band in the order of their changes, the largest fall first.
#[derive(Debug, Clone)]
pub struct RankedSecurities {
    bands: [Vec<MarkedSecurity>; BANDS.len()],
}

/// The two ends of what a holder can have gained.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// Everything in the securities of its band that lost most.
    pub least: Usd,
    /// Everything in those that lost least.
    pub most: Usd,
}

impl RankedSecurities {
    /// Ranks securities.
    #[must_use]
    pub fn new(securities: &[MarkedSecurity]) -> Self {
        let bands = BANDS.map(|band| {
            let inside = securities.iter().filter(|one| band.contains(&one.bucket));
            let mut inside: Vec<MarkedSecurity> = inside.copied().collect();
            inside.sort_by(|a, b| a.change.total_cmp(&b.change));
            inside
        });
        Self { bands }
    }

    /// Bounds of a P&L that was computed with an opening position at these relative changes by bucket.
    #[must_use]
    pub fn bounds(&self, pnl: Usd, opening_usd_bn: &[f64; BUCKETS], changes: &[f64]) -> Bounds {
        let inferred: f64 = opening_usd_bn
            .iter()
            .zip(changes)
            .map(|(held, change)| held * change)
            .sum();
        let (mut least, mut most) = (0.0, 0.0);
        for (band, securities) in BANDS.iter().zip(&self.bands) {
            let held: f64 = opening_usd_bn[band.clone()].iter().sum();
            least += filled(held, securities.iter());
            most += filled(held, securities.iter().rev());
        }
        Bounds {
            least: Usd::from_bn(pnl.bn() - inferred + least),
            most: Usd::from_bn(pnl.bn() - inferred + most),
        }
    }
}

/// Change in value of an amount that fills securities in order. What exceeds all of them stays in the last.
fn filled<'a>(amount: f64, securities: impl Iterator<Item = &'a MarkedSecurity>) -> f64 {
    let (mut left, mut change, mut last) = (amount, 0.0, 0.0);
    for security in securities {
        let part = left.min(security.outstanding.bn());
        change += part * security.change;
        left -= part;
        last = security.change;
        if left <= 0.0 {
            return change;
        }
    }
    change + left * last
}
