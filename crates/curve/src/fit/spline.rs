//! A smoothing spline through security prices.
//!
//! Forwards are a natural cubic spline with values c at knots; what is made small is
//! sum of r_i(c)^2 + lambda x integral of w(t) f''(t)^2 dt, with r the price errors over price times duration and
//! w(t) = (1 + t)^2: long forwards may bend less. Forward-rate splines: Fisher, Nychka and Zervos, "Fitting the Term
//! Structure of Interest Rates with Smoothing Splines", FEDS 95-1; stiffness that grows with maturity: Waggoner, Federal Reserve
//! Bank of Atlanta working paper 97-10 (his steps, our form). Lambda is the one of a fixed list with the least generalized
//! cross-validation, n RSS / (n - 2 tr H)^2 with the cost 2 of Fisher, Nychka and Zervos. For each lambda Gauss-Newton with
//! the exact Jacobian; prices bend so little in forwards that a handful of steps suffice.

use brandish_math::exp_slice;
use brandish_math::matrix::{Lu, Matrix, identity};
use brandish_units::{Bp, Years};

use super::FitQuotes;
use crate::forward_spline::ForwardSpline;
use crate::{CurveError, DiscountCurve};

/// Knots, years; those beyond the longest security are left out but for the first of them.
const KNOTS: [f64; 22] = [
    0.0, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.5, 10.0, 12.0, 14.0, 16.0, 18.0,
    20.0, 22.5, 25.0, 27.5, 30.0,
];
const MOST: usize = KNOTS.len();
/// Powers of ten of lambda per security.
const POWERS: std::ops::RangeInclusive<i32> = -9..=3;
const STEPS: usize = 30;
/// Converged when no forward moves by more than this, decimal: 1e-4 bp.
const LAST_STEP: f64 = 1e-8;
/// Fewest securities: a straight line of forwards and one more.
const FEWEST: usize = 3;

/// A fitted spline.
#[derive(Clone, Debug, PartialEq)]
pub struct SplineFit {
    /// The curve.
    pub curve: DiscountCurve,
    /// The knots of the forward curve.
    pub knots: Vec<Years>,
    /// Weight of smoothness, per security.
    pub lambda: f64,
    /// Effective number of parameters, the trace of the hat matrix.
    pub effective_parameters: f64,
    /// Root mean square of price error over price times duration: nearly that of the yield errors.
    pub root_mean_square: Bp,
}

/// Fits a smoothing spline of forwards to the quotes.
pub fn fit_spline(quotes: &FitQuotes) -> Result<SplineFit, CurveError> {
    quotes.at_least(FEWEST)?;
    let longest = quotes.times().last().copied().unwrap_or(0.0);
    let count = KNOTS
        .iter()
        .position(|knot| *knot >= longest)
        .map_or(MOST, |place| place + 1)
        .max(3);
    let system = System::new(quotes, &KNOTS[..count]);
    let mean = quotes
        .quotes()
        .iter()
        .map(|quote| quote.bond_yield.decimal())
        .sum::<f64>()
        / quotes.len() as f64;
    let mut values = vec![mean; count];
    let mut best: Option<(f64, SplineFit)> = None;
    for power in POWERS.rev() {
        let per_security = 10.0_f64.powi(power);
        let fitted = match system.fit(&values, per_security * quotes.len() as f64) {
            Ok(fitted) => fitted,
            // From here on lambda is too small to hold forwards that no security sees: the list ends, what was found stays.
            Err(_) if best.is_some() => break,
            // So stiff that rounding hides what the prices say: the next one is softer.
            Err(_) => continue,
        };
        values = fitted.values;
        if fitted.score.is_finite() && best.as_ref().is_none_or(|(score, _)| fitted.score < *score)
        {
            let spline = ForwardSpline::new(&KNOTS[..count], &values);
            best = Some((
                fitted.score,
                SplineFit {
                    curve: DiscountCurve::from_forward_spline(quotes.as_of(), spline),
                    knots: KNOTS[..count].iter().map(|t| Years(*t)).collect(),
                    lambda: per_security,
                    effective_parameters: fitted.effective,
                    root_mean_square: Bp::from_decimal(
                        (fitted.squares / quotes.len() as f64).sqrt(),
                    ),
                },
            ));
        }
    }
    best.map(|(_, fit)| fit).ok_or(CurveError::FitNotConverged {
        as_of: quotes.as_of(),
        securities: quotes.len(),
        steps: STEPS,
    })
}

struct Fitted {
    values: Vec<f64>,
    squares: f64,
    effective: f64,
    score: f64,
}

/// What does not change with lambda.
struct System<'a> {
    quotes: &'a FitQuotes,
    count: usize,
    /// d I(t) / d c: one row a time of the quotes, settlement first.
    integrals: Vec<[f64; MOST]>,
    /// The penalty as a quadratic form in c.
    penalty: Matrix<MOST>,
}

impl<'a> System<'a> {
    fn new(quotes: &'a FitQuotes, knots: &[f64]) -> System<'a> {
        let count = knots.len();
        let mut integrals = vec![[0.0; MOST]; quotes.times().len()];
        // The spline is linear in its values: unit vectors give every derivative.
        let mut bends = vec![vec![0.0; count]; count];
        for j in 0..count {
            let mut unit = vec![0.0; count];
            unit[j] = 1.0;
            let basis = ForwardSpline::new(knots, &unit);
            for (row, t) in integrals.iter_mut().zip(quotes.times()) {
                row[j] = basis.integral(*t);
            }
            bends[j].copy_from_slice(basis.bends());
        }
        let mut penalty = [[0.0; MOST]; MOST];
        for i in 1..count {
            let h = knots[i] - knots[i - 1];
            let weight = (1.0 + 0.5 * (knots[i] + knots[i - 1])).powi(2);
            for j in 0..count {
                for k in 0..count {
                    // Integral of the product of two straight lines.
                    let (a0, a1) = (bends[j][i - 1], bends[j][i]);
                    let (b0, b1) = (bends[k][i - 1], bends[k][i]);
                    penalty[j][k] +=
                        weight * h / 6.0 * (2.0 * (a0 * b0 + a1 * b1) + a0 * b1 + a1 * b0);
                }
            }
        }
        System {
            quotes,
            count,
            integrals,
            penalty,
        }
    }

    fn fit(&self, start: &[f64], lambda: f64) -> Result<Fitted, CurveError> {
        let count = self.count;
        let mut values = start.to_vec();
        let failed = || CurveError::FitNotConverged {
            as_of: self.quotes.as_of(),
            securities: self.quotes.len(),
            steps: STEPS,
        };
        for _ in 0..STEPS {
            let (squares, data, mut gradient) = self.evaluate(&values);
            if !squares.is_finite() {
                return Err(failed());
            }
            let mut whole = identity::<MOST>();
            for j in 0..count {
                for k in 0..count {
                    whole[j][k] = data[j][k] + lambda * self.penalty[j][k];
                    gradient[j] += lambda * self.penalty[j][k] * values[k];
                }
            }
            let factors = Lu::of(&whole)?;
            let step = factors.solve(&gradient);
            for (value, change) in values.iter_mut().zip(&step) {
                *value -= change;
            }
            let largest = step[..count]
                .iter()
                .fold(0.0_f64, |worst, change| worst.max(change.abs()));
            if largest <= LAST_STEP {
                let inverse = factors.inverse();
                let mut effective = 0.0;
                for j in 0..count {
                    for k in 0..count {
                        effective += inverse[j][k] * data[k][j];
                    }
                }
                let n = self.quotes.len() as f64;
                let free = n - 2.0 * effective;
                let score = if free > 0.0 {
                    n * squares / (free * free)
                } else {
                    f64::INFINITY
                };
                return Ok(Fitted {
                    values,
                    squares,
                    effective,
                    score,
                });
            }
        }
        Err(failed())
    }

    /// Sum of squares, J'J, J'r.
    fn evaluate(&self, values: &[f64]) -> (f64, Matrix<MOST>, [f64; MOST]) {
        let exponent =
            |row: &[f64; MOST]| row.iter().zip(values).fold(0.0, |sum, (b, c)| sum + b * c);
        let start = &self.integrals[0];
        let at_start = exponent(start);
        let mut discounts: Vec<f64> = self.integrals[1..]
            .iter()
            .map(|row| at_start - exponent(row))
            .collect();
        exp_slice(&mut discounts);
        let mut rows = Vec::with_capacity(discounts.len());
        for (row, discount) in self.integrals[1..].iter().zip(&discounts) {
            let mut lanes = [0.0; MOST];
            for j in 0..self.count {
                lanes[j] = discount * (start[j] - row[j]);
            }
            rows.push(lanes);
        }
        let plan = self.quotes.grid().plan();
        let (mut prices, mut slopes) = (Vec::new(), Vec::with_capacity(self.quotes.len()));
        plan.price_one(&discounts, |price| prices.push(price));
        plan.price_any(&rows, |slope| slopes.push(slope));
        let mut normal = [[0.0; MOST]; MOST];
        let mut gradient = [0.0; MOST];
        let mut squares = 0.0;
        for ((quote, price), slope) in self.quotes.quotes().iter().zip(&prices).zip(&slopes) {
            let residual = (price - quote.dirty) * quote.weight;
            squares += residual * residual;
            for j in 0..self.count {
                let own = slope[j] * quote.weight;
                gradient[j] += own * residual;
                for k in 0..self.count {
                    normal[j][k] += own * slope[k] * quote.weight;
                }
            }
        }
        (squares, normal, gradient)
    }
}
