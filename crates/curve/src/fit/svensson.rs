//! The Svensson curve that prices given securities best.
//!
//! Six parameters: four betas and ln tau1, ln tau2. With I(t) = z(t) t, a = t/tau1, E = e^-a:
//! dI/dbeta0 = t, dI/dbeta1 = tau1 (1 - E), dI/dbeta2 = tau1 (1 - E) - t E (beta3 likewise with tau2),
//! dI/dtau1 = beta1 (1 - E - a E) + beta2 (1 - E - a E - a^2 E), dI/dtau2 = beta3 (1 - F - b F - b^2 F) with F = e^-b.
//! A price and its six derivatives are seven lanes of one pass over the repricing grid. The sum of squares has several minima, so
//! Levenberg-Marquardt begins at a fixed list of tau pairs (betas from a linear fit of yields), a few steps each; the best
//! three are followed further and the lowest wins. Nothing is random.

use brandish_math::exp_lanes;
use brandish_math::matrix::Lu;
use brandish_math::wide::{Kernel, Width, at};
use brandish_units::Bp;

use super::FitQuotes;
use super::quotes::Quote;
use crate::{CurveError, DiscountCurve, SvenssonParameters};

/// Start values of tau1 and tau2, years.
const STARTS: [(f64, f64); 8] = [
    (1.0, 5.0),
    (2.0, 12.0),
    (0.5, 3.0),
    (4.0, 15.0),
    (0.3, 8.0),
    (1.5, 20.0),
    (3.0, 6.0),
    (8.0, 2.0),
];
/// Steps from each start before the best are chosen.
const FIRST_STEPS: usize = 5;
/// Further steps for the others once the best of them has come to its end.
const MORE_STEPS: usize = 10;
/// Starts that are followed further.
const FINALISTS: usize = 3;
/// Steps after which a fit is given up.
const MOST_STEPS: usize = 1_000;
/// Converged when an accepted step lowers the sum of squares by less than this part.
const IMPROVEMENT: f64 = 1e-9;
/// Converged as well when this many steps together lower it by less than this part: where maturities leave a combination of
/// parameters undetermined, the valley is endless and its floor level.
const STAGE: (usize, f64) = (25, 3e-3);
/// Prices that a curve meets this well, 0.1 bp, come from one: the true minimum is worth the walk, from every finalist.
const WORTH_THE_WALK: f64 = 1e-5;
/// Taus stay within these years: beyond them a hump is a constant or a spike that no security sees.
const TAU_RANGE: (f64, f64) = (0.05, 50.0);
/// Each beta (decimal) enters the sum of squares with this factor. It decides where prices do not: on securities of a narrow range of
/// maturities betas could run off to infinity against each other. A beta of 1,000% counts like one bp of one security.
const RIDGE: f64 = 1e-5;
const PARAMETERS: usize = 6;
/// Fewest securities: one more than there are parameters.
const FEWEST: usize = PARAMETERS + 1;

/// A fitted Svensson curve.
#[derive(Clone, Debug, PartialEq)]
pub struct SvenssonFit {
    /// The parameters, in the Federal Reserve's units.
    pub parameters: SvenssonParameters,
    /// The curve.
    pub curve: DiscountCurve,
    /// Root mean square of price error over price times duration: nearly that of the yield errors.
    pub root_mean_square: Bp,
    /// Steps tried over all starts.
    pub steps: usize,
}

/// Betas as decimals, logarithms of the taus.
type Point = [f64; PARAMETERS];

/// Fits the six parameters to the quotes.
pub fn fit_svensson(quotes: &FitQuotes) -> Result<SvenssonFit, CurveError> {
    quotes.at_least(FEWEST)?;
    let mut search = Search::new(quotes);
    let mut candidates: Vec<State> = Vec::with_capacity(STARTS.len());
    for (tau1, tau2) in STARTS {
        if let Some(mut state) = search.start(tau1, tau2) {
            search.advance(&mut state, FIRST_STEPS);
            candidates.push(state);
        }
    }
    candidates.sort_by(|a, b| a.squares.total_cmp(&b.squares));
    candidates.truncate(FINALISTS);
    let mut best: Option<State> = None;
    for mut state in candidates {
        // A start that is still behind after some more steps is left; one that is ahead goes to the end.
        let lead = best.as_ref().map_or(f64::INFINITY, |best| best.squares);
        if lead < f64::INFINITY {
            search.advance(&mut state, MORE_STEPS);
        }
        if state.squares < lead || search.is_exact(lead) {
            search.advance(&mut state, MOST_STEPS);
            // Quotes met within a tenth of a bp are a fit wherever the walk through a level valley stopped.
            let done = state.converged || search.is_exact(state.squares);
            if done && state.squares < lead {
                best = Some(state);
            }
        }
    }
    let Some(best) = best else {
        return Err(CurveError::FitNotConverged {
            as_of: quotes.as_of(),
            securities: quotes.len(),
            steps: search.steps,
        });
    };
    let [beta0, beta1, beta2, beta3, ln_tau1, ln_tau2] = best.point;
    let parameters = SvenssonParameters {
        beta0_pct: beta0 * 100.0,
        beta1_pct: beta1 * 100.0,
        beta2_pct: beta2 * 100.0,
        beta3_pct: beta3 * 100.0,
        tau1_years: ln_tau1.exp(),
        tau2_years: ln_tau2.exp(),
    };
    Ok(SvenssonFit {
        parameters,
        curve: DiscountCurve::from_svensson(quotes.as_of(), parameters)?,
        root_mean_square: Bp::from_decimal((best.squares / quotes.len() as f64).sqrt()),
        steps: search.steps,
    })
}

/// Where a search stands.
struct State {
    point: Point,
    squares: f64,
    normal: [[f64; PARAMETERS]; PARAMETERS],
    gradient: Point,
    damping: f64,
    growth: f64,
    converged: bool,
}

/// Quotes and the memory that every evaluation uses again.
struct Search<'a> {
    quotes: &'a FitQuotes,
    width: Width,
    steps: usize,
    rows: Vec<[f64; 8]>,
    work: Vec<[f64; 8]>,
    prices: Vec<[f64; 8]>,
}

/// Sum of squares with its normal equations.
type Evaluation = (f64, [[f64; PARAMETERS]; PARAMETERS], Point);

impl<'a> Search<'a> {
    fn new(quotes: &'a FitQuotes) -> Search<'a> {
        Search {
            quotes,
            width: Width::widest(),
            steps: 0,
            rows: vec![[0.0; 8]; quotes.times().len().saturating_sub(1)],
            work: Vec::new(),
            prices: Vec::new(),
        }
    }

    /// Betas of a linear fit of yields at durations, for given taus. None where the fit has no answer.
    fn start(&mut self, tau1: f64, tau2: f64) -> Option<State> {
        let mut normal = [[0.0; 4]; 4];
        let mut right = [0.0; 4];
        for quote in self.quotes.quotes() {
            let t = quote.center_years;
            let zero = 2.0 * (quote.bond_yield.decimal() / 2.0).ln_1p();
            let hump = |tau: f64| {
                let u = t / tau;
                let slope = -(-u).exp_m1() / u;
                (slope, slope - (-u).exp())
            };
            let ((slope, first), (_, second)) = (hump(tau1), hump(tau2));
            let row = [1.0, slope, first, second];
            for i in 0..4 {
                right[i] += row[i] * zero;
                for j in 0..4 {
                    normal[i][j] += row[i] * row[j];
                }
            }
        }
        // A little of the diagonal: a start need not be exact, but must exist where maturities are few.
        for (i, row) in normal.iter_mut().enumerate() {
            row[i] *= 1.0 + 1e-6;
        }
        let betas = Lu::of(&normal).ok()?.solve(&right);
        let point = [betas[0], betas[1], betas[2], betas[3], tau1.ln(), tau2.ln()];
        let (squares, normal, gradient) = self.evaluate(&point)?;
        Some(State {
            point,
            squares,
            normal,
            gradient,
            damping: 1e-3,
            growth: 2.0,
            converged: false,
        })
    }

    /// Whether the quotes are met so well that they come from a curve.
    fn is_exact(&self, squares: f64) -> bool {
        squares < self.quotes.len() as f64 * WORTH_THE_WALK * WORTH_THE_WALK
    }

    /// Takes steps until converged or out of them.
    fn advance(&mut self, state: &mut State, steps: usize) {
        if state.converged {
            return;
        }
        let mut before = state.squares;
        for step in 1..=steps {
            if step % STAGE.0 == 0 {
                let exact = self.is_exact(state.squares);
                state.converged = !exact && before - state.squares <= STAGE.1 * before;
                before = state.squares;
                if state.converged {
                    return;
                }
            }
            self.steps += 1;
            let mut damped = state.normal;
            for (j, row) in damped.iter_mut().enumerate() {
                row[j] = if row[j] > 0.0 {
                    row[j] * (1.0 + state.damping)
                } else {
                    1.0
                };
            }
            let taken = Lu::of(&damped).ok().and_then(|factors| {
                let step = factors.solve(&state.gradient);
                let mut trial = state.point;
                for (value, change) in trial.iter_mut().zip(step) {
                    *value -= change;
                }
                let (squares, normal, gradient) = self.evaluate(&trial)?;
                (squares < state.squares).then_some((trial, step, squares, normal, gradient))
            });
            let Some((point, step, squares, normal, gradient)) = taken else {
                state.damping *= state.growth;
                state.growth *= 2.0;
                // No step of any length helps: a minimum as far as rounding lets us see.
                state.converged = state.damping > 1e12;
                if state.converged {
                    return;
                }
                continue;
            };
            let promised: f64 = (0..PARAMETERS)
                .map(|j| {
                    step[j] * (state.damping * state.normal[j][j] * step[j] + state.gradient[j])
                })
                .sum();
            let gain = (state.squares - squares) / promised;
            // A short damped step that gains little is no sign of a minimum: the damping must be small as well.
            let small = state.squares - squares <= IMPROVEMENT * state.squares;
            state.converged = squares == 0.0 || (small && state.damping <= 1e-2);
            state.damping *= (1.0 - (2.0 * gain - 1.0).powi(3)).clamp(0.1, 2.0);
            state.growth = 2.0;
            (state.point, state.squares) = (point, squares);
            (state.normal, state.gradient) = (normal, gradient);
            if state.converged {
                return;
            }
        }
    }

    /// Sum of squares, J'J and J'r at a point; None where the curve has no finite prices or a tau leaves its range.
    fn evaluate(&mut self, point: &Point) -> Option<Evaluation> {
        let [beta0, beta1, beta2, beta3, ln_tau1, ln_tau2] = *point;
        let (tau1, tau2) = (ln_tau1.exp(), ln_tau2.exp());
        let allowed = |tau: f64| tau >= TAU_RANGE.0 && tau <= TAU_RANGE.1;
        if !(allowed(tau1) && allowed(tau2)) {
            return None;
        }
        at(
            self.width,
            Rows {
                times: self.quotes.times(),
                betas: [beta0, beta1, beta2, beta3],
                taus: [tau1, tau2],
                rows: &mut self.rows,
            },
        );
        let plan = self.quotes.grid().plan();
        plan.price_eight(self.width, &self.rows, &mut self.work, &mut self.prices);
        let products = at(
            self.width,
            Products {
                quotes: self.quotes.quotes(),
                prices: &self.prices,
            },
        );
        let mut squares = products[0][0];
        let mut normal = [[0.0; PARAMETERS]; PARAMETERS];
        let mut gradient = [0.0; PARAMETERS];
        for j in 0..PARAMETERS {
            gradient[j] = products[0][j + 1];
            normal[j].copy_from_slice(&products[j + 1][1..=PARAMETERS]);
        }
        for k in 0..4 {
            squares += (RIDGE * point[k]) * (RIDGE * point[k]);
            gradient[k] += RIDGE * RIDGE * point[k];
            normal[k][k] += RIDGE * RIDGE;
        }
        let finite = squares.is_finite() && gradient.iter().all(|value| value.is_finite());
        finite.then_some((squares, normal, gradient))
    }
}

/// Discount factor from settlement and its derivatives in the six parameters, one row a date; eight dates at a time.
struct Rows<'a> {
    /// Settlement first.
    times: &'a [f64],
    betas: [f64; 4],
    taus: [f64; 2],
    rows: &'a mut [[f64; 8]],
}

impl Rows<'_> {
    /// I and its derivatives at eight times.
    #[inline(always)]
    fn integrals(&self, t: &[f64; 8]) -> [[f64; 8]; 7] {
        let [beta0, beta1, beta2, beta3] = self.betas;
        let [tau1, tau2] = self.taus;
        let (per1, per2) = (1.0 / tau1, 1.0 / tau2);
        let (a, b) = (t.map(|t| t * per1), t.map(|t| t * per2));
        let (first, second) = (exp_lanes(a.map(|a| -a)), exp_lanes(b.map(|b| -b)));
        let mut result = [[0.0; 8]; 7];
        for k in 0..8 {
            let (slope1, slope2) = (tau1 * (1.0 - first[k]), tau2 * (1.0 - second[k]));
            let (hump1, hump2) = (slope1 - t[k] * first[k], slope2 - t[k] * second[k]);
            let bend1 = 1.0 - first[k] - a[k] * first[k];
            let bend2 = 1.0 - second[k] - b[k] * second[k];
            result[0][k] = beta0 * t[k] + beta1 * slope1 + beta2 * hump1 + beta3 * hump2;
            result[1][k] = t[k];
            result[2][k] = slope1;
            result[3][k] = hump1;
            result[4][k] = hump2;
            result[5][k] = tau1 * (beta1 * bend1 + beta2 * (bend1 - a[k] * a[k] * first[k]));
            result[6][k] = tau2 * beta3 * (bend2 - b[k] * b[k] * second[k]);
        }
        result
    }
}

impl Kernel for Rows<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Some((settlement, times)) = self.times.split_first() else {
            return;
        };
        let start = self.integrals(&[*settlement; 8]).map(|row| row[0]);
        let mut place = 0;
        for chunk in times.chunks(8) {
            let mut eight = [*settlement; 8];
            eight[..chunk.len()].copy_from_slice(chunk);
            let integrals = self.integrals(&eight);
            let discounts = exp_lanes(integrals[0].map(|integral| start[0] - integral));
            let mut lanes = [[0.0; 8]; 7];
            for j in 1..7 {
                for k in 0..8 {
                    lanes[j][k] = (start[j] - integrals[j][k]) * discounts[k];
                }
            }
            lanes[0] = discounts;
            let [d, first, second, third, fourth, fifth, sixth] = lanes;
            for k in 0..chunk.len() {
                if let Some(row) = self.rows.get_mut(place) {
                    *row = [
                        d[k], first[k], second[k], third[k], fourth[k], fifth[k], sixth[k], 0.0,
                    ];
                }
                place += 1;
            }
        }
    }
}

/// Sums over securities of the products of residual and derivatives: residual in lane 0, derivatives after it.
struct Products<'a> {
    quotes: &'a [Quote],
    prices: &'a [[f64; 8]],
}

impl Kernel for Products<'_> {
    type Output = [[f64; 8]; 7];

    #[inline(always)]
    fn run(self) -> [[f64; 8]; 7] {
        let mut sums = [[0.0; 8]; 7];
        for (quote, price) in self.quotes.iter().zip(self.prices) {
            let mut row = *price;
            row[0] -= quote.dirty;
            for value in &mut row {
                *value *= quote.weight;
            }
            for (sum, factor) in sums.iter_mut().zip(row) {
                for (total, value) in sum.iter_mut().zip(row) {
                    *total += factor * value;
                }
            }
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use brandish_treasury::{CouponTerms, NominalCoupon, Security};
    use brandish_units::{CleanPrice, CouponRate};

    use super::*;
    use crate::fit::QuotedSecurity;

    #[test]
    fn the_gradient_is_the_difference_quotient_of_the_sum_of_squares() {
        let settlement = "2025-05-02".parse().unwrap();
        let quoted: Vec<QuotedSecurity> = (1..40)
            .map(|k| QuotedSecurity {
                security: Security::Note(
                    NominalCoupon::new(CouponTerms {
                        cusip: "912810RN0".parse().unwrap(),
                        coupon: CouponRate::from_percent(f64::from(k % 9)),
                        issue: settlement,
                        dated: None,
                        first_interest: None,
                        maturity: settlement.plus_months(k * 9),
                    })
                    .unwrap(),
                ),
                clean: CleanPrice::from_per_100(95.0 + f64::from(k % 7)),
            })
            .collect();
        let quotes = FitQuotes::new("2025-05-01".parse().unwrap(), settlement, &quoted).unwrap();
        let mut search = Search::new(&quotes);
        let point = [0.045, -0.01, -0.02, 0.015, 0.4, 2.3];
        let (_, _, gradient) = search.evaluate(&point).unwrap();
        for (k, slope) in gradient.iter().enumerate() {
            let mut half_squares = |shift: f64| {
                let mut moved = point;
                moved[k] += shift;
                search.evaluate(&moved).unwrap().0 / 2.0
            };
            let difference = (half_squares(1e-5) - half_squares(-1e-5)) / 2e-5;
            // Central differences: error of order (1e-5)^2 of the third derivative.
            assert!(
                (difference - slope).abs() < 1e-6 * slope.abs().max(1e-3),
                "{k}: {difference} {slope}"
            );
        }
    }
}
