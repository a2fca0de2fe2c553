//! Closed forms and summary responses: what a camp is parameterized by.
//!
//! In the long run (multiplier 1, nobody in a hurry) yields solve `(rbar/gamma Om^-1 + A D^-1) D y = X` (E8), a Stieltjes
//! system: any sale raises every yield. The demand slope is found from the long-run response by bisection; the
//! month response, the implied Sharpe ratio and the first-order execution loss are the observables by which
//! parameters are judged.

use brandish_units::{Bp, Usd};

use crate::buckets::{BUCKETS, BucketVector, TEN_YEAR_BUCKET, reference_mix};
use crate::clearing::clear;
use crate::dense::{Lane, Matrix};
use crate::economy::Economy;
use crate::error::{ClearingError, require};
use crate::flow::{Known, Order, OrderFlow};
use crate::grid::Grid;
use crate::market::Market;
use crate::parameters::Parameters;
use crate::path::ClearingPath;

/// Business days over which the month response is sold.
const MONTH_DAYS: usize = 21;
/// One basis point, decimal.
const BP: f64 = 1e-4;
/// Size of the sale by which responses are stated, $bn.
const UNIT_SALE_USD_BN: f64 = 100.0;
/// Range of demand slopes searched, $bn per bp.
const LOW_SLOPE: f64 = 0.3;
const HIGH_SLOPE: f64 = 3000.0;
/// Halvings of the search interval (ends below a relative width of 1e-17).
const HALVINGS: usize = 60;

/// The month response and what intermediaries earn on it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MonthResponse {
    /// Ten-year yield at month end per $100bn sold silently over 21 business days.
    pub ten_year: Bp,
    /// Yearly Sharpe ratio on the inventory then held: `gamma sqrt(I' Om I)`.
    pub implied_sharpe: f64,
    /// Share of the sale, in ten-year equivalents, still with intermediaries.
    pub inventory_share: f64,
}

/// E8 prepared for several slopes: `y = (1 + a G' A_1)^-1 G' X` with `G' = diag(1/(rbar D)) gamma Om` and `A_1` the
/// slow sectors' demand at a slope of 1, which is E8 without inverting `Om`.
struct LongRun {
    /// `G'`.
    perpetual: Matrix,
    /// `G' A_1`.
    reaction: Matrix,
}

impl LongRun {
    fn new(market: &Market, parameters: &Parameters) -> Result<Self, ClearingError> {
        let unit = Parameters {
            demand_slope_usd_bn_per_bp: 1.0,
            ..*parameters
        };
        let economy = Economy::new(market, &unit, Grid::ends())?;
        let rbar = parameters.discount_rate_per_year;
        let mut perpetual = economy.premium;
        for column in &mut perpetual.0 {
            for i in 0..BUCKETS {
                column.0[i] /= rbar * economy.duration.0[i];
            }
        }
        let mut demand = Matrix::ZERO;
        let [lower, middle, upper] = &economy.switching;
        for class in &economy.classes {
            for j in 0..BUCKETS {
                demand.0[j].0[j] += class.habitat.0[j] + class.switching * middle.0[j];
                if j > 0 {
                    demand.0[j].0[j - 1] += class.switching * upper.0[j - 1];
                }
                if j + 1 < BUCKETS {
                    demand.0[j].0[j + 1] += class.switching * lower.0[j + 1];
                }
            }
        }
        Ok(Self {
            perpetual,
            reaction: Matrix::product(&perpetual, &demand),
        })
    }

    /// Yields by bucket at a demand slope ($bn per bp).
    fn yields(&self, slope: f64, supply: &Lane) -> Result<Lane, ClearingError> {
        let mut system = Matrix::identity();
        for j in 0..BUCKETS {
            system.0[j].add_scaled(slope, &self.reaction.0[j]);
        }
        let inverse = system.inverse().ok_or(ClearingError::Singular {
            system: "long-run demand system",
        })?;
        Ok(inverse.multiply(&self.perpetual.multiply(supply)))
    }
}

/// Long-run yields (bp by bucket) after `supply_usd_bn` has been sold for good, at multiplier 1 (E8).
///
/// # Errors
/// Parameters or amounts out of range.
pub fn long_run(
    market: &Market,
    parameters: &Parameters,
    supply_usd_bn: &BucketVector,
) -> Result<BucketVector, ClearingError> {
    parameters.check()?;
    for (bucket, amount) in supply_usd_bn.iter().enumerate() {
        require(
            format!("supply_usd_bn[{bucket}]"),
            *amount,
            -1e6,
            1e6,
            "from -1e6 to 1e6",
        )?;
    }
    // the slope enters as `Economy` scales it: by GDP, which the prepared system already contains
    let system = LongRun::new(market, parameters)?;
    let supply = Lane::from_buckets(supply_usd_bn);
    Ok(system
        .yields(parameters.demand_slope_usd_bn_per_bp, &supply)?
        .buckets())
}

/// Long-run response of the ten-year yield per $100bn of the reference seller's mix.
///
/// # Errors
/// Parameters out of range.
pub fn long_run_response(market: &Market, parameters: &Parameters) -> Result<Bp, ClearingError> {
    let supply = reference_mix::JAPAN.map(|share| UNIT_SALE_USD_BN * share);
    Ok(Bp(long_run(market, parameters, &supply)?[TEN_YEAR_BUCKET]))
}

/// The demand slope ($bn per bp) at which the long-run response of the ten-year yield per $100bn of the reference
/// seller's mix equals `target_bp`, all other parameters as given. The response falls in the slope, so the root is unique.
///
/// # Errors
/// A target outside what slopes of 0.3 to 3000 $bn per bp attain; parameters out of range.
pub fn slope_for_long_run_response(
    market: &Market,
    parameters: &Parameters,
    target_bp: f64,
) -> Result<f64, ClearingError> {
    require(
        "long-run response (bp per $100bn)",
        target_bp,
        1e-6,
        1e6,
        "from 1e-6 to 1e6",
    )?;
    let system = LongRun::new(market, parameters)?;
    let supply = Lane::from_buckets(&reference_mix::JAPAN.map(|share| UNIT_SALE_USD_BN * share));
    let response =
        |slope: f64| Ok::<f64, ClearingError>(system.yields(slope, &supply)?.0[TEN_YEAR_BUCKET]);
    let (least_bp, most_bp) = (response(HIGH_SLOPE)?, response(LOW_SLOPE)?);
    if !(least_bp..=most_bp).contains(&target_bp) {
        return Err(ClearingError::Unattainable {
            target_bp,
            low: LOW_SLOPE,
            high: HIGH_SLOPE,
            least_bp,
            most_bp,
        });
    }
    let (mut low, mut high) = (LOW_SLOPE.ln(), HIGH_SLOPE.ln());
    for _ in 0..HALVINGS {
        let middle = 0.5 * (low + high);
        if response(middle.exp())? > target_bp {
            low = middle;
        } else {
            high = middle;
        }
    }
    Ok((0.5 * (low + high)).exp())
}

/// The month response: $100bn of the reference seller's mix sold silently over 21 business days, without the Fed
/// and without forced sellers.
///
/// # Errors
/// As `clear`.
pub fn month_response(
    market: &Market,
    parameters: &Parameters,
) -> Result<MonthResponse, ClearingError> {
    let parameters = Parameters {
        fed: None,
        forced: None,
        ..*parameters
    };
    let flow = OrderFlow {
        horizon_days: MONTH_DAYS,
        orders: vec![Order::even(
            UNIT_SALE_USD_BN,
            MONTH_DAYS,
            &reference_mix::JAPAN,
            Known::Silent,
        )],
        ..OrderFlow::default()
    };
    let path = clear(market, &parameters, &flow)?;
    let economy = Economy::new(market, &parameters, Grid::ends())?;
    let last = path.days.last().ok_or(ClearingError::CountOutOfRange {
        name: "days of the month response",
        count: 0,
        least: MONTH_DAYS,
        most: MONTH_DAYS,
    })?;
    let inventory = Lane::from_buckets(&last.inventory_usd_bn);
    let sold = Lane::from_buckets(&reference_mix::JAPAN.map(|share| UNIT_SALE_USD_BN * share));
    Ok(MonthResponse {
        ten_year: Bp(last.yields_bp[TEN_YEAR_BUCKET]),
        implied_sharpe: economy.risk_price
            * inventory
                .dot(&economy.covariance.multiply(&inventory))
                .max(0.0)
                .sqrt(),
        inventory_share: inventory.dot(&economy.ten_year) / sold.dot(&economy.ten_year),
    })
}

/// Yearly Sharpe ratio that intermediaries earn on an inventory ($bn by bucket) at multiplier `capacity_multiplier`:
/// `gamma c sqrt(I' Om I)` (E9).
///
/// # Errors
/// Parameters out of range.
pub fn implied_sharpe(
    market: &Market,
    parameters: &Parameters,
    inventory_usd_bn: &BucketVector,
    capacity_multiplier: f64,
) -> Result<f64, ClearingError> {
    let economy = Economy::new(market, parameters, Grid::ends())?;
    let inventory = Lane::from_buckets(inventory_usd_bn);
    let variance = inventory
        .dot(&economy.covariance.multiply(&inventory))
        .max(0.0);
    Ok(economy.risk_price * capacity_multiplier * variance.sqrt())
}

/// First-order execution loss of a seller: `sum_t q_t' (D y_t) 1e-4` over the days of the path (E9). Negative
/// sales (purchases) count with their sign.
#[must_use]
pub fn execution_loss_first_order(
    market: &Market,
    path: &ClearingPath,
    sales_by_day: &[BucketVector],
) -> Usd {
    let durations = market.durations_years();
    let mut loss = 0.0;
    for (day, sales) in path.days.iter().zip(sales_by_day) {
        for i in 0..BUCKETS {
            loss += sales[i] * durations[i] * day.yields_bp[i];
        }
    }
    Usd::from_bn(loss * BP)
}
