//! The daily loop: news, beliefs, prices, trades.
//!
//! Each business day: sales take place; forced sales and the Fed's trigger follow from yesterday's prices; the market
//! forms its expectation. If that is what is already priced (to 1e-9 $bn), the Fed cannot act, and the last pricing is
//! recent, the market moves along the path it expected; else it is priced anew, starting from the shifted path. Then
//! the slow sectors adjust to today's yields (E4). Engine document, section 3.

use crate::beliefs::Beliefs;
use crate::buckets::{BUCKETS, SECTORS, TEN_YEAR_BUCKET, reference_mix};
use crate::dense::{LANES, Lane};
use crate::economy::Economy;
use crate::error::ClearingError;
use crate::expectation::{Expectation, Headroom, Shift};
use crate::flow::OrderFlow;
use crate::grid::Grid;
use crate::market::Market;
use crate::newton::{FedBelief, Pricing};
use crate::parameters::{ForcedSellers, Parameters};
use crate::path::{ClearingDay, ClearingPath, SolverStatistics};

/// Expectations closer than this count as unchanged, $bn.
const SAME_SUPPLY_USD_BN: f64 = 1e-9;
/// Beyond this many days a path is always priced anew (its daily nodes end later).
const LONGEST_STRIDE: usize = 40;
/// Window of the fast rise that triggers the Fed and hedge funds, business days.
const FAST_WINDOW: usize = 10;
/// Window of the slow rise that moves mutual fund holders, business days.
const SLOW_WINDOW: usize = 20;
/// Share of positions after whose forced sale nothing is left to force, and the mutual funds' weight in them.
const FORCED_LIMIT: f64 = 0.35;
const MUTUAL_FUND_WEIGHT: f64 = 0.2;

/// Clears one flow: a pure function of its arguments.
///
/// # Errors
/// Inputs out of range, or a day without clearing prices.
pub fn clear(
    market: &Market,
    parameters: &Parameters,
    flow: &OrderFlow,
) -> Result<ClearingPath, ClearingError> {
    Solver::new(market, parameters)?.clear(flow)
}

/// A market under one set of parameters, prepared for several flows: the linear factorization and the memory of
/// the solves are reused. Results do not depend on what was cleared before.
#[derive(Debug, Clone)]
pub struct Solver {
    pricing: Pricing,
}

impl Solver {
    /// Prepares a market and its parameters.
    ///
    /// # Errors
    /// Parameters out of range.
    pub fn new(market: &Market, parameters: &Parameters) -> Result<Self, ClearingError> {
        Ok(Self {
            pricing: Pricing::new(Economy::new(market, parameters, Grid::reference())?)?,
        })
    }

    /// Clears one flow.
    ///
    /// # Errors
    /// Inputs out of range, or a day without clearing prices.
    pub fn clear(&mut self, flow: &OrderFlow) -> Result<ClearingPath, ClearingError> {
        flow.check()?;
        Session::new(&mut self.pricing, flow).run()
    }
}

/// Everything that changes from day to day.
struct Session<'a> {
    pricing: &'a mut Pricing,
    flow: &'a OrderFlow,
    beliefs: Beliefs<'a>,
    days: Vec<ClearingDay>,
    holdings: [Lane; SECTORS],
    switching: [Lane; SECTORS],
    sold: Lane,
    forced: Lane,
    /// Purchases of the Fed by its rule.
    fed: Lane,
    /// Purchases of the Fed from outside.
    fed_given: Lane,
    inventory: Lane,
    trigger: Option<usize>,
    expectation: Expectation,
    yesterday: Expectation,
    /// Bound on expected inventories, if the market was linear when it was last priced.
    headroom: Option<Headroom>,
    /// Expected supply by node: as priced last, and today's.
    priced: Vec<Lane>,
    supply: Vec<Lane>,
    /// Day (index) of the last pricing.
    priced_on: Option<usize>,
    statistics: SolverStatistics,
}

impl<'a> Session<'a> {
    fn new(pricing: &'a mut Pricing, flow: &'a OrderFlow) -> Self {
        pricing.reset();
        let grid = &pricing.economy.grid;
        let nodes = grid.len();
        let beliefs = Beliefs::new(flow, pricing.economy.parameters.extrapolation, grid);
        Self {
            beliefs,
            flow,
            days: Vec::with_capacity(flow.horizon_days),
            holdings: [Lane::ZERO; SECTORS],
            switching: [Lane::ZERO; SECTORS],
            sold: Lane::ZERO,
            forced: Lane::ZERO,
            fed: Lane::ZERO,
            fed_given: Lane::ZERO,
            inventory: Lane::ZERO,
            trigger: None,
            expectation: Expectation::none(nodes),
            yesterday: Expectation::none(nodes),
            headroom: Some(Headroom::EMPTY),
            priced: vec![Lane::ZERO; nodes],
            supply: vec![Lane::ZERO; nodes],
            priced_on: None,
            statistics: SolverStatistics::default(),
            pricing,
        }
    }

    fn run(mut self) -> Result<ClearingPath, ClearingError> {
        for t in 0..self.flow.horizon_days {
            self.day(t)?;
        }
        Ok(ClearingPath {
            days: self.days,
            trigger_day: self.trigger.map(|t| t + 1),
            statistics: self.statistics,
        })
    }

    fn day(&mut self, t: usize) -> Result<(), ClearingError> {
        let fast_rise = self.rise(t, FAST_WINDOW);
        if let Some(forced) = self.pricing.economy.parameters.forced {
            let slow_rise = self.rise(t, SLOW_WINDOW);
            self.force(&forced, fast_rise, slow_rise);
        }
        for order in &self.flow.orders {
            if let Some(day) = order.sales_by_day.get(t) {
                self.sold.add_scaled(1.0, &Lane::from_buckets(day));
            }
        }
        self.beliefs.see(t);
        if let Some(day) = self
            .flow
            .fed_purchases
            .as_ref()
            .and_then(|fed| fed.by_day.get(t))
        {
            self.fed_given.add_scaled(1.0, &Lane::from_buckets(day));
        }
        let fed_belief = self.fed_belief(t, fast_rise);

        self.beliefs.expect(
            t,
            &self.sold,
            &self.fed_given,
            &self.forced,
            &mut self.expectation,
        );
        let economy = &self.pricing.economy;
        self.headroom = self
            .headroom
            .map(|headroom| headroom.widened(economy, &self.yesterday, &self.expectation));

        let yields = if let Some(node) = self.node_on_path(t, fed_belief.as_ref()) {
            self.follow(node)
        } else if self.is_quick(fed_belief.as_ref()) {
            self.price_linear()
        } else {
            self.price(t, fed_belief.as_ref())?;
            self.follow(0)
        };
        self.record(&yields);
        std::mem::swap(&mut self.yesterday, &mut self.expectation);
        Ok(())
    }

    /// Moves to a node of the path priced last; returns its yields.
    fn follow(&mut self, node: usize) -> Lane {
        let expected = &self.pricing.expected;
        let yields = expected.yields[node];
        self.fed = expected.fed[node];
        self.inventory = expected.inventory[node];
        self.adjust(&yields);
        yields
    }

    /// Whether today can be priced without a path: the market is surely linear, and the market will be priced anew
    /// tomorrow in any case, so that no path has to be kept.
    fn is_quick(&self, fed_belief: Option<&FedBelief>) -> bool {
        let priced_tomorrow = fed_belief.is_some()
            || self.trigger.is_some()
            || self.expectation.building != Lane::ZERO;
        let linear = |headroom| self.pricing.is_linear_within(headroom, fed_belief);
        priced_tomorrow && self.headroom.as_ref().is_some_and(linear)
    }

    /// Prices today in the linear market, without a path.
    fn price_linear(&mut self) -> Lane {
        let (holdings, classes) = self.holdings_by_class();
        let yields = self
            .pricing
            .first_day(&holdings[..classes], &self.fed, &self.expectation);
        self.priced_on = None;
        self.statistics.linear_days += 1;
        self.adjust(&yields);
        self.inventory = self.expectation.today();
        self.inventory.add_scaled(-1.0, &self.fed);
        for holding in &self.holdings {
            self.inventory.add_scaled(-1.0, holding);
        }
        yields
    }

    fn holdings_by_class(&self) -> ([Lane; SECTORS], usize) {
        let economy = &self.pricing.economy;
        let mut by_class = [Lane::ZERO; SECTORS];
        for (sector, holding) in economy.sectors.iter().zip(&self.holdings) {
            by_class[sector.class].add_scaled(1.0, holding);
        }
        (by_class, economy.classes.len())
    }

    /// Rise of the ten-year yield up to yesterday over `window` business days, bp.
    fn rise(&self, t: usize, window: usize) -> f64 {
        let ten_year = |days_ago: usize| {
            t.checked_sub(days_ago)
                .map_or(0.0, |day| self.days[day].yields_bp[TEN_YEAR_BUCKET])
        };
        ten_year(1) - ten_year(1 + window)
    }

    /// Forced sales of the day (E6): exposed positions times what the rises exceed their thresholds by.
    fn force(&mut self, forced: &ForcedSellers, fast_rise: f64, slow_rise: f64) {
        let positions = forced.hedge_fund_position_usd_bn
            + MUTUAL_FUND_WEIGHT * forced.mutual_fund_position_usd_bn;
        let stock: f64 = self.forced.0.iter().sum();
        let left = (1.0 - stock / (FORCED_LIMIT * positions)).max(0.0);
        let hedge_funds = forced.hedge_fund_exposed_share
            * forced.hedge_fund_position_usd_bn
            * forced.hedge_fund_rate_per_bp
            * (fast_rise - forced.hedge_fund_threshold_bp).max(0.0);
        let mutual_funds = forced.mutual_fund_position_usd_bn
            * forced.mutual_fund_rate_per_bp
            * (slow_rise - forced.mutual_fund_threshold_bp).max(0.0);
        let sale = left * (hedge_funds + mutual_funds);
        let kept = (-1.0 / forced.half_life_days).exp2();
        for i in 0..BUCKETS {
            self.forced.0[i] = self.forced.0[i] * kept + sale * reference_mix::FED_PURCHASES[i];
        }
    }

    /// Triggers the Fed's rule on yesterday's data and returns what is believed of it today (E5).
    fn fed_belief(&mut self, t: usize, fast_rise: f64) -> Option<FedBelief> {
        let parameters = &self.pricing.economy.parameters;
        let rule = parameters.fed?;
        if self.trigger.is_none() && t > 0 {
            let held = self.inventory.dot(&self.pricing.economy.ten_year).max(0.0);
            let utilization =
                parameters.utilization_at_rest + held / parameters.intermediary_capacity_usd_bn;
            if fast_rise > rule.trigger_rise_bp || utilization > rule.trigger_utilization {
                self.trigger = Some(t);
            }
        }
        let lag = rule.lag_days as usize;
        let belief = match self.trigger {
            Some(day) => FedBelief {
                rule,
                probability: 1.0,
                fade_in: rule.stop_utilization,
                lag_days: (day + lag).saturating_sub(t) as f64,
            },
            None => FedBelief {
                rule,
                probability: rule.credibility,
                fade_in: rule.trigger_utilization,
                lag_days: lag.max(1) as f64,
            },
        };
        let bought: f64 = self.fed.0.iter().sum();
        if bought > rule.total_usd_bn || belief.probability == 0.0 {
            None
        } else {
            Some(belief)
        }
    }

    /// The node of the path priced last that is today, if the market moves along that path: the Fed cannot act, the
    /// path is recent, and today's expectation is what was priced.
    fn node_on_path(&mut self, t: usize, fed_belief: Option<&FedBelief>) -> Option<usize> {
        let economy = &self.pricing.economy;
        let stride =
            (economy.parameters.repricing.at_least_every_days as usize).min(LONGEST_STRIDE);
        let ago = t - self.priced_on?;
        if fed_belief.is_some() || self.trigger.is_some() || ago >= stride {
            return None;
        }
        self.expectation.write(economy, &mut self.supply);
        let offsets = economy.grid.offsets();
        let mut shifted = Shift::new(offsets, ago as f64);
        for (offset, today) in offsets.iter().zip(&self.supply) {
            if offset + ago as f64 > economy.grid.last_day() {
                break;
            }
            let then = shifted.at(*offset, &self.priced);
            for i in 0..BUCKETS {
                if (today.0[i] - then.0[i]).abs() >= SAME_SUPPLY_USD_BN {
                    return None;
                }
            }
        }
        Some(ago)
    }

    /// Prices today's expectation in full, starting from the path expected before.
    fn price(&mut self, t: usize, fed_belief: Option<&FedBelief>) -> Result<(), ClearingError> {
        let (holdings, classes) = self.holdings_by_class();
        let pricing = &mut *self.pricing;
        self.expectation.write(&pricing.economy, &mut self.supply);
        if let Some(on) = self.priced_on.filter(|on| *on < t && !pricing.is_linear()) {
            let offsets = pricing.economy.grid.offsets();
            let mut shifted = Shift::new(offsets, (t - on) as f64);
            for n in 0..offsets.len() {
                // nodes are read at or after the one being written, so the shift can be made in place
                let value = shifted.at(offsets[n], &pricing.expected.inventory);
                pricing.expected.inventory[n] = value;
            }
        }
        let effort = pricing.solve(
            t + 1,
            &holdings[..classes],
            &self.fed,
            &self.supply,
            fed_belief,
        )?;
        self.headroom = pricing.is_linear().then(|| pricing.headroom());
        std::mem::swap(&mut self.priced, &mut self.supply);
        self.priced_on = Some(t);
        let statistics = &mut self.statistics;
        statistics.solves += 1;
        statistics.newton_iterations += effort.iterations;
        statistics.most_iterations = statistics.most_iterations.max(effort.iterations);
        statistics.eliminated_nodes += effort.eliminated;
        statistics.largest_residual_bp = statistics.largest_residual_bp.max(effort.residual_bp);
        Ok(())
    }

    /// Slow sectors move toward their demand at today's yields (E4), by one day.
    fn adjust(&mut self, yields: &Lane) {
        let economy = &self.pricing.economy;
        let swapped = economy.switch(yields);
        for (k, sector) in economy.sectors.iter().enumerate() {
            let pace = sector.daily_adjustment;
            for i in 0..LANES {
                let switching = sector.switching * swapped.0[i];
                let wanted = sector.habitat.0[i] * yields.0[i] + switching;
                self.holdings[k].0[i] += pace * (wanted - self.holdings[k].0[i]);
                self.switching[k].0[i] += pace * (switching - self.switching[k].0[i]);
            }
        }
    }

    fn record(&mut self, yields: &Lane) {
        let economy = &self.pricing.economy;
        let premium = economy.premium_at(&self.inventory);
        let mut bought = self.fed;
        bought.add_scaled(1.0, &self.fed_given);
        let day = ClearingDay {
            yields_bp: yields.buckets(),
            utilization: premium.utilization,
            capacity_multiplier: premium.multiplier,
            inventory_usd_bn: self.inventory.buckets(),
            holdings_usd_bn: self.holdings.map(|holding| holding.buckets()),
            switching_usd_bn: self.switching.map(|swap| swap.buckets()),
            fed_purchases_usd_bn: bought.buckets(),
            forced_sales_usd_bn: self.forced.buckets(),
            sold_usd_bn: self.sold.buckets(),
        };
        self.statistics.largest_imbalance_usd_bn = self
            .statistics
            .largest_imbalance_usd_bn
            .max(day.imbalance_usd_bn());
        self.days.push(day);
    }
}
