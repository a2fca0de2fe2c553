//! The daily loop: news, beliefs, prices, trades.
//!
//! Each business day: sales take place; forced sales and the Fed's trigger follow from yesterday's prices; the market
//! forms its expectation. If that is what is already priced, what is believed of the Fed has not changed, and the last
//! pricing is recent (`Repricing` says how recent: the reference prices every day while the Fed can act), the market moves
//! along the path it expected; else it is priced anew, starting from the shifted path. Then the slow sectors adjust to
//! today's yields (E4). Engine document, section 3.

use crate::beliefs::Beliefs;
use crate::buckets::{BUCKETS, SECTORS, TEN_YEAR_BUCKET, reference_mix};
use crate::dense::{LANES, Lane};
use crate::economy::Economy;
use crate::error::ClearingError;
use crate::expectation::{Expectation, Headroom};
use crate::flow::OrderFlow;
use crate::grid::Grid;
use crate::guess::Guess;
use crate::market::Market;
use crate::newton::{Effort, FedBelief, Pricing};
use crate::parameters::{ForcedSellers, Parameters, Steps};
use crate::path::{ClearingDay, ClearingPath, SolverStatistics};

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
            pricing: Pricing::new(Economy::new(
                market,
                parameters,
                Grid::of(parameters.repricing.nodes),
            )?)?,
        })
    }

    /// Prepares another market or other parameters in the memory of this solver: for many draws one after another.
    ///
    /// # Errors
    /// Parameters out of range.
    pub fn renewed(self, market: &Market, parameters: &Parameters) -> Result<Self, ClearingError> {
        let economy = Economy::new(market, parameters, Grid::of(parameters.repricing.nodes))?;
        Ok(Self {
            pricing: self.pricing.renewed(economy)?,
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
    /// Whether the Fed's rule was believed then, and its trigger day.
    priced_rule: (bool, Option<usize>),
    /// Holdings by class and Fed purchases before the last pricing, if its path has not been computed.
    deferred: Option<([Lane; SECTORS], Lane)>,
    guess: Guess,
    statistics: SolverStatistics,
    /// Every day's path is computed, also in a surely linear market (for comparison).
    #[cfg(test)]
    in_full: bool,
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
            priced_rule: (false, None),
            deferred: None,
            guess: Guess::none(nodes),
            statistics: SolverStatistics::default(),
            #[cfg(test)]
            in_full: false,
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

        let moves_along = fed_belief.is_none() && self.trigger.is_none();
        let node = self.node_on_path(t, fed_belief.is_some());
        let yields = if let Some(node) = node {
            self.catch_up(t)?;
            self.follow(node)
        } else if self.is_surely_linear(fed_belief.as_ref()) {
            self.price_linear(t, moves_along)
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

    /// Whether no inventory on today's expected path can reach the capacity threshold or the Fed's rule.
    fn is_surely_linear(&self, fed_belief: Option<&FedBelief>) -> bool {
        #[cfg(test)]
        if self.in_full {
            return false;
        }
        let linear = |headroom| self.pricing.is_linear_within(headroom, fed_belief);
        self.headroom.as_ref().is_some_and(linear)
    }

    /// Prices today in the linear market without computing the path; if tomorrow `moves_along` it, `catch_up` does.
    fn price_linear(&mut self, t: usize, moves_along: bool) -> Lane {
        let (holdings, classes) = self.holdings_by_class();
        let yields = self
            .pricing
            .first_day(&holdings[..classes], &self.fed, &self.expectation);
        self.priced_on = None;
        self.deferred = None;
        if moves_along {
            self.expectation
                .write(&self.pricing.economy, &mut self.priced);
            self.priced_on = Some(t);
            self.priced_rule = (false, None);
            self.deferred = Some((holdings, self.fed));
        }
        self.statistics.linear_days += 1;
        self.adjust(&yields);
        self.inventory = self.expectation.today();
        self.inventory.add_scaled(-1.0, &self.fed);
        for holding in &self.holdings {
            self.inventory.add_scaled(-1.0, holding);
        }
        yields
    }

    /// Computes the path priced last, if that has been put off.
    fn catch_up(&mut self, t: usize) -> Result<(), ClearingError> {
        let Some((holdings, fed)) = self.deferred.take() else {
            return Ok(());
        };
        let classes = self.pricing.economy.classes.len();
        let effort = self
            .pricing
            .look_ahead(t, &holdings[..classes], &fed, &self.priced)?;
        self.count(&effort);
        Ok(())
    }

    fn count(&mut self, effort: &Effort) {
        let statistics = &mut self.statistics;
        statistics.solves += 1;
        statistics.newton_iterations += effort.iterations;
        statistics.most_iterations = statistics.most_iterations.max(effort.iterations);
        statistics.eliminated_nodes += effort.eliminated;
        statistics.constant_nodes += effort.constants;
        statistics.path_nodes += effort.passed;
        statistics.largest_residual_bp = statistics.largest_residual_bp.max(effort.residual_bp);
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

    /// The node of the path priced last that is today, if that path is recent, what is believed of the Fed has not
    /// changed, and today's expectation is what was priced.
    fn node_on_path(&mut self, t: usize, rule: bool) -> Option<usize> {
        let economy = &self.pricing.economy;
        let repricing = &economy.parameters.repricing;
        let stride = if rule || self.trigger.is_some() {
            repricing.fed_possible_every_days
        } else {
            repricing.at_least_every_days
        };
        let ago = t - self.priced_on?;
        if ago >= (stride as usize).min(LONGEST_STRIDE) || self.priced_rule != (rule, self.trigger)
        {
            return None;
        }
        // before the trigger the first possible purchase moves ahead day by day, which matters where one is expected
        if rule && self.trigger.is_none() && self.pricing.expected.fed.last() != Some(&self.fed) {
            return None;
        }
        self.expectation
            .is_priced(economy, &self.priced, ago as f64, repricing.news_usd_bn)
            .then_some(ago)
    }

    /// Prices today's expectation in full, starting from the path expected before.
    fn price(&mut self, t: usize, fed_belief: Option<&FedBelief>) -> Result<(), ClearingError> {
        let (holdings, classes) = self.holdings_by_class();
        let pricing = &mut *self.pricing;
        self.expectation.write(&pricing.economy, &mut self.supply);
        if let Some(on) = self.priced_on.filter(|on| *on < t && !pricing.is_linear()) {
            let economy = &pricing.economy;
            let surprises = economy.parameters.repricing.steps == Steps::Chord;
            let inventory = &mut pricing.expected.inventory;
            self.guess
                .make(economy.grid.offsets(), (on, t), surprises, inventory);
        }
        let effort = pricing.solve(
            t + 1,
            &holdings[..classes],
            &self.fed,
            &self.supply,
            fed_belief,
        )?;
        self.guess.learn(t, &pricing.expected.inventory);
        self.headroom = pricing.is_linear().then(|| pricing.headroom());
        std::mem::swap(&mut self.priced, &mut self.supply);
        self.priced_on = Some(t);
        self.priced_rule = (fed_belief.is_some(), self.trigger);
        self.deferred = None;
        self.count(&effort);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::{Known, Order, Threat, ThreatKind};
    use crate::parameters::FedRule;

    /// Fills (0, 1) without a generator: multiples of the golden ratio.
    fn sequence() -> impl FnMut() -> f64 {
        let mut phase = 0.0_f64;
        move || {
            phase = (phase + 0.618_033_988_749_894_9).fract();
            phase
        }
    }

    fn wide_draw(next: &mut impl FnMut() -> f64) -> Parameters {
        let mut around = |center: f64, factor: f64| center * factor.powf(2.0 * next() - 1.0);
        Parameters {
            curve_switching: around(1.0, 5.0),
            half_life_multiplier: around(1.0, 2.0),
            discount_rate_per_year: around(0.2, 2.5),
            intermediary_capacity_usd_bn: around(220.0, 2.0),
            utilization_threshold: around(0.85, 1.1),
            ..Parameters::central(around(20.0, 6.0), around(1.2e-5, 4.0))
        }
    }

    #[test]
    fn days_without_a_path_have_the_same_yields() {
        let market = Market::reference().unwrap();
        let mut next = sequence();
        let (mut quick, mut full) = (0, 0);
        for draw in 0..36 {
            let mut parameters = wide_draw(&mut next);
            parameters.fed = if draw % 3 == 0 {
                None
            } else {
                Some(FedRule::central(next()))
            };
            let known = match draw % 4 {
                0 | 1 => Known::Silent,
                2 => Known::announced(),
                _ => Known::Announced {
                    announced_day: 12,
                    credibility: 0.4,
                },
            };
            let mut flow = OrderFlow {
                horizon_days: 80,
                orders: vec![Order::even(
                    60.0 + 400.0 * next(),
                    30,
                    &reference_mix::JAPAN,
                    known,
                )],
                ..OrderFlow::default()
            };
            if draw % 5 == 0 {
                flow.threats.push(Threat {
                    amount_usd_bn: 200.0,
                    days: 42,
                    mix: reference_mix::FIVE_YEARS,
                    start_day: 9,
                    prior: 0.02,
                    probability: next(),
                    kind: ThreatKind::Hazard {
                        half_life_days: 21.0,
                    },
                });
            }
            let mut solver = Solver::new(&market, &parameters).unwrap();
            let path = solver.clear(&flow).unwrap();
            let mut session = Session::new(&mut solver.pricing, &flow);
            session.in_full = true;
            let reference = session.run().unwrap();
            assert_eq!(reference.statistics.linear_days, 0);
            quick += path.statistics.linear_days;
            full += path.statistics.solves;
            assert_eq!(path.trigger_day, reference.trigger_day);
            for (day, expected) in path.days.iter().zip(&reference.days) {
                for i in 0..BUCKETS {
                    // both stop at a residual of 1e-10 bp where the market is not linear
                    assert!(
                        (day.yields_bp[i] - expected.yields_bp[i]).abs() < 1e-7,
                        "draw {draw}"
                    );
                }
            }
        }
        // the comparison would be empty if every day took the same way
        assert!(quick > 500 && full > 500, "{quick} quick, {full} full");
    }

    #[test]
    fn no_expected_inventory_moves_by_more_than_the_supply_behind_it() {
        let market = Market::reference().unwrap();
        let mut next = sequence();
        let mut worst = Headroom::EMPTY;
        for _ in 0..24 {
            let parameters = Parameters {
                capacity_curvature: 0.0,
                ..wide_draw(&mut next)
            };
            let economy = Economy::new(&market, &parameters, Grid::reference()).unwrap();
            let mut pricing = Pricing::new(economy).unwrap();
            let classes = pricing.economy.classes.len();
            let offsets = pricing.economy.grid.offsets().to_vec();
            for from in [0.0, 1.0, 10.0, 40.0, 200.0, 700.0] {
                for bucket in 0..BUCKETS {
                    let mut unit = Lane::ZERO;
                    unit.0[bucket] = 1.0;
                    let supply: Vec<Lane> = offsets
                        .iter()
                        .map(|day| if *day >= from { unit } else { Lane::ZERO })
                        .collect();
                    pricing.reset();
                    pricing
                        .solve(
                            1,
                            &[Lane::ZERO; SECTORS][..classes],
                            &Lane::ZERO,
                            &supply,
                            None,
                        )
                        .unwrap();
                    for inventory in &pricing.expected.inventory {
                        let risk = pricing.economy.premium_at(inventory).risk;
                        worst.risk = worst.risk.max(risk / pricing.economy.deviation.0[bucket]);
                        let held = inventory.dot(&pricing.economy.ten_year).abs();
                        worst.held = worst.held.max(held / pricing.economy.ten_year.0[bucket]);
                    }
                }
            }
        }
        assert!(worst.risk <= 1.0 && worst.held <= 1.0, "{worst:?}");
    }
}
