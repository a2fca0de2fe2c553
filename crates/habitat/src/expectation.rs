//! An expectation of supply, kept in the parts it is made of.
//!
//! Expected cumulative supply `d` days ahead is a constant, a part that decays with the half-life of forced sales, a part
//! that builds up as silent sales are extrapolated, and the rest of plans and threats by node. The parts make two things
//! cheap: today's yields in a linear market (three matrices, see `impulse`), and how far a new expectation lies from
//! yesterday's one, which bounds how much any expected inventory can have changed (see `Headroom`).

use brandish_math::wide::{Kernel, widest};

use crate::buckets::BUCKETS;
use crate::dense::{LANES, Lane};
use crate::economy::Economy;

/// Expected cumulative supply by node, in parts, $bn.
#[derive(Debug, Clone)]
pub(crate) struct Expectation {
    /// There to stay.
    pub(crate) constant: Lane,
    /// Forced sales, undone with their half-life.
    pub(crate) decaying: Lane,
    /// Extrapolated from silent sales, building up as `1 - exp(-d / horizon)`.
    pub(crate) building: Lane,
    /// Rest of plans and threats by node; meaningful only if `has_rest`.
    pub(crate) rest: Vec<Lane>,
    pub(crate) has_rest: bool,
}

impl Expectation {
    pub(crate) fn none(nodes: usize) -> Self {
        Self {
            constant: Lane::ZERO,
            decaying: Lane::ZERO,
            building: Lane::ZERO,
            rest: vec![Lane::ZERO; nodes],
            has_rest: false,
        }
    }

    /// Writes the whole expectation by node.
    pub(crate) fn write(&self, economy: &Economy, supply: &mut [Lane]) {
        widest(Write {
            expectation: self,
            economy,
            supply,
        });
    }

    /// What is expected at a node.
    #[inline(always)]
    fn at(&self, economy: &Economy, n: usize) -> Lane {
        let mut total = self.constant;
        total.add_scaled(economy.decay[n], &self.decaying);
        total.add_scaled(economy.buildup[n], &self.building);
        if self.has_rest {
            total.add_scaled(1.0, &self.rest[n]);
        }
        total
    }

    /// Whether this is what was `priced` by node `ago` days before, at every node that both reach and in every bucket, but for
    /// less than `news`, $bn.
    pub(crate) fn is_priced(
        &self,
        economy: &Economy,
        priced: &[Lane],
        ago: f64,
        news: f64,
    ) -> bool {
        widest(Compare {
            expectation: self,
            economy,
            priced,
            ago,
            news,
        })
    }

    /// What is expected to have been supplied by the end of today.
    pub(crate) fn today(&self) -> Lane {
        let mut total = self.constant;
        total.add_scaled(1.0, &self.decaying);
        total
    }
}

/// A bound on every inventory on the expected path: its risk and its ten-year equivalents, $bn.
///
/// In the linear market a permanent change of expected supply, whenever it comes, changes the risk of no expected
/// inventory by more than its own risk: part of it is taken by slow sectors, never more than all (largest ratio over wide
/// parameter draws, mixes and dates: 0.998 for risk, 0.997 for ten-year equivalents; a test repeats this). So the bound grows by the size of
/// each day's change of expectations, step by step along the nodes, and shrinks to what is measured whenever the
/// path is computed in full.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Headroom {
    /// Bound on `sqrt(I' Om I)`, bp a year times $bn.
    pub(crate) risk: f64,
    /// Bound on ten-year equivalents held, $bn.
    pub(crate) held: f64,
}

/// Room left for what two grids make of the same path (the specification states .1 to .3%).
const GRID_ROOM: f64 = 1.01;

impl Headroom {
    /// Nothing is held and nothing expected.
    pub(crate) const EMPTY: Self = Self {
        risk: 0.0,
        held: 0.0,
    };

    /// From a path computed in full.
    pub(crate) fn measured(risk: f64, held: f64) -> Self {
        Self {
            risk: GRID_ROOM * risk,
            held: GRID_ROOM * held,
        }
    }

    /// The bound after the expectation has moved from `before` (a day ago) to `now`.
    pub(crate) fn widened(
        &self,
        economy: &Economy,
        before: &Expectation,
        now: &Expectation,
    ) -> Self {
        let moved = widest(Moved {
            economy,
            before,
            now,
        });
        Self {
            risk: self.risk + moved.risk,
            held: self.held + moved.held,
        }
    }
}

/// Size of the change of expectations within a day.
struct Moved<'a> {
    economy: &'a Economy,
    before: &'a Expectation,
    now: &'a Expectation,
}

impl Kernel for Moved<'_> {
    type Output = Sizes;

    #[inline(always)]
    fn run(self) -> Sizes {
        let Self {
            economy,
            before,
            now,
        } = self;
        let kept = economy.daily_buildup;
        let mut constant = now.constant;
        constant.add_scaled(-1.0, &before.constant);
        constant.add_scaled(-(1.0 - kept), &before.building);
        let mut building = now.building;
        building.add_scaled(-kept, &before.building);
        let mut decaying = now.decaying;
        decaying.add_scaled(-economy.daily_decay, &before.decaying);

        let mut moved = Sizes::default();
        // a decaying part arrives at once and leaves again, so it counts twice
        moved.add(economy, &decaying, 2.0);
        moved.add(economy, &building, 1.0);
        if now.has_rest || before.has_rest {
            let offsets = economy.grid.offsets();
            let mut shift = Shift::new(offsets, 1.0);
            let mut last = Lane::ZERO;
            for n in 0..offsets.len() {
                let mut gap = if before.has_rest {
                    shift.at(offsets[n], &before.rest)
                } else {
                    Lane::ZERO
                };
                for i in 0..BUCKETS {
                    let today = if now.has_rest { now.rest[n].0[i] } else { 0.0 };
                    gap.0[i] = constant.0[i] + today - gap.0[i];
                }
                let mut step = gap;
                step.add_scaled(-1.0, &last);
                moved.add(economy, &step, 1.0);
                last = gap;
            }
        } else {
            moved.add(economy, &constant, 1.0);
        }
        moved
    }
}

/// The expectation by node.
struct Write<'a> {
    expectation: &'a Expectation,
    economy: &'a Economy,
    supply: &'a mut [Lane],
}

impl Kernel for Write<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        for (n, node) in self.supply.iter_mut().enumerate() {
            *node = self.expectation.at(self.economy, n);
        }
    }
}

/// Whether an expectation is what was priced.
struct Compare<'a> {
    expectation: &'a Expectation,
    economy: &'a Economy,
    priced: &'a [Lane],
    ago: f64,
    news: f64,
}

impl Kernel for Compare<'_> {
    type Output = bool;

    #[inline(always)]
    fn run(self) -> bool {
        let offsets = self.economy.grid.offsets();
        let mut shifted = Shift::new(offsets, self.ago);
        for (n, offset) in offsets.iter().enumerate() {
            if offset + self.ago > self.economy.grid.last_day() {
                break;
            }
            let mut gap = self.expectation.at(self.economy, n);
            gap.add_scaled(-1.0, &shifted.at(*offset, self.priced));
            let mut is_news = false;
            for i in 0..BUCKETS {
                is_news |= gap.0[i].abs() >= self.news;
            }
            if is_news {
                return false;
            }
        }
        true
    }
}

/// Sizes of changes: sums over buckets of absolute dollars times risk, and times ten-year equivalents.
#[derive(Debug, Clone, Copy, Default)]
struct Sizes {
    risk: f64,
    held: f64,
}

impl Sizes {
    #[inline(always)]
    fn add(&mut self, economy: &Economy, change: &Lane, times: f64) {
        let size = Lane(change.0.map(f64::abs));
        self.risk += times * size.dot(&economy.deviation);
        self.held += times * size.dot(&economy.ten_year);
    }
}

/// Reads a path by node at `offset + days`, linear between nodes and flat after the last; offsets must not decrease.
pub(crate) struct Shift<'a> {
    offsets: &'a [f64],
    days: f64,
    lower: usize,
}

impl<'a> Shift<'a> {
    #[inline(always)]
    pub(crate) fn new(offsets: &'a [f64], days: f64) -> Self {
        Self {
            offsets,
            days,
            lower: 0,
        }
    }

    #[inline(always)]
    pub(crate) fn at(&mut self, offset: f64, path: &[Lane]) -> Lane {
        let at = offset + self.days;
        let last = self.offsets.len() - 1;
        while self.lower < last && self.offsets[self.lower + 1] <= at {
            self.lower += 1;
        }
        let lower = self.lower;
        if lower == last || self.offsets[lower] == at {
            return path[lower];
        }
        let share = (at - self.offsets[lower]) / (self.offsets[lower + 1] - self.offsets[lower]);
        let mut value = path[lower];
        for i in 0..LANES {
            value.0[i] += share * (path[lower + 1].0[i] - path[lower].0[i]);
        }
        value
    }
}
