//! The two-factor model of Vayanos and Vila, solved by continuation: a published yardstick beside the engine.
//!
//! Habitat investors demand bonds with a slope `alpha(t)` and a demand factor; arbitrageurs with constant risk aversion hold the
//! rest. Log prices are affine in the short rate and the demand factor, `-log P = A_r r + A_b b + C`, and the loadings solve a
//! fixed point that can have several solutions: the paper takes the one that connects to a market without demand risk, so
//! demand risk is turned up from 0 to its size step by step. Nothing of the engine depends on this model; its habitat slope
//! and its purchase effects are what the engine's are compared with. [Vayanos and Vila 2021, sections 4 and 5].

use brandish_math::MathError;
use brandish_math::matrix::{Lu, Matrix, multiply, multiply_vector};
use brandish_units::Bp;

use crate::error::{ClearingError, require};

/// Longest maturity of the model, years.
const LONGEST_YEARS: f64 = 30.0;
/// Steps of the maturity grid: a hundredth of a year each.
const STEPS: usize = 3000;
const STEP_YEARS: f64 = LONGEST_YEARS / STEPS as f64;
/// Steps in which demand risk is turned up.
const CONTINUATION_STEPS: usize = 20;
/// Largest change of a loading's coefficient that is left (coefficients are of order 0.1 a year).
const TOLERANCE: f64 = 1e-12;
const MOST_ITERATIONS: usize = 50;
/// Relative step of the numerical derivatives.
const DERIVATIVE_STEP: f64 = 1e-6;
/// Basis points in a decimal.
const BP: f64 = 1e4;

/// The model's parameters as the paper states them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TwoFactorParameters {
    /// Mean reversion of the short rate (`kappa_r`), 1/year.
    pub short_rate_reversion: f64,
    /// Volatility of both factors (`sigma_r`; the demand factor is scaled to the same), per square root of a year.
    pub volatility: f64,
    /// Mean reversion of the demand factor (`kappa_beta`), 1/year.
    pub demand_reversion: f64,
    /// Risk aversion times the size of demand shocks (`a theta`), dimensionless.
    pub demand_risk: f64,
    /// Risk aversion times the demand slope at maturity 0 (`a alpha`), dimensionless.
    pub demand_slope: f64,
    /// Decay of the demand slope in maturity (`delta_alpha`), 1/year.
    pub slope_decay: f64,
    /// Decay of demand shocks in maturity (`delta_theta`), 1/year.
    pub shock_decay: f64,
}

/// Bonds bought once at one maturity; what was bought then shrinks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Purchase {
    /// Maturity bought, years.
    pub maturity_years: f64,
    /// Amount, share of GDP; negative for a sale.
    pub share_of_gdp: f64,
    /// Decay of the amount (`kappa_theta`), 1/year.
    pub decay_per_year: f64,
    /// Arbitrageurs' risk aversion (`a`), with demand in shares of GDP.
    pub risk_aversion: f64,
}

/// The solved model: loadings of log prices on the two factors by maturity.
#[derive(Debug, Clone, PartialEq)]
pub struct TwoFactorModel {
    parameters: TwoFactorParameters,
    feedback: Matrix<2>,
    /// `A_r` and `A_b` on the maturity grid, years.
    loadings: [Vec<f64>; 2],
    /// `a alpha(t)` on the grid.
    slope: Vec<f64>,
}

impl TwoFactorModel {
    /// Solves the model.
    ///
    /// # Errors
    /// A parameter out of range, or a continuation that finds no fixed point.
    pub fn solve(parameters: &TwoFactorParameters) -> Result<Self, ClearingError> {
        parameters.check()?;
        let slope: Vec<f64> = (0..=STEPS)
            .map(|i| parameters.demand_slope * (-parameters.slope_decay * years(i)).exp())
            .collect();
        let shocks: Vec<f64> = (0..=STEPS)
            .map(|i| {
                let t = years(i);
                parameters.demand_risk
                    * ((-parameters.slope_decay * t).exp() - (-parameters.shock_decay * t).exp())
            })
            .collect();
        let mut coefficients = [
            parameters.short_rate_reversion + 0.05,
            0.0,
            0.0,
            parameters.demand_reversion + 0.05,
        ];
        for step in 0..=CONTINUATION_STEPS {
            let scale = step as f64 / CONTINUATION_STEPS as f64;
            let risk: Vec<f64> = shocks.iter().map(|shock| scale * shock).collect();
            coefficients = fixed_point(coefficients, |guess| {
                implied(parameters, &slope, &risk, guess)
            })?;
        }
        let [rr, rb, br, bb] = coefficients;
        Ok(Self {
            parameters: *parameters,
            feedback: [[rr, rb], [br, bb]],
            loadings: loadings(coefficients),
            slope,
        })
    }

    /// The matrix `M` of the loadings' equation `A' + M A = (1, 0)`, 1/year: factor dynamics as prices see them.
    #[must_use]
    pub fn feedback_per_year(&self) -> [[f64; 2]; 2] {
        self.feedback
    }

    /// Standard deviation of the yield of a maturity.
    ///
    /// # Errors
    /// A maturity that is not above 0 and at most 30 years.
    pub fn level_deviation(&self, maturity_years: f64) -> Result<Bp, ClearingError> {
        self.deviation(maturity_years, |reversion| 1.0 / (2.0 * reversion))
    }

    /// Standard deviation of the yield's change over a year.
    ///
    /// # Errors
    /// A maturity that is not above 0 and at most 30 years.
    pub fn annual_change_deviation(&self, maturity_years: f64) -> Result<Bp, ClearingError> {
        self.deviation(maturity_years, |reversion| {
            (1.0 - (-reversion).exp()) / reversion
        })
    }

    fn deviation(
        &self,
        maturity_years: f64,
        variance_per_squared_volatility: impl Fn(f64) -> f64,
    ) -> Result<Bp, ClearingError> {
        let i = node(maturity_years)?;
        let p = &self.parameters;
        let mut variance = 0.0;
        for (loading, reversion) in self
            .loadings
            .iter()
            .zip([p.short_rate_reversion, p.demand_reversion])
        {
            let sensitivity = p.volatility * loading[i] / years(i);
            variance += sensitivity * sensitivity * variance_per_squared_volatility(reversion);
        }
        Ok(Bp(BP * variance.sqrt()))
    }

    /// Change of yields on the day of an unexpected purchase, at each of `maturities_years`.
    ///
    /// Prices move by `f(t)`, with `f' + kappa_theta f = sum_k sigma^2 A_k (integral of A_k (D - alpha f)) a`, where `D` is what was
    /// bought: linear in the two integrals, which are solved for.
    ///
    /// # Errors
    /// Numbers out of range.
    pub fn purchase_response(
        &self,
        purchase: &Purchase,
        maturities_years: &[f64],
    ) -> Result<Vec<Bp>, ClearingError> {
        purchase.check()?;
        let bought = node(purchase.maturity_years)?;
        let variance = self.parameters.volatility * self.parameters.volatility;
        let responses = [0, 1].map(|k| accumulated(&self.loadings[k], purchase.decay_per_year));
        // Less debt for others to hold lowers yields: a purchase is negative supply.
        let supply = -purchase.share_of_gdp * purchase.risk_aversion;
        let mut system = [[0.0; 2]; 2];
        let mut right = [0.0; 2];
        for k in 0..2 {
            for (l, response) in responses.iter().enumerate() {
                let reaction = integral(|i| self.slope[i] * response[i] * self.loadings[k][i]);
                system[k][l] = if k == l { 1.0 } else { 0.0 } + variance * reaction;
            }
            right[k] = variance * supply * self.loadings[k][bought];
        }
        let prices = Lu::of(&system)?.solve(&right);
        maturities_years
            .iter()
            .map(|maturity| {
                let i = node(*maturity)?;
                let moved = prices[0] * responses[0][i] + prices[1] * responses[1][i];
                Ok(Bp(BP * moved / years(i)))
            })
            .collect()
    }
}

impl TwoFactorParameters {
    fn check(&self) -> Result<(), ClearingError> {
        let positive = "above 0 and at most 10";
        for (name, value) in [
            ("short_rate_reversion", self.short_rate_reversion),
            ("volatility", self.volatility),
            ("demand_reversion", self.demand_reversion),
            ("slope_decay", self.slope_decay),
            ("shock_decay", self.shock_decay),
        ] {
            require(name, value, 1e-4, 10.0, positive)?;
        }
        require("demand_risk", self.demand_risk, 0.0, 1e6, "from 0 to 1e6")?;
        require("demand_slope", self.demand_slope, 0.0, 1e6, "from 0 to 1e6")
    }
}

impl Purchase {
    fn check(&self) -> Result<(), ClearingError> {
        require(
            "share_of_gdp",
            self.share_of_gdp,
            -10.0,
            10.0,
            "from -10 to 10",
        )?;
        require(
            "decay_per_year",
            self.decay_per_year,
            1e-4,
            100.0,
            "from 0.0001 to 100",
        )?;
        require(
            "risk_aversion",
            self.risk_aversion,
            0.0,
            1e6,
            "from 0 to 1e6",
        )
    }
}

fn years(node: usize) -> f64 {
    node as f64 * STEP_YEARS
}

/// The grid node of a maturity.
fn node(maturity_years: f64) -> Result<usize, ClearingError> {
    require(
        "maturity (years)",
        maturity_years,
        STEP_YEARS,
        LONGEST_YEARS,
        "from 0.01 to 30",
    )?;
    Ok((maturity_years / STEP_YEARS).round() as usize)
}

/// Trapezoid rule over maturities.
fn integral(value: impl Fn(usize) -> f64) -> f64 {
    let inner: f64 = (1..STEPS).map(&value).sum();
    STEP_YEARS * (inner + 0.5 * (value(0) + value(STEPS)))
}

/// `A' + M A = (1, 0)`, `A(0) = 0`, by exact steps: the exponential of the augmented matrix.
fn loadings([rr, rb, br, bb]: [f64; 4]) -> [Vec<f64>; 2] {
    let generator = [
        [-rr * STEP_YEARS, -rb * STEP_YEARS, STEP_YEARS],
        [-br * STEP_YEARS, -bb * STEP_YEARS, 0.0],
        [0.0; 3],
    ];
    let step = exponential(&generator);
    let mut state = [0.0, 0.0, 1.0];
    let (mut short_rate, mut demand) = (vec![0.0], vec![0.0]);
    for _ in 0..STEPS {
        state = multiply_vector(&step, &state);
        short_rate.push(state[0]);
        demand.push(state[1]);
    }
    [short_rate, demand]
}

/// Exponential of a small matrix by its series; terms fall below rounding long before the last one at the sizes used (norm below 1).
fn exponential(matrix: &Matrix<3>) -> Matrix<3> {
    let mut sum = brandish_math::matrix::identity::<3>();
    let mut term = sum;
    for k in 1..=24 {
        term = brandish_math::matrix::scale(&multiply(&term, matrix), 1.0 / f64::from(k));
        sum = brandish_math::matrix::add(&sum, &term);
    }
    sum
}

/// The coefficients of `M` that arbitrageurs' first-order conditions imply at loadings from guessed ones.
fn implied(
    parameters: &TwoFactorParameters,
    slope: &[f64],
    risk: &[f64],
    guess: [f64; 4],
) -> [f64; 4] {
    let [a, b] = loadings(guess);
    let variance = parameters.volatility * parameters.volatility;
    [
        parameters.short_rate_reversion + variance * integral(|i| slope[i] * a[i] * a[i]),
        variance * integral(|i| slope[i] * a[i] * b[i]),
        -variance * integral(|i| (risk[i] - slope[i] * b[i]) * a[i]),
        parameters.demand_reversion - variance * integral(|i| (risk[i] - slope[i] * b[i]) * b[i]),
    ]
}

/// Newton's method on `map(x) = x` with numerical derivatives.
fn fixed_point(
    mut x: [f64; 4],
    map: impl Fn([f64; 4]) -> [f64; 4],
) -> Result<[f64; 4], ClearingError> {
    let gap = |x: [f64; 4]| {
        let image = map(x);
        std::array::from_fn::<f64, 4, _>(|k| image[k] - x[k])
    };
    let size = |gap: &[f64; 4]| gap.iter().fold(0.0, |most: f64, g| most.max(g.abs()));
    let mut at = gap(x);
    for _ in 0..MOST_ITERATIONS {
        if size(&at) < TOLERANCE {
            return Ok(x);
        }
        let mut slopes = [[0.0; 4]; 4];
        for column in 0..4 {
            let step = DERIVATIVE_STEP * x[column].abs().max(1e-2);
            let mut moved = x;
            moved[column] += step;
            let there = gap(moved);
            for row in 0..4 {
                slopes[row][column] = (there[row] - at[row]) / step;
            }
        }
        let direction = Lu::of(&slopes)?.solve(&at);
        let mut share = 1.0;
        loop {
            let trial: [f64; 4] = std::array::from_fn(|k| x[k] - share * direction[k]);
            let there = gap(trial);
            if size(&there) < size(&at) {
                (x, at) = (trial, there);
                break;
            }
            share /= 2.0;
            if share < 1e-6 {
                return Err(stuck(size(&at)));
            }
        }
    }
    Err(stuck(size(&at)))
}

fn stuck(error: f64) -> ClearingError {
    ClearingError::Mathematics(MathError::NotConverged {
        method: "continuation of the two-factor model",
        iterations: MOST_ITERATIONS,
        best: error,
        error,
    })
}

/// `f' + kappa f = g`, `f(0) = 0`, on the grid.
fn accumulated(g: &[f64], decay_per_year: f64) -> Vec<f64> {
    let kept = (-decay_per_year * STEP_YEARS).exp();
    let mut f = vec![0.0];
    let mut last = 0.0;
    for pair in g.windows(2) {
        last = kept * last + 0.5 * STEP_YEARS * (kept * pair[0] + pair[1]);
        f.push(last);
    }
    f
}
