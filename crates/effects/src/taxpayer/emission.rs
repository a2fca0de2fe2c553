//! From what is outstanding and what is borrowed to fixings: every issue with its day, term and amount.
//!
//! Under [`Refinancing::SameTerm`] an issue starts a chain of the same term. Under [`Refinancing::IssuanceMix`] a maturing
//! coupon security falls into the pool of its day, and the pool is sold in the coupon mix, day after day. Bills are chains
//! either way. Days are worked through in order, so debt issued within the ten years is refinanced within them too.

use super::bill::Part;
use super::weights::{Fixing, Owed, Weights};
use super::{Kind, Outstanding, Plan, Refinancing, Repricing};

/// Business days of a year, as in the engine: the length of a term.
const DAYS_PER_YEAR: f64 = 252.0;
/// Business days between resets of a floating-rate note.
const RESET_DAYS: usize = 5;
/// Term of the bill that floating-rate notes follow, years.
const RESET_TERM_YEARS: f64 = 0.25;
/// Term at which bills are sold where a plan names none, years.
const BILL_TERM_YEARS: f64 = 0.25;

/// An amount sold on a day.
#[derive(Debug, Clone, Copy)]
struct Issue {
    day: usize,
    kind: Kind,
    term_years: f64,
    owed: Owed,
    part: Part,
}

/// What matures on each day.
type Pool = Vec<Owed>;

pub(super) struct Emission<'a> {
    plan: &'a Plan,
    last_day: usize,
    growth: f64,
    weights: Weights,
    /// By part, by day: what is sold in the coupon mix.
    pools: Vec<Pool>,
}

pub(super) fn days_of(term_years: f64) -> usize {
    ((term_years * DAYS_PER_YEAR).round() as usize).max(1)
}

/// All fixings of a plan, as weights.
pub(super) fn weights(plan: &Plan) -> Weights {
    let last_day = plan.last_day();
    let mut emission = Emission {
        plan,
        last_day,
        growth: (plan.breakeven.decimal()).ln_1p() / DAYS_PER_YEAR,
        weights: Weights::new(
            &plan.years,
            Part::ALL.len(),
            plan.horizon_days,
            plan.half_life_days,
        ),
        pools: vec![vec![Owed::default(); last_day + 1]; Part::ALL.len()],
    };
    for security in &plan.outstanding {
        emission.outstanding(security);
    }
    emission.borrowing();
    emission.switches();
    emission.sell_pools();
    emission.weights.finish()
}

impl Emission<'_> {
    fn outstanding(&mut self, security: &Outstanding) {
        let amount = security.amount.bn();
        let owed = Owed {
            all: amount,
            fed: amount * security.fed_share,
            accounts: amount * security.accounts_share,
        };
        match security.repricing {
            Repricing::Fixed { day, term_years } => {
                // Only bills are issued for a year or less.
                let kind = if term_years <= 1.0 {
                    Kind::Bill
                } else {
                    Kind::Nominal
                };
                self.refinance(Issue {
                    day: day.max(1),
                    kind,
                    term_years,
                    owed,
                    part: Part::Rollover,
                });
            }
            Repricing::Indexed { day, term_years } => {
                let day = day.max(1);
                let grown = (self.growth * day as f64).exp();
                self.refinance(Issue {
                    day,
                    kind: Kind::Indexed,
                    term_years,
                    owed: owed.times(grown),
                    part: Part::Tips,
                });
            }
            Repricing::Floating { day } => {
                // It pays every reset until it matures, and is then refinanced like the others.
                let end = match self.plan.refinancing {
                    Refinancing::SameTerm => self.last_day + 1,
                    Refinancing::IssuanceMix => day.max(1),
                };
                self.floating(1, end, owed, Part::Frn);
                if end <= self.last_day {
                    self.pool(Part::Frn, end, owed);
                }
            }
        }
    }

    /// What matures on a day is sold again by the plan's rule.
    fn refinance(&mut self, issue: Issue) {
        if issue.day > self.last_day {
            return;
        }
        match (self.plan.refinancing, issue.kind) {
            (Refinancing::SameTerm, _) | (_, Kind::Bill) => self.chain(issue),
            (Refinancing::IssuanceMix, _) => {
                self.pool(issue.part, issue.day, issue.owed);
            }
        }
    }

    fn pool(&mut self, part: Part, day: usize, owed: Owed) {
        if let Some(pool) = self.pools[part.index()].get_mut(day) {
            pool.add(owed);
        }
    }

    /// Sold again and again at the same term.
    fn chain(&mut self, issue: Issue) {
        let mut next = Some(issue);
        while let Some(issue) = next {
            next = self.sell(issue);
        }
    }

    /// One issue; returns what is left to refinance when it matures within the years.
    fn sell(&mut self, issue: Issue) -> Option<Issue> {
        if issue.day > self.last_day || issue.owed.all == 0.0 {
            return None;
        }
        let end = issue.day + days_of(issue.term_years);
        let mut grown = 1.0;
        if issue.kind == Kind::Floating {
            self.floating(issue.day, end, issue.owed, issue.part);
        } else {
            let growth = if issue.kind == Kind::Indexed {
                grown = (self.growth * (end - issue.day) as f64).exp();
                self.growth
            } else {
                0.0
            };
            self.weights.add(&Fixing {
                start: issue.day,
                end,
                owed: issue.owed,
                term_years: issue.term_years,
                growth,
                part: issue.part.index(),
            });
        }
        Some(Issue {
            day: end,
            owed: issue.owed.times(grown),
            ..issue
        })
    }

    fn floating(&mut self, from: usize, end: usize, owed: Owed, part: Part) {
        let mut start = from;
        while start < end && start <= self.last_day {
            self.weights.add(&Fixing {
                start,
                end: (start + RESET_DAYS).min(end),
                owed,
                term_years: RESET_TERM_YEARS,
                growth: 0.0,
                part: part.index(),
            });
            start += RESET_DAYS;
        }
    }

    /// New borrowing, evenly over the business days of each fiscal year.
    fn borrowing(&mut self) {
        let Some(borrowing) = &self.plan.borrowing else {
            return;
        };
        for (year, amount) in self.plan.years.iter().zip(borrowing) {
            let a_day = amount.bn() / year.days as f64;
            for day in year.first_day..=year.last_day {
                for line in &self.plan.mix {
                    let amount = a_day * line.share;
                    self.first_sold(day, line.kind, line.term_years, amount, Part::NewBorrowing);
                }
            }
        }
    }

    /// A first sale: its successors follow the plan's rule.
    fn first_sold(&mut self, day: usize, kind: Kind, term_years: f64, amount: f64, part: Part) {
        let issue = Issue {
            day,
            kind,
            term_years,
            owed: Owed::to_others(amount),
            part,
        };
        match (self.plan.refinancing, kind) {
            (Refinancing::SameTerm, _) | (_, Kind::Bill) => self.chain(issue),
            (Refinancing::IssuanceMix, _) => {
                if let Some(next) = self.sell(issue) {
                    self.pool(part, next.day, next.owed);
                }
            }
        }
    }

    /// Amounts moved between coupon securities and bills.
    fn switches(&mut self) {
        let switch = &self.plan.switch;
        let coupons = coupon_lines(self.plan);
        for (place, amount) in switch.issued_as_bills_usd_bn.iter().enumerate() {
            let day = place + 1;
            self.first_sold(day, Kind::Bill, BILL_TERM_YEARS, *amount, Part::Switch);
            for (kind, term_years, share) in &coupons {
                self.first_sold(day, *kind, *term_years, -amount * share, Part::Switch);
            }
        }
        for (place, amount) in switch.bought_back_usd_bn.iter().enumerate() {
            let day = place + 1;
            self.first_sold(day, Kind::Bill, BILL_TERM_YEARS, *amount, Part::Switch);
            // What is retired would have been refinanced in the coupon mix when it matured.
            for (years, share, _) in &switch.bought_mix {
                let matures = day + days_of(*years);
                for (kind, term_years, of_mix) in &coupons {
                    self.first_sold(
                        matures,
                        *kind,
                        *term_years,
                        -amount * share * of_mix,
                        Part::Switch,
                    );
                }
            }
        }
    }

    /// Day by day, what fell due is sold in the coupon mix.
    fn sell_pools(&mut self) {
        let coupons = coupon_lines(self.plan);
        for day in 1..=self.last_day {
            for part in Part::ALL {
                let owed = self.pools[part.index()][day];
                if owed.all == 0.0 {
                    continue;
                }
                for (kind, term_years, share) in &coupons {
                    let issue = Issue {
                        day,
                        kind: *kind,
                        term_years: *term_years,
                        owed: owed.times(*share),
                        part,
                    };
                    if let Some(next) = self.sell(issue) {
                        self.pool(part, next.day, next.owed);
                    }
                }
            }
        }
    }
}

/// The mix without its bills, scaled to 1.
fn coupon_lines(plan: &Plan) -> Vec<(Kind, f64, f64)> {
    let coupons = plan.mix.iter().filter(|line| line.kind != Kind::Bill);
    let total: f64 = coupons.clone().map(|line| line.share).sum();
    coupons
        .map(|line| (line.kind, line.term_years, line.share / total))
        .collect()
}
