//! One pricing of the market: Newton's method on the expected path.
//!
//! Each iteration linearizes premia (E3) and the Fed's rule (E5) at the current inventories, eliminates backward,
//! runs forward from yesterday's holdings, and measures what is left of the pricing equations (E2). Only nodes up to
//! the last one that is not linear are eliminated anew. All constraints are linear, so a mix of two iterates stays
//! feasible and the step is halved while the residual grows. The tolerance is 1e-10 bp.

use brandish_math::wide::{Kernel, widest};

use crate::buckets::BUCKETS;
use crate::dense::{Lane, Matrix};
use crate::economy::Economy;
use crate::error::ClearingError;
use crate::expectation::{Expectation, Headroom};
use crate::impulse::Impulse;
use crate::parameters::FedRule;
use crate::premium::{FedPace, Premium};
use crate::recursion::{Factorization, scaled_rows};

/// Residual at which a path counts as cleared, bp.
pub(crate) const TOLERANCE_BP: f64 = 1e-10;
/// Most Newton iterations of one solve.
const MOST_ITERATIONS: usize = 40;
/// Above this a multiplier is not 1.
const MULTIPLIER_ONE: f64 = 1.0 + 1e-15;
/// Weight of the Fed's equation ($bn) in the residual (bp).
const FED_RESIDUAL_WEIGHT: f64 = 1e-2;
/// Least step of the damping.
const LEAST_STEP: f64 = 1.0 / 64.0;

/// What the market believes of the Fed's rule when it prices.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FedBelief {
    pub(crate) rule: FedRule,
    /// Probability of purchases from the lag on.
    pub(crate) probability: f64,
    /// Utilization at which purchases fade in.
    pub(crate) fade_in: f64,
    /// Business days until the first purchase.
    pub(crate) lag_days: f64,
}

/// An expected path by node.
#[derive(Debug, Clone)]
pub(crate) struct Expected {
    pub(crate) yields: Vec<Lane>,
    pub(crate) inventory: Vec<Lane>,
    pub(crate) fed: Vec<Lane>,
}

impl Expected {
    fn zero(nodes: usize) -> Self {
        Self {
            yields: vec![Lane::ZERO; nodes],
            inventory: vec![Lane::ZERO; nodes],
            fed: vec![Lane::ZERO; nodes],
        }
    }
}

/// The Fed's purchases at a node, linearized: `dB = rate (pace I + slope v(I) about) + constant`.
#[derive(Debug, Clone, Copy)]
struct FedLink {
    rate: f64,
    pace: FedPace,
    about: Lane,
    constant: Lane,
    /// `1 + rate pace`.
    beta: f64,
    /// Rank-one coefficient of `Y = (1 + F')^-1 = (1 - kappa about ten_year') / beta`.
    kappa: f64,
}

/// Counters of one solve.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Effort {
    pub(crate) iterations: usize,
    pub(crate) eliminated: usize,
    pub(crate) residual_bp: f64,
}

/// A draw's economy with its linear factorization and the memory of its solves.
#[derive(Debug, Clone)]
pub(crate) struct Pricing {
    pub(crate) economy: Economy,
    linear: Factorization,
    current: Option<Factorization>,
    /// The path priced last; its inventories are the next solve's first guess.
    pub(crate) expected: Expected,
    candidate: Expected,
    premium: Vec<Premium>,
    pace: Vec<FedPace>,
    rate: Vec<f64>,
    constant: Vec<Lane>,
    offset: Vec<Lane>,
    link: Vec<Option<FedLink>>,
    impulse: Impulse,
    /// Whether the path priced last is linear throughout.
    is_linear: bool,
}

impl Pricing {
    pub(crate) fn new(economy: Economy) -> Result<Self, ClearingError> {
        let linear = Factorization::empty(&economy);
        let nodes = economy.grid.len();
        let none = economy.premium_at(&Lane::ZERO);
        Self {
            linear,
            current: None,
            impulse: Impulse::empty(&economy),
            expected: Expected::zero(nodes),
            candidate: Expected::zero(nodes),
            premium: vec![none; nodes],
            pace: vec![FedPace::default(); nodes],
            rate: vec![0.0; nodes],
            constant: vec![Lane::ZERO; nodes],
            offset: vec![Lane::ZERO; nodes],
            link: vec![None; nodes],
            is_linear: true,
            economy,
        }
        .prepared()
    }

    /// The same for another economy, in the same memory if its size is the same.
    pub(crate) fn renewed(mut self, economy: Economy) -> Result<Self, ClearingError> {
        let same = economy.grid.len() == self.economy.grid.len()
            && economy.classes.len() == self.economy.classes.len();
        if !same {
            return Self::new(economy);
        }
        self.economy = economy;
        self.prepared()
    }

    fn prepared(mut self) -> Result<Self, ClearingError> {
        self.linear.eliminate_all(&self.economy)?;
        self.impulse.prepare(&self.economy, &self.linear);
        Ok(self)
    }

    /// Prices the expected `supply` (cumulative $bn by node, before the Fed's rule) from yesterday's `holdings` by class
    /// and `fed` purchases. On return `expected` holds the path. `day` is only named in errors.
    pub(crate) fn solve(
        &mut self,
        day: usize,
        holdings: &[Lane],
        fed: &Lane,
        supply: &[Lane],
        belief: Option<&FedBelief>,
    ) -> Result<Effort, ClearingError> {
        let nodes = self.economy.grid.len();
        for n in 0..nodes {
            self.rate[n] = match belief {
                Some(belief) if self.economy.grid.offsets()[n] >= belief.lag_days => {
                    belief.probability * self.economy.steps[n]
                }
                _ => 0.0,
            };
        }
        // after a linear path the next one is tried as linear at once: then no first guess is needed
        let mut assume_linear = self.is_linear;
        if !assume_linear {
            widest(Measure {
                pricing: self,
                fed,
                belief,
            });
        }
        let mut effort = Effort::default();
        let mut before = f64::INFINITY;
        loop {
            let last = if assume_linear {
                None
            } else {
                self.last_active()
            };
            assume_linear = false;
            effort.eliminated += last.map_or(0, |last| last + 1);
            let mut residual = widest(NewtonStep {
                pricing: self,
                last,
                holdings,
                fed,
                supply,
                belief,
            })?;
            if effort.iterations > 0 && exceeds(residual, TOLERANCE_BP) {
                let mut step = 1.0;
                while exceeds(residual, before * (1.0 - 1e-4 * step)) && step > LEAST_STEP {
                    step /= 2.0;
                    // the full step is kept as old + 2 x (half step), so each halving moves back toward the old iterate
                    self.halve_toward_candidate();
                    residual = widest(Measure {
                        pricing: self,
                        fed,
                        belief,
                    });
                }
            }
            effort.iterations += 1;
            effort.residual_bp = residual;
            before = residual;
            if residual < TOLERANCE_BP {
                self.is_linear = self.last_active().is_none();
                return Ok(effort);
            }
            if effort.iterations >= MOST_ITERATIONS {
                return Err(ClearingError::NotConverged {
                    day,
                    iterations: effort.iterations,
                    residual_bp: residual,
                    tolerance_bp: TOLERANCE_BP,
                });
            }
        }
    }

    /// Forgets the path priced last.
    pub(crate) fn reset(&mut self) {
        self.expected.inventory.fill(Lane::ZERO);
        self.is_linear = true;
    }

    /// Whether the path priced last is linear throughout.
    pub(crate) fn is_linear(&self) -> bool {
        self.is_linear
    }

    /// Today's yields in the linear market, without the path.
    pub(crate) fn first_day(
        &self,
        holdings: &[Lane],
        fed: &Lane,
        expectation: &Expectation,
    ) -> Lane {
        self.impulse
            .yields(&self.linear, holdings, fed, expectation)
    }

    /// The bound that the path priced last puts on inventories.
    pub(crate) fn headroom(&self) -> Headroom {
        let risk = self
            .premium
            .iter()
            .fold(0.0, |most: f64, premium| most.max(premium.risk));
        let held = self
            .expected
            .inventory
            .iter()
            .fold(0.0, |most: f64, inventory| {
                most.max(inventory.dot(&self.economy.ten_year))
            });
        Headroom::measured(risk, held)
    }

    /// Whether a market within `headroom` is linear.
    pub(crate) fn is_linear_within(&self, headroom: &Headroom, belief: Option<&FedBelief>) -> bool {
        let p = &self.economy.parameters;
        let capacity = p.intermediary_capacity_usd_bn;
        let used = p.utilization_at_rest + headroom.risk / self.economy.ten_year_risk / capacity;
        let flat = p.capacity_curvature <= 0.0 || p.capacity_ceiling <= 1.0;
        let quiet = belief.is_none_or(|belief| {
            p.utilization_at_rest + headroom.held / capacity <= belief.fade_in
        });
        (flat || used <= p.utilization_threshold) && quiet
    }

    /// The last node at which the market is not linear.
    fn last_active(&self) -> Option<usize> {
        (0..self.premium.len()).rev().find(|n| self.is_active(*n))
    }

    fn is_active(&self, n: usize) -> bool {
        self.premium[n].multiplier > MULTIPLIER_ONE
            || (self.pace[n].pace > 0.0 && self.rate[n] > 0.0)
    }

    /// Premia and the Fed's pace at the current inventories.
    #[inline(always)]
    fn evaluate(&mut self, belief: Option<&FedBelief>) {
        for n in 0..self.economy.grid.len() {
            let inventory = &self.expected.inventory[n];
            self.premium[n] = self.economy.premium_at(inventory);
            self.pace[n] = match belief {
                Some(belief) => self
                    .economy
                    .fed_pace(&belief.rule, belief.fade_in, inventory),
                None => FedPace::default(),
            };
        }
    }

    /// Linearizes and eliminates nodes `0..=last` at the current inventories.
    #[inline(always)]
    fn eliminate(&mut self, last: usize, belief: Option<&FedBelief>) -> Result<(), ClearingError> {
        let economy = &self.economy;
        let current = self
            .current
            .get_or_insert_with(|| Factorization::empty(economy));
        for n in (0..=last).rev() {
            let inventory = self.expected.inventory[n];
            let premium = &self.premium[n];
            let x = premium.base;
            let spread = if premium.risk > 0.0 {
                premium.slope
                    / premium.risk
                    / economy.ten_year_risk
                    / economy.parameters.intermediary_capacity_usd_bn
                    / economy.risk_price
            } else {
                0.0
            };
            let mut exposure = Matrix::ZERO;
            for j in 0..BUCKETS {
                for i in 0..BUCKETS {
                    exposure.0[j].0[i] =
                        premium.multiplier * economy.premium.0[j].0[i] + spread * x.0[j] * x.0[i];
                }
            }
            exposure = scaled_rows(&economy.weight[n], &exposure);
            let mut constant = Lane::ZERO;
            constant.add_scaled(-spread * x.dot(&inventory), &x);
            self.constant[n] = constant;

            let pace = self.pace[n];
            let rate = self.rate[n];
            let beyond = if n == last { Some(&self.linear) } else { None };
            self.link[n] = None;
            if belief.is_some() && pace.pace > 0.0 && rate > 0.0 {
                let held = inventory.dot(&economy.ten_year);
                let beta = 1.0 + rate * pace.pace;
                let slope = rate * pace.slope;
                let kappa = (slope / beta) / (1.0 + slope / beta * held);
                let mut constant = Lane::ZERO;
                constant.add_scaled(-slope * held, &inventory);
                // V = (W J + e P^B F') Y with F' = rate (pace 1 + slope about ten_year')
                if n + 1 < economy.grid.len() {
                    let next = beyond.unwrap_or(current).fed(n + 1);
                    let e = economy.discount[n];
                    let moved = next.multiply(&inventory);
                    for j in 0..BUCKETS {
                        let along = e * slope * economy.ten_year.0[j];
                        exposure.0[j].add_scaled(e * rate * pace.pace, &next.0[j]);
                        exposure.0[j].add_scaled(along, &moved);
                    }
                }
                let turned = exposure.multiply(&inventory);
                for j in 0..BUCKETS {
                    for i in 0..BUCKETS {
                        exposure.0[j].0[i] = (exposure.0[j].0[i]
                            - kappa * economy.ten_year.0[j] * turned.0[i])
                            / beta;
                    }
                }
                self.link[n] = Some(FedLink {
                    rate,
                    pace,
                    about: inventory,
                    constant,
                    beta,
                    kappa,
                });
            }
            current.eliminate(economy, n, beyond, exposure)?;
        }
        Ok(())
    }

    /// Constant terms `q_n`, from the last node backward.
    #[inline(always)]
    fn backward(&mut self, last: Option<usize>, fed: &Lane, supply: &[Lane], rule: bool) {
        let economy = &self.economy;
        let mut after = Lane::ZERO;
        for n in (0..economy.grid.len()).rev() {
            let e = economy.discount[n];
            let mut net = supply[n];
            if !rule {
                net.add_scaled(-1.0, fed);
            }
            let mut right = Lane::ZERO;
            right.add_scaled(e, &after);
            let active = last.is_some_and(|last| n <= last);
            let factorization = match (&self.current, active) {
                (Some(current), true) => current,
                _ => &self.linear,
            };
            if active {
                for i in 0..BUCKETS {
                    right.0[i] += economy.weight[n].0[i] * self.constant[n].0[i];
                }
                if let Some(link) = &self.link[n] {
                    net.add_scaled(-1.0, &link.constant);
                    if n + 1 < economy.grid.len() {
                        let next = if last == Some(n) {
                            &self.linear
                        } else {
                            factorization
                        };
                        right.add_scaled(e, &next.fed(n + 1).multiply(&link.constant));
                    }
                }
            }
            factorization.exposure[n].multiply_add(&net, &mut right);
            after = factorization.inverse[n].multiply(&right);
            self.offset[n] = after;
        }
    }

    /// Yields, inventories and Fed purchases from the first node forward, written to `expected`.
    #[inline(always)]
    fn forward(
        &mut self,
        last: Option<usize>,
        holdings: &[Lane],
        fed: &Lane,
        supply: &[Lane],
        rule: bool,
    ) {
        let economy = &self.economy;
        let classes = economy.classes.len();
        let mut held = [Lane::ZERO; crate::buckets::SECTORS];
        held[..classes].copy_from_slice(holdings);
        let mut bought = *fed;
        for n in 0..economy.grid.len() {
            let active = last.is_some_and(|last| n <= last);
            let factorization = match (&self.current, active) {
                (Some(current), true) => current,
                _ => &self.linear,
            };
            let response = factorization.node(n);
            let mut y = self.offset[n];
            for (block, holding) in response.iter().zip(&held[..classes]) {
                block.multiply_add(holding, &mut y);
            }
            if rule {
                response[classes].multiply_add(&bought, &mut y);
            }
            let swapped = economy.switch(&y);
            let mut inventory = supply[n];
            inventory.add_scaled(-1.0, &bought);
            for (class, holding) in economy.classes.iter().zip(&mut held[..classes]) {
                let k = class.adjustment[n];
                for i in 0..crate::dense::LANES {
                    let wanted = class.habitat.0[i] * y.0[i] + class.switching * swapped.0[i];
                    holding.0[i] += k * (wanted - holding.0[i]);
                    inventory.0[i] -= holding.0[i];
                }
            }
            if active && let Some(link) = &self.link[n] {
                inventory.add_scaled(-1.0, &link.constant);
                let tilt = link.kappa * inventory.dot(&economy.ten_year);
                for i in 0..BUCKETS {
                    inventory.0[i] = (inventory.0[i] - tilt * link.about.0[i]) / link.beta;
                }
                let v = inventory.dot(&economy.ten_year);
                bought.add_scaled(link.rate * link.pace.pace, &inventory);
                bought.add_scaled(link.rate * link.pace.slope * v, &link.about);
                bought.add_scaled(1.0, &link.constant);
            }
            self.expected.yields[n] = y;
            self.expected.inventory[n] = inventory;
            self.expected.fed[n] = bought;
        }
    }

    /// Largest violation of the pricing equations (bp), with the Fed's equation at its weight.
    #[inline(always)]
    fn residual(&self, fed: &Lane, belief: Option<&FedBelief>) -> f64 {
        let economy = &self.economy;
        let nodes = economy.grid.len();
        let mut largest = 0.0_f64;
        let mut before = fed;
        for n in 0..nodes {
            let y = &self.expected.yields[n];
            let next = &self.expected.yields[(n + 1).min(nodes - 1)];
            let premium = &self.premium[n];
            let mut gap = Lane::ZERO;
            for i in 0..BUCKETS {
                gap.0[i] = y.0[i]
                    - economy.discount[n] * next.0[i]
                    - economy.weight[n].0[i] * premium.multiplier * premium.base.0[i];
            }
            largest = worse(largest, gap.largest());
            if belief.is_some() {
                let bought = &self.expected.fed[n];
                let mut gap = *bought;
                gap.add_scaled(-1.0, before);
                gap.add_scaled(
                    -self.rate[n] * self.pace[n].pace,
                    &self.expected.inventory[n],
                );
                largest = worse(largest, gap.largest() * FED_RESIDUAL_WEIGHT);
                before = bought;
            }
        }
        largest
    }

    /// Replaces the current iterate by the middle between it and the one before.
    fn halve_toward_candidate(&mut self) {
        let middle = |new: &mut [Lane], old: &[Lane]| {
            for (new, old) in new.iter_mut().zip(old) {
                for i in 0..BUCKETS {
                    new.0[i] = old.0[i] + 0.5 * (new.0[i] - old.0[i]);
                }
            }
        };
        middle(&mut self.expected.yields, &self.candidate.yields);
        middle(&mut self.expected.inventory, &self.candidate.inventory);
        middle(&mut self.expected.fed, &self.candidate.fed);
    }
}

/// One Newton iteration: linearize, eliminate, run backward and forward; returns the residual.
struct NewtonStep<'a> {
    pricing: &'a mut Pricing,
    last: Option<usize>,
    holdings: &'a [Lane],
    fed: &'a Lane,
    supply: &'a [Lane],
    belief: Option<&'a FedBelief>,
}

impl Kernel for NewtonStep<'_> {
    type Output = Result<f64, ClearingError>;

    #[inline(always)]
    fn run(self) -> Self::Output {
        let Self {
            pricing,
            last,
            holdings,
            fed,
            supply,
            belief,
        } = self;
        if let Some(last) = last {
            pricing.eliminate(last, belief)?;
        }
        pricing.backward(last, fed, supply, belief.is_some());
        std::mem::swap(&mut pricing.expected, &mut pricing.candidate);
        pricing.forward(last, holdings, fed, supply, belief.is_some());
        pricing.evaluate(belief);
        Ok(pricing.residual(fed, belief))
    }
}

/// Premia and the Fed's pace at the current inventories; returns the residual.
struct Measure<'a> {
    pricing: &'a mut Pricing,
    fed: &'a Lane,
    belief: Option<&'a FedBelief>,
}

impl Kernel for Measure<'_> {
    type Output = f64;

    #[inline(always)]
    fn run(self) -> f64 {
        self.pricing.evaluate(self.belief);
        self.pricing.residual(self.fed, self.belief)
    }
}

/// Whether a residual is above a limit; one that is not a number is.
fn exceeds(residual: f64, limit: f64) -> bool {
    residual.is_nan() || residual > limit
}

/// The larger of two residuals; a residual that is not a number is worst.
#[inline(always)]
fn worse(largest: f64, next: f64) -> f64 {
    if next.is_nan() || next > largest {
        next
    } else {
        largest
    }
}
