//! The bill of a path: parts by fiscal year, gross, and net of what the central bank gets back.
//!
//! Interest on the extra interest: what was paid more in earlier years was borrowed at the yields of the as-of day,
//! `c_f = r x (D x w + x_f x w / 2) / (1 - r w / 2)` with `D` the extra debt at the start of the year, `x_f` the year's extra
//! interest, `w` the share of the year that counts and `r` the yield of the borrowing mix; then `D` grows by `x_f + c_f`. The
//! change of yields on this extra debt is of second order (bp of bp) and left out.
//!
//! Net: interest that is paid on securities of the central bank comes back as remittances, or makes its deferred asset
//! smaller; its own funding follows the policy rate, which does not move here. What government accounts are paid on marketable
//! securities stays within the government.

use brandish_habitat::{BucketVector, ClearingPath};

use super::emission::{days_of, weights};
use super::weights::Weights;
use super::{FiscalYear, Kind, Plan};
use crate::EffectsError;

/// A part of the bill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Bills, notes and bonds outstanding on the as-of date, refinanced.
    Rollover,
    /// TIPS outstanding, refinanced.
    Tips,
    /// Floating-rate notes outstanding: resets.
    Frn,
    /// Borrowing of the baseline's deficits.
    NewBorrowing,
    /// A switch of the issuer's policy: bills instead of coupon securities, buybacks.
    Switch,
}

/// Number of parts.
pub const PARTS: usize = Part::ALL.len();

impl Part {
    /// All parts.
    pub const ALL: [Self; 5] = [
        Self::Rollover,
        Self::Tips,
        Self::Frn,
        Self::NewBorrowing,
        Self::Switch,
    ];

    /// Place in [`Part::ALL`].
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }
}

/// The bill of one path, $bn by fiscal year.
#[derive(Debug, Clone, PartialEq)]
pub struct TaxpayerBill {
    /// One list per [`Part`]: the change of yields; for [`Part::Switch`] also what bills cost less (or more) at the
    /// yields of the as-of day.
    pub parts_usd_bn: [Vec<f64>; PARTS],
    /// Interest on the extra interest of earlier years.
    pub on_interest_usd_bn: Vec<f64>,
    /// All of it.
    pub gross_usd_bn: Vec<f64>,
    /// What comes back from the central bank.
    pub to_fed_usd_bn: Vec<f64>,
    /// What government accounts are paid.
    pub to_accounts_usd_bn: Vec<f64>,
    /// Gross less what comes back from the central bank, with interest on what is left.
    pub net_of_fed_usd_bn: Vec<f64>,
    /// Gross less what comes back from the central bank and from government accounts, with interest on what is left.
    pub net_usd_bn: Vec<f64>,
}

/// A plan worked out, to be applied to many paths.
#[derive(Debug, Clone)]
pub struct Schedule {
    years: Vec<FiscalYear>,
    weights: Weights,
    /// What a switch changes at unchanged yields, $bn by year.
    at_unchanged_yields: Vec<f64>,
    borrowing_rate: f64,
}

impl Schedule {
    /// Works a plan out.
    ///
    /// # Errors
    /// Years with gaps, a mix that does not sum to 1, a half-life that is none.
    pub fn new(plan: &Plan) -> Result<Self, EffectsError> {
        plan.check()?;
        Ok(Self {
            years: plan.years.clone(),
            weights: weights(plan),
            at_unchanged_yields: at_unchanged_yields(plan),
            borrowing_rate: plan
                .mix
                .iter()
                .map(|line| line.share * line.yield_decimal)
                .sum(),
        })
    }

    /// The fiscal years.
    #[must_use]
    pub fn years(&self) -> &[FiscalYear] {
        &self.years
    }

    /// The bill of a path that goes to `rest_bp` (bp by bucket) after its last day.
    #[must_use]
    pub fn bill(&self, path: &ClearingPath, rest_bp: &BucketVector) -> TaxpayerBill {
        let count = self.years.len();
        let columns = self.weights.apply(path, rest_bp);
        let mut parts: [Vec<f64>; PARTS] =
            std::array::from_fn(|part| columns[part * count..][..count].to_vec());
        for (value, level) in parts[Part::Switch.index()]
            .iter_mut()
            .zip(&self.at_unchanged_yields)
        {
            *value += level;
        }
        let direct: Vec<f64> = (0..count)
            .map(|year| parts.iter().map(|part| part[year]).sum())
            .collect();
        let inside = |place: usize| columns[(PARTS + place) * count..][..count].to_vec();
        let (to_fed, to_accounts) = (inside(0), inside(1));
        let sum = |left: &[f64], right: &[f64]| -> Vec<f64> {
            left.iter().zip(right).map(|(a, b)| a + b).collect()
        };
        let less = |left: &[f64], right: &[f64]| -> Vec<f64> {
            left.iter().zip(right).map(|(a, b)| a - b).collect()
        };
        let with_interest = |direct: &[f64]| sum(direct, &self.on_interest(direct));
        let not_fed = less(&direct, &to_fed);
        TaxpayerBill {
            gross_usd_bn: with_interest(&direct),
            net_usd_bn: with_interest(&less(&not_fed, &to_accounts)),
            net_of_fed_usd_bn: with_interest(&not_fed),
            on_interest_usd_bn: self.on_interest(&direct),
            parts_usd_bn: parts,
            to_fed_usd_bn: to_fed,
            to_accounts_usd_bn: to_accounts,
        }
    }

    fn on_interest(&self, direct: &[f64]) -> Vec<f64> {
        let rate = self.borrowing_rate;
        let mut debt = 0.0;
        self.years
            .iter()
            .zip(direct)
            .map(|(year, extra)| {
                let share = year.share();
                let interest = rate * share * (debt + extra / 2.0) / (1.0 - rate * share / 2.0);
                debt += extra + interest;
                interest
            })
            .collect()
    }
}

/// What the amounts of a switch cost at the yields of the as-of day, held constant: bills rolled at the bill yield less
/// coupon securities at theirs.
fn at_unchanged_yields(plan: &Plan) -> Vec<f64> {
    let mean = |bills: bool| -> Option<f64> {
        let lines = plan
            .mix
            .iter()
            .filter(|line| (line.kind == Kind::Bill) == bills);
        let total: f64 = lines.clone().map(|line| line.share).sum();
        (total > 0.0).then(|| {
            lines
                .map(|line| line.share * line.yield_decimal)
                .sum::<f64>()
                / total
        })
    };
    let (Some(bill), Some(coupon)) = (mean(true), mean(false)) else {
        return vec![0.0; plan.years.len()];
    };
    let mut costs = vec![0.0; plan.years.len()];
    let mut owe = |start: usize, end: usize, amount: f64, rate: f64| {
        for (cost, year) in costs.iter_mut().zip(&plan.years) {
            let from = start.max(year.first_day);
            let to = end.min(year.last_day + 1);
            *cost += amount * rate * to.saturating_sub(from) as f64 / year.days as f64;
        }
    };
    let never = plan.last_day() + 1;
    for (place, amount) in plan.switch.issued_as_bills_usd_bn.iter().enumerate() {
        owe(place + 1, never, *amount, bill - coupon);
    }
    for (place, amount) in plan.switch.bought_back_usd_bn.iter().enumerate() {
        let day = place + 1;
        owe(day, never, *amount, bill);
        for (years, share, rate) in &plan.switch.bought_mix {
            let matures = day + days_of(*years);
            owe(day, matures, -amount * share, *rate);
            owe(matures, never, -amount * share, coupon);
        }
    }
    costs
}
