//! What a unit of each maturity bucket is worth when yields have changed: full repricing, not duration times yield.
//!
//! A bucket is the payments of everything outstanding in it. The engine's yield changes are read at the curve's par points
//! (linear in log maturity between bucket centers, flat outside), carried to zero rates through the curve's
//! par-to-zero Jacobian, and every payment is discounted anew:
//!
//! `V_i(y) = sum_k CF_ik DF_k exp(-dz_k(y) t_k)`,   relative change `V_i(y) / V_i(0) - 1`
//!
//! Only the step from par to zero shifts is first order (`brandish_curve::ParShiftJacobian` states its error);
//! discounting is exact. Real yields move one for one with nominal ones: TIPS payments are nominal dollars at a fixed
//! breakeven. FRNs enter as fixed payments with the same price and curve risk. Settlement is that of the as-of day: no
//! carry, no roll-down.

use std::collections::BTreeMap;

use brandish_curve::{DiscountCurve, GridDiscounts, ParShiftJacobian, RepricingGrid};
use brandish_habitat::{BUCKET_LABELS, BUCKETS, between_centers};
use brandish_treasury::{AmountPer100, CashFlow};
use brandish_units::{Bp, Date, DirtyPrice};

use crate::error::EffectsError;

/// The payments of one security and how much of it a bucket holds.
#[derive(Debug, Clone)]
pub struct BucketHolding {
    /// Bucket, 0 to 10.
    pub bucket: usize,
    /// Payments per 100 of face after settlement.
    pub payments: Vec<CashFlow>,
    /// Weight, any unit (face outstanding): only proportions matter.
    pub weight: f64,
}

/// Prices of the eleven buckets on a shifted curve.
#[derive(Debug, Clone)]
pub struct BucketValuation {
    grid: RepricingGrid,
    base: GridDiscounts,
    base_prices: Vec<f64>,
    jacobian: ParShiftJacobian,
    /// Per par point of the curve: lower bucket, upper bucket, weight of the upper.
    nodes: Vec<(usize, usize, f64)>,
}

impl BucketValuation {
    /// Prepares the repricing of buckets.
    ///
    /// # Errors
    /// A bucket without any payment, or a curve that was not built from par yields.
    pub fn new(
        curve: &DiscountCurve,
        settlement: Date,
        holdings: &[BucketHolding],
    ) -> Result<Self, EffectsError> {
        let mut by_date: Vec<BTreeMap<Date, f64>> = vec![BTreeMap::new(); BUCKETS];
        for holding in holdings {
            let Some(bucket) = by_date.get_mut(holding.bucket) else {
                return Err(EffectsError::OutOfRange {
                    name: "bucket",
                    value: holding.bucket as f64,
                    allowed: "0 to 10",
                });
            };
            for payment in &holding.payments {
                *bucket.entry(payment.date).or_insert(0.0) +=
                    payment.amount.per_100() * holding.weight;
            }
        }
        if let Some(empty) = by_date.iter().position(BTreeMap::is_empty) {
            return Err(EffectsError::EmptyBucket {
                bucket: BUCKET_LABELS[empty],
            });
        }
        let payments: Vec<Vec<CashFlow>> = by_date
            .into_iter()
            .map(|dates| {
                dates
                    .into_iter()
                    .map(|(date, amount)| CashFlow {
                        date,
                        amount: AmountPer100::from_per_100(amount),
                    })
                    .collect()
            })
            .collect();
        let grid = RepricingGrid::new(settlement, &payments)?;
        let base = grid.discounts(curve)?;
        let base_prices = grid
            .dirty_prices(&base)?
            .into_iter()
            .map(DirtyPrice::per_100)
            .collect();
        let jacobian = ParShiftJacobian::new(curve, &grid.times(curve)?)?;
        let nodes = jacobian
            .maturities()
            .iter()
            .map(|years| between_centers(years.years()))
            .collect();
        Ok(Self {
            grid,
            base,
            base_prices,
            jacobian,
            nodes,
        })
    }

    /// Relative change of each bucket's value for these yield changes (bp by bucket): -0.01 is a fall of one percent.
    ///
    /// # Errors
    /// Never for a path of finite yields; kept because the curve's functions can refuse.
    pub fn relative_changes(
        &self,
        yields_bp: &[f64; BUCKETS],
    ) -> Result<[f64; BUCKETS], EffectsError> {
        let par_shifts: Vec<Bp> = self
            .nodes
            .iter()
            .map(|(lower, upper, weight)| {
                Bp(yields_bp[*lower] + weight * (yields_bp[*upper] - yields_bp[*lower]))
            })
            .collect();
        let zero_shifts = self.jacobian.zero_shifts(&par_shifts)?;
        let (mut work, mut prices) = (Vec::new(), Vec::new());
        self.grid
            .reprice_shifted(&self.base, &zero_shifts, &mut work, &mut prices)?;
        Ok(std::array::from_fn(|i| {
            prices[i].per_100() / self.base_prices[i] - 1.0
        }))
    }
}
