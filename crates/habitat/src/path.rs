//! The clearing path: what happened on each business day, in the market's terms.
//!
//! All numbers are deviations from the baseline in which nothing is sold. Each day balances in every bucket:
//! sold + forced = slow sectors' holdings + inventory + Fed purchases.

use brandish_units::Bp;

use crate::buckets::{BUCKETS, BucketVector, SECTORS};

/// One business day after clearing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClearingDay {
    /// Yield changes by bucket, bp.
    pub yields_bp: BucketVector,
    /// Utilization of intermediaries' balance sheets, ratio.
    pub utilization: f64,
    /// Multiple of the risk price that utilization causes, ratio of at least 1.
    pub capacity_multiplier: f64,
    /// Inventory of intermediaries ("specialists" in outputs), $bn.
    pub inventory_usd_bn: BucketVector,
    /// Holdings of each slow sector, $bn, in the market's sector order, including `switching_usd_bn`.
    pub holdings_usd_bn: [BucketVector; SECTORS],
    /// Of which through switching along the curve (long one bucket against its neighbor), $bn.
    pub switching_usd_bn: [BucketVector; SECTORS],
    /// Purchases of the Fed so far, by its rule and from outside, $bn.
    pub fed_purchases_usd_bn: BucketVector,
    /// Forced sales so far less those undone since (decayed stock), $bn.
    pub forced_sales_usd_bn: BucketVector,
    /// Sold by the orders so far, $bn.
    pub sold_usd_bn: BucketVector,
}

impl ClearingDay {
    /// Largest gap in the day's balance over the buckets: sold + forced - Fed - sectors - inventory, $bn.
    #[must_use]
    pub fn imbalance_usd_bn(&self) -> f64 {
        let mut largest = 0.0_f64;
        for i in 0..BUCKETS {
            let slow: f64 = self.holdings_usd_bn.iter().map(|sector| sector[i]).sum();
            let gap = self.sold_usd_bn[i] + self.forced_sales_usd_bn[i]
                - self.fed_purchases_usd_bn[i]
                - slow
                - self.inventory_usd_bn[i];
            largest = largest.max(gap.abs());
        }
        largest
    }
}

/// What the solver did.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct SolverStatistics {
    /// Times the market was priced anew with its whole expected path.
    pub solves: usize,
    /// Days priced without a path, because the market was surely linear.
    pub linear_days: usize,
    /// Newton iterations in all.
    pub newton_iterations: usize,
    /// Most iterations in one solve.
    pub most_iterations: usize,
    /// Nodes of the backward recursion that were eliminated anew.
    pub eliminated_nodes: usize,
    /// Nodes whose constants were computed, over all passes.
    pub constant_nodes: usize,
    /// Nodes whose yields and inventories were computed, over all passes.
    pub path_nodes: usize,
    /// Largest residual of the pricing equations accepted, bp.
    pub largest_residual_bp: f64,
    /// Largest gap in any day's balance, $bn.
    pub largest_imbalance_usd_bn: f64,
}

/// The path of a scenario, day by day.
#[derive(Debug, Clone, PartialEq)]
pub struct ClearingPath {
    /// Business days 1, 2, ... of the horizon.
    pub days: Vec<ClearingDay>,
    /// Business day on which the Fed's rule was triggered, if it was.
    pub trigger_day: Option<usize>,
    /// What the solver did.
    pub statistics: SolverStatistics,
}

impl ClearingPath {
    /// Yield changes of one bucket over the days, bp.
    pub fn bucket_yields_bp(&self, bucket: usize) -> impl Iterator<Item = f64> + '_ {
        self.days
            .iter()
            .filter_map(move |day| day.yields_bp.get(bucket).copied())
    }

    /// Largest yield change of a bucket and its business day (from 1); the first of equals.
    #[must_use]
    pub fn peak(&self, bucket: usize) -> Option<(usize, Bp)> {
        let mut peak: Option<(usize, Bp)> = None;
        for (day, value) in self.bucket_yields_bp(bucket).enumerate() {
            if peak.is_none_or(|(_, highest)| value > highest.0) {
                peak = Some((day + 1, Bp(value)));
            }
        }
        peak
    }
}
