//! Passes over the path: constants backward, yields and inventories forward, and what is left of the equations.
//!
//! Nodes `0..=sloped` use the elimination at hand, later ones the linear one; nodes `0..=active` have constants of their
//! own. Where a path is surely linear from some node on, the constants behind it depend on expected supply alone
//! and are found once per pricing.

use crate::buckets::{BUCKETS, SECTORS};
use crate::dense::{LANES, Lane};
use crate::premium::FedPace;

use super::{FedBelief, Pricing};

/// Weight of the Fed's equation ($bn) in the residual (bp).
const FED_RESIDUAL_WEIGHT: f64 = 1e-2;

/// Where a forward pass stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Carried {
    held: [Lane; SECTORS],
    bought: Lane,
}

impl Carried {
    pub(super) fn new(holdings: &[Lane], fed: &Lane) -> Self {
        let mut held = [Lane::ZERO; SECTORS];
        held[..holdings.len()].copy_from_slice(holdings);
        Self { held, bought: *fed }
    }
}

impl Pricing {
    /// Premia and the Fed's pace at the current inventories of nodes `from..to`.
    #[inline(always)]
    pub(super) fn evaluate(&mut self, from: usize, to: usize, belief: Option<&FedBelief>) {
        for n in from..to {
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

    /// Constant terms `q_n` of nodes `0..from`, backward.
    #[inline(always)]
    pub(super) fn backward(
        &mut self,
        from: usize,
        active: Option<usize>,
        fed: &Lane,
        supply: &[Lane],
        rule: bool,
    ) {
        let economy = &self.economy;
        let nodes = economy.grid.len();
        let sloped = active
            .and(self.eliminated)
            .map(|eliminated| eliminated.last);
        let mut after = if from < nodes {
            self.offset[from]
        } else {
            Lane::ZERO
        };
        for n in (0..from).rev() {
            let e = economy.discount[n];
            let mut net = supply[n];
            if !rule {
                net.add_scaled(-1.0, fed);
            }
            let mut right = Lane::ZERO;
            right.add_scaled(e, &after);
            let factorization = match (&self.current, sloped) {
                (Some(current), Some(sloped)) if n <= sloped => current,
                _ => &self.linear,
            };
            if active.is_some_and(|active| n <= active) {
                for i in 0..BUCKETS {
                    right.0[i] += economy.weight[n].0[i] * self.constant[n].0[i];
                }
                if let Some(purchase) = &self.purchase[n] {
                    net.add_scaled(-1.0, purchase);
                    if n + 1 < nodes {
                        let next = if sloped == Some(n) {
                            &self.linear
                        } else {
                            factorization
                        };
                        right.add_scaled(e, &next.fed(n + 1).multiply(purchase));
                    }
                }
            }
            factorization.exposure[n].multiply_add(&net, &mut right);
            after = factorization.inverse[n].multiply(&right);
            self.offset[n] = after;
        }
    }

    /// Yields, inventories and Fed purchases of nodes `from..to`, forward, written to `expected`.
    #[inline(always)]
    pub(super) fn forward(
        &mut self,
        (from, to): (usize, usize),
        active: Option<usize>,
        carried: &mut Carried,
        supply: &[Lane],
        rule: bool,
    ) {
        let economy = &self.economy;
        let classes = economy.classes.len();
        let sloped = active
            .and(self.eliminated)
            .map(|eliminated| eliminated.last);
        let held = &mut carried.held;
        let mut bought = carried.bought;
        for n in from..to {
            let (factorization, link) = match (&self.current, sloped) {
                (Some(current), Some(sloped)) if n <= sloped => (current, &self.tangent[n].link),
                _ => (&self.linear, &None),
            };
            let response = factorization.node(n);
            let mut y = self.offset[n];
            for (block, holding) in response.iter().zip(&held[..classes]) {
                block.multiply_add(holding, &mut y);
            }
            if rule {
                response[classes].multiply_add(&bought, &mut y);
            }
            // the sum is done: else the compiler keeps it shifted by a place, for the switch, all through the loop above
            let y = std::hint::black_box(y);
            let swapped = economy.switch(&y);
            let mut inventory = supply[n];
            inventory.add_scaled(-1.0, &bought);
            for (class, holding) in economy.classes.iter().zip(&mut held[..classes]) {
                let k = class.adjustment[n];
                for i in 0..LANES {
                    let wanted = class.habitat.0[i] * y.0[i] + class.switching * swapped.0[i];
                    holding.0[i] += k * (wanted - holding.0[i]);
                    inventory.0[i] -= holding.0[i];
                }
            }
            if active.is_some_and(|active| n <= active)
                && let Some(purchase) = &self.purchase[n]
            {
                inventory.add_scaled(-1.0, purchase);
                if let Some(link) = link {
                    let tilt = link.kappa * inventory.dot(&economy.ten_year);
                    for i in 0..BUCKETS {
                        inventory.0[i] = (inventory.0[i] - tilt * link.about.0[i]) / link.beta;
                    }
                    let v = inventory.dot(&economy.ten_year);
                    bought.add_scaled(link.rate * link.pace.pace, &inventory);
                    bought.add_scaled(link.rate * link.pace.slope * v, &link.about);
                }
                bought.add_scaled(1.0, purchase);
            }
            self.expected.yields[n] = y;
            self.expected.inventory[n] = inventory;
            self.expected.fed[n] = bought;
        }
        carried.bought = bought;
    }

    /// Largest violation of the pricing equations (bp) at nodes `0..to`, with the Fed's equation at its weight.
    #[inline(always)]
    pub(super) fn residual(&self, to: usize, fed: &Lane, belief: Option<&FedBelief>) -> f64 {
        let economy = &self.economy;
        let nodes = economy.grid.len();
        let mut largest = 0.0_f64;
        let mut before = fed;
        for n in 0..to {
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
    pub(super) fn halve_toward_candidate(&mut self) {
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

/// The larger of two residuals; a residual that is not a number is worst.
#[inline(always)]
fn worse(largest: f64, next: f64) -> f64 {
    if next.is_nan() || next > largest {
        next
    } else {
        largest
    }
}
