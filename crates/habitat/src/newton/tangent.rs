//! The market linearized around an expected path.
//!
//! Premia: `phi(I) ~ J I + j0` with `J = gamma [c Om + c'(u) / (rho om K) (Om I~)(Om I~)']`, a multiple of `G` and a rank-one
//! part. Purchases of the Fed's rule: `F(I) ~ F' I + f0` with `F' = rate (pace 1 + slope I~ ten_year')`. The elimination needs
//! only the slopes, the passes over the path also the constants; slopes found on one day serve for the next ones while
//! the constants, taken at the iterate at hand, keep the fixed point exact.

use crate::buckets::BUCKETS;
use crate::dense::{Lane, Matrix};
use crate::error::ClearingError;
use crate::premium::{FedPace, Premium};
use crate::recursion::{Factorization, scaled_rows};

use super::Pricing;

/// Slopes at one node.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tangent {
    multiplier: f64,
    /// Factor of the rank-one part `base base'`.
    spread: f64,
    base: Lane,
    pub(super) link: Option<FedLink>,
}

impl Tangent {
    pub(super) const LINEAR: Self = Self {
        multiplier: 1.0,
        spread: 0.0,
        base: Lane::ZERO,
        link: None,
    };
}

/// The Fed's purchases at a node, linearized: `dB = rate (pace I + slope v(I) about) + constant`.
#[derive(Debug, Clone, Copy)]
pub(super) struct FedLink {
    pub(super) rate: f64,
    pub(super) pace: FedPace,
    pub(super) about: Lane,
    /// `1 + rate pace`.
    pub(super) beta: f64,
    /// Rank-one coefficient of `Y = (1 + F')^-1 = (1 - kappa about ten_year') / beta`.
    pub(super) kappa: f64,
}

/// Nodes of the elimination at hand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Eliminated {
    /// The last node that is not taken as linear.
    pub(super) last: usize,
    /// Whether the Fed's rule was believed.
    pub(super) rule: bool,
}

impl Pricing {
    /// Linearizes and eliminates nodes `0..=last` at the current inventories.
    #[inline(always)]
    pub(super) fn eliminate(&mut self, last: usize, rule: bool) -> Result<(), ClearingError> {
        let economy = &self.economy;
        self.eliminated = None;
        let current = self
            .current
            .get_or_insert_with(|| Factorization::empty(economy));
        for n in (0..=last).rev() {
            let inventory = self.expected.inventory[n];
            let premium = &self.premium[n];
            let x = premium.base;
            let spread = self.economy.spread(premium);
            let mut exposure = Matrix::ZERO;
            for j in 0..BUCKETS {
                for i in 0..BUCKETS {
                    exposure.0[j].0[i] =
                        premium.multiplier * economy.premium.0[j].0[i] + spread * x.0[j] * x.0[i];
                }
            }
            exposure = scaled_rows(&economy.weight[n], &exposure);

            let pace = self.pace[n];
            let rate = self.rate[n];
            let beyond = if n == last { Some(&self.linear) } else { None };
            let mut link = None;
            if rule && pace.pace > 0.0 && rate > 0.0 {
                let held = inventory.dot(&economy.ten_year);
                let beta = 1.0 + rate * pace.pace;
                let slope = rate * pace.slope;
                let kappa = (slope / beta) / (1.0 + slope / beta * held);
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
                link = Some(FedLink {
                    rate,
                    pace,
                    about: inventory,
                    beta,
                    kappa,
                });
            }
            self.tangent[n] = Tangent {
                multiplier: premium.multiplier,
                spread,
                base: x,
                link,
            };
            current.eliminate(economy, n, beyond, exposure)?;
        }
        self.eliminated = Some(Eliminated { last, rule });
        Ok(())
    }

    /// What the slopes at hand leave of premia and purchases at the current inventories, for nodes `0..=last`:
    /// `j0 = phi(I~) - J I~` and `f0 = F(I~) - F' I~`.
    #[inline(always)]
    pub(super) fn find_constants(&mut self, last: usize, rule: bool) {
        let economy = &self.economy;
        let sloped = self.eliminated.map(|eliminated| eliminated.last);
        for n in 0..=last {
            let tangent = match sloped {
                Some(sloped) if n <= sloped => self.tangent[n],
                _ => Tangent::LINEAR,
            };
            let inventory = &self.expected.inventory[n];
            let premium = &self.premium[n];
            let mut constant = Lane::ZERO;
            constant.add_scaled(premium.multiplier - tangent.multiplier, &premium.base);
            constant.add_scaled(-tangent.spread * tangent.base.dot(inventory), &tangent.base);
            self.constant[n] = constant;

            let bought = if rule {
                self.rate[n] * self.pace[n].pace
            } else {
                0.0
            };
            self.purchase[n] = match tangent.link {
                Some(link) => {
                    let mut purchase = Lane::ZERO;
                    purchase.add_scaled(bought - link.rate * link.pace.pace, inventory);
                    let slope = link.rate * link.pace.slope;
                    purchase.add_scaled(-slope * inventory.dot(&economy.ten_year), &link.about);
                    Some(purchase)
                }
                None if bought > 0.0 => {
                    let mut purchase = Lane::ZERO;
                    purchase.add_scaled(bought, inventory);
                    Some(purchase)
                }
                None => None,
            };
        }
    }
}

impl crate::economy::Economy {
    /// Factor of the rank-one part of the premium's slope.
    #[inline(always)]
    fn spread(&self, premium: &Premium) -> f64 {
        if premium.risk > 0.0 {
            premium.slope
                / premium.risk
                / self.ten_year_risk
                / self.parameters.intermediary_capacity_usd_bn
                / self.risk_price
        } else {
            0.0
        }
    }
}
