//! What a unit of each maturity bucket is worth when yields have changed: full repricing, not duration times yield.
//!
//! A bucket is the payments of everything outstanding in it. The engine's yield changes are read at the curve's par points
//! (linear in log maturity between bucket centers, flat outside), the curve is moved until it has these par yields
//! (`brandish_curve::ParShifter`, to 1e-5 bp), and every payment is discounted anew:
//!
//! `V_i(y) = sum_k CF_ik DF_k exp(-dz_k(y) t_k)`,   relative change `V_i(y) / V_i(0) - 1`
//!
//! Real yields move one for one with nominal ones: TIPS payments are nominal dollars at a fixed
//! breakeven. FRNs enter as fixed payments with the same price and curve risk. Settlement is that of the as-of day: no
//! carry, no roll-down.

use std::collections::BTreeMap;

use brandish_curve::{DiscountCurve, GridDiscounts, ParShifter, RepricingGrid};
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

/// Prices of baskets of payments on a shifted curve: a security is a basket, and so is a bucket.
#[derive(Debug, Clone)]
pub struct BasketValuation {
    grid: RepricingGrid,
    base: GridDiscounts,
    base_prices: Vec<f64>,
    shifter: ParShifter,
    /// Per par point of the curve: lower bucket, upper bucket, weight of the upper.
    nodes: Vec<(usize, usize, f64)>,
}

/// Memory that repricing uses from call to call; it leaves no trace in the result.
#[derive(Debug, Clone, Default)]
pub struct Workspace {
    zero_shifts: Vec<Bp>,
    factors: Vec<f64>,
    prices: Vec<DirtyPrice>,
}

impl BasketValuation {
    /// Prepares the repricing of baskets: payments after settlement, any common unit.
    ///
    /// # Errors
    /// A payment on or before settlement, or a curve that was not built from par yields.
    pub fn new(
        curve: &DiscountCurve,
        settlement: Date,
        baskets: &[Vec<CashFlow>],
    ) -> Result<Self, EffectsError> {
        let grid = RepricingGrid::new(settlement, baskets)?;
        let base = grid.discounts(curve)?;
        let base_prices = grid
            .dirty_prices(&base)?
            .into_iter()
            .map(DirtyPrice::per_100)
            .collect();
        let shifter = ParShifter::new(curve, &grid.times(curve)?)?;
        let nodes = shifter
            .maturities()
            .iter()
            .map(|years| between_centers(years.years()))
            .collect();
        Ok(Self {
            grid,
            base,
            base_prices,
            shifter,
            nodes,
        })
    }

    /// Number of baskets.
    #[must_use]
    pub fn baskets(&self) -> usize {
        self.base_prices.len()
    }

    /// Relative change of each basket's value for these yield changes (bp by bucket), in the order in which the baskets
    /// were given: -0.01 is a fall of one percent.
    ///
    /// # Errors
    /// Never for a path of finite yields; kept because the curve's functions can refuse.
    pub fn relative_changes(
        &self,
        yields_bp: &[f64; BUCKETS],
        work: &mut Workspace,
    ) -> Result<Vec<f64>, EffectsError> {
        let par_shifts: Vec<Bp> = self
            .nodes
            .iter()
            .map(|(lower, upper, weight)| {
                Bp(yields_bp[*lower] + weight * (yields_bp[*upper] - yields_bp[*lower]))
            })
            .collect();
        work.zero_shifts
            .resize(self.shifter.times().len(), Bp::ZERO);
        self.shifter
            .zero_shifts_into(&par_shifts, &mut work.zero_shifts)?;
        self.grid.reprice_shifted(
            &self.base,
            &work.zero_shifts,
            &mut work.factors,
            &mut work.prices,
        )?;
        let pairs = work.prices.iter().zip(&self.base_prices);
        Ok(pairs
            .map(|(price, base)| price.per_100() / base - 1.0)
            .collect())
    }
}

/// Payments of many securities as one basket: what falls on a day is one payment.
fn together<'a>(parts: impl Iterator<Item = (&'a [CashFlow], f64)>) -> Vec<CashFlow> {
    let mut dates: BTreeMap<Date, f64> = BTreeMap::new();
    for (payments, weight) in parts {
        for payment in payments {
            *dates.entry(payment.date).or_insert(0.0) += payment.amount.per_100() * weight;
        }
    }
    dates
        .into_iter()
        .map(|(date, amount)| CashFlow {
            date,
            amount: AmountPer100::from_per_100(amount),
        })
        .collect()
}

/// Prices of the eleven buckets on a shifted curve, and of further baskets beside them.
#[derive(Debug, Clone)]
pub struct BucketValuation {
    baskets: BasketValuation,
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
        Self::with_baskets(curve, settlement, holdings, &[])
    }

    /// Prepares the repricing of buckets and, after them, of baskets of the caller's: lots of one holder, say.
    ///
    /// # Errors
    /// A bucket or basket without any payment, or a curve that was not built from par yields.
    pub fn with_baskets(
        curve: &DiscountCurve,
        settlement: Date,
        holdings: &[BucketHolding],
        baskets: &[Vec<BucketHolding>],
    ) -> Result<Self, EffectsError> {
        let bad = holdings.iter().find(|holding| holding.bucket >= BUCKETS);
        if let Some(bad) = bad {
            return Err(EffectsError::OutOfRange {
                name: "bucket",
                value: bad.bucket as f64,
                allowed: "0 to 10",
            });
        }
        let mut payments = Vec::with_capacity(BUCKETS + baskets.len());
        for (bucket, label) in BUCKET_LABELS.into_iter().enumerate() {
            let inside = holdings.iter().filter(|holding| holding.bucket == bucket);
            payments.push(basket(inside, label)?);
        }
        for own in baskets {
            payments.push(basket(own.iter(), "basket's")?);
        }
        Ok(Self {
            baskets: BasketValuation::new(curve, settlement, &payments)?,
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
        let all = self.all_changes(yields_bp, &mut Workspace::default())?;
        Ok(std::array::from_fn(|i| all[i]))
    }

    /// The same for the buckets and the baskets after them.
    ///
    /// # Errors
    /// As [`Self::relative_changes`].
    pub fn all_changes(
        &self,
        yields_bp: &[f64; BUCKETS],
        work: &mut Workspace,
    ) -> Result<Vec<f64>, EffectsError> {
        self.baskets.relative_changes(yields_bp, work)
    }

    /// Buckets and baskets together.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.baskets.baskets()
    }
}

fn basket<'a>(
    holdings: impl Iterator<Item = &'a BucketHolding>,
    label: &'static str,
) -> Result<Vec<CashFlow>, EffectsError> {
    let payments = together(holdings.map(|holding| (holding.payments.as_slice(), holding.weight)));
    if payments.is_empty() {
        return Err(EffectsError::EmptyBucket { bucket: label });
    }
    Ok(payments)
}
