//! What one basis point on a day and in a bucket costs in each fiscal year: the linear functional behind the bill.
//!
//! Days of the path have weights of their own; all later days share two sets, on the last yields of the path and on the
//! long run, between which a yield moves with a half-life. Columns are (part, year), then what the central bank
//! gets back and what government accounts do, by year.

use brandish_habitat::{BUCKETS, BucketVector, ClearingPath, between_centers};

use super::FiscalYear;

/// Columns beside the parts: what comes back from the central bank and from government accounts.
pub(super) const HELD_INSIDE: usize = 2;

/// An amount and what the central bank and government accounts hold of it, $bn.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Owed {
    /// All of it.
    pub all: f64,
    /// Held by the central bank.
    pub fed: f64,
    /// Held by government accounts.
    pub accounts: f64,
}

impl Owed {
    /// An amount of which neither holds anything.
    pub const fn to_others(all: f64) -> Self {
        Self {
            all,
            fed: 0.0,
            accounts: 0.0,
        }
    }

    pub fn times(self, factor: f64) -> Self {
        Self {
            all: self.all * factor,
            fed: self.fed * factor,
            accounts: self.accounts * factor,
        }
    }

    pub fn add(&mut self, other: Self) {
        self.all += other.all;
        self.fed += other.fed;
        self.accounts += other.accounts;
    }
}

/// One amount at one yield, from the day it is issued to the day it is refinanced.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fixing {
    /// Day whose yield it pays.
    pub start: usize,
    /// First day on which it no longer pays.
    pub end: usize,
    /// What is owed, and to whom.
    pub owed: Owed,
    /// Term whose yield it pays, years.
    pub term_years: f64,
    /// Growth of the principal per business day, continuous; 0 for all but TIPS.
    pub growth: f64,
    /// Which part of the bill it belongs to.
    pub part: usize,
}

/// Weights by day, bucket and column.
#[derive(Debug, Clone)]
pub(super) struct Weights {
    years: Vec<FiscalYear>,
    columns: usize,
    horizon: usize,
    half_life: f64,
    /// `(day - 1) x BUCKETS + bucket`, then column.
    by_day: Vec<f64>,
    last: Vec<f64>,
    rest: Vec<f64>,
    /// What `by_day` holds beside zeros, once all fixings are in.
    used: Vec<Row>,
    columns_used: Vec<u32>,
    weights_used: Vec<f64>,
}

/// The weights of a day and bucket that are not zero.
#[derive(Debug, Clone)]
struct Row {
    /// Days from day 1.
    day: usize,
    bucket: usize,
    /// Place among the weights used.
    at: std::ops::Range<usize>,
}

impl Weights {
    pub fn new(years: &[FiscalYear], parts: usize, horizon: usize, half_life: f64) -> Self {
        let columns = (parts + HELD_INSIDE) * years.len();
        Self {
            years: years.to_vec(),
            columns,
            horizon,
            half_life,
            by_day: vec![0.0; horizon * BUCKETS * columns],
            last: vec![0.0; BUCKETS * columns],
            rest: vec![0.0; BUCKETS * columns],
            used: Vec::new(),
            columns_used: Vec::new(),
            weights_used: Vec::new(),
        }
    }

    /// Adds a fixing; its days outside the fiscal years cost nothing here.
    pub fn add(&mut self, fixing: &Fixing) {
        let (lower, upper, above) = between_centers(fixing.term_years);
        let fed_column = self.columns - HELD_INSIDE * self.years.len();
        let accounts_column = fed_column + self.years.len();
        for index in 0..self.years.len() {
            let year = self.years[index];
            let from = fixing.start.max(year.first_day);
            let to = fixing.end.min(year.last_day + 1);
            if to <= from {
                continue;
            }
            let days = grown_days(from - fixing.start, to - fixing.start, fixing.growth);
            let cost = 1e-4 * days / year.days as f64;
            for (bucket, share) in [(lower, 1.0 - above), (upper, above)] {
                let columns = [
                    (fixing.part * self.years.len() + index, fixing.owed.all),
                    (fed_column + index, fixing.owed.fed),
                    (accounts_column + index, fixing.owed.accounts),
                ];
                for (column, amount) in columns {
                    self.spread(fixing.start, bucket, column, share * amount * cost);
                }
            }
        }
    }

    fn spread(&mut self, day: usize, bucket: usize, column: usize, weight: f64) {
        if day <= self.horizon {
            self.by_day[((day - 1) * BUCKETS + bucket) * self.columns + column] += weight;
        } else {
            let left = 2.0_f64.powf(-((day - self.horizon) as f64) / self.half_life);
            self.last[bucket * self.columns + column] += weight * left;
            self.rest[bucket * self.columns + column] += weight * (1.0 - left);
        }
    }

    /// Ends the preparation: a fixing costs in few of the years, so only weights that are not zero are kept.
    pub fn finish(mut self) -> Self {
        for (place, row) in self.by_day.chunks_exact(self.columns.max(1)).enumerate() {
            let from = self.weights_used.len();
            for (column, weight) in (0..).zip(row).filter(|(_, weight)| **weight != 0.0) {
                self.columns_used.push(column);
                self.weights_used.push(*weight);
            }
            let at = from..self.weights_used.len();
            if !at.is_empty() {
                let (day, bucket) = (place / BUCKETS, place % BUCKETS);
                self.used.push(Row { day, bucket, at });
            }
        }
        self.by_day = Vec::new();
        self
    }

    /// Columns of a path that goes to `rest_bp` after its last day; a path that ends early rests from there on.
    pub fn apply(&self, path: &ClearingPath, rest_bp: &BucketVector) -> Vec<f64> {
        let mut sums = vec![0.0; self.columns];
        for row in &self.used {
            let yield_bp = path
                .days
                .get(row.day)
                .map_or(rest_bp[row.bucket], |state| state.yields_bp[row.bucket]);
            let columns = &self.columns_used[row.at.clone()];
            for (column, weight) in columns.iter().zip(&self.weights_used[row.at.clone()]) {
                sums[*column as usize] += yield_bp * weight;
            }
        }
        let last = path.days.last().map_or(rest_bp, |state| &state.yields_bp);
        for bucket in 0..BUCKETS {
            let row = bucket * self.columns..(bucket + 1) * self.columns;
            add_scaled(&mut sums, last[bucket], &self.last[row.clone()]);
            add_scaled(&mut sums, rest_bp[bucket], &self.rest[row]);
        }
        sums
    }
}

fn add_scaled(sums: &mut [f64], factor: f64, weights: &[f64]) {
    for (sum, weight) in sums.iter_mut().zip(weights) {
        *sum += factor * weight;
    }
}

/// Days `from <= k < to` since issue, each weighed with the principal's growth `exp(growth k)`.
fn grown_days(from: usize, to: usize, growth: f64) -> f64 {
    if growth == 0.0 {
        return (to - from) as f64;
    }
    // a geometric sum
    (growth * from as f64).exp() * (growth * (to - from) as f64).exp_m1() / growth.exp_m1()
}
