//! One draw's economy: everything that stays fixed while its flows are cleared.
//!
//! Sectors with equal half-lives move together, so the solver carries one state per distinct half-life (six in the
//! reference market instead of eight); the sectors are recovered day by day from yields (E4). All matrices here
//! follow the engine document, section 2: `G = gamma Om`, `Om_ij = D_i Sig_ij D_j`, `A_c = slope (diag(HAB_c) +
//! chi sub_c diag(1/D) L)`, discount factors `e_n` and weights `W_n = (1 - e_n) / (rbar D)`.

use crate::buckets::{
    BUCKETS, BucketVector, DAYS_PER_YEAR, SECTORS, TEN_YEAR_BUCKET, ten_year_equivalents,
};
use crate::dense::{Lane, Matrix};
use crate::error::ClearingError;
use crate::grid::Grid;
use crate::market::Market;
use crate::parameters::Parameters;

/// Sectors that share a half-life.
#[derive(Debug, Clone)]
pub(crate) struct Class {
    pub(crate) half_life_days: f64,
    /// Diagonal of the demand slope, $bn per bp.
    pub(crate) habitat: Lane,
    /// Factor on the switching matrix, $bn per bp.
    pub(crate) switching: f64,
    /// Adjustment `k_n = 1 - 2^(-days since the node before / half-life)` by node.
    pub(crate) adjustment: Vec<f64>,
}

/// A slow sector as the daily loop moves it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sector {
    pub(crate) class: usize,
    pub(crate) habitat: Lane,
    pub(crate) switching: f64,
    /// Adjustment of one business day.
    pub(crate) daily_adjustment: f64,
}

#[derive(Debug, Clone)]
pub(crate) struct Economy {
    pub(crate) parameters: Parameters,
    pub(crate) grid: Grid,
    /// Days from the node before (1 for the first).
    pub(crate) steps: Vec<f64>,
    pub(crate) duration: Lane,
    pub(crate) ten_year: Lane,
    pub(crate) covariance: Matrix,
    /// `G = gamma Om`.
    pub(crate) premium: Matrix,
    pub(crate) risk_price: f64,
    /// Yearly standard deviation (bp of price) of one ten-year equivalent.
    pub(crate) ten_year_risk: f64,
    /// `sqrt(Om_ii)`: risk of one dollar in each bucket.
    pub(crate) deviation: Lane,
    /// Part of forced sales that is left, by node, and after one day.
    pub(crate) decay: Vec<f64>,
    pub(crate) daily_decay: f64,
    /// Part of the extrapolated sales expected by each node, `1 - exp(-d / horizon)`, and what a day leaves of the rest.
    pub(crate) buildup: Vec<f64>,
    pub(crate) daily_buildup: f64,
    pub(crate) discount: Vec<f64>,
    pub(crate) weight: Vec<Lane>,
    pub(crate) classes: Vec<Class>,
    pub(crate) sectors: [Sector; SECTORS],
    pub(crate) switching: [Lane; 3],
}

impl Economy {
    pub(crate) fn new(
        market: &Market,
        parameters: &Parameters,
        grid: Grid,
    ) -> Result<Self, ClearingError> {
        parameters.check()?;
        let durations = *market.durations_years();
        let duration = Lane::from_buckets(&durations);
        let ten_year = Lane::from_buckets(&ten_year_equivalents());
        let risk_price = parameters.scaled_risk_price();
        let slope = parameters.scaled_demand_slope();
        let sigma = market.sigma().matrix();
        let mut covariance = Matrix::ZERO;
        let mut premium = Matrix::ZERO;
        for j in 0..BUCKETS {
            for i in 0..BUCKETS {
                let entry = durations[i] * sigma[i][j] * durations[j];
                covariance.0[j].0[i] = entry;
                premium.0[j].0[i] = risk_price * entry;
            }
        }
        let ten_year_risk =
            covariance.0[TEN_YEAR_BUCKET].0[TEN_YEAR_BUCKET].sqrt() / ten_year.0[TEN_YEAR_BUCKET];

        let mut deviation = Lane::ZERO;
        for i in 0..BUCKETS {
            deviation.0[i] = covariance.0[i].0[i].sqrt();
        }
        let half_life = parameters.forced.map(|forced| forced.half_life_days);
        let left = |days: f64| half_life.map_or(0.0, |half_life| (-days / half_life).exp2());
        let decay = grid.offsets().iter().map(|days| left(*days)).collect();
        let horizon = parameters.extrapolation.horizon_days;
        let buildup = grid
            .offsets()
            .iter()
            .map(|days| 1.0 - (-days / horizon).exp())
            .collect();
        let daily_buildup = (-1.0 / horizon).exp();
        let daily_decay = left(1.0);
        let nodes = grid.len();
        let offsets = grid.offsets();
        let steps: Vec<f64> = (0..nodes)
            .map(|n| {
                if n == 0 {
                    offsets[0] + 1.0
                } else {
                    offsets[n] - offsets[n - 1]
                }
            })
            .collect();
        let rbar = parameters.discount_rate_per_year;
        let discount: Vec<f64> = (0..nodes)
            .map(|n| {
                if n + 1 == nodes {
                    0.0
                } else {
                    (-rbar * ((offsets[n + 1] - offsets[n]) / DAYS_PER_YEAR)).exp()
                }
            })
            .collect();
        let weight = discount
            .iter()
            .map(|e| Lane::from_buckets(&durations.map(|years| (1.0 - e) / rbar / years)))
            .collect();

        let mut classes: Vec<Class> = Vec::new();
        let mut sectors = [Sector {
            class: 0,
            habitat: Lane::ZERO,
            switching: 0.0,
            daily_adjustment: 0.0,
        }; SECTORS];
        for (k, sector) in sectors.iter_mut().enumerate() {
            let half_life_days =
                market.sectors()[k].half_life_days * parameters.half_life_multiplier;
            sector.habitat = Lane::from_buckets(&market.habitat()[k].map(|share| share * slope));
            sector.switching = market.switching_shares()[k] * parameters.curve_switching * slope;
            sector.daily_adjustment = adjustment(1.0, half_life_days);
            let class = classes
                .iter()
                .position(|class| class.half_life_days == half_life_days);
            sector.class = class.unwrap_or(classes.len());
            if class.is_none() {
                classes.push(Class {
                    half_life_days,
                    habitat: Lane::ZERO,
                    switching: 0.0,
                    adjustment: steps
                        .iter()
                        .map(|days| adjustment(*days, half_life_days))
                        .collect(),
                });
            }
            classes[sector.class]
                .habitat
                .add_scaled(1.0, &sector.habitat);
            classes[sector.class].switching += sector.switching;
        }
        let switching = market
            .switching_matrix()
            .map(|diagonal: BucketVector| Lane::from_buckets(&diagonal));
        Ok(Self {
            parameters: *parameters,
            grid,
            steps,
            duration,
            ten_year,
            covariance,
            premium,
            risk_price,
            ten_year_risk,
            deviation,
            decay,
            daily_decay,
            buildup,
            daily_buildup,
            discount,
            weight,
            classes,
            sectors,
            switching,
        })
    }

    /// `diag(1/D) L y`: what one unit of switching slope swaps at yields `y`.
    #[inline(always)]
    pub(crate) fn switch(&self, y: &Lane) -> Lane {
        let [lower, middle, upper] = &self.switching;
        let mut swapped = Lane::ZERO;
        for i in 0..BUCKETS {
            let below = if i > 0 { lower.0[i] * y.0[i - 1] } else { 0.0 };
            let above = if i + 1 < BUCKETS {
                upper.0[i] * y.0[i + 1]
            } else {
                0.0
            };
            swapped.0[i] = below + middle.0[i] * y.0[i] + above;
        }
        swapped
    }
}

fn adjustment(days: f64, half_life_days: f64) -> f64 {
    1.0 - (-days / half_life_days).exp2()
}
