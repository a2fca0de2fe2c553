//! One pricing of the market: Newton's method on the expected path.
//!
//! Each iteration linearizes premia (E3) and the Fed's rule (E5) at the current inventories (`tangent`), eliminates
//! backward (`recursion`), runs forward from yesterday's holdings, and measures what is left of the pricing equations (E2;
//! `passes`). Only nodes up to the last one that is not linear are eliminated anew. All constraints are linear, so a mix of
//! two iterates stays feasible and the step is halved while the residual grows. With [`Steps::Chord`] an elimination
//! serves, across days too, as long as it brings the residual down fast: the fixed point is the same.

mod chord;
mod degrees;
mod passes;
mod tangent;

use brandish_math::wide::{Kernel, widest};

use crate::dense::Lane;
use crate::economy::Economy;
use crate::error::ClearingError;
use crate::expectation::{Expectation, Headroom};
use crate::impulse::Impulse;
use crate::parameters::{FedRule, Steps};
use crate::premium::{FedPace, Premium};
use crate::recursion::Factorization;
use passes::Carried;
use tangent::{Eliminated, Tangent};

/// Most Newton iterations of one solve.
const MOST_ITERATIONS: usize = 40;
/// Above this a multiplier is not 1.
const MULTIPLIER_ONE: f64 = 1.0 + 1e-15;
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

/// Counters of one solve.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Effort {
    pub(crate) iterations: usize,
    pub(crate) eliminated: usize,
    /// Nodes passed backward, and forward.
    pub(crate) constants: usize,
    pub(crate) passed: usize,
    pub(crate) residual_bp: f64,
}

/// A draw's economy with its linear factorization and the memory of its solves.
#[derive(Debug, Clone)]
pub(crate) struct Pricing {
    pub(crate) economy: Economy,
    linear: Factorization,
    current: Option<Factorization>,
    /// What `current` and `tangent` hold.
    eliminated: Option<Eliminated>,
    tangent: Vec<Tangent>,
    /// The path priced last; its inventories are the next solve's first guess.
    pub(crate) expected: Expected,
    candidate: Expected,
    premium: Vec<Premium>,
    pace: Vec<FedPace>,
    rate: Vec<f64>,
    constant: Vec<Lane>,
    /// Constant part of the Fed's purchases, $bn, where there is one.
    purchase: Vec<Option<Lane>>,
    offset: Vec<Lane>,
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
            eliminated: None,
            tangent: vec![Tangent::LINEAR; nodes],
            impulse: Impulse::empty(&economy),
            expected: Expected::zero(nodes),
            candidate: Expected::zero(nodes),
            premium: vec![none; nodes],
            pace: vec![FedPace::default(); nodes],
            rate: vec![0.0; nodes],
            constant: vec![Lane::ZERO; nodes],
            offset: vec![Lane::ZERO; nodes],
            purchase: vec![None; nodes],
            is_linear: true,
            economy,
        }
        .prepared()
    }

    /// The same for another economy, in the same memory if its size is the same.
    pub(crate) fn renewed(mut self, economy: Economy) -> Result<Self, ClearingError> {
        let same = economy.classes.len() == self.economy.classes.len();
        if !(same && self.linear.fits(&economy)) {
            return Self::new(economy);
        }
        self.economy = economy;
        self.prepared()
    }

    fn prepared(mut self) -> Result<Self, ClearingError> {
        self.eliminated = None;
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
        self.set_rate(belief);
        let problem = Problem {
            day,
            holdings,
            fed,
            supply,
            belief,
        };
        let direct = match self.economy.parameters.repricing.steps {
            Steps::Newton => self.solve_with_newton_steps(&problem),
            Steps::Chord => self.solve_with_chords(&problem),
        };
        match direct {
            Err(missed @ ClearingError::NotConverged { .. }) if belief.is_some() => {
                self.solve_by_degrees(&problem, missed)
            }
            direct => direct,
        }
    }

    /// What is bought a day at a pace of 1, by node.
    fn set_rate(&mut self, belief: Option<&FedBelief>) {
        let nodes = self.economy.grid.len();
        for n in 0..nodes {
            self.rate[n] = match belief {
                Some(belief) if self.economy.grid.offsets()[n] >= belief.lag_days => {
                    belief.probability * self.economy.steps[n]
                }
                _ => 0.0,
            };
        }
    }

    /// Prices a surely linear market as far ahead as it may move along the path before it is priced anew: later nodes of
    /// `expected` are left as they were.
    pub(crate) fn look_ahead(
        &mut self,
        day: usize,
        holdings: &[Lane],
        fed: &Lane,
        supply: &[Lane],
    ) -> Result<Effort, ClearingError> {
        let problem = Problem {
            day,
            holdings,
            fed,
            supply,
            belief: None,
        };
        let residual_bp = widest(LookAhead {
            pricing: self,
            problem: &problem,
        });
        if exceeds(residual_bp, self.economy.parameters.repricing.tolerance_bp) {
            return self.solve(day, holdings, fed, supply, None);
        }
        self.is_linear = true;
        Ok(Effort {
            iterations: 1,
            constants: self.economy.grid.len(),
            passed: self.reach(),
            residual_bp,
            ..Effort::default()
        })
    }

    /// Nodes of a path that is only looked ahead: one more than is followed, for the residual of the last one followed.
    fn reach(&self) -> usize {
        let days = self.economy.parameters.repricing.at_least_every_days as usize;
        (days + 1).min(self.economy.grid.len())
    }

    /// Newton's method from the inventories at hand.
    fn solve_with_newton_steps(&mut self, problem: &Problem<'_>) -> Result<Effort, ClearingError> {
        // after a linear path the next one is tried as linear at once: then no first guess is needed
        let assume_linear = self.is_linear;
        if !assume_linear {
            self.measure(problem);
        }
        self.iterate(problem, assume_linear, Effort::default(), f64::INFINITY)
    }

    fn measure(&mut self, problem: &Problem<'_>) -> f64 {
        widest(Measure {
            pricing: self,
            problem,
        })
    }

    fn iterate(
        &mut self,
        problem: &Problem<'_>,
        mut assume_linear: bool,
        mut effort: Effort,
        mut before: f64,
    ) -> Result<Effort, ClearingError> {
        let tolerance = self.economy.parameters.repricing.tolerance_bp;
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
                problem,
            })?;
            if before.is_finite() && exceeds(residual, tolerance) {
                let mut step = 1.0;
                while exceeds(residual, before * (1.0 - 1e-4 * step)) && step > LEAST_STEP {
                    step /= 2.0;
                    // the full step is kept as old + 2 x (half step), so each halving moves back toward the old iterate
                    self.halve_toward_candidate();
                    residual = self.measure(problem);
                }
            }
            effort.iterations += 1;
            effort.constants += self.economy.grid.len();
            effort.passed += self.economy.grid.len();
            effort.residual_bp = residual;
            before = residual;
            if residual < tolerance {
                self.is_linear = self.last_active().is_none();
                return Ok(effort);
            }
            if effort.iterations >= MOST_ITERATIONS {
                return Err(ClearingError::NotConverged {
                    day: problem.day,
                    iterations: effort.iterations,
                    residual_bp: residual,
                    tolerance_bp: tolerance,
                });
            }
        }
    }

    /// Forgets the path priced last.
    pub(crate) fn reset(&mut self) {
        self.expected.inventory.fill(Lane::ZERO);
        self.is_linear = true;
        self.eliminated = None;
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
}

/// What a pricing is given.
struct Problem<'a> {
    /// Named in errors only.
    day: usize,
    holdings: &'a [Lane],
    fed: &'a Lane,
    supply: &'a [Lane],
    belief: Option<&'a FedBelief>,
}

/// One Newton iteration: linearize, eliminate, run backward and forward; returns the residual.
struct NewtonStep<'a> {
    pricing: &'a mut Pricing,
    last: Option<usize>,
    problem: &'a Problem<'a>,
}

impl Kernel for NewtonStep<'_> {
    type Output = Result<f64, ClearingError>;

    #[inline(always)]
    fn run(self) -> Self::Output {
        let Self {
            pricing,
            last,
            problem,
        } = self;
        let Problem {
            fed,
            supply,
            belief,
            ..
        } = problem;
        let rule = belief.is_some();
        let nodes = pricing.economy.grid.len();
        if let Some(last) = last {
            pricing.eliminate(last, rule)?;
            pricing.find_constants(last, rule);
        }
        pricing.backward(nodes, last, fed, supply, rule);
        std::mem::swap(&mut pricing.expected, &mut pricing.candidate);
        let mut carried = Carried::new(problem.holdings, fed);
        pricing.forward((0, nodes), last, &mut carried, supply, rule);
        pricing.evaluate(0, nodes, *belief);
        Ok(pricing.residual(nodes, fed, *belief))
    }
}

/// The first nodes of the linear path; returns the residual.
struct LookAhead<'a> {
    pricing: &'a mut Pricing,
    problem: &'a Problem<'a>,
}

impl Kernel for LookAhead<'_> {
    type Output = f64;

    #[inline(always)]
    fn run(self) -> f64 {
        let Self { pricing, problem } = self;
        let Problem { fed, supply, .. } = problem;
        let nodes = pricing.economy.grid.len();
        let to = pricing.reach();
        pricing.backward(nodes, None, fed, supply, false);
        let mut carried = Carried::new(problem.holdings, fed);
        pricing.forward((0, to), None, &mut carried, supply, false);
        pricing.evaluate(0, to, None);
        pricing.residual(to - 1, fed, None)
    }
}

/// Premia and the Fed's pace at the current inventories; returns the residual.
struct Measure<'a> {
    pricing: &'a mut Pricing,
    problem: &'a Problem<'a>,
}

impl Kernel for Measure<'_> {
    type Output = f64;

    #[inline(always)]
    fn run(self) -> f64 {
        let nodes = self.pricing.economy.grid.len();
        let Problem { fed, belief, .. } = self.problem;
        self.pricing.evaluate(0, nodes, *belief);
        self.pricing.residual(nodes, fed, *belief)
    }
}

/// Whether a residual is above a limit; one that is not a number is.
fn exceeds(residual: f64, limit: f64) -> bool {
    residual.is_nan() || residual > limit
}
