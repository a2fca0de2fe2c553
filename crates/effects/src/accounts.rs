//! Every holder's account: who gains and who loses while something is sold, adding up to what happens to everything outstanding.
//!
//! `h_ji(t)` is what holder j holds of bucket i after the close of day t, $bn at as-of value, `v_i(t)` the relative change of
//! value of the bucket on the shifted curve ([`crate::valuation`]), `q_ji(t) = h_ji(t) - h_ji(t-1)` what he bought (negative: sold):
//!
//! opening value = sum_i h_ji(0)
//! execution loss(T) = sum_(t<=T) sum_i q_ji(t) v_i(t)         (positive: sold for less, or bought for more, than as-of value)
//! mark to market(T) = sum_i h_ji(T) v_i(T)
//! closing value(T) = sum_i h_ji(T) (1 + v_i(T))
//! proceeds(T) = - sum_(t<=T) sum_i q_ji(t) (1 + v_i(t))       (dollars received for net sales; negative: paid)
//! P&L(T) = mark to market - execution loss = closing value + proceeds - opening value
//!
//! Every trade has two sides at one price and every bucket balances, so execution losses add up to nothing and P&L to the
//! change in market value of everything outstanding, sum_i H_i v_i(T). Prices are those of the as-of settlement: no carry and no
//! roll-down, on either side; what matures is taken as refinanced in its bucket. `coupons` is the interest that falls due, cash beside the
//! account: price at a fixed settlement contains all payments, so interest is no part of P&L.
//!
//! A holder's own lots are priced by their own payments. The others hold the rest: the difference between his lots and the
//! average of their bucket is theirs with the sign turned round, in proportion to what they held in the bucket.

use brandish_habitat::{BUCKETS, ClearingDay, ClearingPath, SECTORS};
use brandish_units::Usd;

use crate::error::EffectsError;
use crate::valuation::{BucketValuation, Workspace};

/// A day without orders is priced anew when a yield has moved by more than this since the last priced day, bp.
const QUIET_BP: f64 = 1.0;
/// And at the latest after so many business days.
const LONGEST_GAP_DAYS: usize = 7;

/// Which basket of the valuation prices each bucket of a position.
pub type Rows = [usize; BUCKETS];

/// The averages of the buckets.
pub const AVERAGES: Rows = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

/// What a holder trades.
#[derive(Debug, Clone, PartialEq)]
pub enum Flow {
    /// What the slow sector of this number takes along the path.
    Slow(usize),
    /// Specialists' inventory.
    Specialists,
    /// What the Federal Reserve buys by its rule.
    FederalReserve,
    /// What forced sellers have sold and not yet bought back.
    Forced,
    /// Given in advance: bought so far by business day (from day 1) and bucket, $bn at as-of value; negative is sold. After
    /// the last entry nothing is traded.
    Given(Vec<[f64; BUCKETS]>),
}

impl Flow {
    /// Bought up to the close of a day; day 0 is before all trades.
    fn bought(&self, path: &ClearingPath, day: usize) -> [f64; BUCKETS] {
        const NOTHING: [f64; BUCKETS] = [0.0; BUCKETS];
        let Some(index) = day.checked_sub(1) else {
            return NOTHING;
        };
        let of = |read: &dyn Fn(&ClearingDay) -> [f64; BUCKETS]| path.days.get(index).map(read);
        match self {
            Flow::Slow(sector) => of(&|state| state.holdings_usd_bn[*sector]),
            Flow::Specialists => of(&|state| state.inventory_usd_bn),
            Flow::FederalReserve => of(&|state| state.fed_purchases_usd_bn),
            Flow::Forced => of(&|state| state.forced_sales_usd_bn.map(|sold| -sold)),
            Flow::Given(so_far) => so_far.get(index).or(so_far.last()).copied(),
        }
        .unwrap_or(NOTHING)
    }
}

/// A holder: what he has at the start and how he trades.
#[derive(Debug, Clone, PartialEq)]
pub struct Holder {
    /// $bn of market value by bucket at the start.
    pub opening_usd_bn: [f64; BUCKETS],
    /// What prices the opening position.
    pub opening_rows: Rows,
    /// What he trades, each with what prices it.
    pub trades: Vec<(Flow, Rows)>,
}

impl Holder {
    /// A holder whose securities are those of the market: every bucket at its average.
    #[must_use]
    pub fn at_averages(opening_usd_bn: [f64; BUCKETS], flows: Vec<Flow>) -> Self {
        Self {
            opening_usd_bn,
            opening_rows: AVERAGES,
            trades: flows.into_iter().map(|flow| (flow, AVERAGES)).collect(),
        }
    }

    /// Whether nothing of his has a price of its own.
    fn is_average(&self) -> bool {
        self.opening_rows == AVERAGES && self.trades.iter().all(|(_, rows)| *rows == AVERAGES)
    }
}

/// The account of one holder after the close of a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HolderAccount {
    /// Value at the start.
    pub opening_value: Usd,
    /// Received less, or paid more, than as-of value on all trades so far; positive is a loss.
    pub execution_loss: Usd,
    /// Change in value of what is held; positive is a gain.
    pub mark_to_market: Usd,
    /// Value of what is held.
    pub closing_value: Usd,
    /// Dollars received for net sales; negative is paid.
    pub proceeds: Usd,
    /// Interest that fell due so far on what was held.
    pub coupons: Usd,
}

impl HolderAccount {
    /// Mark less execution loss; positive is a gain.
    #[must_use]
    pub fn pnl(&self) -> Usd {
        self.mark_to_market - self.execution_loss
    }
}

/// All accounts on one day.
#[derive(Debug, Clone, PartialEq)]
pub struct AccountsOfDay {
    /// Business day.
    pub day: u32,
    /// One account per holder, in the order given.
    pub accounts: Vec<HolderAccount>,
    /// Change in market value of everything outstanding.
    pub market_value_change: Usd,
}

/// What accounts need beside the path.
#[derive(Debug)]
pub struct AccountsPlan {
    /// Prices of buckets and baskets on a shifted curve.
    pub valuation: BucketValuation,
    /// Everybody; together they hold everything outstanding.
    pub holders: Vec<Holder>,
    /// $bn outstanding by bucket.
    pub outstanding_usd_bn: [f64; BUCKETS],
    /// Interest that falls due by the close of each business day from day 0 on, per dollar of as-of value, by row of the valuation.
    pub interest_so_far: Vec<Vec<f64>>,
    /// Days from 1 on which an order is executed: these have prices of their own.
    pub order_days: Vec<bool>,
    /// Days of the accounts, ascending.
    pub days: Vec<u32>,
}

/// A day with its relative changes of value, by row of the valuation.
#[derive(Debug, Clone, PartialEq)]
pub struct PricedDay {
    /// Business day; 0 is the as-of close, where nothing has changed.
    pub day: usize,
    /// Relative changes.
    pub changes: Vec<f64>,
}

/// The days of a path that get prices of their own: those with orders, those of the accounts, and as many others as keep the trades
/// in between within a quiet market (yields move less than [`QUIET_BP`] from one priced day to the next, or the two are neighbors).
#[must_use]
pub fn days_to_price(path: &ClearingPath, order_days: &[bool], account_days: &[u32]) -> Vec<usize> {
    let last_day = account_days.last().map_or(0, |day| *day as usize);
    let mut priced = Vec::new();
    let mut last = 0_usize;
    for (index, state) in path.days.iter().enumerate().take(last_day) {
        let day = index + 1;
        let before = last
            .checked_sub(1)
            .map_or([0.0; BUCKETS], |index| path.days[index].yields_bp);
        let moved = state
            .yields_bp
            .iter()
            .zip(before)
            .any(|(now, before)| (now - before).abs() > QUIET_BP);
        let wanted = order_days.get(index) == Some(&true) || account_days.contains(&(day as u32));
        if moved || wanted || day - last >= LONGEST_GAP_DAYS {
            if moved && day - 1 > last {
                priced.push(day - 1);
            }
            priced.push(day);
            last = day;
        }
    }
    priced
}

impl AccountsPlan {
    /// Prices of the days that need them.
    ///
    /// # Errors
    /// If the curve refuses a shift.
    pub fn priced(&self, path: &ClearingPath) -> Result<Vec<PricedDay>, EffectsError> {
        let mut work = Workspace::default();
        let mut priced = vec![PricedDay {
            day: 0,
            changes: vec![0.0; self.valuation.rows()],
        }];
        for day in days_to_price(path, &self.order_days, &self.days) {
            priced.push(PricedDay {
                day,
                changes: self
                    .valuation
                    .all_changes(&path.days[day - 1].yields_bp, &mut work)?,
            });
        }
        Ok(priced)
    }

    /// The accounts of everybody on the days of the plan. Trades between two priced days are booked at the mean of their prices.
    ///
    /// # Errors
    /// If the path does not reach a day, or the curve refuses a shift.
    pub fn accounts(&self, path: &ClearingPath) -> Result<Vec<AccountsOfDay>, EffectsError> {
        if let Some(day) = self.days.iter().find(|day| {
            let day = **day as usize;
            day == 0 || day > path.days.len()
        }) {
            return Err(EffectsError::OutOfRange {
                name: "day of the account",
                value: f64::from(*day),
                allowed: "a business day of the path, counted from 1",
            });
        }
        let priced = self.priced(path)?;
        let mut books: Vec<Book> = self.holders.iter().map(Book::new).collect();
        let mut result = Vec::with_capacity(self.days.len());
        for pair in priced.windows(2) {
            let [before, now] = pair else { continue };
            let at = Trading::between(before, now);
            let interest = self.interest_between(before.day, now.day);
            for (book, holder) in books.iter_mut().zip(&self.holders) {
                book.receive(holder, &interest);
                book.trade(holder, path, now.day, &at);
            }
            if self.days.contains(&(now.day as u32)) {
                result.push(self.close(&books, now));
            }
        }
        Ok(result)
    }

    /// The plan, if it names no sector and no row that does not exist and knows the interest of every day it needs.
    ///
    /// # Errors
    /// The first thing that is missing.
    pub fn checked(self) -> Result<Self, EffectsError> {
        let refuse = |name, value: usize, allowed| EffectsError::OutOfRange {
            name,
            value: value as f64,
            allowed,
        };
        let rows = self.valuation.rows();
        for holder in &self.holders {
            let used = std::iter::once(&holder.opening_rows);
            let used = used.chain(holder.trades.iter().map(|(_, rows)| rows));
            if let Some(row) = used.flatten().find(|row| **row >= rows) {
                let allowed = "a bucket or basket of the valuation";
                return Err(refuse("row of a holder's prices", *row, allowed));
            }
            for (flow, _) in &holder.trades {
                if let Flow::Slow(sector) = flow
                    && *sector >= SECTORS
                {
                    return Err(refuse("slow sector", *sector, "0 to 7"));
                }
            }
        }
        let last = self.days.last().map_or(0, |day| *day as usize);
        if self.interest_so_far.len() <= last {
            let allowed = "as many as reach the last day of the accounts";
            return Err(refuse(
                "days of interest",
                self.interest_so_far.len(),
                allowed,
            ));
        }
        match self.interest_so_far.iter().find(|day| day.len() != rows) {
            Some(day) => Err(refuse(
                "rows of interest",
                day.len(),
                "one per row of the valuation",
            )),
            None => Ok(self),
        }
    }

    fn interest_between(&self, before: usize, now: usize) -> Vec<f64> {
        let pairs = self.interest_so_far[now]
            .iter()
            .zip(&self.interest_so_far[before]);
        pairs.map(|(now, before)| now - before).collect()
    }

    /// Marks everybody, and hands what own lots leave to the others over to them.
    fn close(&self, books: &[Book], now: &PricedDay) -> AccountsOfDay {
        let v = &now.changes;
        let mut left_mark = [0.0; BUCKETS];
        let mut left_execution = [0.0; BUCKETS];
        let mut average = [0.0; BUCKETS];
        for (book, holder) in books.iter().zip(&self.holders) {
            if holder.is_average() {
                for (sum, held) in average.iter_mut().zip(&holder.opening_usd_bn) {
                    *sum += held;
                }
                continue;
            }
            for i in 0..BUCKETS {
                left_mark[i] += book.held(holder, i) * v[i] - book.mark(holder, i, v);
                left_execution[i] += book.execution_at_averages[i] - book.execution[i];
            }
        }
        let accounts = books
            .iter()
            .zip(&self.holders)
            .map(|(book, holder)| {
                let (mut mark, mut execution, mut held) = (0.0, 0.0, 0.0);
                let takes_part = holder.is_average();
                for i in 0..BUCKETS {
                    held += book.held(holder, i);
                    mark += book.mark(holder, i, v);
                    execution += book.execution[i];
                    if takes_part && average[i] > 0.0 {
                        let share = holder.opening_usd_bn[i] / average[i];
                        mark += share * left_mark[i];
                        execution += share * left_execution[i];
                    }
                }
                let opening: f64 = holder.opening_usd_bn.iter().sum();
                HolderAccount {
                    opening_value: Usd::from_bn(opening),
                    execution_loss: Usd::from_bn(execution),
                    mark_to_market: Usd::from_bn(mark),
                    closing_value: Usd::from_bn(held + mark),
                    proceeds: Usd::from_bn(opening - held - execution),
                    coupons: Usd::from_bn(book.coupons),
                }
            })
            .collect();
        let change: f64 = (0..BUCKETS)
            .map(|i| self.outstanding_usd_bn[i] * v[i])
            .sum();
        AccountsOfDay {
            day: now.day as u32,
            accounts,
            market_value_change: Usd::from_bn(change),
        }
    }
}

/// Prices at which the trades of a stretch of days are booked, by row.
struct Trading {
    changes: Vec<f64>,
}

impl Trading {
    fn between(before: &PricedDay, now: &PricedDay) -> Self {
        let changes = if now.day == before.day + 1 {
            now.changes.clone()
        } else {
            let pairs = before.changes.iter().zip(&now.changes);
            pairs.map(|(before, now)| 0.5 * (before + now)).collect()
        };
        Self { changes }
    }
}

/// What a holder has traded so far.
struct Book {
    /// Bought so far, per trade of the holder.
    bought: Vec<[f64; BUCKETS]>,
    execution: [f64; BUCKETS],
    /// What execution would have been at the averages of the buckets.
    execution_at_averages: [f64; BUCKETS],
    coupons: f64,
}

impl Book {
    fn new(holder: &Holder) -> Self {
        Self {
            bought: vec![[0.0; BUCKETS]; holder.trades.len()],
            execution: [0.0; BUCKETS],
            execution_at_averages: [0.0; BUCKETS],
            coupons: 0.0,
        }
    }

    /// Interest goes to who held at the last priced close.
    fn receive(&mut self, holder: &Holder, interest: &[f64]) {
        for i in 0..BUCKETS {
            self.coupons += holder.opening_usd_bn[i] * interest[holder.opening_rows[i]];
            for ((_, rows), bought) in holder.trades.iter().zip(&self.bought) {
                self.coupons += bought[i] * interest[rows[i]];
            }
        }
    }

    fn trade(&mut self, holder: &Holder, path: &ClearingPath, day: usize, at: &Trading) {
        for ((flow, rows), bought) in holder.trades.iter().zip(&mut self.bought) {
            let now = flow.bought(path, day);
            for i in 0..BUCKETS {
                let quantity = now[i] - bought[i];
                self.execution[i] += quantity * at.changes[rows[i]];
                self.execution_at_averages[i] += quantity * at.changes[i];
            }
            *bought = now;
        }
    }

    fn held(&self, holder: &Holder, i: usize) -> f64 {
        let bought: f64 = self.bought.iter().map(|bought| bought[i]).sum();
        holder.opening_usd_bn[i] + bought
    }

    fn mark(&self, holder: &Holder, i: usize, v: &[f64]) -> f64 {
        let trades = holder.trades.iter().zip(&self.bought);
        let traded: f64 = trades
            .map(|((_, rows), bought)| bought[i] * v[rows[i]])
            .sum();
        holder.opening_usd_bn[i] * v[holder.opening_rows[i]] + traded
    }
}
