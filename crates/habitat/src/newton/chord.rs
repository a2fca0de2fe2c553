//! Pricing with an elimination that is kept.
//!
//! A pass with the slopes of an earlier iterate, or of an earlier day, costs a tenth of an elimination and brings the
//! residual down by a constant factor, typically ten to a hundred, since the grid is relative to today and the expected path
//! moves little from day to day. Slopes are found anew when too many passes would be needed. Behind the last node that is
//! not linear the constants depend on supply alone, so passes stop there until the residual is small enough.

use brandish_math::wide::{Kernel, widest};

use crate::error::ClearingError;

use super::passes::Carried;
use super::{Effort, NewtonStep, Pricing, Problem, exceeds};

/// More passes than this with the slopes at hand are worth an elimination.
const PASSES_WORTH_AN_ELIMINATION: f64 = 2.0;
/// After so many passes without success the slopes are found anew in every step.
const MOST_PASSES: usize = 60;

/// Progress of one pricing.
struct State {
    effort: Effort,
    /// Residual of the iterate at hand.
    before: f64,
    /// Nodes `0..reach` of the iterate at hand are computed and evaluated.
    reach: usize,
    /// Last node with constants of its own.
    active: usize,
    /// Constants of nodes from here on depend on supply alone and are known.
    settled_from: Option<usize>,
    /// Slopes are to be found anew.
    stale: bool,
}

impl Pricing {
    /// Prices with the slopes at hand where they do.
    pub(super) fn solve_with_chords(
        &mut self,
        problem: &Problem<'_>,
    ) -> Result<Effort, ClearingError> {
        let nodes = self.economy.grid.len();
        let tolerance = self.economy.parameters.repricing.tolerance_bp;
        let mut state = State {
            effort: Effort::default(),
            before: f64::INFINITY,
            reach: nodes,
            active: 0,
            settled_from: None,
            stale: false,
        };
        if self.is_linear {
            let residual = widest(NewtonStep {
                pricing: self,
                last: None,
                problem,
            })?;
            state.effort.iterations = 1;
            state.effort.constants = nodes;
            state.effort.passed = nodes;
            state.effort.residual_bp = residual;
            state.before = residual;
            // slopes that were kept over linear days belong to another path
            state.stale = true;
            if residual < tolerance {
                return Ok(state.effort);
            }
        } else {
            self.measure(problem);
        }
        while state.effort.iterations < MOST_PASSES {
            if !widest(ChordStep {
                pricing: self,
                problem,
                state: &mut state,
                tolerance,
            })? {
                continue;
            }
            if state.effort.residual_bp < tolerance {
                self.is_linear = self.last_active().is_none();
                return Ok(state.effort);
            }
            break;
        }
        // nothing helps: Newton's method with full passes and damping, from the inventories at hand
        self.measure(problem);
        let chords = state.effort;
        let newton = self.iterate(problem, false, Effort::default(), f64::INFINITY)?;
        Ok(Effort {
            iterations: chords.iterations + newton.iterations,
            eliminated: chords.eliminated + newton.eliminated,
            constants: chords.constants + newton.constants,
            passed: chords.passed + newton.passed,
            residual_bp: newton.residual_bp,
        })
    }
}

/// One pass; returns whether the passes end, with success if the residual is below the tolerance.
struct ChordStep<'a> {
    pricing: &'a mut Pricing,
    problem: &'a Problem<'a>,
    state: &'a mut State,
    tolerance: f64,
}

impl Kernel for ChordStep<'_> {
    type Output = Result<bool, ClearingError>;

    #[inline(always)]
    fn run(self) -> Self::Output {
        let Self {
            pricing,
            problem,
            state,
            tolerance,
        } = self;
        let Problem {
            fed,
            supply,
            belief,
            ..
        } = problem;
        let rule = belief.is_some();
        let nodes = pricing.economy.grid.len();

        let last = (0..state.reach).rev().find(|n| pricing.is_active(*n));
        let fits = pricing.eliminated.is_some_and(|kept| kept.rule == rule);
        let fresh = state.stale || !fits;
        if fresh {
            let last = last.unwrap_or(0);
            pricing.eliminate(last, rule)?;
            state.effort.eliminated += last + 1;
            state.stale = false;
        }
        let sloped = pricing.eliminated.map_or(0, |kept| kept.last);
        state.active = state.active.max(last.unwrap_or(0)).max(sloped);
        let active = Some(state.active);
        pricing.find_constants(state.active, rule);

        let from = match state.settled_from {
            Some(_) => state.active + 1,
            None => nodes,
        };
        pricing.backward(from, active, fed, supply, rule);
        state.settled_from = Some(state.active + 1);
        std::mem::swap(&mut pricing.expected, &mut pricing.candidate);
        let mut carried = Carried::new(problem.holdings, fed);
        let to = (state.active + 2).min(nodes);
        pricing.forward((0, to), active, &mut carried, supply, rule);
        pricing.evaluate(0, to, *belief);
        let mut residual = pricing.residual((state.active + 1).min(nodes), fed, *belief);
        state.effort.iterations += 1;
        state.effort.constants += from;
        state.effort.passed += to;

        let reached = state.reach;
        state.reach = to;
        if residual < tolerance {
            pricing.forward((to, nodes), active, &mut carried, supply, rule);
            pricing.evaluate(to, nodes, *belief);
            state.effort.passed += nodes - to;
            state.reach = nodes;
            residual = pricing.residual(nodes, fed, *belief);
            if residual < tolerance {
                state.effort.residual_bp = residual;
                return Ok(true);
            }
        } else if exceeds(residual, state.before) {
            std::mem::swap(&mut pricing.expected, &mut pricing.candidate);
            state.effort.residual_bp = state.before;
            if fresh {
                return Ok(true);
            }
            pricing.evaluate(0, reached, *belief);
            state.reach = reached;
            state.stale = true;
            return Ok(false);
        } else {
            let fall = (state.before / residual).ln();
            let passes = (residual / tolerance).ln() / fall;
            state.stale = passes > PASSES_WORTH_AN_ELIMINATION;
        }
        state.before = residual;
        state.effort.residual_bp = residual;
        Ok(false)
    }
}
