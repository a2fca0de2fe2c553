//! What intermediaries ask and what the Fed's rule buys, at one inventory.
//!
//! Utilization (E3): `u = u0 + sqrt(I' Om I) / (om K)`. Capacity multiplier: 1 up to the threshold `u*`, then
//! `c = 1 + (cmax - 1) z^2 / (z^2 + (cmax - 1)/kap)` with `z = (u - u*) / (1 - u*)`, once differentiable. The premium
//! `gamma c Om I` is the gradient of a convex potential. Fed rule (E5): `psi = phi S / (1 + phi S v+ / (.6 b))`, where
//! `v` is the inventory in ten-year equivalents and `S` a smooth step of `u0 + v/K` above `u_F`.

use crate::dense::Lane;
use crate::economy::Economy;
use crate::parameters::FedRule;

/// Share of the daily cap at which the rule saturates.
const CAP_SHARE: f64 = 0.6;

/// The market's premium at one inventory.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Premium {
    /// `G I`, the premium at multiplier 1.
    pub(crate) base: Lane,
    pub(crate) utilization: f64,
    pub(crate) multiplier: f64,
    /// Slope of the multiplier in utilization.
    pub(crate) slope: f64,
    /// `sqrt(I' Om I)`.
    pub(crate) risk: f64,
}

/// What the Fed's rule buys a day per dollar of inventory, and its slope in ten-year equivalents.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct FedPace {
    pub(crate) pace: f64,
    pub(crate) slope: f64,
}

impl Economy {
    /// Capacity multiplier and its slope at a utilization.
    #[inline(always)]
    pub(crate) fn capacity(&self, utilization: f64) -> (f64, f64) {
        let p = &self.parameters;
        let room = p.capacity_ceiling - 1.0;
        let z = (utilization - p.utilization_threshold) / (1.0 - p.utilization_threshold);
        if z <= 0.0 || room <= 0.0 || p.capacity_curvature <= 0.0 {
            return (1.0, 0.0);
        }
        let q = room / p.capacity_curvature;
        let saturation = z * z + q;
        (
            1.0 + room * z * z / saturation,
            room * 2.0 * z * q / (saturation * saturation) / (1.0 - p.utilization_threshold),
        )
    }

    #[inline(always)]
    pub(crate) fn premium_at(&self, inventory: &Lane) -> Premium {
        let base = self.premium.multiply(inventory);
        let risk = (inventory.dot(&base) / self.risk_price).max(0.0).sqrt();
        let p = &self.parameters;
        let utilization =
            p.utilization_at_rest + risk / self.ten_year_risk / p.intermediary_capacity_usd_bn;
        let (multiplier, slope) = self.capacity(utilization);
        Premium {
            base,
            utilization,
            multiplier,
            slope,
            risk,
        }
    }

    /// The Fed's pace at an inventory, given the utilization at which it fades in.
    #[inline(always)]
    pub(crate) fn fed_pace(&self, rule: &FedRule, fade_in: f64, inventory: &Lane) -> FedPace {
        let p = &self.parameters;
        let v = inventory.dot(&self.ten_year);
        let z = (p.utilization_at_rest + v / p.intermediary_capacity_usd_bn - fade_in)
            / rule.step_width;
        if z <= 0.0 {
            return FedPace::default();
        }
        let (step, step_slope) = if z >= 1.0 {
            (1.0, 0.0)
        } else {
            (
                z * z * (3.0 - 2.0 * z),
                6.0 * z * (1.0 - z) / rule.step_width / p.intermediary_capacity_usd_bn,
            )
        };
        let cap = rule.daily_cap_usd_bn * CAP_SHARE;
        let full = rule.pace_per_day * step;
        let full_slope = rule.pace_per_day * step_slope;
        let long = v.max(0.0);
        let saturation = 1.0 + full * long / cap;
        let direct = if v > 0.0 { full } else { 0.0 };
        FedPace {
            pace: full / saturation,
            slope: full_slope / saturation
                - full * (full_slope * long + direct) / cap / (saturation * saturation),
        }
    }
}
