//! How slowly to sell: the break-even pace and the cheapest pace, at central parameters, mix and disclosure as in the scenario.
//!
//! `E(n)` is the execution loss of the whole amount `Q` sold in equal parts over `n` business days; each `n` is cleared anew. `s` is what a
//! borrowed dollar costs a year beyond a sold one ([`super::carry`]), `H` the horizon in business days.
//!
//! break-even pace: the smallest `n` from which on `E <= s Q H / 252`. Sold a day faster, the amount costs more than borrowing the same
//! dollars at the Fed's repo facility for the whole horizon would (were there no limit); at this pace or slower selling is the cheaper way.
//! cheapest pace: the `n` with the smallest `E(n) + s Q (n - 1) / (2 252)`: a day slower saves less than the wait costs.
//!
//! `E` need not fall everywhere: a fast sale can bring the Fed's purchases sooner. So it is evaluated on a ladder of paces (each a quarter
//! slower than the one before, with those of the grid); the last crossing on it is then narrowed by bisection, and the best of it by
//! golden section between its neighbors. A second crossing between two rungs would be missed.

use std::collections::BTreeMap;

use brandish_units::{Bp, Usd};

use super::account::Bench;
use super::carry;
use super::question::Question;
use crate::error::ScenarioError;
use crate::file::CampName;

/// The smaller part of the golden section, `(3 - sqrt 5) / 2`.
const GOLDEN: f64 = 0.381_966_011_250_105;

/// Paces of a camp.
#[derive(Debug, Clone, PartialEq)]
pub struct Pace {
    /// The camp.
    pub camp: CampName,
    /// What selling is compared with: borrowing the amount for the horizon.
    pub borrowing: Option<Usd>,
    /// The break-even pace.
    pub break_even: BreakEven,
    /// The cheapest pace; absent where the repo rate is not known.
    pub cheapest: Option<Cheapest>,
}

/// Where selling costs as much as borrowing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum BreakEven {
    /// At this pace and slower selling costs no more than borrowing, a day faster it costs more.
    Days {
        /// Business days.
        days: u32,
        /// Execution loss at this pace.
        loss: Usd,
        /// Execution loss a day faster.
        a_day_faster: Usd,
        /// A faster pace at which selling is the cheaper way again.
        again_at: Option<u32>,
    },
    /// Selling costs no more than borrowing at any pace.
    SellingAtAnyPace {
        /// The dearest pace.
        days: u32,
        /// Execution loss there.
        loss: Usd,
    },
    /// Selling costs more than borrowing at any pace within the horizon.
    BorrowingAtAnyPace {
        /// The pace with the least execution loss.
        days: u32,
        /// Execution loss there.
        loss: Usd,
    },
    /// Selling is the cheaper way at some faster pace, but not at the slowest within the horizon.
    SellingOnlyFaster {
        /// The pace with the least execution loss.
        days: u32,
        /// Execution loss there.
        loss: Usd,
    },
    /// The securities yield no less than the facility charges, so borrowing costs nothing.
    BorrowingIsFree {
        /// What a borrowed dollar costs a year beyond a sold one, zero or less.
        spread: Bp,
    },
    /// The snapshot has no rate for the facility on that day.
    NoRate,
}

/// Where a day slower saves as much as the wait costs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cheapest {
    /// Business days.
    pub days: u32,
    /// Execution loss at this pace.
    pub loss: Usd,
    /// What the wait costs.
    pub waiting: Usd,
    /// It is the slowest pace that the horizon holds: slower may still be cheaper.
    pub at_the_horizon: bool,
}

/// What the paces are computed from.
pub(super) struct PaceSearch<'a, 'b> {
    pub bench: &'b Bench<'a>,
    pub question: &'b Question<'a>,
    /// Paces to start from, ascending.
    pub grid: &'b [u32],
    /// What a borrowed dollar costs a year beyond a sold one.
    pub spread: Option<Bp>,
}

impl PaceSearch<'_, '_> {
    pub fn of(&self, camp: CampName) -> Result<Pace, ScenarioError> {
        let Some(spread) = self.spread else {
            return Ok(Pace {
                camp,
                borrowing: None,
                break_even: BreakEven::NoRate,
                cheapest: None,
            });
        };
        let mut losses = Losses {
            search: self,
            camp,
            known: BTreeMap::new(),
        };
        let horizon = f64::from(self.question.scenario.horizon_days);
        let borrowing = carry::over_days(spread, self.question.amount, horizon);
        Ok(Pace {
            camp,
            borrowing: Some(borrowing),
            break_even: if spread.0 <= 0.0 {
                BreakEven::BorrowingIsFree { spread }
            } else {
                self.break_even(&mut losses, borrowing)?
            },
            cheapest: Some(self.cheapest(&mut losses, spread)?),
        })
    }

    /// Paces from one day to the slowest, each about a quarter slower than the one before, and those of the grid.
    fn ladder(&self) -> Vec<u32> {
        let slowest = self.question.slowest();
        let mut paces = vec![slowest];
        paces.extend(self.grid.iter().copied().filter(|days| *days <= slowest));
        let mut days = 1;
        while days < slowest {
            paces.push(days);
            days += (days / 4).max(1);
        }
        paces.sort_unstable();
        paces.dedup();
        paces
    }

    fn break_even(
        &self,
        losses: &mut Losses<'_, '_, '_>,
        borrowing: Usd,
    ) -> Result<BreakEven, ScenarioError> {
        let rungs = self
            .ladder()
            .into_iter()
            .map(|days| Ok((days, losses.at(days)?)))
            .collect::<Result<Vec<(u32, f64)>, ScenarioError>>()?;
        let dear = |rung: &(u32, f64)| rung.1 > borrowing.bn();
        let least = rungs.iter().min_by(|a, b| a.1.total_cmp(&b.1));
        let most = rungs.iter().max_by(|a, b| a.1.total_cmp(&b.1));
        let (Some(least), Some(most)) = (least, most) else {
            return Ok(BreakEven::NoRate);
        };
        let usd = Usd::from_bn;
        let Some(last) = rungs.iter().rposition(dear) else {
            return Ok(BreakEven::SellingAtAnyPace {
                days: most.0,
                loss: usd(most.1),
            });
        };
        let Some(next) = rungs.get(last + 1) else {
            let (days, loss) = (least.0, usd(least.1));
            return Ok(if dear(least) {
                BreakEven::BorrowingAtAnyPace { days, loss }
            } else {
                BreakEven::SellingOnlyFaster { days, loss }
            });
        };
        let (mut faster, mut cheap) = (rungs[last].0, next.0);
        while cheap - faster > 1 {
            let middle = faster + (cheap - faster) / 2;
            if losses.at(middle)? <= borrowing.bn() {
                cheap = middle;
            } else {
                faster = middle;
            }
        }
        Ok(BreakEven::Days {
            days: cheap,
            loss: usd(losses.at(cheap)?),
            a_day_faster: usd(losses.at(faster)?),
            again_at: rungs[..last]
                .iter()
                .rev()
                .find(|rung| !dear(rung))
                .map(|rung| rung.0),
        })
    }

    fn cheapest(
        &self,
        losses: &mut Losses<'_, '_, '_>,
        spread: Bp,
    ) -> Result<Cheapest, ScenarioError> {
        let slowest = self.question.slowest();
        let waiting = |days| carry::waiting(spread, self.question.amount, days);
        let mut cost =
            |days: u32| -> Result<f64, ScenarioError> { Ok(losses.at(days)? + waiting(days).bn()) };
        let ladder = self.ladder();
        let mut best = (0, f64::INFINITY);
        for (place, days) in ladder.iter().enumerate() {
            let next = cost(*days)?;
            if next < best.1 {
                best = (place, next);
            }
        }
        let mut low = ladder[best.0.saturating_sub(1)];
        let mut high = ladder[(best.0 + 1).min(ladder.len() - 1)];
        let mut found = (ladder[best.0], best.1);
        // Golden section on whole days; the last few are all tried.
        while high - low > 3 {
            let step = (f64::from(high - low) * GOLDEN).round().max(1.0) as u32;
            let (left, right) = (low + step, high - step);
            if cost(left)? <= cost(right)? {
                high = right.max(left + 1);
            } else {
                low = left.min(right - 1);
            }
        }
        for days in low..=high {
            let next = cost(days)?;
            if next < found.1 {
                found = (days, next);
            }
        }
        let days = found.0;
        Ok(Cheapest {
            days,
            loss: Usd::from_bn(losses.at(days)?),
            waiting: waiting(days),
            at_the_horizon: days == slowest,
        })
    }
}

/// Execution losses by pace, each cleared once.
struct Losses<'a, 'b, 's> {
    search: &'s PaceSearch<'a, 'b>,
    camp: CampName,
    known: BTreeMap<u32, f64>,
}

impl Losses<'_, '_, '_> {
    fn at(&mut self, days: u32) -> Result<f64, ScenarioError> {
        if let Some(loss) = self.known.get(&days) {
            return Ok(*loss);
        }
        let bench = self.search.bench;
        let job = bench.job(&self.search.question.at_pace(days))?;
        let parameters = bench.source(self.camp)?.central()?;
        let mut memory = None;
        let solver = bench.solver(self.camp, &mut memory, &parameters)?;
        let loss = bench.read(self.camp, solver, &job)?.loss;
        self.known.insert(days, loss);
        Ok(loss)
    }
}
