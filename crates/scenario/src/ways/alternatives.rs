//! The same dollars without selling, or with selling less: the Fed's repo facility, bills that run off, deposits.
//!
//! Costs are counted against the sale. `carry` is what a dollar raised this way costs over the horizon beyond the yield that a sold dollar
//! gives up (`s` of [`super::carry`], from the day on which the dollar is there); `execution loss` and `mark` are the engine's, on the path
//! that this way makes.
//!
//! * The facility lends overnight against Treasuries, up to a limit per account holder; nothing is sold, and what the Fed lends is not a
//!   flow of the engine. The rest of the amount is sold in the scenario's own way. `E(Q) - E(Q - L)` is the loss the loan avoids, so it pays
//!   for `252 (E(Q) - E(Q - L)) / (s L)` business days.
//! * Bills run off as they mature, in the proportion in which bills outstanding mature: the Treasury repays at par and borrows from others,
//!   which is supply for them: an undeclared order of the same size, spread like the bills outstanding.
//! * Deposits are drawn at once. What the Fed then no longer borrows from foreigners is not a flow of the engine.

use brandish_data::{KnownOn, SecurityKind};
use brandish_habitat::{BUCKETS, Known, Order};
use brandish_units::{Bp, Date, Usd, calendar};

use super::Jobs;
use super::account::{Bench, Reading};
use super::carry::{self, Rates};
use super::draws::{Banded, CampReadings, Figure};
use super::question::Question;
use crate::baseline::Baseline;
use crate::error::ScenarioError;
use crate::file::CampName;
use crate::parameters::Facilities;

/// Days of the run-off table, where the horizon reaches them.
const RUN_OFF_DAYS: [u32; 6] = [5, 10, 21, 63, 126, 252];
/// Holders whose deposits the snapshot has.
const JAPAN: &str = "Japan";
/// The holder that is all foreign officials together.
const ALL_OFFICIALS: &str = "foreign_official";

/// A way to the dollars.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AlternativeKind {
    /// Selling as in the scenario.
    Sale,
    /// Borrowing up to the limit of the Fed's facility.
    Repo,
    /// Borrowing up to the limit, selling the rest as in the scenario.
    RepoThenSale,
    /// Letting bills mature.
    BillsRunOff,
    /// Drawing deposits.
    Deposits,
}

/// One alternative.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternative {
    /// Which.
    pub kind: AlternativeKind,
    /// Dollars of the amount that it raises within the horizon; absent where nobody outside knows.
    pub available: Option<Usd>,
    /// Business days until they are there.
    pub days: Option<u32>,
    /// What a dollar costs a year beyond a sold one.
    pub spread: Option<Bp>,
    /// What the dollars cost over the horizon beyond a sold one.
    pub carry: Option<Usd>,
    /// Effects by camp, the execution loss with the band of the same draws as the ways.
    pub by_camp: Vec<AlternativeEffect>,
    /// Limits, dates, and why something is missing.
    pub note: String,
}

/// An alternative in one camp.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AlternativeEffect {
    /// The camp.
    pub camp: CampName,
    /// The seller's execution loss.
    pub execution_loss: Banded<Usd>,
    /// Change in value of what he keeps.
    pub mark: Usd,
    /// Execution loss and carry together; absent where the carry is not known.
    pub loss_and_carry: Option<Banded<Usd>>,
    /// Peak of the ten-year yield, central.
    pub ten_year_peak: Bp,
    /// Business days for which the loan costs as much as the execution loss that it avoids.
    pub pays_for_days: Option<f64>,
}

/// What matures by a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RunOff {
    /// Business day.
    pub day: u32,
    /// Its date.
    pub date: Date,
    /// Bills of the seller that have matured.
    pub bills: Usd,
    /// His notes, bonds, TIPS and FRNs that have matured.
    pub coupons: Usd,
}

/// Maturing amounts of the seller by business day from 1, $bn: bills and the rest.
pub(super) struct Maturing {
    bills: Vec<f64>,
    coupons: Vec<f64>,
}

impl Maturing {
    /// The seller's inferred holdings, in the proportion in which what is outstanding in their buckets matures.
    pub fn of(bench: &Bench<'_>) -> Self {
        let baseline = bench.baseline;
        let horizon = bench.scenario.horizon_days as usize;
        let bills_outstanding: f64 = baseline.outstanding.bills_usd_bn.iter().sum();
        let bills_held: f64 = bench.seller.holdings.bills_usd_bn.iter().sum();
        let mut bills = vec![0.0; horizon];
        let mut coupons = vec![0.0; horizon];
        for security in &baseline.securities {
            let day = business_day(baseline, security.record.maturity);
            let Some(place) = day.checked_sub(1).filter(|place| *place < horizon) else {
                continue;
            };
            let value = security.market_value.bn();
            if security.record.kind == SecurityKind::Bill {
                if bills_outstanding > 0.0 {
                    bills[place] += bills_held * value / bills_outstanding;
                }
            } else {
                let outstanding = baseline.outstanding.coupons_usd_bn[security.bucket];
                if outstanding > 0.0 {
                    let held = bench.seller.holdings.coupons_usd_bn[security.bucket];
                    coupons[place] += held * value / outstanding;
                }
            }
        }
        Self { bills, coupons }
    }

    /// What has matured by the days of the table.
    pub fn table(&self, as_of: Date, horizon: u32) -> Vec<RunOff> {
        let mut days: Vec<u32> = RUN_OFF_DAYS
            .into_iter()
            .chain([horizon])
            .filter(|day| *day <= horizon)
            .collect();
        days.sort_unstable();
        days.dedup();
        let upto = |by_day: &[f64], day: u32| -> Usd {
            Usd::from_bn(by_day.iter().take(day as usize).sum())
        };
        days.into_iter()
            .map(|day| RunOff {
                day,
                date: calendar::add_business_days(as_of, day as i32),
                bills: upto(&self.bills, day),
                coupons: upto(&self.coupons, day),
            })
            .collect()
    }

    /// The bills that are let go: until the amount is raised.
    fn until(&self, amount: f64) -> Vec<f64> {
        let mut left = amount;
        self.bills
            .iter()
            .map(|bills| {
                let taken = bills.min(left).max(0.0);
                left -= taken;
                taken
            })
            .collect()
    }
}

/// The business day, from 1, on which a security pays its last dollar.
fn business_day(baseline: &Baseline, maturity: Date) -> usize {
    calendar::business_days_between(baseline.as_of, maturity).max(1) as usize
}

/// What is cleared for the alternatives, as places among the jobs.
pub(super) struct Cleared {
    /// The scenario's own way.
    own: usize,
    /// Nothing sold.
    nothing: usize,
    /// What the facility's limit leaves to be sold; nothing where it lends all or does not exist.
    rest: Option<usize>,
    /// Nothing sold, and the Treasury borrows from others what the bills were; nothing where none mature.
    bills: Option<usize>,
}

impl Cleared {
    /// Puts the jobs of the alternatives beside the others.
    pub fn place(
        bench: &Bench<'_>,
        question: &Question<'_>,
        (facilities, maturing): (&Facilities, &Maturing),
        own: usize,
        jobs: &mut Jobs,
    ) -> Result<Self, ScenarioError> {
        let amount = question.amount;
        let limit = facilities.limit_on(question.scenario.as_of);
        let left = limit.map(|limit| amount - lent(limit.limit, amount));
        let rest = match left.filter(|left| left.bn() > 0.0) {
            None => None,
            Some(left) => {
                let part = question.with_part(left.bn() / amount.bn());
                Some(jobs.place(bench.job(&part)?))
            }
        };
        let without = bench.job(&question.without())?;
        let by_day = maturing.until(amount.bn());
        let bills = if by_day.iter().any(|bills| *bills > 0.0) {
            let shares = bench.baseline.bill_shares();
            let mut job = without.clone();
            job.flow.orders.push(Order {
                sales_by_day: by_day
                    .iter()
                    .map(|bills| shares.map(|share| share * bills))
                    .collect(),
                known: Known::Silent,
            });
            Some(jobs.place(job))
        } else {
            None
        };
        Ok(Self {
            own,
            nothing: jobs.place(without),
            rest,
            bills,
        })
    }
}

/// What the facility lends of an amount.
fn lent(limit: Usd, amount: Usd) -> Usd {
    if limit < amount { limit } else { amount }
}

/// What the alternatives need.
pub(super) struct Choices<'a, 'b> {
    pub bench: &'b Bench<'a>,
    pub question: &'b Question<'a>,
    pub facilities: &'b Facilities,
    pub rates: &'b Rates,
    pub known: &'b KnownOn<'b>,
    /// Yield of what would be sold, percent.
    pub mix_yield_pct: f64,
    pub maturing: &'b Maturing,
    pub cleared: &'b Cleared,
    /// What the paths say, by camp.
    pub readings: &'b [CampReadings],
}

impl Choices<'_, '_> {
    pub fn all(&self) -> Result<Vec<Alternative>, ScenarioError> {
        let mut found = vec![self.sale()?];
        found.extend(self.repo()?);
        found.push(self.bills()?);
        found.push(self.deposits()?);
        Ok(found)
    }

    fn horizon(&self) -> f64 {
        f64::from(self.question.scenario.horizon_days)
    }

    fn sale(&self) -> Result<Alternative, ScenarioError> {
        let end = self.question.own_end();
        Ok(Alternative {
            kind: AlternativeKind::Sale,
            available: Some(self.question.amount),
            days: Some(end),
            spread: Some(Bp(0.0)),
            carry: Some(Usd::ZERO),
            by_camp: self.effects(self.cleared.own, Some(Usd::ZERO))?,
            note: format!(
                "as the scenario has it; gives up {:.2}% a year",
                self.mix_yield_pct
            ),
        })
    }

    /// What a job does in every camp, and with the carry.
    fn effects(
        &self,
        job: usize,
        carry: Option<Usd>,
    ) -> Result<Vec<AlternativeEffect>, ScenarioError> {
        self.readings
            .iter()
            .map(|camp| {
                let reading = camp.central[job];
                let loss = Figure::Of(job, |reading: &Reading| reading.loss);
                Ok(AlternativeEffect {
                    camp: camp.camp,
                    execution_loss: camp.banded(&loss, Usd::from_bn)?,
                    mark: Usd::from_bn(reading.mark),
                    loss_and_carry: carry
                        .map(|carry| camp.banded(&loss, |loss| Usd::from_bn(loss) + carry))
                        .transpose()?,
                    ten_year_peak: Bp(reading.peaks[0]),
                    pays_for_days: None,
                })
            })
            .collect()
    }

    fn repo(&self) -> Result<Vec<Alternative>, ScenarioError> {
        let as_of = self.question.scenario.as_of;
        let amount = self.question.amount;
        let Some(limit) = self.facilities.limit_on(as_of) else {
            return Ok(vec![Alternative {
                kind: AlternativeKind::Repo,
                available: None,
                days: None,
                spread: None,
                carry: None,
                by_camp: Vec::new(),
                note: format!(
                    "the Fed had no standing repo facility for foreign officials on {as_of}"
                ),
            }]);
        };
        let lent = lent(limit.limit, amount);
        let spread = self
            .rates
            .repo
            .map(|rate| carry::over_yield(rate, self.mix_yield_pct));
        let carry = spread.map(|spread| carry::over_days(spread, lent, self.horizon()));
        let rate = match self.rates.repo {
            Some(rate) => format!("at {:.2}%, {}", rate.0, self.rates.repo_source),
            None => {
                "its rate on that day is not in the snapshot; give one with --repo-rate".to_owned()
            }
        };
        let rest = amount - lent;
        let remaining = self.cleared.rest.unwrap_or(self.cleared.nothing);
        let pays = |job: usize| -> Result<Vec<AlternativeEffect>, ScenarioError> {
            let effects = self.effects(job, carry)?;
            Ok(effects
                .into_iter()
                .zip(self.readings)
                .map(|(effect, camp)| {
                    let loss = |job: usize| camp.central[job].loss;
                    AlternativeEffect {
                        pays_for_days: spread.filter(|spread| spread.0 > 0.0).map(|spread| {
                            (loss(self.cleared.own) - loss(remaining))
                                / carry::over_days(spread, lent, 1.0).bn()
                        }),
                        ..effect
                    }
                })
                .collect())
        };
        let alone = Alternative {
            kind: AlternativeKind::Repo,
            available: Some(lent),
            days: Some(1),
            spread,
            carry,
            by_camp: pays(self.cleared.nothing)?,
            note: format!(
                "overnight, renewed; at most ${:.0}bn to one account holder since {}; {rate}; who has been approved is not published",
                limit.limit.bn(),
                limit.from
            ),
        };
        if rest.bn() <= 0.0 {
            return Ok(vec![alone]);
        }
        let with_sale = Alternative {
            kind: AlternativeKind::RepoThenSale,
            available: Some(amount),
            days: Some(self.question.own_end()),
            spread,
            carry,
            by_camp: pays(remaining)?,
            note: format!(
                "${:.1}bn borrowed, ${:.1}bn sold as in the scenario",
                lent.bn(),
                rest.bn()
            ),
        };
        Ok(vec![alone, with_sale])
    }

    fn bills(&self) -> Result<Alternative, ScenarioError> {
        let amount = self.question.amount.bn();
        let by_day = self.maturing.until(amount);
        let raised: f64 = by_day.iter().sum();
        let complete = raised >= amount * (1.0 - 1e-9);
        let last = by_day
            .iter()
            .rposition(|bills| *bills > 0.0)
            .map(|place| place as u32 + 1);
        let shares = self.bench.baseline.bill_shares();
        let bills_yield = carry::mix_yield_pct(self.bench.baseline, &shares)?;
        let spread = Bp((bills_yield - self.mix_yield_pct) * 100.0);
        let horizon = self.horizon();
        let carry: f64 = by_day
            .iter()
            .zip(1..)
            .map(|(bills, day)| {
                carry::over_days(spread, Usd::from_bn(*bills), horizon - f64::from(day)).bn()
            })
            .sum();
        let carry = Some(Usd::from_bn(carry));
        let held: f64 = self.bench.seller.holdings.bills_usd_bn.iter().sum();
        Ok(Alternative {
            kind: AlternativeKind::BillsRunOff,
            available: Some(Usd::from_bn(raised)),
            days: last,
            spread: Some(spread),
            carry,
            by_camp: self.effects(self.cleared.bills.unwrap_or(self.cleared.nothing), carry)?,
            note: if complete {
                format!(
                    "paid at par; inferred bills of ${held:.1}bn mature like those outstanding; the Treasury borrows from others instead"
                )
            } else {
                format!(
                    "only ${raised:.1}bn within the horizon: inferred bills are ${held:.1}bn; paid at par, and the Treasury borrows from others instead"
                )
            },
        })
    }

    fn deposits(&self) -> Result<Alternative, ScenarioError> {
        let seller = &self.bench.seller;
        let pool = |known: &KnownOn<'_>| -> Result<String, ScenarioError> {
            let custody = known.custody()?;
            Ok(match custody.foreign_rrp {
                Some(pool) => format!(
                    "all foreign officials together keep ${:.1}bn in the Fed's foreign repo pool ({})",
                    pool.bn(),
                    custody.date
                ),
                None => {
                    "the Fed's foreign repo pool of that week is not in the snapshot".to_owned()
                }
            })
        };
        let (held, note) = match seller.reported_as.as_deref() {
            Some(JAPAN) => {
                let reserves = self.known.japan_reserves_with_deposits()?;
                let (amount, what) = match (reserves.deposits, reserves.deposits_central_banks) {
                    (Some(all), _) => (Some(all), "deposits in the official reserves"),
                    (None, part) => (
                        part,
                        "deposits of the official reserves with other central banks, the BIS and the IMF",
                    ),
                };
                let note = format!(
                    "{what} at {}; in which currency is not published; {}",
                    reserves.date,
                    pool(self.known)?
                );
                (amount, note)
            }
            Some(ALL_OFFICIALS) => {
                let custody = self.known.custody()?;
                (custody.foreign_rrp, pool(self.known)?)
            }
            _ => (
                None,
                format!(
                    "not available: deposits of {} are not published; {}",
                    seller.title,
                    pool(self.known)?
                ),
            ),
        };
        let available = held.map(|held| {
            if held < self.question.amount {
                held
            } else {
                self.question.amount
            }
        });
        let spread = self
            .rates
            .pool
            .map(|rate| carry::over_yield(rate, self.mix_yield_pct));
        let carry = match (available, spread) {
            (Some(available), Some(spread)) => {
                Some(carry::over_days(spread, available, self.horizon()))
            }
            _ => None,
        };
        let by_camp = if available.is_some() {
            self.effects(self.cleared.nothing, carry)?
        } else {
            Vec::new()
        };
        Ok(Alternative {
            kind: AlternativeKind::Deposits,
            days: available.map(|_| 1),
            available,
            spread: spread.filter(|_| held.is_some()),
            carry,
            by_camp,
            note,
        })
    }
}

/// What the sales of a job sum to by bucket, as shares.
pub(super) fn shares_of(sales_by_day: &[[f64; BUCKETS]]) -> [f64; BUCKETS] {
    let mut sum = [0.0; BUCKETS];
    for day in sales_by_day {
        for (sum, sold) in sum.iter_mut().zip(day) {
            *sum += sold;
        }
    }
    let total: f64 = sum.iter().sum();
    if total > 0.0 {
        sum.map(|value| value / total)
    } else {
        sum
    }
}
