//! What the market expects to be supplied (E7).
//!
//! On each day the expected cumulative supply `d` days ahead is what has been sold, less the Fed's given purchases,
//! plus what is believed to follow: the rest of announced plans times their credibility, an extrapolation of silent
//! sales, and threats weighted with their updated probabilities. Beliefs of several orders add up.

use crate::buckets::{BUCKETS, BucketVector};
use crate::dense::Lane;
use crate::expectation::Expectation;
use crate::flow::{FedPurchases, Known, Order, OrderFlow, Threat, ThreatKind};
use crate::grid::Grid;
use crate::parameters::Extrapolation;

/// A plan of which the rest is expected from a day on.
#[derive(Debug, Clone)]
struct Plan {
    /// Cumulative amounts: entry `k` after `k` days.
    cumulative: Vec<Lane>,
    /// Index (from 0) of the day from which the rest is expected.
    known_from: usize,
    /// Probability of the rest; negative for purchases of the Fed.
    weight: f64,
}

/// The market's beliefs about a flow, prepared for daily use.
#[derive(Debug, Clone)]
pub(crate) struct Beliefs<'a> {
    extrapolation: Extrapolation,
    plans: Vec<Plan>,
    threats: &'a [Threat],
    silent: Vec<&'a Order>,
    /// From this day (index) undeclared flows are not extrapolated.
    backed_from: Option<usize>,
    days: Vec<usize>,
    /// Sold by silent sellers so far.
    seen: Lane,
    last_sale: usize,
}

/// Index (from 0) of the first day that is priced with knowledge of an announcement on a business day.
fn index_of(business_day: usize) -> usize {
    business_day.max(1) - 1
}

fn cumulative(days: &[BucketVector]) -> Vec<Lane> {
    let mut total = Lane::ZERO;
    let mut sums = vec![total];
    for day in days {
        total.add_scaled(1.0, &Lane::from_buckets(day));
        sums.push(total);
    }
    sums
}

impl<'a> Beliefs<'a> {
    pub(crate) fn new(flow: &'a OrderFlow, extrapolation: Extrapolation, grid: &Grid) -> Self {
        let mut plans = Vec::new();
        let mut silent = Vec::new();
        for order in &flow.orders {
            match order.known {
                Known::Silent => silent.push(order),
                Known::Announced {
                    announced_day,
                    credibility,
                } => plans.push(Plan {
                    cumulative: cumulative(&order.sales_by_day),
                    known_from: index_of(announced_day),
                    weight: credibility,
                }),
            }
        }
        let mut backed_from = None;
        if let Some(FedPurchases {
            by_day,
            announced_day: Some(day),
        }) = &flow.fed_purchases
        {
            backed_from = Some(index_of(*day));
            plans.push(Plan {
                cumulative: cumulative(by_day),
                known_from: index_of(*day),
                weight: -1.0,
            });
        }
        Self {
            extrapolation,
            plans,
            threats: &flow.threats,
            silent,
            backed_from,
            days: grid.offsets().iter().map(|d| *d as usize).collect(),
            seen: Lane::ZERO,
            last_sale: 0,
        }
    }

    /// Takes note of what silent sellers sold on day `t` (index).
    pub(crate) fn see(&mut self, t: usize) {
        let mut sold = Lane::ZERO;
        let mut any = false;
        for order in &self.silent {
            if let Some(day) = order.sales_by_day.get(t) {
                sold.add_scaled(1.0, &Lane::from_buckets(day));
                any |= day.iter().any(|amount| *amount != 0.0);
            }
        }
        self.seen.add_scaled(1.0, &sold);
        if any {
            self.last_sale = t;
        }
    }

    /// Writes the expectation as seen on day `t` (index): `present` is what has been supplied for good, `forced` the
    /// stock of forced sales, `fed` the given purchases so far.
    pub(crate) fn expect(
        &self,
        t: usize,
        present: &Lane,
        fed: &Lane,
        forced: &Lane,
        expectation: &mut Expectation,
    ) {
        expectation.constant = *present;
        expectation.constant.add_scaled(-1.0, fed);
        expectation.decaying = *forced;
        expectation.building = Lane::ZERO;
        if !self.silent.is_empty() && self.backed_from.is_none_or(|from| t < from) {
            let quiet = (t - self.last_sale) as f64;
            let share =
                self.extrapolation.share * (-quiet / self.extrapolation.half_life_days).exp2();
            expectation.building.add_scaled(share, &self.seen);
            expectation.building.add_scaled(-share, fed);
        }
        let pending = self.plans.iter().filter(|plan| plan.is_pending(t));
        let open = self.threats.iter().filter(|threat| threat.is_open(t));
        expectation.has_rest = pending.clone().next().is_some() || open.clone().next().is_some();
        if !expectation.has_rest {
            return;
        }
        expectation.rest.fill(Lane::ZERO);
        for plan in pending {
            let end = plan.cumulative.len() - 1;
            let done = plan.cumulative[t + 1];
            for (node, days) in expectation.rest.iter_mut().zip(&self.days) {
                let then = &plan.cumulative[(t + 1 + days).min(end)];
                for i in 0..BUCKETS {
                    node.0[i] += plan.weight * (then.0[i] - done.0[i]);
                }
            }
        }
        for threat in open {
            threat.expect(t, &self.days, &mut expectation.rest);
        }
    }
}

impl Plan {
    /// Whether something of the plan is expected after day `t` (index).
    fn is_pending(&self, t: usize) -> bool {
        t >= self.known_from && self.weight != 0.0 && t + 2 < self.cumulative.len()
    }
}

impl Threat {
    /// Whether the threat is talked about on day `t` (index).
    fn is_open(&self, t: usize) -> bool {
        let over = matches!(self.kind, ThreatKind::Deadline { deadline_day } if t >= deadline_day);
        t >= index_of(self.start_day) && !over && self.probability != self.prior
    }

    /// Adds the expected sales of the threat, less those of its prior, to `supply` by node.
    fn expect(&self, t: usize, days: &[usize], supply: &mut [Lane]) {
        let start = index_of(self.start_day);
        let mix = Lane::from_buckets(&self.mix);
        let length = self.days as f64;
        match self.kind {
            ThreatKind::Hazard { half_life_days } => {
                let hazard = std::f64::consts::LN_2 / half_life_days;
                let quiet = (-hazard * (t - start) as f64).exp();
                // certainty stays certain, also where `quiet` has vanished in rounding
                let updated = |p: f64| {
                    if p >= 1.0 {
                        1.0
                    } else {
                        p * quiet / (1.0 - p + p * quiet)
                    }
                };
                let belief = updated(self.probability) - updated(self.prior);
                // expected days of selling within x days, for a start at a random day
                let begun = |x: f64| x - (1.0 - (-hazard * x).exp()) / hazard;
                for (node, day) in supply.iter_mut().zip(days) {
                    let ahead = *day as f64;
                    let share = (begun(ahead) - begun((ahead - length).max(0.0))) / length;
                    node.add_scaled(belief * self.amount_usd_bn * share, &mix);
                }
            }
            ThreatKind::Deadline { deadline_day } => {
                let belief = self.probability - self.prior;
                for (node, day) in supply.iter_mut().zip(days) {
                    let done = ((day + t) as f64 - deadline_day as f64 + 1.0) / length;
                    node.add_scaled(belief * self.amount_usd_bn * done.clamp(0.0, 1.0), &mix);
                }
            }
        }
    }
}
